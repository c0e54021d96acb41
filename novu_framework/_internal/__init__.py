"""What the runtime needs and nobody else should: threads, loops, connections, retries, redaction, stand-ins."""
