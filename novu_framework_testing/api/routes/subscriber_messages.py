"""A subscriber's in-app messages as the first version of the API has them: feed, counts, marks and actions."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any, Final

from novu_framework_testing.api.http import ApiError, Page, read_json
from novu_framework_testing.api.lookups import novus_id, subscriber_of
from novu_framework_testing.api.pages import NUMBERED, by_number, limit
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.serializers import message_json
from novu_framework_testing.api.validation import Body, Field, an_object, anything, one_of
from novu_framework_testing.simulation.ids import is_novus_id
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber

MARKS: dict[str, Callable[[Message], None]] = {
    "read": Message.mark_read,
    "seen": Message.mark_seen,
    "unread": lambda message: message.take_back("read"),
    "unseen": lambda message: message.take_back("seen"),
}
_MARK = Field(one_of(*MARKS), required=True)
MARK_ALL = Body(markAs=_MARK, feedIdentifier=anything)


def _ids(value: Any) -> str | None:
    """Accept an id of a message, or a list of them."""
    ids = value if isinstance(value, list) else [value]
    if ids and all(isinstance(one, str) and is_novus_id(one) for one in ids):
        return None
    return "must be a valid MongoDB ObjectId or an array of valid MongoDB ObjectIds"


A_MESSAGE = Field(_ids, required=True)
"""The id of a message, or several."""
MARK = Body(messageId=A_MESSAGE, markAs=_MARK)
ACTION = Body(status=Field(one_of("pending", "done"), required=True), payload=an_object)
MAX_UNSEEN = 1000

_SUBSCRIBER = "/v1/subscribers/{subscriberId}"

routes: Final = Routes()


@routes("GET", f"{_SUBSCRIBER}/notifications/feed", query=(*NUMBERED, "read", "seen", "payload"))
def feed(call: Call) -> Page:
    """Show the messages, newest first, that are read or seen as the query says and have its payload (base64 of JSON)."""
    request = call.request
    read, seen, payload = request.flag("read"), request.flag("seen"), _payload(request.first("payload"))
    subscriber = _subscriber_of(
        call,
        f"Subscriber not found for this environment with the id: {call['subscriberId']}. "
        "Make sure to create a subscriber before fetching the feed.",
    )
    messages = [
        message
        for message in subscriber.inbox.everything
        if read in (None, message.read)
        and seen in (None, message.seen)
        and all(message.run.payload.get(name) == value for name, value in payload.items())
    ]
    return by_number(messages, request, lambda message: _feed_item(call, message))


def _subscriber_of(call: Call, missing: str, status: int = 400) -> SimulatedSubscriber:
    """Return the subscriber of the path. Raises `ApiError`: these routes have words of their own, and most answer 400."""
    subscriber = call.novu.subscribers.get(call["subscriberId"])
    if subscriber is None:
        raise ApiError(status, missing)
    return subscriber


def _feed_item(call: Call, message: Message) -> dict[str, Any]:
    shown = message_json(call.state, message)
    about = {"_jobId": message.step.synced.id, "archived": message.archived, "updatedAt": shown["createdAt"]}
    return {**shown, **about, "tags": list(message.tags), "data": message.content.get("data")}


def _payload(text: str | None) -> Mapping[str, Any]:
    if not text:
        return {}
    try:
        payload = read_json(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        payload = None
    if not isinstance(payload, dict):
        raise ApiError(400, "Invalid payload, the JSON object should be encoded to base64 string.")
    return payload


@routes("GET", f"{_SUBSCRIBER}/notifications/unseen", query=("seen", "limit"))
def unseen_count(call: Call) -> dict[str, Any]:
    """Count the messages that are not seen, or are with `seen=true`; counting ends at `limit`."""
    at_most = limit(call.request, default=100, at_most=MAX_UNSEEN)
    seen = call.request.flag("seen") is True
    subscriber = _subscriber_of(
        call,
        f"Subscriber {call['subscriberId']} is not exist in environment {call.state.scope['_environmentId']}, "
        "please provide a valid subscriber identifier",
    )
    count = sum(message.seen is seen for message in subscriber.inbox.everything)
    return {"count": min(count, at_most)}


@routes("POST", f"{_SUBSCRIBER}/messages/mark-all", 201, query=())
def mark_all(call: Call) -> int:
    """Mark every message, and count those that were not so already."""
    mark = MARK_ALL.check(call.request.json)["markAs"]
    missing = (
        f"Subscriber {call['subscriberId']} does not exist in environment {call.state.scope['_environmentId']}, "
        "please provide a valid subscriber identifier"
    )
    changing = [
        message for message in _subscriber_of(call, missing, 404).inbox.everything if not _is(message, mark)
    ]
    for message in changing:
        MARKS[mark](message)
    return len(changing)


@routes("POST", f"{_SUBSCRIBER}/messages/mark-as", 201, query=())
def mark(call: Call) -> list[dict[str, Any]]:
    """Mark the messages of these ids, and show them."""
    body, subscriber = MARK.check(call.request.json), subscriber_of(call)
    ids = body["messageId"] if isinstance(body["messageId"], list) else [body["messageId"]]
    marked = [message for message in subscriber.inbox.everything if message.id in ids]
    if not marked:
        raise ApiError(404, f"No message of {subscriber.subscriber_id} has the id {', '.join(ids)}")
    for message in marked:
        MARKS[body["markAs"]](message)
    return [message_json(call.state, message) for message in marked]


@routes("POST", f"{_SUBSCRIBER}/messages/{{messageId}}/actions/{{type}}", 201, query=())
def act(call: Call) -> dict[str, Any]:
    """Complete the action of a message, or take that back."""
    body, kind = ACTION.check(call.request.json), call["type"]
    message_id = novus_id(call, "messageId")
    subscriber = _subscriber_of(
        call,
        f"Subscriber with the id: {call['subscriberId']} was not found for this environment. "
        "Make sure to create a subscriber before trying to modify it.",
    )
    message = next((one for one in subscriber.inbox.everything if one.id == message_id), None)
    if message is None:
        missing = f"Message with the id: {message_id} was not found for this environment. "
        raise ApiError(400, missing + "Make sure to address correct message before trying to modify it.")
    if kind not in ("primary", "secondary"):
        raise ApiError.invalid(["type must be one of the following values: primary, secondary"], kind)
    change = message.complete_action if body["status"] == "done" else message.revert_action
    try:
        change(kind)
    except ValueError as error:
        raise ApiError(400, str(error)) from None
    return message_json(call.state, message)


def _is(message: Message, mark: str) -> bool:
    return {
        "read": message.read,
        "seen": message.seen,
        "unread": not message.read,
        "unseen": not message.seen,
    }[mark]
