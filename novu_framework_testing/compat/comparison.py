"""The comparison of two versions: every step of every run that may be open is asked of the new one.

A break is what the new version refuses, loses or cannot do, and the old one did: both are asked with the same event, so that
what fails anywhere (a database that is not there) is no false alarm.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing.bridges import Bridge, BridgeAnswer, BridgeFailure
from novu_framework_testing.compat.asking import (
    CORRUPT,
    REFUSED_CONTROL,
    CodeVersion,
    RecordedAnswer,
    StepProblem,
    is_refused_by_schema,
    problem_of,
)
from novu_framework_testing.compat.blackened import uncovered
from novu_framework_testing.compat.findings import ChangedContent, CompatFinding, CompatReport, Witness
from novu_framework_testing.compat.trials import Trial, environment, other_results, trials
from novu_framework_testing.compat.words import (
    Break,
    broken,
    content_changed,
    controls_lost,
    not_tried,
    safe,
)
from novu_framework_testing.versions import VersionChange, changes, explaining


async def compare(old: CodeVersion, new: CodeVersion) -> CompatReport:
    """Return what the new version does to the runs that are open on the old one. Raises `BridgeFailure` if there is no answer."""
    found: list[CompatFinding] = []
    contents: list[ChangedContent] = []
    tried = 0
    for workflow_id, then in old.workflows.items():
        one = _WorkflowComparison(old, new, workflow_id, then)
        found += await one.findings()
        contents += one.contents
        tried += one.tried
    order = ("break", "change", "unsure", "safe")
    return CompatReport(
        old.name, new.name, sorted(found, key=lambda each: order.index(each.level)), contents, tried
    )


class _WorkflowComparison:
    """The comparison of one workflow."""

    def __init__(self, old: CodeVersion, new: CodeVersion, workflow_id: str, then: Mapping[str, Any]) -> None:
        self._old, self._new = old, new
        self._id, self._then, self._now = workflow_id, then, new.workflows.get(workflow_id)
        self._steps: list[str] = [step["stepId"] for step in then.get("steps") or ()]
        self._types: dict[str, str] = {step["stepId"]: step["type"] for step in then.get("steps") or ()}
        self._newer: dict[str, str] = {
            step["stepId"]: step["type"] for step in (self._now or {}).get("steps") or ()
        }
        self._changes = changes(then, self._now)
        self._breaks: dict[Any, Break] = {}
        self._worked: set[str] = set()
        self._failed: dict[str, BridgeFailure] = {}
        self._env = environment(then, self._now or {})
        self.contents: list[ChangedContent] = []
        self._unstable: set[str] = set()
        self._borne: set[str] = set()  # the steps that the new version did for some run
        self._passed: dict[tuple[Trial, int], bool] = {}
        self._other_results = other_results(then, self._now or {})
        self.tried = 0

    async def findings(self) -> list[CompatFinding]:
        """Try every run that may be open, and return what comes of it."""
        if not self._steps:
            return []
        if self._now is None:
            return [self._gone()]
        for trial in trials(self._then, self._now):
            for position, step_id in enumerate(self._steps):
                if self._is_about(trial, position) and self._asks_bridge(step_id):
                    await self._try(trial, position)
        for recorded in self._old.answers:
            if recorded.workflow_id == self._id and recorded.step_id in self._types:
                await self._try_recorded(recorded)
        return [*self._broken(), *self._changed(), *self._not_tried(), *self._safe()]

    # --- one step of one run -------------------------------------------------------------------------

    def _asks_bridge(self, step_id: str) -> bool:
        kind = KINDS.get(self._types[step_id])
        return kind is None or kind.asks_bridge

    def _is_about(self, trial: Trial, position: int) -> bool:
        if trial.only is not None:
            return trial.only == self._steps[position]
        return trial.after is None or position > self._steps.index(trial.after)

    async def _try(self, trial: Trial, position: int) -> None:
        step_id = self._steps[position]
        event = trial.event(self._steps[:position], step_id, self._env)
        answer = await self._ask(self._new.bridge, step_id, event)
        problem = self._problem(answer, step_id, trial.payload)
        if problem is None:
            self._borne.add(step_id)
            if not trial.usual:
                return
        before = None if self._old.bridge is None else await self._ask(self._old.bridge, step_id, event)
        if not self._counts(before, problem, trial, step_id):
            return
        if problem is not None and await self._comes_to(trial, position):
            places = [place async for place in self._places(trial, position)]
            self._note(problem, trial, step_id, event, places)
        elif problem is None and isinstance(before, BridgeAnswer) and isinstance(answer, BridgeAnswer):
            await self._compare(before, answer, step_id, event, trial.subscriber)

    async def _comes_to(self, trial: Trial, position: int) -> bool:
        """Tell whether such a run comes as far as a step on the old version: a step that stops a run did not fail."""
        if self._old.bridge is None:
            return True
        for place, step_id in enumerate(self._steps[:position]):
            kind = self._types[step_id]
            is_read = kind == "in_app" and trial.results[step_id]["read"]
            if (kind in CHANNELS and not is_read) or not self._asks_bridge(step_id):
                continue
            if (trial, place) not in self._passed:
                event = trial.event(self._steps[:place], step_id, self._env)
                answer = await self._ask(self._old.bridge, step_id, event)
                # one that was left out has left nothing like this behind
                leaves = not (
                    isinstance(answer, BridgeAnswer) and answer.skip and (is_read or kind == "custom")
                )
                self._passed[trial, place] = leaves and problem_of(answer, kind, kind, trial.payload) is None
            if not self._passed[trial, place]:
                return False
        return True

    async def _try_recorded(self, recorded: RecordedAnswer) -> None:
        answer = await self._ask(self._new.bridge, recorded.step_id, recorded.event)
        payload = recorded.event.get("payload") or {}
        problem = self._problem(answer, recorded.step_id, payload)
        if problem is not None:
            trial = Trial(payload, controls={recorded.step_id: recorded.event.get("controls") or {}})
            self._note(problem, trial, recorded.step_id, recorded.event, [recorded.step_id])
        elif (
            isinstance(answer, BridgeAnswer) and self._types[recorded.step_id] != "custom"
        ):  # data has pseudonyms
            subscriber = recorded.event.get("subscriber") or {}
            outputs = uncovered(recorded.answer.outputs, answer.outputs)
            providers = uncovered(recorded.answer.providers, answer.providers)
            before = recorded.answer._replace(outputs=outputs, providers=providers)
            await self._compare(before, answer, recorded.step_id, None, subscriber)

    async def _ask(
        self, bridge: Bridge | None, step_id: str, event: Mapping[str, Any]
    ) -> BridgeAnswer | BridgeFailure:
        assert bridge is not None
        self.tried += 1
        try:
            return await bridge.execute(
                self._id, step_id, copy_json(dict(event)), job_id=f"{self.tried:024x}"
            )
        except BridgeFailure as failure:
            if failure.code is None:  # nobody is there
                raise
            return failure

    def _problem(
        self, answer: BridgeAnswer | BridgeFailure, step_id: str, payload: Mapping[str, Any]
    ) -> StepProblem | None:
        return problem_of(answer, self._types[step_id], self._newer.get(step_id), payload)

    def _counts(
        self,
        before: BridgeAnswer | BridgeFailure | None,
        problem: StepProblem | None,
        trial: Trial,
        step_id: str,
    ) -> bool:
        """Tell whether what the new version did is to be held against it: the old one did better."""
        if before is None:  # the old code is not here to be asked
            if problem is None:
                self._worked.add(step_id)
                return True
            if problem.trouble in ("lost", "other-type") or problem.code == CORRUPT:
                return True
            if is_refused_by_schema(problem.code, self._now or {}, trial, step_id):
                return True
            if trial.usual and isinstance(problem.failure, BridgeFailure):
                self._failed.setdefault(step_id, problem.failure)
            return False
        if isinstance(before, BridgeFailure):
            if trial.usual:
                self._failed.setdefault(step_id, before)
            return False
        self._worked.add(step_id)
        kind = self._types[step_id]
        if problem is None:
            return True
        if problem_of(before, kind, kind, trial.payload) is not None:
            return False
        return problem.trouble == "refused" or not before.skip

    async def _places(self, trial: Trial, position: int) -> AsyncIterator[str]:
        """Give the steps before which a run may be waiting that breaks at the step of this position.

        What was still ahead of it comes from the new version: the result of a custom step is as its schema says there, and a
        digest has events that the new version takes as it takes the run's own.
        """
        steps = self._steps
        is_broken = True
        for place in range(position, -1, -1):
            if steps[place] in self._other_results or self._types[steps[place]] == "digest":
                is_broken = await self._breaks_later(trial, position, place)
            if is_broken:
                yield steps[place]

    async def _breaks_later(self, trial: Trial, position: int, place: int) -> bool:
        """Tell whether a run that waits before one step breaks at a later one, however many events its digests get."""
        step_id = self._steps[position]
        for count in (1, 2):
            results = dict(trial.results)
            for one in self._steps[place:position]:
                if one in self._other_results:
                    results[one] = self._other_results[one]
                elif self._types[one] == "digest":
                    results[one] = {"events": trial.results[one]["events"][:1] * count, "eventCount": count}
            event = replace(trial, results=results).event(self._steps[:position], step_id, self._env)
            answer = await self._ask(self._new.bridge, step_id, event)
            if self._problem(answer, step_id, trial.payload) is not None:
                return True
        return False

    def _note(
        self,
        problem: StepProblem,
        trial: Trial,
        step_id: str,
        event: Mapping[str, Any],
        places: Sequence[str],
    ) -> None:
        failure, paths = problem.failure, list[str]()
        if isinstance(failure, BridgeFailure) and isinstance(failure.data, list):
            paths = [str(one.get("path")) for one in failure.data if isinstance(one, Mapping)]
        why = tuple(
            explaining(
                self._changes, step_id, problem.code if problem.trouble == "refused" else None, paths=paths
            )
        )
        key = problem.trouble, problem.code, why, step_id if problem.code == REFUSED_CONTROL else None
        witness = Witness(places[0] if places else step_id, step_id, event)
        saved = trial.controls.get(step_id, {})
        known = self._breaks.setdefault(
            key, Break(problem.trouble, problem.code, why, witness, failure, saved)
        )
        known.places |= {(place, step_id) for place in places}

    async def _compare(
        self,
        before: BridgeAnswer,
        answer: BridgeAnswer,
        step_id: str,
        event: Mapping[str, Any] | None,
        subscriber: Mapping[str, Any],
    ) -> None:
        if (
            before[:3] == answer[:3]
            or step_id in self._unstable
            or any(one.step_id == step_id for one in self.contents)
        ):
            return
        if event is not None and self._old.bridge is not None:
            again = await self._ask(self._old.bridge, step_id, event)
            if (
                not isinstance(again, BridgeAnswer) or again[:3] != before[:3]
            ):  # a moment or a random value in it
                self._unstable.add(step_id)
                return
        self.contents.append(
            ChangedContent(
                self._id,
                self._then.get("name") or "",
                step_id,
                self._types[step_id],
                subscriber,
                _as_json(before),
                _as_json(answer),
            )
        )

    # --- what comes of it --------------------------------------------------------------------------------

    def _location(self, step_id: str) -> str | None:
        return None if self._new.bridge is None else self._new.bridge.location(self._id, step_id)

    def _gone(self) -> CompatFinding:
        found = Break("gone", None, tuple(self._changes), Witness(self._steps[0], self._steps[0], {}))
        found.places = {
            (one, later) for place, one in enumerate(self._steps) for later in self._steps[place:]
        }
        return broken(self._id, self._steps, found, None)

    def _broken(self) -> Iterator[CompatFinding]:
        for found in self._breaks.values():
            yield broken(self._id, self._steps, found, self._location(found.witness.step_id))

    def _changed(self) -> Iterator[CompatFinding]:
        yield from controls_lost(self._id, self._then, self._changes, self._location)
        for one in self.contents:
            yield content_changed(one, self._changes, self._location(one.step_id))
        for change in self._changes:
            if change.kind == "preferences":
                what = "open runs are delivered by the new default preferences"
                yield CompatFinding("change", self._id, (), what, changes=(change,))

    def _not_tried(self) -> Iterator[CompatFinding]:
        named = {step for found in self._breaks.values() for _, step in found.places}
        for step_id, failure in self._failed.items():
            if step_id not in self._worked and step_id not in named:
                is_old_here = self._old.bridge is not None
                yield not_tried(self._id, step_id, failure, self._location(step_id), is_old_here=is_old_here)

    def _safe(self) -> Iterator[CompatFinding]:
        cited = {change for found in self._breaks.values() for change in found.changes}
        borne = [place for place, step_id in enumerate(self._steps) if step_id in self._borne]
        # a change of what was never come to is not known to be safe
        tried = set(self._steps[: max(borne, default=-1) + 1])
        return safe(
            self._id, [one for one in self._changes if one not in cited and self._is_tried(one, tried)]
        )

    def _is_tried(self, change: VersionChange, tried: set[str]) -> bool:
        if change.kind == "step-added" or change.step_id is None:
            return bool(tried)
        return change.step_id in tried


def _as_json(answer: BridgeAnswer) -> dict[str, Any]:
    return {"outputs": answer.outputs, "providers": answer.providers, "skip": answer.skip}
