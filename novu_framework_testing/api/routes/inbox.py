"""A subscriber's in-app notifications, as an inbox reads and changes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse, Page
from novu_framework_testing.api.pages import limit
from novu_framework_testing.api.routes.subscribers import found
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.api.validation import Body, Field, a_list, iso_date, string
from novu_framework_testing.simulation.clock import iso, parse_iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.messages import Message

SNOOZE = Body({"snoozeUntil": Field(iso_date, required=True)})
MANY = Body({"data": Field(string)})
SEEN = Body({"notificationIds": Field(a_list(of=string)), "data": Field(string)})

MOST_COUNTS = 30


def shape(message: Message) -> dict[str, Any]:
    """An in-app message as an inbox shows it; what is not there is absent."""
    content, workflow, subscriber = message.content, message.run.workflow, message.run.subscriber
    to = {
        "id": subscriber.id,
        "subscriberId": subscriber.subscriber_id,
        "firstName": subscriber.first_name,
        "lastName": subscriber.last_name,
        "avatar": subscriber.avatar,
    }
    whole = {
        "id": message.id,
        "transactionId": message.transaction_id,
        "subject": message.subject,
        "body": message.body or "",
        "to": _present(to),
        "isRead": message.read,
        "isSeen": message.seen,
        "isArchived": message.archived,
        "isSnoozed": message.snoozed,
        "snoozedUntil": _iso(message.snoozed_until),
        "deliveredAt": [iso(when) for when in message.delivered_at],
        "createdAt": iso(message.sent_at),
        "readAt": _iso(message.last_read_at),
        "firstSeenAt": _iso(message.last_seen_at),
        "archivedAt": _iso(message.archived_at),
        "avatar": content.get("avatar"),
        "primaryAction": _action(message, "primary"),
        "secondaryAction": _action(message, "secondary"),
        "channelType": "in_app",
        "tags": list(message.tags),
        "data": content.get("data"),
        "redirect": content.get("redirect"),
        "workflow": {
            "id": workflow.id,
            "identifier": workflow.workflow_id,
            "name": workflow.name,
            "critical": workflow.read_only,
            "tags": list(workflow.tags),
            "severity": workflow.severity,
        },
        "severity": message.severity,
    }
    return _present(whole)


def _action(message: Message, name: str) -> dict[str, Any] | None:
    action = message.content.get(f"{name}Action")
    if not isinstance(action, dict):
        return None
    return _present(
        {
            "label": action.get("label", ""),
            "isCompleted": name in message.completed_actions,
            "redirect": action.get("redirect"),
        }
    )


def _present(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _iso(when: datetime | None) -> str | None:
    return None if when is None else iso(when)


class Filter:
    """Which notifications are asked for: `read`, `seen`, `archived`, `snoozed`, `tags`, `severity`, `data`,
    `createdGte` and `createdLte` (unix milliseconds)."""

    def __init__(self, asked: dict[str, Any]) -> None:
        self.asked = _present(asked)

    @classmethod
    def of(cls, request: ApiRequest) -> Filter:
        asked: dict[str, Any] = {name: request.flag(name) for name in ("read", "seen", "archived", "snoozed")}
        for name in ("tags", "severity"):
            asked[name] = request.all(name) or None
        for name in ("createdGte", "createdLte"):
            asked[name] = request.number(name, 0) if request.first(name) else None
        asked["data"] = _data(request.first("data"))
        return cls(asked)

    def __call__(self, message: Message) -> bool:
        asked = self.asked
        sent = message.sent_at.timestamp() * 1000
        data = message.content.get("data") or {}
        severities = asked.get("severity")
        return (
            all(
                getattr(message, name) == bool(asked[name])
                for name in ("read", "seen", "archived", "snoozed")
                if name in asked
            )
            and _has_tags(message, asked.get("tags"))
            and (not severities or message.severity in _listed(severities))
            and asked.get("createdGte", sent) <= sent <= asked.get("createdLte", sent)
            and all(data.get(key) == value for key, value in (asked.get("data") or {}).items())
        )


def _has_tags(message: Message, tags: Any) -> bool:
    """Any of a list of tags; or, of `{"and": [{"or": [...]}, ...]}`, one of each group."""
    if isinstance(tags, dict):
        groups = [group.get("or", []) for group in tags.get("and", []) if isinstance(group, dict)]
        return all(any(tag in message.tags for tag in group) for group in groups)
    return not tags or any(tag in message.tags for tag in _listed(tags))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _data(text: str | None) -> dict[str, Any] | None:
    if not text:
        return None
    try:
        data = json.loads(text)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise ApiError.invalid(["data must be a JSON object"], text)
    return data


def listing(call: Call) -> Page:
    subscriber, wanted = found(call), Filter.of(call.request)
    messages = [message for message in subscriber.inbox.everything if wanted(message)]
    size, start = limit(call.request), call.request.number("offset", 0)
    if after := call.request.first("after"):
        ids = [message.id for message in messages]
        if after not in ids:
            raise ApiError(400, f'Invalid cursor: there is no notification with the id "{after}"')
        start = ids.index(after) + 1
    return Page(
        [shape(message) for message in messages[start : start + size]],
        {"hasMore": start + size < len(messages), "filter": wanted.asked},
    )


def count(call: Call) -> list[dict[str, Any]]:
    subscriber = found(call)
    try:
        filters = json.loads(call.request.first("filters") or "[{}]")
    except ValueError:
        filters = None
    if not isinstance(filters, list) or not all(isinstance(one, dict) for one in filters):
        raise ApiError.invalid(["filters must be a JSON array of objects"], call.request.first("filters"))
    if len(filters) > MOST_COUNTS:
        raise ApiError.invalid([f"filters must contain no more than {MOST_COUNTS} elements"], len(filters))
    return [{"count": sum(map(Filter(one), subscriber.inbox.everything)), "filter": one} for one in filters]


def _one(change: Callable[[Message], None]) -> Callable[[Call], dict[str, Any]]:
    """A route that changes one notification and shows it."""

    def handler(call: Call) -> dict[str, Any]:
        message = _message(call)
        change(message)
        return shape(message)

    return handler


def _message(call: Call) -> Message:
    for message in found(call).inbox.everything:
        if message.id == call["notificationId"]:
            return message
    raise ApiError(404, f"Notification with id: {call['notificationId']} is not found.")


def snooze(call: Call) -> dict[str, Any]:
    until = SNOOZE.check(call.request.json)["snoozeUntil"]
    message = _message(call)
    try:
        message.snooze(parse_iso(until))
    except ValueError as error:
        raise ApiError.invalid([f"snoozeUntil: {error}"], until) from error
    return shape(message)


def unsnooze(call: Call) -> dict[str, Any]:
    message = _message(call)
    if not message.snoozed:
        raise ApiError(404, f"Could not find a snoozed notification with id '{message.id}'")
    message.unsnooze()
    return shape(message)


def _with_action(change: Callable[[Message, str], None]) -> Callable[[Call], dict[str, Any]]:
    def handler(call: Call) -> dict[str, Any]:
        message = _message(call)
        if call["actionType"] not in ("primary", "secondary"):
            raise ApiError.invalid(
                ["actionType must be one of the following values: primary, secondary"], call["actionType"]
            )
        try:
            change(message, call["actionType"])
        except ValueError as error:
            raise ApiError(400, str(error)) from error
        return shape(message)

    return handler


def delete(call: Call) -> ApiResponse:
    call.novu.messages.remove(_message(call).id)
    return ApiResponse(204)


def _all(
    change: Callable[[Message], None], only: Callable[[Message], bool] = lambda message: True
) -> Callable[[Call], ApiResponse]:
    """A route that changes every notification that the body's `tags` and `data` select."""

    def handler(call: Call) -> ApiResponse:
        body = MANY.check(call.request.json)
        wanted = Filter({"tags": body.get("tags"), "data": _data(body.get("data"))})
        for message in found(call).inbox.everything:
            if wanted(message) and only(message):
                change(message)
        return ApiResponse(204)

    return handler


