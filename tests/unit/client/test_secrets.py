"""The secret key is in no error, log, repr or traceback, whatever goes wrong, and neither is a secret of a payload."""

from __future__ import annotations

import asyncio
import json
import logging
import traceback
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic import BaseModel, SecretStr

from novu_framework import Step, workflow
from novu_framework._internal.twins import PendingCall
from novu_framework.client import Client
from novu_framework.errors import NovuApiError, NovuError
from novu_framework.triggers import trigger_event
from tests.tables import walked

from .conftest import Waits

KEY = "nv-5ecret-of-the-client"
CODE = "5ecret-of-a-payload"


class Reset(BaseModel):
    code: SecretStr
    when: Any = None


@workflow("reset")
async def reset(payload: Reset, step: Step) -> None:
    await step.sms("sms", lambda: {"body": payload.code.get_secret_value()})


class Server:
    """What answers, or fails to, in the place of Novu: it says the key that it was sent wherever it can."""

    def __init__(
        self, status: int = 0, content: bytes = b"", error: type[httpx.RequestError] | None = None
    ) -> None:
        self.status, self.content, self.error = status, content, error

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if self.error is not None:
            raise self.error(f"cannot send {request.headers['authorization']}", request=request)
        echo = {"x-echo": request.headers["authorization"], "content-type": f"text/{KEY}"}
        reason = {"reason_phrase": f"Not {KEY}".encode()}
        return httpx.Response(self.status, headers=echo, content=self.content, extensions=reason)


SAID = [
    KEY.encode(),
    json.dumps(KEY).encode(),
    json.dumps({"message": f"key {KEY}", "error": KEY, "errors": {KEY: [KEY, {"value": KEY}]}}).encode(),
    json.dumps({"message": [f"key {KEY}", KEY]}).encode(),
    json.dumps({"data": {"key": KEY}}).replace("5ecret", "\\u0035ecret").encode(),
    json.dumps({"message": KEY, "errors": KEY}).replace("-of-", "\\u002dof\\u002d").encode(),
    f"<html>{KEY * 50}</html>".encode(),
    b"",
    b"\xff" + KEY.encode(),
]
FAILURES: dict[str, Server] = {
    **{
        f"{status} {number}": Server(status, said)
        for status in (200, 201, 301, 400, 401, 404, 409, 429, 503)
        for number, said in enumerate(SAID)
    },
    **{
        error.__name__: Server(error=error)
        for error in (
            httpx.ConnectError,
            httpx.ReadTimeout,
            httpx.LocalProtocolError,
            httpx.RemoteProtocolError,
        )
    },
}
CALLS: dict[str, Callable[[Client], Any]] = {
    "trigger": lambda client: client.trigger("reset", "ann", {"code": SecretStr(CODE)}),
    "workflow": lambda client: reset.trigger("ann", Reset(code=SecretStr(CODE)), client=client),
    "bulk": lambda client: client.trigger_bulk(
        [{"workflow": reset, "to": "ann", "payload": {"code": SecretStr(CODE)}}]
    ),
    "broadcast": lambda client: client.broadcast(reset, Reset(code=SecretStr(CODE))),
    "cancel": lambda client: client.cancel("t-1"),
    "async": lambda client: asyncio.run(client.trigger_async("reset", "ann", {"code": SecretStr(CODE)})),
}


def shown(error: BaseException, *, variables: bool = True) -> str:
    """All that tools print of an error: its texts and attributes, and its traceback with the variables of the frames
    in which our code and httpx ran, which error trackers collect."""
    described = traceback.TracebackException.from_exception(error, capture_locals=variables)
    for one in chain(described):
        for frame in list(one.stack):
            if frame.filename == __file__:  # this test knows the key, and may
                one.stack.remove(frame)
    texts = ["".join(described.format()), str(error), repr(error), repr(vars(error)), repr(error.args)]
    if isinstance(error, NovuError):
        texts += [json.dumps(error.to_dict()), error.message]
    return "\n".join(texts)


def chain(described: traceback.TracebackException | None) -> list[traceback.TracebackException]:
    return (
        [] if described is None else [described, *chain(described.__cause__), *chain(described.__context__)]
    )


def test_no_error_of_a_call_shows_a_secret(caplog: pytest.LogCaptureFixture, waits: Waits) -> None:
    caplog.set_level(logging.DEBUG)
    for name, server in FAILURES.items():
        for call in CALLS.values():
            transport = httpx.MockTransport(server)
            policy = waits.policy(limit=1)
            client = Client(KEY, verbose=True, retries=policy, transport=transport, async_transport=transport)
            with pytest.raises(NovuApiError) as caught, client:
                call(client)
            error = shown(caught.value)
            for text in (error, repr(client), str(client), repr(client.retries)):
                assert "5ecret" not in text, name
    # httpx writes the reason of an answer to a log of its own, before anyone else sees it
    ours = "".join(map(repr, (vars(one) for one in caplog.records if one.name != "httpx")))
    assert "5ecret" not in ours
    assert "trying again" in ours


