"""The service: one bridge for the agent and the workflow."""

from __future__ import annotations

from fastapi import FastAPI
from novu_framework.fastapi import serve

from support.agent import create_agent
from support.orders import OrderSystem, demo_orders
from support.workflows import refund_issued


def create_app(orders: OrderSystem | None = None) -> FastAPI:
    """Return the service, over an order system; over one with a few orders if left out."""
    app = FastAPI(title="Support")
    serve(app, workflows=[refund_issued], agents=[create_agent(orders or demo_orders())])
    return app
