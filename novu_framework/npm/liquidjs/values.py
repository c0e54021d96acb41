"""JavaScript's values, as templates see them: what is falsy, what equals what, how a number prints.

Templates work on plain JSON data (``None``, ``bool``, ``int``, ``float``, ``str``, ``list``, ``dict``) and on the
few values that Liquid adds to it: `UNDEFINED` for what is not there, `NIL`, `EMPTY` and `BLANK` for the literals of
those names, and the loop objects. Nothing here reads an attribute of a value, so a template reaches data only.

The rules are those of ECMAScript (ToString, ToNumber, the comparison operators) where LiquidJS leaves them to the
language, and LiquidJS 10's answers elsewhere; ``tests/contract/liquid`` holds those answers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from decimal import Decimal
from json.encoder import encode_basestring as quote_json
from typing import Any, Final, TypeGuard

# Arrays and objects are gone through by filters and operators that know nothing of the render they are part of; it is
# told here of every item, so that no value is walked for free.
meter: Final[ContextVar[Callable[[int], None]]] = ContextVar("meter", default=lambda items: None)

MAX_SAFE_INTEGER: Final = 2**53 - 1

# What ECMAScript trims and what `\s` matches in its regular expressions (which Python's `\s` is not).
WHITESPACE: Final = (
    "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
NAN: Final = float("nan")


class Undefined:
    """The value of a variable, property or argument that is not there; see `UNDEFINED`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNDEFINED"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined()


class Drop:
    """A value made by Liquid itself rather than found in the data."""

    __slots__ = ()

    def value_of(self) -> Any:
        """The plain value that tags and most filters take it for."""
        raise NotImplementedError

    def fields(self) -> dict[str, Any]:
        """What it shows when it is printed as an object."""
        return {}

    def property(self, name: str) -> Any:
        """The property ``name``, or `UNDEFINED`."""
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
        """Whether ``other`` is nil, empty or blank, as this literal asks."""
        if self.name == "nil":
            return is_nil(to_value(other))
        if self.name == "blank":
            if other is False or is_nil(to_value(other)):
                return True
            if isinstance(other, str):
                return not other.strip(WHITESPACE)
        if isinstance(other, Literal) and other.name != "nil":
            return False
        other = to_value(other)
        return isinstance(other, (str, list, dict)) and not other


NIL: Final = Literal("nil", None)
EMPTY: Final = Literal("empty", "")
BLANK: Final = Literal("blank", "")


def is_nil(value: Any) -> bool:
    """Whether ``value`` is null or undefined."""
    return value is None or value is UNDEFINED


def to_value(value: Any) -> Any:
    """``value``, or the plain value of a `Drop`."""
    return value.value_of() if isinstance(value, Drop) else value


def is_truthy(value: Any) -> bool:
    """Liquid's truth: all but false, null and undefined."""
    if isinstance(value, Drop):
        value = value.value_of()
    return not (value is False or value is None or value is UNDEFINED)


def is_number(value: Any) -> TypeGuard[float]:
    """Whether ``value`` is a JavaScript number (a Python bool is none)."""
    return type(value) is int or type(value) is float


def number_text(value: float) -> str:
    """A number as JavaScript prints it.

    >>> number_text(3.0), number_text(1e21), number_text(1.5e-7), number_text(2**63)
    ('3', '1e+21', '1.5e-7', '9223372036854776000')
    """
    if type(value) is int:
        if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
            return str(value)
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
    point = len(figures) + exponent
    prefix = "-" if sign else ""
    if len(figures) <= point <= 21:
        return prefix + figures + "0" * (point - len(figures))
    if 0 < point <= 21:
        return f"{prefix}{figures[:point]}.{figures[point:]}"
    if -6 < point <= 0:
        return f"{prefix}0.{'0' * -point}{figures}"
    mantissa = figures[0] + (f".{figures[1:]}" if len(figures) > 1 else "")
    return f"{prefix}{mantissa}e{'+' if point > 0 else '-'}{abs(point - 1)}"


def as_double(value: float) -> float:
    """``value`` as a double: an integer too large for one becomes infinite, as ``Number`` reads it."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|Infinity)", re.ASCII)
_RADIX = re.compile(r"0(?:[xX]([0-9a-fA-F]+)|[oO]([0-7]+)|[bB]([01]+))")


def text_to_number(text: str) -> float:
    """What ``Number(text)`` gives; NaN for what is no number."""
    text = text.strip(WHITESPACE)
    if not text:
        return 0
    if _NUMBER.fullmatch(text):
        if text.isdigit() and len(text) < 16:
            return int(text)
        return float(text)
    if radix := _RADIX.fullmatch(text):
        base = next(base for base, digits in zip((16, 8, 2), radix.groups(), strict=True) if digits)
        return simplified(int(text[2:], base))
    return NAN


def simplified(value: float) -> float:
    """``value`` with the precision of a double."""
    if type(value) is int and not -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return as_double(value)
    return value


def to_number(value: Any) -> float:
    """What unary plus gives; NaN for what is no number."""
    if type(value) is int:
        return simplified(value)
    if type(value) is float:
        return value
    if value is None or value is False:
        return 0
    if value is True:
        return 1
    if value is UNDEFINED:
        return NAN
    return text_to_number(js_text(value))


def number_or_zero(value: Any) -> float:
    """A filter's number: zero for what is none."""
    number = to_number(to_value(value))
    return 0 if number != number else number


def to_integer(value: Any) -> float:
    """ToIntegerOrInfinity: the whole part, zero for what is no number; infinities stay."""
    number = to_number(to_value(value))
    if number != number:
        return 0
    return number if number in (math.inf, -math.inf) else int(number)


