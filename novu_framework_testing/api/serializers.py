"""Subscribers, topics, workflows, messages and preferences in the API's JSON.

What is not known is absent in most of them (`present`). The activity feed is in `routes.activity`.
"""

from __future__ import annotations

import copy
import itertools
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.api.state import ApiState
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.preferences import workflow_layer
from novu_framework_testing.simulation.subscribers import PROFILE

if TYPE_CHECKING:
    from novu_framework_testing.simulation.contexts import ContextKeys
    from novu_framework_testing.simulation.messages import Message
    from novu_framework_testing.simulation.simulator import NovuSimulator
    from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
    from novu_framework_testing.simulation.topics import Subscription, Topic
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
            {
                "_integrationId": state.novu.integrations.stand_in(channel.channel, channel.provider_id).id,
                **channel.to_dict(),
            }
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


def subscription_json(novu: NovuSimulator, subscription: Subscription) -> dict[str, Any]:
    """Return a subscriber's subscription to a topic, without its preferences."""
    topic = subscription.topic
    return present(
        _id=subscription.id,
        identifier=subscription.identifier,
        name=subscription.name,
        topic=present(_id=topic.id, key=topic.key, name=topic.name),
        subscriber=subscriber_summary_json(novu.subscribers[subscription.subscriber_id]),
        contextKeys=list(subscription.context_keys),
        createdAt=iso(subscription.created_at),
        updatedAt=iso(subscription.updated_at),
    )


def subscription_preferences_json(novu: NovuSimulator, subscription: Subscription) -> list[dict[str, Any]]:
    """Return what a subscription wants of single workflows; of one that is gone it does not say which."""
    return [
        present(
            workflow=workflow_reference_json(workflow)
            if (workflow := novu.workflows.get(workflow_id))
            else None,
            subscriptionId=subscription.identifier,
            enabled=preference.enabled,
            condition=preference.condition,
        )
        for workflow_id, preference in subscription.preferences.items()
    ]


def subscription_details_json(
    novu: NovuSimulator, subscription: Subscription, workflows: Iterable[SyncedWorkflow] = ()
) -> dict[str, Any]:
    """Return a subscription alone; for `workflows` that it has no preference for it shows whether they are enabled."""
    more = [
        {
            "workflow": workflow_reference_json(workflow),
            "subscriptionId": subscription.identifier,
            "enabled": workflow.preferences.enabled is not False,
        }
        for workflow in workflows
        if workflow.workflow_id not in subscription.preferences
    ]
    return present(
        id=subscription.id,
        identifier=subscription.identifier,
        name=subscription.name,
        preferences=[*subscription_preferences_json(novu, subscription), *more] or None,
        contextKeys=list(subscription.context_keys),
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
    preferences = {"user": workflow.saved_preferences, "default": workflow.definition.get("preferences")}
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
    payload: dict[str, Any] = copy.deepcopy(schema) if schema else {"type": "object"}
    payload.setdefault("properties", {})
    for path in _PAYLOAD_PATH.findall(json.dumps(workflow.controls)):
        inside: dict[str, Any] = payload
        for key in path.strip(".").split("."):
            inside = inside.setdefault("properties", {}).setdefault(key, {})
            if not isinstance(inside, dict):  # `true` is all that is known of it
                break
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
        **present(stepResolverHash=workflow.dashboard.get("stepResolvers", {}).get(step.step_id)),
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
    """Return a message of any channel, delivered or not."""
    workflow, outputs = message.run.workflow, message.step.outputs
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
        stepId=message.step_id,
        tags=list(message.tags),
        severity=message.severity,
        deliveredAt=[iso(when) for when in message.delivered_at],
        snoozedUntil=moment(message.snoozed_until),
        transactionId=message.transaction_id,
        channel=message.channel,
        providerId=message.provider_id,
        read=message.read,
        seen=message.seen,
        subject=outputs.get("subject"),
        content=message.body or "",
        title=outputs.get("subject") if message.channel == "push" else None,
        cta=_call_to_action(message),
        status=message.status,
        errorId=message.error_id,
        errorText=message.error_text,
        payload=_payload(message),
        overrides=message.overrides,
        contextKeys=list(message.context_keys),
        **_address(message),
    ) | _dates(message, lastSeenDate="last_seen_at", lastReadDate="last_read_at")


def _payload(message: Message) -> dict[str, Any]:
    """The payload that a message is kept with: that of an email is without its attachments."""
    payload = message.run.payload
    if message.channel == "email" and "attachments" in payload:
        return {name: value for name, value in payload.items() if name != "attachments"}
    return payload


def _dates(message: Message, **names: str) -> dict[str, str | None]:
    """The dates of a message under these names: those that it has, and null for those that were taken away."""
    dates = {shown: (getattr(message, name), name in message.cleared) for shown, name in names.items()}
    return {shown: moment(date) for shown, (date, cleared) in dates.items() if date is not None or cleared}


