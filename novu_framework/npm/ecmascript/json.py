"""Plain JSON data: how `JSON.stringify` writes it, when two values are the same, and copies."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any, Final

from novu_framework.npm.ecmascript.keys import in_key_order
from novu_framework.npm.ecmascript.numbers import as_double, is_number, number_text
from novu_framework.npm.ecmascript.text import escape_lone_surrogates


class Undefined:
    """The value of what is not there; see `UNDEFINED`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNDEFINED"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined()
"""JavaScript's `undefined`: `JSON.stringify` leaves members with it out."""


def json_text(
    value: Any,
    indent: str = "",
    *,
    enter: Callable[[Sequence[Any] | Mapping[str, Any], int], None] = lambda container, margin: None,
    object_of: Callable[[Any], Mapping[str, Any] | None] = lambda value: None,
) -> str:
    """Return what `JSON.stringify(value, null, indent)` gives.

    Args:
        value: Plain JSON data; tuples count as arrays.
        indent: What each level is indented by; empty for compact text.
        enter: Called with each array and object before it is written, and with how far its members are set in.
        object_of: For a value that is not JSON, the object that it is written as; None for `null`.

    >>> json_text({"b": 1.0, "a": [1e21, "\\u00e9"], "10": None})
    '{"10":null,"b":1,"a":[1e+21,"é"]}'
    """
    parts: list[str] = []
    write = parts.append
    colon = ": " if indent else ":"

    def write_value(value: Any, newline: str) -> None:
        if isinstance(value, str):
            write(escape_lone_surrogates(quoted(value)))
        elif value is None:
            write("null")
        elif isinstance(value, bool):
            write("true" if value else "false")
        elif isinstance(value, (int, float)):
            write(number_text(value) if math.isfinite(as_double(value)) else "null")
        elif isinstance(value, (list, tuple)):
            inner = newline + indent
            enter(value, len(inner))
            lead = "[" + inner
            for item in value:
                write(lead)
                write_value(item, inner)
                lead = "," + inner
            write(newline + "]" if value else "[]")
        elif (fields := value if isinstance(value, dict) else object_of(value)) is not None:
            inner = newline + indent
            enter(fields, len(inner))
            lead = "{" + inner
            for key in in_key_order(fields.keys()):
                member = fields[key]
                if member is not UNDEFINED:
                    write(f"{lead}{escape_lone_surrogates(quoted(key))}{colon}")
                    write_value(member, inner)
                    lead = "," + inner
            write("{}" if lead.startswith("{") else newline + "}")
        else:
            write("null")

    write_value(value, "\n" if indent else "")
    return "".join(parts)


def same_json(left: Any, right: Any) -> bool:
    """Tell whether two JSON values are deeply equal: 1 and 1.0 are, True and 1 are not, NaN is itself."""
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    if is_number(left):
        return is_number(right) and (as_double(left) == as_double(right) or (left != left and right != right))
    if isinstance(left, dict):
        return (
            isinstance(right, dict)
            and len(left) == len(right)
            and all(key in right and same_json(value, right[key]) for key, value in left.items())
        )
    if isinstance(left, list):
        return isinstance(right, list) and len(left) == len(right) and all(map(same_json, left, right))
    return left is right


def json_identity(value: Any) -> Any:
    """Return a hashable value for a JSON value: two are equal exactly where the values are `same_json`."""
    if isinstance(value, (list, dict)):
        # a text, since Python's hashes of numbers and tuples can be made to collide
        return (_canonical(value),)
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    if value != value:
        return _NAN
    return as_double(value) if isinstance(value, int) else value


# Python takes True for 1, and no NaN for another: they are told apart by objects that equal nothing else.
_TRUE, _FALSE, _NAN = object(), object(), object()


def _canonical(value: Any) -> str:
    """Return one text for all JSON values that are `same_json`."""
    if isinstance(value, str):
        return json.dumps(value)
    if is_number(value):
        return repr(as_double(value) + 0.0)  # -0.0 equals 0.0
    if isinstance(value, list):
        return f"[{','.join(map(_canonical, value))}]"
    if isinstance(value, dict):
        members = sorted(f"{json.dumps(key)}:{_canonical(member)}" for key, member in value.items())
        return f"{{{','.join(members)}}}"
    return f"<{id(value)}>"


def copy_json(value: Any) -> Any:
    """Return a copy of plain JSON data that shares no dict and no list with the original."""
    if isinstance(value, dict):
        if _LEAVES.issuperset(map(type, value.values())):
            return value.copy()
        return {key: item if type(item) in _LEAVES else copy_json(item) for key, item in value.items()}
    if isinstance(value, list):
        if _LEAVES.issuperset(map(type, value)):
            return value[:]
        return [item if type(item) in _LEAVES else copy_json(item) for item in value]
    return value


_LEAVES = frozenset({str, int, float, bool, type(None)})
