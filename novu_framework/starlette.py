"""The Starlette adapter: `serve` adds the bridge to an app, `novu_route` makes a route of it.

from starlette.applications import Starlette
from novu_framework.starlette import serve

app = Starlette()
serve(app, workflows=[comment_notification])
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from novu_framework.asgi import BridgeEndpoint
from novu_framework.client import Client
from novu_framework.endpoint import check_app
from novu_framework.errors import MissingDependencyError
from novu_framework.workflow import Workflow

try:
    from starlette.applications import Starlette
    from starlette.routing import Match, Route, Router
    from starlette.types import Scope
except ModuleNotFoundError as _missing:
    raise MissingDependencyError("`novu_framework.starlette`", "starlette", "starlette") from _missing

if TYPE_CHECKING:
    from novu_framework.agents.agent import AgentLike

__all__ = ["Client", "novu_route", "serve"]


def serve(
    app: Starlette | Router,
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow] = (),
    agents: Iterable[AgentLike] = (),
    client: Client | None = None,
) -> None:
    """Serve `workflows` and `agents` to Novu at `route` of `app`.

        serve(app, workflows=[welcome])

    Args:
        app: A Starlette app, or a router that is mounted in one.
        route: The path of the bridge.
        workflows: The decorated functions.
        agents: The agents, as `@agent` makes them.
        client: The settings; `Client()`, from the environment, if left out.

    Raises:
        MissingSecretKeyError: Signatures are required (the default) and no key is set.
        WorkflowAlreadyExistsError, AgentAlreadyExistsError, WorkflowDiscoveryError: Something is wrong with a workflow or an agent.
        TypeError: The app is one of another framework; the message names the module for it.
    """
    check_app(app, "starlette")
    # ahead of the others: a catch-all among them would take it
    app.routes.insert(0, novu_route(route, workflows=workflows, agents=agents, client=client))


def novu_route(
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow] = (),
    agents: Iterable[AgentLike] = (),
    client: Client | None = None,
) -> Route:
    """Make a route with the bridge, for `Starlette(routes=[novu_route(workflows=[...])])`.

    Arguments and errors are those of `serve`.
    """
    endpoint = BridgeEndpoint(workflows, client, agents=agents, server="starlette")
    return NamedRoute(route, endpoint, include_in_schema=False)


class NamedRoute(Route):
    """A route that says which it is, as FastAPI's and later Starlette's do: error reporters name requests by it."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether the route is the one for a request, and what its scope gets; the route itself among it."""
        match, found = super().matches(scope)
        found["route"] = self
        return match, found
