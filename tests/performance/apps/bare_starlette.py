"""A Starlette route that reads what the bridge reads and writes what it writes, and does nothing between."""

import json
import os

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

ANSWER = json.loads(os.environ["BENCH_ANSWER"])


async def health(request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


async def execute(request: Request) -> JSONResponse:
    event = await request.json()
    return JSONResponse({**ANSWER, "metadata": {**ANSWER["metadata"], "duration": len(event)}})


app = Starlette(
    routes=[
        Route("/api/novu", health, methods=["GET"]),
        Route("/api/novu", execute, methods=["POST"]),
    ]
)
