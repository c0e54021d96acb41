"""As much of the Novu API as a trigger needs, remembering which transactions arrived."""

from collections import Counter

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

arrived: Counter[str] = Counter()


async def trigger(request: Request) -> JSONResponse:
    transaction_id = (await request.json())["transactionId"]
    arrived[transaction_id] += 1
    answer = {"acknowledged": True, "status": "processed", "transactionId": transaction_id}
    return JSONResponse({"data": answer}, 201)


async def arrivals(request: Request) -> JSONResponse:
    """How many transactions arrived since the last time of asking, and how many of them more than once."""
    answer = {"once": len(arrived), "again": sum(arrived.values()) - len(arrived)}
    arrived.clear()
    return JSONResponse(answer)


async def posted(request: Request) -> JSONResponse:
    """Take what an agent posts."""
    return JSONResponse({"data": {"messageId": "m", "platformThreadId": "t"}})


app = Starlette(
    routes=[
        Route("/posted", posted, methods=["POST"]),
        Route("/v1/events/trigger", trigger, methods=["POST"]),
        Route("/api/novu", arrivals, methods=["GET"]),
    ]
)
