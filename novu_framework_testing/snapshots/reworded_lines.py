"""Lines that are one now, or were one, while one of them got other words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import NamedTuple

from novu_framework_testing.snapshots.block_pairs import is_more_alike, is_reworded
from novu_framework_testing.snapshots.block_places import Lines, between
from novu_framework_testing.snapshots.reading import Block
from novu_framework_testing.snapshots.sentences import END, sentences

_TRIED = 20
"""Sentences of a text, and equal lines, that are tried: more are the same by chance."""
_MOST = 5
"""So many lines are tried as those of one text."""


class _Join(NamedTuple):
    """A text that has several lines: its number, those of the lines, and which of these has other words in it, and what words."""

    whole: int
    lines: range
    reworded: int
    text: str


def reworded_lines(
    old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int]
) -> Iterator[Lines]:
    """Yield which lines that are gone are one text that is new, one of them with other words, and the other way round.

    Args:
        old, new: The blocks of both versions.
        gone, come: What is left of them, by number.
    """
    joins = list(_joins(old, new, gone, come))
    for each in joins:
        texts = tuple(each.text if at == each.reworded else old[at].text for at in each.lines)
        yield Lines((*each.lines,), (each.whole,), texts, True, "", ((each.reworded, each.text),))
    gone = gone - {at for each in joins for at in each.lines}
    come = come - {each.whole for each in joins}
    for each in _joins(new, old, come, gone):
        texts = tuple(new[at].text for at in each.lines)
        yield Lines((each.whole,), (*each.lines,), texts, False, "", ((each.reworded, each.text),))


def spans_but_one(whole: str, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return where a text has others, one after another, all but one of them word for word; nothing where it has not.

    >>> spans_but_one("At nine. Wait.", ["At eight.", "Wait."])
    [(0, 8), (9, 14)]
    >>> spans_but_one("今日です。待って。", ["明日です。", "待って。"])
    [(0, 5), (5, 9)]
    """
    before: list[tuple[int, int]] = []
    after: list[tuple[int, int]] = []
    start, end, left = 0, len(whole), [*texts]
    while len(left) > 1 and whole.startswith(left[0], start):
        stop = start + len(left[0])
        blank = between(whole, stop, whole[stop : stop + 1])
        if not whole.startswith(blank, stop):
            break
        before.append((start, stop))
        start = stop + len(blank)
        del left[0]
    while len(left) > 1 and whole.endswith(left[-1], start, end):
        begin = end - len(left[-1])
        blank = " " if whole[begin - 1 : begin] == " " else between(whole, begin, left[-1])
        if not whole.endswith(blank, start, begin):
            break
        after.insert(0, (begin, end))
        end = begin - len(blank)
        del left[-1]
    return [*before, (start, end), *after] if len(left) == 1 and start < end else []


def _joins(
    many: Sequence[Block], few: Sequence[Block], from_many: Set[int], from_few: Set[int]
) -> Iterator[_Join]:
    left = {at for at in from_many if _is_plain(many, at)}
    said = {each.text for each in many}
    places: dict[str, list[int]] = defaultdict(list)
    for at in sorted(left):
        places[many[at].text].append(at)
    for at in sorted(from_few):
        runs = _runs(few[at].text, places) if _is_plain(few, at) else ()
        found = (_join(few, at, many, run, said) for run in runs if left.issuperset(run))
        if join := next(filter(None, found), None):
            left.difference_update(join.lines)
            yield join


def _runs(whole: str, places: Mapping[str, Sequence[int]]) -> Iterator[range]:
    """Yield the lines, first the most of them, that a text may have which begins or ends with a line."""
    blanks = [found.start() for found in _BLANK.finditer(whole)]
    ends_of_sentences = (found.end() for found in islice(END.finditer(whole), _TRIED))
    cuts = sorted({*ends_of_sentences, *blanks[:_TRIED], *blanks[-_TRIED:]})
    ends = [at for cut in cuts for at in places.get(whole[cut:].strip(), ())[:_TRIED]]
    starts = [at for cut in cuts for at in places.get(whole[:cut].strip(), ())[:_TRIED]]
    for size in range(_MOST, 1, -1):
        yield from (range(end - size + 1, end + 1) for end in ends)
        yield from (range(start, start + size) for start in starts)


_BLANK = re.compile("(?<=[^ ]) ")


def _join(few: Sequence[Block], at: int, many: Sequence[Block], lines: range, said: Set[str]) -> _Join | None:
    """Return a text that has some lines, one of them in other words; None where it has not.

    Args:
        few, at: The version with the text, and its number.
        many, lines: The version with the lines, and their numbers.
        said: All that the version with the lines says.
    """
    whole = few[at]
    texts = [many[line].text for line in lines]
    if any(many[line].kind != whole.kind for line in lines):
        return None
    for line, text, (start, end) in zip(lines, texts, spans_but_one(whole.text, texts), strict=False):
        part = whole.text[start:end]
        if part != text:
            # which stands there word for word, on a line of its own
            if part in said:
                return None
            # a sentence more or less may have come from another text, or gone there
            piece = whole._replace(text=part)
            is_one = len(sentences(part)) == len(sentences(text)) and is_reworded(many[line], piece)
            # or else all of the text is the line, and begins or ends with the words of another by chance
            is_one = is_one and is_more_alike(many[line], piece, whole)
            return _Join(at, lines, line, part) if is_one else None
    return None


def _is_plain(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block is a text without links, and no value of a row."""
    block = blocks[at]
    has_links = at + 1 < len(blocks) and blocks[at + 1].inside
    return bool(block.text) and not (has_links or block.inside or block.target or block.row or block.is_image)
