"""Subscribers, topics, workflows, messages and preferences in the API's JSON.

What is not known is absent in most of them (`present`). The activity feed, made of runs and their steps, is in
`routes.activity`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.state import ApiState
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.preferences import CHANNELS
from novu_framework_testing.simulation.subscribers import PROFILE

if TYPE_CHECKING:
    from novu_framework_testing.simulation.messages import Message
    from novu_framework_testing.simulation.subscribers import Subscriber
    from novu_framework_testing.simulation.topics import Topic
    from novu_framework_testing.simulation.workflows import SyncedStep, SyncedWorkflow


def present(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are not None."""
    return {name: value for name, value in values.items() if value is not None}


def moment(when: datetime | None) -> str | None:
    """Return a moment as the API writes it, `2026-01-01T00:00:00.000Z`; None for None."""
    return None if when is None else iso(when)


# --- subscribers and topics ---------------------------------------------------------------------------


def subscriber(state: ApiState, known: Subscriber) -> dict[str, Any]:
    """Return a subscriber, whole."""
    return {
        **state.scope,
        "deleted": False,
        "topics": [one.key for one in state.novu.topics.of(known.subscriber_id)],
        **known.to_dict(),
        "channels": [
            {"_integrationId": state.integration_id(channel.provider_id), **channel.to_dict()}
            for channel in known.channels
        ],
    }


def subscriber_summary(known: Subscriber) -> dict[str, Any]:
    """Return a subscriber as another resource shows one."""
    names = ("first_name", "last_name", "email", "phone", "avatar")
    return {"_id": known.id, "subscriberId": known.subscriber_id, **_profile(known, *names)}


def _profile(known: Subscriber, *names: str) -> dict[str, Any]:
    return present({PROFILE[name]: getattr(known, name) for name in names})


def topic(known: Topic) -> dict[str, Any]:
    """Return a topic."""
    times = {"createdAt": moment(known.created_at), "updatedAt": moment(known.updated_at)}
    return present({"_id": known.id, "key": known.key, "name": known.name, **times})


def subscription_identifier(state: ApiState, to: Topic, subscriber_id: str) -> str:
    """Return the identifier of a subscription: the one it was given, or one made of the two keys."""
    notes = state.subscription_notes[to.subscription_id(subscriber_id)]
    return notes.get("identifier") or f"tk={to.key}:si={subscriber_id}"


def subscription(state: ApiState, to: Topic, subscriber_id: str) -> dict[str, Any]:
    """Return a subscriber's subscription to a topic."""
    subscription_id = to.subscription_id(subscriber_id)
    notes = state.subscription_notes[subscription_id]
    created = notes.get("createdAt") or iso(to.created_at or state.novu.now)
    return present(
        {
            "_id": subscription_id,
            "identifier": subscription_identifier(state, to, subscriber_id),
            "topic": topic(to),
            "subscriber": subscriber_summary(state.novu.subscribers[subscriber_id]),
            "createdAt": created,
            "updatedAt": notes.get("updatedAt") or created,
            "name": notes.get("name"),
        }
    )


# --- workflows ----------------------------------------------------------------------------------------


def workflow_slug(known: SyncedWorkflow) -> str:
    """Return the name of a workflow in the dashboard's addresses."""
    return f"{known.workflow_id}_wf_{known.id}"


def step_slug(known: SyncedStep) -> str:
    """Return the name of a step in the dashboard's addresses."""
    return f"{known.step_id}_st_{known.id}"


def _stored(known: SyncedWorkflow) -> dict[str, Any]:
    """What every view of a stored workflow shows."""
    return {
        "_id": known.id,
        "name": known.name,
        "tags": list(known.tags),
        "origin": "external",
        "createdAt": iso(known.created_at),
        "updatedAt": iso(known.updated_at),
    }


def _named(state: ApiState, known: SyncedWorkflow) -> dict[str, Any]:
    moments = [one.created_at for one in state.novu.triggers if one.workflow_id == known.workflow_id]
    return {
        **_stored(known),
        "workflowId": known.workflow_id,
        "slug": workflow_slug(known),
        "status": "ACTIVE",
        "lastTriggeredAt": moment(max(moments, default=None)),
    }


def workflow_triggers(known: SyncedWorkflow) -> list[dict[str, Any]]:
    """Return what triggers a workflow: the event of its id."""
    return [{"type": "event", "identifier": known.workflow_id, "variables": []}]


