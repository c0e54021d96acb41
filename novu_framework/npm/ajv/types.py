"""The types of JSON Schema: which of them a schema declares, and whether a value is of one."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from novu_framework.npm.ajv.references import SchemaError
from novu_framework.npm.ecmascript.numbers import is_integer, is_number

Test = Callable[[Any], bool]


class TypeTest(NamedTuple):
    """A test for some types: values of these ``classes`` pass, others if they fit, as 1.0 fits ``integer``."""

    classes: frozenset[type]
    fits: Test

    def __call__(self, data: Any) -> bool:
        """Tell whether a value is of one of the types."""
        return type(data) in self.classes or self.fits(data)


def _is_integer(value: Any) -> bool:
    # to AJV, which looks at the remainder, the infinities are integers
    return is_integer(value) or (isinstance(value, float) and math.isinf(value))


def _instances_of(cls: type) -> TypeTest:
    return TypeTest(frozenset({cls}), lambda value: isinstance(value, cls))


_TYPES: dict[str, TypeTest] = {
    "number": TypeTest(frozenset({int, float}), is_number),
    "integer": TypeTest(frozenset({int}), _is_integer),
    "string": _instances_of(str),
    "array": _instances_of(list),
    "object": _instances_of(dict),
    "boolean": _instances_of(bool),
    "null": _instances_of(type(None)),
}


def type_test(types: list[str]) -> TypeTest:
    """Return a test for values of one of these types."""
    tests = [_TYPES[name] for name in types]
    if len(tests) == 1:
        return tests[0]
    classes: frozenset[type] = frozenset().union(*(test.classes for test in tests))
    return TypeTest(classes, lambda data: any(test.fits(data) for test in tests))


def declared_types(schema: dict[str, Any]) -> list[str]:
    """Return the types that a schema allows, ``nullable`` counted in; none where it does not say.

    Raises:
        SchemaError: ``nullable`` contradicts the type or lacks one, or is neither true nor false.
    """
    declared = schema.get("type", [])
    types = list(declared) if isinstance(declared, list) else [declared]
    nullable = schema.get("nullable")
    if "null" in types:
        if nullable is False:
            raise SchemaError("type: null contradicts nullable: false")
    elif not types and "nullable" in schema:
        raise SchemaError('"nullable" cannot be used without "type"')
    elif nullable is True:
        types.append("null")
    if "nullable" in schema and not isinstance(nullable, bool):
        raise SchemaError('nullable value must be ["boolean"]')
    return types


def type_text(schema: dict[str, Any], types: list[str]) -> str:
    """Return the declared ``types`` of a schema as a message lists them: AJV adds "null" to a list only."""
    return ",".join(types) if isinstance(schema.get("type"), list) else str(schema.get("type"))


def scalar_types(items: Any) -> list[str]:
    """Return the types of a list's elements, if their schema says that they are neither lists nor objects."""
    types = declared_types(items) if isinstance(items, dict) else []
    return [] if "object" in types or "array" in types else types
