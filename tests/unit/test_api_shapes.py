"""What the API shows of each thing, whole: every key, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api.execution_details import execution_details
from novu_framework_testing.api.sessions import InboxSession
from tests.rules.novu_api import Answer, NovuApi

NOON, NOW = datetime(2026, 1, 1, 12, tzinfo=timezone.utc), "2026-01-01T12:00:00.000Z"
TIMES = {"createdAt": NOW, "updatedAt": NOW}
SCOPE = {"_environmentId": "e00000000000000000000001", "_organizationId": "090000000000000000000001"}
PROFILE = {"firstName": "Ann", "lastName": "Lee", "email": "ann@acme.test", "phone": "+431", "avatar": "https://a.test/ann.png"}  # fmt: skip
ANN = {"_id": "510000000000000000000001", "subscriberId": "ann", **PROFILE}
ORDER = {
    "id": "300000000000000000000001", "identifier": "order", "name": "Your order", "critical": False, "tags": ["shop"],
    "severity": "none",
}  # fmt: skip
CHANNELS = ("in_app", "email", "sms", "push", "chat")


@workflow("order", name="Your order", description="About orders", tags=["shop"], payload_schema={"type": "object", "additionalProperties": True})  # fmt: skip
async def order(payload: dict[str, Any], step: Step) -> None:
    await step.in_app(
        "bell",
        lambda: {
            "subject": "Order",
            "body": "It is here",
            "avatar": "https://a.test/a.png",
            "data": {"n": 1},
            "redirect": {"url": "https://a.test", "target": "_self"},
            "primaryAction": {"label": "Open", "redirect": {"url": "https://a.test/1"}},
            "secondaryAction": {"label": "Later"},
        },
    )
    await step.email("mail", {"subject": "Hi", "body": "<p>Hi</p>"})
    await step.sms("text", {"body": "Hi"})
    await step.push("push", {"subject": "Hi", "body": "There"})
    await step.chat("chat", {"body": "Hi"})


@pytest.fixture(scope="module")
def sim() -> Iterator[NovuSimulator]:
    """Ann, whom a trigger has reached on every channel; an hour later she completes the action of the in-app message."""
    with NovuSimulator(NOON) as sim:
        sim.register(order)
        ann = sim.subscribers.upsert("ann", locale="de_AT", timezone="Europe/Vienna", data={"a": 1})
        sim.subscribers.upsert_from({"subscriberId": "ann", **PROFILE})
        ann.set_credentials("fcm", {"deviceTokens": ["a"]})
        ann.set_credentials("slack", {"webhookUrl": "https://hooks.test/1"})
        sim.topics.upsert("t", "T").subscribe("ann", identifier="s", name="S")
        sim.trigger("order", "ann", {"n": "1", "attachments": []}, transaction_id="tx")
        sim.advance(hours=1)
        ann.inbox.everything[0].complete_action("primary")
        yield sim


@pytest.fixture(scope="module")
def api(sim: NovuSimulator) -> NovuApi:
    return NovuApi(sim)


WHOLE_ANN = {
    **SCOPE, **ANN, **TIMES, "deleted": False, "topics": ["t"], "locale": "de_AT", "timezone": "Europe/Vienna", "data": {"a": 1},
    "channels": [
        {"_integrationId": "1e0000000000000000000004", "providerId": "fcm", "credentials": {"deviceTokens": ["a"]}},
        {"_integrationId": "1e0000000000000000000005", "providerId": "slack", "credentials": {"webhookUrl": "https://hooks.test/1"}},
    ],
}  # fmt: skip
TOPIC = {"_id": "700000000000000000000001", "key": "t", "name": "T"}


def test_a_subscriber_a_topic_and_a_subscription(sim: NovuSimulator, api: NovuApi) -> None:
    assert api.get("/v2/subscribers/ann") == Answer(200, WHOLE_ANN)
    assert api.get("/v2/topics/t").body == {**TOPIC, **TIMES}
    assert api.get("/v1/topics/t").body == {**SCOPE, **TOPIC, **TIMES, "subscribers": ["ann"]}
    assert api.get("/v1/topics/t/subscribers/ann").body == {
        **SCOPE, "_subscriberId": ANN["_id"], "_topicId": TOPIC["_id"], "topicKey": "t", "externalSubscriberId": "ann",
    }  # fmt: skip
    subscription = {"identifier": "s", "name": "S", "contextKeys": []}
    listed = {**subscription, **TIMES, "_id": "710000000000000000000001", "topic": TOPIC, "subscriber": ANN}
    for path in ("topics/t", "subscribers/ann"):
        assert api.get(f"/v2/{path}/subscriptions").body["data"] == [listed]
    alone = {**subscription, "id": "710000000000000000000001"}
    assert api.get("/v2/topics/t/subscriptions/s").body == alone
    own = api.with_token(InboxSession(sim.subscribers["ann"]).token(sim, SCOPE))
    preference = {"workflow": ORDER, "subscriptionId": "s", "enabled": True}
    for query in ("workflowIds=order", f"workflowIds={ORDER['id']}", "tags=shop"):
        shown = own.get(f"/v1/inbox/topics/t/subscriptions/s?{query}").body
        assert shown == {**alone, "preferences": [preference]}
    assert own.get("/v1/inbox/topics/t/subscriptions/s?tags=x&workflowIds=y").body == alone


def message(number: int, step: str, place: int, channel: str, provider: str, **more: Any) -> dict[str, Any]:
    return {
        **SCOPE,
        "_id": f"60000000000000000000000{number}",
        "_notificationId": "4e0000000000000000000001",
        "_subscriberId": ANN["_id"],
        "_templateId": ORDER["id"],
        "_messageTemplateId": f"31000000000000000000000{place}",
        "templateIdentifier": "order",
        "subscriber": WHOLE_ANN,
        "createdAt": NOW,
        "stepId": step,
        "tags": ["shop"],
        "severity": "none",
        "deliveredAt": [NOW],
        "transactionId": "tx",
        "channel": channel,
        "providerId": provider,
        "read": False,
        "seen": False,
        "content": "Hi",
        "cta": {},
        "status": "sent",
        "payload": {"n": "1", "attachments": []},
        "overrides": {},
        "contextKeys": [],
        **more,
    }


ONE = "2026-01-01T13:00:00.000Z"
BUTTONS = [
    {"type": "primary", "content": "Open", "url": "https://a.test/1", "target": "_blank"},
    {"type": "secondary", "content": "Later"},
]
CTA = {
    "type": "redirect",
    "data": {"url": "https://a.test", "target": "_self"},
    "action": {"status": "done", "buttons": BUTTONS, "result": {"type": "primary"}},
}
BELL = message(
    1, "bell", 1, "in_app", "novu", subject="Order", content="It is here", cta=CTA, read=True, seen=True, lastSeenDate=ONE,
    lastReadDate=ONE,
)  # fmt: skip


def test_a_message_of_each_channel(api: NovuApi) -> None:
    assert api.get("/v1/messages").body == {
        "data": [
            message(6, "chat", 5, "chat", "whatsapp-business", phone="+431"),
            message(5, "chat", 5, "chat", "slack", chatWebhookUrl="https://hooks.test/1"),
            message(4, "push", 4, "push", "fcm", subject="Hi", title="Hi", content="There", deviceTokens=["a"]),
            message(3, "text", 3, "sms", "novu-sms", phone="+431"),
            message(2, "mail", 2, "email", "novu-email", subject="Hi", content="<p>Hi</p>", payload={"n": "1"}, email="ann@acme.test"),
            BELL,
        ],
        "page": 0, "pageSize": 10, "hasMore": False, "totalCount": 6,
    }  # fmt: skip


def test_a_message_in_an_inbox(api: NovuApi) -> None:
    shown = {
        "id": BELL["_id"],
        "transactionId": "tx",
        "subject": "Order",
        "body": "It is here",
        "to": {"id": ANN["_id"], **{name: ANN[name] for name in ("subscriberId", "firstName", "lastName", "avatar")}},
        "isRead": True,
        "isSeen": True,
        "isArchived": False,
        "isSnoozed": False,
        "deliveredAt": [NOW],
        "createdAt": NOW,
        "avatar": "https://a.test/a.png",
        "primaryAction": {
            "label": "Open", "isCompleted": True, "redirect": {"url": "https://a.test/1", "target": "_blank"},
        },
        "secondaryAction": {"label": "Later", "isCompleted": False},
        "channelType": "in_app",
        "tags": ["shop"],
        "data": {"n": 1},
        "redirect": {"url": "https://a.test", "target": "_self"},
        "workflow": ORDER,
        "severity": "none",
        "readAt": ONE,
        "firstSeenAt": ONE,
    }  # fmt: skip
    assert api.get("/v2/subscribers/ann/notifications").body == {
        "data": [shown],
        "hasMore": False,
        "filter": {},
    }
    feed = {
        **BELL,
        "_jobId": BELL["_messageTemplateId"],
        "archived": False,
        "updatedAt": NOW,
        "data": {"n": 1},
    }
    assert api.get("/v1/subscribers/ann/notifications/feed").body["data"] == [feed]


def detail(job: int, position: int, what: str, status: str, **more: Any) -> dict[str, Any]:
    return {
        "_id": f"0b00000000000000000000{position:02x}",
        "createdAt": NOW,
        "status": status,
        "detail": what,
        "isRetry": False,
        "isTest": False,
        "source": "Internal",
        **more,
    }


def job(number: int, kind: str, step: str, *providers: str, read: bool = False) -> dict[str, Any]:
    said: list[tuple[str, str, dict[str, Any]]] = [("Step queued", "Pending", {})]
    for provider in providers:
        said += [
            (what, status, {"providerId": provider})
            for what, status in (("Message created", "Pending"), ("Message sent", "Success"))
        ]
    said += [("Message read", "Success", {"createdAt": ONE})] if read else []
    return {
        "_id": f"0b000000000000000000000{number}",
        "type": kind,
        "status": "completed",
        "providerId": providers[0],
        "payload": {"n": "1", "attachments": []},
        "updatedAt": NOW,
        "step": {
            "_id": f"31000000000000000000000{number}", "active": True, "filters": [],
            "_templateId": f"31000000000000000000000{number}", "name": step,
        },
        "executionDetails": [
            detail(number, position, what, status, **more) for position, (what, status, more) in enumerate(said)
        ],
    }  # fmt: skip


def test_a_run_in_the_activity_feed(api: NovuApi) -> None:
    shown = {
        **SCOPE,
        **TIMES,
        "_id": "4e0000000000000000000001",
        "_subscriberId": ANN["_id"],
        "_templateId": ORDER["id"],
        "transactionId": "tx",
        "channels": [*CHANNELS],
        "subscriber": ANN,
        "template": {
            "_id": ORDER["id"],
            "name": "Your order",
            "origin": "external",
            "triggers": [{"type": "event", "identifier": "order", "variables": []}],
        },
        "jobs": [
            job(1, "in_app", "bell", "novu", read=True),
            job(2, "email", "mail", "novu-email"),
            job(3, "sms", "text", "novu-sms"),
            job(4, "push", "push", "fcm"),
            job(5, "chat", "chat", "slack", "whatsapp-business"),
        ],
        "payload": {"n": "1", "attachments": []},
        "tags": ["shop"],
        "to": {"subscriberId": "ann"},
        "topics": [],
        "severity": "none",
        "critical": False,
    }
    assert api.get("/v1/notifications/4e0000000000000000000001") == Answer(200, shown)
    assert api.get("/v1/notifications").body == {
        "data": [shown], "page": 0, "pageSize": 10, "hasMore": False, "totalCount": 1,
    }  # fmt: skip


NAMED = {
    **TIMES,
    "_id": ORDER["id"],
    "name": "Your order",
    "tags": ["shop"],
    "origin": "external",
    "workflowId": "order",
    "slug": "order_wf_300000000000000000000001",
    "status": "ACTIVE",
    "isTranslationEnabled": False,
    "lastTriggeredAt": NOW,
}


def test_a_workflow_and_its_steps(api: NovuApi) -> None:
    names = ("bell", "mail", "text", "push", "chat")
    slugs = [f"{name}_st_31000000000000000000000{number}" for number, name in enumerate(names, 1)]
    whole = api.get("/v2/workflows/order").body
    steps = whole.pop("steps")
    enabled = {name: {"enabled": True} for name in (*CHANNELS, "tool")}
    assert whole == {
        **NAMED,
        "description": "About orders",
        "active": True,
        "validatePayload": False,
        "payloadSchema": {"type": "object", "additionalProperties": True},
        "severity": "none",
        "preferences": {
            "user": None, "default": {"all": {"enabled": True, "readOnly": False}, "channels": enabled},
        },
    }  # fmt: skip
    shown = steps[1]
    results = shown["variables"]["properties"]["steps"]["properties"].pop("bell")
    assert list(results["properties"]) == ["seen", "read", "lastSeenDate", "lastReadDate"]
    empty = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    assert shown == {
        "_id": "310000000000000000000002",
        "stepId": "mail",
        "name": "mail",
        "slug": slugs[1],
        "type": "email",
        "origin": "external",
        "workflowId": "order",
        "workflowDatabaseId": ORDER["id"],
        "variables": {
            "type": "object",
            "properties": {
                "payload": {"type": "object", "additionalProperties": True, "properties": {}},
                "subscriber": {"type": "object"},
                "steps": {"type": "object", "properties": {}},
            },
            "additionalProperties": False,
        },
        "controls": {"dataSchema": empty, "values": {"subject": ""}},
        "controlValues": {"subject": ""},
    }
    known = [[*one["variables"]["properties"]["steps"]["properties"]] for one in steps]
    assert known == [[], [], ["bell", "mail"], ["bell", "mail", "text"], ["bell", "mail", "text", "push"]]
    assert api.get("/v2/workflows/order/steps/mail").body["slug"] == slugs[1]
    for name in ("order", ORDER["id"], NAMED["slug"], f"renamed_wf_{ORDER['id']}"):
        for step in ("mail", "310000000000000000000002", slugs[1]):
            assert api.get(f"/v2/workflows/{name}/steps/{step}").body["stepId"] == "mail"
    summary = {
        **NAMED,
        "stepTypeOverviews": [*CHANNELS],
        "steps": [{"slug": slug, "type": kind} for slug, kind in zip(slugs, CHANNELS, strict=True)],
    }
    assert api.get("/v2/workflows").body == {"workflows": [summary], "totalCount": 1}


def test_preferences_in_both_versions_of_the_api(api: NovuApi) -> None:
    wanted = dict.fromkeys(CHANNELS, True)
    every = {**wanted}
    overrides = [{"channel": name, "source": "subscriber"} for name in CHANNELS]
    named = {"slug": NAMED["slug"], "identifier": "order", "name": "Your order", "updatedAt": NOW}
    one = {"enabled": True, "channels": wanted, "overrides": overrides}
    assert api.get("/v2/subscribers/ann/preferences").body == {
        "global": {"enabled": True, "channels": wanted},
        "workflows": [{**one, "updatedAt": NOW, "workflow": named}],
    }
    template = {
        **TIMES, "_id": ORDER["id"], "name": "Your order", "critical": False, "tags": ["shop"], "severity": "none",
        "triggers": [{"type": "event", "identifier": "order", "variables": []}],
    }  # fmt: skip
    of_order = {"preference": {**one, "channels": every}, "template": template, "type": "SUBSCRIBER_WORKFLOW"}
    path = "/v1/subscribers/ann/preferences"
    overall = [{"preference": {"enabled": True, "channels": every}}]
    assert (api.get(path).body, api.get(f"{path}/template").body) == ([of_order], [of_order])
    assert api.get(f"{path}/global").body == overall
    changed = {"preferences": [{"workflowId": "order", "channels": {"sms": True}}]}
    assert api.patch("/v2/subscribers/ann/preferences/bulk", changed).body == [
        {"level": "template", "enabled": True, "channels": wanted, "workflow": ORDER}
    ]


def test_an_integration_with_its_endpoints_connections_and_a_tenant(api: NovuApi, sim: NovuSimulator) -> None:
    now = {"createdAt": ONE, "updatedAt": ONE}
    given = {
        "providerId": "slack", "channel": "chat", "identifier": "sl", "name": "Slack", "active": False,
        "credentials": {"secretKey": "k", "from": "f"}, "configurations": {"a": 1}, "conditions": [{"children": []}],
        "rules": {"==": [1, 1]},
    }  # fmt: skip
    made = api.post("/v1/integrations", given)
    more = {"_id": made.body["_id"], "primary": False, "priority": made.body["priority"], "deleted": False}
    assert made == Answer(201, {**SCOPE, **given, **more, **now})
    about = {
        **SCOPE, **now, "channel": "chat", "providerId": "slack", "integrationIdentifier": "sl", "subscriberId": "ann",
        "contextKeys": ["shop:a"],
    }  # fmt: skip
    link = {"integrationIdentifier": "sl", "subscriberId": "ann", "context": {"shop": "a"}}
    workspace, auth = {"id": "w", "name": "W"}, {"accessToken": "x"}
    connection = api.post(
        "/v1/channel-connections", {**link, "identifier": "c", "workspace": workspace, "auth": auth}
    )
    number = {"_id": connection.body["_id"], "identifier": "c"}
    assert connection == Answer(201, {**about, **number, "workspace": workspace, "auth": auth})
    where = {"type": "slack_channel", "endpoint": {"channelId": "C1"}, "connectionIdentifier": "c"}
    endpoint = api.post("/v1/channel-endpoints", {**link, **where, "identifier": "e"})
    assert endpoint == Answer(201, {**about, **where, "_id": endpoint.body["_id"], "identifier": "e"})
    for one in (connection, endpoint):
        path = "endpoints" if one is endpoint else "connections"
        assert api.delete(f"/v1/channel-{path}/{one.body['identifier']}").status == 204
    secrets = ("apiKey", "apiToken", "secretKey", "token", "password", "serviceAccount", "signingSecret")
    secret = {
        "providerId": "twilio",
        "channel": "sms",
        "credentials": {**dict.fromkeys(secrets, "k"), "from": "f"},
    }
    assert api.post("/v1/integrations", secret).body["credentials"] == secret["credentials"]
    others = api.delete(f"/v1/integrations/{made.body['_id']}").body
    assert [one["credentials"] for one in others if one["providerId"] == "twilio"] == [{"from": "f"}]
    assert made.body["_id"] not in [one["_id"] for one in others]
    assert not any("rules" in one or "apiKey" in one["credentials"] for one in others)
    tenant = api.post("/v1/tenants", {"identifier": "acme", "name": "Acme", "data": {"a": 1}})
    assert tenant.body == {
        **SCOPE, **now, "_id": tenant.body["_id"], "identifier": "acme", "name": "Acme", "data": {"a": 1},
    }  # fmt: skip


# --- what the feed says of a job -------------------------------------------------------------------------

CAUSES = {
    "bridge-skip": ("Bridge execution skipped", "Failed"),
    "condition": ("Step was skipped based on steps conditions", "Success"),
    "schedule": ("The step was skipped as it fell outside the subscriber's schedule", "Success"),
    "schedule-extended": (
        "Step was extended to the next available time in the subscriber schedule",
        "Pending",
    ),
    "look-back": ("Digest was skipped, first backoff event", "Success"),
    "workflow-preference": ("Step filtered by workflow preferences", "Success"),
    "subscriber-global-preference": ("Step filtered by subscriber global preferences", "Success"),
    "subscriber-workflow-preference": ("Step filtered by subscriber workflow preferences", "Success"),
    "no-integration": ("Subscriber does not have an active integration", "Failed"),
    "rules-withheld": ("Integration was skipped, its conditions were not met", "Warning"),
    "rules-invalid": ("Integration conditions are invalid", "Failed"),
    "no-channel": ("Subscriber does not have a configured channel", "Warning"),
    "no-channel-of-context": (
        "Subscriber does not have a configured channel with the given context",
        "Warning",
    ),
    "no-tokens": (
        "Subscriber credentials is missing the tokens for sending a push notification message",
        "Failed",
    ),
    "no-endpoint": ("Subscriber does not have an active integration", "Warning"),
    "no-content": ("Message content could not be generated", "Failed"),
}
BRIDGE_FAILED = ("Bridge execution failed", "Failed")
LINES: list[tuple[str, str, dict[str, Any], tuple[str, str] | None]] = [
    ("email", "retry", {}, ("Failed to get response from Bridge, will be retried", "Warning")),
    ("delay", "delayed", {}, ("Step delayed", "Pending")),
    ("digest", "digest", {}, ("Step digested", "Pending")),
    ("digest", "merged", {}, ("Digest was merged with other digest", "Success")),
    ("throttle", "throttled", {}, ("Throttle limit exceeded for the given window", "Success")),
    ("delay", "failed", {}, ("Invalid delay configuration", "Failed")),
    ("http_request", "failed", {}, ("Action step execution failed", "Failed")),
    ("throttle", "failed", {}, ("Throttle window date is in the past", "Failed")),
    ("digest", "failed", {}, BRIDGE_FAILED),
    ("email", "failed", {}, BRIDGE_FAILED),
    ("delay", "failed", {"error_code": "X"}, BRIDGE_FAILED),
    ("delay", "failed", {"attempts": 2}, BRIDGE_FAILED),
    ("delay", "completed", {}, ("Delay is finished", "Success")),
    ("digest", "completed", {}, ("Digest triggered events", "Success")),
    ("http_request", "completed", {}, ("Step processed", "Success")),
    ("custom", "completed", {}, ("Step completed", "Success")),
    ("email", "delivered", {}, None),
    ("email", "skipped", {}, None),
    ("in_app", "inbox", {}, None),
    ("email", "finding", {}, ("words", "Warning")),
    ("email", "note", {}, ("words", "Success")),
]  # fmt: skip


def feed(kind: str, *lines: Any, **more: Any) -> list[tuple[str, str]]:
    """What is said of a step's job after it was queued."""
    fields = {"messages": [], "undelivered": [], "error_code": None, "attempts": 1, **more}
    run = SimpleNamespace(activity=[*lines, SimpleNamespace(job_id="other")])
    step = SimpleNamespace(id="0b01", type=kind, started_at=NOON, run=run, **fields)
    queued, *said = execution_details(step)  # type: ignore[arg-type]
    assert queued == {**detail(0, 0, "Step queued", "Pending"), "_id": "0b00"}
    assert [one["_id"] for one in said] == [f"0b{place % 256:02x}" for place in range(1, len(said) + 1)]
    assert all(one["createdAt"] == NOW for one in said)
    return [(one["detail"], one["status"]) for one in said]


