"""Subscribers and how they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.lookups import subscriber_of
from novu_framework_testing.api.pages import CURSOR, by_cursor
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import (
    Body,
    Field,
    Kind,
    Sentence,
    a_list,
    an_object,
    boolean,
    string,
)
from novu_framework_testing.simulation.profiles import PROFILE_KINDS

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


def _an_id(value: Any) -> str | None:
    if not isinstance(value, str):
        return "must be a string"
    return None if value.strip() else Sentence("SubscriberId is required")


PATCH = Body(**PROFILE_KINDS, data=an_object)
CREATE = Body(subscriberId=Field(_an_id, required=True), **PATCH.fields)
WITH_CHANNELS = Body(**CREATE.fields, channels=CHANNELS)
BULK = Body(subscribers=Field(a_list(), required=True, not_empty=True, each=WITH_CHANNELS))
CREDENTIALS = Body(**_CHANNEL)
ONLINE = Body(isOnline=Field(boolean, required=True))

routes: Final = Routes()


@routes("GET", "/v2/subscribers", query=(*CURSOR, "email", "phone", "name", "subscriberId"))
def search_subscribers(call: Call) -> Page:
    """Show the subscribers that match the query.

    `subscriberId` is matched whole; `email`, `phone` and `name` in part, whatever the case.
    """
    subscriber_id = call.request.first("subscriberId") or ""
    email, phone, name = ((call.request.first(one) or "").lower() for one in ("email", "phone", "name"))

    def matches(subscriber: SimulatedSubscriber) -> bool:
        names = " ".join(part for part in (subscriber.first_name, subscriber.last_name) if part)
        return (
            subscriber_id in ("", subscriber.subscriber_id)
            and email in (subscriber.email or "").lower()
            and phone in (subscriber.phone or "").lower()
            and name in names.lower()
        )

    return by_cursor(
        [subscriber for subscriber in call.novu.subscribers if matches(subscriber)],
        call.request,
        lambda subscriber: serializers.subscriber_json(call.state, subscriber),
        id_of=lambda subscriber: subscriber.id,
    )


@routes("POST", "/v2/subscribers", 201, query=("failIfExists",))
def create_subscriber(call: Call) -> dict[str, Any]:
    """Make a subscriber, or change the one of that id (409 with `failIfExists`). Without `data`, what there was is gone."""
    body = CREATE.check(call.request.json)
    subscriber_id = body["subscriberId"].strip()
    if call.request.flag("failIfExists") and subscriber_id in call.novu.subscribers:
        raise ApiError(409, f'Subscriber with id "{subscriber_id}" already exists')
    profile = {name: value for name, value in body.items() if name in PATCH.fields}
    written = {**profile, "subscriberId": subscriber_id, "data": body.get("data") or {}}
    return serializers.subscriber_json(call.state, call.novu.subscribers.upsert_from(written))


@routes("POST", "/v1/subscribers/bulk", 201)
def create_subscribers(call: Call) -> dict[str, Any]:
    """Make or change many subscribers; where one is not valid, none is."""
    subscribers = BULK.check(call.request.json)["subscribers"]
    if len(subscribers) > MAX_SUBSCRIBERS:
        raise ApiError.violated(
            "subscribers", f"subscribers must contain no more than {MAX_SUBSCRIBERS} elements"
        )
    outcome: dict[str, list[dict[str, str]]] = {"updated": [], "created": [], "failed": []}
    for written in subscribers:
        change = "updated" if written["subscriberId"] in call.novu.subscribers else "created"
        call.novu.subscribers.upsert_from(written)
        outcome[change].append({"subscriberId": written["subscriberId"]})
    return outcome


@routes("GET", "/v2/subscribers/{subscriberId}", query=())
def get_subscriber(call: Call) -> dict[str, Any]:
    """Show a subscriber."""
    return serializers.subscriber_json(call.state, subscriber_of(call))


@routes("PATCH", "/v2/subscribers/{subscriberId}")
def update_subscriber(call: Call) -> dict[str, Any]:
    """Change what is given of a subscriber."""
    body = PATCH.check(call.request.json)
    profile = {name: value for name, value in body.items() if name in PATCH.fields}
    wanted = {**profile, "subscriberId": _patched(call).subscriber_id}
    return serializers.subscriber_json(call.state, call.novu.subscribers.upsert_from(wanted))


def _patched(call: Call) -> SimulatedSubscriber:
    subscriber = call.novu.subscribers.get(call["subscriberId"])
    if subscriber is None:
        raise ApiError(404, f"Subscriber {call['subscriberId']} was not found")
    return subscriber


@routes("DELETE", "/v1/subscribers/{subscriberId}")
@routes("DELETE", "/v2/subscribers/{subscriberId}")
def delete_subscriber(call: Call) -> dict[str, Any]:
    """Delete a subscriber, with their subscriptions to topics, preferences and messages."""
    if call["subscriberId"] not in call.novu.subscribers:
        raise ApiError(404, "Subscriber was not found", extra={"externalSubscriberId": call["subscriberId"]})
    call.novu.delete_subscriber(call["subscriberId"])
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
    if not subscriber.is_online:
        subscriber.last_online_at = call.novu.now
    return serializers.subscriber_json(call.state, subscriber)
