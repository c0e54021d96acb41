"""What subscribers want to receive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.lookups import subscriber_of
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, boolean, string

if TYPE_CHECKING:
    from novu_framework_testing.simulation.workflows import SyncedWorkflow

MAX_PREFERENCES = 100

_CHANNELS = Body(**dict.fromkeys(CHANNELS, boolean))
PATCH = Body(channels=Field(an_object, nested=_CHANNELS), workflowId=string, schedule=an_object)
_WANTED = Field(an_object, required=True, nested=_CHANNELS)
_ONE = Body(workflowId=Field(string, required=True), channels=_WANTED)
BULK = Body(preferences=Field(a_list(at_most=MAX_PREFERENCES), required=True, each=_ONE))

routes = Routes()


@routes("GET", "/v2/subscribers/{subscriberId}/preferences")
def get_preferences(call: Call) -> dict[str, Any]:
    """Show the global preference and those for each workflow.

    The query's `criticality` says for which: `nonCritical` (if absent), `critical` (read-only), or `all`.
    """
    subscriber = subscriber_of(call)
    criticality = call.request.first("criticality") or "nonCritical"
    shown = [
        workflow
        for workflow in call.novu.workflows
        if criticality == "all" or workflow.read_only == (criticality == "critical")
    ]
    everywhere = subscriber.preferences.overall
    return {
        "global": {
            "enabled": everywhere.enabled is not False,
            "channels": {channel: everywhere.wants(channel) is not False for channel in CHANNELS},
        },
        "workflows": [serializers.preference_json(subscriber, workflow) for workflow in shown],
    }


@routes("PATCH", "/v2/subscribers/{subscriberId}/preferences")
def update_preferences(call: Call) -> dict[str, Any]:
    """Change the global preference, or the one for the workflow that the body names."""
    body = PATCH.check(call.request.json)
    subscriber = subscriber_of(call)
    workflow_id = _changeable(call, body["workflowId"]).workflow_id if body.get("workflowId") else None
    subscriber.preferences.update(workflow_id, channels=_given(body.get("channels")))
    return get_preferences(call)


@routes("PATCH", "/v2/subscribers/{subscriberId}/preferences/bulk")
def update_preferences_in_bulk(call: Call) -> list[dict[str, Any]]:
    """Change the preferences for several workflows, or for none where one of them cannot be changed."""
    body = BULK.check(call.request.json)
    subscriber = subscriber_of(call)
    wanted = [(_changeable(call, one["workflowId"]), _given(one["channels"])) for one in body["preferences"]]
    for workflow, channels in wanted:
        subscriber.preferences.update(workflow.workflow_id, channels=channels)
    return [serializers.updated_preference_json(subscriber, workflow) for workflow, _ in wanted]


def _changeable(call: Call, workflow_id: str) -> SyncedWorkflow:
    """A workflow by its id or Novu's own, which subscribers may have a preference for."""
    for workflow in call.novu.workflows:
        if workflow_id in (workflow.workflow_id, workflow.id):
            if workflow.read_only:
                raise ApiError(400, f"Critical workflow with id: {workflow_id} can not be updated")
            return workflow
    raise ApiError(404, f"Workflow with id: {workflow_id} not found")


def _given(channels: dict[str, Any] | None) -> dict[str, bool]:
    return {name: flag for name, flag in (channels or {}).items() if name in CHANNELS and flag is not None}