def workflow_summary(state: ApiState, known: SyncedWorkflow) -> dict[str, Any]:
    """Return a workflow as a listing shows it."""
    return {
        **_named(state, known),
        "stepTypeOverviews": [step.type for step in known.steps],
        "steps": [{"slug": step_slug(step), "type": step.type} for step in known.steps],
    }


def workflow(state: ApiState, known: SyncedWorkflow) -> dict[str, Any]:
    """Return a workflow, whole."""
    channels = {channel: {"enabled": known.preferences.wants(channel) is not False} for channel in CHANNELS}
    everywhere = {"enabled": known.preferences.enabled is not False, "readOnly": known.read_only}
    return {
        **_named(state, known),
        "description": known.description,
        "active": True,
        "validatePayload": False,
        "payloadSchema": (known.definition.get("payload") or {}).get("schema"),
        "severity": known.severity,
        "steps": [workflow_step(known, step) for step in known.steps],
        "preferences": {"user": None, "default": {"all": everywhere, "channels": channels}},
    }


# The API's own description of these steps says that their controls always have these.
_EXPECTED_CONTROLS: dict[str, dict[str, Any]] = {
    "email": {"subject": ""},
    "http_request": {"method": "GET", "url": ""},
}


def workflow_step(known: SyncedWorkflow, step: SyncedStep) -> dict[str, Any]:
    """Return a step of a workflow, with its controls: the saved values over the defaults."""
    schema = (step.definition.get("controls") or {}).get("schema") or {}
    properties: dict[str, Any] = schema.get("properties") or {}
    values = {
        **_EXPECTED_CONTROLS.get(step.type, {}),
        **{
            name: one["default"]
            for name, one in properties.items()
            if isinstance(one, dict) and "default" in one
        },
        **known.controls.get(step.step_id, {}),
    }
    return {
        "_id": step.id,
        "stepId": step.step_id,
        "name": step.step_id,
        "slug": step_slug(step),
        "type": step.type,
        "origin": "external",
        "workflowId": known.workflow_id,
        "workflowDatabaseId": known.id,
        "variables": {},
        "controls": {"dataSchema": schema, "values": values},
        "controlValues": values,
    }


def synced_workflow(state: ApiState, known: SyncedWorkflow) -> dict[str, Any]:
    """Return a workflow as the answer to a sync shows it."""
    return {
        **_stored(known),
        **state.scope,
        "description": known.description,
        "type": "BRIDGE",
        "active": True,
        "draft": False,
        "critical": known.read_only,
        "triggers": workflow_triggers(known),
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
            for step in known.steps
        ],
        "rawData": known.definition,
    }


def workflow_reference(known: SyncedWorkflow) -> dict[str, Any]:
    """Return a workflow as an in-app notification or a preference names one."""
    return {
        "id": known.id,
        "identifier": known.workflow_id,
        "name": known.name,
        "critical": known.read_only,
        "tags": list(known.tags),
        "severity": known.severity,
    }


# --- messages -----------------------------------------------------------------------------------------


def message(state: ApiState, sent: Message) -> dict[str, Any]:
    """Return a delivered message, of any channel."""
    known = sent.run.workflow
    return present(
        {
            **state.scope,
            "_id": sent.id,
            "_notificationId": sent.run.id,
            "_subscriberId": sent.run.subscriber.id,
            "_templateId": known.id,
            "_messageTemplateId": sent.step.synced.id,
            "templateIdentifier": known.workflow_id,
            "subscriber": subscriber(state, sent.run.subscriber),
            "createdAt": iso(sent.sent_at),
            "deliveredAt": [iso(when) for when in sent.delivered_at],
            "lastSeenDate": moment(sent.last_seen_at),
            "lastReadDate": moment(sent.last_read_at),
            "snoozedUntil": moment(sent.snoozed_until),
            "transactionId": sent.transaction_id,
            "channel": sent.channel,
            "providerId": sent.provider_id,
            "read": sent.read,
            "seen": sent.seen,
            "subject": sent.subject,
            "content": sent.body or "",
            "email": sent.to if sent.channel == "email" else None,
            "phone": sent.to if sent.channel == "sms" else None,
            "cta": _call_to_action(sent),
            "status": "sent",
            "payload": sent.run.payload,
            "overrides": sent.run.trigger.overrides or {},
        }
    )


