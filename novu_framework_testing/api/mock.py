"""The simulated Novu inside the process: every httpx client that calls the Novu API reaches it, by respx.

Only the API's own hosts are taken over; requests to any other host go where they always went, or to the respx
routes of the test, if it has some.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from types import TracebackType
from typing import NoReturn

import httpx
import respx
from respx.models import AllMockedAssertionError, PassThrough

from novu_framework_testing.api.cloud import Cloud
from novu_framework_testing.api.faults import ConnectionBroken
from novu_framework_testing.api.http import ApiRequest, ApiResponse

API_URLS = ("https://api.novu.co", "https://eu.api.novu.co")


class MockedCloud:
    """While it is entered, httpx requests to the Novu API are answered by `cloud`.

    The hosts are `api.novu.co`, `eu.api.novu.co`, the one in the environment's `NOVU_API_URL`, and `also`.

        >>> from novu_framework_testing import NovuSimulator
        >>> cloud = Cloud(NovuSimulator(secret_key="key"))
        >>> with MockedCloud(cloud):
        ...     httpx.get("https://api.novu.co/v2/topics", headers={"Authorization": "ApiKey key"}).json()["data"]
        []
    """

    def __init__(self, cloud: Cloud, *, also: Iterable[str] = ()) -> None:
        self.cloud = cloud
        self._urls = [httpx.URL(url) for url in (*API_URLS, *also)]
        self._router: _Router | None = None

    def __enter__(self) -> Cloud:
        urls = list(self._urls)
        if from_environment := os.environ.get("NOVU_API_URL"):
            urls.append(httpx.URL(from_environment))
        self._router = _Router(self.cloud, urls)
        self._router.start()
        return self.cloud

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._router is not None:
            self._router.stop()
            self._router = None


class _Router(respx.MockRouter):
    """A respx router whose one route is the whole API."""

    def __init__(self, cloud: Cloud, urls: list[httpx.URL]) -> None:
        super().__init__(assert_all_called=False)
        self._cloud = cloud
        self._urls = urls

    def handler(self, request: httpx.Request) -> httpx.Response:
        asked = self._asked(request)
        try:
            response = _to_httpx(self._cloud.handle(asked), request)
        except ConnectionBroken as broken:
            raise broken.error from None
        self.record(request, response=response)
        return response

    async def async_handler(self, request: httpx.Request) -> httpx.Response:
        asked = self._asked(request)
        try:
            response = _to_httpx(await self._cloud.handle_async(asked), request)
        except ConnectionBroken as broken:
            raise broken.error from None
        self.record(request, response=response)
        return response

    def _asked(self, request: httpx.Request) -> ApiRequest:
        for url in self._urls:
            prefix = url.raw_path.decode().rstrip("/")
            target = request.url.raw_path.decode()
            if _origin(url) == _origin(request.url) and target.startswith(f"{prefix}/"):
                return ApiRequest.parse(
                    request.method, target[len(prefix) :], list(request.headers.items()), request.content
                )
        self._leave(request)

    def _leave(self, request: httpx.Request) -> NoReturn:
        """Not ours: the next respx router's, where the test has one, and the network's where it has none."""
        if self.Mocker is not None and len(self.Mocker.routers) > 1:
            raise AllMockedAssertionError(f"{request!r} is not for the Novu API")
        raise PassThrough(f"{request!r} is not for the Novu API", request=request, origin=respx.Route())


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


def _to_httpx(response: ApiResponse, request: httpx.Request) -> httpx.Response:
    return httpx.Response(
        response.status, headers=response.all_headers, content=response.content, request=request
    )