def mark_seen(call: Call) -> ApiResponse:
    body = SEEN.check(call.request.json)
    ids = body.get("notificationIds")
    wanted = Filter({"tags": body.get("tags"), "data": _data(body.get("data"))})
    for message in found(call).inbox.everything:
        if wanted(message) and (ids is None or message.id in ids):
            message.mark_seen()
    return ApiResponse(204)


def delete_all(call: Call) -> ApiResponse:
    return _all(lambda message: _forget(call, message))(call)


def _forget(call: Call, message: Message) -> None:
    call.novu.messages.remove(message.id)


_LIST = "/v2/subscribers/{subscriberId}/notifications"
_SINGLE = f"{_LIST}/{{notificationId}}"

ROUTES = [
    Route("GET", _LIST, listing),
    Route("GET", f"{_LIST}/count", count),
    Route("POST", f"{_LIST}/read", _all(lambda one: one.mark_read(), lambda one: not one.archived)),
    Route("POST", f"{_LIST}/seen", mark_seen),
    Route("POST", f"{_LIST}/archive", _all(lambda one: one.archive())),
    Route("POST", f"{_LIST}/read-archive", _all(lambda one: one.archive(), lambda one: one.read)),
    Route("POST", f"{_LIST}/delete", delete_all),
    Route("DELETE", _SINGLE, delete),
    Route("PATCH", f"{_SINGLE}/read", _one(lambda one: one.mark_read())),
    Route("PATCH", f"{_SINGLE}/unread", _one(lambda one: one.mark_unread())),
    Route("PATCH", f"{_SINGLE}/archive", _one(lambda one: one.archive())),
    Route("PATCH", f"{_SINGLE}/unarchive", _one(lambda one: one.unarchive())),
    Route("PATCH", f"{_SINGLE}/snooze", snooze),
    Route("PATCH", f"{_SINGLE}/unsnooze", unsnooze),
    Route(
        "PATCH",
        f"{_SINGLE}/actions/{{actionType}}/complete",
        _with_action(lambda message, action: message.complete_action(action)),
    ),
    Route(
        "PATCH",
        f"{_SINGLE}/actions/{{actionType}}/revert",
        _with_action(lambda message, action: message.revert_action(action)),
    ),
]
