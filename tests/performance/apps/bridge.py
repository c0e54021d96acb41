"""Our bridge in a FastAPI app, and as an ASGI app of its own."""

import os

from fastapi import FastAPI
from workflows import assistant, measured

from novu_framework.asgi import BridgeEndpoint
from novu_framework.fastapi import serve

WORKFLOWS = measured(int(os.environ.get("BENCH_WORKFLOWS", "0")))

app = FastAPI()
serve(app, workflows=WORKFLOWS, agents=[assistant])
pure = BridgeEndpoint(WORKFLOWS, agents=[assistant])
