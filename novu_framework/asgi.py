"""The bridge as an ASGI app, with its limits: what the adapters of ASGI frameworks mount."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from novu_framework.bridge import BridgeRequest, BridgeResponse, RequestHandler
from novu_framework.client import Client
from novu_framework.errors import RequestInvalidError, RequestTooLargeError
from novu_framework.workflow import Workflow

__all__ = ["METHODS", "BridgeEndpoint", "handler_of"]

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
"""The methods to route to the endpoint: all of them, since the bridge itself answers what it does not allow."""

MAX_CACHED_QUERY_LENGTH = 512


def handler_of(app: Any) -> RequestHandler | None:
    """Return the handler of the bridge in an app, a router, or what one includes, mounts or wraps; None for none.

    >>> endpoint = BridgeEndpoint([], Client(strict_authentication=False))
    >>> handler_of(endpoint).workflows
    {}
    """
    seen: set[int] = set()
    waiting = [app]
    while waiting:
        part = waiting.pop()
        if isinstance(part, BridgeEndpoint):
            return part.handler
        if part is None or id(part) in seen:
            continue
        seen.add(id(part))
        # `app` is what a middleware or a mount wraps, `original_router` what a later FastAPI includes
        inner = [getattr(part, name, None) for name in ("original_router", "app", "endpoint")]
        waiting += [*inner, *reversed(getattr(part, "routes", None) or ())]
    return None


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return headers by name; those of one name as one, as HTTP has it."""
    joined: dict[str, str] = {}
    for name, value in headers:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        joined[key] = f"{joined[key]}, {text}" if key in joined else text
    return joined


class BridgeEndpoint:
    """The bridge as an ASGI app. A framework's own handling of parameters and models has no part in it.

    Args:
        workflows: The decorated functions.
        client: The settings; `Client()`, from the environment, if left out. Bodies above its `max_body_bytes` are
            refused before they are read whole.
        server: The name of the web framework, for the header `novu-framework-server`.

    Raises:
        MissingSecretKeyError, WorkflowAlreadyExistsError, WorkflowDiscoveryError: As `RequestHandler` does.
    """

    def __init__(
        self, workflows: Iterable[Workflow], client: Client | None = None, *, server: str = "asgi"
    ) -> None:
        self.handler = RequestHandler(workflows, client, server=server)
        # every response has the same headers, so they are encoded once
        self._headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in self.handler.headers.items()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _joined(scope["headers"])
        try:
            body = await self._body(headers.get("content-length", ""), receive)
            query = _query(scope["query_string"])
            response = await self.handler(BridgeRequest(scope["method"], query, headers, body))
        except RequestInvalidError as error:
            response = self.handler.refuse(error)
        await self._send(response, scope["method"], send)

    async def _body(self, announced: str, receive: Receive) -> bytes:
        limit = self.handler.client.max_body_bytes
        if announced.isdecimal() and int(announced) > limit:
            raise RequestTooLargeError(limit)
        chunks: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise RequestInvalidError("The client closed the connection before the request was whole.")
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > limit:
                raise RequestTooLargeError(limit)
            chunks.append(chunk)
            if not message.get("more_body", False):
                return b"".join(chunks)

    async def _send(self, response: BridgeResponse, method: str, send: Send) -> None:
        headers = [*self._headers, (b"content-length", str(len(response.body)).encode())]
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else response.body})


def _query(query_string: bytes) -> tuple[tuple[str, str], ...]:
    # an app has about one for each of its steps, and they come over and over
    return (_cached_query if len(query_string) <= MAX_CACHED_QUERY_LENGTH else _parsed_query)(query_string)


def _parsed_query(query_string: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))


_cached_query = lru_cache(1024)(_parsed_query)
