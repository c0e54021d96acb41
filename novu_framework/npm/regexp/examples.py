"""Texts that match a pattern."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from novu_framework.npm.regexp.patterns import compile_pattern

if sys.version_info >= (3, 11):
    from re import _constants as constants  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
else:
    import sre_constants as constants
    import sre_parse as parser

Choose = Callable[[Sequence[Any]], Any]

# What to write where a pattern leaves the choice: letters before digits before the rest of ASCII, then others.
_PRINTABLE = [
    *range(97, 123),
    *range(65, 91),
    *range(48, 58),
    *(code for code in range(32, 127) if not chr(code).isalnum()),
]
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    constants.CATEGORY_DIGIT: str.isdecimal,
    constants.CATEGORY_NOT_DIGIT: lambda char: not char.isdecimal(),
    constants.CATEGORY_SPACE: str.isspace,
    constants.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    constants.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    constants.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}


def example_of(pattern: str, choose: Choose = lambda options: options[0], *, tries: int = 1) -> str | None:
    """Return a text in which the JavaScript pattern is found, or None where ``tries`` attempts made none: it may have to be too long.

    ``choose`` picks one of several possibilities, of which the first are the simplest; a random choice gives varied
    texts. Look-arounds and ``\\b`` are left out of the text, which is checked against the whole pattern in the end.

    >>> example_of("^ORD-[0-9]{4}$")
    'ORD-0000'
    """
    compiled = compile_pattern(pattern)
    tree: Any = parser.parse(compiled.pattern, compiled.flags)
    for _ in range(tries):
        try:
            text = _Writer(choose).sequence(tree)
        except _TooLong:
            continue
        if compiled.search(text):
            return text
    return None


_LONGEST = 200_000
"""So many signs and repeats are written; a pattern may ask for billions of them."""


class _TooLong(Exception):
    pass


class _Writer:
    def __init__(self, choose: Choose) -> None:
        self._choose = choose
        self._groups: dict[int, str] = {}
        self._left = _LONGEST
        self._options: dict[tuple[Any, ...], list[int]] = {}

    def _spend(self, much: int) -> None:
        self._left -= much
        if self._left < 0:
            raise _TooLong

    def sequence(self, nodes: Iterable[Any]) -> str:
        return "".join(self._node(operation, argument) for operation, argument in nodes)

    def _node(self, operation: Any, argument: Any) -> str:
        self._spend(1)
        if operation is constants.LITERAL:
            return chr(argument)
        if operation is constants.NOT_LITERAL:
            return self._character([(constants.NEGATE, None), (constants.LITERAL, argument)])
        if operation is constants.IN:
            return self._character(argument)
        if operation is constants.BRANCH:
            return self.sequence(self._choose(argument[1]))
        if operation is constants.SUBPATTERN:
            group, text = argument[0], self.sequence(argument[-1])
            if group is not None:
                self._groups[group] = text
            return text
        if operation in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            least, most, body = argument
            counts = [max(least, 1), least, *range(least, min(most, least + 3) + 1)] if most else [0]
            times = self._choose(counts)
            self._spend(times)
            return "".join(self.sequence(body) for _ in range(times))
        if operation is constants.GROUPREF:
            self._spend(len(self._groups[argument]))
            return self._groups[argument]
        if operation is constants.GROUPREF_EXISTS:
            group, then, _ = argument  # a reference, as `compile_pattern` writes it: there is nothing else
            return self.sequence(then if group in self._groups else [])
        return ""  # anchors and look-arounds take no room

    def _character(self, members: list[Any]) -> str:
        key = tuple(members)
        if key not in self._options:
            self._options[key] = _options(members)
        return chr(self._choose(self._options[key]))


def _options(members: list[Any]) -> list[int]:
    """Return the signs that a class takes, the simplest first."""
    negated = bool(members) and members[0][0] is constants.NEGATE
    wanted = members[1:] if negated else members
    options = [code for code in _PRINTABLE if any(_belongs(code, one) for one in wanted) is not negated]
    if not options:
        starts = (argument[0] if isinstance(argument, tuple) else argument for _, argument in wanted)
        options = [code for code in starts if isinstance(code, int)] or [97]
    if wanted and wanted[0][0] is constants.RANGE and not negated and wanted[0][1][0] in options:
        options = [wanted[0][1][0], *options]  # [0-9a-f] starts with a 0
    return options


def _belongs(code: int, member: tuple[Any, Any]) -> bool:
    kind, argument = member
    if kind is constants.LITERAL:
        return bool(code == argument)
    if kind is constants.RANGE:
        return bool(argument[0] <= code <= argument[1])
    return bool(_CATEGORIES[argument](chr(code)))
