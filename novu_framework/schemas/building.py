"""Checks and builds in one walk: what is valid as it is becomes an instance at once.

A payload is checked as AJV checks it, and only then built. For most values both are walks of pydantic-core's, so the two
schemas are joined: the classes of the model, around the values that AJV accepts. What the joined schema refuses is left
to the two walks. `tests/unit/test_building.py` holds one way against the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from pydantic import BaseModel
from pydantic_core import SchemaError, SchemaValidator, core_schema

from novu_framework.npm.ajv.acceptance import Acceptance

_PLAIN = {"str", "int", "float", "bool"}
_UNCHANGED = {"any", "bool", "function-plain", "int", "literal", "none", "str"}
_ONLY = {
    "list": {"type", "items_schema", "min_length", "max_length", "metadata"},
    "dict": {"type", "keys_schema", "values_schema", "metadata"},
    "nullable": {"type", "schema", "metadata"},
    "default": {"type", "schema", "default", "default_factory", "default_factory_takes_data", "metadata"},
    "model-fields": {"type", "fields", "model_name", "computed_fields", "metadata"},
    "model-field": {
        "type", "schema", "validation_alias", "serialization_alias", "serialization_exclude", "frozen", "metadata"
    },
    "config": {"title", "extra_fields_behavior"},
}  # fmt: skip


class _ApartError(Exception):
    """The two schemas, or a part of them, cannot be joined."""


def builder_of(acceptance: Acceptance, core: Mapping[str, Any]) -> Callable[[Any], Any] | None:
    """Return what builds an instance of a value that is accepted, as the two walks would; None where nothing does.

    Args:
        acceptance: What tells of the values that are valid as they are, once its defaults are filled in.
        core: What pydantic-core builds from.

    It raises `pydantic_core.ValidationError` for every other value, and may for some that are valid.
    """
    definitions: list[Any] = []
    if core["type"] == "definitions":
        definitions, core = core["definitions"], core["schema"]
    if not _can_join():
        return None
    try:
        joined = _Joining({one["ref"]: one for one in definitions}).joined(acceptance.schema, core)
        if definitions:
            joined = core_schema.definitions_schema(joined, definitions)
        return _validator(joined).validate_python
    except (_ApartError, SchemaError):
        return None


def _validator(schema: core_schema.CoreSchema) -> SchemaValidator:
    """Return a validator of the schema as it is given. Pydantic-core else takes a model's own for it."""
    try:
        return SchemaValidator(schema, **_AS_GIVEN)
    except TypeError:  # before pydantic 2.12
        return SchemaValidator(schema)


_AS_GIVEN: dict[str, Any] = {"_use_prebuilt": False}


class _Probe(BaseModel):
    value: int


@cache
def _can_join() -> bool:
    """Ask the pydantic-core that is installed, since its keyword is a private one."""
    field = core_schema.model_field(core_schema.int_schema(strict=True))
    probe = core_schema.model_schema(_Probe, core_schema.model_fields_schema({"value": field}))
    return not _validator(probe).isinstance_python({"value": "1"})


class _Joining:
    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions

    def joined(self, accepted: Mapping[str, Any], core: Mapping[str, Any]) -> core_schema.CoreSchema:
        kind, accepts = core["type"], accepted["type"]
        if kind == "definition-ref":
            return self.joined(accepted, self._definitions[core["schema_ref"]])
        if kind == "model" and accepts == "typed-dict":
            return self._model(accepted, core)
        if kind == accepts == "list" and "items_schema" in core and core.keys() <= _ONLY["list"]:
            return _schema(accepted, items_schema=self.joined(accepted["items_schema"], core["items_schema"]))
        if kind == accepts == "dict" and core.keys() <= _ONLY["dict"] and _is_text(core.get("keys_schema")):
            values = self.joined(accepted["values_schema"], core["values_schema"])
            return _schema(accepted, values_schema=values)
        if kind == "dict" and accepts == "typed-dict" and _takes_any(accepted, core):
            return _schema(core, strict=True)
        if kind == "nullable" and accepts == "union" and core.keys() <= _ONLY["nullable"]:
            value, *rest = accepted["choices"]
            if rest == [core_schema.none_schema()]:
                return core_schema.nullable_schema(self.joined(value, core["schema"]))
        if kind == accepts and kind in _PLAIN and core.keys() <= {"type", "metadata"}:
            return _schema(accepted)
        if _leaves_as_it_is(accepted):
            return core_schema.chain_schema([_schema(accepted), _schema(core)])
        raise _ApartError

    def _model(self, accepted: Mapping[str, Any], core: Mapping[str, Any]) -> core_schema.CoreSchema:
        inner = core["schema"]
        if (
            inner["type"] != "model-fields"
            or not inner.keys() <= _ONLY["model-fields"]
            or not core.get("config", {}).keys() <= _ONLY["config"]
            or core.get("custom_init")
            or core.get("root_model")
        ):
            raise _ApartError
        fields = {}
        wanted = dict(accepted["fields"])
        for name, field in inner["fields"].items():
            alias = field.get("validation_alias", name)
            if not field.keys() <= _ONLY["model-field"] or not isinstance(alias, str) or alias not in wanted:
                raise _ApartError
            fields[name] = {**field, "schema": self._value(wanted.pop(alias), field["schema"])}
        if wanted:
            raise _ApartError
        more = {"extra_behavior": "forbid"} if accepted.get("extra_behavior") == "forbid" else {}
        without_name = {key: value for key, value in core.items() if key != "ref"}
        return _schema(without_name, schema={**inner, "fields": fields, **more})

    def _value(self, accepted: Mapping[str, Any], core: Mapping[str, Any]) -> core_schema.CoreSchema:
        if core["type"] != "default":
            return self.joined(accepted["schema"], core)
        if not core.keys() <= _ONLY["default"]:
            raise _ApartError
        value = self.joined(accepted["schema"], core["schema"])
        # a default that AJV knows has been filled in, or should have been
        return value if accepted.get("required") else _schema(core, schema=value)


def _leaves_as_it_is(accepted: Mapping[str, Any]) -> bool:
    """Tell whether an equal value comes out; a whole number that may be any becomes a float, and extras go."""
    if accepted["type"] == "union":
        return all(map(_leaves_as_it_is, accepted["choices"]))
    if accepted["type"] == "list":
        return _leaves_as_it_is(accepted["items_schema"])
    return accepted["type"] in _UNCHANGED


def _takes_any(accepted: Mapping[str, Any], core: Mapping[str, Any]) -> bool:
    """Tell whether both take any object as it is."""
    values = core.get("values_schema", {"type": "any"})
    is_open = not accepted["fields"] and accepted.get("extra_behavior") != "forbid"
    is_plain = core.keys() <= _ONLY["dict"] and _is_text(core.get("keys_schema"))
    return is_open and is_plain and values["type"] == "any"


def _is_text(schema: Mapping[str, Any] | None) -> bool:
    return schema is not None and schema["type"] == "str" and schema.keys() <= {"type", "metadata"}


def _schema(schema: Mapping[str, Any], /, **changed: Any) -> core_schema.CoreSchema:
    return cast("core_schema.CoreSchema", {**schema, **changed})
