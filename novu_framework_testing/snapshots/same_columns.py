"""Which columns of two versions of a table are the same ones: by their heads, and by the values below these."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from novu_framework_testing.snapshots.sequences import changed_ranges, kept_between

Rows: TypeAlias = "Sequence[Sequence[str]]"
"""The words of the cells of a table."""
_LETTER = re.compile(r"[^\W\d_]")
MOST_UNKNOWN = 6
"""With more heads that the other version has not, it is another table."""


def order_of(
    was: Rows, now: Rows, heads: tuple[Sequence[str], Sequence[str]], *, is_one_row: bool = False
) -> list[int]:
    """Return which column of the old version each of the new one is, of as many; nothing where they stand as before, or that is not sure.

    A column with a new name is the one that had most of its values. Of several with new names that takes two values or more.

    Args:
        was, now: Both versions. The first row is one of heads, or of the first values.
        heads: What the columns of both are called.
        is_one_row: Whether all is in one row: then heads alone tell, where the same ones stand in another order.
    """
    before, after = heads
    if before == after or not len({*before}) == len({*after}) == len(before) == len(after) > 1:
        return []
    gone, come = _unknown(heads)
    rows = _paired_rows(was, now, len(after))
    names = {head: head for head in after} | _new_names(rows, heads, gone, come)
    if {*names.values()} != {*before}:
        return []
    places = {head: at for at, head in enumerate(before)}
    order = [places[names[head]] for head in after]
    # where all of them have other names, the values may as well be other ones
    if not any(head in places for at, head in enumerate(after) if order[at] != at):
        return []
    stay = sum(one[at] == other[at] for one, other in rows for at in range(len(order)))
    go = sum(one[source] == other[at] for one, other in rows for at, source in enumerate(order))
    is_named = {*before} == {*after} == {*was[0]} and all(map(_LETTER.search, before))
    # where no value tells, the heads do
    is_by_heads = (is_one_row or bool(rows)) and len(was) == len(now) and is_named and go == stay
    return order if order != sorted(order) and (go > stay or is_by_heads) else []


def _unknown(heads: tuple[Sequence[str], Sequence[str]]) -> tuple[list[str], list[str]]:
    """Return the heads of each version that the other has not."""
    before, after = map(frozenset, heads)
    return [head for head in heads[0] if head not in after], [head for head in heads[1] if head not in before]


def _new_names(
    rows: Sequence[tuple[Sequence[str], Sequence[str]]],
    heads: tuple[Sequence[str], Sequence[str]],
    gone: Sequence[str],
    come: Sequence[str],
) -> dict[str, str]:
    """Return what the columns were called that have another head, by that: of whose values they have most, and no other's so many."""
    found = {}
    for head in come if len(come) <= MOST_UNKNOWN else ():
        at = heads[1].index(head)
        same = [sum(one[place] == other[at] for one, other in rows) for place in range(len(heads[0]))]
        most = max(same)
        was = heads[0][same.index(most)]
        if most * 2 > len(rows) and most >= min(len(come), 2) and same.count(most) == 1 and was in gone:
            found[head] = was
    return found


def _paired_rows(was: Rows, now: Rows, width: int) -> list[tuple[Sequence[str], Sequence[str]]]:
    """Return which row below the heads is which: those with the same words in any order, and between these in order."""
    words = [[tuple(sorted(row)) for row in side[1:]] for side in (was, now)]
    ranges = list(changed_ranges(*words))
    places = list(kept_between(ranges, *map(len, words)))
    for a, b, c, d in ranges:
        places += zip(range(a, b), range(c, d), strict=False)
    pairs = ((was[one + 1], now[other + 1]) for one, other in places)
    return [(one, other) for one, other in pairs if len(one) == len(other) == width]


def order_of_heads(was: Rows, now: Rows) -> list[int]:
    """Return which head of the old version each of the new one is, where they stand in another order and the values below do not; else nothing.

    Args:
        was, now: Both versions. The first row is one of heads, or of the first values.
    """
    before, after = list(was[0]), list(now[0])
    if before == after or sorted(before) != sorted(after) or len({*after}) < len(after):
        return []
    order = [before.index(head) for head in after]
    moved = [at for at, source in enumerate(order) if at != source]
    rows = _paired_rows(was, now, len(after))
    stay = sum(one[at] == other[at] for one, other in rows for at in moved)
    go = sum(one[order[at]] == other[at] for one, other in rows for at in moved)
    are_words = all(_LETTER.search(after[at]) for at in moved)
    return order if stay > go and are_words else []


def kept_columns(was: Rows, now: Rows) -> list[tuple[int, int]]:
    """Return the places of the columns that both versions have, in the order of the new one, where others are gone or new.

    They have the same heads, or are those of `order_of` with new names, and most of the same values: more than stand
    where they stood, or else heads may have other names. Nothing where that is not sure.

    Args:
        was, now: Both versions, with the same rows. The first one is one of heads.
    """
    sides = was, now
    widths = [{*map(len, side)} for side in sides]
    if len(was) != len(now) or len(was) < 2 or any(len(each) != 1 for each in widths):
        return []
    before, after = heads = list(was[0]), list(now[0])
    values = list(zip(was[1:], now[1:], strict=True))
    gone, come = _unknown(heads)
    names = {head: head for head in before} | _new_names(values, heads, gone, come)
    places = {head: at for at, head in enumerate(before)}
    kept = [(places[names[head]], at) for at, head in enumerate(after) if head in names]
    others = len(before) + len(after) - 2 * len(kept)
    is_named = all(len({*side}) == len(side) for side in heads) and len({*dict(kept)}) == len(kept)
    if not is_named or len(kept) < 2 or not 0 < others <= MOST_UNKNOWN:
        return []
    go = sum(one[source] == other[at] for one, other in values for source, at in kept)
    stay = sum(one[at] == other[at] for one, other in values for _, at in kept if at < len(before))
    return kept if go > stay and go * 2 > len(kept) * len(values) else []
