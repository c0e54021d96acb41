"""The path at which an app of any framework serves its bridge."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from novu_framework.asgi import handler_of

USUAL_ROUTE = "/api/novu"


def route_of(app: Any) -> str:
    """Return the path of the bridge in an app: the usual one if it is among several, or if the app does not tell."""
    paths = [path for path, view in _views(app) if handler_of(view) is not None]
    return USUAL_ROUTE if USUAL_ROUTE in paths or not paths else paths[0]


def _views(app: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Find the paths of an app, and what answers there."""
    if hasattr(app, "url_map"):  # Flask
        for rule in app.url_map.iter_rules():
            yield rule.rule, app.view_functions[rule.endpoint]
    elif type(app).__module__.startswith("django.core.handlers."):
        yield from _patterns(sys.modules["django.urls"].get_resolver().url_patterns, "/")
    elif hasattr(app, "routes"):  # Starlette, FastAPI, Litestar
        for route in app.routes:
            included = getattr(route, "include_context", None)  # by a later FastAPI
            path = prefix + (included.prefix if included else getattr(route, "path", ""))
            inner = getattr(route, "original_router", route)
            if getattr(inner, "routes", None):
                yield from _views(inner, path)
            else:
                yield path, [getattr(one, "fn", one) for one in getattr(route, "route_handlers", [route])]
    elif hasattr(app, "app"):  # a middleware around it
        yield from _views(app.app, prefix)


def _patterns(patterns: list[Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        path = prefix + str(one.pattern)
        yield from _patterns(one.url_patterns, path) if hasattr(one, "url_patterns") else [(path, one)]
