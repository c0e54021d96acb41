"""A trigger, the runs it makes (one per subscriber), and the steps of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Literal, TypeAlias

from novu_framework.steps.kinds import StepType
from novu_framework_testing._internal.suggestions import known_names
from novu_framework_testing.simulation.activity import Activity, ActivityKind, Finding
from novu_framework_testing.simulation.clock import Timer, iso
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
from novu_framework_testing.simulation.timeline import moment, timeline
from novu_framework_testing.simulation.workflows import SyncedStep, SyncedWorkflow, UnknownStep
from novu_framework_testing.simulation.world import World

RunStatus: TypeAlias = Literal["running", "completed", "failed", "canceled", "merged"]
DigestWindowKey: TypeAlias = tuple[str, str, str, str]
"""Subscriber, workflow, step and the value that is digested by."""

StepStatus: TypeAlias = Literal["pending", "delayed", "completed", "skipped", "failed", "merged", "canceled"]


class Result(dict[str, Any]):
    """The result of a step for the later ones, as the protocol has it, also by snake_case attribute.

    >>> result = Result(eventCount=2, events=[])
    >>> result["eventCount"], result.event_count
    (2, 2)
    """

    def __getattr__(self, name: str) -> Any:
        head, *rest = name.split("_")
        key = head + "".join(part.capitalize() for part in rest)
        if key in self:
            return self[key]
        raise AttributeError(f"The result has no {name!r}; it has {', '.join(self) or 'nothing'}.")


class StepRun:
    """One step of one run: Novu's job.

    Attributes:
        id: The job's id, 24 hex digits.
        step_id, type: As in the workflow; `type` is `email`, `in_app`, `digest`, ...
        status: `pending`, `delayed`, `completed`, `skipped`, `failed`, `merged` or `canceled`.
        outputs: What the bridge answered for it: for a channel, what was delivered. Empty until it ran.
        controls: The values saved in the dashboard that the bridge was sent.
        providers: Overrides for single providers, by provider.
        skip_reason: Why it was skipped, in words.
        error: Why it failed, in words; `error_code` and `error_data` are the bridge's.
        due_at: When it goes on, while it waits.
        attempts: How often the bridge was asked.
        messages: What it delivered.
    """

    __slots__ = (
        "attempts",
        "controls",
        "digest",
        "due_at",
        "error",
        "error_code",
        "error_data",
        "finished_at",
        "id",
        "messages",
        "outputs",
        "providers",
        "recorded_result",
        "run",
        "skip_reason",
        "started_at",
        "status",
        "step_id",
        "synced",
        "timer",
        "type",
    )

    def __init__(self, id: str, run: Run, synced: SyncedStep) -> None:
        self.id = id
        self.run = run
        self.synced = synced
        self.step_id = synced.step_id
        self.type: StepType = synced.type
        self.status: StepStatus = "pending"
        self.outputs: dict[str, Any] = _NOTHING
        self.controls: dict[str, Any] = _NOTHING
        self.providers: dict[str, Any] = _NOTHING
        self.skip_reason: str | None = None
        self.error: str | None = None
        self.error_code: str | None = None
        self.error_data: Any = None
        self.due_at: datetime | None = None
        self.started_at: datetime | None = None
        self.finished_at: datetime | None = None
        self.attempts = 0
        self.messages: tuple[Message, ...] = ()
        self.digest: Digest | None = None
        self.recorded_result: dict[str, Any] | None = None
        self.timer: Timer | None = None

    @property
    def created_at(self) -> datetime:
        """The moment at which Novu made the job: all jobs of a run are made when it is triggered."""
        return self.run.created_at

    @property
    def has_ended(self) -> bool:
        """True once nothing more will happen to it."""
        return self.status not in ("pending", "delayed")

    @property
    def result(self) -> Result:
        """The result for later steps, as of now; see `Result`."""
        return Result(self.result_data())

    @property
    def merged_into(self) -> StepRun | None:
        """The digest step of the run that carries on for this one, when it was merged."""
        return self.digest.master if self.digest is not None and self.status == "merged" else None

    def result_data(self) -> dict[str, Any]:
        """Return the step's result at this moment; empty for a kind without one."""
        result_of = _RESULTS.get(self.type)
        return {} if result_of is None else result_of(self)

    def end(
        self,
        status: Literal["completed", "skipped", "failed"],
        text: str,
        kind: ActivityKind | None = None,
    ) -> None:
        """End the step and note it: `text` is the reason of a skip, the error of a failure, or what was done.

        The line in the feed is of `kind`; of the status if left out.
        """
        self.status = status
        if status == "skipped":
            self.skip_reason = text
        elif status == "failed":
            self.error = text
        self.finished_at = self.run.world.clock.now
        self.run.note(kind or status, text, self)

    def event(self) -> dict[str, Any]:
        """Return this step's run as an event of a digest: `{id, time, payload}`."""
        return {"id": self.id, "time": iso(self.created_at), "payload": self.run.trigger.bridge_payload}

    def __repr__(self) -> str:
        return f"<{self.type} step {self.step_id!r}: {self.status}>"


