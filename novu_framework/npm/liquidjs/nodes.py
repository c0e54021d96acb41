"""What a parsed template is made of: text, outputs and blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, TextIO

from novu_framework.npm.ecmascript.numbers import MAX_SAFE_INTEGER
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.errors import LiquidError, located
from novu_framework.npm.liquidjs.evaluators import Evaluator
from novu_framework.npm.liquidjs.lexer import Token
from novu_framework.npm.liquidjs.scanner import Filtered
from novu_framework.npm.liquidjs.values import Drop, is_nil, js_json, js_text, stringify

Write = Callable[[Context, TextIO], Any]
"""The method that renders a node."""

_ESCAPED = re.compile(r'[\\"\n\r\t]')


class Node:
    """A tag, an output, or the text between."""

    __slots__ = ("token",)

    def __init__(self, token: Token) -> None:
        self.token = token

    def write(self, ctx: Context, out: TextIO) -> None:
        """Render to ``out``."""
        raise NotImplementedError


class Text(Node):
    """Text between tags, written as it is."""

    __slots__ = ()

    def write(self, ctx: Context, out: TextIO) -> None:
        """Write the text."""
        out.write(self.token.value)


class Block:
    """Nodes rendered one after the other, until one of them interrupts."""

    __slots__ = ("_nodes", "_size", "_tokens")

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._tokens = tuple(node.token for node in nodes)
        self._nodes: tuple[str | Write, ...] = tuple(
            node.token.value if isinstance(node, Text) else node.write for node in nodes
        )
        self._size = len(self._nodes) + 1

    def write(self, ctx: Context, out: TextIO) -> None:
        """Render the nodes to ``out``."""
        ctx.rounds_left -= self._size
        if ctx.rounds_left < 0:
            raise LiquidError("template render limit exceeded", kind="RenderError")
        rendered = 0
        try:
            for node in self._nodes:
                if isinstance(node, str):
                    out.write(node)
                else:
                    node(ctx, out)
                    if ctx.interrupted:
                        return
                rendered += 1
        except LiquidError:
            raise
        except Exception as error:
            # As in the reference, whatever a filter raises is an error of the template.
            token = self._tokens[rendered]
            message = located(str(error), token.source, token.start_index)
            raise LiquidError(message, kind="RenderError") from error


class Output(Node):
    """``{{ value }}``: a value that is printed."""

    __slots__ = ("_evaluate", "_raw")

    def __init__(self, token: Token, value: Filtered) -> None:
        super().__init__(token)
        self._evaluate: Evaluator = value.evaluate
        self._raw = value.raw

    def write(self, ctx: Context, out: TextIO) -> None:
        value = self._evaluate(ctx)
        if self._raw:
            text = stringify(value)
        elif type(value) is str:
            text = escaped(value) if _ESCAPED.search(value) is not None else value
        elif type(value) is int and -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            text = str(value)
        else:
            text = printed(value)
        # Spelt out where a call would cost as much as the rest.
        ctx.memory_left -= len(text)
        if ctx.memory_left < 0:
            ctx.charge(0)
        out.write(text)


def escaped(text: str) -> str:
    """Text as it may stand inside a JSON string, since controls are rendered as one JSON text."""
    text = text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def printed(value: Any) -> str:
    """Return a value as it is printed: arrays and objects as JSON with single quotes, nothing of nil."""
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, (list, dict, Drop)):
        return quoted_json(value)
    return "" if is_nil(value) else js_text(value)


def quoted_json(value: Any, indent: str = "") -> str:
    """JSON with single quotes, and its line breaks written as ``\\n``."""
    return (js_json(value, indent) or "").replace('"', "'").replace("\n", "\\n")
