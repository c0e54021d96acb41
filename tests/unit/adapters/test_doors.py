"""What an adapter takes and gives at its edges."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from flask import Flask
from litestar import Litestar
from starlette.applications import Starlette

import novu_framework.django
import novu_framework.flask
import novu_framework.litestar
import novu_framework.starlette
from novu_framework import Agent, Client, agent
from novu_framework._internal.threads import after_call
from novu_framework.asgi import handler_of
from tests.tables import walked

from .apps import ADAPTERS, http_client
from .test_adapters import SECRET, execute, w, works

SETTINGS = Client(secret_key=SECRET)


@agent("helper")
async def helper(message: Any, ctx: Any) -> None: ...


def starlette(**served: Any) -> Any:
    return Starlette(routes=[novu_framework.starlette.novu_route(**served)])


def litestar(**served: Any) -> Any:
    return Litestar([novu_framework.litestar.novu_route(**served)], openapi_config=None, logging_config=None)


@pytest.mark.parametrize(("name", "make"), [("starlette", starlette), ("litestar", litestar)])
async def test_a_route_of_the_bridge_is_at_the_usual_path_and_in_no_schema(name: str, make: Any) -> None:
    app = make(workflows=[w], client=SETTINGS)
    assert works(await execute(name, app))
    assert [one.include_in_schema for one in app.routes if name == "starlette"] in ([], [False])
    other = make(route="/hooks/novu", workflows=[w], client=SETTINGS)
    assert works(await execute(name, other, "/hooks/novu"))
    assert (await execute(name, other)).status_code == 404


@walked("name", ADAPTERS, size=15)
async def test_an_answer_names_its_framework_and_has_its_length(name: str) -> None:
    app = ADAPTERS[name]([w], SETTINGS)
    async with http_client(name, app) as http:
        answer = await http.get("/api/novu", params={"action": "health-check"})
        assert answer.status_code == 200
        assert answer.headers["novu-framework-server"] == name.split(",")[0].split(" ")[0].replace("_", "-")
        assert answer.headers["content-length"] == str(len(answer.content))
        assert answer.headers["content-type"].startswith("application/json")
        statuses = [
            (await http.request(method, "/api/novu")).status_code for method in ("OPTIONS", "HEAD", "PUT")
        ]
    async with http_client("asgi", ADAPTERS["asgi"]([w], SETTINGS)) as http:
        expected = [
            (await http.request(method, "/api/novu")).status_code for method in ("OPTIONS", "HEAD", "PUT")
        ]
    assert statuses == expected


@walked("name", ADAPTERS, size=15)
async def test_a_query_of_any_signs_is_taken(name: str) -> None:
    app = ADAPTERS[name]([w], SETTINGS)
    async with http_client(name, app) as http:
        for query in ("action=health-check&x=%E2%82%AC", "action=health-check&x=%FF"):
            assert (await http.get(f"/api/novu?{query}")).status_code == 200


@pytest.mark.parametrize("name", ["starlette", "flask", "litestar", "django"])
def test_an_adapter_serves_agents_or_workflows_or_both(name: str) -> None:
    agents: list[Agent] = [helper]
    for given in ({"workflows": [w]}, {"agents": agents}, {"workflows": [w], "agents": agents}):
        served: dict[str, Any] = {**given, "client": SETTINGS}
        app: Any
        if name == "starlette":
            app = Starlette()
            novu_framework.starlette.serve(app, **served)
        elif name == "flask":
            app = Flask("a")
            novu_framework.flask.serve(app, **served)
        elif name == "litestar":
            app = Litestar(openapi_config=None, logging_config=None)
            novu_framework.litestar.serve(app, **served)
        else:
            for view in (novu_framework.django.serve(**served), novu_framework.django.serve_async(**served)):
                handler: Any = view.endpoint.handler  # type: ignore[attr-defined]
                assert (list(handler.workflows), list(handler.agents)) == (
                    ["w"] if "workflows" in given else [],
                    ["helper"] if "agents" in given else [],
                )
            continue
        found: Any = handler_of(app)
        assert (list(found.workflows), list(found.agents)) == (
            ["w"] if "workflows" in given else [],
            ["helper"] if "agents" in given else [],
        )


def asked(**changed: Any) -> HttpRequest:
    """Return a request to Django as a server may have made it: None takes a variable away."""
    request = RequestFactory().get("/api/novu?action=health-check")
    for name, value in changed.items():
        if value is None:
            request.META.pop(name, None)
        else:
            request.META[name] = value
    return request


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 200),
        ({"QUERY_STRING": "action=health-check&x=€"}, 200),  # a server that has decoded it
        ({"QUERY_STRING": None}, 200),
        ({"CONTENT_LENGTH": None}, 200),
        ({"CONTENT_LENGTH": ""}, 200),
    ],
)
def test_django_takes_what_a_server_leaves_out(changed: dict[str, Any], status: int) -> None:
    view = novu_framework.django.serve(workflows=[w], client=SETTINGS)
    assert view(asked(**changed)).status_code == status
    assert after_call.get() is None


async def test_the_views_of_django_need_no_csrf_token_and_leave_nothing_behind() -> None:
    plain = novu_framework.django.serve(workflows=[w], client=SETTINGS)
    view = novu_framework.django.serve_async(workflows=[w], client=SETTINGS)
    for one in (plain, view):
        assert one.csrf_exempt is True  # type: ignore[attr-defined]
    assert (await view(asked())).status_code == 200
    assert after_call.get() is None
    request = asked()
    request.method = None
    assert plain(request).status_code == 405
