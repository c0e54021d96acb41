"""Values as templates see them: what is true, what equals what, which properties there are, what is printed.

Templates work on plain JSON data (``None``, ``bool``, ``int``, ``float``, ``str``, ``list``, ``dict``) and on the
few values that Liquid adds to it: `UNDEFINED` for what does not exist, `NIL`, `EMPTY` and `BLANK` for the literals of
those names, and the loop objects. Nothing here reads an attribute of a value, so a template reaches data only.

JavaScript's own rules are in `novu_framework.npm.ecmascript`; here is what LiquidJS 10 makes of them, and how they treat
the values that it adds. ``tests/contract/liquid`` holds its answers.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED, json_text
from novu_framework.npm.ecmascript.keys import in_key_order, is_array_index
from novu_framework.npm.ecmascript.numbers import (
    MAX_SAFE_INTEGER,
    NAN,
    is_number,
    number_text,
    text_number,
    to_double_precision,
)
from novu_framework.npm.ecmascript.text import (
    BLANKS,
    join_surrogates,
    utf16_length,
    utf16_sort_key,
    utf16_unit,
    utf16_units,
)
from novu_framework.npm.liquidjs.limits import Cost, charge, charge_items, charge_text, current, work

# Shorter text is read in no time worth counting: it is paid by the part of the template that reads it.
_SHORT: Final = 15
# What it takes to look beyond ASCII for what JavaScript counts as two, in nanoseconds: each time, and by character.
_LOOK: Final = 700
_LOOK_AT_EACH: Final = 5
# What writing a number takes that is no safe integer, in nanoseconds, and one like 1e300.
_NUMBER_WORK: Final = 1_000
_POWER_WORK: Final = 6_000


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
        self.name: str = name
        self._value = value

    def value_of(self) -> str | None:
        """Return None for ``nil``, and empty text for the others."""
        return self._value

    def equals(self, other: Any) -> bool:
        """Tell whether ``other`` is nil, empty or blank, as this literal asks."""
        if self.name == "nil":
            return is_nil(to_value(other))
        if self.name == "blank":
            if other is False or is_nil(to_value(other)):
                return True
            if isinstance(other, str):
                _work_of_text(other, 5)
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
    """Return ``value``, or the plain value of a `Drop`."""
    return value.value_of() if isinstance(value, Drop) else value


def is_truthy(value: Any) -> bool:
    """Tell whether Liquid takes ``value`` for true: all but false, null and undefined."""
    if isinstance(value, Drop):
        value = value.value_of()
    return not (value is False or value is None or value is UNDEFINED)


def to_number(value: Any) -> float:
    """Return what unary plus gives; NaN for what is not a number."""
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
    text = js_text(value)
    _work_of_text(text, 30)
    return text_number(text)


def number_or_zero(value: Any) -> float:
    """Return a filter's number: zero for what is not one."""
    number = to_number(to_value(value))
    return 0 if number != number else number


def to_integer(value: Any) -> float:
    """Return the whole part of a number; infinities stay, and what is not a number is zero."""
    number = to_number(to_value(value))
    if number != number:
        return 0
    return number if number in (math.inf, -math.inf) else int(number)


def js_text(value: Any) -> str:
    """Return what ``String(value)`` gives: ``null``, ``1,2,3``, ``[object Object]``."""
    if isinstance(value, str):
        return value if type(value) is str else str.__str__(value)  # `Markup` would escape it again
    if value is None:
        return "null"
    if value is UNDEFINED:
        return "undefined"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        if type(value) is int and -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            return str(value)
        text = number_text(value)
        # the next one who pays finds out if that was too much
        current.get().work_left -= _POWER_WORK if "e" in text else _NUMBER_WORK
        return text
    if isinstance(value, list):
        charge_items(len(value) + 1)
        return joined(",", ["" if is_nil(item) else js_text(item) for item in value])
    return "[object Object]"


