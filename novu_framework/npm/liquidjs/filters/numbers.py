"""Arithmetic, in doubles."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from novu_framework.npm.ecmascript.numbers import (
    MAX_SAFE_INTEGER,
    NAN,
    as_double,
    number_text,
    text_number,
    to_double_precision,
)
from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.limits import costs
from novu_framework.npm.liquidjs.values import number_or_zero, to_number, to_value


def _whole(round_number: Callable[[float], int], value: Any) -> float:
    number = number_or_zero(value)
    return to_double_precision(round_number(number)) if math.isfinite(number) else number


def abs_(value: Any) -> float:
    """Return the number without its sign."""
    return abs(number_or_zero(value))


def ceil(value: Any) -> float:
    """Return the next whole number above."""
    return _whole(math.ceil, value)


def floor(value: Any) -> float:
    """Return the next whole number below."""
    return _whole(math.floor, value)


@costs(1_000)
def at_least(value: Any, *others: Any) -> float:
    """Return the largest of the numbers."""
    return max(map(number_or_zero, (value, *others)))


@costs(1_000)
def at_most(value: Any, *others: Any) -> float:
    """Return the smallest of the numbers."""
    return min(map(number_or_zero, (value, *others)))


def _of_two(operate: Callable[[float, float], float], value: Any, others: tuple[Any, ...]) -> float:
    """Return what ``operate`` gives for a value and one argument; NaN without one."""
    return to_double_precision(operate(number_or_zero(value), number_or_zero(others[0]))) if others else NAN


def plus(value: Any, *others: Any) -> float:
    """Return the sum; text is taken for a number."""
    return _of_two(operator.add, value, others)


def minus(value: Any, *others: Any) -> float:
    """Return the difference."""
    return _of_two(operator.sub, value, others)


def times(value: Any, *others: Any) -> float:
    """Return the product."""
    return _of_two(operator.mul, value, others)


@costs(1_000)
def modulo(value: Any, *others: Any) -> float:
    """Return the rest of a division, with the sign of the divisor."""
    return _of_two(lambda left, right: remainder(remainder(left, right) + right, right), value, others)


def quotient(dividend: float, divisor: float) -> float:
    """Return ``dividend / divisor``, where dividing by zero gives infinities and NaN."""
    dividend, divisor = as_double(dividend), as_double(divisor)
    if divisor:
        return dividend / divisor
    if not dividend or dividend != dividend:
        return NAN
    return math.copysign(math.inf, dividend) * math.copysign(1, divisor)


def remainder(dividend: float, divisor: float) -> float:
    """Return what JavaScript's ``%`` gives, which has the sign of the dividend."""
    if not divisor or not math.isfinite(dividend) or divisor != divisor:
        return NAN
    return math.fmod(dividend, divisor)


@costs(1_000)
def divided_by(value: Any, *others: Any) -> float:
    """Return the quotient, a fraction as well; whole with a true third argument."""
    if not others:
        return NAN
    result = quotient(number_or_zero(value), number_or_zero(others[0]))
    if len(others) > 1 and number_or_zero(others[1]) and math.isfinite(result):
        return to_double_precision(math.floor(result))
    return result


@costs(3000)
def round_(value: Any, digits: Any = 0) -> float:
    """Return the number rounded to ``digits``, halves away from zero."""
    number, places = number_or_zero(value), number_or_zero(digits)
    scaled = _shifted(abs(number), places)
    if not scaled <= MAX_SAFE_INTEGER:
        return number
    whole = math.floor(scaled)
    rounded = _shifted(whole + (scaled - whole >= 0.5), -places)
    return to_double_precision(-rounded if number < 0 else rounded)


def _shifted(number: float, places: float) -> float:
    """Return ``number`` with its decimal point moved, without the error of a multiplication."""
    mantissa, _, power = number_text(number).partition("e")
    return text_number(f"{mantissa}e{number_text(text_number(power) + places)}")


def to_integer(value: Any) -> float:
    """Return the value as a number of any kind, despite the name."""
    return to_number(to_value(value))


FILTERS: Final[Mapping[str, Filter]] = {
    "abs": abs_,
    "at_least": at_least,
    "at_most": at_most,
    "ceil": ceil,
    "divided_by": divided_by,
    "floor": floor,
    "minus": minus,
    "modulo": modulo,
    "plus": plus,
    "round": round_,
    "times": times,
    "to_integer": to_integer,
}
