"""The simulated Novu on a loopback port, for whatever does not share the test's process.

One thread with one event loop, in which the runs happen too: requests that come at once take turns where they
wait, and nothing is shared between threads. HTTP/1.1 by h11, which httpx brings along.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import h11

from novu_framework_testing.api.cloud import Cloud
from novu_framework_testing.api.door import SimulatorDoor
from novu_framework_testing.api.faults import ConnectionBroken
from novu_framework_testing.api.http import ApiRequest, ApiResponse

PATIENCE = 2.0
"""Seconds after which a trigger is answered although its run goes on.

Novu answers a trigger before it runs it. Here the run comes first, so that its client finds it done; but a
client that waits for the answer on the very thread that should answer the bridge would wait for itself.
"""

ALLOWED_TO_BROWSERS = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "access-control-allow-headers": "*",
}


class CloudServer(SimulatorDoor):
    """A `Cloud` served on `host`, on a free port unless `port` says which.

        >>> from novu_framework_testing import NovuSimulator
        >>> with NovuSimulator() as novu, CloudServer(Cloud(novu)) as server:
        ...     server.url.startswith("http://127.0.0.1:")
        True

    What the cloud has for a test (`requests`, `respond_next`, `triggers`, ...) is on the server as well.

    Attributes:
        cloud: The cloud.
    """

    def __init__(self, cloud: Cloud, *, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__(cloud.novu)
        self.cloud = cloud
        self.requests = cloud.requests
        self.respond_next, self.fail_next = cloud.respond_next, cloud.fail_next
        self.rate_limit, self.clear_faults = cloud.rate_limit, cloud.clear_faults
        self._address = (host, port)
        self._bound: tuple[str, int] | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None

    @property
    def url(self) -> str:
        """The address to give a client as its API URL, `http://127.0.0.1:<port>`."""
        if self._bound is None:
            raise RuntimeError("The server is not running: use it as a context manager, or call start().")
        host, port = self._bound
        return f"http://{host}:{port}"

    def start(self) -> CloudServer:
        """Begin to serve, in a thread. Raises `OSError` where the port is taken."""
        started = threading.Event()
        failures: list[BaseException] = []

        def run() -> None:
            try:
                asyncio.run(self._serve(started))
            except BaseException as error:
                failures.append(error)
                started.set()

        self._thread = threading.Thread(target=run, name="novu-cloud", daemon=True)
        self._thread.start()
        started.wait()
        if failures:
            raise failures[0]
        return self

    def stop(self) -> None:
        """Stop serving and wait until the thread has ended; runs that still go on are canceled."""
        if self._thread is not None and self._loop is not None and self._stopping is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
        self._thread = self._loop = self._stopping = self._bound = None

    def __enter__(self) -> CloudServer:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        host, port = self._address
        # A crowd of clients that connect at once waits in the backlog instead of being refused.
        server = await asyncio.start_server(self._connected, host, port, backlog=1024)
        self._bound = server.sockets[0].getsockname()[:2]
        started.set()
        await self._stopping.wait()
        server.close()
        # What clients keep open, and runs that still go on, are cancelled as `asyncio.run` ends.

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await _Connection(self.cloud, reader, writer).converse()
        except (ConnectionError, h11.RemoteProtocolError):
            pass  # a client that hangs up, or speaks something else, is no news
        except asyncio.CancelledError:
            pass  # the server stops
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


class _Connection:
    """One client's connection: its requests one after the other, for as long as it keeps it."""

    def __init__(self, cloud: Cloud, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._cloud = cloud
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER)

    async def converse(self) -> None:
        while isinstance(head := await self._next(), h11.Request):
            content = bytearray()
            while not isinstance(event := await self._next(), h11.EndOfMessage):
                content += event.data
            request = ApiRequest.parse(
                head.method.decode(),
                head.target.decode("latin-1"),
                [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers],
                bytes(content),
            )
            try:
                response = await self._answer(request)
            except ConnectionBroken:
                return
            await self._send(
                response.status, {**ALLOWED_TO_BROWSERS, **response.all_headers}, response.content
            )
            if self._http.our_state is not h11.DONE:
                return
            self._http.start_next_cycle()

    async def _answer(self, request: ApiRequest) -> ApiResponse:
        if request.method == "OPTIONS":  # a browser asks before it sends a key; anyone may
            return ApiResponse(204)
        try:
            return await self._cloud.handle_async(request, patience=PATIENCE)
        except ConnectionBroken:
            raise
        except Exception as error:  # a workflow of this process may raise anything; its client gets to know
            message = f"{type(error).__name__}: {error}"
            return ApiResponse(500, {"statusCode": 500, "path": request.path, "message": message})

    async def _next(self) -> Any:
        """The next event: a request, data, the end of a message, or the end of the connection."""
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                go_on = h11.InformationalResponse(status_code=100, headers=[])
                self._writer.write(self._http.send(go_on) or b"")
            self._http.receive_data(await self._reader.read(65536))
        return event

    async def _send(self, status: int, headers: Mapping[str, str], content: bytes) -> None:
        head = h11.Response(
            status_code=status, headers=list(headers.items()), reason=HTTPStatus(status).phrase
        )
        parts = [head, *([h11.Data(data=content)] if content else []), h11.EndOfMessage()]
        self._writer.write(b"".join(self._http.send(part) or b"" for part in parts))
        await self._writer.drain()
