"""Arrays: picking, ordering and grouping their items."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping
from itertools import compress, count
from operator import not_
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.keys import is_array_index
from novu_framework.npm.ecmascript.numbers import is_number, to_double_precision
from novu_framework.npm.liquidjs.context import Context, Filter, with_context
from novu_framework.npm.liquidjs.evaluators import Evaluator
from novu_framework.npm.liquidjs.limits import PART, charge_items, charge_text, costs, work
from novu_framework.npm.liquidjs.scanner import ParseState, Scanner
from novu_framework.npm.liquidjs.values import (
    Drop,
    array_position,
    element,
    equals,
    is_nil,
    is_truthy,
    joined,
    js_text,
    js_truthy,
    less_than,
    path_names,
    plus,
    read_paths,
    read_property,
    sort_keys,
    strictly_equal,
    stringify,
    text_unit,
    to_array,
    to_enumerable,
    to_number,
    to_value,
)


def join(value: Any, separator: Any = UNDEFINED) -> str:
    """Return the items as one text, with ``separator`` (a space) between; a nil item is empty."""
    between = " " if is_nil(to_value(separator)) else stringify(separator)
    return joined(between, ["" if is_nil(item) else js_text(item) for item in to_array(value)])


@costs(character=0, item=0)
def first(value: Any) -> Any:
    """Return the first item, or the first UTF-16 unit of text; nothing of the rest."""
    return _end(to_value(value), 0)


@costs(character=0, item=0)
def last(value: Any) -> Any:
    """Return the last item, or the last UTF-16 unit of text; nothing of the rest."""
    return _end(to_value(value), -1)


def _end(value: Any, index: int) -> Any:
    if isinstance(value, list):
        return element(value, index)
    if isinstance(value, str) and value:
        return text_unit(value, index)
    if isinstance(value, dict) and is_number(value.get("length")):
        position = index if index >= 0 else value["length"] + index
        return value.get(js_text(position), UNDEFINED)
    return ""


def reverse(value: Any) -> list[Any]:
    """Return the array back to front; text stays as it is, as the only item."""
    return to_array(value)[::-1]


@costs(3_000)
def sort(value: Any, path: Any = UNDEFINED) -> list[Any]:
    """Return the items in JavaScript's order of themselves, or of what they have at ``path``; nil comes last."""
    return _sorted(value, path, natural=False)


@costs(3_000)
def sort_natural(value: Any, path: Any = UNDEFINED) -> list[Any]:
    """Return the items in alphabetical order, whatever the case of letters; nil comes last."""
    return _sorted(value, path, natural=True)


def _sorted(value: Any, path: Any, *, natural: bool) -> list[Any]:
    """Return items by what they have at ``path``, or by themselves; nil comes last."""
    items = to_array(value)
    work(len(items) * len(items).bit_length() * 60)
    keys = list(map(to_value, read_paths(items, path_names(path)) if js_truthy(path) else items))
    ordered = [index for index, key in enumerate(keys) if not is_nil(key)]
    without = [index for index, key in enumerate(keys) if is_nil(key)]
    if natural:
        keys = [key if is_nil(key) else _lower(js_text(key)) for key in keys]
    if all(isinstance(keys[index], str) for index in ordered):
        work(sum(5 * len(keys[index]) for index in ordered))
        for index, key in zip(ordered, sort_keys([keys[index] for index in ordered]), strict=True):
            keys[index] = key
    elif not all(is_number(keys[index]) for index in ordered):
        # Comparisons of unlike things follow no order, so the keys have to be compared two by two.
        work(len(ordered) * len(ordered).bit_length() * 2000)
        keys = [_Unordered(key) for key in keys]
    return [items[index] for index in (*sorted(ordered, key=keys.__getitem__), *without)]


def _lower(text: str) -> str:
    charge_text(len(text))
    return text.lower()


class _Unordered:
    """A key that is only ever asked whether it comes before another."""

    __slots__ = ("_key",)

    def __init__(self, key: Any) -> None:
        self._key = key

    def __lt__(self, other: _Unordered) -> bool:
        return less_than(self._key, other._key)


def map_(value: Any, path: Any = UNDEFINED) -> list[Any]:
    """Return what each item has at ``path``."""
    return read_paths(to_array(value), path_names(path))


def sum_(value: Any, path: Any = UNDEFINED) -> float:
    """Return the sum of the items, or of what they have at ``path``; what is not a number counts as zero."""
    total: float = 0
    for found in read_paths(to_array(value), path_names(path) if js_truthy(path) else []):
        number = to_number(to_value(found))
        total += 0 if number != number else number
    return to_double_precision(total)


