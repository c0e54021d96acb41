"""Novu's own filters: those for digests, and JSON as the package prints it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from novu_framework.liquid.printing import json_or_text
from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.keys import is_array_index
from novu_framework.npm.ecmascript.numbers import number_text, to_double_precision
from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.filters.misc import indent_text
from novu_framework.npm.liquidjs.limits import costs, work
from novu_framework.npm.liquidjs.values import (
    Drop,
    is_nil,
    joined,
    js_text,
    js_truthy,
    less_or_equal,
    liquid_json,
    pieces,
    to_integer,
    to_number,
    to_value,
)
from novu_framework.npm.pluralize import plural, singular


@costs(character=20)
def json(value: Any, indent: Any = UNDEFINED) -> str:
    """Return arrays and objects as JSON with single quotes, anything else as it prints."""
    return json_or_text(value, indent_text(indent))


@costs(6_000)
def digest(value: Any, shown: Any = UNDEFINED, path: Any = UNDEFINED, separator: Any = UNDEFINED) -> Any:
    """Return ``Ann, Bob and 3 others``: the first ``shown`` (2) of the items, or of what each has at ``path``."""
    return to_sentence(value, path, shown, separator=separator, before_last=" and ")


@costs(6_000)
def to_sentence(
    value: Any,
    path: Any = UNDEFINED,
    shown: Any = UNDEFINED,
    overflow: Any = UNDEFINED,
    separator: Any = UNDEFINED,
    between_two: Any = UNDEFINED,
    before_last: Any = UNDEFINED,
) -> Any:
    """Return ``Ann, Bob, and 3 others``: the first items, or what each has at ``path``, and the words to join them."""
    if not isinstance(value, list) or not value:
        return ""
    two = " and " if between_two is UNDEFINED else between_two
    last = ", and " if before_last is UNDEFINED else before_last
    if len(value) == 1:
        return _names(value, path)[0]
    if len(value) == 2:
        one, other = _names(value, path)
        return joined("", (js_text(one), js_text(two), js_text(other)))
    limit = 2 if shown is UNDEFINED else to_value(shown)
    between = ", " if separator is UNDEFINED else separator
    if less_or_equal(len(value), limit):
        names = _names(value, path)
        return joined("", (_joined(names[:-1], between), js_text(last), js_text(names[-1])))
    names = _first_names(value, path, limit)
    others = to_double_precision(len(value) - to_number(limit))
    if overflow is UNDEFINED:
        word = "other" if others == 1 else "others"
    else:
        word = _inflected(overflow, others)
    before_word = js_text(two if limit == 1 and limit is not True else last)
    return joined("", (_joined(names, between), before_word, number_text(others), " ", word))


@costs(9_000)
def pluralize(value: Any, one: Any = UNDEFINED, many: Any = UNDEFINED, show_count: Any = UNDEFINED) -> str:
    """Return ``3 comments``: how many there are, and the word for it; nothing for none."""
    if is_nil(value):
        return ""
    if isinstance(value, list):
        count: float = len(value)
    elif isinstance(value, (dict, Drop)):
        count = len(value.fields() if isinstance(value, Drop) else value)
    else:
        count = to_number(value)
    if count != count or count <= 0:
        return ""
    singular_word = "" if one is UNDEFINED else one
    if js_truthy(many):
        word = js_text(singular_word if count == 1 else many)
    else:
        word = _inflected(singular_word, count)
    return f"{number_text(count)} {word}" if show_count is UNDEFINED or show_count == "true" else word


def _inflected(word: Any, count: float) -> str:
    if not isinstance(word, str):
        raise TypeError("word.toLowerCase is not a function")
    return singular(word) if count == 1 else plural(word)


def _names(items: list[Any], path: Any) -> list[Any]:
    if not js_truthy(path):
        return items
    if not any(isinstance(item, (list, dict, Drop)) for item in items):
        return [""] * len(items)
    if not isinstance(path, str):
        raise TypeError("keyPath.split is not a function")
    keys = pieces(path, ".")
    work(200 * len(keys) * len(items))
    return [_name(item, keys) if isinstance(item, (list, dict, Drop)) else "" for item in items]


def _name(item: Any, keys: list[str]) -> str:
    """Return what an item has along ``keys``, as text; nothing for what is absent or empty."""
    value = item
    for key in keys:
        if isinstance(value, dict):
            value = value.get(key, UNDEFINED)
        elif isinstance(value, list) and key == "length":
            value = len(value)
        elif isinstance(value, list) and is_array_index(key):
            value = value[int(key)] if int(key) < len(value) else UNDEFINED
        else:
            value = UNDEFINED
    if is_nil(value):
        return ""
    if isinstance(value, (list, dict, Drop)):
        text = liquid_json(value)
        return "" if text == "{}" else text
    return js_text(value)


def _joined(names: list[Any], separator: Any) -> str:
    return joined(js_text(separator), ["" if is_nil(name) else js_text(name) for name in names])


def _first_names(items: list[Any], path: Any, limit: Any) -> list[Any]:
    end = int(max(-len(items), min(to_integer(limit), len(items))))
    if isinstance(path, str):  # another kind of path fails at the first item, shown or not
        return _names(items[:end], path)
    return _names(items, path)[:end]


FILTERS: Final[Mapping[str, Filter]] = {
    "digest": digest,
    "json": json,
    "pluralize": pluralize,
    "toSentence": to_sentence,
}
