"""Novu's own filters, and JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.keys import in_key_order
from novu_framework.npm.ecmascript.numbers import number_text, to_double_precision
from novu_framework.npm.liquidjs.nodes import quoted_json
from novu_framework.npm.liquidjs.values import (
    Drop,
    is_nil,
    js_json,
    js_text,
    js_truthy,
    less_or_equal,
    to_integer,
    to_number,
    to_value,
)
from novu_framework.npm.pluralize import plural, singular


def json(value: Any, indent: Any = UNDEFINED) -> str:
    """Print arrays and objects as JSON with single quotes, anything else as it prints."""
    if isinstance(value, (list, dict, Drop)):
        return quoted_json(value, _indent(indent))
    return "" if is_nil(value) else js_text(value)


def jsonify(value: Any, indent: Any = UNDEFINED) -> Any:
    """JSON as LiquidJS writes it."""
    text = js_json(value, _indent(indent))
    return UNDEFINED if text is None else text


def _indent(indent: Any) -> str:
    if isinstance(indent, str):
        return indent[:10]
    if isinstance(indent, bool) or not isinstance(indent, (int, float)):
        return ""
    return " " * int(max(0, min(10, to_integer(indent))))


def digest(value: Any, shown: Any = UNDEFINED, path: Any = UNDEFINED, separator: Any = UNDEFINED) -> Any:
    """``Ann, Bob and 3 others``: the first ``shown`` (2) of the items, or of what each has at ``path``."""
    if not isinstance(value, list) or not value:
        return ""
    if len(value) == 1:
        return _names(value, path)[0]
    if len(value) == 2:
        one, other = _names(value, path)
        return f"{js_text(one)} and {js_text(other)}"
    limit = 2 if shown is UNDEFINED else to_value(shown)
    between = ", " if separator is UNDEFINED else separator
    if less_or_equal(len(value), limit):
        names = _names(value, path)
        return f"{_joined(names[:-1], between)} and {js_text(names[-1])}"
    names = _first_names(value, path, limit)
    left = to_double_precision(len(value) - to_number(limit))
    return f"{_joined(names, between)} and {number_text(left)} {'other' if left == 1 else 'others'}"


def to_sentence(
    value: Any,
    path: Any = UNDEFINED,
    shown: Any = UNDEFINED,
    overflow: Any = UNDEFINED,
    separator: Any = UNDEFINED,
    between_two: Any = UNDEFINED,
    before_last: Any = UNDEFINED,
) -> Any:
    """``Ann, Bob, and 3 others``, with every word of it to be chosen."""
    if not isinstance(value, list) or not value:
        return ""
    two = " and " if between_two is UNDEFINED else between_two
    last = ", and " if before_last is UNDEFINED else before_last
    if len(value) == 1:
        return _names(value, path)[0]
    if len(value) == 2:
        one, other = _names(value, path)
        return f"{js_text(one)}{js_text(two)}{js_text(other)}"
    limit = 2 if shown is UNDEFINED else to_value(shown)
    between = ", " if separator is UNDEFINED else separator
    if less_or_equal(len(value), limit):
        names = _names(value, path)
        return f"{_joined(names[:-1], between)}{js_text(last)}{js_text(names[-1])}"
    names = _first_names(value, path, limit)
    left = to_double_precision(len(value) - to_number(limit))
    word = _word("other" if overflow is UNDEFINED else overflow)
    return (
        f"{_joined(names, between)}{js_text(two if limit == 1 and limit is not True else last)}"
        f"{number_text(left)} {singular(word) if left == 1 else plural(word)}"
    )


def pluralize(value: Any, one: Any = UNDEFINED, many: Any = UNDEFINED, show_count: Any = UNDEFINED) -> str:
    """``3 comments``: how many there are, and the word for it; nothing for none."""
    if is_nil(value):
        return ""
    if isinstance(value, list):
        count: float = len(value)
    elif isinstance(value, (dict, Drop)):
        count = len(list(in_key_order(value.fields() if isinstance(value, Drop) else value)))
    else:
        count = to_number(value)
    if count != count or count <= 0:
        return ""
    singular_word = "" if one is UNDEFINED else one
    if js_truthy(many):
        word = js_text(singular_word if count == 1 else many)
    else:
        word = singular(_word(singular_word)) if count == 1 else plural(_word(singular_word))
    return f"{number_text(count)} {word}" if show_count is UNDEFINED or show_count == "true" else word


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("word.toLowerCase is not a function")
    return value


def _names(items: list[Any], path: Any) -> list[Any]:
    if not js_truthy(path):
        return items
    return [_name(item, path) if isinstance(item, (list, dict, Drop)) else "" for item in items]


def _name(item: Any, path: Any) -> str:
    """What an item has at ``path``, as text; nothing for what is absent or empty."""
    if not isinstance(path, str):
        raise TypeError("keyPath.split is not a function")
    value = item
    for key in path.split("."):
        if isinstance(value, dict):
            value = value.get(key, UNDEFINED)
        elif isinstance(value, list) and key == "length":
            value = len(value)
        elif isinstance(value, list) and re.fullmatch(r"0|[1-9]\d*", key, re.ASCII):
            value = value[int(key)] if int(key) < len(value) else UNDEFINED
        else:
            value = UNDEFINED
    if is_nil(value):
        return ""
    if isinstance(value, (list, dict, Drop)):
        text = js_json(value) or ""
        return "" if text == "{}" else text
    return js_text(value)


def _joined(names: list[Any], separator: Any) -> str:
    return js_text(separator).join("" if is_nil(name) else js_text(name) for name in names)


def _first_names(items: list[Any], path: Any, limit: Any) -> list[Any]:
    end = int(max(-len(items), min(to_integer(limit), len(items))))
    if isinstance(path, str):  # another kind of path fails at the first item, shown or not
        return _names(items[:end], path)
    return _names(items, path)[:end]


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "digest": digest,
    "inspect": jsonify,
    "json": json,
    "jsonify": jsonify,
    "pluralize": pluralize,
    "toSentence": to_sentence,
}
