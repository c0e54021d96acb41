"""What a web page with an inbox asks for besides its notifications: a session, and what the subscriber prefers.

A session needs no key; everything else needs the token that it answers with.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.lookups import inbox_session
from novu_framework_testing.api.notifications import SEVERITY, Mailbox, unread_counts
from novu_framework_testing.api.routes.contexts import named_contexts
from novu_framework_testing.api.routes.inbox_subscriptions import preferred
from novu_framework_testing.api.routes.notifications import MAX_SNOOZE
from novu_framework_testing.api.routes.preferences import CRITICALITY, MAX_PREFERENCES, SCHEDULE
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.serializers import (
    global_preference_json,
    preference_json,
    present,
    workflow_reference_json,
)
from novu_framework_testing.api.sessions import InboxSession, context_hash, subscriber_hash
from novu_framework_testing.api.state import SIZE_OF_A_RECORD
from novu_framework_testing.api.validation import (
    Body,
    Field,
    a_list,
    an_object,
    boolean,
    email,
    string,
)
from novu_framework_testing.simulation.contexts import context_keys

if TYPE_CHECKING:
    from novu_framework_testing.simulation.workflows import SyncedWorkflow

KEYLESS = "pk_keyless_"
"""What the application identifiers begin with that Novu makes for a page without one."""

KEYLESS_SUBSCRIBER = "keyless-subscriber-id"

_PROFILE = {**dict.fromkeys(("firstName", "lastName", "phone", "avatar", "locale", "timezone"), string)}


def _subscriber(value: Any) -> str | None:
    """Accept an id, or a subscriber with one."""
    return None if isinstance(value, (str, dict)) else "must be an object or a string"


SUBSCRIBER = Body(subscriberId=Field(string, required=True), **_PROFILE, email=email, data=an_object)
SESSION = Body(
    **dict.fromkeys(("applicationIdentifier", "subscriberId", "subscriberHash", "contextHash"), string),
    subscriber=_subscriber,
    defaultSchedule=SCHEDULE,
    context=named_contexts,
)
_CHANNELS = dict.fromkeys((channel for channel in CHANNELS if channel != "tool"), boolean)
PREFERENCE = Body(**_CHANNELS, enabled=boolean, schedule=SCHEDULE)
_ONE = Body(
    workflowId=Field(string, required=True),
    subscriptionIdentifier=string,
    condition=an_object,
    **PREFERENCE.fields,
)
BULK = Body(preferences=Field(a_list(), required=True, each=_ONE))

routes: Final = Routes()


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
    proven = _same(subscriber_hash(call.novu.secret_key, subscriber_id), body.get("subscriberHash"))
    known = subscriber_id in call.novu.subscribers and not proven
    integrations = call.novu.integrations
    in_app = next((one for one in integrations if one.channel == "in_app" and one.active), None)
    if in_app is None:
        raise ApiError(404, "The active in-app integration could not be found")
    context = body.get("context")
    if in_app.credentials.get("hmac"):
        if not proven:
            raise ApiError(400, "Please provide a valid HMAC hash")
        if context and not _same(context_hash(call.novu.secret_key, context), body.get("contextHash")):
            raise ApiError(400, "Please provide a valid context HMAC hash")
    if not proven:
        made = sum(key not in call.novu.contexts for key in context_keys(context))
        made += subscriber_id not in call.novu.subscribers
        call.state.count_written(made and made * SIZE_OF_A_RECORD + len(call.request.content))
    subscriber = call.novu.subscribers.upsert_from(subscriber_id if known else profile)
    session = InboxSession(subscriber, call.novu.contexts.resolve(context))
    preferences = subscriber.preferences
    if body.get("defaultSchedule") and preferences.schedule_in(session.context_keys) is None:
        if not proven:
            call.state.count_written(len(call.request.content))
        preferences.update(schedule=body["defaultSchedule"], context=_context(session))
    unread = unread_counts(Mailbox(subscriber, session.context_keys).notifications)
    environment = call.novu.records["environments"][call.state.scope["_environmentId"]]
    schedule = preferences.schedule_in(session.context_keys)
    return {
        "applicationIdentifier": identifier,
        "token": session.token(call.novu, call.state.scope),
        "totalUnreadCount": unread["total"],
        "unreadCount": unread,
        "removeNovuBranding": False,
        "maxSnoozeDurationHours": MAX_SNOOZE.days * 24,
        "isDevelopmentMode": environment["name"].lower() != "production",
        **present(schedule=schedule),
        "contextKeys": list(session.context_keys),
    }


def _same(own: str, given: str | None) -> bool:
    return hmac.compare_digest(own.encode(), (given or "").encode("utf-8", "replace"))


def _context(session: InboxSession) -> dict[str, str]:
    """The context of a session as a trigger names it."""
    return dict(key.split(":", 1) for key in session.context_keys)


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


def _global(call: Call, session: InboxSession) -> dict[str, Any]:
    shown = global_preference_json(call.novu, session.subscriber, session.context_keys)
    return {"level": "global", **shown, "channels": _channels(shown["channels"])}


def _of_workflow(session: InboxSession, workflow: SyncedWorkflow) -> dict[str, Any]:
    shown = preference_json(session.subscriber, workflow, session.context_keys)
    return {
        "level": "template",
        "enabled": shown["enabled"],
        "channels": _channels(shown["channels"]),
        "overrides": shown["overrides"],
        "workflow": workflow_reference_json(workflow),
    }


def _change(session: InboxSession, workflow: SyncedWorkflow | None, body: dict[str, Any]) -> None:
    """Change the channels that a request names. Novu keeps `enabled` too, and a workflow's channels go before it."""
    session.subscriber.preferences.update(
        None if workflow is None else workflow.workflow_id,
        channels={name: body[name] for name in _CHANNELS if body.get(name) is not None},
        schedule=body.get("schedule"),
        context=_context(session),
    )


