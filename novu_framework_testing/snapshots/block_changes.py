"""What changed in what is read: the words, where links lead, pictures, what moved, what stands on a line of its own."""

from __future__ import annotations

import re
import sys
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from hashlib import sha256
from itertools import chain, islice, takewhile
from operator import itemgetter
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from novu_framework_testing.snapshots.block_pairs import (
    SAYING_ENOUGH,
    Range,
    is_reworded,
    key_of,
    moves_of,
    pairs_of,
    same_rows,
    same_sections,
    with_strays,
    words_of,
)
from novu_framework_testing.snapshots.block_places import (
    OWNED,
    BlockMove,
    Lines,
    is_label,
    joined_lines,
    name_of,
    row_of,
    said_of_lines,
    said_of_moves,
    says_itself,
    short,
)
from novu_framework_testing.snapshots.block_standings import Standing, standings, within
from novu_framework_testing.snapshots.reading import Block
from novu_framework_testing.snapshots.sentences import changed_sentences
from novu_framework_testing.snapshots.sequences import changed_ranges, kept_between

_LETTER = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"[^/\s]*\d[^/\s]*")
_TELEPHONE = re.compile(r"(?:\+\d|(?<![\d.,/:-])0)(?:[ ()/-]{0,2}\d){6,}(?![.,/:-]?\d)")
"""A number that says itself whose it is."""
_NAMED = {"document": "file name"}
"""What the words of a block are, where they are no words."""


class HtmlChange(NamedTuple):
    """One thing that changed.

    Attributes:
        part: What it is about, such as `text`, `button “Pay”`, `colours`.
        old, new: Its words before and now; None where it was not there or is gone, and both for a sentence.
        sentence: What changed besides words, said in one.
        detail: What the sentence does not say, such as which rules of the layout: equal for equal changes, whatever
            is around them.
        about: Words that tell this change from others that are the same in all else.
        place: Where it is, as numbers of blocks, of what only looks different or is a value of something: the same there in
            another language is the same change.
    """

    part: str
    old: str | None = None
    new: str | None = None
    sentence: str | None = None
    detail: str = ""
    about: str = ""
    place: str = ""


def digest_of(*facts: object) -> str:
    """Return a digest of what changed exactly, for `HtmlChange.detail`."""
    return sha256(repr(facts).encode("utf-8", "backslashreplace")).hexdigest()[:16]


