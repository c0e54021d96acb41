"""Numbers: doubles, how they print, and what text means as one."""

from __future__ import annotations

import math
import re
from typing import Any, Final, TypeGuard

from novu_framework.npm.ecmascript.text import BLANKS

MAX_SAFE_INTEGER: Final = 2**53 - 1
NAN: Final = float("nan")


def is_number(value: Any) -> TypeGuard[float]:
    """Tell whether a value is a number in JavaScript; Python's booleans are not."""
    kind = type(value)
    return kind is int or kind is float or (isinstance(value, (int, float)) and kind is not bool)


def is_integer(value: Any) -> bool:
    """Tell whether a value is a finite number without a fraction, such as 1.0, as `Number.isInteger` does."""
    if isinstance(value, float):
        return value.is_integer()
    return isinstance(value, int) and not isinstance(value, bool)


def as_double(value: float) -> float:
    """Return the double that JavaScript would hold; an integer beyond its range is infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def to_double_precision(value: float) -> float:
    """Return a number with the precision of a double; a safe integer stays an int."""
    if isinstance(value, int) and not -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return as_double(value)
    return value


def number_text(value: float) -> str:
    """Return a number as `String(value)` prints it.

    >>> number_text(3.0), number_text(1e21), number_text(1.5e-7), number_text(2**63)
    ('3', '1e+21', '1.5e-7', '9223372036854776000')
    """
    value = to_double_precision(value)
    if isinstance(value, int):
        return str(int(value))
    if value == 0:
        return "0"
    if not math.isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        return mantissa.removesuffix(".0")
    power = int(exponent)
    sign, digits = ("-" if value < 0 else ""), mantissa.lstrip("-").replace(".", "")
    if 0 < power <= 20:
        return sign + digits.ljust(power + 1, "0")
    if -7 < power < 0:
        return f"{sign}0.{'0' * (-power - 1)}{digits}"
    return f"{mantissa}e{power:+d}"


# "\d+\.?\d*" instead would take quadratic time where a long number goes on as something else
_NUMBER = re.compile(r"[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|Infinity)", re.ASCII)
_RADIX = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)")


def text_number(text: str) -> float:
    """Return what `Number(text)` gives: 0 for blank text, NaN for what does not read as a number.

    >>> text_number(" 12.50 "), text_number("0x1f"), text_number("1_000")
    (12.5, 31, nan)
    """
    text = text.strip(BLANKS)
    if not text:
        return 0
    if _NUMBER.fullmatch(text):
        return int(text) if text.isdigit() and len(text) < 16 else float(text)
    return to_double_precision(int(text, 0)) if _RADIX.fullmatch(text) else NAN
