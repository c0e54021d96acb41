"""Topics and who is subscribed to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.pages import by_cursor
from novu_framework_testing.api.routes.subscribers import brief, found
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.api.validation import Body, Field, a_list, string
from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.topics import Topic

MOST_SUBSCRIPTIONS = 100
_KEY = re.compile(r"[A-Za-z0-9_:-]+|[^@\s]+@[^@\s]+\.[^@\s]+")

UPSERT = Body({"key": Field(string, required=True, not_empty=True), "name": Field(string)})
RENAME = Body({"name": Field(string, required=True)})
_MEMBERS = {
    "subscriberIds": Field(a_list(at_least=1, at_most=MOST_SUBSCRIPTIONS, of=string)),
    "subscriptions": Field(a_list(at_least=1, at_most=MOST_SUBSCRIPTIONS)),
}
SUBSCRIBE = Body({**_MEMBERS, "name": Field(string)})
UNSUBSCRIBE = Body(_MEMBERS)
UPDATE = Body({"name": Field(string)})


def shape(topic: Topic) -> dict[str, Any]:
    """A topic as the API shows it."""
    whole: dict[str, Any] = {"_id": topic.id, "key": topic.key}
    if topic.name is not None:
        whole["name"] = topic.name
    if topic.created_at is not None:
        whole["createdAt"] = iso(topic.created_at)
    if topic.updated_at is not None:
        whole["updatedAt"] = iso(topic.updated_at)
    return whole


def _topic(call: Call) -> Topic:
    topic = call.novu.topics.get(call["topicKey"])
    if topic is None:
        raise ApiError(404, f"Topic with key {call['topicKey']} not found")
    return topic


def listing(call: Call) -> Page:
    key, name = call.request.first("key") or "", call.request.first("name") or ""
    return by_cursor(
        [topic for topic in call.novu.topics if key in topic.key and name in (topic.name or "")],
        call.request,
        id_of=lambda topic: str(topic.id),
        shape=shape,
    )


def upsert(call: Call) -> ApiResponse:
    """201 for a topic that is new, 200 for one that was there."""
    body = UPSERT.check(call.request.json)
    is_new = body["key"] not in call.novu.topics
    if not is_new and call.request.flag("failIfExists"):
        raise ApiError(409, f'Topic with key "{body["key"]}" already exists')
    if is_new and not _KEY.fullmatch(body["key"]):
        raise ApiError(
            400,
            f'Invalid topic key: "{body["key"]}". Topic keys must contain only alphanumeric characters '
            "(a-z, A-Z, 0-9), hyphens (-), underscores (_), colons (:), or be a valid email address.",
        )
    topic = call.novu.topics.upsert(body["key"], body.get("name"))
    return ApiResponse(201 if is_new else 200, {"data": shape(topic)})


def get(call: Call) -> dict[str, Any]:
    return shape(_topic(call))


def rename(call: Call) -> dict[str, Any]:
    body = RENAME.check(call.request.json)
    return shape(call.novu.topics.upsert(_topic(call).key, body["name"]))


def delete(call: Call) -> dict[str, Any]:
    call.novu.topics.remove(_topic(call).key)
    return {"acknowledged": True}


def subscribe(call: Call) -> ApiResponse:
    """Subscribe some; the topic is made where it is missing, the subscribers are not."""
    body = SUBSCRIBE.check(call.request.json)
    _refuse_preferences(call.request.json)
    wanted = _members(body)
    topic = call.novu.topics.upsert(call["topicKey"])
    data, errors = [], []
    for member in wanted:
        subscriber_id = member["subscriberId"]
        if subscriber_id not in call.novu.subscribers:
            errors.append(_not_found(subscriber_id))
            continue
        topic.add(subscriber_id)
        noted = call.cloud.noted(topic.subscription_id(subscriber_id))
        noted.setdefault("createdAt", iso(call.novu.now))
        for name in ("identifier", "name"):
            if given := member.get(name) or (body.get("name") if name == "name" else None):
                noted[name] = given
        data.append(_subscription(call, topic, subscriber_id))
    return _outcome(201, len(wanted), data, errors)


def unsubscribe(call: Call) -> ApiResponse:
    body = UNSUBSCRIBE.check(call.request.json)
    topic = _topic(call)
    wanted = _members(body, identified=_identified(call, topic))
    data, errors = [], []
    for member in wanted:
        subscriber_id = member["subscriberId"]
        if subscriber_id not in call.novu.subscribers:
            errors.append(_not_found(subscriber_id))
        elif subscriber_id not in topic:
            errors.append(
                {
                    "subscriberId": subscriber_id,
                    "code": "SUBSCRIPTION_NOT_FOUND",
                    "message": f"Subscription for subscriber '{subscriber_id}' not found.",
                }
            )
        else:
            data.append(_subscription(call, topic, subscriber_id))
            topic.remove(subscriber_id)
    return _outcome(200, len(wanted), data, errors)


def _outcome(status: int, asked: int, data: list[Any], errors: list[dict[str, str]]) -> ApiResponse:
    """What became of each; a refusal (400) where it came to nothing."""
    whole: dict[str, Any] = {
        "data": data,
        "meta": {"totalCount": asked, "successful": len(data), "failed": len(errors)},
    }
    if errors:
        whole["errors"] = errors
    if errors and not data:
        raise ApiError(400, "Bad Request Exception", beside=whole)
    return ApiResponse(status, whole)


def _members(body: dict[str, Any], identified: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """Whom a body names: `subscriberIds`, or `subscriptions` of ids and `{subscriberId, identifier, name}`."""
    written = [*(body.get("subscriberIds") or ()), *(body.get("subscriptions") or ())]
    if not written:
        raise ApiError.invalid(["subscriberIds should not be empty", "subscriberIds must be an array"])
    members: dict[str, dict[str, Any]] = {}
    for one in written:
        member = {"subscriberId": one} if isinstance(one, str) else dict(one) if isinstance(one, dict) else {}
        if identified is not None and "subscriberId" not in member:
            member["subscriberId"] = identified.get(member.get("identifier", ""), member.get("identifier"))
        if not isinstance(member.get("subscriberId"), str):
            raise ApiError.invalid(["subscriptions.subscriberId must be a string"], one)
        members.setdefault(member["subscriberId"], member)
    return list(members.values())


def _not_found(subscriber_id: str) -> dict[str, str]:
    return {
        "subscriberId": subscriber_id,
        "code": "SUBSCRIBER_NOT_FOUND",
        "message": f"Subscriber with ID '{subscriber_id}' could not be found.",
    }


def _refuse_preferences(body: Any) -> None:
    if body.get("preferences"):
        raise ApiError(400, "The simulated Novu does not have preferences for single subscriptions.")


def _identifier(call: Call, topic: Topic, subscriber_id: str) -> str:
    noted = call.cloud.noted(topic.subscription_id(subscriber_id))
    return noted.get("identifier") or f"tk={topic.key}:si={subscriber_id}"


def _identified(call: Call, topic: Topic) -> dict[str, str]:
    """Subscription identifier to subscriber id."""
    return {_identifier(call, topic, subscriber_id): subscriber_id for subscriber_id in topic}


def _subscription(call: Call, topic: Topic, subscriber_id: str) -> dict[str, Any]:
    """A subscription as the API shows it."""
    subscription_id = topic.subscription_id(subscriber_id)
    noted = call.cloud.noted(subscription_id)
    subscriber = call.novu.subscribers[subscriber_id]
    created = noted.get("createdAt") or iso(topic.created_at or call.novu.now)
    whole: dict[str, Any] = {
        "_id": subscription_id,
        "identifier": _identifier(call, topic, subscriber_id),
        "topic": shape(topic),
        "subscriber": brief(subscriber),
        "createdAt": created,
        "updatedAt": noted.get("updatedAt") or created,
    }
    if noted.get("name"):
        whole["name"] = noted["name"]
    return whole


def subscriptions(call: Call) -> Page:
    topic, only = _topic(call), call.request.first("subscriberId")
    return _page(call, [(topic, one) for one in topic if only in (None, "", one)])


def subscriptions_of(call: Call) -> Page:
    """The topics that a subscriber is subscribed to."""
    subscriber_id, key = found(call).subscriber_id, call.request.first("key") or ""
    return _page(
        call, [(topic, subscriber_id) for topic in call.novu.topics.of(subscriber_id) if key in topic.key]
    )


def _page(call: Call, pairs: list[tuple[Topic, str]]) -> Page:
    return by_cursor(
        # A subscriber who was deleted meanwhile is subscribed to nothing.
        [pair for pair in pairs if pair[1] in call.novu.subscribers],
        call.request,
        id_of=lambda pair: pair[0].subscription_id(pair[1]),
        shape=lambda pair: _subscription(call, *pair),
    )


def _subscriber_of(call: Call, topic: Topic) -> str:
    """The subscriber whose subscription the path names, by its identifier or its id."""
    for subscriber_id in topic:
        if call["identifier"] in (
            _identifier(call, topic, subscriber_id),
            topic.subscription_id(subscriber_id),
        ):
            return subscriber_id
    raise ApiError(404, f"Subscription with identifier {call['identifier']} not found in topic {topic.key}")


def get_subscription(call: Call) -> dict[str, Any]:
    topic = _topic(call)
    whole = _subscription(call, topic, _subscriber_of(call, topic))
    details = {"id": whole["_id"], "identifier": whole["identifier"], "preferences": [], "contextKeys": []}
    return {**details, "name": whole["name"]} if "name" in whole else details


def update_subscription(call: Call) -> dict[str, Any]:
    body = UPDATE.check(call.request.json)
    _refuse_preferences(body)
    topic = _topic(call)
    subscriber_id = _subscriber_of(call, topic)
    noted = call.cloud.noted(topic.subscription_id(subscriber_id))
    if body.get("name") is not None:
        noted["name"] = body["name"]
        noted["updatedAt"] = iso(call.novu.now)
    return _subscription(call, topic, subscriber_id)


def check_subscriber(call: Call) -> dict[str, Any]:
    """Whether someone is subscribed (the first version of the API asks so)."""
    topic, subscriber_id = _topic(call), call["externalSubscriberId"]
    if subscriber_id not in topic:
        raise ApiError(404, f"Subscriber {subscriber_id} not found for topic {topic.key}")
    return {
        "_organizationId": call.cloud.organization_id,
        "_environmentId": call.cloud.environment_id,
        "_subscriberId": call.novu.subscribers[subscriber_id].id,
        "_topicId": topic.id,
        "topicKey": topic.key,
        "externalSubscriberId": subscriber_id,
    }


ROUTES = [
    Route("GET", "/v2/topics", listing),
    Route("POST", "/v2/topics", upsert),
    Route("GET", "/v2/topics/{topicKey}", get),
    Route("PATCH", "/v2/topics/{topicKey}", rename),
    Route("DELETE", "/v2/topics/{topicKey}", delete),
    Route("GET", "/v2/topics/{topicKey}/subscriptions", subscriptions),
    Route("POST", "/v2/topics/{topicKey}/subscriptions", subscribe),
    Route("DELETE", "/v2/topics/{topicKey}/subscriptions", unsubscribe),
    Route("GET", "/v2/topics/{topicKey}/subscriptions/{identifier}", get_subscription),
    Route("PATCH", "/v2/topics/{topicKey}/subscriptions/{identifier}", update_subscription),
    Route("GET", "/v2/subscribers/{subscriberId}/subscriptions", subscriptions_of),
    Route("GET", "/v1/topics/{topicKey}/subscribers/{externalSubscriberId}", check_subscriber),
]
