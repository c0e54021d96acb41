"""Subscriptions to topics: who is subscribed, for which contexts, and with which preferences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.lookups import topic_of
from novu_framework_testing.api.pages import CURSOR, by_cursor
from novu_framework_testing.api.routes.contexts import asked_contexts, named_contexts
from novu_framework_testing.api.routes.topics import upsert_topic
from novu_framework_testing.api.routing import CONTEXTS, Call, Routes
from novu_framework_testing.api.validation import (
    Body,
    Field,
    IdOrBody,
    Kind,
    Sentence,
    a_list,
    an_object,
    boolean,
    string,
)
from novu_framework_testing.simulation.topics import (
    DuplicateIdentifier,
    Subscription,
    SubscriptionPreference,
    TooManySubscriptions,
)

if TYPE_CHECKING:
    from novu_framework_testing.simulation.topics import Topic
    from novu_framework_testing.simulation.workflows import SyncedWorkflow

MAX_AT_ONCE = 100


class WantedBody(Body):
    """A preference of a subscription: a workflow's id, `{"workflowId": ...}`, or a `{"filter": ...}` for several."""

    def problems(self, value: Any, prefix: str) -> list[str]:
        """Return what is wrong with `value`, one sentence each."""
        if isinstance(value, str):
            return []
        kind = _OF_SEVERAL if isinstance(value, dict) and "filter" in value else _OF_ONE
        return [*super().problems(value, prefix), *kind.problems(value, prefix)]


_FILTER = Body(workflowIds=a_list(of=string), tags=a_list(of=string))
_OF_SEVERAL = Body(filter=Field(an_object, required=True, nested=_FILTER))
_OF_ONE = Body(workflowId=Field(string, required=True))


def _members(verb: str, **subscription: Field | Kind) -> dict[str, Field]:
    """Whom a body names: `subscriptions` of ids and objects, or `subscriberIds` in the words of earlier clients."""

    def some(what: str, plural: str) -> Kind:
        def check(value: Any) -> str | None:
            if not isinstance(value, list):
                return "must be an array"
            if not value:
                return Sentence(f"At least one {what} is required")
            too_many = Sentence(f"Cannot {verb} more than {MAX_AT_ONCE} {plural} at once")
            return too_many if len(value) > MAX_AT_ONCE else None

        return check

    return {
        "subscriberIds": Field(some("subscriber identifier", "subscribers")),
        "subscriptions": Field(some("subscription", "subscriptions"), each=IdOrBody(**subscription)),
    }


WANTED = Field(a_list(), each=WantedBody(enabled=boolean))
SUBSCRIBE = Body(
    **_members(
        "subscribe",
        identifier=Field(string, required=True),
        subscriberId=Field(string, required=True),
        name=string,
    ),
    name=string,
    context=named_contexts,
    preferences=WANTED,
)
UNSUBSCRIBE = Body(**_members("unsubscribe", identifier=string, subscriberId=string))
UPDATE = Body(name=string, preferences=WANTED)

_SUBSCRIPTIONS = "/v2/topics/{topicKey}/subscriptions"
_SUBSCRIPTION = f"{_SUBSCRIPTIONS}/{{identifier}}"

routes: Final = Routes()


@routes("POST", _SUBSCRIPTIONS, 201)
def subscribe(call: Call) -> ApiResponse:
    """Subscribe some; the topic is made where it is missing, the subscribers are not."""
    body = SUBSCRIBE.check(call.request.json)
    wanted = wanted_preferences(call, body.get("preferences"))
    members = _named(body)
    if not members:
        raise ApiError.invalid(["subscriptions should not be empty", "subscriptions must be an array"])
    topic = upsert_topic(call, call["topicKey"], body.get("name"))
    done, errors = [], [_failure(one, *_UNKNOWN) for one in _ids(members) if one not in call.novu.subscribers]
    known = {
        one["subscriberId"]: one for one in reversed(members) if one["subscriberId"] in call.novu.subscribers
    }
    for subscriber_id, member in reversed(known.items()):
        before = len(topic.of(subscriber_id))
        try:
            subscription = topic.subscribe(
                subscriber_id,
                identifier=member.get("identifier"),
                name=member.get("name"),
                context=body.get("context"),
            )
        except TooManySubscriptions as error:
            errors.append(_failure(subscriber_id, "SUBSCRIPTION_LIMIT_EXCEEDED", str(error)))
            continue
        except DuplicateIdentifier as error:
            errors.append(_failure(subscriber_id, "SUBSCRIPTION_CREATE_FAILED", str(error)))
            continue
        if len(topic.of(subscriber_id)) > before:
            subscription.preferences = dict(wanted)
        done.append(_shown(call, subscription, wanted))
    return _outcome(201, len(members), done, errors)


