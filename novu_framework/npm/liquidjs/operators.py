"""The operators of conditions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from novu_framework.npm.liquidjs.limits import Cost, work
from novu_framework.npm.liquidjs.values import (
    Literal,
    equals,
    is_truthy,
    js_text,
    less_or_equal,
    less_than,
    to_value,
    work_of_search,
)


def negate(value: Any) -> bool:
    """Tell whether ``value`` is false, null or undefined."""
    return not is_truthy(value)


def contains(left: Any, right: Any) -> bool:
    """Tell whether an array holds an item, or a string a piece of text."""
    left = to_value(left)
    if isinstance(left, list):
        work(Cost().item * (len(left) + 1))
        return any(equals(item, right) for item in left)
    if isinstance(left, str):
        part = js_text(to_value(right))
        work_of_search(left, part)
        return part in left
    return False


def _holds(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    if isinstance(left, Literal) or isinstance(right, Literal):
        return False
    return compare(to_value(left), to_value(right))


# Nothing short-circuits: both sides have been evaluated, and evaluation has no side effects.
BINARY: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": equals,
    "!=": lambda left, right: not equals(left, right),
    "<": lambda left, right: _holds(less_than, left, right),
    ">": lambda left, right: _holds(less_than, right, left),
    "<=": lambda left, right: _holds(less_or_equal, left, right),
    ">=": lambda left, right: _holds(less_or_equal, right, left),
    "contains": contains,
    "and": lambda left, right: is_truthy(left) and is_truthy(right),
    "or": lambda left, right: is_truthy(left) or is_truthy(right),
}

PRECEDENCE: Final = dict.fromkeys(("==", "!=", "<", ">", "<=", ">=", "contains"), 2) | {
    "not": 1,
    "and": 0,
    "or": 0,
}
