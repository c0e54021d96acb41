"""What each framework has of its own: how an app is served, found, guarded and refused."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from io import BytesIO
from threading import get_ident
from typing import Any

import httpx
import pytest
import socketio
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test.utils import override_settings
from django.urls import include, path
from fastapi import APIRouter, FastAPI
from flask import Blueprint, Flask
from flask import request as flask_request
from litestar import Litestar, Response, get
from litestar.config.csrf import CSRFConfig
from litestar.exceptions import NotAuthorizedException
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, Router

import novu_framework.aws_lambda
import novu_framework.django
import novu_framework.fastapi
import novu_framework.flask
import novu_framework.litestar
import novu_framework.starlette
from novu_framework import Client, Step, signature, workflow
from novu_framework.asgi import BridgeEndpoint, handler_of
from novu_framework.cli.project import App
from novu_framework.errors import MissingSecretKeyError, WorkflowAlreadyExistsError
from novu_framework_testing import NovuSimulator
from novu_framework_testing.bridges.routes import route_of
from novu_framework_testing.contract import check_bridge_async
from tests.tables import walked

from .apps import ADAPTERS, http_client, rest_api

SECRET = "test-secret"
SETTINGS = Client(secret_key=SECRET)


@pytest.fixture(autouse=True)
def logging_stays_as_it_is():
    """Litestar sets the level and a handler of the root logger, for the whole process."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@workflow("w")
async def w(payload: dict, step: Step):
    await step.sms("s", lambda: {"body": payload["text"]})


async def execute(name: str, app: Any, url: str = "/api/novu") -> httpx.Response:
    """Execute a step through an app of the adapter `name`."""
    body = json.dumps({"payload": {"text": "hi"}, "controls": {}, "state": []}).encode()
    signed = {signature.HEADER: signature.sign(body, SECRET)}
    query = {"action": "execute", "workflowId": "w", "stepId": "s"}
    async with http_client(name, app) as http:
        return await http.post(url, params=query, content=body, headers=signed)


def works(response: httpx.Response) -> bool:
    return response.status_code == 200 and response.json()["outputs"] == {"body": "hi"}