def _address(message: Message) -> dict[str, Any]:
    """Where a message went, under the name that its channel has for it."""
    to = message.to[0] if isinstance(message.to, list) and message.to else message.to
    if message.channel == "push":
        return {"deviceTokens": message.envelope.get("deviceTokens")}
    if message.channel == "chat" and isinstance(to, str):
        return {"phone" if to == message.run.subscriber.phone else "chatWebhookUrl": to}
    if message.channel == "sms":
        return {"phone": message.phone}
    return {"email": to} if message.channel == "email" else {}


def _call_to_action(message: Message) -> dict[str, Any]:
    """The redirect and the buttons of an in-app message."""
    redirect = message.content.get("redirect") or {}
    buttons = [
        {"type": name, "content": action.get("label", ""), **(action.get("redirect") or {})}
        for name in ("primary", "secondary")
        if isinstance(action := message.content.get(f"{name}Action"), dict)
    ]
    cta: dict[str, Any] = {}
    if redirect.get("url"):
        cta = {"type": "redirect", "data": redirect}
    if buttons:
        done = sorted(message.completed_actions)
        cta["action"] = {"status": "done" if done else "pending", "buttons": buttons}
        if done:
            cta["action"]["result"] = {"type": done[0]}
    return cta


def received_message_json(state: ApiState, message: Message) -> dict[str, Any]:
    """Return an in-app message as the socket shows it: stored, with what an inbox needs."""
    return {
        **message_json(state, message),
        **present(
            archived=message.archived,
            avatar=message.content.get("avatar"),
            tags=list(message.tags),
            data=message.content.get("data"),
            severity=message.severity,
            workflow=workflow_reference_json(message.run.workflow),
            contextKeys=list(message.context_keys),
        ),
        **_dates(message, firstSeenDate="first_seen_at", archivedAt="archived_at"),
    }


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
        avatar=message.content.get("avatar"),
        primaryAction=_inbox_action(message, "primary"),
        secondaryAction=_inbox_action(message, "secondary"),
        channelType="in_app",
        tags=list(message.tags),
        data=message.content.get("data"),
        redirect=message.content.get("redirect"),
        workflow=workflow_reference_json(message.run.workflow),
        severity=message.severity,
    ) | _dates(message, readAt="last_read_at", firstSeenAt="first_seen_at", archivedAt="archived_at")


def _inbox_action(message: Message, name: str) -> dict[str, Any] | None:
    action = message.content.get(f"{name}Action")
    if not isinstance(action, dict):
        return None
    completed = name in message.completed_actions
    return present(label=action.get("label", ""), isCompleted=completed, redirect=action.get("redirect"))


# --- preferences --------------------------------------------------------------------------------------


# Those that the first version of the API shows where it shows every channel.
_FIRST_CHANNELS = frozenset(CHANNELS) - {"tool"}


def channels_json(
    subscriber: SimulatedSubscriber, workflow: SyncedWorkflow, keys: ContextKeys, *, every: bool = False
) -> dict[str, bool]:
    """Return what is decided for each channel that the workflow has steps for, or for `every` channel."""
    types = _FIRST_CHANNELS if every else {step.type for step in workflow.steps}
    return {
        channel: subscriber.preferences.resolve(
            channel,
            workflow.workflow_id,
            workflow.preferences,
            read_only=workflow.read_only,
            context_keys=keys,
        ).enabled
        for channel in CHANNELS
        if channel in types
    }


def global_preference_json(
    novu: NovuSimulator, subscriber: SimulatedSubscriber, keys: ContextKeys, *, every: bool = False
) -> dict[str, Any]:
    """Return a subscriber's global preference, for the channels that active workflows have steps for, or `every` one."""
    own = subscriber.preferences.of(keys)
    active = {step.type for workflow in novu.workflows if workflow.active for step in workflow.steps}
    types = _FIRST_CHANNELS if every else active
    channels = {channel: own.overall.wants(channel) is not False for channel in CHANNELS if channel in types}
    return present(enabled=True, channels=channels, schedule=own.schedule)


def preference_json(
    subscriber: SimulatedSubscriber, workflow: SyncedWorkflow, keys: ContextKeys
) -> dict[str, Any]:
    """Return a subscriber's preference for one workflow.

    Novu names the subscriber as the source of each channel, and calls every preference enabled: the channels decide.
    """
    channels = channels_json(subscriber, workflow, keys)
    return {
        "enabled": True,
        "channels": channels,
        "overrides": [{"channel": channel, "source": "subscriber"} for channel in channels],
        "updatedAt": iso(workflow.updated_at),
        "workflow": {
            "slug": workflow_slug(workflow),
            "identifier": workflow.workflow_id,
            "name": workflow.name,
            "updatedAt": iso(workflow.updated_at),
        },
    }


def updated_preference_json(
    subscriber: SimulatedSubscriber, workflow: SyncedWorkflow, keys: ContextKeys
) -> dict[str, Any]:
    """Return a subscriber's preference for one workflow as the answer to an update in bulk shows it."""
    return {
        "level": "template",
        "enabled": True,
        "channels": channels_json(subscriber, workflow, keys),
        "workflow": workflow_reference_json(workflow),
    }