def line(kind: str, cause: str | None = None, text: str = "words") -> SimpleNamespace:
    return SimpleNamespace(kind=kind, cause=cause, text=text, at=NOON, job_id="0b01")


def test_each_line_of_a_step_in_novus_words() -> None:
    assert {cause: feed("email", line("skipped", cause)) for cause in CAUSES} == {
        cause: [said] for cause, said in CAUSES.items()
    }
    assert [feed(kind, line(what), **more) for kind, what, more, _ in LINES] == [
        [] if said is None else [said] for _, _, _, said in LINES
    ]
    assert feed("email") == []
    assert len(feed("email", *[line("note")] * 300)) == 300
    waiting = SimpleNamespace(started_at=None)
    assert execution_details(waiting) == []  # type: ignore[arg-type]


def sent(number: int, status: str, channel: str = "email", read: datetime | None = None) -> SimpleNamespace:
    return SimpleNamespace(
        id=str(number), status=status, channel=channel, delivered_at=[NOON, NOON + timedelta(1)], provider_id=f"p{number}",
        error_text="why" if status != "sent" else None, read=read is not None, last_read_at=read,
    )  # fmt: skip


def test_each_message_of_a_step_in_the_order_in_which_they_were_made() -> None:
    created = ("Message created", "Pending")
    refused = ("Unexpected provider error", "Failed")
    both = feed(
        "email", line("failed"), messages=[sent(2, "sent", read=NOON)], undelivered=[sent(1, "error")]
    )
    assert both == [created, refused, created, ("Message sent", "Success"), ("Message read", "Success")]
    assert feed("email", line("failed"), undelivered=[sent(1, "error")]) == [created, refused]
    assert feed("digest", line("failed"), undelivered=[sent(1, "error")])[2:] == [BRIDGE_FAILED]
    missing = {
        "email": "Subscriber missing email address",
        "sms": "Subscriber missing phone number",
        "chat": "Webhook URL for the chat channel is missing",
        "push": "Subscriber does not have a configured channel",
    }
    assert {one: feed(one, undelivered=[sent(1, "warning", one)]) for one in missing} == {
        one: [created, (said, "Failed")] for one, said in missing.items()
    }
    step = SimpleNamespace(
        id="0b01", type="email", started_at=NOON, run=SimpleNamespace(activity=[line("retry"), line("retry", text="")]),
        messages=[], undelivered=[sent(3, "error")], error_code=None, attempts=1,
    )  # fmt: skip
    about = [(one.get("providerId"), one.get("raw")) for one in execution_details(step)]  # type: ignore[arg-type]
    assert about == [
        (None, None), ("p3", '{"reason": "why"}'), ("p3", '{"reason": "why"}'), (None, '{"reason": "words"}'), (None, None),
    ]  # fmt: skip