# --- the same for all ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ADAPTERS)
def test_a_missing_key_is_told_when_the_app_is_made(name, monkeypatch):
    for variable in ("NOVU_SECRET_KEY", "NOVU_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    with pytest.raises(MissingSecretKeyError):
        ADAPTERS[name]([w], None)


@walked("name", ADAPTERS)
def test_two_workflows_of_one_id_are_told_when_the_app_is_made(name):
    with pytest.raises(WorkflowAlreadyExistsError):
        ADAPTERS[name]([w, w], SETTINGS)


@pytest.mark.parametrize("name", ADAPTERS)
async def test_a_step_that_takes_too_long_is_stopped(name):
    @workflow("w")
    async def slow(step: Step):
        async def never():
            await asyncio.Event().wait()

        await step.sms("s", never)

    response = await execute(name, ADAPTERS[name]([slow], Client(secret_key=SECRET, step_timeout=0.01)))
    assert (response.status_code, response.json()["code"]) == (504, "StepTimeoutError")


APPS = {
    "fastapi": [FastAPI, APIRouter],
    "starlette": [Starlette, Router],
    "litestar": [Litestar],
    "flask": [lambda: Flask("a"), lambda: Blueprint("a", "a")],
    "django": [WSGIHandler, ASGIHandler],
}


@walked(
    ("adapter", "framework"),
    [(adapter, other) for adapter in APPS if adapter != "django" for other in APPS if other != adapter],
)
def test_an_app_of_another_framework_is_refused_with_the_module_to_import(adapter, framework):
    serve = getattr(novu_framework, adapter).serve
    for make in APPS[framework]:
        with pytest.raises(TypeError, match=f"`from novu_framework.{framework} import serve`"):
            serve(make(), workflows=[w], client=SETTINGS)


def test_a_subclass_of_an_app_is_one_and_anything_else_is_refused():
    class Site(Flask):
        pass

    novu_framework.flask.serve(Site("a"), workflows=[w], client=SETTINGS)
    with pytest.raises(TypeError, match="takes Starlette or Router, not function"):
        novu_framework.starlette.serve(lambda: None, workflows=[w], client=SETTINGS)


def test_the_workflows_of_an_app_are_found_in_it():
    urls = [
        path(
            "sites/", include([path("api/novu", novu_framework.django.serve(workflows=[w], client=SETTINGS))])
        )
    ]
    blueprint = Blueprint("a", "a")
    novu_framework.flask.serve(blueprint, workflows=[w], client=SETTINGS)
    flask = Flask("a")
    flask.register_blueprint(blueprint, url_prefix="/v1")
    apps = {
        name: ADAPTERS[name]([w], SETTINGS) for name in ("fastapi", "starlette", "asgi", "litestar", "flask")
    }
    apps |= {
        "flask, a blueprint": flask,
        "flask, beside Socket.IO": socketio.WSGIApp(socketio.Server(), flask),
        "starlette, mounted": Starlette(routes=[Mount("/novu", apps["asgi"])]),
        "aws_lambda": novu_framework.aws_lambda.serve(workflows=[w], client=SETTINGS),
        "django, URLs": urls,
    }
    for name, app in apps.items():
        assert (found := handler_of(app)), name
        assert found.workflows == {"w": w}, name
    with override_settings(ROOT_URLCONF=tuple(urls)):
        for handler in (WSGIHandler(), ASGIHandler()):
            assert handler_of(handler).workflows == {"w": w}
    with override_settings(ROOT_URLCONF=()):
        assert handler_of(WSGIHandler()) is None


def test_the_command_finds_the_path_of_the_bridge_in_an_app():
    served = {"workflows": [w], "client": SETTINGS}
    v1 = APIRouter(prefix="/v1")
    v1.include_router(novu_framework.fastapi.novu_router(**served))
    fastapi = FastAPI()
    fastapi.include_router(v1, prefix="/here")
    starlette = Starlette(
        routes=[
            Route("/", PlainTextResponse("home")),
            Mount("/here", routes=[novu_framework.starlette.novu_route("/novu", **served)]),
        ]
    )

    @get("/")
    async def home() -> None: ...

    litestar = Litestar([home, novu_framework.litestar.novu_route("/here/novu", **served)])
    blueprint = Blueprint("a", "a", url_prefix="/here")
    novu_framework.flask.serve(blueprint, **served)
    flask = Flask("a")
    flask.register_blueprint(blueprint)
    urls = [path("here/", include([path("novu/", novu_framework.django.serve_async(**served))]))]
    with override_settings(ROOT_URLCONF=tuple(urls)):
        found = {name: route_of(app) for name, app in {"wsgi": WSGIHandler(), "asgi": ASGIHandler()}.items()}
    found |= {"fastapi": route_of(fastapi), "starlette": route_of(CORSMiddleware(starlette))}
    found |= {
        "litestar": route_of(litestar),
        "flask": route_of(flask),
        "any": route_of(BridgeEndpoint([w], SETTINGS)),
    }
    assert found == {
        "wsgi": "/here/novu/",
        "asgi": "/here/novu/",
        "fastapi": "/here/v1/api/novu",
        "starlette": "/here/novu",
        "litestar": "/here/novu",
        "flask": "/here/api/novu",
        "any": "/api/novu",
    }


async def test_whatever_asks_an_app_finds_the_path_of_its_bridge():
    app = FastAPI()
    novu_framework.fastapi.serve(app, workflows=[w], client=SETTINGS, route="/hooks/novu")
    with NovuSimulator(secret_key=SETTINGS.secret_key) as novu:
        assert [workflow.workflow_id for workflow in novu.connect(app)] == ["w"]
    report = await check_bridge_async(app, secret_key=SETTINGS.secret_key)
    assert report.title == "Bridge https://localhost/hooks/novu"
    novu_framework.fastapi.serve(app, workflows=[], client=SETTINGS)
    with NovuSimulator(secret_key=SETTINGS.secret_key) as novu:
        assert novu.connect(app) == [], "the usual path is the one where it is among several"
        assert [workflow.workflow_id for workflow in novu.connect(app, "/hooks/novu")] == ["w"]


def test_the_command_finds_the_workflows_of_a_django_site_that_has_no_key_yet(monkeypatch):
    for variable in ("NOVU_SECRET_KEY", "NOVU_API_KEY"):
        monkeypatch.delenv(variable, raising=False)

    class Urls:
        """A module that Django imports when a URL is first looked for."""

        @property
        def urlpatterns(self):
            return [path("api/novu", novu_framework.django.serve(workflows=[w]))]

    monkeypatch.setitem(sys.modules, "late_urls", Urls())
    with override_settings(ROOT_URLCONF="late_urls"):
        assert App("mysite.wsgi:application", WSGIHandler(), "/api/novu").workflow("w") is w


# --- what the framework asks before a request, the bridge is behind as well ------------------------


async def test_starlette_asks_its_middleware_and_routes_the_bridge_first():
    def everything(request):
        return PlainTextResponse("everything")

    app = Starlette(
        routes=[Route("/{path:path}", everything, methods=["POST"])],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["bridge.test"])],
    )
    novu_framework.starlette.serve(app, workflows=[w], client=SETTINGS)
    assert works(await execute("starlette", app))
    assert (await execute("starlette", app, "http://other.test/api/novu")).status_code == 400
    scope = {"type": "http", "method": "POST", "path": "/api/novu"}
    assert app.routes[0].matches(scope)[1]["route"] is app.routes[0]  # by which error reporters name requests
    router = Router()
    novu_framework.starlette.serve(router, "/novu", workflows=[w], client=SETTINGS)
    assert works(await execute("starlette", Starlette(routes=[Mount("/v1", router)]), "/v1/novu"))


