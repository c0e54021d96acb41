"""The Flask adapter: `serve` adds the bridge to an app or a blueprint.

from flask import Flask
from novu_framework.flask import serve

app = Flask(__name__)
serve(app, workflows=[comment_notification])
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from novu_framework import signature
from novu_framework.client import Client
from novu_framework.endpoint import METHODS, FileEndpoint, ReadableRequest, check_app
from novu_framework.errors import MissingDependencyError
from novu_framework.workflow import Workflow

try:
    from flask import Blueprint, Flask, Response, request
except ModuleNotFoundError as _missing:
    raise MissingDependencyError("`novu_framework.flask`", "flask", "flask") from _missing

if TYPE_CHECKING:
    from novu_framework.agents.agent import AgentLike

__all__ = ["Client", "serve"]


def serve(
    app: Flask | Blueprint,
    route: str = "/api/novu",
    *,
    workflows: Iterable[Workflow] = (),
    agents: Iterable[AgentLike] = (),
    client: Client | None = None,
) -> None:
    """Serve `workflows` and `agents` to Novu at `route` of `app`.

        serve(app, workflows=[welcome])

    What runs before and after requests of the app, or of the blueprint, runs for these as well. Async functions run
    on one event loop, which the process keeps in a thread.

    Args:
        app: A Flask app, or a blueprint that is registered in one afterwards.
        route: The path of the bridge.
        workflows: The decorated functions.
        agents: The agents, as `@agent` makes them.
        client: The settings; `Client()`, from the environment, if left out.

    Raises:
        MissingSecretKeyError: Signatures are required (the default) and no key is set.
        WorkflowAlreadyExistsError, AgentAlreadyExistsError, WorkflowDiscoveryError: Something is wrong with a workflow or an agent.
        TypeError: The app is one of another framework; the message names the module for it.
    """
    check_app(app, "flask")
    endpoint = FileEndpoint(workflows, client, agents=agents, server="flask")

    def read(size: int) -> bytes:
        request.max_content_length = size  # Flask cuts a body in chunks off there, and says nothing
        return request.get_data()  # what ran before may have read it

    def novu_bridge(**_: Any) -> Response:
        readable = ReadableRequest(
            request.method,
            request.query_string,
            request.headers.get(signature.HEADER, ""),
            request.headers.get("content-length", ""),
            read,
        )
        answer = endpoint.answer(readable)
        response = Response(answer.body, answer.status)
        response.headers.update(answer.headers)  # the length too, which for a HEAD is not that of its body
        return response

    novu_bridge.endpoint = endpoint  # type: ignore[attr-defined]  # where `handler_of` looks
    name = "novu_bridge" + route.replace(".", "_")  # an app may serve several
    app.add_url_rule(route, name, novu_bridge, methods=METHODS, provide_automatic_options=False)
