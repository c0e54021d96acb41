"""A kind of step, and what every kind has: outputs, results, options, and the method of `step` that takes it.

The schemas are what `@novu/framework` 2.13.2 answered (`schemas.json`, `providers.json`); `make record` asks it again.
"""

from __future__ import annotations

import dataclasses
import json
import pkgutil
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import cache, update_wrapper
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar

from pydantic import BaseModel

from novu_framework._internal.cached import cached_property
from novu_framework._internal.json_data import EXACT_TYPES, json_types
from novu_framework._internal.models import ProtocolModel
from novu_framework._internal.twins import Method, as_method, without_suspending
from novu_framework.schemas import JsonSchema, SchemaSource, Validator

_KEYS = frozenset({str})

P = ParamSpec("P")
T = TypeVar("T")

Output: TypeAlias = T | Mapping[str, Any]
"""What a resolver returns: the step's output model, or a dict of it."""

Resolver: TypeAlias = (
    Output[T]
    | Callable[[], Output[T] | Awaitable[Output[T]]]
    | Callable[[Any], Output[T] | Awaitable[Output[T]]]
)
"""A value, or a function, sync or async, that takes the step's `controls` or nothing."""

Skip: TypeAlias = (
    bool | Callable[[], object | Awaitable[object]] | Callable[[Any], object | Awaitable[object]]
)
"""Whether to leave the step out: a bool, or a function of `controls` or of nothing, sync or async."""

_Provided: TypeAlias = Mapping[str, Any] | BaseModel | Awaitable[Mapping[str, Any] | BaseModel]


class _OfBoth(Protocol):
    def __call__(self, *, controls: Any, outputs: Any) -> _Provided: ...


class _OfOutputs(Protocol):
    def __call__(self, *, outputs: Any) -> _Provided: ...


class _OfControls(Protocol):
    def __call__(self, *, controls: Any) -> _Provided: ...


# the first three give the parameters of a lambda their types, the others are for keyword-only parameters
Provider: TypeAlias = (
    Callable[[Any], _Provided]
    | Callable[[Any, Any], _Provided]
    | Callable[[], _Provided]
    | _OfBoth
    | _OfOutputs
    | _OfControls
)
"""A function, sync or async, that takes `controls` and `outputs` by name (either, both or none)."""

Providers: TypeAlias = Mapping[str, Provider]
"""A function for each provider id, such as `{"sendgrid": lambda outputs: {"ipPoolName": "vip"}}`."""


ResultModel: TypeAlias = type[ProtocolModel]


class StepOutput(ProtocolModel):
    """The base of the models that a resolver may return instead of a dict."""


