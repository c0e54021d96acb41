"""The markup of chats, read: the words, which of them are bold and the like, where links lead, and who is meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cache
from typing import NamedTuple

from novu_framework_testing._internal.pages import asset

_DEEPEST = 5
_FENCE = re.compile(r"```(?:[a-z0-9+-]{0,20}\n)?([\s\S]*?)```", re.IGNORECASE)


@dataclass
class Line:
    """One line of a text.

    Attributes:
        text: Its words.
        kind: `heading` or `list item` where the markup says so; empty otherwise.
        styles: Words that are set in a style: the style and the words.
        links, images: Words and an address.
        meant: Names that are mentioned, with the id of who that is.
    """

    text: str = ""
    kind: str = ""
    styles: tuple[tuple[str, str], ...] = ()
    links: list[tuple[str, str]] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    meant: list[tuple[str, str]] = field(default_factory=list)


_Make = Callable[[re.Match[str], Callable[[str], str], Line], str]


def _styled(style: str, group: int = 1) -> _Make:
    def make(found: re.Match[str], inner: Callable[[str], str], line: Line) -> str:
        words = inner(found[found.lastindex or group])
        line.styles = (*line.styles, (style, words))
        return words

    return make


def _between(sign: str) -> str:
    escaped, one = re.escape(sign), re.escape(sign[0])
    before, after = (r"(?<![^\W_])", r"(?![^\W_])") if len(sign) == 1 else ("", "")
    return rf"{before}{escaped}(?=\S)((?:<[^<>\n]*>|[^{one}<\n])+)(?<=\S){escaped}{after}"


def _link(found: re.Match[str], inner: Callable[[str], str], line: Line) -> str:
    label = inner(found[1])
    line.links.append((label, found[2]))
    return label


def _image(found: re.Match[str], inner: Callable[[str], str], line: Line) -> str:
    line.images.append((found[1], found[2]))
    return ""


def _moment(seconds: str, with_time: bool) -> str:
    try:
        moment = datetime.fromtimestamp(int(seconds), timezone.utc)
    except (ValueError, OverflowError, OSError):
        return seconds
    return f"{moment:%H:%M} UTC" if with_time else f"{moment:%Y-%m-%d}"


def _angle(found: re.Match[str], inner: Callable[[str], str], line: Line) -> str:
    """Read what Slack has between < and >: https://docs.slack.dev/messaging/formatting-message-text."""
    target, _, label = found[1].partition("|")
    if date := re.fullmatch(r"!date\^(-?\d+)\^([^^]*)(?:\^(.*))?", target):
        return re.sub(r"\{(\w+)\}", lambda token: _moment(date[1], "time" in token[1]), date[2])
    if target[:1] in ("@", "#", "!"):
        who = target[1:].rpartition("^")[2]
        name = label or who
        name = name if name[:1] in ("@", "#") else ("#" if target[0] == "#" else "@") + name
        if label:
            line.meant.append((name, who))
        return name
    if not re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
        return found[0]
    words = inner(label) if label else _unescape(target).removeprefix("mailto:")
    line.links.append((words, _unescape(target)))
    return words


def _discord(found: re.Match[str], inner: Callable[[str], str], line: Line) -> str:
    sign, rest = found[1], found[2]
    if sign == "t:":
        return f"{_moment(rest.split(':')[0], False)} {_moment(rest.split(':')[0], True)}"
    return f":{rest.split(':')[0]}:" if sign.endswith(":") else f"{sign[0]}{rest}"


_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}


def _unescape(text: str) -> str:
    return re.sub("&(?:lt|gt|amp|quot);", lambda found: _ENTITIES[found[0]], text)


def _tagged(found: re.Match[str], inner: Callable[[str], str], line: Line) -> str:
    """Read a tag that Telegram knows: https://core.telegram.org/bots/api#html-style."""
    words = inner(found[3])
    if found[1].lower() == "a":
        href = re.search(r"""href\s*=\s*(["'])(.*?)\1""", found[2], re.IGNORECASE)
        line.links.append((words, _unescape(href[2]) if href else ""))
    else:
        line.styles = (*line.styles, (_TAGS[found[1].lower()], words))
    return words


def emoji_of(name: str) -> str:
    """Return the emoji of a short name, as the page draws it; the name between colons where it is none of the usual ones.

    >>> emoji_of("bell"), emoji_of("party_parrot")
    ('🔔', ':party_parrot:')
    """
    return _emoji().get(name, f":{name}:")


@cache
def _emoji() -> dict[str, str]:
    names = asset("review", "emoji.js").split("`")[1].split()
    return dict(zip(names[::2], names[1::2], strict=True))


class _Flavour(NamedTuple):
    rules: tuple[tuple[str, _Make], ...]
    lists: bool = False
    entities: bool = False
    is_marked: bool = True


