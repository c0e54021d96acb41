"""Who is told what happens in every simulation of this process: a tool that measures coverage, if any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from novu_framework.steps.kinds import StepType
from novu_framework_testing.simulation.activity import Cause


class StepEnd(NamedTuple):
    """The end of a step of a run.

    Attributes:
        workflow_id, step_id, step_type: Which step.
        kind: `delivered`, `completed`, `skipped`, `throttled`, `failed`, `merged` or `canceled`.
        cause: Why, where Novu has words of its own for it.
        events: How many events a digest collected; 0 for other kinds.
        locale: The subscriber's; empty where there is none.
    """

    workflow_id: str
    step_id: str
    step_type: StepType
    kind: str
    cause: Cause | None
    events: int
    locale: str


class Observer(Protocol):
    """A tool that is told what happens while it is the last of `observers`."""

    def workflow_known(self, definition: Mapping[str, Any]) -> None:
        """Note a workflow that a simulation knows, as discovery shows it."""
        ...

    def run_started(self, workflow_id: str) -> None:
        """Note that a workflow was triggered for somebody."""
        ...

    def step_ended(self, end: StepEnd) -> None:
        """Note what became of a step."""
        ...


observers: list[Observer] = []
