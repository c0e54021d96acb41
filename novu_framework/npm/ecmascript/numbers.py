"""Numbers: doubles, how they print, and what text means as one."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Any, Final, TypeGuard

from novu_framework.npm.ecmascript.text import BLANKS

MAX_SAFE_INTEGER: Final = 2**53 - 1
NAN: Final = float("nan")


def is_number(value: Any) -> TypeGuard[float]:
    """Tell whether a value is a number in JavaScript; Python's booleans are not."""
    kind = type(value)
    return kind is int or kind is float or (isinstance(value, (int, float)) and kind is not bool)


def is_integer(value: Any) -> bool:
    """Tell whether a value is a number that has no fraction, such as 1.0; infinities count."""
    if isinstance(value, float):
        return value.is_integer() or math.isinf(value)
    return isinstance(value, int) and not isinstance(value, bool)


def as_double(value: float) -> float:
    """Return the double that JavaScript would hold; an integer beyond its range is infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def to_double_precision(value: float) -> float:
    """Return a number with the precision of a double; a safe integer stays an int."""
    if type(value) is int and not -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return as_double(value)
    return value


def number_text(value: float) -> str:
    """Return a number as `String(value)` prints it.

    >>> number_text(3.0), number_text(1e21), number_text(1.5e-7), number_text(2**63)
    ('3', '1e+21', '1.5e-7', '9223372036854776000')
    """
    if isinstance(value, int):
        if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            return str(int(value))
        value = as_double(value)
    if value != value:
        return "NaN"
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0:
        return "0"
    text = repr(value)
    if "e" not in text and abs(value) >= 1e-6:
        return text.removesuffix(".0")
    sign, digits, exponent = Decimal(text).normalize().as_tuple()
    assert isinstance(exponent, int)
    figures = "".join(map(str, digits))
    point = len(figures) + exponent  # where the decimal point stands, counted from the first digit
    prefix = "-" if sign else ""
    if len(figures) <= point <= 21:
        return prefix + figures + "0" * (point - len(figures))
    if 0 < point <= 21:
        return f"{prefix}{figures[:point]}.{figures[point:]}"
    if -6 < point <= 0:
        return f"{prefix}0.{'0' * -point}{figures}"
    mantissa = figures[0] + (f".{figures[1:]}" if len(figures) > 1 else "")
    return f"{prefix}{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"


_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|Infinity)", re.ASCII)
_RADIX = re.compile(r"0(?:[xX]([0-9a-fA-F]+)|[oO]([0-7]+)|[bB]([01]+))")


def text_number(text: str) -> float:
    """Return what `Number(text)` gives: 0 for blank text, NaN for what does not read as a number.

    >>> text_number(" 12.50 "), text_number("0x1f"), text_number("1_000")
    (12.5, 31, nan)
    """
    text = text.strip(BLANKS)
    if not text:
        return 0
    if _NUMBER.fullmatch(text):
        if text.isdigit() and len(text) < 16:
            return int(text)
        return float(text)
    if radix := _RADIX.fullmatch(text):
        base = next(base for base, digits in zip((16, 8, 2), radix.groups(), strict=True) if digits)
        return to_double_precision(int(text[2:], base))
    return NAN
