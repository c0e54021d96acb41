"""One websocket as an ASGI app sees it: `receive` and `send` over a connection that asked for it. The protocol is wsproto's."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping
from typing import Any

import anyio
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Event,
    Message,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

from novu_framework_testing.api.http import ApiRequest

MAX_MESSAGE_BYTES = 64 * 2**10
"""The size of a message that a client may send."""

MAX_PIECES = 1024
"""The pieces in which a client may send a message; empty ones are pieces, too."""

MAX_SECONDS_TO_TAKE = 30.0
"""The time in which a client has to take what it is sent."""

VERSION = "13"
"""The version of the protocol."""

_TOO_LARGE, _GONE, _WRONG, _DONE = 1009, 1006, 1002, 1000


def refusal(request: ApiRequest) -> tuple[int, str] | None:
    """Return the status and the reason with which a request for a websocket is refused; None where it is a right one."""
    tokens = [token.strip().lower() for token in request.headers.get("connection", "").split(",")]
    if request.method != "GET" or "upgrade" not in tokens:
        return 400, "A websocket is opened by GET, with `Connection: Upgrade`."
    version = request.headers.get("sec-websocket-version", "")
    if version != VERSION:
        return 426 if version else 400, f"A websocket needs `Sec-WebSocket-Version: {VERSION}`."
    try:
        key = base64.b64decode(request.headers.get("sec-websocket-key", ""), validate=True)
    except ValueError:
        key = b""
    return (
        None if len(key) == 16 else (400, "A websocket needs a `Sec-WebSocket-Key` of 16 bytes, in Base64.")
    )


class WebSocket:
    """The server's end of a websocket. Its client is bounded: in the size of what it sends, and the time it takes to read.

    Args:
        reader, writer: The connection.
        request: Which asked for the websocket.
        begun: What of the client's first messages was read with that request.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        request: ApiRequest,
        begun: bytes,
    ) -> None:
        self._reader, self._writer = reader, writer
        self._protocol = WSConnection(ConnectionType.SERVER)
        # `refusal` has looked at these; no extension is wanted, whatever the client offers.
        shake = {
            "host": "localhost",
            "connection": "Upgrade",
            "upgrade": "websocket",
            "sec-websocket-version": VERSION,
            "sec-websocket-key": request.headers["sec-websocket-key"],
        }
        listed = [(name.encode(), value.encode()) for name, value in shake.items()]
        self._protocol.initiate_upgrade_connection(listed, request.path)
        self._begun = begun
        self._events = self._protocol.events()
        self._size = self._pieces = 0

    async def receive(self) -> dict[str, Any]:
        """Return the next thing that happens: ASGI's `websocket.connect`, `.receive` or `.disconnect`."""
        parts: list[Any] = []
        try:
            while True:
                event = next(self._events, None)
                if event is None:
                    if not await self._more():
                        return {"type": "websocket.disconnect", "code": _GONE}
                elif isinstance(event, Request):
                    return {"type": "websocket.connect"}
                elif isinstance(event, Message):
                    parts.append(event.data)
                    self._size += len(event.data)
                    self._pieces += event.frame_finished
                    if self._size > MAX_MESSAGE_BYTES or self._pieces > MAX_PIECES:
                        return await self._ended(CloseConnection(_TOO_LARGE))
                    if event.message_finished:
                        self._size = self._pieces = 0
                        kind, empty = ("text", "") if isinstance(event, TextMessage) else ("bytes", b"")
                        return {"type": "websocket.receive", kind: type(empty)().join(parts)}
                elif isinstance(event, CloseConnection):
                    return await self._ended(event.response())
                elif isinstance(event, Ping):
                    await self._write(event.response())
        except (RemoteProtocolError, OSError, TimeoutError):
            return {"type": "websocket.disconnect", "code": _GONE}

    async def end(self) -> dict[str, Any]:
        """Close the socket of a client that does not keep to the protocol; return what `receive` does at the end."""
        try:
            return await self._ended(CloseConnection(_WRONG))
        except (LocalProtocolError, OSError, TimeoutError):
            return {"type": "websocket.disconnect", "code": _GONE}

    async def send(self, event: Mapping[str, Any]) -> None:
        """Send ASGI's `websocket.accept`, `.send` or `.close`. Raises `OSError` where the client is gone."""
        try:
            await self._write(self._wire(event))
        except (LocalProtocolError, TimeoutError) as error:
            self._writer.transport.abort()  # and `receive` ends, too
            raise OSError("The client of the websocket is gone.") from error

    def _wire(self, event: Mapping[str, Any]) -> Event:
        if event["type"] == "websocket.accept":
            return AcceptConnection()
        if event["type"] == "websocket.close":
            accepted = self._protocol.handshake.connection is not None
            return CloseConnection(event.get("code", _DONE)) if accepted else RejectConnection()
        if event.get("text") is not None:
            return TextMessage(event["text"])
        return BytesMessage(event["bytes"])

    async def _more(self) -> bool:
        """Read what the client sends next; tell whether it is still there."""
        data, self._begun = self._begun or await self._reader.read(65536), b""
        self._protocol.receive_data(data or None)
        self._events = self._protocol.events()
        return bool(data)

    async def _write(self, event: Event) -> None:
        self._writer.write(self._protocol.send(event))
        with anyio.fail_after(MAX_SECONDS_TO_TAKE):
            await self._writer.drain()

    async def _ended(self, closing: CloseConnection) -> dict[str, Any]:
        await self._write(closing)
        return {"type": "websocket.disconnect", "code": closing.code}
