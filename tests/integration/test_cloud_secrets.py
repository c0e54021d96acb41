"""The secret key is in nothing that the simulated Novu answers, logs, keeps for people to read, or prints."""

from __future__ import annotations

import json
import logging
import threading
from collections import defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import quote, unquote

import httpx
import pytest

from novu_framework import Step, agent, workflow
from novu_framework.agents import AgentContext, AgentMessage
from novu_framework_testing import NovuSimulator, UnreadFailures
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.cloud import TABLE
from novu_framework_testing.api.server import CloudServer
from novu_framework_testing.bridges import BridgeAnswer, BridgeFailure
from novu_framework_testing.simulation.failures import refuse_failed, unread_failures, unread_turns

KEY = "sk-5ecret/+of-the-cloud"
SAID: list[tuple[int, bytes]] = [
    (200, json.dumps({"workflows": KEY}).encode()),
    (200, json.dumps({"outputs": KEY}).encode()),
    (200, f"<html>{KEY}".encode()),
    (500, KEY.encode()),
    (401, json.dumps({"code": "SignatureMismatchError", "message": f"signed by {KEY}"}).encode()),
    (400, json.dumps({"code": "X", "message": KEY, "data": [{"path": KEY, "message": {KEY: [KEY]}}]}).encode()),
]  # fmt: skip


@workflow("quotes-it")
async def quotes_it(step: Step) -> None:
    async def render() -> dict[str, str]:
        raise RuntimeError(f"Authorization: ApiKey {KEY}")

    await step.sms("sms", render)


@workflow("wrong-outputs")
async def wrong_outputs(step: Step) -> None:
    await step.sms("sms", lambda: {"body": {"key": KEY}})


@workflow("names-an-output")
async def names_an_output(step: Step) -> None:
    await step.sms("sms", lambda: {"body": "Hi", KEY: 1})


@workflow("ends-the-run")
async def ends_the_run(payload: dict[str, Any], step: Step) -> None:
    if payload:
        raise KeyError(KEY)
    await step.sms("sms", {"body": "Hi"})


class Raising:
    """A bridge of somebody's own, which fails as no bridge does."""

    async def discover(self) -> list[dict[str, Any]]:
        return [{"workflowId": "raises", "steps": [{"stepId": "sms", "type": "sms"}]}]

    async def execute(self, *_: object, **__: object) -> BridgeAnswer:
        raise RuntimeError(KEY)

    def location(self, *_: object) -> None:
        return None


@pytest.fixture
def bridge() -> Iterator[tuple[str, list[tuple[int, bytes]]]]:
    """A bridge that is somebody else's: its URL, and the answers that it gives in turn."""
    answers: list[tuple[int, bytes]] = []

    class Bridge(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            status, content = answers.pop(0)
            self.send_response(status)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Bridge) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/api/novu", answers
        server.shutdown()


