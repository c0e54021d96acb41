"""Subscribers, topics, workflows, messages and preferences in the API's JSON.

What is not known is absent in most of them (`present`). The activity feed is in `routes.activity`.
"""

from __future__ import annotations

import copy
import itertools
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.api.state import ApiState
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.preferences import workflow_layer
from novu_framework_testing.simulation.subscribers import PROFILE

if TYPE_CHECKING:
    from novu_framework_testing.simulation.messages import Message
    from novu_framework_testing.simulation.preferences import LayerName, Verdict
    from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
    from novu_framework_testing.simulation.topics import Topic
    from novu_framework_testing.simulation.workflows import SyncedStep, SyncedWorkflow


def present(**values: Any) -> dict[str, Any]:
    """Return the values that are not None, as a dict."""
    return {name: value for name, value in values.items() if value is not None}


def moment(when: datetime | None) -> str | None:
    """Return a moment as the API writes it, `2026-01-01T00:00:00.000Z`; None for None."""
    return None if when is None else iso(when)


# --- subscribers and topics ---------------------------------------------------------------------------


def subscriber_json(state: ApiState, subscriber: SimulatedSubscriber) -> dict[str, Any]:
    """Return a subscriber, whole."""
    return {
        **state.scope,
        "deleted": False,
        "topics": [one.key for one in state.novu.topics.of(subscriber.subscriber_id)],
        **subscriber.to_dict(),
        "channels": [
            {"_integrationId": state.integration_id(channel.provider_id), **channel.to_dict()}
            for channel in subscriber.channels
        ],
    }


def subscriber_summary_json(subscriber: SimulatedSubscriber) -> dict[str, Any]:
    """Return a subscriber as another resource shows one."""
    names = ("first_name", "last_name", "email", "phone", "avatar")
    return {"_id": subscriber.id, "subscriberId": subscriber.subscriber_id, **_profile(subscriber, *names)}


def _profile(subscriber: SimulatedSubscriber, *names: str) -> dict[str, Any]:
    return present(**{PROFILE[name]: getattr(subscriber, name) for name in names})


def topic_json(topic: Topic) -> dict[str, Any]:
    """Return a topic."""
    times = {"createdAt": moment(topic.created_at), "updatedAt": moment(topic.updated_at)}
    return present(_id=topic.id, key=topic.key, name=topic.name, **times)


def subscription_identifier(state: ApiState, topic: Topic, subscriber_id: str) -> str:
    """Return the identifier of a subscription: the one it was given, or one made of the two keys."""
    notes = state.subscription_notes[topic.subscription_id(subscriber_id)]
    return notes.get("identifier") or f"tk={topic.key}:si={subscriber_id}"


def subscription_json(state: ApiState, topic: Topic, subscriber_id: str) -> dict[str, Any]:
    """Return a subscriber's subscription to a topic."""
    subscription_id = topic.subscription_id(subscriber_id)
    notes = state.subscription_notes[subscription_id]
    created = notes.get("createdAt") or iso(topic.created_at or state.novu.now)
    return present(
        _id=subscription_id,
        identifier=subscription_identifier(state, topic, subscriber_id),
        topic=topic_json(topic),
        subscriber=subscriber_summary_json(state.novu.subscribers[subscriber_id]),
        createdAt=created,
        updatedAt=notes.get("updatedAt") or created,
        name=notes.get("name"),
    )


# --- workflows ----------------------------------------------------------------------------------------


def workflow_slug(workflow: SyncedWorkflow) -> str:
    """Return the name of a workflow in the dashboard's addresses."""
    return f"{workflow.workflow_id}_wf_{workflow.id}"


def step_slug(step: SyncedStep) -> str:
    """Return the name of a step in the dashboard's addresses."""
    return f"{step.step_id}_st_{step.id}"


def workflow_origin(workflow: SyncedWorkflow) -> str:
    """Return where a workflow is written: `external` for one in code, `novu-cloud` for one of the dashboard."""
    return str(workflow.dashboard.get("origin") or "external")


def _stored(workflow: SyncedWorkflow) -> dict[str, Any]:
    """What every view of a stored workflow shows."""
    return {
        "_id": workflow.id,
        "name": workflow.name,
        "tags": list(workflow.tags),
        "origin": workflow_origin(workflow),
        "createdAt": iso(workflow.created_at),
        "updatedAt": iso(workflow.updated_at),
    }


def _named(state: ApiState, workflow: SyncedWorkflow) -> dict[str, Any]:
    moments = [one.created_at for one in state.novu.triggers if one.workflow_id == workflow.workflow_id]
    return {
        **_stored(workflow),
        "workflowId": workflow.workflow_id,
        "slug": workflow_slug(workflow),
        "status": "ACTIVE" if workflow.active else "INACTIVE",
        "isTranslationEnabled": workflow.dashboard.get("isTranslationEnabled", False),
        "lastTriggeredAt": moment(max(moments, default=None)),
    }


def workflow_triggers(workflow: SyncedWorkflow) -> list[dict[str, Any]]:
    """Return what triggers a workflow: the event of its id."""
    return [{"type": "event", "identifier": workflow.workflow_id, "variables": []}]


