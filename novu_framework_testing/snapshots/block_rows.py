"""Rows of a table that came or went: each is one change, and of equal ones it is said which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice, takewhile
from typing import NamedTuple, TypeAlias

from novu_framework_testing.snapshots.block_copies import stand_of
from novu_framework_testing.snapshots.block_links import address_of
from novu_framework_testing.snapshots.block_pairs import SAYING_ENOUGH
from novu_framework_testing.snapshots.block_places import is_label, name_of, row_of
from novu_framework_testing.snapshots.block_standings import Standing, within
from novu_framework_testing.snapshots.html_change import HtmlChange
from novu_framework_testing.snapshots.months import without_numbers
from novu_framework_testing.snapshots.ordinals import ordinal
from novu_framework_testing.snapshots.reading import Block
from novu_framework_testing.snapshots.words import words_of


def with_rows(
    changes: Sequence[HtmlChange],
    sides: tuple[Sequence[Block], Sequence[Block]],
    stands: tuple[Sequence[Standing], Sequence[Standing]],
    whole: tuple[Mapping[int, Sequence[int]], Mapping[int, Sequence[int]]],
) -> list[HtmlChange]:
    """Return changes with those of a row of a table that came or went as a whole in one.

    Args:
        changes: What is said of single blocks.
        sides: The blocks of both versions.
        stands: Where these stand.
        whole: Which of the changes say of a block, by its number, that it came or went.
    """
    made: list[HtmlChange | None] = list(changes)
    for is_new, (blocks, standing, places) in enumerate(zip(sides, stands, whole, strict=True)):
        end = 0
        for at in sorted(places):
            if at < end or not is_label(blocks, at) or not places[at]:
                continue
            length = len(list(takewhile(partial(_is_of_row, blocks[at].text), islice(blocks, at + 1, None))))
            cells = range(at + 1, at + 1 + length)
            if not all(one in places for one in cells):
                continue
            end = cells.stop
            row = _told_of(blocks, (at, *cells))
            # a picture that leads where its words lead
            linked = {(blocks[one].text, blocks[one].target) for one in row}
            first = (
                at - 1 if blocks[at].is_image and at - 1 in places and blocks[at - 1][1:3] in linked else at
            )
            alone = places[row[0]] if len(row) == 1 else ()
            for one in range(first, end):
                for change in places[one]:
                    made[change] = made[change] if change in alone else None
            if not alone:
                words = ", ".join(_cell(blocks[one]) for one in row)
                section = within(standing[at].section)
                was, now = (None, words) if is_new else (words, None)
                kind = "heads of columns" if all(standing[one].is_head for one in row) else "row"
                about = (
                    ""
                    if section or len(words_of(words)) >= SAYING_ENOUGH
                    else without_numbers(standing[at].head)
                )
                above = _after_row(standing, first) if is_new and kind == "row" else ""
                place = f"{at}" if section or about else ""
                made[places[at][0]] = HtmlChange(
                    f"{kind}{section}", was, now, about=about, place=place, stands=above
                )
    return [each for each in made if each]


def _after_row(standing: Sequence[Standing], at: int) -> str:
    """Return after what a row stands: after another, by its name; empty right below the heads of columns."""
    above = standing[at - 1] if at else None
    if above is None or above.is_head:
        return ""
    return stand_of([each.block for each in standing], at, row_of(above.block))


def of_equal_rows(
    changes: Sequence[HtmlChange], stands: tuple[Sequence[Standing], Sequence[Standing]]
) -> list[HtmlChange]:
    """Return changes, those of values that several rows of one name have with which of these it is, where not all changed alike."""
    said = Counter(change[:3] for change in changes)
    rows = [_rows_by_name(side) for side in stands] if any(_IN_ROW.match(part) for part, *_ in said) else []
    made: list[HtmlChange] = []
    for change in changes:
        is_new = change.new is not None
        if rows and change.place.isdecimal() and (beside := _IN_ROW.match(change.part)):
            at = int(change.place)
            name = _row_name(stands[is_new][at])
            found, before = rows[is_new].get(name, _NO_ROWS), rows[0].get(name, _NO_ROWS)
            tells_itself = change.old is not None and before.texts[change.old] == 1
            if len(found.labels) > 1 and said[change[:3]] < len(found.numbers) and not tells_itself:
                which = f"{beside[0]}the {ordinal(found.numbers[at])} {change.part[beside.end() :]}"
                change = change._replace(part=which)
        made.append(change)
    return made


class _EqualRows(NamedTuple):
    """The rows of one name.

    Attributes:
        labels: What they are called by, by the numbers of these.
        numbers: Which of the rows each value is in, by its number: 1 for the first.
        texts: How often each value stands in them.
    """

    labels: set[int]
    numbers: dict[int, int]
    texts: Counter[str]


_NO_ROWS = _EqualRows(set(), {}, Counter())


def _rows_by_name(stands: Sequence[Standing]) -> dict[_RowName, _EqualRows]:
    """Return the rows of each name: what their values stand beside, and under."""
    blocks = [each.block for each in stands]
    found: dict[_RowName, _EqualRows] = {}
    label = -1
    for at, standing in enumerate(stands):
        label = at if is_label(blocks, at) else label
        if standing.block.row:
            rows = found.setdefault(_row_name(standing), _EqualRows(set(), {}, Counter()))
            rows.labels.add(label)
            rows.numbers[at] = len(rows.labels)
            rows.texts[standing.block.text] += 1
    return found


def _row_name(standing: Standing) -> _RowName:
    return standing.block.kind, standing.beside, standing.repeated or standing.section


_RowName: TypeAlias = "tuple[str, str, str]"
_IN_ROW = re.compile("^[a-z ]+ beside (?=“)")


def _told_of(blocks: Sequence[Block], row: Sequence[int]) -> Sequence[int]:
    """Return what is told of a row: no picture that is called as its words are, or by a sign alone."""
    outside = [at for at in row if not blocks[at].inside]
    words = {blocks[at].text for at in outside if not blocks[at].is_image}
    return [
        at
        for at in outside
        if not blocks[at].is_image or (_SAID.search(name := name_of(blocks[at])) and name not in words)
    ] or outside


_SAID = re.compile(r"\w")


def _is_of_row(label: str, block: Block) -> bool:
    return row_of(block) == label


def _cell(block: Block) -> str:
    words = name_of(block) or address_of(block.target)
    return (
        f"{words}, which leads to {address_of(block.target)}"
        if block.target and not block.is_image
        else words
    )
