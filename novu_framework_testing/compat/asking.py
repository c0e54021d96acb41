"""Asking a version for a step of an open run, and what is wrong with what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from novu_framework.schemas import Schema
from novu_framework_testing.bridges import Bridge, BridgeAnswer, BridgeFailure
from novu_framework_testing.compat.trials import Trial
from novu_framework_testing.compat.words import Trouble
from novu_framework_testing.simulation.waiting import due_at

CORRUPT = "ExecutionStateCorruptError"
REFUSED_CONTROL = "ExecutionStateControlInvalidError"
_OF_SCHEMAS: Mapping[str, str] = {
    "ExecutionEventPayloadInvalidError": "payload",
    REFUSED_CONTROL: "controls",
    "ExecutionStateResultInvalidError": "results",
}
"""The refusals that definitions alone explain, by the schema that explains them."""
_NOW = datetime(2026, 1, 1, 9, tzinfo=timezone.utc)


@dataclass(frozen=True)
class CodeVersion:
    """A version of the code.

    Attributes:
        name: What it is, in words.
        workflows: Its definitions by id, as discovery shows them.
        bridge: What runs it; None where only its definitions are known.
        answers: What it answered in production, where that was recorded.
    """

    name: str
    workflows: Mapping[str, Mapping[str, Any]]
    bridge: Bridge | None = None
    answers: Sequence[RecordedAnswer] = ()

    @classmethod
    async def of(cls, name: str, bridge: Bridge) -> CodeVersion:
        """Return the version that a bridge serves. Raises `BridgeFailure` where it does not answer its discovery."""
        return cls(name, {one["workflowId"]: one for one in await bridge.discover()}, bridge)


@dataclass(frozen=True)
class RecordedAnswer:
    """A step that was requested from a bridge in production, and its answer."""

    workflow_id: str
    step_id: str
    event: Mapping[str, Any]
    answer: BridgeAnswer


@dataclass(frozen=True)
class StepProblem:
    """One thing that is wrong with what a version does: the trouble, and the error if there was one."""

    trouble: Trouble
    failure: BridgeFailure | ValueError | None = None

    @property
    def code(self) -> str | None:
        """The code of the bridge's error."""
        return self.failure.code if isinstance(self.failure, BridgeFailure) else None


def problem_of(
    answer: BridgeAnswer | BridgeFailure, kind: str, now: str | None, payload: Mapping[str, Any]
) -> StepProblem | None:
    """Return what is wrong with an answer, if something is.

    Args:
        answer: What the bridge answered for the step.
        kind: The type that the step's job has.
        now: The type that the step has in this version; None where it has no such step.
        payload: What the trigger carried.
    """
    if isinstance(answer, BridgeFailure):
        return StepProblem("refused", answer)
    if answer.skip:
        return None
    if now is None and not answer.outputs:
        return StepProblem("lost")
    if now is not None and now != kind:
        return StepProblem("other-type")
    try:
        if kind in ("delay", "digest"):
            due_at(answer.outputs, payload, _NOW)
    except ValueError as error:
        return StepProblem("no-wait", error)
    return None


def is_refused_by_schema(code: str | None, definition: Mapping[str, Any], trial: Trial, step_id: str) -> bool:
    """Tell whether the schemas of a version alone explain that it refuses a run."""
    part = _OF_SCHEMAS.get(code or "")
    steps = {step["stepId"]: step for step in definition.get("steps") or ()}
    if part == "payload":
        return _refuses(definition, part, trial.payload)
    if part == "controls":
        return _refuses(steps.get(step_id, {}), part, trial.controls.get(step_id, {}))
    if part == "results":
        return any(_refuses(steps.get(one, {}), part, result) for one, result in trial.results.items())
    return False


def _refuses(of: Mapping[str, Any], part: str, data: Any) -> bool:
    schema = (of.get(part) or {}).get("schema")
    return isinstance(schema, Mapping) and bool(Schema.of(schema).check(data)[1])
