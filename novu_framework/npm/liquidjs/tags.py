"""The tags that decide what is rendered: conditions, cases, assignments, counters, and those that print.

Each function here reads one tag (see `ReadTag`), and `TAGS` names them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

from novu_framework.npm.ecmascript.numbers import number_text
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.evaluators import Evaluator
from novu_framework.npm.liquidjs.lexer import Token
from novu_framework.npm.liquidjs.limits import Cost
from novu_framework.npm.liquidjs.nodes import Emit, Node, Write, block, print_value
from novu_framework.npm.liquidjs.operators import negate
from novu_framework.npm.liquidjs.parser import Parser, ReadTag
from novu_framework.npm.liquidjs.scanner import Scanner
from novu_framework.npm.liquidjs.values import (
    equals,
    is_truthy,
    joined,
    js_text,
    stringify,
    to_enumerable,
    to_value,
)

_COMMENT_LINE = re.compile(r"\n\s*[^#\s]")

Branch: TypeAlias = tuple[Evaluator, Callable[[Any], bool], Write]
"""A condition, what tells of its value whether it holds, and the block it is for."""


def refuse_arguments(scanner: Scanner) -> None:
    """Refuse anything written in a closing tag."""
    if scanner.text:
        raise ValueError(f"unexpected {scanner.rest()}")


def _first_that_holds(branches: Sequence[Branch], otherwise: Write) -> Write:
    def write(ctx: Context, emit: Emit) -> None:
        for condition, holds, body in branches:
            if holds(condition(ctx)):
                body(ctx, emit)
                return
        otherwise(ctx, emit)

    return write


def if_(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``if``: the first branch whose condition holds is rendered."""
    branches: list[Branch] = []
    condition = scanner.filtered_value().evaluate
    otherwise: list[Node] | None = None
    while True:
        nodes, end, scanner = parser.body(token, "elsif", "else", "endif")
        if otherwise is None:
            branches.append((condition, is_truthy, block(nodes)))
        else:
            otherwise = nodes
        if end == "elsif":
            if otherwise is not None:
                raise ValueError("unexpected elsif after else")
            condition = scanner.filtered_value().evaluate
            continue
        refuse_arguments(scanner)
        if end == "endif":
            return _first_that_holds(branches, block(otherwise or ()))
        if otherwise is not None:
            raise ValueError("duplicated else")
        otherwise = []


