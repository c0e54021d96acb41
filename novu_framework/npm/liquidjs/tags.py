"""The tags that decide what is rendered: conditions, cases, assignments, counters, and those that print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from liquid.ast import Node
from liquid.builtin.content import ContentNode
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import (
    TOKEN_CONTENT,
    TOKEN_EOF,
    TOKEN_EXPRESSION,
    TOKEN_ILLEGAL,
    TOKEN_OUTPUT,
    TOKEN_TAG,
    Token,
)

from novu_framework.npm.ecmascript.numbers import number_text
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.errors import LiquidError, located
from novu_framework.npm.liquidjs.evaluators import Evaluator
from novu_framework.npm.liquidjs.lexer import BLANKS, tokenize_lines
from novu_framework.npm.liquidjs.nodes import Block, Markup, Output, printed
from novu_framework.npm.liquidjs.operators import negate
from novu_framework.npm.liquidjs.scanner import Filtered, Scanner
from novu_framework.npm.liquidjs.values import equals, is_truthy, js_text, stringify, to_enumerable, to_value

if TYPE_CHECKING:
    from novu_framework.npm.liquidjs.engine import Engine

_COMMENT_LINE = re.compile(r"\n\s*[^#\s]")


class EngineTag(Tag):
    """A tag of this profile. `read` makes a node from the tag's token, what is written in it, and what follows."""

    env: Engine
    block = False

    def parse(self, stream: TokenStream) -> Node:
        token = stream.current
        try:
            return self.read(token, self.scanner(stream), stream)
        except ValueError as error:
            text = located(str(error), token.source, token.start_index)
            raise LiquidError(text, kind="ParseError") from error

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        """The node of the tag. A ValueError is the tag's fault as a whole; the stream is left at its last token."""
        raise NotImplementedError

    def scanner(self, stream: TokenStream) -> Scanner:
        """A scanner over what is written in the tag at the stream's head; the stream moves to its last token."""
        token = stream.current
        self.env.parsing.take_part()
        if stream.peek.kind != TOKEN_EXPRESSION:
            written_in = tag_text(token).removesuffix("%}").removesuffix("-").rstrip(BLANKS)
            return Scanner(
                "", self.env.parsing, source=token.source, offset=token.start_index + len(written_in)
            )
        written = stream.tokens[stream.pos + 1]
        stream.next_token()
        return Scanner(written.value, self.env.parsing, source=written.source, offset=written.start_index)

    def nodes_until(self, stream: TokenStream, opening: Token, *ends: str) -> tuple[list[Node], str]:
        """The nodes from after the tag to the next of the tags ``ends``, and which of them it was."""
        stream.next_token()
        nodes = get_parser(self.env).parse_block(stream, ends).nodes
        if stream.current.kind == TOKEN_EOF:
            raise ValueError(f"tag {tag_text(opening)} not closed")
        return nodes, stream.current.value


def tag_text(token: Token) -> str:
    """The tag as it is written in the template."""
    end = token.source.find("%}", token.start_index + 1)
    return token.source[token.start_index : end + 2] if end >= 0 else token.source[token.start_index :]


def no_arguments(written: Scanner) -> None:
    """Refuse anything written in a closing tag."""
    if written.text:
        raise ValueError(f"unexpected {written.rest()}")


class OutputTag(EngineTag):
    name = TOKEN_OUTPUT

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        return Output(token, written.filtered())


class ContentTag(EngineTag):
    name = TOKEN_CONTENT

    def parse(self, stream: TokenStream) -> Node:
        return ContentNode(stream.current, stream.current.value)


class UnknownTag(EngineTag):
    name = TOKEN_ILLEGAL

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        raise ValueError(f'tag "{token.value}" not found')


class Branches(Markup):
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


class IfTag(EngineTag):
    name = "if"
    end = "endif"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        branches: list[tuple[Evaluator, Any, Block]] = []
        condition = written.filtered().evaluate
        otherwise: list[Node] | None = None
        while True:
            nodes, tag = self.nodes_until(stream, token, "elsif", "else", "endif")
            if otherwise is None:
                branches.append((condition, is_truthy, Block(nodes)))
            else:
                otherwise = nodes
            written = self.scanner(stream)
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


class UnlessTag(EngineTag):
    name = "unless"
    end = "endunless"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        branches: list[tuple[Evaluator, Any, Block]] = []
        condition, holds = written.filtered().evaluate, negate
        otherwise: list[Node] = []
        ended = False
        while True:
            nodes, tag = self.nodes_until(stream, token, "elsif", "else", "endunless")
            if not ended:
                branches.append((condition, holds, Block(nodes)))
            written = self.scanner(stream)
            if tag == "else" and not ended:
                # Whatever follows the first else is read and left out, but what comes before another tag.
                ended = True
                otherwise, tag = self.nodes_until(stream, token, "elsif", "else", "endunless")
                self.scanner(stream)
            if tag == "endunless":
                return Branches(token, branches, Block(otherwise))
            if not ended:
                condition, holds = written.filtered().evaluate, is_truthy


class Case(Markup):
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


