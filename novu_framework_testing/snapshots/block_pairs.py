"""Which block of one version of a message is which of the other: what stayed, what moved, what became what."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from operator import eq
from typing import TypeAlias, get_args

from novu_framework_testing.snapshots.block_places import (
    BlockMove,
    has_prices,
    is_label,
    is_value,
    row_of,
    says_itself,
)
from novu_framework_testing.snapshots.block_standings import Standing, beside_of
from novu_framework_testing.snapshots.months import without_months
from novu_framework_testing.snapshots.ordinals import without_ordinals
from novu_framework_testing.snapshots.reading import Block, BlockKind
from novu_framework_testing.snapshots.sentences import sentences
from novu_framework_testing.snapshots.sequences import changed_ranges, kept_between
from novu_framework_testing.snapshots.words import features, words_of

_LETTER = re.compile(r"[^\W\d_]")

Range: TypeAlias = "tuple[int, int, int, int]"
"""From where to where the old differs, and from where to where the new does."""
_Pair: TypeAlias = "tuple[Standing | None, Standing | None, bool]"
_PAIRS = 2_500
_ALIKE = 0.2
_MUCH_ALIKE = 0.5
"""From then on, what is gone here is what is new there."""
_ALONE_ALIKE = 0.3
"""From then on it is so if nothing else that is gone has a word of it."""
_WAYS_OF_READING = frozenset(get_args(BlockKind)) | {"quote", "code", "cell", "notification"}
"""The kinds of which one may become another with the same words, as a heading a text; a value is another value of another kind."""
_FIELDS = re.compile("(?:field|date|time|date and time)$|menu")
"""The kinds of what is chosen or filled in, of which one may become another."""
SAYING_ENOUGH = 4
"""So many words say what they are about, be it a footer under another heading in each email, or a sentence in another channel."""
_WORD = re.compile(r"\w+")
_DIGITS = re.compile(r"\d+")


def ranges_of(old: Sequence[Block], new: Sequence[Block]) -> list[Range]:
    """Return where two sequences differ: place by place where as many are the same so, as where two prices were exchanged."""
    ranges = list(changed_ranges(*_with_heads(old, new)))
    if [one.kind for one in old] == [one.kind for one in new]:
        same = len(old) - sum(b - a for a, b, _, _ in ranges)
        places = [at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
        are_values = not any(_LETTER.search(side[at].text) for at in places for side in (old, new))
        if are_values or len(old) - len(places) >= same:
            return [(at, at + 1, at, at + 1) for at in places]
    return _by_rows(old, new, ranges)


def _by_rows(old: Sequence[Block], new: Sequence[Block], ranges: Sequence[Range]) -> list[Range]:
    """Return ranges, place by place in rows that stay and have the same values in another order: each is what stands in its cell."""
    kept = dict(kept_between(ranges, len(old), len(new))) | {len(old): len(new)}
    rows = {row[0]: row for found in _rows_by_values(new).values() for row in found}
    within_old, within = set[int](), set[int]()
    made: list[Range] = []
    for row in (row for found in _rows_by_values(old).values() for row in found):
        other = rows.get(kept.get(row[0], -1), range(0))
        values, others = ([side[at] for at in each[1:]] for side, each in ((old, row), (new, other)))
        is_whole = len(row) == len(other) and kept.get(row.stop) == other.stop
        if is_whole and values != others and _are_exchanged(values, others):
            within.update(other)
            pairs = zip(row, other, strict=True)
            made += [(one, one + 1, at, at + 1) for one, at in pairs if old[one] != new[at]]
            within_old.update(row[1:])
    left = [
        each
        for each in ranges
        if not (within_old.issuperset(range(*each[:2])) and within.issuperset(range(*each[2:])))
    ]
    return sorted([*left, *made])


def _are_exchanged(values: Sequence[Block], others: Sequence[Block]) -> bool:
    """Tell whether two rows have the same values in another order, and nothing that is known wherever it stands."""
    sides = [sorted((each.kind, each.text) for each in side) for side in (values, others)]
    are_values = all(is_value(each) and not _is_one(each) for each in (*values, *others))
    return sides[0] == sides[1] and are_values


def _with_heads(old: Sequence[Block], new: Sequence[Block]) -> tuple[list[Hashable], list[Hashable]]:
    """Return what blocks are known by: those that one version has several times with the heading that they stand under."""
    known = [Counter(blocks) for blocks in (old, new)]
    repeated = {block for count in known for block, times in count.items() if times > 1}
    sides: tuple[list[Hashable], list[Hashable]] = [], []
    for side, blocks in zip(sides, (old, new), strict=True):
        heading = ""
        for block in blocks:
            heading = block.text if block.kind == "heading" else heading
            # a picture or a button is the same one in whatever row
            known_by = block._replace(row="") if _is_one(block) else block
            side.append((known_by, heading) if block in repeated and block.kind != "heading" else known_by)
    return sides


def moves_of(old: Sequence[Block], new: Sequence[Block], ranges: Sequence[Range]) -> Iterator[BlockMove]:
    """Yield where a block went that stands in another of the ranges now, of those that say something."""
    left: dict[Hashable, list[int]] = defaultdict(list)
    heads = _with_heads(old, new)
    for a, b, _, _ in ranges:
        for at in range(a, b):
            left[_identity(old, at, heads[0][at])].append(at)
    found: set[BlockMove] = set()
    labels: set[str] = set()
    for _, _, c, d in ranges:
        for at in range(c, d):
            identity, block = _identity(new, at, heads[1][at]), new[at]
            if identity is None or not left.get(identity):
                continue
            move = BlockMove(left[identity][0], at)
            goes_along = row_of(block) in labels if block.row else BlockMove(move.old - 1, at - 1) in found
            if goes_along or says_itself(block) or is_label(new, at):
                left[identity].pop(0)
                found.add(move)
                labels.add(block.text)
                yield move


def _identity(blocks: Sequence[Block], at: int, in_section: Hashable) -> Hashable:
    """Return what a block is known by at another place; None for one that says too little.

    A picture or a button is the same one in whatever row; a value, only in the same row or after the same words; what
    stands there several times, under the same heading.
    """
    block = blocks[at]
    if in_section is not block and not block.row:
        return in_section
    if _is_one(block):
        return block._replace(row="")
    if is_label(blocks, at) or says_itself(block):
        return block
    beside = row_of(block) if block.row else beside_of(blocks, at)
    return (block._replace(row=""), beside) if beside else None


def turned_pictures(
    old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int]
) -> Iterator[BlockMove]:
    """Yield the words of a row that stand on the other side of the picture that stands beside them."""
    for step in (-1, 1):
        stood = _words_beside(old, gone, step)
        for key, at in _words_beside(new, come, -step).items():
            if key in stood:
                yield BlockMove(stood[key], at)


def _words_beside(blocks: Sequence[Block], left: Set[int], step: int) -> dict[tuple[Block, ...], int]:
    """Return the words that have a picture right before them in their row (-1), or right after them (1), by both."""
    found: dict[tuple[Block, ...], int] = {}
    for at in sorted(left):
        picture = blocks[at + step] if 0 <= at + step < len(blocks) else None
        if picture is None or not picture.is_image or blocks[at].is_image or blocks[at].inside:
            continue
        first, second = (picture, blocks[at])[::-step]
        if second.row == first.text != "" and not first.row:
            found[blocks[at]._replace(row=""), picture._replace(row="")] = at
    return found


def _is_one(block: Block) -> bool:
    return block.is_image or bool(block.target and block.text)


def same_rows(
    old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int], ranges: Sequence[Range]
) -> Iterator[tuple[int, int]]:
    """Yield the values of a row that are gone, and those that are new in it, where the row stands at another place."""
    sides: list[dict[Hashable, list[int]]] = [defaultdict(list), defaultdict(list)]
    for found, blocks, left in ((sides[0], old, gone), (sides[1], new, come)):
        for at in sorted(left):
            if blocks[at].row and not blocks[at].inside:
                found[blocks[at].kind, row_of(blocks[at])].append(at)
    places = _range_of(ranges, 0), _range_of(ranges, 2)
    for key, news in sides[1].items():
        olds = sides[0].get(key, [])
        if len(olds) == len(news) and places[0][olds[0]] != places[1][news[0]]:
            yield from zip(olds, news, strict=True)


def values_of_moved(
    old: Sequence[Block], new: Sequence[Block], moves: Iterable[BlockMove], gone: Set[int], come: Set[int]
) -> Iterator[BlockMove]:
    """Yield the line that is gone right after one that moved, and the one that is new after it there with the same words and other numbers.

    They are those of a short name with prices, or no other line has these words.
    """
    counts = [Counter(_form(block.text) for block in blocks) for blocks in (old, new)]
    for move in moves:
        one, other = move.old + 1, move.new + 1
        if one in gone and other in come and old[move.old].kind != "heading":
            is_only = all(count[_form(new[other].text)] == 1 for count in counts)
            are_known = is_only or (has_prices(old, one) and has_prices(new, other))
            if are_known and _are_renumbered(old[one], new[other]):
                yield BlockMove(one, other)


def _are_renumbered(one: Block, other: Block) -> bool:
    """Tell whether two lines are the same but for their numbers, of which they have some."""
    are_plain = is_told_alone(one, other) and not (one.target or other.target)
    return are_plain and one.kind == other.kind and _form(one.text) == _form(other.text) != one.text


def renamed_rows(
    old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int], ranges: Sequence[Range]
) -> Iterator[tuple[range, range]]:
    """Yield a row that is gone, and the one that is new elsewhere with its values and other words in front of them.

    No other row has the same values, and they tell which row it is, or the words in front have much in common, or are those
    of the same picture, which stands nowhere else.
    """
    were, are = _rows_by_values(old), _rows_by_values(new)
    known = _only_pictures(old) & _only_pictures(new)
    forms = _forms_of(were), _forms_of(are)
    places = _range_of(ranges, 0), _range_of(ranges, 2)
    for values, news in are.items():
        olds = were.get(values, [])
        if not len(olds) == len(news) == 1:
            continue
        row, other = olds[0], news[0]
        before, after = old[row[0]], new[other[0]]
        is_picture = before.is_image and after.is_image and before.target == after.target in known
        is_name = any(map(_DIGITS.search, values)) and not (_is_one(before) or _is_one(after))
        is_elsewhere = places[0].get(row[0]) != places[1].get(other[0])
        if not (is_picture or is_name) or not is_elsewhere or not gone >= set(row) or not come >= set(other):
            continue
        tell_which = is_picture or any(
            _is_date(value) or _LONG_NUMBER.fullmatch(value)
            for value in values
            if all(count[_form(value)] == 1 for count in forms)
        )
        if tell_which or _likeness(before, after) >= _MUCH_ALIKE:
            yield row, other


def _only_pictures(blocks: Sequence[Block]) -> set[str]:
    """Return the addresses of the pictures that stand at one place only."""
    counts = Counter(block.target for block in blocks if block.is_image and block.target)
    return {target for target, count in counts.items() if count == 1}


def reworded_rows(
    old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int], ranges: Sequence[Range]
) -> Iterator[tuple[range, range]]:
    """Yield a row that is gone, and the one that is new elsewhere with as many values and much the same words in front of them.

    Nothing else that is gone or new is called so much like one of them.
    """
    sides = [
        [row for rows in _rows_by_values(blocks).values() for row in rows if left >= set(row)]
        for blocks, left in ((old, gone), (new, come))
    ]
    if len(sides[0]) * len(sides[1]) >= _PAIRS:
        return
    alike = [
        (row, other)
        for row in sides[0]
        for other in sides[1]
        if _says_much(old[row[0]]) and _likeness(old[row[0]], new[other[0]]) >= _MUCH_ALIKE
    ]
    counts = [Counter(pair[side] for pair in alike) for side in (0, 1)]
    places = _range_of(ranges, 0), _range_of(ranges, 2)
    for row, other in alike:
        is_only = counts[0][row] == counts[1][other] == 1 and not _is_one(old[row[0]])
        is_elsewhere = places[0].get(row[0]) != places[1].get(other[0])
        if is_only and is_elsewhere and [old[at].kind for at in row] == [new[at].kind for at in other]:
            yield row, other


_LONG_NUMBER = re.compile(r"#?(?:\w+-)*\d{5,}")
"""A number that is no amount, as that of an order."""
_DATE = re.compile(r"(?<![\d.])\d{1,4}([./-])\d{1,2}\1\d{2,4}(?![\d.])")


def _is_date(value: str) -> bool:
    return bool(_DATE.search(value)) or without_months(value) != value


def _form(value: str) -> str:
    """Return how a value is written: two dates are so in the same way, two prices too."""
    return _DIGITS.sub("0", without_months(value))


def _forms_of(rows: Mapping[tuple[str, ...], Sequence[range]]) -> Counter[str]:
    """Return how many rows have a value that is written in a way, by that way."""
    return Counter(form for values, found in rows.items() for form in set(map(_form, values)) for _ in found)


def _rows_by_values(blocks: Sequence[Block]) -> dict[tuple[str, ...], list[range]]:
    """Return the rows that have the same values, each with what it is called by in front."""
    found: dict[tuple[str, ...], list[range]] = defaultdict(list)
    end = 0
    for at, block in enumerate(blocks):
        if at >= end and is_label(blocks, at):
            end = at + 1
            while end < len(blocks) and row_of(blocks[end]) == block.text:
                end += 1
            found[tuple(one.text for one in blocks[at + 1 : end])].append(range(at, end))
    return found


def renumbered(
    old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int]
) -> Iterator[tuple[int, int]]:
    """Yield the one text that is gone and the one that is new with the same words, and another number in front, or none.

    What a row is called by is the same one where the values of the row are; a single word, as of quarters, where what follows is.
    Where both have a number, others may have changed places with them: then they have no values beside or below them, which
    would seem to stay.
    """
    sides: list[dict[Hashable, list[int]]] = [defaultdict(list), defaultdict(list)]
    valued: set[tuple[int, int]] = set()
    for side, (blocks, left) in enumerate(((old, gone), (new, come))):
        texts, values = _without_ordinals(blocks), _values_of_rows(blocks)
        for at in sorted(left):
            if says_itself(blocks[at]) and not (_is_one(blocks[at]) or blocks[at].inside):
                after = tuple(texts[at + 1 : at + 2])
                is_word = " " not in texts[at]
                sides[side][blocks[at].kind, texts[at], values.get(at, after if is_word else ())].append(at)
                if texts[at] != blocks[at].text and (at in values or any(map(_DIGITS.search, after))):
                    valued.add((side, at))
    for known_by, news in sides[1].items():
        olds = sides[0].get(known_by, [])
        pair = {(0, olds[0]), (1, news[0])} if len(olds) == len(news) == 1 else valued
        if not pair <= valued and old[olds[0]].text != new[news[0]].text:
            yield olds[0], news[0]


def _without_ordinals(blocks: Sequence[Block]) -> list[str]:
    """Return the texts of blocks without the numbers in front that count those of a kind."""
    texts = [each.text for each in blocks]
    for kind in {each.kind for each in blocks}:
        places = [at for at, each in enumerate(blocks) if each.kind == kind]
        for at, text in zip(places, without_ordinals([texts[at] for at in places]), strict=True):
            texts[at] = text
    return texts


def _values_of_rows(blocks: Sequence[Block]) -> dict[int, tuple[str, ...]]:
    """Return the values of each row by the place of what it is called by."""
    return {row[0]: values for values, rows in _rows_by_values(blocks).items() for row in rows}


def same_sections(
    stands: tuple[Sequence[Standing], Sequence[Standing]],
    gone: Set[int],
    come: Set[int],
    ranges: Sequence[Range],
    moved_heads: Set[str],
    were_called: Mapping[str, str],
) -> Iterator[tuple[int, int]]:
    """Yield what is gone and what is new under a heading that stands at another place, where it is as much of a kind.

    Under one that stands where it stood, these have something in common.
    What is more like something that is gone from elsewhere is left to that: no footer is told as what became of a box.

    Args:
        stands, gone, come, ranges: Both versions, and what is left of them.
        moved_heads: The headings that moved.
        were_called: What the headings were called that have another number now.
    """
    sides: list[dict[Hashable, list[int]]] = [defaultdict(list), defaultdict(list)]
    for found, side, left, names in zip(sides, stands, (gone, come), ({}, were_called), strict=True):
        for at in sorted(left):
            block, under = side[at].block, names.get(side[at].under, side[at].under)
            if under and not block.row and not block.inside and block.kind != "heading":
                found[block.kind, under].append(at)
    places = _range_of(ranges, 0), _range_of(ranges, 2)
    blocks = [stands[0][at].block for at in gone] if len(gone) * len(come) < _PAIRS else []
    for key, news in sides[1].items():
        olds = sides[0].get(key, [])
        if len(olds) == len(news) and places[0][olds[0]] != places[1][news[0]]:
            for one, other in zip(olds, news, strict=True):
                now = stands[1][other].block
                likeness = _likeness(stands[0][one].block, now)
                is_one = likeness >= _ALIKE or stands[1][other].under in moved_heads
                if is_one and not any(_likeness(each, now) > max(likeness, _MUCH_ALIKE) for each in blocks):
                    yield one, other


def _range_of(ranges: Sequence[Range], start: int) -> dict[int, int]:
    """Return in which of the ranges each block is, by its number in the old version (0) or in the new (2)."""
    return {at: index for index, each in enumerate(ranges) for at in range(each[start], each[start + 1])}


def with_strays(found: Iterable[Iterable[_Pair]]) -> list[list[_Pair]]:
    """Return the pairs of each range, with what is gone from one and new in another, and much alike, as one.

    Two that stand in the place of each other, and have nothing to do with each other, are one that is gone and one that is new
    if either is plainly another one.
    """
    paired = [list(pairs) for pairs in found]
    gone = [before for pairs in paired for before, after, _ in pairs if before and not after]
    come = [after for pairs in paired for before, after, _ in pairs if after and not before]
    loose = {
        after.at: before
        for pairs in paired
        for before, after, _ in pairs
        if before
        and after
        and key_of(before) != key_of(after)
        and _likeness(before.block, after.block) < _MUCH_ALIKE
    }
    unlike = [after for pairs in paired for _, after, _ in pairs if after and after.at in loose]
    if (len(gone) + len(loose)) * (
        len(come) + len(unlike)
    ) >= _PAIRS:  # too many: only what has no partner is looked at
        loose, unlike = {}, []
    gone += loose.values()
    origins: dict[int, Standing] = {}
    for one in (*come, *unlike) if len(gone) * len(come) < _PAIRS else ():
        likes = sorted(
            (
                (_likeness(each.block, one.block), -each.at)
                for each in gone
                if _says_much(each.block)
                or each.block.target
                or one.block.target
                or _has_all_words(each.block, one.block)
            ),
            reverse=True,
        )
        second = likes[1][0] if len(likes) > 1 else 0
        best = next((each for each in gone if likes and each.at == -likes[0][1]), None)
        are_free = one.at not in loose and best not in loose.values()
        least = _ALONE_ALIKE if are_free and not second else _MUCH_ALIKE
        if one.at in loose:  # plainly another one than what stands in its place
            least = max(least, _likeness(loose[one.at].block, one.block) + _ALONE_ALIKE)
        if best not in (None, loose.get(one.at)) and likes[0][0] > second and likes[0][0] >= least:
            origins[one.at] = best
            gone.remove(best)
    left = {before.at for before in origins.values()}
    return [[pair for each in pairs for pair in _apart(each, origins, left)] for pairs in paired]


def _apart(pair: _Pair, origins: Mapping[int, Standing], left: Set[int]) -> Iterator[_Pair]:
    """Yield a pair, or what its two are where one of them is another one, elsewhere.

    Args:
        pair: What became what.
        origins: What became some that are new, by the numbers of these.
        left: The numbers of what these were.
    """
    before, after, _ = pair
    is_left = before is not None and before.at in left
    if after is not None and after.at in origins:
        yield origins[after.at], after, False
        if before is not None and not is_left:
            yield before, None, False
    elif not is_left:
        yield pair
    elif after is not None:
        yield None, after, False


def is_reworded(one: Block, other: Block) -> bool:
    """Tell whether a block is the same one with other words: it has some of them, or leads to the same place."""
    return _likeness(one, other) >= _ALONE_ALIKE


def is_more_alike(block: Block, one: Block, other: Block) -> bool:
    """Tell whether a block is more like one than like another."""
    return _likeness(block, one) > _likeness(block, other)


def is_unlike(one: Block, other: Block) -> bool:
    """Tell whether a text has nothing to do with the one that it stands in the place of, and one of them is no mere value or name."""
    is_sentence = any(len(words_of(each.text)) >= SAYING_ENOUGH for each in (one, other))
    are_texts = one.kind == other.kind and not (one.is_image or one.target or other.target)
    return is_sentence and are_texts and is_told_alone(one, other) and not is_reworded(one, other)


def is_told_alone(one: Block, other: Block) -> bool:
    """Tell whether a block that became another is told by itself: as no value of a row, and no link in a text."""
    return not (one.row or other.row or one.inside or other.inside)


def _has_all_words(one: Block, other: Block) -> bool:
    """Tell whether one of two texts has all the words and numbers of the other, two words or more and half of its own: as a line of links in another order."""
    fewer, more = sorted((_all_words(each.text) for each in (one, other)), key=len)
    is_half = 2 * len(fewer) >= len(more) and len(words_of(" ".join(fewer))) > 1
    return is_half and not Counter(fewer) - Counter(more)


@lru_cache(maxsize=256)
def _all_words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _says_much(block: Block) -> bool:
    return len(words_of(block.text)) >= SAYING_ENOUGH - 1


def pairs_of(old: list[Standing], new: list[Standing]) -> Iterator[_Pair]:
    """Yield what became what, and whether it stays in its place: the same words, the same row, the most alike, the rest in order."""
    keys = [key_of(one) for one in old], [key_of(one) for one in new]
    stays = list(kept_between(changed_ranges(*keys), len(old), len(new)))
    is_alike = [one.block.kind for one in old] == [one.block.kind for one in new]
    if is_alike and sum(map(eq, *keys)) >= len(stays):  # as where two prices of a row were exchanged
        yield from ((one, each, True) for one, each in zip(old, new, strict=True))
        return
    partners = {after: old[before] for before, after in stays}
    staying = set(partners)
    left = [one for at, one in enumerate(old) if at not in {before for before, _ in stays}]
    likes = (
        (likeness, index, one)
        for index, each in enumerate(new)
        if index not in partners and len(new) * len(left) < _PAIRS
        # where as much of each kind stands, in order: unless that is plainly another one
        for least in [max(_MUCH_ALIKE, _likeness(old[index].block, each.block)) if is_alike else _ALIKE]
        for one in left
        if (likeness := _likeness(one.block, each.block)) >= least
    )
    for _, index, one in sorted(likes, key=lambda like: -like[0]):
        if index not in partners and one in left:
            partners[index] = one
            left.remove(one)
    stands = {partners[after].at: new[after].at for after in staying}
    for at, one in enumerate(new):
        # what stands right before what stays
        before = next((each for each in left if stands.get(each.at + 1) == one.at + 1), None)
        if at not in partners and before and before.block.kind == one.block.kind:
            partners[at] = before
            left.remove(before)
    for kind in dict.fromkeys(map(_kind_of, left)):
        olds = [one for one in left if _kind_of(one) == kind]
        free = [at for at, one in enumerate(new) if _kind_of(one) == kind and at not in partners]
        if len(olds) == len(free):
            partners.update(zip(free, olds, strict=True))
            left = [one for one in left if _kind_of(one) != kind]
    for index, each in enumerate(new):
        yield partners.get(index), each, index in staying
    for each in left:
        yield each, None, False


def _kind_of(one: Standing) -> tuple[str, bool]:
    return one.block.kind, one.is_fine_print


def key_of(one: Standing) -> tuple[str, str, bool, str]:
    """Return what is the same of a block wherever it stands, and however it is read."""
    block = one.block
    kind = "" if block.kind in _WAYS_OF_READING else "field" if _FIELDS.match(block.kind) else block.kind
    return block.text, block.target, block.is_image, kind


def _likeness(one: Block, other: Block) -> float:
    if one.kind != other.kind:
        return 0
    words = features(one.text), features(other.text)
    likeness = len(words[0] & words[1]) / (len(words[0] | words[1]) or 1)
    if (one.target and one.target == other.target) or (one.row and one.row == other.row):
        return 1 + likeness
    if likeness < _MUCH_ALIKE and _lost_sentences(one.text, other.text):
        return _MUCH_ALIKE
    # a date is no beginning of a sentence that has it
    are_alike = bool(_LETTER.search(one.text)) == bool(_LETTER.search(other.text))
    return likeness if are_alike else likeness / 2


def _lost_sentences(one: str, other: str) -> bool:
    """Tell whether one of two texts, which is no single word, is the other one without sentences at its end or its beginning."""
    fewer, more = sorted((one, other), key=len)
    is_end = more.startswith(fewer) or more.endswith(fewer)
    return is_end and len(words_of(fewer)) > 1 and {*sentences(fewer)} < {*sentences(more)}
