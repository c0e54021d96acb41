"""Broken JSON, repaired as the npm package jsonrepair 3 repairs it.

Templates that print values into a JSON text may put quotes and line breaks into the middle of a string. The package
guesses what was meant, and the same guesses are made here: a quote that is followed by what may follow a string ends
it, any other belongs to the text; brackets, commas and colons that are missing are put in. It changes some sound texts,
too: a string with a bracket open, right before a closing one. `is_left_alone` tells which texts it cannot change.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from typing import Final

from novu_framework.npm.ecmascript.json import json_text
from novu_framework.npm.ecmascript.text import utf16_length

_CONTROLS: Final = {"\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DELIMITERS: Final = frozenset(",:[]/{}()\n+")
_WORD_DELIMITERS: Final = frozenset(",[]/{}\n+")
_DOUBLE_QUOTES: Final = frozenset('"\u201c\u201d')
_SINGLE_QUOTES: Final = frozenset("'\u2018\u2019`\u00b4")
_QUOTES: Final = _DOUBLE_QUOTES | _SINGLE_QUOTES
_WORD_ENDS: Final = _WORD_DELIMITERS | _QUOTES
_KEY_ENDS: Final = _WORD_ENDS | {":"}
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_SPECIAL_BLANKS: Final = "\u00a0\u180e\u2000-\u200b\u202f\u205f\u3000\ufeff"

_BLANKS: Final = re.compile(f"[ \t\r\n{_SPECIAL_BLANKS}]*")
_BLANKS_ON_LINE: Final = re.compile(f"[ \t\r{_SPECIAL_BLANKS}]*")
_SPECIAL_BLANK: Final = re.compile(f"[{_SPECIAL_BLANKS}]")
_START_OF_VALUE: Final = re.compile(r"[\[{\w-]", re.ASCII)
_NAME: Final = re.compile(r"[a-zA-Z_$][a-zA-Z_$0-9]*")
_NUMBER: Final = re.compile(r"(-?)([0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]*)?")
_WORD: Final = re.compile(rf"[^{re.escape(''.join(_WORD_ENDS))}]*")
_KEY: Final = re.compile(rf"[^{re.escape(''.join(_KEY_ENDS))}]*")
_PATTERN_END: Final = re.compile(r"(?<!\\)/")
_KEYWORD: Final = re.compile(r"(?:true|false|null|True|False|None)(?![a-zA-Z_$0-9])")
_URL_START: Final = re.compile(r"(?:http|https|ftp|mailto|file|data|irc)://")
_URL: Final = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'()*+;=]*")
_ENTITY: Final = re.compile(r"&(?:(quot|amp|lt|gt|apos)|#([0-9]+|[xX][0-9a-fA-F]+));")
_SPECIAL: Final = "\"\\\\&\\x00-\\x1f\u201c\u201d'\u2018\u2019`\u00b4"
# How much a repair may cost, in nanoseconds, about: a step, and a character that is read again.
MOST_WORK: Final = 80_000_000
_TOO_MUCH: Final = "Too much to repair"
_STEP: Final = 4_000
_READ: Final = 10

_PLAIN_BLANKS: Final = re.compile(r"[ \t\r\n]*")

# Runs of a string in which there is nothing to decide; escapes that are sound may be among them, a thousand in each run:
# for every escape, the pattern holds a state.
_PLAIN: Final = re.compile(rf"[^{_SPECIAL}]*(?:\\[\"\\/bfnrt][^{_SPECIAL}]*){{0,1000}}")
_PLAIN_WORDS: Final = re.compile(rf"[^{_SPECIAL},\[\]/{{}}+]+")


class JSONRepairError(ValueError):
    """A text beyond repair. ``position`` is where, in UTF-16 units, or None if it nests too deep."""

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message if position is None else f"{message} at position {position}")
        self.position = position


def is_left_alone(text: str) -> bool:
    """Tell whether `repaired` returns ``text`` as it is. It must be sound JSON without blanks between its parts."""
    # without escapes, whose like in a pattern holds a state for each, every quote begins or ends a string
    parts = text.replace("\\\\", "__").replace('\\"', "__").split('"')
    for string, after in zip(parts[1::2], parts[2::2], strict=False):
        closing = after[:1]
        if closing in _BRACKETS and string.count(_BRACKETS[closing]) > string.count(closing):
            return False
    return True


class RepairWork:
    """The time that repairs may take together, in nanoseconds, about."""

    def __init__(self, left: float = MOST_WORK) -> None:
        self.left = left


def repaired(text: str, work: RepairWork | None = None) -> str:
    """Return ``text`` as JSON. Raises `JSONRepairError` where it is beyond repair, or beyond what is left of ``work``.

    >>> repaired('{"html":"<a href="x">y</a>"}')
    '{"html":"<a href=\\\\"x\\\\">y</a>"}'
    """
    try:
        return _Repair(text, work or RepairWork()).document()
    except RecursionError as error:
        raise JSONRepairError(_TOO_MUCH) from error


class _Content:
    """A string as it is read, from its opening quote on, and how many brackets it has so far."""

    def __init__(self) -> None:
        self._parts = ['"']
        self._counted = 0
        self._counts = dict.fromkeys("()[]{}", 0)

    def add(self, text: str) -> None:
        self._parts.append(text)

    def text(self) -> str:
        return "".join(self._parts)

    def count(self, bracket: str) -> int:
        for part in self._parts[self._counted :]:
            for each in self._counts:
                self._counts[each] += part.count(each)
        self._counted = len(self._parts)
        return self._counts[bracket]


class _Written:
    """What has been written. Only its end is ever looked at or changed, so that no change copies the rest."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def add(self, text: str) -> None:
        if text:
            self._parts.append(text)

    def text(self) -> str:
        return "".join(self._parts)

    def mark(self) -> int:
        """Return the place of what is added next, as long as nothing before it is changed."""
        return len(self._parts)

    def insert(self, text: str) -> None:
        """Write ``text`` before the blanks that end what is written."""
        end = ""
        while self._parts and not end.strip(" \t\r\n"):
            end = self._parts.pop() + end
        kept = end.rstrip(" \t\r\n")
        for piece in (kept, text, end[len(kept) :]):
            self.add(piece)

    def cut(self, character: str) -> str:
        """Take the last ``character`` away with all that follows it, which is returned; nothing where there is none."""
        for index in range(len(self._parts) - 1, -1, -1):
            before, found, after = self._parts[index].rpartition(character)
            if found:
                tail = after + "".join(self._parts[index + 1 :])
                self._parts[index:] = [before] if before else []
                return tail
        return ""

    def drop_character(self, mark: int) -> None:
        """Take away the first character written since ``mark``."""
        self._parts[mark] = self._parts[mark][1:]

    def enclose(self, before: str, after: str) -> None:
        self._parts = [before, *self._parts, after]

    def ends_with(self, characters: str) -> bool:
        """Tell whether one of ``characters`` is last, blanks on the same line aside."""
        for part in reversed(self._parts):
            if kept := part.rstrip(" \t\r"):
                return kept[-1] in characters
        return False


