"""Plain text for JSON data, written for people and read back without loss.

A mapping is `label: value` lines, nested by two spaces; a list is `- ` items; text of several lines
stands behind `|` bars. Text is written as it is unless that would be ambiguous or invisible (it looks
like a number, has spaces at its ends, holds control characters): then it is quoted and escaped. The two
directions are inverse, `read(write(data)) == data`, and so different data never give the same text.

>>> print(write({"subject": "Hi Ann", "primaryAction": {"label": "Open", "count": 2}}), end="")
subject: Hi Ann
<BLANKLINE>
primary action:
  label: Open
  count: 2
>>> read("subject: Hi Ann")
{'subject': 'Hi Ann'}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Placeholder:
    """The text that a matcher put in place of a value that changes, such as the name of its type."""

    text: str


class UnreadableSnapshot(ValueError):
    """A snapshot file that this module did not write, or that was edited out of shape."""


_LITERALS: dict[str, Any] = {"yes": True, "no": False, "none": None}
_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?|Infinity)|NaN")
_PLACEHOLDER = re.compile(r"\((any: .*|empty|empty list)\)")
_CAMEL = re.compile(r"[a-z]+(?:[A-Z][a-z]+)+")
_SPACED = re.compile(r"[a-z]+(?: [a-z]+)+")
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_$@./][A-Za-z0-9_$@./-]*")
_KEY_LINE = re.compile(r'("(?:[^"\\]|\\.)*"|[A-Za-z0-9_$@./][A-Za-z0-9_$@./ -]*):(?: (.*))?', re.DOTALL)


def label(key: str) -> str:
    """Return `primaryAction` as a person writes it, `primary action`; any other key stays as it is."""
    if _CAMEL.fullmatch(key):
        return re.sub(r"[A-Z]", lambda letter: " " + letter.group().lower(), key)
    return key if _PLAIN_KEY.fullmatch(key) else quoted(key)


def key_of(label: str) -> str:
    """Return the key that `label` was made of."""
    if label.startswith('"'):
        return _unquoted(label)
    if _SPACED.fullmatch(label):
        first, *rest = label.split(" ")
        return first + "".join(word.capitalize() for word in rest)
    return label


def write(data: Mapping[str, Any], *, comments: Mapping[str, str] | None = None) -> str:
    """Return `data` (JSON values and `Placeholder`s) as text.

    `comments` are lines for the reader, under the entry they name.

    Entries that hold a mapping or a list are set off by a blank line at the outermost level.
    """
    lines: list[str] = []
    for key, value in data.items():
        entry = list(_entry(key, value, ""))
        if lines and len(entry) > 1:
            lines.append("")
        lines += entry
        if comments and key in comments:
            lines.append(f"# {comments[key]}")
    return "".join(line + "\n" for line in lines)


def read(text: str) -> dict[str, Any]:
    """Return the data that `write` made `text` of.

    Raises:
        UnreadableSnapshot: the text is not in that form; the message names the line.
    """
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    return _Reader(lines).mapping(0)


def hidden(text: str) -> bool:
    """Tell whether a reader, an editor or a mail program could lose or not see a part of `text`."""
    return not text or text.strip() != text or _needs_escape(text)


def quoted(text: str) -> str:
    """Return `text` in quotation marks, with what cannot be seen spelled out."""
    return f'"{_escaped(text)}"'


def _entry(key: str, value: Any, indent: str) -> Iterable[str]:
    yield from _item(f"{indent}{label(key)}:", value, indent + "  ")


def _item(head: str, value: Any, indent: str) -> Iterable[str]:
    if isinstance(value, str) and "\n" in value:
        yield head
        yield from (indent + _bar(line) for line in value.split("\n"))
    elif isinstance(value, Mapping) and value:
        yield head
        for key, child in value.items():
            yield from _entry(key, child, indent)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        yield head
        for child in value:
            yield from _list_item(child, indent)
    else:
        yield f"{head} {_scalar(value)}"


def _list_item(value: Any, indent: str) -> Iterable[str]:
    if isinstance(value, Mapping) and value:
        # The first entry shares the line of its dash.
        for number, (key, child) in enumerate(value.items()):
            head = indent + ("- " if number == 0 else "  ")
            yield from _item(f"{head}{label(key)}:", child, indent + "    ")
    elif isinstance(value, str) and "\n" not in value and _KEY_LINE.fullmatch(_scalar(value)):
        yield f"{indent}- {quoted(value)}"
    else:
        yield from _item(f"{indent}-", value, indent + "  ")


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, Placeholder):
        return f"(any: {_escaped(value.text)})"
    if isinstance(value, (int, float)):
        return json.dumps(value)
    if isinstance(value, Mapping):
        return "(empty)"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "(empty list)"
    if not isinstance(value, str):
        raise TypeError(f"a snapshot holds JSON data, not a {type(value).__name__}: {value!r}")
    ambiguous = (
        value in _LITERALS or value == "-" or _NUMBER.fullmatch(value) or _PLACEHOLDER.fullmatch(value)
    )
    if ambiguous or value.startswith(('"', "|", "- ")) or hidden(value):
        return quoted(value)
    return value


def _bar(line: str) -> str:
    if not line:
        return "|"
    return quoted(line) if line.rstrip() != line or _needs_escape(line) else f"| {line}"


def _needs_escape(text: str) -> bool:
    return any(_invisible(text, at) for at in range(len(text)))


def _invisible(text: str, at: int) -> bool:
    # A zero-width joiner after a letter or an emoji belongs to it: 👩‍🚀.
    joins = text[at] == "\u200d" and at and not text[at - 1].isascii()
    return not joins and not text[at].isprintable()


def _escaped(text: str) -> str:
    letters = enumerate(text)
    return "".join(json.dumps(one, ensure_ascii=_invisible(text, at))[1:-1] for at, one in letters)


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError as error:
        raise UnreadableSnapshot(f"not a quoted text: {text}") from error


class _Reader:
    """Reads lines top-down. A dash is turned into spaces once it is seen, so that what follows it is an entry."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.position = 0

    def peek(self, indent: int) -> str | None:
        """The next line without its indent, or None when the block of `indent` spaces has ended."""
        if self.position == len(self.lines):
            return None
        line = self.lines[self.position]
        depth = len(line) - len(line.lstrip(" "))
        if depth < indent:
            return None
        if depth > indent:
            raise UnreadableSnapshot(f"a line that is indented too far: {line!r}")
        return line[indent:]

    def mapping(self, indent: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while (line := self.peek(indent)) is not None:
            match = _KEY_LINE.fullmatch(line)
            if match is None:
                raise UnreadableSnapshot(f"not an entry of a snapshot: {line!r}")
            self.position += 1
            data[key_of(match[1])] = self.value(match[2], indent + 2)
        return data

    def value(self, rest: str | None, indent: int) -> Any:
        if rest is not None:
            return _read_scalar(rest)
        line = self.peek(indent)
        if line is None:
            raise UnreadableSnapshot(f"a label without a value before line {self.position + 1}")
        if line.startswith("|") or (line.startswith('"') and not _KEY_LINE.fullmatch(line)):
            return self.block(indent)
        if line == "-" or line.startswith("- "):
            return self.sequence(indent)
        return self.mapping(indent)

    def block(self, indent: int) -> str:
        texts = []
        while (line := self.peek(indent)) is not None:
            self.position += 1
            texts.append(_unquoted(line) if line.startswith('"') else line[2:])
        return "\n".join(texts)

    def sequence(self, indent: int) -> list[Any]:
        items: list[Any] = []
        while (line := self.peek(indent)) is not None:
            if line == "-":
                self.position += 1
                items.append(self.value(None, indent + 2))
            elif not line.startswith("- "):
                raise UnreadableSnapshot(f"not an item of a list: {line!r}")
            elif _KEY_LINE.fullmatch(line[2:]):
                self.lines[self.position] = " " * (indent + 2) + line[2:]
                items.append(self.mapping(indent + 2))
            else:
                self.position += 1
                items.append(_read_scalar(line[2:]))
        return items


def _read_scalar(text: str) -> Any:
    if text in _LITERALS:
        return _LITERALS[text]
    if text.startswith('"'):
        return _unquoted(text)
    if _NUMBER.fullmatch(text):
        return json.loads(text)
    if text == "(empty)":
        return {}
    if text == "(empty list)":
        return []
    if text.startswith("(any: ") and text.endswith(")"):
        return Placeholder(_unquoted(f'"{text[6:-1]}"'))
    return text
