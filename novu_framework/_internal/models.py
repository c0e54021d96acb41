"""The base of the models that cross the protocol's edge: Python names inside, camelCase on the wire."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

__all__ = ["ProtocolModel", "to_camel"]


if TYPE_CHECKING:  # which takes a model's fields from pydantic's own type, not from one below it
    from pydantic._internal._model_construction import ModelMetaclass as _ModelType
else:

    class _ModelType(type(BaseModel)):
        """The type of the models, which gives their signature with the Python names of its fields.

        pydantic's own shows the wire's, and only once used. It sets that one on the model, which has no effect here.
        """

        @property
        def __signature__(cls) -> inspect.Signature:
            if not getattr(cls.__init__, "__pydantic_base_init__", False):
                raise AttributeError("__signature__")  # then inspect looks on, and finds what is called
            parameters = [
                inspect.Parameter(
                    name,
                    inspect.Parameter.KEYWORD_ONLY,
                    default=inspect.Parameter.empty if field.is_required() else field.get_default(),
                    annotation=field.annotation,
                )
                for name, field in cls.model_fields.items()
            ]
            if cls.model_config.get("extra") == "allow":
                parameters.append(inspect.Parameter("extra", inspect.Parameter.VAR_KEYWORD, annotation=Any))
            return inspect.Signature(parameters, return_annotation=None)

        @__signature__.setter
        def __signature__(cls, signature: object) -> None:
            pass


class ProtocolModel(BaseModel, metaclass=_ModelType):
    """A model that takes snake_case and camelCase keys, and is written in camelCase."""

    # built at first use: an app that imports us uses a few of these models, and building all takes 30 ms
    model_config: ClassVar[ConfigDict] = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, defer_build=True
    )

    def __repr_args__(self) -> Iterable[tuple[str | None, Any]]:
        return [(name, value) for name, value in super().__repr_args__() if value is not None]
