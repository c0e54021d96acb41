"""The operators of conditions that look at their arguments only: JSON-Logic's, and those that Novu adds or changes."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from inspect import Parameter, signature
from itertools import pairwise
from typing import Any, TypeAlias

from novu_framework.npm.ecmascript.numbers import NAN, is_number, number_text, text_number
from novu_framework.npm.v8_date import parse_date
from novu_framework_testing.simulation.clock import EARLIEST, moment_before

Operator: TypeAlias = Callable[..., Any]


def truthy(value: Any) -> bool:
    """Tell whether JSON-Logic takes a value for true: all but null, false, 0, NaN, "" and an empty list."""
    if isinstance(value, float) and math.isnan(value):
        return False
    return isinstance(value, dict) or bool(value)


# --- comparing, as Novu does: booleans, else numbers, else dates ----------------------------------------------

_BOOLEANS = {True: True, False: False, "true": True, "false": False}


def _pair(left: Any, right: Any) -> tuple[Any, Any] | None:
    """The two as they are compared, or None where they cannot be."""
    if _is_boolean(left) and _is_boolean(right):
        return _BOOLEANS[left], _BOOLEANS[right]
    numbers = _number(left), _number(right)
    if not any(map(math.isnan, numbers)):
        return numbers
    if isinstance(left, str) and isinstance(right, str):
        dates = parse_date(left), parse_date(right)
        if None not in dates:
            return dates
    return None


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool) or (isinstance(value, str) and value in _BOOLEANS)


def _ordered(compare: Callable[[Any, Any], bool]) -> Operator:
    def check(*values: Any) -> bool:
        pairs = [_pair(*two) for two in pairwise(values[:3])]
        return bool(pairs) and all(pair is not None and compare(*pair) for pair in pairs)

    return check


def _equal(left: Any = None, right: Any = None) -> bool:
    pair = _pair(left, right)
    return _identical(left, right) if pair is None else bool(pair[0] == pair[1])


def _identical(left: Any = None, right: Any = None) -> bool:
    if isinstance(left, (dict, list)) or isinstance(right, (dict, list)):
        return left is right
    return isinstance(left, bool) is isinstance(right, bool) and bool(left == right)


def _between(value: Any, limits: Any, *, inside: bool) -> bool:
    if (
        not is_number(value)
        or not isinstance(limits, list)
        or len(limits) != 2
        or not all(map(is_number, limits))
    ):
        return False
    return (limits[0] <= value <= limits[1]) is inside


# --- numbers and texts ------------------------------------------------------------------------------------------

_FLOAT = re.compile(r"\s*([+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|Infinity))")


def _number(value: Any) -> float:
    """JavaScript's `Number(value)`."""
    if value is None:
        return 0
    if isinstance(value, (bool, int, float)):
        return float(value)
    return float(text_number(as_text(value)))


def _parsed(value: Any) -> float:
    """JavaScript's `parseFloat(value)`."""
    found = _FLOAT.match(as_text(value))
    return float(found[1]) if found else NAN


