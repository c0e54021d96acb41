"""What differs between two pictures, in words."""

from __future__ import annotations

from collections.abc import Sequence

from novu_framework_testing.pictures.comparison import Box, PictureChange

_LISTED = 3


def sentences(changes: Sequence[PictureChange]) -> list[str]:
    """Return what differs, the largest parts first.

    >>> sentences([PictureChange("moved", Box(20, 151, 124, 66), Box(20, 163, 124, 66))])
    ['a part of 124 × 66 px, 151 px from the top and 20 px from the left, moved 12 px down']
    """
    lines = [_sentence(change) for change in changes[:_LISTED]]
    more = len(changes) - _LISTED
    return [*lines, f"and {more} smaller {'part' if more == 1 else 'parts'}"] if more > 0 else lines


def summary(changes: Sequence[PictureChange]) -> str:
    """Return what differs in a line.

    >>> summary([])
    'looks the same'
    """
    if not changes:
        return "looks the same"
    first = _sentence(changes[0])
    return first if len(changes) == 1 else f"{len(changes)} parts differ; the largest: {first}"


def _sentence(change: PictureChange) -> str:
    box = change.old or change.new
    if box is None:
        return "the accepted picture cannot be read"
    what = f"a part of {box.width} × {box.height} px, {box.y} px from the top and {box.x} px from the left,"
    if change.kind == "moved" and change.old and change.new:
        return f"{what} moved {_move(change.old, change.new)}"
    return f"{what} {_ENDINGS[change.kind]}"


_ENDINGS = {"changed": "looks different", "added": "is new", "removed": "is gone", "moved": "moved"}


def _move(old: Box, new: Box) -> str:
    steps = ((new.y - old.y, "down", "up"), (new.x - old.x, "to the right", "to the left"))
    return " and ".join(f"{abs(by)} px {ahead if by > 0 else back}" for by, ahead, back in steps if by)
