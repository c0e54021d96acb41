"""The bridge inside FastAPI apps."""

from __future__ import annotations

import json
from inspect import ClosureVars

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request, Response, Security
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader

from novu_framework import Step, signature, workflow
from novu_framework.answers import StepWarning, observed_steps
from novu_framework.asgi import handler_of
from novu_framework.fastapi import Client, novu_router, serve
from tests.tables import walked

from .conftest import SECRET


@workflow("w")
async def w(payload: dict, step: Step):
    await step.sms("s", lambda: {"body": payload["text"]})


def settings(**options) -> Client:
    return Client(secret_key=SECRET, **options)


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bridge")


async def execute(app: FastAPI, path: str, text: str = "hi") -> httpx.Response:
    body = json.dumps({"payload": {"text": text}, "controls": {}, "state": []}).encode()
    async with client_of(app) as http:
        return await http.post(
            path,
            params={"action": "execute", "workflowId": "w", "stepId": "s"},
            content=body,
            headers={"novu-signature": signature.sign(body, SECRET), "content-type": "application/json"},
        )


async def test_on_an_app():
    app = FastAPI()
    serve(app, workflows=[w], client=Client(secret_key=SECRET))
    response = await execute(app, "/api/novu")
    assert response.status_code == 200
    assert response.json()["outputs"] == {"body": "hi"}
    assert response.headers["novu-framework-server"] == "fastapi"


async def test_a_dropped_key_is_observed_behind_a_middleware_that_runs_the_app_in_another_task():
    @workflow("w")
    async def misspelt(step: Step):
        await step.sms("s", {"body": "x", "bodi": "x"})

    app = FastAPI()

    @app.middleware("http")
    async def through(request, call_next):
        return await call_next(request)

    serve(app, workflows=[misspelt], client=Client(secret_key=SECRET))
    with observed_steps() as observed:
        assert (await execute(app, "/api/novu")).status_code == 200
    assert observed.warnings == [StepWarning("dropped-output", "w", "s", "sms", ("bodi",))]


async def test_on_a_router_with_a_prefix():
    app, router = FastAPI(), APIRouter()
    serve(router, "/novu", workflows=[w], client=Client(secret_key=SECRET))
    app.include_router(router, prefix="/v1")
    assert (await execute(app, "/v1/novu")).status_code == 200


async def test_novu_router_included():
    app = FastAPI()
    app.include_router(novu_router(workflows=[w], client=Client(secret_key=SECRET)))
    assert (await execute(app, "/api/novu")).status_code == 200


async def test_an_empty_parameter_is_one_too():
    app = FastAPI()
    serve(app, workflows=[w], client=settings())
    async with client_of(app) as http:
        assert (await http.get("/api/novu?action=&action=discover")).json()["status"] == "ok"


async def test_it_is_not_in_the_openapi_schema():
    app = FastAPI()
    serve(app, workflows=[w], client=Client(secret_key=SECRET))
    assert app.openapi()["paths"] == {}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD"])
async def test_methods_that_are_not_allowed(method):
    app = FastAPI()
    serve(app, workflows=[w], client=Client(secret_key=SECRET))
    async with client_of(app) as http:
        response = await http.request(method, "/api/novu")
    assert response.status_code == 405
    assert response.headers["access-control-allow-origin"] == "*"
    if method != "HEAD":
        assert response.json()["code"] == "MethodNotAllowedError"


async def test_a_body_over_the_limit_is_refused_while_it_is_read():
    app = FastAPI()
    serve(app, workflows=[w], client=Client(secret_key=SECRET, max_body_bytes=1000))
    sent = 0

    async def endless():
        nonlocal sent
        for _ in range(1_000_000):
            sent += 100
            yield b"x" * 100

    received = []

    async def receive(parts=endless()):  # noqa: B008
        return {"type": "http.request", "body": await anext(parts), "more_body": True}

    async def send(message):
        received.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/novu",
        "raw_path": b"/api/novu",
        "root_path": "",
        "query_string": b"action=execute",
        "headers": [],
    }
    await app(scope, receive, send)
    assert received[0]["status"] == 413
    assert json.loads(received[1]["body"])["code"] == "RequestTooLargeError"
    assert sent <= 1200

    too_large = await execute(app, "/api/novu", text="x" * 2000)
    assert too_large.status_code == 413


# --- dependencies: what an ordinary route under the same router answers, the bridge answers --------


def deny():
    raise HTTPException(418, "no tea", headers={"x-why": "tea"})


async def deny_async():
    raise HTTPException(403)


class TenantDenied(Exception):
    pass


def deny_by_an_error_of_the_app():
    raise TenantDenied


def needs_a_header(x_token: str = Header()):
    assert x_token == "t"


def fails_before_its_yield():
    raise HTTPException(409)
    yield


def needs_another(_: None = Depends(deny_async)):
    pass


