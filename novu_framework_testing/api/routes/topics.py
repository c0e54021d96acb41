"""Topics and who is subscribed to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.lookups import subscriber_of, topic_of
from novu_framework_testing.api.pages import by_cursor
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, string
from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.topics import Topic

MAX_SUBSCRIPTIONS = 100
_KEY = re.compile(r"[A-Za-z0-9_:-]+|[^@\s]+@[^@\s]+\.[^@\s]+")

UPSERT = Body(key=Field(string, required=True, not_empty=True), name=string)
RENAME = Body(name=Field(string, required=True))
_MEMBERS = {
    "subscriberIds": a_list(at_least=1, at_most=MAX_SUBSCRIPTIONS, of=string),
    "subscriptions": a_list(at_least=1, at_most=MAX_SUBSCRIPTIONS),
}
SUBSCRIBE = Body(**_MEMBERS, name=string)
UNSUBSCRIBE = Body(**_MEMBERS)
UPDATE = Body(name=string)

_TOPIC = "/v2/topics/{topicKey}"
_SUBSCRIPTIONS = f"{_TOPIC}/subscriptions"
_SUBSCRIPTION = f"{_SUBSCRIPTIONS}/{{identifier}}"

routes = Routes()


@routes("GET", "/v2/topics")
def list_topics(call: Call) -> Page:
    """Show the topics whose key and name hold the query's `key` and `name`."""
    key, name = call.request.first("key") or "", call.request.first("name") or ""
    return by_cursor(
        [topic for topic in call.novu.topics if key in topic.key and name in (topic.name or "")],
        call.request,
        serializers.topic_json,
        id_of=lambda topic: str(topic.id),
    )


@routes("POST", "/v2/topics")
def create_topic(call: Call) -> ApiResponse:
    """Make a topic (201), or rename the one of that key (200; 409 with `failIfExists`)."""
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
    return ApiResponse(201 if is_new else 200, {"data": serializers.topic_json(topic)})


@routes("GET", _TOPIC)
def get_topic(call: Call) -> dict[str, Any]:
    """Show a topic."""
    return serializers.topic_json(topic_of(call))


@routes("PATCH", _TOPIC)
def rename_topic(call: Call) -> dict[str, Any]:
    """Give a topic another name."""
    body = RENAME.check(call.request.json)
    return serializers.topic_json(call.novu.topics.upsert(topic_of(call).key, body["name"]))


@routes("DELETE", _TOPIC)
def delete_topic(call: Call) -> dict[str, Any]:
    """Delete a topic with its subscriptions."""
    call.novu.topics.remove(topic_of(call).key)
    return {"acknowledged": True}


@routes("POST", _SUBSCRIPTIONS)
def subscribe(call: Call) -> ApiResponse:
    """Subscribe some; the topic is made where it is missing, the subscribers are not."""
    body = SUBSCRIBE.check(call.request.json)
    _refuse_preferences(body)
    members = _members(body)
    topic = call.novu.topics.upsert(call["topicKey"])
    data, errors = [], []
    for subscriber_id, member in members.items():
        if subscriber_id not in call.novu.subscribers:
            errors.append(_failure(subscriber_id, *_UNKNOWN_SUBSCRIBER))
            continue
        topic.add(subscriber_id)
        notes = call.state.subscription_notes[topic.subscription_id(subscriber_id)]
        notes.setdefault("createdAt", iso(call.novu.now))
        given = {"identifier": member.get("identifier"), "name": member.get("name") or body.get("name")}
        notes.update({name: value for name, value in given.items() if value})
        data.append(serializers.subscription_json(call.state, topic, subscriber_id))
    return _outcome(201, len(members), data, errors)


@routes("DELETE", _SUBSCRIPTIONS)
def unsubscribe(call: Call) -> ApiResponse:
    """Unsubscribe some, named by subscriber or by the identifier of their subscription."""
    body = UNSUBSCRIBE.check(call.request.json)
    topic = topic_of(call)
    identified = {serializers.subscription_identifier(call.state, topic, one): one for one in topic}
    members = _members(body, identified=identified)
    data, errors = [], []
    for subscriber_id in members:
        if subscriber_id not in call.novu.subscribers:
            errors.append(_failure(subscriber_id, *_UNKNOWN_SUBSCRIBER))
        elif subscriber_id not in topic:
            errors.append(_failure(subscriber_id, *_UNKNOWN_SUBSCRIPTION))
        else:
            data.append(serializers.subscription_json(call.state, topic, subscriber_id))
            topic.remove(subscriber_id)
    return _outcome(200, len(members), data, errors)


def _outcome(status: int, asked: int, data: list[Any], errors: list[dict[str, str]]) -> ApiResponse:
    """What became of each; a refusal (400) where it came to nothing."""
    meta = {"totalCount": asked, "successful": len(data), "failed": len(errors)}
    whole = {"data": data, "meta": meta, **({"errors": errors} if errors else {})}
    if errors and not data:
        raise ApiError(400, "Bad Request Exception", extra=whole)
    return ApiResponse(status, whole)


