"""What changed in an HTML body, as its reader sees it: words, links and images, and what it looks like in a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import zip_longest
from operator import eq
from typing import NamedTuple, TypeAlias, get_args
from urllib.parse import parse_qsl, urlsplit

from novu_framework_testing._internal.html_document import Document, parsed
from novu_framework_testing.snapshots.html_looks import differences
from novu_framework_testing.snapshots.look_sentences import looks, short
from novu_framework_testing.snapshots.reading import Block, BlockKind, blocks_of
from novu_framework_testing.snapshots.sequences import changed_ranges, same_ends

_PAIRS = 2_500
_ALIKE = 0.3
_WORD = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d+")
_SAYING_LITTLE = frozenset(get_args(BlockKind)) - {"title", "image", "invisible image"}
"""The kinds of blocks that do not say what they are about, as `total` does."""


class HtmlChange(NamedTuple):
    """One thing that changed.

    Attributes:
        part: What it is about, such as `text`, `button “Pay”`, `colours`.
        old, new: Its words before and now; None where it was not there or is gone, and both for a sentence.
        sentence: What changed besides words, said in one.
        detail: What the sentence does not say, such as which rules of the layout: equal for equal changes, whatever
            is around them.
        about: Words that tell this change from others that are the same in all else.
    """

    part: str
    old: str | None = None
    new: str | None = None
    sentence: str | None = None
    detail: str = ""
    about: str = ""


def html_changes(old: str, new: str) -> Iterator[HtmlChange]:
    """Yield what changed from one HTML body to another: at least one thing, unless they are equal. Never markup.

    >>> for change in html_changes('<b style="color:#111">Hello</b><p>old</p>', '<b style="color:#222">Hello</b><p>new</p>'):
    ...     print(*change[:4])
    text after “Hello” old new None
    colours None None the colour of “Hello” changed: dark grey #111111 became dark grey #222222
    """
    if old == new:
        return
    # A review asks several times: to name a change, to find its equals, to show it. The bodies are too large to be kept.
    key = (
        sha256(old.encode("utf-8", "backslashreplace")).digest()
        + sha256(new.encode("utf-8", "backslashreplace")).digest()
    )
    if key not in _known:
        if len(_known) >= _MOST_KNOWN:
            del _known[next(iter(_known))]
        _known[key] = tuple(_all_changes(parsed(old), parsed(new)))
    yield from _known[key]


_MOST_KNOWN = 4_096
_known: dict[bytes, tuple[HtmlChange, ...]] = {}


def _all_changes(before: Document, after: Document) -> Iterator[HtmlChange]:
    is_said = False
    for change in _changes(before, after):
        is_said = True
        yield change
    if before.outlook != after.outlook:
        is_said = True
        yield from _outlook_changes(before.outlook, after.outlook)
    if not is_said:
        sentence = "what is written in the HTML changed, and nothing that is read or seen"
        yield HtmlChange("unseen", sentence=sentence, detail=_unseen_detail(before, after))


def _changes(old: Document, new: Document) -> Iterator[HtmlChange]:
    olds, news = blocks_of(old), blocks_of(new)
    ranges = _ranges(olds, news)
    yield from _read_changes(olds, news, ranges)
    yield from _looks_changes(old, new, _aligned(olds, news, ranges))


_Range: TypeAlias = "tuple[int, int, int, int]"


def _aligned(
    old: Sequence[Block], new: Sequence[Block], ranges: Sequence[_Range]
) -> Iterator[tuple[int, int]]:
    """Yield which block is which, in order: equal ones, and those that stand in the place of one of their kind."""
    left = right = 0
    for a, b, c, d in [*ranges, (len(old), len(old), len(new), len(new))]:
        yield from zip(range(left, a), range(right, c), strict=True)
        if [one.kind for one in old[a:b]] == [one.kind for one in new[c:d]]:
            yield from zip(range(a, b), range(c, d), strict=True)
        left, right = b, d


def block_changes(old: Sequence[Block], new: Sequence[Block]) -> Iterator[HtmlChange]:
    """Yield what changed from one sequence of blocks to another: the words, where links lead, what moved."""
    yield from _read_changes(old, new, _ranges(old, new))


def _ranges(old: Sequence[Block], new: Sequence[Block]) -> list[_Range]:
    """Return where two sequences differ: place by place where as many are the same so, as where two prices were exchanged."""
    ranges = list(changed_ranges(old, new))
    if [one.kind for one in old] == [one.kind for one in new]:
        same = len(old) - sum(b - a for a, b, _, _ in ranges)
        places = [at for at, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
        are_values = not any(_LETTER.search(side[at].text) for at in places for side in (old, new))
        if are_values or len(old) - len(places) >= same:
            return [(at, at + 1, at, at + 1) for at in places]
    return ranges


# What is read


def _read_changes(
    old: Sequence[Block], new: Sequence[Block], ranges: Sequence[_Range]
) -> Iterator[HtmlChange]:
    sides = [(old[a:b], new[c:d], a, c) for a, b, c, d in ranges]
    moved = Counter(one for gone, *_ in sides for one in gone) & Counter(
        one for _, come, *_ in sides for one in come if one.is_image or _LETTER.search(one.text or one.target)
    )
    headings_old, headings_new = _under(old), _under(new)
    for block in moved:
        if not block.inside:
            yield _moved(block, new)
    for gone, come, first_old, first_new in sides:
        was, now = (
            [
                _Standing(one, _beside(blocks, first + at), headings[first + at], first + at)
                for at, one in enumerate(changed)
                if one not in moved
            ]
            for blocks, headings, changed, first in (
                (old, headings_old, gone, first_old),
                (new, headings_new, come, first_new),
            )
        )
        for before, after in _pairs(was, now):
            if before and after and _key(before) == _key(after) and before.at != after.at:
                if not after.block.inside:
                    yield _moved(after.block, new)
            else:
                yield from _block_changes(before, after)


class _Standing(NamedTuple):
    """A block, and what it stands beside, or after, if it says too little by itself: `€80` in the row `Visit`."""

    block: Block
    beside: str
    under: str = ""
    at: int = 0


def _under(blocks: Sequence[Block]) -> list[str]:
    """Return the heading that each block stands under, empty where there is none."""
    found, heading = [], ""
    for block in blocks:
        found.append(heading)
        if block.kind == "heading":
            heading = short(block.text)
    return found


def _beside(blocks: Sequence[Block], at: int) -> str:
    block = blocks[at]
    if block.row:
        return block.row
    says_little = not _LETTER.search(block.text) or len(_WORD.findall(block.text)) <= 1
    if at and block.kind in _SAYING_LITTLE and says_little:
        return short(blocks[at - 1].text)
    return ""


def _moved(block: Block, blocks: Sequence[Block]) -> HtmlChange:
    at = blocks.index(block)
    sentence = f"“{short(block.text or block.target)}” stands at another place"
    return HtmlChange(
        block.kind,
        sentence=sentence,
        detail=_detail(block.text, block.target),
        about=blocks[at - 1].text if at else "",
    )


def _pairs(old: list[_Standing], new: list[_Standing]) -> Iterator[tuple[_Standing | None, _Standing | None]]:
    """Yield what became what: the same words, then the same row, then the most alike of a kind, then the rest in order.

    Those with the same words have the same `at` where they stay, and different ones where they stand at another place.
    """
    keys = [_key(one) for one in old], [_key(one) for one in new]
    stays = list(_kept(*keys))
    is_alike = [one.block.kind for one in old] == [one.block.kind for one in new]
    if is_alike and sum(map(eq, *keys)) >= len(stays):  # as where two prices of a row were exchanged
        yield from ((one, each._replace(at=one.at)) for one, each in zip(old, new, strict=True))
        return
    partners = {after: old[before] for before, after in stays}
    staying = set(partners)
    left = [one for at, one in enumerate(old) if at not in {before for before, _ in stays}]
    for index, (block, *_) in enumerate(new):
        if not is_alike and index not in partners and len(new) * len(left) < _PAIRS:
            best = max(left, key=lambda one: _likeness(one.block, block), default=None)
            if best is not None and _likeness(best.block, block) >= _ALIKE:
                partners[index] = best
                left.remove(best)
    for kind in dict.fromkeys(one.block.kind for one in left):
        olds = [one for one in left if one.block.kind == kind]
        free = [at for at, one in enumerate(new) if one.block.kind == kind and at not in partners]
        if len(olds) == len(free):
            partners.update(zip(free, olds, strict=True))
            left = [one for one in left if one.block.kind != kind]
    for index, each in enumerate(new):
        partner = partners.get(index)
        yield partner, each._replace(at=partner.at if partner and index in staying else -1)
    for each in left:
        yield each, None


def _key(one: _Standing) -> tuple[str, str, bool]:
    return one.block.text, one.block.target, one.block.is_image


def _kept(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield which items are the same, in order: what is between the ranges that changed."""
    left = right = 0
    for a, b, c, d in [*changed_ranges(old, new), (len(old), len(old), len(new), len(new))]:
        yield from zip(range(left, a), range(right, c), strict=True)
        left, right = b, d


