"""The files of the page, which ship with the package."""

from __future__ import annotations

from novu_framework_testing._internal import pages


def asset(name: str) -> str:
    """Return the text of a file of the page, such as `review.js`."""
    return pages.asset("review", name)
