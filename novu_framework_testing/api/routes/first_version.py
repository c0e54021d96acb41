"""What the clients of the API's first version call, and those of the third no longer do.

Novu still answers these: subscribers by page, their preferences by level, and topics as lists of subscribers.
"""

from __future__ import annotations

from typing import Any, Final

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.lookups import workflow_by
from novu_framework_testing.api.pages import NUMBERED, limit
from novu_framework_testing.api.routes import subscribers as latest
from novu_framework_testing.api.routes.subscriber_messages import A_MESSAGE
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, boolean, one_of, string
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
from novu_framework_testing.simulation.topics import Topic
from novu_framework_testing.simulation.workflows import SyncedWorkflow

MAX_TOPICS = 10

UPDATE = Body(**latest.PATCH.fields, channels=latest.CHANNELS)
_CHANNEL = Body(type=Field(one_of(*CHANNELS), required=True), enabled=Field(boolean, required=True))
PREFERENCE = Body(channel=Field(an_object, nested=_CHANNEL), enabled=boolean)
PREFERENCES = Body(preferences=Field(a_list(), each=_CHANNEL), enabled=boolean)
LEVEL = one_of("global", "template")
MARK = Body(
    messageId=A_MESSAGE, mark=Field(an_object, required=True, nested=Body(seen=boolean, read=boolean))
)
TOPIC = Body(key=Field(string, required=True), name=Field(string, required=True))
RENAME = Body(name=Field(string, required=True))
MEMBERS = Body(subscribers=Field(a_list(of=string), required=True))

_SUBSCRIBER = "/v1/subscribers/{subscriberId}"
_TOPIC = "/v1/topics/{topicKey}"

routes: Final = Routes()


# --- subscribers ---------------------------------------------------------------------------------------


@routes("GET", "/v1/subscribers", query=NUMBERED)
def list_subscribers(call: Call) -> Page:
    """Show a page of subscribers, oldest first."""
    size, page = limit(call.request), call.request.number("page", 0)
    chosen = list(call.novu.subscribers)[page * size : (page + 1) * size]
    shown = [serializers.subscriber_json(call.state, subscriber) for subscriber in chosen]
    return Page(shown, {"page": page, "pageSize": size, "hasMore": len(shown) == size})


@routes("POST", "/v1/subscribers", 201, query=())
def create_subscriber(call: Call) -> dict[str, Any]:
    """Make a subscriber, or change what is given of the one of that id."""
    body = latest.WITH_CHANNELS.check(call.request.json)
    written = {**_written(body), "subscriberId": body["subscriberId"].strip()}
    return serializers.subscriber_json(call.state, call.novu.subscribers.upsert_from(written))


def _written(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name in UPDATE.fields}


@routes("GET", _SUBSCRIBER, query=("includeTopics",))
def get_subscriber(call: Call) -> dict[str, Any]:
    """Show a subscriber, without the keys of its topics where `includeTopics` is false."""
    with_topics = call.request.flag("includeTopics")
    subscriber = _subscriber(call, "Subscriber '{}' was not found")
    shown = serializers.subscriber_json(call.state, subscriber)
    return {name: value for name, value in shown.items() if name != "topics" or with_topics is not False}


def _subscriber(call: Call, missing: str, status: int = 404) -> SimulatedSubscriber:
    """Return the subscriber of the path. Raises `ApiError` with the words of the route."""
    subscriber = call.novu.subscribers.get(call["subscriberId"])
    if subscriber is None:
        raise ApiError(status, missing.format(call["subscriberId"]))
    return subscriber


@routes("PUT", _SUBSCRIBER)
def update_subscriber(call: Call) -> dict[str, Any]:
    """Change what is given of a subscriber."""
    written = _written(UPDATE.check(call.request.json))
    subscriber = _subscriber(call, "SubscriberId: {} not found", 400)
    written["subscriberId"] = subscriber.subscriber_id
    return serializers.subscriber_json(call.state, call.novu.subscribers.upsert_from(written))


# --- their preferences ---------------------------------------------------------------------------------


@routes("GET", f"{_SUBSCRIBER}/preferences", query=("includeInactiveChannels",))
def get_preferences(call: Call) -> list[dict[str, Any]]:
    """Show the preferences for the active workflows that are not critical."""
    return _of_workflows(call, every=call.request.flag("includeInactiveChannels") is True)


