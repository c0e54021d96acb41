"""Where the blocks of a message stand: the row, the heading and the section that say what each is about."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

from novu_framework_testing.snapshots.block_places import is_label, is_value, name_of, row_of, short
from novu_framework_testing.snapshots.reading import Block, BlockKind
from novu_framework_testing.snapshots.words import words_of

_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
_SAYING_LITTLE = frozenset(get_args(BlockKind)) - {"title", "image", "invisible image"}
"""The kinds of blocks that do not say what they are about, as `total` does."""
_OF_A_NAME = 2
"""So many words are a name where they have no blanks between them."""
_ALONE = "notification"
"""The kind of the words that stand in a list of notifications, and under no heading."""


class Standing(NamedTuple):
    """A block, and what it stands beside, or after, if it says too little by itself: `€80` in the row `Visit`.

    Attributes:
        block: The block.
        beside: Its row, or what is right above it.
        under: The heading that it stands under.
        at: Its number.
        title: The few words right above it.
        is_fine_print: Whether it ends the message, and is under no heading of it.
        section: The heading right above it, its table or its list.
        repeated: The heading above what stands under several of them, which tells one from another.
        is_head: Whether it is what a column of a table is called.
        head: The heading right above it, its table or its list, be it that of the whole message, and what the columns of its table are
            called; empty for what may be a greeting.
        after: Of a number, the words and the numbers above it, where a number alone is right above it; empty for others.
    """

    block: Block
    beside: str
    under: str
    at: int
    title: str = ""
    is_fine_print: bool = False
    section: str = ""
    repeated: str = ""
    is_head: bool = False
    head: str = ""
    after: str = ""


def standings(blocks: Sequence[Block], fine_print: int) -> list[Standing]:
    """Return where each block of a message stands.

    Args:
        blocks: All blocks of the message.
        fine_print: The number of the first block of the fine print.
    """
    heads = _under(blocks, fine_print)
    sections, firsts = _sections(blocks, heads)
    called = {block.row.rpartition(", ")[2] for block in blocks if row_of(block) != block.row}
    are_named = [block.text in called and row_of(block) == block.row != "" for block in blocks]
    are_heads = [each or (is_label(blocks, at) and are_named[at + 1]) for at, each in enumerate(are_named)]
    columns = _columns(blocks, are_heads)
    rows = _rows_called_alike(blocks, sections)
    above: dict[str, set[str]] = defaultdict(set)
    for block, heading in zip(blocks, heads, strict=True):
        above[block.text].add("" if block.row else heading)
    return [
        Standing(
            block,
            rows.get(at) or beside_of(blocks, at, fine_print),
            heads[at],
            at,
            _title(blocks, at, fine_print),
            at >= fine_print,
            sections[at],
            heads[at] if len(above[block.text]) > 1 and not block.row else "",
            are_heads[at],
            ""
            if at >= fine_print or _GREETING.search(block.text)
            else f"{firsts[at] if heads[at] else ''} {columns[at]}".strip(),
            "" if block.row or _LETTER.search(block.text) else _numbers_above(blocks, at, fine_print),
        )
        for at, block in enumerate(blocks)
    ]


def _under(blocks: Sequence[Block], fine_print: int) -> list[str]:
    """Return the heading that each block stands under, empty where there is none."""
    found, heading = [], ""
    for at, block in enumerate(blocks):
        if at == fine_print:
            heading = ""
        found.append("" if block.kind == _ALONE else heading)
        if block.kind == "heading":
            heading = short(block.text)
    return found


def _sections(blocks: Sequence[Block], heads: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the heading right above each block, its table or its list, without that of the whole message, the first; and with it."""
    found: list[int | None] = []
    were = ""
    for at, block in enumerate(blocks):
        part = "row" if is_value(block) or is_label(blocks, at) else block.kind
        if not found:
            found.append(None)
        elif part == were and part in ("row", "list item"):
            found.append(found[-1])
        else:
            found.append(at - 1 if blocks[at - 1].kind == "heading" else None)
        were = part
    every = ["" if at is None else short(blocks[at].text) for at in found]
    return ["" if at is None or not heads[at] else each for at, each in zip(found, every, strict=True)], every


def _columns(blocks: Sequence[Block], are_heads: Sequence[bool]) -> list[str]:
    """Return what the columns of the table of each block are called, of which some are known; empty for these themselves, and elsewhere."""
    found: list[str] = []
    heads: list[str] = []
    said = ""
    for at, (block, is_head) in enumerate(zip(blocks, are_heads, strict=True)):
        if is_head:
            heads.append(block.text)
        elif heads:
            said, heads = " ".join(heads), []
        if is_head or not (is_value(block) or is_label(blocks, at)):
            said = ""
        found.append(said)
    return found


def _rows_called_alike(blocks: Sequence[Block], sections: Sequence[str]) -> dict[int, str]:
    """Return what values stand beside whose row begins with the same words as another of its table: the words after these, too."""
    labels = [at for at in range(len(blocks)) if is_label(blocks, at)]
    alike = Counter((blocks[at].text, sections[at]) for at in labels)
    found: dict[int, str] = {}
    for label in labels:
        if alike[blocks[label].text, sections[label]] > 1:
            more = ""
            for at in range(label + 1, len(blocks)):
                if row_of(blocks[at]) != blocks[label].text:
                    break
                if more:
                    first, column = row_of(blocks[at]), blocks[at].row[len(row_of(blocks[at])) :]
                    found[at] = f"{first}, {more}{column}"
                elif _LETTER.search(blocks[at].text):
                    more = short(blocks[at].text)
    return found


