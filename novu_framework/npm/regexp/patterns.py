"""JavaScript regular expressions, as JSON Schema's ``pattern`` has them, for Python's `re`.

`compile_pattern` reads a pattern as ``new RegExp(pattern, "u")`` would and writes the Python one that finds the
same. What differs between the two languages: ``$`` (never before a last newline), ``\\d`` and ``\\w`` (ASCII),
``\\s`` (JavaScript's blanks), ``.``, escapes, named groups, empty classes and references to groups that did not
take part. A look-behind of varying width has no equivalent in `re` and is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import chain, groupby, pairwise

from novu_framework.npm.ecmascript.text import BLANKS
from novu_framework.npm.regexp import PatternError


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Return the compiled equivalent of a JavaScript pattern with the ``u`` flag; `search` is JavaScript's ``test``.

    Raises:
        PatternError: It is malformed (the message is V8's), or Python cannot run it.

    >>> bool(compile_pattern(r"^\\d+$").search("12")), bool(compile_pattern(r"^\\d+$").search("12\\n"))
    (True, False)
    """
    try:
        return re.compile(_Translation(pattern, unicode=True).text(), re.ASCII)
    except _Malformed as error:
        raise PatternError(f"Invalid regular expression: /{pattern}/u: {error}") from None
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        raise PatternError(f"Regular expression that Python cannot run: /{pattern}/u: {error}") from None


def is_regular_expression(pattern: str) -> bool:
    """Tell whether ``new RegExp(pattern)`` takes the pattern; without the ``u`` flag it is far less strict."""
    try:
        _Translation(pattern, unicode=False).text()
    except _Malformed:
        return False
    return True


class _Malformed(Exception):
    """Not a JavaScript regular expression; the text is V8's."""


def _complement(characters: str) -> str:
    """Return the ranges of a class that has every character but these."""
    bounds = [-1, *sorted(map(ord, characters)), 0x110000]
    gaps = ((low + 1, high - 1) for low, high in pairwise(bounds) if high - low > 1)
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in gaps)


