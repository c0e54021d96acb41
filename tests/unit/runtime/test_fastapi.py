"""The bridge inside FastAPI apps."""

from __future__ import annotations

import json

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from novu_framework import Step, signature, workflow
from novu_framework.answers import StepWarning, observed_steps
from novu_framework.fastapi import Client, novu_router, serve

from .conftest import SECRET


@workflow("w")
async def w(payload: dict, step: Step):
    await step.sms("s", lambda: {"body": payload["text"]})


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bridge")


async def execute(app: FastAPI, path: str, text: str = "hi") -> httpx.Response:
    body = json.dumps({"payload": {"text": text}, "controls": {}, "state": []}).encode()
    async with client_of(app) as http:
        return await http.post(
            path,
            params={"action": "execute", "workflowId": "w", "stepId": "s"},
            content=body,
            headers={"novu-signature": signature.sign(body, SECRET), "content-type": "application/json"},
        )


async def test_on_an_app():
    app = FastAPI()
    serve(app, workflows=[w], client=Client(secret_key=SECRET))
    response = await execute(app, "/api/novu")
    assert response.status_code == 200
    assert response.json()["outputs"] == {"body": "hi"}
    assert response.headers["novu-framework-server"] == "fastapi"


async def test_a_dropped_key_is_observed_behind_a_middleware_that_runs_the_app_in_another_task():
    @workflow("w")
    async def misspelt(step: Step):
        await step.sms("s", {"body": "x", "bodi": "x"})

    app = FastAPI()

    @app.middleware("http")
    async def through(request, call_next):
        return await call_next(request)

    serve(app, workflows=[misspelt], client=Client(secret_key=SECRET))
    with observed_steps() as observed:
        assert (await execute(app, "/api/novu")).status_code == 200
    assert observed.warnings == [StepWarning("dropped-output", "w", "s", "sms", ("bodi",))]


async def test_on_a_router_with_a_prefix():
    app, router = FastAPI(), APIRouter()
    serve(router, "/novu", workflows=[w], client=Client(secret_key=SECRET))
    app.include_router(router, prefix="/v1")
    assert (await execute(app, "/v1/novu")).status_code == 200


async def test_novu_router_included():
    app = FastAPI()
    app.include_router(novu_router(workflows=[w], client=Client(secret_key=SECRET)))
    assert (await execute(app, "/api/novu")).status_code == 200


async def test_it_is_not_in_the_openapi_schema():
    app = FastAPI()
    serve(app, workflows=[w], client=Client(secret_key=SECRET))
    assert app.openapi()["paths"] == {}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD"])
async def test_methods_that_are_not_allowed(method):
    app = FastAPI()
    serve(app, workflows=[w], client=Client(secret_key=SECRET))
    async with client_of(app) as http:
        response = await http.request(method, "/api/novu")
    assert response.status_code == 405
    assert response.headers["access-control-allow-origin"] == "*"
    if method != "HEAD":
        assert response.json()["code"] == "MethodNotAllowedError"


async def test_a_body_over_the_limit_is_refused_while_it_is_read():
    app = FastAPI()
    serve(app, workflows=[w], client=Client(secret_key=SECRET, max_body_bytes=1000))
    sent = 0

    async def endless():
        nonlocal sent
        for _ in range(1_000_000):
            sent += 100
            yield b"x" * 100

    received = []

    async def receive(parts=endless()):  # noqa: B008
        return {"type": "http.request", "body": await anext(parts), "more_body": True}

    async def send(message):
        received.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/novu",
        "raw_path": b"/api/novu",
        "root_path": "",
        "query_string": b"action=execute",
        "headers": [],
    }
    await app(scope, receive, send)
    assert received[0]["status"] == 413
    assert json.loads(received[1]["body"])["code"] == "RequestTooLargeError"
    assert sent <= 1200

    too_large = await execute(app, "/api/novu", text="x" * 2000)
    assert too_large.status_code == 413