async def test_litestar_asks_guards_and_hooks_which_may_read_the_body_and_no_csrf_token():
    seen = []

    async def reads(request):
        seen.append(await request.body())

    async def guard(connection, handler):
        if connection.headers["host"] != "bridge.test":
            raise NotAuthorizedException

    route = novu_framework.litestar.novu_route(workflows=[w], client=SETTINGS)
    csrf = CSRFConfig(secret="of Litestar")
    app = Litestar([route], guards=[guard], before_request=reads, csrf_config=csrf)
    assert works(await execute("litestar", app))
    assert (await execute("litestar", app, "http://other.test/api/novu")).status_code == 401
    assert len(seen) == 1
    assert app.openapi_schema.paths == {}

    async def denies(request):
        return Response({"no": "tea"}, status_code=418)

    app = Litestar(
        [novu_framework.litestar.novu_route(workflows=[w], client=SETTINGS)], before_request=denies
    )
    assert (await execute("litestar", app)).status_code == 418


async def test_flask_asks_what_runs_before_requests_which_may_read_the_body():
    app, blueprint = Flask("a"), Blueprint("b", "b")
    seen = []

    @app.before_request
    def reads():
        seen.append(flask_request.get_data())
        return ("no tea", 418) if flask_request.host != "bridge.test" else None

    @app.after_request
    def marks(response):
        response.headers["x-marked"] = "1"
        return response

    novu_framework.flask.serve(app, workflows=[w], client=SETTINGS)
    novu_framework.flask.serve(app, "/v1.0/novu", workflows=[w], client=SETTINGS)
    novu_framework.flask.serve(blueprint, "/novu.v2", workflows=[w], client=SETTINGS)
    app.register_blueprint(blueprint, url_prefix="/<tenant>")
    for url in ("/api/novu", "/v1.0/novu", "/acme/novu.v2"):
        response = await execute("flask", app, url)
        assert works(response), url
        assert response.headers["x-marked"] == "1"
    assert (await execute("flask", app, "http://other.test/api/novu")).status_code == 418
    assert len(seen) == 4


@pytest.mark.parametrize("limit", [1, 10**9])
async def test_the_limit_of_a_body_is_the_bridges_own(limit):
    flask = Flask("a")
    flask.config["MAX_CONTENT_LENGTH"] = limit
    novu_framework.flask.serve(flask, workflows=[w], client=Client(secret_key=SECRET, max_body_bytes=1000))
    litestar = Litestar(
        [novu_framework.litestar.novu_route(workflows=[w], client=SETTINGS)], request_max_body_size=limit
    )
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=limit):
        for name in ("django, a view on WSGI", "django, an async view on ASGI"):
            assert works(await execute(name, ADAPTERS[name]([w], SETTINGS)))
    assert works(await execute("flask", flask))
    assert works(await execute("litestar", litestar))


@pytest.mark.parametrize(("size", "status"), [(1000, 401), (1001, 413), (5000, 413)])
def test_a_body_in_chunks_is_limited_in_flask_too(size, status):
    """The server says that it ends the body, and no length."""
    app = Flask("a")
    novu_framework.flask.serve(app, workflows=[w], client=Client(secret_key=SECRET, max_body_bytes=1000))
    environ = {"wsgi.input": BytesIO(b" " * size), "wsgi.input_terminated": True}
    answer = app.test_client().post("/api/novu?action=execute", environ_overrides=environ)
    assert answer.status_code == status


