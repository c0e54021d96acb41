"""The base of the models that cross the protocol's edge: Python names inside, camelCase on the wire."""

from __future__ import annotations

import inspect
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

__all__ = ["ProtocolModel", "to_camel"]


class _PythonSignature:
    """The signature of a model with the Python names of its fields; pydantic's own shows the wire's, and only once used."""

    def __get__(self, instance: object, model: type[BaseModel]) -> inspect.Signature:
        own_init = not getattr(model.__init__, "__pydantic_base_init__", False)
        if instance is not None or own_init:  # then inspect looks on, and finds what is called
            raise AttributeError("__signature__")
        parameters = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if field.is_required() else field.get_default(),
                annotation=field.annotation,
            )
            for name, field in model.model_fields.items()
        ]
        if model.model_config.get("extra") == "allow":
            parameters.append(inspect.Parameter("extra", inspect.Parameter.VAR_KEYWORD, annotation=Any))
        return inspect.Signature(parameters, return_annotation=None)


class ProtocolModel(BaseModel):
    """A model that takes snake_case and camelCase keys, and is written in camelCase."""

    # built at first use: an app that imports us uses a few of these models, and building all takes 30 ms
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, defer_build=True)

    if not TYPE_CHECKING:
        __signature__ = _PythonSignature()

        @classmethod
        def __pydantic_on_complete__(cls) -> None:  # called from pydantic 2.12 on
            with suppress(AttributeError):
                del cls.__signature__  # the one that pydantic sets when it builds the model