def read_changes(
    old: Sequence[Block],
    new: Sequence[Block],
    ranges: Sequence[Range],
    fine_print: tuple[int, int] = (sys.maxsize, sys.maxsize),
) -> tuple[list[HtmlChange], list[tuple[int, int]], list[tuple[int, int]]]:
    """Return what is read in another way, in the ranges where two sequences differ, what moved first; and which blocks became which.

    The last are those that stand at another place, whatever became of their words, or in another line.

    Args:
        old, new: The sequences.
        ranges: Where they differ.
        fine_print: Where the fine print of each begins, which is under no heading of the message.
    """
    moves = list(moves_of(old, new, ranges))
    gone = {at for a, b, _, _ in ranges for at in range(a, b)} - {one.old for one in moves}
    come = {at for _, _, c, d in ranges for at in range(c, d)} - {one.new for one in moves}
    lines = joined_lines(old, new, gone, come)
    gone -= {at for each in lines for at in each.old}
    come -= {at for each in lines for at in each.new}
    stands = standings(old, fine_print[0]), standings(new, fine_print[1])
    changes: list[HtmlChange] = []
    became: list[tuple[int, int]] = []
    whole: tuple[dict[int, list[int]], dict[int, list[int]]] = {}, {}
    changed = gone | {one.old for one in moves}, come | {one.new for one in moves}
    kept = [BlockMove(*pair) for pair in kept_between(ranges, len(old), len(new))]
    moved_heads = {short(new[one.new].text) for one in moves if new[one.new].kind == "heading"}
    for before_at, after_at in chain(
        same_rows(old, new, gone, come, ranges), same_sections(stands, gone, come, ranges, moved_heads)
    ):
        gone.discard(before_at)
        come.discard(after_at)
        move = BlockMove(before_at, after_at)
        became.append(move)
        now = stands[1][after_at]
        if not now.block.row and now.under in moved_heads:
            moves.append(move)
        changes += _block_changes(stands[0][before_at], now)
    for before_at, after_at, change in list(_linked(old, new, gone, come, ranges)):
        gone.discard(before_at)
        come.discard(after_at)
        changes.append(change)
    found = [
        pairs_of(
            [stands[0][at] for at in range(a, b) if at in gone],
            [stands[1][at] for at in range(c, d) if at in come],
        )
        for a, b, c, d in ranges
    ]
    for pairs in with_strays(found):
        same = {one.at: other.at for one, other, _ in pairs if one and other and key_of(one) == key_of(other)}
        came_from = {place: other for other, place in same.items()}
        for before, after, stays in pairs:
            if before and after and key_of(before) == key_of(after) and not stays:
                moves.append(BlockMove(before.at, after.at))
                continue
            is_told = bool(before and after) and all(
                _holder(blocks, one.at) in sides
                for blocks, one, sides in ((old, before, changed[0]), (new, after, changed[1]))
                if one
            )
            if before and after:
                became.append(BlockMove(before.at, after.at))
                if _only_links(old, before.at) == _only_links(new, after.at) > 0:
                    changes += _links_in_another_order(old, new, before, after)
                    continue  # what else changed of each of them is told by itself
                if (
                    before.block.inside
                    and after.block.inside
                    and _is_same_line(old, new, before.at, after.at)
                ):
                    changes.append(_link_elsewhere(before.block, after.block))
                    continue
                is_told = is_told and not _only_links(new, _holder(new, after.at))
                exchanged = list(_links_in_another_order(old, new, before, after))
                changes += exchanged or _block_changes(before, after, is_told=is_told)
            elif before:
                other = _link_alone(old, before.at, new, same)
                said = list(_block_changes(before, other))
                if other is None:
                    whole[0][before.at] = list(range(len(changes), len(changes) + len(said)))
                changes += said
            elif after:
                other = _link_alone(new, after.at, old, came_from)
                said = list(_block_changes(other, after))
                if other is None:
                    whole[1][after.at] = list(range(len(changes), len(changes) + len(said)))
                changes += said
    moves += _other_places(old, new, kept, moves, became)
    _tell_links_that_stay(changes, (old, new), whole, dict([*kept, *moves, *became]))
    changes = _with_targets(_with_rows(changes, (old, new), stands, whole))
    told = [*_said_of_places(old, new, moves, ranges, became, lines), *_without_twins(changes)]
    elsewhere = [(one, other) for each in lines for one in each.old for other in each.new]
    return told, became, [*moves, *elsewhere]


def _said_of_places(
    old: Sequence[Block],
    new: Sequence[Block],
    moves: Sequence[BlockMove],
    ranges: Sequence[Range],
    became: Sequence[tuple[int, int]],
    lines: Sequence[Lines],
) -> Iterator[HtmlChange]:
    """Yield what to say of blocks that stand at another place, and of lines that were split or joined."""
    for move, sentence in said_of_moves(old, new, moves, ranges, became):
        block = new[move.new]
        detail = digest_of(block.text, block.target)
        # what it passed: the one above it now if it moved down
        passed = move.new + (1 if move.new <= move.old else -1)
        about = new[passed].text if 0 <= passed < len(new) else ""
        yield HtmlChange(block.kind, sentence=sentence, detail=detail, about=about)
    for each in lines:
        block = new[each.new[0]]
        sentence, detail = said_of_lines(each, old, new), digest_of(each.texts, each.are_joined)
        yield HtmlChange(block.kind, sentence=sentence, detail=detail)


def _without_twins(changes: Sequence[HtmlChange]) -> Iterator[HtmlChange]:
    """Yield changes but for those of a picture that others say of the words beside it, or of a link that holds it."""
    alternatives = {change[1:3] for change in changes if change.part.startswith("alternative text")}
    named = {(change.part.partition(" › ")[2], *change[1:3]) for change in changes if "“" in change.part}
    sentences = {change.sentence for change in changes}
    for change in changes:
        is_of_words = change.part.startswith("words of a ") and change[1:3] in alternatives
        is_beside = (
            change.part.startswith("link without words")
            and (change.part.partition(" › ")[2], *change[1:3]) in named
        )
        picture = change.sentence and change.sentence.removeprefix(_PICTURE)
        if not is_of_words and not is_beside and (picture == change.sentence or picture not in sentences):
            yield change


_PICTURE = "the picture "