def stringify(value: Any) -> str:
    """Return what a string filter makes of a value: nothing of nil, an array's items side by side."""
    if isinstance(value, str):
        return value if type(value) is str else str.__str__(value)
    value = to_value(value)
    if is_nil(value):
        return ""
    if isinstance(value, list):
        charge_items(len(value) + 1)
        return joined("", list(map(stringify, value)))
    return js_text(value)


def liquid_json(value: Any, indent: str = "") -> str:
    """Return what ``JSON.stringify`` gives; the values that Liquid adds are printed as objects."""
    work(3_000)
    if isinstance(value, str):
        value = well_formed(value)
    return json_text(value, indent, enter=_charge_container, object_of=_fields)


def _charge_container(container: Sequence[Any] | Mapping[str, Any], margin: int) -> None:
    """Spend what an array or object takes as JSON, but for what is within its members."""
    texts = [
        member
        for member in (container.values() if isinstance(container, Mapping) else container)
        if type(member) is str
    ]
    size = sum(map(len, texts))
    if isinstance(container, Mapping):
        size += sum(map(len, container))
    count = len(container) + 1
    charge(size + margin * count)
    work(10 * size + 700 * count)
    charge_items(count)
    for text in texts:
        well_formed(text)  # which pays for the pairs of surrogates in it


def joined(separator: str, texts: Collection[str]) -> str:
    """Return ``separator.join(texts)``, once there is room for it."""
    charge_text(sum(map(len, texts)) + len(separator) * max(len(texts) - 1, 0))
    return separator.join(texts)


def replaced(text: str, part: str, new: str) -> str:
    """Return ``text.replace(part, new)`` for a part that is not empty, once there is room for it."""
    work_of_search(text, part)
    growth = text.count(part) * (len(new) - len(part))
    if growth > 0:
        charge(growth)
    return text.replace(part, new)


def pieces(text: str, separator: str) -> list[str]:
    """Return ``text.split(separator)``, or its UTF-16 units without a separator, once there is room for them."""
    if not separator:
        charge_items(utf16_length(text))
        return utf16_units(text)
    work_of_search(text, separator)
    charge_items(text.count(separator) + 1)
    return text.split(separator)


def work_of_search(text: str, part: str) -> None:
    """Spend what looking for a part in text takes, where at worst most of the part is found at each place."""
    if len(text) > 50:
        work(len(text) * (2 + min(len(part), 100)) / 2)


def _work_of_text(text: str, character: int = 1) -> None:
    if len(text) > _SHORT:
        work(len(text) * character)


def well_formed(text: str) -> str:
    """Return text with each pair of surrogates made one character."""
    return join_surrogates(text, work)


def _fields(value: Any) -> dict[str, Any] | None:
    return value.fields() if isinstance(value, Drop) else None


def less_than(left: Any, right: Any) -> bool:
    """Tell whether ``left < right`` in JavaScript."""
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        _work_of_text(min(left, right, key=len))
        left, right = sort_keys([left, right])
        return bool(left < right)
    return to_number(left) < to_number(right)


def _primitive(value: Any) -> Any:
    return js_text(value) if isinstance(value, (list, dict, Drop)) else value


def sort_keys(texts: Sequence[str]) -> Sequence[Any]:
    """Return what orders texts as JavaScript does."""
    if all(map(str.isascii, texts)):
        return texts
    size = sum(map(len, texts))
    work(_LOOK * len(texts) + _LOOK_AT_EACH * size)
    if all(utf16_length(text) == len(text) for text in texts):
        return texts  # only beyond U+FFFF is the order of UTF-16 another than that of characters
    charge(2 * size)
    work(150 * size)
    return list(map(utf16_sort_key, texts))


def less_or_equal(left: Any, right: Any) -> bool:
    """Tell whether ``left <= right`` in JavaScript."""
    left, right = _primitive(left), _primitive(right)
    if isinstance(left, str) and isinstance(right, str):
        return left == right or less_than(left, right)
    return to_number(left) <= to_number(right)


def strictly_equal(left: Any, right: Any) -> bool:
    """Tell whether ``left === right`` in JavaScript: lists and dicts are equal only to themselves, NaN to nothing."""
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    if is_number(left):
        return is_number(right) and to_double_precision(left) == to_double_precision(right)
    return left is right


