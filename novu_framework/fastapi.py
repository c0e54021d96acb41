"""The FastAPI adapter: `serve` adds the bridge to an app, `novu_router` makes a router of it.

from fastapi import FastAPI
from novu_framework.fastapi import serve

app = FastAPI()
serve(app, workflows=[comment_notification])
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any

from novu_framework.asgi import BridgeEndpoint
from novu_framework.client import Client
from novu_framework.endpoint import METHODS, check_app
from novu_framework.errors import MissingDependencyError
from novu_framework.workflow import Workflow

try:
    from fastapi import APIRouter, FastAPI, Request, Response
    from fastapi.routing import APIRoute
    from starlette.requests import ClientDisconnect
    from starlette.types import Receive, Scope, Send

except ModuleNotFoundError as _missing:
    raise MissingDependencyError("`novu_framework.fastapi`", "fastapi", "fastapi") from _missing

if TYPE_CHECKING:
    from novu_framework.agents.agent import AgentLike

__all__ = ["Client", "novu_router", "serve"]


def serve(
    app: FastAPI | APIRouter,
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow] = (),
    agents: Iterable[AgentLike] = (),
    client: Client | None = None,
) -> None:
    """Serve `workflows` and `agents` to Novu at `route` of `app`.

        serve(app, workflows=[welcome])

    Dependencies of the app, of the router and of `include_router` are asked as for any other route.

    Args:
        app: A FastAPI app, or a router that is included in one.
        route: The path of the bridge.
        workflows: The decorated functions.
        agents: The agents, as `@agent` makes them.
        client: The settings; `Client()`, from the environment, if left out.

    Raises:
        MissingSecretKeyError: Signatures are required (the default) and no key is set.
        ValueError: The route has no slash at its beginning.
        WorkflowAlreadyExistsError, AgentAlreadyExistsError, WorkflowDiscoveryError: Something is wrong with a workflow or an agent.
        TypeError: The app is one of another framework; the message names the module for it.
    """
    check_app(app, "fastapi")
    router = app.router if isinstance(app, FastAPI) else app
    if not f"{router.prefix}{route}".startswith("/") and (route or isinstance(app, FastAPI)):
        raise ValueError(f"A path begins with a slash: {'/' + route!r}, not {route!r}.")
    endpoint = BridgeEndpoint(workflows, client, agents=agents, server="fastapi")
    # an ordinary route, so that FastAPI asks the dependencies of this router and of those that include it
    router.add_api_route(
        route,
        _path_operation(endpoint),
        methods=list(METHODS),
        include_in_schema=False,
        response_model=None,
        name="novu_bridge",
        operation_id="novu_bridge",  # or an app's own function would make one, of tags that there are none of
        route_class_override=_BridgeRoute if router.route_class is APIRoute else None,
    )
    # ahead of the others: a catch-all among them would take it, and requests are compared with one after the other
    router.routes.insert(0, router.routes.pop())


class _BridgeRoute(APIRoute):
    """An ordinary route, and a short cut where nothing along the way has a dependency: that is half of the time.

    A router that includes this one asks for another handler, with what it depends on; the route itself goes straight to
    the bridge.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.dependant.dependencies and getattr(self, "max_body_size", None) is None:
            self.app = self.endpoint.endpoint  # type: ignore[attr-defined]

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handler = super().get_route_handler()
        # what FastAPI solves for this route, those of including routers among it; unknown, it is left to FastAPI
        dependant = inspect.getclosurevars(handler).nonlocals.get("dependant")
        if getattr(dependant, "dependencies", True):
            return handler
        answer = _AsgiResponse(self.endpoint.endpoint)  # type: ignore[attr-defined]

        async def direct(request: Request) -> Response:
            return answer

        return direct


class _AsgiResponse(Response):
    """A response that an ASGI app sends itself."""

    def __init__(self, app: BridgeEndpoint) -> None:
        super().__init__()
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _path_operation(endpoint: BridgeEndpoint) -> Callable[[Request], Awaitable[Response]]:
    async def bridge(request: Request) -> Response:
        stream = aiter(request.stream())  # a dependency may have read the body before

        async def receive() -> dict[str, Any]:
            try:
                return {"type": "http.request", "body": await anext(stream), "more_body": True}
            except StopAsyncIteration:
                return {"type": "http.request"}
            except ClientDisconnect:
                return {"type": "http.disconnect"}

        answer = await endpoint.answer(request.scope, receive)
        return Response(answer.body, answer.status, dict(answer.headers))

    bridge.endpoint = endpoint  # type: ignore[attr-defined]  # where `handler_of` looks
    return bridge


def novu_router(
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow] = (),
    agents: Iterable[AgentLike] = (),
    client: Client | None = None,
) -> APIRouter:
    """Return a router with the bridge, to include in an app.

        app.include_router(novu_router(workflows=[welcome]))

    Arguments and errors are those of `serve`, without `app`: `route`, `workflows` and `client`.
    """
    router = APIRouter()
    serve(router, route, workflows=workflows, agents=agents, client=client)
    return router
