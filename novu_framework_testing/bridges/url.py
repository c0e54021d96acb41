"""Any bridge in any language, by its URL."""

from __future__ import annotations

import ssl

import anyio
import httpx

from novu_framework_testing.bridges.base import BridgeFailure
from novu_framework_testing.bridges.http import HttpBridge

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class UrlBridge(HttpBridge):
    """The bridge at a URL such as `http://127.0.0.1:4010/api/novu`."""

    _tls: ssl.SSLContext | None = None

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole response."""
        # A connection a request: a pool would be tied to one event loop, and tests bring a loop each.
        try:
            with anyio.fail_after(
                self.timeout
            ):  # httpx's own limit begins anew with each piece of the answer
                async with httpx.AsyncClient(
                    verify=self._verify(), timeout=self.timeout, trust_env=self._base.host not in _LOOPBACK
                ) as client:
                    return await client.send(request)
        except (httpx.TimeoutException, TimeoutError):
            raise self.timed_out() from None
        except httpx.RequestError as error:
            raise BridgeFailure(f"{self.url} cannot be reached: {error or type(error).__name__}") from None

    def _verify(self) -> ssl.SSLContext | bool:
        if self._base.scheme != "https":
            return False
        if UrlBridge._tls is None:
            UrlBridge._tls = httpx.create_ssl_context()
        return UrlBridge._tls
