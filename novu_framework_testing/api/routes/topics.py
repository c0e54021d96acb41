"""Topics."""

from __future__ import annotations

import re
from typing import Any, Final

from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, Page
from novu_framework_testing.api.lookups import topic_of
from novu_framework_testing.api.pages import CURSOR, by_cursor
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, Kind, string
from novu_framework_testing.simulation.topics import Topic

# JavaScript's `\S+@\S+\.\S+`, for texts without blanks at their ends
_KEY = re.compile(r"[a-zA-Z0-9_:.-]+|\S+@\S+\.\S+")


def up_to(characters: int) -> Kind:
    """Make a kind that accepts a text of no more characters."""

    def check(value: Any) -> str | None:
        if not isinstance(value, str):
            return "must be a string"
        return (
            f"must be shorter than or equal to {characters} characters" if len(value) > characters else None
        )

    return check


UPSERT = Body(key=Field(up_to(100), required=True, not_empty=True), name=up_to(100))
RENAME = Body(name=Field(string, required=True))

_TOPIC = "/v2/topics/{topicKey}"

routes: Final = Routes()


@routes("GET", "/v2/topics", query=(*CURSOR, "key", "name"))
def list_topics(call: Call) -> Page:
    """Show the topics whose key and name hold the query's `key` and `name`, whatever the case."""
    key, name = (str(call.request.first(one) or "").lower() for one in ("key", "name"))
    return by_cursor(
        [one for one in call.novu.topics if key in one.key.lower() and name in (one.name or "").lower()],
        call.request,
        serializers.topic_json,
        id_of=lambda topic: str(topic.id),
    )


@routes("POST", "/v2/topics", 201, query=("failIfExists",))
def create_topic(call: Call) -> dict[str, Any]:
    """Make a topic, or rename the one of that key (409 with `failIfExists`)."""
    body = UPSERT.check(call.request.json)
    if call.request.flag("failIfExists") and body["key"] in call.novu.topics:
        raise ApiError(409, f'Topic with key "{body["key"]}" already exists')
    return serializers.topic_json(upsert_topic(call, body["key"], body.get("name") or None))


def upsert_topic(call: Call, key: str, name: str | None) -> Topic:
    """Return the topic of that key, made if missing; `name` is set if given. Raises `ApiError` (400) for a bad key."""
    if key not in call.novu.topics and not _KEY.fullmatch(key):
        raise ApiError(
            400,
            f'Invalid topic key: "{key}". Topic keys must contain only alphanumeric characters (a-z, A-Z, 0-9), '
            "hyphens (-), underscores (_), colons (:), or be a valid email address.",
        )
    return call.novu.topics.upsert(key, name)


@routes("GET", _TOPIC, query=())
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
