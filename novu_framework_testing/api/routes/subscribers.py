"""Subscribers and how they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.pages import by_cursor
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, boolean, email, string

if TYPE_CHECKING:
    from novu_framework_testing.simulation.subscribers import Subscriber

MOST_SUBSCRIBERS = 500

_PROFILE = {
    "firstName": Field(string),
    "lastName": Field(string),
    "email": Field(email),
    "phone": Field(string),
    "avatar": Field(string),
    "locale": Field(string),
    "timezone": Field(string),
    "data": Field(an_object),
}
_CHANNEL = Body({"providerId": Field(string, required=True), "credentials": Field(an_object, required=True)})
PATCH = Body({**_PROFILE, "channels": Field(a_list(), each=_CHANNEL)})
CREATE = Body({"subscriberId": Field(string, required=True, not_empty=True), **PATCH.fields})
BULK = Body({"subscribers": Field(a_list(at_most=MOST_SUBSCRIBERS), required=True)})
CREDENTIALS = Body(
    {
        "providerId": Field(string, required=True),
        "credentials": Field(an_object, required=True),
        "integrationIdentifier": Field(string),
    }
)
ONLINE = Body({"isOnline": Field(boolean, required=True)})


def found(call: Call) -> Subscriber:
    """The subscriber of the path. Raises `ApiError` (404)."""
    subscriber = call.novu.subscribers.get(call["subscriberId"])
    if subscriber is None:
        raise ApiError(404, f"Subscriber: {call['subscriberId']} was not found")
    return subscriber


def shape(call: Call, subscriber: Subscriber) -> dict[str, Any]:
    """A subscriber as the API shows it."""
    return {
        "_organizationId": call.cloud.organization_id,
        "_environmentId": call.cloud.environment_id,
        "deleted": False,
        "topics": [topic.key for topic in call.novu.topics.of(subscriber.subscriber_id)],
        **subscriber.to_dict(),
        "channels": [
            {"_integrationId": call.cloud.integration_id(channel.provider_id), **channel.to_dict()}
            for channel in subscriber.channels
        ],
    }


def brief(subscriber: Subscriber) -> dict[str, Any]:
    """A subscriber as it is shown inside of something else; what is not known is absent."""
    known = {"_id": subscriber.id, "subscriberId": subscriber.subscriber_id}
    profile = {
        "firstName": subscriber.first_name,
        "lastName": subscriber.last_name,
        "email": subscriber.email,
        "phone": subscriber.phone,
        "avatar": subscriber.avatar,
    }
    return {**known, **{name: value for name, value in profile.items() if value is not None}}


def create(call: Call) -> dict[str, Any]:
    body = CREATE.check(call.request.json)
    if call.request.flag("failIfExists") and body["subscriberId"] in call.novu.subscribers:
        raise ApiError(409, f"Subscriber with id: {body['subscriberId']} already exists")
    return shape(call, call.novu.subscribers.upsert_from(body))


def create_bulk(call: Call) -> dict[str, Any]:
    outcome: dict[str, list[dict[str, str]]] = {"updated": [], "created": [], "failed": []}
    for written in BULK.check(call.request.json)["subscribers"]:
        problems = CREATE.problems(written, "")
        subscriber_id = str(written.get("subscriberId", "")) if isinstance(written, dict) else ""
        if problems:
            outcome["failed"].append({"subscriberId": subscriber_id, "message": ", ".join(problems)})
            continue
        kind = "updated" if subscriber_id in call.novu.subscribers else "created"
        call.novu.subscribers.upsert_from(written)
        outcome[kind].append({"subscriberId": subscriber_id})
    return outcome


def search(call: Call) -> Page:
    """`subscriberId` is matched whole; `email`, `phone` and `name` in part, in the case they are written in."""
    asked = {name: call.request.first(name) for name in ("subscriberId", "email", "phone", "name")}

    def matches(subscriber: Subscriber) -> bool:
        name = " ".join(part for part in (subscriber.first_name, subscriber.last_name) if part)
        return (
            asked["subscriberId"] in (None, "", subscriber.subscriber_id)
            and (asked["email"] or "") in (subscriber.email or "")
            and (asked["phone"] or "") in (subscriber.phone or "")
            and (asked["name"] or "") in name
        )

    return by_cursor(
        [subscriber for subscriber in call.novu.subscribers if matches(subscriber)],
        call.request,
        id_of=lambda subscriber: subscriber.id,
        shape=lambda subscriber: shape(call, subscriber),
    )


def get(call: Call) -> dict[str, Any]:
    return shape(call, found(call))


def patch(call: Call) -> dict[str, Any]:
    body = PATCH.check(call.request.json)
    subscriber = found(call)
    return shape(call, call.novu.subscribers.upsert_from({**body, "subscriberId": subscriber.subscriber_id}))


def delete(call: Call) -> dict[str, Any]:
    subscriber_id = found(call).subscriber_id
    call.novu.topics.forget(subscriber_id)
    call.novu.subscribers.remove(subscriber_id)
    return {"acknowledged": True, "status": "deleted"}


def set_credentials(call: Call) -> dict[str, Any]:
    return _credentials(call, append=False)


def append_credentials(call: Call) -> dict[str, Any]:
    return _credentials(call, append=True)


def _credentials(call: Call, *, append: bool) -> dict[str, Any]:
    body = CREDENTIALS.check(call.request.json)
    subscriber = found(call)
    subscriber.set_credentials(
        body["providerId"],
        body["credentials"],
        integration_identifier=body.get("integrationIdentifier"),
        append=append,
    )
    return shape(call, subscriber)


def delete_credentials(call: Call) -> ApiResponse:
    found(call).remove_credentials(call["providerId"])
    return ApiResponse(204)


def set_online(call: Call) -> dict[str, Any]:
    body = ONLINE.check(call.request.json)
    subscriber = found(call)
    subscriber.is_online = body["isOnline"]
    return shape(call, subscriber)


ROUTES = [
    Route("GET", "/v2/subscribers", search),
    Route("POST", "/v2/subscribers", create, 201),
    Route("GET", "/v2/subscribers/{subscriberId}", get),
    Route("PATCH", "/v2/subscribers/{subscriberId}", patch),
    Route("DELETE", "/v2/subscribers/{subscriberId}", delete),
    Route("POST", "/v1/subscribers/bulk", create_bulk, 201),
    Route("PUT", "/v1/subscribers/{subscriberId}/credentials", set_credentials),
    Route("PATCH", "/v1/subscribers/{subscriberId}/credentials", append_credentials),
    Route("DELETE", "/v1/subscribers/{subscriberId}/credentials/{providerId}", delete_credentials),
    Route("PATCH", "/v1/subscribers/{subscriberId}/online-status", set_online),
]
