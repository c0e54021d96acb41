"""Bridges that fail, answer late or twice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from novu_framework.npm.ecmascript.json import copy_json
from novu_framework_testing.bridges.base import Bridge, BridgeAnswer, BridgeFailure, Event

BridgeFault: TypeAlias = Literal["fails", "late", "twice"]
"""It answers with 503; it does the work, and Novu does not wait for the answer; it is asked twice for one answer."""


class Code(NamedTuple):
    """One version of an app: its workflows as discovery shows them, and what runs each."""

    definitions: list[dict[str, Any]]
    bridges: Mapping[str, Bridge]


class FaultyBridge:
    """The bridges of an app as one, with the faults that a story asks for, a call each.

    Args:
        code: The workflows, and what runs each.

    Attributes:
        faults: Those of the next requests.
    """

    def __init__(self, code: Code) -> None:
        self._code = code
        self.faults: list[BridgeFault] = []
        self._states: dict[str, list[dict[str, Any]]] = {}

    def deploy(self, code: Code) -> FaultyBridge:
        """Return the bridge of a new version, with the same faults to come."""
        new = FaultyBridge(code)
        new.faults, new._states = self.faults, self._states
        return new

    def digests(self, job_id: str) -> dict[str, list[dict[str, Any]]]:
        """Return the events that a step was sent, by the digest before it."""
        entries = self._states.get(job_id, ())
        outputs = {entry["stepId"]: entry["outputs"] for entry in entries}
        return {step_id: one["events"] for step_id, one in outputs.items() if "eventCount" in one}

    async def discover(self) -> list[dict[str, Any]]:
        """Return the workflows of all bridges."""
        return self._code.definitions

    async def execute(self, workflow_id: str, step_id: str, event: Event, *, job_id: str) -> BridgeAnswer:
        """Execute one step, with the next fault. Raises `BridgeFailure`."""
        bridge = self._code.bridges[workflow_id]
        self._states[job_id] = event["state"]
        if not self.faults:
            return await bridge.execute(workflow_id, step_id, event, job_id=job_id)
        fault = self.faults.pop(0)
        if fault == "fails":
            raise BridgeFailure("the bridge is down", status=503)
        await bridge.execute(workflow_id, step_id, copy_json(event), job_id=job_id)
        if fault == "late":
            raise BridgeFailure("no answer came in time", timed_out=True)
        return await bridge.execute(workflow_id, step_id, event, job_id=job_id)

    def location(self, workflow_id: str, step_id: str) -> str | None:
        """Return where the step is written."""
        return self._code.bridges[workflow_id].location(workflow_id, step_id)
