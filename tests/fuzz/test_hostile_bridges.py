"""Bridges of other processes that answer what no bridge should, one thing wrong at a time.

The simulation says what is wrong, where Novu would: to who syncs, or in the run. Nothing of it is an error of the server.
"""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import httpx
import pytest

from novu_framework import Step, workflow
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.http import ApiRequest, ApiResponse
from novu_framework_testing.bridges.process import ProcessBridge
from novu_framework_testing.bridges.url import UrlBridge
from tests.fuzz import FUZZ
from tests.fuzz.test_cloud_door import VALUES, places, replaced

KEY = "sk-of-hostile-bridges"
ACTION = {"label": "Reply", "redirect": {"url": "https://acme.test", "target": "_self"}}
OUTPUTS: dict[str, dict[str, Any]] = {
    "in_app": {"subject": "s", "body": "b", "avatar": "https://acme.test", "primaryAction": ACTION, "redirect": ACTION["redirect"], "data": {"k": 1}},
    "email": {"subject": "s", "body": "b"},
    "sms": {"body": "b"},
    "push": {"subject": "s", "body": "b"},
    "chat": {"body": "b", "card": {"type": "card", "children": []}},
    "throttle": {"type": "fixed", "amount": 1, "unit": "hours", "threshold": 5, "throttleKey": "payload.k"},
    "delay": {"type": "regular", "amount": 1, "unit": "hours"},
    "digest": {"amount": 1, "unit": "hours", "digestKey": "k", "lookBackWindow": {"amount": 1, "unit": "hours"}},
}  # fmt: skip
ANN = {
    "subscriberId": "ann", "email": "ann@acme.test", "phone": "+41",
    "channels": [{"providerId": "slack", "credentials": {"webhookUrl": "https://acme.test"}}, {"providerId": "fcm", "credentials": {"deviceTokens": ["one"]}}],
}  # fmt: skip
READS = [
    "/v2/workflows", "/v2/workflows?query=a&tags=x", "/v2/workflows/all", "/v1/notifications", "/v1/messages",
    "/v2/subscribers/ann/notifications?tags=x&severity=low&data=%7B%22k%22%3A1%7D", "/v2/subscribers/ann/preferences?criticality=all",
    "/simulation/timeline", "/v1/bridge/status",
]  # fmt: skip


@workflow("all", tags=["x"])
async def everything(step: Step) -> None:
    for kind, outputs in OUTPUTS.items():
        await getattr(step, kind)(kind, outputs)


DISCOVERY = {"workflows": asyncio.run(ProcessBridge(everything, secret_key=KEY).discover())}
ANSWERS = {
    kind: {"outputs": outputs, "providers": {}, "options": {"skip": False}}
    for kind, outputs in OUTPUTS.items()
}


def asked(monkeypatch: pytest.MonkeyPatch, discovery: Any, answers: dict[str, Any]) -> list[ApiResponse]:
    """Sync a bridge that answers this, trigger its workflow, let time pass and read everything."""

    async def send(self: UrlBridge, request: httpx.Request) -> httpx.Response:
        params = request.url.params
        answer = discovery if params["action"] == "discover" else answers.get(params.get("stepId"), {})
        return httpx.Response(200, json=answer, request=request)

    monkeypatch.setattr(UrlBridge, "send", send)
    event = {"name": "all", "to": ANN, "payload": {"k": 1}}
    posts: list[tuple[str, Any]] = [
        ("/v1/bridge/sync", {"bridgeUrl": "http://bridge.test/api/novu"}),
        ("/v1/events/trigger", event),
        ("/v1/events/trigger", event),
        ("/simulation/run-until-idle", {}),
        ("/v1/bridge/diff", {"workflows": []}),
    ]
    with NovuSimulator(secret_key=KEY) as novu:
        cloud = Cloud(novu)

        def ask(method: str, target: str, body: Any = None) -> ApiResponse:
            headers = [("authorization", f"ApiKey {KEY}")]
            content = b"" if body is None else json.dumps(body).encode()
            answer = cloud.handle(ApiRequest.parse(method, target, headers, content))
            assert answer.content
            return answer

        answered = [ask("POST", path, body) for path, body in posts] + [ask("GET", path) for path in READS]
        assert all(run.status != "running" for run in novu.runs)
    return answered


def test_the_bridge_with_nothing_wrong_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = asked(monkeypatch, DISCOVERY, ANSWERS)

    assert {answer.status for answer in answered} == {200, 201}
    assert [run["channels"] for run in answered[-6].json["data"]] == [list(OUTPUTS)] * 2


@pytest.mark.parametrize("part", ["discovery", "answers"])
def test_one_wrong_value_is_not_an_error_of_the_server(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    chance = random.Random(part)
    honest: Any = {"discovery": DISCOVERY, "answers": ANSWERS}
    paths = [path for path in places(honest) if path[:1] == (part,) and len(path) > 1]
    for path in chance.sample(paths, min(len(paths), 15 * FUZZ)):
        for wrong in chance.sample(VALUES, 1 + FUZZ // 10):
            given = replaced(honest, path, wrong)
            try:
                answered = asked(monkeypatch, **given)
            except Exception as error:
                raise AssertionError(f"{path} = {wrong!r:.200}") from error
            assert all(answer.status < 500 for answer in answered), (path, wrong)


@pytest.mark.parametrize(
    ("workflows", "said"),
    [
        ([7], "/workflows/0 must be object"),
        ([{}], "/workflows/0 must have required property 'workflowId'"),
        ([{"workflowId": "a", "tags": 7}], "/workflows/0/tags must be array"),
        ([{"workflowId": "a", "steps": [{"stepId": "s"}]}], "/workflows/0/steps/0 must have required property 'type'"),
        ([{"workflowId": "a", "preferences": {"all": {"enabled": "yes"}}}], "/workflows/0/preferences/all/enabled must be boolean"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_discovery_is_said(
    monkeypatch: pytest.MonkeyPatch, workflows: Any, said: str
) -> None:
    synced = asked(monkeypatch, {"workflows": workflows}, {})[0]

    assert synced.status == 400
    assert (
        "status 200: http://bridge.test/api/novu answered something that is not a discovery"
        in synced.json["message"]
    )
    assert said in synced.json["message"]


@pytest.mark.parametrize(
    ("kind", "outputs", "said"),
    [
        ("in_app", {"body": 7}, "/body must be string"),
        ("in_app", {"body": "b", "redirect": "https://acme.test"}, "/redirect must be object"),
        ("throttle", {"threshold": None}, "/threshold must be number"),
        ("digest", {"lookBackWindow": 7}, "/lookBackWindow must be object"),
        ("delay", {"dynamicKey": []}, "/dynamicKey must be string"),
    ],
)
def test_what_is_wrong_with_outputs_is_said_in_the_run(
    monkeypatch: pytest.MonkeyPatch, kind: str, outputs: Any, said: str
) -> None:
    answered = asked(monkeypatch, DISCOVERY, {**ANSWERS, kind: {"outputs": outputs}})

    timeline = answered[-2].json["data"]["text"]
    assert f"the bridge failed: status 200: the outputs are not those of a step {kind}: {said}" in timeline
