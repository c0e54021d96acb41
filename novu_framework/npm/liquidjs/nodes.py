"""What a parsed template is made of: text, and functions that write what a tag or an output prints."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.errors import LiquidError, located
from novu_framework.npm.liquidjs.lexer import Token
from novu_framework.npm.liquidjs.limits import PART
from novu_framework.npm.liquidjs.scanner import FilteredValue
from novu_framework.npm.liquidjs.values import stringify

Emit: TypeAlias = Callable[[str], object]
"""Takes the text that a template prints, piece by piece."""

Write: TypeAlias = Callable[[Context, Emit], object]
"""Renders a node."""

OutputEscape: TypeAlias = Callable[[Any], str]
"""Makes text of a value that is printed."""


# What escaping a character of a printed text takes, in nanoseconds.
_PRINTED: Final = 10
# What a text takes that is printed as another one, in nanoseconds.
_ESCAPED: Final = 1_000


class Node(NamedTuple):
    """A tag or an output with what renders it, or the text between them.

    ``weight`` is how many parts it is written with, those in blocks inside it left out.
    """

    token: Token
    write: Write | str
    weight: int = 1


def block(nodes: Sequence[Node] = ()) -> Write:
    """Return what renders nodes one after the other, until one of them interrupts."""
    tokens = [node.token for node in nodes]
    writers = [node.write for node in nodes]
    work = PART * (1 + sum(node.weight for node in nodes))
    size = sum(len(writer) for writer in writers if isinstance(writer, str))

    def write(ctx: Context, emit: Emit) -> None:
        ctx.work_left -= work
        ctx.memory_left -= size
        if ctx.work_left < 0 or ctx.memory_left < 0:
            ctx.check()
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
        print_value(ctx, emit, evaluate(ctx), to_text)

    return write


def print_value(ctx: Context, emit: Emit, value: Any, to_text: OutputEscape) -> None:
    """Print a value, once there is room for it."""
    before = ctx.memory_left
    if type(value) is str:
        ctx.memory_left -= len(value)
        ctx.work_left -= _PRINTED * len(value)
        if ctx.work_left < 0 or ctx.memory_left < 0:
            ctx.check()
        text = to_text(value)
        if text is not value:
            ctx.work_left -= _ESCAPED
            ctx.settle(len(text), before)
    else:
        text = to_text(value)
        ctx.settle(len(text), before)
    emit(text)