def test_the_key_is_nowhere_whatever_quotes_it(
    bridge: tuple[str, list[tuple[int, bytes]]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for client_of_the_test in ("httpx", "httpcore"):  # which writes the key into paths
        caplog.set_level(logging.WARNING, client_of_the_test)
    url, answers = bridge
    shown: list[str] = []
    with NovuSimulator(secret_key=KEY) as novu, CloudServer(Cloud(novu)) as server:
        novu.register(quotes_it, wrong_outputs, names_an_output, ends_the_run)
        novu.connect(Raising())

        def ask(method: str, path: str, body: Any = None, key: str | None = KEY, **headers: str) -> None:
            if key is not None:
                headers["authorization"] = f"ApiKey {key}"
            answer = client.request(method, server.url + path, json=body, headers=headers)
            shown.append(f"{method} {answer.status_code} {answer.headers} {unquote(unquote(answer.text))}")

        with httpx.Client(timeout=60) as client:
            for name in ("quotes-it", "wrong-outputs", "names-an-output", "raises", "ends-the-run"):
                event = {"name": name, "to": {"subscriberId": "ann", "phone": "+41"}, "payload": {"a": 1}}
                ask("POST", "/v1/events/trigger", event)
            discovery = json.dumps({"workflows": [{"workflowId": "theirs", "steps": [{"stepId": "sms", "type": "sms"}]}]})  # fmt: skip
            for said in SAID:
                answers[:] = [said] * 5
                ask("POST", "/v1/bridge/sync", {"bridgeUrl": url})
                ask("POST", "/v1/bridge/validate", {"bridgeUrl": url})
                answers[:] = [(200, discovery.encode()), said]
                ask("POST", "/v1/bridge/sync", {"bridgeUrl": url})
                ask(
                    "POST",
                    "/v1/events/trigger",
                    {"name": "theirs", "to": {"subscriberId": "ann", "phone": "+41"}},
                )
                answers[:] = [said] * 9
                ask("POST", "/simulation/run-until-idle")
                ask("GET", "/v1/bridge/status")
            for written in (
                KEY,
                quote(KEY, safe=""),
                quote(KEY, safe="").lower(),
                quote(quote(KEY, safe="")),
            ):
                for path in ("sync", "validate"):
                    ask("POST", f"/v1/bridge/{path}", {"bridgeUrl": f"http://127.0.0.1:1/{written}"})
            for wrong in (None, KEY[:-1], KEY):
                ask("GET", f"/v1/subscribers/{KEY}", key=wrong)
                ask("GET", f"/{KEY}?x={KEY}", key=wrong)
                ask("GET", "/v1/" + "".join(f"%{ord(letter):02X}" for letter in KEY), key=wrong)
                asked = {"access-control-request-headers": KEY, "origin": "http://localhost"}
                ask("OPTIONS", "/v1/subscribers", key=wrong, **asked)
                ask("GET", "/v1/subscribers", key=wrong, host=KEY)
                ask("GET", "/v1/subscribers", key=wrong, origin=f"https://{KEY}")
            for route in TABLE.routes:
                path = route.path.format_map(defaultdict(lambda: "x", _IDS))
                ask(route.method, path, {"name": 7, "to": 7})
                ask(route.method, path, {}, key=None)
                ask(route.method, path, {}, key=KEY[:-1])
                ask(route.method, path, {}, origin="https://evil.test")
            server.fail_next(RuntimeError(KEY))
            with pytest.raises(httpx.RemoteProtocolError):
                ask("GET", "/simulation")
        printed = [novu, server, server.cloud, server.requests, server.cloud.state]
        shown += [repr(one) for one in printed]
        shown += [novu.timeline(), *map(str, novu.activity), *map(str, novu.findings), *map(repr, novu.runs)]
        shown += [repr((step.error_code, step.error_data)) for run in novu.runs for step in run.steps]

    assert len(shown) > 4 * len(TABLE.routes)
    assert [text for text in shown if KEY in text or json.dumps(KEY)[1:-1] in text] == []
    assert KEY not in caplog.text


@agent("quotes")
async def quotes(message: AgentMessage, ctx: AgentContext) -> str:
    raise RuntimeError(f"{message.text}: {KEY}")


def test_a_failure_that_a_test_does_not_look_at_is_told_without_the_key() -> None:
    with NovuSimulator(secret_key=KEY) as novu:
        novu.register(quotes, quotes_it, wrong_outputs, ends_the_run)
        for name in ("quotes-it", "wrong-outputs", "ends-the-run"):
            novu.trigger(name, {"subscriberId": "ann", "phone": "+41"}, {"a": 1})
        conversation = novu.agent(quotes, subscriber="ann")
        conversation.say("Hello")
        told = [unread_failures(novu.triggers), unread_turns([conversation.state])]
        for compared in (novu.runs[0], conversation):
            with pytest.raises(UnreadFailures) as caught:
                refuse_failed(compared)
            told.append(caught.value)
    assert all("[secret key]" in str(error) for error in told)
    assert [error for error in told if KEY in str(error)] == []


_IDS = dict.fromkeys(("subscriberId", "identifier", "notificationId", "messageId", "transactionId", "providerId", "externalSubscriberId", "actionType"), "ann")  # fmt: skip


def test_the_message_of_a_failed_sync_is_without_the_key(
    bridge: tuple[str, list[tuple[int, bytes]]],
) -> None:
    url, answers = bridge
    for said in SAID:
        answers[:] = [said]
        with NovuSimulator(secret_key=KEY) as novu, pytest.raises(BridgeFailure) as caught:
            novu.connect(url)
        assert KEY not in f"{caught.value} {caught.value!r} {vars(caught.value)}"
