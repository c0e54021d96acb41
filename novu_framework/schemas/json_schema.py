"""JSON Schema of Python's types, as one would write it by hand (or as zod makes it).

No titles made from names, no references where a type does not contain itself, draft-07 tuples, JavaScript's patterns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from novu_framework._internal.json_data import json_types

DEFINITIONS = "#/$defs/"


def without_references(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document of pydantic's with its definitions where they are used, as far as that ends."""
    definitions = document.pop("$defs", {})
    inlined = _Inlining(definitions)
    schema = inlined.apply(document)
    reference = schema.get("$ref")
    if isinstance(reference, str):  # a type that contains itself is a mere reference to its definition
        name = reference.removeprefix(DEFINITIONS)
        schema = {**inlined.apply(definitions[name]), **{key: schema[key] for key in schema if key != "$ref"}}
    recursive = {name: inlined.apply(definitions[name]) for name in definitions if name in inlined.recursive}
    return {**schema, "$defs": recursive} if recursive else schema


_METHOD_NAMES: dict[type, dict[Any, str]] = {}


class JsonSchemaByHand(GenerateJsonSchema):
    """JSON Schema without what pydantic adds of its own: titles made from names."""

    def build_schema_type_to_method(self) -> Any:
        """Look the names of the methods up once for each class: that is a fifth of a small schema."""
        names = _METHOD_NAMES.get(type(self))
        if names is None:
            methods = super().build_schema_type_to_method()
            names = _METHOD_NAMES[type(self)] = {kind: method.__name__ for kind, method in methods.items()}
        return {kind: getattr(self, name) for kind, name in names.items()}

    def emit_warning(self, kind: Any, detail: str) -> None:
        """Say nothing of a default that has no JSON: pydantic sets it, and JSON Schema leaves the field optional."""

    def encode_default(self, dft: Any) -> Any:
        """Write a default that is of a subclass, such as `Markup`, as what it is."""
        return super().encode_default(json_types(dft) if isinstance(dft, (str, int, float)) else dft)

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Set none."""
        return False

    def str_schema(self, schema: Any) -> dict[str, Any]:
        """Leave out a pattern that is none in JavaScript."""
        made = super().str_schema(schema)
        if "pattern" in made and not _is_javascript(made["pattern"]):
            del made["pattern"]  # Novu could not read the schema; pydantic itself still asks for it
        return made

    def model_schema(self, schema: Any) -> dict[str, Any]:
        """Leave out the title that is the model's name."""
        return _without_own_name(super().model_schema(schema), schema)

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        """Leave out the title that is the dataclass's name."""
        return _without_own_name(super().dataclass_schema(schema), schema)

    def typed_dict_schema(self, schema: Any) -> dict[str, Any]:
        """Leave out the title that is the TypedDict's name."""
        return _without_own_name(super().typed_dict_schema(schema), schema)

    def enum_schema(self, schema: Any) -> dict[str, Any]:
        """Take down the name of an enum, for `generate`."""
        self._enum_names.add(schema["cls"].__name__)
        return super().enum_schema(schema)

    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> dict[str, Any]:
        """Make a document, without the titles that are the names of enums."""
        self._enum_names: set[str] = set()
        made = super().generate(schema, mode)
        self._drop_enum_names(made)  # only now: pydantic sets them again after enum_schema()
        return made

    def _drop_enum_names(self, made: Any) -> None:
        if isinstance(made, dict):
            if ("enum" in made or "const" in made) and made.get("title") in self._enum_names:
                del made["title"]
            for value in made.values():
                self._drop_enum_names(value)
        elif isinstance(made, list):
            for value in made:
                self._drop_enum_names(value)


def _is_javascript(pattern: str) -> bool:
    from novu_framework.npm.regexp import PatternError
    from novu_framework.npm.regexp.patterns import compile_pattern  # slow to import

    try:
        compile_pattern(pattern)
    except PatternError:
        return False
    return True


def _without_own_name(made: dict[str, Any], schema: Any) -> dict[str, Any]:
    cls = schema.get("cls")
    config = getattr(cls, "model_config", None) or getattr(cls, "__pydantic_config__", None) or {}
    if made.get("title") == getattr(cls, "__name__", None) and config.get("title") is None:
        del made["title"]
    return made


class _Inlining:
    """Replaces references to definitions by what they define, except where that would never end."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self.recursive = {name for name in definitions if name in self._reachable(definitions[name], set())}

    def _reachable(self, schema: Any, seen: set[str]) -> set[str]:
        if isinstance(schema, dict):
            name = self._referred(schema)
            if name is not None and name not in seen:
                seen.add(name)
                self._reachable(self._definitions[name], seen)
            for value in schema.values():
                self._reachable(value, seen)
        elif isinstance(schema, list):
            for value in schema:
                self._reachable(value, seen)
        return seen

    def _referred(self, schema: dict[str, Any]) -> str | None:
        reference = schema.get("$ref")
        if not isinstance(reference, str) or not reference.startswith(DEFINITIONS):
            return None
        name = reference.removeprefix(DEFINITIONS)
        return name if name in self._definitions else None

    def apply(self, schema: Any) -> Any:
        if isinstance(schema, list):
            return [self.apply(value) for value in schema]
        if not isinstance(schema, dict):
            return schema
        name = self._referred(schema)
        if name is not None and name not in self.recursive:
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            return self.apply({**self._definitions[name], **beside})
        made = {key: value if key in DATA else self.apply(value) for key, value in schema.items()}
        if "discriminator" in made and "oneOf" in made:
            tag = made.pop("discriminator")["propertyName"]  # OpenAPI's, with references into the definitions
            made["oneOf"] = [_with_required(branch, tag) for branch in made["oneOf"]]
        if "prefixItems" in made:  # 2020-12's tuples, written as draft-07 does
            rest = made.pop("items", None)
            made["items"] = made.pop("prefixItems")
            if rest is not None:
                made["additionalItems"] = rest
        return made


def _with_required(branch: dict[str, Any], tag: str) -> dict[str, Any]:
    """Require the tag of a union, without which pydantic cannot tell the members apart, also where it has a default."""
    if tag not in branch.get("properties", {}) or tag in branch.get("required", ()):
        return branch
    return {**branch, "required": [*branch.get("required", ()), tag]}


DATA = frozenset({"default", "const", "enum", "examples", "x-samples"})
"""The keywords whose values are data, not schemas."""


def as_checked(schema: Any) -> Any:
    """Return the schema that data is checked against before pydantic builds from it, where AJV's ways are in the way.

    AJV, as the package sets it, drops an additional property that does not fit: a `dict[str, int]` would lose its wrong
    values without a word. Here they are pattern properties. And its durations are neither negative nor have fractions.
    """
    if isinstance(schema, list):
        return [as_checked(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: value if key in DATA else as_checked(value) for key, value in schema.items()}
    if isinstance(made.get("additionalProperties"), dict) and "patternProperties" not in made:
        others = f"^(?!(?:{'|'.join(map(_escaped, made['properties']))})$)" if "properties" in made else ""
        made["patternProperties"] = {others: made.pop("additionalProperties")}
    if made.get("format") == "duration":
        del made["format"]
    return made


def _escaped(name: str) -> str:
    """Write a name as a pattern of JavaScript's."""
    return re.sub(r"[\\^$.*+?()[\]{}|/]", r"\\\g<0>", name)
