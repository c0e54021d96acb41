"""Django, and beside it the bridge as an ASGI app; `buy` is a view of Django that triggers."""

from __future__ import annotations

from typing import Any

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from novu_framework.asgi import BridgeEndpoint
from novu_framework.client import Client
from novu_framework.django import serve, serve_async
from shop.workflows import order_paid, order_placed


def buy(request: HttpRequest) -> HttpResponse:
    from shop.models import Order

    order = Order.objects.create(item=request.GET["item"])
    order_placed.trigger(to="ann", payload={"order_id": order.pk}, client=Client())
    return HttpResponse(status=201)


served = [order_placed, order_paid]
urlpatterns = [
    path("buy", buy),
    path("plain/novu", serve(workflows=served)),
    path("async/novu", serve_async(workflows=served)),
]
django = get_asgi_application()
wsgi = get_wsgi_application()
bridge = BridgeEndpoint(served)


async def app(scope: Any, receive: Any, send: Any) -> None:
    inside = scope["type"] == "http" and scope["path"] == "/api/novu"
    await (bridge if inside else django)(scope, receive, send)
