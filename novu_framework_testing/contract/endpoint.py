"""A bridge as something to send requests to: an ASGI app of this process, or a URL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import httpx

from novu_framework_testing.contract.recording import Request, Response

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Endpoint:
    """Where a bridge answers. An async context manager; `send` works inside.

    Args:
        app_or_url: An ASGI app (FastAPI, Starlette, ...), or the URL of the bridge.
        route: The path of the bridge in an app; a URL has its own.
        timeout: Seconds to wait for an answer.
    """

    def __init__(self, app_or_url: Any, *, route: str = "/api/novu", timeout: float = 10.0) -> None:
        if isinstance(app_or_url, str):
            self.url = app_or_url
            local = httpx.URL(app_or_url).host in _LOOPBACK
            self._client = httpx.AsyncClient(timeout=timeout, trust_env=not local)
        else:
            self.url = f"http://bridge.test{route}"
            transport = httpx.ASGITransport(app_or_url, raise_app_exceptions=False)
            self._client = httpx.AsyncClient(transport=transport, timeout=timeout)

    async def __aenter__(self) -> Endpoint:
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.__aexit__(kind, error, trace)

    async def send(self, request: Request, *, secret_key: str, now: int) -> Response:
        """Send a request, signed for `now` (Unix milliseconds) as it says, and read the answer.

        Raises:
            httpx.HTTPError: No answer came.
        """
        response = await self._client.request(
            request.method,
            self.url,
            params=list(request.query),
            headers=_as_bytes(request.signed_headers(secret_key, now=now)),
            content=request.content or None,
        )
        return Response(response.status_code, dict(response.headers), parsed(response.content))


def _as_bytes(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def parsed(content: bytes) -> Any:
    """The body of an answer: JSON, None for nothing, and the text where it is no JSON."""
    if not content:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return content.decode("utf-8", "replace")