def _of_workflows(call: Call, *, every: bool) -> list[dict[str, Any]]:
    subscriber = _subscriber(call, "Subscriber with id: {} not found")
    shown = [workflow for workflow in call.novu.workflows if workflow.active and not workflow.read_only]
    return [_preference(subscriber, workflow, every=every) for workflow in shown]


def _preference(subscriber: SimulatedSubscriber, workflow: SyncedWorkflow, *, every: bool) -> dict[str, Any]:
    channels = serializers.channels_json(subscriber, workflow, (), every=every)
    overrides = [{"channel": channel, "source": "subscriber"} for channel in channels]
    times = {
        "updatedAt": iso(workflow.updated_at),
        "createdAt": iso(workflow.created_at),
    }
    return {
        "preference": {"enabled": True, "channels": channels, "overrides": overrides},
        "template": {**_template(workflow), **times, "severity": workflow.severity},
        "type": "SUBSCRIBER_WORKFLOW",
    }


def _template(workflow: SyncedWorkflow) -> dict[str, Any]:
    return {
        "_id": workflow.id,
        "name": workflow.name,
        "critical": workflow.read_only,
        "tags": list(workflow.tags),
        "triggers": serializers.workflow_triggers(workflow),
    }


@routes("GET", f"{_SUBSCRIBER}/preferences/{{parameter}}", query=("includeInactiveChannels",))
def get_preferences_of_level(call: Call) -> list[dict[str, Any]]:
    """Show the `global` preference, or those of the level `template`, for every channel unless the query says no."""
    if problem := LEVEL(call["parameter"]):
        raise ApiError.invalid([f"parameter {problem}"], call["parameter"])
    every = call.request.flag("includeInactiveChannels") is not False
    return (
        [_overall(call, every=every)] if call["parameter"] == "global" else _of_workflows(call, every=every)
    )


def _overall(call: Call, *, every: bool) -> dict[str, Any]:
    subscriber = _subscriber(call, "Subscriber {} not found")
    return {"preference": serializers.global_preference_json(call.novu, subscriber, (), every=every)}


@routes("PATCH", f"{_SUBSCRIBER}/preferences")
def update_preferences(call: Call) -> dict[str, Any]:
    """Change the global preference, channel by channel."""
    given = PREFERENCES.check(call.request.json).get("preferences") or []
    channels = {one["type"]: one["enabled"] for one in given}
    _subscriber(call, "Subscriber with id: {} is not found").preferences.update(None, channels=channels)
    shown = _overall(call, every=False)["preference"]
    return {"preference": {"channels": shown["channels"], "enabled": shown["enabled"]}}


@routes("PATCH", f"{_SUBSCRIBER}/preferences/{{workflowId}}")
def update_preference(call: Call) -> dict[str, Any]:
    """Change the preference of one channel for one workflow."""
    channel = PREFERENCE.check(call.request.json).get("channel")
    subscriber = _subscriber(call, "Subscriber with id: {} is not found")
    workflow = workflow_by(call, call["workflowId"])
    if workflow.read_only:
        raise ApiError(400, f"Critical workflow with id: {call['workflowId']} can not be updated")
    channels = {channel["type"]: channel["enabled"]} if channel else {}
    subscriber.preferences.update(workflow.workflow_id, channels=channels)
    shown = {"channels": serializers.channels_json(subscriber, workflow, ()), "enabled": True}
    trigger = {"identifier": workflow.workflow_id, "type": "event", "variables": []}
    return {"preference": shown, "template": {**_template(workflow), "triggers": [trigger]}}


# --- their messages ------------------------------------------------------------------------------------


@routes("POST", f"{_SUBSCRIBER}/messages/markAs", 201)
def mark_messages(call: Call) -> list[dict[str, Any]]:
    """Set the marks that are given of the messages of these ids, and show them."""
    body = MARK.check(call.request.json)
    subscriber = _subscriber(call, "Subscriber {} not found")
    ids = body["messageId"] if isinstance(body["messageId"], list) else [body["messageId"]]
    marked = [message for message in subscriber.inbox.everything if message.id in ids]
    for message in marked:
        message.put_marks(seen=body["mark"].get("seen"), read=body["mark"].get("read"))
    return [serializers.message_json(call.state, message) for message in marked]