def _likeness(one: Block, other: Block) -> float:
    if one.kind != other.kind:
        return 0
    if (one.target and one.target == other.target) or (one.row and one.row == other.row):
        return 1
    words = set(_WORD.findall(one.text)), set(_WORD.findall(other.text))
    return len(words[0] & words[1]) / (len(words[0] | words[1]) or 1)


def _block_changes(old: _Standing | None, new: _Standing | None) -> Iterator[HtmlChange]:
    at = new or old
    assert at is not None
    block = at.block
    if old and new and old.block.kind != new.block.kind:
        sentence = f"“{short(block.text)}” is {_a(block.kind)} now, and was {_a(old.block.kind)}"
        yield HtmlChange(block.kind, sentence=sentence, detail=_detail(old.block, block))
        return
    if not block.target and not block.is_image:
        if not (old and new and old.block.text == new.block.text):
            yield HtmlChange(_part(old, new), old and old.block.text, new and new.block.text)
        return
    named = f"{block.kind} “{short(block.text)}”" if block.text else f"{block.kind} without words"
    if old is None or new is None:
        yield HtmlChange(named, old and _address(old.block.target), new and _address(new.block.target))
        return
    if old.block.text != block.text and not (old.block.inside and block.inside):
        words = f"alternative text of an {block.kind}" if block.is_image else f"words of a {block.kind}"
        yield HtmlChange(words, old.block.text, block.text)
    yield from _target_changes(named, old.block.target, block.target)


