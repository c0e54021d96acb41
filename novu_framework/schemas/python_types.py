"""Python's own types as schemas: pydantic models, dataclasses and TypedDicts, by pydantic.

What Novu sees of such a type is a JSON Schema as one would write it by hand (or as zod makes it): no titles made
from names, no references where the type does not contain itself, draft-07 tuples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from typing_extensions import is_typeddict

from novu_framework.npm.ajv.validator import Issue
from novu_framework.schemas.typed_dicts import readable_by_pydantic


def is_schema_type(source: Any) -> bool:
    """Tell whether ``source`` is a type that can be a schema: a model, a dataclass or a TypedDict."""
    plain = get_args(source)[0] if get_origin(source) is Annotated else source
    plain = get_origin(plain) or plain  # a generic TypedDict or dataclass with its arguments
    if not isinstance(plain, type):
        return False
    return issubclass(plain, BaseModel) or is_dataclass(plain) or is_typeddict(plain)


def adapter_for(source: Any) -> TypeAdapter[Any]:
    """Return the pydantic adapter of a type; raises `TypeError` for types that pydantic cannot make a schema of."""
    with _refusals_of(source):
        return TypeAdapter(readable_by_pydantic(source))


def json_schema_of(adapter: TypeAdapter[Any], source: Any) -> dict[str, Any]:
    """Return the JSON Schema that a value has to fit before the adapter of ``source`` builds from it."""
    with _refusals_of(source):
        document = adapter.json_schema(mode="validation", by_alias=True, schema_generator=_AsByHand)
    definitions = document.pop("$defs", {})
    inlined = _Inlining(definitions)
    schema = inlined.apply(document)
    reference = schema.get("$ref")
    if isinstance(reference, str):  # a type that contains itself is a mere reference to its definition
        name = reference.removeprefix(_DEFINITIONS)
        schema = {**inlined.apply(definitions[name]), **{key: schema[key] for key in schema if key != "$ref"}}
    recursive = {name: inlined.apply(definitions[name]) for name in definitions if name in inlined.recursive}
    return {**schema, "$defs": recursive} if recursive else schema


@contextmanager
def _refusals_of(source: Any) -> Iterator[None]:
    try:
        yield
    except (PydanticUserError, NameError) as error:
        raise TypeError(
            f"{getattr(source, '__name__', source)} cannot be used as a schema: {error}"
        ) from error


_DEFINITIONS = "#/$defs/"


class _AsByHand(GenerateJsonSchema):
    """JSON Schema without what pydantic adds of its own: titles made from names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: Any) -> dict[str, Any]:
        return _without_own_name(super().model_schema(schema), schema)

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        return _without_own_name(super().dataclass_schema(schema), schema)

    def typed_dict_schema(self, schema: Any) -> dict[str, Any]:
        return _without_own_name(super().typed_dict_schema(schema), schema)

    def enum_schema(self, schema: Any) -> dict[str, Any]:
        self._enum_names.add(schema["cls"].__name__)
        return super().enum_schema(schema)

    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> dict[str, Any]:
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
        if not isinstance(reference, str) or not reference.startswith(_DEFINITIONS):
            return None
        name = reference.removeprefix(_DEFINITIONS)
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
        made = {key: value if key in _DATA else self.apply(value) for key, value in schema.items()}
        if "discriminator" in made and ("oneOf" in made or "anyOf" in made):
            del made["discriminator"]  # OpenAPI's, with references into the definitions
        if "prefixItems" in made:  # 2020-12's tuples, written as draft-07 does
            rest = made.pop("items", None)
            made["items"] = made.pop("prefixItems")
            if rest is not None:
                made["additionalItems"] = rest
        return made


_DATA = frozenset({"default", "const", "enum", "examples"})  # keywords whose values are data, not schemas


def issues_of(error: ValidationError, data: Any) -> list[Issue]:
    """Return what pydantic refused in ``data``, as the protocol's issues.

    Pydantic's locations also name the branch of a union or the validator that spoke; only the parts that lead
    somewhere in ``data`` make the JSON pointer.
    """
    return [Issue(_pointer(detail["loc"], data), _message(detail)) for detail in error.errors()]


def _pointer(location: tuple[int | str, ...], data: Any) -> str:
    pointer = ""
    for part in location:
        members: Mapping[int | str, Any] = dict(enumerate(data)) if isinstance(data, list) else {}
        if isinstance(data, dict):
            members = data
        if part in members:
            data = members[part]
            pointer += "/" + str(part).replace("~", "~0").replace("/", "~1")
    return pointer


def _message(detail: Any) -> str:
    raised = detail.get("ctx", {}).get("error")
    return str(raised) if isinstance(raised, Exception) and str(raised) else str(detail["msg"])
