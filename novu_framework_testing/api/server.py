"""The simulated Novu on a loopback port, for whatever does not share the test's process.

One thread with one event loop, in which the runs happen too: requests that come at once take turns where they
wait, and nothing is shared between threads. HTTP/1.1 by h11, which httpx brings along; beside it the sockets of pages
with an inbox, see `sockets`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from http.client import responses as PHRASES
from typing import Any, Final

import anyio
import h11

from novu_framework._internal.redaction import redaction
from novu_framework._internal.threads import in_place
from novu_framework_testing.api.cloud import Cloud
from novu_framework_testing.api.door import SimulatorDoor
from novu_framework_testing.api.faults import ConnectionBroken
from novu_framework_testing.api.guard import Guard
from novu_framework_testing.api.http import ApiRequest, ApiResponse
from novu_framework_testing.api.sessions import InboxSession
from novu_framework_testing.api.sockets import PATH as SOCKETS
from novu_framework_testing.api.sockets import Sockets
from novu_framework_testing.simulation.world import API_URL

PATIENCE = 2.0
"""Seconds after which a trigger is answered although its run goes on.

Novu answers a trigger before it runs it. Here the run comes first, so that its client finds it done; but a
client that waits for the answer on the very thread that should answer the bridge would wait for itself.
"""

MAX_BODY_BYTES = 10 * 2**20
"""The size of a body with the key."""

MAX_BODY_BYTES_WITHOUT_KEY = 64 * 2**10
"""The size of a body of a caller who has not shown the key."""

MAX_HEAD = 64 * 2**10
"""The size of a request line and its headers."""

MAX_CONNECTIONS = 256
"""The connections that are served at once; more wait for their turn."""

MAX_WAITING = 1024
"""The connections that wait for their turn; more are closed."""

MAX_SECONDS_TO_SEND = 30.0
"""The time in which a client has to send a request, or the next one on the same connection; and to take an answer."""

MAX_SECONDS_TO_END = 2.0
"""The time in which a client whose request was refused half-way may go on sending, so that it gets to read why."""


class CloudServer(SimulatorDoor):
    """A `Cloud` served on `host`, on a free port unless `port` says which.

    Requests for other hosts are refused, since the name of a stranger's page may be made to lead here; and so are those of
    web pages, except pages of this machine and those of `origins`.

        >>> from novu_framework_testing import NovuSimulator
        >>> with NovuSimulator() as novu, CloudServer(Cloud(novu)) as server:
        ...     server.url.startswith("http://127.0.0.1:")
        True

    Args:
        cloud: The cloud.
        host: The address to listen at.
        port: The port; 0 takes a free one.
        origins: Origins of web pages that may call, such as `https://app.acme.test`, besides this machine's.

    Raises:
        ValueError: One of `origins` is not an origin.

    What the cloud has for a test (`requests`, `respond_next`, `triggers`, ...) is on the server as well.

    Attributes:
        cloud: The cloud.
    """

    def __init__(
        self, cloud: Cloud, *, host: str = "127.0.0.1", port: int = 0, origins: Iterable[str] = ()
    ) -> None:
        super().__init__(cloud.novu)
        self._guard = Guard(host, origins)
        self._turns: asyncio.Semaphore | None = None
        self._sockets: Sockets | None = None
        self._connections = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self.cloud = cloud
        self.requests: Final = cloud.requests
        self.respond_next: Final = cloud.respond_next
        self.fail_next: Final = cloud.fail_next
        self.rate_limit: Final = cloud.rate_limit
        self.clear_faults: Final = cloud.clear_faults
        self._address = (host, port)
        self._bound: tuple[str, int] | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._failures: list[BaseException] = []

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
        failures = self._failures = []

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
            raise failures.pop()
        return self

    def stop(self) -> None:
        """Stop serving and wait until the thread has ended; runs that still go on are canceled.

        Raises what ended the server before, such as the `SystemExit` of a task of a workflow.
        """
        if self._thread is not None and self._loop is not None and self._stopping is not None:
            with suppress(RuntimeError):  # its loop is closed: it has ended
                self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()
        self._thread = self._loop = self._stopping = self._bound = None
        self.novu.api_url = API_URL
        if self._failures:
            raise self._failures.pop()

    def __enter__(self) -> CloudServer:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()

    async def _serve(self, started: threading.Event) -> None:
        in_place.set(False)  # a plain function may be a client of this very server, which has others to serve
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._turns = asyncio.Semaphore(MAX_CONNECTIONS)
        self._sockets = Sockets(self.cloud.state)
        host, port = self._address
        # A crowd of clients that connect at once waits in the backlog instead of being refused.
        server = await asyncio.start_server(self._accepted, host, port, backlog=1024)
        self._bound = server.sockets[0].getsockname()[:2]
        self.novu.api_url = self.url
        watchers = self.novu.subscribers.inbox_watchers
        watchers.append(self._sockets.heard)
        started.set()
        try:
            await self._stopping.wait()
        finally:
            watchers.remove(self._sockets.heard)
            # Whoever connects at this moment arrives first: asyncio forgets a half-made connection of a closed server.
            for _ in range(20):
                for task in self._tasks:
                    task.cancel()
                await asyncio.sleep(0)
            server.close()
        # Runs that still go on are cancelled as `asyncio.run` ends.

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(self._connected(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # Also of a task that the server's end cancels before it has begun.
        task.add_done_callback(lambda _: writer.transport.abort())

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert self._turns is not None
        assert self._sockets is not None
        self._connections += 1
        connection = _Connection(self.cloud, self._sockets, self._guard, reader, writer)
        try:
            if self._connections <= MAX_CONNECTIONS + MAX_WAITING:
                async with self._turns:
                    await connection.converse()
                await connection.listen()  # a socket stays open for long, and takes no turn
        # A client that hangs up or takes too long is nothing to report; and the server may stop.
        except (OSError, asyncio.CancelledError):
            writer.transport.abort()
        finally:
            self._connections -= 1
            writer.close()
            # The server may stop at this moment, too; asyncio would log that a task was cancelled here.
            with suppress(OSError, asyncio.CancelledError), anyio.move_on_after(MAX_SECONDS_TO_END):
                await writer.wait_closed()
            writer.transport.abort()  # its client does not take the end of what was sent


class _Connection:
    """One client's connection: its requests one after the other, for as long as it keeps it."""

    def __init__(
        self,
        cloud: Cloud,
        sockets: Sockets,
        guard: Guard,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._cloud = cloud
        self._sockets = sockets
        self._guard = guard
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD)
        self._allowed: dict[str, str] = {}
        """The headers that let the page that asks read the answer."""
        self._bodiless = False
        self._socket_for: tuple[ApiRequest, InboxSession] | None = None

    async def converse(self) -> None:
        while self._http.our_state is h11.IDLE:
            try:
                with anyio.fail_after(MAX_SECONDS_TO_SEND):
                    request = await self._request()
                if request is None or self._socket_for is not None:
                    return
                response = await self._answer(request)
            except _Refused as refused:
                response = replace(_error(refused.status, str(refused)), headers=refused.headers)
            except h11.RemoteProtocolError as error:  # its message repeats what was sent, keys too
                status = error.error_status_hint
                response = _error(status, _NOT_HTTP.get(status, "This is not an HTTP/1.1 request."))
            except ConnectionBroken:
                return
            with anyio.fail_after(MAX_SECONDS_TO_SEND):
                await self._send(response)
            if {self._http.our_state, self._http.their_state} == {h11.DONE}:
                self._http.start_next_cycle()
        if self._http.their_state in (h11.SEND_BODY, h11.ERROR):
            self._writer.write_eof()
            with anyio.move_on_after(MAX_SECONDS_TO_END):
                while await self._reader.read(65536):
                    pass

    async def _request(self) -> ApiRequest | None:
        """Read a request; None at the end of the connection. Raises `_Refused`, and `h11.RemoteProtocolError`."""
        self._allowed, self._bodiless = {}, False
        head = await self._next()
        if not isinstance(head, h11.Request):
            return None
        request = ApiRequest.parse(
            head.method.decode(),
            head.target.decode("latin-1"),
            [(name.decode("latin-1"), value.decode("latin-1")) for name, value in head.headers],
            b"",
        )
        self._bodiless = request.method == "HEAD"
        if _size_of(head) > MAX_HEAD:  # in however many pieces it came
            raise _Refused(431, _NOT_HTTP[431])
        if why := self._guard.refusal(request):
            raise _Refused(403, why)
        if "origin" in request.headers:
            self._allowed = {
                "access-control-allow-origin": request.headers["origin"],
                "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
                "access-control-allow-headers": redaction.redacted(
                    request.headers.get("access-control-request-headers", "*")
                ),
            }
        if request.path == SOCKETS:
            await self._ask_for_socket(request)
            return request
        has_key = self._cloud.has_key(request.headers)
        limit = MAX_BODY_BYTES if has_key else MAX_BODY_BYTES_WITHOUT_KEY
        hint = "" if has_key else ", which is the limit of a request without the key"
        too_large = _Refused(413, f"The body is larger than {limit} bytes{hint}.")
        if int(request.headers.get("content-length", 0)) > limit:
            raise too_large
        content = bytearray()
        while not isinstance(event := await self._next(), h11.EndOfMessage):
            content += event.data
            if len(content) > limit:
                raise too_large
        return replace(request, content=bytes(content))

    async def _ask_for_socket(self, request: ApiRequest) -> None:
        """Let a page have a socket. Raises `_Refused` without a token, before anything else is read."""
        if request.headers.get("upgrade", "").lower() != "websocket":
            raise _Refused(400, 'Sockets are opened as websockets: `transports: ["websocket"]`.')
        session = self._sockets.session(request)
        if session is None:
            raise _Refused(401, "A socket needs the token of an inbox session, in the query.")
        from novu_framework_testing.api.websocket import VERSION, refusal

        if refused := refusal(request):
            raise _Refused(*refused, headers={"sec-websocket-version": VERSION})
        if self._sockets.full:
            raise _Refused(503, "No more sockets are opened.")
        if isinstance(await self._next(), h11.EndOfMessage):
            self._socket_for = request, session

    async def listen(self) -> None:
        """Keep the socket that was asked for, if one was, until it ends."""
        if self._socket_for is not None:
            from novu_framework_testing.api.websocket import WebSocket

            request, session = self._socket_for
            socket = WebSocket(self._reader, self._writer, request, self._http.trailing_data[0])
            await self._sockets.serve(socket, request, session)

    async def _answer(self, request: ApiRequest) -> ApiResponse:
        if request.method == "OPTIONS":  # a browser asks before it sends a key
            return ApiResponse(204)
        try:
            return await self._cloud.handle_async(request, patience=PATIENCE)
        except ConnectionBroken:
            raise
        except Exception as error:  # a workflow of this process may raise anything; its client gets to know
            return _error(500, f"{type(error).__name__}: {error}", path=request.path)

    async def _next(self) -> Any:
        """The next event: a request, data, the end of a message, or the end of the connection."""
        while (event := self._http.next_event()) is h11.NEED_DATA:
            if self._http.they_are_waiting_for_100_continue:
                go_on = h11.InformationalResponse(status_code=100, headers=[])
                self._writer.write(self._http.send(go_on) or b"")
            self._http.receive_data(await self._reader.read(65536))
        return event

    async def _send(self, response: ApiResponse) -> None:
        """Send an answer; the connection ends with it where the request was not read to its end."""
        headers = {**response.all_headers, **self._allowed, "vary": "origin"}
        if self._http.their_state is not h11.DONE:
            headers["connection"] = "close"
        head = h11.Response(
            status_code=response.status,
            headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            reason=PHRASES.get(response.status, ""),
        )
        bodiless = self._bodiless or response.status == 304 or not response.content
        content = [] if bodiless else [h11.Data(data=response.content)]
        parts: list[h11.Event] = [head, *content, h11.EndOfMessage()]
        self._writer.write(b"".join(self._http.send(part) or b"" for part in parts))
        await self._writer.drain()


_NOT_HTTP = {431: "The request line and the headers are larger than 64 KB."}


def _size_of(head: h11.Request) -> int:
    """Return the bytes of a request line and its headers."""
    lines = [
        head.method + head.target + b"  HTTP/1.1",
        *(name + b": " + value for name, value in head.headers),
    ]
    return sum(len(line) + 2 for line in lines) + 2


class _Refused(Exception):
    """A request that is not read to its end."""

    def __init__(self, status: int, why: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.headers = dict(headers or {})


def _error(status: int, message: str, **more: str) -> ApiResponse:
    return ApiResponse(status, redaction.redacted({"statusCode": status, **more, "message": message}))
