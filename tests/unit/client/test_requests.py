"""What the client is set to, what it sends, and what it gives back."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from novu_framework import Step, workflow
from novu_framework.client import Client, TriggerResult, default_client
from novu_framework.errors import (
    MissingSecretKeyError,
    NovuApiError,
    WorkflowPayloadInvalidError,
)
from novu_framework.triggers import recipient, recipients, trigger_arguments, trigger_event
from tests.tables import walked

from .conftest import NOW, SECRET, Api


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
        assert client.verbose is False

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
        for name in ("content-type", "accept"):
            assert api.asked[0].headers[name] == "application/json"
        assert api.asked[0].headers["user-agent"] == "novu-framework-python"
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

        client.trigger("welcome", "ann", {"at": NOW, "post": Post(title="Hi")})
        assert api.last["payload"] == {"at": "2026-01-01T12:00:00Z", "post": {"title": "Hi"}}

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


WIRED = {
    "subscriber_id": "subscriberId",
    "first_name": "firstName",
    "last_name": "lastName",
    "provider_id": "providerId",
    "integration_id": "integrationId",
    "integration_identifier": "integrationIdentifier",
    "webhook_url": "webhookUrl",
    "device_tokens": "deviceTokens",
}


@walked("name", WIRED)
def test_a_name_is_wired_in_a_recipient_a_channel_and_its_credentials(name: str) -> None:
    written, wired = ({"subscriberId": "ann", key: "x"} for key in (name, WIRED[name]))
    for kind in (list, tuple):
        to = {
            **written,
            "channels": kind([{**written, "credentials": {name: "x"}}, "slack", {"credentials": 7}]),
        }
        assert recipient(to) == {
            **wired,
            "channels": [{**wired, "credentials": {WIRED[name]: "x"}}, "slack", {"credentials": 7}],
        }
    assert recipient({**written, "channels": {name: "x"}}) == {**wired, "channels": {name: "x"}}


@pytest.mark.parametrize(
    ("to", "wired"),
    [
        ((one for one in ("ann", {"subscriber_id": "bob"})), ["ann", {"subscriberId": "bob"}]),
        ({"topic_key": "p"}, {"topicKey": "p", "type": "Topic"}),
        ({"topicKey": "p", "type": "topic", "subscriberId": "ann"}, {"topicKey": "p", "type": "Topic", "subscriberId": "ann"}),
        ([], []),
    ],
)  # fmt: skip
def test_recipients_are_wired_one_by_one(to: Any, wired: Any) -> None:
    assert recipients(to) == wired


@pytest.mark.parametrize(
    ("to", "kind", "said"),
    [
        (7, TypeError, "a int"),
        ([7], TypeError, "a int"),
        ([["ann"]], TypeError, "a list"),
        ("", ValueError, "empty"),
        ({"email": 1, 2: 3}, ValueError, r"\['2', 'email'\]"),
    ],
)
def test_what_cannot_be_a_recipient_is_named(to: Any, kind: type[Exception], said: str) -> None:
    with pytest.raises(kind, match=said):
        recipients(to)


@pytest.mark.parametrize(
    ("payload", "sent"), [(None, {}), ([], []), ("", ""), (0, 0), ({"a": None}, {"a": None})]
)
def test_the_payload_of_an_id_goes_out_as_it_is(payload: Any, sent: Any) -> None:
    event = trigger_event("welcome", "ann", payload, "", {}, "", {}, "")  # type: ignore[arg-type]
    assert event == {"name": "welcome", "to": "ann", "payload": sent}
    assert "ann" not in repr(event)


class TestResults:
    def test_are_equal_by_what_novu_said_of_the_trigger(self, client: Client) -> None:
        one = TriggerResult("t", "processed", True, data={"secret": 1}, client=client)
        assert one == TriggerResult("t", "processed", True)
        assert one != TriggerResult("t", "processed", True, ("no",))
        assert "secret" not in repr(one)
        assert "client" not in repr(one)
        assert TriggerResult("t", "processed", True).data == {}
        with pytest.raises(AttributeError):
            one.status = "error"  # type: ignore[misc]

    async def test_cancel_nothing_without_a_client(self) -> None:
        result = TriggerResult.of_answer({"acknowledged": True, "status": "processed", "transactionId": "t"})
        with pytest.raises(RuntimeError, match="without a client"):
            result.cancel()
        with pytest.raises(RuntimeError, match="without a client"):
            await result.cancel_async()


ARGUMENTS: dict[str, tuple[str, ...]] = {
    "workflow_id": ("name", "workflow", "workflowId"),
    "to": (),
    "payload": (),
    "transaction_id": ("transactionId",),
    "overrides": (),
    "actor": (),
    "context": (),
    "bridge_url": ("bridgeUrl",),
}


@walked("name", ARGUMENTS)
def test_an_event_of_a_bulk_takes_each_argument_by_each_of_its_names(name: str) -> None:
    for written in (name, *ARGUMENTS[name]):
        event = {"workflow_id": "w", "to": "ann", name: "x"}
        del event[name]
        assert trigger_arguments({**event, written: "x"}, 0) == {**event, name: "x"}
        if name in ("workflow_id", "to"):
            for lacks in (event, {**event, written: ""}):
                with pytest.raises(ValueError, match=rf"Event 7 .* lacks \['{name}'\]"):
                    trigger_arguments(lacks, 7)
    with pytest.raises(
        ValueError, match=r"Event 7 .* has \['too'\].*workflow_id, to, payload, transaction_id"
    ):
        trigger_arguments({"workflow_id": "w", "to": "ann", "too": 1}, 7)


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
        [
            {"to": "ann"},
            {"name": "x"},
            {"name": "x", "to": {}},
            {"name": "x", "to": 7},
            {"name": "x", "to": {"email": "a@b.c"}},
            {"name": "x", "to": "a", "pyload": 1},
        ],
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
