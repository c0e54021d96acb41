"""Which texts came into a box that both versions have, or left it, while their words stay where they stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import Styles
from novu_framework_testing.snapshots.look_arrivals import PAGE, Look, look_of
from novu_framework_testing.snapshots.look_chains import is_beside
from novu_framework_testing.snapshots.look_company import Inside
from novu_framework_testing.snapshots.look_difference import NEVER_SEEN, Placed, words_of

_NO_BOX = frozenset(
    {*INLINE, *PAGE, "tr", "tbody", "thead", "tfoot", "li", "blockquote", "button", "img", "hr"}
)
"""The tags of what is no box around others, or of which it is said in other words what came into it."""

_SEVERAL = 2
_MOST_AROUND = 4
"""So many boxes around each other are told apart."""


class Crossing(NamedTuple):
    """The edges that a text crossed.

    Attributes:
        left, entered: The innermost box that it left, in the old version, and that it came into, in the new one.
        was, now: What the outermost box is called that it left, and the innermost that it came into: `inner` or `outer`
            where another one holds the same, in the next line words that stand in it in both versions, and in the last
            the numbers and the looks of all that it left, or came into.
    """

    left: Element | None
    entered: Element | None
    was: str | None
    now: str | None


class Crossings:
    """Tells which box is which, and which texts crossed the edge of one.

    Args:
        sides: Both versions.
        places: What is read in them.
        inside: What holds what, in both.
        stay: Which block of the new version is which of the old, of those that stand where they stood.
    """

    def __init__(
        self,
        sides: tuple[Styles, Styles],
        places: tuple[Sequence[Placed], Sequence[Placed]],
        inside: tuple[Inside, Inside],
        stay: Sequence[tuple[int, int]],
    ) -> None:
        self._inside = inside
        self._looks: tuple[dict[int, Look], dict[int, Look]] = {}, {}
        self._around = self._innermost(0, sides[0]), self._innermost(1, sides[1])
        self._twins: tuple[dict[int, Element], dict[int, Element]] = {}, {}
        self._names: dict[int, tuple[str, str]] = {}
        self._outer: dict[int, tuple[Element | None, Element | None]] = {}
        if all(self._looks):
            self._pair(places, stay)

    def of(self, old: Element, new: Element) -> Crossing | None:
        """Return which edges a text crossed; None if it crossed none, or a box around it is not in both versions.

        Args:
            old, new: What the text stands in, in both versions.
        """
        was, now = self._apart(self._around[0].get(id(old)), self._around[1].get(id(new)))
        twins = [
            self._twins[side].get(id(box)) if box is not None else None for side, box in enumerate((was, now))
        ]
        if [was is None, now is None] != [twin is None for twin in twins]:
            return None
        left, entered = self._crossed(0, was, new), self._crossed(1, now, old)
        if not (left or entered):
            return None
        return Crossing(
            next(iter(left), None), next(iter(entered), None), self._called(left[::-1]), self._called(entered)
        )

    def _crossed(self, side: int, box: Element | None, text: Element) -> list[Element]:
        """Return the boxes from one outwards that are in both versions, and in the other one do not hold a text."""
        return [
            each
            for each in (self._nearest(side, box) if box is not None else ())
            if (twin := self._twins[side].get(id(each))) is not None
            and not self._inside[1 - side].holds(twin, text)
        ]

    def _called(self, boxes: Sequence[Element]) -> str | None:
        """Return the name of the first of some boxes, and what all of them are; None without any."""
        names = [self._names[id(each)] for each in boxes]
        return f"{names[0][0]}\n{' '.join(look for _, look in names)}" if names else None

    def _apart(self, was: Element | None, now: Element | None) -> tuple[Element | None, Element | None]:
        """Return two boxes, or those around them that are not each other's: a box may have crossed an edge itself."""
        passed = []
        while was is not None and now is not None and self._twins[0].get(id(was)) is now:
            if id(was) in self._outer:
                was, now = self._outer[id(was)]
                break
            passed.append(was)
            was, now = (self._around[side].get(id(box.parent)) for side, box in enumerate((was, now)))
        self._outer |= {id(each): (was, now) for each in passed}
        return was, now

    def _innermost(self, side: int, styles: Styles) -> dict[int, Element | None]:
        """Return the innermost box around each element."""
        found: dict[int, Element | None] = {}
        for each in styles.document.elements:
            box = found.get(id(each.parent))
            if each.tag not in _NO_BOX and not is_beside(each) and (look := look_of(styles, each)):
                self._looks[side][id(each)] = look
                box = each
            found[id(each)] = box
        return found

    def _nearest(self, side: int, element: Element) -> list[Element]:
        """Return the boxes around an element, from the inside out: the text that a box had alone may have left it."""
        found: list[Element] = []
        box = self._around[side].get(id(element))
        while box is not None and len(found) < _MOST_AROUND:
            found.append(box)
            box = self._around[side].get(id(box.parent))
        return found

    def _pair(
        self, places: tuple[Sequence[Placed], Sequence[Placed]], stay: Sequence[tuple[int, int]]
    ) -> None:
        """Find which box is which: those that have the same texts in them, of the same look before others."""
        held: dict[tuple[int, int], list[str]] = {}
        own: dict[tuple[int, int], list[str]] = {}
        boxes: dict[tuple[int, int], tuple[Element, Element]] = {}
        for before, after in stay:
            (_, left), (block, right) = places[0][before], places[1][after]
            words = words_of(block, right, Counter()).strip()
            if block.kind in NEVER_SEEN or not words:
                continue
            around = self._nearest(0, left.element), self._nearest(1, right.element)
            if all(around):
                own.setdefault((id(around[0][0]), id(around[1][0])), []).append(words)
            for was, now in product(*around):
                if was.tag == now.tag:
                    boxes[id(was), id(now)] = was, now
                    held.setdefault((id(was), id(now)), []).append(words)

        def likeness(key: tuple[int, int]) -> tuple[bool, int, bool]:
            depths = [len(self._nearest(side, box)) for side, box in enumerate(boxes[key])]
            is_alike = self._looks[0][key[0]] == self._looks[1][key[1]]
            return is_alike, len(held[key]), depths[0] == depths[1]

        for key in sorted(held, key=likeness, reverse=True):
            was, now = boxes[key]
            if id(was) not in self._twins[0] and id(now) not in self._twins[1]:
                self._twins[0][id(was)], self._twins[1][id(now)] = now, was
        seen = Counter(block.text for block, _ in places[1])
        for number, (key, texts) in enumerate(held.items()):
            if self._twins[0].get(key[0]) is not boxes[key][1]:
                continue
            called = f"{self._rank(boxes[key][0], own)}\n{_name_of(own.get(key, texts), seen)}"
            for side, box in enumerate(boxes[key]):
                look = "; ".join(" ".join(each) for each in self._looks[side][id(box)])
                self._names[id(box)] = called, f"{number} {look}"

    def _rank(self, box: Element, own: Mapping[tuple[int, int], Sequence[str]]) -> str:
        """Return which one a box of the old version is, of two that hold the same texts: `inner` or `outer`; else nothing."""

        def has_own(one: Element) -> bool:
            return (id(one), id(self._twins[0].get(id(one)))) in own

        around = self._around[0].get(id(box.parent))
        is_inner = around is not None and id(around) in self._twins[0] and not has_own(around)
        return "outer" if not has_own(box) else "inner" if is_inner else ""


def _name_of(texts: Sequence[str], seen: Mapping[str, int]) -> str:
    """Return the first of some texts that is not seen several times, or just the first."""
    return next((words for words in texts if seen.get(words, 0) < _SEVERAL), texts[0])
