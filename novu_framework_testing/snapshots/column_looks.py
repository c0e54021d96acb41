"""What a new column of a table looks like where half of the other columns of that table, or more, look otherwise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.html_change import digest_of
from novu_framework_testing.snapshots.html_styles import BACKGROUND, WHEN, WHITE, Styles, base
from novu_framework_testing.snapshots.look_values import said_of_value


def look_of_column(styles: Styles, rows: Sequence[Sequence[Element]], at: int) -> tuple[str, str] | None:
    """Return what a new column looks like, in one sentence, and a digest of it; None where most others look as it does.

    Args:
        styles: What the table is drawn with.
        rows: Its rows; the first one is of heads.
        at: The number of the column.
    """
    head, *values = (_own_look(styles, row, at) for row in rows)
    shared = {
        key: value for key, value in values[0].items() if all(look.get(key) == value for look in values)
    }
    odd = [
        _Odd(name, times, {key: value for key, value in look.items() if key not in shared})
        for (name, times), look in zip(_names_beside(rows[1:], at), values, strict=True)
        if look != shared
    ]
    if not any((head, shared, odd)):
        return None
    said = [_said(_COLUMN, shared)] if head == shared else []
    if head != shared:
        said = [_said(f"the head of {_COLUMN}", head), _said(f"what is below the head of {_COLUMN}", shared)]
    said += _said_of_rows(odd)
    return "; ".join(filter(None, said)), digest_of(head, shared, odd)


_COLUMN = "the new column"


class _Odd(NamedTuple):
    """A row in which a column looks otherwise: what stands beside it there, in how many rows before too, and the look."""

    beside: str
    times: int
    look: Mapping[str, str]


def _names_beside(rows: Sequence[Sequence[Element]], at: int) -> Iterator[tuple[str, int]]:
    """Yield for each row the first words that stand beside a column, and in how many rows these stood before."""
    times = Counter[str]()
    for row in rows:
        name = next((cell.text for place, cell in enumerate(row) if place != at and cell.text), "")
        yield name, times[name]
        times[name] += 1


def _said_of_rows(odd: Sequence[_Odd]) -> list[str]:
    """Return what a column looks like in single rows: in one or two by what stands beside it there."""
    said = [_said(f"its cell beside “{short(each.beside)}”", each.look) for each in odd if each.beside]
    if len(odd) <= _FEW and len(said) == len(odd) and all(said):
        return said
    return [f"{_COLUMN} does not look the same in all rows"]


_FEW = 2


def _own_look(styles: Styles, row: Sequence[Element], at: int) -> dict[str, str]:
    """Return what one cell of a row looks like in which half of the others, or more, look otherwise."""
    others = [_look(styles, cell) for cell in row]
    own = others.pop(at)
    return {
        name: own.get(name, "")
        for name in sorted({name for look in (own, *others) for name in look})
        if 2 * sum(look.get(name) == own.get(name) for look in others) <= len(others)
        and (name != _PARTS or name in own)
    }


def _look(styles: Styles, cell: Element) -> dict[str, str]:
    """Return what a cell and the words in it look like: all that the first of them do, and whether others look otherwise."""
    texts = _with_words(cell) or [cell]
    first, *others = (
        {name: value for name, value in styles.text(each).items() if base(name) not in _UNSEEN}
        for each in texts
    )
    side = "right" if styles.text(texts[0]).get("direction") == "rtl" else "left"
    is_head = cell.tag == "th"
    usual = {"text-align": "center", "font-weight": "bold"} if is_head else {"text-align": side}
    drawn = {
        name: value
        for name, value in styles.own(cell).items()
        if _DRAWN.match(base(name)) and not (value == "0" and name.startswith("padding"))
    }
    found = usual | first | {BACKGROUND: styles.behind(texts[0]) or WHITE} | drawn
    if any(each != first for each in others):
        found[_PARTS] = str([sorted(each.items()) for each in (first, *others)])
    return {name: value for name, value in found.items() if _USUAL.get(name) != value}


_PARTS = "parts"
"""The name of what words look like that do not all look the same."""
_DRAWN = re.compile("border|vertical|padding|opacity|text-indent|box-shadow|background-image|transform")


def _with_words(cell: Element) -> list[Element]:
    """Return a cell and the elements in it, as far as words stand right in them."""
    parts = (cell, *(each for each in cell.inside() if isinstance(each, Element)))
    return [each for each in parts if _has_words(each.children)]


def _has_words(children: Iterable[Element | str]) -> bool:
    return any(isinstance(each, str) and each.strip() for each in children)


_UNSEEN = frozenset({BACKGROUND, "lang", "direction"})
_USUAL = {
    "font-weight": "normal",
    "font-style": "normal",
    "text-transform": "none",
    "text-decoration": "none",
}


def _said(what: str, look: Mapping[str, str]) -> str:
    """Return a sentence on a look; empty where there is nothing of it to say."""
    said = [words for name, value in look.items() if (words := _PREDICATES.get((name, value)))]
    if BACKGROUND in look:
        said.append(f"has the background {said_of_value(look[BACKGROUND])}")
    if look.get("color"):
        said.append(f"has the colour {said_of_value(look['color'])}")
    if look.get("font-size"):
        said.append(f"has the size {said_of_value(look['font-size'])}")
    if any(name.startswith("padding") for name in look):
        said.append("has another space around its words")
    others = [
        name
        for name, value in look.items()
        if (name, value) not in _PREDICATES and name not in _VALUED and not name.startswith("padding")
    ]
    if any(WHEN in name for name in others):
        said.append("looks otherwise at times, as on small screens")
    if any(WHEN not in name for name in others):
        said.append("has a style of its own")
    return f"{what} {' and '.join(filter(None, (', '.join(said[:-1]), said[-1])))}" if said else ""


_PREDICATES = {
    ("text-align", "left"): "stands on the left",
    ("text-align", "right"): "stands on the right",
    ("text-align", "center"): "stands in the middle",
    ("font-weight", "bold"): "is bold",
    ("font-weight", ""): "is not bold",
    ("font-style", "italic"): "is in italics",
    ("font-style", ""): "is not in italics",
    ("text-decoration", "line-through"): "is struck out",
    ("text-decoration", "underline"): "is underlined",
    ("text-transform", "uppercase"): "is in capitals",
    ("color", ""): "has the usual colour",
    ("font-size", ""): "has the usual size",
}
_VALUED = frozenset({BACKGROUND, "color", "font-size"})
