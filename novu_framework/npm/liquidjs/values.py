"""JavaScript's values, as templates see them: what is falsy, what equals what, how a number prints.

Templates work on plain JSON data (``None``, ``bool``, ``int``, ``float``, ``str``, ``list``, ``dict``) and on the
few values that Liquid adds to it: `UNDEFINED` for what is not there, `NIL`, `EMPTY` and `BLANK` for the literals of
those names, and the loop objects. Nothing here reads an attribute of a value, so a template reaches data only.

The rules are those of ECMAScript (ToString, ToNumber, the comparison operators) where LiquidJS leaves them to the
language, and LiquidJS 10's answers elsewhere; ``tests/contract/liquid`` holds those answers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED, json_text
from novu_framework.npm.ecmascript.keys import in_key_order, is_array_index
from novu_framework.npm.ecmascript.numbers import (
    NAN,
    is_number,
    number_text,
    text_number,
    to_double_precision,
)
from novu_framework.npm.ecmascript.text import BLANKS, utf16_length, utf16_sort_key, utf16_units

# Arrays and objects are gone through by filters and operators that know nothing of the render they are part of; it is
# told here of every item, so that no value is walked for free.
meter: Final[ContextVar[Callable[[int], None]]] = ContextVar("meter", default=lambda items: None)


class Drop:
    """A value made by Liquid itself rather than found in the data."""

    __slots__ = ()

    def value_of(self) -> Any:
        """Return the plain value that tags and most filters take it for."""
        raise NotImplementedError

    def fields(self) -> dict[str, Any]:
        """Return what it shows when it is printed as an object."""
        return {}

    def property(self, name: str) -> Any:
        """Return the property ``name``, or `UNDEFINED`."""
        return UNDEFINED


class Literal(Drop):
    """``nil``, ``empty`` and ``blank``: they compare by a rule of their own and are below and above nothing."""

    __slots__ = ("_value", "name")

    def __init__(self, name: str, value: str | None) -> None:
        self.name = name
        self._value = value

    def value_of(self) -> str | None:
        return self._value

    def equals(self, other: Any) -> bool:
        """Tell whether ``other`` is nil, empty or blank, as this literal asks."""
        if self.name == "nil":
            return is_nil(to_value(other))
        if self.name == "blank":
            if other is False or is_nil(to_value(other)):
                return True
            if isinstance(other, str):
                return not other.strip(BLANKS)
        if isinstance(other, Literal) and other.name != "nil":
            return False
        other = to_value(other)
        return isinstance(other, (str, list, dict)) and not other


NIL: Final = Literal("nil", None)
EMPTY: Final = Literal("empty", "")
BLANK: Final = Literal("blank", "")


def is_nil(value: Any) -> bool:
    """Tell whether ``value`` is null or undefined."""
    return value is None or value is UNDEFINED


def to_value(value: Any) -> Any:
    """``value``, or the plain value of a `Drop`."""
    return value.value_of() if isinstance(value, Drop) else value


def is_truthy(value: Any) -> bool:
    """Tell Liquid's truth: all but false, null and undefined."""
    if isinstance(value, Drop):
        value = value.value_of()
    return not (value is False or value is None or value is UNDEFINED)


def to_number(value: Any) -> float:
    """Return what unary plus gives; NaN for what does not read as a number."""
    if type(value) is int:
        return to_double_precision(value)
    if type(value) is float:
        return value
    if value is None or value is False:
        return 0
    if value is True:
        return 1
    if value is UNDEFINED:
        return NAN
    return text_number(js_text(value))


def number_or_zero(value: Any) -> float:
    """Return a filter's number: zero for what does not read as one."""
    number = to_number(to_value(value))
    return 0 if number != number else number


def to_integer(value: Any) -> float:
    """Return the whole part (ToIntegerOrInfinity), zero for NaN; infinities stay."""
    number = to_number(to_value(value))
    if number != number:
        return 0
    return number if number in (math.inf, -math.inf) else int(number)


def js_text(value: Any) -> str:
    """Return what ``String(value)`` gives: ``null``, ``1,2,3``, ``[object Object]``."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if value is UNDEFINED:
        return "undefined"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, list):
        meter.get()(len(value) + 1)
        return ",".join("" if is_nil(item) else js_text(item) for item in value)
    return "[object Object]"


def stringify(value: Any) -> str:
    """Return what a string filter makes of a value: nothing of nil, an array's items side by side."""
    if isinstance(value, str):
        return value
    value = to_value(value)
    if is_nil(value):
        return ""
    if isinstance(value, list):
        meter.get()(len(value) + 1)
        return "".join(map(stringify, value))
    return js_text(value)


def js_json(value: Any, indent: str = "") -> str | None:
    """Return what ``JSON.stringify`` gives, or None for what it leaves out (undefined)."""
    return None if value is UNDEFINED else json_text(value, indent, charge=meter.get(), object_of=_fields)


