"""What subscribers want to receive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.subscribers import found
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, boolean, string
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.preferences import CHANNELS

if TYPE_CHECKING:
    from novu_framework_testing.simulation.subscribers import Subscriber
    from novu_framework_testing.simulation.workflows import SyncedWorkflow

MOST_PREFERENCES = 100

_CHANNELS = Body({channel: Field(boolean) for channel in CHANNELS})
PATCH = Body(
    {
        "channels": Field(an_object, nested=_CHANNELS),
        "workflowId": Field(string),
        "schedule": Field(an_object),
    }
)
_ONE = Body(
    {
        "workflowId": Field(string, required=True),
        "channels": Field(an_object, required=True, nested=_CHANNELS),
    }
)
BULK = Body({"preferences": Field(a_list(at_most=MOST_PREFERENCES), required=True, each=_ONE)})

_SOURCES = {
    "the subscriber's preference for this workflow": "subscriber",
    "the subscriber's global preference": "subscriber",
    "the workflow's default preference": "workflowOverride",
}


def listing(call: Call) -> dict[str, Any]:
    """The global preference and those for each workflow; read-only ones where `criticality` asks for them."""
    subscriber = found(call)
    criticality = call.request.first("criticality") or "nonCritical"
    shown = [
        workflow
        for workflow in call.novu.workflows
        if criticality == "all" or workflow.read_only == (criticality == "critical")
    ]
    everywhere = subscriber.preferences.everywhere
    return {
        "global": {
            "enabled": everywhere.enabled is not False,
            "channels": {channel: everywhere.wants(channel) is not False for channel in CHANNELS},
        },
        "workflows": [_of_workflow(subscriber, workflow) for workflow in shown],
    }


def update(call: Call) -> dict[str, Any]:
    body = PATCH.check(call.request.json)
    subscriber = found(call)
    workflow = _changeable(call, body["workflowId"]) if body.get("workflowId") else None
    subscriber.preferences.update(
        workflow.workflow_id if workflow else None, channels=_given(body.get("channels"))
    )
    return listing(call)


def update_bulk(call: Call) -> list[dict[str, Any]]:
    body = BULK.check(call.request.json)
    subscriber = found(call)
    wanted = [(_changeable(call, one["workflowId"]), _given(one["channels"])) for one in body["preferences"]]
    for workflow, channels in wanted:
        subscriber.preferences.update(workflow.workflow_id, channels=channels)
    return [
        {
            "level": "template",
            "enabled": True,
            "channels": _channels(subscriber, workflow),
            "workflow": {
                "id": workflow.id,
                "identifier": workflow.workflow_id,
                "name": workflow.name,
                "critical": workflow.read_only,
                "severity": workflow.severity,
                "tags": list(workflow.tags),
            },
        }
        for workflow, _ in wanted
    ]


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


def _of_workflow(subscriber: Subscriber, workflow: SyncedWorkflow) -> dict[str, Any]:
    verdicts = {channel: _verdict(subscriber, workflow, channel) for channel in _used(workflow)}
    layer = subscriber.preferences.workflows.get(workflow.workflow_id)
    return {
        "enabled": layer is None or layer.enabled is not False,
        "channels": {channel: verdict.enabled for channel, verdict in verdicts.items()},
        "overrides": [
            {"channel": channel, "source": _SOURCES[verdict.layer]} for channel, verdict in verdicts.items()
        ],
        "updatedAt": iso(workflow.updated_at),
        "workflow": {
            "slug": f"{workflow.workflow_id}_wf_{workflow.id}",
            "identifier": workflow.workflow_id,
            "name": workflow.name,
            "updatedAt": iso(workflow.updated_at),
        },
    }


def _channels(subscriber: Subscriber, workflow: SyncedWorkflow) -> dict[str, bool]:
    return {channel: _verdict(subscriber, workflow, channel).enabled for channel in _used(workflow)}


def _verdict(subscriber: Subscriber, workflow: SyncedWorkflow, channel: str) -> Any:
    return subscriber.preferences.resolve(
        channel, workflow.workflow_id, workflow.preferences, read_only=workflow.read_only
    )


def _used(workflow: SyncedWorkflow) -> list[str]:
    """The channels that the workflow has steps for."""
    types = {step.type for step in workflow.steps}
    return [channel for channel in CHANNELS if channel in types]


ROUTES = [
    Route("GET", "/v2/subscribers/{subscriberId}/preferences", listing),
    Route("PATCH", "/v2/subscribers/{subscriberId}/preferences", update),
    Route("PATCH", "/v2/subscribers/{subscriberId}/preferences/bulk", update_bulk),
]
