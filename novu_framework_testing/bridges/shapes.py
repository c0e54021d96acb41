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
_OBJECT: JsonSchema = {"type": ["object", "null"]}
_SCHEMAS = {**_OBJECT, "properties": {"schema": {**_OBJECT, "properties": {"properties": _OBJECT}}}}
_STEP = {
    "type": "object",
    "properties": {"stepId": {"type": "string"}, "type": {"type": "string"}, "controls": _SCHEMAS},
    "required": ["stepId", "type"],
}
_FLAGS = {**_OBJECT, "properties": {"enabled": {"type": "boolean"}, "readOnly": {"type": "boolean"}}}
_WORKFLOW = {
    "type": "object",
    "properties": {
        "workflowId": {"type": "string"},
        **dict.fromkeys(("name", "description", "severity", "code"), _TEXT),
        "tags": {"type": ["array", "null"], "items": {"type": "string"}},
        "preferences": {**_OBJECT, "properties": {"all": _FLAGS, "channels": _OBJECT}},
        "payload": _SCHEMAS,
        "steps": {"type": ["array", "null"], "items": _STEP},
    },
    "required": ["workflowId"],
}
_WORKFLOWS = {"type": "array", "items": _WORKFLOW}
_AGENT = {"type": "object", "properties": {"agentId": {"type": "string"}}, "required": ["agentId"]}
_AGENTS = {"type": ["array", "null"], "items": _AGENT}
_DISCOVERED = {"workflows": _WORKFLOWS, "agents": _AGENTS}
_DISCOVERY = Validator({"type": "object", "properties": _DISCOVERED, "required": ["workflows"]})


def problem_of_discovery(answer: Any) -> str:
    """Say what is wrong with a discovery: `/workflows/0/workflowId must be string`; nothing for a right one."""
    return _problem(_DISCOVERY, answer)


def problem_of_outputs(outputs: Mapping[str, Any], step_type: str) -> str:
    """Say which output of a step has a wrong type; nothing where none has. More of them, or fewer, than its kind has are not wrong here."""
    return _problem(_outputs(step_type), outputs) if step_type in KINDS else ""


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


def _problem(validator: Validator, value: Any) -> str:
    for issue in validator.validate(value)[1]:
        return f"{issue.path or '/'} {issue.message}"
    return ""
