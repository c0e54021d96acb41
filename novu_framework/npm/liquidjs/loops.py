"""``for`` and ``tablerow``, and what interrupts them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar, Final, TypeAlias

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import is_number, number_text
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.evaluators import Evaluator
from novu_framework.npm.liquidjs.lexer import Token
from novu_framework.npm.liquidjs.limits import charge_items, work
from novu_framework.npm.liquidjs.nodes import Emit, Node, Write, block
from novu_framework.npm.liquidjs.parser import Parser, ReadTag
from novu_framework.npm.liquidjs.scanner import Scanner, Value
from novu_framework.npm.liquidjs.tags import refuse_arguments
from novu_framework.npm.liquidjs.values import (
    Drop,
    array_position,
    is_truthy,
    js_truthy,
    liquid_json,
    plus,
    to_enumerable,
    to_number,
)

# What a cell of a table takes beside its content, in nanoseconds.
_CELL: Final = 2_000
# What selecting items takes, however few they are.
_SELECTION: Final = 1_500

Properties: TypeAlias = Mapping[str, Callable[[Any], Any]]


class ForLoop(Drop):
    """``forloop``: how far a loop has come."""

    __slots__ = ("index", "length", "name")

    properties: ClassVar[Properties] = {
        "first": lambda loop: loop.index == 0,
        "i": lambda loop: loop.index,
        "index": lambda loop: loop.index + 1,
        "index0": lambda loop: loop.index,
        "last": lambda loop: loop.index == loop.length - 1,
        "length": lambda loop: loop.length,
        "name": lambda loop: loop.name,
        "rindex": lambda loop: loop.length - loop.index,
        "rindex0": lambda loop: loop.length - loop.index - 1,
        "valueOf": lambda loop: loop.value_of(),
    }
    """How each property is read."""

    def __init__(self, length: int, name: str) -> None:
        self.index: int = 0
        self.length: int = length
        self.name: str = name

    def fields(self) -> dict[str, Any]:
        """Return what is printed of it."""
        return {"i": self.index, "length": self.length, "name": self.name}

    def value_of(self) -> str:
        """Return it as JSON."""
        return liquid_json(self)

    def property(self, name: str) -> Any:
        """Return the property ``name``, or `UNDEFINED`."""
        read = self.properties.get(name)
        return UNDEFINED if read is None else read(self)


class TableRowLoop(ForLoop):
    """``tablerowloop``: how far a table has come."""

    __slots__ = ("_width", "columns")

    properties: ClassVar[Properties] = {
        **ForLoop.properties,
        "col": lambda loop: loop.column + 1,
        "col0": lambda loop: loop.column,
        "col_first": lambda loop: loop.column == 0,
        "col_last": lambda loop: is_number(loop.columns) and loop.column + 1 == loop.columns,
        "cols": lambda loop: loop.columns,
        "row": lambda loop: loop.row,
    }

    def __init__(self, length: int, name: str, columns: Any) -> None:
        super().__init__(length, name)
        self.columns: Final = columns
        self._width = to_number(columns)

    def fields(self) -> dict[str, Any]:
        """Return what is printed of it."""
        return {**super().fields(), "cols": self.columns}

    @property
    def column(self) -> float:
        """The column, counted from zero."""
        width = self._width
        if not width or width != width:
            return math.nan
        return self.index if width in (math.inf, -math.inf) else math.fmod(self.index, width)

    @property
    def row(self) -> float:
        """The row, counted from one."""
        width = self._width
        if not width or width != width:
            return math.nan if width != width or not self.index else math.inf
        return math.floor(self.index / width) + 1


def for_(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``for``, with ``offset``, ``limit`` and ``reversed`` applied in that order."""
    name, items, arguments = _head(token, scanner, needs_name=True)
    arguments = {key: arguments[key] for key in ("offset", "limit", "reversed") if key in arguments}
    parts: list[list[Node]] = [[], []]
    part = 0
    while True:
        nodes, end, scanner = parser.body(token, "else", "endfor")
        parts[part].extend(nodes)
        refuse_arguments(scanner)
        if end == "endfor":
            return _for(name, items, arguments, block(parts[0]), block(parts[1]))
        part = 1


def _head(
    token: Token, scanner: Scanner, *, needs_name: bool
) -> tuple[str, Value, dict[str, Evaluator | None]]:
    """Read ``item in items limit: 2``: the name of the item, the items, and the arguments."""
    name = scanner.identifier()
    keyword = scanner.identifier()
    items = scanner.value()
    if (needs_name and not name) or keyword != "in" or items is None:
        raise ValueError(f"illegal tag: {token.written}")
    return name, items, scanner.arguments()