async def reads_the_body(request: Request):
    await request.body()


def sets_a_header(response: Response):
    response.headers["x-set"] = "1"


def lets_in():
    pass


DEPENDENCIES = {
    "raises": Depends(deny),
    "raises, async": Depends(deny_async),
    "raises before its yield": Depends(fails_before_its_yield),
    "raises what the app handles": Depends(deny_by_an_error_of_the_app),
    "a header that is missing": Depends(needs_a_header),
    "a dependency of a dependency": Depends(needs_another),
    "security": Security(APIKeyHeader(name="x-key"), scopes=["novu"]),
    "reads the body": Depends(reads_the_body),
    "sets a header": Depends(sets_a_header),
    "lets in": Depends(lets_in),
    "an override denies": Depends(lambda: None),
}


async def ordinary(request: Request) -> Response:
    await request.body()
    return Response("ordinary")


def on_app(dependency):
    app = FastAPI(dependencies=[dependency])
    serve(app, workflows=[w], client=settings())
    return app, app


def on_app_with_a_novu_router(dependency):
    app = FastAPI(dependencies=[dependency])
    app.include_router(novu_router(workflows=[w], client=settings()))
    return app, app


def on_include(dependency):
    app, router = FastAPI(), novu_router(workflows=[w], client=settings())
    router.add_api_route("/ordinary", ordinary, methods=["POST"])
    app.include_router(router, dependencies=[dependency])
    return app, None


def on_the_router(dependency):
    app, router = FastAPI(), APIRouter(dependencies=[dependency])
    serve(router, workflows=[w], client=settings())
    router.add_api_route("/ordinary", ordinary, methods=["POST"])
    app.include_router(router)
    return app, None


def on_a_router_that_includes_it(dependency):
    app, outer, inner = FastAPI(), APIRouter(), APIRouter(dependencies=[dependency])
    inner.include_router(novu_router(workflows=[w], client=settings()))
    inner.add_api_route("/ordinary", ordinary, methods=["POST"])
    outer.include_router(inner)
    app.include_router(outer)
    return app, None


def on_a_mounted_app(dependency):
    app, inner = FastAPI(), FastAPI(dependencies=[dependency])
    serve(inner, workflows=[w], client=settings())
    inner.add_api_route("/ordinary", ordinary, methods=["POST"])
    app.mount("/", inner)
    inner.add_exception_handler(TenantDenied, lambda request, error: JSONResponse({}, 451))
    return app, None


def on_an_app_that_includes_the_router_of_another(dependency):
    app, inner = FastAPI(dependencies=[dependency]), FastAPI()
    serve(inner, workflows=[w], client=settings())
    inner.add_api_route("/ordinary", ordinary, methods=["POST"])
    app.include_router(inner.router)
    return app, None


def on_the_inclusion_of_the_router_of_another_app(dependency):
    app, inner, outer = FastAPI(), FastAPI(), APIRouter()
    serve(inner, workflows=[w], client=settings())
    inner.add_api_route("/ordinary", ordinary, methods=["POST"])
    outer.include_router(inner.router, dependencies=[dependency])
    app.include_router(outer)
    return app, None


PLACES = [
    on_app,
    on_an_app_that_includes_the_router_of_another,
    on_the_inclusion_of_the_router_of_another_app,
    on_app_with_a_novu_router,
    on_include,
    on_the_router,
    on_a_router_that_includes_it,
    on_a_mounted_app,
]


@walked("place", PLACES)
@walked("name", DEPENDENCIES, size=15)
async def test_dependencies_are_asked_as_for_an_ordinary_route(place, name):
    app, bare = place(DEPENDENCIES[name])
    if bare is not None:
        bare.add_api_route("/ordinary", ordinary, methods=["POST"])
    app.add_exception_handler(TenantDenied, lambda request, error: JSONResponse({}, 451))
    if name == "an override denies":
        for routed in (app, *(route.app for route in app.routes if hasattr(route, "app"))):
            getattr(routed, "dependency_overrides", {})[DEPENDENCIES[name].dependency] = deny
    bridge = await execute(app, "/api/novu")
    async with client_of(app) as http:
        expected = await http.post("/ordinary", content=b"{}")
    if name in ("reads the body", "sets a header", "lets in"):
        assert (bridge.status_code, expected.status_code) == (200, 200)
        assert bridge.json()["outputs"] == {"body": "hi"}
    else:
        assert (bridge.status_code, bridge.text) == (expected.status_code, expected.text)
        assert bridge.status_code in (401, 403, 409, 418, 422, 451)
        assert bridge.headers.get("x-why") == expected.headers.get("x-why")


