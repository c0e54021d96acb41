"""What JavaScript's regular expressions match, by Python's `re`."""
