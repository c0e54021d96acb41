"""The web app: the shop's own endpoints, and the bridge that Novu calls at `/api/novu`."""

from fastapi import FastAPI
from novu_framework.fastapi import serve

from shop.notifications import WORKFLOWS
from shop.routers import carts, customers, orders, products


def create_app() -> FastAPI:
    app = FastAPI(title="Birch & Bloom")
    for router in (customers.router, products.router, carts.router, orders.router):
        app.include_router(router)
    serve(app, workflows=WORKFLOWS)
    return app


app = create_app()
