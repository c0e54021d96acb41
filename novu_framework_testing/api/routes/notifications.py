"""A subscriber's in-app notifications: for a server with the API key, and for the web page that shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.lookups import inbox_session, novus_id, subscriber_of
from novu_framework_testing.api.notifications import QUERIED, SELECTION, Mailbox, count, meets, queried
from novu_framework_testing.api.pages import limit
from novu_framework_testing.api.routes.contexts import asked_contexts
from novu_framework_testing.api.routing import CONTEXTS, Call, Routes
from novu_framework_testing.api.serializers import inbox_notification_json
from novu_framework_testing.api.validation import Body, Field, a_list, iso_date, one_of
from novu_framework_testing.simulation.clock import parse_iso
from novu_framework_testing.simulation.ids import is_novus_id
from novu_framework_testing.simulation.messages import Message

Answer = Callable[[Call, Mailbox], Any]

SNOOZE = Body(snoozeUntil=Field(iso_date, required=True))
MIN_SNOOZE = timedelta(minutes=1)
MAX_SNOOZE = timedelta(days=90)
"""The longest one of Novu's larger plans."""


def _id(value: Any) -> str | None:
    return None if isinstance(value, str) and is_novus_id(value) else "must be a mongodb id"


SEEN = Body(notificationIds=a_list(of=_id), **SELECTION.fields)
ACTION = Body(actionType=Field(one_of("primary", "secondary"), required=True))

API = "/v2/subscribers/{subscriberId}/notifications"
PAGE = "/v1/inbox/notifications"

routes: Final = Routes()


def _of_the_path(call: Call) -> Mailbox:
    """The notifications of the path's subscriber, in the context of the query's `contextKeys`."""
    return Mailbox(subscriber_of(call), asked_contexts(call))


def _of_the_session(call: Call) -> Mailbox:
    """The notifications that a page's token opens."""
    session = inbox_session(call)
    return Mailbox(session.subscriber, session.context_keys)


def _api(method: str, path: str, query: tuple[str, ...] = ()) -> Callable[[Answer], Answer]:
    def add(answer: Answer) -> Answer:
        routes(method, API + path, query=(*query, CONTEXTS))(lambda call: answer(call, _of_the_path(call)))
        return answer

    return add


def _page(method: str, path: str, query: tuple[str, ...] = ()) -> Callable[[Answer], Answer]:
    def add(answer: Answer) -> Answer:
        routes(method, PAGE + path, query=query)(lambda call: answer(call, _of_the_session(call)))
        return answer

    return add


def _both(method: str, path: str, query: tuple[str, ...] = ()) -> Callable[[Answer], Answer]:
    return lambda answer: _api(method, path, query)(_page(method, path, query)(answer))


@_both("GET", "", ("limit", "offset", "after", *QUERIED))
def list_notifications(call: Call, mailbox: Mailbox) -> Page:
    """Show the notifications that match the query, newest first, from `offset` or `after` a notification."""
    wanted = queried(call.request)
    messages = [message for message in mailbox.notifications if meets(message, wanted)]
    size, start = limit(call.request), call.request.number("offset", 0)
    if after := call.request.first("after"):
        if not is_novus_id(after):
            raise ApiError.invalid(["The after cursor must be a valid MongoDB ObjectId"], after)
        ids = [message.id for message in messages]
        if after not in ids:
            raise ApiError(400, f'Invalid cursor: there is no notification with the id "{after}"')
        start = ids.index(after) + 1
    return Page(
        [inbox_notification_json(message) for message in messages[start : start + size]],
        {"hasMore": start + size < len(messages), "filter": wanted},
    )


@_both("GET", "/count", ("filters",))
def count_notifications(call: Call, mailbox: Mailbox) -> list[dict[str, Any]]:
    """Count the notifications that pass each of the query's `filters`, a JSON array."""
    return count(mailbox.notifications, call.request.first("filters"))


@_both("PATCH", "/{notificationId}/snooze")
def snooze(call: Call, mailbox: Mailbox) -> dict[str, Any]:
    """Take a notification out of the inbox until the body's `snoozeUntil`."""
    until = parse_iso(SNOOZE.check(call.request.json)["snoozeUntil"])
    ahead = until - call.novu.now
    if ahead < MIN_SNOOZE:
        least = f"Snooze time must be at least {MIN_SNOOZE.seconds} seconds in the future"
        raise ApiError.invalid([least], call.request.json["snoozeUntil"])
    message = _named(call, mailbox, "Notification id: '{}' not found")
    if ahead > MAX_SNOOZE:
        reason = f"A notification can be snoozed for {MAX_SNOOZE.days} days."
        raise ApiError(402, "Snooze Duration Limit Exceeded", extra={"reason": reason})
    message.snooze(until)
    return inbox_notification_json(message)


