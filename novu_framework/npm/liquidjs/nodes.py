"""What a parsed template is made of: text, and functions that write what a tag or an output prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.errors import LiquidError, located
from novu_framework.npm.liquidjs.lexer import Token
from novu_framework.npm.liquidjs.scanner import FilteredValue
from novu_framework.npm.liquidjs.values import stringify

Emit: TypeAlias = Callable[[str], object]
"""Takes the text that a template prints, piece by piece."""

Write: TypeAlias = Callable[[Context, Emit], object]
"""Renders a node."""

OutputEscape: TypeAlias = Callable[[Any], str]
"""Makes text of a value that is printed."""


class Node(NamedTuple):
    """A tag or an output with what renders it, or the text between them."""

    token: Token
    write: Write | str


def block(nodes: Sequence[Node] = ()) -> Write:
    """Return what renders nodes one after the other, until one of them interrupts."""
    tokens = [node.token for node in nodes]
    writers = [node.write for node in nodes]
    size = len(writers) + 1

    def write(ctx: Context, emit: Emit) -> None:
        ctx.rounds_left -= size
        if ctx.rounds_left < 0:
            raise LiquidError("template render limit exceeded", kind="RenderError")
        writer: Write | str = ""
        try:
            for writer in writers:
                if isinstance(writer, str):
                    emit(writer)
                else:
                    writer(ctx, emit)
                    if ctx.interrupted:
                        return
        except LiquidError:
            raise
        except Exception as error:
            # As in the npm package, whatever a filter raises is an error of the template.
            token = tokens[writers.index(writer)]
            raise LiquidError(located(str(error), token.source, token.start), kind="RenderError") from error

    return write


def output(value: FilteredValue, escape: OutputEscape) -> Write:
    """Return what renders ``{{ value }}``."""
    evaluate = value.evaluate
    to_text = stringify if value.raw else escape

    def write(ctx: Context, emit: Emit) -> None:
        text = to_text(evaluate(ctx))
        # Spelt out where a call would cost as much as the rest.
        ctx.memory_left -= len(text)
        if ctx.memory_left < 0:
            ctx.charge(0)
        emit(text)

    return write
