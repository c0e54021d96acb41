"""What the toolkit alone uses: event loops and blocking twins, JSON as it travels, collections, suggestions."""
