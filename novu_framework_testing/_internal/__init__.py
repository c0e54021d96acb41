"""What the toolkit needs and nobody else should: event loops for blocking calls, JSON as it travels."""
