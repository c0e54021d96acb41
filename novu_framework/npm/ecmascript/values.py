"""JSON values as JavaScript sees them, where Python's own notion differs (``True == 1``, ``1.0`` prints)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Any


def is_number(value: Any) -> bool:
    """Whether it is a JSON number; Python's booleans are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_integer(value: Any) -> bool:
    """Whether it is a number without a fraction: 1.0 is one in JavaScript, and to AJV so is Infinity."""
    if isinstance(value, float):
        return value.is_integer() or math.isinf(value)
    return isinstance(value, int) and not isinstance(value, bool)


def same(left: Any, right: Any) -> bool:
    """Deep equality of JSON values: 1 and 1.0 are the same, True and 1 are not, NaN is itself."""
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    if is_number(left):
        return is_number(right) and (left == right or (left != left and right != right))
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and len(left) == len(right)
            and all(key in right and same(value, right[key]) for key, value in left.items())
        )
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(same, left, right))
    return left is right


def identity(value: Any) -> Any:
    """A hashable stand-in: two values are the `same` exactly if theirs are equal."""
    if isinstance(value, list):
        return tuple(map(identity, value))
    if isinstance(value, dict):
        return frozenset((key, identity(member)) for key, member in value.items())
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    return _NAN if value != value else value


# Python takes True for 1, and no NaN for another: they are told apart by stand-ins that equal nothing else.
_TRUE, _FALSE, _NAN = object(), object(), object()


def copy_json(value: Any) -> Any:
    """A copy of plain JSON data that shares no dict and no list with the original."""
    copy: Any
    items: Any
    if isinstance(value, dict):
        copy = dict(value)
        items = copy.items()
    elif isinstance(value, list):
        copy = value[:]
        items = enumerate(value)
    else:
        return value
    for key, item in items:
        if isinstance(item, (dict, list)):
            copy[key] = copy_json(item)
    return copy


def number_text(value: float) -> str:
    """A number as JavaScript prints it.

    >>> number_text(3.0), number_text(0.1), number_text(1e21), number_text(1e-7)
    ('3', '0.1', '1e+21', '1e-7')
    """
    number = as_double(value)
    if not math.isfinite(number):
        return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    sign, digit_tuple, exponent = Decimal(repr(number)).normalize().as_tuple()
    digits = "".join(map(str, digit_tuple))
    point = len(digits) + int(exponent)  # where the decimal point stands, counted from the first digit
    minus = "-" if sign else ""
    if 0 < point <= 21:
        padded = digits.ljust(point, "0")
        return minus + padded[:point] + ("." + padded[point:] if padded[point:] else "")
    if -6 < point <= 0:
        return f"{minus}0.{'0' * -point}{digits}"
    fraction = "." + digits[1:] if digits[1:] else ""
    return f"{minus}{digits[0]}{fraction}e{point - 1:+d}"


def as_double(value: float) -> float:
    """The double that JavaScript would hold; an int beyond its range is infinite."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def in_javascript_order(keys: Iterable[str]) -> list[str]:
    """Keys in the order in which JavaScript enumerates them: array indices first, by value."""
    names = list(keys)
    indices = [name for name in names if _is_index(name)]
    if not indices:
        return names
    return sorted(indices, key=int) + [name for name in names if not _is_index(name)]


def _is_index(name: str) -> bool:
    return name.isascii() and name.isdigit() and (name == "0" or name[0] != "0") and int(name) < 2**32 - 1