def whereabouts(blocks: Sequence[Block]) -> dict[int, str]:
    """Return which one each block is that others of its kind are called as, by its number: by what it stands at, where no other does.

    That is its row, its line, what is before or after it there, the words above, or the heading; else it is counted.
    The words above may be those of a link that others beside it alone are called as: the name of a product, as its picture is.
    """
    names = [(block.kind, name_of(block)) for block in blocks]
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, name in enumerate(names):
        if name[1]:
            alike[name].append(at)
    beside = dict(_words_at_links(blocks))
    found: dict[int, list[str]] = {}
    names_once = _names_in_one_place(blocks)
    line = above = other = heading = ""
    for at, block in enumerate(blocks):
        is_one = len(alike[names[at]]) > 1
        if is_one:
            near = f" beside “{block.row}”" if block.row else f" in “{short(line)}”" if block.inside else ""
            last = other if above == block.text else above
            over = f" after “{short(last)}”" if last and not near else ""
            found[at] = [near, beside.get(at, ""), over, f" under “{short(heading)}”" if heading else ""]
        if (
            not (block.is_image or block.inside)
            and block.text != above
            and (block.text in names_once if block.target else not is_one)
            and _LETTER.search(block.text)
        ):
            above, other = block.text, above
        line = line if block.inside else block.text
        if block.kind == "heading":
            heading = block.text
    counts = Counter((names[at], place) for at, places in found.items() for place in places)
    said: dict[int, str] = {}
    for same in alike.values():
        for number, at in enumerate(same if len(same) > 1 else (), 1):
            known = (place for place in found[at] if place and counts[names[at], place] == 1)
            said[at] = next(known, f", number {number} of {len(same)}")
    return said


def _names_in_one_place(blocks: Sequence[Block]) -> set[str]:
    """Return the words of which nothing else stands between the blocks that have them."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        places[block.text].append(at)
    return {text for text, every in places.items() if every[-1] - every[0] < len(every)}


def _words_at_links(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Yield the links in lines, with the words that follow up to the next link; or else with those before, from the last one on."""
    left = ""
    for at, block in enumerate(blocks):
        if not block.inside:
            left = block.text
            continue
        before, left = _at_words(left, block.text)
        is_last = at + 1 == len(blocks) or not blocks[at + 1].inside
        after = left if is_last else _at_words(left, blocks[at + 1].text)[0]
        if _LETTER.search(after):
            yield at, f" before “{short(_apart(after))}”"
        elif _LETTER.search(before):
            yield at, f" after “{short(_apart(before))}”"


def _at_words(text: str, words: str) -> tuple[str, str]:
    """Return what is before some words in a text, and after them; of none, as of a link that had no words, nothing and all."""
    before, _, after = text.partition(words) if words else ("", "", text)
    return before, after


def _apart(words: str) -> str:
    """Return words without the signs and blanks that part them from others."""
    return words.strip(" ,;:.·•|/–—-")


def _numbers_above(blocks: Sequence[Block], at: int, fine_print: int) -> str:
    """Return the numbers right above a block and the words that they are of; empty where no number is, or none has words."""
    between: list[str] = []
    first = max(at - _NUMBERS, fine_print if at >= fine_print else 0)
    for above in reversed(blocks[first:at]):
        if above.kind not in _READ_ABOVE or above.row or above.target:
            break
        if above.text.strip():
            between.insert(0, short(above.text))
        if _LETTER.search(above.text):
            is_of_them = above is not blocks[at - 1] and not _ENDED.search(above.text)
            return ", ".join(between) if is_of_them else ""
    return ""


_ENDED = re.compile("[.!?,;:。！？，、：،؟]$")
_READ_ABOVE = frozenset({"text", "list item"})
_NUMBERS = 4
"""So many blocks before a number belong to the same as it does, as a count and a price do."""


def within(section: str) -> str:
    """Return the section that a part stands in, for its name."""
    return f" under “{section}”" if section else ""


def _title(blocks: Sequence[Block], at: int, fine_print: int) -> str:
    """Return the few words right above a text that it stands under, as the name of a product above its price; empty for a sentence."""
    if blocks[at].kind == "list item":
        lead = next(
            (one for one in reversed(blocks[max(at - _LIST, 0) : at]) if one.kind != "list item"), None
        )
        if (
            lead is not None
            and lead.kind == "text"
            and (lead.text.endswith(":") or _TITLE.fullmatch(lead.text))
        ):
            return lead.text  # "What you may bring:"
    near = reversed(blocks[max(at - _NEAR, fine_print if at >= fine_print else 0) : at])
    above = next((one for one in near if not one.is_image and not one.inside), None)
    if above is None or not {above.kind, blocks[at].kind} <= _IN_LINES or above.row != blocks[at].row:
        return ""
    is_one_of_a_list = above.kind == blocks[at].kind == "list item"
    return above.text if _TITLE.fullmatch(above.text) and not is_one_of_a_list else ""


_TITLE = re.compile(r"(?=.*[^\W\d_])(?!.*: )\D{2,38}[^\W\d]")
"""A few words without numbers, without a label, and without the sign that ends a sentence or a greeting."""
_GREETING = re.compile("[,!:،、！：]$")
_IN_LINES = frozenset({"text", "list item"})
_NEAR, _LIST = 5, 50


def beside_of(blocks: Sequence[Block], at: int, fine_print: int = sys.maxsize) -> str:
    """Return what a block stands beside: its row; where its words say too little, what is right above it."""
    block = blocks[at]
    if block.row:
        return block.row
    is_word = len(_WORD.findall(block.text)) <= 1 and len(words_of(block.text)) <= _OF_A_NAME
    says_little = is_word or not _LETTER.search(block.text)
    if at and at != fine_print and block.kind in _SAYING_LITTLE and says_little:
        return short(blocks[at - 1].text)
    return ""