def compact(value: Any) -> list[Any]:
    """Return the items that are not nil."""
    return [item for item in to_array(value) if not is_nil(to_value(item))]


def concat(value: Any, other: Any = UNDEFINED) -> list[Any]:
    """Return the items of both arrays."""
    return to_array(value) + to_array(other)


def push(value: Any, item: Any = UNDEFINED) -> list[Any]:
    """Return the array with an item at its end."""
    return [*to_array(value), item]


def unshift(value: Any, item: Any = UNDEFINED) -> list[Any]:
    """Return the array with an item at its start."""
    return [item, *to_array(value)]


@costs(3_000)
def slice_(value: Any, begin: Any = UNDEFINED, length: Any = UNDEFINED) -> Any:
    """Return ``length`` (1) items or characters from ``begin`` on; a negative one counts from the end."""
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
        return text[array_position(begin, len(text)) : array_position(end, len(text))]
    start = _slice_size(begin)
    return text[start : start + _slice_size(length)]


def _slice_size(value: Any) -> int:
    number = to_number(value)
    if number != number or number <= 0:
        return 0
    return 2**53 if number > 2**53 else math.ceil(number)


@costs(item=800)
def uniq(value: Any) -> list[Any]:
    """Return each item once, in the order of appearance; equal objects are not the same one."""
    items = to_array(value)
    return [members[0] for _, members in _grouped(items, items)]


@costs(1_500)
def sample(value: Any, size: Any = UNDEFINED) -> Any:
    """Return one item by chance, or ``size`` of them."""
    value = to_value(value)
    if is_nil(value):
        return []
    items: Any = value if isinstance(value, list) else stringify(value)
    charge_items(len(items))
    work(600 * len(items))
    items = random.sample(items, len(items))
    if size is UNDEFINED or strictly_equal(size, 1):
        return element(items, 0)
    return items[: array_position(size, len(items))]


# Filters that ask something of each item: a path, `where: "price.amount", 3`, or an expression over a name for the
# item, `where_exp: "product", "product.price > 3"`.


def _by_path(ctx: Context, items: list[Any], path: Any) -> list[Any]:
    state = _parse_state(ctx, path)
    read = Scanner(stringify(path), state).scope_value()
    if read is None:
        return [UNDEFINED] * len(items)
    ctx.work(len(items) * (1_500 + PART * (1_000 - state.parts_left)))
    return ctx.evaluate_in_scopes(read, list(map(_scope_of, items)))


