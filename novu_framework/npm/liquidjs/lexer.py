"""Template text to tokens: where LiquidJS sees a tag, an output and the text between them.

``}}`` may stand inside a string of an output, ``raw`` ends in a way of its own, and a ``-`` strips LiquidJS's own blanks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from novu_framework.npm.ecmascript.text import BLANKS as JS_BLANKS
from novu_framework.npm.liquidjs.errors import LiquidError, located

# JavaScript's blanks, but with the Mongolian vowel separator and without the byte order mark.
BLANKS: Final = JS_BLANKS.replace("\ufeff", "\u180e")
# Letters, digits, "-", "?", "_", and what is beyond ASCII but blanks and curly quotes.
WORD: Final = rf"[^\x00-,./:->@\[-^`{{-\x7f{BLANKS}\u201c\u201d]"

_MARKUP = re.compile(r"\{[{%]")
_QUOTE_OR_END = re.compile(r"""["']|\}\}""")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'""", re.DOTALL)
_TAG_NAME = re.compile(rf"[{BLANKS}]*(#|{WORD}+)[{BLANKS}]*")
_ENDRAW = re.compile(rf"\{{%[{BLANKS}]*endraw(?!{WORD})(?:(?!\{{%).)*?%\}}", re.DOTALL)
_LINE = re.compile(r"[^\n]*\n?")


class Token(NamedTuple):
    """A tag, an output, or the text between them."""

    kind: Literal["tag", "output", "text"]
    name: str
    """The name of a tag, empty for the rest."""
    text: str
    """What is written in an output, or in a tag after its name; or the text between them."""
    offset: int
    """Where ``text`` starts in ``source``."""
    start: int
    end: int
    source: str

    @property
    def written(self) -> str:
        """The token as it is written in the template, delimiters included."""
        return self.source[self.start : self.end]


def tokenize(source: str) -> Iterator[Token]:
    """Yield the tokens of ``source``. Raises LiquidError where a tag, an output or a raw block is left open."""
    position = 0
    strip_left = False
    while position < len(source):
        markup = _MARKUP.search(source, position)
        start = markup.start() if markup else len(source)
        if start > position:
            text = source[position:start]
            if strip_left:
                text = text.lstrip(BLANKS)
            if source.startswith("-", start + 2):
                text = text.rstrip(BLANKS)
            if text:
                yield Token("text", "", text, position, position, start, source)
        if markup is None:
            return
        if source[start + 1] == "{":
            position = _output_end(source, start)
            content, offset, strip_left = _content(source, start, position)
            yield Token("output", "", content, offset, start, position, source)
            continue
        end = source.find("%}", start + 1)
        if end < 0:
            raise _error(f"tag {snapshot(source, start)} not closed", source, start)
        position = end + 2
        content, offset, strip_left = _content(source, start, position)
        name = _TAG_NAME.match(content)
        if name is None:
            raise _error("illegal tag syntax, tag name expected", source, offset)
        if name[1] != "raw":
            yield Token("tag", name[1], content[name.end() :], offset + name.end(), start, position, source)
            continue
        endraw = _ENDRAW.search(source, position)
        if endraw is None:
            raise _error(f"raw {snapshot(source, start)} not closed", source, position)
        if endraw.start() > position:
            text = source[position : endraw.start()]
            yield Token("text", "", text, position, position, endraw.start(), source)
        position = endraw.end()
        strip_left = source[position - 3] == "-"


def tokenize_lines(source: str) -> Iterator[Token]:
    """Yield the tokens of the ``liquid`` tag's content: a tag on each line."""
    for line in _LINE.finditer(source):
        text = line[0].strip(BLANKS)
        if not text:
            continue
        text = text.removeprefix("-")
        if line[0].endswith("-"):  # the last line; a dash before a line break belongs to what is written
            text = text.removesuffix("-")
        text = text.strip(BLANKS)
        name = _TAG_NAME.match(text)
        if name is None:
            raise _error("illegal liquid tag syntax", source, line.start())
        offset = line.start() + name.end()
        yield Token("tag", name[1], text[name.end() :], offset, line.start(), len(source), source)


def snapshot(source: str, start: int) -> str:
    """Return the text at ``start``, quoted and cut short, for messages."""
    text = source[start:]
    return json.dumps(text if len(text) <= 32 else text[:29] + "...", ensure_ascii=False)


def _output_end(source: str, start: int) -> int:
    position = start + 2
    while found := _QUOTE_OR_END.search(source, position):
        if found[0] == "}}":
            return found.end()
        quoted = _QUOTED.match(source, found.start())
        if quoted is None:
            break
        position = quoted.end()
    raise _error(f"output {snapshot(source, start)} not closed", source, start)


def _content(source: str, start: int, end: int) -> tuple[str, int, bool]:
    """Return what stands between the delimiters, where it starts, and whether the text after it is stripped."""
    first, last = start + 2, end - 2
    strip_right = source[last - 1] == "-"
    if source[first] == "-":
        first += 1
    if strip_right:
        last -= 1
    content = source[first:last]
    stripped = content.lstrip(BLANKS)
    return stripped.rstrip(BLANKS), first + len(content) - len(stripped), strip_right


def _error(text: str, source: str, position: int) -> LiquidError:
    return LiquidError(located(text, source, position), kind="TokenizationError")
