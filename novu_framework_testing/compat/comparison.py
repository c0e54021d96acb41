"""The comparison of two versions: every step of every run that may be open is asked of the new one.

A break is what the new version refuses, loses or cannot do, and the old one did: both are asked with the same event, so that
what fails anywhere (a database that is not there) is no false alarm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.schemas import Schema
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing.bridges import Bridge, BridgeAnswer, BridgeFailure
from novu_framework_testing.compat.findings import ChangedContent, CompatFinding, CompatReport, Witness
from novu_framework_testing.compat.trials import Trial, trials
from novu_framework_testing.compat.words import Break, Trouble, broken, controls_lost, safe
from novu_framework_testing.simulation.waiting import due_at
from novu_framework_testing.versions import changes, explaining

_OF_SCHEMAS: Mapping[str, str] = {
    "ExecutionEventPayloadInvalidError": "payload",
    "ExecutionStateControlInvalidError": "controls",
    "ExecutionStateResultInvalidError": "results",
}
"""The refusals that definitions alone explain, by the schema that explains them."""
_CORRUPT = "ExecutionStateCorruptError"
_NOW = datetime(2026, 1, 1, 9, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Version:
    """A version of the code.

    Attributes:
        name: What it is, in words.
        workflows: Its definitions by id, as discovery shows them.
        bridge: What runs it; None where only its definitions are known.
        recorded: The runs that were recorded of it, by workflow.
        answers: What it answered for them: workflow, step and event, and the answer.
    """

    name: str
    workflows: Mapping[str, Mapping[str, Any]]
    bridge: Bridge | None = None
    answers: Sequence[RecordedAnswer] = ()

    @classmethod
    async def of(cls, name: str, bridge: Bridge) -> Version:
        """Return the version that a bridge serves. Raises `BridgeFailure` where it does not answer its discovery."""
        return cls(name, {one["workflowId"]: one for one in await bridge.discover()}, bridge)


@dataclass(frozen=True)
class RecordedAnswer:
    """A step that a bridge was asked for in production, and its answer."""

    workflow_id: str
    step_id: str
    event: Mapping[str, Any]
    answer: BridgeAnswer


@dataclass(frozen=True)
class _Problem:
    trouble: Trouble
    failure: BridgeFailure | ValueError | None = None

    @property
    def code(self) -> str | None:
        return self.failure.code if isinstance(self.failure, BridgeFailure) else None


async def compare_async(old: Version, new: Version) -> CompatReport:
    """Return what the new version does to the runs that are open on the old one. Raises `BridgeFailure` where nobody answers."""
    found: list[CompatFinding] = []
    contents: list[ChangedContent] = []
    tried = 0
    for workflow_id, then in old.workflows.items():
        one = _OfWorkflow(old, new, workflow_id, then)
        found += await one.findings()
        contents += one.contents
        tried += one.tried
    order = ("break", "change", "unsure", "safe")
    return CompatReport(
        old.name, new.name, sorted(found, key=lambda each: order.index(each.level)), contents, tried
    )


class _OfWorkflow:
    """The comparison of one workflow."""

    def __init__(self, old: Version, new: Version, workflow_id: str, then: Mapping[str, Any]) -> None:
        self._old, self._new = old, new
        self._id, self._then, self._now = workflow_id, then, new.workflows.get(workflow_id)
        self._steps: list[str] = [step["stepId"] for step in then.get("steps") or ()]
        self._types: dict[str, str] = {step["stepId"]: step["type"] for step in then.get("steps") or ()}
        self._changes = changes(then, self._now)
        self._breaks: dict[Any, Break] = {}
        self._worked: set[str] = set()
        self._failed: dict[str, BridgeFailure] = {}
        self._env = {"name": "Production", "type": "prod"}
        self.contents: list[ChangedContent] = []
        self._unstable: set[str] = set()
        self.tried = 0

    async def findings(self) -> list[CompatFinding]:
        """Try every run that may be open, and return what comes of it."""
        if not self._steps:
            return []
        if self._now is None:
            return [self._gone()]
        newer = {step["stepId"]: step["type"] for step in self._now.get("steps") or ()}
        for trial in trials(self._then, self._now):
            for position, step_id in enumerate(self._steps):
                if self._is_about(trial, position) and self._asks_bridge(step_id):
                    await self._try(trial, position, newer.get(step_id))
        for recorded in self._old.answers:
            if recorded.workflow_id == self._id and recorded.step_id in self._types:
                await self._try_recorded(recorded, newer.get(recorded.step_id))
        return [*self._broken(), *self._changed(), *self._not_tried(), *self._safe()]

    # --- one step of one run -------------------------------------------------------------------------

    def _asks_bridge(self, step_id: str) -> bool:
        kind = KINDS.get(self._types[step_id])
        return kind is None or kind.asks_bridge

    def _is_about(self, trial: Trial, position: int) -> bool:
        if trial.only is not None:
            return trial.only == self._steps[position]
        return trial.after is None or position > self._steps.index(trial.after)

    async def _try(self, trial: Trial, position: int, now_type: str | None) -> None:
        step_id = self._steps[position]
        event = trial.event(self._steps[:position], step_id, self._env)
        answer = await self._ask(self._new.bridge, step_id, event)
        problem = self._problem(answer, step_id, now_type, trial.payload)
        if problem is None and not trial.usual:
            return
        before = None if self._old.bridge is None else await self._ask(self._old.bridge, step_id, event)
        if not self._counts(before, problem, trial, step_id):
            return
        if problem is not None:
            places = [place async for place in self._places(trial, position, now_type)]
            self._note(problem, trial, step_id, event, places)
        elif isinstance(before, BridgeAnswer) and isinstance(answer, BridgeAnswer):
            await self._compare(before, answer, step_id, event, trial.subscriber)

    async def _try_recorded(self, recorded: RecordedAnswer, now_type: str | None) -> None:
        answer = await self._ask(self._new.bridge, recorded.step_id, recorded.event)
        payload = recorded.event.get("payload") or {}
        problem = self._problem(answer, recorded.step_id, now_type, payload)
        if problem is not None:
            trial = Trial(payload, controls={recorded.step_id: recorded.event.get("controls") or {}})
            self._note(problem, trial, recorded.step_id, recorded.event, [recorded.step_id])
        elif isinstance(answer, BridgeAnswer):
            subscriber = recorded.event.get("subscriber") or {}
            await self._compare(recorded.answer, answer, recorded.step_id, None, subscriber)

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
        self,
        answer: BridgeAnswer | BridgeFailure,
        step_id: str,
        now_type: str | None,
        payload: Mapping[str, Any],
    ) -> _Problem | None:
        if isinstance(answer, BridgeFailure):
            return _Problem("refused", answer)
        if now_type is None and not answer.outputs and not answer.skip:
            return _Problem("lost")
        if now_type is not None and now_type != self._types[step_id]:
            return _Problem("other-type")
        error = None if answer.skip else _no_wait(self._types[step_id], answer.outputs, payload)
        return None if error is None else _Problem("no-wait", error)

    def _counts(
        self,
        before: BridgeAnswer | BridgeFailure | None,
        problem: _Problem | None,
        trial: Trial,
        step_id: str,
    ) -> bool:
        """Tell whether what the new version did is to be held against it: the old one did better."""
        if before is None:  # the old code is not here to be asked
            if problem is None or problem.trouble in ("lost", "other-type") or problem.code == _CORRUPT:
                return problem is not None
            if self._refused_by_schema(problem.code, trial, step_id):
                return True
            if isinstance(problem.failure, BridgeFailure):
                self._failed.setdefault(step_id, problem.failure)
            return False
        if isinstance(before, BridgeFailure):
            if trial.usual:
                self._failed.setdefault(step_id, before)
            return False
        self._worked.add(step_id)
        if problem is None or problem.trouble == "refused":
            return True
        if before.skip:
            return False
        return _no_wait(self._types[step_id], before.outputs, trial.payload) is None

    def _refused_by_schema(self, code: str | None, trial: Trial, step_id: str) -> bool:
        part, now = _OF_SCHEMAS.get(code or ""), self._now or {}
        steps = {step["stepId"]: step for step in now.get("steps") or ()}
        if part == "payload":
            return _refuses(now, part, trial.payload)
        if part == "controls":
            return _refuses(steps.get(step_id, {}), part, trial.controls.get(step_id, {}))
        if part == "results":
            return any(_refuses(steps.get(one, {}), part, result) for one, result in trial.results.items())
        return False

    async def _places(self, trial: Trial, position: int, now_type: str | None) -> Any:
        """Give the steps before which a run may be waiting that breaks at the step of this position.

        A custom step that was still ahead has the result that the new version gives.
        """
        fresh: dict[str, Any] = {}
        own = [place for place in range(position) if self._types[self._steps[place]] == "custom"]
        step_id = self._steps[position]
        for place in own:
            event = trial.event(self._steps[:place], self._steps[place], self._env)
            answer = await self._ask(self._new.bridge, self._steps[place], event)
            if isinstance(answer, BridgeAnswer) and answer.outputs:
                fresh[self._steps[place]] = answer.outputs
        is_broken = True
        for place in range(position, -1, -1):
            yielded = self._steps[place]
            if place < position and yielded in fresh:
                ahead = {one: fresh[one] for one in self._steps[place:position] if one in fresh}
                other = replace(trial, results={**trial.results, **ahead})
                event = other.event(self._steps[:position], step_id, self._env)
                answer = await self._ask(self._new.bridge, step_id, event)
                is_broken = self._problem(answer, step_id, now_type, trial.payload) is not None
            if is_broken:
                yield yielded

    def _note(
        self, problem: _Problem, trial: Trial, step_id: str, event: Mapping[str, Any], places: Sequence[str]
    ) -> None:
        failure, paths = problem.failure, list[str]()
        if isinstance(failure, BridgeFailure) and isinstance(failure.data, list):
            paths = [str(one.get("path")) for one in failure.data if isinstance(one, Mapping)]
        why = tuple(
            explaining(
                self._changes, step_id, problem.code if problem.trouble == "refused" else None, paths=paths
            )
        )
        key = problem.trouble, problem.code, why, step_id if trial.only else None
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
                self._id, step_id, self._types[step_id], subscriber, _as_json(before), _as_json(answer)
            )
        )

    # --- what comes of it --------------------------------------------------------------------------------

    def _location(self, step_id: str) -> str | None:
        return None if self._new.bridge is None else self._new.bridge.location(self._id, step_id)

    def _gone(self) -> CompatFinding:
        found = Break("gone", None, tuple(self._changes), Witness(self._steps[0], self._steps[0], {}))
        found.places = {(step_id, step_id) for step_id in self._steps}
        return broken(self._id, self._steps, found, None)

    def _broken(self) -> Iterator[CompatFinding]:
        for found in self._breaks.values():
            yield broken(self._id, self._steps, found, self._location(found.witness.step_id))

    def _changed(self) -> Iterator[CompatFinding]:
        yield from controls_lost(self._id, self._then, self._changes, self._location)
        for one in self.contents:
            own = tuple(
                each for each in self._changes if each.step_id == one.step_id and each.part != "results"
            )
            names = [
                name
                for name in dict.fromkeys([*one.old["outputs"], *one.new["outputs"]])
                if one.old["outputs"].get(name) != one.new["outputs"].get(name)
            ]
            if one.old["skip"] != one.new["skip"]:
                what = "is left out now" if one.new["skip"] else "is no longer left out"
            else:
                what = (
                    f"gives another {', '.join(f'`{name}`' for name in names)}"
                    if names
                    else "overrides providers otherwise"
                )
            is_message = one.channel in CHANNELS
            what = f"{'the message' if is_message else f'the {one.channel}'} {what}"
            yield CompatFinding(
                "change", self._id, (one.step_id,), what, changes=own, location=self._location(one.step_id)
            )
        for change in self._changes:
            if change.kind == "preferences":
                what = "open runs are delivered by the new default preferences"
                yield CompatFinding("change", self._id, (), what, changes=(change,))

    def _not_tried(self) -> Iterator[CompatFinding]:
        named = {step for found in self._breaks.values() for _, step in found.places}
        for step_id, failure in self._failed.items():
            if step_id not in self._worked and step_id not in named:
                whose = (
                    "neither version renders it"
                    if self._old.bridge is not None
                    else "the new version does not render it"
                )
                what = f"{whose} with made-up data: {failure}"
                yield CompatFinding(
                    "unsure", self._id, (step_id,), what, code=failure.code, location=self._location(step_id)
                )

    def _safe(self) -> Iterator[CompatFinding]:
        cited = {change for found in self._breaks.values() for change in found.changes}
        return safe(self._id, [one for one in self._changes if one not in cited])


def _no_wait(kind: str, outputs: Mapping[str, Any], payload: Mapping[str, Any]) -> ValueError | None:
    """Return why Novu could not wait as a step says, if it could not."""
    if kind not in ("delay", "digest"):
        return None
    try:
        due_at(outputs, payload, _NOW)
    except ValueError as error:
        return error
    return None


def _refuses(of: Mapping[str, Any], part: str, data: Any) -> bool:
    schema = (of.get(part) or {}).get("schema")
    return isinstance(schema, Mapping) and bool(Schema.of(schema).check(data)[1])


def _as_json(answer: BridgeAnswer) -> dict[str, Any]:
    return {"outputs": answer.outputs, "providers": answer.providers, "skip": answer.skip}
