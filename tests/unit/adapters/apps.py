"""One app for each adapter, over the same workflows, and a way to send it requests."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import django
import httpx
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings
from django.urls import path
from fastapi import FastAPI
from flask import Flask
from litestar import Litestar
from starlette.applications import Starlette

import novu_framework.aws_lambda
import novu_framework.django
import novu_framework.fastapi
import novu_framework.flask
import novu_framework.litestar
import novu_framework.starlette
from novu_framework import Agent, Client, Workflow
from novu_framework.asgi import BridgeEndpoint
from novu_framework_testing.bridges.transports import WsgiTransport

if not settings.configured:
    settings.configure(
        SECRET_KEY="of Django",
        ALLOWED_HOSTS=["*"],
        MIDDLEWARE=[f"django.middleware.{name}Middleware" for name in ("common.Common", "csrf.CsrfView")],
    )
    django.setup()


def fastapi(workflows: Iterable[Workflow], client: Client, agents: Iterable[Agent] = ()) -> Any:
    app = FastAPI()
    novu_framework.fastapi.serve(app, workflows=workflows, agents=agents, client=client)
    return app


def starlette(workflows: Iterable[Workflow], client: Client, agents: Iterable[Agent] = ()) -> Any:
    app = Starlette()
    novu_framework.starlette.serve(app, workflows=workflows, agents=agents, client=client)
    return app


def litestar(workflows: Iterable[Workflow], client: Client, agents: Iterable[Agent] = ()) -> Any:
    app = Litestar(openapi_config=None, logging_config=None)
    novu_framework.litestar.serve(app, workflows=workflows, agents=agents, client=client)
    return app


def flask(workflows: Iterable[Workflow], client: Client, agents: Iterable[Agent] = ()) -> Any:
    app = Flask("adapters")
    novu_framework.flask.serve(app, workflows=workflows, agents=agents, client=client)
    return app


def on_django(serve: Any, handler: type) -> Callable[..., Any]:
    def make(workflows: Iterable[Workflow], client: Client, agents: Iterable[Agent] = ()) -> Any:
        urls = (path("api/novu", serve(workflows=workflows, agents=agents, client=client)),)
        made = handler()

        def wsgi(environ: Any, start_response: Any) -> Any:
            with override_settings(ROOT_URLCONF=urls):
                return made(environ, start_response)

        async def asgi(scope: Any, receive: Any, send: Any) -> None:
            with override_settings(ROOT_URLCONF=urls):
                await made(scope, receive, send)

        return wsgi if handler is WSGIHandler else asgi

    return make


def aws_lambda(event_of: Callable[[httpx.Request], dict[str, Any]]) -> Callable[..., Any]:
    def make(workflows: Iterable[Workflow], client: Client, agents: Iterable[Agent] = ()) -> Any:
        handler = novu_framework.aws_lambda.serve(workflows=workflows, agents=agents, client=client)

        def wsgi(environ: Any, start_response: Any) -> Any:
            """A gateway in front of the function."""
            headers = {
                name[5:].replace("_", "-"): value for name, value in environ.items() if name[:5] == "HTTP_"
            }
            body = environ["wsgi.input"].read()
            url = f"http://gateway/api/novu?{environ['QUERY_STRING']}"
            event = event_of(httpx.Request(environ["REQUEST_METHOD"], url, headers=headers, content=body))
            answer = handler(json.loads(json.dumps(event)), None)
            if "headers" in event:
                many = {name: [value] for name, value in answer["headers"].items()}
            else:
                many = answer["multiValueHeaders"]  # a load balancer takes what it gives
            assert not answer["isBase64Encoded"]
            start_response(f"{answer['statusCode']} ", [(name, one) for name in many for one in many[name]])
            return [answer["body"].encode()]

        return wsgi

    return make


def _multi(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]] | None:
    many: dict[str, list[str]] = {}
    for name, value in pairs:
        many.setdefault(name, []).append(value)
    return many or None


def rest_api(request: httpx.Request) -> dict[str, Any]:
    """The payload format 1.0 of an API Gateway: text as it is, anything else in base64."""
    query = parse_qsl(request.url.query.decode(), keep_blank_values=True)
    try:
        body, is_base64 = request.content.decode(), False
    except UnicodeDecodeError:
        body, is_base64 = b64encode(request.content).decode(), True
    return {
        "resource": "/api/novu",
        "path": "/api/novu",
        "httpMethod": request.method,
        "headers": dict(request.headers) or None,
        "multiValueHeaders": _multi(request.headers.multi_items()),
        "queryStringParameters": dict(query) or None,
        "multiValueQueryStringParameters": _multi(query),
        "pathParameters": None,
        "requestContext": {"httpMethod": request.method, "stage": "prod", "identity": {}},
        "body": body or None,
        "isBase64Encoded": is_base64,
    }


def http_api(request: httpx.Request) -> dict[str, Any]:
    """The payload format 2.0, of HTTP APIs and function URLs."""
    event = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/api/novu",
        "rawQueryString": request.url.query.decode(),
        "headers": dict(request.headers),
        "requestContext": {
            "http": {"method": request.method, "path": "/api/novu", "sourceIp": "127.0.0.1"},
            "stage": "$default",
        },
        "isBase64Encoded": bool(request.content),
    }
    if request.content:
        event["body"] = b64encode(request.content).decode()
    return event


def load_balancer(request: httpx.Request) -> dict[str, Any]:
    """The event of an Application Load Balancer, whose parameters are still encoded."""
    pairs = [pair.partition("=") for pair in request.url.query.decode().split("&") if pair]
    first: dict[str, str] = {}
    for name, _, value in pairs:
        first.setdefault(name, value)
    return {
        "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:eu-central-1:1:t"}},
        "httpMethod": request.method,
        "path": "/api/novu",
        "queryStringParameters": first,
        "headers": dict(request.headers),
        "body": b64encode(request.content).decode(),
        "isBase64Encoded": True,
    }


def load_balancer_multi(request: httpx.Request) -> dict[str, Any]:
    """The event of a load balancer whose target group has multi-value headers."""
    event = load_balancer(request)
    pairs = [pair.partition("=") for pair in request.url.query.decode().split("&") if pair]
    del event["headers"], event["queryStringParameters"]
    return {
        **event,
        "multiValueHeaders": _multi(request.headers.multi_items()),
        "multiValueQueryStringParameters": _multi((name, value) for name, _, value in pairs) or {},
    }


django_serve, django_serve_async = novu_framework.django.serve, novu_framework.django.serve_async

ADAPTERS: dict[str, Callable[..., Any]] = {
    "fastapi": fastapi,
    "starlette": starlette,
    "asgi": BridgeEndpoint,
    "litestar": litestar,
    "django, a view on WSGI": on_django(django_serve, WSGIHandler),
    "django, an async view on ASGI": on_django(django_serve_async, ASGIHandler),
    "django, a view on ASGI": on_django(django_serve, ASGIHandler),
    "django, an async view on WSGI": on_django(django_serve_async, WSGIHandler),
    "flask": flask,
    "aws_lambda behind a REST API": aws_lambda(rest_api),
    "aws_lambda behind an HTTP API or a function URL": aws_lambda(http_api),
    "aws_lambda behind a load balancer": aws_lambda(load_balancer),
    "aws_lambda behind a load balancer, multi-value": aws_lambda(load_balancer_multi),
}


def is_wsgi(name: str) -> bool:
    return name.startswith(("flask", "aws_lambda")) or name.endswith("WSGI")


def http_client(name: str, app: Any) -> httpx.AsyncClient:
    transport = WsgiTransport(app) if is_wsgi(name) else httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://bridge.test")
