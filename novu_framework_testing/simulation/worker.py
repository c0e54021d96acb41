"""The worker: it runs one job of a run after the other, each by asking the bridge, until one of them waits.

Every rule of it has a place of its own: how long to wait (`waiting`), digests (`digest`), throttles
(`throttle`), preferences (`preferences`), deliveries (`delivery`). This is the order in which they come.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing.bridges import BridgeAnswer, BridgeFailure
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.delivery import deliver
from novu_framework_testing.simulation.digest import Digests
from novu_framework_testing.simulation.failures import blame
from novu_framework_testing.simulation.findings import finding_of, findings_of
from novu_framework_testing.simulation.runs import Digest, Run, RunStatus, StepRun
from novu_framework_testing.simulation.throttle import Throttles
from novu_framework_testing.simulation.waiting import due_at, window_key
from novu_framework_testing.simulation.world import World

RETRY_AFTER = (1, 2, 4)
"""Seconds of virtual time before the first, second and third retry of a bridge call."""


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
            if run.waiting is not step or not step.has_ended:
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
        if step.type in KINDS and not KINDS[step.type].asks_bridge:  # Novu does the work itself
            with self._lock:
                step.started_at = self._clock.now
                self._act(run, step)
            return
        with self._lock:
            event = self._event(run, step)
            step.attempts += 1
            if step.started_at is None:
                step.started_at = self._clock.now
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
            for warning in answer.warnings:
                run.find(finding_of(warning, run.workflow), step)
            step.outputs = answer.outputs
            step.providers = answer.providers
            if answer.skip:
                step.end("skipped", "skipped by the bridge: its `skip` said so")
            else:
                self._act(run, step)

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
                self._fail(run, step, f"the {step.type} is not set up right: {error}")

    def _event(self, run: Run, step: StepRun) -> dict[str, Any]:
        trigger = run.trigger
        controls = run.workflow.controls.get(step.step_id)
        if controls:
            step.controls = controls
        # Nothing of it is shared with the simulation: a workflow of this process may change what it gets.
        return {
            "payload": copy_json(trigger.bridge_payload),
            "controls": copy_json(step.controls) if step.controls else {},
            "state": [_state(one) for one in reversed(run.steps[: run.position])],
            "subscriber": run.subscriber.to_dict(),
            "context": copy_json(trigger.context) if trigger.context else {},
            "env": copy_json(self._world.env),
        }

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
        step.error_code = failure.code
        step.error_data = failure.data
        tries = f" after {retries} retries" if retries else ""
        self._fail(run, step, f"the bridge failed{tries}: {failure}")

    # --- steps that act on the run --------------------------------------------------------------------

    def _digest(self, run: Run, step: StepRun) -> None:
        outputs = step.outputs
        key = window_key(step, outputs.get("digestKey"))
        look_back: dict[str, Any] = outputs.get("lookBackWindow") or {}
        # asked even when a window is open: this event counts for those that come later
        is_first = self._digests.note_and_check_first(step, key, look_back) if look_back else False
        if (open_digest := self._digests.join(step, key)) is not None:
            self._merge(run, step, open_digest)
            return
        if is_first:
            window = "{amount} {unit}".format(**look_back)
            step.end("skipped", f"no other event in the last {window}: straight through, not digested")
            return
        due = due_at(outputs, run.trigger.bridge_payload, self._clock.now)
        self._digests.open(step, key)
        step.status = "delayed"
        named = f" for {key[3]!r}" if key[3] else ""
        run.note("digest", f"digest opened{named} until {iso(due)}", step)
        self._wait(run, step, due, "its digest window is open")

    def _merge(self, run: Run, step: StepRun, digest: Digest) -> None:
        for later in run.steps[run.position :]:
            later.status = "merged"
            later.finished_at = self._clock.now
            later.digest = digest
        master, position = digest.master.run.transaction_id, len(digest.followers) + 1
        run.note("merged", f"merged into the digest of trigger {master}, event {position} of it", step)
        self._end(run, "merged")

    def _delay(self, run: Run, step: StepRun) -> None:
        due = due_at(step.outputs, run.trigger.bridge_payload, self._clock.now)
        if due <= self._clock.now:
            step.end("completed", "delay is over at once")
            return
        step.status = "delayed"
        run.note("delayed", f"delayed until {iso(due)}", step)
        self._wait(run, step, due, "it is delayed")

    def _throttle(self, run: Run, step: StepRun) -> None:
        verdict = self._throttles.pass_through(step, step.outputs)
        step.recorded_result = verdict.result()
        if not verdict.throttled:
            step.end("completed", f"throttle lets it through, {verdict.count} of {verdict.threshold}")
            return
        reason = (
            f"throttled: {verdict.count} of {verdict.threshold} executions since {iso(verdict.start)}, "
            f"the window ends {iso(verdict.end)}"
        )
        step.end("skipped", reason, "throttled")
        self._cancel_rest(run)
        self._end(run, "canceled")

    def _http_request(self, run: Run, step: StepRun) -> None:
        response = self._world.http_responses.take(run.workflow_id, step.step_id)
        if response is None:
            step.end("completed", "the simulation makes no request: answered 200 with an empty object")
            return
        step.recorded_result = response.to_dict()
        if response.status >= 400:
            self._fail(run, step, f"the request was answered {response.status}")
        else:
            step.end("completed", f"the request was answered {response.status}")

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
            waited = step.status == "delayed"
            if waited:
                if step.digest is not None:
                    self._digests.close(step.digest)
                    count = len(step.digest.followers) + 1
                    step.end("completed", f"digest is over with {count} event{'s' if count > 1 else ''}")
                else:
                    step.end("completed", "delay is over")
                run.position += 1
        await self.proceed(run)

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
        text = f"takes over the digest of trigger {old}, which was canceled; until {iso(due)}"
        run.note("digest", text, follower)
        self._wait(run, follower, due, "its digest window is open")

    def _withdraw(self, step: StepRun) -> None:
        if step.timer is not None:
            self._clock.cancel(step.timer)
        if step.digest is not None and step in step.digest.followers:
            step.digest.followers.remove(step)
        step.status = "canceled"
        step.finished_at = self._clock.now

    # --- how a run ends -----------------------------------------------------------------------------------

    def _fail(self, run: Run, step: StepRun, error: str) -> None:
        step.end("failed", error)
        if step.type not in CHANNELS:
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
        run.note("run", f"run {status}")


_ACTIONS: dict[str, Callable[[Worker, Run, StepRun], None]] = {
    "digest": Worker._digest,
    "delay": Worker._delay,
    "throttle": Worker._throttle,
    "http_request": Worker._http_request,
}
"""What Novu does for a kind of step that is not a channel; a kind that is not here is done once it is answered."""


def _note_canceled(run: Run, steps: list[StepRun]) -> None:
    run.note("canceled", f"canceled: {', '.join(step.step_id for step in steps)}")


def _state(step: StepRun) -> dict[str, Any]:
    # an action that was held back is "skipped" at Novu, every other job "canceled"
    status = "canceled" if step.status == "skipped" and step.type not in _ACTIONS else step.status
    state: dict[str, Any] = {"status": status}
    if step.error is not None:
        state["error"] = step.error
    return {"stepId": step.step_id, "outputs": copy_json(step.result_data()), "state": state}
