"""What a trigger's `overrides` say of a message: for its channel, for a provider, for a step, and of its severity."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from novu_framework_testing.simulation.collections import NOTHING


def part(overrides: Any, *path: str) -> dict[str, Any]:
    """Return the object at a path of the overrides; empty where there is none.

    >>> part({"email": {"toRecipient": "x@acme.test"}}, "email")
    {'toRecipient': 'x@acme.test'}
    >>> part({"email": None}, "email", "customData")
    {}
    """
    if not overrides:
        return {}
    for key in path:
        if not isinstance(overrides, dict):
            return {}
        overrides = overrides.get(key)
    return dict(overrides) if isinstance(overrides, dict) else {}


def of_channel(overrides: Mapping[str, Any], channel: str, provider_id: str) -> dict[str, Any]:
    """Return what is said of a channel, with what is said of the provider over it."""
    if not overrides:
        return NOTHING
    return {**part(overrides, channel), **part(overrides, provider_id)}


def of_provider(
    providers: Mapping[str, Any], overrides: Mapping[str, Any], step_id: str, provider_id: str
) -> dict[str, Any]:
    """Return the data for a provider: the step's, then the trigger's, then the trigger's for this step.

    >>> of_provider({"ses": {"a": {"x": 1}}}, {"providers": {"ses": {"a": {"y": 2}}}}, "mail", "ses")
    {'a': {'x': 1, 'y': 2}}
    """
    merged: dict[str, Any] = {}
    for data in (
        part(providers, provider_id),
        part(overrides, "providers", provider_id),
        part(overrides, "steps", step_id, "providers", provider_id),
    ):
        merged = _merge(merged, data)
    return merged


def named_providers(
    providers: Mapping[str, Any], overrides: Mapping[str, Any], step_id: str, known: Container[str]
) -> list[str]:
    """Return the providers of a channel that the step or the trigger has data for, each once."""
    if not providers and not overrides:
        return []
    names = {
        **providers,
        **part(overrides, "providers"),
        **part(overrides, "steps", step_id, "providers"),
    }
    return [name for name in names if name in known]


def severity_of(overrides: Mapping[str, Any], severity: str) -> str:
    """Return the severity of a message: the trigger's, or else the workflow's."""
    said = overrides.get("severity")
    return said if isinstance(said, str) and said else severity


def _merge(one: dict[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return `one` with `other` over it; objects are merged, everything else is replaced."""
    merged = dict(one)
    for key, value in other.items():
        mine = merged.get(key)
        merged[key] = _merge(mine, value) if isinstance(mine, dict) and isinstance(value, Mapping) else value
    return merged