def _other_places(
    old: Sequence[Block],
    new: Sequence[Block],
    kept: Sequence[BlockMove],
    moves: Sequence[BlockMove],
    became: Sequence[tuple[int, int]],
) -> Iterator[BlockMove]:
    """Yield which blocks that became others stand at another place, too: past what both versions have, or past each other."""
    known = {move.new for move in moves}
    pairs = [
        BlockMove(*pair)
        for pair in sorted(became, key=itemgetter(1))
        if pair[1] not in known and is_reworded(old[pair[0]], new[pair[1]]) and says_itself(new[pair[1]])
    ]
    olds, news = [one.old for one in kept], [one.new for one in kept]
    stay: list[BlockMove] = []
    for move in pairs:
        sides = sorted((bisect(olds, move.old), bisect(news, move.new)))
        if any(says_itself(old[one.old]) for one in kept[slice(*sides)]):
            yield move
        else:
            stay.append(move)
    left = [move.old for move in stay]
    for _, _, start, end in changed_ranges(sorted(left), left):
        yield from stay[start:end]


def _with_rows(
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
                made[places[at][0]] = HtmlChange(f"row{section}", was, now, place=f"{at}" if section else "")
    return [each for each in made if each]


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
    words = name_of(block) or _address(block.target)
    return f"{words}, which leads to {block.target}" if block.target and not block.is_image else words


def _with_targets(changes: Sequence[HtmlChange]) -> list[HtmlChange]:
    """Return changes of links once, as of a picture and its words, and a picture that came or went with where it leads."""
    whole = {
        (*change.part.split(" ", 1), change.old is None): change.old or change.new
        for change in changes
        if (change.old is None) != (change.new is None)
    }
    made: list[HtmlChange] = []
    around: set[tuple[str, bool]] = set()
    for change in changes:
        kind, _, named = change.part.partition(" ")
        side = named, change.old is None
        if named.startswith("“") and (kind, *side) in whole:
            if kind == "link" and ("image", *side) in whole and side not in around:
                around.add(side)
                continue
            if kind == "image" and (target := whole.get(("link", *side))):
                old, new = (each and f"{each}, which leads to {target}" for each in change[1:3])
                change = change._replace(old=old, new=new)
        if kind != "link" or change not in made:
            made.append(change)
    return made


def _link_alone(
    blocks: Sequence[Block], at: int, others: Sequence[Block], same: Mapping[int, int]
) -> Standing | None:
    """Return what a text became, or came from, whose only words in the other version are those of a link that it has here."""
    links = range(at + 1, at + 1 + (0 if blocks[at].inside else len(_links_in(blocks, at))))
    alone = [others[same[link]] for link in links if link in same and not others[same[link]].inside]
    if not alone:
        return None
    text = " ".join(link.text for link in alone)
    return Standing(blocks[at]._replace(text=text), "", "", at)


def _links_in_another_order(
    old: Sequence[Block], new: Sequence[Block], before: Standing, after: Standing
) -> Iterator[HtmlChange]:
    """Yield what to say of links that stand in another order, in a text in which nothing else changed, or that has no other words."""
    if before.block.inside or after.block.inside or before.block.text == after.block.text:
        return
    every = [_links_in(blocks, one.at) for blocks, one in ((old, before), (new, after))]
    both = {*every[0]} & {*every[1]}
    links = [[each for each in side if each in both] for side in every]
    has_words = not _only_links(old, before.at)
    if links[0] == links[1] or sorted(links[0]) != sorted(links[1]):
        return
    if has_words and (
        links != every or _around(before.block.text, links[0]) != _around(after.block.text, links[1])
    ):
        return
    names = [[f"“{short(each.text)}”" for each in side] for side in links]
    for _, _, start, end in changed_ranges(*names):
        for at in range(start, end):
            is_last = at + 1 == len(names[1])
            where = f"after {names[1][at - 1]}" if is_last else f"before {names[1][at + 1]}"
            yield HtmlChange(
                links[1][at].kind, sentence=f"{names[1][at]} now comes {where}", detail=digest_of(*names)
            )


def _links_in(blocks: Sequence[Block], at: int) -> list[Block]:
    return list(takewhile(lambda one: one.inside, islice(blocks, at + 1, None)))


def _only_links(blocks: Sequence[Block], at: int) -> int:
    """Return how many links a text holds that has no other words; 0 for one with words of its own."""
    links = [] if blocks[at].inside else _links_in(blocks, at)
    return 0 if _LETTER.search("".join(_around(blocks[at].text, links))) else len(links)


def _around(text: str, links: Sequence[Block]) -> list[str]:
    """Return a text without the words of its links."""
    parts = []
    for link in links:
        before, _, text = text.partition(link.text)
        parts.append(before)
    return [*parts, text]


def _holder(blocks: Sequence[Block], at: int) -> int:
    """Return the number of the block that the words of a link stand in."""
    return next((place for place in range(at - 1, -1, -1) if not blocks[place].inside), at)


def _linked(
    old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int], ranges: Sequence[Range]
) -> Iterator[tuple[int, int, HtmlChange]]:
    """Yield the lines that are links as a whole and were none, or the other way round, with what to say: the words stay."""
    for a, b, c, d in ranges:
        by_words: dict[str, list[int]] = defaultdict(list)
        for at in (at for at in range(c, d) if at in come):
            by_words[new[at].text].append(at)
        for one in (at for at in range(a, b) if at in gone):
            was = old[one]
            for other in by_words[was.text]:
                now = new[other]
                if bool(was.target) != bool(now.target) and not (was.is_image or now.is_image):
                    yield one, other, _linked_change(was if was.target else now, is_new=bool(now.target))
                    by_words[was.text].remove(other)
                    break


