"""The keywords of draft-07 in AJV's order, with AJV's messages.

Here are those for any type, for numbers and for strings; `array_keywords` and `object_keywords` have the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from novu_framework.npm.ajv.array_keywords import ARRAY_KEYWORDS
from novu_framework.npm.ajv.compilation import (
    Check,
    Failures,
    Keyword,
    Schema,
    SchemaContext,
    Vocabulary,
    all_of,
    compile_reference,
)
from novu_framework.npm.ajv.formats import COMPARABLE_FORMATS, NUMBER_FORMATS, STRING_FORMATS
from novu_framework.npm.ajv.object_keywords import OBJECT_KEYWORDS
from novu_framework.npm.ajv.references import SchemaError
from novu_framework.npm.ecmascript.json import json_identity, same_json
from novu_framework.npm.ecmascript.numbers import as_double, number_text

# Any type


def _const(context: SchemaContext, expected: Any, _schema: Schema) -> Check:
    fail = context.failing("must be equal to constant")
    return lambda data, failures: same_json(expected, data) or fail(failures)


def _enum(context: SchemaContext, allowed: list[Any], _schema: Schema) -> Check:
    if not allowed:
        raise SchemaError("enum must have non-empty array")
    fail = context.failing("must be equal to one of the allowed values")
    if all(isinstance(value, str) for value in allowed):
        texts = frozenset(allowed)
        return lambda data, failures: (isinstance(data, str) and data in texts) or fail(failures)
    known = frozenset(map(json_identity, allowed))
    largest = max(map(_size_of, allowed))

    def check(data: Any, failures: Failures) -> bool:
        if type(data) in _SCALARS:
            found = json_identity(data) in known
        elif type(data) in (list, dict):
            # what is larger than all of them is not read to its end
            found = _size_of(data, largest) <= largest and json_identity(data) in known
        else:
            found = any(same_json(value, data) for value in allowed)
        return found or fail(failures)

    return check


_SCALARS = frozenset({str, int, float, bool, type(None)})


def _size_of(value: Any, enough: float = math.inf) -> int:
    """Return how many members a value has, at all levels; some number above `enough` where there are more."""
    size, waiting = 0, [value]
    while waiting and size <= enough:
        one = waiting.pop()
        if isinstance(one, (list, dict)):
            size += len(one)
            waiting.extend(one.values() if isinstance(one, dict) else one)
    return size


def _not(context: SchemaContext, schema: Any, _schema: Schema) -> Check:
    fail = context.failing("must NOT be valid")
    refused = context.inside_choice().compile(schema)
    if refused is None:
        return lambda _data, failures: fail(failures)

    return lambda data, failures: not refused(data, failures.apart()) or fail(failures)


def _any_of(context: SchemaContext, schemas: list[Any], _schema: Schema) -> Check | None:
    if any(map(context.accepts_all, schemas)):
        return None
    fail = context.failing("must match a schema in anyOf")
    branches = [context.inside_choice().compile(schema) for schema in schemas]

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        for branch in branches:
            if branch is None or branch(data, failures):
                del failures[start:]
                return True
        return fail(failures)

    return check


def _one_of(context: SchemaContext, schemas: list[Any], _schema: Schema) -> Check:
    fail = context.failing("must match exactly one schema in oneOf")
    branches = [context.inside_choice().compile(schema) for schema in schemas]

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        passed = False
        for branch in branches:
            if branch is None or branch(data, failures):
                if passed:
                    return fail(failures)
                passed = True
        if not passed:
            return fail(failures)
        del failures[start:]
        return True

    return check


def _all_of(context: SchemaContext, schemas: list[Any], _schema: Schema) -> Check | None:
    return all_of([context.compile(schema) for schema in schemas])


def _if(context: SchemaContext, condition: Any, schema: Schema) -> Check | None:
    then = context.compile(schema["then"]) if "then" in schema else None
    otherwise = context.compile(schema["else"]) if "else" in schema else None
    if then is None and otherwise is None:
        return None
    test = context.inside_choice().compile(condition)
    fail_then = context.failing('must match "then" schema')
    fail_else = context.failing('must match "else" schema')

    def check(data: Any, failures: Failures) -> bool:
        matches = test is None or test(data, failures.apart())
        branch, fail = (then, fail_then) if matches else (otherwise, fail_else)
        if branch is None or branch(data, failures):
            return True
        return False if failures.closed else fail(failures)

    return check


# Numbers


def _limit(symbol: str, breaks: Callable[[float, float], bool]) -> Keyword:
    def keyword(context: SchemaContext, limit: float, _schema: Schema) -> Check:
        fail = context.failing(f"must be {symbol} {number_text(limit)}")
        return lambda data, failures: fail(failures) if breaks(data, limit) or data != data else True

    return keyword


def _multiple_of(context: SchemaContext, unit: float, _schema: Schema) -> Check:
    fail = context.failing(f"must be multiple of {number_text(unit)}")
    divisor = as_double(unit)

    def check(data: Any, failures: Failures) -> bool:
        try:
            quotient = as_double(data) / divisor
        except (OverflowError, ZeroDivisionError):
            return fail(failures)
        # AJV compares with parseInt(), which reads 1e+21 as 1.
        return (math.isfinite(quotient) and quotient.is_integer() and abs(quotient) < 1e21) or fail(failures)

    return check


# Sizes


def _size(noun: str, at_most: bool) -> Keyword:
    def keyword(context: SchemaContext, limit: float, _schema: Schema) -> Check:
        comparison = "more" if at_most else "fewer"
        fail = context.failing(f"must NOT have {comparison} than {number_text(limit)} {noun}")
        if at_most:
            return lambda data, failures: len(data) <= limit or fail(failures)
        return lambda data, failures: len(data) >= limit or fail(failures)

    return keyword


# Strings


def _pattern(context: SchemaContext, pattern: str, _schema: Schema) -> Check:
    fail = context.failing(f'must match pattern "{pattern}"')
    from novu_framework.npm.regexp.patterns import compile_pattern  # slow to import

    search = compile_pattern(pattern).search
    return lambda data, failures: search(data) is not None or fail(failures)


def _format(known: dict[str, Callable[[Any], bool]]) -> Keyword:
    def keyword(context: SchemaContext, name: str, _schema: Schema) -> Check | None:
        test = known.get(name)
        if test is None or context.references.meta:
            return None
        fits = test
        fail = context.failing(f'must match format "{name}"')
        return lambda data, failures: fits(data) or fail(failures)

    return keyword


def _format_limit(own_name: str, symbol: str, breaks: Callable[[int], bool]) -> Keyword:
    def keyword(context: SchemaContext, limit: str, schema: Schema) -> Check | None:
        if "format" not in schema:
            raise SchemaError(f"parent schema must have dependencies of {own_name}: format")
        if not isinstance(limit, str):
            raise SchemaError(f'{own_name} value must be ["string"]')
        name = schema["format"]
        if name not in STRING_FORMATS and name not in NUMBER_FORMATS:
            return None
        if name not in COMPARABLE_FORMATS:
            raise SchemaError(f'"{own_name}": format "{name}" does not define "compare" function')
        compare = COMPARABLE_FORMATS[name]
        fail = context.failing(f"should be {symbol} {limit}")

        def check(data: Any, failures: Failures) -> bool:
            order = compare(data, limit)
            return order is None or not breaks(order) or fail(failures)

        return check

    return keyword


_FOR_ANY_TYPE: dict[str, Keyword] = {
    "$ref": compile_reference,
    "const": _const,
    "enum": _enum,
    "not": _not,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "if": _if,
}

_FOR_TYPE: dict[str, dict[str, Keyword]] = {
    "number": {
        "maximum": _limit("<=", lambda data, limit: data > limit),
        "minimum": _limit(">=", lambda data, limit: data < limit),
        "exclusiveMaximum": _limit("<", lambda data, limit: data >= limit),
        "exclusiveMinimum": _limit(">", lambda data, limit: data <= limit),
        "multipleOf": _multiple_of,
        "format": _format(NUMBER_FORMATS),
    },
    "string": {
        "maxLength": _size("characters", at_most=True),
        "minLength": _size("characters", at_most=False),
        "pattern": _pattern,
        "format": _format(STRING_FORMATS),
        "formatMaximum": _format_limit("formatMaximum", "<=", lambda order: order > 0),
        "formatMinimum": _format_limit("formatMinimum", ">=", lambda order: order < 0),
        "formatExclusiveMaximum": _format_limit("formatExclusiveMaximum", "<", lambda order: order >= 0),
        "formatExclusiveMinimum": _format_limit("formatExclusiveMinimum", ">", lambda order: order <= 0),
    },
    "array": {
        "maxItems": _size("items", at_most=True),
        "minItems": _size("items", at_most=False),
        **ARRAY_KEYWORDS,
    },
    "object": {
        "maxProperties": _size("properties", at_most=True),
        "minProperties": _size("properties", at_most=False),
        **OBJECT_KEYWORDS,
    },
}

KEYWORDS = Vocabulary(
    _FOR_ANY_TYPE,
    _FOR_TYPE,
    frozenset({"$comment", "id", "type", "nullable", "then", "else", *_FOR_ANY_TYPE}).union(
        *_FOR_TYPE.values()
    ),
)
"""Draft-07 as AJV reads it, with the keywords of ajv-formats."""
