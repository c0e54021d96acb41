"""Arrays: picking, ordering and grouping their items."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import is_number, to_double_precision
from novu_framework.npm.ecmascript.text import utf16_length, utf16_sort_key, utf16_units
from novu_framework.npm.liquidjs.context import Context
from novu_framework.npm.liquidjs.evaluators import Evaluator, with_context
from novu_framework.npm.liquidjs.scanner import ParseState, Scanner
from novu_framework.npm.liquidjs.values import (
    Drop,
    element,
    equals,
    is_nil,
    is_truthy,
    js_text,
    js_truthy,
    less_than,
    meter,
    path_names,
    plus,
    read_path,
    same,
    stringify,
    to_array,
    to_enumerable,
    to_integer,
    to_number,
    to_value,
)


def join(value: Any, separator: Any = UNDEFINED) -> str:
    """Put the items of an array together, a space between them unless another text is given."""
    between = " " if is_nil(to_value(separator)) else stringify(separator)
    return between.join("" if is_nil(item) else js_text(item) for item in to_array(value))


def first(value: Any) -> Any:
    """Return the first item; nothing of what is not an array or text."""
    return _end(to_value(value), 0)


def last(value: Any) -> Any:
    """Return the last item; nothing of what is not an array or text."""
    return _end(to_value(value), -1)


def _end(value: Any, index: int) -> Any:
    if isinstance(value, list):
        return element(value, index)
    if isinstance(value, str) and value:
        return utf16_units(value)[index]
    if isinstance(value, dict) and is_number(value.get("length")):
        position = index if index >= 0 else value["length"] + index
        return value.get(js_text(position), UNDEFINED)
    return ""


def reverse(value: Any) -> list[Any]:
    """Return the items in reverse."""
    return to_array(value)[::-1]


def sort(value: Any, path: Any = UNDEFINED) -> list[Any]:
    """Sort items, or by a property of theirs; those without it come last."""
    return _sorted(value, path, lambda key: key)


def sort_natural(value: Any, path: Any = UNDEFINED) -> list[Any]:
    """Sort items, or by a property of theirs, with letters of both cases alike."""
    return _sorted(value, path, lambda key: key if is_nil(key) else js_text(key).lower())


def _sorted(value: Any, path: Any, prepared: Callable[[Any], Any]) -> list[Any]:
    """Items by what they have at ``path``, or by themselves; nil comes last."""
    items = to_array(value)
    names = path_names(path) if js_truthy(path) else None
    keys = [prepared(to_value(item if names is None else read_path(item, names))) for item in items]
    if all(isinstance(key, str) for key in keys):
        keys = [utf16_sort_key(key) for key in keys]
    elif not all(is_number(key) for key in keys):
        # Comparisons of unlike things follow no order, so the keys have to be compared two by two.
        meter.get()(len(keys) * 50)
        keys = [_Unordered(key) for key in keys]
    return [items[index] for index in sorted(range(len(items)), key=keys.__getitem__)]


class _Unordered:
    """A key that is only ever asked whether it comes before another."""

    __slots__ = ("_key",)

    def __init__(self, key: Any) -> None:
        self._key = key

    def __lt__(self, other: _Unordered) -> bool:
        if is_nil(self._key) or is_nil(other._key):
            return not is_nil(self._key) and is_nil(other._key)
        return less_than(self._key, other._key)


def map_(value: Any, path: Any = UNDEFINED) -> list[Any]:
    """Return a property of each item."""
    names = path_names(path)
    return [read_path(item, names) for item in to_array(value)]


def sum_(value: Any, path: Any = UNDEFINED) -> float:
    """Add the items, or a property of theirs; what does not read as a number counts as zero."""
    total: float = 0
    names = path_names(path) if js_truthy(path) else []
    for item in to_array(value):
        number = to_number(to_value(read_path(item, names)))
        total += 0 if number != number else number
    return to_double_precision(total)


def compact(value: Any) -> list[Any]:
    """Leave out the items that are nil."""
    return [item for item in to_array(value) if not is_nil(to_value(item))]


def concat(value: Any, other: Any = UNDEFINED) -> list[Any]:
    """Add the items of another array behind."""
    return to_array(value) + to_array(other)


def push(value: Any, item: Any = UNDEFINED) -> list[Any]:
    """Add an item behind."""
    return [*to_array(value), item]


def unshift(value: Any, item: Any = UNDEFINED) -> list[Any]:
    """Add an item in front."""
    return [item, *to_array(value)]


def slice_(value: Any, begin: Any = UNDEFINED, length: Any = UNDEFINED) -> Any:
    """Return a part of an array or of text, counted from its end where the start is negative."""
    value = to_value(value)
    begin, length = to_value(begin), 1 if length is UNDEFINED else to_value(length)
    if is_nil(value):
        return []
    is_array = isinstance(value, list)
    text: Any = value if is_array else stringify(value)
    if less_than(begin, 0):
        begin = plus(len(text), begin)
    if less_than(begin, 0) or less_than(length, 0):
        return text[:0]
    if is_array:
        end = plus(begin, length)
        return text[_position(begin, len(text)) : _position(end, len(text))]
    start = _count(begin)
    return text[start : start + _count(length)]


def _position(value: Any, length: int) -> int:
    position = to_integer(value)
    return int(max(length + position, 0)) if position < 0 else int(min(position, length))


def _count(value: Any) -> int:
    number = to_number(value)
    if number != number or number <= 0:
        return 0
    return 2**53 if number > 2**53 else math.ceil(number)


def uniq(value: Any) -> list[Any]:
    """Leave out the items that came before."""
    return [items[0] for _, items in _grouped([(item, item) for item in to_array(value)])]


def sample(value: Any, count: Any = UNDEFINED) -> Any:
    """Return an item by chance, or so many of them."""
    value = to_value(value)
    if is_nil(value):
        return []
    items: list[Any] = list(value) if isinstance(value, list) else list(stringify(value))
    random.shuffle(items)
    if count is UNDEFINED or same(count, 1):
        return element(items, 0)
    return items[: _position(count, len(items))]


# Filters that ask something of each item: a path, `where: "price.amount", 3`, or an expression over a name for the
# item, `where_exp: "product", "product.price > 3"`.


def _by_path(ctx: Context, items: list[Any], path: Any) -> list[Any]:
    read = Scanner(stringify(path), _parse_state(ctx, path)).scope_value()
    if read is None:
        return [UNDEFINED] * len(items)
    return ctx.each_alone(read, [_as_scope(item) for item in items])


def _by_expression(ctx: Context, items: list[Any], name: Any, expression: Any) -> list[Any]:
    evaluate: Evaluator = Scanner(stringify(expression), _parse_state(ctx, expression)).filtered().evaluate
    scope: dict[str, Any] = {}
    ctx.loop_scopes.append(scope)
    values = []
    for item in items:
        ctx.charge_items(1)
        scope[js_text(name)] = item
        values.append(evaluate(ctx))
    ctx.loop_scopes.pop()
    return values


def _parse_state(ctx: Context, text: Any) -> ParseState:
    ctx.charge_items(len(stringify(text)))
    return ParseState(ctx.filters, parts_left=1_000)


def _as_scope(item: Any) -> dict[str, Any]:
    """The variables that an item stands for when a path is read from it."""
    if isinstance(item, dict):
        return item
    if isinstance(item, (str, list)):
        units = utf16_units(item) if isinstance(item, str) else item
        length = utf16_length(item) if isinstance(item, str) else len(item)
        return {"length": length, **{str(index): unit for index, unit in enumerate(units)}}
    if isinstance(item, Drop):
        return item.fields()
    return {}


def _matches(value: Any, expected: Any) -> bool:
    return is_truthy(value) if expected is UNDEFINED else equals(value, expected)


@with_context
def where(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> list[Any]:
    """Keep the items whose property is truthy, or equals a value."""
    items = to_array(value)
    return [
        item
        for item, got in zip(items, _by_path(context, items, path), strict=True)
        if _matches(got, expected)
    ]


@with_context
def reject(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> list[Any]:
    """Leave out the items whose property is truthy, or equals a value."""
    items = to_array(value)
    return [
        item
        for item, got in zip(items, _by_path(context, items, path), strict=True)
        if not _matches(got, expected)
    ]


@with_context
def where_exp(
    value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context
) -> list[Any]:
    """Keep the items for which an expression is true."""
    items = to_array(value)
    return [
        item
        for item, got in zip(items, _by_expression(context, items, name, expression), strict=True)
        if got is True
    ]


@with_context
def reject_exp(
    value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context
) -> list[Any]:
    """Leave out the items for which an expression is true."""
    items = to_array(value)
    return [
        item
        for item, got in zip(items, _by_expression(context, items, name, expression), strict=True)
        if got is False
    ]


@with_context
def group_by(value: Any, path: Any = UNDEFINED, *, context: Context) -> list[Any]:
    """Group the items by a property: a list of ``{name, items}``."""
    items = to_enumerable(value)
    return _groups(zip(_by_path(context, items, path), items, strict=True))


@with_context
def group_by_exp(
    value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context
) -> list[Any]:
    """Group the items by an expression: a list of ``{name, items}``."""
    items = to_enumerable(value)
    return _groups(zip(_by_expression(context, items, name, expression), items, strict=True))


def _groups(pairs: Iterator[tuple[Any, Any]] | zip[tuple[Any, Any]]) -> list[Any]:
    return [{"name": name, "items": items} for name, items in _grouped(list(pairs))]


def _grouped(pairs: list[tuple[Any, Any]]) -> list[tuple[Any, list[Any]]]:
    """Items by key, in the order of their first appearance; arrays and objects are the same only as one and the same."""
    groups: dict[Any, tuple[Any, list[Any]]] = {}
    for key, item in pairs:
        if is_number(key):
            identity: Any = ("number", "NaN" if key != key else to_double_precision(key))
        else:
            identity = key if isinstance(key, str) else (type(key), id(key))
        groups.setdefault(identity, (key, []))[1].append(item)
    return list(groups.values())


def _found_by_path(ctx: Context, value: Any, path: Any, expected: Any) -> tuple[int, Any] | None:
    items = to_array(value)
    for index, got in enumerate(_by_path(ctx, items, path)):
        if _matches(got, expected):
            return index, items[index]
    return None


def _found_by_expression(ctx: Context, value: Any, name: Any, expression: Any) -> tuple[int, Any] | None:
    items = to_array(value)
    for index, got in enumerate(_by_expression(ctx, items, name, expression)):
        if js_truthy(got):
            return index, items[index]
    return None


@with_context
def has(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> bool:
    """Tell whether an item's property is truthy, or equals a value."""
    return _found_by_path(context, value, path, expected) is not None


