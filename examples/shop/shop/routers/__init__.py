"""The shop's endpoints, one file a subject."""