class CaseTag(EngineTag):
    name = "case"
    end = "endcase"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        target = written.filtered().evaluate
        branches: list[tuple[list[Evaluator], Block]] = []
        values: list[Evaluator] | None = None
        otherwise: list[Node] = []
        elses = 0
        while True:
            nodes, tag = self.nodes_until(stream, token, "when", "else", "endcase")
            if elses == 1:
                otherwise.extend(nodes)
            elif not elses and values is not None:
                branches.append((values, Block(nodes)))
            written = self.scanner(stream)
            if tag == "endcase":
                return Case(token, target, branches, Block(otherwise))
            if tag == "else":
                elses += 1
            elif not elses:
                values = list(self._values(written))

    def _values(self, written: Scanner) -> Iterator[Evaluator]:
        while not written.at_end():
            yield written.required_value().evaluate
            written.skip_blanks()
            written.skip_past("," if written.peek() == "," else "or")


class Assign(Markup):
    __slots__ = ("_evaluate", "_name")

    def __init__(self, token: Token, name: str, value: Filtered) -> None:
        super().__init__(token)
        self._name = name
        self._evaluate = value.evaluate

    def write(self, ctx: Context, out: TextIO) -> None:
        ctx.locals[self._name] = self._evaluate(ctx)


class AssignTag(EngineTag):
    name = "assign"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        name = written.identifier()
        if not name:
            raise written.error("expected variable name")
        written.skip_blanks()
        if written.peek() != "=":
            raise written.error('expected "="')
        written.position += 1
        return Assign(token, name, written.filtered())


class Capture(Markup):
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


class CaptureTag(EngineTag):
    name = "capture"
    end = "endcapture"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        name: str | None = written.identifier() or written.quoted()
        if name is None:
            raise written.error("invalid capture name")
        nodes, _ = self.nodes_until(stream, token, "endcapture")
        self.scanner(stream)
        return Capture(token, name, Block(nodes))


class Count(Markup):
    """``increment`` prints a counter and then adds one; ``decrement`` takes one away and then prints it."""

    __slots__ = ("_name", "_step")

    def __init__(self, token: Token, name: str, step: int) -> None:
        super().__init__(token)
        self._name = name
        self._step = step

    def write(self, ctx: Context, out: TextIO) -> None:
        before, after = ctx.count(self._name, self._step)
        out.write(number_text(before if self._step > 0 else after))


class IncrementTag(EngineTag):
    name = "increment"
    step: ClassVar[int] = 1

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        return Count(token, written.identifier(), self.step)


class DecrementTag(IncrementTag):
    name = "decrement"
    step = -1


class Cycle(Markup):
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


class CycleTag(EngineTag):
    name = "cycle"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
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


class Echo(Markup):
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


class EchoTag(EngineTag):
    name = "echo"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        if written.at_end():
            return Group(token, ())
        return Echo(token, written.filtered())


class Group(Markup):
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


class LiquidTag(EngineTag):
    name = "liquid"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        lines = TokenStream(tokenize_lines(written.text), block_depth_carry=stream.block_depth + 1)
        return Group(token, get_parser(self.env).parse(lines))


class CommentTag(EngineTag):
    name = "comment"
    end = "endcomment"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        while not (stream.current.kind == TOKEN_TAG and stream.current.value == self.end):
            if stream.current.kind == TOKEN_EOF:
                raise ValueError(f"tag {tag_text(token)} not closed")
            stream.next_token()
        self.scanner(stream)
        return Group(token, ())


class InlineCommentTag(EngineTag):
    name = "#"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        if _COMMENT_LINE.search(written.text):
            raise ValueError("every line of an inline comment must start with a '#' character")
        return Group(token, ())


class RenderTag(EngineTag):
    """``render``: controls have no other templates beside them, so rendering one fails. For no items none is rendered."""

    name = "render"
    keywords: ClassVar[tuple[str, ...]] = ("with", "for")

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        value = written.value()
        if value is None:
            raise written.error("illegal file path")
        if value.quoted is not None:
            self.env.parse_nodes(value.quoted)
        items = None
        for keyword in self.keywords:
            start = written.position
            bound = written.value() if self.binds(written, keyword) else None
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

    def binds(self, written: Scanner, keyword: str) -> bool:
        """Whether ``keyword`` comes next, and not as the name of an argument."""
        found = written.identifier() == keyword
        written.skip_blanks()
        return found and written.peek() != ":"


class IncludeTag(RenderTag):
    name = "include"
    keywords = ("with",)


class MissingTemplate(Markup):
    __slots__ = ("_items", "_name")

    def __init__(self, token: Token, name: str, items: Evaluator | None = None) -> None:
        super().__init__(token)
        self._name = name
        self._items = items

    def write(self, ctx: Context, out: TextIO) -> None:
        if self._items is None or to_enumerable(self._items(ctx)):
            raise LookupError(f"Failed to lookup {self._name}: a template has no others beside it")


class LayoutTag(EngineTag):
    """``layout none`` renders what follows as it is; any other layout does not exist."""

    name = "layout"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        value = written.value()
        if value is None:
            raise written.error("illegal file path")
        stream.next_token()
        rest = get_parser(self.env).parse(stream)
        # The parser moves on after every node, and there is nothing left to move on from.
        return Group(token, rest) if value.text == "none" else MissingTemplate(token, value.text)


class BlockTag(EngineTag):
    """``block`` without a layout around it: its content where it stands."""

    name = "block"
    end = "endblock"

    def read(self, token: Token, written: Scanner, stream: TokenStream) -> Node:
        nodes, _ = self.nodes_until(stream, token, self.end)
        self.scanner(stream)
        return Group(token, nodes, {"block": {}})
