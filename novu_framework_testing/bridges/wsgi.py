"""A WSGI app of this process (Flask, Django): like an ASGI app, once it is told from one and called in a thread."""

from __future__ import annotations

import inspect
from typing import Any, cast

import httpx

from novu_framework._internal.calling import from_loop


def is_wsgi(app: Any) -> bool:
    """Tell whether an app is called as `app(environ, start_response)`; an ASGI app takes three arguments, or one.

    >>> is_wsgi(lambda environ, start_response: []), is_wsgi(lambda scope, receive, send: None)
    (True, False)
    """
    try:
        signature = inspect.signature(app)
    except (TypeError, ValueError):
        return False
    return _takes(signature, 2) and not _takes(signature, 3)


def _takes(signature: inspect.Signature, count: int) -> bool:
    try:
        signature.bind(*range(count))
    except TypeError:
        return False
    return True


class WsgiTransport(httpx.AsyncBaseTransport):
    """The transport of httpx to a WSGI app, for async code.

    In blocking tests the app runs in the test's own thread, so that it sees its database's transaction.
    """

    def __init__(self, app: Any) -> None:
        self._transport = httpx.WSGITransport(app, raise_app_exceptions=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Hand a request to the app and read the whole response."""
        response: httpx.Response = await from_loop(self._answer, request)
        return response

    def _answer(self, request: httpx.Request) -> httpx.Response:
        try:
            response = self._transport.handle_request(request)
            body = b"".join(cast("httpx.SyncByteStream", response.stream))
        except Exception as error:  # as a server would, and as for an ASGI app
            return httpx.Response(500, text=f"the app raised {type(error).__name__}: {error}")
        return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(body))
