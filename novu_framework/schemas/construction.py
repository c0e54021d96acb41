"""Instances without validation: what fits is converted, what does not is put in as it is."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from typing_extensions import get_type_hints, is_typeddict

from novu_framework.schemas.fielded import fields_of, is_fielded, made_of
from novu_framework.schemas.python_types import adapter_for


def construct(source: Any, data: Any) -> Any:
    """Make an instance of the type ``source`` from plain data that its own validation refuses.

    >>> from pydantic import BaseModel, Field
    >>> class Message(BaseModel):
    ...     title: str = Field(max_length=3)
    ...     retries: int = 1
    >>> construct(Message, {"title": "too long", "retries": "2"})
    Message(title='too long', retries=2)
    """
    try:
        return adapter_for(source).validate_python(data)
    except (ValidationError, TypeError):
        pass
    from pydantic import RootModel  # loads the plugins of pydantic: 10 ms, which importing us can do without

    origin, arguments = get_origin(source), get_args(source)
    if origin is Annotated:
        return construct(arguments[0], data)
    if origin in (typing.Union, types.UnionType):
        return _construct_any(arguments, data)
    if (
        isinstance(data, list)
        and isinstance(origin, type)
        and arguments
        and issubclass(origin, (list, tuple))
    ):
        return [construct(arguments[0], value) for value in data]
    if not isinstance(data, dict) or not isinstance(source, type) or issubclass(source, RootModel):
        return data
    if issubclass(source, BaseModel):
        return source.model_construct(**_model_fields(source, data))
    if is_dataclass(source):
        return _construct_dataclass(source, data)
    if is_fielded(source):
        return _construct_fielded(source, data)
    return _members(get_type_hints(source), data) if is_typeddict(source) else data


def _construct_any(branches: tuple[Any, ...], data: Any) -> Any:
    """The first branch of a union that makes something of a dict; other data stays as it is."""
    for branch in branches:
        made = construct(branch, data) if isinstance(data, (dict, list)) else data
        if made is not data:
            return made
    return data


def _model_fields(model: type[BaseModel], data: Mapping[str, Any]) -> dict[str, Any]:
    made = {}
    for name, field in model.model_fields.items():
        for key in (field.validation_alias, field.alias, name):
            if isinstance(key, str) and key in data:
                made[name] = construct(field.rebuild_annotation(), data[key])
                break
    return made


def _construct_dataclass(cls: Any, data: Mapping[str, Any]) -> Any:
    instance = object.__new__(cls)
    hints = get_type_hints(cls)
    for field in fields(cls):
        if field.name in data:
            value = construct(hints[field.name], data[field.name])
        elif field.default is not MISSING:
            value = field.default
        elif field.default_factory is not MISSING:
            value = field.default_factory()
        else:
            continue
        object.__setattr__(instance, field.name, value)  # also where the dataclass is frozen
    return instance


def _construct_fielded(cls: Any, data: Mapping[str, Any]) -> Any:
    fields = fields_of(cls)
    values = {
        field.alias: construct(field.hint, data[field.alias]) for field in fields if field.alias in data
    }
    try:
        return made_of(cls, fields, values)
    except ValueError:  # its own checks refuse
        return data


def _members(hints: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: construct(hints[key], value) if key in hints else value for key, value in data.items()}
