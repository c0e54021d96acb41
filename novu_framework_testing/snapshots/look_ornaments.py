"""What looks different of parts without words: lines, and empty cells that keep a distance."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from novu_framework_testing._internal.colours import colour_of, name_of
from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.block_pairs import is_reworded
from novu_framework_testing.snapshots.html_styles import WHEN, Styles, base
from novu_framework_testing.snapshots.look_difference import (
    EXCHANGED,
    PICTURES,
    PLACE,
    LookDifference,
    called,
    seen_name,
    value_changes,
)
from novu_framework_testing.snapshots.reading import Block
from novu_framework_testing.snapshots.sequences import changed_ranges

_Look: TypeAlias = "tuple[str, tuple[tuple[str, str], ...]]"
"""A tag, and what it looks like."""


class _Ornament(NamedTuple):
    """A part without words.

    Attributes:
        tag: Its tag.
        own: What it looks like.
        words: The words next to it.
        beside: On which side of these it is.
        row: The words of its row, of an empty cell beside others.
        has_line: Whether a line across stands in it, so that it is not empty.
        at: How many lines of text and pictures stand before it.
    """

    tag: str
    own: tuple[tuple[str, str], ...]
    words: str
    beside: str
    row: str = ""
    has_line: bool = False
    at: int = 0


def ornament_differences(was: Styles, now: Styles) -> Iterator[LookDifference]:
    """Yield what changed of what holds no words: lines, empty cells that keep a distance."""
    (old_lines, old_before), (new_lines, new_before) = _lines_in(was), _lines_in(now)
    olds, news = _ornaments(was, old_before), _ornaments(now, new_before)
    empty = [Counter(each[:2] for each in side) for side in (olds, news)]
    yield from _in_another_order(olds, news)
    pairs, olds, news = _in_their_places(olds, news)
    for one, other in pairs:
        yield from _of_a_tag([one], [other])
    if [each[:2] for each in olds] == [each[:2] for each in news]:
        yield from dict.fromkeys(_moved(zip(olds, news, strict=True), old_lines, new_lines))
    rows = [
        {each.text for each in styles.document.elements if each.tag == _ROW}
        if any(each.row for each in side)
        else set()
        for styles, side in ((was, news), (now, olds))
    ]
    ranges = list(changed_ranges(*([(*each[:2], each.row) for each in side] for side in (olds, news))))
    filled = _filled(was, now, empty) if ranges else frozenset()
    for a, b, c, d in ranges:
        # of a row that came or went as a whole, its words are said; of what was not empty before, or is not now, what it held
        gone = [
            each for each in olds[a:b] if (not each.row or each.row in rows[1]) and each[:2] not in filled
        ]
        come = [
            each for each in news[c:d] if (not each.row or each.row in rows[0]) and each[:2] not in filled
        ]
        told = [
            difference
            for tag in dict.fromkeys(each.tag for each in (*gone, *come))
            for difference in _of_a_tag(
                *([each for each in side if each.tag == tag] for side in (gone, come))
            )
        ]
        # an empty cell around a line is the line
        lines = {(each.old is None, each.new is None) for each in told if each.name == "hr"}
        yield from (
            each
            for each in told
            if each.name != "empty part" or (each.old is None, each.new is None) not in lines
        )


def _moved(
    pairs: Iterable[tuple[_Ornament, _Ornament]], olds: Sequence[str], news: Sequence[str]
) -> Iterator[LookDifference]:
    """Yield which parts stand between other words now, as far as the lines of text that are in both versions kept their order."""
    if olds != news and len(olds) + len(news) > _MOST_TEXTS:
        return
    ranges = list(changed_ranges(olds, news))
    came = {said for _, _, c, d in ranges for said in news[c:d]}
    if any(said in came for a, b, _, _ in ranges for said in olds[a:b]):
        return
    for one, other in pairs:
        if one[2:4] == other[2:4] or other.has_line:
            continue
        beside = other.at - (other.beside == "below")
        line = " ".join(news[beside : beside + 1])
        if not (other.words and other.words in line) or (other.row and other.words != line):
            if ranges:  # its words are further away, or hidden
                continue
            line = other.words
        first, last = _place_now(one.at, ranges)
        if not first <= other.at <= last and _was_there(beside, ranges, olds, news):
            tag = _named(other.tag)
            yield LookDifference(PLACE, tag, tag, line, beside=other.beside)


_MOST_TEXTS = 2_000
"""With more, and other words too, nobody looks for where a line went, and it would take long."""


def _was_there(
    at: int, ranges: Sequence[tuple[int, int, int, int]], olds: Sequence[str], news: Sequence[str]
) -> bool:
    """Tell whether a line of the new version was in the old, be it with other words: next to one that is new a part may be where it was."""
    number = bisect_right(ranges, at, key=itemgetter(3))
    a, b, c, d = ranges[number] if number < len(ranges) else (0, 0, at + 1, at + 1)
    if at < c:
        return True
    return b - a == d - c and is_reworded(Block("text", olds[a + at - c]), Block("text", news[at]))


def _place_now(at: int, ranges: Sequence[tuple[int, int, int, int]]) -> tuple[int, int]:
    """Return between how many and how many texts of the new version what was after some number of them has its place."""
    number = bisect_left(ranges, at, key=itemgetter(1))
    before = ranges[number - 1] if number else (0, 0, 0, 0)
    further = before[3] - before[1]
    a, b, c, d = ranges[number] if number < len(ranges) else (at + 1, at + 1, 0, 0)
    if at < a:
        return at + further, at + further
    more = max(0, (d - c) - (b - a))  # so many may have come before it, or after it
    if at == a:
        return c, c + more
    return (d - more, d) if at == b else (c, d)


def _lines_in(styles: Styles) -> tuple[list[str], dict[int, int]]:
    """Return the lines of text and the names of the pictures of an email, in order, and how many of them stand before each element, by its identity."""
    lines: list[str] = []
    before: dict[int, int] = {}
    root = styles.document.root
    left: list[tuple[Element | str, Element]] = [(each, root) for each in reversed(root.children)]
    begun: Element | None = None  # the block of which the last line may go on
    while left:
        each, block = left.pop()
        if isinstance(each, Element):
            before[id(each)] = len(lines)
            is_picture = each.tag in PICTURES
            if is_picture:
                lines.append(called(each))
            is_inline = each.tag in INLINE and not is_picture
            begun = begun if is_inline else None
            left += [(child, block if is_inline else each) for child in reversed(each.children)]
        elif each.strip():
            if begun is block:
                lines[-1] += each
            else:
                lines.append(each)
            begun = block
    return [" ".join(line.split()) for line in lines], before


def _filled(was: Styles, now: Styles, empty: Sequence[Mapping[_Look, int]]) -> frozenset[_Look]:
    """Return the looks of parts of which there are as many as before, and more or fewer of them hold something."""
    many = [Counter(_looks_of(styles)) for styles in (was, now)]
    looks = (look for look in {**empty[0], **empty[1]} if look[0] != "hr")
    return frozenset(
        look for look in looks if many[0][look] == many[1][look] and empty[0][look] != empty[1][look]
    )


def _looks_of(styles: Styles) -> Iterator[_Look]:
    """Yield the tag and the look of each element, as of a part without words."""
    for element in styles.document.elements:
        own = tuple(sorted(styles.own(element).items()))
        yield _tag_of(element, own), own


def _in_another_order(olds: Sequence[_Ornament], news: Sequence[_Ornament]) -> Iterator[LookDifference]:
    """Yield where a line and an empty part that stand next to the same words stand in another order."""
    sides: tuple[dict[tuple[str, str], list[str]], dict[tuple[str, str], list[str]]]
    sides = defaultdict(list), defaultdict(list)
    for side, found in zip(sides, (olds, news), strict=True):
        for each in found:
            if not each.has_line and each.tag in ("hr", _ROW):
                side[each.words, each.beside].append(each.tag)
    for (words, beside), tags in sides[0].items():
        others = sides[1][words, beside]
        if tags != others and sorted(tags) == sorted(others):
            yield LookDifference(EXCHANGED, tags[0], others[0], words, beside=beside)


def _in_their_places(
    olds: Sequence[_Ornament], news: Sequence[_Ornament]
) -> tuple[list[tuple[_Ornament, _Ornament]], list[_Ornament], list[_Ornament]]:
    """Return which parts are which, next to the same words, and those of both versions of which that cannot be told."""
    sides: tuple[dict[object, list[_Ornament]], dict[object, list[_Ornament]]] = (
        defaultdict(list),
        defaultdict(list),
    )
    for side, found in zip(sides, (olds, news), strict=True):
        for each in found:
            side[each._replace(own=(), at=0)].append(each)
    pairs = [
        pair
        for place, found in sides[0].items()
        if len(found) == len(sides[1][place])
        for pair in zip(found, sides[1][place], strict=True)
    ]
    known = {id(each) for pair in pairs for each in pair}
    left, right = ([each for each in side if id(each) not in known] for side in (olds, news))
    return pairs, left, right


def _of_a_tag(gone: Sequence[_Ornament], come: Sequence[_Ornament]) -> Iterator[LookDifference]:
    """Yield what changed of parts with the same tag that stand in the place of each other."""
    for one, other in zip(gone, come, strict=False):
        sides = dict(one.own), dict(other.own)
        for changed, before, after in value_changes(*sides, is_line=other.tag == "hr"):
            if base(changed) in _OF_WORDS:
                continue
            name = seen_name(changed, *sides)
            if other.tag == "hr":
                when, sep, plain = name.rpartition(WHEN)
                yield LookDifference(
                    f"{when}{sep}hr {plain}", before, after, other.words, beside=other.beside, at=other.at
                )
            else:
                is_picture = any("background-image" in each for each, _ in (*one.own, *other.own))
                what = f"the {'background image' if is_picture else _coloured(one, other)} {other.beside}"
                yield LookDifference(name, before, after, other.words, beside=what, at=other.at)
    gone, come = (
        [each for each in side if not each.has_line] for side in (gone[len(come) :], come[len(gone) :])
    )
    for each in gone[:1]:
        yield LookDifference(
            _named(each.tag), _kind(each.tag), None, each.words, beside=each.beside, at=each.at
        )
    for each in come[:1]:
        yield LookDifference(
            _named(each.tag), None, _kind(each.tag), each.words, beside=each.beside, at=each.at
        )


def _coloured(one: _Ornament, other: _Ornament) -> str:
    """Return what an empty part is called: by its colour, if it has one that stayed, as the parts of a bar have."""
    grounds = [dict(each.own).get("background-color", "") for each in (one, other)]
    colour = colour_of(grounds[0]) if grounds[0] == grounds[1] else None
    return f"{name_of(colour)} empty part" if colour else "empty part"


def _named(tag: str) -> str:
    return "hr" if tag == "hr" else "empty part"


def _kind(tag: str) -> str:
    """Return what tells one part from another where it came or went: whether it is a line, or a row."""
    return tag if tag in ("hr", _ROW) else "part"


_OF_WORDS = frozenset(
    {"color", "font-family", "font-weight", "font-style", "letter-spacing", "text-decoration"}
)
"""What nobody sees where there are no words."""
_ROW = "tr"


def _is_alone_in_a_row(element: Element) -> bool:
    row = element.parent
    return (
        element.tag in ("td", "th")
        and row is not None
        and [each for each in row.children if isinstance(each, Element)] == [element]
    )


def _tag_of(element: Element, own: Sequence[tuple[str, str]]) -> str:
    """Return what an element counts as that has no words: a line across, a row, or its tag."""
    is_line = _is_line(element, (name for name, _ in own))
    return "hr" if is_line else _ROW if _is_alone_in_a_row(element) else element.tag


_SEEN = re.compile(r"\w")


def _is_line(element: Element, own: Iterable[str]) -> bool:
    """Whether a part without words is a line across: MJML draws one as a paragraph with a border."""
    return element.tag == "hr" or (element.tag == "p" and any(name.startswith("border") for name in own))


def _ornaments(styles: Styles, before: Mapping[int, int]) -> list[_Ornament]:
    """Return the parts without words, each with the last words above it; with those below where none are above."""
    full: set[int] = set()
    for element in styles.document.elements:
        is_full = element.tag == "img" or any(
            isinstance(each, str) and each.strip() for each in element.children
        )
        at: Element | None = element if is_full else None
        while at is not None and id(at) not in full:
            full.add(id(at))
            at = at.parent
    said = {
        id(element): words
        for element, text in styles.document.texts
        if not styles.hidden(element)[""]
        and not element.tiny
        and _SEEN.search(words := " ".join(text.split()))
    }
    said |= {
        id(each): name for each in styles.document.elements if each.tag in PICTURES and (name := called(each))
    }
    first = next((said[id(element)] for element in styles.document.elements if id(element) in said), "")
    lined = {
        id(above)
        for element in styles.document.elements
        if id(element) not in full and _is_line(element, styles.own(element))
        for above in element.above()
        if above is not element
    }
    found: list[_Ornament] = []
    rows: dict[int, tuple[str, str]] = {}
    last, last_at = "", styles.document.root
    for element in styles.document.elements:
        if id(element) in said:
            last, last_at = said[id(element)], element
        if (
            id(element) not in full
            and not element.muted
            and styles.hidden(element) != {"": True}
            and element.tag not in ("html", "body", "br", "wbr", "col", "source", "video", "audio", "track")
        ):
            own = tuple(sorted(styles.own(element).items()))
            if own or element.tag in ("hr", "td", "th"):
                tag = _tag_of(element, own)
                row = element.parent if tag in ("td", "th") else None
                cells = ""
                words, side = last or first, "below" if last else "above"
                if row is not None:
                    if id(row) not in rows:
                        inside = (said[id(each)] for each in row.inside() if id(each) in said)
                        rows[id(row)] = row.text, next(inside, "")
                    cells, head = rows[id(row)]
                    if head:
                        is_after = any(each is row for each in last_at.above())
                        words, side = (last, "after") if is_after else (head, "before")
                is_lined, place = id(element) in lined, before[id(element)]
                found.append(_Ornament(tag, own, words, side, cells, is_lined, place))
    return found
