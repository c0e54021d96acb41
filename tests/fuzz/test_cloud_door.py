"""Every route of the simulated API, asked with what no honest client sends.

The answer is a success or says what is wrong (never a 500), and the simulation goes on as before.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.cloud import TABLE
from novu_framework_testing.api.http import ApiRequest, ApiResponse
from novu_framework_testing.api.routing import Route
from tests.fuzz import FUZZ
from tests.integration import workflows

KEY = "sk-of-the-door"
VALUES: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, -(10**300), 1e308, 99_999_999, "", " ", "ann", "\0", "é\u202e", "x" * 70_000, "2026-02-30T00:00:00Z",
    "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "payload.x", "http://127.0.0.1:1/api/novu", "javascript:alert(1)",
    "{{ x | y", [], [[]], [None], ["ann"], {}, {"": {}}, {"__proto__": 1}, {"subscriberId": 7}, {"amount": 1e300, "unit": "days"},
    {"type": "Topic", "topicKey": "../.."},
]  # fmt: skip
KEYS = [
    "name", "to", "payload", "overrides", "actor", "transactionId", "events", "subscriberId", "email", "phone", "locale",
    "timezone", "data", "subscribers", "key", "topicKey", "identifier", "subscriptions", "subscriberIds", "preferences",
    "channels", "enabled", "workflowId", "workflowIds", "stepId", "controlValues", "previewPayload", "bridgeUrl",
    "workflows", "variables", "days", "hours", "seconds", "to", "status", "read", "seen", "archived", "messageIds", "tags",
    "context", "agentIdentifier", "schedule", "weeklySchedule", "providerId", "credentials", "deviceTokens", "from", "limit",
    "amount", "unit", "type", "snoozeUntil", "actionType", "primary",
]  # fmt: skip
NOT_JSON = [
    b"{", b"nothing", b"NaN", b'{"days": NaN}', b'{"days": Infinity}', b'{"days": 1e999}', b'"\\ud800"', b'{"a": "\\udfff"}',
    b"\xff\xfe", b"[" * 100_000, b'{"a":' * 5_000, b"1" * 5_000, b'{"a": 1} {"b": 2}', b"\xef\xbb\xbf{}",
]  # fmt: skip
IDS = [
    "ann",
    "nobody",
    "",
    " ",
    "%00",
    "%2e%2e%2f",
    "%ff",
    "comment-notification",
    "é",
    "x" * 3_000,
    "{id}",
    "a:b",
]
QUERIES = ["", "limit=-1", "limit=1e999", "page=NaN", "offset=9" * 3, "read=maybe&tags[]=&tags[]=x", "%ff=%00", "after=x&before=y"]  # fmt: skip


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with NovuSimulator(secret_key=KEY) as novu:
        novu.register(*workflows.ALL)
        novu.trigger("comment-notification", to="ann", payload={"comment": "Hi"})
        novu.topic("post-1").add("ann")
        yield Cloud(novu)


def ask(cloud: Cloud, route: Route, content: bytes, *, id: str = "ann", query: str = "") -> ApiResponse:
    path = "/" + "/".join(id if part.startswith("{") else part for part in route.segments)
    headers = [("authorization", f"ApiKey {KEY}"), ("content-type", "application/json")]
    before = cloud.novu.now
    response = cloud.handle(ApiRequest.parse(route.method, f"{path}?{query}", headers, content))
    what = f"{route.method} {path[:80]}?{query} {content[:200]!r} -> {response.json!r:.300}"
    assert response.status < 500, what
    answer = json.loads(response.content or b"null", parse_constant=pytest.fail)
    if response.status >= 400:
        assert answer["statusCode"] == response.status, what
        assert answer["message"], what
    assert KEY not in response.content.decode(), what
    assert before <= cloud.novu.now, what
    return response


HONEST = {"name": "comment-notification", "to": "ann", "payload": {"comment": "Hi"}}


def bodies(key: str, wrong: Any) -> list[dict[str, Any]]:
    """Return honest bodies but for one value, at each place where a body of some route has keys."""
    ann = {"subscriberId": "ann", key: wrong}
    return [
        {key: wrong},
        {**HONEST, key: wrong},
        ann,
        {**HONEST, "to": ann},
        {**HONEST, "actor": ann},
        {**HONEST, "overrides": {key: wrong}},
        {**HONEST, "overrides": {"email": {key: wrong}, "steps": {"email": {key: wrong}}}},
        {"events": [{**HONEST, key: wrong}]},
        {"subscribers": [ann]},
        {"channels": [{key: wrong}], **HONEST},
        {"subscriberId": "ann", "channels": [{key: wrong}]},
        {"schedule": {"isEnabled": True, key: wrong}},
        {"preferences": [{key: wrong}], "subscriptions": [{key: wrong}]},
    ]


ROUTES = [pytest.param(route, id=f"{route.method} {route.path}") for route in TABLE.routes]


@pytest.mark.parametrize("route", ROUTES)
def test_what_is_not_json_is_refused_with_the_reason(cloud: Cloud, route: Route) -> None:
    answers = [ask(cloud, route, content) for content in NOT_JSON]

    if route.method in ("POST", "PUT", "PATCH") and answers[0].status == 400:
        assert {answer.status for answer in answers} == {400}
        assert all("not valid JSON" in answer.json["message"] for answer in answers)


@pytest.mark.parametrize("route", ROUTES)
def test_no_body_is_an_error_of_the_server(cloud: Cloud, route: Route) -> None:
    chance = random.Random(f"{route.method} {route.path}")

    def value(depth: int = 0) -> Any:
        if depth > 2 or chance.random() < 0.6:
            return chance.choice(VALUES)
        if chance.random() < 0.4:
            return [value(depth + 1) for _ in range(chance.randrange(3))]
        return {chance.choice(KEYS): value(depth + 1) for _ in range(chance.randrange(1, 5))}

    for _ in range(10 * FUZZ):
        body = value() if chance.random() < 0.2 else {key: value(1) for key in chance.sample(KEYS, 5)}
        ask(cloud, route, json.dumps(body).encode(), id=chance.choice(IDS), query=chance.choice(QUERIES))
    assert cloud.novu.trigger("comment-notification", to="bob", payload={"comment": "Hi"}).run.status


@pytest.mark.parametrize("route", ROUTES)
def test_a_wrong_value_under_each_key_that_the_route_reads(cloud: Cloud, route: Route) -> None:
    if route.method == "GET":
        for query in QUERIES:
            ask(cloud, route, b"", query=query, id="comment-notification")
        return
    for key in KEYS:
        for wrong in random.Random(key).sample(VALUES, min(len(VALUES), FUZZ)):
            for body in bodies(key, wrong):
                ask(cloud, route, json.dumps(body).encode())
