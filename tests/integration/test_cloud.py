"""What both doors of the API have in common: keys, refusals, idempotency, the clock over HTTP."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from novu_framework import Step, workflow
from novu_framework_testing import FindingError, NovuSimulator
from novu_framework_testing.api import ApiRequest, ApiResponse, Cloud
from novu_framework_testing.api.cloud import TABLE
from novu_framework_testing.api.mock import MockedCloud
from novu_framework_testing.api.server import CloudServer
from novu_framework_testing.simulation.clock import iso

WORKFLOW = "comment-notification"
NOT_PUBLIC = {"ids", "lock", "loops", "world"}
EVENT = {"name": WORKFLOW, "to": "ann", "payload": {"comment": "Hi"}}


@pytest.fixture
def client(door: tuple[Cloud, str], novu: NovuSimulator) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"ApiKey {novu.secret_key}"}
    with httpx.Client(base_url=door[1], headers=headers) as client:
        yield client


def test_the_doors_have_all_that_the_simulator_has(novu: NovuSimulator) -> None:
    names = {name for name in dir(novu) if not name.startswith("_")} - NOT_PUBLIC
    cloud = Cloud(novu)

    for door in (cloud, CloudServer(cloud)):
        assert {name for name in names if getattr(door, name) != getattr(novu, name)} == set()
        assert not hasattr(door, "registr")
        assert names <= set(dir(door))
        assert "_reported" in vars(novu)
        assert "_reported" not in dir(door)
        assert not hasattr(door, "_reported")
    assert inspect.iscoroutinefunction(cloud.advance_async)
    assert inspect.signature(cloud.trigger) == inspect.signature(novu.trigger)


def test_a_created_thing_is_a_201_with_its_data(client: httpx.Client) -> None:
    response = client.post("/v2/subscribers", json={"subscriberId": "ann", "data": {"plan": "pro"}})

    assert response.status_code == 201
    assert response.json()["data"]["subscriberId"] == "ann"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (None, "Missing authorization header"),
        ("ApiKey wrong", "API Key not found"),
        ("Bearer test-secret", 'Invalid authentication scheme: "Bearer"'),
    ],
)
def test_a_request_without_the_key_is_a_401(
    door: tuple[Cloud, str], header: str | None, message: str
) -> None:
    headers = {} if header is None else {"Authorization": header}

    response = httpx.post(f"{door[1]}/v1/events/trigger", json=EVENT, headers=headers)

    assert response.status_code == 401
    assert response.json()["message"] == message
    assert door[0].triggers == []


@pytest.mark.parametrize(
    "key",
    [
        None,
        "ApiKey",
        "ApiKey wrong",
        "ApiKey test-secre",
        "ApiKey test-secret!",
        "ApiKey \ud800",
        "test-secret",
        "Bearer test-secret",
        "Bearer a.b.c",
    ],
)
def test_every_route_needs_the_key_or_a_token(novu: NovuSimulator, key: str | None) -> None:
    cloud = Cloud(novu)
    headers = [] if key is None else [("Authorization", key)]

    for route in TABLE.routes:
        if route.path in ("/v1/inbox/session", "/") or route.path.startswith("/page/"):  # no secret in them
            continue
        request = ApiRequest.parse(route.method, route.path, headers, b'{"bridgeUrl": "http://127.0.0.1:1"}')
        assert (route.path, cloud.handle(request).status) == (route.path, 401)


def test_a_route_that_the_simulation_does_not_have_is_a_404_that_says_so(client: httpx.Client) -> None:
    response = client.get("/v2/widgets")
    other_method = client.put("/v2/topics")

    assert response.status_code == other_method.status_code == 404
    assert (
        response.json()["message"] == "Cannot GET /v2/widgets: the simulated Novu does not have this route."
    )
    assert other_method.json()["message"].endswith("It has GET, POST for this path.")


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        ({}, ["name should not be null or undefined", "name must be a string", "to should not be null or undefined"]),
        ({**EVENT, "payload": "text"}, ["payload must be an object"]),
        ({**EVENT, "transactionId": 7}, ["transactionId must be a string"]),
        ({**EVENT, "to": ["ann"] * 101}, ["to must contain no more than 100 elements"]),
        ([EVENT], ["the body must be an object"]),
        ({**EVENT, "actor": {"subscriberId": "ann", "email": "ann"}}, ["actor.email must be an email"]),
        ({**EVENT, "context": {"tenant": ""}}, ["Invalid context payload structure. Expected object with context types as keys and string IDs or {id, data} objects as values"]),
        ({**EVENT, "bridgeUrl": "http://[::1"}, ["bridgeUrl must be a URL address"]),
    ],
)  # fmt: skip
def test_a_trigger_that_is_not_one_is_a_422_with_messages(
    client: httpx.Client, door: tuple[Cloud, str], body: Any, messages: list[str]
) -> None:
    response = client.post("/v1/events/trigger", json=body)

    assert response.status_code == 422
    answer = response.json()
    assert (answer["statusCode"], answer["message"], answer["path"]) == (
        422,
        "Validation Error",
        "/v1/events/trigger",
    )
    assert answer["errors"]["general"]["messages"] == messages
    assert door[0].triggers == []


def test_no_event_at_all_is_refused(client: httpx.Client) -> None:
    response = client.post("/v1/events/trigger/bulk", json={"events": []})

    assert response.json()["errors"]["events"]["messages"] == ["events should not be empty"]


def test_more_than_a_hundred_events_are_refused(client: httpx.Client) -> None:
    response = client.post("/v1/events/trigger/bulk", json={"events": [EVENT] * 101})

    assert response.status_code == 422
    assert response.json()["errors"]["events"]["messages"] == [
        "events must contain no more than 100 elements"
    ]


def test_a_body_that_is_not_json_is_a_400(client: httpx.Client) -> None:
    response = client.post("/v1/events/trigger", content=b"{", headers={"content-type": "application/json"})

    assert response.status_code == 400
    assert "not valid JSON" in response.json()["message"]


def test_an_idempotency_key_is_answered_once(client: httpx.Client, novu: NovuSimulator) -> None:
    headers = {"Idempotency-Key": "k1"}
    first = client.post("/v1/events/trigger", json=EVENT, headers=headers)
    again = client.post("/v1/events/trigger", json=EVENT, headers=headers)
    other = client.post("/v1/events/trigger", json={**EVENT, "to": "bob"}, headers=headers)

    assert first.json() == again.json()
    assert (first.headers.get("idempotency-replay"), again.headers["idempotency-replay"]) == (None, "true")
    assert other.status_code == 422
    assert other.json()["message"] == 'Request with key "k1" is being reused for a different body'
    assert other.headers["link"].startswith("https://docs.novu.co/")
    assert len(novu.triggers) == 1


async def test_an_idempotency_key_that_is_in_use_is_a_409(novu: NovuSimulator) -> None:
    @workflow("slow")
    async def slow(step: Step) -> None:
        async def render() -> dict[str, str]:
            for _ in range(100):
                await asyncio.sleep(0)
            return {"body": "At last"}

        await step.in_app("message", render)

    novu.register(slow)
    headers = {"Authorization": f"ApiKey {novu.secret_key}", "Idempotency-Key": "k1"}
    url, event = "https://api.novu.co/v1/events/trigger", {"name": "slow", "to": "ann"}
    with MockedCloud(Cloud(novu)):
        async with httpx.AsyncClient(headers=headers) as client:
            answers = await asyncio.gather(client.post(url, json=event), client.post(url, json=event))

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    [busy] = [answer for answer in answers if answer.status_code == 409]
    assert busy.headers["retry-after"] == "1"
    assert len(novu.triggers) == 1


def test_a_refusal_is_remembered_for_its_idempotency_key_too(
    client: httpx.Client, novu: NovuSimulator
) -> None:
    event = {"name": "later", "to": "ann"}
    refused = client.post("/v1/events/trigger", json=event, headers={"Idempotency-Key": "k1"})
    again = client.post("/v1/events/trigger", json=event, headers={"Idempotency-Key": "k1"})

    assert refused.status_code == again.status_code == 422
    assert again.headers["idempotency-replay"] == "true"


def test_an_idempotency_key_of_a_web_page_is_ignored(client: httpx.Client) -> None:
    session = {"applicationIdentifier": "shop", "subscriberId": "ann"}
    for _ in range(2):
        answer = client.post("/v1/inbox/session", json=session, headers={"Idempotency-Key": "k1"})
        assert answer.status_code == 201
        assert "idempotency-replay" not in answer.headers


def test_an_idempotency_key_is_forgotten_after_a_day(client: httpx.Client, novu: NovuSimulator) -> None:
    counts = []
    for distance in (timedelta(0), timedelta(hours=24, seconds=-1), timedelta(seconds=1)):
        novu.advance(distance)
        client.post("/v1/events/trigger", json=EVENT, headers={"Idempotency-Key": "k1"})
        counts.append(len(novu.triggers))

    assert counts == [1, 1, 2]


@pytest.mark.parametrize(
    ("query", "status"),
    [("limit=0", 422), ("limit=1", 200), ("limit=100", 200), ("limit=101", 422), ("limit=x", 422), ("limit=", 200),
     ("page=-1", 422), ("page=0", 200), ("page=1e3", 200), ("page=NaN", 422)],
)  # fmt: skip
def test_a_page_is_asked_for_by_numbers_that_it_may_have(
    client: httpx.Client, query: str, status: int
) -> None:
    answer = client.get(f"/v1/messages?{query}")

    assert answer.status_code == status
    if status == 422:
        [message] = answer.json()["errors"]["general"]["messages"]
        assert message.startswith(f"{query.partition('=')[0]} must ")


@pytest.mark.parametrize(
    ("given", "count"),
    [({}, 1), ({"tags": ["social"]}, 1), ({"tags": {"or": ["social"]}}, 1), ({"tags": ["other"]}, 0), ({"tags": []}, 1),
     ({"tags": {"and": [{"or": ["social", "other"]}]}}, 1), ({"tags": {"and": [{"or": ["social"]}, {"or": ["other"]}]}}, 0),
     ({"severity": "low"}, 1), ({"severity": ["high"]}, 0), ({"data": {"post": "1"}}, 1), ({"data": {"post": "2"}}, 0),
     ({"read": False, "seen": False, "archived": False, "snoozed": False}, 1), ({"read": True}, 0), ({"createdGte": 0}, 1),
     ({"createdLte": 0}, 0), ({"read": None}, 1),
     *[({name: wrong}, f"filters.{name} must be") for name, wrong in [
         ("read", "x"), ("seen", 1), ("archived", []), ("snoozed", {}), ("tags", 5), ("tags", "social"), ("tags", {"and": 5}), ("tags", {"and": [5]}),
         ("tags", {"and": [{"or": 5}]}), ("severity", {}), ("data", []), ("createdGte", "1"), ("createdLte", True)]]],
)  # fmt: skip
def test_notifications_are_counted_by_filters(
    client: httpx.Client, given: dict[str, Any], count: int | str
) -> None:
    client.post("/v1/events/trigger", json=EVENT)

    answer = client.get("/v2/subscribers/ann/notifications/count", params={"filters": json.dumps([given])})

    if isinstance(count, int):
        assert answer.json() == {"data": [{"count": count, "filter": given}]}
    else:
        assert answer.status_code == 422
        assert answer.json()["errors"]["general"]["messages"][0].startswith(count)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"to": "8999-12-31T00:00:00Z"}, 200),
        ({"to": "9000-01-01T00:00:00Z"}, 200),
        ({"to": "9000-01-01T00:00:01Z"}, 400),
    ],
)
def test_time_ends_before_what_waits_could_not_be_said(
    client: httpx.Client, body: dict[str, str], status: int
) -> None:
    assert client.post("/simulation/advance-to", json=body).status_code == status
    assert client.post("/v1/events/trigger", json=EVENT).status_code == 201
    assert client.post("/simulation/run-until-idle").status_code == 200


def test_what_waits_too_long_to_wait_for_it_is_said(client: httpx.Client, novu: NovuSimulator) -> None:
    @workflow("patient")
    async def patient(step: Step) -> None:
        await step.delay("two-years", {"amount": 24, "unit": "months"})

    novu.register(patient)
    client.post("/v1/events/trigger", json={"name": "patient", "to": "ann"})

    answer = client.post("/simulation/run-until-idle")
    assert answer.status_code == 409
    assert "two-years" in answer.json()["message"]


@pytest.mark.parametrize(
    ("sent_as", "hint"),
    [
        (None, ""),
        ("application/json", ""),
        ("application/merge-patch+json", ""),
        ("text/xml", " (it was sent as text/xml)"),
    ],
)
def test_a_body_is_read_as_json_whatever_it_says_to_be(
    novu: NovuSimulator, sent_as: str | None, hint: str
) -> None:
    headers = [("authorization", f"ApiKey {novu.secret_key}")] + (
        [("content-type", sent_as)] if sent_as else []
    )
    cloud = Cloud(novu)

    def answer(content: bytes) -> ApiResponse:
        return cloud.handle(ApiRequest.parse("POST", "/simulation/advance", headers, content))

    assert answer(b'{"days": 1, "days": 2}').status == 200
    assert answer(b"<days>").json["message"].endswith(f"column 1{hint}")


def test_of_very_many_idempotency_keys_the_latest_are_known(
    client: httpx.Client, novu: NovuSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("novu_framework_testing.api.idempotency.MAX_KEYS", 2)
    for key in ("k1", "k2", "k3", "k2", "k3", "k1"):
        client.post("/v1/events/trigger", json=EVENT, headers={"Idempotency-Key": key})

    assert len(novu.triggers) == 4


def test_an_answer_that_a_test_asked_for_does_not_use_up_the_idempotency_key(
    client: httpx.Client, door: tuple[Cloud, str], novu: NovuSimulator
) -> None:
    door[0].respond_next(503, json={"message": "down"}, headers={"Retry-After": "2"})
    headers = {"Idempotency-Key": "k1"}

    down = client.post("/v1/events/trigger", json=EVENT, headers=headers)
    up = client.post("/v1/events/trigger", json=EVENT, headers=headers)

    assert (down.status_code, down.headers["retry-after"], up.status_code) == (503, "2", 201)
    assert len(novu.triggers) == 1


def test_a_known_transaction_id_is_not_run_again(client: httpx.Client, novu: NovuSimulator) -> None:
    for _ in range(2):
        answer = client.post("/v1/events/trigger", json={**EVENT, "transactionId": "t1"})
        assert answer.json()["data"]["transactionId"] == "t1"

    assert len(novu.messages) == 1


def test_subscribers_that_fail_if_they_exist_do(client: httpx.Client) -> None:
    client.post("/v2/subscribers", json={"subscriberId": "ann"})

    assert client.post("/v2/subscribers?failIfExists=true", json={"subscriberId": "ann"}).status_code == 409


def test_ids_are_read_from_the_path_decoded(client: httpx.Client, novu: NovuSimulator) -> None:
    novu.subscriber("team/ann lee")

    response = client.get("/v2/subscribers/team%2Fann%20lee")

    assert response.json()["data"]["subscriberId"] == "team/ann lee"


def test_subscriptions_that_all_fail_are_a_400(client: httpx.Client) -> None:
    response = client.post("/v2/topics/post/subscriptions", json={"subscriberIds": ["nobody"]})

    assert response.status_code == 400
    assert response.json()["errors"][0]["code"] == "SUBSCRIBER_NOT_FOUND"


def test_the_clock_is_moved_over_http(client: httpx.Client, novu: NovuSimulator) -> None:
    client.post("/v1/events/trigger", json={**EVENT, "to": {"subscriberId": "ann", "email": "a@acme.test"}})
    start = novu.now

    moved = client.post("/simulation/advance", json={"hours": 5, "minutes": 59}).json()["data"]
    assert (novu.now - start, moved["messages"]) == (timedelta(hours=5, minutes=59), 1)
    moved = client.post("/simulation/run-until-idle").json()["data"]
    assert (novu.now - start, moved["messages"]) == (timedelta(hours=6), 2)
    timeline = client.get("/simulation/timeline").json()["data"]
    assert "comment-email" in timeline["text"]
    told = timeline["activity"][-1]
    assert (told["subscriberId"], told["transactionId"]) == ("ann", novu.triggers[0].transaction_id)


def test_the_simulation_says_what_time_it_is_and_how_much_there_is(
    client: httpx.Client, novu: NovuSimulator
) -> None:
    client.post("/v1/events/trigger", json={**EVENT, "to": ["ann", "bob"]})
    client.post("/v2/topics", json={"key": "post"})

    assert client.get("/simulation").json()["data"] == {
        "now": iso(novu.now),
        "workflows": [each.workflow_id for each in novu.workflows],
        "subscribers": 2,
        "topics": 1,
        "triggers": 1,
        "messages": len(novu.messages),
    }
    assert WORKFLOW in client.get("/simulation").json()["data"]["workflows"]


def test_time_is_moved_to_the_next_thing_that_waits(client: httpx.Client, novu: NovuSimulator) -> None:
    assert client.post("/simulation/advance-to", json={"to": "next"}).status_code == 409
    client.post("/v1/events/trigger", json=EVENT)
    start = novu.now

    moved = client.post("/simulation/advance-to", json={"to": "next"})
    assert (moved.status_code, novu.now - start) == (200, timedelta(hours=6))


@pytest.mark.parametrize(
    "body", [{}, {"fortnights": 1}, {"hours": "6"}, {"hours": -1}, {"days": 1e300}, {"days": 99999999}, [6]]
)
def test_time_is_not_moved_by_what_is_no_time(client: httpx.Client, novu: NovuSimulator, body: Any) -> None:
    start = novu.now

    assert client.post("/simulation/advance", json=body).status_code == 400
    assert novu.now == start


def test_time_is_moved_to_a_moment_ahead_only(client: httpx.Client, novu: NovuSimulator) -> None:
    ahead = {"to": (novu.now + timedelta(days=2)).isoformat()}

    for _ in ("ahead", "now"):
        assert client.post("/simulation/advance-to", json=ahead).status_code == 200
    for to in ("2001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "soon", None):
        assert client.post("/simulation/advance-to", json={"to": to}).status_code == 400


def test_controls_are_saved_as_the_dashboard_does(client: httpx.Client, novu: NovuSimulator) -> None:
    path = f"/v1/bridge/controls/{WORKFLOW}/comment-email"
    assert client.get(path).json() == {"data": None}

    saved = client.put(path, json={"variables": {"subject": "Edited"}}).json()["data"]

    assert saved["controls"] == {"subject": "Edited"}
    run = novu.trigger(WORKFLOW, {"subscriberId": "ann", "email": "a@acme.test"}, {"comment": "Hi"}).run
    novu.advance(hours=6)
    assert run.step("comment-email").outputs["subject"] == "Edited"


def test_requests_are_recorded_as_they_came(client: httpx.Client, door: tuple[Cloud, str]) -> None:
    client.post("/v1/events/trigger?from=test&from=again", json=EVENT)

    [request] = door[0].requests
    assert (request.method, request.path, request.query["from"]) == (
        "POST",
        "/v1/events/trigger",
        ["test", "again"],
    )
    assert request.json == EVENT
    assert json.loads(request.content) == EVENT


@pytest.mark.novu(strict=True)
def test_a_finding_of_a_strict_simulation_is_not_hidden_behind_an_answer(
    door: tuple[Cloud, str], client: httpx.Client, novu: NovuSimulator
) -> None:
    @workflow("sloppy")
    async def sloppy(step: Step) -> None:
        await step.in_app("message", {"body": "Hi", "bodi": "misspelt"})

    novu.register(sloppy)
    event = {"name": "sloppy", "to": "ann"}

    if "api.novu.co" in door[1]:  # in the process it is raised as it is
        with pytest.raises(FindingError, match="bodi"):
            client.post("/v1/events/trigger", json=event)
    else:
        response = client.post("/v1/events/trigger", json=event)
        assert response.status_code == 500
        assert "dropped `bodi`" in response.json()["message"]
