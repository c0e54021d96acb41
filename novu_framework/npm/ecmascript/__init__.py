"""JavaScript's own rules: numbers, keys, text, blanks, equality and UTF-16, written once."""
