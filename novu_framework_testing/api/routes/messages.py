"""The messages on every channel: what was delivered, and what reached nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.pages import NUMBERED, by_number
from novu_framework_testing.api.routes.contexts import asked_contexts
from novu_framework_testing.api.routing import CONTEXTS, Call, Routes
from novu_framework_testing.simulation.ids import is_novus_id

if TYPE_CHECKING:
    from novu_framework_testing.simulation.messages import Message

routes: Final = Routes()


@routes("GET", "/v1/messages", query=(*NUMBERED, "channel", "subscriberId", "transactionId[]", CONTEXTS))
def list_messages(call: Call) -> Page:
    """Show the messages, newest first, of the query's `channel`, `subscriberId`, `transactionId` and `contextKeys`."""
    contexts = asked_contexts(call)
    channel, subscriber_id = call.request.first("channel"), call.request.first("subscriberId")
    transactions = set(call.request.all("transactionId"))
    messages = [
        message
        for message in reversed(_everything(call))
        if channel in (None, "", message.channel)
        and subscriber_id in (None, "", message.subscriber_id)
        and (not transactions or message.transaction_id in transactions)
        and contexts in (None, message.context_keys)
    ]
    return by_number(messages, call.request, lambda message: serializers.message_json(call.state, message))


@routes("DELETE", "/v1/messages/{messageId}", query=())
def delete_message(call: Call) -> dict[str, Any]:
    """Delete a message, from its inbox too."""
    if not is_novus_id(call["messageId"]):
        raise ApiError.invalid(["messageId must be a mongodb id"], call["messageId"])
    if not _remove(call, call["messageId"]):
        raise ApiError(404, f"Message with id {call['messageId']} not found")
    return {"acknowledged": True, "status": "deleted"}


@routes("DELETE", "/v1/messages/transaction/{transactionId}", query=("channel",))
def delete_messages_of_transaction(call: Call) -> ApiResponse:
    """Delete what a trigger delivered, on one channel if the query names one."""
    channel = call.request.first("channel")
    doomed = [
        message.id
        for message in _everything(call)
        if message.transaction_id == call["transactionId"] and channel in (None, "", message.channel)
    ]
    if not doomed:
        raise ApiError(404, f"Messages of the transaction {call['transactionId']} not found")
    for message_id in doomed:
        _remove(call, message_id)
    return ApiResponse(204)


def _everything(call: Call) -> list[Message]:
    """The messages in the order in which they were made, which their ids have too."""
    return sorted([*call.novu.messages, *call.novu.undelivered], key=lambda message: message.id)


def _remove(call: Call, message_id: str) -> bool:
    return call.novu.messages.remove(message_id) or call.novu.undelivered.remove(message_id)
