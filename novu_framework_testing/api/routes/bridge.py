"""The code-first endpoints: what `npx novu sync` and the dashboard ask about a bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.workflows import found
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, string, url
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.workflows import SyncedWorkflow

SYNC = Body({"bridgeUrl": Field(url, required=True)})
DIFF = Body({"workflows": Field(a_list()), "bridgeUrl": Field(string)})
VALIDATE = Body({"bridgeUrl": Field(url, required=True)})
CONTROLS = Body({"variables": Field(an_object)})


def shape(call: Call, workflow: SyncedWorkflow) -> dict[str, Any]:
    """A workflow as the answer to a sync shows it."""
    return {
        "_id": workflow.id,
        "_organizationId": call.cloud.organization_id,
        "_environmentId": call.cloud.environment_id,
        "name": workflow.name,
        "description": workflow.description,
        "type": "BRIDGE",
        "origin": "external",
        "active": True,
        "draft": False,
        "critical": workflow.read_only,
        "tags": list(workflow.tags),
        "triggers": [{"type": "event", "identifier": workflow.workflow_id, "variables": []}],
        "steps": [
            {
                "_id": step.id,
                "_templateId": step.id,
                "uuid": step.step_id,
                "stepId": step.step_id,
                "name": step.step_id,
                "active": True,
                "shouldStopOnFail": False,
                "template": {"_id": step.id, "type": step.type, "name": step.step_id},
            }
            for step in workflow.steps
        ],
        "rawData": workflow.definition,
        "createdAt": iso(workflow.created_at),
        "updatedAt": iso(workflow.updated_at),
    }


async def sync(call: Call) -> list[dict[str, Any]]:
    """Take over what the bridge discovers, in place of what was synced before."""
    url = SYNC.check(call.request.json)["bridgeUrl"]
    try:
        synced = await call.cloud.sync(url)
    except BridgeFailure as failure:
        raise ApiError(400, f"Bridge URL is not valid. {failure}") from failure
    return [shape(call, workflow) for workflow in synced]


def diff(call: Call) -> dict[str, Any]:
    """What is synced now, beside what the request would sync."""
    body = DIFF.check(call.request.json)
    url = _synced_url(call)
    current = [workflow.definition for workflow in call.novu.workflows]
    return {"current": {"workflows": current, "bridgeUrl": url}, "new": body}


async def validate(call: Call) -> dict[str, Any]:
    url = VALIDATE.check(call.request.json)["bridgeUrl"]
    try:
        health = await call.cloud.bridge(url).health()
    except BridgeFailure:
        return {"isValid": False}
    return {"isValid": health.get("status") == "ok"}


async def status(call: Call) -> dict[str, Any]:
    """The health check of the bridge that was synced."""
    try:
        return await call.cloud.bridge(_synced_url(call)).health()
    except BridgeFailure as failure:
        raise ApiError(400, f"Bridge URL is not accessible. {failure}") from failure


def _synced_url(call: Call) -> str:
    if call.cloud.bridge_url is None:
        raise ApiError(400, "Bridge URL not found")
    return call.cloud.bridge_url


def get_controls(call: Call) -> dict[str, Any] | None:
    """The values saved in the dashboard for a step, or null."""
    workflow = found(call)
    values = workflow.controls.get(call["stepId"])
    if values is None:
        return None
    return {
        "_workflowId": workflow.id,
        "stepId": call["stepId"],
        "level": "step_controls",
        "controls": values,
    }


def save_controls(call: Call) -> dict[str, Any] | None:
    body = CONTROLS.check(call.request.json)
    workflow = found(call)
    if call["stepId"] not in {step.step_id for step in workflow.steps}:
        raise ApiError(404, f"No step with the id {call['stepId']} in the workflow {workflow.workflow_id}")
    call.novu.controls(workflow.workflow_id, call["stepId"], body.get("variables") or {})
    return get_controls(call)


ROUTES = [
    Route("POST", "/v1/bridge/sync", sync, 201),
    Route("POST", "/v1/bridge/diff", diff, 201),
    # Novu's own asks for no key here: the dashboard calls it while a URL is typed.
    Route("POST", "/v1/bridge/validate", validate, 201, open=True),
    Route("GET", "/v1/bridge/status", status),
    Route("GET", "/v1/bridge/controls/{workflowId}/{stepId}", get_controls),
    Route("PUT", "/v1/bridge/controls/{workflowId}/{stepId}", save_controls),
]
