"""Tells at the speed of C that a value is valid as it is: nothing wrong with it, nothing to fill in, nothing to drop.

Most values are. What this says of one is yes or nothing: everything else is left to the keywords, which know what AJV
would answer. So it may leave a schema, or a part of one, aside, and must never accept what they would refuse or change.
`tests/unit/test_validation_acceptance.py` holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pydantic_core import SchemaError, SchemaValidator, core_schema

from novu_framework.npm.ajv.compilation import Check, Failures, SchemaContext, fill_defaults, passing_classes

_WRITING = frozenset(
    {"default", "additionalProperties", "additionalItems", "$ref", "$recursiveRef", "$dynamicRef"}
)
_ANY = core_schema.any_schema()
_SCALARS: dict[str, core_schema.CoreSchema] = {
    "string": core_schema.str_schema(strict=True),
    "integer": core_schema.int_schema(strict=True),  # 1.0 is one to AJV, and left to the keywords
    "number": core_schema.float_schema(strict=True, allow_inf_nan=False),
    "boolean": core_schema.bool_schema(strict=True),
    "null": core_schema.none_schema(),
}


class _AsideError(Exception):
    """A part of the schema may change what it is given, in a way that is not followed here."""


class Acceptance(NamedTuple):
    """A test that a value is valid, and stays as it is but for the defaults of its own members.

    Attributes:
        fill: Fills these defaults in, as AJV does before it looks at anything else in an object; None where there are none.
        accepts: Tells of the value, filled. A value that it does not accept may still be valid.
        schema: What it tells by, for pydantic-core.
    """

    fill: Check | None
    accepts: Callable[[Any], bool]
    schema: core_schema.CoreSchema


def acceptance(context: SchemaContext, schema: Any) -> Acceptance | None:
    """Return what tells of most values of a schema that they are valid; None where nothing does."""
    if not isinstance(schema, dict):
        return None
    try:
        # all that is filled in has to be filled in ahead, or most values would be looked at twice
        members = schema.get("properties", {}) if schema.get("type") == "object" else {}
        if any(map(_has_defaults, members.values())) or (not members and _has_defaults(schema)):
            return None
        accepted = _accepted(context, schema)
        fill = fill_defaults(context, "object", schema) if accepted["type"] == "typed-dict" else None
        return Acceptance(fill, SchemaValidator(accepted).isinstance_python, accepted)
    except (
        _AsideError,
        SchemaError,
        RecursionError,
    ):  # or one that the core cannot hold, by its names or its depth
        return None


def _accepted(context: SchemaContext, schema: Any) -> core_schema.CoreSchema:
    if context.accepts_all(schema):
        return _ANY
    if not isinstance(schema, dict):
        return _by_keywords(context, schema)
    rules = context.vocabulary.names.intersection(schema)
    kind = schema["type"] if "type" in rules else None
    if rules == {"type"} and isinstance(kind, list) and _SCALARS.keys() >= {*kind}:
        return core_schema.union_schema([_SCALARS[one] for one in kind], mode="left_to_right")
    if rules == {"type"} and isinstance(kind, str) and kind in _SCALARS:
        return _SCALARS[kind]
    if kind == "integer" and rules <= {"type", "minimum", "maximum"}:
        least, most = _whole(schema.get("minimum")), _whole(schema.get("maximum"))
        return core_schema.int_schema(ge=least, le=most, strict=True)
    if kind == "string" and rules <= {"type", "minLength", "maxLength"}:
        shortest, longest = _whole(schema.get("minLength")), _whole(schema.get("maxLength"))
        return core_schema.str_schema(min_length=shortest, max_length=longest, strict=True)
    if kind == "object" and rules <= {"type", "properties", "required", "additionalProperties"}:
        return _object(context, schema)
    if kind == "array" and rules <= {"type", "items", "minItems", "maxItems"}:
        items = schema.get("items", True)
        if not isinstance(items, list) and dict not in passing_classes(context, items):  # which is sooner
            return core_schema.list_schema(
                _accepted(context, items),
                min_length=_whole(schema.get("minItems")),
                max_length=_whole(schema.get("maxItems")),
                strict=True,
            )
    if rules == {"anyOf"}:
        return _choice(context, schema["anyOf"])
    if rules <= {"type", "enum"} and kind in (None, "string") and _are_texts(schema.get("enum")):
        return core_schema.literal_schema(schema["enum"])
    if rules <= {"type", "const"} and kind in (None, "string") and _are_texts([schema.get("const")]):
        return core_schema.literal_schema([schema["const"]])
    if kind == "object" and rules == {"type", "patternProperties"} and [*schema["patternProperties"]] == [""]:
        values = _accepted(context, schema["patternProperties"][""])
        return core_schema.dict_schema(values_schema=values, strict=True)
    return _by_keywords(context, schema)


def _object(context: SchemaContext, schema: dict[str, Any]) -> core_schema.CoreSchema:
    properties: dict[str, Any] = schema.get("properties", {})
    extras = schema.get("additionalProperties", True)
    if extras is not False and not context.accepts_all(extras):
        raise _AsideError
    required = set(schema.get("required", ()))
    if not context.composite:  # where AJV fills defaults in
        required |= {name for name, one in properties.items() if isinstance(one, dict) and "default" in one}
    if extras is False and not required <= properties.keys():
        raise _AsideError
    fields = {
        name: core_schema.typed_dict_field(
            _accepted(context, properties.get(name, True)), required=name in required
        )
        for name in [*properties, *sorted(required - properties.keys())]
    }
    return core_schema.typed_dict_schema(
        fields, strict=True, extra_behavior="forbid" if extras is False else "ignore"
    )


def _choice(context: SchemaContext, branches: list[Any]) -> core_schema.CoreSchema:
    """Return what the branches accept.

    AJV drops members for a branch that may then fail, and gives what is left to the next one. So behind a branch that
    drops any, only those are taken that accept neither objects nor arrays.
    """
    if any(map(context.accepts_all, branches)):
        return _ANY
    inside = context.inside_choice()
    choices: list[core_schema.CoreSchema | tuple[core_schema.CoreSchema, str]] = []
    drops = False
    for branch in branches:
        accepted = _accepted(inside, branch)
        if not drops or accepted["type"] in _IMMUTABLE:
            choices.append(accepted)
        drops = drops or _may_write(branch)
    return core_schema.union_schema(choices, mode="left_to_right")


_IMMUTABLE = frozenset({"literal", *(one["type"] for one in _SCALARS.values())})


def _by_keywords(context: SchemaContext, schema: Any) -> core_schema.CoreSchema:
    """Return what the keywords themselves accept, for a part that changes nothing."""
    own = (
        {key: value for key, value in schema.items() if key != "default"} if isinstance(schema, dict) else {}
    )
    if _may_write(own):
        raise _AsideError
    fits = context.compile(schema)
    if fits is None:
        return _ANY
    check = fits

    def checked(value: Any) -> Any:
        if check(value, Failures()):
            return value
        raise ValueError

    return core_schema.no_info_plain_validator_function(checked)


def _has_defaults(schema: Any) -> bool:
    """Tell whether members of an object have defaults, other than in what stands for one of several."""
    if isinstance(schema, list):
        return any(map(_has_defaults, schema))
    if not isinstance(schema, dict):
        return False
    members = schema.get("properties", {}).values()
    parts = [*members, schema.get("items"), *schema.get("patternProperties", {}).values()]
    return any(isinstance(one, dict) and "default" in one for one in members) or _has_defaults(parts)


def _may_write(schema: Any) -> bool:
    if isinstance(schema, dict):
        return any(schema[name] is not True for name in _WRITING.intersection(schema)) or any(
            map(_may_write, schema.values())
        )
    return isinstance(schema, list) and any(map(_may_write, schema))


def _whole(limit: Any) -> int | None:
    if limit is not None and type(limit) is not int:
        raise _AsideError  # a limit such as 1.5, which is compared in another way
    return limit


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and bool(values) and all(type(value) is str for value in values)
