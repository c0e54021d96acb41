"""What is set for single providers, read as people read it: the words, buttons and pictures that a chat or a phone shows."""
