"""What changed in where words and pictures lead: links that came, went, stand in another order or on other words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice, takewhile
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlsplit

from novu_framework_testing.snapshots.block_pairs import Range, is_reworded
from novu_framework_testing.snapshots.block_places import BlockMove, name_of, short
from novu_framework_testing.snapshots.block_standings import Standing
from novu_framework_testing.snapshots.html_change import MOVED, HtmlChange, digest_of, facts_of
from novu_framework_testing.snapshots.reading import Block
from novu_framework_testing.snapshots.sequences import changed_ranges

PICTURE = "the picture "
"""What is before the name of a picture in a sentence."""
_LETTER = re.compile(r"[^\W\d_]")
_NUMBERED = re.compile(r"[^/\s]*\d[^/\s]*")


def link_alone(
    blocks: Sequence[Block], at: int, others: Sequence[Block], same: Mapping[int, int]
) -> Standing | None:
    """Return what a text became, or came from, whose only words in the other version are those of a link that it has here."""
    links = range(at + 1, at + 1 + (0 if blocks[at].inside else len(_links_in(blocks, at))))
    alone = [others[same[link]] for link in links if link in same and not others[same[link]].inside]
    if not alone:
        return None
    text = " ".join(link.text for link in alone)
    return Standing(blocks[at]._replace(text=text), "", "", at)


def links_in_another_order(
    old: Sequence[Block], new: Sequence[Block], before: Standing, after: Standing
) -> Iterator[HtmlChange]:
    """Yield what to say of links that stand in another order, in a text in which nothing else changed, or that has no other words."""
    if before.block.inside or after.block.inside or before.block.text == after.block.text:
        return
    every = [_links_in(blocks, one.at) for blocks, one in ((old, before), (new, after))]
    both = {*every[0]} & {*every[1]}
    links = [[each for each in side if each in both] for side in every]
    has_words = not only_links(old, before.at)
    if links[0] == links[1] or sorted(links[0]) != sorted(links[1]):
        return
    if has_words and (
        links != every or _around(before.block.text, links[0]) != _around(after.block.text, links[1])
    ):
        return
    names = [[f"“{short(each.text)}”" for each in side] for side in links]
    stood = {each: at for at, each in enumerate(links[0])}
    order = [(stood[each], each.target) for each in links[1]]
    place = f"{MOVED}{before.at} {after.at} {order}"
    for _, _, start, end in changed_ranges(*names):
        for at in range(start, end):
            is_last = at + 1 == len(names[1])
            where = f"after {names[1][at - 1]}" if is_last else f"before {names[1][at + 1]}"
            said = f"{names[1][at]} now comes {where}"
            yield HtmlChange(links[1][at].kind, sentence=said, detail=facts_of(*names), place=place)


def _links_in(blocks: Sequence[Block], at: int) -> list[Block]:
    return list(takewhile(lambda one: one.inside, islice(blocks, at + 1, None)))


def only_links(blocks: Sequence[Block], at: int) -> int:
    """Return how many links a text holds that has no other words; 0 for one with words of its own."""
    links = [] if blocks[at].inside else _links_in(blocks, at)
    return 0 if _LETTER.search("".join(_around(blocks[at].text, links))) else len(links)


def are_links_alone(old: Sequence[Block], new: Sequence[Block], before: int, after: int) -> bool:
    """Tell whether two texts are as many links with the same signs between them, so that each link tells what became of it."""
    many = only_links(old, before)
    return many == only_links(new, after) > 0 and _signs(old, before) == _signs(new, after)


def _signs(blocks: Sequence[Block], at: int) -> list[str]:
    """Return what stands between the links of a text."""
    return _around(blocks[at].text, _links_in(blocks, at))


def _around(text: str, links: Sequence[Block]) -> list[str]:
    """Return a text without the words of its links."""
    parts = []
    for link in links:
        before, _, text = text.partition(link.text)
        parts.append(before)
    return [*parts, text]


def holder_of(blocks: Sequence[Block], at: int) -> int:
    """Return the number of the block that the words of a link stand in."""
    return next((place for place in range(at - 1, -1, -1) if not blocks[place].inside), at)


def linked(
    old: Sequence[Block], new: Sequence[Block], gone: Set[int], come: Set[int], ranges: Sequence[Range]
) -> Iterator[tuple[Set[int], Set[int], HtmlChange]]:
    """Yield the lines that are links as a whole and were none, or the other way round, with what to say: the words stay.

    Of a line that is a part of a link on more words to the same place in the other version, that one, too.
    """
    links = _links_by_target(old, gone), _links_by_target(new, come)
    for a, b, c, d in ranges:
        by_words: dict[str, list[int]] = defaultdict(list)
        for at in (at for at in range(c, d) if at in come):
            by_words[new[at].text].append(at)
        for one in (at for at in range(a, b) if at in gone):
            was = old[one]
            for other in by_words[was.text]:
                now = new[other]
                if bool(was.target) != bool(now.target) and not (was.is_image or now.is_image):
                    blocks, line = (new, other) if was.target else (old, one)
                    known = links[bool(was.target)].get(was.target or now.target, ())
                    wider = [at for at in known if _is_on_line(blocks, line, at)][:1]
                    if not wider:
                        change = linked_change(was if was.target else now, is_new=bool(now.target))
                        yield {one}, {other}, change
                    elif was.target:
                        yield {one}, {other, *wider}, link_elsewhere(was, new[wider[0]])
                    else:
                        yield {one, *wider}, {other}, link_elsewhere(old[wider[0]], now)
                    by_words[was.text].remove(other)
                    break


def _links_by_target(blocks: Sequence[Block], places: Set[int]) -> Mapping[str, Sequence[int]]:
    """Return which of some blocks are links, by where they lead, a few of each."""
    found: dict[str, list[int]] = {}
    for at in sorted(places):
        known = found.setdefault(blocks[at].target, [])
        if blocks[at].kind == "link" and len(known) < _MOST_OF_A_TARGET:
            known.append(at)
    return found


def _is_on_line(blocks: Sequence[Block], line: int, link: int) -> bool:
    """Tell whether a link is on a line and on all that follow it, few of them, up to where the link itself is read."""
    is_near = 0 < link - line <= _MOST_LINES
    return is_near and blocks[link].text.endswith(" ".join(each.text for each in blocks[line:link]))


_MOST_OF_A_TARGET = _MOST_LINES = 20


def linked_change(block: Block, *, is_new: bool, name: str = "") -> HtmlChange:
    """Return what to say of words or a picture that lead somewhere now, or no longer do, and stay."""
    address, leads = address_of(block.target), "leads to {} now" if is_new else "no longer leads to {}"
    sentence = f"{name or f'“{short(name_of(block))}”'} {leads.format(address)}"
    return HtmlChange(block.kind, sentence=sentence, detail=facts_of(block.text, address, leads))


def is_elsewhere(old: Sequence[Block], new: Sequence[Block], before: int, after: int) -> bool:
    """Tell whether a link in a line leads to the same place from other words of it than before, where these or those stand in both versions, without a link in one."""
    was, now = old[before], new[after]
    are_apart = was.text not in now.text and now.text not in was.text
    if not (was.inside and now.inside and are_apart) or was.target != now.target:
        return False
    return _is_beside_links(was.text, new, holder_of(new, after)) or _is_beside_links(
        now.text, old, holder_of(old, before)
    )


def _is_beside_links(words: str, blocks: Sequence[Block], at: int) -> bool:
    """Tell whether whole words stand in a line, and not only in its links."""
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    in_links = sum(len(whole.findall(link.text)) for link in _links_in(blocks, at))
    return len(whole.findall(blocks[at].text)) > in_links


def retargeted(old: Sequence[Block], new: Sequence[Block], places: Sequence[BlockMove]) -> dict[int, int]:
    """Return links by their numbers before, with those of the same words in their places now, of which each leads where another one led.

    They exchanged where they lead; or one leads to a new place, and where the one led that stands last in line is gone.
    Those are left out of which something above them, up to the last one of the same words, came from elsewhere or went there:
    that moved with them.

    Args:
        old, new: The blocks of both versions.
        places: Which block of the one is which of the other.
    """
    partners, goals = {one.new: one.old for one in places}, {one.old: one.new for one in places}
    stands: dict[int, int] = {-1: -1, **partners}
    found: dict[int, int] = {}
    origins: dict[int, int | None] = {}
    for at, block in enumerate(new):
        stood = stands.get(at - 1, len(old)) + 1
        if stood >= len(old):
            continue
        was = old[stood]
        if _is_link(was) and _is_link(block) and was == block._replace(target=was.target):
            stands[at] = stood
            if stood in origins or _came_with_others(old, new, stood, at, (partners, goals)):
                continue
            origins[stood] = partners.get(at)
            if was.target != block.target:
                found[stood] = at
        elif at not in partners and stood not in goals and is_reworded(was, block):
            stands[at] = stood
    followed = {origin for origin in origins.values() if origin is not None}
    for first in origins.keys() - followed:
        line: list[int] = []
        at_last: int | None = first
        while at_last in origins:
            line.append(at_last)
            at_last = origins.pop(at_last)
        if at_last is not None or len(found.keys() & {*line}) <= 1 or first in goals:
            for at in line:
                found.pop(at, None)
    return found


def _came_with_others(
    old: Sequence[Block],
    new: Sequence[Block],
    before: int,
    after: int,
    partners: tuple[Mapping[int, int], Mapping[int, int]],
) -> bool:
    """Tell whether something above a link, up to the last one of the same words, is elsewhere in the other version."""
    above = _above_link(old, before), _above_link(new, after)
    return any(
        at in known and known[at] not in others
        for own, others, known in ((above[1], above[0], partners[0]), (above[0], above[1], partners[1]))
        for at in own
    )


def _above_link(blocks: Sequence[Block], link: int) -> range:
    """Return the numbers of the blocks above a link, a few, up to the last one of the same words."""
    first = max(link - _MOST_LINES, 0)
    same = (at + 1 for at in range(link - 1, first - 1, -1) if blocks[at].text == blocks[link].text)
    return range(next(same, first), link)


def _is_link(block: Block) -> bool:
    return bool(block.target and block.text and not block.is_image)


def link_elsewhere(was: Block, now: Block) -> HtmlChange:
    """Return what to say of a link to the same place that is on other words of its line now."""
    sentence = f"the {now.kind} to {address_of(now.target)} is on “{short(now.text)}” now, and was on “{short(was.text)}”"
    return HtmlChange(now.kind, sentence=sentence, detail=facts_of(was.text, now.text, now.target))


def tell_links_that_stay(
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
                holder = known.get(holder_of(blocks, at))
                stays = holder is not None and block.text in others[holder].text
            else:
                image = blocks[min(at + 1, len(blocks) - 1)]
                stays = image.is_image and image.text == block.text and at + 1 in known
                name = f"{PICTURE}“{short(name_of(image))}”"
            if stays:
                changes[said[0]] = linked_change(block, is_new=blocks is sides[1], name=name)


def target_changes(named: str, old: str, new: str) -> Iterator[HtmlChange]:
    """Yield what changed of where something called `named` leads: each parameter by itself where nothing else did."""
    if old == new:
        return
    told = [address_of(each) if each else None for each in (old, new)]
    if told == [_ATTACHED, _ATTACHED]:
        yield HtmlChange(named, sentence="it is another picture", detail=digest_of(old, new))
        return
    was, now = _split(old), _split(new)
    if was is None or now is None or was[0] != now[0] or len(dict(was[1])) != len(was[1]) or was[1] == now[1]:
        before_it, after_it = told if told[0] != told[1] else (old, new)
        yield HtmlChange(named, before_it, after_it, about=address_about(old, new))
        return
    before, after = dict(was[1]), dict(now[1])
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield HtmlChange(f"{named} › address › {name}", before.get(name), after.get(name))


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


def address_of(target: str) -> str:
    """Return where something leads as a reader is told it: what an email would say is read out, but for signs that part it.

    >>> address_of("mailto:a@b.test?subject=A%20caf%C3%A9%20%26%20bar"), address_of("https://b.test/a%20b")
    ('mailto:a@b.test?subject=A café %26 bar', 'https://b.test/a%20b')
    """
    if target.startswith(("data:", "cid:")):
        return _ATTACHED
    is_email = target[: len(_EMAIL)].casefold() == _EMAIL
    return _ENCODED.sub(lambda found: _read_out(found[0]), target) if is_email else target


_ATTACHED = "an image inside the message"
_EMAIL = "mailto:"
_ENCODED = re.compile("(?:%[0-9a-fA-F]{2})+")


def _read_out(encoded: str) -> str:
    """Return letters that were written as numbers; what is none, or would part the address, as it is."""
    try:
        letters = unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return encoded
    return "".join(
        each if each.isprintable() and each not in _PARTING else quote(each, safe="") for each in letters
    )


_PARTING = frozenset("%&=?#+,")
