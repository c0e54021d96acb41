"""What a web page with an inbox asks for besides its notifications: a session, and what the subscriber prefers.

A session needs no key; everything else needs the token that it answers with.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.lookups import inbox_session
from novu_framework_testing.api.notifications import SEVERITIES, Mailbox, unread_counts
from novu_framework_testing.api.routes.notifications import MAX_SNOOZE
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.serializers import preference_json, workflow_reference_json
from novu_framework_testing.api.sessions import InboxSession, subscriber_hash
from novu_framework_testing.api.validation import (
    Body,
    Field,
    a_list,
    an_object,
    boolean,
    email,
    one_of,
    string,
)

if TYPE_CHECKING:
    from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
    from novu_framework_testing.simulation.workflows import SyncedWorkflow

KEYLESS = "pk_keyless_"
"""What the application identifiers begin with that Novu makes for a page without one."""

KEYLESS_SUBSCRIBER = "keyless-subscriber-id"
MAX_PREFERENCES = 100

_PROFILE = {**dict.fromkeys(("firstName", "lastName", "phone", "avatar", "locale", "timezone"), string)}


def _subscriber(value: Any) -> str | None:
    """Accept an id, or a subscriber with one."""
    return None if isinstance(value, (str, dict)) else "must be an object or a string"


SUBSCRIBER = Body(subscriberId=Field(string, required=True), **_PROFILE, email=email, data=an_object)
SESSION = Body(
    **dict.fromkeys(("applicationIdentifier", "subscriberId", "subscriberHash", "contextHash"), string),
    subscriber=_subscriber,
    defaultSchedule=an_object,
    context=an_object,
)
_CHANNELS = dict.fromkeys((channel for channel in CHANNELS if channel != "tool"), boolean)
PREFERENCE = Body(**_CHANNELS, enabled=boolean, schedule=an_object)
_ONE = Body(workflowId=Field(string, required=True), **PREFERENCE.fields)
BULK = Body(preferences=Field(a_list(), required=True, each=_ONE))

routes = Routes()


@routes("POST", "/v1/inbox/session", 201)
def initialize_session(call: Call) -> dict[str, Any]:
    """Open the inbox of a subscriber, who is made where there is none of that id.

    The profile of a subscriber whom there is already is changed only where `subscriberHash` proves that the page's own
    server sent it.
    """
    body = SESSION.check(call.request.json)
    profile = _who(body)
    subscriber_id, identifier = profile["subscriberId"], body.get("applicationIdentifier") or ""
    if not identifier:
        identifier = f"{KEYLESS}{int(call.novu.now.timestamp()):08x}_sim"
    proof = subscriber_hash(call.novu.secret_key, subscriber_id)
    proven = hmac.compare_digest(proof.encode(), str(body.get("subscriberHash")).encode("utf-8", "replace"))
    known = subscriber_id in call.novu.subscribers and not proven
    try:
        context = call.novu.contexts.resolve(body.get("context"))
        subscriber = call.novu.subscribers.upsert_from(subscriber_id if known else profile)
    except ValueError as error:
        raise ApiError.invalid([str(error)]) from error
    session = InboxSession(subscriber, context)
    unread = unread_counts(Mailbox(subscriber, session.context_keys).notifications)
    return {
        "applicationIdentifier": identifier,
        "token": session.token(call.novu, call.state.scope),
        "totalUnreadCount": unread["total"],
        "unreadCount": unread,
        "removeNovuBranding": False,
        "maxSnoozeDurationHours": MAX_SNOOZE.days * 24,
        "isDevelopmentMode": True,
        "contextKeys": list(session.context_keys),
    }


def _who(body: dict[str, Any]) -> dict[str, Any]:
    """The subscriber of a session: an id, or a profile with one. Raises `ApiError` (422)."""
    given = body.get("subscriber") or body.get("subscriberId")
    profile: dict[str, Any] = {"subscriberId": given} if isinstance(given, str) else given or {}
    identifier = body.get("applicationIdentifier") or ""
    if not identifier and profile.get("subscriberId"):
        missing = "A valid application identifier is required when providing subscriber information"
        raise ApiError(422, missing)
    if not identifier or identifier.startswith(KEYLESS):
        return {"subscriberId": KEYLESS_SUBSCRIBER}
    if not profile.get("subscriberId") and not body.get("subscriber"):
        raise ApiError(422, "Subscriber ID is required")
    if problems := SUBSCRIBER.problems(profile, "subscriber."):
        raise ApiError.invalid(problems)
    return profile


# --- preferences --------------------------------------------------------------------------------------


def _channels(channels: Mapping[str, bool]) -> dict[str, bool]:
    """Those that a subscriber sees: a tool is none of them."""
    return {name: enabled for name, enabled in channels.items() if name in _CHANNELS}


def _changeable(workflows: Iterable[SyncedWorkflow]) -> list[SyncedWorkflow]:
    return [workflow for workflow in workflows if not workflow.read_only]


def _global(call: Call, subscriber: SimulatedSubscriber) -> dict[str, Any]:
    """The global preference, for the channels of workflows that the subscriber may change."""
    used = {step.type for workflow in _changeable(call.novu.workflows) for step in workflow.steps}
    layer = subscriber.preferences.overall
    channels: dict[str, bool] = {name: layer.wants(name) is not False for name in CHANNELS if name in used}
    return {"level": "global", "enabled": layer.enabled is not False, "channels": _channels(channels)}


def _of_workflow(subscriber: SimulatedSubscriber, workflow: SyncedWorkflow) -> dict[str, Any]:
    shown = preference_json(subscriber, workflow, ())
    return {
        "level": "template",
        "enabled": shown["enabled"],
        "channels": _channels(shown["channels"]),
        "overrides": shown["overrides"],
        "workflow": workflow_reference_json(workflow),
    }


@routes("GET", "/v1/inbox/preferences")
def list_preferences(call: Call) -> list[dict[str, Any]]:
    """Show the global preference, then those for each workflow, oldest first.

    The query selects workflows by `tags` and `severity`, of which one is enough, and by `criticality`.
    """
    subscriber = inbox_session(call).subscriber
    tags, severities = call.request.all("tags"), call.request.all("severity")
    criticality = call.request.first("criticality") or "nonCritical"
    problems = [one_of(*SEVERITIES)(one) for one in severities]
    problems.append(one_of("critical", "nonCritical", "all")(criticality))
    if said := [problem for problem in problems if problem]:
        raise ApiError.invalid(said)
    shown = [
        workflow
        for workflow in call.novu.workflows
        if (criticality == "all" or workflow.read_only == (criticality == "critical"))
        and (not tags or not set(tags).isdisjoint(workflow.tags))
        and (not severities or workflow.severity in severities)
    ]
    return [_global(call, subscriber), *(_of_workflow(subscriber, workflow) for workflow in shown)]


@routes("GET", "/v1/inbox/preferences/global")
def show_global_preference(call: Call) -> dict[str, Any]:
    """Show the global preference."""
    return _global(call, inbox_session(call).subscriber)


@routes("PATCH", "/v1/inbox/preferences")
def update_global_preference(call: Call) -> dict[str, Any]:
    """Change the global preference."""
    subscriber = inbox_session(call).subscriber
    body = PREFERENCE.check(call.request.json)
    subscriber.preferences.update(channels=_given(body))
    return _global(call, subscriber)


@routes("PATCH", "/v1/inbox/preferences/bulk")
def update_preferences(call: Call) -> list[dict[str, Any]]:
    """Change the preferences for several workflows, or for none where one of them cannot be changed.

    Of a workflow that is named twice, the last one counts.
    """
    subscriber = inbox_session(call).subscriber
    wanted = BULK.check(call.request.json)["preferences"]
    if not wanted:
        raise ApiError(400, "No preferences provided for bulk update")
    if len(wanted) > MAX_PREFERENCES:
        raise ApiError(422, f"preferences must contain no more than {MAX_PREFERENCES} elements")
    found = {one["workflowId"]: _workflow(call, one["workflowId"]) for one in wanted}
    if missing := [name for name, workflow in found.items() if workflow is None]:
        raise ApiError(404, f"Workflows with ids: {', '.join(missing)} not found")
    if critical := [
        workflow.id for workflow in found.values() if workflow is not None and workflow.read_only
    ]:
        raise ApiError(400, f"Critical workflows with ids: {', '.join(critical)} cannot be updated")
    changes = {workflow: one for one in wanted if (workflow := found[one["workflowId"]]) is not None}
    for workflow, one in changes.items():
        subscriber.preferences.update(workflow.workflow_id, channels=_given(one))
    return [_of_workflow(subscriber, workflow) for workflow in changes]


@routes("PATCH", "/v1/inbox/preferences/{workflowId}")
def update_preference(call: Call) -> dict[str, Any]:
    """Change the preference for one workflow."""
    subscriber = inbox_session(call).subscriber
    body, asked = PREFERENCE.check(call.request.json), call["workflowId"]
    workflow = _workflow(call, asked)
    if workflow is None:
        raise ApiError(404, f"Workflow with id: {asked} is not found")
    if workflow.read_only:
        raise ApiError(400, f"Critical workflow with id: {asked} can not be updated")
    subscriber.preferences.update(workflow.workflow_id, enabled=body.get("enabled"), channels=_given(body))
    return _of_workflow(subscriber, workflow)


def _workflow(call: Call, asked: str) -> SyncedWorkflow | None:
    """The workflow of that id, its own or Novu's."""
    return next((one for one in call.novu.workflows if asked in (one.workflow_id, one.id)), None)


def _given(body: dict[str, Any]) -> dict[str, bool]:
    return {name: body[name] for name in _CHANNELS if body.get(name) is not None}
