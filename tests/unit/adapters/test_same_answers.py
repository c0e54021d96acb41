"""Every adapter answers as FastAPI's does: status, headers and bytes."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import pytest

from novu_framework import Client, Step, SyncStep, signature, workflow
from novu_framework_testing.contract import replay_async
from tests.contract.test_bridge_contract import DEPARTURES, RECORDINGS, settings, workflows

from .apps import ADAPTERS, http_client

SECRET = "test-secret"
PREVIOUS = "previous-secret"
LIMIT = 2000
OTHERS = [
    pytest.param(name, marks=pytest.mark.slow if name.startswith("django, an async view") else ())
    for name in ADAPTERS
    if name != "fastapi"
]


@workflow("w")
async def w(payload: dict, step: Step):
    await step.sms("s", lambda: {"body": f"{payload.get('text')} é\u2028😀"})


@workflow("broken")
async def broken(payload: dict, step: Step):
    await step.sms("s", lambda: {"body": payload["missing"]})


@workflow("plain")
def plain(payload: dict, step: SyncStep):
    step.in_app("s", lambda: {"body": payload["text"]})


def event(**payload: Any) -> bytes:
    return json.dumps({"payload": payload, "controls": {}, "state": []}).encode()


EXECUTE = "action=execute&workflowId=w&stepId=s"
REQUESTS: dict[str, tuple[str, str, bytes]] = {
    "health": ("GET", "", b""),
    "discover": ("GET", "action=discover", b""),
    "code": ("GET", "action=code&workflowId=w&stepId=s", b""),
    "execute": ("POST", EXECUTE, event(text="Hällo & 100 %")),
    "execute a plain workflow": ("POST", "action=execute&workflowId=plain&stepId=s", event(text="hi")),
    "preview": ("POST", "action=preview&workflowId=w&stepId=s", event(text="hi")),
    "a step that raises": ("POST", "action=execute&workflowId=broken&stepId=s", event(text="hi")),
    "no such workflow": ("POST", "action=execute&workflowId=a%26b%20c%C3%A9&stepId=s", event()),
    "no such step": ("POST", "action=execute&workflowId=w&stepId=%2B+x", event()),
    "a parameter twice": ("POST", EXECUTE + "&action=preview&workflowId=x", event(text="hi")),
    "an empty parameter": ("POST", "action=&workflowId=w", event()),
    "no such action": ("GET", "action=nope", b""),
    "an event for an agent": ("POST", "action=agent-event&agentId=a", event()),
    **{method: (method, "action=discover", b"") for method in ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS")},
    "HEAD of the health check": ("HEAD", "", b""),
    "PUT with a body": ("PUT", EXECUTE, event()),
    "malformed JSON": ("POST", EXECUTE, b'{"payload": '),
    "not UTF-8": ("POST", EXECUTE, b'{"payload": "\xff\xfe"}'),
    "a lone surrogate": ("POST", EXECUTE, rb'{"payload": {"text": "\ud800"}}'),
    "nested too deep": ("POST", EXECUTE, b"[" * 200 + b"]" * 200),
    "no body": ("POST", EXECUTE, b""),
    "the largest body": ("POST", EXECUTE, event(text="x").ljust(LIMIT)),
    "a body too large": ("POST", EXECUTE, event(text="x").ljust(LIMIT + 1)),
    "a body much too large": ("POST", EXECUTE, b"x" * 100 * LIMIT),
    "a query too long": ("GET", "a=" + "b" * 8200, b""),
}
SIGNATURES = {
    "signed": lambda body: {signature.HEADER: signature.sign(body, SECRET)},
    "signed with the previous key": lambda body: {signature.HEADER: signature.sign(body, PREVIOUS)},
    "signed wrongly": lambda body: {signature.HEADER: signature.sign(body, "another")},
    "signed long ago": lambda body: {signature.HEADER: signature.sign(body, SECRET, now=1)},
    "unsigned": lambda body: {},
}


async def answers(name: str) -> dict[str, tuple[int, dict[str, str], bytes]]:
    """What an adapter answers to every request."""
    app = ADAPTERS[name](
        [w, plain, broken], Client(SECRET, previous_secret_keys=[PREVIOUS], max_body_bytes=LIMIT)
    )
    answered = {}
    async with http_client(name, app) as http:
        for what, (method, query, body) in REQUESTS.items():
            for how, sign in SIGNATURES.items():
                signed = sign(body if method == "POST" else b"")
                url = f"/api/novu?{query}"
                response = await http.request(method, url, content=body or None, headers=signed)
                content = re.sub(rb'"duration":[\d.e-]+', b'"duration":0', response.content)
                headers = dict(response.headers)
                assert headers.pop("novu-framework-server") == name.partition(",")[0].split()[0].replace(
                    "_", "-"
                )
                assert method == "HEAD" or int(headers.pop("content-length")) == len(response.content)
                answered[f"{what}, {how}"] = response.status_code, headers, content
    return answered


@pytest.fixture(scope="module")
def expected() -> dict[str, tuple[int, dict[str, str], bytes]]:
    return asyncio.run(answers("fastapi"))


@pytest.mark.parametrize("name", OTHERS)
async def test_it_answers_as_fastapi_does(name, expected):
    answered = await answers(name)
    for what, answer in answered.items():
        assert answer == expected[what], what
        if what.endswith(", signed"):
            assert answer == answered[f"{what} with the previous key"], what
    assert {status for status, _, _ in answered.values()} == {200, 400, 401, 404, 405, 413, 502}


@pytest.mark.parametrize("recording", ["protocol", "signatures"])
@pytest.mark.parametrize("name", OTHERS)
async def test_the_recorded_answers_hold(name, recording):
    recorded = RECORDINGS[recording]
    app = ADAPTERS[name](workflows(recorded), settings(recorded))
    report = await replay_async(recorded, app)
    assert [one for one in report.errors if one.where not in DEPARTURES.get(recording, {})] == []
