"""Requests of httpx to servers of this machine, on connections that stay open.

httpx takes some 0.6 ms of CPU for a request, most of it in layers for networks of all kinds, and a step a quarter of that
otherwise. Here it is h11 on asyncio.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict

import h11
import httpx
from typing_extensions import Self

HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})

MAX_CONNECTIONS = 100
"""The connections that are in use at once; more requests wait for one."""


class LoopbackTransport(httpx.AsyncBaseTransport):
    """The transport to servers of this machine without TLS. It belongs to the event loop of its first request."""

    def __init__(self) -> None:
        self._idle: defaultdict[tuple[str, int], list[_LoopbackConnection]] = defaultdict(list)
        self._turns = asyncio.Semaphore(MAX_CONNECTIONS)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole response. Raises `httpx.RequestError` where none comes."""
        address = request.url.host, request.url.port or 80
        idle = self._idle[address]
        async with self._turns:
            try:
                if idle:
                    connection = idle.pop()
                    try:
                        return await connection.exchange(request)
                    except (OSError, h11.RemoteProtocolError):
                        if connection.was_answered:
                            raise
                    # the server had closed it, or was about to, and so may those be that are older
                    _close_all(idle)
                return await (await _LoopbackConnection.open(*address, idle)).exchange(request)
            except (OSError, h11.ProtocolError) as error:
                raise httpx.TransportError(str(error) or type(error).__name__, request=request) from error

    async def aclose(self) -> None:
        """Close the connections that no request is on."""
        for idle in self._idle.values():
            _close_all(idle)


def _close_all(connections: list[_LoopbackConnection]) -> None:
    while connections:
        connections.pop().close()


class _LoopbackConnection:
    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, idle: list[_LoopbackConnection]
    ) -> None:
        self._reader, self._writer, self._idle = reader, writer, idle
        self._state = h11.Connection(h11.CLIENT)
        self.was_answered = False  # if only in part

    @classmethod
    async def open(cls, host: str, port: int, idle: list[_LoopbackConnection]) -> Self:
        return cls(*await asyncio.open_connection(host, port), idle)

    def close(self) -> None:
        self._writer.close()

    async def exchange(self, request: httpx.Request) -> httpx.Response:
        self.was_answered = False
        try:
            self._send(request)
            head, body = await self._response()
        finally:
            if self._state.our_state is self._state.their_state is h11.DONE:
                self._state.start_next_cycle()
                self._idle.append(self)
            else:
                self.close()
        return httpx.Response(
            head.status_code, headers=head.headers.raw_items(), content=body, request=request
        )

    def _send(self, request: httpx.Request) -> None:
        target = request.url.raw_path
        sent = (
            h11.Request(method=request.method, target=target, headers=request.headers.raw),
            h11.Data(request.content),
            h11.EndOfMessage(),
        )
        self._writer.write(b"".join(self._state.send(event) or b"" for event in sent))

    async def _response(self) -> tuple[h11.Response, bytes]:
        head: h11.Response | None = None
        parts: list[bytes] = []
        while True:
            event = self._state.next_event()
            if event is h11.NEED_DATA:
                data = await self._reader.read(65_536)
                self.was_answered |= bool(data)
                self._state.receive_data(data)
            elif isinstance(event, h11.Response):
                head = event
            elif isinstance(event, h11.Data):
                parts.append(bytes(event.data))
            elif isinstance(event, h11.EndOfMessage) and head is not None:
                return head, b"".join(parts)
            elif isinstance(event, h11.ConnectionClosed):
                raise ConnectionError("the server closed the connection without a response")
