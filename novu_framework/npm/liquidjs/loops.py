"""``for`` and ``tablerow``, and what interrupts them."""

from __future__ import annotations

import math
from typing import Any, TextIO

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import is_number, number_text
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.evaluators import Evaluator
from novu_framework.npm.liquidjs.lexer import Token
from novu_framework.npm.liquidjs.nodes import Block, Node
from novu_framework.npm.liquidjs.parser import Parser, ReadTag, no_arguments, tag_text
from novu_framework.npm.liquidjs.scanner import Scanner, Value
from novu_framework.npm.liquidjs.values import (
    Drop,
    is_truthy,
    js_json,
    plus,
    to_enumerable,
    to_integer,
    to_number,
)


class ForLoop(Drop):
    """``forloop``: where a loop is."""

    __slots__ = ("index", "length", "name")

    def __init__(self, length: int, name: str) -> None:
        self.index = 0
        self.length = length
        self.name = name

    def fields(self) -> dict[str, Any]:
        return {"i": self.index, "length": self.length, "name": self.name}

    def value_of(self) -> str | None:
        return js_json(self)

    def property(self, name: str) -> Any:
        match name:
            case "index":
                return self.index + 1
            case "first":
                return self.index == 0
            case "last":
                return self.index == self.length - 1
            case "length":
                return self.length
            case "index0" | "i":
                return self.index
            case "rindex":
                return self.length - self.index
            case "rindex0":
                return self.length - self.index - 1
            case "name":
                return self.name
            case "valueOf":
                return self.value_of()
        return UNDEFINED


class TableRowLoop(ForLoop):
    """``tablerowloop``: where a table is."""

    __slots__ = ("columns",)

    def __init__(self, length: int, name: str, columns: Any) -> None:
        super().__init__(length, name)
        self.columns = columns

    def fields(self) -> dict[str, Any]:
        return {**super().fields(), "cols": self.columns}

    @property
    def column(self) -> float:
        """The column, counted from zero."""
        width = to_number(self.columns)
        if not width or width != width:
            return math.nan
        return self.index if width in (math.inf, -math.inf) else math.fmod(self.index, width)

    @property
    def row(self) -> float:
        """The row, counted from one."""
        width = to_number(self.columns)
        if not width or width != width:
            return math.nan if width != width or not self.index else math.inf
        return math.floor(self.index / width) + 1

    def property(self, name: str) -> Any:
        match name:
            case "row":
                return self.row
            case "col0":
                return self.column
            case "col":
                return self.column + 1
            case "col_first":
                return self.column == 0
            case "col_last":
                return is_number(self.columns) and self.column + 1 == self.columns
            case "cols":
                return self.columns
        return super().property(name)


class For(Node):
    """``for``, with ``offset``, ``limit`` and ``reversed`` applied in that order."""

    __slots__ = ("_arguments", "_block", "_items", "_key", "_loop_name", "_name", "_otherwise")

    def __init__(
        self,
        token: Token,
        name: str,
        items: Value,
        arguments: dict[str, Evaluator | None],
        block: Block,
        otherwise: Block,
    ) -> None:
        super().__init__(token)
        self._name = name
        self._items = items.evaluate
        self._loop_name = f"{name}-{items.text}"
        self._arguments = {key: arguments[key] for key in ("offset", "limit", "reversed") if key in arguments}
        self._block = block
        self._otherwise = otherwise

    def write(self, ctx: Context, out: TextIO) -> None:
        items = to_enumerable(self._items(ctx))
        if not items:
            self._otherwise.write(ctx, out)
            return
        if self._arguments:
            items = self._selected(ctx, items)
        else:
            ctx.resume_at[self._loop_name] = len(items)
        loop = ForLoop(len(items), self._loop_name)
        name, write = self._name, self._block.write
        scope: dict[str, Any] = {"forloop": loop}
        ctx.loop_scopes.append(scope)
        for item in items:
            scope[name] = item
            ctx.interrupted = ctx.broken = False
            write(ctx, out)
            if ctx.broken:
                break
            loop.index += 1
        ctx.interrupted = ctx.broken = False
        ctx.loop_scopes.pop()

    def _selected(self, ctx: Context, items: list[Any]) -> list[Any]:
        ctx.loop_scopes.append({"continue": ctx.resume_at.get(self._loop_name, {})})
        values = {key: True if value is None else value(ctx) for key, value in self._arguments.items()}
        ctx.loop_scopes.pop()
        ctx.charge_items(len(items))
        offset = values.get("offset", UNDEFINED)
        if offset is not UNDEFINED:
            items = items[array_position(offset, len(items)) :]
        if values.get("limit", UNDEFINED) is not UNDEFINED:
            items = items[: array_position(values["limit"], len(items))]
        if values.get("reversed", UNDEFINED) is not UNDEFINED:
            items = items[::-1]
        begun = offset if offset not in (False, None, "", 0) and offset is not UNDEFINED else 0
        ctx.resume_at[self._loop_name] = plus(begun, len(items))
        return items


