"""The feed: a line for each thing that happened and why, and the findings for the developer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

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


class Activity(NamedTuple):
    """One line of the feed.

    Attributes:
        at: When, in UTC.
        kind: What it is about: `trigger`, `delivered`, `skipped`, `failed`, ...; see `ActivityKind`.
        text: What happened and why, in words.
        workflow_id, subscriber_id, transaction_id: The run that it happened to; None for a line about none.
        step_id, step_type, job_id: The step that it happened to, if it is about one; `job_id` is the step's own `id`.
        cause: Why, where Novu has words of its own for it; see `Cause`.
    """

    at: datetime
    kind: ActivityKind
    text: str
    workflow_id: str | None = None
    subscriber_id: str | None = None
    transaction_id: str | None = None
    step_id: str | None = None
    step_type: StepType | None = None
    job_id: str | None = None
    cause: Cause | None = None

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
