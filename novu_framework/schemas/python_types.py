"""Python's own types as schemas, by pydantic: models, dataclasses, TypedDicts and what else is an object in JSON.

What Novu sees of such a type is a JSON Schema as one would write it by hand (or as zod makes it): no titles made
from names, no references where the type does not contain itself, draft-07 tuples.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from typing import Any, NewType, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.errors import PydanticUserError
from pydantic.json_schema import GenerateJsonSchema
from typing_extensions import TypeAliasType

from novu_framework._internal.functions import NotDefinedYetError
from novu_framework.npm.ajv.references import pointer_token
from novu_framework.npm.ajv.validator import Issue, SchemaError
from novu_framework.schemas.json_schema import DEFINITIONS, JsonSchemaByHand, without_references
from novu_framework.schemas.readable_types import readable_by_pydantic

SUPPORTED = (
    "A schema is a pydantic model, a dataclass, a TypedDict, a NamedTuple, a class of attrs or msgspec, "
    "dict[str, ...], a union of these or of one with None, or a JSON Schema dict."
)
"""What the user may give, for errors that refuse something else."""


def is_untyped(annotation: Any) -> bool:
    """Tell whether an annotation says no more than "any object": none, `Any`, `dict`, `Mapping[str, Any]`, ..."""
    if annotation in (None, Any, object):
        return True
    origin, arguments = get_origin(annotation) or annotation, get_args(annotation)
    if origin in (Union, types.UnionType):
        return all(one is types.NoneType or is_untyped(one) for one in arguments)
    return origin in (dict, Mapping, MutableMapping) and (not arguments or arguments[-1] in (Any, object))


def adapter_for(source: Any) -> TypeAdapter[Any]:
    """Return the pydantic adapter of a type; raises `TypeError` for what pydantic cannot make a schema of."""
    if not _is_type(source):
        raise TypeError(f"{source!r} is not a schema. {SUPPORTED}")
    with _refusals_of(source):
        return TypeAdapter(readable_by_pydantic(source))


def _is_type(source: Any) -> bool:
    if source is BaseModel:
        return False
    named = isinstance(source, (type, NewType, TypeAliasType, getattr(typing, "TypeAliasType", type)))
    return named or get_origin(source) is not None


def object_schema_of(schema: dict[str, Any], source: Any) -> dict[str, Any]:
    """Return the JSON Schema of a type without null; raises `SchemaError` where it has other values than objects."""
    definitions = schema.get("$defs", {})
    objects = without_null(schema)
    if not _describes_objects(objects, definitions):
        raise SchemaError(
            f"{name_of(source)} is not an object in JSON, and Novu takes schemas of objects only: "
            f"make it a field of a model. {SUPPORTED}"
        )
    return objects


def without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that is there from that of one that may be None."""
    rest = [branch for branch in schema.get("anyOf", ()) if branch != NULL]
    if not takes_null(schema) or len(rest) != 1:
        return {**schema, "anyOf": rest} if rest else schema
    beside = {key: value for key, value in schema.items() if key != "anyOf"}
    reference = rest[0].get("$ref", "").removeprefix(DEFINITIONS)
    return {**schema.get("$defs", {}).get(reference, rest[0]), **beside}


def takes_null(schema: Mapping[str, Any]) -> bool:
    """Tell whether a schema is that of a union with None."""
    return NULL in schema.get("anyOf", ())


def or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that an empty object fits too: what Novu hands over where nothing was given."""
    if "anyOf" not in schema and "oneOf" not in schema:
        required = schema.get("required")
        some = {key: value for key, value in schema.items() if key != "required"}
        return {**some, "anyOf": [{"required": required}, {"maxProperties": 0}]} if required else schema
    members = schema["anyOf"] if "anyOf" in schema else [{"oneOf": schema["oneOf"]}]
    beside = {key: value for key, value in schema.items() if key not in ("anyOf", "oneOf")}
    return {"anyOf": [*members, {"type": "object", "maxProperties": 0}], **beside}


NULL = {"type": "null"}


def _describes_objects(schema: Any, definitions: Mapping[str, Any]) -> bool:
    if not isinstance(schema, dict):
        return False
    branches = schema.get("anyOf") or schema.get("oneOf")
    if branches:
        return all(_describes_objects(one, definitions) for one in branches)
    reference = str(schema.get("$ref", "")).removeprefix(DEFINITIONS)
    return schema.get("type") == "object" or _describes_objects(definitions.get(reference), {})


def name_of(source: Any) -> str:
    """Return what users call a type."""
    return source.__name__ if isinstance(source, type) and not get_args(source) else str(source)


def json_schema_of(
    adapter: TypeAdapter[Any], source: Any, generator: type[GenerateJsonSchema] | None = None
) -> dict[str, Any]:
    """Return the JSON Schema that a value has to fit before the adapter of ``source`` builds from it."""
    with _refusals_of(source):
        document = adapter.json_schema(schema_generator=generator or JsonSchemaByHand)
    return without_references(document)


def reader_of(adapter: TypeAdapter[Any], *, takes_none: bool) -> Callable[[Any], Any]:
    """Return the function that builds an instance from plain JSON data.

    Pydantic reads such data sooner as Python's than as JSON. What a strict type takes from JSON only, a date from a text
    for example, it has to get as JSON.

    Args:
        takes_none: Whether it makes None of an empty object that the rest of the type refuses.
    """
    read: Callable[[Any], Any] = adapter.validator.validate_python
    if tells_json_from_python(adapter.core_schema):
        read = _read_as_json(adapter)
    return _read_or_none(read) if takes_none else read


def _read_as_json(adapter: TypeAdapter[Any]) -> Callable[[Any], Any]:
    return lambda data: adapter.validator.validate_json(json.dumps(data))


def _read_or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def reading(data: Any) -> Any:
        try:
            return read(data)
        except ValidationError:
            if data != {}:
                raise
            return read(None)

    return reading


def tells_json_from_python(schema: Any) -> bool:
    """Tell whether what pydantic-core builds from a schema depends on whether it is given JSON or Python's values."""
    if isinstance(schema, dict):
        if schema.get("strict") is True or schema.get("val_json_bytes", "utf8") != "utf8":
            return True
        if schema.get("type") == "json-or-python" and schema["python_schema"]["type"] == "is-instance":
            return True  # a type of the user's that Python has to bring as an instance
        return any(map(tells_json_from_python, schema.values()))
    return isinstance(schema, (list, tuple)) and any(map(tells_json_from_python, schema))


@contextmanager
def _refusals_of(source: Any) -> Iterator[None]:
    try:
        yield
    except (PydanticUserError, NameError) as error:
        is_unknown = isinstance(error, NameError) or error.code == "class-not-fully-defined"
        kind = NotDefinedYetError if is_unknown else TypeError
        reason = str(error).splitlines()[0]
        raise kind(f"{name_of(source)} cannot be used as a schema: {reason} {SUPPORTED}") from error


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
            pointer += f"/{pointer_token(part)}"
    return pointer


def _message(detail: Any) -> str:
    raised = detail.get("ctx", {}).get("error")
    return str(raised) if isinstance(raised, Exception) and str(raised) else str(detail["msg"])
