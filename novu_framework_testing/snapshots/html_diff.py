"""What changed in an HTML body, as its reader sees it: words, links and images, and what it looks like in a sentence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from hashlib import sha256
from itertools import zip_longest

from novu_framework_testing._internal.html_document import Document, parsed
from novu_framework_testing.snapshots.block_changes import exchanged_targets, read_changes
from novu_framework_testing.snapshots.block_pairs import Range, ranges_of
from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.css_values import pairs
from novu_framework_testing.snapshots.fine_print import fine_print
from novu_framework_testing.snapshots.html_change import HtmlChange, digest_of
from novu_framework_testing.snapshots.html_hidden import gmail_changes
from novu_framework_testing.snapshots.html_looks import differences
from novu_framework_testing.snapshots.look_difference import (
    HIDDEN,
    LAYOUT,
    MAIL_PROGRAMS,
    NEVER_SEEN,
    PLACE,
    LookDifference,
)
from novu_framework_testing.snapshots.look_heads import with_heads
from novu_framework_testing.snapshots.look_sentences import PLACED_IMAGE, looks
from novu_framework_testing.snapshots.look_values import pictures_in, said_of_value
from novu_framework_testing.snapshots.reading import Block, blocks_of
from novu_framework_testing.snapshots.sequences import changed_ranges, same_ends
from novu_framework_testing.snapshots.table_columns import without_columns


def html_changes(old: str, new: str) -> Iterator[HtmlChange]:
    """Yield what changed from one HTML body to another: at least one thing, unless they are equal. Never markup.

    >>> for change in html_changes('<b style="color:#111">Hello</b><p>old</p>', '<b style="color:#222">Hello</b><p>new</p>'):
    ...     print(*change[:4])
    text after “Hello” old new None
    colours None None the colour of “Hello” changed: dark grey #111111 became a lighter grey #222222
    """
    if old == new:
        return
    # A review asks several times: to name a change, to find its equals, to show it. The bodies are too large to be kept.
    key = (
        sha256(old.encode("utf-8", "backslashreplace")).digest()
        + sha256(new.encode("utf-8", "backslashreplace")).digest()
    )
    changes = _known.get(key)
    if changes is None:
        changes = tuple(_all_changes(parsed(old), parsed(new)))
        if len(_known) >= _MOST_KNOWN:
            _known.clear()  # another thread may be about to look, so nothing of it is looked up twice
        _known[key] = changes
    yield from changes


_MOST_KNOWN = 4_096
_known: dict[bytes, tuple[HtmlChange, ...]] = {}


def _all_changes(before: Document, after: Document) -> Iterator[HtmlChange]:
    read, looks_found = _compared(before, after)
    titles = {change[1:3] for change in read if change.part == "title"}
    seen = [
        change
        for change in _looks_changes(before, after, looks_found)
        # an email may be called by its title for screen readers too
        if not (change.part.startswith(_WORDS["aria-label"]) and change[1:3] in titles)
    ]
    said = [*read, *seen, *gmail_changes(before, after)]
    yield from said
    if before.outlook != after.outlook:
        parts = {change.part for change in said}
        yield from _outlook_changes(before.outlook, after.outlook, parts, looks_found)
    elif not said:
        sentence = "what is written in the HTML changed, and nothing that is read or seen"
        yield HtmlChange("unseen", sentence=sentence, detail=_unseen_detail(before, after))


def _compared(old: Document, new: Document) -> tuple[list[HtmlChange], list[LookDifference]]:
    """Return what is read in another way, and what looks different."""
    old, new, columns = without_columns(old, new)
    news = blocks_of(new)
    small = fine_print(old), fine_print(new)
    olds, exchanged = exchanged_targets(blocks_of(old), news, small)
    ranges = ranges_of(olds, news)
    changes, became, moved = read_changes(olds, news, ranges, small)
    paired = dict.fromkeys([*moved, *became])
    ends = [{pair[side] for pair in paired} for side in (0, 1)]
    # what moved here, or became what stands here, is not what stood here; and what is new here was nothing
    aligned = [
        pair
        for pair in _aligned(olds, news, ranges, paired)
        if pair in paired or not (pair[0] in ends[0] or pair[1] in ends[1])
    ]
    told = {*aligned}
    moved = [
        (one, other)
        for one, other in paired
        if (one, other) not in told
        and (olds[one].kind == news[other].kind or {olds[one].kind, news[other].kind} <= _READ)
    ]
    revealed = [
        (one, other)
        for one, other in paired
        if {olds[one].kind, news[other].kind} in _REVEALED and olds[one].text == news[other].text
    ]
    looks_found = list(differences(old, new, aligned, moved, revealed))
    # what is shown at some times alone is no text for that
    at_times = {f"{each.place}" for each in looks_found if each.name == HIDDEN}
    at_times &= {f"{other}" for _, other in revealed}
    changes = [
        each for each in changes if not (_IS_NOW.search(each.sentence or "") and each.place in at_times)
    ]
    empty = {each.new is None for each in looks_found if each.name == "empty part"}
    if any(each[:2] == (PLACE, "empty part") for each in looks_found):
        empty = {True, False}
    read = (_without_blanks(each, empty) for each in (*exchanged, *changes))
    return [*columns, *filter(None, read)], looks_found


_REVEALED = [{kind, "text"} for kind in NEVER_SEEN]
_IS_NOW = re.compile("” is [a-z ]+ now, and was [a-z ]+$")
_READ = frozenset({"text", "heading", "list item"})
"""The kinds of which one has the looks of another, but for its size and its sign."""


def _without_blanks(change: HtmlChange, empty: Set[bool]) -> HtmlChange | None:
    """Return a change; of a line that came or went and holds no words a sentence, and nothing where that is said.

    Args:
        change: The change.
        empty: Whether an empty part is said to be gone (True), or to be new (False).
    """
    is_gone = change.new is None
    words = change.old if is_gone else change.new if change.old is None else None
    if not words or words.strip():
        return change
    if is_gone in empty:
        return None
    _, _, where = change.part.partition(" after ")
    sentence = f"an empty line{f' after {where}' if where else ''} is {'gone' if is_gone else 'new'}"
    return HtmlChange(LAYOUT, sentence=sentence, detail=digest_of(sentence))


def _aligned(
    old: Sequence[Block], new: Sequence[Block], ranges: Sequence[Range], paired: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return which block is which, in order: equal ones, those that stand in the place of one of their kind, what became what."""
    found: list[tuple[int, int]] = []
    came = defaultdict[int, list[int]](list)
    for one, other in sorted(paired):
        came[other].append(one)
    left = right = 0
    for a, b, c, d in [*ranges, (len(old), len(old), len(new), len(new))]:
        found += zip(range(left, a), range(right, c), strict=True)
        if [one.kind for one in old[a:b]] == [one.kind for one in new[c:d]]:
            found += zip(range(a, b), range(c, d), strict=True)
        else:
            within = [
                (one, other)
                for other in range(c, d)
                for one in came.get(other, ())
                if a <= one < b and old[one].kind == new[other].kind
            ]
            found += _in_order(within)
        left, right = b, d
    return found


