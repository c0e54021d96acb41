"""The operations of novu-py, found by looking through it, each with a request made from its own models."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timezone
from enum import Enum
from typing import Any

from novu_py import models
from novu_py.basesdk import BaseSDK
from pydantic import BaseModel

_OPTIONS = {"idempotency_key", "retries", "server_url", "timeout_ms", "http_headers"}
_LEAST: dict[Any, Any] = {
    str: "text",
    bool: True,
    float: 1.0,
    int: 1,
    datetime: datetime(2026, 1, 2, tzinfo=timezone.utc),
}


def operations(sdk: Any, prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Give every operation of a client: its dotted name and its method."""
    for name, member in inspect.getmembers(sdk):
        if isinstance(member, BaseSDK) and name != "parent_ref":
            yield from operations(member, f"{prefix}{name}.")
        elif name[0] != "_" and not name.endswith("_async") and _is_operation(member):
            yield f"{prefix}{name}", member


def _is_operation(member: Any) -> bool:
    return inspect.ismethod(member) and "http_headers" in inspect.signature(member).parameters


def call(operation: Callable[..., Any], known: Mapping[str, Any]) -> Any:
    """Call an operation with the least that it takes. `known` has values by parameter, field, or `Model.field`."""
    kinds = typing.get_type_hints(operation)
    parameters = inspect.signature(operation).parameters.values()
    needed = [one.name for one in parameters if one.name not in _OPTIONS and one.default is one.empty]
    return operation(**{name: _made(known, name, kinds[name]) for name in needed})


def _made(known: Mapping[str, Any], name: str, kind: Any) -> Any:
    if name in known:
        return known[name]
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Annotated, typing.Union):
        return _made(known, name, arguments[0])
    if origin is typing.Literal:
        return arguments[0]
    if origin is list:
        return [_made(known, f"{name}[]", arguments[0])]
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return next(iter(kind))
    if inspect.isclass(kind) and issubclass(kind, BaseModel):
        return _model(known, kind)
    return _LEAST.get(kind, {})


def _model(known: Mapping[str, Any], model: type[BaseModel]) -> BaseModel:
    made = {}
    for name, info in model.model_fields.items():
        own = f"{model.__name__}.{name}"
        if own in known or info.is_required():
            made[info.alias or name] = _made(known, own if own in known else name, info.annotation)
    return model(**made)


def asked_of(operation: Callable[..., Any]) -> tuple[str, str, set[str]]:
    """Return the method, the path and the query names of an operation, as its source and its models say."""
    source = inspect.getsource(operation)
    method, path = (re.search(f'{what}="([^"]+)"', source) for what in ("method", "path"))
    assert method
    assert path
    names = set[str]()
    if request := re.search(r"models\.(\w+Request)\b", source):
        for name, info in getattr(models, request[1]).model_fields.items():
            if any(getattr(one, "query", None) for one in info.metadata):
                names.add(info.alias or name)
    return method[1], path[1], names
