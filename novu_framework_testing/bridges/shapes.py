"""The shapes in what a bridge answers that the simulation relies on.

A bridge of `@novu/framework` or of this package has them always. One that is being written may not, and is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from novu_framework.schemas import JsonSchema, Validator
from novu_framework.steps.kinds import KINDS

_TEXT = {"type": ["string", "null"]}


def _object(**properties: JsonSchema) -> JsonSchema:
    return {"type": ["object", "null"], "properties": properties}


_SCHEMAS = _object(schema=_object(properties=_object()))
_STEP = {
    "type": "object",
    "properties": {"stepId": {"type": "string"}, "type": {"type": "string"}, "controls": _SCHEMAS},
    "required": ["stepId", "type"],
}
_WORKFLOW = {
    "type": "object",
    "properties": {
        "workflowId": {"type": "string"},
        **dict.fromkeys(("name", "description", "severity", "code"), _TEXT),
        "tags": {"type": ["array", "null"], "items": {"type": "string"}},
        "preferences": _object(
            all=_object(enabled={"type": "boolean"}, readOnly={"type": "boolean"}), channels=_object()
        ),
        "payload": _SCHEMAS,
        "steps": {"type": ["array", "null"], "items": _STEP},
    },
    "required": ["workflowId"],
}
_DISCOVERY = Validator(
    {
        "type": "object",
        "properties": {"workflows": {"type": "array", "items": _WORKFLOW}},
        "required": ["workflows"],
    }
)


def problems_of_discovery(answer: Any) -> str:
    """Say what is wrong with a discovery: `/workflows/0/workflowId must be string`; nothing for a right one."""
    return _problems(_DISCOVERY, answer)


def problems_of_outputs(outputs: Mapping[str, Any], step_type: str) -> str:
    """Say which outputs of a step have a wrong type. More of them, or fewer, than its kind has are not wrong here."""
    return _problems(_outputs(step_type), outputs) if step_type in KINDS else ""


@cache
def _outputs(step_type: str) -> Validator:
    return Validator(_types(KINDS[step_type].outputs.schema))


def _types(schema: Any) -> JsonSchema:
    """Return a schema's types alone: of objects, those of their properties in any branch."""
    properties = {
        name: _types(inner)
        for branch in (schema, *schema.get("oneOf", ()))
        for name, inner in branch.get("properties", {}).items()
    }
    return {key: value for key, value in (("type", schema.get("type")), ("properties", properties)) if value}


def _problems(validator: Validator, value: Any) -> str:
    return "; ".join(f"{issue.path or '/'} {issue.message}" for issue in validator.validate(value)[1])
