"""The one way to a bridge, whatever stands for it: an app, a URL, or the workflows themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from novu_framework_testing.bridges.asgi import AsgiBridge
from novu_framework_testing.bridges.http import TIMEOUT, HttpBridge
from novu_framework_testing.bridges.url import UrlBridge

if TYPE_CHECKING:
    from novu_framework.workflow import Workflow


def connect(
    target: Any, route: str = "/api/novu", *, secret_key: str, timeout: float = TIMEOUT
) -> HttpBridge:
    """Return a bridge that takes signed requests. Nothing is sent yet.

    Args:
        target: An ASGI app, the URL of a bridge, a workflow or a list of workflows.
        route: The path of the bridge in an app; a URL has its own.
        secret_key: The key that requests are signed with.
        timeout: Seconds to wait for an answer.

    Raises:
        TypeError: `target` is something else.

    >>> connect("http://127.0.0.1:4010/api/novu", secret_key="secret").url
    'http://127.0.0.1:4010/api/novu'
    """
    from novu_framework.workflow import Workflow

    if isinstance(target, str):
        return UrlBridge(target, secret_key=secret_key, timeout=timeout)
    if isinstance(target, (Workflow, list, tuple)):
        workflows = [target] if isinstance(target, Workflow) else list(target)
        return _HandlerBridge(workflows, route, secret_key=secret_key)
    if callable(target):
        return AsgiBridge(target, route, secret_key=secret_key, timeout=timeout)
    raise TypeError(
        f"A bridge is an ASGI app, a URL, a workflow or a list of workflows, not {type(target).__name__}."
    )


class _HandlerBridge(HttpBridge):
    """Workflows without an app: requests and answers as over HTTP, signature included."""

    def __init__(self, workflows: list[Workflow], route: str, *, secret_key: str) -> None:
        from novu_framework.bridge import RequestHandler
        from novu_framework.client import Client

        super().__init__(f"http://bridge.test{route}", secret_key=secret_key)
        self._handler = RequestHandler(workflows, Client(secret_key=secret_key, strict_authentication=True))

    async def send(self, request: httpx.Request) -> httpx.Response:
        from novu_framework.bridge import BridgeRequest

        response = await self._handler(
            BridgeRequest(
                method=request.method,
                query=list(request.url.params.multi_items()),
                headers={name.lower(): value for name, value in request.headers.items()},
                body=request.content,
            )
        )
        return httpx.Response(
            response.status, headers=dict(response.headers), content=response.body, request=request
        )
