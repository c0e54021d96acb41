"""A subscriber's in-app notifications, as an inbox reads and changes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse, Page, read_json
from novu_framework_testing.api.lookups import subscriber_of
from novu_framework_testing.api.pages import limit
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.serializers import inbox_notification_json, present
from novu_framework_testing.api.validation import (
    Body,
    Field,
    a_list,
    an_object,
    boolean,
    iso_date,
    number,
    one_of,
    string,
)
from novu_framework_testing.simulation.clock import parse_iso
from novu_framework_testing.simulation.messages import Message


def _tags(value: Any) -> str | None:
    """Accept tags, of which one is enough, and `{"and": [{"or": [...]}, ...]}`."""
    if isinstance(value, dict):
        groups = value.get("and", [])
        listed = isinstance(groups, list)
        fits = listed and all(isinstance(one, dict) and isinstance(one.get("or", []), list) for one in groups)
    else:
        fits = isinstance(value, (str, list))
    return None if fits else 'must be an array of tags, or {"and": [{"or": [...]}, ...]}'


def _severity(value: Any) -> str | None:
    return None if isinstance(value, (str, list)) else "must be a severity, or an array of them"


SNOOZE = Body(snoozeUntil=Field(iso_date, required=True))
SELECTION = Body(data=string, tags=_tags)
SEEN = Body(notificationIds=a_list(of=string), **SELECTION.fields)
ACTION = Body(actionType=one_of("primary", "secondary"))

MAX_COUNTS = 30

_LIST = "/v2/subscribers/{subscriberId}/notifications"
_SINGLE = f"{_LIST}/{{notificationId}}"

_FLAGS = ("read", "seen", "archived", "snoozed")
FILTER = Body(
    **dict.fromkeys(_FLAGS, boolean),
    **dict.fromkeys(("createdGte", "createdLte"), number),
    tags=_tags,
    severity=_severity,
    data=an_object,
)

routes = Routes()


def _queried(request: ApiRequest) -> dict[str, Any]:
    """Read the conditions of a listing from the query parameters of their names."""
    moments = {
        name: request.number(name, 0) if request.first(name) else None
        for name in ("createdGte", "createdLte")
    }
    return present(
        **{name: request.flag(name) for name in _FLAGS},
        **{name: request.all(name) or None for name in ("tags", "severity")},
        **moments,
        data=_data(request.first("data")),
    )


def _meets(message: Message, conditions: dict[str, Any]) -> bool:
    """Tell whether a notification meets every condition.

    They are `read`, `seen`, `archived`, `snoozed`, `tags`, `severity`, `data`, `createdGte` and `createdLte` (unix ms).
    """
    sent = message.sent_at.timestamp() * 1000
    data = message.content.get("data") or {}
    severities = conditions.get("severity")
    return (
        all(getattr(message, name) == bool(conditions[name]) for name in _FLAGS if name in conditions)
        and _has_tags(message, conditions.get("tags"))
        and (not severities or message.severity in _listed(severities))
        and conditions.get("createdGte", sent) <= sent <= conditions.get("createdLte", sent)
        and all(data.get(key) == value for key, value in (conditions.get("data") or {}).items())
    )


def _has_tags(message: Message, tags: Any) -> bool:
    """Any of a list of tags; or, of `{"and": [{"or": [...]}, ...]}`, one of each group."""
    if isinstance(tags, dict):
        groups = [group.get("or", []) for group in tags.get("and", [])]
        return all(any(tag in message.tags for tag in group) for group in groups)
    return not tags or any(tag in message.tags for tag in _listed(tags))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _data(text: str | None) -> dict[str, Any] | None:
    data = _json(text) if text else {}
    if not isinstance(data, dict):
        raise ApiError.invalid(["data must be a JSON object"], text)
    return data if text else None


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except ValueError:
        return None


@routes("GET", _LIST)
def list_notifications(call: Call) -> Page:
    """Show the notifications that match the query, newest first, from `offset` or `after` a notification."""
    subscriber, wanted = subscriber_of(call), _queried(call.request)
    messages = [message for message in subscriber.inbox.everything if _meets(message, wanted)]
    size, start = limit(call.request), call.request.number("offset", 0)
    if after := call.request.first("after"):
        ids = [message.id for message in messages]
        if after not in ids:
            raise ApiError(400, f'Invalid cursor: there is no notification with the id "{after}"')
        start = ids.index(after) + 1
    return Page(
        [inbox_notification_json(message) for message in messages[start : start + size]],
        {"hasMore": start + size < len(messages), "filter": wanted},
    )


@routes("GET", f"{_LIST}/count")
def count_notifications(call: Call) -> list[dict[str, Any]]:
    """Count the notifications that pass each of the query's `filters`, a JSON array."""
    subscriber, given = subscriber_of(call), call.request.first("filters")
    filters = _json(given or "[{}]")
    if not isinstance(filters, list) or not all(isinstance(one, dict) for one in filters):
        raise ApiError.invalid(["filters must be a JSON array of objects"], given)
    if len(filters) > MAX_COUNTS:
        raise ApiError.invalid([f"filters must contain no more than {MAX_COUNTS} elements"], len(filters))
    if problems := [text for one in filters for text in FILTER.problems(one, "filters.")]:
        raise ApiError.invalid(problems, given)
    messages = subscriber.inbox.everything
    counted = [sum(_meets(message, present(**one)) for message in messages) for one in filters]
    return [{"count": count, "filter": one} for count, one in zip(counted, filters, strict=True)]


