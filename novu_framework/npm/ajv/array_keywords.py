"""The keywords for arrays."""

from __future__ import annotations

from typing import Any

from novu_framework.npm.ajv.compilation import (
    Check,
    Failures,
    Keyword,
    Schema,
    SchemaContext,
    all_of,
    each_member,
    passing_classes,
)
from novu_framework.npm.ajv.types import scalar_types, type_test
from novu_framework.npm.ecmascript.json import json_identity


def _items(context: SchemaContext, items: Any, _schema: Schema) -> Check | None:
    if not isinstance(items, list):
        each = each_member(context.compile(items), enumerate)
        passing = passing_classes(context, items)
        if each is None or not passing:
            return each
        all_pass = passing.issuperset
        return lambda data, failures: all_pass(map(type, data)) or each(data, failures)
    return all_of([_element(context, index, schema) for index, schema in enumerate(items)])


def _element(context: SchemaContext, index: int, schema: Any) -> Check | None:
    return each_member(context.compile(schema), lambda data: enumerate(data[index : index + 1], index))


def _past_tuple(context: SchemaContext, parent: Schema, check: Check) -> Check:
    """Return a check that passes arrays shorter than the tuple in ``items``: AJV never gets past that."""
    items = parent.get("items")
    if not isinstance(items, list):
        return check
    needed = max((index + 1 for index, item in enumerate(items) if not context.accepts_all(item)), default=0)
    return lambda data, failures: len(data) < needed or check(data, failures)


def _additional_items(context: SchemaContext, schema: Any, parent: Schema) -> Check | None:
    items = parent.get("items")
    if not isinstance(items, list) or context.accepts_all(schema):
        return None
    expected = len(items)
    if schema is False:
        fail = context.failing(f"must NOT have more than {expected} items")
        return lambda data, failures: len(data) <= expected or fail(failures)
    return each_member(context.compile(schema), lambda data: enumerate(data[expected:], expected))


def _contains(context: SchemaContext, schema: Any, parent: Schema) -> Check:
    fail = context.failing("must contain at least 1 valid item(s)")
    item = context.inside_choice().compile(schema)
    if item is None:
        return _past_tuple(context, parent, lambda data, failures: bool(data) or fail(failures))
    wanted, shows_all = item, context.composite

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        tried = failures if shows_all else failures.apart()
        for index, value in enumerate(data):
            before = len(tried)
            if wanted(value, tried):
                del failures[start:]
                return True
            tried.locate(before, index)
        return fail(failures)

    return _past_tuple(context, parent, check)


def _unique_items(context: SchemaContext, wanted: bool, parent: Schema) -> Check | None:
    if not wanted:
        return None

    def repeated(failures: Failures, first: int, second: int) -> bool:
        message = f"must NOT have duplicate items (items ## {first} and {second} are identical)"
        return context.failing(message)(failures)

    def check(data: Any, failures: Failures) -> bool:
        seen: dict[Any, int] = {}
        pair = None
        for index, value in enumerate(data):
            key = json_identity(value)
            if key in seen:
                pair = seen[key], index  # AJV looks from the end, so it reports the last pair
            seen[key] = index
        return pair is None or repeated(failures, *pair)

    def check_scalars(data: Any, failures: Failures) -> bool:
        seen: dict[Any, int] = {}
        for index in range(len(data) - 1, -1, -1):
            if fits(data[index]):
                later = seen.setdefault(json_identity(data[index]), index)
                if later != index:
                    return repeated(failures, later, index)
        return True

    types = scalar_types(parent.get("items"))
    if not types:
        return _past_tuple(context, parent, check)
    fits = type_test(types)
    return check_scalars


ARRAY_KEYWORDS: dict[str, Keyword] = {
    "additionalItems": _additional_items,
    "items": _items,
    "contains": _contains,
    "uniqueItems": _unique_items,
}
