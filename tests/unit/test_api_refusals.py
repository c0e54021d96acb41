"""What the API refuses, word for word, route by route; and that a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api.sessions import InboxSession
from tests.rules.novu_api import Answer, NovuApi
from tests.tables import walked

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
HERE, THERE = "e00000000000000000000001", "e00000000000000000000002"
SCOPE = {"_environmentId": HERE, "_organizationId": "090000000000000000000001"}
NOBODY = "600000000000000000000099"
"""An id as Novu's, of nothing."""


@workflow("bell")
async def bell(step: Step) -> None:
    await step.in_app("bell", {"body": "Hi", "primaryAction": {"label": "Yes"}})


@workflow("critical", preferences={"all": {"enabled": True, "readOnly": True}})
async def critical(step: Step) -> None:
    await step.email("mail", {"subject": "Hi", "body": "Hi"})


PROBLEM = "An endpoint of type slack_channel needs channelId."
LINK = {"integrationIdentifier": "sl", "workspace": {"id": "w"}, "auth": {"accessToken": "x"}}
ENDPOINT = {
    "integrationIdentifier": "sl",
    "subscriberId": "ann",
    "type": "slack_channel",
    "endpoint": {"channelId": "C"},
}


@pytest.fixture(scope="module")
def sim() -> Iterator[NovuSimulator]:
    """Ann, who has a message and is subscribed to a topic; a workflow of the dashboard beside two in code."""
    with NovuSimulator(NOON) as sim:
        sim.register(bell, critical)
        sim.topics.upsert("t", "T").subscribe(sim.subscribers.upsert("ann").subscriber_id, identifier="s")
        sim.trigger("bell", "ann", transaction_id="tx")
        sim.trigger("bell", "ann").run.messages[0].snooze(hours=2)
        sim.integrations.add("slack", "chat", identifier="sl")
        sim.context("shop", "a")
        sim.tenants.upsert("acme")
        api = NovuApi(sim)
        api.post("/v2/workflows", {"name": "News", "steps": []})
        api.post("/v1/channel-connections", {**LINK, "subscriberId": "ann", "identifier": "conn"})
        api.post("/v1/channel-endpoints", {**ENDPOINT, "identifier": "end", "connectionIdentifier": "conn"})
        yield sim


@pytest.fixture(scope="module")
def api(sim: NovuSimulator) -> NovuApi:
    return NovuApi(sim)


def said(answer: Answer) -> tuple[int, Any]:
    """The status and the words of a refusal: the messages of one that lists them."""
    if answer.status == 422:
        return 422, [text for one in answer.body["errors"].values() for text in one["messages"]]
    return answer.status, answer.body["message"]


Refusals = list[tuple[str, Any, int, Any]]


def check(api: NovuApi, refusals: Refusals) -> None:
    found = []
    for asked, body, _, _ in refusals:
        method, _, target = asked.partition(" ")
        found.append((asked, *said(api(method, target, body))))
    assert found == [(asked, status, words) for asked, _, status, words in refusals]


def an_id(name: str) -> list[str]:
    return [f"{name} must be a mongodb id"]


