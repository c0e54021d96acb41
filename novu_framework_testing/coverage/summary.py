"""What could have happened in a run of tests, beside what did: workflow by workflow, branch by branch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.coverage.facts import Answered, CoverageFacts, KnownWorkflow, Written
from novu_framework_testing.simulation.preferences import workflow_layer

EXPECTED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(CHANNELS, ("delivered",)),
    "digest": ("one event", "many events"),
    "throttle": ("let through", "held back"),
}
"""The ends that a step of each kind should meet in tests; of any other kind, that it is completed."""


class Branch(NamedTuple):
    """Something that a test can make happen.

    Attributes:
        step_id: The step.
        what: `outcome`, `skip` or `code`.
        name: The outcome; the answer of `skip`, `true` or `false`; or for code `line`, or the condition with its answer.
        place: `file.py:12`; empty where the code is not known.
        ran: Whether it happened.
        role: For code, whose it is: `resolver`, or the id of a provider.
    """

    step_id: str
    what: str
    name: str
    place: str
    ran: bool
    role: str = ""


@dataclass(frozen=True)
class WorkflowCoverage:
    """The coverage of one workflow.

    Attributes:
        workflow_id, place: Which one, and where it is written.
        runs: How often it was triggered for somebody.
        steps: Each step's kind.
        happened: For each step, how often it ended in which way.
        locales: For each step that delivered, how often to subscribers of which locale.
        branches: What can happen, in the order of the steps.
    """

    workflow_id: str
    place: str
    runs: int
    steps: dict[str, str]
    happened: dict[str, Counter[str]]
    locales: dict[str, Counter[str]]
    branches: tuple[Branch, ...]

    @property
    def ran(self) -> int:
        """The number of its branches that ran."""
        return sum(branch.ran for branch in self.branches)

    @property
    def missing(self) -> list[Branch]:
        """The branches that never ran."""
        return [branch for branch in self.branches if not branch.ran]

    @property
    def channels(self) -> list[str]:
        """The channels in which something was delivered."""
        delivered = (kind for step_id, kind in self.steps.items() if self.happened[step_id]["delivered"])
        return list(dict.fromkeys(delivered))


@dataclass(frozen=True)
class Summary:
    """The coverage of every workflow, in the order of their ids."""

    workflows: tuple[WorkflowCoverage, ...]

    @property
    def total(self) -> int:
        """The number of branches."""
        return sum(len(each.branches) for each in self.workflows)

    @property
    def ran(self) -> int:
        """The number of branches that ran."""
        return sum(each.ran for each in self.workflows)

    @property
    def percent(self) -> float:
        """The branches in a hundred that ran; 100 where there is none."""
        return percent(self.ran, self.total)


def percent(ran: int, total: int) -> float:
    """Return a share as a percentage."""
    return 100 * ran / total if total else 100.0


def summary_of(facts: CoverageFacts, tests: Iterable[str] = ()) -> Summary:
    """Compare what happened with what could have.

    Args:
        facts: What happened.
        tests: The files of the tests. A workflow that is written in one, or in a conftest.py, is left out where there
            are others: it is made up for a test.
    """
    files = set(tests)

    def is_made_up(written: Written) -> bool:
        file = written.place.rpartition(":")[0]
        return file in files or file.rpartition("/")[2] == "conftest.py"

    own = [written for written in facts.workflows if not is_made_up(written)]
    places: dict[str, str] = {}
    chosen: dict[str, KnownWorkflow] = {}
    for written in sorted(own or facts.workflows, key=lambda one: (not one.place, one)):
        places.setdefault(written.workflow_id, written.place)
        chosen.setdefault(written.workflow_id, KnownWorkflow()).learn(facts.workflows[written])
    return Summary(tuple(_workflow(facts, name, places[name], chosen[name]) for name in sorted(chosen)))


def _workflow(facts: CoverageFacts, workflow_id: str, place: str, known: KnownWorkflow) -> WorkflowCoverage:
    happened: dict[str, Counter[str]] = {step_id: Counter() for step_id in known.steps}
    locales: dict[str, Counter[str]] = {step_id: Counter() for step_id in known.steps}
    runs = 0
    for what, count in facts.happened.items():
        if what.workflow_id != workflow_id:
            continue
        if what.outcome == "triggered":
            runs += count
        elif what.step_id in happened:
            happened[what.step_id][what.outcome] += count
            if what.outcome == "delivered":
                locales[what.step_id][what.locale] += count
    branches = [
        branch
        for step_id in known.steps
        for branch in (
            *_outcomes(known, step_id, happened[step_id]),
            *_functions(facts, workflow_id, step_id),
        )
    ]
    return WorkflowCoverage(workflow_id, place, runs, known.steps, happened, locales, tuple(branches))


def _outcomes(known: KnownWorkflow, step_id: str, happened: Counter[str]) -> Iterator[Branch]:
    kind, place = known.steps[step_id], known.places.get(step_id, "")
    layer, read_only = workflow_layer(known.preferences)
    expected = EXPECTED.get(kind, ("completed",))
    if kind in CHANNELS and not read_only and (kind in layer.channels or layer.enabled is False):
        expected = (*expected, "cut by preferences")
    for outcome in expected:
        yield Branch(step_id, "outcome", outcome, place, bool(happened[outcome]))


def _functions(facts: CoverageFacts, workflow_id: str, step_id: str) -> Iterator[Branch]:
    for function in sorted(facts.functions):
        if (function.workflow_id, function.step_id) != (workflow_id, step_id):
            continue
        file, line, _ = function.place.rsplit(":", 2)
        if function.role == "skip":
            for answer in (True, False):
                ran = Answered(workflow_id, step_id, answer) in facts.answers
                yield Branch(step_id, "skip", str(answer).lower(), f"{file}:{line}", ran)
            continue
        ran_parts = facts.ran.get(function.place, set())
        for part in facts.parts.get(function.place, ()):
            name = f"`{part.text}` {part.answer}" if part.text else "line"
            yield Branch(step_id, "code", name, f"{file}:{part.line}", part in ran_parts, function.role)
