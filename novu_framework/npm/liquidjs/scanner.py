"""What is written inside a tag or an output, read the forgiving way LiquidJS reads it.

A `Scanner` walks over one expression and hands out evaluators.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import to_double_precision
from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.errors import LiquidError, located
from novu_framework.npm.liquidjs.evaluators import (
    Evaluator,
    constant,
    in_postfix,
    piped,
    properties_of,
    range_of,
)
from novu_framework.npm.liquidjs.lexer import BLANKS, WORD, snapshot
from novu_framework.npm.liquidjs.operators import PRECEDENCE
from novu_framework.npm.liquidjs.values import BLANK, EMPTY, NIL

_SKIP = re.compile(f"[{BLANKS}]*")
_WORD = re.compile(f"{WORD}+")
_LITERAL = re.compile(f"(?:true|false|nil|null|empty|blank)(?!{WORD})")
_OPERATOR = re.compile(f"[=!]=|[<>]=?|(?:contains|not|and|or)(?!{WORD})")
_NUMBER = re.compile(rf"[-+]?[0-9]+(?:\.(?!\.)[0-9]*)?(?!{WORD}|\.(?!\.))")
_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*(?:"|\\?\Z)|'(?:[^'\\]|\\.)*(?:'|\\?\Z)""", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{0,4})|([0-7]{1,3})|(.)|)", re.DOTALL)

_LITERALS = {"true": True, "false": False, "nil": NIL, "null": NIL, "empty": EMPTY, "blank": BLANK}
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class Value(NamedTuple):
    """One operand: what evaluates it, how it was written, and the text it is when it is a quoted string."""

    evaluate: Evaluator
    text: str
    quoted: str | None = None


class FilteredValue(NamedTuple):
    """An expression with its filters. ``raw`` when the last filter asks to be printed unescaped."""

    evaluate: Evaluator
    text: str
    raw: bool = False


class ParseState:
    """The filters that expressions may name, and how many more parts the template may have."""

    __slots__ = ("filters", "parts_left")

    def __init__(self, filters: Mapping[str, Filter], parts_left: int) -> None:
        self.filters: Final = filters
        self.parts_left: int = parts_left

    def count_part(self) -> None:
        """Count one more tag, value or filter. Raises LiquidError beyond the bound."""
        self.parts_left -= 1
        if self.parts_left < 0:
            raise LiquidError("parse length limit exceeded", kind="ParseError")