def workflow_summary_json(state: ApiState, workflow: SyncedWorkflow) -> dict[str, Any]:
    """Return a workflow as a listing shows it."""
    return {
        **_named(state, workflow),
        "stepTypeOverviews": [step.type for step in workflow.steps],
        "steps": [{"slug": step_slug(step), "type": step.type} for step in workflow.steps],
    }


def workflow_json(state: ApiState, workflow: SyncedWorkflow) -> dict[str, Any]:
    """Return a workflow, whole."""
    saved, schema = workflow.dashboard, (workflow.definition.get("payload") or {}).get("schema")
    preferences = {"user": saved.get("preferences"), "default": workflow.definition.get("preferences")}
    return {
        **_named(state, workflow),
        "description": workflow.description,
        "active": workflow.active,
        "validatePayload": saved.get("validatePayload", False),
        "payloadSchema": saved.get("payloadSchema", schema),
        "severity": workflow.severity,
        "steps": [step_json(workflow, step) for step in workflow.steps],
        "preferences": {
            name: None if name == "user" and not given else preferences_json(given)
            for name, given in preferences.items()
        },
    }


def preferences_json(preferences: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the preferences of a workflow whole: what they leave out is as it is by default."""
    layer, read_only = workflow_layer(preferences)
    channels = {channel: {"enabled": layer.wants(channel) is not False} for channel in CHANNELS}
    return {"all": {"enabled": layer.enabled is not False, "readOnly": read_only}, "channels": channels}


_PAYLOAD_PATH = re.compile(r"\bpayload\.([\w.]+)")


def step_variables(workflow: SyncedWorkflow, step: SyncedStep) -> dict[str, Any]:
    """Return the schema of what a step's controls may name: the payload, as far as controls or code do, and the steps before."""
    schema = workflow.dashboard.get("payloadSchema") or (workflow.definition.get("payload") or {}).get(
        "schema"
    )
    payload: dict[str, Any] = copy.deepcopy(schema) if schema else {"type": "object", "properties": {}}
    for path in _PAYLOAD_PATH.findall(json.dumps(workflow.controls)):
        inside: dict[str, Any] = payload
        for key in path.strip(".").split("."):
            inside = inside.setdefault("properties", {}).setdefault(key, {})
    before = list(itertools.takewhile(lambda one: one is not step, workflow.steps))
    steps = {one.step_id: (one.definition.get("results") or {}).get("schema") or {} for one in before}
    properties = {
        "payload": payload,
        "subscriber": {"type": "object"},
        "steps": {"type": "object", "properties": steps},
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


# The API's own description of these steps says that their controls always have these.
_EXPECTED_CONTROLS: dict[str, dict[str, Any]] = {
    "email": {"subject": ""},
    "http_request": {"method": "GET", "url": ""},
}


def step_json(workflow: SyncedWorkflow, step: SyncedStep) -> dict[str, Any]:
    """Return a step of a workflow, with its controls: the saved values over the defaults."""
    schema = (step.definition.get("controls") or {}).get("schema") or {}
    controls = {name: one for name, one in (schema.get("properties") or {}).items() if isinstance(one, dict)}
    values = {
        **_EXPECTED_CONTROLS.get(step.type, {}),
        **{name: one["default"] for name, one in controls.items() if "default" in one},
        **workflow.controls.get(step.step_id, {}),
    }
    return {
        "_id": step.id,
        "stepId": step.step_id,
        "name": step.definition.get("name") or step.step_id,
        "slug": step_slug(step),
        "type": step.type,
        "origin": workflow_origin(workflow),
        "workflowId": workflow.workflow_id,
        "workflowDatabaseId": workflow.id,
        "variables": step_variables(workflow, step),
        "controls": {"dataSchema": schema, "values": values},
        "controlValues": values,
    }


def synced_workflow_json(state: ApiState, workflow: SyncedWorkflow) -> dict[str, Any]:
    """Return a workflow as the answer to a sync shows it."""
    return {
        **_stored(workflow),
        **state.scope,
        "description": workflow.description,
        "type": "BRIDGE",
        "active": workflow.active,
        "draft": False,
        "critical": workflow.read_only,
        "triggers": workflow_triggers(workflow),
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
    }


def workflow_reference_json(workflow: SyncedWorkflow) -> dict[str, Any]:
    """Return a workflow as an in-app notification or a preference names one."""
    return {
        "id": workflow.id,
        "identifier": workflow.workflow_id,
        "name": workflow.name,
        "critical": workflow.read_only,
        "tags": list(workflow.tags),
        "severity": workflow.severity,
    }


# --- messages -----------------------------------------------------------------------------------------


def message_json(state: ApiState, message: Message) -> dict[str, Any]:
    """Return a delivered message, of any channel."""
    workflow = message.run.workflow
    return present(
        **state.scope,
        _id=message.id,
        _notificationId=message.run.id,
        _subscriberId=message.run.subscriber.id,
        _templateId=workflow.id,
        _messageTemplateId=message.step.synced.id,
        templateIdentifier=workflow.workflow_id,
        subscriber=subscriber_json(state, message.run.subscriber),
        createdAt=iso(message.sent_at),
        deliveredAt=[iso(when) for when in message.delivered_at],
        lastSeenDate=moment(message.last_seen_at),
        lastReadDate=moment(message.last_read_at),
        snoozedUntil=moment(message.snoozed_until),
        transactionId=message.transaction_id,
        channel=message.channel,
        providerId=message.provider_id,
        read=message.read,
        seen=message.seen,
        subject=message.subject,
        content=message.body or "",
        email=message.to if message.channel == "email" else None,
        phone=message.to if message.channel == "sms" else None,
        cta=_call_to_action(message),
        status="sent",
        payload=message.run.payload,
        overrides=message.run.overrides or {},
    )


def _call_to_action(message: Message) -> dict[str, Any]:
    """The redirect and the buttons of an in-app message."""
    redirect = message.content.get("redirect") or {}
    buttons = [
        {"type": name, "content": action.get("label", "")}
        for name in ("primary", "secondary")
        if isinstance(action := message.content.get(f"{name}Action"), dict)
    ]
    cta: dict[str, Any] = {}
    if redirect.get("url"):
        cta = {"type": "redirect", "data": {"url": redirect["url"]}}
    if buttons:
        done = sorted(message.completed_actions)
        cta["action"] = {"status": "done" if done else "pending", "buttons": buttons}
        if done:
            cta["action"]["result"] = {"type": done[0]}
    return cta


def inbox_notification_json(message: Message) -> dict[str, Any]:
    """Return an in-app message as an inbox shows it."""
    to = message.run.subscriber
    names = {"id": to.id, "subscriberId": to.subscriber_id}
    return present(
        id=message.id,
        transactionId=message.transaction_id,
        subject=message.subject,
        body=message.body or "",
        to={**names, **_profile(to, "first_name", "last_name", "avatar")},
        isRead=message.read,
        isSeen=message.seen,
        isArchived=message.archived,
        isSnoozed=message.snoozed,
        snoozedUntil=moment(message.snoozed_until),
        deliveredAt=[iso(when) for when in message.delivered_at],
        createdAt=iso(message.sent_at),
        readAt=moment(message.last_read_at),
        firstSeenAt=moment(message.last_seen_at),
        archivedAt=moment(message.archived_at),
        avatar=message.content.get("avatar"),
        primaryAction=_inbox_action(message, "primary"),
        secondaryAction=_inbox_action(message, "secondary"),
        channelType="in_app",
        tags=list(message.tags),
        data=message.content.get("data"),
        redirect=message.content.get("redirect"),
        workflow=workflow_reference_json(message.run.workflow),
        severity=message.severity,
    )


def _inbox_action(message: Message, name: str) -> dict[str, Any] | None:
    action = message.content.get(f"{name}Action")
    if not isinstance(action, dict):
        return None
    completed = name in message.completed_actions
    return present(label=action.get("label", ""), isCompleted=completed, redirect=action.get("redirect"))


# --- preferences --------------------------------------------------------------------------------------

# Novu's words for the layers of preferences.
_SOURCES: dict[LayerName, str] = {
    "subscriber-workflow": "subscriber",
    "subscriber-global": "subscriber",
    "workflow": "workflowOverride",
}


def _verdicts(subscriber: SimulatedSubscriber, workflow: SyncedWorkflow) -> dict[str, Verdict]:
    """What is decided for each channel that the workflow has steps for."""
    types = {step.type for step in workflow.steps}
    return {
        channel: subscriber.preferences.resolve(
            channel, workflow.workflow_id, workflow.preferences, read_only=workflow.read_only
        )
        for channel in CHANNELS
        if channel in types
    }


def preference_json(subscriber: SimulatedSubscriber, workflow: SyncedWorkflow) -> dict[str, Any]:
    """Return a subscriber's preference for one workflow, and which layer decided each channel."""
    verdicts = _verdicts(subscriber, workflow)
    layer = subscriber.preferences.workflows.get(workflow.workflow_id)
    return {
        "enabled": layer is None or layer.enabled is not False,
        "channels": {channel: verdict.enabled for channel, verdict in verdicts.items()},
        "overrides": [{"channel": name, "source": _SOURCES[one.layer]} for name, one in verdicts.items()],
        "updatedAt": iso(workflow.updated_at),
        "workflow": {
            "slug": workflow_slug(workflow),
            "identifier": workflow.workflow_id,
            "name": workflow.name,
            "updatedAt": iso(workflow.updated_at),
        },
    }


def updated_preference_json(subscriber: SimulatedSubscriber, workflow: SyncedWorkflow) -> dict[str, Any]:
    """Return a subscriber's preference for one workflow as the answer to an update in bulk shows it."""
    verdicts = _verdicts(subscriber, workflow)
    return {
        "level": "template",
        "enabled": True,
        "channels": {channel: verdict.enabled for channel, verdict in verdicts.items()},
        "workflow": workflow_reference_json(workflow),
    }
