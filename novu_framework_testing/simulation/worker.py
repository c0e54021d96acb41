"""The worker: it runs one job of a run after the other, each by asking the bridge, until one of them waits.

Every rule of it has a place of its own: how long to wait (`waiting`), digests (`digest`), throttles
(`throttle`), schedules (`schedules`), what a bridge is sent (`bridge_events`), preferences (`preferences`),
deliveries (`delivery`), requests (`http_responses`). This is the order in which they come.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from novu_framework._internal.redaction import redaction
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing.bridges import BridgeAnswer, BridgeFailure
from novu_framework_testing.bridges.base import Event
from novu_framework_testing.simulation.activity import Cause
from novu_framework_testing.simulation.bridge_events import bridge_event
from novu_framework_testing.simulation.clock import duration, iso
from novu_framework_testing.simulation.collections import NOTHING
from novu_framework_testing.simulation.condition_operators import truthy
from novu_framework_testing.simulation.conditions import apply
from novu_framework_testing.simulation.delivery import deliver
from novu_framework_testing.simulation.digest import Digests, digest_key
from novu_framework_testing.simulation.failures import blame
from novu_framework_testing.simulation.findings import (
    broken_by_deployment,
    finding_of,
    findings_of,
    path_as_key,
)
from novu_framework_testing.simulation.http_responses import request_problem
from novu_framework_testing.simulation.runs import DEFERRED, Digest, Run, RunStatus, StepRun
from novu_framework_testing.simulation.schedules import is_open, next_opening
from novu_framework_testing.simulation.throttle import Throttles
from novu_framework_testing.simulation.waiting import due_at
from novu_framework_testing.simulation.world import World

RETRY_AFTER = (1, 2, 4)
"""Seconds of virtual time before the first, second and third retry of a bridge call."""

_WITHOUT_BRIDGE = frozenset(kind.type for kind in KINDS.values() if not kind.asks_bridge)
"""Novu does the work itself."""
_AT_ANY_HOUR = frozenset({*DEFERRED, "in_app", "http_request"})

EXTENSIONS = 3
"""How often a delay or digest may be made to wait for the subscriber's schedule to open."""