class Scanner:
    """Reads one expression, ``text``, which starts at ``offset`` of the template ``source`` (or is all of it)."""

    def __init__(self, text: str, state: ParseState, *, source: str | None = None, offset: int = 0) -> None:
        self.text = text
        self._state = state
        self.position: int = 0
        self.source: str = text if source is None else source
        self.offset = offset

    # What the parsers of tags need.

    def at_end(self) -> bool:
        """Tell whether all has been read."""
        return self.position >= len(self.text)

    def skip_blanks(self) -> None:
        """Move to the next character that is not a blank."""
        skipped = _SKIP.match(self.text, self.position)
        assert skipped is not None
        self.position = skipped.end()

    def peek(self) -> str:
        """Return the next character, or nothing at the end."""
        return self.text[self.position : self.position + 1]

    def skip_past(self, text: str) -> bool:
        """Move behind the next ``text``, at least one character on; without one, to the end, and return False."""
        found = self.text.find(text, max(self.position + 1 - len(text), 0))
        self.position = len(self.text) if found < 0 else max(found + len(text), self.position + 1)
        return found >= 0

    def error(self, text: str) -> LiquidError:
        """Return an error with the place that has been reached."""
        return LiquidError(located(text, self.source, self.offset + self.position), kind="TokenizationError")

    def rest(self) -> str:
        """Return the text not read yet, quoted for a message."""
        return snapshot(self.text, self.position)

    def identifier(self) -> str:
        """Read the word here, or nothing."""
        self.skip_blanks()
        word = _WORD.match(self.text, self.position)
        if word is None:
            return ""
        self.position = word.end()
        return word[0]

    def quoted(self) -> str | None:
        """Read the quoted string here, unescaped, or return None. A string left open ends with the expression."""
        self.skip_blanks()
        found = _QUOTED.match(self.text, self.position)
        if found is None:
            return None
        self.position = found.end()
        return unescaped(found[0][1:-1])

    def arguments(self) -> dict[str, Evaluator | None]:
        """Read named arguments, ``limit: 2, reversed``; None where only the name is written."""
        arguments: dict[str, Evaluator | None] = {}
        while True:
            self.skip_blanks()
            if self.peek() == ",":
                self.position += 1
            name = self.identifier()
            if not name:
                return arguments
            self.skip_blanks()
            value = None
            if self.peek() == ":":
                self.position += 1
                value = self.value()
            arguments[name] = value.evaluate if value else None

    # Values.

    def value(self) -> Value | None:
        """Read a literal, string, number, range or variable with its properties, or return None."""
        self.skip_blanks()
        start = self.position
        text, position = self.text, start
        self._state.count_part()
        quoted: str | None = None
        head: Evaluator | None = None
        if literal := _LITERAL.match(text, position):
            self.position = literal.end()
            head = constant(_LITERALS[literal[0]])
        elif (quoted := self.quoted()) is not None:
            head = constant(quoted)
        elif number := _NUMBER.match(text, self.position):
            self.position = number.end()
            head = constant(_number(number[0]))
        elif self.peek() == "(":
            head = self._range()
        properties = self._properties(is_start=head is None)
        if properties:
            return Value(properties_of(head, properties), text[start : self.position])
        if head is None:
            return None
        return Value(head, text[start : self.position], quoted)

    def required_value(self) -> Value:
        """Read a `value`. Raises LiquidError where none is written."""
        value = self.value()
        if value is None:
            raise self.error(f"unexpected token {self.rest()}, value expected")
        return value

    def scope_value(self) -> Evaluator | None:
        """Read a path of properties as filters such as ``where`` are given it."""
        self.skip_blanks()
        properties = self._properties(is_start=True)
        return properties_of(None, properties) if properties else None

    def filtered_value(self) -> FilteredValue:
        """Read an expression and its filters. Raises LiquidError where none is written."""
        start = self.position
        evaluate = self._expression()
        if evaluate is None:
            raise self.error(f"invalid value expression: {self.rest()}")
        raw = False
        while (step := self._filter()) is not None:
            pipe, raw = step
            evaluate = pipe(evaluate)
        return FilteredValue(evaluate, self.text[start : self.position], raw)

    def _range(self) -> Evaluator:
        self.position += 1
        low = self.required_value().evaluate
        self.skip_blanks()
        if self.text[self.position : self.position + 2] != "..":
            raise self.error("invalid range syntax")
        self.position += 2
        high = self.required_value().evaluate
        self.skip_blanks()
        closed = self.peek() == ")"
        self.position += 1
        if not closed:
            raise self.error("invalid range syntax")
        return range_of(low, high)

    def _properties(self, *, is_start: bool) -> list[Evaluator | str]:
        properties: list[Evaluator | str] = []
        text = self.text
        while True:
            if text.startswith("[", self.position):
                self.position += 1
                inner = self.value()
                if not self.skip_past("]"):
                    raise self.error("[ not closed")
                if inner is None:
                    properties.append("")
                else:
                    properties.append(inner.quoted if inner.quoted is not None else inner.evaluate)
            elif is_start and not properties and (name := self.identifier()):
                properties.append(name)
            elif text.startswith(".", self.position) and not text.startswith("..", self.position):
                self.position += 1
                name = self.identifier()
                if not name:
                    return properties
                self._state.count_part()
                properties.append(name)
            else:
                return properties

    # Expressions.

    def _expression(self) -> Evaluator | None:
        output: list[Evaluator | str] = []
        waiting: list[str] = []
        while not self.at_end():
            self.skip_blanks()
            if operator := _OPERATOR.match(self.text, self.position):
                self.position = operator.end()
                while waiting and PRECEDENCE[waiting[-1]] > PRECEDENCE[operator[0]]:
                    output.append(waiting.pop())
                waiting.append(operator[0])
                self._state.count_part()
            elif (value := self.value()) is not None:
                output.append(value.evaluate)
            else:
                break
        output.extend(reversed(waiting))
        return in_postfix(output) if output else None

    # Filters.

    def _filter(self) -> tuple[Callable[[Evaluator], Evaluator], bool] | None:
        """Read a filter: what pipes an evaluator into it, and whether its result is printed as it is."""
        self.skip_blanks()
        if self.at_end() or self.peek() in "),":
            return None
        if self.peek() != "|":
            self.position += 1
            raise self.error('expected "|" before filter')
        self.position += 1
        name = self.identifier()
        if not name:
            if not self.at_end():
                raise self.error("expected filter name")
            return None
        self._state.count_part()
        arguments: list[Evaluator] = []
        self.skip_blanks()
        if self.peek() == ":":
            while True:
                self.position += 1
                argument = self._argument()
                if argument is not None:
                    arguments.append(argument)
                self.skip_blanks()
                if not self.at_end() and self.peek() not in ",|)":
                    raise self.error(f"unexpected character {self.rest()}")
                if self.peek() != ",":
                    break
        elif not self.at_end() and self.peek() not in "|),":
            raise self.error('expected ":" after filter name')
        return piped(self._state.filters.get(name), arguments), name == "raw"

    def _argument(self) -> Evaluator | None:
        key = self.value()
        if key is None:
            return None
        self.skip_blanks()
        if self.peek() != ":":
            return key.evaluate
        self.position += 1
        named = self.value()
        name, evaluate = key.text, named.evaluate if named else constant(UNDEFINED)
        return lambda ctx: [name, evaluate(ctx)]


def unescaped(text: str) -> str:
    """Return the text of a string with its escapes replaced by what they stand for."""
    if "\\" not in text:
        return text

    def character(escape: re.Match[str]) -> str:
        unicode, octal, other = escape.groups()
        if unicode is not None:
            return chr(int(unicode or "0", 16))
        if octal is not None:
            return chr(int(octal, 8))
        return _ESCAPES.get(other, other or "")

    return _ESCAPE.sub(character, text)


def _number(text: str) -> float:
    return float(text) if "." in text or len(text) > 300 else to_double_precision(int(text))
