"""The tags that decide what is rendered: conditions, cases, assignments, counters, and those that print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any, TextIO

from novu_framework.npm.ecmascript.numbers import number_text
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.evaluators import Evaluator
from novu_framework.npm.liquidjs.lexer import Token
from novu_framework.npm.liquidjs.nodes import Block, Node, printed
from novu_framework.npm.liquidjs.operators import negate
from novu_framework.npm.liquidjs.parser import Parser, ReadTag, no_arguments, tag_text
from novu_framework.npm.liquidjs.scanner import Filtered, Scanner
from novu_framework.npm.liquidjs.values import equals, is_truthy, js_text, stringify, to_enumerable, to_value

_COMMENT_LINE = re.compile(r"\n\s*[^#\s]")


class Branches(Node):
    """Blocks with their conditions, of which the first that holds is rendered, or else the last resort."""

    __slots__ = ("_branches", "_otherwise")

    def __init__(
        self, token: Token, branches: Sequence[tuple[Evaluator, Any, Block]], otherwise: Block
    ) -> None:
        super().__init__(token)
        self._branches = tuple(branches)
        self._otherwise = otherwise

    def write(self, ctx: Context, out: TextIO) -> None:
        self._chosen(ctx).write(ctx, out)

    def _chosen(self, ctx: Context) -> Block:
        for condition, holds, block in self._branches:
            if holds(condition(ctx)):
                return block
        return self._otherwise


def read_if(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``if``, with its ``elsif`` and ``else``."""
    branches: list[tuple[Evaluator, Any, Block]] = []
    condition = written.filtered().evaluate
    otherwise: list[Node] | None = None
    while True:
        nodes, tag = parser.block(token, "elsif", "else", "endif")
        if otherwise is None:
            branches.append((condition, is_truthy, Block(nodes)))
        else:
            otherwise = nodes
        written = parser.scanner()
        if tag == "elsif":
            if otherwise is not None:
                raise ValueError("unexpected elsif after else")
            condition = written.filtered().evaluate
            continue
        no_arguments(written)
        if tag == "endif":
            return Branches(token, branches, Block(otherwise or ()))
        if otherwise is not None:
            raise ValueError("duplicated else")
        otherwise = []


