"""What subscribers want to receive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.contexts import asked_contexts, named_contexts
from novu_framework_testing.api.routing import CONTEXTS, Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, boolean, one_of, string

if TYPE_CHECKING:
    from novu_framework_testing.simulation.contexts import ContextKeys
    from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
    from novu_framework_testing.simulation.workflows import SyncedWorkflow

MAX_PREFERENCES = 100

_CHANNELS = Field(an_object, nested=Body(**dict.fromkeys(CHANNELS, boolean)))
_TIME = re.compile(r"(0?[1-9]|1[0-2]):[0-5][0-9]\s?(AM|PM)", re.IGNORECASE)


def _time(value: Any) -> str | None:
    if not isinstance(value, str):
        return "must be a string"
    return None if _TIME.fullmatch(value) else "must be in 12-hour format (e.g., 09:00 AM or 9:00 AM)"


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = Body(start=Field(_time, required=True), end=Field(_time, required=True))
_DAY = Body(isEnabled=Field(boolean, required=True), hours=Field(a_list(), each=_HOURS))
_WEEK = Body(**{day: Field(an_object, nested=_DAY) for day in _DAYS})
_SCHEDULE = Body(isEnabled=Field(boolean, required=True), weeklySchedule=Field(an_object, nested=_WEEK))


def _schedule(value: Any) -> str | None:
    """Accept an object whose week has days, and is there only where the schedule is enabled."""
    if not isinstance(value, dict):
        return "must be an object"
    week = value.get("weeklySchedule")
    if week is None or not isinstance(week, dict):
        return None
    if value.get("isEnabled") is False:
        return "weeklySchedule should not be provided when isEnabled is false"
    if not week:
        return "weeklySchedule must contain at least one day configuration when isEnabled is true"
    if unknown := ", ".join(sorted(set(week) - set(_DAYS))):
        return f"weeklySchedule contains invalid day names: {unknown}"
    return None


SCHEDULE = Field(_schedule, nested=_SCHEDULE)

PATCH = Body(channels=_CHANNELS, workflowId=string, schedule=SCHEDULE, context=named_contexts)
_ONE = Body(workflowId=Field(string, required=True), channels=_CHANNELS)
BULK = Body(
    preferences=Field(a_list(at_most=MAX_PREFERENCES), required=True, each=_ONE), context=named_contexts
)
CRITICALITY = one_of("critical", "nonCritical", "all")

routes: Final = Routes()


@routes("GET", "/v2/subscribers/{subscriberId}/preferences", query=("criticality", CONTEXTS))
def get_preferences(call: Call) -> dict[str, Any]:
    """Show the global preference and those for each active workflow.

    The query's `criticality` says for which: `nonCritical` (if absent), `critical` (read-only), or `all`;
    `contextKeys` in which context.
    """
    subscriber = _subscriber(call, "Subscriber with id: {} not found")
    criticality = call.request.first("criticality") or "nonCritical"
    if problem := CRITICALITY(criticality):
        raise ApiError.invalid([f"criticality {problem}"], criticality)
    return _shown(call, subscriber, asked_contexts(call) or (), criticality)


def _shown(
    call: Call, subscriber: SimulatedSubscriber, keys: ContextKeys, criticality: str
) -> dict[str, Any]:
    shown = [
        workflow
        for workflow in call.novu.workflows
        if workflow.active and (criticality == "all" or workflow.read_only == (criticality == "critical"))
    ]
    return {
        "global": serializers.global_preference_json(call.novu, subscriber, keys),
        "workflows": [serializers.preference_json(subscriber, workflow, keys) for workflow in shown],
    }


@routes("PATCH", "/v2/subscribers/{subscriberId}/preferences")
def update_preferences(call: Call) -> dict[str, Any]:
    """Change the global preference, or the one for the workflow that the body names."""
    body = PATCH.check(call.request.json)
    workflow = None
    if body.get("workflowId"):
        workflow = _workflow(call, body["workflowId"])
        if workflow is None:
            raise ApiError(404, "Workflow cannot be found")
    subscriber = _subscriber(call, "Subscriber with id: {} is not found")
    if workflow is not None and workflow.read_only:
        raise ApiError(400, f"Critical workflow with id: {workflow.id} can not be updated")
    keys = call.novu.contexts.resolve(body.get("context"))
    subscriber.preferences.update(
        None if workflow is None else workflow.workflow_id,
        channels=_given(body.get("channels")),
        schedule=body.get("schedule"),
        context=body.get("context"),
    )
    return _shown(call, subscriber, keys, "nonCritical")


@routes("PATCH", "/v2/subscribers/{subscriberId}/preferences/bulk")
def update_preferences_in_bulk(call: Call) -> list[dict[str, Any]]:
    """Change the preferences for several workflows, or for none where one of them cannot be changed."""
    body = BULK.check(call.request.json)
    subscriber = _subscriber(call, "Subscriber with id: {} is not found")
    if not body["preferences"]:
        raise ApiError(400, "No preferences provided for bulk update")
    found = {one["workflowId"]: _workflow(call, one["workflowId"]) for one in body["preferences"]}
    if unknown := [asked for asked, workflow in found.items() if workflow is None]:
        raise ApiError(404, f"Workflows with ids: {', '.join(unknown)} not found")
    workflows = {asked: workflow for asked, workflow in found.items() if workflow is not None}
    if critical := [workflow.id for workflow in workflows.values() if workflow.read_only]:
        raise ApiError(400, f"Critical workflows with ids: {', '.join(critical)} cannot be updated")
    keys = call.novu.contexts.resolve(body.get("context"))
    wanted = {
        workflows[one["workflowId"]].workflow_id: _given(one.get("channels")) for one in body["preferences"]
    }
    for workflow_id, channels in wanted.items():
        subscriber.preferences.update(workflow_id, channels=channels, context=body.get("context"))
    return [
        serializers.updated_preference_json(subscriber, call.novu.workflows[workflow_id], keys)
        for workflow_id in wanted
    ]


def _subscriber(call: Call, missing: str) -> SimulatedSubscriber:
    subscriber = call.novu.subscribers.get(call["subscriberId"])
    if subscriber is None:
        raise ApiError(404, missing.format(call["subscriberId"]))
    return subscriber


def _workflow(call: Call, asked: str) -> SyncedWorkflow | None:
    """A workflow by its id, Novu's own, or its slug."""
    for workflow in call.novu.workflows:
        if asked in (workflow.workflow_id, workflow.id) or asked.endswith(f"_wf_{workflow.id}"):
            return workflow
    return None


def _given(channels: dict[str, Any] | None) -> dict[str, bool]:
    return {name: flag for name, flag in (channels or {}).items() if name in CHANNELS and flag is not None}
