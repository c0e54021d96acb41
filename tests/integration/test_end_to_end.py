"""An app under test whose endpoint triggers a workflow: from the request to the message, without the cloud."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from novu_framework import Client, Step, workflow
from novu_framework.fastapi import serve
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.server import CloudServer

KEY = "test-secret"


@workflow("welcome")
async def welcome(step: Step) -> None:
    await step.in_app("hello", {"body": "Welcome!"})
    await step.delay("a-day", {"amount": 1, "unit": "days"})
    await step.email("tips", {"subject": "Tips", "body": "<p>Read the docs.</p>"})


def app_that_triggers(api_url: str | None = None) -> FastAPI:
    client = Client(secret_key=KEY, api_url=api_url, max_retries=0, timeout=120)
    app = FastAPI()
    serve(app, workflows=[welcome], client=client)

    @app.post("/signup")
    def signup(email: str) -> dict[str, str]:
        result = welcome.trigger({"subscriber_id": email, "email": email}, client=client)
        return {"transaction": result.transaction_id}

    @app.post("/signup-async")
    async def signup_async(email: str) -> dict[str, str]:
        result = await welcome.trigger_async({"subscriber_id": email, "email": email}, client=client)
        return {"transaction": result.transaction_id}

    @app.post("/signup-blocking")
    async def signup_blocking(email: str) -> dict[str, str]:
        """A mistake that many make: a blocking call on the event loop."""
        result = welcome.trigger({"subscriber_id": email, "email": email}, client=client)
        return {"transaction": result.transaction_id}

    return app


# Starlette's test client asks for a successor of httpx that we do not need.
@pytest.mark.filterwarnings("ignore:Using `httpx` with `starlette.testclient` is deprecated")
@pytest.mark.parametrize("endpoint", ["/signup", "/signup-async", "/signup-blocking"])
def test_a_signup_sends_its_messages(novu_cloud: Cloud, endpoint: str) -> None:
    from fastapi.testclient import TestClient

    app = app_that_triggers()
    novu_cloud.connect(app)

    response = TestClient(app).post(endpoint, params={"email": "ann@acme.test"})
    novu_cloud.advance(days=1)

    run = novu_cloud.triggers[0].run
    assert response.json() == {"transaction": run.transaction_id}
    assert [message.channel for message in run.messages] == ["in_app", "email"]


async def test_many_triggers_at_once_are_none_lost_and_none_doubled(novu_cloud: Cloud) -> None:
    app = app_that_triggers()
    await novu_cloud.connect_async(app)
    transport = httpx.ASGITransport(app)

    async with httpx.AsyncClient(transport=transport, base_url="http://shop.test") as client:
        await asyncio.gather(
            *(client.post("/signup-async", params={"email": f"s{n}@acme.test"}) for n in range(50))
        )

    assert sorted(message.subscriber_id for message in novu_cloud.messages) == sorted(
        f"s{n}@acme.test" for n in range(50)
    )


def test_many_threads_at_once_are_none_lost_and_none_doubled(novu_cloud: Cloud) -> None:
    novu_cloud.register(welcome)
    client = Client(secret_key=KEY)
    threads = [
        threading.Thread(target=welcome.trigger, args=(f"s{n}",), kwargs={"client": client})
        for n in range(20)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(message.subscriber_id for message in novu_cloud.messages) == sorted(
        f"s{n}" for n in range(20)
    )


@pytest.fixture
def app_in_a_server(novu: NovuSimulator) -> Iterator[str]:
    """The app under uvicorn, calling the API of a loopback server: nothing is shared but the network."""
    with CloudServer(Cloud(novu)) as cloud:
        app = app_that_triggers(cloud.url)
        server = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", loop="asyncio")
        )
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        novu.connect(f"{url}/api/novu")
        yield url
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("endpoint", ["/signup", "/signup-async"])
@pytest.mark.novu(secret_key=KEY)
def test_an_app_in_a_server_of_its_own_finds_the_run_done(
    novu: NovuSimulator, app_in_a_server: str, endpoint: str
) -> None:
    response = httpx.post(f"{app_in_a_server}{endpoint}", params={"email": "ann@acme.test"})

    assert response.status_code == 200
    assert [message.channel for message in novu.messages] == ["in_app"]


@pytest.mark.novu(secret_key=KEY)
def test_an_app_that_blocks_the_loop_of_its_own_bridge_gets_its_answer_and_the_run_goes_on(
    novu: NovuSimulator, app_in_a_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("novu_framework_testing.api.server.PATIENCE", 0.1)
    response = httpx.post(
        f"{app_in_a_server}/signup-blocking", params={"email": "ann@acme.test"}, timeout=120
    )

    assert response.status_code == 200
    [trigger] = novu.triggers
    assert response.json() == {"transaction": trigger.transaction_id}
    deadline = time.monotonic() + 120
    while not novu.messages and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [message.channel for message in novu.messages] == ["in_app"]
    assert trigger.run.step("hello").attempts == 1
