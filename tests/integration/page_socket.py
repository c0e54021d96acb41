"""The socket of a web page with an inbox, as @novu/js opens it: socket.io over a websocket, written with wsproto."""

from __future__ import annotations

import json
import socket
from typing import Any

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, RejectConnection, Request, TextMessage

ENGINE = "EIO=4&transport=websocket"


class PageSocket:
    """A socket that is open, or was refused: then `status` says how.

    Attributes:
        status: 101, or the status of the refusal.
        closed: The code with which the server closed the socket; 1006 where the connection ended without one.
    """

    def __init__(self, url: str, token: str, **headers: str) -> None:
        host, port = url.removeprefix("http://").split(":")
        self._connection = socket.create_connection((host, int(port)), timeout=60)
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self.closed: int | None = None
        self.status = 0
        self._texts: list[str] = []
        named = [(name.encode(), value.encode()) for name, value in headers.items()]
        target = f"/socket.io/?{ENGINE}&token={token}"
        self._send(Request(host=f"{host}:{port}", target=target, extra_headers=named))
        while not self.status and self.closed is None:
            self._read()
        if self.status == 101:
            assert self.text().startswith("0")  # engine.io's handshake
            self.say("40")  # socket.io's connect
            assert self.text().startswith("40")
        else:
            self.close()

    def _send(self, event: Any) -> None:
        self._connection.sendall(self._protocol.send(event))

    def say(self, text: str) -> None:
        """Send a text."""
        self._send(TextMessage(text))

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._connection.sendall(data)

    def _read(self) -> None:
        try:
            data = self._connection.recv(65536)
        except ConnectionError:
            data = b""
        self._protocol.receive_data(data or None)
        for event in self._protocol.events():
            if isinstance(event, AcceptConnection):
                self.status = 101
            elif isinstance(event, RejectConnection):
                self.status = event.status_code
            elif isinstance(event, TextMessage) and event.data == "2":
                self.say("3")  # engine.io's own ping
            elif isinstance(event, TextMessage):
                self._texts.append(event.data)
            elif isinstance(event, Ping):
                self._send(event.response())
            elif isinstance(event, CloseConnection):
                self.closed = event.code
        if not data and self.closed is None:
            self.closed = 1006
            self.close()

    def text(self) -> str:
        """Return the next text, however long it takes."""
        while not self._texts and self.closed is None:
            self._read()
        return self._texts.pop(0) if self._texts else ""

    def event(self) -> tuple[str, Any]:
        """Return the next event: its name and its data."""
        name, data = json.loads(self.text().removeprefix("42"))
        return name, data

    def ended(self) -> int:
        """Return the code with which the server closes the socket, once it has."""
        while self.closed is None:
            self._read()
        self.close()
        return self.closed

    def close(self) -> None:
        """Go away without a word."""
        self._connection.close()
