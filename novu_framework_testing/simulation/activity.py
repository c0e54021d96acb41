"""The feed: a line for each thing that happened and why, and the findings for the developer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from novu_framework.steps.kinds import StepType
from novu_framework_testing.simulation.clock import iso

ActivityKind: TypeAlias = Literal[
    "trigger", "delivered", "skipped", "failed", "delayed", "digest", "merged", "throttled", "retry", "completed",
    "canceled", "inbox", "finding", "run", "deployed",
]  # fmt: skip
"""What a line of the feed is about."""

Cause: TypeAlias = Literal[
    "bridge-skip", "condition", "schedule", "schedule-extended", "look-back", "workflow-preference", "subscriber-global-preference",
    "subscriber-workflow-preference", "no-integration", "rules-withheld", "rules-invalid", "no-channel",
    "no-channel-of-context", "no-tokens", "no-endpoint", "no-content",
]  # fmt: skip
"""Why a step was left out or failed, where Novu has words of its own for it."""

FindingKind: TypeAlias = Literal[
    "dropped-output",
    "unreached-step",
    "undiscovered-step",
    "not-awaited",
    "no-steps",
    "control",
    "grouping-key",
    "deployment",
]
"""What a finding is about."""


class NotedRun(Protocol):
    """A run, as far as a line of the feed names it."""

    workflow_id: str
    subscriber_id: str
    transaction_id: str


class NotedStep(Protocol):
    """A step of a run, as far as a line of the feed names it."""

    id: str
    step_id: str
    type: StepType


@dataclass(slots=True, eq=False, repr=False)
class Activity:
    """One line of the feed.

    Attributes:
        at: When, in UTC.
        kind: What it is about: `trigger`, `delivered`, `skipped`, `failed`, ...; see `ActivityKind`.
        text: What happened and why, in words.
        run, step: The run and the step that it happened to; None for a line about none.
        workflow_id, subscriber_id, transaction_id: What the run says of itself, or None.
        step_id, step_type, job_id: What the step says of itself, or None; `job_id` is the step's own `id`.
        cause: Why, where Novu has words of its own for it; see `Cause`.
    """

    at: datetime
    kind: ActivityKind
    text: str
    run: NotedRun | None = None
    step: NotedStep | None = None
    cause: Cause | None = None

    @property
    def workflow_id(self) -> str | None:
        """The workflow of the run."""
        return None if self.run is None else self.run.workflow_id

    @property
    def subscriber_id(self) -> str | None:
        """The subscriber of the run."""
        return None if self.run is None else self.run.subscriber_id

    @property
    def transaction_id(self) -> str | None:
        """The trigger of the run."""
        return None if self.run is None else self.run.transaction_id

    @property
    def step_id(self) -> str | None:
        """The id of the step in its workflow."""
        return None if self.step is None else self.step.step_id

    @property
    def step_type(self) -> StepType | None:
        """The kind of the step."""
        return None if self.step is None else self.step.type

    @property
    def job_id(self) -> str | None:
        """The id of the step in its run."""
        return None if self.step is None else self.step.id

    def __str__(self) -> str:
        where = "/".join(part for part in (self.workflow_id, self.step_id) if part)
        return f"{iso(self.at)} {where + ': ' if where else ''}{self.text}"

    def __repr__(self) -> str:
        return f"<Activity {self}>"


@dataclass(frozen=True)
class Finding:
    """Something about the code that Novu would have told its developer.

    Attributes:
        kind: `dropped-output`, `unreached-step`, `undiscovered-step`, `not-awaited`, `no-steps`, `control`, `grouping-key` or
            `deployment`.
        message: What is wrong and what to do.
        workflow_id, step_id: Where.
        location: `file.py:12`, the line of the step in the code, as near as it is known; else None.
    """

    kind: FindingKind
    message: str
    workflow_id: str
    step_id: str | None = None
    location: str | None = None

    def __str__(self) -> str:
        where = "/".join(part for part in (self.workflow_id, self.step_id) if part)
        return f"{where}{f' ({self.location})' if self.location else ''}: {self.message}"


class FindingError(AssertionError):
    """A finding in a strict simulation, or of a step that was not awaited in any; `findings` has them all."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings
