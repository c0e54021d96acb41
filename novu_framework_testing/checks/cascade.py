"""Which declaration of a stylesheet counts for an element, where the email alone says it without doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing._internal.selectors import Matcher, Selector, Tree, selector_of, split_list

_PSEUDO = re.compile(r":[\w-]+(?:\([^()]*(?:\([^()]*\)[^()]*)*\))?")

Rank: TypeAlias = "tuple[bool, int, tuple[int, ...], int]"
"""What wins: `!important`, what the element itself says, the selector, what comes later."""


class _Styling(NamedTuple):
    """A declaration under one selector."""

    name: str
    value: str
    rank: Rank
    matcher: Matcher
    sure: bool


class Winner(NamedTuple):
    """The value that counts for an element; `sure` is False where another one may."""

    value: str
    sure: bool


_LONG = {"background-color": "background", "font": "font-size"}
"""Properties that set what another one sets; of these the later one counts."""


class Cascade:
    """The declarations of an email for some properties.

    Args:
        tree: The elements of the email.
        properties: The names of the properties.
    """

    def __init__(self, tree: Tree, properties: Iterable[str]) -> None:
        self._tree = tree
        self._wanted = frozenset(properties)
        self._by_name: dict[str, list[_Styling]] = defaultdict(list)
        matchers: dict[str, tuple[Selector, Matcher, bool] | None] = {}
        for order, one in enumerate(tree.document.declarations):
            if (
                not one.selector
                or one.name not in self._wanted
                or one.conditional
                or "keyframes" in one.at_rule
            ):
                continue
            for text in split_list(one.selector):
                if text not in matchers:
                    matchers[text] = self._matcher(text)
                if known := matchers[text]:
                    selector, matcher, sure = known
                    rank = ("!important" in one.value, 0, selector.weight, order)
                    self._by_name[selector.key].append(
                        _Styling(one.name, one.value, rank, matcher, sure and not one.at_rule)
                    )

    def _matcher(self, text: str) -> tuple[Selector, Matcher, bool] | None:
        """Return a selector with what it picks out, and whether that is sure; None for what holds sometimes only."""
        selector = selector_of(text)
        # without what is not known of it, it picks out what it may be about
        known = selector or selector_of(_PSEUDO.sub("", text))
        if known is None or known.when:
            return None
        return known, Matcher(self._tree, known), selector is not None

    def of(self, element: Element) -> dict[str, Winner]:
        """Return what counts for an element, by property."""
        best: dict[str, tuple[Rank, Winner]] = {}
        for order, (name, value) in enumerate(element.style.items()):
            if name in self._wanted:
                _take(best, name, ("!important" in value, 1, (), order), value)
        about = list(self._about(element)) if self._by_name else ()
        for one in sorted(about, key=lambda one: not one.sure):  # doubts last
            _take(best, one.name, one.rank, one.value, sure=one.sure)
        return {name: winner for name, (_, winner) in best.items()}

    def values(self, element: Element) -> Iterator[tuple[str, str]]:
        """Give every property and value that may be for an element, by a stylesheet."""
        return ((one.name, one.value) for one in self._about(element)) if self._by_name else iter(())

    def _about(self, element: Element) -> Iterator[_Styling]:
        names = self._tree.names(element)
        for key in (*names, element.tag, ""):
            for one in self._by_name.get(key, ()):
                if one.matcher.picks(element, names):
                    yield one


def _take(
    best: dict[str, tuple[Rank, Winner]], name: str, rank: Rank, value: str, *, sure: bool = True
) -> None:
    name = _LONG.get(name, name)
    if name not in best or rank >= best[name][0]:
        best[name] = (rank, Winner(value.replace("!important", "").strip(), sure))