class Worker:
    """Runs the jobs of a simulation."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._clock = world.clock
        self._lock = world.lock
        self._digests = Digests()
        self._throttles = Throttles()

    async def proceed(self, run: Run) -> None:
        """Run the steps of a run until one waits or none is left."""
        while (step := run.waiting) is not None:
            await self._perform(run, step)
            if run.status != "running" or not step.has_ended:
                return
            run.position += 1
        with self._lock:
            if run.status == "running":
                failed = any(step.status == "failed" for step in run.steps)
                self._end(run, "failed" if failed and not run.messages else "completed")

    def cancel(self, run: Run) -> bool:
        """Cancel what is delayed, pending or merged of a run; tell whether there was anything."""
        with self._lock:
            stopped = [step for step in run.steps if step.status in ("pending", "delayed", "merged")]
            if not stopped:
                return False
            waiting = run.waiting
            for step in stopped:
                self._withdraw(step)
            _note_canceled(run, stopped)
            if run.status in ("running", "merged"):
                self._end(run, "canceled")
            if waiting is not None and waiting.digest is not None:
                self._replace_master(waiting.digest, waiting)
            for step in stopped:
                step.due_at = None
            return True

    # --- one job -----------------------------------------------------------------------------------

    async def _perform(self, run: Run, step: StepRun) -> None:
        """Do one step; it has not ended where it waits, and the run has where the step stopped it."""
        with self._lock:
            if step.started_at is None:
                step.started_at = self._clock.now
                if not self._may_start(run, step):
                    return
            elif (gone := run.take_workflow()) is not None:  # the code may be another since the last try
                self._fail_without(run, step, gone)
                return
            if step.type in _WITHOUT_BRIDGE:
                self._act(run, step)
                return
            event = bridge_event(run, step)
            step.attempts += 1
        answer: BridgeAnswer | BridgeFailure
        try:
            answer = await run.workflow.bridge.execute(run.workflow_id, step.step_id, event, job_id=step.id)
        except BridgeFailure as failure:
            answer = failure
        with self._lock:
            if step.status == "canceled":  # by a cancel that came in while the bridge was at it
                return
            if isinstance(answer, BridgeFailure):
                self._bridge_failed(run, step, answer)
                return
            step.outputs = answer.outputs or NOTHING
            step.providers = answer.providers or NOTHING
            is_new = run.workflow is not run.trigger.workflow
            is_lost = is_new and not answer.skip and self._note_broken(run, step)
            for warning in answer.warnings:
                if not (is_lost and warning.kind == "unreached-step"):
                    run.find(finding_of(warning, run.workflow), step)
            if answer.skip:
                cause: Cause = "condition" if step.type in DEFERRED else "bridge-skip"
                step.end("skipped", "skipped by the bridge: its `skip` said so", cause=cause)
            else:
                self._act(run, step)

    def _may_start(self, run: Run, step: StepRun) -> bool:
        """Tell whether a step is to be done; else it has ended, and its bridge is not even asked."""
        if (gone := run.refresh()) is not None:
            self._fail_without(run, step, gone)
            return False
        if step.type not in _AT_ANY_HOUR:
            self._leave_out_of_hours(run, step)
        return not step.has_ended

    def _act(self, run: Run, step: StepRun) -> None:
        """Do what Novu does for a kind of step."""
        if step.type in CHANNELS:
            deliver(self._world, run, step)
        elif (action := _ACTIONS.get(step.type)) is None:
            step.end("completed", "completed")
        else:
            try:
                action(self, run, step)
            except ValueError as error:
                blame(step, error)
                self._note_broken(run, step, error)
                self._fail(run, step, f"the {step.type} is not set up right: {error}")

    # --- the bridge did not answer -------------------------------------------------------------------

    def _bridge_failed(self, run: Run, step: StepRun, failure: BridgeFailure) -> None:
        blame(step, failure)
        retries = step.attempts - 1
        if failure.retryable and retries < len(RETRY_AFTER):
            seconds = RETRY_AFTER[retries]
            again = f"retry {retries + 1} of {len(RETRY_AFTER)} in {seconds} s"
            run.note("retry", f"the bridge failed ({failure}); {again}", step)
            self._wait(run, step, self._clock.now + timedelta(seconds=seconds), "its bridge call is retried")
            return
        for finding in findings_of(failure, run.workflow, step.synced):
            run.find(finding, step)
        self._note_broken(run, step, failure)
        step.error_code = failure.code
        step.error_data = failure.data
        tries = f" after {retries} retries" if retries else ""
        self._fail(run, step, f"the bridge failed{tries}: {failure}")

    def _note_broken(
        self, run: Run, step: StepRun, failure: BridgeFailure | ValueError | None = None
    ) -> bool:
        """Report it, where a deployment broke the step; tell whether one did."""
        finding = broken_by_deployment(run, step, failure)
        if finding is not None:
            run.find(finding, step)
        return finding is not None

    # --- steps that act on the run --------------------------------------------------------------------

    def _digest(self, run: Run, step: StepRun) -> None:
        outputs = step.outputs
        if not outputs.get("cron") and not (outputs.get("amount") and outputs.get("unit")):
            raise ValueError(f"its outputs {outputs!r} have neither `cron` nor `amount` and `unit`")
        due = self._due(run, step)
        key = digest_key(step)
        self._warn_of_path(run, step, "digestKey")
        look_back = outputs.get("lookBackWindow") or {}
        if not isinstance(look_back, dict):
            raise ValueError(
                f"its `lookBackWindow` must be an amount and a unit, not {redaction.excerpt(repr(look_back), 100)}"
            )
        amount, unit = look_back.get("amount"), look_back.get("unit")
        if None not in (amount, unit) and self._digests.passes(step, key, duration(amount, unit)):
            self._digests.note(step, key)
            reason = f"no other event in the last {amount} {unit}: straight through, not digested"
            step.end("skipped", reason, cause="look-back")
            return
        if (open_digest := self._digests.join(step, key)) is not None:
            self._merge(run, step, open_digest)
            return
        self._digests.note(step, key)
        if due <= self._clock.now:
            step.end("completed", "digest is over at once")
            return
        self._digests.open(step, key)
        step.status = "delayed"
        named = f" for {key[-1]!r}" if key[-1] else ""
        run.note("digest", f"digest opened{named} until {iso(due)}", step)
        self._wait(run, step, due, "its digest window is open")

    def _due(self, run: Run, step: StepRun) -> datetime:
        trigger, timezone = run.trigger, run.subscriber.timezone
        payload, now = trigger.bridge_payload, self._clock.now
        return due_at(step.outputs, payload, now, timezone=timezone, overrides=trigger.overrides)

    def _merge(self, run: Run, step: StepRun, digest: Digest) -> None:
        for later in run.steps[run.position :]:
            later.status = "merged"
            later.finished_at = self._clock.now
            later.digest = digest
        step.tell("merged")
        master, position = digest.master.run.transaction_id, len(digest.followers) + 1
        run.note("merged", f"merged into the digest of trigger {master}, event {position} of it", step)
        self._end(run, "merged")

    def _delay(self, run: Run, step: StepRun) -> None:
        due = self._due(run, step)
        if due <= self._clock.now:
            self._end_wait(run, step, "delay is over at once")
            return
        step.status = "delayed"
        run.note("delayed", f"delayed until {iso(due)}", step)
        self._wait(run, step, due, "it is delayed")

    def _throttle(self, run: Run, step: StepRun) -> None:
        self._warn_of_path(run, step, "throttleKey")
        verdict = self._throttles.verdict(step)
        if verdict is not None and verdict.throttled:
            step.recorded_result = verdict.result()
            reason = (
                f"throttled: {verdict.count} of {verdict.threshold} executions since {iso(verdict.start)}, "
                f"the window ends {iso(verdict.end)}"
            )
            step.end("skipped", reason, "throttled")
            for later in run.steps[run.position + 1 :]:
                later.end("skipped", f"skipped: {step.step_id} is throttled", "throttled")
            self._end(run, "completed")
            return
        self._leave_out_of_hours(run, step)
        if not step.has_ended:
            count = "" if verdict is None else f", {verdict.count} of {verdict.threshold}"
            step.end("completed", f"throttle lets it through{count or ': its outputs give no window'}")

    def _http_request(self, run: Run, step: StepRun) -> None:
        variables = _variables(run, bridge_event(run, step))
        condition = step.controls.get("skip")  # which says when the request is made, whatever its name
        try:
            made = not condition or truthy(apply(condition, variables, self._clock.now))
        except (ValueError, TypeError, ArithmeticError) as unreadable:
            self._fail(
                run, step, f"the condition that is saved for it cannot be read: {unreadable}", stops=False
            )
            return
        if not made:
            text = "skipped by the condition that is saved for it"
            step.end("skipped", text, cause="bridge-skip")  # as Novu calls it here too
            return
        goes_on = bool(step.controls.get("continueOnFailure"))
        if (problem := request_problem(step.controls, variables)) is not None:
            self._fail(run, step, problem, stops=not goes_on)
            return
        response = self._world.http_responses.take(run.workflow_id, step.step_id)
        if (error := response.error(step.controls)) is not None:
            self._fail(run, step, error, stops=not goes_on)
            return
        step.recorded_result = response.body
        step.end("completed", response.text)

    def _warn_of_path(self, run: Run, step: StepRun, output: Literal["digestKey", "throttleKey"]) -> None:
        finding = path_as_key(run.workflow, step.step_id, output, step.outputs.get(output))
        if finding is not None:
            run.find(finding, step)

    # --- schedules -------------------------------------------------------------------------------------

    def _out_of_hours(self, run: Run) -> bool:
        schedule = _schedule(run)
        if schedule is None or run.critical:
            return False
        return not is_open(schedule, self._clock.now, run.subscriber.timezone)

    def _leave_out_of_hours(self, run: Run, step: StepRun) -> None:
        if self._out_of_hours(run):
            zone = run.subscriber.timezone or "UTC"
            reason = f"skipped by the subscriber's schedule: it is closed at {self._clock.iso} ({zone})"
            step.end("skipped", reason, cause="schedule")

    # --- waiting and going on --------------------------------------------------------------------------

    def _wait(self, run: Run, step: StepRun, due: datetime, why: str) -> None:
        step.due_at = due

        async def resume() -> None:
            await self._resume(step)

        step.timer = self._clock.call_at(
            due, resume, lambda: f"{run.workflow_id}/{step.step_id} of {run.subscriber_id}: {why}"
        )

    async def _resume(self, step: StepRun) -> None:
        run = step.run
        with self._lock:
            step.due_at = step.timer = None
            if step.status == "delayed":
                if (gone := run.refresh()) is not None:
                    self._close(step)
                    self._fail_without(run, step, gone)
                elif step.digest is None:
                    self._end_wait(run, step, "delay is over")
                else:
                    count = len(step.digest.followers) + 1
                    self._end_wait(run, step, f"digest is over with {count} event{'s' if count > 1 else ''}")
                if not step.has_ended:
                    return
                run.position += 1
        await self.proceed(run)

    def _end_wait(self, run: Run, step: StepRun, text: str) -> None:
        """End a delay or digest; or let it wait on for the subscriber's schedule, if it is to be extended."""
        now = self._clock.now
        if step.outputs.get("extendToSchedule") and step.extensions < EXTENSIONS and self._out_of_hours(run):
            subscriber = run.subscriber
            opens = next_opening(_schedule(run) or {}, now, subscriber.timezone)
            if opens > now:
                step.extensions += 1
                step.status = "delayed"
                until = f"extended to the subscriber's schedule, until {iso(opens)}"
                run.note("delayed", until, step, "schedule-extended")
                self._wait(run, step, opens, "the subscriber's schedule is closed")
                return
        self._close(step)
        step.end("completed", text)

    def _close(self, step: StepRun) -> None:
        if step.digest is not None:
            self._digests.close(step.digest)

    def _replace_master(self, digest: Digest, canceled: StepRun) -> None:
        due = canceled.due_at
        follower = digest.hand_over()
        if follower is None or due is None:
            self._digests.close(digest)
            return
        run = follower.run
        for step in run.steps[run.position :]:
            step.status = "pending"
            step.finished_at = None
            if step is not follower:
                step.digest = None
        follower.status = "delayed"
        run.status = "running"
        run.finished_at = None
        old = canceled.run.transaction_id
        self._digests.note(follower, digest.key)
        text = f"takes over the digest of trigger {old}, which was canceled; until {iso(due)}"
        run.note("digest", text, follower)
        self._wait(run, follower, due, "its digest window is open")

    def _withdraw(self, step: StepRun) -> None:
        if step.timer is not None:
            self._clock.cancel(step.timer)
        if step.digest is not None and step in step.digest.followers:
            step.digest.followers.remove(step)
        if step.status == "delayed":
            step.tell("canceled")
        step.status = "canceled"
        step.finished_at = self._clock.now

    # --- how a run ends -----------------------------------------------------------------------------------

    def _fail_without(self, run: Run, step: StepRun, gone: str) -> None:
        """Fail a step whose subscriber or workflow is gone."""
        self._note_broken(run, step)
        self._fail(run, step, gone)

    def _fail(self, run: Run, step: StepRun, error: str, *, stops: bool = True) -> None:
        step.end("failed", error)
        if stops and step.type not in CHANNELS:
            self._cancel_rest(run)
            self._end(run, "failed")

    def _cancel_rest(self, run: Run) -> None:
        rest = run.steps[run.position + 1 :]
        for step in rest:
            step.status = "canceled"
            step.finished_at = self._clock.now
        if rest:
            _note_canceled(run, rest)

    def _end(self, run: Run, status: RunStatus) -> None:
        run.status = status
        run.finished_at = self._clock.now
        run.note("run", _ENDS[status])