@routes("DELETE", _SUBSCRIPTIONS)
def unsubscribe(call: Call) -> ApiResponse:
    """Take subscriptions away: those of an identifier, or all of a subscriber."""
    body = UNSUBSCRIBE.check(call.request.json)
    topic = topic_of(call)
    members = [one for one in _named(body) if one.get("identifier") or one.get("subscriberId")]
    found: dict[str, Subscription] = {}
    errors = []
    for member in members:
        subscriptions, error = _to_remove(call, topic, member)
        found.update({one.id: one for one in subscriptions})
        errors += [error] if error else []
    data = [serializers.subscription_json(call.novu, one) for one in found.values()]
    for subscription in found.values():
        topic.unsubscribe(subscription)
    return _outcome(200, len(members), data, errors)


def _to_remove(
    call: Call, topic: Topic, member: dict[str, Any]
) -> tuple[list[Subscription], dict[str, str] | None]:
    """The subscriptions that a body names, or why there are none."""
    identifier, subscriber_id = member.get("identifier"), member.get("subscriberId")
    if identifier:
        found = [one for one in topic.subscriptions if one.identifier == identifier]
        text = f"Subscription with identifier '{identifier}' not found."
        return found, None if found else _failure(subscriber_id or "unknown", "SUBSCRIPTION_NOT_FOUND", text)
    subscriber_id = str(subscriber_id)
    if subscriber_id not in call.novu.subscribers:
        return [], _failure(subscriber_id, *_UNKNOWN)
    text = f"Subscription for subscriber '{subscriber_id}' not found."
    own = topic.of(subscriber_id)
    return own, None if own else _failure(subscriber_id, "SUBSCRIPTION_NOT_FOUND", text)


@routes("GET", _SUBSCRIPTIONS, query=(*CURSOR, "subscriberId", CONTEXTS))
def list_subscriptions(call: Call) -> Page:
    """Show who is subscribed to a topic."""
    subscriptions, only = topic_of(call).subscriptions, call.request.first("subscriberId")
    return _page(call, [one for one in subscriptions if only in (None, "", one.subscriber_id)])


@routes("GET", "/v2/subscribers/{subscriberId}/subscriptions", query=(*CURSOR, "key", CONTEXTS))
def list_subscriptions_of_subscriber(call: Call) -> Page:
    """Show the topics that a subscriber is subscribed to."""
    subscriber_id, key = call["subscriberId"], call.request.first("key")
    if subscriber_id not in call.novu.subscribers:
        raise ApiError(404, "Subscriber not found")
    topics = call.novu.topics.of(subscriber_id)
    return _page(
        call, [one for topic in topics if key in (None, "", topic.key) for one in topic.of(subscriber_id)]
    )


def _page(call: Call, subscriptions: list[Subscription]) -> Page:
    keys = asked_contexts(call)
    return by_cursor(
        [one for one in subscriptions if keys in (None, one.context_keys)],
        call.request,
        lambda one: serializers.subscription_json(call.novu, one),
        id_of=lambda one: one.id,
    )


@routes("GET", _SUBSCRIPTION)
def get_subscription(call: Call) -> ApiResponse:
    """Show a subscription by its identifier; there is nothing in the answer (204) where there is none."""
    topic = call.novu.topics.get(call["topicKey"])
    subscription = _find(topic.subscriptions if topic is not None else [], call["identifier"])
    if subscription is None:
        return ApiResponse(204)
    return ApiResponse(200, {"data": serializers.subscription_details_json(call.novu, subscription)})


