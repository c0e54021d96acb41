"""The connections that calls to the Novu API travel on, kept open from one call to the next."""

from __future__ import annotations

import asyncio
import functools
import ssl
import threading
import weakref
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from novu_framework._internal.forks import after_fork, free_after_fork
from novu_framework._internal.loops import PerLoop

CONNECTIONS = 100
CONNECTIONS_PER_LANE = 1


class Connections:
    """The httpx clients behind a `Client`: one for a process, and some for each event loop."""

    def __init__(
        self,
        timeout: float | httpx.Timeout,
        transport: httpx.BaseTransport | None,
        async_transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        # Waiting for a free connection is no failure, so it has no timeout.
        self._timeout = timeout if isinstance(timeout, httpx.Timeout) else httpx.Timeout(timeout, pool=None)
        self._transport = transport
        self._async_transport = async_transport
        self._lock = free_after_fork(threading.Lock())
        self._http: httpx.Client | None = None
        self._lanes = PerLoop(lambda: Lanes(self._open_lane), Lanes.aclose)
        after_fork(self, Connections._start_over)

    def http(self) -> httpx.Client:
        if self._http is None:
            with self._lock:
                if self._http is None:
                    self._http = httpx.Client(
                        timeout=self._timeout,
                        limits=_limits(CONNECTIONS),
                        verify=_certificates(),
                        transport=self._transport,
                    )
                    weakref.finalize(self, self._http.close)
        return self._http

    def close(self) -> None:
        with self._lock:
            if self._http is not None:
                self._http.close()
                self._http = None

    def _start_over(self) -> httpx.Client | None:
        # a fork must not talk on its parent's sockets: web servers fork after the app is imported
        http, self._http = self._http, None
        return http

    async def of_this_loop(self) -> Lanes:
        return await self._lanes.get()

    async def aclose(self) -> None:
        await self._lanes.close()

    def _open_lane(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            timeout=self._timeout,
            limits=_limits(CONNECTIONS_PER_LANE),
            verify=_certificates(),
            transport=self._async_transport,
        )


class Lanes:
    """The connections of one event loop, each in a lane of its own.

    The pool of an httpx client looks through its connections and its queue at every answer: with 100
    connections and 900 waiting calls that takes ten times as long as the calls do, and with ten and none half as long.
    """

    def __init__(self, open_lane: Callable[[], httpx.AsyncClient]) -> None:
        self._open_lane = open_lane
        self._lanes: list[_Lane] = []

    @asynccontextmanager
    async def lane(self) -> AsyncGenerator[httpx.AsyncClient, None]:
        """The first lane with a free connection, or else the shortest queue."""
        lane = next((lane for lane in self._lanes if lane.calls < CONNECTIONS_PER_LANE), None)
        if lane is None and len(self._lanes) * CONNECTIONS_PER_LANE < CONNECTIONS:
            lane = _Lane(self._open_lane(), asyncio.Semaphore(CONNECTIONS_PER_LANE))
            self._lanes.append(lane)
        elif lane is None:
            lane = min(self._lanes, key=lambda lane: lane.calls)
        lane.calls += 1
        try:
            async with lane.slots:
                yield lane.http
        finally:
            lane.calls -= 1

    async def aclose(self) -> None:
        lanes, self._lanes = self._lanes, []
        for lane in lanes:
            await lane.http.aclose()


@dataclass
class _Lane:
    http: httpx.AsyncClient
    slots: asyncio.Semaphore
    calls: int = 0


def _limits(connections: int) -> httpx.Limits:
    return httpx.Limits(max_connections=connections, max_keepalive_connections=connections)


@functools.lru_cache(maxsize=1)
def _certificates() -> ssl.SSLContext:
    # Reading the root certificates takes longer than a trigger does.
    return httpx.create_ssl_context()
