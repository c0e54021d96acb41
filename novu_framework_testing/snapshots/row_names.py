"""Which cell says what a row of values is called, where it holds a picture or several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from novu_framework_testing._internal.html_document import INLINE, Element

_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_PAIR = 2
_VALUE = 40
"""So many letters are a value of a row, and no text."""
_NAME = 160
"""So many letters are the lines that a row is called by, and no text."""
_UNIT = 5
"""So many letters are a currency or a unit beside a number, and no words."""
_PARTS = frozenset({"table", "tr", "ul", "ol", "dl"})
"""What a layout holds in its cells, and a row of values does not."""


class _Cell(NamedTuple):
    """What a cell holds: its lines of words, and whether there is a picture."""

    lines: list[str]
    has_picture: bool


def naming_cell(cells: Sequence[Element]) -> Element | None:
    """Return the cell that says what a row of values is called: the first, or of three or more the one after a picture alone.

    None where what follows is more than values, numbers among them, as in the columns of a layout.
    """
    first, second = _cell(cells[0]), _cell(cells[1])
    is_after = len(cells) > _PAIR and first is not None and _is_before_name(first, second)
    name = second if is_after else first
    values = [_cell(each) for each in cells[1 + is_after :]]
    if name is None or not values or sum(map(len, name.lines)) > _NAME:
        return None
    known = [each.lines for each in values if each is not None and _is_value(each)]
    has_number = any(len(lines) == 1 and _is_number(lines[0]) for lines in known)
    return cells[is_after] if has_number and len(known) == len(values) else None


def _is_before_name(first: _Cell, second: _Cell | None) -> bool:
    """Tell whether a cell is a picture alone, or none where others of its table have one."""
    has_name = second is not None and bool(second.lines) and not _is_number(second.lines[0])
    return not first.lines and (first.has_picture or has_name)


def _is_value(cell: _Cell) -> bool:
    """Tell whether a cell holds one short line, or nothing but numbers, and no picture."""
    is_short = all(len(each) <= _VALUE for each in cell.lines)
    is_line = len(cell.lines) <= 1 or all(map(_is_number, cell.lines))
    return is_short and is_line and not cell.has_picture


def _is_number(line: str) -> bool:
    return _DIGIT.search(line) is not None and len(_LETTER.findall(line)) <= _UNIT


def _cell(cell: Element) -> _Cell | None:
    """Return what a cell holds; None of one that holds a table or a list."""
    lines, has_picture = [""], False
    stack: list[Element | str | None] = [*cell.children[::-1]]
    while stack:
        node = stack.pop()
        if node is None:
            lines.append("")
        elif isinstance(node, str):
            lines[-1] += node
        elif node.tag in _PARTS:
            return None
        else:
            has_picture = has_picture or node.tag == "img"
            if node.tag not in INLINE:
                lines.append("")
                stack.append(None)
            stack += node.children[::-1]
    return _Cell([line.strip() for line in lines if line.strip()], has_picture)
