"""The FastAPI adapter: `serve` adds the bridge to an app, `novu_router` makes a router of it.

from fastapi import FastAPI
from novu_framework.fastapi import serve

app = FastAPI()
serve(app, workflows=[comment_notification])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from novu_framework.asgi import METHODS, BridgeEndpoint
from novu_framework.client import Client
from novu_framework.errors import MissingDependencyError
from novu_framework.workflow import Workflow

try:
    from fastapi import APIRouter, FastAPI
except ModuleNotFoundError as missing:
    raise MissingDependencyError("`novu_framework.fastapi`", "fastapi", "fastapi") from missing

__all__ = ["Client", "novu_router", "serve"]


def serve(
    app: FastAPI | APIRouter,
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow],
    client: Client | None = None,
) -> None:
    """Serve `workflows` to Novu at `route` of `app`.

    Args:
        app: A FastAPI app, or a router that is included in one.
        route: The path of the bridge.
        workflows: The decorated functions.
        client: The settings; `Client()`, from the environment, if left out.

    Raises:
        MissingSecretKeyError: Signatures are required (they are unless someone says otherwise) and no key is set.
        WorkflowAlreadyExistsError, WorkflowDiscoveryError: The workflows cannot be served as they are.
    """
    router = app.router if isinstance(app, FastAPI) else app
    # Starlette takes an ASGI app, too, and says so in no type
    endpoint = cast("Callable[..., Any]", BridgeEndpoint(workflows, client, server="fastapi"))
    # unlike the decorators of a router, add_route() leaves its prefix out
    router.add_route(router.prefix + route, endpoint, methods=list(METHODS), include_in_schema=False)
    # ahead of the others: a catch-all among them would take it, and requests are compared with one after the other
    router.routes.insert(0, router.routes.pop())


def novu_router(
    route: str = "/api/novu", *, workflows: Iterable[Workflow], client: Client | None = None
) -> APIRouter:
    """Make a router with the bridge, for `app.include_router(novu_router(workflows=[...]))`.

    Arguments and errors are those of `serve`.
    """
    router = APIRouter()
    serve(router, route, workflows=workflows, client=client)
    return router