@routes("PATCH", _SUBSCRIPTION)
def update_subscription(call: Call) -> dict[str, Any]:
    """Give a subscription another name, and preferences in place of those that it has."""
    body = UPDATE.check(call.request.json)
    topic = topic_of(call)
    subscription = _find((one for one in topic.subscriptions if not one.context_keys), call["identifier"])
    if subscription is None:
        raise ApiError(
            404, f"Subscription with identifier {call['identifier']} not found for topic {topic.key}"
        )
    return _shown(call, subscription, change_subscription(call, subscription, body))


def change_subscription(
    call: Call, subscription: Subscription, body: dict[str, Any]
) -> dict[str, SubscriptionPreference]:
    """Change the name of a subscription, and its preferences as a whole, where a body says them; return the latter."""
    wanted = wanted_preferences(call, body.get("preferences"))
    if body.get("preferences") is not None:
        subscription.preferences = wanted
    if body.get("name") is not None:
        subscription.name, subscription.updated_at = body["name"], call.novu.now
    return wanted


def _find(subscriptions: Iterable[Subscription], asked: str) -> Subscription | None:
    return next((one for one in subscriptions if one.identifier == asked), None)


def _shown(call: Call, subscription: Subscription, wanted: dict[str, Any]) -> dict[str, Any]:
    """A subscription, with those of its preferences that the request was about."""
    shown = serializers.subscription_json(call.novu, subscription)
    preferences = [
        one
        for one in serializers.subscription_preferences_json(call.novu, subscription)
        if one.get("workflow", {}).get("identifier") in wanted
    ]
    return {**shown, "preferences": preferences} if preferences else shown


# --- the preferences of a body ------------------------------------------------------------------------------


def wanted_preferences(call: Call, given: list[Any] | None) -> dict[str, SubscriptionPreference]:
    """Return what is wanted of each workflow that a body's preferences are about, of those that there are now."""
    groups = [_group(one) for one in given or ()]
    return {
        workflow.workflow_id: SubscriptionPreference(
            workflow.preferences.enabled is not False
            if (enabled := group.get("enabled")) is None
            else enabled,
            group.get("condition"),
        )
        for workflow in call.novu.workflows
        if (group := next((one for one in groups if _is_about(one["filter"], workflow)), None)) is not None
    }


def _group(preference: Any) -> dict[str, Any]:
    """A preference in its long form; an id or `{"workflowId": ...}` is about one workflow."""
    if isinstance(preference, str):
        return {"filter": {"workflowIds": [preference]}}
    return (
        preference
        if "filter" in preference
        else {**preference, "filter": {"workflowIds": [preference["workflowId"]]}}
    )


def _is_about(selector: dict[str, Any], workflow: SyncedWorkflow) -> bool:
    if selector.get("tags"):
        return workflow.active and not set(workflow.tags).isdisjoint(selector["tags"])
    return not {workflow.id, workflow.workflow_id}.isdisjoint(selector.get("workflowIds") or ())


# --- whom a body names, and what became of each ------------------------------------------------------------


def _named(body: dict[str, Any]) -> list[dict[str, Any]]:
    written = body.get("subscriptions") or body.get("subscriberIds") or ()
    return [dict(one) if isinstance(one, dict) else {"subscriberId": one} for one in written]


def _ids(members: list[dict[str, Any]]) -> list[str]:
    return [one["subscriberId"] for one in members]


_UNKNOWN = "SUBSCRIBER_NOT_FOUND", "Subscriber with ID '{}' could not be found."


def _failure(subscriber_id: str, code: str, message: str) -> dict[str, str]:
    return {"subscriberId": subscriber_id, "code": code, "message": message.replace("{}", subscriber_id)}


def _outcome(status: int, asked: int, data: list[Any], errors: list[dict[str, str]]) -> ApiResponse:
    """What became of each; a refusal (400) where it came to nothing."""
    meta = {"totalCount": asked, "successful": len(data), "failed": len(errors)}
    whole = {"data": data, "meta": meta, **({"errors": errors} if errors else {})}
    if errors and not data:
        raise ApiError(400, "Api Exception Raised with status 400", extra={**whole, "ctx": whole})
    return ApiResponse(status, whole)
