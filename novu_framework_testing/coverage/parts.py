"""The parts of a function: the lines of its statements, and its conditions, each of which can be true and false.

A condition is what decides an `if`, `while`, conditional expression, `case` or comprehension, and each operand of an
`and` or `or` that decides whether the next one is looked at. `not`, `and` and `or` are taken apart. Where Python does not
say in which column an instruction was written (3.10), there are only lines.
"""

from __future__ import annotations

import ast
import dis
import linecache
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from types import CodeType
from typing import NamedTuple, TypeAlias

from novu_framework_testing.coverage.facts import CodePart

Span: TypeAlias = tuple[int, int, int, int]
"""Where a piece of source begins and ends: line and column, in bytes, twice."""
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_LONGEST = 60
_BETWEEN = frozenset({"COPY", "CACHE", "EXTENDED_ARG"})
"""Instructions between a condition and its jump."""


class Jump(NamedTuple):
    """A jump of the bytecode that a condition decides: where it goes, and what it means to go there, and not to."""

    target: int
    taken: CodePart | None
    passed: CodePart | None


@dataclass
class Parts:
    """The parts of a function, and how its code tells that they ran.

    Attributes:
        every: All of them, in the order of the source.
        lines: The part that a line belongs to.
        jumps: By code object (its `id`) and offset of the instruction.
        codes: The function's code and what is written inside it.
        column: Where the function begins in its line.
    """

    every: tuple[CodePart, ...] = ()
    lines: dict[int, CodePart] = field(default_factory=dict)
    jumps: dict[tuple[int, int], Jump] = field(default_factory=dict)
    codes: tuple[CodeType, ...] = ()
    column: int = 0


def parts_of(code: CodeType) -> Parts:
    """Return the parts of a function by its code; none where its source is not there."""
    codes = tuple(_with_inner(code))
    node = _node(code)
    possible = {line for each in codes for _, _, line in each.co_lines() if line}
    if (
        node is None
        and code.co_name == "<lambda>"
        and linecache.getline(code.co_filename, code.co_firstlineno)
    ):
        # one of several on a line, and no column says which: it is one statement all the same
        part = CodePart(min(possible))
        return Parts((part,), dict.fromkeys(possible, part), codes=codes)
    if node is None:
        return Parts(codes=codes)
    lines: dict[int, CodePart] = {}
    for first, last in _statements(node):
        there = [line for line in range(first, last + 1) if line in possible and line not in lines]
        lines.update(dict.fromkeys(there, CodePart(first)))
    conditions = dict(_conditions(node))
    jumps: dict[tuple[int, int], Jump] = {}
    for each in codes:
        jumps.update(_jumps(each, conditions, code.co_filename))
    found = {part for jump in jumps.values() for part in (jump.taken, jump.passed) if part}
    return Parts(tuple(sorted({*lines.values(), *found})), lines, jumps, codes, node.col_offset)


def line_of(code: CodeType, step_id: str) -> int | None:
    """Return the line of a handler that names a step."""
    node = _node(code)
    return (
        next(
            (
                each.lineno
                for each in ast.walk(node)
                if isinstance(each, ast.Constant) and each.value == step_id
            ),
            None,
        )
        if node is not None
        else None
    )


def _with_inner(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _with_inner(constant)


@lru_cache(maxsize=256)
def _functions_of(file: str) -> tuple[_Function, ...]:
    try:
        tree = ast.parse("".join(linecache.getlines(file)))
    except (SyntaxError, ValueError):
        return ()
    return tuple(node for node in ast.walk(tree) if isinstance(node, _Function))


def _node(code: CodeType) -> _Function | None:
    """Return the function in the source of its file."""
    found = [node for node in _functions_of(code.co_filename) if _first_line(node) == code.co_firstlineno]
    named = [node for node in found if getattr(node, "name", "<lambda>") == code.co_name]
    if len(named) > 1:  # several lambdas on a line
        spans = [
            span for each in dis.get_instructions(code) if (span := _written(each)) and span[2] and span[3]
        ]
        named = [
            node
            for node in named
            if isinstance(node, ast.Lambda)
            and spans
            and all(_holds(_span(node.body), span) for span in spans)
        ]
    return named[0] if len(named) == 1 else None


def _first_line(node: _Function) -> int:
    decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
    return min(each.lineno for each in (node, *decorators))


def _holds(outer: Span, inner: Span) -> bool:
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]