OF_THE_API: dict[str, Refusals] = {
    "subscribers": [
        ("GET /v2/subscribers/bob", None, 404, "Subscriber: bob was not found"),
        ("PATCH /v2/subscribers/bob", {}, 404, "Subscriber bob was not found"),
        ("GET /v1/subscribers/bob", None, 404, "Subscriber 'bob' was not found"),
        ("PUT /v1/subscribers/bob", {}, 400, "SubscriberId: bob not found"),
        ("DELETE /v2/subscribers/bob", None, 404, "Subscriber was not found"),
        ("PUT /v1/subscribers/bob/credentials", {"providerId": "fcm", "credentials": {}}, 404, "Subscriber: bob was not found"),
        ("DELETE /v1/subscribers/bob/credentials/fcm", None, 404, "Subscriber: bob was not found"),
        ("PATCH /v1/subscribers/bob/online-status", {"isOnline": True}, 404, "Subscriber: bob was not found"),
        ("POST /v1/subscribers/bulk", {"subscribers": [{"subscriberId": "x"}] * 501}, 422, ["subscribers must contain no more than 500 elements"]),
        ("POST /v1/subscribers/bob/messages/markAs", {"messageId": NOBODY, "mark": {}}, 404, "Subscriber bob not found"),
        (
            "POST /v1/subscribers/ann/messages/markAs", {"messageId": [], "mark": {}}, 422,
            ["messageId must be a valid MongoDB ObjectId or an array of valid MongoDB ObjectIds"],
        ),
        ("POST /v1/subscribers/bob/messages/mark-as", {"messageId": NOBODY, "markAs": "read"}, 404, "Subscriber: bob was not found"),
        (
            "GET /v1/subscribers/bob/notifications/feed", None, 400,
            "Subscriber not found for this environment with the id: bob. Make sure to create a subscriber before fetching the feed.",
        ),
        (
            "GET /v1/subscribers/bob/notifications/unseen", None, 400,
            f"Subscriber bob is not exist in environment {HERE}, please provide a valid subscriber identifier",
        ),
        (
            "POST /v1/subscribers/bob/messages/mark-all", {"markAs": "read"}, 404,
            f"Subscriber bob does not exist in environment {HERE}, please provide a valid subscriber identifier",
        ),
        (
            f"POST /v1/subscribers/bob/messages/{NOBODY}/actions/primary", {"status": "done"}, 400,
            "Subscriber with the id: bob was not found for this environment. "
            "Make sure to create a subscriber before trying to modify it.",
        ),
        (
            f"POST /v1/subscribers/ann/messages/{NOBODY}/actions/primary", {"status": "done"}, 400,
            f"Message with the id: {NOBODY} was not found for this environment. "
            "Make sure to address correct message before trying to modify it.",
        ),
        ("POST /v1/subscribers/ann/messages/x/actions/primary", {"status": "done"}, 422, an_id("messageId")),
    ],
    "preferences": [
        ("GET /v2/subscribers/bob/preferences", None, 404, "Subscriber with id: bob not found"),
        (
            "GET /v2/subscribers/ann/preferences?criticality=some", None, 422,
            ["criticality must be one of the following values: critical, nonCritical, all"],
        ),
        ("PATCH /v2/subscribers/bob/preferences", {}, 404, "Subscriber with id: bob is not found"),
        ("PATCH /v2/subscribers/ann/preferences", {"workflowId": "none"}, 404, "Workflow cannot be found"),
        ("PATCH /v2/subscribers/ann/preferences", {"workflowId": "critical"}, 400, "Critical workflow with id: 300000000000000000000002 can not be updated"),
        ("PATCH /v2/subscribers/bob/preferences/bulk", {"preferences": []}, 404, "Subscriber with id: bob is not found"),
        ("PATCH /v2/subscribers/ann/preferences/bulk", {"preferences": []}, 400, "No preferences provided for bulk update"),
        (
            "PATCH /v2/subscribers/ann/preferences/bulk", {"preferences": [{"workflowId": one} for one in ("a", "bell", "b")]}, 404,
            "Workflows with ids: a, b not found",
        ),
        (
            "PATCH /v2/subscribers/ann/preferences/bulk", {"preferences": [{"workflowId": one} for one in ("bell", "critical")]}, 400,
            "Critical workflows with ids: 300000000000000000000002 cannot be updated",
        ),
        (
            "PATCH /v2/subscribers/ann/preferences/bulk", {"preferences": [{"workflowId": "bell"}] * 101}, 422,
            ["preferences must contain no more than 100 elements"],
        ),
        ("GET /v1/subscribers/ann/preferences/some", None, 422, ["parameter must be one of the following values: global, template"]),
        ("GET /v1/subscribers/bob/preferences/global", None, 404, "Subscriber bob not found"),
        ("PATCH /v1/subscribers/bob/preferences", {}, 404, "Subscriber with id: bob is not found"),
        ("PATCH /v1/subscribers/bob/preferences/bell", {}, 404, "Subscriber with id: bob is not found"),
        ("PATCH /v1/subscribers/ann/preferences/none", {}, 404, "Workflow cannot be found: none"),
        ("PATCH /v1/subscribers/ann/preferences/critical", {}, 400, "Critical workflow with id: critical can not be updated"),
    ],
    "topics": [
        ("GET /v2/topics/none", None, 404, "Topic with key none not found"),
        ("PATCH /v2/topics/none", {"name": "N"}, 404, "Topic with key none not found"),
        ("DELETE /v2/topics/none", None, 404, "Topic with key none not found"),
        ("POST /v2/topics?failIfExists=true", {"key": "t"}, 409, 'Topic with key "t" already exists'),
        ("POST /v2/topics", {"key": "x" * 101}, 422, ["key must be shorter than or equal to 100 characters"]),
        ("POST /v2/topics", {"key": "a", "name": "x" * 101}, 422, ["name must be shorter than or equal to 100 characters"]),
        (
            "POST /v2/topics", {"key": "a b"}, 400,
            'Invalid topic key: "a b". Topic keys must contain only alphanumeric characters (a-z, A-Z, 0-9), hyphens (-), '
            "underscores (_), colons (:), or be a valid email address.",
        ),
        ("GET /v1/topics/t/subscribers/bob", None, 404, "Subscriber bob not found for topic t"),
        ("GET /v1/topics/none", None, 404, f"Topic not found for id none in the environment {HERE}"),
        ("PATCH /v1/topics/none", {"name": "N"}, 404, f"Topic not found for id none in the environment {HERE}"),
        ("PATCH /v1/topics/t", {"name": ""}, 400, "Name is required"),
        ("DELETE /v1/topics/t", None, 409, f"Topic with key t in the environment {HERE} can't be deleted as it still has subscribers assigned"),
        (
            "POST /v1/topics", {"key": " t ", "name": "N"}, 409,
            f"Topic exists with key t in the environment {HERE} of the organization {SCOPE['_organizationId']}",
        ),
        ("GET /v1/topics?pageSize=11", None, 422, ["pageSize must not be greater than 10"]),
        ("GET /v2/topics/none/subscriptions", None, 404, "Topic with key none not found"),
        ("GET /v2/subscribers/bob/subscriptions", None, 404, "Subscriber not found"),
        ("PATCH /v2/topics/t/subscriptions/x", {}, 404, "Subscription with identifier x not found for topic t"),
        ("POST /v2/topics/t/subscriptions", {}, 422, ["subscriptions should not be empty", "subscriptions must be an array"]),
        ("POST /v2/topics/t/subscriptions", {"subscriptions": []}, 422, ["At least one subscription is required"]),
        ("POST /v2/topics/t/subscriptions", {"subscriberIds": []}, 422, ["At least one subscriber identifier is required"]),
        ("POST /v2/topics/t/subscriptions", {"subscriptions": ["x"] * 101}, 422, ["Cannot subscribe more than 100 subscriptions at once"]),
        ("DELETE /v2/topics/t/subscriptions", {"subscriberIds": ["x"] * 101}, 422, ["Cannot unsubscribe more than 100 subscribers at once"]),
        ("POST /v2/topics/t/subscriptions", {"subscriptions": ["bob"]}, 400, "Api Exception Raised with status 400"),
        ("POST /v2/topics/t/subscriptions", {"subscriptions": [{"subscriberId": "ann"}]}, 422,
         ["subscriptions.0.identifier should not be null or undefined", "subscriptions.0.identifier must be a string"]),
        ("POST /v2/topics/t/subscriptions", {"subscriptions": ["ann"], "preferences": [{"filter": {"tags": 1}}, {}, 1]}, 422,
         ["preferences.0.filter.tags must be an array", "preferences.1.workflowId should not be null or undefined",
          "preferences.1.workflowId must be a string", "preferences.2 must be an object", "preferences.2 must be an object"]),
    ],
    "messages": [
        (f"DELETE /v1/messages/{NOBODY}", None, 404, f"Message with id {NOBODY} not found"),
        ("DELETE /v1/messages/x", None, 422, an_id("messageId")),
        ("DELETE /v1/messages/transaction/none", None, 404, "Messages of the transaction none not found"),
        ("DELETE /v1/messages/transaction/tx?channel=sms", None, 404, "Messages of the transaction tx not found"),
    ],
    "workflows": [
        ("GET /v2/workflows/none", None, 404, "Workflow cannot be found: none"),
        (f"GET /v2/workflows/bell?environmentId={THERE}", None, 404, "Workflow cannot be found: bell"),
        ("GET /v2/workflows/bell?environmentId=x", None, 404, "Environment x not found"),
        (
            "GET /v2/workflows?status=ACTIVE&status=OLD", None, 422,
            ["each value in status must be one of the following values: ACTIVE, INACTIVE, ERROR"],
        ),
        ("POST /v2/workflows/bell/duplicate", {}, 400, "Workflow bell is written in code: it can not be duplicated"),
        ("PUT /v2/workflows/news/sync", {"targetEnvironmentId": HERE}, 400, "Cannot sync workflow to the same environment"),
        ("PUT /v2/workflows/news/sync", {"targetEnvironmentId": "x"}, 404, "Environment x not found"),
        (
            "PUT /v2/workflows/bell/sync", {"targetEnvironmentId": THERE}, 400,
            f"Cannot sync workflow with ID 300000000000000000000001 to the environment {THERE}: "
            "it is written in code, and comes with the sync of its bridge.",
        ),
        ("GET /v2/workflows/bell/steps/none", None, 404, "No step with the id none in the workflow bell"),
        ("POST /v2/workflows/bell/step/none/preview", {}, 404, "No step with the id none in the workflow bell"),
        ("POST /v2/workflows", {"name": "x" * 129, "steps": []}, 422, ["name must be shorter than or equal to 128 characters"]),
        ("PATCH /v2/workflows/bell", {"tags": [1]}, 422, ["each value in tags must be a string"]),
        ("PUT /v2/workflows/news", {"name": "N", "steps": [], "tags": ["a", "a"]}, 422, ["All tags's elements must be unique"]),
        (
            "PUT /v2/workflows/news", {"name": "N", "steps": [], "tags": ["x" * 65], "description": "x" * 257}, 422,
            ["description must be shorter than or equal to 256 characters",
             "each value in tags must be longer than or equal to 1 and shorter than or equal to 64 characters"],
        ),
        ("PUT /v2/workflows/news", {"name": "N", "steps": [], "tags": [str(one) for one in range(17)]}, 422, ["tags must contain no more than 16 elements"]),
        ("POST /v2/workflows/news/duplicate", {"name": ""}, 422, ["name must be longer than or equal to 1 and shorter than or equal to 128 characters"]),
    ],
    "integrations": [
        ("PUT /v1/integrations/x", {"name": "N"}, 422, an_id("integrationId")),
        (f"PUT /v1/integrations/{NOBODY}", {"name": "N"}, 404, f"Entity with id {NOBODY} not found"),
        ("PUT /v1/integrations/1e0000000000000000000002", {"name": "", "check": True}, 400, "No properties found for update"),
        ("PUT /v1/integrations/1e0000000000000000000002", {"identifier": "sl"}, 409, "Integration with identifier already exists"),
        ("POST /v1/integrations", {"providerId": "apns", "channel": "push", "identifier": "sl"}, 409, "Integration with identifier already exists"),
        ("POST /v1/integrations", {"providerId": "novu", "channel": "in_app"}, 400, "One environment can only have one In app provider"),
        ("POST /v1/integrations", {"providerId": "novu-sms", "channel": "sms"}, 409, "Integration with novu provider for sms channel already exists"),
        (
            "POST /v1/integrations", {"providerId": "apns", "channel": "push", "conditions": [{"children": {"a": 1}}]}, 400,
            "The conditions of an integration are a list of groups with a list of children",
        ),
        (
            "POST /v1/integrations", {"providerId": "apns", "channel": "push", "conditions": [{}, {"children": [1]}]}, 400,
            "The conditions of an integration are a list of groups with a list of children",
        ),
        ("DELETE /v1/integrations/none", None, 404, "Entity with id none not found"),
        ("POST /v1/integrations/x/set-primary", None, 422, an_id("integrationId")),
        (f"POST /v1/integrations/{NOBODY}/set-primary", None, 404, f"Integration with id {NOBODY} not found"),
        ("POST /v1/integrations/1e0000000000000000000001/set-primary", None, 400, "Channel in_app does not support primary"),
        ("POST /v1/integrations/none/auto-configure", None, 404, "Entity with id none not found"),
        ("POST /v1/integrations/chat/oauth", {"integrationIdentifier": "none"}, 404, "Integration not found: none"),
        ("POST /v1/integrations/none/mobile-link", {}, 404, "Integration not found: none"),
        ("POST /v1/integrations/none/webhook/configure", {}, 404, "Integration not found: none"),
    ],
    "channels": [
        ("GET /v1/channel-endpoints/none", None, 404, "Channel endpoint with identifier 'none' not found"),
        ("GET /v1/channel-connections/none", None, 404, "Channel connection with identifier 'none' not found"),
        ("POST /v1/channel-endpoints", {**ENDPOINT, "integrationIdentifier": "x"}, 404, "Integration not found: x"),
        ("POST /v1/channel-endpoints", {**ENDPOINT, "subscriberId": "bob"}, 404, "Subscriber not found: bob"),
        ("POST /v1/channel-endpoints", {**ENDPOINT, "connectionIdentifier": "c"}, 404, "Channel connection not found: c"),
        ("PATCH /v1/channel-endpoints/end", {"endpoint": {}}, 400, PROBLEM),
        ("POST /v1/channel-endpoints", {**ENDPOINT, "endpoint": {}}, 422, [PROBLEM]),
        ("POST /v1/channel-endpoints", {**ENDPOINT, "identifier": "end"}, 409, f'Channel endpoint with identifier "end" already exists in environment "{HERE}"'),
        (
            "POST /v1/channel-connections", {**LINK, "subscriberId": "ann", "identifier": "conn"}, 409,
            f'Channel connection with identifier "conn" already exists in environment "{HERE}"',
        ),
        ("POST /v1/channel-connections", LINK, 400, "Either subscriberId or context must be provided"),
        ("POST /v1/channel-connections", {**LINK, "connectionMode": "shared", "subscriberId": "ann"}, 400, 'context is required when connectionMode is "shared"'),
        (
            "POST /v1/channel-connections", {**LINK, "connectionMode": "subscriber", "context": {"shop": "a"}}, 400,
            'subscriberId is required when connectionMode is "subscriber"',
        ),
        ("POST /v1/channel-connections", {**LINK, "subscriberId": "bob"}, 404, "Subscriber not found: bob"),
        ("POST /v1/channel-connections", {**LINK, "subscriberId": "ann", "integrationIdentifier": "x"}, 404, "Integration not found: x"),
        ("GET /v1/channel-connections?connectionMode=x", None, 422, ["connectionMode must be one of the following values: subscriber, shared"]),
    ],
    "others": [
        ("GET /v2/contexts/shop/b", None, 404, f"Context with id 'b' and type 'shop' not found in environment {HERE}"),
        ("DELETE /v2/contexts/shop/b", None, 404, f"Context with id 'b' and type 'shop' not found in environment {HERE}"),
        ("PATCH /v2/contexts/shop/b", {"data": {}}, 404, "Context with type 'shop' and id 'b' not found"),
        ("POST /v2/contexts", {"type": "shop", "id": "a"}, 409, "Context with type 'shop' and id 'a' already exists"),
        ("GET /v1/tenants/b", None, 404, f"Tenant with identifier: b does not exist under environment {HERE}"),
        ("POST /v1/tenants", {"identifier": "acme"}, 409, f"Tenant with identifier: acme already exists under environment {HERE}"),
        ("POST /v2/translations", {"resourceId": "x", "resourceType": "workflow", "locale": "de", "content": {}}, 404, "Workflow cannot be found: x"),
        ("POST /v2/translations", {"resourceId": "x", "resourceType": "layout", "locale": "de", "content": {}}, 404, "Layout not found for id x"),
        ("GET /v2/translations/workflow/bell/de", None, 404, "Translation not found for workflow bell and locale de"),
        ("DELETE /v2/translations/workflow/bell/de", None, 404, "Translation not found for workflow bell and locale de"),
        ("GET /v2/translations/group/workflow/bell", None, 404, "No translations found for workflow bell"),
        ("DELETE /v2/translations/workflow/bell", None, 404, "No translations found for workflow bell"),
        ("POST /v2/translations/upload", {}, 400, "The body must be a form with files (multipart/form-data)"),
        ("POST /v1/events/trigger", {"name": "bell", "to": ["x"] * 101}, 422, ["to must contain no more than 100 elements"]),
        ("POST /v1/events/trigger", {"name": "none", "to": "ann"}, 422, ["workflow_not_found"]),
        ("POST /v1/events/trigger", {"name": "bell", "to": "ann", "bridgeUrl": "http://a:b@c.test"}, 400, "bridgeUrl must be a public address without credentials"),
        ("POST /v1/events/trigger", {"name": "bell", "to": "ann", "bridgeUrl": "http://169.254.1.1/"}, 400, "bridgeUrl must be a public address without credentials"),
        ("POST /v1/events/trigger", {"name": "bell", "to": "ann", "bridgeUrl": "http://metadata.google.internal./"}, 400, "bridgeUrl must be a public address without credentials"),
        ("POST /v1/events/trigger/bulk", {"events": []}, 422, ["events should not be empty"]),
        ("POST /v1/events/trigger/bulk", {"events": [{}] * 101}, 422, ["events must contain no more than 100 elements"]),
    ],
    "notifications": [
        ("GET /v2/subscribers/bob/notifications", None, 404, "Subscriber: bob was not found"),
        ("GET /v2/subscribers/ann/notifications?after=x", None, 422, ["The after cursor must be a valid MongoDB ObjectId"]),
        (f"GET /v2/subscribers/ann/notifications?after={NOBODY}", None, 400, f'Invalid cursor: there is no notification with the id "{NOBODY}"'),
        ("GET /v2/subscribers/ann/notifications/count", None, 422, ["filters should not be null or undefined"]),
        ("GET /v2/subscribers/ann/notifications/count?filters={", None, 400, "Invalid filters, the JSON object should be provided."),
        ("GET /v2/subscribers/ann/notifications/count?filters={}", None, 422, ["filters must be an array"]),
        (f"GET /v2/subscribers/ann/notifications/count?filters=[{','.join(['{}'] * 31)}]", None, 422, ["filters must contain no more than 30 elements"]),
        ('GET /v2/subscribers/ann/notifications/count?filters=[{},{"read":1}]', None, 422, ["filters.read must be a boolean value"]),
        (
            'GET /v2/subscribers/ann/notifications/count?filters=[{"read":false,"archived":true}]', None, 400,
            "Filtering for unread and archived notifications is not supported.",
        ),
        ("PATCH /v2/subscribers/ann/notifications/x/read", None, 422, an_id("notificationId")),
        (f"PATCH /v2/subscribers/ann/notifications/{NOBODY}/read", None, 404, f"Notification with id: {NOBODY} is not found."),
        (f"DELETE /v2/subscribers/ann/notifications/{NOBODY}", None, 404, f"Notification with id: {NOBODY} is not found."),
        (f"PATCH /v2/subscribers/ann/notifications/{NOBODY}/snooze", {"snoozeUntil": "2026-01-02T12:00:00Z"}, 404, f"Notification id: '{NOBODY}' not found"),
        (
            "PATCH /v2/subscribers/ann/notifications/600000000000000000000001/unsnooze", None, 404,
            "Could not find a snoozed notification with id '600000000000000000000001'. "
            "The notification may not exist or may not be in a snoozed state.",
        ),
        (
            "PATCH /v2/subscribers/ann/notifications/600000000000000000000001/snooze", {"snoozeUntil": "2026-01-01T12:00:59Z"}, 422,
            ["Snooze time must be at least 60 seconds in the future"],
        ),
        (
            "PATCH /v2/subscribers/ann/notifications/600000000000000000000001/snooze", {"snoozeUntil": "2026-04-01T12:00:01Z"}, 402,
            "Snooze Duration Limit Exceeded",
        ),
        (
            "PATCH /v2/subscribers/ann/notifications/600000000000000000000001/actions/secondary/complete", None, 400,
            "Could not perform action on the secondary button because it does not exist.",
        ),
        (
            "PATCH /v2/subscribers/ann/notifications/600000000000000000000001/actions/third/complete", None, 422,
            ["actionType must be one of the following values: primary, secondary"],
        ),
        ("POST /v2/subscribers/ann/notifications/seen", {"notificationIds": ["x"]}, 422, ["each value in notificationIds must be a mongodb id"]),
    ],
}  # fmt: skip