def _linked_change(block: Block, *, is_new: bool, name: str = "") -> HtmlChange:
    """Return what to say of words or a picture that lead somewhere now, or no longer do, and stay."""
    address, leads = _address(block.target), "leads to {} now" if is_new else "no longer leads to {}"
    sentence = f"{name or f'“{short(name_of(block))}”'} {leads.format(address)}"
    return HtmlChange(block.kind, sentence=sentence, detail=digest_of(block.text, address, is_new))


def _is_same_line(old: Sequence[Block], new: Sequence[Block], before: int, after: int) -> bool:
    """Tell whether a link leads to the same place from other words of a line that has the same ones."""
    lines = (blocks[_holder(blocks, at)].text for blocks, at in ((old, before), (new, after)))
    was, now = old[before], new[after]
    are_apart = was.text not in now.text and now.text not in was.text
    return was.target == now.target and are_apart and len({*lines}) == 1


def _link_elsewhere(was: Block, now: Block) -> HtmlChange:
    sentence = f"the {now.kind} to {_address(now.target)} is on “{short(now.text)}” now, and was on “{short(was.text)}”"
    return HtmlChange(now.kind, sentence=sentence, detail=digest_of(was.text, now.text, now.target))


def _tell_links_that_stay(
    changes: list[HtmlChange],
    sides: tuple[Sequence[Block], Sequence[Block]],
    whole: tuple[Mapping[int, Sequence[int]], Mapping[int, Sequence[int]]],
    partners: dict[int, int],
) -> None:
    """Say in a sentence where only a link came or went, and its words, or its picture, are in both versions.

    Args:
        changes: What is said of single blocks.
        sides: The blocks of both versions.
        whole: Which of the changes say of a block, by its number, that it came or went.
        partners: Which block of the old version is which of the new.
    """
    turned = {other: one for one, other in partners.items()}
    for blocks, others, known, places in zip(sides, sides[::-1], (partners, turned), whole, strict=True):
        for at, said in places.items():
            block, name = blocks[at], ""
            if not said or block.kind not in ("link", "button"):
                continue
            if block.inside:
                holder = known.get(_holder(blocks, at))
                stays = holder is not None and block.text in others[holder].text
            else:
                image = blocks[min(at + 1, len(blocks) - 1)]
                stays = image.is_image and image.text == block.text and at + 1 in known
                name = f"{_PICTURE}“{short(name_of(image))}”"
            if stays:
                changes[said[0]] = _linked_change(block, is_new=blocks is sides[1], name=name)


def _block_changes(
    old: Standing | None, new: Standing | None, *, is_told: bool = False
) -> Iterator[HtmlChange]:
    """Yield what changed from one block to another; of a link inside of a text whose words are told, not its words."""
    at = new or old
    assert at is not None
    block = at.block
    if old and new and old.block.kind != new.block.kind:
        sentence = f"“{short(name_of(block))}” is {_a(block.kind)} now, and was {_a(old.block.kind)}"
        kinds = digest_of(old.block.kind, block.kind)
        yield HtmlChange(block.kind, sentence=sentence, detail=kinds, about=name_of(block), place=str(new.at))
        return
    if not block.target and not block.is_image and not (old and old.block.target):
        if not (old and new and old.block.text == new.block.text):
            part, about = _part(old, new)
            # what it is a value of has other words in another language
            place = f"{at.at}" if old and new and "“" in part else ""
            yield HtmlChange(part, old and old.block.text, new and new.block.text, about=about, place=place)
        return
    named = _named(block)
    if old is None or new is None:
        yield HtmlChange(named, old and _address(old.block.target), new and _address(new.block.target))
        return
    if old.block.text != block.text and not (old.block.inside and block.inside and is_told):
        words = (
            f"alternative text of an {block.kind}"
            if block.is_image
            else f"{_NAMED.get(block.kind, 'words')} of a {block.kind}"
        )
        about = "ornament" if old.block.ornament or block.ornament else ""
        if not block.is_image:  # "Stop" says what it is about by where it leads
            about = numbers_aside(address_about(old.block.target, block.target))
        yield HtmlChange(words, old.block.text or None, block.text or None, about=about)
    elif old.block.ornament != block.ornament:
        passed = (
            "passes it over now" if block.ornament else "no longer passes it over, and has no words for it"
        )
        yield HtmlChange(named, sentence=f"what reads the email aloud {passed}", detail=digest_of(passed))
    if bool(old.block.target) != bool(block.target) and not block.is_image:
        yield _linked_change(block if block.target else old.block, is_new=bool(block.target))
    else:
        yield from _target_changes(named, old.block.target, block.target)


