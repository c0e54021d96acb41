"""What is drawn around the words of a line by the parts of it that they stand in, such as the border of a badge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import takewhile
from typing import NamedTuple

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import WHEN, Styles, base
from novu_framework_testing.snapshots.look_difference import LAYOUT, value_changes
from novu_framework_testing.snapshots.reading import Place

_SPACE = re.compile("padding|margin")
DRAWN = re.compile(f"{_SPACE.pattern}|border|outline|box-shadow$|background-image$|content$")
"""The properties of what is drawn around words, and of what a style sheet adds to these."""
_IN_LINES = INLINE - {"a", "img"}
_MOST_PARTS = 8
"""Of so many parts inside of each other that draw something, the innermost ones are passed over."""


class LinePart(NamedTuple):
    """A part of a line that draws something: the identity of its element, and what it draws."""

    element: int
    look: Mapping[str, str]


class LineParts:
    """The parts of a line that draw something around words.

    Args:
        styles: What the line is drawn with.
        place: Where it stands.
        outside: The identities of the parts that do not count.
    """

    def __init__(self, styles: Styles, place: Place, outside: Set[int]) -> None:
        self._styles = styles
        self._place = place
        self._outside = outside
        self._known: dict[int, tuple[LinePart, ...]] = {}

    def are_drawn(self) -> bool:
        """Tell whether any words of the line stand in such a part."""
        return any(self.around(element) for _, element in self._place.runs)

    def around(self, element: Element) -> tuple[LinePart, ...]:
        """Return the parts that an element stands in, or is, the outermost first."""
        missing: list[Element] = []
        at: Element | None = element
        while at is not None and id(at) not in self._known and self._is_inside(at):
            missing.append(at)
            at = at.parent
        found = self._known.get(id(at), ())
        for each in reversed(missing):
            look = _drawn(self._styles.own(each)) if len(found) < _MOST_PARTS else {}
            found = (*found, LinePart(id(each), look)) if look else found
            self._known[id(each)] = found
        return found

    def _is_inside(self, element: Element) -> bool:
        return element.tag in _IN_LINES and id(element) not in self._outside

    def looks(self, element: Element) -> list[Mapping[str, str]]:
        """Return what the parts draw that an element stands in, or is."""
        return [each.look for each in self.around(element)]


def parts_of_lines(*sides: tuple[Styles, Place]) -> tuple[LineParts, LineParts]:
    """Return the parts of a line in both versions, but for those that all of it stands in, which are none of its parts.

    Where such a part may be one of several things in the line of the other version, as a badge beside which words
    came, it is a part of the line, too.
    """
    around = [_around_all(place) for _, place in sides]
    depths = [
        sum(bool(_drawn(styles.own(each))) for each in each_side)
        for (styles, _), each_side in zip(sides, around, strict=True)
    ]
    was, now = (
        LineParts(*side, {id(each) for each in elements})
        for side, elements in zip(sides, around, strict=True)
    )
    fewer = was if depths[0] < depths[1] else now
    if depths[0] == depths[1] or not fewer.are_drawn():
        return was, now
    return LineParts(*sides[0], frozenset()), LineParts(*sides[1], frozenset())


def _around_all(place: Place) -> list[Element]:
    """Return what all of a line stands in, its blanks too, as its first and its last run do, from the inside out."""
    ends = [place.element, *(element for _, element in (*place.runs[:1], *place.runs[-1:]))]
    shared = set.intersection(*({id(each) for each in _inline_above(end)} for end in ends))
    return [each for each in _inline_above(place.element) if id(each) in shared]


def _inline_above(element: Element) -> Iterator[Element]:
    return takewhile(lambda one: one.tag in INLINE, element.above())


class PartChange(NamedTuple):
    """A difference of a part: the property, both values, and the identity of the element of the part."""

    name: str
    old: str | None
    new: str | None
    element: int


def part_changes(old: Sequence[LinePart], new: Sequence[LinePart]) -> Iterator[PartChange]:
    """Yield what is different of the parts around words: of those that came or went, or of one in the place of another.

    Where it is not sure which part is which, that all of them are others.
    """
    gone, come = _without_same(old, new)
    if gone and come and (len(gone), len(come)) != (1, 1):
        was, now = (str([dict(sorted(each.look.items())) for each in side]) for side in (gone, come))
        yield PartChange(LAYOUT, was, now, come[0].element)
        return
    for one in gone or [LinePart(0, {})]:
        for other in come or [one._replace(look={})]:
            for each in value_changes(one.look, other.look):
                yield PartChange(*each, other.element)


def _without_same(
    old: Sequence[LinePart], new: Sequence[LinePart]
) -> tuple[Sequence[LinePart], Sequence[LinePart]]:
    """Return the parts of both versions without those, from the outside and from the inside, that draw the same."""
    for _ in range(2):
        same = sum(
            1
            for _ in takewhile(
                lambda pair: pair[0].look == pair[1].look, zip(reversed(old), reversed(new), strict=False)
            )
        )
        old, new = old[: len(old) - same][::-1], new[: len(new) - same][::-1]
    return old, new


def _drawn(own: Mapping[str, str]) -> dict[str, str]:
    """Return what an element draws around what is in it: no space, but for a time, is nothing."""
    return {
        name: value
        for name, value in own.items()
        if DRAWN.match(base(name)) and (value != "0" or WHEN in name or not _SPACE.match(name))
    }
