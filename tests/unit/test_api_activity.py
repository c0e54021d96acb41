"""The activity feed of the API: digests, what waits, what providers say, and which runs a query finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from tests.rules.novu_api import Answer, NovuApi

NOON, NOW = datetime(2026, 1, 1, 12, tzinfo=timezone.utc), "2026-01-01T12:00:00.000Z"


@workflow("digest", payload_schema={"type": "object", "additionalProperties": True}, tags=["a"])
async def digest(payload: dict[str, Any], step: Step) -> None:
    given = (
        {"cron": "0 18 * * *"} if payload.get("timed") else {"amount": 2, "unit": "hours", "digestKey": "key"}
    )
    await step.delay("first", {"amount": 1, "unit": "hours"})
    await step.digest("collect", lambda: given)
    await step.email("mail", {"subject": "Hi", "body": "Hi"})


@workflow("bell", severity="high")
async def bell(step: Step) -> None:
    await step.in_app("bell", {"body": "Hi"})


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON) as simulator:
        simulator.register(digest, bell)
        yield simulator


@pytest.fixture
def api(sim: NovuSimulator) -> NovuApi:
    return NovuApi(sim)


def runs(api: NovuApi, query: str = "") -> list[dict[str, Any]]:
    return list(api.get(f"/v1/notifications?{query}").body["data"])


def test_a_job_is_as_old_as_the_last_thing_that_happened_to_it(sim: NovuSimulator, api: NovuApi) -> None:
    sim.trigger("digest", "ann", {"n": 1})
    (waiting,) = runs(api)
    assert [(job["status"], job["updatedAt"], len(job["executionDetails"]) > 0) for job in waiting["jobs"]] == [
        ("delayed", NOW, True), ("pending", NOW, False), ("pending", NOW, False),
    ]  # fmt: skip
    sim.advance(hours=1)
    hour = "2026-01-01T13:00:00.000Z"
    (later,) = runs(api)
    assert [job["updatedAt"] for job in later["jobs"]] == [hour, hour, NOW]
    assert [job["providerId"] for job in later["jobs"]] == ["novu"] * 3
    assert later["updatedAt"] == hour
    sim.advance(minutes=1)
    assert runs(api)[0]["updatedAt"] == "2026-01-01T13:01:00.000Z"  # it goes on
    sim.run_until_idle()
    (done,) = runs(api)
    assert done["updatedAt"] == "2026-01-01T15:00:00.000Z"
    assert done["channels"] == ["delay", "digest", "email"]


def test_a_digest_says_what_it_collected_and_those_that_joined_say_where(
    sim: NovuSimulator, api: NovuApi
) -> None:
    for number in range(2):
        sim.trigger("digest", {"subscriberId": "ann", "email": "ann@acme.test"}, {"n": number, "key": "x"})
    sim.run_until_idle()
    joined, first = runs(api)
    shown = {"type": "regular", "amount": 2, "unit": "hours", "digestKey": "key"}
    assert first["jobs"][1]["digest"] == {**shown, "events": [{"n": 0, "key": "x"}, {"n": 1, "key": "x"}]}
    assert ("digest" in first["jobs"][0], "digest" in first["jobs"][2]) == (False, False)
    assert (joined["_digestedNotificationId"], "_digestedNotificationId" in first) == (first["_id"], False)
    sim.trigger("digest", "bob", {"timed": True})
    sim.run_until_idle()
    assert runs(api)[0]["jobs"][1]["digest"] == {
        "type": "timed", "timed": {"cronExpression": "0 18 * * *"}, "events": [{"timed": True}],
    }  # fmt: skip


def test_what_is_gone_is_not_shown_with_a_run(sim: NovuSimulator, api: NovuApi) -> None:
    sim.topics.upsert("t").subscribe(sim.subscriber("ann").subscriber_id)
    sim.trigger("bell", {"type": "Topic", "topicKey": "t"})
    (shown,) = runs(api)
    assert (shown["subscriber"]["subscriberId"], shown["template"]["name"], shown["critical"]) == (
        "ann",
        "bell",
        False,
    )
    assert shown["topics"] == [{"_topicId": sim.topics["t"].id, "topicKey": "t"}]
    sim.topics.remove("t")
    sim.delete_subscriber("ann")
    sim.workflows.remove("bell")
    (gone,) = runs(api)
    assert ("subscriber" in gone, "template" in gone) == (False, False)
    assert (gone["topics"], gone["to"]) == ([{"_topicId": "t", "topicKey": "t"}], {"subscriberId": "ann"})


def test_a_query_finds_the_runs_that_match_all_of_it(sim: NovuSimulator, api: NovuApi) -> None:
    sim.subscribers.upsert("ann", email="ann@acme.test")
    sim.topics.upsert("t").subscribe("ann")
    sim.trigger("bell", ["ann", "bob"], transaction_id="one")
    sim.advance(hours=1)
    sim.trigger("digest", "bob", transaction_id="two", context={"shop": "a"})
    sim.trigger("bell", {"type": "Topic", "topicKey": "t"}, transaction_id="three")
    names = {one["_id"]: f"{one['transactionId']} {one['to']['subscriberId']}" for one in runs(api)}
    assert [*names.values()] == ["three ann", "two bob", "one bob", "one ann"]
    ids = {one.workflow_id: one.id for one in sim.workflows}
    found = {
        "channels=in_app": ["three ann", "one bob", "one ann"],
        "channels=in_app&channels=email": ["three ann", "two bob", "one bob", "one ann"],
        "channels=sms": [],
        "templates=digest": ["two bob"],
        f"templates={ids['bell']}&templates=digest": ["three ann", "two bob", "one bob", "one ann"],
        "emails=ann@acme.test": ["three ann", "one ann"],
        "subscriberIds=bob": ["two bob", "one bob"],
        "severity=high": ["three ann", "one bob", "one ann"],
        "severity=high&severity=none": ["three ann", "two bob", "one bob", "one ann"],
        "transactionId=one": ["one bob", "one ann"],
        "transactionId=": ["three ann", "two bob", "one bob", "one ann"],
        "topicKey=t": ["three ann"],
        "contextKeys=shop:a": ["two bob"],
        "contextKeys=": ["three ann", "one bob", "one ann"],
        "search=two": ["two bob"],
        "search=bob": ["two bob", "one bob"],
        "search=ann@acme.test": ["three ann", "one ann"],
        "search=acme": [],
        "after=2026-01-01T13:00:00Z": ["three ann", "two bob"],
        "after=2026-01-01T13:00:01Z": [],
        "before=2026-01-01T12:00:00Z": ["one bob", "one ann"],
        "before=2026-01-01T11:59:59Z": [],
        "subscriberIds=bob&severity=high": ["one bob"],
        "limit=1&page=1": ["two bob"],
    }
    assert {query: [names[one["_id"]] for one in runs(api, query)] for query in found} == found
    wrong = {
        "severity=high&severity=huge": "severity must be one of the following values: high, medium, low, none",
        "after=soon": "after must be a valid ISO 8601 date string",
        "before=soon": "before must be a valid ISO 8601 date string",
        "limit=51": "limit must not be greater than 50",
    }
    assert {query: api.messages("GET", f"/v1/notifications?{query}") for query in wrong} == {
        query: [said] for query, said in wrong.items()
    }
    assert len(runs(api, "limit=50")) == 4
    unknown = "4e0000000000000000000099"
    missing = api.get(f"/v1/notifications/{unknown}")
    assert (missing.status, missing.body["message"]) == (404, f"Notification not found for id: {unknown}")
    assert api.messages("GET", "/v1/notifications/x") == ["notificationId must be a mongodb id"]


def test_what_providers_say_is_taken_in_novus_words(sim: NovuSimulator, api: NovuApi) -> None:
    one = sim.integrations.add("sendgrid", "email")
    path = f"/v2/inbound-webhooks/delivery-providers/e/{one.id}"
    said: list[tuple[dict[str, Any], str, str]] = [
        ({"event": "open", "id": 7}, "7", "opened"),
        ({"event": "click", "messageId": "a"}, "a", "clicked"),
        ({"event": "bounce", "MessageID": "a"}, "a", "bounced"),
        ({"event": "processed", "sg_message_id": "a"}, "a", "sent"),
        ({"event": "spamreport", "id": "", "messageId": "a"}, "a", "spam"),
        ({"status": "unsubscribe"}, "", "unsubscribed"),
        ({"type": "dropped"}, "", "dropped"),
        ({"event": "open", "status": "click", "type": "x"}, "", "opened"),
        ({"status": "click", "type": "x"}, "", "clicked"),
        ({}, "", "delivered"),
    ]
    rows = [str(event).replace("'", '"') for event, _, _ in said]
    assert api.post(path, [event for event, _, _ in said]) == Answer(
        200,
        [
            {"id": message, "event": {"status": status, "date": NOW, "row": row}}
            for (_, message, status), row in zip(said, rows, strict=True)
        ],
    )
    alone = {"id": "1", "event": {"status": "opened", "date": NOW, "row": '{"event": "open", "id": 1}'}}
    assert api.post(path, {"event": "open", "id": 1}).body == [alone]
    bodies: list[Any] = [None, [], ["x", 1, {}], [[]]]
    assert [len(api.post(path, body).body) for body in bodies] == [1, 0, 1, 0]
    missing = api.post("/v2/inbound-webhooks/delivery-providers/e/none", {})
    assert (missing.status, missing.body["message"]) == (404, "Entity with id none not found")
