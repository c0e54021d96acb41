"""What a text stands in, from the inside out, and which parts of two versions are which."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import OF_BLOCK, OF_TEXT, Styles, base, is_of_text
from novu_framework_testing.snapshots.sequences import changed_ranges

_HEADING = re.compile("h[1-6]")
HOLDERS = frozenset(
    {"div", "center", "section", "article", "main", "header", "footer", "tbody", "thead", "tfoot", "figure"}
)
"""The tags of what only holds others."""


class Chain(NamedTuple):
    """An element and what it is in, as far as it counts."""

    element: Element
    above: Chain | None
    depth: int


class Chains:
    """The surroundings of the elements of one version, each looked at once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[tuple[int, bool], Chain | None] = {}

    def around(self, element: Element, is_whole: bool) -> Chain | None:
        """Return what is around an element, itself included; ``is_whole`` with what only holds others."""
        known = self._known
        missing: list[Element] = []
        at: Element | None = element
        while at is not None and (id(at), is_whole) not in known:
            missing.append(at)
            at = at.parent
        chain = known[id(at), is_whole] if at is not None else None
        for each in reversed(missing):
            if self.counts(each, is_whole):
                chain = Chain(each, chain, depth_of(chain) + 1)
            known[id(each), is_whole] = chain
        return chain

    def counts(self, element: Element, is_whole: bool) -> bool:
        """Tell whether an element is seen: one without a look of its own only holds others."""
        if element.tag == "head":
            return False
        if element.tag in HOLDERS or element.tag in ("#root", "html") or element.tag in INLINE - {"a", "img"}:
            own = self._styles.own(element)
            bases = {base(name) for name in own}
            is_plain = all(map(is_of_text, own)) and (element.tag in INLINE or OF_BLOCK.isdisjoint(bases))
            return not is_plain or (is_whole and element.tag not in INLINE | {"#root", "html"})
        return True


def wrapped(
    olds: Sequence[Element], news: Sequence[Element], only_holds: Callable[[Element], bool]
) -> tuple[list[tuple[Element, Element]], list[tuple[int, Element]]] | None:
    """Return which elements around a block are which, and those that one version has more; None where they cannot be told.

    Those that it has more are parts that only hold others, each with the number of the version.
    """
    more = len(news) > len(olds)
    few, many = (olds, news) if more else (news, olds)
    pairs: list[tuple[Element, Element]] = []
    extra: list[tuple[int, Element]] = []
    start = 0
    ends = (len(few), len(few), len(many), len(many))
    for a, b, c, d in [*changed_ranges([one.source for one in few], [one.source for one in many]), ends]:
        pairs += zip(few[start:a], many[c - (a - start) : c], strict=True)
        left = list(few[a:b])
        for element in many[c:d]:  # from the outside
            if left and are_alike(left[0].tag, element.tag):
                pairs.append((left.pop(0), element))
            elif only_holds(element):
                extra.append((int(more), element))
            else:
                return None
        if left:
            return None
        start = b
    return [(one, other) if more else (other, one) for one, other in reversed(pairs)], extra


def elements_of(chain: Chain | None) -> list[Element]:
    """Return the elements around a block, the outermost first."""
    found = []
    while chain:
        found.append(chain.element)
        chain = chain.above
    return found[::-1]


def tags_of(chain: Chain | None, styles: Styles | None = None) -> str:
    """Return the tags around a block; with `styles` but for those of parts that do nothing but align what is in them."""
    tags = []
    while chain:
        if not (styles and chain.element.tag in HOLDERS and OF_TEXT.issuperset(styles.own(chain.element))):
            tags.append(chain.element.tag)
        chain = chain.above
    return " ".join(tags)


def depth_of(chain: Chain | None) -> int:
    """Return how many parts count around a block."""
    return chain.depth if chain else 0


def are_alike(one: str, other: str) -> bool:
    """Tell whether a part with one tag may have become one with the other: headings, lists and cells, whatever their kind."""
    return (
        one == other
        or bool(_HEADING.fullmatch(one) and _HEADING.fullmatch(other))
        or {one, other} in ({"ul", "ol"}, {"td", "th"})
    )


def is_beside(element: Element) -> bool:
    """Tell whether an element is a cell of a row that has others."""
    row = element.parent
    return element.tag in ("td", "th") and row is not None and len(parts_of(row)) > 1


def parts_of(element: Element) -> list[Element]:
    """Return the elements that stand in an element."""
    return [each for each in element.children if isinstance(each, Element)]


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table, but for those of tables in it."""
    return [each for part in (table, *parts_of(table)) for each in parts_of(part) if each.tag == "tr"]


def cells_of(table: Element) -> list[Element]:
    """Return the cells of a table, but for those of tables in it."""
    return [each for row in rows_of(table) for each in parts_of(row) if each.tag in ("td", "th")]
