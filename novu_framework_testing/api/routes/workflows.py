"""The workflows that were synced, as the dashboard lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.pages import limit
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.preferences import CHANNELS

if TYPE_CHECKING:
    from novu_framework_testing.simulation.workflows import SyncedStep, SyncedWorkflow


def summary(call: Call, workflow: SyncedWorkflow) -> dict[str, Any]:
    """A workflow as a listing shows it."""
    return {
        **_common(workflow),
        "stepTypeOverviews": [step.type for step in workflow.steps],
        "steps": [{"slug": _slug(step), "type": step.type} for step in workflow.steps],
        "lastTriggeredAt": _last_triggered(call, workflow),
    }


def shape(call: Call, workflow: SyncedWorkflow) -> dict[str, Any]:
    """A workflow, whole."""
    whole = {
        **_common(workflow),
        "description": workflow.description,
        "active": True,
        "validatePayload": False,
        "payloadSchema": (workflow.definition.get("payload") or {}).get("schema"),
        "severity": workflow.severity,
        "steps": [_step(workflow, step) for step in workflow.steps],
        "preferences": {
            "user": None,
            "default": {
                "all": {"enabled": workflow.preferences.enabled is not False, "readOnly": workflow.read_only},
                "channels": {
                    channel: {"enabled": workflow.preferences.wants(channel) is not False}
                    for channel in CHANNELS
                },
            },
        },
        "lastTriggeredAt": _last_triggered(call, workflow),
    }
    return whole


def _common(workflow: SyncedWorkflow) -> dict[str, Any]:
    return {
        "_id": workflow.id,
        "workflowId": workflow.workflow_id,
        "name": workflow.name,
        "slug": f"{workflow.workflow_id}_wf_{workflow.id}",
        "tags": list(workflow.tags),
        "status": "ACTIVE",
        "origin": "external",
        "createdAt": iso(workflow.created_at),
        "updatedAt": iso(workflow.updated_at),
    }


def _slug(step: SyncedStep) -> str:
    return f"{step.step_id}_st_{step.id}"


def _step(workflow: SyncedWorkflow, step: SyncedStep) -> dict[str, Any]:
    schema = (step.definition.get("controls") or {}).get("schema") or {}
    values = {**_defaults(schema), **workflow.controls.get(step.step_id, {})}
    return {
        "_id": step.id,
        "stepId": step.step_id,
        "name": step.step_id,
        "slug": _slug(step),
        "type": step.type,
        "origin": "external",
        "workflowId": workflow.workflow_id,
        "workflowDatabaseId": workflow.id,
        "variables": {},
        "controls": {"dataSchema": schema, "values": {**_EXPECTED.get(step.type, {}), **values}},
        "controlValues": {**_EXPECTED.get(step.type, {}), **values},
    }


# The API's own description of these steps says that their controls always have these.
_EXPECTED: dict[str, dict[str, Any]] = {
    "email": {"subject": ""},
    "http_request": {"method": "GET", "url": ""},
}


def _defaults(schema: dict[str, Any]) -> dict[str, Any]:
    properties = schema.get("properties") or {}
    return {
        name: one["default"] for name, one in properties.items() if isinstance(one, dict) and "default" in one
    }


def _last_triggered(call: Call, workflow: SyncedWorkflow) -> str | None:
    moments = [one.created_at for one in call.novu.triggers if one.workflow_id == workflow.workflow_id]
    return iso(max(moments)) if moments else None


def listing(call: Call) -> dict[str, Any]:
    """The workflows whose id or name holds `query`, and that have one of `tags`."""
    request = call.request
    query, tags = (request.first("query") or "").lower(), set(request.all("tags"))
    matching = [
        workflow
        for workflow in reversed(list(call.novu.workflows))
        if (query in workflow.workflow_id.lower() or query in workflow.name.lower())
        and (not tags or tags & set(workflow.tags))
    ]
    start = request.number("offset", 0)
    size = limit(request, default=50)
    return {
        "workflows": [summary(call, workflow) for workflow in matching[start : start + size]],
        "totalCount": len(matching),
    }


def found(call: Call) -> SyncedWorkflow:
    """The workflow of the path, by its id, Novu's own, or its slug. Raises `ApiError` (404)."""
    asked = call["workflowId"]
    for workflow in call.novu.workflows:
        if asked in (workflow.workflow_id, workflow.id) or asked.endswith(f"_wf_{workflow.id}"):
            return workflow
    raise ApiError(404, f"Workflow cannot be found: {asked}")


def get(call: Call) -> dict[str, Any]:
    return shape(call, found(call))


def get_step(call: Call) -> dict[str, Any]:
    workflow = found(call)
    for step in workflow.steps:
        if call["stepId"] in (step.step_id, step.id, _slug(step)):
            return _step(workflow, step)
    raise ApiError(404, f"No step with the id {call['stepId']} in the workflow {workflow.workflow_id}")


ROUTES = [
    Route("GET", "/v2/workflows", listing),
    Route("GET", "/v2/workflows/{workflowId}", get),
    Route("GET", "/v2/workflows/{workflowId}/steps/{stepId}", get_step),
]
