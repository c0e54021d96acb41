"""What is written inside a tag or an output, read the forgiving way LiquidJS reads it.

A `Scanner` walks over one expression and hands out evaluators.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import to_double_precision
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


@dataclass(frozen=True)
class Value:
    """One operand: how to get it, how it was written, and the text it is when it is a quoted string."""

    evaluate: Evaluator
    text: str
    quoted: str | None = None


@dataclass(frozen=True)
class Filtered:
    """An expression with its filters. ``raw`` when the last filter asks to be printed unescaped."""

    evaluate: Evaluator
    text: str
    raw: bool = False


@dataclass
class ParseState:
    """The filters that expressions may name, and how many more parts the template may have."""

    filters: Mapping[str, Callable[..., Any]]
    parts_left: int

    def count_part(self) -> None:
        """Count one more tag, value or filter. Raises LiquidError beyond the bound."""
        self.parts_left -= 1
        if self.parts_left < 0:
            raise LiquidError("parse length limit exceeded", kind="ParseError")


class Scanner:
    """Reads one expression, ``text``, which starts at ``offset`` of the template ``source``."""

    def __init__(self, text: str, state: ParseState, *, source: str | None = None, offset: int = 0) -> None:
        self.text = text
        self.state = state
        self.position = 0
        self.source = text if source is None else source
        self.offset = offset

    # What the parsers of tags need.

    def at_end(self) -> bool:
        """Tell whether everything was read."""
        return self.position >= len(self.text)

    def skip_blanks(self) -> None:
        """Move over blanks."""
        skipped = _SKIP.match(self.text, self.position)
        assert skipped is not None
        self.position = skipped.end()

    def peek(self) -> str:
        """Return the next character, or nothing."""
        return self.text[self.position : self.position + 1]

    def skip_past(self, text: str) -> bool:
        """Move behind the next ``text``, at least one character on; to the end, and False, if it does not come."""
        found = self.text.find(text, max(self.position + 1 - len(text), 0))
        self.position = len(self.text) if found < 0 else max(found + len(text), self.position + 1)
        return found >= 0

    def error(self, text: str, position: int | None = None) -> LiquidError:
        """Make an error at a place, the present one if not told otherwise."""
        place = self.offset + (self.position if position is None else position)
        return LiquidError(located(text, self.source, place), kind="TokenizationError")

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
        """Read the quoted string here, unescaped. A string left open ends with the expression."""
        self.skip_blanks()
        found = _QUOTED.match(self.text, self.position)
        if found is None:
            return None
        self.position = found.end()
        return unescaped(found[0][1:-1])

    def arguments(self) -> dict[str, Evaluator | None]:
        """Named arguments, ``limit: 2, reversed``; None where only the name is written."""
        found: dict[str, Evaluator | None] = {}
        while True:
            self.skip_blanks()
            if self.peek() == ",":
                self.position += 1
            name = self.identifier()
            if not name:
                return found
            self.skip_blanks()
            value = None
            if self.peek() == ":":
                self.position += 1
                value = self.value()
            found[name] = value.evaluate if value else None

    # Values.

    def value(self) -> Value | None:
        """Read a literal, string, number, range or variable, with the properties read from it; None for anything else."""
        self.skip_blanks()
        start = self.position
        text, position = self.text, start
        self.state.count_part()
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
        """Read a `value`. Raises LiquidError for anything else."""
        value = self.value()
        if value is None:
            raise self.error(f"unexpected token {self.rest()}, value expected")
        return value

    def scope_value(self) -> Evaluator | None:
        """Read a path of properties as filters such as ``where`` are given it."""
        self.skip_blanks()
        properties = self._properties(is_start=True)
        return properties_of(None, properties) if properties else None

    def filtered(self) -> Filtered:
        """Read an expression and its filters. Raises LiquidError for anything else."""
        start = self.position
        evaluate = self._expression()
        if evaluate is None:
            raise self.error(f"invalid value expression: {self.rest()}")
        raw = False
        while (step := self._filter()) is not None:
            pipe, raw = step
            evaluate = pipe(evaluate)
        return Filtered(evaluate, self.text[start : self.position], raw)

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
        found: list[Evaluator | str] = []
        text = self.text
        while True:
            if text.startswith("[", self.position):
                self.position += 1
                inner = self.value()
                if not self.skip_past("]"):
                    raise self.error("[ not closed")
                if inner is None:
                    found.append("")
                else:
                    found.append(inner.quoted if inner.quoted is not None else inner.evaluate)
            elif is_start and not found and (name := self.identifier()):
                found.append(name)
            elif text.startswith(".", self.position) and not text.startswith("..", self.position):
                self.position += 1
                name = self.identifier()
                if not name:
                    return found
                self.state.count_part()
                found.append(name)
            else:
                return found

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
                self.state.count_part()
            elif (value := self.value()) is not None:
                output.append(value.evaluate)
            else:
                break
        output.extend(reversed(waiting))
        return in_postfix(output) if output else None

    # Filters.

    def _filter(self) -> tuple[Callable[[Evaluator], Evaluator], bool] | None:
        """What pipes an evaluator into the filter here, and whether its result is printed as it is."""
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
        self.state.count_part()
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
        return piped(self.state.filters.get(name), arguments), name == "raw"

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
    """Return the characters that a string's escapes stand for."""
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
    return float(text) if "." in text else to_double_precision(int(text))
