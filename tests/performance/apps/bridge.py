"""Our bridge in a FastAPI app."""

import os

from fastapi import FastAPI
from workflows import measured, sleepy

from novu_framework.fastapi import serve

app = FastAPI()
serve(
    app,
    workflows=[
        *measured(int(os.environ.get("BENCH_WORKFLOWS", "5"))),
        *(sleepy(f"sleepy-{n}") for n in range(int(os.environ.get("BENCH_SLEEPY", "0")))),
    ],
)
