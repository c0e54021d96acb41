"""What the page and the report show of the pictures of an email: those that differ, where, and in words."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from novu_framework.errors import MissingDependencyError
from novu_framework_testing.pictures.views import VIEWS, View


def picture_views(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return the views of which the pictures differ, from the files of a step by suffix, as JSON data."""
    shown = (_view(view, old.get(view.suffix), new.get(view.suffix)) for view in VIEWS)
    return [each for each in shown if each]


def _view(view: View, old: bytes | None, new: bytes | None) -> dict[str, Any] | None:
    if old == new:
        return None
    summary, marks = "there was no picture of it" if new else "there is no picture of it any more", []
    if old and new:
        try:
            from novu_framework_testing.pictures.comparison import compare_pictures
            from novu_framework_testing.pictures.words import summary as summarised
        except MissingDependencyError as error:
            summary = str(error)
        else:
            changes = compare_pictures(old, new)
            if not changes:
                return None
            summary, marks = summarised(changes), [[each.kind, each.old, each.new] for each in changes]
    return {"view": view.words, "summary": summary, "marks": marks, "old": _shown(old), "new": _shown(new)}


def _shown(picture: bytes | None) -> dict[str, Any] | None:
    """Return a picture for a page, with its size, which a PNG file has after sixteen bytes."""
    if picture is None:
        return None
    width, height = (int.from_bytes(picture[start : start + 4], "big") for start in (16, 20))
    return {
        "url": f"data:image/png;base64,{b64encode(picture).decode()}",
        "width": width or 1,
        "height": height or 1,
    }
