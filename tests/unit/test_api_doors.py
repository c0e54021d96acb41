"""The doors to the simulated API inside of a process: which requests are led to it, and what a token opens."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

import httpx
import pytest
import respx

from novu_framework_testing import Cloud, NovuSimulator
from novu_framework_testing.api.mock import MockedCloud
from novu_framework_testing.api.sessions import InboxSession, context_hash, session_of, subscriber_hash

KEY = {"authorization": "ApiKey key"}
NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
SCOPE = {"_environmentId": "e", "_organizationId": "o"}


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator(NOON, secret_key="key") as simulator:
        yield simulator


@pytest.fixture
def elsewhere() -> Iterator[respx.MockRouter]:
    """A mock of the whole network, which answers what is not led to the simulated API."""
    with respx.mock(assert_all_called=False) as router:
        router.route().respond(418)
        yield router


LED = {
    "https://api.novu.co/v2/topics": "/v2/topics",
    "https://api.novu.co:443/v2/topics?limit=2": "/v2/topics?limit=2",
    "https://eu.api.novu.co/v2/topics": "/v2/topics",
    "http://api.novu.co/v2/topics": None,
    "https://api.novu.co:444/v2/topics": None,
    "https://us.api.novu.co/v2/topics": None,
    "http://novu.test/base/v2/topics": "/v2/topics",
    "http://novu.test:80/base/v2/topics": "/v2/topics",
    "http://novu.test:81/base/v2/topics": None,
    "https://novu.test/base/v2/topics": None,
    "http://novu.test/base": None,
    "http://novu.test/basement/v2/topics": None,
    "http://novu.test/v2/topics": None,
    "http://mine.test:8080/v2/topics": "/v2/topics",
    "http://mine.test/v2/topics": None,
    "http://mine.test:9090/v2/topics": None,
}


def test_a_request_for_one_of_the_hosts_is_led_to_the_simulated_api(
    sim: NovuSimulator, elsewhere: respx.MockRouter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVU_API_URL", "http://mine.test:8080")
    cloud = Cloud(sim)
    found: dict[str, str | None] = {}
    with MockedCloud(cloud, also=["http://novu.test/base/"]) as mocked, httpx.Client(headers=KEY) as client:
        assert mocked is cloud
        for url in LED:
            cloud.requests.clear()
            answer = client.get(url)
            assert answer.status_code == (200 if cloud.requests else 418)
            (query,) = [one.query for one in cloud.requests] or [{}]
            told = "".join(f"?{name}={values[0]}" for name, values in query.items())
            found[url] = f"{cloud.requests[0].path}{told}" if cloud.requests else None
        assert client.get("https://api.novu.co/v2/topics").request.url == "https://api.novu.co/v2/topics"
    assert found == LED
    assert httpx.get("https://api.novu.co/v2/topics").status_code == 418


async def test_an_async_client_is_led_there_too_with_what_it_sends(
    sim: NovuSimulator, elsewhere: respx.MockRouter
) -> None:
    cloud = Cloud(sim)
    with MockedCloud(cloud):
        async with httpx.AsyncClient(base_url="https://api.novu.co", headers=KEY) as client:
            made = await client.post("/v2/topics", json={"key": "a"}, headers={"X-More": "b"})
            assert (made.status_code, made.json()["data"]["key"]) == (201, "a")
            assert made.headers["content-type"] == "application/json; charset=utf-8"
            assert (await client.get("https://other.test")).status_code == 418
    assert [(one.method, one.path, json.loads(one.content)) for one in cloud.requests] == [
        ("POST", "/v2/topics", {"key": "a"})
    ]
    assert cloud.requests[0].headers["x-more"] == "b"


class Counting(httpx.BaseTransport):
    """A transport of the user's own, above one of httpx."""

    def __init__(self) -> None:
        self.inner, self.count = httpx.HTTPTransport(), 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        return self.inner.handle_request(request)


