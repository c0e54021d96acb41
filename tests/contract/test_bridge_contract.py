"""Every recorded exchange, asked of our own bridge."""

from __future__ import annotations

import asyncio
import importlib
import json
import time
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import httpx
import pytest
import respx
from fastapi import FastAPI

from novu_framework import Client, Workflow
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.fastapi import serve
from novu_framework_testing.contract import (
    Difference,
    Exchange,
    Recording,
    Response,
    differences,
    replay_async,
)
from novu_framework_testing.contract.endpoint import parsed
from tests.tables import walked

from .workflows.described import from_description

HERE = Path(__file__).parent
RECORDINGS = {path.stem: Recording.load(path) for path in sorted((HERE / "fixtures").glob("*.json"))}
DEPARTURES: dict[str, dict[str, Any]] = json.loads((HERE / "departures.json").read_text(encoding="utf-8"))
API_URL = "http://api.novu.test"

EXCHANGES = [
    pytest.param(recording, exchange, id=f"{name}: {exchange.name}")
    for name, recording in RECORDINGS.items()
    for exchange in recording.exchanges
]


def workflows(recording: Recording) -> list[Workflow]:
    """The twins of a recording's workflows: those of its module, and those that it describes."""
    described = [from_description(description) for description in recording.described]
    try:
        module = importlib.import_module(f".workflows.{recording.name}", __package__)
    except ModuleNotFoundError:
        return described
    written: list[Workflow] = module.WORKFLOWS
    return [*written, *described]


def settings(recording: Recording) -> Client:
    return Client(
        secret_key=recording.secret_key,
        api_url=API_URL,
        strict_authentication=recording.strict_authentication,
    )


@cache
def handler(name: str) -> RequestHandler:
    recording = RECORDINGS[name]
    return RequestHandler(workflows(recording), settings(recording))


async def ask(recording: Recording, exchange: Exchange) -> Response:
    request = exchange.request
    headers = request.signed_headers(recording.secret_key, now=time.time_ns() // 1_000_000)
    answer = await handler(recording.name)(
        BridgeRequest(request.method, list(request.query), headers, request.content)
    )
    body = b"" if request.method == "HEAD" else answer.body  # which a server leaves out
    return Response(answer.status, answer.headers, parsed(body))


@walked(("recording", "exchange"), EXCHANGES)
async def test_answers_as_the_npm_package(recording: Recording, exchange: Exchange) -> None:
    answer = await (ask(recording, exchange) if exchange.api is None else ask_with_api(recording, exchange))
    found = disagreements(recording, exchange, answer)
    assert not found, "\n".join(map(str, found))


async def ask_with_api(recording: Recording, exchange: Exchange) -> Response:
    """Ask while the Novu API answers as recorded, and see that it was asked as recorded; a call that fails is tried again at once."""
    assert exchange.api is not None
    said, recorded = exchange.api.response, exchange.api.request
    at_once = partial(asyncio.sleep, 0)
    with respx.mock(base_url=API_URL) as api, patch("asyncio.sleep", lambda seconds: at_once()):
        api.route(method=recorded["method"], path=recorded["path"]).mock(
            httpx.Response(said["status"], json=said["body"])
        )
        answer = await ask(recording, exchange)
        asked = api.calls.last.request
    assert asked.headers["authorization"] == recorded["headers"]["authorization"]
    assert json.loads(asked.content) == recorded["body"]
    return answer


def disagreements(recording: Recording, exchange: Exchange, answer: Response) -> list[Difference]:
    """Where an answer is not the recorded one, or not ours where `departures.json` says why it is another."""
    departure = DEPARTURES.get(recording.name, {}).get(exchange.name)
    if departure is None:
        return differences(exchange.response, answer, made_up=exchange.made_up)
    ours = Response(departure["status"], exchange.response.headers, departure["body"])
    return differences(ours, answer)


@walked(
    ("name", "exchange", "departure"),
    [
        pytest.param(name, exchange, departure, id=f"{name}: {exchange}")
        for name, departures in DEPARTURES.items()
        for exchange, departure in departures.items()
    ],
)
def test_departures_are_from_what_is_recorded(name: str, exchange: str, departure: dict[str, Any]) -> None:
    recorded = next(one.response for one in RECORDINGS[name].exchanges if one.name == exchange)
    ours = Response(departure["status"], recorded.headers, departure["body"])
    assert departure["why"]
    assert differences(recorded, ours), "the package answers the same: this is no departure"


@cache
def app(name: str) -> FastAPI:
    recording = RECORDINGS[name]
    served = FastAPI()
    serve(served, workflows=workflows(recording), client=settings(recording))
    return served


async def send(
    app: FastAPI, method: str, query: str, headers: list[tuple[bytes, bytes]], body: bytes
) -> Response:
    """Send a request to an app as a server would, in two parts, and put its answer together."""
    parts = [(body[:7], True), (body[7:], False)]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        part, more = parts.pop(0)
        return {"type": "http.request", "body": part, "more_body": more}

    async def collect(message: Any) -> None:
        sent.append(message)

    path = "/api/novu"
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "root_path": ""}
    await app({**scope, "query_string": query.encode(), "headers": headers}, receive, collect)
    start, *bodies = sent
    answered = {name.decode(): value.decode() for name, value in start["headers"]}
    content = b"".join(message.get("body", b"") for message in bodies)
    assert method == "HEAD" or int(answered["content-length"]) == len(content)
    return Response(start["status"], answered, parsed(content))


@pytest.mark.parametrize("name", RECORDINGS)
async def test_the_fastapi_app_answers_the_same(name: str) -> None:
    recording = RECORDINGS[name]
    for exchange in recording.exchanges:
        if exchange.api is not None:  # a request on its way to another one is the handler's
            continue
        request = exchange.request
        signed = request.signed_headers(recording.secret_key, now=time.time_ns() // 1_000_000)
        headers = [(key.lower().encode(), value.encode("latin-1")) for key, value in signed.items()]
        answer = await send(app(name), request.method, urlencode(request.query), headers, request.content)
        found = disagreements(recording, exchange, answer)
        assert not found, "\n".join([exchange.name, *map(str, found)])


@pytest.mark.parametrize("name", ["protocol"])
async def test_a_replay_finds_what_the_handler_departs_in(name: str) -> None:
    report = await replay_async(RECORDINGS[name], app(name))
    assert [one for one in report.errors if one.where not in DEPARTURES.get(name, {})] == []


def test_recordings_are_enough() -> None:
    served = {workflow for recording in RECORDINGS.values() for workflow in recording.workflows}
    assert len(served) >= 60
    assert len(EXCHANGES) >= 600
