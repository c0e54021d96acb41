"""The simulated Novu inside the process: every client of httpx and httpx2 that calls the Novu API reaches it.

Only the API's own hosts are taken over; requests to any other host go where they always went, or to the mock that the test
has for them. A client's own connections to Novu are led here before any mock of the network sees them (pytest-httpx, vcr);
below a transport of the user's own, such as one that tries again, respx answers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from typing import Any
from unittest import mock

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
        self._patches = ExitStack()

    def __enter__(self) -> Cloud:
        urls = list(self._urls)
        if from_environment := os.environ.get("NOVU_API_URL"):
            urls.append(httpx.URL(from_environment))
        self._router = _Router(self.cloud, urls)
        self._router.start()
        for name in ("httpx", "httpx2"):
            with suppress(ModuleNotFoundError):
                self._patches.enter_context(_led_here(import_module(name), self._router))
        return self.cloud

    def __exit__(self, *error: object) -> None:
        self._patches.close()
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

    def target_of(self, url: httpx.URL) -> str | None:
        """Return what a URL asks of the Novu API; None where it is somebody else's."""
        target = url.raw_path.decode()
        for ours in self._urls:
            prefix = ours.raw_path.decode().rstrip("/")
            if _origin(ours) == _origin(url) and target.startswith(f"{prefix}/"):
                return target[len(prefix) :]
        return None

    def _translated(self, request: httpx.Request) -> ApiRequest:
        target = self.target_of(request.url)
        if target is not None:
            headers = list(request.headers.items())
            return ApiRequest.parse(request.method, target, headers, request.content)
        # Not ours: the next respx router's, where the test has one, and the network's where it has none.
        if self.Mocker is not None and len(self.Mocker.routers) > 1:
            raise AllMockedAssertionError(f"{request!r} is not for the Novu API")
        raise PassThrough(f"{request!r} is not for the Novu API", request=request, origin=respx.Route())


@contextmanager
def _led_here(http: Any, router: _Router) -> Iterator[None]:
    """Lead the connections that clients of a library open themselves, httpx or httpx2, to a router."""

    class Led(http.BaseTransport):  # type: ignore[misc]
        def handle_request(self, request: Any) -> Any:
            request.read()
            with _errors_of(http):
                return answer(request, router.handler(asked(request)))

    class AsyncLed(http.AsyncBaseTransport):  # type: ignore[misc]
        async def handle_async_request(self, request: Any) -> Any:
            await request.aread()
            with _errors_of(http):
                return answer(request, await router.async_handler(asked(request)))

    def asked(request: Any) -> httpx.Request:
        return httpx.Request(
            request.method, str(request.url), headers=request.headers.raw, content=request.content
        )

    def answer(request: Any, given: httpx.Response) -> Any:
        return http.Response(
            given.status_code, headers=given.headers.raw, content=given.content, request=request
        )

    def patched(client: Any, of_the_network: type, led: Any) -> Any:
        found = client._transport_for_url

        def transport_for_url(self: Any, url: Any) -> Any:
            transport = found(self, url)
            ours = type(transport) is of_the_network and router.target_of(httpx.URL(str(url))) is not None
            return led if ours else transport

        return mock.patch.object(client, "_transport_for_url", transport_for_url)

    with (
        patched(http.Client, http.HTTPTransport, Led()),
        patched(http.AsyncClient, http.AsyncHTTPTransport, AsyncLed()),
    ):
        yield


@contextmanager
def _errors_of(http: Any) -> Iterator[None]:
    """Raise an error of httpx, which a test arranged, as the library's own of that name."""
    try:
        yield
    except httpx.HTTPError as error:
        raise getattr(http, type(error).__name__, type(error))(str(error)) from None


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    return url.scheme, url.host, url.port or (443 if url.scheme == "https" else 80)


@contextmanager
def _errors_of_the_client() -> Iterator[None]:
    try:
        yield
    except ConnectionBroken as broken:
        raise broken.error from None
