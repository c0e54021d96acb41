"""The keywords for objects."""

from __future__ import annotations

from collections.abc import Callable
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
from novu_framework.npm.ecmascript.keys import in_key_order


def _required(context: SchemaContext, names: list[str], _schema: Schema) -> Check | None:
    if not names:
        return None
    wanted = [(name, context.failing(f"must have required property '{name}'", name)) for name in names]
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
    if context.accepts_all(schema):
        return None
    known = frozenset(parent.get("properties", ()))
    patterns = [_search(pattern) for pattern in parent.get("patternProperties", ())]

    def extras(data: Any) -> list[str]:
        names = [name for name in data if name not in known]
        if patterns:
            names = [name for name in names if not any(search(name) for search in patterns)]
        return names

    if context.references.meta:
        return each_member(
            context.compile(schema), lambda data: [(name, data[name]) for name in extras(data)]
        )
    # "failing" in removeAdditional: an extra that does not fit is dropped without a failure.
    fits = (lambda _value, _failures: False) if schema is False else context.inside_choice().compile(schema)
    if fits is None:
        return None
    keeps = fits
    context.references.writes = True

    def check(data: Any, failures: Failures) -> bool:
        if known.issuperset(data):
            return True
        for name in extras(data):
            if not keeps(data[name], failures.apart()):
                failures.forget(data)
                del data[name]
        return True

    return check


def _dependencies(context: SchemaContext, dependencies: Schema, _schema: Schema) -> Check | None:
    names = {key: value for key, value in dependencies.items() if isinstance(value, list)}
    schemas = {key: value for key, value in dependencies.items() if not isinstance(value, list)}
    return all_of(
        [
            *(_required_names_with(context, key, names[key]) for key in in_key_order(names) if names[key]),
            *(_if_present(key, context.compile(schemas[key])) for key in in_key_order(schemas)),
        ]
    )


def _required_names_with(context: SchemaContext, key: str, names: list[str]) -> Check:
    noun = "property" if len(names) == 1 else "properties"
    fail = context.failing(f"must have {noun} {', '.join(names)} when property {key} is present")
    return lambda data, failures: key not in data or all(name in data for name in names) or fail(failures)


def _if_present(key: str, check: Check | None) -> Check | None:
    return check and (lambda data, failures: key not in data or check(data, failures))


def _properties(context: SchemaContext, properties: Schema, _schema: Schema) -> Check | None:
    compiled = ((name, context.compile(properties[name])) for name in in_key_order(properties))
    members = tuple(
        (name, passing_classes(context, properties[name]), member)
        for name, member in compiled
        if member is not None
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


def _pattern_properties(context: SchemaContext, patterns: Schema, _schema: Schema) -> Check | None:
    compiled = ((pattern, context.compile(patterns[pattern])) for pattern in in_key_order(patterns))
    # AJV does not compile the pattern of a schema that accepts all, which may be wrong
    return all_of(
        [each_member(check, _matching(pattern)) for pattern, check in compiled if check is not None]
    )


def _search(pattern: str) -> Callable[[str], object]:
    from novu_framework.npm.regexp.patterns import compile_pattern  # slow to import

    return compile_pattern(pattern).search


def _matching(pattern: str) -> Callable[[Any], list[tuple[str, Any]]]:
    search = _search(pattern)
    return lambda data: [(name, data[name]) for name in in_key_order(data) if search(name)]


OBJECT_KEYWORDS: dict[str, Keyword] = {
    "required": _required,
    "propertyNames": _property_names,
    "additionalProperties": _additional_properties,
    "dependencies": _dependencies,
    "properties": _properties,
    "patternProperties": _pattern_properties,
}