class Digest:
    """A window of a digest: its master, and those that were merged into it while it was open.

    Attributes:
        key: `(subscriber_id, workflow_id, step_id, digest_key)`.
        master: The step that waits, and whose run carries on.
        followers: The merged ones, in the order in which they came.
    """

    __slots__ = ("followers", "key", "master")

    def __init__(self, key: DigestWindowKey, master: StepRun) -> None:
        self.key = key
        self.master = master
        self.followers: list[StepRun] = []

    def events(self, step: StepRun) -> list[dict[str, Any]]:
        """Return the master's own event and the merged ones', by time; a merged step has its own only."""
        if step is not self.master or not self.followers:
            return [step.event()]
        members = sorted([*self.followers, step], key=lambda one: (one.created_at, one.id))
        return [one.event() for one in members]

    def hand_over(self) -> StepRun | None:
        """Make the first follower the master in place of the present one; None without a follower."""
        if not self.followers:
            return None
        self.master = self.followers.pop(0)
        return self.master


_NOTHING: dict[str, Any] = {}
_UNSEEN = {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None}


def _digest_result(step: StepRun) -> dict[str, Any]:
    events = step.digest.events(step) if step.digest is not None else [step.event()]
    return {"events": events, "eventCount": len(events)}


def _delay_result(step: StepRun) -> dict[str, Any]:
    elapsed = step.run.world.clock.now - step.created_at
    return {"duration": round(elapsed.total_seconds() * 1000)}


_RESULTS: dict[str, Callable[[StepRun], dict[str, Any]]] = {
    "in_app": lambda step: step.messages[0].inbox_state() if step.messages else dict(_UNSEEN),
    "digest": _digest_result,
    "delay": _delay_result,
    "throttle": lambda step: step.recorded_result or {"throttled": False},
    "custom": lambda step: step.outputs,
}
"""The result of a step by its kind."""


class Run:
    """One workflow for one subscriber: Novu's notification.

    Attributes:
        id: 24 hex digits.
        status: `running`, `completed`, `failed`, `canceled` or `merged`. A run is `failed` when a failed
            digest, delay, throttle, custom or http_request step stopped it, or when it reached its end and
            every message it tried to send failed; `merged` when the run of an earlier trigger carries on for it.
        subscriber, subscriber_id: Who it is for; `topics` are the keys of those that brought it.
        trigger, transaction_id, payload, overrides: What started it, and what that said.
        workflow, workflow_id: What runs.
        steps: In order; see `StepRun`.
        messages: What it delivered, in order.
        activity, findings: What happened in it, and what Novu would have told the developer.
    """

    __slots__ = (
        "activity",
        "created_at",
        "findings",
        "finished_at",
        "id",
        "overrides",
        "payload",
        "position",
        "status",
        "steps",
        "subscriber",
        "subscriber_id",
        "topics",
        "transaction_id",
        "trigger",
        "workflow",
        "workflow_id",
        "world",
    )

    def __init__(
        self,
        world: World,
        trigger: Trigger,
        subscriber: SimulatedSubscriber,
        topics: tuple[str, ...],
    ) -> None:
        ids = world.ids
        self.world = world
        self.id = ids("notification")
        self.trigger = trigger
        self.transaction_id = trigger.transaction_id
        self.workflow = trigger.workflow
        self.workflow_id = trigger.workflow.workflow_id
        self.payload = trigger.payload
        self.overrides = trigger.overrides
        self.subscriber = subscriber
        self.subscriber_id = subscriber.subscriber_id
        self.topics = topics
        self.created_at = trigger.created_at
        self.finished_at: datetime | None = None
        self.steps = [StepRun(ids("job"), self, step) for step in trigger.workflow.steps]
        self.position = 0
        self.status: RunStatus = "running"
        self.activity: list[Activity] = []
        self.findings: tuple[Finding, ...] = ()

    @property
    def messages(self) -> list[Message]:
        """The messages that it delivered, in order."""
        return [message for step in self.steps for message in step.messages]

    def step(self, step_id: str) -> StepRun:
        """Return a step by id.

        Raises:
            UnknownStep: It has no such step; the message names those that it has.
        """
        for step in self.steps:
            if step.synced.step_id == step_id:
                return step
        raise UnknownStep.among(self.workflow_id, step_id, [step.step_id for step in self.steps])

    @property
    def waiting(self) -> StepRun | None:
        """The step that the run waits for; None where it does not wait."""
        if self.status != "running" or self.position >= len(self.steps):
            return None
        return self.steps[self.position]

    def note(self, kind: ActivityKind, text: str, step: StepRun | None = None) -> None:
        """Add a line to the activity of the run and of the simulation."""
        self.activity.append(self.world.note(kind, text, self, step))

    def find(self, finding: Finding, step: StepRun | None = None) -> None:
        """Report something that Novu would have told the developer; the same thing only once a run."""
        if finding not in self.findings:
            self.findings = (*self.findings, finding)
            self.world.findings[finding] = None
            where = f" ({finding.location})" if finding.location else ""
            self.note("finding", f"{finding.message}{where}", step)

    def timeline(self, *, color: bool = False) -> str:
        """Return what happened, one line each, readable; `color` paints it for a terminal."""
        title = f"{self.workflow_id} for {self.subscriber_id} ({self.transaction_id}): {self.status}"
        text = timeline(title, self.activity, self.created_at, named=False, color=color)
        waiting = self.waiting
        if waiting is None or waiting.due_at is None:
            return text
        return f"{text}\n  waits for {waiting.step_id} until {moment(waiting.due_at)}"

    def __repr__(self) -> str:
        steps = ", ".join(f"{step.step_id}: {step.status}" for step in self.steps)
        return f"<Run of {self.workflow_id} for {self.subscriber_id}: {self.status} ({steps})>"