def _members(body: dict[str, Any], identified: dict[str, str] | None = None) -> dict[str, dict[str, Any]]:
    """Whom a body names, by subscriber id.

    It does so in `subscriberIds`, or in `subscriptions` of ids and `{subscriberId, identifier, name}`.
    """
    written = [*(body.get("subscriberIds") or ()), *(body.get("subscriptions") or ())]
    if not written:
        raise ApiError.invalid(["subscriberIds should not be empty", "subscriberIds must be an array"])
    members: dict[str, dict[str, Any]] = {}
    for one in written:
        member: dict[str, Any] = {"subscriberId": one} if not isinstance(one, dict) else dict(one)
        subscriber_id = member.get("subscriberId")
        if identified is not None and "subscriberId" not in member:
            subscriber_id = identified.get(member.get("identifier", ""), member.get("identifier"))
        if not isinstance(subscriber_id, str):
            raise ApiError.invalid(["subscriptions.subscriberId must be a string"], one)
        members.setdefault(subscriber_id, member)
    return members


_UNKNOWN_SUBSCRIBER = "SUBSCRIBER_NOT_FOUND", "Subscriber with ID '{}' could not be found."
_UNKNOWN_SUBSCRIPTION = "SUBSCRIPTION_NOT_FOUND", "Subscription for subscriber '{}' not found."


def _failure(subscriber_id: str, code: str, message: str) -> dict[str, str]:
    return {"subscriberId": subscriber_id, "code": code, "message": message.format(subscriber_id)}


def _refuse_preferences(body: dict[str, Any]) -> None:
    if body.get("preferences"):
        raise ApiError(400, "The simulated Novu does not have preferences for single subscriptions.")


@routes("GET", _SUBSCRIPTIONS)
def list_subscriptions(call: Call) -> Page:
    """Show who is subscribed to a topic."""
    topic, only = topic_of(call), call.request.first("subscriberId")
    return _page(call, [(topic, one) for one in topic if only in (None, "", one)])


@routes("GET", "/v2/subscribers/{subscriberId}/subscriptions")
def list_subscriptions_of_subscriber(call: Call) -> Page:
    """Show the topics that a subscriber is subscribed to."""
    subscriber_id, key = subscriber_of(call).subscriber_id, call.request.first("key") or ""
    topics = call.novu.topics.of(subscriber_id)
    return _page(call, [(topic, subscriber_id) for topic in topics if key in topic.key])


def _page(call: Call, pairs: list[tuple[Topic, str]]) -> Page:
    return by_cursor(
        # A subscriber who was deleted meanwhile is subscribed to nothing.
        [pair for pair in pairs if pair[1] in call.novu.subscribers],
        call.request,
        lambda pair: serializers.subscription_json(call.state, *pair),
        id_of=lambda pair: pair[0].subscription_id(pair[1]),
    )


def _subscriber_id(call: Call, topic: Topic) -> str:
    """The subscriber whose subscription the path names, by its identifier or its id."""
    for one in topic:
        own = serializers.subscription_identifier(call.state, topic, one)
        if call["identifier"] in (own, topic.subscription_id(one)):
            return one
    raise ApiError(404, f"Subscription with identifier {call['identifier']} not found in topic {topic.key}")


@routes("GET", _SUBSCRIPTION)
def get_subscription(call: Call) -> dict[str, Any]:
    """Show a subscription by its identifier."""
    topic = topic_of(call)
    whole = serializers.subscription_json(call.state, topic, _subscriber_id(call, topic))
    details = {"id": whole["_id"], "identifier": whole["identifier"], "preferences": [], "contextKeys": []}
    return {**details, "name": whole["name"]} if "name" in whole else details


@routes("PATCH", _SUBSCRIPTION)
def rename_subscription(call: Call) -> dict[str, Any]:
    """Give a subscription another name."""
    body = UPDATE.check(call.request.json)
    _refuse_preferences(body)
    topic = topic_of(call)
    subscriber_id = _subscriber_id(call, topic)
    if body.get("name") is not None:
        notes = call.state.subscription_notes[topic.subscription_id(subscriber_id)]
        notes.update(name=body["name"], updatedAt=iso(call.novu.now))
    return serializers.subscription_json(call.state, topic, subscriber_id)


@routes("GET", "/v1/topics/{topicKey}/subscribers/{externalSubscriberId}")
def check_subscriber(call: Call) -> dict[str, Any]:
    """Show the subscription of a subscriber, as the first version of the API does; 404 without one."""
    topic, subscriber_id = topic_of(call), call["externalSubscriberId"]
    if subscriber_id not in topic:
        raise ApiError(404, f"Subscriber {subscriber_id} not found for topic {topic.key}")
    return {
        **call.state.scope,
        "_subscriberId": call.novu.subscribers[subscriber_id].id,
        "_topicId": topic.id,
        "topicKey": topic.key,
        "externalSubscriberId": subscriber_id,
    }