def _named(block: Block) -> str:
    """Return what a link or an image is called: by its words, an image without any by its file."""
    if block.text:
        return f"{block.kind} “{short(block.text)}”"
    file = name_of(block) if block.is_image else ""
    are_words = block.kind in ("link", "button") or block.is_image
    return f"{block.kind} {file}" if file else f"{block.kind} without words" if are_words else block.kind


def _part(old: Standing | None, new: Standing | None) -> tuple[str, str]:
    """Return what a block is, with what it stands beside or under if its words do not say what it is about, and words that do."""
    sides = [one for one in (new, old) if one]
    block, beside, under, _, title, is_fine_print, *_ = sides[0]
    repeated = next((one.repeated for one in sides if one.repeated), "")
    inside = within(repeated or next((one.section for one in sides if one.section), ""))
    if len(sides) == 2 and any(one.is_head for one in sides):
        return f"head of a column{inside}", ""
    if (
        block.row
        or (len(sides) == 2 and all(one.beside for one in sides))
        or (beside and not _LETTER.search(block.text))
    ):
        where = OWNED.get(block.kind) or ("beside" if block.row else "after")
        return (
            f"{block.kind} {where} “{beside}”{inside}",
            "" if inside or not block.row or block.kind in OWNED else under,
        )
    whole = [one.block.text for one in sides]
    if not (under or title or is_fine_print) or len(sides) == 1 or words_of(whole[0]) != words_of(whole[1]):
        says_little = all(len(words_of(one)) < SAYING_ENOUGH for one in whole)
        # a greeting says the same under the title of each message; an item is one of what the list is of
        about = title if says_little and title.endswith(":") else ""
        return f"{block.kind}{inside if says_little or repeated else ''}", about
    sentence = words_of(changed_sentences(*whole)[0])
    words = sentence if len(sentence) >= SAYING_ENOUGH else words_of(block.text)
    says_enough = len(words) >= SAYING_ENOUGH or "©" in block.text or all(map(_TELEPHONE.search, whole))
    if says_enough or not (under or title):
        return f"{block.kind}{within(repeated)}", " ".join(words)
    # a number says which one only with what it stands under
    return f"{block.kind} under “{title or under}”", under if title else ""


def _a(kind: str) -> str:
    return (
        kind if kind.endswith("text") and kind != "text" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    )


def _target_changes(named: str, old: str, new: str) -> Iterator[HtmlChange]:
    if old == new:
        return
    if _address(old) == _address(new):
        yield HtmlChange(named, sentence="it is another picture", detail=digest_of(old, new))
        return
    was, now = _split(old), _split(new)
    if was is None or now is None or was[0] != now[0] or len(dict(was[1])) != len(was[1]) or was[1] == now[1]:
        before_it, after_it = (_address(each) if each else None for each in (old, new))
        yield HtmlChange(named, before_it, after_it, about=address_about(old, new))
        return
    before, after = dict(was[1]), dict(now[1])
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield HtmlChange(f"{named} › {name}", before.get(name), after.get(name))


def address_about(*addresses: str | None) -> str:
    """Return what tells a change of an address from others: all but the query, which may be the recipient's."""
    return " ".join(each.partition("?")[0] for each in addresses if each)


def numbers_aside(address: str) -> str:
    """Return an address without the parts that have numbers, as those of a recipient or an order."""
    return _NUMBERED.sub("*", address)


def _split(target: str) -> tuple[tuple[str, ...], list[tuple[str, str]]] | None:
    """Return an address without its query, and the parameters; None for what is no address."""
    try:
        parts = urlsplit(target)
        return (parts.scheme, parts.netloc, parts.path, parts.fragment), parse_qsl(
            parts.query, keep_blank_values=True, max_num_fields=100
        )
    except ValueError:
        return None


def _address(target: str) -> str:
    return "an image inside the message" if target.startswith(("data:", "cid:")) else target
