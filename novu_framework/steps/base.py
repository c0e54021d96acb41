"""What kinds of step there are, and the schemas that the protocol holds each to.

The schemas are recorded answers of `@novu/framework` 2.13.2 (`schemas.json`, `providers.json`); `make record`
asks it again.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, TypeAlias

from pydantic import BaseModel

from novu_framework._internal.models import ProtocolModel
from novu_framework.npm.ajv.validator import Issue, JsonSchema, Validator

logger = logging.getLogger("novu_framework")


ResultModel: TypeAlias = type[ProtocolModel]


class StepOutput(ProtocolModel):
    """The base of the models that a resolver may return instead of a dict."""


@dataclass(frozen=True)
class StepKind:
    """One kind of step.

    Attributes:
        type: The protocol's name of it, such as `in_app`.
        label: What people call it.
        default_provider: What carries its messages where nothing else was chosen; None for a kind that is no channel.
        result: The model that a later step gets this one's result as; None for kinds without one.
        sanitized: Whether its outputs are HTML that is sanitised.
    """

    type: str
    label: str
    default_provider: str | None = None
    result: ResultModel | None = None
    sanitized: bool = False

    @property
    def is_channel(self) -> bool:
        """Tell whether a step of this kind delivers a message."""
        return self.default_provider is not None

    @cached_property
    def outputs(self) -> Validator:
        """Checks what a resolver returned."""
        return Validator(_recorded("schemas.json")[self.type]["outputs"])

    @cached_property
    def results(self) -> Validator:
        """Checks what the state says of a step that ran earlier."""
        return Validator(_recorded("schemas.json")[self.type]["results"])

    @cached_property
    def provider_schemas(self) -> Mapping[str, JsonSchema]:
        """The channel's providers by id, each with the schema of what may be sent to it; empty for an action."""
        known: dict[str, JsonSchema] = _recorded("providers.json").get(self.type, {})
        return known

    def provider(self, provider_id: str) -> Validator:
        """Checks what a provider's function returned; `_passthrough` is always allowed."""
        return _provider_validator(self.type, provider_id)

    @cached_property
    def _wire_names(self) -> dict[str, str]:
        names = {_snake(name): name for name in _property_names(self.outputs.schema)}
        names["from_"] = "from"  # a Python keyword, so models and keyword arguments write it so
        return {python: wire for python, wire in names.items() if python != wire}

    def plain(self, output: Any) -> Any:
        """What a resolver returned, as plain data under the protocol's names.

        Takes an output model, a dataclass or a dict whose keys are camelCase or snake_case; anything else is
        given back as it is, for the validation to refuse.
        """
        if type(output) is dict:  # most often
            return self._renamed(output)
        if isinstance(output, StepOutput):
            return output.model_dump(by_alias=True, exclude_none=True)
        if isinstance(output, BaseModel):
            output = output.model_dump(by_alias=True)
        elif dataclasses.is_dataclass(output) and not isinstance(output, type):
            output = dataclasses.asdict(output)
        return self._renamed(output) if isinstance(output, Mapping) else output

    def plain_provider(self, output: Any) -> Any:
        """What a provider's function returned, as plain data; providers' keys are taken as they are written."""
        if isinstance(output, BaseModel):
            return output.model_dump(by_alias=True, exclude_none=True)
        return dict(output) if isinstance(output, Mapping) else output

    def _renamed(self, value: Any) -> Any:
        if value is None or isinstance(value, (str, int, float)):
            return value
        if isinstance(value, (dict, Mapping)):  # a dict is known for one much sooner than a Mapping
            names = self._wire_names
            return {
                names.get(key, key): item if key == "data" else self._renamed(item)
                for key, item in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self._renamed(item) for item in value]
        return value


@cache
def _recorded(name: str) -> dict[str, Any]:
    recorded: dict[str, Any] = json.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    return recorded


@cache
def _provider_validator(step_type: str, provider_id: str) -> Validator:
    schema = _recorded("providers.json")[step_type][provider_id]
    properties = {**schema.get("properties", {}), "_passthrough": True}
    return Validator({**schema, "properties": properties})


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda match: "_" + match[1].lower(), name)


def _property_names(schema: Any) -> set[str]:
    names: set[str] = set()
    if isinstance(schema, dict):
        properties = schema.get("properties")
        if isinstance(properties, dict):
            names.update(properties)
        for part in schema.values():
            names |= _property_names(part)
    elif isinstance(schema, list):
        for part in schema:
            names |= _property_names(part)
    return names


def dropped_keys(before: Any, after: Any) -> tuple[str, ...]:
    """The top-level keys of an output that validation dropped, in order."""
    if not isinstance(before, dict) or not isinstance(after, dict) or len(before) == len(after):
        return ()
    return tuple(str(key) for key in before if key not in after)


__all__ = ["Issue", "StepKind", "StepOutput", "dropped_keys", "logger"]
