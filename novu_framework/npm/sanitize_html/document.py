"""The reading of a document, once from left to right, and its printing at the same time.

The reading is that of ``htmlparser2``, not of the HTML standard: nothing is added that was not
written, a few start tags end what they cannot stand in, and what is open at the end is closed.
Time is linear in the length of what comes in, however hostile: no pattern here can fail after a
long match, so none backtracks, and finding what an end tag ends is one look-up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from novu_framework.npm.ecmascript.text import BLANKS
from novu_framework.npm.sanitize_html.attributes import rest_after_attributes, start_tag
from novu_framework.npm.sanitize_html.elements import ENDED_BY, FOREIGN, HTML_IN_FOREIGN, TEXT_ONLY, VOID
from novu_framework.npm.sanitize_html.entities import decode_text, escape_text
from novu_framework.npm.sanitize_html.policy import (
    ALLOWED_TAGS,
    DROPPED_WITH_CONTENT,
    PRINTED_WITHOUT_END_TAG,
)

_TOKEN = re.compile(
    r"""
    ([^<]*)                                             # text
    (?:<(?:
        ([a-zA-Z][^ \t\n\f\r/>]*)                       # the name of a start tag
        (   (?:[ \t\n\f\r]+[a-zA-Z][a-zA-Z0-9:_-]*="[^"]*")*  # the usual form, ahead of all forms: it is quicker
            (?: [ \t\n\f\r]+
            |   /(?![ \t\n\f\r]*>)
            |   [^ \t\n\f\r/>][^ \t\n\f\r/>=]*
                (?:[ \t\n\f\r]*=[ \t\n\f\r]*(?:"[^"]*(?:"|\Z)|'[^']*(?:'|\Z)|[^ \t\n\f\r>]*))?
            )*
        )                                               # its attributes
        (>|/[ \t\n\f\r]*>)?
    |   /[ \t\n\f\r]*([a-zA-Z][^ \t\n\f\r>]*)          # the name of an end tag
        ([^>]*)(>)?
    ))?
    """,
    re.VERBOSE,
)
# Kept where it is written in capitals, on one line, before everything else.
_DOCTYPE = re.compile("<!DOCTYPE [^>\n\r\u2028\u2029]*>")
_SLASHED_END_TAG = re.compile(rf"(</[a-zA-Z][a-zA-Z0-9]*)[{BLANKS}]*/[^>]*>")
# The reader looks for "</title", and takes no notice of a "&" right behind a part of it.
_UNREAD_REFERENCE = re.compile(r"((?:<|</|</t|</ti|</tit|</titl)&)", re.IGNORECASE | re.ASCII)
_SPACE_IN_END_TAG = re.compile(r"[ \t\n\f\r]*")

# The tags that only open and close an element, whether they are printed or not.
_UNUSUAL = VOID | FOREIGN | HTML_IN_FOREIGN | TEXT_ONLY.keys() | DROPPED_WITH_CONTENT


class _Tag(NamedTuple):
    """A tag that is the same wherever it stands. Void elements have no name: they are printed, and nothing is opened."""

    name: str
    printed: str
    is_end: bool
    ends: frozenset[str]


_MAX_TAGS = 4096
_MAX_TAG_LENGTH = 512
_NOTHING: frozenset[str] = frozenset()

_UNREAD = _Tag("", "", False, _NOTHING)

# By what is written between "<" and ">": one email says `<td style="…">` a hundred times, and the next one says it again.
_tags: dict[str, _Tag | None] = {}


def _tag_of(written: str) -> _Tag | None:
    """Return the tag that is written as ``<written>``; None for one that has to be looked at where it stands."""
    if len(written) > _MAX_TAG_LENGTH:
        return _read_tag(written)
    if len(_tags) >= _MAX_TAGS:
        _tags.clear()
    tag = _tags[written] = _read_tag(written)
    return tag


def _read_tag(written: str) -> _Tag | None:
    token = _TOKEN.fullmatch(f"<{written}>")
    if token is None:
        return None
    _, start_name, attributes, tag_end, end_name, _, end_tag_end = token.groups()
    if tag_end and start_name:
        name = start_name.lower()
        ends = ENDED_BY.get(name, _NOTHING)
        if name in VOID:
            printed = start_tag(name, attributes) if name in ALLOWED_TAGS else ""
            if printed and name not in PRINTED_WITHOUT_END_TAG:
                printed += f"</{name}>"
            return _Tag("", printed, False, ends)
        if tag_end == ">" and name not in _UNUSUAL:
            return _Tag(name, start_tag(name, attributes) if name in ALLOWED_TAGS else "", False, ends)
    elif end_tag_end and (name := end_name.lower()) not in _UNUSUAL:
        return _Tag(name, f"</{name}>" if name in ALLOWED_TAGS else "", True, _NOTHING)
    return None


def sanitize_html(html: str) -> str:
    """Return ``html`` with only what the allow-list permits, printed as the package prints it.

    It may be a whole document, a fragment or plain text (which comes back with ``&``, ``<`` and ``>`` escaped).
    Nothing is an error.

    >>> sanitize_html('<table><tr><td>1<td><a href="javascript:steal()">2</a></table>')
    '<table><tr><td>1</td><td><a>2</a></td></tr></table>'
    """
    if "<" not in html:
        printed = escape_text(decode_text(html)) if "&" in html or ">" in html else html
    else:
        printed = _sanitize_markup(html)
    return printed.replace("\x1b", "\ufffd")


def _sanitize_markup(html: str) -> str:
    # "</p / class=x>" is "</p>", wherever it is written, even in a quoted attribute. Nothing behind the last
    # ">" can match, and to try would take quadratic time.
    last = html.rfind(">") + 1
    if _SLASHED_END_TAG.search(html, 0, last):  # to find none is much quicker than to replace none
        html = _SLASHED_END_TAG.sub(r"\1>", html[:last]) + html[last:]
    if html.startswith("<!DOCTYPE ") and (doctype := _DOCTYPE.match(html)):
        return doctype[0] + _Printer().print(html, doctype.end())
    return _Printer().print(html, 0)


class _Printer:
    """The open elements, and what was printed so far."""

    __slots__ = ("_dropping_above", "_foreign", "_open", "_open_by_name", "_printed")

    def __init__(self) -> None:
        self._printed: list[str] = []
        self._open: list[str] = []
        self._open_by_name: defaultdict[str, int] = defaultdict(int)
        self._foreign: list[bool] = []
        # How many elements were open outside the one that is dropped with its content.
        self._dropping_above: int | None = None

    def print(self, html: str, position: int) -> str:
        """Print a document from a position on.

        Each "<" begins a piece. Most are a tag of the table and the text after it; any other is read by itself, and may
        be longer than its piece.
        """
        opened, opened_by_name, printed = self._open, self._open_by_name, self._printed
        text, *pieces = html[position:].split("<")
        if text:
            self._text(text)
        index = known_index = 0
        known_position = position + len(text)  # where the piece of `known_index` begins
        is_usual = True
        while index < len(pieces):
            written, bracket, text = pieces[index].partition(">")
            tag = _tags.get(written, _UNREAD) if bracket and is_usual else None
            if tag is _UNREAD:
                tag = _tag_of(written)
            if tag is not None:
                name, tag_text, is_end, ends = tag
                if not is_end:
                    if ends and opened and opened[-1] in ends:
                        self._close_ended_by(ends)
                    if name:
                        opened.append(name)
                        opened_by_name[name] += 1
                elif opened and opened[-1] == name:
                    opened.pop()
                    opened_by_name[name] -= 1
                else:
                    tag = None
            if tag is not None:
                printed.append(tag_text)
                if text:
                    printed.append(escape_text(decode_text(text)) if "&" in text or ">" in text else text)
                index += 1
                continue
            known_position += index - known_index + sum(map(len, pieces[known_index:index]))
            end = self._token(html, known_position)
            if end is None:
                break
            known_index = index
            while end > (next_position := known_position + 1 + len(pieces[known_index])):
                known_index, known_position = known_index + 1, next_position
            if end > known_position:
                if end < next_position:
                    self._text(html[end:next_position])
                known_index, known_position = known_index + 1, next_position
            index = known_index
            is_usual = self._dropping_above is None and not opened_by_name["style"]
        while opened:
            self._close()
        return "".join(printed)

    def _token(self, html: str, position: int) -> int | None:
        """Print what begins with the "<" at a position, and return where it ends; None where nothing is to follow."""
        token = _TOKEN.match(html, position)
        assert token is not None
        _, name, attributes, tag_end, end_name, after_end_name, end_tag_end = token.groups()
        end = token.end()
        if name is not None:
            if tag_end is None:
                if attributes:
                    self._close_ended_by(ENDED_BY.get(name.lower(), _NOTHING))
                self._verbatim(_text_of_open_start_tag(name, attributes, html))
                return None
            name = name.lower()
            self._start_tag(name, attributes, tag_end != ">")
            if name in TEXT_ONLY and tag_end == ">":
                end = self._text_until_end_tag(name, html, end)
        elif end_name is not None:
            if end_tag_end is not None:
                self._end_tag(end_name.lower())
            elif after_end_name:
                self._end_tag(end_name.lower())
                self._verbatim(html[-1])
        else:
            end = self._no_tag(html, position)
        return end

    def _close_ended_by(self, ended: frozenset[str]) -> None:
        while self._open and self._open[-1] in ended:
            self._close()

    def _start_tag(self, name: str, attributes: str, self_closing: bool) -> None:
        self._close_ended_by(ENDED_BY.get(name, _NOTHING))
        if self._dropping_above is None:
            if name in ALLOWED_TAGS:
                self._printed.append(start_tag(name, attributes))
            elif name in DROPPED_WITH_CONTENT:
                self._dropping_above = len(self._open)
        if name in VOID:
            if name in ALLOWED_TAGS and name not in PRINTED_WITHOUT_END_TAG and self._dropping_above is None:
                self._printed.append(f"</{name}>")
            return
        self._open.append(name)
        self._open_by_name[name] += 1
        if name in FOREIGN:
            self._foreign.append(True)
        elif name in HTML_IN_FOREIGN:
            self._foreign.append(False)
        if self_closing and self._foreign and self._foreign[-1]:
            self._close()

    def _end_tag(self, name: str) -> None:
        if (name in FOREIGN or name in HTML_IN_FOREIGN) and self._foreign:
            self._foreign.pop()
        if self._open_by_name[name]:
            while self._open[-1] != name:
                self._close()
            self._close()
        elif self._dropping_above is None:
            if name == "p":
                self._printed.append("<p></p>")
            elif name == "br":
                self._printed.append("<br />")

    def _close(self) -> None:
        name = self._open.pop()
        self._open_by_name[name] -= 1
        if self._dropping_above is None:
            if name in ALLOWED_TAGS:
                self._printed.append(f"</{name}>")
        elif self._dropping_above == len(self._open):
            self._dropping_above = None

    def _text(self, text: str) -> None:
        if self._dropping_above is not None:
            return
        if self._open and self._open[-1] == "style":
            # Only a `<style/>` gets here, where "</style>" could be put together from pieces.
            self._printed.append(decode_text(text).replace("<", "&lt;"))
        elif "&" in text or ">" in text or "<" in text:
            self._printed.append(escape_text(decode_text(text)))
        else:
            self._printed.append(text)

    def _verbatim(self, text: str) -> None:
        if self._dropping_above is None:
            self._printed.append(escape_text(text))

    def _text_until_end_tag(self, name: str, html: str, position: int) -> int:
        end_tag = TEXT_ONLY[name].search(html, position)
        end = end_tag.start() if end_tag else len(html)
        text = html[position:end]
        if self._dropping_above is not None:
            return end
        if name != "style":
            for index, piece in enumerate(_UNREAD_REFERENCE.split(text)):
                (self._verbatim if index % 2 else self._text)(piece)
        elif self._open_by_name["style"] > 1 or self._open_by_name["title"]:
            # A browser reads this as text of the outer element, whose end tag may be in it.
            self._printed.append(text.replace("<", "&lt;"))
        else:
            self._printed.append(text)
        return end

    def _no_tag(self, html: str, position: int) -> int:
        """Return the position after a ``<`` that does not begin a tag: a comment, a declaration or plain text."""
        if html.startswith("<!--", position):
            return _after(html, "-->", position + 2) or len(html)
        if html.startswith("<![CDATA[", position):
            return _after(html, "]]>", position + 9) or len(html)
        if html.startswith("<!", position):
            content, least = position + 2, 2 if html.startswith("-", position + 2) else 1
        elif html.startswith("<?", position):
            content, least = position + 2, 0
        elif html.startswith("</", position):
            space = _SPACE_IN_END_TAG.match(html, position + 2)
            assert space is not None
            content, least = space.end(), 0
            if content == len(html) or html[content] == ">":
                self._text(html[position : content + 1])
                return min(content + 1, len(html))
        else:
            self._text("<")
            return position + 1
        if end := _after(html, ">", content + least):
            return end
        self._verbatim(html[content:])
        return len(html)


def _text_of_open_start_tag(name: str, attributes: str, html: str) -> str:
    """Return what is printed of a start tag that the document ends in: nothing, but for the reader's quirks."""
    if attributes:
        return html[-1] if "/" in rest_after_attributes(attributes) else ""
    return name if any(special.startswith(name.lower()) for special in TEXT_ONLY) else ""


def _after(html: str, ending: str, position: int) -> int:
    """Return where the next ``ending`` ends, or 0."""
    start = html.find(ending, position)
    return start + len(ending) if start != -1 else 0
