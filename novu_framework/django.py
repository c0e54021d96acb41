"""The Django adapter: `serve` makes a view of the bridge for sites on WSGI, `serve_async` one for sites on ASGI.

from django.urls import path
from novu_framework.django import serve

urlpatterns = [path("api/novu", serve(workflows=[comment_notification]))]
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from novu_framework import signature
from novu_framework._internal.threads import after_call
from novu_framework.bridge import BridgeResponse
from novu_framework.client import Client
from novu_framework.endpoint import FileEndpoint, ReadableRequest
from novu_framework.errors import MissingDependencyError
from novu_framework.workflow import Workflow

try:
    from django.db import close_old_connections
    from django.http import HttpRequest, HttpResponse
except ModuleNotFoundError as _missing:
    raise MissingDependencyError("`novu_framework.django`", "django", "django") from _missing

if TYPE_CHECKING:
    from novu_framework.agents.agent import AgentLike

__all__ = ["Client", "serve", "serve_async"]

_SIGNATURE = "HTTP_" + signature.HEADER.upper().replace("-", "_")


def serve(
    *, workflows: Iterable[Workflow] = (), agents: Iterable[AgentLike] = (), client: Client | None = None
) -> Callable[[HttpRequest], HttpResponse]:
    """Make a view of the bridge, for `urlpatterns`. It is exempt from CSRF checks, since requests are signed.

        urlpatterns = [path("api/novu", serve(workflows=[welcome]))]

    Its async functions run on one event loop, which the process keeps in a thread.

    Args:
        workflows: The decorated functions.
        agents: The agents, as `@agent` makes them.
        client: The settings; `Client()`, from the environment, if left out.

    Raises:
        MissingSecretKeyError: Signatures are required (the default) and no key is set.
        WorkflowAlreadyExistsError, AgentAlreadyExistsError, WorkflowDiscoveryError: Something is wrong with a workflow or an agent.
    """
    endpoint = FileEndpoint(workflows, client, agents=agents, server="django")

    def novu_bridge(request: HttpRequest, **_: Any) -> HttpResponse:
        with _closing_connections():
            return _response(endpoint.answer(_readable(request)))

    return cast("Callable[[HttpRequest], HttpResponse]", _view(novu_bridge, endpoint))


def serve_async(
    *, workflows: Iterable[Workflow] = (), agents: Iterable[AgentLike] = (), client: Client | None = None
) -> Callable[[HttpRequest], Awaitable[HttpResponse]]:
    """Make an async view of the bridge, which answers on the event loop of an ASGI server; see `serve`."""
    endpoint = FileEndpoint(workflows, client, agents=agents, server="django")

    async def novu_bridge(request: HttpRequest, **_: Any) -> HttpResponse:
        with _closing_connections():
            return _response(await endpoint.answer_async(_readable(request)))

    return cast("Callable[[HttpRequest], Awaitable[HttpResponse]]", _view(novu_bridge, endpoint))


@contextmanager
def _closing_connections() -> Iterator[None]:
    """Let worker threads treat their database connections as Django does in its own threads after a request."""
    token = after_call.set(close_old_connections)
    try:
        yield
    finally:
        after_call.reset(token)


def _readable(request: HttpRequest) -> ReadableRequest:
    return ReadableRequest(
        request.method or "",
        request.META.get("QUERY_STRING", "").encode("latin-1", "replace"),
        request.META.get(_SIGNATURE, ""),
        request.META.get("CONTENT_LENGTH") or "",
        request.read,  # `body` has a limit of Django's own, for forms
    )


def _response(answer: BridgeResponse) -> HttpResponse:
    return HttpResponse(answer.body, status=answer.status, headers=dict(answer.headers))


def _view(view: Any, endpoint: FileEndpoint) -> Any:
    view.csrf_exempt = True  # the decorator of Django before 5.0 makes a plain function of an async one
    view.endpoint = endpoint  # where `handler_of` looks
    return view