@walked("refusals", OF_THE_API.values(), ids=OF_THE_API)
def test_a_server_is_refused_in_words(sim: NovuSimulator, api: NovuApi, refusals: Refusals) -> None:
    before = sim.timeline(), [one.key for one in sim.topics], len(sim.integrations), len(sim.messages)
    check(api, refusals)
    after = sim.timeline(), [one.key for one in sim.topics], len(sim.integrations), len(sim.messages)
    assert len(after[0].splitlines()) - len(before[0].splitlines()) in (
        0,
        1,
    )  # a trigger that was refused is noted
    assert after[1:] == before[1:]


OF_A_PAGE: Refusals = [
    ("POST /v1/inbox/session", {"subscriberId": "ann"}, 422, ["A valid application identifier is required when providing subscriber information"]),
    ("POST /v1/inbox/session", {"applicationIdentifier": "app"}, 422, ["Subscriber ID is required"]),
    (
        "POST /v1/inbox/session", {"applicationIdentifier": "app", "subscriber": {"email": "x"}}, 422,
        ["subscriber.subscriberId should not be null or undefined", "subscriber.subscriberId must be a string", "subscriber.email must be an email"],
    ),
    ("PATCH /v1/inbox/preferences/none", {}, 404, "Workflow with id: none is not found"),
    ("PATCH /v1/inbox/preferences/critical", {}, 400, "Critical workflow with id: critical can not be updated"),
    ("PATCH /v1/inbox/preferences/bulk", {"preferences": []}, 400, "No preferences provided for bulk update"),
    ("PATCH /v1/inbox/preferences/bulk", {"preferences": [{"workflowId": "bell"}] * 101}, 422, ["preferences must contain no more than 100 elements"]),
    ("PATCH /v1/inbox/preferences/bulk", {"preferences": [{"workflowId": one} for one in ("a", "bell", "b")]}, 404, "Workflows with ids: a, b not found"),
    (
        "PATCH /v1/inbox/preferences/bulk", {"preferences": [{"workflowId": one} for one in ("bell", "critical")]}, 400,
        "Critical workflows with ids: 300000000000000000000002 cannot be updated",
    ),
    (
        "GET /v1/inbox/preferences?severity=huge&criticality=some", None, 422,
        ["severity must be one of the following values: high, medium, low, none", "criticality must be one of the following values: critical, nonCritical, all"],
    ),
    ("PATCH /v1/inbox/topics/none/subscriptions/s", {}, 404, "Topic with key none not found"),
    ("PATCH /v1/inbox/topics/t/subscriptions/x", {}, 404, "Subscription with identifier x not found for topic t"),
    ("DELETE /v1/inbox/topics/t/subscriptions/x", None, 404, "Subscription with identifier x not found"),
    ("PATCH /v1/inbox/subscriptions/s/preferences/none", {}, 404, "Workflow cannot be found"),
    ("PATCH /v1/inbox/subscriptions/s/preferences/critical", {}, 400, "Critical workflow with id: critical can not be updated"),
    (f"PATCH /v1/inbox/notifications/{NOBODY}/read", None, 404, f"Notification with id: {NOBODY} is not found."),
    ("PATCH /v1/inbox/notifications/600000000000000000000001/complete", {}, 422,
     ["actionType should not be null or undefined", "actionType must be one of the following values: primary, secondary"]),
]  # fmt: skip


