"""A client that speaks to a `RequestHandler` as Novu does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from novu_framework import Client, Workflow, signature
from novu_framework.bridge import BridgeRequest, RequestHandler

SECRET = "test-secret"


class Novu:
    """Signed calls of one bridge; answers are (status, parsed body)."""

    def __init__(self, *workflows: Workflow) -> None:
        self.handler = RequestHandler(workflows, Client(secret_key=SECRET), server="fastapi")

    async def send(self, method: str, query: dict[str, str], body: bytes = b"") -> tuple[int, Any]:
        headers = {signature.HEADER: signature.sign(body, SECRET)}
        response = await self.handler(BridgeRequest(method, list(query.items()), headers, body))
        return response.status, json.loads(response.body)

    async def call(self, action: str, workflow: Workflow, step_id: str, **event: Any) -> tuple[int, Any]:
        body = {
            "payload": {},
            "controls": {},
            "state": [],
            "subscriber": {},
            "context": {},
            "env": {},
            **event,
        }
        query = {"action": action, "workflowId": workflow.id, "stepId": step_id}
        return await self.send("POST", query, json.dumps(body).encode())

    async def outputs(self, workflow: Workflow, step_id: str, **event: Any) -> Any:
        status, answer = await self.call("execute", workflow, step_id, **event)
        assert status == 200, answer
        return answer["outputs"]

    async def failure(self, workflow: Workflow, step_id: str, **event: Any) -> tuple[int, str, str]:
        status, answer = await self.call("execute", workflow, step_id, **event)
        return status, answer["code"], answer["message"]


@pytest.fixture
def serve() -> Callable[..., Novu]:
    return Novu


def state(*step_ids: str, **outputs: Any) -> list[dict[str, Any]]:
    """State entries: empty outputs for names, given ones for keywords."""
    entries = {**{step_id: {} for step_id in step_ids}, **outputs}
    return [
        {"stepId": step_id, "outputs": out, "state": {"status": "success"}}
        for step_id, out in entries.items()
    ]


SEEN = {"seen": True, "read": False, "lastSeenDate": "2026-01-01T00:00:00.000Z", "lastReadDate": None}
