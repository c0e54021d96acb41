"""The base of the models that cross the protocol's edge: Python names inside, camelCase on the wire."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

__all__ = ["ProtocolModel", "to_camel"]


class ProtocolModel(BaseModel):
    """A model that takes snake_case and camelCase keys, and is written in camelCase."""

    # built at first use: an app that imports us uses a few of these models, and building all takes 30 ms
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, defer_build=True)