def test_a_page_is_refused_in_words(sim: NovuSimulator, api: NovuApi) -> None:
    page = api.with_token(InboxSession(sim.subscribers["ann"]).token(sim, SCOPE))
    check(page, OF_A_PAGE)
    for token in ("", "x"):
        assert said(api.with_token(token).get("/v1/inbox/preferences")) == (401, "Unauthorized")
    assert said(api.get("/v1/inbox/preferences")) == (401, "Unauthorized")


def test_a_subscription_that_is_refused_leaves_no_topic_and_takes_none_away(
    sim: NovuSimulator, api: NovuApi
) -> None:
    sim.topics.upsert("other").subscribe(sim.subscribers.upsert("eve").subscriber_id, identifier="taken")
    page = api.with_token(InboxSession(sim.subscribers["ann"]).token(sim, SCOPE))
    for topic in ("fresh", "t"):
        refused = page.post(f"/v1/inbox/topics/{topic}/subscriptions", {"identifier": "taken"})
        assert (refused.status, "taken" in refused.body["message"]) == (400, True)
    assert ("fresh" in sim.topics, len(sim.topics["t"].subscriptions)) == (False, 1)
    made = page.post("/v1/inbox/topics/fresh/subscriptions", {"topic": {"name": "Fresh"}, "name": "N"})
    assert (made.status, made.body["name"], sim.topics["fresh"].name) == (201, "N", "Fresh")
    assert page.delete(f"/v1/inbox/topics/fresh/subscriptions/{made.body['identifier']}") == Answer(
        200, {"success": True}
    )
    sim.topics.remove("fresh")
    sim.topics.remove("other")


def test_what_is_at_a_limit_is_taken_and_what_is_unknown_is_passed_over(
    sim: NovuSimulator, api: NovuApi
) -> None:
    eve = sim.subscribers.upsert("eve")
    page = api.with_token(InboxSession(eve).token(sim, SCOPE))
    hundred = {"preferences": [{"workflowId": "bell", "in_app": True}] * 100}
    assert page.patch("/v1/inbox/preferences/bulk", hundred).status == 200
    assert (
        api.patch(
            "/v2/subscribers/eve/preferences/bulk", {"preferences": [{"workflowId": "bell"}] * 100}
        ).status
        == 200
    )
    channels = {"in_app": False, "email": None, "fax": True}
    shown = api.patch("/v2/subscribers/eve/preferences", {"channels": channels}).body["global"]["channels"]
    assert shown == {"in_app": False, "email": True}
    assert {name: eve.preferences.of(()).overall.wants(name) for name in ("in_app", "email", "sms")} == {
        "in_app": False, "email": None, "sms": None,
    }  # fmt: skip
    made = api.post("/v2/topics/named/subscriptions", {"subscriptions": ["eve"], "name": "Named"})
    assert (made.status, sim.topics["named"].name) == (201, "Named")
    sim.topics.remove("named")
