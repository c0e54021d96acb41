"""Contexts: what a trigger says of its surroundings, such as the tenant, kept and shared between triggers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Contexts(dict[tuple[str, str], dict[str, Any]]):
    """Contexts by type and id, with the data that was last given for them.

    >>> contexts = Contexts()
    >>> contexts.resolve({"tenant": {"id": "acme", "data": {"plan": "pro"}}})
    {'tenant': {'id': 'acme', 'data': {'plan': 'pro'}}}
    >>> contexts.resolve({"tenant": "acme"})
    {'tenant': {'id': 'acme', 'data': {'plan': 'pro'}}}
    """

    def resolve(self, context: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the context of a trigger as a bridge gets it: type to `{"id", "data"}`.

        A value is an id, or `{"id": ..., "data": {...}}`, whose data replaces what was known. Raises `ValueError`.
        """
        resolved: dict[str, Any] = {}
        for kind, value in (context or {}).items():
            given: Any = {"id": value} if isinstance(value, str) else value
            if not isinstance(given, Mapping) or not isinstance(given.get("id"), str) or not given["id"]:
                raise ValueError(
                    f"The context {kind!r} is {value!r}: it must be an id, or {{'id': 'acme', 'data': {{...}}}}."
                )
            key = (kind, given["id"])
            if given.get("data") is not None:
                self[key] = dict(given["data"])
            resolved[kind] = {"id": given["id"], "data": self.setdefault(key, {})}
        return resolved
