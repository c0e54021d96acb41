"""Which of several equal things changed: texts of the same words, and links that lead to the same place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from novu_framework_testing.snapshots.block_places import name_of, short
from novu_framework_testing.snapshots.block_standings import whereabouts
from novu_framework_testing.snapshots.html_change import ONE_OF, HtmlChange, facts_of
from novu_framework_testing.snapshots.reading import Block
from novu_framework_testing.snapshots.words import AS_LETTERS


def tell_which_links(
    changes: list[HtmlChange],
    sides: tuple[Sequence[Block], Sequence[Block]],
    whole: tuple[Mapping[int, Sequence[int]], Mapping[int, Sequence[int]]],
    partners: Mapping[int, int],
) -> None:
    """Say which one it is of a link on its own that came or went, where another one of the same words leads to the same place in that version and did not.

    Args:
        changes: What is said of single blocks.
        sides: The blocks of both versions.
        whole: Which of the changes say of a block, by its number, that it came or went.
        partners: Which block of the old version is which of the new.
    """
    turned = {other: one for one, other in partners.items()}
    for is_new, (blocks, others, places) in enumerate(zip(sides, sides[::-1], whole, strict=True)):
        links = [at for at, said in places.items() if said and _is_link_alone(blocks, at)]
        known, stay = _places_of_links(blocks if links else ()), _places_of_links(others if links else ())
        told = Counter(blocks[at][:3] for at in links)
        several = [at for at in links if told[blocks[at][:3]] < len(known[blocks[at][:3]]) <= _FEW_COPIES]
        where = whereabouts(blocks) if several else {}
        for at in several:
            change, same = changes[places[at][0]], stay.get(blocks[at][:3], ())
            # of equal ones, another may be taken for the one that came or went
            above = _seen_above(blocks, at)
            stays = (turned if is_new else partners).get(-1 if above is None else above)
            is_there = len(same) > _FEW_COPIES or any(
                _is_there(others, one, blocks, at) or _seen_above(others, one) == stays for one in same
            )
            if not (change.sentence or is_there):
                part = f"{change.part}{where.get(at, '')}"
                number = str(known[blocks[at][:3]].index(at)).translate(AS_LETTERS)
                changes[places[at][0]] = change._replace(part=part, about=number, place=f"{ONE_OF}{at}")


def _places_of_links(blocks: Sequence[Block]) -> dict[tuple[object, ...], list[int]]:
    """Return where the links of each kind, words and address are, but for words inside of others."""
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if block.target and not block.inside:
            found[block[:3]].append(at)
    return found


def _is_there(blocks: Sequence[Block], at: int, others: Sequence[Block], other: int) -> bool:
    """Tell whether two links stand in rows of one name, or after the same text."""
    rows = blocks[at].row, others[other].row
    return (rows[0] == rows[1] != "") or _after_what(blocks, at) == _after_what(others, other)


def _is_link_alone(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a block is a link that stands in no text and around no picture."""
    block = blocks[at]
    beside = (each for each in (*blocks[max(at - 1, 0) : at], *blocks[at + 1 : at + 2]) if each.is_image)
    return (
        block.kind in ("link", "button")
        and not block.inside
        and block.text != ""
        and all(each.text != block.text for each in beside)
    )


def of_more_copies(
    changes: Iterable[HtmlChange], sides: tuple[Sequence[Block], Sequence[Block]]
) -> Iterator[HtmlChange]:
    """Yield changes, as sentences those of a text that came or went where the same one is there in both versions.

    It was there, or still is: how often is what changed.
    """
    changes = list(changes)
    copies = _copies(sides[0]), _copies(sides[1])
    alike = Counter(change[:3] for change in changes)
    for change in changes:
        is_more = change.old is None
        words = (change.new if is_more else change.old) or ""
        was, now = (len(each[change.part, words]) for each in copies)
        is_copy = change.place.isdecimal() and None in change[1:3] and change.part in _OF_COPIES
        if not (is_copy and words.strip() and was and now and was != now and (was < now) == is_more):
            yield change
            continue
        where = _where_of_copy(sides[is_more], int(change.place), copies[is_more][change.part, words])
        count = ("a second" if alike[change[:3]] == was == 1 else "one more") if is_more else f"one of {was}"
        said = f"is new{where and f', {where}'}" if is_more else f"is gone{where and f', the one {where}'}"
        detail = facts_of(words, is_more, was == 1 or now == 1)
        sentence = f"{count} “{short(words, _WHOLE)}” {said}"
        yield change._replace(old=None, new=None, sentence=sentence, detail=detail, about=where)


_WHOLE = 120
"""So many letters of a text are told where nothing else tells it from others that begin in the same way."""
_FEW_COPIES = 10
"""Where more texts are the same, nobody looks for one of them."""
_OF_COPIES = frozenset({"text", "list item", "heading"})
_UNSEEN = frozenset({"title", "preview text", "hidden text", "invisible image"})


def _copies(blocks: Sequence[Block]) -> Mapping[tuple[str, str], Sequence[int]]:
    """Return where the blocks of each kind and text are, but for words inside of others."""
    copies: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if not block.inside:
            copies[block.kind, block.text].append(at)
    return copies


def _where_of_copy(blocks: Sequence[Block], at: int, copies: Sequence[int]) -> str:
    """Return where one of several equal texts stands, of which no other one stands there; empty where that does not tell it."""
    if len(copies) > _FEW_COPIES:
        return ""
    places = {copy: _after_what(blocks, copy) for copy in copies}
    where = places.get(at, "")
    return where if list(places.values()).count(where) == 1 else ""


def _after_what(blocks: Sequence[Block], at: int) -> str:
    """Return after what a text stands that is seen and is not the same."""
    above = _seen_above(blocks, at)
    if above is not None:
        return f"after “{short(name_of(blocks[above]))}”"
    return "at the beginning" if at < _NEAR else ""


def stand_of(blocks: Sequence[Block], at: int, row: str = "") -> str:
    """Return after what something stands that is new, by the name of the row above if it is one; empty for what only a number or a sign is above."""
    name = f"after “{short(row)}”" if row else _after_what(blocks, at)
    return name if _LETTER.search(name.partition("“")[2] or name) else ""


_LETTER = re.compile(r"[^\W\d_]")


def _seen_above(blocks: Sequence[Block], at: int) -> int | None:
    """Return the number of the block above another that is seen and is not called the same; None where there is none near."""
    for one in range(at - 1, max(at - 1 - _NEAR, -1), -1):
        is_seen = not (blocks[one].inside or blocks[one].kind in _UNSEEN)
        if is_seen and name_of(blocks[one]) not in ("", blocks[at].text):
            return one
    return None


_NEAR = 50
"""What stands further above says no more where something is."""