def read_unless(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``unless``, with its ``elsif`` and ``else``."""
    branches: list[tuple[Evaluator, Any, Block]] = []
    condition, holds = written.filtered().evaluate, negate
    otherwise: list[Node] = []
    ended = False
    while True:
        nodes, tag = parser.block(token, "elsif", "else", "endunless")
        if not ended:
            branches.append((condition, holds, Block(nodes)))
        written = parser.scanner()
        if tag == "else" and not ended:
            # Whatever follows the first else is read and left out, but what comes before another tag.
            ended = True
            otherwise, tag = parser.block(token, "elsif", "else", "endunless")
            parser.scanner()
        if tag == "endunless":
            return Branches(token, branches, Block(otherwise))
        if not ended:
            condition, holds = written.filtered().evaluate, is_truthy


class Case(Node):
    """``case``: every branch that has the value is rendered, not the first alone."""

    __slots__ = ("_branches", "_otherwise", "_target")

    def __init__(self, token: Token, target: Evaluator, branches: list[tuple[list[Evaluator], Block]], otherwise: Block) -> None:  # fmt: skip
        super().__init__(token)
        self._target = target
        self._branches = branches
        self._otherwise = otherwise

    def write(self, ctx: Context, out: TextIO) -> None:
        target = to_value(self._target(ctx))
        found = False
        for values, block in self._branches:
            ctx.rounds_left -= len(values)
            if any(equals(target, value(ctx)) for value in values):
                found = True
                block.write(ctx, out)
        if not found:
            self._otherwise.write(ctx, out)


def read_case(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``case``, with its ``when`` and ``else``."""
    target = written.filtered().evaluate
    branches: list[tuple[list[Evaluator], Block]] = []
    values: list[Evaluator] | None = None
    otherwise: list[Node] = []
    elses = 0
    while True:
        nodes, tag = parser.block(token, "when", "else", "endcase")
        if elses == 1:
            otherwise.extend(nodes)
        elif not elses and values is not None:
            branches.append((values, Block(nodes)))
        written = parser.scanner()
        if tag == "endcase":
            return Case(token, target, branches, Block(otherwise))
        if tag == "else":
            elses += 1
        elif not elses:
            values = list(_case_values(written))


def _case_values(written: Scanner) -> Iterator[Evaluator]:
    while not written.at_end():
        yield written.required_value().evaluate
        written.skip_blanks()
        written.skip_past("," if written.peek() == "," else "or")


class Assign(Node):
    """``assign``: sets a variable."""

    __slots__ = ("_evaluate", "_name")

    def __init__(self, token: Token, name: str, value: Filtered) -> None:
        super().__init__(token)
        self._name = name
        self._evaluate = value.evaluate

    def write(self, ctx: Context, out: TextIO) -> None:
        ctx.locals[self._name] = self._evaluate(ctx)


def read_assign(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``assign``."""
    name = written.identifier()
    if not name:
        raise written.error("expected variable name")
    written.skip_blanks()
    if written.peek() != "=":
        raise written.error('expected "="')
    written.position += 1
    return Assign(token, name, written.filtered())


class Capture(Node):
    """``capture``: sets a variable to what its block renders."""

    __slots__ = ("_block", "_name")

    def __init__(self, token: Token, name: str, block: Block) -> None:
        super().__init__(token)
        self._name = name
        self._block = block

    def write(self, ctx: Context, out: TextIO) -> None:
        captured = StringIO()
        self._block.write(ctx, captured)
        text = captured.getvalue()
        ctx.charge(len(text))
        ctx.locals[self._name] = text


def read_capture(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``capture``."""
    name: str | None = written.identifier() or written.quoted()
    if name is None:
        raise written.error("invalid capture name")
    nodes, _ = parser.block(token, "endcapture")
    parser.scanner()
    return Capture(token, name, Block(nodes))


class Count(Node):
    """``increment`` prints a counter and then adds one; ``decrement`` takes one away and then prints it."""

    __slots__ = ("_name", "_step")

    def __init__(self, token: Token, name: str, step: int) -> None:
        super().__init__(token)
        self._name = name
        self._step = step

    def write(self, ctx: Context, out: TextIO) -> None:
        before, after = ctx.count(self._name, self._step)
        out.write(number_text(before if self._step > 0 else after))


def read_increment(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``increment``."""
    return Count(token, written.identifier(), 1)


def read_decrement(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``decrement``."""
    return Count(token, written.identifier(), -1)


class Cycle(Node):
    """``cycle``: prints one of its values after the other."""

    __slots__ = ("_choices", "_group", "_written")

    def __init__(self, token: Token, group: Evaluator | None, choices: list[Filtered]) -> None:
        super().__init__(token)
        self._group = group
        self._choices = choices
        self._written = ",".join(choice.text for choice in choices)

    def write(self, ctx: Context, out: TextIO) -> None:
        group = "undefined" if self._group is None else js_text(self._group(ctx))
        key = f"{group}:{self._written}"
        turn = ctx.cycles.get(key, 0)
        ctx.cycles[key] = (turn + 1) % len(self._choices)
        choice = self._choices[turn]
        value = to_value(choice.evaluate(ctx))
        out.write(stringify(value) if choice.raw else printed(value))


def read_cycle(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``cycle``."""
    group = written.value()
    written.skip_blanks()
    if group is not None and written.peek() == ":":
        written.position += 1
    else:
        group, written.position = None, 0
    choices = []
    while not written.at_end():
        choices.append(written.filtered())
        written.skip_past(",")
    if not choices:
        raise written.error(f'empty candidates: "{tag_text(token)}"')
    return Cycle(token, group.evaluate if group else None, choices)


class Echo(Node):
    """``echo``: prints a value."""

    __slots__ = ("_evaluate", "_raw")

    def __init__(self, token: Token, value: Filtered) -> None:
        super().__init__(token)
        self._evaluate = value.evaluate
        self._raw = value.raw

    def write(self, ctx: Context, out: TextIO) -> None:
        value = to_value(self._evaluate(ctx))
        text = stringify(value) if self._raw else printed(value)
        ctx.charge(len(text))
        out.write(text)


def read_echo(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``echo``."""
    if written.at_end():
        return Group(token, ())
    return Echo(token, written.filtered())


class Group(Node):
    """Nodes in a row: what ``liquid`` and ``block`` hold, and nothing for what leaves no trace."""

    __slots__ = ("_block", "_variables")

    def __init__(self, token: Token, nodes: Sequence[Node], variables: dict[str, Any] | None = None) -> None:
        super().__init__(token)
        self._block = Block(nodes)
        self._variables = variables

    def write(self, ctx: Context, out: TextIO) -> None:
        if self._variables is None:
            self._block.write(ctx, out)
            return
        ctx.loop_scopes.append(self._variables)
        self._block.write(ctx, out)
        ctx.loop_scopes.pop()


def read_liquid(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``liquid``: a tag on each line."""
    return Group(token, parser.parse_lines(written.text))


def read_comment(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``comment``, whose content is left out."""
    while not (parser.current.kind == "tag" and parser.current.value == "endcomment"):
        if parser.current.kind == "end":
            raise ValueError(f"tag {tag_text(token)} not closed")
        parser.advance()
    parser.scanner()
    return Group(token, ())


def read_inline_comment(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``#``, a comment of its own."""
    if _COMMENT_LINE.search(written.text):
        raise ValueError("every line of an inline comment must start with a '#' character")
    return Group(token, ())


def read_render(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``render``: there are no other templates, so rendering one fails. For no items none is rendered."""
    return _missing_template(parser, token, written, ("with", "for"))


def read_include(parser: Parser, token: Token, written: Scanner) -> Node:
    """Read ``include``, which fails as ``render`` does."""
    return _missing_template(parser, token, written, ("with",))


def _missing_template(parser: Parser, token: Token, written: Scanner, keywords: Sequence[str]) -> Node:
    value = written.value()
    if value is None:
        raise written.error("illegal file path")
    if value.quoted is not None:
        parser.parse_template(value.quoted)
    items = None
    for keyword in keywords:
        start = written.position
        bound = written.value() if _comes_next(written, keyword) else None
        if bound is None:
            written.position = start
            continue
        items = bound.evaluate if keyword == "for" else items
        start = written.position
        if written.identifier() == "as":
            written.identifier()
        else:
            written.position = start
    written.arguments()
    return MissingTemplate(token, value.text, items)


def _comes_next(written: Scanner, keyword: str) -> bool:
    """Tell whether ``keyword`` comes next, and not as the name of an argument."""
    found = written.identifier() == keyword
    written.skip_blanks()
    return found and written.peek() != ":"


class MissingTemplate(Node):
    """A template that another tag names: it does not exist, so rendering it fails."""

    __slots__ = ("_items", "_name")

    def __init__(self, token: Token, name: str, items: Evaluator | None = None) -> None:
        super().__init__(token)
        self._name = name
        self._items = items

    def write(self, ctx: Context, out: TextIO) -> None:
        if self._items is None or to_enumerable(self._items(ctx)):
            raise LookupError(f"Failed to lookup {self._name}: a template has no others beside it")


def read_layout(parser: Parser, token: Token, written: Scanner) -> Node:
    """``layout none`` renders what follows as it is; any other layout does not exist."""
    value = written.value()
    if value is None:
        raise written.error("illegal file path")
    parser.advance()
    rest = parser.nodes()
    return Group(token, rest) if value.text == "none" else MissingTemplate(token, value.text)


def read_block(parser: Parser, token: Token, written: Scanner) -> Node:
    """``block`` without a layout around it: its content where it stands."""
    nodes, _ = parser.block(token, "endblock")
    parser.scanner()
    return Group(token, nodes, {"block": {}})


TAGS: dict[str, ReadTag] = {
    "#": read_inline_comment,
    "assign": read_assign,
    "block": read_block,
    "capture": read_capture,
    "case": read_case,
    "comment": read_comment,
    "cycle": read_cycle,
    "decrement": read_decrement,
    "echo": read_echo,
    "if": read_if,
    "include": read_include,
    "increment": read_increment,
    "layout": read_layout,
    "liquid": read_liquid,
    "render": read_render,
    "unless": read_unless,
}
