"""The example workflows behind a real bridge in strict mode: a FastAPI app under uvicorn, on loopback."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI

from novu_framework.fastapi import Client, serve
from tests.integration import workflows


@contextmanager
def served(secret_key: str) -> Iterator[str]:
    """The bridge's URL, while it is up."""
    app = FastAPI()
    serve(app, workflows=workflows.ALL, client=Client(secret_key=secret_key, strict_authentication=True))
    with running(app) as origin:
        yield f"{origin}/api/novu"


@contextmanager
def running(app: Any) -> Iterator[str]:
    """The origin of an ASGI app under uvicorn, while it is up."""
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", loop="asyncio")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("The bridge did not start.")
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
