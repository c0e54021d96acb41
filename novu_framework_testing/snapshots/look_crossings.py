"""Which texts came into a box that both versions have, or left it, while their words stay where they stood."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.block_pairs import is_unlike
from novu_framework_testing.snapshots.html_styles import Styles
from novu_framework_testing.snapshots.look_arrivals import PAGE, Look, look_of
from novu_framework_testing.snapshots.look_chains import is_beside
from novu_framework_testing.snapshots.look_company import Inside
from novu_framework_testing.snapshots.look_difference import NEVER_SEEN, Placed, words_of
from novu_framework_testing.snapshots.reading import Block

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
        edges: The box at whose edge all that is around the text alone ends, in both versions: the one that it stands in
            there, or else the one that it stands in in the other version.
        was, now: What the box that it left and the one that it came into are called: words that stand in it in both
            versions, and in another line its number among those of its look, and the look. None for no box, and for
            one that has these words as often as before: it may be others of them that stand there. Without the words
            in a box that other words stood in, which these replaced.
        about: The whole names of both.
    """

    edges: tuple[Element, Element]
    was: str | None
    now: str | None
    about: str


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
        self._names: dict[int, str] = {}
        self._outer: dict[int, tuple[Element | None, Element | None]] = {}
        self._ranks = self._ranks_of(0, places[0]), self._ranks_of(1, places[1])
        if all(self._looks):
            self._pair(places, stay)
        self._known = self._innermost_known(0, sides[0]), self._innermost_known(1, sides[1])

    def of(self, old: Element, new: Element, blocks: tuple[Block, Block]) -> Crossing | None:
        """Return which edges a text crossed; None if it crossed none, or stands in a box of its own there.

        Args:
            old, new: What the text stands in, in both versions.
            blocks: What is read of it in them.
        """
        around = self._apart(self._around[0].get(id(old)), self._around[1].get(id(new)))
        crossed: list[Element | None] = []
        for side, (box, other) in enumerate(zip(around, (new, old), strict=True)):
            known = self._known[side].get(id(box))
            twin = self._twins[side].get(id(known))
            if known is not None and twin is not None and not self._inside[1 - side].holds(twin, other):
                crossed.append(known)
            elif known is not box:
                return None
            else:
                crossed.append(None)
        left, entered = crossed
        before = left or self._twins[1].get(id(entered))
        after = entered or self._twins[0].get(id(left))
        if before is None or after is None:
            return None
        was, now = (
            self._names[id(box)] if box is not None and self._has_more(side, box, blocks[side].text) else None
            for side, box in enumerate(crossed)
        )
        about = "\n".join(filter(None, (was, now)))
        if was and now and is_unlike(*blocks):
            was = was[was.index("\n") :]
        return Crossing((before, after), was, now, about)

    def _has_more(self, side: int, box: Element, text: str) -> bool:
        """Tell whether a box has some words more often than it has in the other version."""
        counts = []
        for version, each in ((side, box), (1 - side, self._twins[side][id(box)])):
            ranks, held = self._ranks[version].get(text, []), self._inside[version].ranks(each)
            counts.append(bisect_left(ranks, held.stop) - bisect_left(ranks, held.start))
        return counts[0] > counts[1]

    def _ranks_of(self, side: int, places: Sequence[Placed]) -> dict[str, list[int]]:
        """Return where each text stands among all that is seen."""
        found: dict[str, list[int]] = {}
        for rank, at in enumerate(self._inside[side].seen):
            found.setdefault(places[at][0].text, []).append(rank)
        return found

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

    def _innermost_known(self, side: int, styles: Styles) -> dict[int, Element | None]:
        """Return the innermost box around each element of which it is known which one of the other version it is."""
        found: dict[int, Element | None] = {}
        for each in styles.document.elements if self._twins[side] else ():
            found[id(each)] = each if id(each) in self._twins[side] else found.get(id(each.parent))
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
        boxes: dict[tuple[int, int], tuple[Element, Element]] = {}
        for before, after in stay:
            (_, left), (block, right) = places[0][before], places[1][after]
            words = words_of(block, right, Counter()).strip()
            if block.kind in NEVER_SEEN or not words:
                continue
            for was, now in product(self._nearest(0, left.element), self._nearest(1, right.element)):
                if was.tag == now.tag:
                    boxes[id(was), id(now)] = was, now
                    held.setdefault((id(was), id(now)), []).append(words)

        def likeness(key: tuple[int, int]) -> tuple[bool, int]:
            return self._looks[0][key[0]] == self._looks[1][key[1]], len(held[key])

        for key in sorted(held, key=likeness, reverse=True):
            was, now = boxes[key]
            if id(was) not in self._twins[0] and id(now) not in self._twins[1]:
                self._twins[0][id(was)], self._twins[1][id(now)] = now, was
        seen = Counter(block.text for block, _ in places[1])
        numbers = Counter[tuple[int, Look]]()
        for key, texts in held.items():
            was, now = boxes[key]
            if self._twins[0].get(id(was)) is now:
                name = next((words for words in texts if seen[words] < _SEVERAL), texts[0])
                for side, box in enumerate((was, now)):
                    look = self._looks[side][id(box)]
                    said = "; ".join(map(" ".join, look))
                    self._names[id(box)] = f"{name}\n{numbers[side, look]} {said}"
                    numbers[side, look] += 1
