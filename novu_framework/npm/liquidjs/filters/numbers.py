"""Arithmetic, in doubles."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

from novu_framework.npm.ecmascript.numbers import (
    MAX_SAFE_INTEGER,
    NAN,
    as_double,
    number_text,
    text_number,
    to_double_precision,
)
from novu_framework.npm.liquidjs.values import number_or_zero, to_number, to_value


def _whole(rounding: Callable[[float], int]) -> Callable[[Any], float]:
    def filter_(value: Any) -> float:
        number = number_or_zero(value)
        return to_double_precision(rounding(number)) if math.isfinite(number) else number

    return filter_


def at_least(value: Any, *others: Any) -> float:
    """Return the larger of two numbers."""
    return max(map(number_or_zero, (value, *others)))


def at_most(value: Any, *others: Any) -> float:
    """Return the smaller of two numbers."""
    return min(map(number_or_zero, (value, *others)))


def _of_two(operate: Callable[[float, float], float]) -> Callable[..., float]:
    """A filter of a value and one argument, without which the result is no number."""

    def filter_(value: Any, *others: Any) -> float:
        if not others:
            return NAN
        return to_double_precision(operate(number_or_zero(value), number_or_zero(others[0])))

    return filter_


def quotient(dividend: float, divisor: float) -> float:
    """``dividend / divisor``, where dividing by zero gives infinities and NaN."""
    dividend, divisor = as_double(dividend), as_double(divisor)
    if divisor:
        return dividend / divisor
    if not dividend or dividend != dividend:
        return NAN
    return math.copysign(math.inf, dividend) * math.copysign(1, divisor)


def remainder(dividend: float, divisor: float) -> float:
    """Return JavaScript's ``%``, which has the sign of the dividend."""
    if not divisor or not math.isfinite(dividend) or divisor != divisor:
        return NAN
    return math.fmod(dividend, divisor)


def divided_by(value: Any, *others: Any) -> float:
    """Divide; between whole numbers, only if asked to."""
    if not others:
        return NAN
    result = quotient(number_or_zero(value), number_or_zero(others[0]))
    if len(others) > 1 and number_or_zero(others[1]) and math.isfinite(result):
        return to_double_precision(math.floor(result))
    return result


def modulo(value: float, divisor: float) -> float:
    """Return the remainder, with the sign of the divisor."""
    return remainder(remainder(value, divisor) + divisor, divisor)


def round_(value: Any, digits: Any = 0) -> float:
    """Round half away from zero, to so many places."""
    number, places = number_or_zero(value), number_or_zero(digits)
    scaled = _shifted(abs(number), places)
    if not scaled <= MAX_SAFE_INTEGER:
        return number
    whole = math.floor(scaled)
    result = _shifted(whole + (scaled - whole >= 0.5), -places)
    return to_double_precision(-result if number < 0 else result)


def _shifted(number: float, places: float) -> float:
    """``number`` with its decimal point moved, without the error of a multiplication."""
    mantissa, _, power = number_text(number).partition("e")
    return text_number(f"{mantissa}e{number_text(text_number(power) + places)}")


def to_integer(value: Any) -> float:
    """Named so, but it converts to a number of any kind."""
    return to_number(to_value(value))


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "abs": lambda value: abs(number_or_zero(value)),
    "at_least": at_least,
    "at_most": at_most,
    "ceil": _whole(math.ceil),
    "divided_by": divided_by,
    "floor": _whole(math.floor),
    "minus": _of_two(lambda left, right: left - right),
    "modulo": _of_two(modulo),
    "plus": _of_two(lambda left, right: left + right),
    "round": round_,
    "times": _of_two(lambda left, right: left * right),
    "to_integer": to_integer,
}