_ENDS: dict[RunStatus, str] = {status: f"run {status}" for status in get_args(RunStatus)}
"""The last line of a run. One text for all runs: a simulation may keep 100,000."""

_ACTIONS: dict[str, Callable[[Worker, Run, StepRun], None]] = {
    "digest": Worker._digest,
    "delay": Worker._delay,
    "throttle": Worker._throttle,
    "http_request": Worker._http_request,
}
"""What Novu does for a kind of step that is not a channel; a kind that is not here is done once it is answered."""


def _variables(run: Run, event: Event) -> dict[str, Any]:
    """What the condition and the templates of a request see."""
    seen = {name: event[name] for name in ("payload", "subscriber", "context", "env")}
    seen["steps"] = {one["stepId"]: one["outputs"] for one in event["state"] if one["stepId"]}
    tenant, actor = run.trigger.tenant, run.trigger.actor
    if tenant is not None:
        seen["tenant"] = tenant.to_dict()
    if actor is not None:
        caused_by = run.world.subscribers.get(actor if isinstance(actor, str) else actor["subscriberId"])
        seen["actor"] = None if caused_by is None else caused_by.to_dict()
    return seen


def _schedule(run: Run) -> dict[str, Any] | None:
    return run.subscriber.preferences.schedule_in(run.trigger.context_keys)


def _note_canceled(run: Run, steps: list[StepRun]) -> None:
    run.note("canceled", f"canceled: {', '.join(step.step_id for step in steps)}")