def _call_to_action(sent: Message) -> dict[str, Any]:
    """The redirect and the buttons of an in-app message."""
    redirect = sent.content.get("redirect") or {}
    buttons = [
        {"type": name, "content": action.get("label", "")}
        for name in ("primary", "secondary")
        if isinstance(action := sent.content.get(f"{name}Action"), dict)
    ]
    cta: dict[str, Any] = (
        {"type": "redirect", "data": {"url": redirect["url"]}} if redirect.get("url") else {}
    )
    if buttons:
        done = sorted(sent.completed_actions)
        cta["action"] = {"status": "done" if done else "pending", "buttons": buttons}
        if done:
            cta["action"]["result"] = {"type": done[0]}
    return cta


def inbox_notification(sent: Message) -> dict[str, Any]:
    """Return an in-app message as an inbox shows it."""
    to = sent.run.subscriber
    names = {"id": to.id, "subscriberId": to.subscriber_id}
    return present(
        {
            "id": sent.id,
            "transactionId": sent.transaction_id,
            "subject": sent.subject,
            "body": sent.body or "",
            "to": {**names, **_profile(to, "first_name", "last_name", "avatar")},
            "isRead": sent.read,
            "isSeen": sent.seen,
            "isArchived": sent.archived,
            "isSnoozed": sent.snoozed,
            "snoozedUntil": moment(sent.snoozed_until),
            "deliveredAt": [iso(when) for when in sent.delivered_at],
            "createdAt": iso(sent.sent_at),
            "readAt": moment(sent.last_read_at),
            "firstSeenAt": moment(sent.last_seen_at),
            "archivedAt": moment(sent.archived_at),
            "avatar": sent.content.get("avatar"),
            "primaryAction": _inbox_action(sent, "primary"),
            "secondaryAction": _inbox_action(sent, "secondary"),
            "channelType": "in_app",
            "tags": list(sent.tags),
            "data": sent.content.get("data"),
            "redirect": sent.content.get("redirect"),
            "workflow": workflow_reference(sent.run.workflow),
            "severity": sent.severity,
        }
    )


def _inbox_action(sent: Message, name: str) -> dict[str, Any] | None:
    action = sent.content.get(f"{name}Action")
    if not isinstance(action, dict):
        return None
    completed = name in sent.completed_actions
    return present(
        {"label": action.get("label", ""), "isCompleted": completed, "redirect": action.get("redirect")}
    )


# --- preferences --------------------------------------------------------------------------------------

_SOURCES = {
    "the subscriber's preference for this workflow": "subscriber",
    "the subscriber's global preference": "subscriber",
    "the workflow's default preference": "workflowOverride",
}


def _verdicts(of: Subscriber, known: SyncedWorkflow) -> dict[str, Any]:
    """What is decided for each channel that the workflow has steps for."""
    types = {step.type for step in known.steps}
    return {
        channel: of.preferences.resolve(
            channel, known.workflow_id, known.preferences, read_only=known.read_only
        )
        for channel in CHANNELS
        if channel in types
    }


def preference(of: Subscriber, known: SyncedWorkflow) -> dict[str, Any]:
    """Return a subscriber's preference for one workflow, and which layer decided each channel."""
    verdicts = _verdicts(of, known)
    layer = of.preferences.workflows.get(known.workflow_id)
    return {
        "enabled": layer is None or layer.enabled is not False,
        "channels": {channel: verdict.enabled for channel, verdict in verdicts.items()},
        "overrides": [
            {"channel": channel, "source": _SOURCES[verdict.layer]} for channel, verdict in verdicts.items()
        ],
        "updatedAt": iso(known.updated_at),
        "workflow": {
            "slug": workflow_slug(known),
            "identifier": known.workflow_id,
            "name": known.name,
            "updatedAt": iso(known.updated_at),
        },
    }


def updated_preference(of: Subscriber, known: SyncedWorkflow) -> dict[str, Any]:
    """Return a subscriber's preference for one workflow as the answer to an update in bulk shows it."""
    return {
        "level": "template",
        "enabled": True,
        "channels": {channel: verdict.enabled for channel, verdict in _verdicts(of, known).items()},
        "workflow": workflow_reference(known),
    }
