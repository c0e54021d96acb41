"""A bridge as something to send recorded requests to, whatever they hold."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx

from novu_framework_testing._internal.wire import decode
from novu_framework_testing.bridges import connect_http
from novu_framework_testing.contract.recording import Request, Response


class Endpoint(AbstractAsyncContextManager["Endpoint"]):
    """A bridge that takes requests which are not signed, or signed wrongly. An async context manager.

    Args:
        app_or_url: An app (FastAPI, Flask, ...), or the URL of the bridge.
        route: The path of the bridge in an app; a URL has its own.
        timeout: Seconds to wait for an answer.
    """

    def __init__(self, app_or_url: Any, *, route: str, timeout: float = 10.0) -> None:
        # each request brings its key
        self._bridge = connect_http(app_or_url, route=route, secret_key="", timeout=timeout)
        self.url: str = self._bridge.url
        self.shown_url: str = self._bridge.shown_url

    async def __aexit__(self, *_error: object) -> None:
        """Stop what was started for the requests: the lifespan of an app."""
        await self._bridge.aclose()

    async def send(self, request: Request, *, secret_key: str, now: int) -> Response:
        """Send a request, signed as it says for `now` (Unix milliseconds). Raises `BridgeFailure` without an answer."""
        headers = request.signed_headers(secret_key, now=now)
        sent = httpx.Request(
            request.method,
            self.url,
            params=list(request.query),
            headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            content=request.content or None,
        )
        response = await self._bridge.send(sent)
        return Response(response.status_code, dict(response.headers), parsed(response.content))


def parsed(content: bytes) -> Any:
    """Read the body of an answer: JSON, None for nothing, and the text where it is not JSON.

    >>> parsed(b'{"skip": false}'), parsed(b""), parsed(b"Bad gateway")
    ({'skip': False}, None, 'Bad gateway')
    """
    if not content:
        return None
    try:
        return decode(content)
    except ValueError:
        return content.decode("utf-8", "replace")
