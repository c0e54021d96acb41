"""No part of a secret key in what quotes only the beginning of a text, nor in what an error says of the arguments of a call."""

from __future__ import annotations

import asyncio
import json
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest
from pydantic import BaseModel

from novu_framework import Client, Step, workflow
from novu_framework._internal.redaction import redaction
from novu_framework.agents import Agent
from novu_framework.errors import WorkflowPayloadInvalidError
from novu_framework.settings import shown_url
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.http import ApiRequest
from novu_framework_testing.bridges import BridgeAnswer, BridgeFailure, connect
from novu_framework_testing.contract import check_bridge
from novu_framework_testing.contract.comparison import Difference
from tests.tables import walked
from tests.unit.simulation.simulated import ScriptedBridge

KEY = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"


def quote_whole(key: str) -> str:
    return "".join(f"%{ord(letter):02x}" for letter in key)


def quote_twice(key: str) -> str:
    return quote(quote_whole(key))


def shown(text: str) -> int:
    """How many characters of the key a text has, from its beginning."""
    return max((length for length in range(1, len(KEY) + 1) if KEY[:length] in text), default=0)


def answering(status: int, body: bytes, headers: list[tuple[bytes, bytes]] = []) -> Any:  # noqa: B006
    """An app that answers everything with this."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def failure_of(status: int, body: bytes) -> str:
    try:
        asyncio.run(connect(answering(status, body), secret_key=KEY, lifespan=False).discover())
    except BridgeFailure as failure:
        return f"{failure} {failure.args} {failure.data}"
    raise AssertionError("it was taken for a discovery")


def of_answer(text: str) -> str:
    redaction.hide(KEY)
    with pytest.raises(BridgeFailure) as raised:
        BridgeAnswer.of([text])
    return str(raised.value)


def of_output(text: str) -> str:
    bridge = ScriptedBridge()
    bridge.add("w", ("delay", "d", {"dynamicKey": [text]}))
    with NovuSimulator(secret_key=KEY) as novu:
        novu.connect(bridge)
        return f"{novu.trigger('w', 'ann').run.step('d').error} {novu.timeline()}"


def of_difference(text: str) -> str:
    redaction.hide(KEY)
    return str(Difference("/a", "b", text))


def of_request(text: str) -> str:
    with NovuSimulator(secret_key=KEY) as novu:
        cloud = Cloud(novu)
        content = json.dumps({"name": text}).encode()
        cloud.handle(ApiRequest.parse("POST", "/v1/events/trigger", [], content))
        return str(cloud.state.calls)


DOORS: dict[str, Callable[[str], str]] = {
    "no discovery": lambda text: failure_of(200, json.dumps({"error": text}).encode()),
    "a discovery that is a text": lambda text: failure_of(200, json.dumps(text).encode()),
    "an error of the app": lambda text: failure_of(500, text.encode()),
    "an error of the protocol": lambda text: failure_of(400, json.dumps({"code": "X", "message": text}).encode()),
    "an answer": of_answer,
    "an output": of_output,
    "a difference": of_difference,
    "a request to the simulated Novu": of_request,
    "a health check": lambda text: str(check_bridge(answering(200, text.encode()), secret_key=KEY)),
    "a refusal": lambda text: str(check_bridge(answering(418, text.encode()), secret_key=KEY)),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_key_known_from_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_known", {})
    monkeypatch.setattr(redaction, "_secrets", ())


@walked("before", [*range(10, 120, 9), *range(130, 200, 3), *range(200, 310, 7), *range(3_900, 4_000, 9)])
@walked("door", DOORS, ids=str)
def test_a_text_is_masked_before_it_is_cut(door: str, before: int) -> None:
    assert shown(DOORS[door]("x" * before + KEY)) <= 1


class Paid(BaseModel):
    counts: dict[str, int]


@workflow("paid")
async def paid(payload: Paid, step: Step) -> None:
    await step.in_app("i", {"body": "x"})


OBJECT = object()
CALLS: dict[str, Callable[[Client], object]] = {
    "a number that JSON has not": lambda client: client.trigger("w", "ann", {KEY: float("nan")}),
    "an object": lambda client: client.trigger("w", "ann", {"a": [{KEY: OBJECT}]}),
    "a key of another kind": lambda client: client.trigger("w", "ann", {"a": {KEY: {OBJECT: 1}}}),
    "no recipient": lambda client: client.trigger("w", {KEY: 1}),
    "no recipients": lambda client: client.trigger("w", ["ann", {"type": KEY}]),
    "recipients of recipients": lambda client: client.trigger("w", [[KEY]]),
    "a payload that does not fit": lambda client: client.trigger(paid, "ann", {"counts": {KEY: "x"}}),
    "no workflow": lambda client: client.trigger([KEY], "ann"),  # type: ignore[arg-type]
    "actor": lambda client: client.trigger("w", "ann", actor={KEY: 1}),
    "overrides": lambda client: client.trigger("w", "ann", overrides={KEY: OBJECT}),
    "context": lambda client: client.trigger("w", "ann", context={KEY: OBJECT}),
    "a broadcast": lambda client: client.broadcast("w", {KEY: OBJECT}),
    "an unknown argument of a bulk": lambda client: client.trigger_bulk([{"workflow_id": "w", "to": "a", KEY: 1}]),
    "a payload of a bulk": lambda client: client.trigger_bulk([{"workflow_id": "w", "to": "a", "payload": {KEY: OBJECT}}]),
    "a recipient of a bulk": lambda client: client.trigger_bulk([{"workflow_id": "w", "to": {KEY: 1}}]),
    "no event": lambda client: client.trigger_bulk([KEY]),  # type: ignore[list-item]
    "any call": lambda client: client.request("POST", "/v1/topics", {KEY: OBJECT}),
    "a path that no URL can have": lambda client: client.request("GET", f"/v1/{KEY}\0{'x' * 70_000}"),
    "too long an id": lambda client: client.cancel(KEY + "x" * 70_000),
}  # fmt: skip


@walked("place", CALLS, ids=str)
@walked("keys", [{"secret_key": KEY}, {"secret_key": "another-secret", "previous_secret_keys": [KEY]}])
def test_what_is_refused_before_it_is_sent_does_not_say_the_key(keys: dict[str, Any], place: str) -> None:
    client = Client(**keys, api_url="http://127.0.0.1:1", max_retries=0)
    with pytest.raises((TypeError, ValueError, WorkflowPayloadInvalidError)) as raised:
        CALLS[place](client)
    error = raised.value
    while error is not None:
        assert (
            shown(f"{error} {error!r} {vars(error)} {''.join(traceback.format_exception_only(error))}") <= 1
        )
        error = error.__cause__  # type: ignore[assignment]


@walked("name", [".", ".."])
def test_an_id_that_leads_to_another_path_is_refused(name: str) -> None:
    asked: list[httpx.Request] = []
    client = Client(KEY, transport=httpx.MockTransport(lambda request: asked.append(request)))  # type: ignore[func-returns-value, arg-type, return-value]
    with pytest.raises(ValueError, match="no transaction id"):
        client.cancel(name)
    assert asked == []


@walked("made", [Client, Agent, NovuSimulator, Cloud, type(paid)])
def test_what_was_refused_while_it_was_made_has_a_repr(made: type) -> None:
    assert made.__name__ in repr(object.__new__(made))


@walked(
    "url, seen",
    [
        ("http://ci:hunter2@127.0.0.1:8000/api/novu", "http://127.0.0.1:8000/api/novu"),
        ("https://hunter2@acme.test", "https://acme.test"),
        ("https://a:hunter2:b@c@acme.test/x?token=hunter2#hunter2", "https://acme.test/x"),
        ("https://acme.test?token=hunter2", "https://acme.test"),
        ("http://[::1]:80/api/novu", "http://[::1]:80/api/novu"),
        ("http://ci:hunter2@[::1/api", "http://[::1/api"),
        ("http://ci:hunter2@127.0.0.1:99999/", "http://127.0.0.1:99999/"),
        ("ci:hunter2@acme.test/api", "acme.test/api"),
        ("acme.test/api", "acme.test/api"),
        ("", ""),
    ],
)
def test_a_url_is_shown_without_what_may_be_a_secret(url: str, seen: str) -> None:
    assert shown_url(url) == seen


@walked("secrets", [1, 40, 400])
@walked("quoted", [str, quote_whole, quote_twice])
def test_what_is_read_of_a_long_text_is_little_and_has_no_half_of_a_secret(
    quoted: Callable[[str], str], secrets: int
) -> None:
    redaction.hide(KEY)
    for before in range(0, 900, 7):
        text = "x" * before + " ".join([quoted(KEY)] * secrets) + "y" * 3_000
        said = redaction.excerpt(text, 200)
        assert len(said) <= 200
        assert shown(unquote(unquote(said))) <= 1
    assert redaction.excerpt("x" * 10_000, 200) == "x" * 200
