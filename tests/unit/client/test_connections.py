"""Connections of a client: kept from call to call, closed when it says so, and opened again."""

from __future__ import annotations

import asyncio

import httpx

from novu_framework import Client
from novu_framework._internal.connections import CONNECTIONS, Connections, Lanes


class Wire(httpx.MockTransport):
    """A transport that counts how often it was closed."""

    def __init__(self) -> None:
        super().__init__(lambda request: httpx.Response(200, json={"path": request.url.path}))
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    async def aclose(self) -> None:
        self.closed += 1


def test_a_client_that_was_closed_opens_its_connections_again() -> None:
    wire = Wire()
    client = Client("test-secret", api_url="http://127.0.0.1", transport=wire)
    client.close()  # there are none yet
    for closed in range(3):
        assert wire.closed == closed
        assert client.request("GET", "/v1/a") == client.request("GET", "/v1/a") == {"path": "/v1/a"}
        client.close()
    client.close()
    assert wire.closed == 3
    with client as entered:
        assert entered is client
        client.request("GET", "/v1/a")
    assert wire.closed == 4


async def test_an_async_client_that_was_closed_opens_its_connections_again() -> None:
    wire = Wire()
    client = Client("test-secret", api_url="http://127.0.0.1", async_transport=wire)
    await client.aclose()
    for closed in range(2):
        assert wire.closed == closed
        assert await client.request_async("GET", "/v1/a") == {"path": "/v1/a"}
        await client.aclose()
    async with client as entered:
        assert entered is client
        await client.request_async("GET", "/v1/a")
    assert wire.closed == 3


def test_one_client_of_httpx_is_kept_with_its_patience() -> None:
    connections = Connections(7, Wire(), None)
    assert connections.http() is connections.http()
    assert connections.http().timeout == httpx.Timeout(7, pool=None)
    patience = httpx.Timeout(1, pool=2)
    assert Connections(patience, Wire(), None).http().timeout == patience


async def test_a_loop_opens_one_lane_more_where_all_are_busy_and_then_queues() -> None:
    opened: list[httpx.AsyncClient] = []

    def open_lane() -> httpx.AsyncClient:
        opened.append(httpx.AsyncClient(transport=Wire()))
        return opened[-1]

    lanes = Lanes(open_lane)
    async with lanes.lane() as first:
        async with lanes.lane() as second:
            assert [first, second] == opened
        async with lanes.lane() as again:
            assert again is second
    async with lanes.lane() as again:
        assert again is first

    held, go_on = [], asyncio.Event()

    async def hold() -> None:
        async with lanes.lane() as http:
            held.append(http)
            await go_on.wait()

    waiting = [asyncio.ensure_future(hold()) for _ in range(CONNECTIONS + 2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (len(opened), len(held)) == (CONNECTIONS, CONNECTIONS) == (100, 100)
    go_on.set()
    await asyncio.gather(*waiting)
    assert held[CONNECTIONS:] == opened[:2]  # the shortest queues
    await lanes.aclose()
    assert all(one.is_closed for one in opened)
    async with lanes.lane() as new:
        assert new is opened[-1]
    assert len(opened) == CONNECTIONS + 1
    await lanes.aclose()
