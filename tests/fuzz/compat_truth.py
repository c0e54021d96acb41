"""The truth about a deployment: an old run is really brought to its wait, and goes on with the new code.

python -m tests.fuzz.compat_truth 0 1000          # seeds from, and to
"""

from __future__ import annotations

import asyncio
import copy
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from typing import Any

from novu_framework import Workflow
from novu_framework.schemas import Schema
from novu_framework_testing import BridgeAnswer, BridgeFailure, NovuSimulator
from novu_framework_testing.bridges import Bridge, connect
from novu_framework_testing.compat import CodeVersion, CompatFinding, CompatReport, compare
from novu_framework_testing.factories import NovuFaker
from tests.fuzz.compat_edits import Pair, pairs

START = datetime(2026, 1, 1, 9, tzinfo=timezone.utc)
ANN = {"subscriberId": "ann", "firstName": "Ann", "email": "ann@example.com", "phone": "+15555550100"}
KEY = "test-secret"
TRIES = 6
"""So many runs of each pair are looked at for breaks that nobody named."""


class HeldBridge:
    """The old version, which does not answer for one step, so that a run waits before it. Custom steps give set results."""

    def __init__(self, bridge: Bridge, before: str, results: Mapping[str, Any]) -> None:
        self._bridge, self._before, self._results = bridge, before, results
        self.is_reached = False

    async def discover(self) -> list[dict[str, Any]]:
        return await self._bridge.discover()

    async def execute(
        self, workflow_id: str, step_id: str, event: dict[str, Any], *, job_id: str
    ) -> BridgeAnswer:
        if step_id == self._before:
            self.is_reached = True
            raise BridgeFailure("held", status=503)
        answer = await self._bridge.execute(workflow_id, step_id, event, job_id=job_id)
        if step_id in self._results and not answer.skip:
            answer = answer._replace(outputs=copy.deepcopy(self._results[step_id]))
        return answer

    def location(self, workflow_id: str, step_id: str) -> str | None:
        return None


@dataclass
class OpenRun:
    """What there is to say about a run: what triggered it, and what its steps leave behind."""

    payload: dict[str, Any]
    controls: dict[str, dict[str, Any]] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    followers: list[dict[str, Any]] = field(default_factory=list)
    subscriber: Mapping[str, Any] = field(default_factory=lambda: dict(ANN))
    reads: bool = False

    @classmethod
    def of_witness(cls, pair: Pair, finding: CompatFinding) -> OpenRun:
        assert finding.witness is not None
        event = copy.deepcopy(dict(finding.witness.event))
        if not event:  # a workflow that is gone needs no particular run
            return cls(NovuFaker(seed=1).payload(pair.old))
        kinds = {step["stepId"]: step["type"] for step in pair.old.discover()["steps"]}
        needed = {
            step["stepId"]: NovuFaker(seed=1).payload(step["controls"]["schema"])
            for step in pair.old.discover()["steps"]
            if Schema.of(step["controls"]["schema"]).check({})[1]
        }
        controls = {**needed, finding.witness.step_id: event["controls"]}
        run = cls(event["payload"], controls, subscriber=event["subscriber"])
        for entry in event["state"]:
            kind, outputs = kinds.get(entry["stepId"]), entry["outputs"]
            if kind == "custom":
                run.results[entry["stepId"]] = outputs
            elif kind == "digest":
                run.followers = [one["payload"] for one in outputs["events"][1:]]
            elif kind == "in_app":
                run.reads = outputs["read"]
        return run

    def results_of(self, pair: Pair, version: Workflow) -> dict[str, Any]:
        """Return what the custom steps of a version give: the same, where their schema is the same."""
        schemas = {step["stepId"]: step["results"]["schema"] for step in pair.old.discover()["steps"]}
        found = {}
        for step in version.discover()["steps"]:
            name, schema = step["stepId"], step["results"]["schema"]
            if name in self.results:
                same = schema == schemas.get(name)
                found[name] = self.results[name] if same else NovuFaker(seed=name).payload(schema)
        return found


@dataclass(frozen=True)
class Outcome:
    """How a step of a run ended."""

    status: str
    outputs: Mapping[str, Any]


async def go_on(novu: NovuSimulator, run: OpenRun, is_over: Callable[[], bool]) -> None:
    """Let time pass until nothing waits, or it is over; who reads the inbox does so all the time."""
    for _ in range(100):
        due = novu.clock.next_due()
        if is_over() or due is None:
            return
        if run.reads:
            for message in novu.subscriber(run.subscriber["subscriberId"]).inbox:
                message.mark_read()
        await novu.advance_to_async(due)


async def outcomes(pair: Pair, run: OpenRun, before: str, *, deploy: bool) -> dict[str, Outcome] | None:
    """Return how the steps of a run ended that waited before a step, with or without a deployment; None where it never got there."""
    old = HeldBridge(connect([pair.old], secret_key=KEY), before, run.results)
    async with NovuSimulator(start=START, secret_key=KEY) as novu:
        await novu.connect_async(old)
        everything: dict[Any, bool] = dict.fromkeys(("email", "sms", "push", "chat", "in_app"), True)
        novu.subscriber(run.subscriber).preferences.update(pair.old.id, channels=everything)
        for step_id, values in run.controls.items():
            novu.controls(pair.old.id, step_id, values)
        trigger = await novu.trigger_async(pair.old.id, run.subscriber, run.payload)
        for payload in run.followers:
            await novu.trigger_async(pair.old.id, run.subscriber, payload)
        await go_on(novu, run, lambda: old.is_reached)
        if not old.is_reached or not trigger.runs or trigger.run.waiting is None:
            return None
        after = pair.new if deploy else pair.old
        await novu.deploy_async(HeldBridge(connect([after], secret_key=KEY), "", run.results_of(pair, after)))
        await go_on(novu, run, lambda: False)
        return {step.step_id: Outcome(step.status, step.outputs) for step in trigger.run.steps}