@walked("place", PLACES, size=15)
async def test_a_dependency_with_a_yield_is_open_while_a_resolver_runs(place):
    opened, seen = [], []

    async def connection():
        opened.append("connection")
        yield
        opened.pop()

    @workflow("w")
    async def looks(step: Step):
        await step.sms("s", lambda: seen.append(list(opened)) or {"body": "x"})

    w_before, globals()["w"] = w, looks
    try:
        app, _ = place(Depends(connection))
    finally:
        globals()["w"] = w_before
    assert (await execute(app, "/api/novu")).status_code == 200
    assert (seen, opened) == ([["connection"]], [])


@walked("place", PLACES, size=15)
async def test_behind_dependencies_it_is_the_same_bridge(place):
    app, _ = place(Depends(lets_in))
    assert handler_of(app).workflows == {"w": w}
    async with client_of(app) as http:
        health, head = await http.get("/api/novu"), await http.head("/api/novu")
        refused = await http.put("/api/novu")
    plain = FastAPI()
    serve(plain, workflows=[w], client=settings())
    async with client_of(plain) as http:
        for answer, expected in (
            (health, await http.get("/api/novu")),
            (head, await http.head("/api/novu")),
            (refused, await http.put("/api/novu")),
        ):
            assert (answer.status_code, answer.content) == (expected.status_code, expected.content)
            assert dict(answer.headers) == dict(expected.headers)


async def test_a_body_over_the_limit_is_refused_behind_dependencies_too():
    app = FastAPI(dependencies=[Depends(reads_the_body)])
    serve(app, workflows=[w], client=settings(max_body_bytes=1000))
    assert (await execute(app, "/api/novu", text="x" * 2000)).status_code == 413


async def test_the_route_class_of_a_router_is_used():
    class Closed(APIRoute):
        def get_route_handler(self):
            async def closed(request):
                return Response(status_code=503)

            return closed

    app, router = FastAPI(), APIRouter(route_class=Closed)
    serve(router, workflows=[w], client=settings())
    app.include_router(router)
    assert (await execute(app, "/api/novu")).status_code == 503
    app = FastAPI()
    app.router.route_class = Closed
    serve(app, workflows=[w], client=settings())
    assert (await execute(app, "/api/novu")).status_code == 503


async def test_a_fastapi_that_does_not_show_its_dependencies_is_left_to_ask_them(monkeypatch):
    monkeypatch.setattr("inspect.getclosurevars", lambda function: ClosureVars({}, {}, {}, set()))
    app, _ = on_include(Depends(deny))
    assert (await execute(app, "/api/novu")).status_code == 418


@pytest.mark.parametrize("place", [on_app, on_the_router, on_include])
async def test_a_body_in_parts_behind_a_dependency(place):
    app, _ = place(Depends(lets_in))
    body = json.dumps({"payload": {"text": "hi"}, "controls": {}, "state": []}).encode()

    async def parts():
        for at in range(0, len(body), 7):
            yield body[at : at + 7]

    async with client_of(app) as http:
        answer = await http.post(
            "/api/novu?action=execute&workflowId=w&stepId=s",
            content=parts(),
            headers={"novu-signature": signature.sign(body, SECRET)},
        )
    assert answer.json()["outputs"] == {"body": "hi"}


@pytest.mark.parametrize("behind", [[], [Depends(lets_in)]])
async def test_a_route_that_takes_everything_does_not_take_the_bridges(behind):
    app = FastAPI(dependencies=behind)
    app.add_api_route("/{path:path}", ordinary, methods=["POST"])
    serve(app, workflows=[w], client=settings())
    assert (await execute(app, "/api/novu")).json()["outputs"] == {"body": "hi"}


async def test_without_dependencies_fastapi_solves_none(monkeypatch):
    async def solve_dependencies(**_):
        raise AssertionError("there are no dependencies to solve")

    monkeypatch.setattr("fastapi.routing.solve_dependencies", solve_dependencies)
    app, router = FastAPI(), APIRouter()
    serve(router, workflows=[w], client=settings())
    app.include_router(router)
    assert (await execute(app, "/api/novu")).status_code == 200


async def test_an_apps_own_names_of_operations_and_routes_stay():
    app = FastAPI(generate_unique_id_function=lambda route: f"{route.tags[0]}-{route.name}")

    @app.get("/bridge", name="bridge", tags=["a"])
    def ordinary_bridge():
        return "theirs"

    serve(app, workflows=[w], client=settings())
    assert (app.url_path_for("bridge"), app.url_path_for("novu_bridge")) == ("/bridge", "/api/novu")
    assert (await execute(app, "/api/novu")).status_code == 200


def test_a_path_without_a_slash_is_refused():
    with pytest.raises(ValueError, match="begins with a slash: '/api/novu', not 'api/novu'"):
        serve(FastAPI(), "api/novu", workflows=[w], client=settings())
    for router in (APIRouter(prefix="/novu"), APIRouter()):
        serve(router, "", workflows=[w], client=settings())