def as_text(value: Any) -> str:
    """Return what JavaScript's `String(value)` gives."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if is_number(value):
        return number_text(value)
    if isinstance(value, list):
        return _joined(value, ",")
    return "null" if value is None else "[object Object]"


def _joined(values: Any, separator: str) -> str:
    return separator.join("" if value is None else as_text(value) for value in values)


def _substr(source: Any, start: Any = 0, length: Any = None) -> str:
    text = as_text(source)[int(start) :]
    return text if length is None else text[: int(length)]


def _remainder(left: Any = NAN, right: Any = NAN) -> float:
    dividend, divisor = _number(left), _number(right)
    return math.fmod(dividend, divisor) if divisor and math.isfinite(dividend) else NAN


def _quotient(left: Any = NAN, right: Any = NAN) -> float:
    dividend, divisor = _number(left), _number(right)
    if divisor:
        return dividend / divisor
    infinity = math.copysign(math.inf, dividend) * math.copysign(1, divisor)
    return NAN if not dividend or math.isnan(dividend) else infinity


def _minus(left: Any = NAN, *right: Any) -> float:
    return _number(left) - _number(right[0]) if right else -_number(left)


def _extreme(choose: Callable[..., float], of_none: float) -> Operator:
    def find(*values: Any) -> float:
        numbers = [_number(value) for value in values]
        return NAN if any(map(math.isnan, numbers)) else choose(numbers, default=of_none)

    return find


def _merged(*values: Any) -> list[Any]:
    return [item for value in values for item in (value if isinstance(value, list) else [value])]


def _contained(item: Any = None, where: Any = None) -> bool:
    if isinstance(where, str):
        return bool(where) and as_text(item) in where
    return isinstance(where, list) and any(_identical(item, one) for one in where)


def _of_texts(check: Callable[[str, str], bool]) -> Operator:
    return lambda text=None, part=None: isinstance(text, str) and isinstance(part, str) and check(text, part)


def _of_lists(check: Callable[[bool], bool]) -> Operator:
    def shared(left: Any = None, right: Any = None) -> bool:
        if not isinstance(left, list) or not isinstance(right, list):
            return False
        return check(any(_contained(one, right) for one in left))

    return shared


_OPERATORS: dict[str, Operator] = {
    "==": _equal,
    "=": _equal,
    "!=": lambda left=None, right=None: not _equal(left, right),
    "===": _identical,
    "!==": lambda left=None, right=None: not _identical(left, right),
    "<": lambda left=None, right=None: _ordered(operator.lt)(left, right),
    ">": lambda left=None, right=None: _ordered(operator.gt)(left, right),
    "<=": _ordered(operator.le),
    ">=": lambda left=None, right=None: _ordered(operator.ge)(left, right),
    "!!": lambda value=None: truthy(value),
    "!": lambda value=None: not truthy(value),
    "%": _remainder,
    "/": _quotient,
    "-": _minus,
    "+": lambda *values: sum(map(_parsed, values)),
    "*": lambda first, *rest: math.prod(map(_parsed, rest), start=_parsed(first)) if rest else first,
    "min": _extreme(min, math.inf),
    "max": _extreme(max, -math.inf),
    "cat": lambda *values: _joined(values, ""),
    "substr": _substr,
    "in": _contained,
    "notIn": lambda item=None, where=None: isinstance(where, list) and not _contained(item, where),
    "merge": _merged,
    "log": lambda value=None: value,
    "startsWith": _of_texts(str.startswith),
    "endsWith": _of_texts(str.endswith),
    "contains": _of_texts(operator.contains),
    "doesNotBeginWith": _of_texts(lambda text, part: not text.startswith(part)),
    "doesNotEndWith": _of_texts(lambda text, part: not text.endswith(part)),
    "doesNotContain": _of_texts(lambda text, part: part not in text),
    "containsAny": _of_lists(lambda shared: shared),
    "doesNotContainAny": _of_lists(operator.not_),
    "null": lambda value=None: value is None,
    "notNull": lambda value=None: value is not None,
    "between": lambda value=None, limits=None: _between(value, limits, inside=True),
    "notBetween": lambda value=None, limits=None: _between(value, limits, inside=False),
}


def _called_as_in_javascript(operator: Operator) -> Operator:
    """Leave out the arguments that an operator does not take."""
    kinds = [parameter.kind for parameter in signature(operator).parameters.values()]
    most = None if Parameter.VAR_POSITIONAL in kinds else len(kinds)
    return lambda *values: operator(*values[:most])


OPERATORS = {name: _called_as_in_javascript(one) for name, one in _OPERATORS.items()}


# --- dates that count from now ---------------------------------------------------------------------------------

_UNITS = {
    "minutes": (timedelta(minutes=1), timedelta(minutes=1)),
    "hours": (timedelta(hours=1), timedelta(hours=1)),
    "days": (timedelta(days=1), timedelta(days=1)),
    "weeks": (timedelta(weeks=1), timedelta(days=1)),
    "months": (timedelta(0), timedelta(days=1)),
    "years": (timedelta(0), timedelta(weeks=1)),
}
"""Unit to how long one is (nothing where the calendar says) and to what `exactlyXAgo` lets pass."""

OF_TIME: dict[str, Callable[[float, float, float, float], bool]] = {
    "moreThanXAgo": lambda given, then, now, tolerance: given < then,
    "notWithinLast": lambda given, then, now, tolerance: given < then,
    "lessThanXAgo": lambda given, then, now, tolerance: given >= then,
    "withinLast": lambda given, then, now, tolerance: then <= given <= now,
    "exactlyXAgo": lambda given, then, now, tolerance: abs(given - then) <= tolerance,
}


def of_time(name: str, now: datetime, value: Any = None, ago: Any = None) -> bool:
    """Apply an operator of `OF_TIME` to a date and `{"amount": 1, "unit": "days"}`."""
    given = parse_date(as_text(value)) if isinstance(value, (str, list, dict)) else _number(value)
    if given is None or not isinstance(ago, dict) or ago.get("unit") not in _UNITS:
        return False
    amount = ago.get("amount")
    if not is_number(amount) or amount <= 0:
        return False
    one, tolerance = _UNITS[ago["unit"]]
    months = 0 if one else amount * (12 if ago["unit"] == "years" else 1)
    if amount * (one / _DAY) + months * 30 > _MOST_DAYS:
        return False  # what is compared with no date is neither before nor after it
    then = moment_before(now, amount * one) if one else _months_before(now, months)
    return OF_TIME[name](given, _milliseconds(then), _milliseconds(now), tolerance.total_seconds() * 1000)


_DAY, _MOST_DAYS = timedelta(days=1), 100_000_000
"""JavaScript has dates until so many days before 1970."""


def _months_before(now: datetime, amount: float) -> datetime:
    """The same day so many months before; a day that the month does not have runs over into the next, as in JavaScript."""
    months = int(min(amount, (now.year - EARLIEST.year) * 12))
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    return now.replace(year=year, month=month + 1, day=1) + timedelta(days=now.day - 1)


def _milliseconds(when: datetime) -> float:
    return when.timestamp() * 1000
