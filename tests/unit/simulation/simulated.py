"""A bridge whose answers the test writes, and the moment at which the tests of the simulation start."""

from __future__ import annotations

import copy
from datetime import datetime, timezone
from typing import Any

from novu_framework_testing import BridgeAnswer

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)

SKIP = BridgeAnswer({}, {}, True)


class ScriptedBridge:
    """A bridge of workflows made of steps `(type, step_id, answer)`; an answer is outputs, or a function of
    the event that gives outputs or a `BridgeAnswer`, or raises. Keeps every call as `(step_id, event)`."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.definitions: list[dict[str, Any]] = []
        self.answers: dict[tuple[str, str], Any] = {}

    def add(self, workflow_id: str, *steps: tuple[str, str, Any], **definition: Any) -> None:
        shown = [{"stepId": step_id, "type": kind} for kind, step_id, _ in steps]
        self.definitions.append({"workflowId": workflow_id, "steps": shown, **definition})
        for _, step_id, answer in steps:
            self.answers[workflow_id, step_id] = answer

    async def discover(self) -> list[dict[str, Any]]:
        return self.definitions

    async def execute(
        self, workflow_id: str, step_id: str, event: dict[str, Any], *, job_id: str
    ) -> BridgeAnswer:
        self.calls.append((step_id, copy.deepcopy(event)))
        answer = self.answers[workflow_id, step_id]
        given = answer(event) if callable(answer) else answer
        return given if isinstance(given, BridgeAnswer) else BridgeAnswer(given, {}, False)

    def location(self, workflow_id: str, step_id: str) -> str | None:
        return f"{workflow_id}.py:1"

    def events(self, step_id: str) -> list[dict[str, Any]]:
        """What was sent for a step, call by call."""
        return [event for called, event in self.calls if called == step_id]

    def state(self, step_id: str, of: str) -> dict[str, Any]:
        """What the state of the last call for `step_id` said of an earlier step."""
        entries = self.events(step_id)[-1]["state"]
        return next(entry["outputs"] for entry in entries if entry["stepId"] == of)
