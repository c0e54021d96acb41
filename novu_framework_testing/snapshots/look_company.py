"""Which blocks a part of a message holds, and which parts hold nothing but what moved together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from novu_framework_testing._internal.html_document import Document, Element
from novu_framework_testing.snapshots.look_chains import are_alike
from novu_framework_testing.snapshots.look_difference import NEVER_SEEN, Placed
from novu_framework_testing.snapshots.sequences import changed_ranges

_NOT_IN_IT = NEVER_SEEN | {"title", "invisible image"}


class Inside:
    """Finds the blocks that are seen in an element.

    Args:
        document: The version.
        blocks: All that is read in it.
        numbers: Which of them count; all, unless they are given.
    """

    def __init__(
        self, document: Document, blocks: Sequence[Placed], numbers: Iterable[int] | None = None
    ) -> None:
        self._document = document
        self._starts = {id(each): at for at, each in enumerate(document.elements)}
        self._seen = sorted(
            (self._starts[id(blocks[at][1].element)], at)
            for at in (range(len(blocks)) if numbers is None else numbers)
            if is_seen(blocks[at])
        )

    @cached_property
    def seen(self) -> list[int]:
        """The numbers of the blocks in the order of what they stand in."""
        return [at for _, at in self._seen]

    def holds(self, element: Element, other: Element) -> bool:
        """Tell whether an element is another one of this version, or has it in it."""
        return self._starts.get(id(element), 0) <= self._starts.get(id(other), -1) < self._ends[id(element)]

    def ranks(self, element: Element) -> range:
        """Return where in `seen` the blocks in an element are; nothing for an element of the other version."""
        start, end = self._starts.get(id(element), 0), self._ends.get(id(element), 0)
        return range(bisect_left(self._seen, (start,)), bisect_left(self._seen, (end,)))

    def of(self, element: Element) -> list[int]:
        """Return the numbers of the blocks in an element, in the order of reading."""
        ranks = self.ranks(element)
        return sorted(self.seen[ranks.start : ranks.stop])

    @cached_property
    def _ends(self) -> dict[int, int]:
        """The number of the first element after each element, and all that is in it."""
        found: dict[int, int] = {}
        for at, each in reversed(list(enumerate(self._document.elements))):
            end = found[id(each)] = max(found.get(id(each), 0), at + 1)
            if each.parent is not None:
                found[id(each.parent)] = max(found.get(id(each.parent), 0), end)
        return found


class Company:
    """Tells which parts hold the same blocks in both versions, and nothing that did not move with them.

    Args:
        documents: Both versions.
        places: What is read in them.
        stay, moved: Which block of the old version is which of the new, in place and elsewhere.
    """

    def __init__(
        self,
        documents: tuple[Document, Document],
        places: tuple[Sequence[Placed], Sequence[Placed]],
        stay: Sequence[tuple[int, int]],
        moved: Sequence[tuple[int, int]],
    ) -> None:
        became: dict[int, int] = {}
        came: set[int] = set()
        for before, after in [*stay, *moved]:
            is_known = before in became or after in came
            if not is_known and is_seen(places[0][before]) and is_seen(places[1][after]):
                became[before] = after
                came.add(after)
        self._inside = Inside(documents[0], places[0], became), Inside(documents[1], places[1], came)
        olds, news = (each.seen for each in self._inside)
        ranks = {after: rank for rank, after in enumerate(news)}
        places_now = [ranks[became[before]] for before in olds]
        self._were = {rank: at for at, rank in enumerate(places_now)}
        staying = set(stay)
        self._apart = [0, *accumulate(other != one + 1 for one, other in pairwise(places_now))]
        self._staying = [0, *accumulate((before, became[before]) in staying for before in olds)]

    def of(self, side: int, element: Element) -> tuple[int, int] | None:
        """Return what tells the blocks in an element, the same in both versions; None if there are others than those that moved together."""
        ranks = self._inside[side].ranks(element)
        start = self._were[ranks.start] if ranks and side else ranks.start
        end = start + len(ranks)
        if not ranks or end >= len(self._staying):
            return None
        are_together = self._apart[end - 1] == self._apart[start]
        return (start, len(ranks)) if are_together and self._staying[end] == self._staying[start] else None


def is_seen(placed: Placed) -> bool:
    """Tell whether what is read is seen in the message itself, in a part of it."""
    block, place = placed
    return block.kind not in _NOT_IN_IT and place.element.tag != "#root"


def same_parts(olds: Sequence[Element], news: Sequence[Element]) -> list[tuple[Element, Element]]:
    """Return which of the parts around the same blocks are which, from the inside out: what is written alike, and what is between."""
    pairs: list[tuple[Element, Element]] = []
    left = 0
    ends = (len(olds), len(olds), len(news), len(news))
    for a, b, c, d in [*changed_ranges([one.source for one in olds], [one.source for one in news]), ends]:
        pairs += zip(olds[left:a], news[c - (a - left) : c], strict=True)
        pairs += (
            (one, other)
            for one, other in zip(olds[a:b], news[c:d], strict=False)
            if are_alike(one.tag, other.tag)
        )
        left = b
    return pairs