@pytest.mark.parametrize(("name", "handler"), [("django, WSGI", WSGIHandler), ("django, ASGI", ASGIHandler)])
async def test_django_asks_its_middleware_which_may_read_the_body_and_decorators(name, handler):
    seen = []

    def middleware(get_response):
        def answer(request):
            seen.append(request.body)
            return get_response(request)

        return answer

    def nobody(view):
        return lambda request, *args, **kwargs: HttpResponse("no tea", status=418)

    serve = novu_framework.django.serve
    urls = (
        path("<tenant>/novu", serve(workflows=[w], client=SETTINGS)),
        path("closed", nobody(serve(workflows=[w], client=SETTINGS))),
    )
    globals()["middleware"] = middleware
    with override_settings(ROOT_URLCONF=urls, MIDDLEWARE=[f"{__name__}.middleware"]):
        app = handler()
        assert works(await execute(name, app, "/acme/novu"))
        assert (await execute(name, app, "/closed")).status_code == 418
    assert len(seen) == 2


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("name", ["django, a view on WSGI", "django, an async view on ASGI"])
async def test_django_closes_the_connections_of_worker_threads_as_of_its_own(name, fails, monkeypatch):
    """By their age and health (`CONN_MAX_AGE`); nobody else would look at them again."""
    ran, closed = [], []
    monkeypatch.setattr(novu_framework.django, "close_old_connections", lambda: closed.append(get_ident()))

    @workflow("w")
    async def looks_up(step: Step):
        def render():
            ran.append(get_ident())
            return {"body": "hi"} if not fails else {}[0]

        await step.sms("s", render)

    response = await execute(name, ADAPTERS[name]([looks_up], SETTINGS))
    assert response.status_code == (502 if fails else 200)
    assert ran
    assert closed == ran


# --- an ASGI app by itself ------------------------------------------------------------------------


async def test_the_endpoint_is_a_whole_asgi_app():
    """A server starts and stops it; a WebSocket is refused."""
    endpoint = BridgeEndpoint([w], SETTINGS)
    events = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent: list[Any] = []

    async def receive():
        return events.pop(0)

    async def send(message):
        sent.append(message["type"])

    await endpoint({"type": "lifespan"}, receive, send)
    await endpoint({"type": "websocket"}, receive, send)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete", "websocket.close"]


@pytest.mark.parametrize("name", ["asgi", "fastapi", "starlette", "litestar"])
async def test_a_body_whose_client_is_gone_before_its_end_is_refused_and_no_failure(name, caplog):
    events = [{"type": "http.request", "body": b"{", "more_body": True}, {"type": "http.disconnect"}]
    sent: list[Any] = []

    async def receive():
        return events.pop(0) if len(events) > 1 else events[0]

    async def send(message):
        sent.append(message)

    query = b"action=execute&workflowId=w&stepId=s"
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http",
             "path": "/api/novu", "raw_path": b"/api/novu", "root_path": "", "query_string": query,
             "headers": [(b"host", b"bridge.test")], "client": ("127.0.0.1", 1), "server": ("bridge.test", 80)}  # fmt: skip
    await ADAPTERS[name]([w], SETTINGS)(scope, receive, send)
    assert [message["status"] for message in sent if "status" in message] == [400]
    assert json.loads(sent[-1]["body"])["code"] == "RequestInvalidError"
    assert "Traceback" not in caplog.text


# --- AWS Lambda -------------------------------------------------------------------------------------


def test_an_event_that_is_no_request_is_refused_with_its_keys():
    handler = novu_framework.aws_lambda.serve(workflows=[w], client=SETTINGS)
    with pytest.raises(ValueError, match=r"the event has the keys \['Records'\]"):
        handler({"Records": []}, None)


def test_a_lambda_event_with_little_in_it_and_one_whose_base64_is_none():
    handler = novu_framework.aws_lambda.serve(workflows=[w], client=SETTINGS)
    answer = handler(
        {"httpMethod": "GET", "headers": None, "queryStringParameters": None, "body": None}, None
    )
    assert (answer["statusCode"], json.loads(answer["body"])["status"]) == (200, "ok")
    event = {**rest_api(httpx.Request("POST", "http://x/")), "body": "no base64!", "isBase64Encoded": True}
    answer = handler(event, None)
    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (400, "RequestInvalidError")
