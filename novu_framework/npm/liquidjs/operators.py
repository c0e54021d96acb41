"""The operators of conditions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from novu_framework.npm.liquidjs.values import (
    Literal,
    equals,
    is_truthy,
    js_text,
    less_or_equal,
    less_than,
    meter,
    to_value,
)


def negate(value: Any) -> bool:
    """Return what ``not`` makes of a value."""
    return not is_truthy(value)


def contains(left: Any, right: Any) -> bool:
    """Tell whether an array holds an item, or a string a piece of text."""
    left = to_value(left)
    if isinstance(left, list):
        meter.get()(len(left) + 1)
        return any(equals(item, right) for item in left)
    if isinstance(left, str):
        return js_text(to_value(right)) in left
    return False


def _less(left: Any, right: Any) -> bool:
    if isinstance(left, Literal) or isinstance(right, Literal):
        return False
    return less_than(to_value(left), to_value(right))


def _less_or_equal(left: Any, right: Any) -> bool:
    if isinstance(left, Literal) or isinstance(right, Literal):
        return False
    return less_or_equal(to_value(left), to_value(right))


# Nothing short-circuits: both sides have been evaluated, and evaluation has no side effects.
BINARY: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": equals,
    "!=": lambda left, right: not equals(left, right),
    "<": _less,
    ">": lambda left, right: _less(right, left),
    "<=": _less_or_equal,
    ">=": lambda left, right: _less_or_equal(right, left),
    "contains": contains,
    "and": lambda left, right: is_truthy(left) and is_truthy(right),
    "or": lambda left, right: is_truthy(left) or is_truthy(right),
}

PRECEDENCE: Final = dict.fromkeys(("==", "!=", "<", ">", "<=", ">=", "contains"), 2) | {
    "not": 1,
    "and": 0,
    "or": 0,
}
