"""How values are found while a template renders: functions from a `Context` to a value.

A template is parsed once and rendered often, so all that can be decided while parsing (which filter, how many arguments,
which property names) is decided here, once, and closed over.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from inspect import CO_VARARGS
from typing import Any

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.liquidjs.context import Context, Filter
from novu_framework.npm.liquidjs.limits import ITEM_WEIGHT, charge_items, cost_of
from novu_framework.npm.liquidjs.operators import BINARY, negate
from novu_framework.npm.liquidjs.values import js_text, read_property, to_number, to_value

Evaluator = Callable[[Context], Any]


def constant(value: Any) -> Evaluator:
    """Return what gives ``value``."""
    return lambda ctx: value


def properties_of(head: Evaluator | None, properties: list[Evaluator | str]) -> Evaluator:
    """Return what reads ``properties`` one after the other, from ``head`` or from the variables."""
    names = [name for name in properties if isinstance(name, str)]
    if head is None and len(names) == len(properties):
        return _named_path(names[0], tuple(names[1:]))
    if head is None:
        first, properties = properties[0], properties[1:]
        head = _named_path(first, ()) if isinstance(first, str) else _computed_root(first)
    start = head
    keys = [constant(key) if isinstance(key, str) else key for key in properties]

    def path(ctx: Context) -> Any:
        value = start(ctx)
        for key in [key(ctx) for key in keys]:
            value = read_property(value, key)
        return value

    return path


def _computed_root(key: Evaluator) -> Evaluator:
    return lambda ctx: ctx.find(js_text(to_value(key(ctx))))


def _named_path(root: str, names: tuple[str, ...]) -> Evaluator:
    if not names:
        return lambda ctx: ctx.find(root)
    first = names[0]

    def path(ctx: Context) -> Any:
        value = ctx.find(root)
        for name in names:
            if type(value) is dict and name in value:
                value = value[name]
            elif value is None or value is UNDEFINED:
                return value
            else:
                value = read_property(value, name)
        return value

    def short_path(ctx: Context) -> Any:
        value = ctx.find(root)
        return value[first] if type(value) is dict and first in value else read_property(value, first)

    return short_path if len(names) == 1 else path


def range_of(low: Evaluator, high: Evaluator) -> Evaluator:
    """Return what gives the numbers from one to the other, both included."""

    def items(ctx: Context) -> list[float]:
        first, last = to_number(to_value(low(ctx))), to_number(to_value(high(ctx)))
        length = last + 1 - first
        if not length > 0:
            return []
        charge_items(int(min(length, 2**53)))
        return [first + step for step in range(math.ceil(length))]

    return items


def in_postfix(steps: list[Evaluator | str]) -> Evaluator:
    """Return what evaluates operands and operators in postfix order; the value is what stays at the bottom."""
    first = steps[0]
    if len(steps) == 1 and not isinstance(first, str):
        return first
    if len(steps) == 3 and not isinstance(first, str):
        _, second, last = steps
        if not isinstance(second, str) and isinstance(last, str) and last in BINARY:
            operate = BINARY[last]
            left, right = first, second
            return lambda ctx: operate(left(ctx), right(ctx))

    def evaluate(ctx: Context) -> Any:
        operands: list[Any] = []
        for step in steps:
            if not isinstance(step, str):
                operands.append(step(ctx))
                continue
            right = operands.pop() if operands else UNDEFINED
            if step == "not":
                operands.append(negate(right))
            else:
                left = operands.pop() if operands else UNDEFINED
                operands.append(BINARY[step](left, right))
        return operands[0]

    return evaluate


def piped(function: Filter | None, arguments: list[Evaluator]) -> Callable[[Evaluator], Evaluator]:
    """Return what applies a filter to a value.

    An unknown filter (None) changes nothing; arguments beyond those that it takes are left out.
    """
    if function is None:
        return lambda evaluate: evaluate
    arguments = arguments[: _arity(function)]
    cost = cost_of(function)
    wants_context = bool(getattr(function, "with_context", False))

    def pipe(evaluate: Evaluator) -> Evaluator:
        def apply(ctx: Context) -> Any:
            value = evaluate(ctx)
            given = [argument(ctx) for argument in arguments]
            before = ctx.memory_left
            ctx.call(cost, (value, *given))
            result = function(value, *given, context=ctx) if wants_context else function(value, *given)
            if result is not value:
                if type(result) is str:
                    ctx.settle(len(result), before)
                elif type(result) is list:
                    ctx.settle(ITEM_WEIGHT * len(result), before)
            return result

        return apply

    return pipe


def _arity(function: Filter) -> int | None:
    """Return how many arguments a filter takes beside its value; None for any number."""
    code = getattr(function, "__code__", None)
    if code is None or code.co_flags & CO_VARARGS:
        return None
    return int(code.co_argcount) - 1
