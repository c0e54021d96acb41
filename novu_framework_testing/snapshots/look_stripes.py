"""Rows in two colours in turn: one that stands at another place has the other colour, and no other look."""

from __future__ import annotations

import re
from collections.abc import Sequence

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.snapshots.html_styles import Styles, base

_STRIPED = re.compile("^background|color$")


def is_stripe(styles: tuple[Styles, Styles], old: Element, new: Element, name: str) -> bool:
    """Tell whether a row has another colour for standing at another place only, where the places have the same colours as before."""
    rows = _row(old), _row(new)
    if None in rows or not _STRIPED.search(base(name)):
        return False
    sides = []
    for side, (row, element) in enumerate(zip(rows, (old, new), strict=True)):
        assert row is not None
        assert row.parent is not None
        every = [each for each in row.parent.children if isinstance(each, Element) and each.tag == row.tag]
        at = _place(row, element)
        values = [styles[side].own(_cell(each, at)).get(name, "") for each in every]
        sides.append((every.index(row), values))
    (was_at, olds), (now_at, news) = sides
    return was_at != now_at and _alternates(olds) and _alternates(news) and _agree(olds, news)


def _row(element: Element) -> Element | None:
    return next((each for each in element.above() if each.tag in ("tr", "li") and each.parent), None)


def _place(row: Element, element: Element) -> int | None:
    """Return which of the cells of a row an element is; None for the row itself, or what is inside of a cell."""
    return next((at for at, each in enumerate(row.children) if each is element), None)


def _cell(row: Element, at: int | None) -> Element:
    child = row.children[at] if at is not None and at < len(row.children) else row
    return child if isinstance(child, Element) else row


def _alternates(values: Sequence[str]) -> bool:
    """Whether the values of rows come in turn; of the first row, which may be one of heads, whatever it is."""
    body = values[1:] if len(values) > 2 and values[0] not in values[1:3] else values
    return len(body) > 1 and body[0] != body[1] and all(map(str.__eq__, body, body[2:]))


def _agree(olds: Sequence[str], news: Sequence[str]) -> bool:
    return all(map(str.__eq__, olds, news))