_TAGS = {
    "b": "bold", "strong": "bold", "i": "in italics", "em": "in italics", "u": "underlined", "ins": "underlined", "s": "struck out",
    "strike": "struck out", "del": "struck out", "code": "code", "pre": "code", "blockquote": "quoted", "tg-spoiler": "hidden until it is pressed",
    "span": "hidden until it is pressed", "tg-emoji": "an emoji", "a": "",
}  # fmt: skip
_EMOJI = (r":([a-z0-9_+'-]{1,60}):", lambda found, inner, line: emoji_of(found[1]))
_CODE = (r"`([^`\n]+)`", lambda found, inner, line: _styled("code")(found, str, line))
_STAR, _DASH, _WAVE = ((_between(sign), _styled(style)) for sign, style in (("*", "bold"), ("_", "in italics"), ("~", "struck out")))  # fmt: skip
_BOLD, _BOLD_TOO, _STRUCK = ((_between(sign), _styled(style)) for sign, style in (("**", "bold"), ("__", "bold"), ("~~", "struck out")))  # fmt: skip
_ITALIC = (_between("*"), _styled("in italics"))
_UNDERLINED = (_between("__"), _styled("underlined"))
_SPOILER = (_between("||"), _styled("hidden until it is pressed"))
_LINK = (r"\[([^\[\]\n]{1,2000})\]\(<?([^()<>\s]{0,2000})>?\)", _link)
_IMAGE = (r"!\[([^\[\]\n]{0,2000})\]\(([^()\s]{0,2000})\)", _image)
FLAVOURS: dict[str, _Flavour] = {
    "none": _Flavour((), is_marked=False),
    "slack without markup": _Flavour((_EMOJI,), is_marked=False),
    "slack": _Flavour((_CODE, _EMOJI, (r"<([^<>\n]{1,3000})>", _angle), _STAR, _DASH, _WAVE), entities=True),
    "inbox": _Flavour((_BOLD, _ITALIC)),
    "whatsapp": _Flavour((_CODE, _STAR, _DASH, _WAVE), lists=True),
    "markdown": _Flavour((_CODE, _IMAGE, _LINK, _BOLD, _BOLD_TOO, _STRUCK, _ITALIC, _DASH), lists=True),
    "discord": _Flavour((_CODE, _LINK, _SPOILER, (r"<(@[!&]?|#|t:|a?:)([^<>\n]{1,100})>", _discord), _BOLD, _UNDERLINED, _STRUCK, _ITALIC, _DASH), lists=True),
    "MarkdownV2": _Flavour(((r"\\([_*\[\]()~`>#+\-=|{}.!\\])", lambda found, inner, line: found[1]), _CODE, _LINK, _SPOILER, _UNDERLINED, _STAR, _DASH, _WAVE)),
    "Markdown": _Flavour((_CODE, _LINK, _STAR, _DASH)),
    "HTML": _Flavour(((rf"(?is)<({'|'.join(sorted(_TAGS, key=len, reverse=True))})\b([^<>]*)>(.*?)</\1>", _tagged),), entities=True),
}  # fmt: skip
"""Whose markup a text can have, each as the page draws it."""
_TAGGED = re.compile(FLAVOURS["HTML"].rules[0][0])
_PATTERNS = {name: [re.compile(source) for source, _ in flavour.rules] for name, flavour in FLAVOURS.items()}
_HEADING = re.compile(r"#{1,6} +(?=\S)")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
_QUOTE = re.compile(r"(?:>|&gt;) ?")


def said(text: str, flavour: str) -> Iterator[Line]:
    """Yield the lines of a text that are not empty.

    >>> [line] = said("*Ann* asks <!subteam^S1|@backup>", "slack")
    >>> line.text, line.styles
    ('Ann asks @backup', (('bold', 'Ann'),))
    """
    known = FLAVOURS[flavour]
    if flavour == "HTML":
        # a tag around several lines is one around each of them
        text = _TAGGED.sub(lambda tag: tag[0].replace("\n", f"</{tag[1]}>\n<{tag[1]}{tag[2]}>"), text)
    for index, part in enumerate(_FENCE.split(text) if known.is_marked else [text]):
        for written in part.split("\n"):
            if not written.strip():
                continue
            line = Line()
            if index % 2:
                line.text, line.styles = written, (("code", written),)
            else:
                line.text = _inline(_start(written, flavour, line), flavour, line)
                line.styles = tuple((style, words or line.text) for style, words in line.styles)
            yield line


def _start(written: str, flavour: str, line: Line) -> str:
    """Take the signs from the start of a line that say what it is."""
    if not FLAVOURS[flavour].is_marked:
        return written
    if quote := _QUOTE.match(written):
        line.styles = (("quoted", ""),)
        return written[quote.end() :]
    if FLAVOURS[flavour].lists:
        for kind, pattern in (("heading", _HEADING), ("list item", _ITEM)):
            if found := pattern.match(written):
                line.kind = kind
                return written[found.end() :]
    return written


def _inline(text: str, flavour: str, line: Line, depth: int = 0) -> str:
    """Return the words, and note what they have besides."""
    known = FLAVOURS[flavour]
    plain = _unescape if known.entities else str
    if depth > _DEEPEST:
        return plain(text)

    def inner(words: str) -> str:
        return _inline(words, flavour, line, depth + 1)

    made, at = [], 0
    upcoming = [pattern.search(text) for pattern in _PATTERNS[flavour]]
    while any(upcoming):
        # the first in the text; of several there, the first rule
        rule = min(
            (index for index, found in enumerate(upcoming) if found),
            key=lambda index: (upcoming[index].start(), index),  # type: ignore[union-attr]
        )
        found = upcoming[rule]
        assert found is not None
        made += [plain(text[at : found.start()]), known.rules[rule][1](found, inner, line)]
        at = found.end()
        upcoming = [
            pattern.search(text, at) if one and one.start() < at else one
            for pattern, one in zip(_PATTERNS[flavour], upcoming, strict=True)
        ]
    return "".join([*made, plain(text[at:])])
