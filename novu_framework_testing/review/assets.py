"""The files of the page, which ship with the package."""

from __future__ import annotations

from importlib import resources


def asset(name: str) -> str:
    """Return the text of a file of the page, such as `review.js`."""
    folder = resources.files("novu_framework_testing.review").joinpath("page")
    return folder.joinpath(name).read_text(encoding="utf-8")
