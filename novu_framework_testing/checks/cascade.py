"""Which declaration of a stylesheet counts for an element, where the email alone says it without doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.html_document import Document, Element
from novu_framework_testing._internal.selectors import names_of, split_list

_COMPOUND = re.compile(
    r"(?P<tag>[a-z][\w-]*|\*)?(?P<names>(?:[.#][\w-]+)*)(?P<more>.*)", re.IGNORECASE | re.DOTALL
)
_SOMETIMES = re.compile(r":(?:hover|active|focus|visited|checked|target|before|after|:)")
_STEPS = re.compile(r"\s*([>+~])\s*|\s+(?![^(\[]*[)\]])")

Rank: TypeAlias = "tuple[bool, int, tuple[int, ...], int]"
"""What wins: `!important`, what the element itself says, the selector, what comes later."""


class Compound(NamedTuple):
    """A selector for one element, as `p.a`; `more` is what is not followed, as `[href]` and `:first-child`."""

    tag: str
    names: frozenset[str]
    more: str

    @classmethod
    def of(cls, text: str) -> Compound:
        """Read it."""
        found = _COMPOUND.fullmatch(text)
        tag, names, more = found.group("tag", "names", "more") if found else ("", "", text)
        return cls(
            (tag or "").lower().replace("*", ""),
            frozenset(re.findall(r"[.#][\w-]+", names)),
            more.replace(":link", ""),
        )

    def may_be(self, element: Element, names: frozenset[str]) -> bool:
        """Tell whether it may be about an element with these names."""
        attributes = re.findall(r"\[\s*([\w-]+)", self.more)
        return (
            self.tag in ("", element.tag)
            and self.names <= names
            and all(name in element.attributes for name in attributes)
        )


class _Styling(NamedTuple):
    """A declaration under one selector."""

    name: str
    value: str
    rank: Rank
    compounds: tuple[Compound, ...]
    sure: bool
    beside: bool


class Winner(NamedTuple):
    """The value that counts for an element; `sure` is False where another one may."""

    value: str
    sure: bool


_LONG = {"background-color": "background", "font": "font-size"}
"""Properties that set what another one sets; of these the later one counts."""


class Cascade:
    """The declarations of an email for some properties."""

    def __init__(self, document: Document, properties: Iterable[str]) -> None:
        self._wanted = frozenset(properties)
        self._by_name: dict[str, list[_Styling]] = defaultdict(list)
        for order, one in enumerate(document.declarations):
            if (
                not one.selector
                or one.name not in self._wanted
                or one.conditional
                or "keyframes" in one.at_rule
            ):
                continue
            for selector in split_list(one.selector):
                if not _SOMETIMES.search(selector):
                    self._add(selector, one.name, one.value, order, one.at_rule)

    def _add(self, selector: str, name: str, value: str, order: int, at_rule: str) -> None:
        parts = _STEPS.split(selector)
        compounds = tuple(Compound.of(part) for part in parts[::2])
        weight = (
            len(re.findall(r"#[\w-]", selector)), len(re.findall(r"\.[\w-]|\[|:", selector)), sum(bool(one.tag) for one in compounds),
        )  # fmt: skip
        sure = not at_rule and not any(parts[1::2]) and not any(one.more for one in compounds)
        rank = ("!important" in value, 0, weight, order)
        last = compounds[-1]
        key = min(last.names, default=last.tag)
        self._by_name[key].append(
            _Styling(name, value, rank, compounds, sure, bool({"+", "~"} & set(parts[1::2])))
        )

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
        names = names_of(element)
        for key in (*names, element.tag, ""):
            for one in self._by_name.get(key, ()):
                if one.compounds[-1].may_be(element, names) and (
                    len(one.compounds) == 1 or _stands_in(one, element)
                ):
                    yield one


def _take(
    best: dict[str, tuple[Rank, Winner]], name: str, rank: Rank, value: str, *, sure: bool = True
) -> None:
    name = _LONG.get(name, name)
    if name not in best or rank >= best[name][0]:
        best[name] = (rank, Winner(value.replace("!important", "").strip(), sure))


def _stands_in(one: _Styling, element: Element) -> bool:
    """Tell whether an element is in what its selector says, or may be."""
    if one.beside:
        return True
    outer = list(one.compounds[:-1])
    above = element.parent
    while outer and above is not None:
        if outer[-1].may_be(above, names_of(above)):
            outer.pop()
        above = above.parent
    return not outer
