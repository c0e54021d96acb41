"""What JavaScript's regular expressions match, by Python's `re`."""


class PatternError(ValueError):
    """A pattern that is not a JavaScript regular expression, or that Python cannot run."""
