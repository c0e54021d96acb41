"""Which texts came into a box that both versions have, or left it, while their words stay where they stood."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
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


_RANKS = {
    (False, False): "",
    (True, False): "outer",
    (False, True): "inner",
    (True, True): "middle",
}
"""What a box is called that has no words but those in one inside of it, and one that is in such a box alone."""


class _Name(NamedTuple):
    """What a box is called: which one of those that hold the same, words in it, and its number and its look."""

    rank: str
    words: str
    look: str


class _Pair(NamedTuple):
    """A box in both versions, and the words in it, each with the number of boxes in it that these are in."""

    boxes: tuple[Element, Element]
    texts: Sequence[tuple[int, str]]


class Crossing(NamedTuple):
    """The edges that a text crossed.

    Attributes:
        edges: The box at whose edge all that is around the text alone ends, in both versions: the one that it stands in
            there, or else the one that it stands in in the other version.
        was, now: What the outermost box that it left and the innermost that it came into are called: which one it is
            of boxes that hold the same, in the next line words that stand in it in both versions, and in the last one
            the numbers and the looks of all that it left, or came into. None for no box, and for one that has these
            words as often as before: it may be others of them that stand there. Without the words in a box that
            other words stood in, which these replaced.
        about: What tells the crossing from another one of the same text: both names, with all of their words.
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
        self._outer: dict[int, tuple[Element | None, Element | None]] = {}
        self._ranks = self._ranks_of(0, places[0]), self._ranks_of(1, places[1])
        pairs = self._pair(places, stay) if all(self._looks) else []
        self._known = self._innermost_known(0, sides[0]), self._innermost_known(1, sides[1])
        self._names = self._names_of(pairs, Counter(block.text for block, _ in places[1]))

    def of(self, old: Element, new: Element, blocks: tuple[Block, Block]) -> Crossing | None:
        """Return which edges a text crossed; None if it crossed none, or stands in a box of its own there.

        Args:
            old, new: What the text stands in, in both versions.
            blocks: What is read of it in them.
        """
        around = self._apart(self._around[0].get(id(old)), self._around[1].get(id(new)))
        crossed: list[list[Element]] = []
        for side, (box, other) in enumerate(zip(around, (new, old), strict=True)):
            crossed.append(list(islice(self._crossed(side, box, other), _MOST_AROUND)))
            if not crossed[side] and self._known[side].get(id(box)) is not box:
                return None
        left, entered = (next(iter(boxes), None) for boxes in crossed)
        before = left or self._twins[1].get(id(entered))
        after = entered or self._twins[0].get(id(left))
        if before is None or after is None:
            return None
        was, now = (
            self._called([box for box in crossed[side][::order] if self._has_more(side, box, block.text)])
            for side, (block, order) in enumerate(zip(blocks, (-1, 1), strict=True))
        )
        about = "\n".join(filter(None, (was, now)))
        if was and now and is_unlike(*blocks):
            was = was[was.rindex("\n") :]
        return Crossing((before, after), was, now, about)

    def are_twins(self, old: Element, new: Element) -> bool:
        """Tell whether two elements are the same box, whatever came into it or left it."""
        return self._twins[0].get(id(old)) is new

    def _crossed(self, side: int, box: Element | None, text: Element) -> Iterator[Element]:
        """Yield the boxes of both versions from one outwards, as long as they do not hold a text in the other version."""
        known = self._known[side].get(id(box))
        while known is not None and not self._inside[1 - side].holds(self._twins[side][id(known)], text):
            yield known
            known = self._known[side].get(id(known.parent))

    def _called(self, boxes: Sequence[Element]) -> str | None:
        """Return the name of the first of some boxes, and what all of them are; None without any."""
        names = [self._names[id(box)] for box in boxes]
        return "\n".join((*names[0][:2], " ".join(each.look for each in names))) if names else None

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
    ) -> list[_Pair]:
        """Find and return which box is which: those that have the same texts in them, of the same look before others."""
        held: dict[tuple[int, int], list[tuple[int, str]]] = {}
        boxes: dict[tuple[int, int], tuple[Element, Element]] = {}
        for before, after in stay:
            (_, left), (block, right) = places[0][before], places[1][after]
            words = words_of(block, right, Counter()).strip()
            if block.kind in NEVER_SEEN or not words:
                continue
            around = self._nearest(0, left.element), self._nearest(1, right.element)
            for (depth, was), (other, now) in product(*map(enumerate, around)):
                if was.tag == now.tag:
                    boxes[id(was), id(now)] = was, now
                    held.setdefault((id(was), id(now)), []).append((max(depth, other), words))

        def likeness(key: tuple[int, int]) -> tuple[bool, int, bool]:
            depths = [len(self._nearest(side, box)) for side, box in enumerate(boxes[key])]
            is_alike = self._looks[0][key[0]] == self._looks[1][key[1]]
            return is_alike, len(held[key]), depths[0] == depths[1]

        for key in sorted(held, key=likeness, reverse=True):
            was, now = boxes[key]
            if id(was) not in self._twins[0] and id(now) not in self._twins[1]:
                self._twins[0][id(was)], self._twins[1][id(now)] = now, was
        return [
            _Pair(boxes[key], texts)
            for key, texts in held.items()
            if self._twins[0].get(key[0]) is boxes[key][1]
        ]

    def _is_around_all(self, boxes: tuple[Element, Element]) -> bool:
        """Tell whether nothing stands outside of a box in either version: no text can have crossed its edge."""
        return all(
            len(inside.ranks(box)) == len(inside.seen)
            for inside, box in zip(self._inside, boxes, strict=True)
        )

    def _names_of(self, pairs: Sequence[_Pair], seen: Mapping[str, int]) -> dict[int, _Name]:
        """Return what boxes are called.

        Args:
            pairs: The boxes.
            seen: How often each text stands in the new version.
        """
        around = {id(was): self._known[0].get(id(was.parent)) for (was, _), _ in pairs}
        inside = Counter(map(id, around.values()))
        depths = {id(was): min(depth for depth, _ in texts) for (was, _), texts in pairs}
        whole = {id(boxes[0]) for boxes, _ in pairs if self._is_around_all(boxes)}
        outer = {box for box, depth in depths.items() if depth and inside[box]} - whole
        found: dict[int, _Name] = {}
        numbers = Counter[tuple[int, Look]]()
        for boxes, texts in pairs:
            this = id(boxes[0])
            other = id(around[this])
            rank = _RANKS[this in outer, other in outer and inside[other] == 1]
            nearest = [words for depth, words in texts if depth == depths[this]]
            name = next((words for words in nearest if seen[words] < _SEVERAL), nearest[0])
            for side, box in enumerate(boxes):
                look = self._looks[side][id(box)]
                found[id(box)] = _Name(rank, name, f"{numbers[side, look]} {'; '.join(map(' '.join, look))}")
                numbers[side, look] += 1
        return found
