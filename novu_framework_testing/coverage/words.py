"""The branches that never ran, in words, a line for each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from novu_framework_testing.coverage.summary import Branch, WorkflowCoverage

_NEVER = {
    "one event": "never with one event",
    "many events": "never with many events",
}


class Missing(NamedTuple):
    """Something that never happened: where it is written, the step, and what, in words."""

    place: str
    step: str
    words: str

    def __str__(self) -> str:
        return f"{f'{self.place}  ' if self.place else ''}{self.step}: {self.words}"


def missing_of(workflow: WorkflowCoverage) -> list[Missing]:
    """Return what never happened of a workflow; what follows from something else that never did is left out."""
    if not workflow.runs:
        return [Missing(workflow.place, workflow.workflow_id, "never triggered")]
    found = []
    for step_id in workflow.steps:
        branches = [branch for branch in workflow.branches if branch.step_id == step_id]
        step = f"{workflow.workflow_id}/{step_id}"
        found += [Missing(place, step, words) for place, words in _of_step(branches)]
    return found


def _of_step(branches: Sequence[Branch]) -> Iterator[tuple[str, str]]:
    came_to_its_end = any(branch.ran for branch in branches if branch.what == "outcome")
    for (what, role), group in groupby(branches, key=lambda one: (one.what, one.role)):
        same = list(group)
        missing = [branch for branch in same if not branch.ran]
        if what == "outcome":
            for branch in missing:
                yield branch.place, _NEVER.get(branch.name, f"never {branch.name}")
        elif len(missing) == len(same):
            if came_to_its_end:
                whose = "its `skip`" if what == "skip" else _whose(role)
                yield missing[0].place, f"{whose} never {'answered' if what == 'skip' else 'ran'}"
        elif what == "skip":
            for branch in missing:
                yield branch.place, f"its `skip` was never {branch.name}"
        else:
            yield from _code(missing, role)


def _code(missing: Sequence[Branch], role: str) -> list[tuple[str, str]]:
    lines = [branch for branch in missing if branch.name == "line"]
    never_run = {branch.place for branch in lines}
    answers: dict[tuple[str, str], list[str]] = {}
    for branch in missing:
        if branch.name != "line" and branch.place not in never_run:
            text, _, answer = branch.name.rpartition(" ")
            answers.setdefault((branch.place, text), []).append(answer)
    found = [
        (place, f"{text} was never {'evaluated' if len(never) > 1 else never[0]}")
        for (place, text), never in answers.items()
    ]
    for row in _rows(lines):
        first, last = row[0].place, row[-1].place.rpartition(":")[2]
        what = f"lines {first.rpartition(':')[2]}-{last}" if len(row) > 1 else f"line {last}"
        found.append((first, f"{what} of {_whose(role)} never ran"))
    return sorted(found, key=lambda one: _line(one[0]))


def _rows(lines: Sequence[Branch]) -> Iterator[list[Branch]]:
    """Give the branches of lines that follow each other without one that ran between them."""
    row: list[Branch] = []
    for branch in lines:
        if row and _line(branch.place) > _line(row[-1].place) + 1:
            yield row
            row = []
        row.append(branch)
    if row:
        yield row


def _line(place: str) -> int:
    return int(place.rpartition(":")[2])


def _whose(role: str) -> str:
    return "its resolver" if role == "resolver" else f"its function for {role}"
