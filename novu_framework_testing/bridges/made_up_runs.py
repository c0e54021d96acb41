"""Runs of workflows that nobody triggered: made of a bridge's discovery, with what Novu would send for their steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from novu_framework.steps.kinds import KINDS
from novu_framework_testing.bridges.base import BridgeAnswer, Event
from novu_framework_testing.factories import NovuFaker


class MadeUpStep(NamedTuple):
    """A step of a made-up run: its id, whether Novu asks the bridge for it, and what later steps find in the state."""

    step_id: str
    asks_bridge: bool
    result: dict[str, Any] | None

    def entry(self, answer: BridgeAnswer | None) -> dict[str, Any]:
        """Return the entry of the state; a step without a result of its own leaves what the bridge answered."""
        outputs = self.result
        if outputs is None:
            outputs = answer.outputs if answer is not None else {}
        return {"stepId": self.step_id, "outputs": outputs, "state": {"status": "completed"}}


class MadeUpRun(NamedTuple):
    """A run of a workflow for a made-up subscriber."""

    workflow_id: str
    payload: Mapping[str, Any]
    subscriber: Mapping[str, Any]
    steps: Sequence[MadeUpStep]

    def event(self, state: Sequence[Mapping[str, Any]]) -> Event:
        """Return what Novu sends for a step, given the entries of those before it, the nearest first."""
        return {
            "payload": self.payload,
            "controls": {},
            "state": [*state, {"stepId": "", "outputs": {}, "state": {"status": "completed"}}],
            "subscriber": self.subscriber,
            "context": {},
            "env": {},
        }


def made_up_runs(
    workflow: Mapping[str, Any],
    faker: NovuFaker,
    *,
    count: int,
    digest_events: int,
    payloads: Sequence[Mapping[str, Any]] = (),
) -> Iterator[MadeUpRun]:
    """Make runs of a workflow.

    Args:
        workflow: As discovery shows it.
        faker: Makes up subscribers, payloads and results.
        count: How many.
        digest_events: How many events each digest has collected.
        payloads: What to take payloads from, one after the other; made up by the workflow's schema if left out.

    Raises:
        ValueError: No payload fits the workflow's schema; the message says why.
    """
    schema = workflow["payload"]["schema"]
    payloads = payloads or [faker.payload(schema) for _ in range(max(count, digest_events))]
    for number in range(count):
        subscriber = faker.subscriber().model_dump(by_alias=True, exclude_none=True)
        collected = [payloads[(number + position) % len(payloads)] for position in range(digest_events)]
        steps = [_step(step, faker, collected) for step in workflow["steps"]]
        yield MadeUpRun(workflow["workflowId"], payloads[number % len(payloads)], subscriber, steps)


def _step(step: Mapping[str, Any], faker: NovuFaker, collected: Sequence[Mapping[str, Any]]) -> MadeUpStep:
    kind = KINDS.get(step["type"])
    result: dict[str, Any] | None = None
    if step["type"] == "digest":
        times = [f"2026-01-01T00:00:{position % 60:02d}.000Z" for position in range(len(collected))]
        events = [
            {"id": f"{position:024x}", "time": time, "payload": payload}
            for position, (time, payload) in enumerate(zip(times, collected, strict=True))
        ]
        result = {"events": events, "eventCount": len(events)}
    elif step["type"] == "throttle":  # one that holds back has no later steps
        result = {"throttled": False}
    elif kind is None or not kind.has_output_schema:
        result = faker.payload(step["results"]["schema"])
    return MadeUpStep(step["stepId"], kind is None or kind.asks_bridge, result)