def _message(call: Call) -> Message:
    for message in subscriber_of(call).inbox.everything:
        if message.id == call["notificationId"]:
            return message
    raise ApiError(404, f"Notification with id: {call['notificationId']} is not found.")


def _selected(call: Call, body: dict[str, Any]) -> list[Message]:
    wanted = present(tags=body.get("tags"), data=_data(body.get("data")))
    return [message for message in subscriber_of(call).inbox.everything if _meets(message, wanted)]


@routes("PATCH", f"{_SINGLE}/snooze")
def snooze(call: Call) -> dict[str, Any]:
    """Take a notification out of the inbox until the body's `snoozeUntil`."""
    until = SNOOZE.check(call.request.json)["snoozeUntil"]
    message = _message(call)
    try:
        message.snooze(parse_iso(until))
    except ValueError as error:
        raise ApiError.invalid([f"snoozeUntil: {error}"], until) from error
    return inbox_notification_json(message)


@routes("PATCH", f"{_SINGLE}/unsnooze")
def unsnooze(call: Call) -> dict[str, Any]:
    """Put a snoozed notification back into the inbox."""
    message = _message(call)
    if not message.snoozed:
        raise ApiError(404, f"Could not find a snoozed notification with id '{message.id}'")
    message.unsnooze()
    return inbox_notification_json(message)


@routes("PATCH", f"{_SINGLE}/actions/{{actionType}}/complete")
@routes("PATCH", f"{_SINGLE}/actions/{{actionType}}/revert")
def change_action(call: Call) -> dict[str, Any]:
    """Note that the subscriber clicked the primary or the secondary action, or take that back."""
    message, action = _message(call), call["actionType"]
    if problems := ACTION.problems({"actionType": action}, ""):
        raise ApiError.invalid(problems, action)
    try:
        change = message.revert_action if call.request.segments[-1] == "revert" else message.complete_action
        change(action)
    except ValueError as error:
        raise ApiError(400, str(error)) from error
    return inbox_notification_json(message)


_CHANGES: dict[str, Callable[[Message], None]] = {
    "read": Message.mark_read,
    "unread": Message.mark_unread,
    "archive": Message.archive,
    "unarchive": Message.unarchive,
}


@routes("PATCH", f"{_SINGLE}/read")
@routes("PATCH", f"{_SINGLE}/unread")
@routes("PATCH", f"{_SINGLE}/archive")
@routes("PATCH", f"{_SINGLE}/unarchive")
def change_notification(call: Call) -> dict[str, Any]:
    """Mark a notification as read or unread, archive it, or take it out of the archive."""
    message = _message(call)
    _CHANGES[call.request.segments[-1]](message)
    return inbox_notification_json(message)


@routes("POST", f"{_LIST}/read")
@routes("POST", f"{_LIST}/archive")
@routes("POST", f"{_LIST}/read-archive")
def change_notifications(call: Call) -> ApiResponse:
    """Mark as read, or archive, the notifications that `tags` and `data` select (of them, the read ones)."""
    change = call.request.segments[-1]
    for message in _selected(call, SELECTION.check(call.request.json)):
        if change == "read" and not message.archived:
            message.mark_read()
        elif change == "archive" or (change == "read-archive" and message.read):
            message.archive()
    return ApiResponse(204)


@routes("DELETE", _SINGLE)
def delete_notification(call: Call) -> ApiResponse:
    """Delete a notification."""
    call.novu.messages.remove(_message(call).id)
    return ApiResponse(204)


@routes("POST", f"{_LIST}/delete")
def delete_notifications(call: Call) -> ApiResponse:
    """Delete every notification that the body's `tags` and `data` select."""
    for message in _selected(call, SELECTION.check(call.request.json)):
        call.novu.messages.remove(message.id)
    return ApiResponse(204)


@routes("POST", f"{_LIST}/seen")
def mark_seen(call: Call) -> ApiResponse:
    """Mark as seen the notifications of `notificationIds`, or those that `tags` and `data` select."""
    body = SEEN.check(call.request.json)
    ids = body.get("notificationIds")
    for message in _selected(call, body):
        if ids is None or message.id in ids:
            message.mark_seen()
    return ApiResponse(204)
