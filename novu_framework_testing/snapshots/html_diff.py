"""What changed in an HTML body, as its reader sees it: words, links and images, and what it looks like in a sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from novu_framework_testing._internal.html_document import Document, parsed
from novu_framework_testing.snapshots.reading import Block, blocks_of
from novu_framework_testing.snapshots.sequences import changed_ranges, same_ends

_PAIRS = 2_500
_ALIKE = 0.3
_WORD = re.compile(r"\w+")


class HtmlChange(NamedTuple):
    """One thing that changed.

    Attributes:
        part: What it is about, such as `text`, `button “Pay”`, `colours`.
        old, new: Its words before and now; None where it was not there or is gone, and both for a sentence.
        sentence: What changed besides words, said in one.
        detail: What the sentence does not say, such as which rules of the layout: equal for equal changes, whatever
            is around them.
    """

    part: str
    old: str | None = None
    new: str | None = None
    sentence: str | None = None
    detail: str = ""


def html_changes(old: str, new: str) -> Iterator[HtmlChange]:
    """Yield what changed from one HTML body to another: at least one thing, unless they are equal. Never markup.

    >>> for change in html_changes('<b style="color:#111">Hello</b><p>old</p>', '<b style="color:#222">Hello</b><p>new</p>'):
    ...     print(*change[:4])
    text old new None
    colours None None a colour changed: #111 became #222
    """
    if old == new:
        return
    before, after = parsed(old), parsed(new)
    is_said = False
    for change in _read_changes(blocks_of(before), blocks_of(after)):
        is_said = True
        yield change
    for change in _looks_changes(before, after, only_looks=not is_said):
        is_said = True
        yield change
    if not is_said:
        yield HtmlChange("markup", sentence=_unseen(before, after), detail=_detail(*_middles(old, new)))


def block_changes(old: Sequence[Block], new: Sequence[Block]) -> Iterator[HtmlChange]:
    """Yield what changed from one sequence of blocks to another: the words, where links lead, what moved."""
    yield from _read_changes(old, new)


# What is read


def _read_changes(old: Sequence[Block], new: Sequence[Block]) -> Iterator[HtmlChange]:
    ranges = [(old[a:b], new[c:d]) for a, b, c, d in changed_ranges(old, new)]
    moved = Counter(one for gone, _ in ranges for one in gone) & Counter(
        one for _, come in ranges for one in come
    )
    for block in moved:
        if not block.inside:
            sentence = f"“{_short(block.text or block.target)}” stands at another place"
            yield HtmlChange(block.kind, sentence=sentence, detail=_detail(block.text, block.target))
    for gone, come in ranges:
        was, now = ([one for one in side if one not in moved] for side in (gone, come))
        for before, after in _pairs(was, now):
            yield from _block_changes(before, after)


def _pairs(old: list[Block], new: list[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    """Yield what became what: the most alike of a kind, then the rest in order."""
    partners: dict[int, Block] = {}
    left = list(old)
    if len(old) != len(new) or [one.kind for one in old] != [one.kind for one in new]:
        for index, block in enumerate(new):
            same = [one for one in left if one.kind == block.kind] if len(new) * len(left) < _PAIRS else []
            best = max(same, key=lambda one: _likeness(one, block), default=None)
            if best is not None and _likeness(best, block) >= _ALIKE:
                partners[index] = best
                left.remove(best)
    for kind in dict.fromkeys(one.kind for one in left):
        olds = [one for one in left if one.kind == kind]
        free = [at for at, one in enumerate(new) if one.kind == kind and at not in partners]
        partners.update(zip(free, olds, strict=False))
        for one in olds[: len(free)]:
            left.remove(one)
    for index, block in enumerate(new):
        yield partners.get(index), block
    for block in left:
        yield block, None


def _likeness(one: Block, other: Block) -> float:
    if one.target and one.target == other.target:
        return 1.0
    words = set(_WORD.findall(one.text)), set(_WORD.findall(other.text))
    return len(words[0] & words[1]) / (len(words[0] | words[1]) or 1)


def _block_changes(old: Block | None, new: Block | None) -> Iterator[HtmlChange]:
    block = new or old
    assert block is not None
    if not block.target and not block.is_image:
        yield HtmlChange(block.kind, old and old.text, new and new.text)
        return
    named = f"{block.kind} “{_short(block.text)}”" if block.text else f"{block.kind} without words"
    if old is None or new is None:
        yield HtmlChange(named, old and _address(old.target), new and _address(new.target))
        return
    if old.text != new.text and not (old.inside and new.inside):
        words = f"alternative text of an {block.kind}" if block.is_image else f"words of a {block.kind}"
        yield HtmlChange(words, old.text, new.text)
    yield from _target_changes(named, old.target, new.target)


def _target_changes(named: str, old: str, new: str) -> Iterator[HtmlChange]:
    if old == new:
        return
    if _address(old) == _address(new):
        yield HtmlChange(named, sentence="it is another picture", detail=_detail(old, new))
        return
    was, now = _split(old), _split(new)
    if was is None or now is None or was[0] != now[0] or len(dict(was[1])) != len(was[1]) or was[1] == now[1]:
        yield HtmlChange(named, _address(old), _address(new))
        return
    before, after = dict(was[1]), dict(now[1])
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield HtmlChange(f"{named} › {name}", before.get(name), after.get(name))


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


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


# What it looks like


class _Look(NamedTuple):
    """Something of the looks: how one and several are called, and the CSS properties of it."""

    part: str
    one: str
    properties: re.Pattern[str]


_BACKGROUND = "background image"
_LOOKS = (
    _Look(_BACKGROUND, "a background image", re.compile("^background-image$")),
    _Look(
        "words of a form or a tooltip",
        "words of a form or a tooltip",
        re.compile("^title$|^placeholder$|^value$"),
    ),
    _Look("colours", "a colour", re.compile("color|^background$|^fill|shadow")),
    _Look("font", "the font", re.compile("^font-family|^font$")),
    _Look("size of text", "the size of text", re.compile("^font-size|^line-height|^letter-spacing")),
    _Look("style of text", "the style of text", re.compile("^font-|^text-(?!align)")),
    _Look("alignment", "the alignment", re.compile("align|^direction$|^float$|^dir$")),
    _Look("spaces", "the spacing", re.compile("^margin|^padding|^cell|space")),
    _Look("borders", "a border", re.compile("^border")),
    _Look("size of an image", "the size of an image", re.compile("^image-size$")),
    _Look("sizes", "a size", re.compile("width|height")),
    _Look("language", "the language", re.compile("^lang$")),
    _Look("for screen readers", "what screen readers are told", re.compile("^aria-|^role$|^scope$")),
)
_LAYOUT = "layout"
_READ_ELSEWHERE = frozenset({"href", "src", "alt", "style"})
_ATTRIBUTES = {"background": _BACKGROUND} | dict.fromkeys(
    ("bgcolor", "color", "text", "link", "vlink"), "colours"
)
_STYLES_OF_TEXT = {
    "b": "bold", "strong": "bold", "i": "italics", "em": "italics", "u": "underlined", "s": "struck out", "del": "struck out",
}  # fmt: skip
_CONDITION = re.compile(r"\[if[^\]]*\]>|<!\[endif\]")
_PLAIN_VALUE = re.compile(r"[\w#%.,() '\"/!-]{1,40}")
_MOST_VALUES = 3


def _looks_changes(old: Document, new: Document, *, only_looks: bool) -> Iterator[HtmlChange]:
    was, now = _looks(old), _looks(new)
    ones = {look.part: look.one for look in _LOOKS}
    for part in [*ones, _LAYOUT]:
        gone, come = was[part] - now[part], now[part] - was[part]
        detail = _detail(sorted(gone), sorted(come))
        if part == _LAYOUT:
            # a paragraph more or less brings its elements: that is said with its words
            if (gone and come) or (only_looks and (gone or come)):
                yield HtmlChange(part, sentence="the layout changed", detail=detail)
        elif (gone and come) or was[part].keys() != now[part].keys():
            fresh, lost = come.keys() - was[part].keys(), gone.keys() - now[part].keys()
            if gone and come:
                yield HtmlChange(part, sentence=_became(ones[part], gone, come), detail=detail)
            elif lost or fresh:
                what = "is new" if fresh else "is gone"
                sentence = f"{ones[part]} {what}{_colon(sorted(fresh or lost))}"
                yield HtmlChange(part, sentence=sentence, detail=detail)
        elif only_looks and (gone or come):
            sentence = f"{ones[part]} is in {'more' if come else 'fewer'} places"
            yield HtmlChange(part, sentence=sentence, detail=detail)
    if old.outlook != new.outlook:
        yield from _outlook_changes(old.outlook, new.outlook)


def _outlook_changes(old: str, new: str) -> Iterator[HtmlChange]:
    """Yield what changed in what only Outlook for Windows shows; its words and links are nowhere else to be seen."""
    was, now = (blocks_of(parsed(_CONDITION.sub("", text))) for text in (old, new))
    is_said = False
    for change in _read_changes(was, now):
        is_said = True
        yield change._replace(part=f"for Outlook › {change.part}")
    if not is_said:
        sentence = "what only Outlook for Windows shows changed"
        yield HtmlChange("for Outlook", sentence=sentence, detail=_detail(*_middles(old, new)))


def _looks(document: Document) -> dict[str, Counter[str]]:
    """Return how often each value comes, by what it is about."""
    found: dict[str, Counter[str]] = {part: Counter() for part in (*(look.part for look in _LOOKS), _LAYOUT)}
    for name, value, *_, selector, at_rule in document.declarations:
        part = _BACKGROUND if name == "background" and "url(" in value else _part_of(name)
        found[part][value if part != _LAYOUT else f"{name}:{value}"] += 1
        if selector or at_rule:
            found[_LAYOUT][f"{at_rule}{selector}{{{name}"] += 1
    for element in document.elements:
        style = _STYLES_OF_TEXT.get(element.tag)
        found["style of text" if style else _LAYOUT][style or element.tag] += 1
        attributes = element.attributes
        if element.tag == "img" and ("width" in attributes or "height" in attributes):
            size = f"{attributes.get('width') or '?'} × {attributes.get('height') or '?'}"
            found["size of an image"][size] += 1
        for name, value in attributes.items():
            if name in _READ_ELSEWHERE or (element.tag == "img" and name in ("width", "height")):
                continue
            part = _ATTRIBUTES.get(name) or _part_of(name)
            found[part][value if part != _LAYOUT else f"{name}={value}"] += 1
    return found


def _part_of(name: str) -> str:
    return next((look.part for look in _LOOKS if look.properties.search(name)), _LAYOUT)


def _became(one: str, gone: Counter[str], come: Counter[str]) -> str:
    if len(gone) == len(come) == 1:
        (was, often), (now, places) = *gone.items(), *come.items()
        if _PLAIN_VALUE.fullmatch(was) and _PLAIN_VALUE.fullmatch(now.replace("×", "x")):
            return f"{one} changed: {was} became {now}{_places(max(often, places))}"
    values = [*gone, *come]
    if len(values) <= 2 * _MOST_VALUES and all(
        _PLAIN_VALUE.fullmatch(one.replace("×", "x")) for one in values
    ):
        return f"{one} changed: {_listed(gone)} became {_listed(come)}"
    return f"{one} changed{_places(max(gone.total(), come.total()))}"


def _places(number: int) -> str:
    return "" if number == 1 else f", in {number} places"


def _listed(values: Counter[str]) -> str:
    return " and ".join(sorted(values))


def _colon(values: Sequence[str]) -> str:
    plain = [one for one in values if _PLAIN_VALUE.fullmatch(one.replace("×", "x"))][:_MOST_VALUES]
    return f": {', '.join(plain)}" if plain else ""


def _unseen(old: Document, new: Document) -> str:
    if [(one.tag, one.attributes) for one in old.elements] != [
        (one.tag, one.attributes) for one in new.elements
    ]:
        return "the layout changed: the same parts are put together in another way"
    return "something changed that is not seen, such as blanks or comments"


def _middles(old: str, new: str) -> tuple[str, str]:
    """Return two texts from their first difference to their last."""
    start, end = same_ends(old, new)
    return old[start : len(old) - end], new[start : len(new) - end]


def digest_of(*facts: object) -> str:
    """Return a digest of what changed exactly, for `HtmlChange.detail`."""
    return _detail(*facts)


def _detail(*facts: object) -> str:
    return sha256(repr(facts).encode("utf-8", "backslashreplace")).hexdigest()[:16]
