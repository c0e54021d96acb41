"""The client against a real server on loopback: what it sends, what it retries, what it never shows."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import httpx
import pytest
import respx
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from novu_framework import Step, workflow
from novu_framework.client import Client, TriggerResult, default_client
from novu_framework.errors import (
    MissingSecretKeyError,
    NovuApiError,
    NovuApiUnreachableError,
    NovuError,
    WorkflowPayloadInvalidError,
)
from novu_framework.retries import Retries

SECRET = "nv-5ecret-key"
DROP = object()
NOW = datetime(2026, 1, 1, 12, 0, 0, tzinfo=timezone.utc)


@dataclass
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Api:
    """A server that gives the answers it was told, then 201s, and remembers what it was asked."""

    url: str = ""
    answers: list[Any] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, *answers: Any) -> None:
        self.answers.extend(answers)

    @property
    def last(self) -> Any:
        return self.asked[-1].body


@pytest.fixture
def api() -> Iterator[Api]:
    state = Api()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        timeout: ClassVar[int] = 5

        def do(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, json.loads(raw) if raw else None)
            with state.lock:
                state.asked.append(asked)
                number = len(state.asked)
                answer = state.answers.pop(0) if state.answers else None
            if answer is DROP:
                self.close_connection = True
                return
            if answer is None:
                answer = (201, {}, usual_answer(asked, number))
            status, extra, content = answer
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            for name, value in extra.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = do

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield state
    server.shutdown()
    thread.join()
    server.server_close()


def usual_answer(asked: Asked, number: int) -> Any:
    if asked.method == "DELETE":
        return {"data": True}
    if asked.path.endswith("/bulk"):
        return {"data": [processed(event.get("transactionId", "?")) for event in asked.body["events"]]}
    return {"data": processed(f"txn-{number}")}


def processed(transaction_id: str) -> dict[str, Any]:
    return {"acknowledged": True, "status": "processed", "transactionId": transaction_id}


@dataclass
class Waits:
    """Pauses that were asked for, and not waited."""

    seconds: list[float] = field(default_factory=list)

    async def sleep_async(self, seconds: float) -> None:
        self.seconds.append(seconds)

    def policy(self, **changed: Any) -> Retries:
        return Retries(
            **{
                "jitter": lambda: 1.0,
                "now": NOW.timestamp,
                "sleep": self.seconds.append,
                "sleep_async": self.sleep_async,
                **changed,
            }
        )


@pytest.fixture
def waits() -> Waits:
    return Waits()


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "NOVU_SECRET_KEY",
        "NOVU_API_KEY",
        "NOVU_API_URL",
        "NOVU_BRIDGE_ORIGIN",
        "NOVU_STRICT_AUTHENTICATION_ENABLED",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def client(api: Api, waits: Waits) -> Iterator[Client]:
    with Client(SECRET, api.url, retries=waits.policy()) as client:
        yield client


class TestSettings:
    def test_come_from_the_arguments_before_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NOVU_SECRET_KEY", "from-environment")
        monkeypatch.setenv("NOVU_API_URL", "https://eu.api.novu.co/")
        assert Client().secret_key == "from-environment"
        assert Client().api_url == "https://eu.api.novu.co"
        assert Client("given", "http://127.0.0.1:3000").secret_key == "given"
        assert Client("given", "http://127.0.0.1:3000").api_url == "http://127.0.0.1:3000"

    def test_the_secret_key_falls_back_to_the_api_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NOVU_API_KEY", "api-key")
        assert Client().secret_key == "api-key"
        monkeypatch.setenv("NOVU_SECRET_KEY", "secret-key")
        assert Client().secret_key == "secret-key"

    def test_without_any_the_cloud_is_asked_and_signatures_are_required(self) -> None:
        client = Client()
        assert client.api_url == "https://api.novu.co"
        assert client.strict_authentication is True

    @pytest.mark.parametrize("development", ["development", "dev", "test"])
    def test_no_development_mode_switches_signatures_off(
        self, monkeypatch: pytest.MonkeyPatch, development: str
    ) -> None:
        monkeypatch.setenv("NODE_ENV", development)
        assert Client().strict_authentication is True

    @pytest.mark.parametrize(
        ("setting", "strict"),
        [("false", False), ("FALSE", False), ("0", False), ("true", True), ("", True), ("flase", True)],
    )
    def test_only_a_clear_no_in_the_environment_switches_signatures_off(
        self, monkeypatch: pytest.MonkeyPatch, setting: str, strict: bool
    ) -> None:
        monkeypatch.setenv("NOVU_STRICT_AUTHENTICATION_ENABLED", setting)
        assert Client().strict_authentication is strict
        assert Client(strict_authentication=not strict).strict_authentication is not strict

    def test_a_missing_key_is_an_error_that_names_the_variable(self) -> None:
        with pytest.raises(MissingSecretKeyError, match="NOVU_SECRET_KEY"):
            Client().require_secret_key()
        assert Client(SECRET).require_secret_key() == SECRET

    def test_a_missing_key_stops_a_trigger_before_anything_is_sent(self, api: Api) -> None:
        with pytest.raises(MissingSecretKeyError):
            Client(api_url=api.url).trigger("welcome", "ann")
        assert api.asked == []

    @pytest.mark.parametrize("url", ["api.novu.co", "ftp://api.novu.co", "https://", "/v1"])
    def test_an_api_url_that_is_none_is_refused(self, url: str) -> None:
        with pytest.raises(ValueError, match="NOVU_API_URL"):
            Client(SECRET, url)

    @pytest.mark.parametrize("key", ["nv-5ecret\nkey", "nv-5ecret-kéy"])
    def test_a_key_that_no_header_can_carry_is_refused_unshown(self, key: str) -> None:
        with pytest.raises(ValueError, match="header") as caught:
            Client(key)
        assert "5ecret" not in str(caught.value)

    def test_a_key_read_from_a_file_may_end_in_a_newline(self) -> None:
        assert Client(SECRET + "\n").secret_key == SECRET

    @pytest.mark.parametrize("size", [0, -1])
    def test_a_body_limit_is_above_zero(self, size: int) -> None:
        with pytest.raises(ValueError, match="max_body_bytes"):
            Client(SECRET, max_body_bytes=size)

    def test_the_secret_is_not_in_the_repr(self) -> None:
        assert SECRET not in repr(Client(SECRET)) + str(Client(SECRET)) + f"{Client(SECRET)}"

    def test_the_default_client_follows_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NOVU_SECRET_KEY", "one")
        one = default_client()
        assert (one.secret_key, default_client()) == ("one", one)
        monkeypatch.setenv("NOVU_SECRET_KEY", "two")
        assert default_client().secret_key == "two"


class TestTrigger:
    def test_sends_the_least_that_was_given(self, api: Api, client: Client) -> None:
        result = client.trigger("welcome", "ann", {"name": "Ann"})
        assert (api.asked[0].method, api.asked[0].path) == ("POST", "/v1/events/trigger")
        assert api.last == {"name": "welcome", "to": "ann", "payload": {"name": "Ann"}}
        assert api.asked[0].headers["authorization"] == f"ApiKey {SECRET}"
        assert api.asked[0].headers["content-type"] == "application/json"
        assert result == TriggerResult("txn-1", "processed", True)

    def test_sends_all_that_was_given(self, api: Api, client: Client) -> None:
        client.trigger(
            "welcome",
            "ann",
            {"name": "Änn ☃"},
            transaction_id="t-1",
            overrides={"providers": {"sendgrid": {"from_email": "a@b.c"}}},
            actor={"subscriber_id": "bob"},
            context={"tenant": "acme"},
            bridge_url="https://bridge.test/api/novu",
        )
        assert api.last == {
            "name": "welcome",
            "to": "ann",
            "payload": {"name": "Änn ☃"},
            "transactionId": "t-1",
            "overrides": {"providers": {"sendgrid": {"from_email": "a@b.c"}}},
            "actor": {"subscriberId": "bob"},
            "context": {"tenant": "acme"},
            "bridgeUrl": "https://bridge.test/api/novu",
        }

    def test_a_workflow_without_payload_sends_an_empty_one(self, api: Api, client: Client) -> None:
        client.trigger("welcome", "ann")
        assert api.last == {"name": "welcome", "to": "ann", "payload": {}}

    def test_the_bridge_of_the_environment_is_named(
        self, api: Api, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("NOVU_BRIDGE_ORIGIN", "https://tunnel.test")
        client.trigger("welcome", "ann")
        assert api.last["bridgeUrl"] == "https://tunnel.test/api/novu"
        client.trigger("welcome", "ann", bridge_url="https://mine.test/novu")
        assert api.last["bridgeUrl"] == "https://mine.test/novu"

    def test_dates_and_models_in_a_payload_are_written_as_json(self, api: Api, client: Client) -> None:
        class Post(BaseModel):
            title: str

        client.trigger("welcome", "ann", {"at": NOW, "post": Post(title="Hi"), "rate": float("nan")})
        assert api.last["payload"] == {"at": "2026-01-01T12:00:00Z", "post": {"title": "Hi"}, "rate": None}

    def test_what_is_no_json_is_an_error_before_anything_is_sent(self, api: Api, client: Client) -> None:
        with pytest.raises(TypeError, match="JSON"):
            client.trigger("welcome", "ann", {"socket": object()})
        assert api.asked == []

    def test_says_what_novu_said(self, api: Api, client: Client) -> None:
        said = {"acknowledged": True, "status": "error", "error": ["no email"], "transactionId": "t"}
        api.answer((201, {}, {"data": said}))
        result = client.trigger("welcome", "ann")
        assert (result.status, result.errors, result.data) == ("error", ("no email",), said)

    async def test_async_sends_the_same(self, api: Api, client: Client) -> None:
        async with client:
            await client.trigger_async(
                "welcome", ["ann"], {"a": 1}, transaction_id="t", overrides={"x": {}}, actor="bob"
            )
        client.trigger("welcome", ["ann"], {"a": 1}, transaction_id="t", overrides={"x": {}}, actor="bob")
        assert api.asked[0].body == api.asked[1].body
        assert api.asked[0].path == api.asked[1].path

    def test_cancel_asks_for_the_transaction(self, api: Api, client: Client) -> None:
        result = client.trigger("welcome", "ann")
        assert result.cancel() is True
        assert (api.asked[1].method, api.asked[1].path) == ("DELETE", "/v1/events/trigger/txn-1")
        api.answer((200, {}, {"data": False}))
        assert result.cancel() is False

    async def test_cancel_async_asks_the_same(self, api: Api, client: Client) -> None:
        async with client:
            result = await client.trigger_async("welcome", "ann")
            assert await result.cancel_async() is True
        assert (api.asked[1].method, api.asked[1].path) == ("DELETE", "/v1/events/trigger/txn-1")

    def test_a_transaction_id_cannot_lead_to_another_path(self, api: Api, client: Client) -> None:
        client.cancel("../subscribers?x=/1")
        assert api.asked[0].path == "/v1/events/trigger/..%2Fsubscribers%3Fx%3D%2F1"
        with pytest.raises(ValueError, match="empty"):
            client.cancel("")

    def test_broadcast_names_no_recipient(self, api: Api, client: Client) -> None:
        client.broadcast("welcome", {"a": 1}, transaction_id="t", actor="bob")
        assert api.asked[0].path == "/v1/events/trigger/broadcast"
        assert api.last == {"name": "welcome", "payload": {"a": 1}, "transactionId": "t", "actor": "bob"}

    async def test_broadcast_async_sends_the_same(self, api: Api, client: Client) -> None:
        async with client:
            await client.broadcast_async("welcome", {"a": 1}, transaction_id="t", actor="bob")
        client.broadcast("welcome", {"a": 1}, transaction_id="t", actor="bob")
        assert (api.asked[0].path, api.asked[0].body) == (api.asked[1].path, api.asked[1].body)


class Person(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)
    subscriber_id: str
    first_name: str | None = None
    email: str | None = None


class TestRecipients:
    @pytest.mark.parametrize(
        ("to", "sent"),
        [
            ("ann", "ann"),
            ({"subscriberId": "ann", "email": "a@b.c"}, {"subscriberId": "ann", "email": "a@b.c"}),
            ({"subscriber_id": "ann", "last_name": "L"}, {"subscriberId": "ann", "lastName": "L"}),
            (
                {"subscriberId": "ann", "data": {"first_name": 1}},
                {"subscriberId": "ann", "data": {"first_name": 1}},
            ),
            (Person(subscriber_id="ann", first_name="A"), {"subscriberId": "ann", "firstName": "A"}),
            ({"type": "Topic", "topicKey": "post-1"}, {"type": "Topic", "topicKey": "post-1"}),
            ({"type": "Topic", "topic_key": "post-1"}, {"type": "Topic", "topicKey": "post-1"}),
            (
                ["ann", {"subscriber_id": "bob"}, {"type": "Topic", "topicKey": "p"}],
                ["ann", {"subscriberId": "bob"}, {"type": "Topic", "topicKey": "p"}],
            ),
            (("ann", "bob"), ["ann", "bob"]),
            (
                {
                    "subscriber_id": "ann",
                    "channels": [{"provider_id": "slack", "credentials": {"webhook_url": "u"}}],
                },
                {
                    "subscriberId": "ann",
                    "channels": [{"providerId": "slack", "credentials": {"webhookUrl": "u"}}],
                },
            ),
        ],
    )
    def test_are_sent_in_the_form_of_the_api(self, api: Api, client: Client, to: Any, sent: Any) -> None:
        client.trigger("welcome", to)
        assert api.last["to"] == sent

    @pytest.mark.parametrize("to", [None, 7, "", {}, {"email": "a@b.c"}, ["ann", None], [{"type": "Topic"}]])
    def test_that_are_none_are_refused_here(self, api: Api, client: Client, to: Any) -> None:
        with pytest.raises((TypeError, ValueError), match="recipient"):
            client.trigger("welcome", to)
        assert api.asked == []

    def test_given_are_not_changed(self, client: Client) -> None:
        to = {"subscriber_id": "ann", "channels": [{"provider_id": "slack"}]}
        client.trigger("welcome", to)
        assert to == {"subscriber_id": "ann", "channels": [{"provider_id": "slack"}]}


class TestBulk:
    def events(self, count: int) -> list[dict[str, Any]]:
        return [
            {"workflow_id": "welcome", "to": f"s{n}", "payload": {"n": n}, "transaction_id": f"t{n}"}
            for n in range(count)
        ]

    @pytest.mark.parametrize(
        ("count", "sizes"), [(0, []), (1, [1]), (100, [100]), (101, [100, 1]), (250, [100, 100, 50])]
    )
    def test_is_split_at_a_hundred_in_order(
        self, api: Api, client: Client, count: int, sizes: list[int]
    ) -> None:
        results = client.trigger_bulk(self.events(count))
        assert [len(asked.body["events"]) for asked in api.asked] == sizes
        assert [result.transaction_id for result in results] == [f"t{n}" for n in range(count)]
        assert len({asked.headers["idempotency-key"] for asked in api.asked}) == len(sizes)

    async def test_async_sends_the_same(self, api: Api, client: Client) -> None:
        async with client:
            results = await client.trigger_bulk_async(self.events(101))
        assert results == client.trigger_bulk(self.events(101))
        assert [asked.body for asked in api.asked[:2]] == [asked.body for asked in api.asked[2:]]

    def test_events_may_use_the_names_of_the_api(self, api: Api, client: Client) -> None:
        client.trigger_bulk([{"name": "welcome", "to": {"subscriber_id": "ann"}, "transactionId": "t"}])
        assert api.last == {
            "events": [
                {"name": "welcome", "to": {"subscriberId": "ann"}, "payload": {}, "transactionId": "t"}
            ]
        }

    @pytest.mark.parametrize(
        "wrong",
        [{"to": "ann"}, {"name": "x"}, {"name": "x", "to": {}}, {"name": "x", "to": "a", "pyload": 1}],
    )
    def test_one_wrong_event_stops_all_and_is_named(
        self, api: Api, client: Client, wrong: dict[str, Any]
    ) -> None:
        with pytest.raises(ValueError, match="Event 120"):
            client.trigger_bulk([*self.events(120), wrong])
        assert api.asked == []

    def test_an_error_half_way_says_what_was_accepted_before(self, api: Api, client: Client) -> None:
        api.answer(None, (400, {}, {"statusCode": 400, "message": "bad event"}))
        with pytest.raises(NovuApiError, match="bad event") as caught:
            client.trigger_bulk(self.events(150))
        assert [result.transaction_id for result in caught.value.accepted] == [f"t{n}" for n in range(100)]


class Comment(BaseModel):
    text: str
    stars: int = 5


@workflow("comment")
async def comment(payload: Comment, step: Step) -> None:
    await step.in_app("inbox", {"body": payload.text})


class TestPayloadsOfWorkflows:
    """A workflow in the place of its id: its payload is validated, and goes out with its defaults."""

    def test_of_a_trigger_a_bulk_and_a_broadcast(self, api: Api, client: Client) -> None:
        client.trigger(comment, "ann", {"text": "Hi"})
        client.trigger_bulk([{"workflow": comment, "to": "ann", "payload": Comment(text="Hi")}])
        client.broadcast(comment, Comment(text="Hi"))
        bodies = [asked.body for asked in api.asked]
        assert [body["name"] for body in (bodies[0], bodies[1]["events"][0], bodies[2])] == ["comment"] * 3
        for body in (bodies[0], bodies[1]["events"][0], bodies[2]):
            assert body["payload"] == {"text": "Hi", "stars": 5}

    def test_that_do_not_fit_never_leave_the_process(self, api: Api, client: Client) -> None:
        for send in (
            lambda: client.trigger(comment, "ann", {"stars": 1}),
            lambda: client.trigger_bulk([{"workflow": comment, "to": "ann", "payload": {"text": 7}}]),
            lambda: client.broadcast(comment),
        ):
            with pytest.raises(WorkflowPayloadInvalidError):
                send()
        assert api.asked == []


class TestRetries:
    @pytest.mark.parametrize(
        "failure", [DROP, *[(status, {}, {}) for status in (408, 429, 500, 502, 503, 504)]]
    )
    def test_a_failure_on_the_way_is_tried_again_under_one_key(
        self, api: Api, client: Client, waits: Waits, failure: Any
    ) -> None:
        api.answer(failure, failure)
        assert client.trigger("welcome", "ann").transaction_id == "txn-3"
        assert waits.seconds == [0.5, 1.0]
        assert len(api.asked) == 3
        assert len({asked.headers["idempotency-key"] for asked in api.asked}) == 1
        assert len({json.dumps(asked.body) for asked in api.asked}) == 1

    async def test_async_is_tried_again_under_one_key(self, api: Api, client: Client, waits: Waits) -> None:
        api.answer(DROP, (503, {}, {}))
        async with client:
            assert (await client.trigger_async("welcome", "ann")).transaction_id == "txn-3"
        assert waits.seconds == [0.5, 1.0]
        assert len({asked.headers["idempotency-key"] for asked in api.asked}) == 1

    def test_two_triggers_have_two_keys(self, api: Api, client: Client) -> None:
        client.trigger("welcome", "ann")
        client.trigger("welcome", "ann")
        assert api.asked[0].headers["idempotency-key"] != api.asked[1].headers["idempotency-key"]

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 422, 301])
    def test_an_answer_that_would_not_change_is_not_asked_for_again(
        self, api: Api, client: Client, waits: Waits, status: int
    ) -> None:
        api.answer((status, {}, {"message": "no"}))
        with pytest.raises(NovuApiError) as caught:
            client.trigger("welcome", "ann")
        assert caught.value.status == status
        assert (len(api.asked), waits.seconds) == (1, [])

    def test_a_first_try_still_running_at_novu_is_waited_for(
        self, api: Api, client: Client, waits: Waits
    ) -> None:
        api.answer((409, {"Retry-After": "1"}, {"message": "is currently being processed"}))
        assert client.trigger("welcome", "ann").transaction_id == "txn-2"
        assert waits.seconds == [pytest.approx(1.1)]

    def test_the_tries_are_bounded_and_the_pauses_grow(self, api: Api, waits: Waits) -> None:
        api.answer(*[(500, {}, {"message": "down"})] * 9)
        with (
            Client(SECRET, api.url, retries=waits.policy(longest_pause=3.0), max_retries=5) as client,
            pytest.raises(NovuApiError, match="down") as caught,
        ):
            client.trigger("welcome", "ann")
        assert (caught.value.status, len(api.asked)) == (500, 6)
        assert waits.seconds == [0.5, 1.0, 2.0, 3.0, 3.0]

    def test_without_retries_one_failure_is_the_end(self, api: Api) -> None:
        api.answer((503, {}, {}))
        with Client(SECRET, api.url, max_retries=0) as client, pytest.raises(NovuApiError):
            client.trigger("welcome", "ann")
        assert len(api.asked) == 1

    @pytest.mark.parametrize("dice", [0.0, 0.3, 0.999])
    def test_jitter_shortens_a_pause_by_at_most_half(self, dice: float) -> None:
        policy = Retries(jitter=lambda: dice)
        for retry, full in enumerate([0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]):
            assert full / 2 <= policy.pause_before_retry(retry) <= full

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [
            ("7", 7.0),
            ("0", 0.0),
            ("Thu, 01 Jan 2026 12:00:20 GMT", 20.0),
            ("Thu, 01 Jan 2026 11:59:00 GMT", 0.0),
        ],
    )
    @pytest.mark.parametrize("status", [429, 503])
    def test_retry_after_is_honoured(
        self, api: Api, waits: Waits, header: str, seconds: float, status: int
    ) -> None:
        api.answer((status, {"Retry-After": header}, {}))
        with Client(SECRET, api.url, retries=waits.policy(jitter=lambda: 0.0)) as client:
            client.trigger("welcome", "ann")
        assert waits.seconds == [pytest.approx(seconds)]

    @pytest.mark.parametrize("header", ["", "soon", "-3", "1.5", "²", "Thu, 99 Foo 2026 25:00:00 GMT"])
    def test_a_retry_after_that_says_nothing_is_a_usual_pause(self, header: str) -> None:
        assert Retries().retry_after({"retry-after": header}) is None

    def test_a_retry_after_too_long_to_wait_for_is_reported(
        self, api: Api, client: Client, waits: Waits
    ) -> None:
        api.answer((429, {"Retry-After": "3600"}, {"message": "Too many requests"}))
        with pytest.raises(NovuApiError, match="Too many requests") as caught:
            client.trigger("welcome", "ann")
        assert (caught.value.status, caught.value.retry_after) == (429, 3600.0)
        assert waits.seconds == []

    def test_a_cancel_is_tried_again_too(self, api: Api, client: Client) -> None:
        api.answer((503, {}, {}))
        assert client.cancel("t-1") is True
        assert len(api.asked) == 2

    def test_no_server_is_an_error_that_says_so(self, waits: Waits) -> None:
        with (
            Client(SECRET, "http://user:hunter2@127.0.0.1:1", retries=waits.policy()) as client,
            pytest.raises(NovuApiUnreachableError, match=r"127\.0\.0\.1:1") as caught,
        ):
            client.trigger("welcome", "ann")
        assert "4 tries" in str(caught.value)
        assert "hunter2" not in str(caught.value)
        assert isinstance(caught.value.__cause__, httpx.ConnectError)

    def test_a_timeout_is_tried_again(self, waits: Waits) -> None:
        answers: list[Any] = [httpx.ReadTimeout("slow"), httpx.Response(201, json={"data": processed("t")})]

        def answer(request: httpx.Request) -> httpx.Response:
            given = answers.pop(0)
            if isinstance(given, Exception):
                raise given
            return given  # type: ignore[no-any-return]

        with Client(SECRET, retries=waits.policy(), transport=httpx.MockTransport(answer)) as client:
            assert client.trigger("welcome", "ann").transaction_id == "t"
        assert waits.seconds == [0.5]


class TestErrors:
    def test_carry_what_the_api_said(self, api: Api, client: Client) -> None:
        errors = {"to.email": {"messages": ["must be an email"], "value": "x"}}
        api.answer((422, {}, {"statusCode": 422, "message": "Validation Error", "errors": errors}))
        with pytest.raises(NovuError) as caught:
            client.trigger("welcome", "ann")
        error = caught.value
        assert isinstance(error, NovuApiError)
        assert (error.status, error.errors) == (422, errors)
        assert "Validation Error" in error.message
        assert "Validation Error" in str(error)
        assert "422" in str(error)

    def test_read_a_list_of_messages(self, api: Api, client: Client) -> None:
        api.answer((400, {}, {"message": ["name is empty", "to is empty"], "error": "Bad Request"}))
        with pytest.raises(NovuApiError, match="name is empty; to is empty"):
            client.trigger("welcome", "ann")

    @pytest.mark.parametrize("content", [b"<html>gateway</html>", b"", b"[]", b'"no"', b"null"])
    def test_survive_a_body_of_any_kind(self, api: Api, client: Client, content: bytes) -> None:
        api.answer((400, {}, content))
        with pytest.raises(NovuApiError, match="Bad Request"):
            client.trigger("welcome", "ann")

    def test_a_good_status_without_json_is_an_error_too(self, api: Api, client: Client) -> None:
        api.answer((200, {}, b"<html>a login page</html>"))
        with pytest.raises(NovuApiError, match="not JSON"):
            client.trigger("welcome", "ann")

    def test_never_show_the_secret(self, api: Api, client: Client, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        api.answer(
            (503, {}, {"message": f"upstream of {SECRET}"}),
            (401, {}, {"message": f"ApiKey {SECRET} is unknown", "error": SECRET}),
        )
        with pytest.raises(NovuApiError) as caught:
            client.trigger("welcome", "ann")
        shown = (
            f"{caught.value} {caught.value!r} {caught.value.to_dict()} {caught.value.message} {caplog.text}"
        )
        assert "is unknown" in shown
        assert SECRET not in shown


class TestConnections:
    def test_are_reused(self, api: Api, client: Client) -> None:
        ports = []
        original = client._calls.connections.http()._transport
        for _ in range(3):
            client.trigger("welcome", "ann")
            ports.append(str(original._pool.connections))  # type: ignore[attr-defined]
        assert ["Request Count: 3" in ports[2], len(original._pool.connections)] == [True, 1]  # type: ignore[attr-defined]

    def test_serve_several_event_loops_and_close_with_each(self, api: Api) -> None:
        client = Client(SECRET, api.url)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for _ in range(3):
                asyncio.run(self.trigger_twice(client))
            gc.collect()
        assert len(api.asked) == 6
        assert len(client._calls.connections._lanes) == 0

    @staticmethod
    async def trigger_twice(client: Client) -> None:
        await asyncio.gather(client.trigger_async("welcome", "a"), client.trigger_async("welcome", "b"))

    def test_serve_loops_of_several_threads_at_once(self, api: Api) -> None:
        client = Client(SECRET, api.url)
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(lambda _: asyncio.run(self.trigger_twice(client)), range(8)))
        assert len(api.asked) == 16
        assert len(client._calls.connections._lanes) == 0

    async def test_closed_open_again_when_used(self, api: Api) -> None:
        client = Client(SECRET, api.url)
        for _ in range(2):
            async with client:
                await client.trigger_async("welcome", "ann")
        with client:
            client.trigger("welcome", "ann")
        client.trigger("welcome", "ann")
        client.close()
        assert len(api.asked) == 4

    def test_of_a_client_that_is_gone_are_closed(self, api: Api) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            client = Client(SECRET, api.url)
            client.trigger("welcome", "ann")
            del client
            gc.collect()

    async def test_a_thousand_triggers_at_once_arrive_once_each(self) -> None:
        arrived: list[str] = []

        async def answer(request: httpx.Request) -> httpx.Response:
            await asyncio.sleep(0)
            arrived.append(json.loads(request.content)["to"])
            return httpx.Response(201, json={"data": processed(arrived[-1])})

        async with Client(SECRET, async_transport=httpx.MockTransport(answer)) as client:
            results = await asyncio.gather(
                *(client.trigger_async("welcome", f"s{n}", {"n": n}) for n in range(1000))
            )
        assert [result.transaction_id for result in results] == [f"s{n}" for n in range(1000)]
        assert sorted(arrived) == sorted(f"s{n}" for n in range(1000))

    @respx.mock
    async def test_pass_through_respx(self, respx_mock: respx.MockRouter) -> None:
        route = respx_mock.post("https://api.novu.co/v1/events/trigger").respond(
            201, json={"data": processed("t")}
        )
        client = Client(SECRET)
        assert client.trigger("welcome", "ann").transaction_id == "t"
        async with client:
            assert (await client.trigger_async("welcome", "ann")).transaction_id == "t"
        assert route.call_count == 2
        client.close()
