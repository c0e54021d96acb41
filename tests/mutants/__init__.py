"""Mutation testing: small changes to the packages, each of which a test should notice. See CONTRIBUTING.md."""
