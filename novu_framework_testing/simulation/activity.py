"""What happened, and why: a line for each thing, and the findings that Novu would have told the developer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.runs import Run, StepRun


class Activity:
    """One line of the feed.

    Attributes:
        at: When, in UTC.
        kind: `trigger`, `delivered`, `skipped`, `failed`, `delayed`, `digest`, `merged`, `throttled`, `retry`,
            `completed`, `canceled`, `inbox`, `finding` or `run`.
        text: What happened and why, in words.
        run, step: What it happened to; None for a line that is not about one run or step.
    """

    __slots__ = ("at", "kind", "run", "step", "text")

    def __init__(
        self, at: datetime, kind: str, text: str, run: Run | None = None, step: StepRun | None = None
    ) -> None:
        self.at = at
        self.kind = kind
        self.text = text
        self.run = run
        self.step = step

    @property
    def workflow_id(self) -> str | None:
        return self.run.workflow_id if self.run else None

    @property
    def subscriber_id(self) -> str | None:
        return self.run.subscriber_id if self.run else None

    @property
    def transaction_id(self) -> str | None:
        return self.run.trigger.transaction_id if self.run else None

    @property
    def step_id(self) -> str | None:
        return self.step.step_id if self.step else None

    def __str__(self) -> str:
        where = "/".join(part for part in (self.workflow_id, self.step_id) if part)
        return f"{iso(self.at)} {where + ': ' if where else ''}{self.text}"

    def __repr__(self) -> str:
        return f"<Activity {self}>"


@dataclass(frozen=True)
class Finding:
    """Something about the code that Novu would have told its developer.

    Attributes:
        kind: `dropped-output`, `undiscovered-step`, `no-steps`, `control`, or `http-request`.
        message: What is wrong and what to do.
        workflow_id, step_id: Where.
        location: `file.py:12`, the line of the step in the code, as near as it is known; else None.
    """

    kind: str
    message: str
    workflow_id: str
    step_id: str | None = None
    location: str | None = None

    def __str__(self) -> str:
        where = "/".join(part for part in (self.workflow_id, self.step_id) if part)
        return f"{where}{f' ({self.location})' if self.location else ''}: {self.message}"


class FindingError(AssertionError):
    """A strict simulation met a finding."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings
