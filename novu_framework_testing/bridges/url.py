"""Any bridge in any language, by its URL."""

from __future__ import annotations

import functools
import ssl
from weakref import WeakSet

import anyio
import httpx

from novu_framework._internal.cached import cached_property
from novu_framework._internal.loops import PerLoop
from novu_framework_testing.bridges.base import BridgeFailure
from novu_framework_testing.bridges.http import HttpBridge
from novu_framework_testing.bridges.loopback import HOSTS, LoopbackTransport


class UrlBridge(HttpBridge):
    """The bridge at a URL such as `http://127.0.0.1:4010/api/novu`.

    Its connections stay open from one request to the next. `aclose` closes those of its event loop, as does the loop's end.
    """

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole response."""
        connections = await _connections.get()
        connections.users.add(self)
        is_near = self._base.scheme == "http" and self._base.host in HOSTS
        try:
            with anyio.fail_after(
                self.timeout
            ):  # httpx's own limit begins anew with each piece of the answer
                if is_near:
                    return await connections.near.handle_async_request(request)
                return await connections.far.send(request)
        except (httpx.TimeoutException, TimeoutError):
            raise self.timed_out() from None
        except httpx.RequestError as error:
            raise BridgeFailure(
                f"{self.shown_url} cannot be reached: {error or type(error).__name__}"
            ) from None

    async def aclose(self) -> None:
        """Close the connections of the running event loop that no other bridge needs."""
        await (await _connections.get()).release(self)


class _Connections:
    """The connections of an event loop, and the bridges that need them."""

    def __init__(self) -> None:
        self.users: WeakSet[UrlBridge] = WeakSet()
        self.near = LoopbackTransport()

    @cached_property
    def far(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(verify=_certificates(), timeout=None)

    async def release(self, user: UrlBridge) -> None:
        self.users.discard(user)
        if not self.users:
            await _connections.close()

    async def aclose(self) -> None:
        await self.near.aclose()
        if "far" in vars(self):
            await self.far.aclose()


@functools.cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context()


_connections = PerLoop(_Connections, _Connections.aclose)
