"""Rows that are called by another of the same lines now: compared as if they had always been called so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from novu_framework_testing.snapshots.block_places import is_label, row_of
from novu_framework_testing.snapshots.reading import Block


def called_as_now(old: Sequence[Block], new: Sequence[Block]) -> Sequence[Block]:
    """Return the old blocks, with rows called as they are now where the lines of what calls them stand in another order.

    No other row has the same lines.
    """
    were, are = _rows_by_lines(old), _rows_by_lines(new)
    made = list(old)
    for lines, rows in were.items():
        others = are.get(lines, [])
        if len(rows) == len(others) == 1 and old[rows[0]][:3] != new[others[0]][:3]:
            _call(made, rows[0], new[others[0]])
    return made


def _call(blocks: list[Block], label: int, line: Block) -> None:
    """Call a row, by the place of what it was called by, as one of its lines."""
    name = blocks[label].text
    end = label + 1
    while end < len(blocks) and row_of(blocks[end]) == name:
        end += 1
    called = next(at for at in range(label, end) if blocks[at][:3] == line[:3])
    for at in range(label, end):
        column = blocks[at].row.removeprefix(name)
        row, in_name = f"{line.text}{column}", blocks[at].in_name or at == label
        blocks[at] = blocks[at]._replace(
            row=row, bare=", " in row and not (column or in_name), in_name=in_name
        )
    blocks[called] = blocks[called].anywhere()


def _rows_by_lines(blocks: Sequence[Block]) -> dict[Hashable, list[int]]:
    """Return what rows of several lines are called by, by all of these lines in whatever order."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    end = 0
    for at, block in enumerate(blocks):
        if at < end or block.row or not is_label(blocks, at):
            continue
        end = at + 1
        while end < len(blocks) and blocks[end].in_name and blocks[end].row == block.text:
            end += 1
        if end - at > 1:
            found[tuple(sorted(each[:3] for each in blocks[at:end]))].append(at)
    return found
