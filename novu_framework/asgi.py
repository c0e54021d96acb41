"""The bridge as an ASGI app, with its limits: any ASGI framework can mount it, and any ASGI server run it.

from novu_framework.asgi import BridgeEndpoint

bridge = BridgeEndpoint([comment_notification])  # uvicorn main:bridge
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from novu_framework import signature
from novu_framework.bridge import BridgeRequest, BridgeResponse, RequestHandler
from novu_framework.client import Client
from novu_framework.endpoint import WebEndpoint, client_gone, parsed_query
from novu_framework.errors import RequestInvalidError, RequestTooLargeError
from novu_framework.workflow import Workflow

if TYPE_CHECKING:
    from novu_framework.agents.agent import AgentLike

__all__ = ["BridgeEndpoint", "Client", "handler_of"]

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]

_SIGNATURE = signature.HEADER.encode()

# `app` is what a middleware or a mount wraps, `original_router` what a later FastAPI includes, `callback` a Django view
_PARTS = ("original_router", "app", "wsgi_app", "endpoint", "fn", "callback")
_MANY_PARTS = ("routes", "route_handlers", "url_patterns", "view_functions")


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
        if isinstance(part, WebEndpoint):
            return part.handler
        if part is None or id(part) in seen:
            continue
        seen.add(id(part))
        waiting += [getattr(part, name, None) for name in _PARTS]
        for inner in (part, *(getattr(part, name, None) for name in _MANY_PARTS)):
            if isinstance(inner, (list, tuple, dict)):
                waiting += reversed(list(inner.values() if isinstance(inner, dict) else inner))
        if type(part).__module__.startswith("django.core.handlers."):  # a process has one site
            waiting.append(sys.modules["django.urls"].get_resolver())
    return None


class BridgeEndpoint(WebEndpoint):
    """The bridge as an ASGI app. A framework's own handling of parameters and models has no part in it.

    It answers at every path; the app that mounts it decides which. Its arguments and errors are those of `WebEndpoint`.

    >>> from novu_framework import Client
    >>> app = BridgeEndpoint([], Client(secret_key="secret"))
    """

    def __init__(
        self,
        workflows: Iterable[Workflow] = (),
        client: Client | None = None,
        *,
        agents: Iterable[AgentLike] = (),
        server: str = "asgi",
    ) -> None:
        super().__init__(workflows, client, agents=agents, server=server)
        # every response has the same headers, so they are encoded once
        self._headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in self.handler.headers.items()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._send(await self.answer(scope, receive), scope["method"], send)
        elif scope["type"] == "lifespan":
            await _live(receive, send)
        else:  # a WebSocket, refused before it opens
            await send({"type": "websocket.close"})

    async def answer(self, scope: Scope, receive: Receive) -> BridgeResponse:
        """Read a request and answer it. Does not raise: errors become answers."""
        announced, signatures = b"", []
        for name, value in scope["headers"]:
            if name == _SIGNATURE:
                signatures.append(value)
            elif name == b"content-length":
                announced = value
        headers = {signature.HEADER: b", ".join(signatures).decode("latin-1")}
        try:
            query = parsed_query(scope.get("query_string", b""))
            body = await self._body(announced, receive)
            return await self.handler(BridgeRequest(scope["method"], query, headers, body))
        except RequestInvalidError as error:
            return self.handler.refuse(error)

    async def _body(self, announced: bytes, receive: Receive) -> bytes:
        self.check_length(announced)
        message = await receive()
        whole: bytes = message.get("body", b"")
        is_whole = message["type"] == "http.request" and not message.get("more_body", False)
        if is_whole and len(whole) <= self.limit:
            return whole
        parts = BytesIO()  # takes no more memory than the body, however small the parts
        while True:
            if message["type"] == "http.disconnect":
                raise client_gone()
            parts.write(message.get("body", b""))
            if parts.tell() > self.limit:
                raise RequestTooLargeError(self.limit)
            if not message.get("more_body", False):
                return parts.getvalue()
            message = await receive()

    async def _send(self, response: BridgeResponse, method: str, send: Send) -> None:
        headers = [*self._headers, (b"content-length", str(len(response.body)).encode())]
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else response.body})


async def _live(receive: Receive, send: Send) -> None:
    """Start and stop with the server that runs the endpoint by itself: nothing is to be done for either."""
    for phase in ("startup", "shutdown"):
        await receive()
        await send({"type": f"lifespan.{phase}.complete"})
