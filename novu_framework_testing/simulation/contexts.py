"""Contexts: what a trigger says of its surroundings, such as the tenant, kept and shared between triggers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias

from novu_framework.npm.ecmascript.json import copy_json, json_text
from novu_framework_testing._internal.wire import to_plain_json
from novu_framework_testing.simulation.collections import ById

MAX_CONTEXTS = 5
"""How many contexts a trigger may name."""

MAX_DATA = 64
"""How many kilobytes the data of a context may have, as JSON."""

_ID = re.compile(r"[a-zA-Z0-9_-]{1,100}")

ContextKeys: TypeAlias = tuple[str, ...]
"""The keys of contexts, `type:id`, in alphabetical order; empty without a context."""


@dataclass(eq=False)
class SimulatedContext:
    """A context: its `type`, its `id` among those of that type, and its `data`.

    Attributes:
        record_id: 24 hex digits, the cursor of a listing.
        created_at, updated_at: The moments at which it was made, and last given other data.
        data: As JSON. Usually an object; Novu keeps a list as well.
    """

    record_id: str
    type: str
    id: str
    created_at: datetime = field(repr=False)
    updated_at: datetime = field(repr=False)
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The name that subscriptions and preferences have for it, its type and its id with a colon between."""
        return f"{self.type}:{self.id}"


class Contexts(ById[SimulatedContext]):
    """The contexts by key (`tenant:acme`), in the order in which they came. Iterating gives the contexts."""

    def upsert(self, type: str, id: str, data: Mapping[str, Any] | None = None) -> SimulatedContext:
        """Return a context, made if missing; `data` takes the place of what is there.

        Raises:
            ValueError: A type or an id that Novu does not take.
        """
        for name, value in (("type", type), ("id", id)):
            if not is_context_id(value):
                raise ValueError(
                    f"The {name} of a context is 1 to 100 letters, digits, _ and -, not {value!r}."
                )
        context = self._find_or_create(type, id, {})
        if data is not None:
            context.data = to_plain_json(data)
            context.updated_at = self._clock.now
        return context

    def resolve(self, payload: Mapping[str, Any] | None) -> ContextKeys:
        """Find or make the contexts that a trigger names, and return their keys. One that is there stays as it is.

        Args:
            payload: Type to an id, or to `{"id": ..., "data": {...}}`.

        Raises:
            ValueError: Novu does not take them; the message says why.
        """
        if not payload:
            return ()
        for kind, value in _checked(payload).items():
            given: Any = {"id": value} if isinstance(value, str) else value
            self._find_or_create(kind, given["id"], given.get("data") or {})
        return context_keys(payload)

    def for_bridge(self, keys: ContextKeys) -> dict[str, Any]:
        """Return contexts as a bridge gets them, type to `{"id", "data"}`; those that were deleted are absent."""
        if not keys:
            return {}
        found = [context for key in keys if (context := self._by_id.get(key)) is not None]
        return {context.type: {"id": context.id, "data": copy_json(context.data)} for context in found}

    def _find_or_create(self, type: str, id: str, data: Mapping[str, Any]) -> SimulatedContext:
        key, now = f"{type}:{id}", self._clock.now
        if key not in self._by_id:
            made = SimulatedContext(self._ids("context"), type, id, now, now, to_plain_json(data))
            self._by_id[key] = made
        return self._by_id[key]


def context_keys(payload: Mapping[str, Any] | None) -> ContextKeys:
    """Return the keys of the contexts of a trigger. Raises `ValueError` where Novu does not take them.

    >>> context_keys({"tenant": {"id": "acme", "data": {"plan": "pro"}}, "app": "jira"})
    ('app:jira', 'tenant:acme')
    """
    ids = {kind: one if isinstance(one, str) else one["id"] for kind, one in _checked(payload).items()}
    return tuple(sorted(f"{kind}:{id}" for kind, id in ids.items()))


def _checked(payload: Mapping[str, Any] | None) -> Mapping[str, Any]:
    if not payload:
        return {}
    if (problem := invalid_contexts(payload)) is not None:
        raise ValueError(f"{problem}. Given: {payload!r}")
    return payload


def is_context_id(value: Any) -> bool:
    """Tell whether Novu takes `value` as the type or the id of a context."""
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def too_large(kind: str, data: Any) -> str | None:
    """Return what is wrong with the size of a context's data, in Novu's words; None where nothing is."""
    size = len(json_text(data).encode("utf-8", "surrogatepass")) if data else 0
    if size <= MAX_DATA * 1024:
        return None
    return f"Context '{kind}' data is too large: {round(size / 1024)}KB exceeds {MAX_DATA}KB limit"


def invalid_contexts(payload: Any) -> str | None:
    """Return what is wrong with the contexts of a trigger, in Novu's words; None where nothing is."""
    if not isinstance(payload, Mapping) or not payload or not all(map(_readable, payload.values())):
        return (
            "Invalid context payload structure. Expected object with context types as keys and string IDs or "
            "{id, data} objects as values"
        )
    if len(payload) > MAX_CONTEXTS:
        return f"Too many contexts: {len(payload)} provided, maximum allowed is {MAX_CONTEXTS}"
    data = {kind: value.get("data") for kind, value in payload.items() if isinstance(value, Mapping)}
    return next(filter(None, (too_large(kind, value) for kind, value in data.items())), None)


def _readable(value: Any) -> bool:
    if isinstance(value, Mapping):
        return is_context_id(value.get("id")) and (
            "data" not in value or isinstance(value["data"], (dict, list))
        )
    return is_context_id(value)