@_both("PATCH", "/{notificationId}/unsnooze")
def unsnooze(call: Call, mailbox: Mailbox) -> dict[str, Any]:
    """Put a snoozed notification back into the inbox."""
    missing = (
        "Could not find a snoozed notification with id '{}'. "
        "The notification may not exist or may not be in a snoozed state."
    )
    message = _named(call, mailbox, missing, snoozed=True)
    message.unsnooze()
    return inbox_notification_json(message)


_CHANGES: dict[str, Callable[[Message], None]] = {
    "read": Message.mark_read,
    "unread": Message.mark_unread,
    "archive": Message.archive,
    "unarchive": Message.unarchive,
}


@_both("PATCH", "/{notificationId}/read")
@_both("PATCH", "/{notificationId}/unread")
@_both("PATCH", "/{notificationId}/archive")
@_both("PATCH", "/{notificationId}/unarchive")
def change_notification(call: Call, mailbox: Mailbox) -> dict[str, Any]:
    """Mark a notification as read or unread, archive it, or take it out of the archive."""
    message = _named(call, mailbox)
    _CHANGES[call.request.segments[-1]](message)
    return inbox_notification_json(message)


@_both("POST", "/read")
@_both("POST", "/archive")
@_both("POST", "/read-archive")
def change_notifications(call: Call, mailbox: Mailbox) -> ApiResponse:
    """Mark as read, or archive, the notifications that `tags` and `data` select (of them, the read ones)."""
    change, conditions = Message.archive, {}
    if call.request.segments[-1] == "read":
        change = Message.mark_read
    elif call.request.segments[-1] == "read-archive":
        conditions = {"read": True}
    for message in mailbox.selected(SELECTION.check(call.request.json), **conditions):
        change(message)
    return ApiResponse(204)


@_both("POST", "/seen")
def mark_seen(call: Call, mailbox: Mailbox) -> ApiResponse:
    """Mark as seen the notifications of `notificationIds`, or those that `tags` and `data` select."""
    body = SEEN.check(call.request.json)
    ids = body.get("notificationIds")
    for message in mailbox.selected(body) if ids is None else mailbox.of_ids(ids):
        message.mark_seen()
    return ApiResponse(204)


@_both("POST", "/delete")
def delete_notifications(call: Call, mailbox: Mailbox) -> ApiResponse:
    """Delete every notification that the body's `tags` and `data` select."""
    for message in mailbox.selected(SELECTION.check(call.request.json)):
        call.novu.messages.remove(message.id)
    return ApiResponse(204)


@_api("DELETE", "/{notificationId}")
@_page("DELETE", "/{notificationId}/delete")
def delete_notification(call: Call, mailbox: Mailbox) -> ApiResponse:
    """Delete a notification."""
    call.novu.messages.remove(_named(call, mailbox).id)
    return ApiResponse(204)


@_api("PATCH", "/{notificationId}/actions/{actionType}/complete")
@_api("PATCH", "/{notificationId}/actions/{actionType}/revert")
@_page("PATCH", "/{notificationId}/complete")
@_page("PATCH", "/{notificationId}/revert")
def change_action(call: Call, mailbox: Mailbox) -> dict[str, Any]:
    """Note that the subscriber clicked the primary or the secondary action, or take that back."""
    named = "actionType" in call.params
    action = ACTION.check({"actionType": call["actionType"]} if named else call.request.json)["actionType"]
    message = _named(call, mailbox)
    revert = call.request.segments[-1] == "revert"
    try:
        (message.revert_action if revert else message.complete_action)(action)
    except ValueError:
        missing = f"Could not perform action on the {action} button because it does not exist."
        raise ApiError(400, missing) from None
    return inbox_notification_json(message)


def _named(
    call: Call, mailbox: Mailbox, missing: str = "Notification with id: {} is not found.", **conditions: bool
) -> Message:
    """The notification of the path that meets the conditions. Raises `ApiError` (404; 422 for what is no id)."""
    notification_id = novus_id(call, "notificationId")
    for message in mailbox.notifications:
        if message.id == notification_id and meets(message, conditions):
            return message
    raise ApiError(404, missing.format(notification_id))