def equals(left: Any, right: Any) -> bool:
    """Tell whether Liquid's ``==`` holds: literals by their own rule, arrays item by item, the rest as ``===``."""
    if type(left) is str and type(right) is str:
        if len(left) == len(right):
            _work_of_text(left)
        return left == right
    if isinstance(left, Literal):
        return left.equals(right)
    if isinstance(right, Literal):
        return right.equals(left)
    left, right = to_value(left), to_value(right)
    if isinstance(left, list):
        if not isinstance(right, list) or len(left) != len(right):
            return False
        work(Cost().item * (len(left) + 1))
        return left is right or all(map(equals, left, right))
    return strictly_equal(left, right)


def read_property(owner: Any, key: Any) -> Any:
    """Return ``owner[key]`` as a template reads it: own properties, ``size``, ``first`` and ``last``."""
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
            return text_length(owner)
        if type(key) is int:
            return text_unit(owner, key) if 0 <= key <= MAX_SAFE_INTEGER else UNDEFINED
        name = js_text(key)
        if not is_array_index(name):
            return UNDEFINED
        current.get().work_left -= _LOOK
        return text_unit(owner, int(name))
    if isinstance(owner, Drop):
        return owner.property(js_text(key))
    return owner if is_nil(owner) else UNDEFINED


def text_length(text: str) -> int:
    """Return the length of text in UTF-16 units."""
    if not text.isascii():
        work(_LOOK + _LOOK_AT_EACH * len(text))
    return utf16_length(text)


def text_unit(text: str, index: int) -> Any:
    """Return the UTF-16 unit at ``index``, counted from the end where it is negative, or `UNDEFINED`."""
    if not text.isascii():
        work(_LOOK + _LOOK_AT_EACH * len(text))
    unit = utf16_unit(text, index, work)
    return UNDEFINED if unit is None else unit


def element(items: list[Any], index: float) -> Any:
    """Return the item at ``index``, counted from the end where it is negative, or `UNDEFINED`."""
    if index != index or index in (math.inf, -math.inf) or index != int(index):
        return UNDEFINED
    position = int(index) + len(items) if index < 0 else int(index)
    return items[position] if 0 <= position < len(items) else UNDEFINED


def array_position(value: Any, length: int) -> int:
    """Return where ``Array.prototype.slice`` starts or ends for ``value``, in an array of that length."""
    position = to_integer(value)
    return int(max(length + position, 0) if position < 0 else min(position, length))


def plus(left: Any, right: Any) -> Any:
    """Return ``left + right`` of JavaScript: text is put together, the rest is added."""
    left, right = to_value(left), to_value(right)
    if isinstance(left, (str, list, dict)) or isinstance(right, (str, list, dict)):
        return js_text(left) + js_text(right)
    return to_double_precision(to_number(left) + to_number(right))


def to_array(value: Any) -> list[Any]:
    """Return a filter's array: empty for nil; any other value that is not an array is its one item."""
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
        charge_items(3 * len(value))
        return [[key, value[key]] for key in in_key_order(value)]
    return []


def read_paths(items: list[Any], names: list[str]) -> list[Any]:
    """Return what each item has along property names."""
    work(150 * (2 + len(names)) * len(items))
    return [read_path(item, names) for item in items]


def js_truthy(value: Any) -> bool:
    """Tell whether JavaScript takes ``value`` for true, as some arguments are read: zero, NaN and "" are false, too."""
    if value is UNDEFINED or value is None:
        return False
    if isinstance(value, (str, int, float)):
        return bool(value) and value == value
    return True


def path_names(path: Any) -> list[str]:
    """Return the property names of a path, which have dots between them."""
    return pieces(stringify(path), ".")


def read_path(value: Any, names: list[str]) -> Any:
    """Return what is found from ``value`` along property names."""
    for name in names:
        if is_nil(value):
            return value
        value = read_property(value, name)
    return value
