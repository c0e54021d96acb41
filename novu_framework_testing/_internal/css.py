"""The CSS of an email, read as far as rules need it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_AS_WRITTEN = re.compile(r"""("[^"]*"?|'[^']*'?|(?<=url\()[^)'"]*)""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_PART = re.compile(r"""[^;"'(]+|"[^"]*"?|'[^']*'?|\([^)]*\)?|;""")


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """Give the properties of a `style` attribute, or of a block, and their values, in lower case but for strings and addresses."""
    if "/*" in text:
        text = _COMMENT.sub("", text)
    if "(" in text or '"' in text or "'" in text:
        parts, current = [], ""
        for piece in _PART.findall(text):
            if piece == ";":
                parts.append(current)
                current = ""
            else:
                current += piece
        parts.append(current)
    else:
        parts = text.split(";")
    for part in parts:
        name, colon, value = part.partition(":")
        if colon and (name := name.strip()):
            yield name.lower() if not name.startswith("--") else name, _lower(value.strip())


def _lower(value: str) -> str:
    """Return a value in lower case, but for strings and addresses."""
    if '"' not in value and "'" not in value and "(" not in value:
        return value.lower()
    return "".join(part if index % 2 else part.lower() for index, part in enumerate(_AS_WRITTEN.split(value)))


_CSS = re.compile(r"""[^{};"']+|"[^"\n]*"?|'[^'\n]*'?|[{};]""")


class CssPart(NamedTuple):
    """A part of a stylesheet.

    Attributes:
        kind: What it is.
        text: The @rule, the selector, or the name of the property.
        line: Where it stands in the file, from 1.
        value: Of a declaration.
        selector, at_rule: What a declaration is inside of; empty outside of any.
        around: The @rules that a selector or an @rule is inside of, the outermost first.
    """

    kind: Literal["at-rule", "selector", "declaration"]
    text: str
    line: int
    value: str = ""
    selector: str = ""
    at_rule: str = ""
    around: tuple[str, ...] = ()


_DEEPEST = 8
"""So many @rules around a selector are told, so that nothing grows with the square of their number."""


def pieces_of(text: str, line: int) -> Iterator[CssPart]:
    """Give the parts of a stylesheet that begins on a line, in order, those inside @rules too."""
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    prelude = ""
    blocks: list[str] = []  # the selectors and @rules that are open
    at_rules: list[str] = []
    for piece in _CSS.findall(text):
        if piece == "{":
            name = " ".join(prelude.split())
            around = tuple(at_rules[:_DEEPEST])
            if name.startswith("@"):
                at_rules.append(name)
            yield CssPart("at-rule" if name.startswith("@") else "selector", name, line, around=around)
            blocks.append(name)
            prelude = ""
        elif piece in ("}", ";"):
            inner = prelude.strip()
            if inner.startswith("@"):
                yield CssPart("at-rule", inner, line, around=tuple(at_rules[:_DEEPEST]))
            elif inner and blocks:
                for name, value in declarations(inner):
                    yield CssPart(
                        "declaration", name, line, value, blocks[-1], at_rules[0] if at_rules else ""
                    )
            prelude = ""
            if piece == "}" and blocks and blocks.pop().startswith("@"):
                at_rules.pop()
        else:
            prelude += piece
            line += piece.count("\n")
