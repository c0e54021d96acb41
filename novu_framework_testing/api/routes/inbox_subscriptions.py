"""A subscriber's own subscriptions to topics, as an inbox in a page shows and changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, ApiResponse
from novu_framework_testing.api.lookups import inbox_session, topic_of
from novu_framework_testing.api.routes.subscriptions import WANTED, change_subscription, wanted_preferences
from novu_framework_testing.api.routes.topics import upsert_topic
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.sessions import InboxSession
from novu_framework_testing.api.state import SIZE_OF_A_RECORD
from novu_framework_testing.api.validation import Body, Field, an_object, boolean, string
from novu_framework_testing.simulation.topics import (
    DuplicateIdentifier,
    Subscription,
    SubscriptionPreference,
    TooManySubscriptions,
)

if TYPE_CHECKING:
    from novu_framework_testing.simulation.workflows import SyncedWorkflow

SUBSCRIBE = Body(
    identifier=string, name=string, topic=Field(an_object, nested=Body(name=string)), preferences=WANTED
)
UPDATE = Body(name=string, preferences=WANTED)
PREFER = Body(enabled=boolean, condition=an_object)

_SUBSCRIPTIONS = "/v1/inbox/topics/{topicKey}/subscriptions"
_SUBSCRIPTION = f"{_SUBSCRIPTIONS}/{{identifier}}"

routes: Final = Routes()


@routes("GET", _SUBSCRIPTIONS)
def list_own(call: Call) -> list[dict[str, Any]]:
    """Show the subscriptions to a topic, of the session's context."""
    session, topic = inbox_session(call), call.novu.topics.get(call["topicKey"])
    own = topic.of(session.subscriber.subscriber_id) if topic is not None else []
    return [
        serializers.subscription_details_json(call.novu, one)
        for one in own
        if one.context_keys == session.context_keys
    ]


@routes("POST", _SUBSCRIPTIONS, 201)
def subscribe_oneself(call: Call) -> dict[str, Any]:
    """Subscribe to a topic, which is made if missing, in the session's context."""
    session, body = inbox_session(call), SUBSCRIBE.check(call.request.json)
    wanted = wanted_preferences(call, body.get("preferences"))
    made = call["topicKey"] not in call.novu.topics
    size = (1 + made) * SIZE_OF_A_RECORD
    call.state.check_room(size)
    topic = upsert_topic(call, call["topicKey"], None)
    before = len(topic.of(session.subscriber.subscriber_id))
    try:
        subscription = topic.subscribe(
            session.subscriber.subscriber_id,
            identifier=body.get("identifier"),
            name=body.get("name"),
            context=dict(key.split(":", 1) for key in session.context_keys),
        )
    except (TooManySubscriptions, DuplicateIdentifier) as error:
        if made:  # what is refused leaves nothing behind
            call.novu.topics.remove(call["topicKey"])
        raise ApiError(400, str(error)) from error
    upsert_topic(call, topic.key, (body.get("topic") or {}).get("name"))
    if len(topic.of(session.subscriber.subscriber_id)) > before:
        subscription.preferences = wanted
        call.state.count_written(size)
    return serializers.subscription_details_json(call.novu, subscription)


@routes("GET", _SUBSCRIPTION, query=("workflowIds[]", "tags[]"))
def get_own(call: Call) -> ApiResponse:
    """Show a subscription, or nothing (204).

    The query's `workflowIds` and `tags` ask for the preferences of more workflows: those that it has none for show their own.
    """
    session = inbox_session(call)
    subscription = _find(call, session, call["identifier"])
    if subscription is None or subscription.topic.key != call["topicKey"]:
        return ApiResponse(204)
    return ApiResponse(
        200, {"data": serializers.subscription_details_json(call.novu, subscription, _asked(call))}
    )


@routes("PATCH", _SUBSCRIPTION)
def update_own(call: Call) -> dict[str, Any]:
    """Give a subscription another name, and preferences in place of those that it has."""
    session, body = inbox_session(call), UPDATE.check(call.request.json)
    topic = topic_of(call)
    subscription = _find(call, session, call["identifier"])
    if subscription is None or subscription.topic is not topic:
        missing = f"Subscription with identifier {call['identifier']} not found for topic {topic.key}"
        raise ApiError(404, missing)
    change_subscription(call, subscription, body)
    return serializers.subscription_details_json(call.novu, subscription)


@routes("DELETE", _SUBSCRIPTION)
def unsubscribe_oneself(call: Call) -> dict[str, bool]:
    """Take a subscription away."""
    session, topic = inbox_session(call), topic_of(call)
    subscription = _find(call, session, call["identifier"])
    if subscription is None or subscription.topic is not topic:
        raise ApiError(404, f"Subscription with identifier {call['identifier']} not found")
    topic.unsubscribe(subscription)
    return {"success": True}


@routes("PATCH", "/v1/inbox/subscriptions/{identifier}/preferences/{workflowId}")
def prefer(call: Call) -> dict[str, Any]:
    """Change what a subscription wants of a workflow: whether it is enabled, and the condition that decides."""
    session, body = inbox_session(call), PREFER.check(call.request.json)
    asked = call["workflowId"]
    workflow = next((one for one in call.novu.workflows if asked in (one.workflow_id, one.id)), None)
    if workflow is None:
        raise ApiError(404, "Workflow cannot be found")
    if workflow.read_only:
        raise ApiError(400, f"Critical workflow with id: {asked} can not be updated")
    return preferred(call, session, call["identifier"], workflow, body)


def preferred(
    call: Call, session: InboxSession, identifier: str, workflow: SyncedWorkflow, body: dict[str, Any]
) -> dict[str, Any]:
    """Change what a subscription of a session wants of a workflow, and show it. One that there is not stays away."""
    subscription = _find(call, session, identifier)
    preference = SubscriptionPreference()
    if subscription is not None:
        preference = subscription.preferences.get(workflow.workflow_id, preference)
    enabled, condition = body.get("enabled"), body.get("condition")
    preference = SubscriptionPreference(
        preference.enabled if enabled is None else enabled,
        preference.condition if condition is None else condition,
    )
    if subscription is not None:
        subscription.preferences[workflow.workflow_id] = preference
    return serializers.present(
        level="template",
        enabled=preference.enabled,
        condition=preference.condition,
        subscriptionId=identifier,
        channels=dict.fromkeys(("in_app", "sms", "email", "push", "chat"), preference.enabled),
        workflow=serializers.workflow_reference_json(workflow),
    )


def _find(call: Call, session: InboxSession, identifier: str) -> Subscription | None:
    """The subscription of an identifier, where it is the session's own, in its context."""
    found = call.novu.topics.subscription(identifier)
    if found is None or found.subscriber_id != session.subscriber.subscriber_id:
        return None
    return found if found.context_keys == session.context_keys else None


def _asked(call: Call) -> list[SyncedWorkflow]:
    """The workflows that the query asks for, by id, by Novu's id or by tags."""
    ids, tags = set(call.request.all("workflowIds")), set(call.request.all("tags"))
    return [
        workflow
        for workflow in call.novu.workflows
        if not ids.isdisjoint((workflow.workflow_id, workflow.id)) or not tags.isdisjoint(workflow.tags)
    ]
