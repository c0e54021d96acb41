"""Subscribers and how they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.lookups import subscriber_of
from novu_framework_testing.api.pages import by_cursor
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, Kind, a_list, an_object, boolean, email, string
from novu_framework_testing.simulation.subscribers import PROFILE

if TYPE_CHECKING:
    from novu_framework_testing.simulation.subscribers import SimulatedSubscriber

MAX_SUBSCRIBERS = 500

_TOKENS = a_list(of=string)
_CHANNEL: dict[str, Field | Kind] = {
    "providerId": Field(string, required=True, not_empty=True),
    "credentials": Field(an_object, required=True, nested=Body(deviceTokens=_TOKENS, device_tokens=_TOKENS)),
    "integrationIdentifier": string,
}
CHANNELS = Field(a_list(), each=Body(**_CHANNEL))
_PROFILE = {**dict.fromkeys(PROFILE.values(), string), "email": email, "data": an_object}
PATCH = Body(**_PROFILE, channels=CHANNELS)
CREATE = Body(subscriberId=Field(string, required=True, not_empty=True), **PATCH.fields)
BULK = Body(subscribers=Field(a_list(at_most=MAX_SUBSCRIBERS), required=True))
CREDENTIALS = Body(**_CHANNEL)
ONLINE = Body(isOnline=Field(boolean, required=True))

routes = Routes()


@routes("GET", "/v2/subscribers")
def search_subscribers(call: Call) -> Page:
    """Show the subscribers that match the query.

    `subscriberId` is matched whole; `email`, `phone` and `name` in part, in the case they are written in.
    """
    asked = ("subscriberId", "email", "phone", "name")
    subscriber_id, email, phone, name = (call.request.first(one) or "" for one in asked)

    def matches(subscriber: SimulatedSubscriber) -> bool:
        names = " ".join(part for part in (subscriber.first_name, subscriber.last_name) if part)
        return (
            subscriber_id in ("", subscriber.subscriber_id)
            and email in (subscriber.email or "")
            and phone in (subscriber.phone or "")
            and name in names
        )

    return by_cursor(
        [subscriber for subscriber in call.novu.subscribers if matches(subscriber)],
        call.request,
        lambda subscriber: serializers.subscriber_json(call.state, subscriber),
        id_of=lambda subscriber: subscriber.id,
    )


@routes("POST", "/v2/subscribers", 201)
def create_subscriber(call: Call) -> dict[str, Any]:
    """Make a subscriber, or change the one of that id (409 with `failIfExists`)."""
    body = CREATE.check(call.request.json)
    if call.request.flag("failIfExists") and body["subscriberId"] in call.novu.subscribers:
        raise ApiError(409, f"SimulatedSubscriber with id: {body['subscriberId']} already exists")
    return serializers.subscriber_json(call.state, call.novu.subscribers.upsert_from(body))


@routes("POST", "/v1/subscribers/bulk", 201)
def create_subscribers(call: Call) -> dict[str, Any]:
    """Make or change many subscribers; what is wrong with one does not stop the others."""
    outcome: dict[str, list[dict[str, str]]] = {"updated": [], "created": [], "failed": []}
    for written in BULK.check(call.request.json)["subscribers"]:
        problems = CREATE.problems(written, "")
        subscriber_id = str(written.get("subscriberId", "")) if isinstance(written, dict) else ""
        if problems:
            outcome["failed"].append({"subscriberId": subscriber_id, "message": ", ".join(problems)})
            continue
        change = "updated" if subscriber_id in call.novu.subscribers else "created"
        call.novu.subscribers.upsert_from(written)
        outcome[change].append({"subscriberId": subscriber_id})
    return outcome


@routes("GET", "/v2/subscribers/{subscriberId}")
def get_subscriber(call: Call) -> dict[str, Any]:
    """Show a subscriber."""
    return serializers.subscriber_json(call.state, subscriber_of(call))


@routes("PATCH", "/v2/subscribers/{subscriberId}")
def update_subscriber(call: Call) -> dict[str, Any]:
    """Change what is given of a subscriber."""
    body = PATCH.check(call.request.json)
    wanted = {**body, "subscriberId": subscriber_of(call).subscriber_id}
    return serializers.subscriber_json(call.state, call.novu.subscribers.upsert_from(wanted))


@routes("DELETE", "/v2/subscribers/{subscriberId}")
def delete_subscriber(call: Call) -> dict[str, Any]:
    """Delete a subscriber, and their subscriptions to topics."""
    subscriber_id = subscriber_of(call).subscriber_id
    call.novu.topics.forget(subscriber_id)
    call.novu.subscribers.remove(subscriber_id)
    return {"acknowledged": True, "status": "deleted"}


@routes("PATCH", "/v1/subscribers/{subscriberId}/credentials")
@routes("PUT", "/v1/subscribers/{subscriberId}/credentials")
def set_credentials(call: Call) -> dict[str, Any]:
    """Set how a push or chat provider reaches a subscriber; PATCH adds to what is there."""
    body = CREDENTIALS.check(call.request.json)
    subscriber = subscriber_of(call)
    subscriber.set_credentials(
        body["providerId"],
        body["credentials"],
        integration_identifier=body.get("integrationIdentifier"),
        append=call.request.method == "PATCH",
    )
    return serializers.subscriber_json(call.state, subscriber)


@routes("DELETE", "/v1/subscribers/{subscriberId}/credentials/{providerId}")
def delete_credentials(call: Call) -> ApiResponse:
    """Forget how a provider reaches a subscriber."""
    subscriber_of(call).remove_credentials(call["providerId"])
    return ApiResponse(204)


@routes("PATCH", "/v1/subscribers/{subscriberId}/online-status")
def set_online(call: Call) -> dict[str, Any]:
    """Set whether a subscriber is online."""
    body = ONLINE.check(call.request.json)
    subscriber = subscriber_of(call)
    subscriber.is_online = body["isOnline"]
    return serializers.subscriber_json(call.state, subscriber)