class _Repair:
    def __init__(self, text: str, work: RepairWork) -> None:
        self.text = text
        self.position = 0
        self.out = _Written()
        self.work = work

    def document(self) -> str:
        self._fence("```", "[```", "{```")
        if not self._value():
            raise self._error("Unexpected end of json string", len(self.text))
        self._fence("```", "```]", "```}")
        comma = self._copy(",")
        if comma:
            self._blanks()
        if self._starts_value() and self.out.ends_with(",\n"):
            if not comma:
                self.out.insert(",")
            self._lines()
        elif comma:
            self._drop_last_comma()
        while self._peek() in ("}", "]"):
            self._work()
            self.position += 1
            self._blanks()
        if self.position < len(self.text):
            raise self._unexpected()
        return self.out.text()

    # Reading and writing.

    def _peek(self, ahead: int = 0) -> str:
        return self.text[self.position + ahead : self.position + ahead + 1]

    def _copy(self, character: str) -> bool:
        found = self._skip(character)
        if found:
            self.out.add(character)
        return found

    def _skip(self, character: str) -> bool:
        found = self._peek() == character
        self.position += found
        return found

    def _drop_last_comma(self) -> None:
        self.out.add(self.out.cut(","))

    def _error(self, message: str, position: int | None = None) -> JSONRepairError:
        return JSONRepairError(message, self._position(position))

    def _position(self, position: int | None = None) -> int:
        return utf16_length(self.text[: self.position if position is None else position])

    def _unexpected(self) -> JSONRepairError:
        return self._error(f"Unexpected character {json.dumps(self._peek(), ensure_ascii=False)}")

    def _blanks(self) -> None:
        """Copy blanks, leave out comments."""
        blanks, self.position = self._blanks_at(self.position)
        self.out.add(blanks)

    def _blanks_at(self, position: int, *, on_line: bool = False) -> tuple[str, int]:
        """Return the blanks at ``position``, without the comments among them, and where they end."""
        blanks = ""
        while found := (_BLANKS_ON_LINE if on_line else _BLANKS).match(self.text, position):
            blanks += _SPECIAL_BLANK.sub(" ", found[0])
            position = found.end()
            if self.text.startswith("/*", position):
                end = self.text.find("*/", position)
                position = (len(self.text) if end < 0 else end) + 2
            elif self.text.startswith("//", position):
                end = self.text.find("\n", position)
                position = len(self.text) if end < 0 else end
            else:
                break
            self._work()
        return blanks, position

    def _fence(self, *fences: str) -> None:
        """Leave out the marks of a Markdown code block."""
        blanks = _BLANKS.match(self.text, self.position)
        if blanks:
            self.out.add(_SPECIAL_BLANK.sub(" ", blanks[0]))
            self.position = blanks.end()
        for fence in fences:
            if self.text.startswith(fence, self.position):
                self.position += len(fence)
                if name := _NAME.match(self.text, self.position):
                    self.position = name.end()
                self._blanks()
                return

    def _ellipsis(self) -> None:
        self._blanks()
        if self.text.startswith("...", self.position):
            self.position += 3
            self._blanks()
            self._skip(",")

    def _starts_value(self) -> bool:
        character = self._peek()
        return bool(character) and (character in _QUOTES or _START_OF_VALUE.match(character) is not None)

    # Values.

    def _value(self) -> bool:
        self._work()
        self._blanks()
        found = (
            self._object()
            or self._array()
            or self._string()
            or self._number()
            or self._keyword()
            or self._unquoted(is_key=False)
            or self._pattern()
        )
        self._blanks()
        return found

    def _object(self) -> bool:
        return self._members("{", "}", self._member)

    def _array(self) -> bool:
        return self._members("[", "]", self._value)

    def _members(self, opening: str, closing: str, member: Callable[[], bool]) -> bool:
        if not self._copy(opening):
            return False
        self._blanks()
        if self._skip(","):
            self._blanks()
        is_first = True
        while self.position < len(self.text) and self._peek() != closing:
            if not is_first and not self._copy(","):
                self.out.insert(",")
            self._work()
            self._ellipsis()
            if not member():
                if not is_first:
                    self._drop_last_comma()
                break
            is_first = False
        if not self._copy(closing):
            self.out.insert(closing)
        return True

    def _member(self) -> bool:
        if not (self._string() or self._unquoted(is_key=True)):
            if self._peek() not in ("}", "{", "]", "[", ""):
                raise self._error("Object key expected")
            return False
        self._blanks()
        colon = self._copy(":")
        is_cut = self.position >= len(self.text)
        if not colon:
            if not self._starts_value() and not is_cut:
                raise self._error("Colon expected")
            self.out.insert(":")
        if not self._value():
            if not colon and not is_cut:
                raise self._error("Colon expected")
            self.out.add("null")
        return True

    def _lines(self) -> None:
        """Make an array of values on lines of their own."""
        is_first = True
        while True:
            if not is_first and not self._copy(","):
                self.out.insert(",")
            is_first = False
            if not self._value():
                break
        self._drop_last_comma()
        self.out.enclose("[\n", "\n]")

    def _string(self, *, to_delimiter: bool = False, to_position: int = -1) -> bool:
        """Read a string up to a quote that can be its end; failing that, again and up to the next delimiter."""
        is_escaped = self._skip("\\")
        if is_escaped and self._peek() not in _QUOTES:
            raise self._unexpected()
        opening = _ENTITY.match(self.text, self.position)
        if opening and html.unescape(opening[0]) not in ('"', "'"):
            opening = None
        quote = self._peek()
        if opening is None and (not quote or quote not in _QUOTES):
            return False
        start = self.position
        ends = _ends_of(quote)
        content = _Content()
        self.position = opening.end() if opening else start + 1
        while True:
            self._work()
            is_cut = self.position >= len(self.text)
            if is_cut and not to_delimiter and self._last_before(self.position - 1) in _DELIMITERS:
                return self._again(start, to_delimiter=True)
            if is_cut or self.position == to_position:
                self.out.add(_before_blanks(content.text(), '"'))
                return True
            character = self._peek()
            entity = _ENTITY.match(self.text, self.position) if opening and character == "&" else None
            meaning = html.unescape(entity[0]) if entity else ""
            is_end = meaning == html.unescape(opening[0]) if opening and entity else character in ends
            if is_end:
                at, after = self.position, entity.end() if entity else self.position + 1
                blanks, following = self._blanks_at(after, on_line=True)
                if to_delimiter or self._ends_string(content, following):
                    self.out.add(content.text() + '"' + blanks)
                    self.position = following
                    self._concatenated()
                    return True
                self.position = following
                if self._peek() == "\\":
                    raise self._unexpected()
                last = self._last_before(at - 1)
                if last == ",":
                    return self._again(start, to_position=self._index_before(at - 1))
                if last in _DELIMITERS:
                    return self._again(start, to_delimiter=True)
                self.position = after
                content.add('\\"')
            elif to_delimiter and character in _WORD_DELIMITERS:
                content.add(self._url(start + 1))
                self.out.add(_before_blanks(content.text(), '"'))
                self._concatenated()
                return True
            elif entity:
                content.add('\\"' if meaning == '"' else _CONTROLS.get(meaning, meaning))
                self.position = entity.end()
            elif character == "\\":
                content.add(self._escape())
            else:
                content.add(self._plain(is_escaped, to_delimiter, to_position))
            if is_escaped:
                self._skip("\\")

    def _work(self, size: int = 0) -> None:
        """Count a step and what it reads again: there are texts that would take for ever to repair."""
        self.work.left -= _STEP + size
        if self.work.left < 0:
            raise JSONRepairError(_TOO_MUCH, self._position())

    def _url(self, start: int) -> str:
        """Read the rest of an address, ``https:`` of which has been read from ``start`` on."""
        if self.text[self.position - 1 : self.position] != ":":
            return ""
        if not _URL_START.fullmatch(self.text, start, min(self.position + 2, len(self.text))):
            return ""
        url = _URL.match(self.text, self.position)
        assert url is not None
        self.position = url.end()
        return url[0]

    def _again(self, start: int, *, to_delimiter: bool = False, to_position: int = -1) -> bool:
        self._work(_READ * (self.position - start))
        self.position = start
        return self._string(to_delimiter=to_delimiter, to_position=to_position)

    def _ends_string(self, content: _Content, position: int) -> bool:
        """Tell whether what comes at ``position``, behind a quote, may follow a string."""
        following = self.text[position : position + 1]
        if not following:
            return True
        if following in _DELIMITERS:
            opening = _BRACKETS.get(following)
            return opening is None or content.count(opening) <= content.count(following)
        if following in _QUOTES:
            after = _PLAIN_BLANKS.match(self.text, position + 1)
            character = self.text[after.end() : after.end() + 1] if after else ""
            return bool(character) and character not in _DELIMITERS
        return following in "0123456789"

    def _index_before(self, position: int) -> int:
        while 0 < position < len(self.text) and self.text[position] in " \t\r\n":
            position -= 1
        return position

    def _last_before(self, position: int) -> str:
        index = self._index_before(position)
        return self.text[index : index + 1]

    def _plain(self, is_escaped: bool, to_delimiter: bool, to_position: int) -> str:
        """Read a character, or a run of characters of which none is special."""
        character = self._peek()
        runs = _PLAIN_WORDS if to_delimiter else _PLAIN
        run = None if is_escaped else runs.match(self.text, self.position)
        if run and run[0]:
            end = run.end() if to_position < self.position else min(run.end(), to_position)
            text = self.text[self.position : end]
            self.position = end
            return text
        if character == '"' and self.text[self.position - 1] != "\\":
            self.position += 1
            return '\\"'
        if character not in _CONTROLS and character < " ":
            raise self._error(f"Invalid character {json_text(character)}")
        self.position += 1
        return _CONTROLS.get(character, character)

    def _escape(self) -> str:
        character = self._peek(1)
        start = self.position
        if character == "u":
            digits = re.compile("[0-9a-fA-F]{0,4}").match(self.text, start + 2)
            assert digits is not None
            if len(digits[0]) == 4:
                self.position += 6
                return self.text[start : start + 6]
            if digits.end() < len(self.text):
                raise self._error(f'Invalid unicode character "{self.text[start : start + 6]}"')
            self.position = len(self.text)
            return ""
        self.position += 2
        if character and character in '"\\/bfnrt':
            return self.text[start : start + 2]
        return "\\n" if character == "\n" else character

    def _concatenated(self) -> None:
        """Join ``"a" + "b"`` to one string."""
        self._blanks()
        while self._skip("+"):
            self._work()
            self._blanks()
            self.out.cut('"')
            start = self.out.mark()
            if self._string():
                self.out.drop_character(start)
            else:
                self.out.insert('"')

    def _number(self) -> bool:
        start = self.position
        number = _NUMBER.match(self.text, start)
        assert number is not None
        sign, whole, fraction, exponent = number.groups(default="")
        if not (sign or whole or fraction):
            return False
        self.position = number.end()
        if not self._ends_number():
            self.position = start
            return False
        if (whole.startswith("0") and len(whole) > 1) or (exponent and not whole and not fraction):
            self.out.add(f'"{self.text[start : self.position]}"')
            return True
        valid = sign + (whole or "0") + (fraction + "0" if fraction == "." else fraction)
        if exponent:
            valid += exponent if exponent[-1].isdigit() else exponent + "0"
        self.out.add(valid)
        return True

    def _ends_number(self) -> bool:
        following = self._peek()
        return not following or following in _DELIMITERS or following in " \t\r\n"

    def _keyword(self) -> bool:
        keyword = _KEYWORD.match(self.text, self.position)
        if keyword is None:
            return False
        self.out.add("null" if keyword[0] == "None" else keyword[0].lower())
        self.position = keyword.end()
        return True

    def _unquoted(self, *, is_key: bool) -> bool:
        """Read a word without quotes, or the argument of a function that is called."""
        start = self.position
        if name := _NAME.match(self.text, start):
            blanks = _PLAIN_BLANKS.match(self.text, name.end())
            assert blanks is not None
            self.position = name.end()
            if self.text.startswith("(", blanks.end()):
                self.position = blanks.end() + 1
                self._value()
                if self._skip(")"):
                    self._skip(";")
                return True
        word_end = (_KEY if is_key else _WORD).match(self.text, self.position)
        assert word_end is not None
        self.position = word_end.end()
        self._url(start)
        if self.position <= start:
            return False
        while self.position > 0 and self.text[self.position - 1] in " \t\r\n":
            self.position -= 1
        word = self.text[start : self.position]
        self.out.add("null" if word == "undefined" else json_text(word))
        self._skip('"')
        return True

    def _pattern(self) -> bool:
        """Make text of a regular expression."""
        start = self.position
        if self._peek() != "/":
            return False
        self.position += 1
        ending = _PATTERN_END.search(self.text, self.position)
        self.position = ending.end() if ending else len(self.text) + 1
        self.out.add(json_text(self.text[start : self.position]))
        return True


def _ends_of(quote: str) -> frozenset[str]:
    """Return the quotes that end a string which starts with ``quote``."""
    if quote in ('"', "'"):
        return frozenset(quote)
    return _SINGLE_QUOTES if quote in _SINGLE_QUOTES else _DOUBLE_QUOTES


def _before_blanks(text: str, inserted: str) -> str:
    end = len(text.rstrip(" \t\r\n"))
    return text[:end] + inserted + text[end:]
