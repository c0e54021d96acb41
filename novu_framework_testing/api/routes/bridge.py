"""The code-first endpoints: what `npx novu sync` and the dashboard ask about a bridge."""

from __future__ import annotations

from typing import Any, Final

from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.lookups import unknown_step, workflow_of
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, string, url
from novu_framework_testing.bridges import BridgeFailure, UrlBridge
from novu_framework_testing.simulation.workflows import MadeInDashboard

SYNC = VALIDATE = Body(bridgeUrl=Field(url, required=True))
DIFF = Body(workflows=a_list(), bridgeUrl=string)
CONTROLS = Body(variables=an_object)

routes: Final = Routes()


@routes("POST", "/v1/bridge/sync", 201, query=("source",))
async def sync(call: Call) -> list[dict[str, Any]]:
    """Take over the workflows of a bridge. Those of the bridge that was synced before it are forgotten."""
    url = SYNC.check(call.request.json)["bridgeUrl"]
    state, novu = call.state, call.novu
    try:
        synced = await novu.connect_async(url)
    except BridgeFailure as failure:
        raise ApiError(400, f"Bridge URL is not valid. {failure}") from failure
    except MadeInDashboard as refusal:
        raise ApiError(400, str(refusal)) from refusal
    if state.bridge_url not in (None, url):
        kept = {workflow.workflow_id for workflow in synced}
        for workflow in novu.workflows:
            of_old_bridge = isinstance(workflow.bridge, UrlBridge) and workflow.bridge.url == state.bridge_url
            if of_old_bridge and workflow.workflow_id not in kept:
                novu.workflows.remove(workflow.workflow_id)
    state.bridge_url = url
    return [serializers.synced_workflow_json(state, workflow) for workflow in synced]


@routes("POST", "/v1/bridge/diff", 201)
def diff(call: Call) -> dict[str, Any]:
    """Show what is synced now, and what the request would sync."""
    body = DIFF.check(call.request.json)
    url = _synced_url(call)
    current = [workflow.definition for workflow in call.novu.workflows]
    return {"current": {"workflows": current, "bridgeUrl": url}, "new": body}


# Novu's own asks for no key here. This one runs on people's machines, and calls no URL for a stranger.
@routes("POST", "/v1/bridge/validate", 201)
async def validate(call: Call) -> dict[str, Any]:
    """Tell whether a bridge answers its health check well."""
    url = VALIDATE.check(call.request.json)["bridgeUrl"]
    try:
        health = await _health(call, url)
    except BridgeFailure:
        return {"isValid": False}
    return {"isValid": health.get("status") == "ok"}


@routes("GET", "/v1/bridge/status")
async def status(call: Call) -> dict[str, Any]:
    """Show the health check of the bridge that was synced."""
    try:
        return await _health(call, _synced_url(call))
    except BridgeFailure as failure:
        raise ApiError(400, f"Bridge URL is not accessible. {failure}") from failure


def _synced_url(call: Call) -> str:
    if call.state.bridge_url is None:
        raise ApiError(400, "Bridge URL not found")
    return call.state.bridge_url


async def _health(call: Call, url: str) -> dict[str, Any]:
    # A health check needs no signature.
    return await UrlBridge(url, secret_key=None, environment_type=call.novu.environment_type).health()


@routes("GET", "/v1/bridge/controls/{workflowId}/{stepId}")
def get_controls(call: Call) -> dict[str, Any] | None:
    """Show the values saved in the dashboard for a step, or null."""
    workflow = workflow_of(call)
    step_id = call["stepId"]
    values = workflow.controls.get(step_id)
    if values is None:
        return None
    return {"_workflowId": workflow.id, "stepId": step_id, "level": "step_controls", "controls": values}


@routes("PUT", "/v1/bridge/controls/{workflowId}/{stepId}")
def save_controls(call: Call) -> dict[str, Any] | None:
    """Save control values of a step, as the dashboard does; the step's next execution gets them."""
    body = CONTROLS.check(call.request.json)
    workflow = workflow_of(call)
    if call["stepId"] not in {step.step_id for step in workflow.steps}:
        raise unknown_step(call, workflow)
    call.novu.controls(workflow.workflow_id, call["stepId"], body.get("variables") or {})
    return get_controls(call)
