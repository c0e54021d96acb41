"""The shop's suite: pytest-asyncio in its strict mode and anyio, transactions, mocked and recorded requests, frozen time."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
import respx
import time_machine as tm
import vcr
from freezegun import freeze_time
from shop import Base, Order, Session, engine

from novu_framework_testing import NovuSimulator

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
ELSEWHERE = "https://prices.example/book"


class Prices(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open, and belong to the loop that opened them

    def do_GET(self) -> None:
        body = json.dumps({"price": 12}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="session")
def _prices() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Prices) as server:
        server.daemon_threads = True
        server.block_on_close = False
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/book"
        server.shutdown()
        thread.join()


@pytest.fixture
def prices(_prices: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES", _prices)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES", ELSEWHERE)


@pytest.fixture
def order() -> Iterator[Order]:
    """An order, in a transaction that the end of the test rolls back."""
    with engine.connect() as connection, connection.begin() as transaction:
        Base.metadata.create_all(connection)
        Session.configure(bind=connection)
        one = Order(id=1, item="a book")
        Session.add(one)
        Session.flush()
        yield one
        Session.remove()
        transaction.rollback()
        Session.configure(bind=engine)


# --- transactions ---


def check_a_plain_workflow_sees_the_transaction_of_the_test(novu: NovuSimulator, order: Order) -> None:
    run = novu.trigger("order-placed", to=ANN).run
    novu.advance(days=1)
    assert [message.body for message in run.messages] == ["You ordered A BOOK", "A BOOK"]
    assert order.item == "A BOOK"


@pytest.mark.asyncio
async def check_it_does_in_an_async_test(novu: NovuSimulator, order: Order) -> None:
    run = (await novu.trigger_async("order-placed", to=ANN)).run
    novu.advance(days=1)
    assert [message.body for message in run.messages] == ["You ordered A BOOK", "A BOOK"]


# --- one loop ---


@pytest.mark.parametrize("number", range(3))
def check_a_client_of_the_module_goes_on_in_the_next_test(
    novu: NovuSimulator, prices: None, number: int
) -> None:
    assert novu.trigger("price", to=ANN).messages[0].body == "12 EUR"


@pytest_asyncio.fixture
async def settings() -> AsyncIterator[asyncio.AbstractEventLoop]:
    yield asyncio.get_running_loop()


@pytest.mark.asyncio
async def check_pytest_asyncio(
    novu: NovuSimulator,
    novu_bridge: Any,
    settings: asyncio.AbstractEventLoop,
    elsewhere: None,
    httpx_mock: Any,
) -> None:
    for _ in range(3):
        httpx_mock.add_response(url=ELSEWHERE, json={"price": 15})
    assert settings is asyncio.get_running_loop()
    assert (await novu.trigger_async("price", to=ANN)).messages[0].body == "15 EUR"
    assert novu.trigger("price", to=ANN).messages[0].body == "15 EUR"
    answer = await novu_bridge().execute_async("price", "note")
    assert answer["outputs"] == {"body": "15 EUR"}


@pytest.mark.anyio
async def check_anyio_on_both_of_its_backends(
    novu: NovuSimulator, elsewhere: None, anyio_backend: Any
) -> None:
    with respx.mock:
        respx.get(ELSEWHERE).respond(json={"price": 13})
        assert (await novu.trigger_async("price", to=ANN)).messages[0].body == "13 EUR"
        assert novu.trigger("price", to=ANN).messages[0].body == "13 EUR"
        await novu.advance_async(hours=1)


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


# --- requests of the shop itself ---


def check_respx(novu: NovuSimulator, elsewhere: None, respx_mock: respx.MockRouter) -> None:
    respx_mock.get(ELSEWHERE).respond(json={"price": 11})
    assert novu.trigger("price", to=ANN).messages[0].body == "11 EUR"


def check_pytest_httpx(novu: NovuSimulator, elsewhere: None, httpx_mock: Any) -> None:
    httpx_mock.add_response(url=ELSEWHERE, json={"price": 14})
    assert novu.trigger("price", to=ANN).messages[0].body == "14 EUR"


def check_vcr(novu: NovuSimulator, elsewhere: None) -> None:
    cassette = Path(__file__).parent / "cassettes" / "prices.yaml"
    with vcr.use_cassette(str(cassette), record_mode="none") as played:
        assert novu.trigger("price", to=ANN).messages[0].body == "9 EUR"
    assert played.all_played


def check_novu_cloud(novu_cloud: Any, elsewhere: None, order: Order) -> None:
    headers = {"authorization": "ApiKey the-key-of-the-tests"}
    body = {"name": "order-placed", "to": "ann", "payload": {}}
    answer = httpx.post("https://api.novu.co/v1/events/trigger", json=body, headers=headers)
    assert answer.status_code == 201
    assert novu_cloud.triggers[0].messages[0].body == "You ordered A BOOK"


# --- time ---


@pytest.mark.novu(start=None)
@freeze_time("2024-02-29 12:00")
def check_freezegun(novu: NovuSimulator, order: Order) -> None:
    run = novu.trigger("order-placed", to=ANN).run
    novu.advance(days=1)
    assert [f"{one.sent_at:%m-%d %H}" for one in run.messages] == ["02-29 12", "03-01 12"]


@pytest.mark.novu(start=None)
@pytest.mark.asyncio
@tm.travel("2024-02-29 12:00Z", tick=False)
async def check_time_machine(novu: NovuSimulator, order: Order) -> None:
    run = (await novu.trigger_async("order-placed", to=ANN)).run
    assert f"{run.messages[0].sent_at:%m-%d %H}" == "02-29 12"


def check_the_start_of_the_ini(novu: NovuSimulator) -> None:
    assert novu.now.isoformat() == "2026-01-05T09:00:00+00:00"


# --- again, and in parts ---

_tries: list[int] = []


@pytest.mark.flaky(reruns=1)
def check_a_second_try_has_a_novu_of_its_own(novu: NovuSimulator, prices: None) -> None:
    assert not novu.triggers
    assert novu.trigger("price", to=ANN).messages[0].body == "12 EUR"
    _tries.append(1)
    assert len(_tries) == 2


if hasattr(pytest, "Subtests"):

    def check_subtests(novu: NovuSimulator, prices: None, subtests: Any) -> None:
        for name in ("ann", "bob"):
            with subtests.test(name):
                assert novu.trigger("price", to=name).messages[0].body == "12 EUR"