# --- topics --------------------------------------------------------------------------------------------


@routes("GET", "/v1/topics", query=("page", "pageSize", "key", "name"))
def list_topics(call: Call) -> Page:
    """Show a page of the topics, oldest first, that have exactly the query's key and name."""
    request = call.request
    size, page = request.number("pageSize", MAX_TOPICS), request.number("page", 0)
    if size > MAX_TOPICS:
        raise ApiError.violated("pageSize", f"pageSize must not be greater than {MAX_TOPICS}")
    key, name = request.first("key"), request.first("name")
    found = [one for one in call.novu.topics if key in (None, "", one.key) and name in (None, "", one.name)]
    shown = [_topic_json(call, one) for one in found[page * size : (page + 1) * size]]
    return Page(shown, {"page": page, "totalCount": len(found), "pageSize": size})


def _topic_json(call: Call, topic: Topic) -> dict[str, Any]:
    subscribers = [subscription.subscriber_id for subscription in topic.subscriptions]
    return {**call.state.scope, **serializers.topic_json(topic), "subscribers": subscribers}


@routes("POST", "/v1/topics", 201)
def create_topic(call: Call) -> dict[str, Any]:
    """Make a topic (409 where there is one of that key)."""
    body = TOPIC.check(call.request.json)
    key, name = body["key"].strip(), body["name"].strip()
    if key in call.novu.topics:
        where = "in the environment {_environmentId} of the organization {_organizationId}"
        raise ApiError(409, f"Topic exists with key {key} {where.format(**call.state.scope)}")
    topic = call.novu.topics.upsert(key, name or None)
    return {"_id": topic.id, "key": topic.key}


@routes("GET", _TOPIC, query=())
def get_topic(call: Call) -> dict[str, Any]:
    """Show a topic with the ids of its subscribers."""
    return _topic_json(call, _topic(call))


def _topic(call: Call) -> Topic:
    topic = call.novu.topics.get(call["topicKey"])
    if topic is None:
        environment = call.state.scope["_environmentId"]
        raise ApiError(404, f"Topic not found for id {call['topicKey']} in the environment {environment}")
    return topic


@routes("PATCH", _TOPIC)
def rename_topic(call: Call) -> dict[str, Any]:
    """Give a topic another name."""
    name, topic = RENAME.check(call.request.json)["name"], _topic(call)
    if not name:
        raise ApiError(400, "Name is required")
    return _topic_json(call, call.novu.topics.upsert(topic.key, name))


@routes("DELETE", _TOPIC)
def delete_topic(call: Call) -> ApiResponse:
    """Delete a topic that nobody is subscribed to (409 for another)."""
    topic = _topic(call)
    if len(topic):
        where = f"in the environment {call.state.scope['_environmentId']}"
        raise ApiError(
            409, f"Topic with key {topic.key} {where} can't be deleted as it still has subscribers assigned"
        )
    call.novu.topics.remove(topic.key)
    return ApiResponse(204)


@routes("POST", f"{_TOPIC}/subscribers")
def add_subscribers(call: Call) -> dict[str, Any]:
    """Subscribe those who are there, to a topic that is made if missing, and say who is not."""
    asked = dict.fromkeys(MEMBERS.check(call.request.json)["subscribers"])
    key = call["topicKey"]
    topic = call.novu.topics.get(key) or call.novu.topics.upsert(key, f"Autogenerated-{key}")
    known = [one for one in asked if one in call.novu.subscribers]
    unknown = [one for one in asked if one not in call.novu.subscribers]
    try:
        topic.add(*known)
    except ValueError as error:
        raise ApiError(400, str(error)) from error
    return {"succeeded": known, "failed": {"notFound": unknown}} if unknown else {"succeeded": known}


@routes("POST", f"{_TOPIC}/subscribers/removal", 204)
def remove_subscribers(call: Call) -> ApiResponse:
    """Take all subscriptions of these subscribers to a topic away; it need not be there."""
    asked, topic = MEMBERS.check(call.request.json)["subscribers"], call.novu.topics.get(call["topicKey"])
    if topic is not None:
        topic.remove(*asked)
    return ApiResponse(204)
