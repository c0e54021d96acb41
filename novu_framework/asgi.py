"""The bridge as an ASGI app, with its limits: what the adapters of ASGI frameworks mount."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from novu_framework import signature
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

MAX_QUERY_LENGTH = 8192
MAX_CACHED_QUERY_LENGTH = 512

_SIGNATURE = signature.HEADER.encode()


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
        await self._send(await self.answer(scope, receive), scope["method"], send)

    async def answer(self, scope: Scope, receive: Receive) -> BridgeResponse:
        """Read the request and answer it. Does not raise: what goes wrong is answered with its error."""
        announced, signatures = b"", []
        for name, value in scope["headers"]:
            if name == _SIGNATURE:
                signatures.append(value)
            elif name == b"content-length":
                announced = value
        headers = {signature.HEADER: b", ".join(signatures).decode("latin-1")}
        try:
            query = _query(scope["query_string"])
            body = await self._body(announced, receive)
            return await self.handler(BridgeRequest(scope["method"], query, headers, body))
        except RequestInvalidError as error:
            return self.handler.refuse(error)

    async def _body(self, announced: bytes, receive: Receive) -> bytes:
        limit = self.handler.client.max_body_bytes
        # not int(), which refuses thousands of digits
        if announced.isdigit() and float(announced) > limit:
            raise RequestTooLargeError(limit)
        message = await receive()
        whole: bytes = message.get("body", b"")
        if message["type"] == "http.request" and not message.get("more_body", False) and len(whole) <= limit:
            return whole
        parts = BytesIO()  # takes no more memory than the body, however small the parts
        while True:
            if message["type"] == "http.disconnect":
                raise RequestInvalidError("The client closed the connection before the request was whole.")
            parts.write(message.get("body", b""))
            if parts.tell() > limit:
                raise RequestTooLargeError(limit)
            if not message.get("more_body", False):
                return parts.getvalue()
            message = await receive()

    async def _send(self, response: BridgeResponse, method: str, send: Send) -> None:
        headers = [*self._headers, (b"content-length", str(len(response.body)).encode())]
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else response.body})


def _query(query_string: bytes) -> tuple[tuple[str, str], ...]:
    if len(query_string) > MAX_QUERY_LENGTH:
        raise RequestInvalidError(f"The query of the request is longer than {MAX_QUERY_LENGTH} bytes.")
    # an app has about one for each of its steps, and they come over and over
    return (_cached_query if len(query_string) <= MAX_CACHED_QUERY_LENGTH else _parsed_query)(query_string)


def _parsed_query(query_string: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))


_cached_query = lru_cache(1024)(_parsed_query)