class Trigger:
    """A trigger and what came of it.

    Attributes:
        transaction_id: What `novu.cancel` takes.
        status: `processed`; `acknowledged` is True, as Novu answers.
        runs: One per subscriber.
        payload: As it was given (plain JSON data).
        to: The recipients, as on the wire.
        overrides, actor, context: As they were given.
    """

    __slots__ = (
        "_cancel",
        "actor",
        "bridge_payload",
        "context",
        "created_at",
        "overrides",
        "payload",
        "runs",
        "to",
        "transaction_id",
        "workflow",
    )

    status = "processed"
    acknowledged = True

    def __init__(
        self,
        world: World,
        cancel: Callable[[str], bool],
        workflow: SyncedWorkflow,
        transaction_id: str,
        to: Any,
        payload: dict[str, Any],
        *,
        overrides: dict[str, Any],
        actor: Any,
        context: dict[str, Any],
    ) -> None:
        self._cancel = cancel
        self.workflow = workflow
        self.transaction_id = transaction_id
        self.to = to
        self.payload = payload
        self.bridge_payload = (
            {key: value for key, value in payload.items() if key != "__source"}
            if "__source" in payload
            else payload
        )
        self.overrides = overrides
        self.actor = actor
        self.context = context
        self.created_at = world.clock.now
        self.runs: list[Run] = []

    @property
    def workflow_id(self) -> str:
        """The id of the workflow."""
        return self.workflow.workflow_id

    @property
    def run(self) -> Run:
        """The run of a trigger that reached exactly one subscriber.

        Raises:
            LookupError: It reached none or several.
        """
        if len(self.runs) == 1:
            return self.runs[0]
        reached = ", ".join(run.subscriber_id for run in self.runs[:10]) or "nobody"
        raise LookupError(
            f"The trigger {self.transaction_id} of {self.workflow_id!r} reached {len(self.runs)} subscribers "
            f"({reached}), not one: use `trigger.runs`, or `trigger.run_for(subscriber_id)`."
        )

    def run_for(self, subscriber_id: str) -> Run:
        """Return the run of one subscriber.

        Raises:
            LookupError: The trigger did not reach that subscriber.
        """
        for run in self.runs:
            if run.subscriber_id == subscriber_id:
                return run
        raise LookupError(
            f"The trigger {self.transaction_id} of {self.workflow_id!r} did not reach {subscriber_id!r}, but "
            + known_names(subscriber_id, [run.subscriber_id for run in self.runs])
        )

    @property
    def messages(self) -> list[Message]:
        """The messages of all its runs."""
        return [message for run in self.runs for message in run.messages]

    def cancel(self) -> bool:
        """Stop what still waits; tell whether there was anything."""
        return self._cancel(self.transaction_id)

    def __iter__(self) -> Iterator[Run]:
        return iter(self.runs)

    def __repr__(self) -> str:
        return f"<Trigger {self.transaction_id} of {self.workflow_id}: {len(self.runs)} runs>"