def _by_expression(ctx: Context, items: list[Any], name: Any, expression: Any) -> list[Any]:
    state = _parse_state(ctx, expression)
    evaluate: Evaluator = Scanner(stringify(expression), state).filtered_value().evaluate
    each = 300 + PART * (1_000 - state.parts_left) * (1 + len(ctx.loop_scopes) // 8)
    variable = js_text(name)
    scope: dict[str, Any] = {}
    ctx.loop_scopes.append(scope)
    values = []
    for item in items:
        ctx.work(each)
        scope[variable] = item
        values.append(evaluate(ctx))
    ctx.loop_scopes.pop()
    return values


def _parse_state(ctx: Context, text: Any) -> ParseState:
    """Return what a text that a filter is given may have: as many parts as a template's, and paid before."""
    ctx.work(10_000 + 1_500 * len(stringify(text)))
    return ParseState(ctx.filters, parts_left=1_000)


class _Elements(Mapping[str, Any]):
    """The length of text or of an array, and its elements by index."""

    def __init__(self, owner: str | list[Any]) -> None:
        self._owner = owner

    def __getitem__(self, name: str) -> Any:
        value = read_property(self._owner, name) if name == "length" or is_array_index(name) else UNDEFINED
        if value is UNDEFINED:
            raise KeyError(name)
        return value

    def __iter__(self) -> Iterator[str]:
        return map(str, range(len(self._owner)))

    def __len__(self) -> int:
        return len(self._owner) + 1


def _scope_of(item: Any) -> Mapping[str, Any]:
    """Return the variables that an item stands for when a path is read from it."""
    if isinstance(item, dict):
        return item
    if isinstance(item, (str, list)):
        return _Elements(item)
    if isinstance(item, Drop):
        return item.fields()
    return {}


def _matches(ctx: Context, items: list[Any], path: Any, expected: Any) -> list[bool]:
    """Tell of each item whether it has ``expected`` at ``path``, or anything true where nothing is expected."""
    return [
        is_truthy(value) if expected is UNDEFINED else equals(value, expected)
        for value in _by_path(ctx, items, path)
    ]


@with_context
def where(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> list[Any]:
    """Return the items that have ``expected`` at ``path``; without it, those that have anything true there."""
    items = to_array(value)
    return list(compress(items, _matches(context, items, path, expected)))


@with_context
def reject(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> list[Any]:
    """Return the items that `where` leaves out."""
    items = to_array(value)
    return list(compress(items, map(not_, _matches(context, items, path, expected))))


@with_context
def where_exp(value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context) -> list[Any]:  # fmt: skip
    """Return the items for which an expression is ``true``; other true values do not count."""
    items = to_array(value)
    values = _by_expression(context, items, name, expression)
    return [item for item, result in zip(items, values, strict=True) if result is True]


@with_context
def reject_exp(value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context) -> list[Any]:  # fmt: skip
    """Return the items for which an expression is ``false``; other false values do not count."""
    items = to_array(value)
    values = _by_expression(context, items, name, expression)
    return [item for item, result in zip(items, values, strict=True) if result is False]


@with_context
def group_by(value: Any, path: Any = UNDEFINED, *, context: Context) -> list[Any]:
    """Return ``{name, items}`` for each value that items have at ``path``, in the order of appearance."""
    items = to_enumerable(value)
    return _groups(_by_path(context, items, path), items)


@with_context
def group_by_exp(value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context) -> list[Any]:  # fmt: skip
    """Return ``{name, items}`` for each value of an expression, in the order of appearance."""
    items = to_enumerable(value)
    return _groups(_by_expression(context, items, name, expression), items)


def _groups(keys: list[Any], items: list[Any]) -> list[Any]:
    return [{"name": key, "items": members} for key, members in _grouped(keys, items)]


def _grouped(keys: list[Any], items: list[Any]) -> list[tuple[Any, list[Any]]]:
    """Group items by key, in the order of appearance; arrays and objects are the same only as one and the same."""
    groups: dict[Any, tuple[Any, list[Any]]] = {}
    for key, item in zip(keys, items, strict=True):
        if is_number(key):
            identity: Any = ("number", "NaN" if key != key else to_double_precision(key))
        else:
            identity = key if isinstance(key, str) else (type(key), id(key))
        groups.setdefault(identity, (key, []))[1].append(item)
    return list(groups.values())


@with_context
def has(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> bool:
    """Tell whether `where` would find an item."""
    return any(_matches(context, to_array(value), path, expected))


@with_context
def has_exp(value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context) -> bool:
    """Tell whether an expression is true for an item, as JavaScript takes it."""
    return any(map(js_truthy, _by_expression(context, to_array(value), name, expression)))


@with_context
def find(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> Any:
    """Return the first item that `where` would find."""
    items = to_array(value)
    return next(compress(items, _matches(context, items, path, expected)), UNDEFINED)


@with_context
def find_exp(value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context) -> Any:
    """Return the first item for which `has_exp` is true."""
    items = to_array(value)
    return next(compress(items, map(js_truthy, _by_expression(context, items, name, expression))), UNDEFINED)


@with_context
def find_index(value: Any, path: Any = UNDEFINED, expected: Any = UNDEFINED, *, context: Context) -> Any:
    """Return the index of the first item that `where` would find."""
    return next(compress(count(), _matches(context, to_array(value), path, expected)), UNDEFINED)


@with_context
def find_index_exp(value: Any, name: Any = UNDEFINED, expression: Any = UNDEFINED, *, context: Context) -> Any:  # fmt: skip
    """Return the index of the first item for which `has_exp` is true."""
    values = _by_expression(context, to_array(value), name, expression)
    return next(compress(count(), map(js_truthy, values)), UNDEFINED)


def pop(value: Any) -> list[Any]:
    """Return the array without its last item."""
    return to_array(value)[:-1]


def shift(value: Any) -> list[Any]:
    """Return the array without its first item."""
    return to_array(value)[1:]


FILTERS: Final[Mapping[str, Filter]] = {
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
    "pop": pop,
    "push": push,
    "reject": reject,
    "reject_exp": reject_exp,
    "reverse": reverse,
    "sample": sample,
    "shift": shift,
    "slice": slice_,
    "sort": sort,
    "sort_natural": sort_natural,
    "sum": sum_,
    "uniq": uniq,
    "unshift": unshift,
    "where": where,
    "where_exp": where_exp,
}