@dataclass(frozen=True)
class StepKind:
    """One kind of step.

    Attributes:
        type: The protocol's name of it, such as `in_app`.
        label: What people call it.
        default_provider: The provider of its messages where no other was chosen; None if it is not a channel.
        result: The model that a later step gets this one's result as; None for kinds without one.
        sanitized: Whether its outputs are HTML that is sanitised.
        has_output_schema: Whether its step brings a schema of its own for outputs and results.
        asks_bridge: Whether Novu asks the bridge to execute it; False where Novu does the work itself.
        stand_in_result: Makes the result that a handler gets while it is discovered, from the payload's stand-in.
        complete_made_up: Completes a result that was made up for a preview, given the run's payload.
    """

    type: str
    label: str
    default_provider: str | None = None
    result: ResultModel | None = None
    sanitized: bool = False
    has_output_schema: bool = False
    asks_bridge: bool = True
    stand_in_result: Callable[[Any], Any] = lambda payload: None
    complete_made_up: Callable[[Any, Any], Any] = lambda result, payload: result

    @property
    def is_channel(self) -> bool:
        """True for a kind that delivers messages."""
        return self.default_provider is not None

    @cached_property
    def outputs(self) -> Validator:
        """The check of what a resolver returned."""
        return Validator(_recorded("schemas.json")[self.type]["outputs"])

    @cached_property
    def results(self) -> Validator:
        """The check of what the state says of a step that ran earlier."""
        return Validator(_recorded("schemas.json")[self.type]["results"])

    @cached_property
    def provider_schemas(self) -> Mapping[str, JsonSchema]:
        """The channel's providers by id, each with the schema of what may be sent to it; empty for an action."""
        known: dict[str, JsonSchema] = _recorded("providers.json").get(self.type, {})
        return known

    def provider(self, provider_id: str) -> Validator:
        """Return the check of what a provider's function returned; `_passthrough` is always allowed."""
        return _provider_validator(self.type, provider_id)

    def build_result(self, data: dict[str, Any]) -> Any:
        """Return a result's checked data as the handler gets it: the kind's model, a dict, or None."""
        if self.result is not None:
            return self.result.model_validate(data)
        return None if self.asks_bridge else data

    @cached_property
    def _wire_names(self) -> dict[str, str]:
        names = {_snake(name): name for name in _property_names(self.outputs.schema)}
        names["from_"] = "from"  # a Python keyword, so models and keyword arguments write it so
        return {python: wire for python, wire in names.items() if python != wire}

    def to_wire(self, output: Any) -> Any:
        """Return what a resolver returned as plain data under the protocol's names.

        Args:
            output: An output model, a dataclass or a dict whose keys are camelCase or snake_case; anything else is
                given back as it is, for the validation to refuse.
        """
        if type(output) is dict:  # most often, and then of texts under the protocol's names
            flat = EXACT_TYPES.issuperset(map(type, output.values())) and _KEYS.issuperset(map(type, output))
            return (
                output.copy()
                if flat and self._wire_names.keys().isdisjoint(output)
                else self._renamed(output)
            )
        if isinstance(output, StepOutput):
            dumped = output.model_dump(by_alias=True, exclude_none=True)
            return dumped if EXACT_TYPES.issuperset(map(type, dumped.values())) else json_types(dumped)
        if isinstance(output, BaseModel):
            output = output.model_dump(by_alias=True)
        elif dataclasses.is_dataclass(output) and not isinstance(output, type):
            output = dataclasses.asdict(output)
        return self._renamed(output) if isinstance(output, Mapping) else output

    def _renamed(self, value: Any) -> Any:
        if type(value) in EXACT_TYPES:
            return value
        if isinstance(value, (dict, Mapping)):  # a dict is known for one much sooner than a Mapping
            names, renamed = self._wire_names, self._renamed
            return {
                names.get(key) or (key if type(key) is str else json_types(key)): (
                    json_types(one) if key == "data" else renamed(one)
                )
                for key, one in value.items()
            }
        if isinstance(value, (list, tuple)):
            return [self._renamed(item) for item in value]
        return json_types(value)


def provider_to_wire(output: Any) -> Any:
    """Return what a provider's function returned as plain data; providers' keys are taken as they are written."""
    if isinstance(output, BaseModel):
        output = output.model_dump(by_alias=True, exclude_none=True)
    return json_types(output) if isinstance(output, Mapping) else output


class StepCall(NamedTuple):
    """One call of a method of `step`: what a handler declares of a step."""

    kind: StepKind
    step_id: str
    resolver: Any
    control_schema: SchemaSource | None = None
    skip: Skip | None = None
    providers: Providers | None = None
    disable_output_sanitization: bool | None = None
    output_schema: SchemaSource | None = None


class StepBase:
    """The object that the methods of `step` are called on.

    Args:
        take: Takes one step of the handler's run (a discovery, an execution or a preview), and gives its result.
    """

    def __init__(self, take: Callable[[StepCall], Coroutine[Any, Any, Any]]) -> None:
        self._take = take


def without_await(
    method: Callable[Concatenate[StepBase, P], Coroutine[Any, Any, T]],
) -> Method[StepBase, P, T]:
    """Make the method of `SyncStep` from that of `Step`. In a plain `def`, taking a step never suspends."""

    def blocking(self: StepBase, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return without_suspending(method(self, *args, **kwargs))

    update_wrapper(blocking, method)
    blocking.__qualname__ = f"SyncStep.{method.__name__}"
    blocking.__doc__ = re.sub(
        r"\bStep\b", "SyncStep", (method.__doc__ or "").replace("await ", "").replace("async def", "def")
    )
    return as_method(blocking)


@cache
def _recorded(name: str) -> dict[str, Any]:
    recorded: dict[str, Any] = json.loads(pkgutil.get_data("novu_framework.steps", name) or b"")
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
