"""`connect`: from what a user names to a bridge, for everything that asks one."""

from __future__ import annotations

from typing import Any

import httpx
from typing_extensions import Unpack

from novu_framework._internal.factories import made
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.client import Client
from novu_framework.settings import problem_of_url, shown_url
from novu_framework.workflow import Workflow
from novu_framework_testing.bridges.asgi import AsgiBridge
from novu_framework_testing.bridges.base import Bridge
from novu_framework_testing.bridges.hosts import HOST
from novu_framework_testing.bridges.http import AppOptions, BridgeOptions, HttpBridge
from novu_framework_testing.bridges.routes import USUAL_ROUTE, route_of
from novu_framework_testing.bridges.url import UrlBridge


def connect(
    target: Any, *, route: str = "/api/novu", secret_key: str, **options: Unpack[AppOptions]
) -> Bridge:
    """Return the bridge that `target` is or serves. Raises `TypeError` or `ValueError` for anything else.

    Args:
        target: An ASGI or WSGI app of this process or a function of AWS Lambda, or a function that makes one; the URL of a bridge, a workflow or
            several, or a `Bridge` of your own.
        route: Where an app serves the bridge, if not where its routes say; a URL says it itself.
        secret_key: The key that requests are signed with.
        options: `environment_type`, what the bridge is told, as Novu does: `dev` or `prod`; `timeout`, the seconds to
            wait for an answer, 5 as at Novu if left out; and for an app of this process `base_url` and `lifespan`, as
            `AsgiBridge` takes them.
    """
    if hasattr(target, "discover") and hasattr(target, "execute"):
        bridge: Bridge = target
        return bridge
    return connect_http(target, route=route, secret_key=secret_key, **options)


def connect_http(
    target: Any,
    *,
    route: str = "/api/novu",
    secret_key: str,
    base_url: str | None = None,
    lifespan: bool = True,
    **options: Unpack[BridgeOptions],
) -> HttpBridge:
    """Return the bridge that `target` serves, to be asked in requests and responses; see `connect`."""
    target = made(target)
    if isinstance(target, str):
        if problem := problem_of_url(target):
            raise ValueError(f"{shown_url(target)!r} is no URL of a bridge: {problem}.")
        return UrlBridge(target, secret_key=secret_key, **options)
    if isinstance(target, Workflow):
        return HandlerBridge([target], route, secret_key=secret_key, **options)
    if isinstance(target, (list, tuple)):
        return HandlerBridge(list(target), route, secret_key=secret_key, **options)
    if callable(target):
        path = route_of(target) if route == USUAL_ROUTE else route
        return AsgiBridge(
            target, path, secret_key=secret_key, base_url=base_url, lifespan=lifespan, **options
        )
    given = type(target).__name__
    raise TypeError(
        f"A bridge is an ASGI or WSGI app, a URL, a workflow or a list of workflows, not {given}."
    )


class HandlerBridge(HttpBridge):
    """Workflows without an app: requests and answers as over HTTP, signature included."""

    def __init__(
        self, workflows: list[Workflow[Any]], route: str, *, secret_key: str, **options: Unpack[BridgeOptions]
    ) -> None:
        super().__init__(f"https://{HOST}{route}", secret_key=secret_key, **options)
        self._handler = RequestHandler(workflows, Client(secret_key=secret_key, strict_authentication=True))

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Hand a request to the handler of the workflows."""
        query = list(request.url.params.multi_items())
        headers = {name.lower(): value for name, value in request.headers.items()}
        answer = await self._handler(BridgeRequest(request.method, query, headers, request.content))
        return httpx.Response(
            answer.status, headers=dict(answer.headers), content=answer.body, request=request
        )
