"""A FastAPI route that reads what the bridge reads and writes what it writes, and does nothing between."""

import json
import os
from typing import Any

from fastapi import FastAPI, Request

app = FastAPI()
ANSWER = json.loads(os.environ["BENCH_ANSWER"])


@app.get("/api/novu")
async def health() -> dict[str, str]:
    return {"status": "ok"}


@app.post("/api/novu")
async def execute(request: Request) -> dict[str, Any]:
    event = await request.json()
    return {**ANSWER, "metadata": {**ANSWER["metadata"], "duration": len(event)}}
