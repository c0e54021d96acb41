"""What each keyword of draft-07 checks, in AJV's order, with AJV's messages.

A keyword is a function of the context, its own value and the schema around it; it gives the check, or None where
nothing can fail. `formats` has the formats, `patterns` the regular expressions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from novu_framework.npm.ajv.context import (
    Check,
    Failures,
    Keyword,
    SchemaContext,
    all_of,
    reference,
    scalar_types,
    type_test,
    types_of,
)
from novu_framework.npm.ajv.formats import COMPARABLE_FORMATS, NUMBER_FORMATS, STRING_FORMATS
from novu_framework.npm.ajv.references import SchemaError
from novu_framework.npm.ecmascript.json import copy_json, json_identity, same_json
from novu_framework.npm.ecmascript.keys import in_key_order
from novu_framework.npm.ecmascript.numbers import as_double, number_text
from novu_framework.npm.regexp.patterns import PatternError, compile_pattern

Schema = dict[str, Any]


def is_always_valid(schema: Any) -> bool:
    """Tell whether AJV takes a schema for one that every value passes, without looking at the value."""
    return schema is True or (isinstance(schema, dict) and RULES.isdisjoint(schema))


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return compile_pattern(pattern)
    except PatternError as error:
        raise SchemaError(str(error)) from None


# Any type


def _ref(context: SchemaContext, ref: str, _schema: Schema) -> Check | None:
    return reference(context, ref)


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
    return lambda data, failures: any(same_json(value, data) for value in allowed) or fail(failures)


def _not(context: SchemaContext, schema: Any, _schema: Schema) -> Check:
    fail = context.failing("must NOT be valid")
    refused = context.inside_choice().compile(schema)
    if refused is None:
        return lambda _data, failures: fail(failures)

    return lambda data, failures: not refused(data, Failures()) or fail(failures)


def _any_of(context: SchemaContext, schemas: list[Any], _schema: Schema) -> Check | None:
    if any(is_always_valid(schema) for schema in schemas):
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
    return all_of([check for schema in schemas if (check := context.compile(schema)) is not None])


def _if(context: SchemaContext, condition: Any, schema: Schema) -> Check | None:
    then = context.compile(schema["then"]) if "then" in schema else None
    otherwise = context.compile(schema["else"]) if "else" in schema else None
    if then is None and otherwise is None:
        return None
    test = context.inside_choice().compile(condition)
    fail_then = context.failing('must match "then" schema')
    fail_else = context.failing('must match "else" schema')

    def check(data: Any, failures: Failures) -> bool:
        matches = test is None or test(data, Failures())
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
        fail = context.failing(
            f"must NOT have {'more' if at_most else 'fewer'} than {number_text(limit)} {noun}"
        )
        if at_most:
            return lambda data, failures: len(data) <= limit or fail(failures)
        return lambda data, failures: len(data) >= limit or fail(failures)

    return keyword


# Strings


def _pattern(context: SchemaContext, pattern: str, _schema: Schema) -> Check:
    fail = context.failing(f'must match pattern "{pattern}"')
    search = _compiled(pattern).search
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


# Arrays


def _items(context: SchemaContext, items: Any, _schema: Schema) -> Check | None:
    if isinstance(items, list):
        return _tuple(context, items)
    item = context.compile(items)
    return None if item is None else _each(item, 0)


def _each(item: Check, first: int) -> Check:
    """Check every element from index ``first`` on."""

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        for index, element in enumerate(data[first:] if first else data, first):
            if not item(element, failures):
                failures.locate(start, index)
                return False
        return True

    return check


def _tuple(context: SchemaContext, schemas: list[Any]) -> Check | None:
    compiled = ((index, context.compile(schema)) for index, schema in enumerate(schemas))
    members = [(index, item) for index, item in compiled if item is not None]
    if not members:
        return None

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        for index, item in members:
            if index < len(data) and not item(data[index], failures):
                failures.locate(start, index)
                return False
        return True

    return check


def _past_tuple(parent: Schema, check: Check) -> Check:
    """Leave out what follows a tuple in ``items`` for arrays that are shorter than it: AJV never gets there."""
    items = parent.get("items")
    if not isinstance(items, list):
        return check
    needed = max((index + 1 for index, item in enumerate(items) if not is_always_valid(item)), default=0)
    return lambda data, failures: len(data) < needed or check(data, failures)


def _additional_items(context: SchemaContext, schema: Any, parent: Schema) -> Check | None:
    items = parent.get("items")
    if not isinstance(items, list) or is_always_valid(schema):
        return None
    expected = len(items)
    if schema is False:
        fail = context.failing(f"must NOT have more than {expected} items")
        return lambda data, failures: len(data) <= expected or fail(failures)
    item = context.compile(schema)
    return None if item is None else _each(item, expected)


def _contains(context: SchemaContext, schema: Any, parent: Schema) -> Check:
    fail = context.failing("must contain at least 1 valid item(s)")
    item = context.inside_choice().compile(schema)
    if item is None:
        return _past_tuple(parent, lambda data, failures: bool(data) or fail(failures))
    wanted, shows_all = item, context.composite

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        tried = failures if shows_all else Failures()
        for index, value in enumerate(data):
            before = len(tried)
            if wanted(value, tried):
                del failures[start:]
                return True
            tried.locate(before, index)
        return fail(failures)

    return _past_tuple(parent, check)


def _unique_items(context: SchemaContext, wanted: bool, parent: Schema) -> Check | None:
    if not wanted:
        return None

    def repeated(failures: Failures, first: int, second: int) -> bool:
        message = f"must NOT have duplicate items (items ## {first} and {second} are identical)"
        return context.failing(message)(failures)

    def check(data: Any, failures: Failures) -> bool:
        seen: dict[Any, int] = {}
        found = None
        for index, value in enumerate(data):
            key = json_identity(value)
            if key in seen:
                found = seen[key], index  # AJV looks from the end, so the last pair is the one it tells
            seen[key] = index
        return found is None or repeated(failures, *found)

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
        return _past_tuple(parent, check)
    fits = type_test(types)
    return check_scalars


# Objects


def _required(context: SchemaContext, names: list[str], _schema: Schema) -> Check | None:
    if not names:
        return None
    wanted = [(name, context.failing(f"must have required property '{name}'")) for name in names]
    if len(names) == 1:
        name, fail = wanted[0]
        return lambda data, failures: name in data or fail(failures)

    all_wanted = frozenset(names)

    def check(data: Any, failures: Failures) -> bool:
        if data.keys() >= all_wanted:
            return True
        return next(fail(failures) for name, fail in wanted if name not in data)

    return check


def _property_names(context: SchemaContext, schema: Any, _schema: Schema) -> Check | None:
    fits = context.inside_choice().compile(schema)
    if fits is None:
        return None
    name_fits = fits
    fail = context.failing("property name must be valid")

    def check(data: Any, failures: Failures) -> bool:
        return all(name_fits(name, failures) for name in in_key_order(data)) or fail(failures)

    return check


def _additional_properties(context: SchemaContext, schema: Any, parent: Schema) -> Check | None:
    if is_always_valid(schema):
        return None
    known = frozenset(parent.get("properties", ()))
    patterns = [_compiled(pattern).search for pattern in parent.get("patternProperties", ())]

    def extras(data: Any) -> list[str]:
        names = [name for name in data if name not in known]
        if patterns:
            names = [name for name in names if not any(search(name) for search in patterns)]
        return names

    if context.references.meta:
        return _members(context.compile(schema), extras)
    # "failing" in removeAdditional: an extra that does not fit is dropped, and nobody is told.
    fits = (lambda _value, _failures: False) if schema is False else context.inside_choice().compile(schema)
    if fits is None:
        return None
    keeps = fits
    context.references.writes = True

    def check(data: Any, failures: Failures) -> bool:
        if known.issuperset(data):
            return True
        for name in extras(data):
            if not keeps(data[name], Failures()):
                del data[name]
        return True

    return check


def _members(member: Check | None, names: Callable[[Any], list[str]]) -> Check | None:
    """Check the values under the names that ``names`` picks."""
    if member is None:
        return None
    fits = member

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        for name in names(data):
            if not fits(data[name], failures):
                failures.locate(start, name)
                return False
        return True

    return check


def _dependencies(context: SchemaContext, dependencies: Schema, _schema: Schema) -> Check | None:
    names = {key: value for key, value in dependencies.items() if isinstance(value, list)}
    schemas = {key: value for key, value in dependencies.items() if not isinstance(value, list)}
    checks: list[Check] = []
    for key in in_key_order(names):
        if names[key]:
            checks.append(_required_with(context, key, names[key]))
    for key in in_key_order(schemas):
        check = context.compile(schemas[key])
        if check is not None:
            checks.append(_with(key, check))
    return all_of(checks)


def _required_with(context: SchemaContext, key: str, names: list[str]) -> Check:
    noun = "property" if len(names) == 1 else "properties"
    fail = context.failing(f"must have {noun} {', '.join(names)} when property {key} is present")
    return lambda data, failures: key not in data or all(name in data for name in names) or fail(failures)


def _with(key: str, check: Check) -> Check:
    return lambda data, failures: key not in data or check(data, failures)


def _properties(context: SchemaContext, properties: Schema, _schema: Schema) -> Check | None:
    compiled = ((name, context.compile(properties[name])) for name in in_key_order(properties))
    members = tuple(
        (name, _passing(properties[name]), member) for name, member in compiled if member is not None
    )
    if not members:
        return None

    def check(data: Any, failures: Failures) -> bool:
        start = len(failures)
        for name, passing, member in members:
            if name in data and type(data[name]) not in passing and not member(data[name], failures):
                failures.locate(start, name)
                return False
        return True

    return check


def _passing(schema: Any) -> frozenset[type]:
    """The classes whose values all pass ``schema``; none where more than the type counts."""
    rules = RULES.intersection(schema) if isinstance(schema, dict) else RULES
    if rules == {"anyOf"} and not any(map(is_always_valid, schema["anyOf"])):
        branches = [_passing(branch) for branch in schema["anyOf"]]
        return frozenset().union(*branches) if all(branches) else frozenset()
    if not rules <= {"type", "nullable", "$comment"}:
        return frozenset()
    return frozenset().union(*(_CLASSES[name] for name in types_of(schema)))


# Values of other classes may be of the type, too, as 1.0 is an integer; their check knows.
_CLASSES: dict[str, frozenset[type]] = {
    "number": frozenset({int, float}),
    "integer": frozenset({int}),
    "string": frozenset({str}),
    "array": frozenset({list}),
    "object": frozenset({dict}),
    "boolean": frozenset({bool}),
    "null": frozenset({type(None)}),
}


def _pattern_properties(context: SchemaContext, patterns: Schema, _schema: Schema) -> Check | None:
    compiled = ((pattern, context.compile(patterns[pattern])) for pattern in in_key_order(patterns))
    checks = (_members(member, _matching(pattern)) for pattern, member in compiled if member is not None)
    return all_of([check for check in checks if check is not None])


def _matching(pattern: str) -> Callable[[Any], list[str]]:
    search = _compiled(pattern).search
    return lambda data: [name for name in in_key_order(data) if search(name)]


def fill_defaults(context: SchemaContext, kind: str, schema: Schema) -> Check | None:
    """What fills in the defaults of members that are absent; it comes before the other keywords of a type."""
    if not context.fills_defaults:
        return None
    if kind == "object":
        members = schema.get("properties", {})
        defaults = {name: value["default"] for name, value in members.items() if _has_default(value)}
        if not defaults:
            return None
        context.references.writes = True

        def fill(data: Any, _failures: Failures) -> bool:
            for name, default in defaults.items():
                if name not in data:
                    data[name] = copy_json(default)
            return True

        return fill
    if kind == "array" and isinstance(schema.get("items"), list):
        positions = {i: value["default"] for i, value in enumerate(schema["items"]) if _has_default(value)}
        if not positions:
            return None
        context.references.writes = True

        def extend(data: Any, _failures: Failures) -> bool:
            for index, default in positions.items():
                if index >= len(data):
                    # JavaScript leaves holes before it, which JSON shows as null.
                    data.extend([None] * (index - len(data)))
                    data.append(copy_json(default))
            return True

        return extend
    return None


def _has_default(schema: Any) -> bool:
    return isinstance(schema, dict) and "default" in schema


FOR_ANY_TYPE: dict[str, Keyword] = {
    "$ref": _ref,
    "const": _const,
    "enum": _enum,
    "not": _not,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "if": _if,
}

FOR_TYPE: dict[str, dict[str, Keyword]] = {
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
        "additionalItems": _additional_items,
        "items": _items,
        "contains": _contains,
        "uniqueItems": _unique_items,
    },
    "object": {
        "maxProperties": _size("properties", at_most=True),
        "minProperties": _size("properties", at_most=False),
        "required": _required,
        "propertyNames": _property_names,
        "additionalProperties": _additional_properties,
        "dependencies": _dependencies,
        "properties": _properties,
        "patternProperties": _pattern_properties,
    },
}

# A schema with none of these lets every value pass, and AJV then leaves it out altogether.
RULES = frozenset({"$comment", "id", "type", "nullable", "then", "else", *FOR_ANY_TYPE}).union(
    *FOR_TYPE.values()
)
