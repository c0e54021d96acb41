"""What LiquidJS 10 prints."""
