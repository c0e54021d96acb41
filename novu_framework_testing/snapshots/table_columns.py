"""Columns of a table that stand in another order, said in a sentence; all else is compared as if they had stood so before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from novu_framework_testing._internal.html_document import Document, Element, parsed
from novu_framework_testing.snapshots.block_changes import HtmlChange, digest_of
from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.sequences import changed_ranges

_CELLS = frozenset({"td", "th"})


class _Table(NamedTuple):
    rows: list[list[Element]]
    heads: list[str]


def with_columns_of(old: Document, new: Document) -> tuple[Document, list[HtmlChange]]:
    """Return an old version with the columns of its tables in the order that they have in the new one, and what to say of it."""
    tables = _tables(old), _tables(new)
    if len(tables[0]) != len(tables[1]):
        return old, []
    orders: dict[int, list[int]] = {}
    changes: list[HtmlChange] = []
    for at, (was, now) in enumerate(zip(*tables, strict=True)):
        if order := _order(was, now):
            orders[at] = order
            changes += [
                HtmlChange("columns", sentence=sentence, detail=digest_of(was.heads, now.heads))
                for sentence in _sentences(was, now)
            ]
    return (_reordered(old, orders), changes) if orders else (old, [])


def _tables(document: Document) -> list[_Table]:
    """Return the tables that hold no other ones."""
    tables, holders = document.all("table"), set[int]()
    for table in tables:
        above = table.parent
        while above is not None and id(above) not in holders:
            holders.add(id(above))
            above = above.parent
    found = []
    for table in tables:
        if id(table) not in holders:
            rows = [
                list(_cells(each))
                for each in table.inside()
                if isinstance(each, Element) and each.tag == "tr"
            ]
            found.append(_Table(rows, [cell.text for cell in rows[0]] if rows else []))
    return found


def _cells(row: Element) -> Iterator[Element]:
    return (child for child in row.children if isinstance(child, Element) and child.tag in _CELLS)


def _order(was: _Table, now: _Table) -> list[int]:
    """Return which column of the old version each of the new one is; nothing where they stand as before."""
    heads = set(now.heads)
    if (
        was.heads == now.heads
        or set(was.heads) != heads
        or not len(heads) == len(was.heads) == len(now.heads) > 1
    ):
        return []
    order = [was.heads.index(head) for head in now.heads]
    stay = go = 0
    for one, other in zip(was.rows[1:], now.rows[1:], strict=False):
        if len(one) == len(other) == len(order):
            texts = [cell.text for cell in one], [cell.text for cell in other]
            stay += sum(map(str.__eq__, *texts))
            go += sum(texts[0][source] == text for source, text in zip(order, texts[1], strict=True))
    return order if go > stay else []


def _sentences(was: _Table, now: _Table) -> Iterator[str]:
    is_head = all(cell.tag == "th" for cell in now.rows[0])
    names = [f"“{short(head)}”" for head in now.heads]
    for _, _, start, end in changed_ranges(was.heads, now.heads):
        for at in range(start, end):
            where = f"before {names[at + 1]}" if at + 1 < len(names) else f"after {names[at - 1]}"
            yield f"the column {'' if is_head else 'with '}{names[at]} now comes {where}"


def _reordered(document: Document, orders: dict[int, list[int]]) -> Document:
    """Return a document with the columns of some of its tables in another order."""
    made = parsed.__wrapped__(document.source)
    for at, table in enumerate(_tables(made)):
        for row in table.rows if at in orders else ():
            if len(row) == len(orders[at]):
                children = row[0].parent.children if row[0].parent else []
                places = [place for place, child in enumerate(children) if child in row]
                for place, source in zip(places, orders[at], strict=True):
                    children[place] = row[source]
    made.put_in_order()
    return made
