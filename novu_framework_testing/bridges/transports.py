"""How a request of httpx reaches an app of this process: ASGI, WSGI (Flask, Django) or a function of AWS Lambda."""

from __future__ import annotations

import inspect
import sys
from abc import abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import httpx

from novu_framework._internal.calling import from_loop
from novu_framework._internal.factories import takes

# As they are now: a recorder such as vcr puts others in their place, for the requests of the app.
_handle_async_request = httpx.ASGITransport.handle_async_request
_handle_request = httpx.WSGITransport.handle_request


def transport_of(app: Any) -> httpx.AsyncBaseTransport:
    """Return the transport to an app, which is told by its parameters.

    They are `(scope, receive, send)` for ASGI, `(environ, start_response)` for WSGI and `(event, context)` for a function
    of AWS Lambda. What cannot be told is taken for ASGI.

    >>> type(transport_of(lambda environ, start_response: [])).__name__
    'WsgiTransport'
    >>> type(transport_of(lambda event, context: {})).__name__
    'LambdaTransport'
    """
    try:
        signature = inspect.signature(app)
    except (TypeError, ValueError):
        signature = inspect.Signature()
    if takes(signature, 2) and not takes(signature, 3):
        return (LambdaTransport if next(iter(signature.parameters)) == "event" else WsgiTransport)(app)
    return AsgiTransport(app)


@contextmanager
def djangos_connections_kept() -> Iterator[None]:
    """Keep Django from closing database connections around a request, as its own test client does: they are the test's."""
    django: Any = sys.modules.get("django.db")
    if django is None:
        yield
        return
    from django.core.signals import request_finished, request_started

    closing = django.close_old_connections
    kept = [signal for signal in (request_started, request_finished) if signal.disconnect(closing)]
    try:
        yield
    finally:
        for signal in kept:
            signal.connect(closing)


class AsgiTransport(httpx.AsyncBaseTransport):
    """The transport to an ASGI app.

    Attributes:
        state: What the app's lifespan has for its requests (`request.state`).
    """

    def __init__(self, app: Any) -> None:
        self.app = app
        self.state: dict[str, Any] = {}
        self._inner = httpx.ASGITransport(self._with_state, raise_app_exceptions=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Hand a request to the app."""
        return await _handle_async_request(self._inner, request)

    async def _with_state(self, scope: Any, receive: Any, send: Any) -> None:
        await self.app({**scope, "state": dict(self.state)}, receive, send)


class BlockingTransport(httpx.AsyncBaseTransport):
    """The transport to an app that blocks.

    In blocking tests the app runs in the test's own thread, so that it sees its database's transaction.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Hand a request to the app and read the whole response."""
        return cast("httpx.Response", await from_loop(self._answer, request))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        try:
            return self.answer(request)
        except Exception as error:  # as a server would, and as for an ASGI app
            return httpx.Response(500, text=f"the app raised {type(error).__name__}: {error}")

    @abstractmethod
    def answer(self, request: httpx.Request) -> httpx.Response:
        """Call the app."""


class WsgiTransport(BlockingTransport):
    """The transport to a WSGI app."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Call the app as httpx does."""
        response = _handle_request(httpx.WSGITransport(self.app, raise_app_exceptions=False), request)
        body = b"".join(cast("httpx.SyncByteStream", response.stream))
        return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(body))


class LambdaTransport(BlockingTransport):
    """The transport to a function of AWS Lambda, as a function URL or an HTTP API calls it."""

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Call the function with an event of the payload format 2.0."""
        http = {"method": request.method, "path": request.url.path, "sourceIp": "127.0.0.1"}
        event = {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": request.url.path,
            "rawQueryString": request.url.query.decode(),
            "headers": dict(request.headers),
            "requestContext": {"http": http, "stage": "$default"},
            "body": b64encode(request.read()).decode(),
            "isBase64Encoded": True,
        }
        answer = self.app(event, None)
        body = answer.get("body") or ""
        content = b64decode(body) if answer.get("isBase64Encoded") else body.encode()
        return httpx.Response(answer["statusCode"], headers=answer.get("headers"), content=content)
