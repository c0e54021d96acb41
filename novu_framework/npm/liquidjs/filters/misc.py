"""Filters for values of any kind: fallbacks, JSON, and printing as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import is_number
from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.limits import costs
from novu_framework.npm.liquidjs.values import (
    Drop,
    is_truthy,
    js_text,
    js_truthy,
    liquid_json,
    to_integer,
    to_value,
)


@costs(character=0, item=0)
def default(value: Any, otherwise: Any = UNDEFINED, *options: Any) -> Any:
    """Return ``otherwise`` for what is false, nil or empty; ``allow_false: true`` keeps false."""
    value = to_value(value)
    if isinstance(value, (str, list)):
        return value or otherwise
    if value is False:
        for option in options:
            if not isinstance(option, (list, dict, Drop)):
                raise TypeError(f"Iterator value {js_text(option)} is not an entry object")
        if any(
            isinstance(option, list) and option[:1] == ["allow_false"] and js_truthy(option[1])
            for option in options
        ):
            return False
    return value if is_truthy(value) else otherwise


@costs(character=0, item=0)
def raw(value: Any) -> Any:
    """Return the value; as the last filter it prints it without the engine's escaping."""
    return value


@costs(character=20)
def jsonify(value: Any, indent: Any = UNDEFINED) -> Any:
    """Return the value as ``JSON.stringify`` writes it, set in by ``indent`` spaces; undefined stays undefined."""
    return UNDEFINED if value is UNDEFINED else liquid_json(value, indent_text(indent))


def indent_text(indent: Any) -> str:
    """Return what ``JSON.stringify`` sets each level in by: ten spaces or characters at most."""
    if isinstance(indent, str):
        return indent[:10]
    return " " * int(max(0, min(10, to_integer(indent)))) if is_number(indent) else ""


FILTERS: Final[Mapping[str, Filter]] = {
    "default": default,
    "inspect": jsonify,
    "json": jsonify,
    "jsonify": jsonify,
    "raw": raw,
}