def unless(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``unless``: as ``if``, with the first condition negated, and lax about what follows ``else``."""
    branches: list[Branch] = []
    condition, holds = scanner.filtered_value().evaluate, negate
    otherwise: list[Node] = []
    has_else = False
    while True:
        nodes, end, scanner = parser.body(token, "elsif", "else", "endunless")
        if not has_else:
            branches.append((condition, holds, block(nodes)))
        if end == "else" and not has_else:
            # Whatever follows the first else is read and left out, but what comes before another tag.
            has_else = True
            otherwise, end, _ = parser.body(token, "elsif", "else", "endunless")
        if end == "endunless":
            return _first_that_holds(branches, block(otherwise))
        if not has_else:
            condition, holds = scanner.filtered_value().evaluate, is_truthy


def case(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``case``: every branch that has the value is rendered, not only the first."""
    target = scanner.filtered_value().evaluate
    branches: list[tuple[list[Evaluator], Write]] = []
    values: list[Evaluator] | None = None
    otherwise: list[Node] = []
    elses = 0
    while True:
        nodes, end, scanner = parser.body(token, "when", "else", "endcase")
        if elses == 1:
            otherwise.extend(nodes)
        elif not elses and values is not None:
            branches.append((values, block(nodes)))
        if end == "endcase":
            return _every_branch(target, branches, block(otherwise))
        if end == "else":
            elses += 1
        elif not elses:
            values = _values_of_when(scanner)


def _values_of_when(scanner: Scanner) -> list[Evaluator]:
    values = []
    while not scanner.at_end():
        values.append(scanner.required_value().evaluate)
        scanner.skip_blanks()
        scanner.skip_past("," if scanner.peek() == "," else "or")
    return values


def _every_branch(
    target: Evaluator, branches: Sequence[tuple[list[Evaluator], Write]], otherwise: Write
) -> Write:
    def write(ctx: Context, emit: Emit) -> None:
        wanted = to_value(target(ctx))
        is_found = False
        for values, body in branches:
            if any(equals(wanted, value(ctx)) for value in values):
                is_found = True
                body(ctx, emit)
        if not is_found:
            otherwise(ctx, emit)

    return write


def assign(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``assign name = value``."""
    name = scanner.identifier()
    if not name:
        raise scanner.error("expected variable name")
    scanner.skip_blanks()
    if scanner.peek() != "=":
        raise scanner.error('expected "="')
    scanner.position += 1
    evaluate = scanner.filtered_value().evaluate

    def write(ctx: Context, emit: Emit) -> None:
        ctx.locals[name] = evaluate(ctx)

    return write


def capture(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``capture``: what its body prints is assigned."""
    name = scanner.identifier() or scanner.quoted()
    if name is None:
        raise scanner.error("invalid capture name")
    nodes, _, _ = parser.body(token, "endcapture")
    body = block(nodes)

    def write(ctx: Context, emit: Emit) -> None:
        captured: list[str] = []
        body(ctx, captured.append)
        ctx.locals[name] = joined("", captured)

    return write


def _count(parser: Parser, token: Token, scanner: Scanner, *, step: int) -> Write:
    """Read ``increment``, which prints a counter and then adds one, or ``decrement``, which takes one away first."""
    name = scanner.identifier()

    def write(ctx: Context, emit: Emit) -> None:
        before, after = ctx.count(name, step)
        emit(number_text(before if step > 0 else after))

    return write


def cycle(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``cycle``: its values are printed in turn."""
    group = scanner.value()
    scanner.skip_blanks()
    if group is not None and scanner.peek() == ":":
        scanner.position += 1
    else:
        group, scanner.position = None, 0
    choices = []
    while not scanner.at_end():
        choices.append(scanner.filtered_value())
        scanner.skip_past(",")
    if not choices:
        raise scanner.error(f'empty candidates: "{token.written}"')
    name = group.evaluate if group else None
    candidates = ",".join(choice.text for choice in choices)
    escape = parser.escape

    def write(ctx: Context, emit: Emit) -> None:
        group = "undefined" if name is None else js_text(name(ctx))
        ctx.call(Cost(), (group, candidates))
        key = f"{group}:{candidates}"
        turn = ctx.cycles.get(key, 0)
        ctx.cycles[key] = (turn + 1) % len(choices)
        value = to_value(choices[turn].evaluate(ctx))
        print_value(ctx, emit, value, stringify if choices[turn].raw else escape)

    return write


def echo(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``echo``: as an output, and nothing where it has no value."""
    if scanner.at_end():
        return block()
    value = scanner.filtered_value()
    evaluate = value.evaluate
    to_text = stringify if value.raw else parser.escape

    def write(ctx: Context, emit: Emit) -> None:
        print_value(ctx, emit, to_value(evaluate(ctx)), to_text)

    return write


def liquid(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``liquid``: a tag on each line."""
    return block(parser.parse_lines(scanner.text))


def comment(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``comment``, and nothing of what is in it."""
    parser.skip_body(token, "endcomment")
    return block()


def inline_comment(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``#``."""
    if _COMMENT_LINE.search(scanner.text):
        raise ValueError("every line of an inline comment must start with a '#' character")
    return block()


def _partial(parser: Parser, token: Token, scanner: Scanner, *, keywords: tuple[str, ...]) -> Write:
    """Read ``render`` or ``include``, which fail: there are no other templates. For no items none is rendered."""
    value = scanner.value()
    if value is None:
        raise scanner.error("illegal file path")
    if value.quoted is not None:
        parser.parse(value.quoted)
    items = None
    for keyword in keywords:
        start = scanner.position
        bound = scanner.value() if _is_keyword_next(scanner, keyword) else None
        if bound is None:
            scanner.position = start
            continue
        items = bound.evaluate if keyword == "for" else items
        start = scanner.position
        if scanner.identifier() == "as":
            scanner.identifier()
        else:
            scanner.position = start
    scanner.arguments()
    return _missing_template(value.text, items)


def _is_keyword_next(scanner: Scanner, keyword: str) -> bool:
    """Tell whether ``keyword`` comes next, and not as the name of an argument."""
    is_next = scanner.identifier() == keyword
    scanner.skip_blanks()
    return is_next and scanner.peek() != ":"


def _missing_template(name: str, items: Evaluator | None = None) -> Write:
    def write(ctx: Context, emit: Emit) -> None:
        if items is None or to_enumerable(items(ctx)):
            raise LookupError(f"Failed to lookup {name}: there are no other templates")

    return write


def layout(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``layout``: ``layout none`` renders what follows as it is; any other layout does not exist."""
    value = scanner.value()
    if value is None:
        raise scanner.error("illegal file path")
    rest = parser.rest()
    return block(rest) if value.text == "none" else _missing_template(value.text)


def block_(parser: Parser, token: Token, scanner: Scanner) -> Write:
    """Read ``block``, which has no layout around it: its content is rendered where it is."""
    nodes, _, _ = parser.body(token, "endblock")
    body = block(nodes)
    scope: dict[str, Any] = {"block": {}}

    def write(ctx: Context, emit: Emit) -> None:
        ctx.loop_scopes.append(scope)
        body(ctx, emit)
        ctx.loop_scopes.pop()

    return write


TAGS: Final[Mapping[str, ReadTag]] = {
    "#": inline_comment,
    "assign": assign,
    "block": block_,
    "capture": capture,
    "case": case,
    "comment": comment,
    "cycle": cycle,
    "decrement": partial(_count, step=-1),
    "echo": echo,
    "if": if_,
    "include": partial(_partial, keywords=("with",)),
    "increment": partial(_count, step=1),
    "layout": layout,
    "liquid": liquid,
    "render": partial(_partial, keywords=("with", "for")),
    "unless": unless,
}
