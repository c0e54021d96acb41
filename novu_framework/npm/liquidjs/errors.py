"""What goes wrong in a template, in the words and kinds of the npm package."""

from __future__ import annotations

from functools import partial
from typing import Any, Literal, TypeAlias

from novu_framework.npm.ecmascript.text import utf16_length

ErrorKind: TypeAlias = Literal["TokenizationError", "ParseError", "RenderError"]


class LiquidError(Exception):
    """A template that does not parse, cannot be rendered, or asks for more than its limits.

    ``kind`` is the name of the npm package's error: ``TokenizationError``, ``ParseError`` or ``RenderError``.

    >>> str(LiquidError("tag \\"foo\\" not found", kind="ParseError"))
    'tag "foo" not found'
    """

    def __init__(self, text: str, *, kind: ErrorKind) -> None:
        super().__init__(text)
        self.kind: ErrorKind = kind

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), kind=self.kind), self.args, vars(self)


def located(text: str, source: str, position: int) -> str:
    """Return ``text`` with the line and column of ``position``, counted from one, in UTF-16 units.

    >>> located("invalid range syntax", "a\\n{{ (1 }}", 8)
    'invalid range syntax, line:2, col:7'
    """
    before = source[: max(position, 0)]
    line = before[before.rfind("\n") + 1 :]
    return f"{text}, line:{before.count(chr(10)) + 1}, col:{utf16_length(line) + 1}"