def array_position(value: Any, length: int) -> int:
    """Return where ``Array.prototype.slice`` starts or ends for ``value``."""
    position = to_integer(value)
    if position < 0:
        return int(max(length + position, 0))
    return int(min(position, length))


def read_for(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``for``, with its ``else``."""
    name = written.identifier()
    keyword = written.identifier()
    items = written.value()
    if not name or keyword != "in" or items is None:
        raise ValueError(f"illegal tag: {tag_text(token)}")
    arguments = written.arguments()
    parts: list[list[Node]] = [[], []]
    part = 0
    while True:
        nodes, tag = parser.block(token, "else", "endfor")
        parts[part].extend(nodes)
        no_arguments(parser.scanner())
        if tag == "endfor":
            return For(token, name, items, arguments, Block(parts[0]), Block(parts[1]))
        part = 1


class TableRow(Node):
    """``tablerow``: a row of cells for every ``cols`` items."""

    __slots__ = ("_arguments", "_block", "_items", "_loop_name", "_name")

    def __init__(self, token: Token, name: str, items: Value, arguments: dict[str, Evaluator | None], block: Block) -> None:  # fmt: skip
        super().__init__(token)
        self._name = name
        self._items = items.evaluate
        self._loop_name = f"{name}-{items.text}"
        self._arguments = arguments
        self._block = block

    def write(self, ctx: Context, out: TextIO) -> None:
        items = to_enumerable(self._items(ctx))
        values = {key: True if value is None else value(ctx) for key, value in self._arguments.items()}
        offset = _or(values.get("offset", UNDEFINED), 0)
        limit = values.get("limit", UNDEFINED)
        if limit is UNDEFINED:
            limit = len(items)
        end = plus(offset, limit)
        ctx.charge_items(len(items))
        ctx.rounds_left -= len(values)
        items = items[array_position(offset, len(items)) : array_position(end, len(items))]
        loop = TableRowLoop(len(items), self._loop_name, _or(values.get("cols", UNDEFINED), len(items)))
        scope: dict[str, Any] = {"tablerowloop": loop}
        ctx.loop_scopes.append(scope)
        for item in items:
            scope[self._name] = item
            if loop.column == 0:
                if loop.row != 1:
                    out.write("</tr>")
                out.write(f'<tr class="row{number_text(loop.row)}">')
            out.write(f'<td class="col{number_text(loop.column + 1)}">')
            self._block.write(ctx, out)
            out.write("</td>")
            loop.index += 1
        if items:
            out.write("</tr>")
        ctx.loop_scopes.pop()


def _or(value: Any, otherwise: Any) -> Any:
    """``value || otherwise`` in JavaScript."""
    return value if is_truthy(value) and value not in ("", 0) and value == value else otherwise


def read_table_row(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``tablerow``."""
    name = written.identifier()
    keyword = written.identifier()
    items = written.value()
    if keyword != "in" or items is None:
        raise ValueError(f"illegal tag: {tag_text(token)}")
    arguments = written.arguments()
    nodes, _ = parser.block(token, "endtablerow")
    parser.scanner()
    return TableRow(token, name, items, arguments, Block(nodes))


class Interrupt(Node):
    """``break`` or ``continue``."""

    __slots__ = ("_breaks",)

    def __init__(self, token: Token, *, breaks: bool) -> None:
        super().__init__(token)
        self._breaks = breaks

    def write(self, ctx: Context, out: TextIO) -> None:
        ctx.interrupted = True
        ctx.broken = ctx.broken or self._breaks


def read_break(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``break``."""
    return Interrupt(token, breaks=True)


def read_continue(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``continue``."""
    return Interrupt(token, breaks=False)


TAGS: dict[str, ReadTag] = {
    "break": read_break,
    "continue": read_continue,
    "for": read_for,
    "tablerow": read_table_row,
}
