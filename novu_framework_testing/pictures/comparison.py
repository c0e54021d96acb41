"""What differs between two pictures of the same email: what moved, came, went or looks different.

Lines of pixels are matched as the lines of a text are: rows first, then columns between rows that differ. What is left
is compared as an eye does it: antialiasing makes no difference, and a colour makes one that can be seen.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate, groupby
from typing import Any, Literal, NamedTuple

from novu_framework.errors import MissingDependencyError

try:
    import blazediff_interpret
    from PIL import Image, ImageChops, ImageFilter
except ModuleNotFoundError as _error:
    _missing = {"PIL": "pillow"}.get(str(_error.name), "blazediff-interpret")
    raise MissingDependencyError("pictures of emails", _missing, "browser") from None

THRESHOLD = 0.05
"""How far the colour of a pixel may be off before it counts, where 1 is black for white: 0.05 is 12 of 255 greys."""

_LETTERS: Any = blazediff_interpret
_SURFACE = 5  # pixels each way
_SHADES = 4  # of 255, in one of red, green and blue
_NOWHERE = (255, 0, 255)
_NEAR = 24  # pixels between two words of a heading
_MOST = 100
_MANY = 2000  # lines, from which on those that come often are not where a search begins


class Box(NamedTuple):
    """A part of a picture, in pixels from its top left."""

    x: int
    y: int
    width: int
    height: int


@dataclasses.dataclass(frozen=True)
class PictureChange:
    """One part of a picture that differs.

    Attributes:
        kind: `changed` (it looks different), `moved` (it is the same at another place), `added`, `removed`, or
            `unreadable` (all of it: the accepted file is no picture any more).
        old, new: Where it was, and where it is.
    """

    kind: Literal["changed", "moved", "added", "removed", "unreadable"]
    old: Box | None
    new: Box | None

    @property
    def area(self) -> int:
        """The number of its pixels."""
        return max(box.width * box.height for box in (self.old, self.new, Box(0, 0, 0, 0)) if box)


def compare_pictures(old: bytes, new: bytes, *, threshold: float = THRESHOLD) -> list[PictureChange]:
    """Return what differs between two PNG files, the largest part first; nothing if they look the same.

    Args:
        old: The accepted one.
        new: The one of today.
        threshold: How far the colour of a single pixel, as in a letter, may be off, from 0 to 1. A surface of 5 by 5
            pixels counts from 4 of 255 shades.

    Example:
        >>> from io import BytesIO
        >>> from PIL import Image
        >>> def picture(colour):
        ...     page, file = Image.new("RGB", (200, 100), "white"), BytesIO()
        ...     page.paste(colour, (20, 40, 80, 60))
        ...     page.save(file, "PNG")
        ...     return file.getvalue()
        >>> [change] = compare_pictures(picture("blue"), picture("navy"))
        >>> change.kind, change.new
        ('changed', Box(x=20, y=40, width=60, height=20))
    """
    if old == new:
        return []
    before, after = _opened(old), _opened(new)
    if before is None or after is None:
        return [PictureChange("unreadable", None, None)]
    whole = None
    if before.size == after.size and (whole := _visible_difference(before, after, threshold)) is None:
        return []
    width = max(before.width, after.width)
    before, after = _padded(before, width, before.height), _padded(after, width, after.height)
    changes = list(_changes(before, after, threshold)) or [PictureChange("changed", whole, whole)]
    return sorted(changes, key=lambda change: -change.area)[:_MOST]


class _Match(NamedTuple):
    """A run of lines of the old picture, and the run of the new one that is in its place."""

    is_same: bool
    old: int
    old_end: int
    new: int
    new_end: int
    is_plain: bool  # one line is like the next, as in the space between two paragraphs


def _matches(old: list[bytes], new: list[bytes]) -> Iterator[_Match]:
    # A space of so many lines is one thing, which is the same in both or not.
    before, after = ([(line, len(list(run))) for line, run in groupby(lines)] for lines in (old, new))
    starts, new_starts = ([0, *accumulate(count for _, count in runs)] for runs in (before, after))
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > _MANY)
    for tag, i, i_end, j, j_end in matcher.get_opcodes():
        is_plain = len({line for line, _ in (*before[i:i_end], *after[j:j_end])}) == 1
        yield _Match(tag == "equal", starts[i], starts[i_end], new_starts[j], new_starts[j_end], is_plain)


def _changes(before: Any, after: Any, threshold: float) -> list[PictureChange]:
    """Return what differs between two pictures of one width."""
    changes: list[PictureChange] = []
    spaces: list[PictureChange] = []
    for rows in _matches(_rows(before), _rows(after)):
        old = Box(0, rows.old, before.width, rows.old_end - rows.old)
        new = Box(0, rows.new, after.width, rows.new_end - rows.new)
        if rows.is_same or rows.is_plain or not (old.height and new.height):
            (spaces if rows.is_plain else changes).extend(_whole(rows, before, after, old, new))
        elif old.height != new.height or _visible_difference(_cut(before, old), _cut(after, new), threshold):
            changes += _beside(before, after, old, new, threshold)
    # Space that comes or goes shows in what it moves; at the end of an email it moves nothing.
    return changes or [space for space in spaces if space.kind != "moved"]


def _beside(before: Any, after: Any, old: Box, new: Box, threshold: float) -> Iterator[PictureChange]:
    """Return what differs between rows that are not the same."""
    height = max(old.height, new.height)
    strips = _padded(_cut(before, old), old.width, height), _padded(_cut(after, new), new.width, height)
    found = False
    last: PictureChange | None = None
    for columns in _matches(*(_rows(strip.transpose(Image.Transpose.TRANSPOSE)) for strip in strips)):
        here = Box(columns.old, old.y, columns.old_end - columns.old, old.height)
        there = Box(columns.new, new.y, columns.new_end - columns.new, new.height)
        if columns.is_same or columns.is_plain or not (here.width and there.width):
            changes = [] if columns.is_plain else _whole(columns, before, after, here, there)
        else:
            width = max(here.width, there.width)
            cell, other = (_padded(_cut(*each), width, height) for each in ((before, here), (after, there)))
            seen = _visible_difference(cell, other, threshold)
            changes = [PictureChange("changed", _part(here, seen), _part(there, seen))] if seen else []
        for change in changes:
            found = True
            joined = last and _joined(last, change)
            if last and not joined:
                yield last
            last = joined or change
    if last:
        yield last
    if not found:
        yield PictureChange("changed", old, new)


def _joined(one: PictureChange, other: PictureChange) -> PictureChange | None:
    """Return two changes as one where they are parts of one text, such as its letters; None where they are not."""
    if not one.kind == other.kind == "changed":
        return None
    boxes = []
    for left, right in ((one.old, other.old), (one.new, other.new)):
        if not left or not right or right.x - (left.x + left.width) > _NEAR:
            return None
        top, end = min(left.y, right.y), max(left.y + left.height, right.y + right.height)
        boxes.append(Box(left.x, top, right.x + right.width - left.x, end - top))
    return PictureChange("changed", *boxes)


def _whole(match: _Match, before: Any, after: Any, old: Box, new: Box) -> list[PictureChange]:
    """Return what became of lines that are the same, or are only in one of the pictures."""
    if not match.is_same:
        is_new = match.old_end - match.old < match.new_end - match.new
        return [
            PictureChange("added", None, _tight(after, new))
            if is_new
            else PictureChange("removed", _tight(before, old), None)
        ]
    is_elsewhere = match.old != match.new
    return [PictureChange("moved", _tight(before, old), _tight(after, new))] if is_elsewhere else []


def _visible_difference(before: Any, after: Any, threshold: float) -> Box | None:
    """Return the part of two pictures of one size in which somebody could see a difference, or None."""
    difference = ImageChops.difference(before, after)
    if difference.getbbox() is None:
        return None
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    clear = most.point([255 if shade >= _SHADES else 0 for shade in range(256)])
    surfaces = clear.filter(ImageFilter.MinFilter(_SURFACE))
    seen = surfaces.filter(ImageFilter.MaxFilter(_SURFACE)).getbbox()
    # `antialiasing` leaves what is antialiased out.
    letters = _LETTERS.interpret_buffers(_png(before), _png(after), threshold=threshold, antialiasing=True)
    if letters["diffCount"]:
        seen = clear.getbbox() or difference.getbbox()
    return Box(seen[0], seen[1], seen[2] - seen[0], seen[3] - seen[1]) if seen else None


def _rows(picture: Any) -> list[bytes]:
    data, width = picture.tobytes(), picture.width * 3
    return [data[start : start + width] for start in range(0, len(data), width)]


def _cut(picture: Any, box: Box) -> Any:
    return picture.crop((box.x, box.y, box.x + box.width, box.y + box.height))


def _part(box: Box, inside: Box) -> Box:
    """Return a part of a box, given from the top left of the box."""
    width, height = min(inside.width, box.width - inside.x), min(inside.height, box.height - inside.y)
    return Box(box.x + inside.x, box.y + inside.y, max(width, 1), max(height, 1))


def _tight(picture: Any, box: Box) -> Box:
    """Return the part of a box without the plain space at its sides."""
    cut = _cut(picture, box)
    edges = ImageChops.difference(cut, Image.new("RGB", cut.size, cut.getpixel((0, 0)))).getbbox()
    return _part(box, Box(edges[0], edges[1], edges[2] - edges[0], edges[3] - edges[1])) if edges else box


def _padded(picture: Any, width: int, height: int) -> Any:
    if picture.size == (width, height):
        return picture
    padded = Image.new("RGB", (width, height), _NOWHERE)
    padded.paste(picture, (0, 0))
    return padded


def _opened(data: bytes) -> Any:
    try:
        return Image.open(io.BytesIO(data), formats=["PNG"]).convert("RGB")
    except (OSError, SyntaxError, Image.DecompressionBombError):
        return None


def _png(picture: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=1)
    return file.getvalue()