def _in_order(pairs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield pairs but for those of which a number is not above all the ones before it."""
    last = last_other = -1
    for one, other in pairs:
        if one > last and other > last_other:
            last, last_other = one, other
            yield one, other


# What it looks like


_CONDITION = re.compile(r"\[if[^\]]*\]>|<!\[endif\]")
_SETTINGS = {
    "color-scheme": "the email says that it is made for {} now",
    "supported-color-schemes": "the email says that it can be shown in {} now",
    "viewport": "how phones fit the email to the screen changed",
}
_WORDS = {
    "background-image": "background image behind",
    "aria-label": "words for screen readers at",
    "content": "words that the style sheet adds at",
}
_STRING = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_LOADED = re.compile(r"@import[^;]+|@font-face\s*\{[^}]*\}")
_FORMS = ("title", "placeholder", "value")


def _looks_changes(old: Document, new: Document, found: Sequence[LookDifference]) -> Iterator[HtmlChange]:
    said: dict[tuple[str, str | None, str | None], HtmlChange] = {}
    for name, part in _WORDS.items():
        for each in (one for one in found if one.name == name):
            was, now = (value and _added(name, value) for value in each[1:3])
            if (was or None) == (now or None):
                continue
            at = f"background image {each.beside.rpartition(' ')[2]}" if each.beside else part
            named = f"{at} “{short(each.words)}”" if each.words else part.rpartition(" ")[0]
            place = f"{each.place}" if was and now else ""
            said.setdefault((named, was, now), HtmlChange(named, was, now, place=place))
    yield from said.values()
    pictured = {each.words for each in found if each.name == "background-image"}
    left = (
        each
        for each in found
        if each.name not in _WORDS and not (each.words in pictured and PLACED_IMAGE.match(each.name))
    )
    for part, sentence, facts, about, place in with_heads(looks(left)):
        yield HtmlChange(part, sentence=sentence, detail=digest_of(part, facts), about=about, place=place)
    forms = (
        [
            element.get(name)
            for element in document.elements
            for name in _FORMS
            if element.get(name) and element.get("type") != "hidden"
        ]
        for document in (old, new)
    )
    before_all, after_all = forms
    for a, b, c, d in changed_ranges(before_all, after_all):
        gone, come = before_all[a:b], after_all[c:d]
        for before, after in zip_longest(gone, come):
            yield HtmlChange("words of a form or a tooltip", before, after)
    loads = [_LOADED.findall(document.source) for document in (old, new)]
    if loads[0] != loads[1]:
        sentence = "where the email loads its fonts or its style from changed"
        yield HtmlChange("font", sentence=sentence, detail=digest_of(*loads))
    for name in _SETTINGS:
        before, after = (
            next((meta.get("content") for meta in document.all("meta") if meta.get("name") == name), "")
            or None
            for document in (old, new)
        )
        if before != after:
            was, now = (value and " and ".join(value.split()) for value in (before, after))
            sentence = (
                _SETTINGS[name].format(now)
                if now or name == "viewport"
                else f"the email no longer says that it is made for {was}"
            )
            yield HtmlChange("for mail programs", sentence=sentence, detail=digest_of(name, before, after))


def _added(name: str, value: str) -> str | None:
    """Return the addresses of pictures, or the words that a style sheet adds; None where it adds none."""
    if name == "content":
        words = "".join(one or other for one, other in _STRING.findall(value))
        return _ESCAPE.sub(_unescaped, words) or None
    if name == "background-image":
        return pictures_in(value)
    return None if value == "none" else value


def _unescaped(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else 0
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else found[2] or ""


def _outlook_changes(
    old: str, new: str, parts: Set[str], looks_said: Sequence[LookDifference]
) -> Iterator[HtmlChange]:
    """Yield what changed in what only Outlook for Windows shows; its words and links are nowhere else to be seen.

    Args:
        old, new: What is written for Outlook.
        parts: What the changes are about that are said for all others.
        looks_said: What looks different for all others: the tables for Outlook repeat it.
    """
    was, now = (parsed(_FILL.sub("", _CONDITION.sub("", text))) for text in (old, new))
    read, found = _compared(was, now)
    known = {_values_of(each) for each in looks_said}
    pictures = {
        tuple(value and _added(each.name, value) for value in each[1:3])
        for each in looks_said
        if each.name == "background-image"
    }
    fills = list(_fill_changes(*(parsed("".join(_FILL.findall(text))) for text in (old, new))))
    behind = [
        each for each in fills if each[1:3] not in pictures and ("background-color", *each[1:3]) not in known
    ]
    values = {_values_of(each) for each in found if not each.words}

    def repeats(each: LookDifference) -> bool:
        name, before, after = _values_of(each)
        return (name, before, after) in known or (name, after, before) in values  # the second: it moved

    def is_elsewhere(each: LookDifference) -> bool:
        """Whether both versions have both values: where parts that move stand is said of their words."""
        parts = " ".join(filter(None, each[1:3])).split()
        return all(part in side for part in parts for side in (old, new))

    is_sized = not parts.isdisjoint(_SIZED)
    left = [
        each._replace(until="")  # the whole of it is not the whole email
        for each in found
        if each.name != "empty part"
        and (each.words or each.name != "vertical-align")
        and _values_of(each) not in known
        and not (each.name.endswith("radius") and "borders" in parts)
        and (
            each.words
            or not (
                repeats(each)
                or is_elsewhere(each)
                or (each.name == "width" and (is_sized or each.when == MAIL_PROGRAMS))
            )
        )
    ]
    changes = [*read, *_looks_changes(was, now, left), *map(_said_of_fill, behind)]
    for change in changes:
        is_own = change.part == "for Outlook"
        yield change if is_own else change._replace(part=f"for Outlook › {change.part}")
    if not changes and not fills and not parts:
        sentence = "what is written for Outlook on Windows changed, and nothing that is seen"
        yield HtmlChange("for Outlook", sentence=sentence, detail=_unseen_detail(was, now))


_FILL = re.compile(r"<v:(?:fill|background|image)\b[^>]*>", re.IGNORECASE)
"""What Outlook draws behind a text."""


def _fill_changes(old: Document, new: Document) -> Iterator[HtmlChange]:
    """Yield what Outlook draws behind texts now, and drew before: pictures, colours."""
    for name, part in (("src", "background image"), ("color", "colours")):
        was, now = (
            [value for element in side.elements if (value := element.get(name))] for side in (old, new)
        )
        if name == "color":
            was, now = ([dict(pairs(name, value))[name] for value in side] for side in (was, now))
        for a, b, c, d in changed_ranges(was, now):
            for pair in zip_longest(was[a:b], now[c:d]):
                yield HtmlChange(part, *pair)
    rest = [
        [
            sorted(one for one in each.attributes.items() if one[0] not in ("src", "color"))
            for each in side.elements
        ]
        for side in (old, new)
    ]
    if len(rest[0]) == len(rest[1]) and rest[0] != rest[1]:
        sentence = "the place and the size of the background image changed"
        yield HtmlChange(LAYOUT, sentence=sentence, detail=digest_of(rest))


def _said_of_fill(change: HtmlChange) -> HtmlChange:
    """Return a change of what is behind a text, of colours in a sentence."""
    if change.part != "colours":
        return change
    was, now = (each and said_of_value(each) for each in change[1:3])
    said = f"changed: {was} became {now}" if was and now else f"is {'new' if now else 'gone'}: {now or was}"
    return HtmlChange(change.part, sentence=f"a background {said}", detail=digest_of(was, now))


def _values_of(each: LookDifference) -> tuple[str, str | None, str | None]:
    return each.name.removeprefix("hr "), each.old, each.new


_SIZED = frozenset({"sizes", "spaces", "borders", "layout"})
"""What makes the tables for Outlook wider or narrower."""


def _unseen_detail(old: Document, new: Document) -> str:
    """Return which rules, tags and texts came and went, however often; where they are the same, what stands between the differences.

    Where all tags are the same but for what is written in them, that is told by itself: the rest of a tag is of its email.
    """
    written = _attribute_changes(old, new)
    sides = [
        Counter(
            piece.strip()
            for piece in _PIECE.findall(document.source)
            if piece.strip() and not (written and _TAG.match(piece))
        )
        for document in (old, new)
    ]
    gone, come = sorted(sides[0] - sides[1]), sorted(sides[1] - sides[0])
    told = (written, gone, come)
    return digest_of(*told) if any(told) else digest_of(*_middles(old.source, new.source))


_PIECE = re.compile(r"<!--.*?-->|<[^>]*>?|[^<{}]+\{[^<{}]*\}|[^<{}]+\{?|[{}]", re.DOTALL)
"""What HTML is made of: a comment, a tag, a rule of a style, the beginning of what rules stand in, a text."""
_TAG = re.compile("</?[a-zA-Z]")


def _attribute_changes(old: Document, new: Document) -> list[tuple[str, str, str, str]]:
    """Return what is written otherwise in the tags: each tag, the attribute, its value before and now; nothing where other tags stand there."""
    if [each.tag for each in old.elements] != [each.tag for each in new.elements]:
        return []
    return sorted(
        {
            (was.tag, name, str(was.get(name)), str(now.get(name)))
            for was, now in zip(old.elements, new.elements, strict=True)
            if was.attributes != now.attributes
            for name in {**was.attributes, **now.attributes}
            if was.attributes.get(name) != now.attributes.get(name)
        }
    )


def _middles(old: str, new: str) -> tuple[str, str]:
    """Return two texts from their first difference to their last."""
    start, end = same_ends(old, new)
    return old[start : len(old) - end], new[start : len(new) - end]
