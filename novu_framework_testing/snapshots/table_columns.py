"""Columns of a table that stand in another order, said in a sentence; all else is compared as if they had stood so before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, combinations
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.html_document import INLINE, Document, Element, parsed
from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.column_looks import look_of_column
from novu_framework_testing.snapshots.html_change import MOVED, HtmlChange, digest_of
from novu_framework_testing.snapshots.html_styles import Styles, base, pair_of, styles_of
from novu_framework_testing.snapshots.look_chains import is_beside
from novu_framework_testing.snapshots.ordinals import ordinal, without_ordinals
from novu_framework_testing.snapshots.reading import Block, Place, places_of
from novu_framework_testing.snapshots.same_columns import (
    MOST_UNKNOWN,
    Rows,
    kept_columns,
    order_of,
    order_of_heads,
)
from novu_framework_testing.snapshots.sequences import changed_ranges

COLUMNS = "columns"
"""The part of what is said of columns that stay."""
_TWO = 2
_LETTER = re.compile(r"[^\W\d_]")
_SHORT = 40
"""So many letters are a title, or a short line."""
_CELLS = frozenset({"td", "th"})
_SEVERAL = frozenset(map(str, range(2, 1_001)))
"""How many columns a cell may span, and not one."""


def moved_columns(
    was: Rows, now: Rows, *, are_heads: bool = False, are_titles: bool = False
) -> tuple[list[int], list[HtmlChange]]:
    """Return which column of the old version each of the new one is, and what to say of it; nothing where they stand as before.

    Args:
        was, now: Both versions.
        are_heads: Whether the first row is one of heads, and not of the first values.
        are_titles: Whether the first row is of the first lines of cells, and the second of the rest of these.
    """
    heads = _heads(was, now)
    is_one_row = are_titles or len(now) == 1
    order = order_of(was, now, heads, is_one_row=is_one_row)
    if not order:
        return [], []
    # a column with a new name is called by that: what it was called is said of its head
    names = [heads[1][order.index(at)] for at in range(len(order))], heads[1]
    return order, list(_moves(names, are_heads, is_one_row=is_one_row))


def _moves(
    names: tuple[Sequence[str], Sequence[str]], are_heads: bool, *, is_one_row: bool = False
) -> Iterator[HtmlChange]:
    """Yield which columns stand elsewhere, by what those are called that both versions have, in the order of each."""
    for sentence in _sentences(*names, are_heads, is_one_row=is_one_row):
        yield HtmlChange(COLUMNS, sentence=sentence, detail=digest_of(*map(list, names)))


def without_columns(old: Document, new: Document) -> tuple[Document, Document, list[HtmlChange]]:
    """Return two versions as if the columns of their tables had always stood as they do now, and what to say of it.

    In the old version they have the order of the new one. Those of words alone that are gone, or new, are in neither.
    """
    tables = _tables(old), _tables(new)
    shared = _shared_titles(*tables)
    orders: tuple[dict[int, list[int]], dict[int, list[int]]] = {}, {}
    widths: tuple[dict[int, int], dict[int, int]] = {}, {}
    heads: dict[int, _HeadRow] = {}
    told: dict[int, list[HtmlChange]] = {}
    pairs = _same_tables(*tables)
    for before, after in pairs:
        was, now = tables[0][before], tables[1][after]
        widths[0][before], widths[1][after] = (len(side[0]) if side else 0 for side in (now, was))
        are_heads = bool(now) and all(cell.tag == "th" for cell in now[0])
        titled = [_titled(*side) if len(side) == 1 else [] for side in (was, now)]
        # a title alone does not tell which of several tables it is in
        tells = all(side and _set_of(side[0]) not in shared for side in titled)
        order, said = moved_columns(*titled, are_heads=True, are_titles=True) if tells else ([], [])
        if not order:
            order, said = moved_columns(_words(was), _words(now), are_heads=are_heads)
        is_row = len(now) == 1 and all(_are_words([now], 0, at) for at in range(len(now[0])))
        # a picture or a button of a row alone says itself where it went
        if order and (is_row or len(now) > 1):
            orders[0][before] = order
            told[before] = said
        elif replaced := _replaced_columns((old, new), (was, now), titled, are_heads=are_heads):
            (orders[0][before], orders[1][after]), told[before] = replaced
        elif extra := _extra_columns((old, new), (was, now), titled):
            side, left, said = extra
            orders[side][after if side else before] = left
            told[before] = said
        elif row := _moved_heads(was, now):
            heads[before] = row
            told[before] = [_said_of_heads(row, now, are_heads=are_heads)]
        # columns that stand elsewhere are the same change in another language
        what = (
            f"heads {before} {heads[before].order}"
            if before in heads
            else f"columns {before} {orders[0].get(before)}"
        )
        place = f"{MOVED}{what} {_figures(now)}"
        told[before] = [
            each._replace(place=place) if each.part == COLUMNS else each for each in told.get(before, ())
        ]
    told = {at: said for at, said in told.items() if said}
    placed = list(_with_places(told, new, tables, pairs))
    old, new = (
        _reordered(document, each, others, rows) if each or rows else document
        for document, each, others, rows in zip((old, new), orders, widths, (heads, {}), strict=True)
    )
    return old, new, placed


class _HeadRow(NamedTuple):
    """A row of heads that stand in another order than the columns below them.

    Attributes:
        was, now: The number of the row in each version.
        order: Which head of the old version each of the new one is.
    """

    was: int
    now: int
    order: list[int]


def _moved_heads(was: Sequence[_Cells], now: Sequence[_Cells]) -> _HeadRow | None:
    """Return the first row of several cells where these are short words in another order, and what is below is not; None elsewhere."""
    first, other = (next((at for at, row in enumerate(side) if len(row) > 1), 0) for side in (was, now))
    sides = was[first:], now[other:]
    if not all(sides) or any(_spans(cell) or len(cell.text) > _SHORT for side in sides for cell in side[0]):
        return None
    order = order_of_heads(*map(_words, sides))
    return _HeadRow(first, other, order) if order else None


def _said_of_heads(row: _HeadRow, now: Sequence[_Cells], *, are_heads: bool) -> HtmlChange:
    """Say that heads stand in another order, and what is below them does not."""
    names = [cell.text for cell in now[row.now]]
    moved = [f"“{short(names[at])}”" for at, source in enumerate(row.order) if at != source]
    went = "have changed places" if len(moved) == _TWO else "stand in this order now"
    heads = f"{'the heads ' if are_heads else ''}{', '.join(moved[:-1])} and {moved[-1]}"
    sentence = f"{heads} {went}, and what is below them has not moved"
    return HtmlChange(COLUMNS, sentence=sentence, detail=digest_of("heads", row.order, names))


def _shared_titles(*sides: Sequence[Sequence[_Cells]]) -> set[frozenset[str]]:
    """Return the titles of columns that several tables of one row have, in one of two versions."""
    counts = (
        Counter(_set_of(found[0]) for table in side if len(table) == 1 and (found := _titled(*table)))
        for side in sides
    )
    return {titles for count in counts for titles, times in count.items() if times > 1}


def _set_of(heads: Sequence[str]) -> frozenset[str]:
    return frozenset(without_ordinals(heads))


def _extra_columns(
    documents: tuple[Document, Document],
    tables: tuple[Sequence[_Cells], Sequence[_Cells]],
    titled: Sequence[Rows],
) -> tuple[int, list[int], list[HtmlChange]] | None:
    """Return the same as `extra_columns`; None too where there is more to say than words."""
    whole = _rows_of_columns(*tables)
    if not all(whole):
        return None
    words = titled if all(titled) else [_words(side) for side in whole]
    extra = extra_columns(*words, are_words=partial(_are_told, documents, whole))
    if extra is None:
        return None
    side, left, said = extra
    if not all(titled):
        return side, left, [*said, *(_looks_of_new(documents[1], whole[1], left) if side else ())]
    if _say_more(documents, whole, titled, side, left):
        return None
    # what stands below a title is written as it is
    return side, left, [each._replace(about=each.new or each.old or "") for each in said]


def _replaced_columns(
    documents: tuple[Document, Document],
    tables: tuple[Sequence[_Cells], Sequence[_Cells]],
    titled: Sequence[Rows],
    *,
    are_heads: bool,
) -> tuple[tuple[list[int], list[int]], list[HtmlChange]] | None:
    """Return the same as `replaced_columns`, and what new ones look like; None of those of one row."""
    if all(titled):
        return None
    whole = _rows_of_columns(*tables)
    words = [_words(side) for side in whole]
    found = replaced_columns(*words, are_words=partial(_are_told, documents, whole), are_heads=are_heads)
    if found is None:
        return None
    left, said = found
    return left, [*said, *_looks_of_new(documents[1], whole[1], left[1])]


def _rows_of_columns(was: Sequence[_Cells], now: Sequence[_Cells]) -> list[list[_Cells]]:
    """Return the rows of each version that the other has too and that say something of single columns; none without heads of these.

    A row that spans, such as the one of a total, says nothing of single columns.
    """
    if not (was and now and was[0] and now[0]) or any(map(_spans, (*was[0], *now[0]))):
        return [[], []]
    pairs = [pair for pair in _same_rows(was, now) if not any(map(_spans, chain(*pair)))]
    return [[pair[side] for pair in pairs] for side in (0, 1)]


def _looks_of_new(document: Document, rows: Sequence[_Cells], left: Sequence[int]) -> Iterator[HtmlChange]:
    """Yield what the columns look like that are not among those that both versions have."""
    for at, head in enumerate(rows[0]):
        if at not in left and (sentence_and_digest := look_of_column(styles_of(document), rows, at)):
            sentence, digest = sentence_and_digest
            yield HtmlChange(f"column “{short(head.text)}”", sentence=sentence, detail=digest)


def _with_places(
    told: Mapping[int, list[HtmlChange]],
    document: Document,
    tables: tuple[Sequence[Sequence[_Cells]], Sequence[Sequence[_Cells]]],
    pairs: Sequence[tuple[int, int]],
) -> Iterator[HtmlChange]:
    """Yield what is said of each table; where another one did not change so, with which one it is if it may be taken for that.

    Args:
        told: What is said of a table, by its number in the old version.
        document: The new version.
        tables: The tables of both versions.
        pairs: Which table is which.
    """
    which = _which_tables(told, document, tables, pairs) if told else {}
    for at, changes in told.items():
        for each in changes:
            yield which[at].added_to(each) if at in which else each


class _Which(NamedTuple):
    """What tells a table from others: the words above it, or else one of its heads, and its number among those with the same ones."""

    above: str
    head: str
    number: int

    def added_to(self, change: HtmlChange) -> HtmlChange:
        """Return a change with the table that it is in; of columns that stay, only where others have the same ones."""
        counted = f"in the {ordinal(self.number)} table with these columns" if self.number else ""
        place = self.above or counted or f"beside {self.head}"
        about = f"{change.about} {counted or self.head}"
        if change.part != COLUMNS:
            return change._replace(part=f"{change.part} {place}", about=about.strip())
        return change._replace(sentence=f"{change.sentence}, {place}", about=about) if counted else change


def _which_tables(
    told: Mapping[int, list[HtmlChange]],
    document: Document,
    tables: tuple[Sequence[Sequence[_Cells]], Sequence[Sequence[_Cells]]],
    pairs: Sequence[tuple[int, int]],
) -> dict[int, _Which]:
    """Return what tells tables apart, of those for which that is needed; see `_with_places`."""
    pairs = [pair for pair in pairs if tables[0][pair[0]] and tables[1][pair[1]]]
    said = {at: [(each.part, each.sentence) for each in changes] for at, changes in told.items()}
    numbers = [_numbers(said, tables, pairs, read) for read in (_texts, _first_lines)]
    others = (pair for pair in pairs if pair[0] not in told)
    are_several = len({*map(str, said.values())}) > 1 or any(
        all(_may_have_columns(tables[side][at]) for side, at in enumerate(pair)) for pair in others
    )
    above = _words_above(document, [(after, tables[1][after]) for _, after in pairs])
    found = {}
    for at, after in pairs:
        if at in told:
            number = numbers[all(part != COLUMNS for part, _ in said[at])].get(at, 0)
            if number or are_several:
                found[at] = _Which(above.get(after, ""), _head_of((at, after), tables, pairs), number)
    return found


def _head_of(
    pair: tuple[int, int],
    tables: tuple[Sequence[Sequence[_Cells]], Sequence[Sequence[_Cells]]],
    pairs: Sequence[tuple[int, int]],
) -> str:
    """Return a head that a table has in both versions: one that no other table has, or else the first, with its number."""
    heads = {after: _first_lines(tables[1][after][0]) for _, after in pairs}
    were = _first_lines(tables[0][pair[0]][0])
    stay = [head for head in heads[pair[1]] if head in were]
    counts = Counter(chain(*heads.values()))
    if alone := next((head for head in stay if counts[head] == 1), ""):
        return f"“{short(alone)}”"
    if not stay:
        return ""
    number = [after for after, each in heads.items() if stay[0] in each].index(pair[1]) + 1
    return f"the {ordinal(number)} “{short(stay[0])}”"


def _numbers(
    said: Mapping[int, object],
    tables: tuple[Sequence[Sequence[_Cells]], Sequence[Sequence[_Cells]]],
    pairs: Sequence[tuple[int, int]],
    read: Callable[[_Cells], list[str]],
) -> dict[int, int]:
    """Return which one of those with the same columns, in one version, each table is, where not all of these changed alike."""
    of_heads: dict[tuple[int, frozenset[str]], list[int]] = {}
    groups: list[list[int]] = []
    for pair in pairs:
        keys = [(side, _set_of(read(tables[side][at][0]))) for side, at in enumerate(pair)]
        group = next((of_heads[key] for key in keys if key in of_heads), [])
        if not group:
            groups.append(group)
        group.append(pair[0])
        of_heads |= dict.fromkeys(keys, group)
    differing = (group for group in groups if any(said.get(at) != said.get(group[0]) for at in group))
    return {at: number for group in differing for number, at in enumerate(group, 1)}


def _texts(row: _Cells) -> list[str]:
    return [cell.text for cell in row]


def _may_have_columns(table: Sequence[_Cells]) -> bool:
    """Tell whether a table has columns that are read as such: several in several rows, or with titles."""
    return bool(table) and len(table[0]) > 1 and (len(table) > 1 or bool(_titled(*table)))


def _words_above(document: Document, tables: Sequence[tuple[int, Sequence[_Cells]]]) -> dict[int, str]:
    """Return the heading or the short line right above each table, by its number; not that which stands above several."""
    starts = {id(cell): at for at, table in tables for cell in chain(*table)}
    found: dict[int, str] = {}
    before = None
    for block, place in places_of(document):
        is_in = [starts[id(each)] for each in place.element.above() if id(each) in starts]
        if is_in and is_in[0] not in found:
            found[is_in[0]] = _said_above(before)
        before = None if is_in else (block, place)
    times = Counter(found.values())
    return {at: words for at, words in found.items() if words and times[words] == 1}


def _said_above(placed: tuple[Block, Place] | None) -> str:
    """Return where something stands that follows a text: `under` a heading, `after` another short text; empty after what is not."""
    if placed is None or any(each.tag in _CELLS and is_beside(each) for each in placed[1].element.above()):
        return ""
    block = placed[0]
    if block.kind not in ("heading", "text") or not block.text.strip() or len(block.text) > _SHORT:
        return ""
    return f"{'under' if block.kind == 'heading' else 'after'} “{block.text}”"


def _same_tables(old: Sequence[Sequence[_Cells]], new: Sequence[Sequence[_Cells]]) -> list[tuple[int, int]]:
    """Return which table is which: in order, where there are as many; of other numbers, those of several rows and columns."""
    places = [list(range(len(side))) for side in (old, new)]
    if len(old) != len(new):  # a button is a table of its own to some mail programs
        places = [
            [at for at, table in enumerate(side) if len(table) > 1 and len(table[0]) > 1]
            for side in (old, new)
        ]
    return list(zip(*places, strict=True)) if len(places[0]) == len(places[1]) else []


_Cells: TypeAlias = "Sequence[Element]"


def _same_rows(was: Sequence[_Cells], now: Sequence[_Cells]) -> list[tuple[_Cells, _Cells]]:
    """Return the rows that both versions have: by their place, or by their first words where one has more; the heads first."""
    if len(was) == len(now):
        return list(zip(was, now, strict=True))
    first = [[row[0].text if row else "" for row in side] for side in (was[1:], now[1:])]
    pairs = [(was[0], now[0])]
    left = right = 1
    for a, b, c, d in [*changed_ranges(*first), (len(was) - 1,) * 2 + (len(now) - 1,) * 2]:
        pairs += zip(was[left : a + 1], now[right : c + 1], strict=True)
        left, right = b + 1, d + 1
    return pairs


def replaced_columns(
    was: Rows, now: Rows, *, are_words: Callable[[int, int], bool], are_heads: bool = False
) -> tuple[tuple[list[int], list[int]], list[HtmlChange]] | None:
    """Return the columns that both versions have, as they stand in each in the order of the new one, and what to say of all.

    Some are gone or new, and others stand elsewhere, or the new ones do. None where that is not sure. One in the place of
    another, or of which there is more to say than words, is that with another name and other values.

    Args:
        was, now: Both versions. The first row is one of heads, or of the first values.
        are_words: Tells of a version and the place of a column whether it holds words alone.
        are_heads: Whether the first row is one of heads.
    """
    kept = kept_columns(was, now)
    if not kept:
        return None
    gone, come = others = [
        [at for at in range(len(rows[0])) if at not in side]
        for rows, side in zip((was, now), zip(*kept, strict=True), strict=True)
    ]
    are_told = [are_words(side, at) for side in (0, 1) for at in others[side]]
    if len(gone) == len(come) == 1 and (gone == come or not any(are_told)):
        kept = sorted([*kept, (gone.pop(), come.pop())], key=itemgetter(1))
    elif not all(are_told):
        return None
    said = [_column(rows, at, is_new=rows is now) for rows, side in ((was, gone), (now, come)) for at in side]
    names = [now[0][at] for _, at in sorted(kept)], [now[0][at] for _, at in kept]
    left = [source for source, _ in kept], [at for _, at in kept]
    return left, [*said, *_moves(names, are_heads)]


def extra_columns(
    was: Rows, now: Rows, *, are_words: Callable[[int, int], bool]
) -> tuple[int, list[int], list[HtmlChange]] | None:
    """Return which of two versions of a table has more columns (0 or 1), the columns that both have, and what to say of the others.

    None where neither has, or it is not sure which they are: the rows are the same ones, and so are most of their other values.

    Args:
        was, now: Both versions. The first row is one of heads.
        are_words: Tells of a version and the place of a column whether it holds words alone.
    """
    for side, rows, others in ((0, was, now), (1, now, was)):
        more = [column for column in _more_columns(rows, others) if are_words(side, column)]
        heads = len(rows[0]) if rows else 0
        if more and heads - len(more) == len(others[0]):
            said = [_column(rows, column, is_new=bool(side)) for column in more]
            return side, [column for column in range(heads) if column not in more], said
    return None


def _column(rows: Rows, at: int, *, is_new: bool) -> HtmlChange:
    """Say of a column that it is gone or new, with its values, a line for each; in front of them its head, if that is long."""
    head, *values = (row[at] for row in rows)
    name = short(head)
    words = "\n".join(values if name == head else [head, *values])
    old, new = (None, words) if is_new else (words, None)
    where = _where_of_new(rows[0], at) if is_new else ""
    return HtmlChange(f"column “{name}”{where}", old, new, about="" if name == head else head)


def _where_of_new(heads: Sequence[str], at: int) -> str:
    """Return where a new column stands, for its name; nothing of the last one, which most new ones are."""
    if at == len(heads) - 1:
        return ""
    before, after = heads[at - 1], heads[at + 1]
    beside = f" before “{short(after)}”" if after or not before else f" after “{short(before)}”"
    return beside if at else " at the beginning"


def _spans(cell: Element) -> bool:
    return cell.get("colspan") in _SEVERAL


def _are_words(sides: Sequence[Sequence[Sequence[Element]]], side: int, column: int) -> bool:
    return not any(
        isinstance(each, Element) and each.tag in ("a", "img")
        for row in sides[side]
        for each in row[column].inside()
    )


def _are_told(
    documents: tuple[Document, Document],
    sides: Sequence[Sequence[Sequence[Element]]],
    side: int,
    column: int,
) -> bool:
    """Tell whether the words of a column are all there is to say of it: when a new one is hidden is to be said, too."""
    if not _are_words(sides, side, column):
        return False
    styles = styles_of(documents[side])
    for cell in (row[column] for row in sides[side]):
        of_row = styles.hidden(cell.parent or cell)
        parts = [cell, *(each for each in cell.inside() if isinstance(each, Element))]
        hidden = [styles.hidden(each) for each in parts]
        if any(each[""] or (side and each != of_row) for each in hidden):
            return False
    return True


def _say_more(
    documents: tuple[Document, Document],
    sides: Sequence[Sequence[Sequence[Element]]],
    titled: Sequence[Rows],
    side: int,
    left: Sequence[int],
) -> bool:
    """Tell whether there is more to say of one row than the words of more columns: of a look, or of one without any below its title."""
    styles = pair_of(*documents)
    looks = [[_looks(of, cell) for cell in cells] for of, [cells] in zip(styles, sides, strict=True)]
    kept = [looks[side][at] for at in left]
    are_alike = kept == looks[1 - side] and all(each in kept for each in looks[side])
    are_whole = all(titled[side][1][at] for at in range(len(looks[side])) if at not in left)
    return not (styles[side].is_followed and are_alike and are_whole)


def _looks(styles: Styles, cell: Element) -> list[tuple[object, ...]]:
    """Return what the parts of a cell look like, its own look first, but for how wide they are, and what else is said of them."""
    return [
        (
            each.tag,
            {name: value for name, value in each.attributes.items() if name not in _OF_LOOKS},
            {name: value for name, value in styles.own(each).items() if base(name) != "width"},
        )
        for each in (cell, *cell.inside())
        if isinstance(each, Element)
    ]


_OF_LOOKS = frozenset({"class", "id", "style", "width"})
"""The attributes that say nothing besides what an element looks like."""


def _more_columns(rows: Rows, others: Rows) -> list[int]:
    """Return the columns, by their heads, that another version with the same rows has not; none where that is not sure."""
    widths = {*map(len, rows)}, {*map(len, others)}
    if len(rows) != len(others) or len(rows) < 2 or not len(widths[0]) == len(widths[1]) == 1:
        return []
    heads, left = list(rows[0]), list(others[0])
    unknown = [at for at, head in enumerate(heads) if head not in left]
    count = len(heads) - len(left)
    if len({*heads}) < len(heads) or not 0 < count <= len(unknown) <= MOST_UNKNOWN:
        return []
    best, most = [], 0
    for more in combinations(unknown, count):  # the others have another name
        stay = [at for at in range(len(heads)) if at not in more]
        named = sum(heads[at] == head for at, head in zip(stay, left, strict=True))
        kept = [[row[at] for at in stay] for row in rows[1:]]
        same = sum(map(str.__eq__, chain(*kept), chain(*others[1:])))
        is_sure = named + len(unknown) - count == len(stay) and same * 2 > len(stay) * len(kept)
        if len(stay) > 1 and is_sure and same > most:
            best, most = list(more), same
    return best


def _words(table: Sequence[Sequence[Element]]) -> Rows:
    return [[cell.text for cell in row] for row in table]


def _titled(row: Sequence[Element]) -> Rows:
    """Return the titles of the cells of a row, their first lines, and what stands below these; nothing where one has none.

    A line of more than a few words is no title.
    """
    titles = _first_lines(row)
    rest = ["\n".join(_lines(cell)[1:]) for cell in row]
    are_titles = all(_LETTER.search(each) and len(each) <= _SHORT for each in titles)
    return [titles, rest] if any(rest) and are_titles else []


def _first_lines(row: Sequence[Element]) -> list[str]:
    return [lines[0] if (lines := _lines(cell)) else "" for cell in row]


def _lines(cell: Element) -> list[str]:
    """Return the words of a cell, line by line."""
    lines: list[list[str]] = [[]]
    left: list[Element | str | None] = [*cell.children[::-1]]
    while left:
        part = left.pop()
        if part is None:  # where a part begins or ends
            lines.append([])
        elif isinstance(part, str):
            lines[-1].append(part)
        elif not part.muted:
            edges = [] if part.tag in INLINE else [None]
            left += [*edges, *part.children[::-1], *edges]
    return [words for line in lines if (words := " ".join("".join(line).split()))]


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


def _heads(was: Rows, now: Rows) -> tuple[list[str], list[str]]:
    """Return what the columns of both versions are called: without the numbers in front if they are the same but for these."""
    before, after = (list(rows[0]) if rows else [] for rows in (was, now))
    bare = without_ordinals(before), without_ordinals(after)
    return bare if {*before} != {*after} and {*bare[0]} == {*bare[1]} else (before, after)


def _sentences(was: Sequence[str], now: Sequence[str], are_heads: bool, *, is_one_row: bool) -> Iterator[str]:
    names = [f"“{short(head)}”" for head in now]
    others = [name for name, one, other in zip(names, was, now, strict=True) if one != other]
    if is_one_row and len(others) == _TWO:
        yield f"{'the columns ' if are_heads else ''}{others[0]} and {others[1]} have changed places"
        return
    for _, _, start, end in changed_ranges(was, now):
        for at in range(start, end):
            where = f"before {names[at + 1]}" if at + 1 < len(names) else f"after {names[at - 1]}"
            yield f"the column {'' if are_heads else 'with '}{names[at]} now comes {where}"


def _figures(rows: Sequence[_Cells]) -> str:
    """Return the figures below the heads of a table, which are those of each language: what its columns hold, as far as that is numbers."""
    figures = (
        "".join(str(int(sign)) for sign in cell.text if sign.isdecimal())
        for row in rows[1:_TOLD]
        for cell in row
    )
    return " ".join(figures)


_TOLD = 4
"""The rows after these say no more of what columns hold."""


def _reordered(
    document: Document,
    orders: Mapping[int, list[int]],
    widths: Mapping[int, int],
    heads: Mapping[int, _HeadRow],
) -> Document:
    """Return a document with the columns, or the heads, of some of its tables in another order, or without some of them.

    Args:
        document: The document.
        orders: Which columns each table has, in order.
        widths: How many columns each has in the other version: a cell that spans spans fewer by those that this one has more.
        heads: The rows of heads that alone stand in another order.
    """
    made = parsed.__wrapped__(document.source)
    for at, table in enumerate(_tables(made)):
        if at in heads:
            _put_cells(table[heads[at].was], heads[at].order)
        for row in table if at in orders else ():
            # a row that goes on beyond the heads stays as it is, as does one that spans, but for how many
            if row and len(row) == len(table[0]):
                _put_cells(row, orders[at])
            elif row and (across := next(filter(_spans, row), None)):
                fewer = max(0, len(table[0]) - widths[at])
                left = int(across.attributes.pop("colspan")) - fewer
                if left > 1:
                    across.attributes["colspan"] = str(left)
    made.put_in_order()
    return made


def _put_cells(row: _Cells, order: Sequence[int]) -> None:
    """Put the cells of a row in another order, without those that are not in it."""
    children = row[0].parent.children if row[0].parent else []
    places = [place for place, child in enumerate(children) if child in row]
    for place, source in zip(places, order, strict=False):
        children[place] = row[source]
    del children[places[len(order) - 1] + 1 : places[-1] + 1]
