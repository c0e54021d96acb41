"""A schema over whatever the user wrote it as.

`Schema` is what payloads, controls, environments and results have in common; `PayloadSchema` and `ControlSchema`
add the one policy in which each differs.

    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Order:
    ...     number: int
    ...     note: str = "none"
    >>> plain, built, issues = Schema.of(Order).validate({"number": 7})
    >>> plain, built, issues
    ({'number': 7, 'note': 'none'}, Order(number=7, note='none'), [])
    >>> Schema.of(Order).validate({"number": "seven"})[2]
    [Issue(path='/number', message='must be integer')]
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import UnionType
from typing import Any, Final, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError
from typing_extensions import Self

from novu_framework._internal.cached import cached_property
from novu_framework._internal.json_data import json_data, json_types
from novu_framework.npm.ajv.references import pointer_token
from novu_framework.npm.ajv.validator import Issue, JsonSchema, SchemaError, Validator
from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.schemas.construction import construct
from novu_framework.schemas.json_schema import as_checked
from novu_framework.schemas.python_types import (
    adapter_for,
    issues_of,
    json_schema_of,
    object_schema_of,
    or_empty,
    reader_of,
    takes_null,
    tells_json_from_python,
)

logger: Final = logging.getLogger("novu_framework")

SchemaSource: TypeAlias = type[Any] | UnionType | Mapping[str, Any]
"""A type whose values are objects in JSON (a pydantic model, a dataclass, a TypedDict, ...), or a JSON Schema dict."""

_SchemaT = TypeVar("_SchemaT", bound="Schema")

NO_SCHEMA: JsonSchema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
"""What discovery shows where the user gave no schema: an object that allows nothing."""


def _as_it_is(data: Any) -> Any:
    return data


class Schema:
    """The form that data has to have, and what it becomes once it has it.

    Make one with `Schema.of`. Data is first checked as plain JSON, with AJV's answers, whatever the source; only then
    does pydantic build the instance.

    Attributes:
        source: What the user wrote.
        json_schema: What discovery shows.
    """

    def __init__(self, source: Any = None) -> None:
        self.source = source
        self.json_schema: JsonSchema
        self._adapter: TypeAdapter[Any] | None = None
        self._built: Callable[[Any], Any] = _as_it_is
        self._takes_none = False
        if source is None:
            self.json_schema = copy_json(NO_SCHEMA)
        elif isinstance(source, Mapping):
            self.json_schema = json_types(source)
            _require_object(self.json_schema)
            self.validator = Validator(self.json_schema)
        else:
            self._adapter = adapter_for(source)
            shown = json_schema_of(self._adapter, source)
            self._takes_none = takes_null(shown)
            self._checked = object_schema_of(shown, source)
            self.json_schema = or_empty(self._checked) if self._takes_none else self._checked
            self._built = reader_of(self._adapter, takes_none=self._takes_none)

    @cached_property
    def validator(self) -> Validator:
        """The check against `json_schema`."""
        return Validator(as_checked(self._checked) if self._adapter else self.json_schema)

    @cached_property
    def _at_once(self) -> Callable[[Any], Any] | None:
        """What builds from data that is valid as it is, without a check ahead; None where nothing does."""
        if self._adapter is None or self._takes_none or tells_json_from_python(self._adapter.core_schema):
            return None
        from novu_framework.schemas.building import builder_of

        usual = self.validator.usual
        return None if usual is None else builder_of(usual, self._adapter.core_schema)

    @cached_property
    def sample_schema(self) -> JsonSchema:
        """The schema to make data from: `json_schema`, with sample values where it does not say enough."""
        if self._adapter is None:
            return self.json_schema
        from novu_framework.schemas.samples import (
            sample_schema_of,  # an app that only triggers makes nothing up
        )

        return sample_schema_of(self._adapter, self.source)

    def sample(self) -> Any:
        """Make plain JSON data that fits, the same every time, as far as the schema says how."""
        return copy_json(self._sample)

    @cached_property
    def _sample(self) -> Any:
        from novu_framework.npm.mock_data import made_up
        from novu_framework.schemas.samples import sample_of

        return made_up(self.json_schema) if self._adapter is None else sample_of(self.sample_schema)

    def with_hints(self, issues: list[Issue], given: Mapping[str, Any]) -> list[Issue]:
        """Add to issues with data that `sample` made, other than what was ``given``, what the user can do about them."""
        if self._adapter is None:
            return issues
        return [
            issue if _first_key(issue) in given else replace(issue, message=f"{issue.message} ({_HINT})")
            for issue in issues
        ]

    @classmethod
    def of(cls, source: Any) -> Self:
        """Make a schema from a type whose values are objects in JSON, a JSON Schema dict, or None for no schema.

        Raises:
            TypeError: It is something else, or a type that pydantic cannot read.
            SchemaError: The JSON Schema is wrong in itself, or does not describe an object.
        """
        if isinstance(source, cls):
            return source
        return _shared(cls, source) if isinstance(source, type) else cls(source)  # type: ignore[arg-type]  # mypy takes no class for hashable

    def check(self, data: Any, *, copy: bool = True) -> tuple[Any, list[Issue]]:
        """Check plain data, and return it with defaults filled in and failing extras dropped, and what is wrong.

        With ``copy=False`` the data itself may be changed, and given back.
        """
        may_be_none = self._takes_none and data == {}
        checked, issues = self.validator.validate(data, copy=copy)
        return ({}, []) if issues and may_be_none else (checked, issues)

    def build(self, data: Any) -> Any:
        """Return checked data as what the source says: an instance, or the same data for a JSON Schema.

        Raises:
            pydantic.ValidationError: A validator of the model refuses.
        """
        return self._built(data)

    def validate(self, data: Any, *, copy: bool = True) -> tuple[Any, Any, list[Issue]]:
        """Check, then build: (plain, built, issues); ``built`` is None for data with issues."""
        if self._at_once is not None:
            plain = self.validator.filled(data, copy=copy)
            try:
                return plain, self._at_once(plain), []
            except Exception:  # also a validator of the user, which is heard once the check has passed
                data, copy = plain, copy and plain is data
        plain, issues = self.check(data, copy=copy)
        if issues:
            return plain, None, issues
        try:
            return plain, self.build(plain), []
        except ValidationError as error:
            return plain, None, issues_of(error, plain)

    def dump(self, value: Any) -> Any:
        """Return an instance, or a dict that may hold some, as plain JSON data with the names that travel (aliases).

        Raises:
            NotJsonError: JSON cannot carry something in it.
        """
        if self._adapter is not None and not isinstance(value, (Mapping, list)):
            data = json_data(value, self._adapter.serializer)
            return {} if data is None and self._takes_none else data
        return json_data(value)


@lru_cache(256)
def _shared(cls: type[_SchemaT], source: type) -> _SchemaT:
    """Make the schema of a class once: many workflows and steps may share their models."""
    return cls(source)


class PayloadSchema(Schema):
    """A `Schema` that, where the user gave none, hands the payload over as it came.

    The npm package checks such a payload against its stand-in schema, which empties it. We show the same stand-in
    in discovery but give the workflow what was sent.
    """

    def check(self, data: Any, *, copy: bool = True) -> tuple[Any, list[Issue]]:
        """Check a payload; see `Schema.check`."""
        if self.source is not None:
            return super().check(data, copy=copy)
        if isinstance(data, dict):
            return copy_json(data) if copy else data, []
        return data, [Issue("", "must be object")]

    def forbidden(self, given: Any, checked: Any) -> list[Issue]:
        """Return the members that `check` dropped and the type forbids; none for a JSON Schema, which AJV leaves at that."""
        gone = list(_dropped(given, checked)) if self._adapter is not None else []
        if gone:
            try:
                self.build(given)
            except ValidationError:
                return gone
        return []


def _dropped(given: Any, kept: Any, path: str = "") -> Iterator[Issue]:
    if isinstance(given, dict) and isinstance(kept, dict):
        for name, value in given.items():
            place = f"{path}/{pointer_token(name)}"
            if name in kept:
                yield from _dropped(value, kept[name], place)
            else:
                yield Issue(place, "is not a field of the payload")
    elif isinstance(given, list) and isinstance(kept, list):
        for index, (value, left) in enumerate(zip(given, kept, strict=True)):
            yield from _dropped(value, left, f"{path}/{index}")


class ControlSchema(Schema):
    """A `Schema` whose `build` never fails.

    Controls are checked as they were saved, with their Liquid, and compiled afterwards. The compiled text may then
    break what the model asks for (a length, a pattern, a validator of the user's), and the npm package would send
    the notification all the same; so here the value is put in as it is, and the log says so. Controls without a
    schema are empty, as in the package: the stand-in schema drops every key.
    """

    def check(self, data: Any, *, copy: bool = True) -> tuple[Any, list[Issue]]:
        """Check controls as they were saved, templates and all; see `Schema.check`."""
        if self.source is None and isinstance(data, dict):
            return {}, []  # what the stand-in schema leaves, sooner
        return super().check(data, copy=copy)

    def build(self, data: Any) -> Any:
        """Return compiled controls as their schema says; what no longer fits is used as it is."""
        try:
            return super().build(data)
        except ValidationError as error:
            logger.warning(
                "Controls no longer fit %s once their templates are compiled; used as they are: %s",
                getattr(self.source, "__name__", self.source),
                error,
            )
            return construct(self.source, data)


_HINT = "in data made up for the preview: give the field an example, as `Field(examples=[...])`"


def _first_key(issue: Issue) -> str:
    return issue.path[1:].partition("/")[0].replace("~1", "/").replace("~0", "~")


def _require_object(schema: JsonSchema) -> None:
    """The package's own condition on schemas; others fail there as "Invalid schema" when the app starts."""
    if schema.get("type") != "object" and not any(schema.get(key) for key in ("anyOf", "allOf", "oneOf")):
        raise SchemaError(
            'Invalid schema: Novu takes schemas of objects, so give it "type": "object" (or anyOf, allOf, oneOf)'
        )
