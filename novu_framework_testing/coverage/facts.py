"""What happened in a run of tests, as data that is added up: workers of pytest-xdist send it as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.simulation.observing import StepEnd

Outcome: TypeAlias = Literal[
    "delivered", "completed", "one event", "many events", "let through", "held back", "skipped", "cut by preferences",
    "outside the schedule", "straight through", "nobody to reach", "failed", "merged", "canceled", "triggered",
]  # fmt: skip
"""How a step ended; `triggered` is a run's beginning."""

_CAUSES: dict[str, Outcome] = {
    "bridge-skip": "skipped",
    "condition": "skipped",
    "workflow-preference": "cut by preferences",
    "subscriber-global-preference": "cut by preferences",
    "subscriber-workflow-preference": "cut by preferences",
    "schedule": "outside the schedule",
    "look-back": "straight through",
}
_ENDS: dict[str, Outcome] = {
    "throttled": "held back",
    "failed": "failed",
    "merged": "merged",
    "canceled": "canceled",
}


def outcome_of(end: StepEnd) -> Outcome:
    """Return how a step ended in one word of `Outcome`."""
    if end.kind in _ENDS:
        return _ENDS[end.kind]
    if end.kind == "skipped":
        return _CAUSES.get(end.cause or "", "nobody to reach")
    if end.step_type == "digest":
        return "many events" if end.events > 1 else "one event"
    if end.step_type == "throttle":
        return "let through"
    return "delivered" if end.step_type in CHANNELS else "completed"


class Happened(NamedTuple):
    """The key of a count: how a step ended, for a subscriber of a locale. A run's beginning has no step."""

    workflow_id: str
    step_id: str
    outcome: str
    locale: str = ""


class Answered(NamedTuple):
    """An answer that a step's `skip` gave."""

    workflow_id: str
    step_id: str
    answer: bool


class StepFunction(NamedTuple):
    """A function of a step: its `role` is `resolver`, `skip` or a provider's id, its `place` is `file.py:12`."""

    workflow_id: str
    step_id: str
    role: str
    place: str


class CodePart(NamedTuple):
    """A part of a function's source that can run or not.

    Attributes:
        line: Where it is.
        text: A condition, as it is written; empty for a line.
        answer: `true` or `false`, that condition's.
    """

    line: int
    text: str = ""
    answer: str = ""


class Written(NamedTuple):
    """A workflow by its id and its place, `file.py:12`, which is empty where the code is not known."""

    workflow_id: str
    place: str


@dataclass
class KnownWorkflow:
    """A workflow that the tests know: its steps and their kinds, its preferences, and the places of its steps."""

    steps: dict[str, str] = field(default_factory=dict)
    preferences: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def learn(self, other: KnownWorkflow) -> None:
        """Take over what another part of the run knows of it."""
        self.steps |= other.steps
        self.places |= other.places
        self.preferences = self.preferences or other.preferences


@dataclass
class CoverageFacts:
    """The facts of a run, or of a part of one.

    Attributes:
        workflows: Those that the tests know. Tests may make up one with the id of another.
        happened: How often steps ended in which way.
        answers: The answers of `skip` functions.
        functions: The functions of steps.
        parts: The parts of functions, by place.
        ran: The parts of them that ran, by place.
    """

    workflows: dict[Written, KnownWorkflow] = field(default_factory=dict)
    happened: Counter[Happened] = field(default_factory=Counter)
    answers: set[Answered] = field(default_factory=set)
    functions: set[StepFunction] = field(default_factory=set)
    parts: dict[str, tuple[CodePart, ...]] = field(default_factory=dict)
    ran: dict[str, set[CodePart]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any((self.workflows, self.happened, self.answers, self.functions, self.parts, self.ran))

    def add(self, other: CoverageFacts) -> None:
        """Add what happened elsewhere, or later."""
        for written, known in other.workflows.items():
            self.workflows.setdefault(written, KnownWorkflow()).learn(known)
        self.happened.update(other.happened)
        self.answers |= other.answers
        self.functions |= other.functions
        self.parts |= other.parts
        for place, ran in other.ran.items():
            self.ran.setdefault(place, set()).update(ran)

    def to_json(self) -> str:
        """Return the facts as a JSON text."""
        return json.dumps(
            {
                "workflows": [(*written, vars(known)) for written, known in self.workflows.items()],
                "happened": [(*what, count) for what, count in self.happened.items()],
                "answers": list(self.answers),
                "functions": list(self.functions),
                "parts": self.parts,
                "ran": {place: list(ran) for place, ran in self.ran.items()},
            }
        )

    @classmethod
    def from_json(cls, text: str) -> CoverageFacts:
        """Return the facts that `to_json` wrote."""

        def parts(rows: Iterable[Any]) -> Iterable[CodePart]:
            return (CodePart(*row) for row in rows)

        data = json.loads(text)
        return cls(
            workflows={Written(*row[:-1]): KnownWorkflow(**row[-1]) for row in data["workflows"]},
            happened=Counter({Happened(*row[:-1]): row[-1] for row in data["happened"]}),
            answers={Answered(*row) for row in data["answers"]},
            functions={StepFunction(*row) for row in data["functions"]},
            parts={place: tuple(parts(rows)) for place, rows in data["parts"].items()},
            ran={place: set(parts(rows)) for place, rows in data["ran"].items()},
        )