def js_text(value: Any) -> str:
    """What ``String(value)`` gives: ``null``, ``1,2,3``, ``[object Object]``."""
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
    """What a string filter makes of a value: nothing of nil, an array's items side by side."""
    if isinstance(value, str):
        return value
    value = to_value(value)
    if is_nil(value):
        return ""
    if isinstance(value, list):
        meter.get()(len(value) + 1)
        return "".join(map(stringify, value))
    return js_text(value)


_ARRAY_INDEX = re.compile(r"0|[1-9]\d{0,9}", re.ASCII)


def keys_of(value: dict[str, Any]) -> Iterable[str]:
    """The keys of an object in JavaScript's order: array indices ascending, then the rest as inserted."""
    if not any(key[:1].isdigit() for key in value):
        return value.keys()
    indices = [key for key in value if is_array_index(key)]
    return [*sorted(indices, key=int), *(key for key in value if key not in set(indices))]


def is_array_index(key: str) -> bool:
    """Whether JavaScript takes the property name ``key`` for an array index."""
    return _ARRAY_INDEX.fullmatch(key) is not None and int(key) < 2**32 - 1


def js_json(value: Any, indent: str = "") -> str | None:
    """What ``JSON.stringify`` gives, or None for what it leaves out (undefined)."""
    if value is UNDEFINED:
        return None
    parts: list[str] = []
    _write_json(value, indent, "\n" if indent else "", parts.append, meter.get())
    return "".join(parts)


def _write_json(
    value: Any, indent: str, newline: str, write: Callable[[str], None], charge: Callable[[int], None]
) -> None:
    if isinstance(value, str):
        write(_well_formed(quote_json(value)))
    elif isinstance(value, bool):
        write("true" if value else "false")
    elif isinstance(value, (int, float)):
        write(number_text(value) if math.isfinite(as_double(value)) else "null")
    elif isinstance(value, list):
        charge(len(value) + 1)
        inner = newline + indent
        lead = "[" + inner
        for item in value:
            write(lead)
            _write_json(item, indent, inner, write, charge)
            lead = "," + inner
        write(newline + "]" if value else "[]")
    elif isinstance(value, (dict, Drop)):
        fields = value.fields() if isinstance(value, Drop) else value
        charge(len(fields) + 1)
        inner = newline + indent
        lead = "{" + inner
        colon = ": " if indent else ":"
        for key in keys_of(fields):
            if fields[key] is not UNDEFINED:
                write(f"{lead}{_well_formed(quote_json(key))}{colon}")
                _write_json(fields[key], indent, inner, write, charge)
                lead = "," + inner
        write("{}" if lead.startswith("{") else newline + "}")
    else:
        write("null")


_SURROGATE = re.compile("[\ud800-\udfff]")


def _well_formed(text: str) -> str:
    if text.isascii():
        return text
    return _SURROGATE.sub(lambda half: f"\\u{ord(half[0]):04x}", joined_surrogates(text))


def joined_surrogates(text: str) -> str:
    """``text`` with each pair of surrogates made the one character that it stands for."""
    if text.isascii() or _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def utf16_length(text: str) -> int:
    """The length of ``text`` as JavaScript counts it: characters beyond U+FFFF are two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_units(text: str) -> list[str]:
    """``text`` as JavaScript indexes it: one string for each UTF-16 unit."""
    if text.isascii() or max(text) <= "\uffff":
        return list(text)
    data = text.encode("utf-16-le", "surrogatepass")
    return [chr(data[i] | data[i + 1] << 8) for i in range(0, len(data), 2)]


def sort_key(text: str) -> bytes:
    """A key that orders text as JavaScript does, by UTF-16 units."""
    return text.encode("utf-16-be", "surrogatepass")


def less_than(left: Any, right: Any) -> bool:
    """``left < right`` in JavaScript, for plain values."""
    left = js_text(left) if isinstance(left, (list, dict, Drop)) else left
    right = js_text(right) if isinstance(right, (list, dict, Drop)) else right
    if isinstance(left, str) and isinstance(right, str):
        if left.isascii() and right.isascii():
            return left < right
        return sort_key(left) < sort_key(right)
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
        return bool(simplified(left) == simplified(right))
    return left is right


def equals(left: Any, right: Any) -> bool:
    """Liquid's ``==``: literals by their own rule, arrays item by item, the rest as ``===``."""
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
    """The item at ``index``, counted from the end where it is negative, or `UNDEFINED`."""
    if index != index or index in (math.inf, -math.inf) or index != int(index):
        return UNDEFINED
    position = int(index) + len(items) if index < 0 else int(index)
    return items[position] if 0 <= position < len(items) else UNDEFINED


def plus(left: Any, right: Any) -> Any:
    """``left + right`` in JavaScript: text is put together, the rest is added."""
    left, right = to_value(left), to_value(right)
    if isinstance(left, (str, list, dict)) or isinstance(right, (str, list, dict)):
        return js_text(left) + js_text(right)
    return simplified(to_number(left) + to_number(right))


def to_array(value: Any) -> list[Any]:
    """A filter's array: nothing of nil, a value alone as its one item."""
    value = to_value(value)
    if isinstance(value, list):
        return value
    return [] if is_nil(value) else [value]


def to_enumerable(value: Any) -> list[Any]:
    """What ``for`` goes through: a string as one item, an object as its pairs of key and value."""
    value = to_value(value)
    if isinstance(value, list):
        return value
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        return [[key, value[key]] for key in keys_of(value)]
    return []


def js_truthy(value: Any) -> bool:
    """JavaScript's truth, which some arguments are read by: zero, NaN and empty text are false too."""
    if value is UNDEFINED or value is None:
        return False
    if isinstance(value, (str, int, float)):
        return bool(value) and value == value
    return True


def path_names(path: Any) -> list[str]:
    """The property names of a path, which stand with dots between them."""
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
