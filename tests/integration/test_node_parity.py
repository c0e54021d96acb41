"""The same workflow in Python and for the npm package, driven by the simulation: the same calls, the same messages.

The npm package's answers are recorded (`recorded/record.sh`). A call that differs from the recorded one by
anything, in its order or its event, is an answer that the recording does not have.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from novu_framework.fastapi import Client, serve
from novu_framework_testing import BridgeAnswer, BridgeFailure, NovuSimulator
from tests.integration.parity import KEY, START, delivered, order_news, outcome, story

RECORDED = json.loads((Path(__file__).parent / "recorded" / "node-bridge.json").read_text("utf-8"))


class RecordedBridge:
    """What the npm package answered, call by call."""

    def __init__(self) -> None:
        self._calls = iter(RECORDED["calls"])

    async def discover(self) -> list[dict[str, Any]]:
        workflows: list[dict[str, Any]] = RECORDED["workflows"]
        return workflows

    async def execute(
        self, workflow_id: str, step_id: str, event: dict[str, Any], *, job_id: str
    ) -> BridgeAnswer:
        call = next(self._calls)
        assert (step_id, event) == (call["stepId"], call["event"])
        if "failure" in call:
            raise BridgeFailure(**call["failure"])
        return BridgeAnswer(**call["answer"])

    def location(self, workflow_id: str, step_id: str) -> str | None:
        return None


def in_process(novu: NovuSimulator) -> None:
    novu.register(order_news)


def over_asgi(novu: NovuSimulator) -> None:
    app = FastAPI()
    serve(app, workflows=[order_news], client=Client(secret_key=KEY, strict_authentication=True))
    novu.connect(app)


@pytest.mark.parametrize("connect", [in_process, over_asgi])
def test_a_workflow_gives_the_messages_of_its_twin_for_the_npm_package(
    connect: Callable[[NovuSimulator], None],
) -> None:
    with NovuSimulator(START, KEY) as node, NovuSimulator(START, KEY) as python:
        node.connect(RecordedBridge())
        story(node)
        connect(python)
        story(python)

        assert delivered(python) == delivered(node)
        assert outcome(python) == outcome(node)
        assert [run.activity[-2].text for run in python.runs] == [run.activity[-2].text for run in node.runs]
        assert [message.channel for message in node.messages] == ["in_app"] * 4 + ["email"] * 2