@with_context
def has_exp(value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context) -> bool:
    """Tell whether an expression is true for an item."""
    return _found_by_expression(context, value, name, expression) is not None


@with_context
def find(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> Any:
    """Return the first item whose property is truthy, or equals a value."""
    found = _found_by_path(context, value, path, expected)
    return found[1] if found else UNDEFINED


@with_context
def find_exp(value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context) -> Any:
    """Return the first item for which an expression is true."""
    found = _found_by_expression(context, value, name, expression)
    return found[1] if found else UNDEFINED


@with_context
def find_index(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> Any:
    """Return the place of the first item whose property is truthy, or equals a value."""
    found = _found_by_path(context, value, path, expected)
    return found[0] if found else UNDEFINED


@with_context
def find_index_exp(
    value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context
) -> Any:
    """Return the place of the first item for which an expression is true."""
    found = _found_by_expression(context, value, name, expression)
    return found[0] if found else UNDEFINED


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "compact": compact,
    "concat": concat,
    "find": find,
    "find_exp": find_exp,
    "find_index": find_index,
    "find_index_exp": find_index_exp,
    "first": first,
    "group_by": group_by,
    "group_by_exp": group_by_exp,
    "has": has,
    "has_exp": has_exp,
    "join": join,
    "last": last,
    "map": map_,
    "pop": lambda value: to_array(value)[:-1],
    "push": push,
    "reject": reject,
    "reject_exp": reject_exp,
    "reverse": reverse,
    "sample": sample,
    "shift": lambda value: to_array(value)[1:],
    "slice": slice_,
    "sort": sort,
    "sort_natural": sort_natural,
    "sum": sum_,
    "uniq": uniq,
    "unshift": unshift,
    "where": where,
    "where_exp": where_exp,
}
