"""The simulated Novu inside the process: every httpx client that calls the Novu API reaches it, by respx.

Only the API's own hosts are taken over; requests to any other host go where they always went, or to the respx
routes of the test, if it has some.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

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

    def __exit__(self, *error: object) -> None:
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
        with _errors_of_the_client():
            request.read()  # a form with files is a stream
            return self._recorded(request, self._cloud.handle(self._translated(request)))

    async def async_handler(self, request: httpx.Request) -> httpx.Response:
        with _errors_of_the_client():
            await request.aread()
            return self._recorded(request, await self._cloud.handle_async(self._translated(request)))

    def _recorded(self, request: httpx.Request, answer: ApiResponse) -> httpx.Response:
        headers = [(name.encode(), value.encode()) for name, value in answer.all_headers.items()]
        response = httpx.Response(answer.status, headers=headers, content=answer.content, request=request)
        self.record(request, response=response)
        return response

    def _translated(self, request: httpx.Request) -> ApiRequest:
        for url in self._urls:
            prefix = url.raw_path.decode().rstrip("/")
            target = request.url.raw_path.decode()
            if _origin(url) == _origin(request.url) and target.startswith(f"{prefix}/"):
                return ApiRequest.parse(
                    request.method, target[len(prefix) :], list(request.headers.items()), request.content
                )
        # Not ours: the next respx router's, where the test has one, and the network's where it has none.
        if self.Mocker is not None and len(self.Mocker.routers) > 1:
            raise AllMockedAssertionError(f"{request!r} is not for the Novu API")
        raise PassThrough(f"{request!r} is not for the Novu API", request=request, origin=respx.Route())


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


@contextmanager
def _errors_of_the_client() -> Iterator[None]:
    try:
        yield
    except ConnectionBroken as broken:
        raise broken.error from None