async def broken_steps(pair: Pair, run: OpenRun, before: str) -> dict[str, str]:
    """Return the steps that the deployment breaks for a run that waits before a step, each with how it ended."""
    without, with_it = (
        await outcomes(pair, run, before, deploy=False),
        await outcomes(pair, run, before, deploy=True),
    )
    if without is None or with_it is None:
        return {}
    kinds = {step["stepId"]: step["type"] for step in pair.old.discover()["steps"]}
    now = {step["stepId"]: step["type"] for step in pair.new.discover()["steps"]}
    found: dict[str, str] = {}
    for step_id, outcome in with_it.items():
        better = without[step_id].status
        if better not in ("completed", "skipped"):
            continue
        if outcome.status in ("failed", "canceled"):
            found[step_id] = outcome.status
        elif (
            outcome.status == "completed"
            and without[step_id].outputs
            and list(with_it).index(step_id) >= list(with_it).index(before)
        ):
            if not outcome.outputs and step_id not in now:
                found[step_id] = "lost"
            elif now.get(step_id, kinds[step_id]) != kinds[step_id]:
                found[step_id] = "other type"
    return found


@dataclass
class Verdict:
    """A comparison held against the truth: what it did not name, and what it named for nothing."""

    pair: Pair
    report: CompatReport
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    breaks: int = 0


async def judged(pair: Pair) -> Verdict:
    """Compare the two versions, and hold what comes of it against the truth."""
    old, new = (connect([one], secret_key=KEY) for one in (pair.old, pair.new))
    report = await compare(await CodeVersion.of("old", old), await CodeVersion.of("new", new))
    verdict = Verdict(pair, report)
    named = {place for one in report.breaks for place in one.places}
    draw = random.Random(pair.seed)
    steps: Sequence[dict[str, Any]] = pair.old.discover()["steps"]
    for number in range(TRIES):
        faker = NovuFaker(seed=f"truth:{pair.seed}:{number}")
        try:
            run = OpenRun(faker.payload(pair.old), reads=draw.random() < 0.2)
            if draw.random() < 0.5:
                run.followers = [faker.payload(pair.old)]
            for step in steps:
                if step["type"] == "custom":
                    run.results[step["stepId"]] = faker.payload(step["results"]["schema"])
                if number % 2 and step["controls"]["schema"].get("properties"):
                    run.controls[step["stepId"]] = faker.payload(step["controls"]["schema"])
        except (ValueError, TypeError):  # no such data, or a constraint that its type does not have
            continue
        before = draw.choice(steps)["stepId"]
        found = await broken_steps(pair, run, before)
        inboxes = {step["stepId"] for step in steps if step["type"] == "in_app"}
        for number_of, (step_id, how) in enumerate(found.items()):
            verdict.breaks += how != "canceled"
            # what was not delivered is not read either, which later steps may ask for
            follows = run.reads and bool(inboxes & set(list(found)[:number_of]))
            if how != "canceled" and not follows and (before, step_id) not in named:
                verdict.missed.append(f"{step_id} {how}, waiting before {before}, {run}")
    for finding in report.breaks:
        assert finding.witness is not None
        run = OpenRun.of_witness(pair, finding)
        places = [finding.witness.waits_before]
        places += [place for place, step_id in sorted(finding.places) if step_id == finding.witness.step_id][
            :1
        ]
        # before a digest, runs like itself are merged into it, or none
        alike = [replace(run, followers=[run.payload] * count) for count in (0, 1)]
        for before in places:
            shown = [await broken_steps(pair, one, before) for one in (run, *alike)]
            if not any(finding.witness.step_id in one for one in shown):
                verdict.false.append(f"{finding.witness.step_id}, waiting before {before}: {finding.what}")
    return verdict


def main(first: int, last: int) -> int:
    """Judge the pairs of some seeds, and say how it went; the number of wrong verdicts is what comes back."""
    wrong = total = breaking = breaks = alarms = 0
    for pair in pairs(range(first, last)):
        verdict = asyncio.run(judged(pair))
        total += 1
        breaking += not verdict.report.ok
        breaks += verdict.breaks
        alarms += len(verdict.report.breaks)
        if verdict.missed or verdict.false:
            wrong += 1
            print(f"seed {pair.seed}: {pair.source}: {'; '.join(pair.edits)}")
            for one in verdict.missed[:3]:
                print(f"   missed: {one}")
            for one in verdict.false[:3]:
                print(f"   false:  {one}")
            sys.stdout.flush()
    print(
        f"{total} pairs, {breaking} of them break open runs; {breaks} broken steps seen, {alarms} breaks named; {wrong} wrong"
    )
    return wrong


if __name__ == "__main__":
    sys.exit(min(1, main(int(sys.argv[1]), int(sys.argv[2]))))
