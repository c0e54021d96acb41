"""Workflows written as data, run in Python: the twin of `recorder/described.mjs`.

The language is in "Described workflows" of the README beside the recordings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from novu_framework import Step, Workflow, workflow
from novu_framework.npm.ecmascript.json import json_text

_ABSENT = object()


def from_description(description: Mapping[str, Any]) -> Workflow:
    """The workflow that a description says."""
    steps = description["steps"]

    async def handler(
        step: Step, payload: Any, subscriber: Any, context: Any, env: Any, controls: Any
    ) -> None:
        results: dict[str, Any] = {}

        def scope(**more: Any) -> dict[str, Any]:
            given = {"payload": payload, "subscriber": subscriber, "context": context, "env": env}
            return {**given, "workflowControls": controls, "steps": results, **more}

        for described in steps:
            run = getattr(step, described["type"])
            resolver = _resolver(described.get("outputs", _ABSENT), scope)
            results[described["stepId"]] = await run(
                described["stepId"], resolver, **_options(described, scope)
            )

    options = {_snake(key): value for key, value in description.items() if key not in ("workflowId", "steps")}
    return workflow(description["workflowId"], **options)(handler)


def _resolver(template: Any, scope: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    async def resolve(controls: Any) -> Any:
        return _evaluated(template, scope(controls=controls))

    return resolve


def _options(described: Mapping[str, Any], scope: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    options = {
        _snake(key): described[key]
        for key in ("controlSchema", "outputSchema", "disableOutputSanitization")
        if key in described
    }
    if "skip" in described:
        options["skip"] = lambda controls: _truthy(_evaluated(described["skip"], scope(controls=controls)))
    if "providers" in described:
        options["providers"] = {
            provider: _provider(template, scope) for provider, template in described["providers"].items()
        }
    return options


def _provider(template: Any, scope: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    return lambda controls, outputs: _evaluated(template, scope(controls=controls, outputs=outputs))


def _evaluated(template: Any, scope: Mapping[str, Any]) -> Any:
    value = evaluate(template, scope)
    return None if value is _ABSENT else value


def evaluate(template: Any, scope: Mapping[str, Any]) -> Any:
    """What a template says, given the data in `scope`. A reference to what is not there is absent."""
    if isinstance(template, list):
        return [_evaluated(item, scope) for item in template]
    if not isinstance(template, dict):
        return template
    if "$" in template:
        return _followed(template["$"], scope)
    if "$throw" in template:
        raise RuntimeError(template["$throw"])
    if "$join" in template:
        parts = (_evaluated(part, scope) for part in template["$join"])
        return "".join(_as_text(part) for part in parts)
    if "$equals" in template:
        left, right = (evaluate(part, scope) for part in template["$equals"])
        return type(left) is type(right) and left == right
    values = {key: evaluate(item, scope) for key, item in template.items()}
    return {key: value for key, value in values.items() if value is not _ABSENT}


def _as_text(value: Any) -> str:
    """A part of a `$join`: texts, numbers and booleans as JavaScript prints them, anything else not at all."""
    if isinstance(value, str):
        return value
    return json_text(value) if isinstance(value, (bool, int, float)) else ""


def _followed(path: str, scope: Mapping[str, Any]) -> Any:
    value: Any = scope
    for key in path.split("."):
        if isinstance(value, BaseModel):
            value = value.model_dump(by_alias=True, exclude_unset=True, mode="json")
        if isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, Mapping) and key in value:
            value = value[key]
        else:
            return _ABSENT
    if isinstance(value, BaseModel):
        return value.model_dump(by_alias=True, exclude_unset=True, mode="json")
    return value


def _truthy(value: Any) -> bool:
    """As JavaScript has it: an empty list and an empty object are true."""
    return isinstance(value, (list, dict)) or bool(value)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