@walked("key", ["nv-5ecret\\of", 'nv-5ecret"of', "nv-5ecret-of-it"])
@walked("status", [200, 400])
def test_no_error_shows_a_key_as_json_writes_it_or_in_the_name_of_the_call(key: str, status: int) -> None:
    transport = httpx.MockTransport(
        lambda request: httpx.Response(status, json={"message": f"<{key}>", "a": key})
    )
    client = Client(key, strict_authentication=False, transport=transport)
    for call in (lambda: client.trigger("w", "ann"), lambda: client.cancel(key)):
        with pytest.raises(NovuApiError) as caught:
            call()
        assert "5ecret" not in shown(caught.value, variables=False)  # the id of the call is one


@pytest.mark.parametrize("key", ["5ecret-8", "5ecret-of-9"])
def test_a_key_of_eight_characters_is_a_secret(key: str) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(400, json={"message": f"<{key}>"}))
    client = Client(key, strict_authentication=False, transport=transport)
    with pytest.raises(NovuApiError) as caught, client:
        client.cancel("t")
    assert "5ecret" not in str(caught.value)


@pytest.mark.parametrize("is_cause", [True, False])
def test_no_error_below_that_of_the_connection_shows_a_secret(is_cause: bool) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        try:
            raise ValueError(request.headers["authorization"])
        except ValueError as error:
            if is_cause:
                raise httpx.ConnectError("no") from error
            raise httpx.ConnectError("no")  # noqa: B904

    client = Client(KEY, max_retries=0, transport=httpx.MockTransport(answer))
    with pytest.raises(NovuApiError) as caught, client:
        client.cancel("t")
    assert "ValueError: ApiKey" in shown(caught.value)
    assert "5ecret" not in shown(caught.value)


async def test_no_error_of_a_connection_shows_a_secret(waits: Waits) -> None:
    for url in ("http://127.0.0.1:1", "http://127.0.0.1:1/v"):
        client = Client(KEY, url, retries=waits.policy(limit=1))
        with pytest.raises(NovuApiError) as caught, client:
            client.trigger("reset", "ann", {"code": SecretStr(CODE)})
        async with client:
            with pytest.raises(NovuApiError) as awaited:
                await client.trigger_async("reset", "ann", {"code": SecretStr(CODE)})
        for error in (caught.value, awaited.value):
            assert "127.0.0.1" in str(error)
            assert "5ecret" not in shown(error)


REFUSED: dict[str, Callable[[Client], Any]] = {
    "not JSON": lambda client: client.trigger("reset", "ann", {"code": SecretStr(CODE), "when": object()}),
    "not JSON in a model": lambda client: reset.trigger(
        "ann", Reset(code=SecretStr(CODE), when=object()), client=client
    ),
    "not JSON in a bulk": lambda client: client.trigger_bulk(
        [{"name": "x", "to": "ann", "payload": {"a": SecretStr(CODE), "b": {1}, 1: {object()}}}]
    ),
    "no text": lambda client: client.trigger(
        "reset", "ann", {"code": SecretStr(CODE), "other": SecretStr("\ud800")}
    ),
    "not a payload": lambda client: reset.trigger("ann", {"code": [SecretStr(CODE)]}, client=client),
    "not a recipient": lambda client: client.trigger("reset", {"email": SecretStr(CODE)}),
    "not an event": lambda client: client.trigger_bulk([{"name": "x", "payload": {"code": SecretStr(CODE)}}]),
    "no id": lambda client: client.cancel(""),
}


@walked("call", REFUSED)
def test_no_refusal_before_a_call_shows_a_secret(call: str) -> None:
    client = Client(KEY, transport=httpx.MockTransport(Server(500)))
    with pytest.raises((TypeError, ValueError, NovuError)) as caught:
        REFUSED[call](client)
    assert "5ecret" not in shown(caught.value)


def test_a_result_and_an_event_do_not_show_a_payload() -> None:
    event = trigger_event(reset, "ann", Reset(code=SecretStr(CODE)))
    assert event["payload"]["code"] == CODE
    assert f"{event} {event!r} {[event]} {PendingCall(Client(KEY), 'POST', '/', event)}".count("5ecret") == 0


@pytest.mark.parametrize("url", ["ftp://user:5ecret@host", "user:5ecret@host//5@", "http://5ecret@"])
def test_a_url_that_cannot_be_used_is_shown_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="api_url") as caught:
        Client(KEY, url)
    assert "5ecret" not in str(caught.value)


@pytest.mark.parametrize("key", [f"{KEY}\n{KEY}", f"{KEY}é", f"\x7f{KEY}"])
def test_a_key_that_cannot_be_sent_is_not_shown(key: str) -> None:
    with pytest.raises(ValueError, match="header") as caught:
        Client(key)
    assert "5ecret" not in "".join(traceback.format_exception(caught.value))


def test_a_reason_that_quotes_the_key_is_shown_without_it() -> None:
    reason = {"reason_phrase": f"Bad key {KEY}".encode()}
    transport = httpx.MockTransport(lambda request: httpx.Response(403, extensions=reason))
    with pytest.raises(NovuApiError) as caught:
        Client(KEY, transport=transport).trigger("w", "ann")
    assert "Bad key" in str(caught.value)
    assert "5ecret" not in str(caught.value)
