"""The page at `/`: an inbox for each subscriber, the clock, the timeline and the API calls as they come.

It asks `/simulation/...` with a token in place of the key, which it never gets. With the key that everybody knows the token is
in the page; with another one it is in the link that `novu-framework cloud` prints.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from hashlib import sha256
from itertools import islice
from typing import Any, Final

from novu_framework._internal.redaction import redaction
from novu_framework_testing._internal.pages import (
    PREVIEW_SCRIPTS,
    PREVIEW_STYLES,
    SECURITY_HEADERS,
    asset,
    media_type,
)
from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse
from novu_framework_testing.api.routes.simulation import activity_line
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.state import AnsweredRequest
from novu_framework_testing.api.validation import Body, Field, one_of
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.simulator import DEFAULT_SECRET_KEY, NovuSimulator

TOKEN = "x-novu-page"
"""The header that the page's token comes in."""

FILES = {
    "style.css": "review",
    **dict.fromkeys((*PREVIEW_STYLES, *PREVIEW_SCRIPTS), "review"),
    "page.css": "api",
    "page.js": "api",
}
"""The files of the page, and whose they are: what a message looks like is written once."""

LATEST = 200
"""So many lines, messages and subscribers are shown, the latest ones."""

ACTIONS: Mapping[str, Callable[[Message], None]] = {
    "read": Message.mark_read,
    "unread": Message.mark_unread,
    "archive": Message.archive,
    "unarchive": Message.unarchive,
    "snooze": lambda message: message.snooze(hours=1),
    "unsnooze": Message.unsnooze,
    "primary": lambda message: message.complete_action("primary"),
    "secondary": lambda message: message.complete_action("secondary"),
}
"""What a subscriber does with an in-app message."""

ACT = Body(action=Field(one_of(*ACTIONS), required=True))

routes: Final = Routes()


def page_token(novu: NovuSimulator) -> str:
    """Return the token of the page, which a new process with the same key knows too."""
    return hmac.new(novu.secret_key.encode("utf-8", "surrogatepass"), b"the page", sha256).hexdigest()


def page_path(novu: NovuSimulator) -> str:
    """Return where the page is: with its token, if not everybody knows the key."""
    return "/" if novu.secret_key == DEFAULT_SECRET_KEY else f"/#{page_token(novu)}"


def page_request(novu: NovuSimulator, request: ApiRequest) -> str | None:
    """Tell whether a request is the page's own: None for any other, or why it is refused, which is empty if it is not."""
    if request.method == "GET" and (request.path == "/" or request.path.startswith("/page/")):
        return ""
    token = request.headers.get(TOKEN)
    if token is None or not request.path.startswith("/simulation/"):
        return None
    if not hmac.compare_digest(token.encode(), page_token(novu).encode()):
        return "Open the page by the link that `novu-framework cloud` printed."
    origin, host = request.headers.get("origin"), request.headers.get("host", "")
    if origin != f"http://{host}" and not (origin is None and request.method == "GET"):
        return "Only the page itself may do that."
    return ""


@routes("GET", "/")
def page(call: Call) -> ApiResponse:
    """Show the page."""
    token = page_token(call.novu) if page_path(call.novu) == "/" else ""
    return _file("index.html", asset("api", "index.html").replace("{{ token }}", token))


def file(call: Call) -> ApiResponse:
    """Return a file of the page."""
    name = call.request.segments[-1]
    return _file(name, asset(FILES[name], name))


for _name in FILES:
    routes("GET", f"/page/{_name}")(file)


def _file(name: str, text: str) -> ApiResponse:
    return ApiResponse(200, headers={"content-type": media_type(name), **SECURITY_HEADERS}, text=text)


@routes("GET", "/simulation/overview", query=("subscriber=",))
def overview(call: Call) -> ApiResponse:
    """Show what the page shows, with the messages of `?subscriber=`; 304 where nothing has changed since `If-None-Match`."""
    novu = call.novu
    with novu.lock:
        waiting = novu.clock.waiting()
        chosen = novu.subscribers.get(call.request.first("subscriber") or "")
        shown = {
            "now": iso(novu.now),
            "waiting": len(waiting),
            "next": {"due": iso(waiting[0].due), "what": waiting[0].description()} if waiting else None,
            "workflows": [workflow.workflow_id for workflow in novu.workflows],
            "subscribers": [
                {
                    "id": one.subscriber_id,
                    "name": " ".join(filter(None, (one.first_name, one.last_name))),
                    "unread": len(one.inbox.unread),
                }
                for one in list(novu.subscribers)[-LATEST:]
            ],
            "messages": [_message(one) for one in novu.messages.to(chosen.subscriber_id)[-LATEST:]]
            if chosen
            else [],
            "lines": {"first": max(0, len(novu.activity) - LATEST), "all": _lines(novu)},
            "calls": [_call(one) for one in call.state.calls],
        }
    answer = ApiResponse(200, redaction.redacted({"data": shown}))
    tag = f'"{sha256(answer.content).hexdigest()}"'
    if call.request.headers.get("if-none-match") == tag:
        return ApiResponse(304, headers={"etag": tag})
    return ApiResponse(200, answer.json, {"etag": tag, **SECURITY_HEADERS})


@routes("POST", "/simulation/messages/{messageId}")
def act(call: Call) -> dict[str, Any]:
    """Do with an in-app message what its subscriber could: `{action: "read"}`, see `ACTIONS`."""
    message = call.novu.messages.get(call["messageId"])
    if message is None:
        raise ApiError(404, "There is no such message.")
    action = ACT.check(call.request.json)["action"]
    try:
        with call.novu.lock:
            ACTIONS[action](message)
    except ValueError as error:
        raise ApiError(400, str(error)) from error
    return _message(message)


def _lines(novu: NovuSimulator) -> list[dict[str, Any]]:
    return [activity_line(line) for line in islice(novu.activity, max(0, len(novu.activity) - LATEST), None)]


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "channel": message.channel,
        "workflow": message.workflow_id,
        "step": message.step_id,
        "at": iso(message.sent_at),
        "to": message.to,
        "outputs": message.content,
        "providers": message.providers,
        "read": message.read,
        "archived": message.archived,
        "snoozedUntil": iso(message.snoozed_until) if message.snoozed_until else None,
        "done": sorted(message.completed_actions),
    }


def _call(call: AnsweredRequest) -> dict[str, Any]:
    return {
        "at": iso(call.at),
        "method": call.method,
        "path": call.path,
        "status": call.status,
        "sent": call.sent,
        "answered": call.answered,
    }