def _for(
    name: str, source: Value, arguments: dict[str, Evaluator | None], body: Write, otherwise: Write
) -> Write:
    evaluate = source.evaluate
    loop_name = f"{name}-{source.text}"

    def write(ctx: Context, emit: Emit) -> None:
        items = to_enumerable(evaluate(ctx))
        if not items:
            otherwise(ctx, emit)
            return
        if arguments:
            items = _selected(ctx, items, arguments, loop_name)
        else:
            ctx.resume_at[loop_name] = len(items)
        loop = ForLoop(len(items), loop_name)
        scope: dict[str, Any] = {"forloop": loop}
        ctx.loop_scopes.append(scope)
        for item in items:
            scope[name] = item
            ctx.interrupted = ctx.broken = False
            body(ctx, emit)
            if ctx.broken:
                break
            loop.index += 1
        ctx.interrupted = ctx.broken = False
        ctx.loop_scopes.pop()

    return write


def _values(ctx: Context, arguments: dict[str, Evaluator | None]) -> dict[str, Any]:
    return {key: True if value is None else value(ctx) for key, value in arguments.items()}


def _selected(
    ctx: Context, items: list[Any], arguments: dict[str, Evaluator | None], loop_name: str
) -> list[Any]:
    """Return the items that ``offset``, ``limit`` and ``reversed`` select, and remember where they end."""
    ctx.loop_scopes.append({"continue": ctx.resume_at.get(loop_name, {})})
    values = _values(ctx, arguments)
    ctx.loop_scopes.pop()
    charge_items(len(items))
    work(_SELECTION)
    offset = values.get("offset", UNDEFINED)
    if offset is not UNDEFINED:
        items = items[array_position(offset, len(items)) :]
    if values.get("limit", UNDEFINED) is not UNDEFINED:
        items = items[: array_position(values["limit"], len(items))]
    if values.get("reversed", UNDEFINED) is not UNDEFINED:
        items = items[::-1]
    start = offset if offset not in (False, None, "", 0) and offset is not UNDEFINED else 0
    ctx.resume_at[loop_name] = plus(start, len(items))
    return items


def tablerow(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``tablerow``: a row of cells for every ``cols`` items."""
    name, source, arguments = _head(token, scanner, needs_name=False)
    nodes, _, _ = parser.body(token, "endtablerow")
    body = block(nodes)
    loop_name = f"{name}-{source.text}"

    def write(ctx: Context, emit: Emit) -> None:
        items = to_enumerable(source.evaluate(ctx))
        values = _values(ctx, arguments)
        offset = _or(values.get("offset", UNDEFINED), 0)
        limit = values.get("limit", UNDEFINED)
        end = plus(offset, len(items) if limit is UNDEFINED else limit)
        charge_items(len(items) + 4)  # a table takes as long as several items, and so does each of its cells
        ctx.work(_CELL * len(items))
        items = items[array_position(offset, len(items)) : array_position(end, len(items))]
        loop = TableRowLoop(len(items), loop_name, _or(values.get("cols", UNDEFINED), len(items)))
        scope: dict[str, Any] = {"tablerowloop": loop}
        ctx.loop_scopes.append(scope)
        for item in items:
            scope[name] = item
            if loop.column == 0:
                if loop.row != 1:
                    emit("</tr>")
                emit(f'<tr class="row{number_text(loop.row)}">')
            emit(f'<td class="col{number_text(loop.column + 1)}">')
            body(ctx, emit)
            emit("</td>")
            loop.index += 1
        if items:
            emit("</tr>")
        ctx.loop_scopes.pop()

    return write


def _or(value: Any, otherwise: Any) -> Any:
    """Return ``value || otherwise`` of JavaScript."""
    return value if is_truthy(value) and js_truthy(value) else otherwise


def _interrupt(parser: Parser, token: Token, scanner: Scanner, *, breaks: bool) -> Write:
    """Read ``break`` or ``continue``."""

    def write(ctx: Context, emit: Emit) -> None:
        ctx.interrupted = True
        ctx.broken = ctx.broken or breaks

    return write


TAGS: Final[Mapping[str, ReadTag]] = {
    "break": partial(_interrupt, breaks=True),
    "continue": partial(_interrupt, breaks=False),
    "for": for_,
    "tablerow": tablerow,
}