def _statements(function: _Function) -> Iterator[tuple[int, int]]:
    """Give the first and last line of each statement, the inner ones too; of one with a body, those of its head."""
    if isinstance(function, ast.Lambda):
        yield function.body.lineno, function.body.end_lineno or function.body.lineno
        return
    for node in ast.walk(function):
        for block in (getattr(node, name, ()) for name in ("body", "orelse", "finalbody")):
            for statement in block if isinstance(block, list) else ():
                if not isinstance(statement, ast.stmt) or isinstance(statement, ast.Try):
                    continue
                body: list[ast.stmt] = (
                    getattr(statement, "body", None) or getattr(statement, "cases", None) or []
                )
                last = statement.end_lineno or statement.lineno
                yield statement.lineno, (_first(body[0]) - 1 if body else last) or statement.lineno


def _first(node: ast.AST) -> int:
    return node.pattern.lineno if isinstance(node, ast.match_case) else getattr(node, "lineno", 1)


def _conditions(function: _Function) -> Iterator[tuple[Span, list[ast.expr]]]:
    """Give the conditions of a function by where the compiler says that they are decided, in the order of the jumps there."""
    for node in ast.walk(function):
        tests: list[ast.expr] = []
        if isinstance(node, (ast.If, ast.While, ast.IfExp)):
            tests = [node.test]
        elif isinstance(node, ast.comprehension):
            tests = node.ifs
        elif isinstance(node, ast.match_case) and node.guard is not None:
            tests = [node.guard]
        elif isinstance(node, ast.BoolOp):
            # As a value, each operand but the last is decided where the whole is written.
            yield _span(node), node.values[:-1]
            tests = [*node.values]
        for test in tests:
            for leaf in _leaves(test):
                yield _span(leaf), [leaf]


def _leaves(test: ast.expr) -> Iterator[ast.expr]:
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _leaves(value)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _leaves(test.operand)
    elif not isinstance(test, (ast.Constant, ast.IfExp)):
        yield test


def _span(node: ast.expr) -> Span:
    return node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0


def _jumps(
    code: CodeType, conditions: dict[Span, list[ast.expr]], file: str
) -> Iterator[tuple[tuple[int, int], Jump]]:
    decided: dict[Span, int] = {}
    before: Span | None = None
    for instruction in dis.get_instructions(code):
        here = _written(instruction)
        if "JUMP" not in instruction.opname or "_IF_" not in instruction.opname:
            before = before if instruction.opname in _BETWEEN else here
            continue
        # Some versions give the whole statement as the place of its jump: what came before is the condition.
        span = next((each for each in (here, before) if each in conditions), None)
        if span is None:
            continue
        at = decided[span] = decided.get(span, -1) + 1
        tests = conditions[span]
        test = tests[at % len(tests)]
        taken = _means(instruction.opname, test)
        is_chain = isinstance(test, ast.Compare) and len(test.ops) > 1
        text = _text(test, file)
        ways = {answer: CodePart(test.lineno, text, str(answer).lower()) for answer in (True, False)}
        # `a < b < c` is not true yet when `a < b` is.
        passed = None if is_chain and taken is False and not at % 2 else ways[not taken]
        yield (id(code), instruction.offset), Jump(int(instruction.argval), ways[taken], passed)


def _written(instruction: dis.Instruction) -> Span | None:
    """Return where an instruction was written; None where Python does not say."""
    position = getattr(instruction, "positions", None)
    return (
        None if position is None or None in position else (position[0], position[2], position[1], position[3])
    )


def _means(name: str, test: ast.expr) -> bool:
    """Tell what the condition is where the jump is taken."""
    if name.endswith("NONE"):
        is_not = isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.IsNot)
        return ("NOT_NONE" in name) == is_not
    return "IF_TRUE" in name


def _text(test: ast.expr, file: str) -> str:
    lines = linecache.getlines(file)[test.lineno - 1 : test.end_lineno]
    encoded = [line.encode() for line in lines]
    encoded[-1] = encoded[-1][: test.end_col_offset]
    encoded[0] = encoded[0][test.col_offset :]
    text = " ".join(b" ".join(encoded).decode().split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