_CLASSES = {"d": "\\d", "D": "\\D", "w": "\\w", "W": "\\W", "s": BLANKS, "S": _complement(BLANKS)}
_CONTROLS = {"f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{(\d+)(,(\d*))?\})\??", re.ASCII)
_BRACED = re.compile(r"\{([0-9a-fA-F]+)\}")
_SURROGATES = re.compile(r"([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
_DIGITS = {"u": re.compile("[0-9a-fA-F]{4}"), "x": re.compile("[0-9a-fA-F]{2}")}
_NAME = re.compile(r"<([A-Za-z_$\u0080-\U0010ffff][\w$\u0080-\U0010ffff]*)>", re.ASCII)
_NOTHING, _ANYTHING, _EMPTY = "(?!)", "[\\x00-\U0010ffff]", "(?:)"


class _Translation:
    """The reading of one pattern, from left to right."""

    def __init__(self, pattern: str, *, unicode: bool) -> None:
        self.pattern = pattern
        self.unicode = unicode
        self.at = 0
        self.groups = 0
        self.closed: set[int] = set()  # groups that a reference may already mean
        self.names = self._group_names()
        self.group_count = sum(number is not None for number in self._group_openings())

    def text(self) -> str:
        out: list[str] = []
        open_groups: list[tuple[int | None, bool]] = []  # (number of a capturing group, may be repeated)
        repeatable = False
        while self.at < len(self.pattern):
            char = self.pattern[self.at]
            quantifier = _QUANTIFIER.match(self.pattern, self.at)
            if quantifier:
                out.append(self._quantifier(quantifier, repeatable))
                repeatable = False
                continue
            self.at += 1
            if char == "(":
                opening, number, may_repeat = self._open_group()
                open_groups.append((number, may_repeat))
                out.append(opening)
                repeatable = False
            elif char == ")":
                if not open_groups:
                    raise _Malformed("Unmatched ')'")
                number, repeatable = open_groups.pop()
                if number is not None:
                    self.closed.add(number)
                out.append(")")
            elif char == "[":
                out.append(self._character_class())
                repeatable = True
            elif char == "\\":
                text, repeatable = self._escape()
                out.append(text)
            else:
                out.append(self._plain(char, repeatable))
                repeatable = char not in "^$|"
        if open_groups:
            raise _Malformed("Unterminated group")
        return "".join(out)

    def _plain(self, char: str, repeatable: bool) -> str:
        if self.unicode and char in "{}]":
            is_incomplete = char == "{" and repeatable
            raise _Malformed("Incomplete quantifier" if is_incomplete else "Lone quantifier brackets")
        special = {"^": "^", "$": "\\Z", "|": "|", ".": "[^\\n\\r\u2028\u2029]"}
        return special.get(char) or _literal(char)

    def _quantifier(self, found: re.Match[str], repeatable: bool) -> str:
        if not repeatable:
            raise _Malformed("Nothing to repeat")
        least, most = found[1], found[3]
        # By length first, since Python reads no number of thousands of figures.
        if most and (len(most.lstrip("0")), most.lstrip("0")) < (len(least.lstrip("0")), least.lstrip("0")):
            raise _Malformed("numbers out of order in {} quantifier")
        self.at = found.end()
        return found[0]

    # Groups

    def _open_group(self) -> tuple[str, int | None, bool]:
        if not self.pattern.startswith("?", self.at):
            self.groups += 1
            return "(", self.groups, True
        for opening in ("?:", "?=", "?!", "?<=", "?<!"):
            if self.pattern.startswith(opening, self.at):
                self.at += len(opening)
                # Without the u flag, browsers let look-aheads (not look-behinds) be repeated.
                return f"({opening}", None, opening == "?:" or (not self.unicode and "<" not in opening)
        if not self.pattern.startswith("?<", self.at):
            raise _Malformed("Invalid group")
        name = _NAME.match(self.pattern, self.at + 1)
        if name is None:
            raise _Malformed("Invalid capture group name")
        self.at = name.end()
        self.groups += 1
        return "(", self.groups, True

    def _group_openings(self) -> list[str | None]:
        """Return the name of each capturing group, in order; "" for those without a name."""
        openings: list[str | None] = []
        in_class, at = False, 0
        while at < len(self.pattern):
            char = self.pattern[at]
            if char == "\\":
                at += 1
            elif char == "[":
                in_class = True
            elif char == "]":
                in_class = False
            elif char == "(" and not in_class:
                name = _NAME.match(self.pattern, at + 2) if self.pattern.startswith("(?<", at) else None
                if name is not None:
                    openings.append(name[1])
                elif not self.pattern.startswith("(?", at):
                    openings.append("")
            at += 1
        return openings

    def _group_names(self) -> dict[str, int]:
        names: dict[str, int] = {}
        for number, name in enumerate(self._group_openings(), start=1):
            if name in names:
                raise _Malformed("Duplicate capture group name")
            if name:
                names[name] = number
        return names

    def _reference(self, number: int) -> str:
        # A group that has not taken part matches the empty text in JavaScript and fails in Python.
        return f"(?({number})\\{number})" if number in self.closed else _EMPTY

    # Escapes

    def _escape(self) -> tuple[str, bool]:
        """Return the translation of an escape outside a class, and whether it may be repeated."""
        char = self._next()
        if char == "b":
            return "\\b", False
        if char == "B":  # which Python does not find in an empty text
            return "(?:\\B|\\A\\Z)", False
        if char == "k" and (self.unicode or self.names):
            name = _NAME.match(self.pattern, self.at)
            if name is None or name[1] not in self.names:
                raise _Malformed(f"Invalid named {'reference' if name is None else 'capture referenced'}")
            self.at = name.end()
            return self._reference(self.names[name[1]]), True
        if char in "123456789":
            number = re.compile(r"\d+").match(self.pattern, self.at - 1)
            assert number is not None
            if len(number[0]) < 7 and int(number[0]) <= self.group_count:
                self.at = number.end()
                return self._reference(int(number[0])), True
            if self.unicode:
                raise _Malformed("Invalid escape")
        wide = self._class_escape(char)
        if wide is None:
            return _literal(self._character(char)), True
        return f"[{wide}]" if wide else _NOTHING, True

    def _next(self) -> str:
        if self.at >= len(self.pattern):
            raise _Malformed("\\ at end of pattern")
        self.at += 1
        return self.pattern[self.at - 1]

    def _class_escape(self, char: str) -> str | None:
        """Return what stands in a class for ``\\d``, ``\\p{...}`` or a similar escape; None for a single character."""
        if char in _CLASSES:
            return _CLASSES[char]
        if char in "pP" and self.unicode:
            found = re.compile(r"\{([\w=]+)\}", re.ASCII).match(self.pattern, self.at)
            if found is None:
                raise _Malformed("Invalid property name")
            self.at = found.end()
            return _property(found[1], char == "P")
        return None

    def _character(self, char: str, in_class: bool = False) -> str:
        """Return the character that an escape starting with ``char`` stands for."""
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char == "0" and not self.pattern[self.at : self.at + 1].isdecimal():
            return "\0"
        if char == "c" and re.match(r"[A-Za-z]", self.pattern[self.at : self.at + 1]):
            return chr(ord(self._next()) % 32)
        if char in "xu":
            code = self._hexadecimal(char)
            if code is not None:
                return code
        if in_class and char in "b-" and (char == "b" or self.unicode):
            return "\b" if char == "b" else "-"
        if (self.unicode and char not in _SYNTAX) or (char == "k" and self.names):
            if char == "0" or (in_class and char in "1234567"):
                raise _Malformed(f"Invalid {'class' if in_class else 'decimal'} escape")
            raise _Malformed("Invalid Unicode escape" if char in "cu" else "Invalid escape")
        return char

    def _hexadecimal(self, char: str) -> str | None:
        if char == "u" and self.unicode:
            braced = _BRACED.match(self.pattern, self.at)
            if braced and int(braced[1], 16) <= 0x10FFFF:
                self.at = braced.end()
                return chr(int(braced[1], 16))
            pair = _SURROGATES.match(self.pattern, self.at)
            if pair:
                self.at = pair.end()
                return chr(0x10000 + ((int(pair[1], 16) - 0xD800) << 10) + int(pair[2], 16) - 0xDC00)
        digits = _DIGITS[char].match(self.pattern, self.at)
        if digits is None:
            return None
        self.at = digits.end()
        return chr(int(digits[0], 16))

    # Classes

    def _character_class(self) -> str:
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        members: list[str] = []
        while not self.pattern.startswith("]", self.at):
            if self.at >= len(self.pattern):
                raise _Malformed("Unterminated character class")
            members.append(self._member())
        self.at += 1
        content = "".join(members)
        if not content:
            return _ANYTHING if negated else _NOTHING
        return f"[{'^' if negated else ''}{content}]"

    def _member(self) -> str:
        """Return the translation of one character, range or escape of a class."""
        first, first_is_wide = self._atom()
        is_range = self.pattern.startswith("-", self.at) and not self.pattern.startswith("-]", self.at)
        if not is_range or self.at + 1 >= len(self.pattern):
            return first if first_is_wide else _literal(first)
        self.at += 1
        last, last_is_wide = self._atom()
        if first_is_wide or last_is_wide:
            if self.unicode:
                raise _Malformed("Invalid character class")
            return "".join(
                text if wide else _literal(text)
                for text, wide in ((first, first_is_wide), (last, last_is_wide))
            )
        if first > last:
            raise _Malformed("Range out of order in character class")
        return f"{_literal(first)}-{_literal(last)}"

    def _atom(self) -> tuple[str, bool]:
        char = self._next()
        if char != "\\":
            return char, False
        char = self._next()
        wide = self._class_escape(char)
        return (wide, True) if wide is not None else (self._character(char, in_class=True), False)


def _literal(char: str) -> str:
    if char.isascii() and not char.isalnum() and char.isprintable() and char != " ":
        return f"\\{char}"
    return f"\\x{ord(char):02x}" if ord(char) < 32 else char


_LONG_CATEGORIES = {
    "Letter": "L", "Cased_Letter": "LC", "Uppercase_Letter": "Lu", "Lowercase_Letter": "Ll", "Titlecase_Letter": "Lt",
    "Modifier_Letter": "Lm", "Other_Letter": "Lo", "Mark": "M", "Nonspacing_Mark": "Mn", "Spacing_Mark": "Mc",
    "Enclosing_Mark": "Me", "Number": "N", "Decimal_Number": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
    "Punctuation": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd", "Open_Punctuation": "Ps",
    "Close_Punctuation": "Pe", "Initial_Punctuation": "Pi", "Final_Punctuation": "Pf", "Other_Punctuation": "Po",
    "Symbol": "S", "Math_Symbol": "Sm", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Other_Symbol": "So",
    "Separator": "Z", "Space_Separator": "Zs", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Other": "C",
    "Control": "Cc", "Format": "Cf", "Surrogate": "Cs", "Private_Use": "Co", "Unassigned": "Cn",
}  # fmt: skip
_BINARY: dict[str, Callable[[str], bool]] = {
    "Any": lambda char: True,
    "ASCII": str.isascii,
    "Alphabetic": lambda char: char.isalpha() or unicodedata.category(char) == "Nl",
    "Uppercase": str.isupper,
    "Lowercase": str.islower,
    "White_Space": frozenset(BLANKS.replace("\ufeff", "\x85")).__contains__,
}


@cache
def _categories() -> list[tuple[int, str]]:
    """Return the code points that have another general category than the one before, with it."""
    runs = groupby(range(0x110000), lambda code: unicodedata.category(chr(code)))
    return [(next(codes), category) for category, codes in runs]


@lru_cache(maxsize=64)
def _property(name: str, negated: bool) -> str:
    """Return the members of a Unicode property as ranges for a class."""
    key, _, value = name.rpartition("=")
    if key not in ("", "gc", "General_Category"):
        raise _Malformed(f"the Unicode property {key} is not supported here, general categories are")
    category = _LONG_CATEGORIES.get(value, value)
    belongs = _BINARY.get(value) if not key else None
    members: Iterable[tuple[int, bool]]
    if belongs is not None:
        members = ((code, belongs(chr(code))) for code in range(0x110000))
    elif category in _LONG_CATEGORIES.values():
        prefixes = ("Lu", "Ll", "Lt") if category == "LC" else (category,)
        members = ((code, one.startswith(prefixes)) for code, one in _categories())
    else:
        raise _Malformed("Invalid property name")
    ranges: list[str] = []
    start = None
    for code, is_member in chain(members, [(0x110000, negated)]):
        inside = is_member is not negated
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            ranges.append(f"{_literal(chr(start))}-{_literal(chr(code - 1))}")
            start = None
    return "".join(ranges)
