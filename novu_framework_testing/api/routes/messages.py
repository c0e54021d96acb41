"""The messages that were delivered, on every channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.pages import by_number
from novu_framework_testing.api.routes import subscribers
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.messages import Message


def shape(call: Call, message: Message) -> dict[str, Any]:
    """A message as the API shows it; what is not there is absent."""
    workflow = message.run.workflow
    whole = {
        "_id": message.id,
        "_environmentId": call.cloud.environment_id,
        "_organizationId": call.cloud.organization_id,
        "_notificationId": message.run.id,
        "_subscriberId": message.run.subscriber.id,
        "_templateId": workflow.id,
        "_messageTemplateId": message.step.synced.id,
        "templateIdentifier": workflow.workflow_id,
        "subscriber": subscribers.shape(call, message.run.subscriber),
        "createdAt": iso(message.sent_at),
        "deliveredAt": [iso(when) for when in message.delivered_at],
        "lastSeenDate": iso(message.last_seen_at) if message.last_seen_at else None,
        "lastReadDate": iso(message.last_read_at) if message.last_read_at else None,
        "snoozedUntil": iso(message.snoozed_until) if message.snoozed_until else None,
        "transactionId": message.transaction_id,
        "channel": message.channel,
        "providerId": message.provider_id,
        "read": message.read,
        "seen": message.seen,
        "subject": message.subject,
        "content": message.body or "",
        "email": message.to if message.channel == "email" else None,
        "phone": message.to if message.channel == "sms" else None,
        "cta": _call_to_action(message),
        "status": "sent",
        "payload": message.run.payload,
        "overrides": message.run.trigger.overrides or {},
    }
    return {name: value for name, value in whole.items() if value is not None}


def _call_to_action(message: Message) -> dict[str, Any]:
    """The redirect and the buttons of an in-app message."""
    redirect = message.content.get("redirect") or {}
    buttons = [
        {"type": name, "content": action.get("label", "")}
        for name in ("primary", "secondary")
        if isinstance(action := message.content.get(f"{name}Action"), dict)
    ]
    cta: dict[str, Any] = (
        {"type": "redirect", "data": {"url": redirect["url"]}} if redirect.get("url") else {}
    )
    if buttons:
        done = sorted(message.completed_actions)
        cta["action"] = {"status": "done" if done else "pending", "buttons": buttons}
        if done:
            cta["action"]["result"] = {"type": done[0]}
    return cta


def listing(call: Call) -> Page:
    request = call.request
    channel, subscriber_id = request.first("channel"), request.first("subscriberId")
    transactions = set(request.all("transactionId"))
    messages = [
        message
        for message in reversed(list(call.novu.messages))
        if channel in (None, "", message.channel)
        and subscriber_id in (None, "", message.subscriber_id)
        and (not transactions or message.transaction_id in transactions)
    ]
    return by_number(messages, request, shape=lambda message: shape(call, message))


def delete(call: Call) -> dict[str, Any]:
    if not call.novu.messages.remove(call["messageId"]):
        raise ApiError(404, f"Message with id {call['messageId']} not found")
    return {"acknowledged": True, "status": "deleted"}


def delete_of_transaction(call: Call) -> ApiResponse:
    """Delete what a trigger delivered, on one channel if the query names one."""
    channel = call.request.first("channel")
    doomed = [
        message.id
        for message in call.novu.messages
        if message.transaction_id == call["transactionId"] and channel in (None, "", message.channel)
    ]
    if not doomed:
        raise ApiError(404, f"Messages of the transaction {call['transactionId']} not found")
    for message_id in doomed:
        call.novu.messages.remove(message_id)
    return ApiResponse(204)


ROUTES = [
    Route("GET", "/v1/messages", listing),
    Route("DELETE", "/v1/messages/{messageId}", delete),
    Route("DELETE", "/v1/messages/transaction/{transactionId}", delete_of_transaction),
]