@routes("GET", "/v1/inbox/preferences", query=("tags[]", "severity[]", "criticality"))
def list_preferences(call: Call) -> list[dict[str, Any]]:
    """Show the global preference, then those for each active workflow, oldest first.

    The query selects workflows by `tags` and `severity`, of which one is enough, and by `criticality`.
    """
    session = inbox_session(call)
    tags, severities = call.request.all("tags"), call.request.all("severity")
    criticality = call.request.first("criticality") or "nonCritical"
    problems = [f"severity {said}" for one in severities if (said := SEVERITY(one))]
    problems += [f"criticality {said}"] if (said := CRITICALITY(criticality)) else []
    if problems:
        raise ApiError.invalid(problems)
    shown = [
        workflow
        for workflow in call.novu.workflows
        if workflow.active
        and (criticality == "all" or workflow.read_only == (criticality == "critical"))
        and (not tags or not set(tags).isdisjoint(workflow.tags))
        and (not severities or workflow.severity in severities)
    ]
    return [_global(call, session), *(_of_workflow(session, workflow) for workflow in shown)]


@routes("GET", "/v1/inbox/preferences/global")
def show_global_preference(call: Call) -> dict[str, Any]:
    """Show the global preference."""
    return _global(call, inbox_session(call))


@routes("PATCH", "/v1/inbox/preferences")
def update_global_preference(call: Call) -> dict[str, Any]:
    """Change the global preference."""
    session = inbox_session(call)
    _change(session, None, PREFERENCE.check(call.request.json))
    return _global(call, session)


@routes("PATCH", "/v1/inbox/preferences/bulk")
def update_preferences(call: Call) -> list[dict[str, Any]]:
    """Change the preferences for several workflows, or for none where one of them cannot be changed.

    Of a workflow that is named twice, the last one counts.
    """
    session = inbox_session(call)
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
    return [_changed(call, session, workflow, one) for workflow, one in changes.items()]


def _changed(
    call: Call, session: InboxSession, workflow: SyncedWorkflow, body: dict[str, Any]
) -> dict[str, Any]:
    """A preference of many: of a subscription where it names one, else for the channels that it names."""
    if body.get("subscriptionIdentifier"):
        return preferred(call, session, body["subscriptionIdentifier"], workflow, body)
    _change(session, workflow, body)
    return _of_workflow(session, workflow)


@routes("PATCH", "/v1/inbox/preferences/{workflowId}")
def update_preference(call: Call) -> dict[str, Any]:
    """Change the preference for one workflow."""
    session, asked = inbox_session(call), call["workflowId"]
    body = PREFERENCE.check(call.request.json)
    workflow = _workflow(call, asked)
    if workflow is None:
        raise ApiError(404, f"Workflow with id: {asked} is not found")
    if workflow.read_only:
        raise ApiError(400, f"Critical workflow with id: {asked} can not be updated")
    _change(session, workflow, body)
    return _of_workflow(session, workflow)


def _workflow(call: Call, asked: str) -> SyncedWorkflow | None:
    """The workflow of that id, its own or Novu's."""
    return next((one for one in call.novu.workflows if asked in (one.workflow_id, one.id)), None)