def _fields(value: Any) -> dict[str, Any] | None:
    return value.fields() if isinstance(value, Drop) else None


def less_than(left: Any, right: Any) -> bool:
    """``left < right`` in JavaScript, for plain values."""
    left = js_text(left) if isinstance(left, (list, dict, Drop)) else left
    right = js_text(right) if isinstance(right, (list, dict, Drop)) else right
    if isinstance(left, str) and isinstance(right, str):
        if left.isascii() and right.isascii():
            return left < right
        return utf16_sort_key(left) < utf16_sort_key(right)
    return to_number(left) < to_number(right)


def less_or_equal(left: Any, right: Any) -> bool:
    """``left <= right`` in JavaScript, for plain values."""
    left = js_text(left) if isinstance(left, (list, dict, Drop)) else left
    right = js_text(right) if isinstance(right, (list, dict, Drop)) else right
    if isinstance(left, str) and isinstance(right, str):
        return left == right or less_than(left, right)
    return to_number(left) <= to_number(right)


def same(left: Any, right: Any) -> bool:
    """``left === right`` in JavaScript."""
    if type(left) is str or type(right) is str:
        return type(left) is type(right) and bool(left == right)
    if is_number(left) and is_number(right):
        return bool(to_double_precision(left) == to_double_precision(right))
    return left is right


def equals(left: Any, right: Any) -> bool:
    """Tell Liquid's ``==``: literals by their own rule, arrays item by item, the rest as ``===``."""
    if type(left) is str and type(right) is str:
        return left == right
    if isinstance(left, Literal):
        return left.equals(right)
    if isinstance(right, Literal):
        return right.equals(left)
    left, right = to_value(left), to_value(right)
    if isinstance(left, list):
        if not isinstance(right, list) or len(left) != len(right):
            return False
        meter.get()(len(left) + 1)
        return left is right or all(map(equals, left, right))
    return same(left, right)


def read_property(owner: Any, key: Any) -> Any:
    """``owner[key]`` as a template reads it: own properties, ``size``, ``first`` and ``last``; never a Python attribute."""
    key = to_value(key)
    if isinstance(owner, dict):
        name = key if type(key) is str else js_text(key)
        value = owner.get(name, UNDEFINED)
        if value is UNDEFINED and key == "size":
            return len(owner)
        return value
    if isinstance(owner, list):
        if is_number(key):
            return element(owner, key)
        if key == "size" or key == "length":
            return len(owner)
        if key == "first":
            return element(owner, 0)
        if key == "last":
            return element(owner, -1)
        name = js_text(key)
        return element(owner, int(name)) if is_array_index(name) else UNDEFINED
    if isinstance(owner, str):
        if key == "size" or key == "length":
            return utf16_length(owner)
        name = js_text(key)
        if is_array_index(name):
            units = utf16_units(owner)
            return units[int(name)] if int(name) < len(units) else UNDEFINED
        return UNDEFINED
    if isinstance(owner, Drop):
        return owner.property(js_text(key))
    return owner if is_nil(owner) else UNDEFINED


def element(items: list[Any], index: float) -> Any:
    """Return the item at ``index``, counted from the end where it is negative, or `UNDEFINED`."""
    if index != index or index in (math.inf, -math.inf) or index != int(index):
        return UNDEFINED
    position = int(index) + len(items) if index < 0 else int(index)
    return items[position] if 0 <= position < len(items) else UNDEFINED


def plus(left: Any, right: Any) -> Any:
    """``left + right`` in JavaScript: text is put together, the rest is added."""
    left, right = to_value(left), to_value(right)
    if isinstance(left, (str, list, dict)) or isinstance(right, (str, list, dict)):
        return js_text(left) + js_text(right)
    return to_double_precision(to_number(left) + to_number(right))


def to_array(value: Any) -> list[Any]:
    """Return a filter's array: nothing of nil, a value alone as its one item."""
    value = to_value(value)
    if isinstance(value, list):
        return value
    return [] if is_nil(value) else [value]


def to_enumerable(value: Any) -> list[Any]:
    """Return what ``for`` goes through: a string as one item, an object as its pairs of key and value."""
    value = to_value(value)
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        return [[key, value[key]] for key in in_key_order(value)]
    return []


def js_truthy(value: Any) -> bool:
    """Tell JavaScript's truth, which some arguments are read by: zero, NaN and empty text are false too."""
    if value is UNDEFINED or value is None:
        return False
    if isinstance(value, (str, int, float)):
        return bool(value) and value == value
    return True


def path_names(path: Any) -> list[str]:
    """Return the property names of a path, which stand with dots between them."""
    names = stringify(path).split(".")
    meter.get()(len(names))
    return names


def read_path(value: Any, names: list[str]) -> Any:
    """``value`` followed along property names."""
    for name in names:
        if is_nil(value):
            return value
        value = read_property(value, name)
    return value
