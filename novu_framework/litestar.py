"""The Litestar adapter: `serve` adds the bridge to an app, `novu_route` makes a route handler of it.

from litestar import Litestar
from novu_framework.litestar import novu_route

app = Litestar([novu_route(workflows=[comment_notification])])
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from novu_framework.asgi import BridgeEndpoint
from novu_framework.client import Client
from novu_framework.endpoint import METHODS, check_app
from novu_framework.errors import MissingDependencyError
from novu_framework.workflow import Workflow

try:
    from litestar import Litestar, Request, Response, Router
    from litestar.enums import HttpMethod
    from litestar.exceptions import InternalServerException
    from litestar.handlers import HTTPRouteHandler
except ModuleNotFoundError as _missing:
    raise MissingDependencyError("`novu_framework.litestar`", "litestar", "litestar") from _missing

if TYPE_CHECKING:
    from novu_framework.agents.agent import AgentLike

__all__ = ["Client", "novu_route", "serve"]


def serve(
    app: Litestar | Router,
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow] = (),
    agents: Iterable[AgentLike] = (),
    client: Client | None = None,
) -> None:
    """Serve `workflows` and `agents` to Novu at `route` of `app`.

        serve(app, workflows=[welcome])

    Guards, middleware and request hooks apply as they do to any other route.

    Args:
        app: A Litestar app, or a router that is registered in one afterwards.
        route: The path of the bridge.
        workflows: The decorated functions.
        agents: The agents, as `@agent` makes them.
        client: The settings; `Client()`, from the environment, if left out.

    Raises:
        MissingSecretKeyError: Signatures are required (the default) and no key is set.
        WorkflowAlreadyExistsError, AgentAlreadyExistsError, WorkflowDiscoveryError: Something is wrong with a workflow or an agent.
        TypeError: The app is one of another framework; the message names the module for it.
    """
    check_app(app, "litestar")
    app.register(novu_route(route, workflows=workflows, agents=agents, client=client))


def novu_route(
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow] = (),
    agents: Iterable[AgentLike] = (),
    client: Client | None = None,
) -> HTTPRouteHandler:
    """Make a route handler with the bridge, for `Litestar([novu_route(workflows=[...])])`.

    Arguments and errors are those of `serve`.
    """
    endpoint = BridgeEndpoint(workflows, client, agents=agents, server="litestar")

    async def novu_bridge(request: Request[Any, Any, Any]) -> Response[bytes]:
        stream = aiter(request.stream())  # a guard or a middleware may have read the body before

        async def receive() -> dict[str, Any]:
            try:
                return {"type": "http.request", "body": await anext(stream), "more_body": True}
            except StopAsyncIteration:
                return {"type": "http.request"}
            except InternalServerException:
                return {"type": "http.disconnect"}

        answer = await endpoint.answer(cast("dict[str, Any]", request.scope), receive)
        return Response(answer.body, status_code=answer.status, headers=dict(answer.headers))

    handler = HTTPRouteHandler(
        route,
        http_method=[HttpMethod(method) for method in METHODS],
        include_in_schema=False,
        request_max_body_size=None,  # the bridge has its own, and answers as the protocol does
        exclude_from_csrf=True,
    )(novu_bridge)
    novu_bridge.endpoint = endpoint  # type: ignore[attr-defined]  # where `handler_of` looks
    return handler
