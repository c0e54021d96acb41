"""Classes that are objects in JSON and that pydantic does not read as such: attrs, msgspec Structs and NamedTuples.

Nothing is imported: such a class tells by its own attributes what it is, and which fields it has.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import Field
from pydantic_core import PydanticSerializationUnexpectedValue
from typing_extensions import get_type_hints

REQUIRED: Any = object()
"""The default of a field without one."""


class FieldOfClass(NamedTuple):
    """A field: its name, what the constructor and JSON call it, and what its value may be.

    One whose class makes its default `is_made`; one without a name is the tag that a Struct has in JSON only.
    """

    name: str
    argument: str
    alias: str
    hint: Any
    default: Any = REQUIRED
    is_made: bool = False
    tag: Any = None

    @property
    def is_required(self) -> bool:
        """Tell whether an object must have the field."""
        return self.default is REQUIRED and not self.is_made


def is_fielded(cls: Any) -> bool:
    """Tell whether `cls` is a class of attrs, a msgspec Struct or a NamedTuple."""
    return isinstance(cls, type) and (_is_attrs(cls) or _is_struct(cls) or is_named_tuple(cls))


def is_named_tuple(cls: Any) -> bool:
    """Tell whether `cls` is a NamedTuple."""
    return isinstance(cls, type) and issubclass(cls, tuple) and hasattr(cls, "_field_defaults")


def _is_attrs(cls: type) -> bool:
    return hasattr(cls, "__attrs_attrs__")


def _is_struct(cls: type) -> bool:
    return hasattr(cls, "__struct_encode_fields__") and hasattr(cls, "__struct_config__")


def fields_of(source: Any) -> list[FieldOfClass]:
    """List the fields of such a class, or of a generic one with its arguments."""
    cls = get_origin(source) or source
    hints = get_type_hints(cls, include_extras=True)
    variables = dict(zip(getattr(cls, "__parameters__", ()), get_args(source), strict=False))
    read = _attrs_fields if _is_attrs(cls) else _struct_fields if _is_struct(cls) else _tuple_fields
    return [field._replace(hint=_filled(field.hint, variables)) for field in read(cls, hints)]


def made_of(cls: Any, fields: list[FieldOfClass], values: Mapping[str, Any]) -> Any:
    """Make an instance from values under the names in JSON; ValueError where the class refuses them."""
    given = {
        field.argument: values[field.alias] for field in fields if field.argument and field.alias in values
    }
    try:
        return cls(**given)
    except TypeError as error:  # which pydantic would let through
        raise ValueError(str(error)) from error


def values_of(instance: Any, cls: Any, fields: list[FieldOfClass]) -> Any:
    """Return an instance's values under the names in JSON; a dict as it is."""
    if isinstance(instance, Mapping):
        return instance
    if not isinstance(instance, cls):  # in a union, pydantic then asks the next member
        raise PydanticSerializationUnexpectedValue(f"expected {cls.__name__}")
    values = {field.alias: getattr(instance, field.name, field.tag) for field in fields}
    return {key: value for key, value in values.items() if type(value).__name__ != "UnsetType"}


def _filled(hint: Any, variables: Mapping[Any, Any]) -> Any:
    if hint in variables:
        return variables[hint]
    parameters = getattr(hint, "__parameters__", ())
    return hint[tuple(variables.get(one, one) for one in parameters)] if variables and parameters else hint


def _attrs_fields(cls: Any, hints: Mapping[str, Any]) -> Iterator[FieldOfClass]:
    for one in cls.__attrs_attrs__:
        if one.init:
            is_made = hasattr(one.default, "factory")
            has_default = not is_made and type(one.default).__name__ != "_Nothing"
            default = one.default if has_default else REQUIRED
            hint = hints.get(one.name, one.type or Any)
            yield FieldOfClass(one.name, one.alias, one.alias, hint, default, is_made)


def _tuple_fields(cls: Any, hints: Mapping[str, Any]) -> Iterator[FieldOfClass]:
    for name in cls._fields:
        yield FieldOfClass(name, name, name, hints.get(name, Any), cls._field_defaults.get(name, REQUIRED))


def _struct_fields(cls: Any, hints: Mapping[str, Any]) -> Iterator[FieldOfClass]:
    names, defaults = cls.__struct_fields__, cls.__struct_defaults__
    first_default = len(names) - len(defaults)
    config = cls.__struct_config__
    if config.tag is not None:
        yield FieldOfClass("", "", config.tag_field, Literal[config.tag], tag=config.tag)
    for index, (name, alias) in enumerate(zip(names, cls.__struct_encode_fields__, strict=True)):
        default = defaults[index - first_default] if index >= first_default else REQUIRED
        kind = type(default).__name__
        is_made = hasattr(default, "factory") or kind == "UnsetType"
        known = not is_made and kind != "NoDefaultType"
        yield FieldOfClass(
            name, name, alias, _without_unset(hints[name]), default if known else REQUIRED, is_made
        )


def _without_unset(hint: Any) -> Any:
    members = [member for member in get_args(hint) if getattr(member, "__name__", "") != "UnsetType"]
    if get_origin(hint) not in (Union, types.UnionType) or len(members) == len(get_args(hint)):
        return hint
    return Union[tuple(members)]  # noqa: UP007  (the members are known only now)


_META = (
    *("gt", "ge", "lt", "le", "multiple_of", "pattern", "min_length", "max_length"),
    *("title", "description", "examples"),
)
"""What a `msgspec.Meta` says, which pydantic calls by the same names."""


def readable_metadata(said: Any) -> Any:
    """Return metadata of `Annotated` as pydantic reads it: a `msgspec.Meta` as a `Field`."""
    if type(said).__module__ != "msgspec":
        return said
    return Field(**{name: found for name in _META if (found := getattr(said, name)) is not None})
