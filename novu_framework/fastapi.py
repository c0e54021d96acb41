"""The FastAPI adapter: `serve` adds the bridge to an app, `novu_router` makes a router of it.

from fastapi import FastAPI
from novu_framework.fastapi import serve

app = FastAPI()
serve(app, workflows=[comment_notification])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, cast
from urllib.parse import parse_qsl

from novu_framework.bridge import BridgeRequest, BridgeResponse, RequestHandler
from novu_framework.client import Client
from novu_framework.errors import MissingDependencyError, RequestInvalidError, RequestTooLargeError
from novu_framework.workflow import Workflow

try:
    from fastapi import APIRouter, FastAPI
    from starlette.types import Receive, Scope, Send
except ModuleNotFoundError as missing:
    raise MissingDependencyError("`novu_framework.fastapi`", "fastapi", "fastapi") from missing

__all__ = ["BridgeEndpoint", "Client", "handler_of", "novu_router", "serve"]

# all of them, since the bridge itself answers what it does not allow
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]


def serve(
    app: FastAPI | APIRouter,
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow],
    client: Client | None = None,
) -> None:
    """Serve `workflows` to Novu at `route` of `app`.

    Args:
        app: A FastAPI app, or a router that is included in one.
        route: The path of the bridge.
        workflows: The decorated functions.
        client: The settings; `Client()`, from the environment, if left out.

    Raises:
        MissingSecretKeyError: Signatures are required (they are unless someone says otherwise) and no key is set.
        WorkflowAlreadyExistsError, WorkflowDiscoveryError: The workflows cannot be served as they are.
    """
    router = app.router if isinstance(app, FastAPI) else app
    # Starlette takes an ASGI app, too, and says so in no type
    endpoint = cast("Callable[..., Any]", BridgeEndpoint(workflows, client))
    # unlike the decorators of a router, add_route() leaves its prefix out
    router.add_route(router.prefix + route, endpoint, methods=_METHODS, include_in_schema=False)
    # ahead of the others: a catch-all among them would take it, and requests are compared with one after the other
    router.routes.insert(0, router.routes.pop())


def novu_router(
    route: str = "/api/novu", *, workflows: Iterable[Workflow], client: Client | None = None
) -> APIRouter:
    """A router with the bridge, for `app.include_router(novu_router(workflows=[...]))`; see `serve`."""
    router = APIRouter()
    serve(router, route, workflows=workflows, client=client)
    return router


def handler_of(app: Any) -> RequestHandler | None:
    """The bridge that `serve` put into an app, a router, or what one includes, mounts or wraps; None for none.

    >>> app = FastAPI()
    >>> serve(app, workflows=[], client=Client(strict_authentication=False))
    >>> handler_of(app).workflows
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


def _joined(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by name; those of one name as one, as HTTP has it."""
    joined = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
    if len(joined) < len(headers):
        joined.clear()
        for name, value in headers:
            key, text = name.decode("latin-1"), value.decode("latin-1")
            joined[key] = f"{joined[key]}, {text}" if key in joined else text
    return joined


class BridgeEndpoint:
    """The bridge as an ASGI app: FastAPI's own handling of parameters and models has no part in it."""

    def __init__(self, workflows: Iterable[Workflow], client: Client | None) -> None:
        self.handler = RequestHandler(workflows, client)
        # every response has the same headers, so they are encoded once
        self._headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in self.handler.headers.items()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _joined(list(scope["headers"]))
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
    # there are as many as the app has steps, and a bridge is asked for the same ones over and over
    return (_cached_query if len(query_string) <= _LONGEST_CACHED_QUERY else _parsed_query)(query_string)


def _parsed_query(query_string: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(parse_qsl(query_string.decode("latin-1"), keep_blank_values=True))


_LONGEST_CACHED_QUERY = 512
_cached_query = lru_cache(1024)(_parsed_query)