def _part(old: _Standing | None, new: _Standing | None) -> str:
    """Return what a block is, and what it stands beside if its words alone do not say what it is about."""
    sides = [one for one in (new, old) if one]
    block, beside = sides[0].block, sides[0].beside
    if (
        block.row
        or (len(sides) == 2 and all(one.beside for one in sides))
        or (beside and not _LETTER.search(block.text))
    ):
        return f"{block.kind} {'beside' if block.row else 'after'} “{beside}”"
    under = sides[0].under
    if under and len(sides) == 2:
        words = [_WORD.findall(_DIGITS.sub("", one.block.text)) for one in sides]
        if words[0] == words[1]:  # a number says which one only with what it stands under
            return f"{block.kind} under “{under}”"
    return block.kind


def _a(kind: str) -> str:
    return (
        kind if kind.endswith("text") and kind != "text" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    )


def _target_changes(named: str, old: str, new: str) -> Iterator[HtmlChange]:
    if old == new:
        return
    if _address(old) == _address(new):
        yield HtmlChange(named, sentence="it is another picture", detail=_detail(old, new))
        return
    was, now = _split(old), _split(new)
    if was is None or now is None or was[0] != now[0] or len(dict(was[1])) != len(was[1]) or was[1] == now[1]:
        yield HtmlChange(named, _address(old), _address(new), about=address_about(old, new))
        return
    before, after = dict(was[1]), dict(now[1])
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield HtmlChange(f"{named} › {name}", before.get(name), after.get(name))


def address_about(*addresses: str | None) -> str:
    """Return what tells a change of an address from others: all but the query, which may be the recipient's."""
    return " ".join(each.partition("?")[0] for each in addresses if each)


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
_URL = re.compile(r"url\(\s*['\"]?([^)'\"]*)")
_LOADED = re.compile(r"@import[^;]+|@font-face\s*\{[^}]*\}")
_FORMS = ("title", "placeholder", "value")


def _looks_changes(old: Document, new: Document, pairs: Iterable[tuple[int, int]]) -> Iterator[HtmlChange]:
    found = list(differences(old, new, pairs))
    said: dict[HtmlChange, None] = {}
    for name, part in _WORDS.items():
        for each in (one for one in found if one.name == name):
            was, now = ((_URL.search(value) or [value, value])[1] if value else value for value in each[1:3])
            named = f"{part} “{short(each.words)}”" if each.words else part.rpartition(" ")[0]
            said[HtmlChange(named, was, now)] = None
    yield from said
    for part, sentence, facts, about in looks(one for one in found if one.name not in _WORDS):
        yield HtmlChange(part, sentence=sentence, detail=_detail(part, facts), about=about)
    forms = (
        [element.get(name) for element in document.elements for name in _FORMS if element.get(name)]
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
        yield HtmlChange("font", sentence=sentence, detail=_detail(*loads))
    for name in _SETTINGS:
        before, after = (
            next((meta.get("content") for meta in document.all("meta") if meta.get("name") == name), None)
            for document in (old, new)
        )
        if before != after:
            was, now = (value and " and ".join(value.split()) for value in (before, after))
            sentence = (
                _SETTINGS[name].format(now) if now else f"the email no longer says that it is made for {was}"
            )
            yield HtmlChange("for mail programs", sentence=sentence, detail=_detail(name, before, after))


def _outlook_changes(old: str, new: str) -> Iterator[HtmlChange]:
    """Yield what changed in what only Outlook for Windows shows; its words and links are nowhere else to be seen."""
    was, now = (parsed(_CONDITION.sub("", text)) for text in (old, new))
    said = False
    for change in _changes(was, now):
        said = True
        yield change._replace(part=f"for Outlook › {change.part}")
    if not said:
        sentence = "what is written for Outlook on Windows changed, and nothing that is seen"
        yield HtmlChange("for Outlook", sentence=sentence, detail=_unseen_detail(was, now))


def _unseen_detail(old: Document, new: Document) -> str:
    """Return which tags came and went, however often; where they are the same, what stands between the differences."""
    tags = [{element.source for element in document.elements} for document in (old, new)]
    gone, come = sorted(tags[0] - tags[1]), sorted(tags[1] - tags[0])
    return _detail(gone, come) if gone or come else _detail(*_middles(old.source, new.source))


def _middles(old: str, new: str) -> tuple[str, str]:
    """Return two texts from their first difference to their last."""
    start, end = same_ends(old, new)
    return old[start : len(old) - end], new[start : len(new) - end]


def digest_of(*facts: object) -> str:
    """Return a digest of what changed exactly, for `HtmlChange.detail`."""
    return _detail(*facts)


def _detail(*facts: object) -> str:
    return sha256(repr(facts).encode("utf-8", "backslashreplace")).hexdigest()[:16]
