"""Columns of a table that stand in another order, said in a sentence; all else is compared as if they had stood so before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from novu_framework_testing._internal.html_document import Document, Element, parsed
from novu_framework_testing.snapshots.block_changes import HtmlChange, digest_of
from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.sequences import changed_ranges

_CELLS = frozenset({"td", "th"})


Rows: TypeAlias = "Sequence[Sequence[str]]"
"""The words of the cells of a table."""


def moved_columns(was: Rows, now: Rows, *, are_heads: bool = False) -> tuple[list[int], list[HtmlChange]]:
    """Return which column of the old version each of the new one is, and what to say of it; nothing where they stand as before.

    Args:
        was, now: Both versions.
        are_heads: Whether the first row is one of heads, and not of the first values.
    """
    order = _order(was, now)
    if not order:
        return [], []
    heads = was[0], now[0]
    return order, [
        HtmlChange("columns", sentence=sentence, detail=digest_of(*map(list, heads)))
        for sentence in _sentences(*heads, are_heads)
    ]


def with_columns_of(old: Document, new: Document) -> tuple[Document, list[HtmlChange]]:
    """Return an old version with the columns of its tables in the order that they have in the new one, and what to say of it."""
    tables = _tables(old), _tables(new)
    if len(tables[0]) != len(tables[1]):
        return old, []
    orders: dict[int, list[int]] = {}
    changes: list[HtmlChange] = []
    for at, (was, now) in enumerate(zip(*tables, strict=True)):
        are_heads = bool(now) and all(cell.tag == "th" for cell in now[0])
        order, said = moved_columns(*map(_words, (was, now)), are_heads=are_heads)
        if order:
            orders[at] = order
            changes += said
    return (_reordered(old, orders), changes) if orders else (old, [])


def _words(table: list[list[Element]]) -> Rows:
    return [[cell.text for cell in row] for row in table]


def _tables(document: Document) -> list[list[list[Element]]]:
    """Return the cells of the tables that hold no other ones, by row."""
    tables, holders = document.all("table"), set[int]()
    for table in tables:
        above = table.parent
        while above is not None and id(above) not in holders:
            holders.add(id(above))
            above = above.parent
    return [
        [list(_cells(each)) for each in table.inside() if isinstance(each, Element) and each.tag == "tr"]
        for table in tables
        if id(table) not in holders
    ]


def _cells(row: Element) -> Iterator[Element]:
    return (child for child in row.children if isinstance(child, Element) and child.tag in _CELLS)


def _order(was: Rows, now: Rows) -> list[int]:
    before, after = (list(rows[0]) if rows else [] for rows in (was, now))
    if before == after or set(before) != set(after) or not len(set(after)) == len(before) == len(after) > 1:
        return []
    order = [before.index(head) for head in after]
    stay = go = 0
    for one, other in zip(was[1:], now[1:], strict=False):
        if len(one) == len(other) == len(order):
            stay += sum(map(str.__eq__, one, other))
            go += sum(one[source] == text for source, text in zip(order, other, strict=True))
    return order if go > stay else []


def _sentences(was: Sequence[str], now: Sequence[str], are_heads: bool) -> Iterator[str]:
    names = [f"“{short(head)}”" for head in now]
    for _, _, start, end in changed_ranges(was, now):
        for at in range(start, end):
            where = f"before {names[at + 1]}" if at + 1 < len(names) else f"after {names[at - 1]}"
            yield f"the column {'' if are_heads else 'with '}{names[at]} now comes {where}"


def _reordered(document: Document, orders: dict[int, list[int]]) -> Document:
    """Return a document with the columns of some of its tables in another order."""
    made = parsed.__wrapped__(document.source)
    for at, table in enumerate(_tables(made)):
        for row in table if at in orders else ():
            if len(row) == len(orders[at]):
                children = row[0].parent.children if row[0].parent else []
                places = [place for place, child in enumerate(children) if child in row]
                for place, source in zip(places, orders[at], strict=True):
                    children[place] = row[source]
    made.put_in_order()
    return made
