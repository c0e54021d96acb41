"""Suggestions for names that were misspelt."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `, did you mean 'x'?` for the nearest of the known names, and nothing where none is near.

    >>> did_you_mean("welcom", ["welcome", "digest"])
    ", did you mean 'welcome'?"
    """
    nearest = difflib.get_close_matches(str(name), list(known), n=1)
    return f", did you mean {nearest[0]!r}?" if nearest else ""