def test_below_a_transport_of_ones_own_the_simulated_api_answers_as_well(sim: NovuSimulator) -> None:
    cloud, transport, other = Cloud(sim), Counting(), respx.mock(assert_all_called=False)
    other.get("https://other.test").respond(418)
    with other, MockedCloud(cloud), httpx.Client(transport=transport, headers=KEY) as client:
        made = client.post("https://api.novu.co/v2/topics", files={"f": b"x"})
        assert (made.status_code, cloud.requests[0].content[:2]) == (400, b"--")
        assert client.get("https://api.novu.co/v2/topics").json()["data"] == []
        assert client.get("https://other.test").status_code == 418
        cloud.fail_next(httpx.ReadTimeout("slow"))
        with pytest.raises(httpx.ReadTimeout, match="slow"):
            client.get("https://api.novu.co/v2/topics")
    assert (transport.count, len(cloud.requests)) == (4, 3)


def test_what_a_test_arranged_to_fail_fails_in_the_client(
    sim: NovuSimulator, elsewhere: respx.MockRouter
) -> None:
    cloud = Cloud(sim)
    with MockedCloud(cloud), httpx.Client(base_url="https://api.novu.co", headers=KEY) as client:
        for error in (httpx.ConnectTimeout("slow"), OSError("broken")):
            cloud.fail_next(error)
            with pytest.raises(type(error), match=str(error)):
                client.get("/v2/topics")
        cloud.respond_next(503, json={"a": 1}, headers={"Retry-After": "7"})
        answer = client.get("/v2/topics")
        assert (answer.status_code, answer.json(), answer.headers["retry-after"]) == (503, {"a": 1}, "7")


def test_a_mock_may_be_entered_again_and_left_alone(sim: NovuSimulator, elsewhere: respx.MockRouter) -> None:
    door = MockedCloud(Cloud(sim))
    door.__exit__(None, None, None)  # which it was not entered for
    for _ in range(2):
        with door:
            assert httpx.get("https://api.novu.co/v2/topics", headers=KEY).status_code == 200
        assert httpx.get("https://api.novu.co/v2/topics", headers=KEY).status_code == 418


# --- the token of a page ---------------------------------------------------------------------------------


def test_a_token_names_a_subscriber_and_opens_the_inbox_of_its_context(sim: NovuSimulator) -> None:
    ann = sim.subscribers.upsert("ann")
    session = InboxSession(ann, ("shop:a", "tenant:b"))
    token = session.token(sim, SCOPE)
    head, payload, _ = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split("."))
    assert json.loads(head) == {"alg": "HS256", "typ": "JWT"}
    assert json.loads(payload) == {
        "aud": "widget_user", "iss": "novu_api", "_id": ann.id, "subscriberId": "ann", "organizationId": "o", "environmentId": "e",
        "contextKeys": ["shop:a", "tenant:b"], "iat": 1767268800,
    }  # fmt: skip
    assert "=" not in token
    assert b" " not in head + payload
    assert session_of(sim, token) == session
    for number in range(5):  # of each length
        name = "x" * number + "y"
        other = InboxSession(sim.subscribers.upsert(name))
        assert session_of(sim, other.token(sim, SCOPE)) == other
        assert "=" not in other.token(sim, SCOPE)


def test_no_other_token_opens_an_inbox(sim: NovuSimulator) -> None:
    ann = sim.subscribers.upsert("ann")
    token = InboxSession(ann).token(sim, SCOPE)
    wrong = ["", ".", "a.b.c", token[:-1], f"{token}=", f"x{token}", "\ud83d", token.replace(".", ".x", 1)]
    assert [session_of(sim, one) for one in wrong] == [None] * len(wrong)
    with NovuSimulator(secret_key="other") as other:
        other.subscribers.upsert("ann")
        assert session_of(other, token) is None
    sim.delete_subscriber("ann")
    assert session_of(sim, token) is None
    sim.subscribers.upsert("ann")  # another one of that name
    assert session_of(sim, token) is None


def test_hashes_prove_that_a_server_with_the_key_said_it() -> None:
    assert subscriber_hash("key", "ann") == "9d77c3180ff81edfbc099a7e91843e415e1f4b0e1aa641c00fba6bd4b0d4dd91"
    assert subscriber_hash("key", "\ud83d") == subscriber_hash("key", "?")
    context: dict[str, Any] = {"tenant": {"id": "ü", "data": {}}, "app": "x"}
    text = '{"app":"x","tenant":{"data":{},"id":"ü"}}'
    assert context_hash("key", context) == subscriber_hash("key", text) != subscriber_hash("other", text)
