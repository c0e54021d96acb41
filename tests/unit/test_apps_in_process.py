"""An app of this process lives as it does under its server: its lifespan runs, and its own checks let requests through."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import pytest
from fastapi import FastAPI, Request, Response
from litestar import Litestar
from litestar.config.allowed_hosts import AllowedHostsConfig
from starlette.middleware.httpsredirect import HTTPSRedirectMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from novu_framework import Step, SyncStep, workflow
from novu_framework.asgi import BridgeEndpoint
from novu_framework.fastapi import Client, serve
from novu_framework_testing import BridgeFailure, NovuSimulator
from novu_framework_testing._internal.loops import Loops
from novu_framework_testing.bridges.client import BridgeClient
from novu_framework_testing.bridges.hosts import base_url_of
from novu_framework_testing.contract import check_bridge
from tests.tables import walked

KEY = "test-secret"
ANN = {"subscriberId": "ann", "email": "ann@acme.test"}


class Shop:
    """An app with a pool, which belongs to the loop that it was opened on."""

    def __init__(self, **kwargs: Any) -> None:
        self.log: list[str] = []
        self.loops: list[asyncio.AbstractEventLoop] = []
        self.app = FastAPI(lifespan=self.lifespan, **kwargs)

        @workflow("ask")
        async def ask(step: Step) -> None:
            async def body() -> dict[str, str]:
                assert self.app.state.pool is asyncio.get_running_loop()
                return {"body": "asked"}

            await step.in_app("note", body)

        @self.app.middleware("http")
        async def pooled(request: Request, call_next: Any) -> Response:
            assert request.state.pool is asyncio.get_running_loop()
            return await call_next(request)

        serve(self.app, workflows=[ask], client=Client(secret_key=KEY))

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        async with anyio.create_task_group() as group:  # which only the task that opened it may close
            group.start_soon(anyio.sleep_forever)
            self.log.append("start")
            self.loops.append(asyncio.get_running_loop())
            app.state.pool = asyncio.get_running_loop()
            yield {"pool": app.state.pool}
            assert app.state.pool is asyncio.get_running_loop()
            self.log.append("stop")
            group.cancel_scope.cancel()


def test_a_lifespan_starts_with_the_first_request_and_stops_with_the_simulation() -> None:
    shop = Shop()
    with NovuSimulator(secret_key=KEY) as novu:
        novu.connect(shop.app)
        assert shop.log == ["start"]
        assert novu.trigger("ask", ANN).run.status == "completed"
        assert shop.log == ["start"]
    assert shop.log == ["start", "stop"]


def test_bridges_to_one_app_share_its_lifespan() -> None:
    shop = Shop()
    with NovuSimulator(secret_key=KEY) as novu, BridgeClient(shop.app, secret_key=KEY) as bridge:
        novu.connect(shop.app)
        assert bridge.discover()["workflows"][0]["workflowId"] == "ask"
        bridge.close()
        assert novu.trigger("ask", ANN).run.status == "completed"
        assert shop.log == ["start"]
    assert shop.log == ["start", "stop"]


def test_in_an_async_test_it_moves_to_the_loop_of_the_test() -> None:
    shop = Shop()

    async def test(novu: NovuSimulator) -> None:
        assert (await novu.trigger_async("ask", ANN)).run.status == "completed"
        assert novu.trigger("ask", ANN).run.status == "completed"
        assert shop.loops[-1] is asyncio.get_running_loop()

    with NovuSimulator(secret_key=KEY) as novu:  # as a fixture
        novu.connect(shop.app)
        asyncio.run(test(novu))
        assert shop.log == ["start", "stop", "start", "stop"]  # the end of a loop ends what lives on it
    assert shop.log == ["start", "stop", "start", "stop"]


async def test_an_async_simulation_stops_it_on_the_loop_of_the_test() -> None:
    shop = Shop()
    async with NovuSimulator(secret_key=KEY) as novu:
        await novu.connect_async(shop.app)
    assert shop.log == ["start", "stop"]
    async with BridgeClient(shop.app, secret_key=KEY) as bridge:
        await bridge.discover_async()
    assert shop.log == ["start", "stop"] * 2
    assert set(shop.loops) == {asyncio.get_running_loop()}


def test_a_simulation_that_nobody_closed_leaves_it_to_the_end_of_the_loop() -> None:
    shop, loops = Shop(), Loops()
    loops.run(BridgeClient(shop.app, secret_key=KEY).discover_async())
    assert shop.log == ["start"]
    del loops
    gc.collect()
    assert shop.log == ["start", "stop"]


def test_an_end_in_a_workflow_leaves_what_fixtures_do_on_their_loop() -> None:
    async def ends() -> None:
        other = asyncio.ensure_future(asyncio.Event().wait())
        begun.append(other)
        await asyncio.sleep(0)
        raise KeyboardInterrupt

    loop, loops = asyncio.new_event_loop(), Loops()
    begun: list[asyncio.Future[Any]] = []
    loops.adopt(loop)
    connection = loop.create_task(asyncio.Event().wait())
    with pytest.raises(KeyboardInterrupt):
        loops.run(ends())
    loop.run_until_complete(asyncio.sleep(0))
    assert not connection.done()
    assert begun[0].cancelled()
    connection.cancel()
    with pytest.raises(asyncio.CancelledError):
        loop.run_until_complete(connection)
    loop.close()


def test_a_test_that_runs_the_lifespan_itself_says_so() -> None:
    shop = Shop()
    shop.app.state.pool = "of the test"
    with (
        NovuSimulator(secret_key=KEY) as novu,
        pytest.raises(BridgeFailure, match="500"),  # there is no pool
    ):
        novu.connect(shop.app, lifespan=False)
    assert shop.log == []


def test_a_bridge_check_runs_it_too() -> None:
    shop = Shop()
    assert check_bridge(shop.app, secret_key=KEY).ok
    assert shop.log == ["start", "stop"]


@pytest.mark.parametrize("when", ["start", "end"])
def test_a_lifespan_that_fails_says_so(when: str) -> None:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if when == "start":
            raise ConnectionRefusedError("no database at db:5432")
        yield
        raise ConnectionRefusedError("no database at db:5432")

    app = FastAPI(lifespan=lifespan)
    serve(app, workflows=[], client=Client(secret_key=KEY))
    expected = f"the app's lifespan failed at its {when}: ConnectionRefusedError: no database at db:5432"
    novu = NovuSimulator(secret_key=KEY)
    if when == "end":
        novu.connect(app)
    with pytest.raises(BridgeFailure, match=expected) as caught:
        novu.connect(app) if when == "start" else novu.close()
    assert isinstance(caught.value.__cause__, ConnectionRefusedError)
    novu.close()


def test_a_test_that_a_lifespan_skips_is_skipped() -> None:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        pytest.skip("no database here")
        yield

    with NovuSimulator() as novu, pytest.raises(pytest.skip.Exception, match="no database here"):
        novu.connect(FastAPI(lifespan=lifespan))


def refusing(endpoint: Any) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await endpoint(scope, receive, send)

    return app


def silent(endpoint: Any) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await endpoint(scope, receive, send)

    return app


@pytest.mark.parametrize("kind", [refusing, silent])
def test_an_app_without_a_lifespan_is_served_as_it_is(kind: Any) -> None:
    app = kind(BridgeEndpoint([], Client(secret_key=KEY)))
    for _ in range(2):
        with BridgeClient(app, secret_key=KEY) as bridge:
            assert bridge.discover() == {"workflows": [], "agents": []}


# --- the host ---


def hello() -> Any:
    @workflow("hello")
    def hello(step: SyncStep) -> None:
        step.in_app("note", {"body": "hello"})

    return hello


@walked("hosts", [["*"], ["localhost", "127.0.0.1"], ["shop.acme.test"], ["*.acme.test"]])
@walked("how", ["added", "wrapped"])
def test_the_checks_of_hosts_and_of_https_let_the_requests_through(hosts: list[str], how: str) -> None:
    app: Any = FastAPI()
    serve(app, workflows=[hello()], client=Client(secret_key=KEY))
    if how == "added":
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts)
        app.add_middleware(HTTPSRedirectMiddleware)
    else:
        app = HTTPSRedirectMiddleware(TrustedHostMiddleware(app, allowed_hosts=hosts))
    with NovuSimulator(secret_key=KEY) as novu:
        novu.connect(app)
        assert novu.trigger("hello", ANN).run.status == "completed"


def test_the_host_can_be_said() -> None:
    seen = []
    app = FastAPI()

    @app.middleware("http")
    async def note(request: Request, call_next: Any) -> Response:
        seen.append(str(request.url).partition("?")[0])
        return await call_next(request)

    serve(app, workflows=[hello()], client=Client(secret_key=KEY))
    with NovuSimulator(secret_key=KEY) as novu:
        novu.connect(app, base_url="http://shop.acme.test:8000/")
    assert seen == ["http://shop.acme.test:8000/api/novu"]


def test_hosts_of_other_frameworks_are_found() -> None:
    assert base_url_of(Litestar(allowed_hosts=["a.test"], logging_config=None)) == "https://a.test"
    config = AllowedHostsConfig(allowed_hosts=["*.b.test"])
    assert base_url_of(Litestar(allowed_hosts=config, logging_config=None)) == "https://www.b.test"
