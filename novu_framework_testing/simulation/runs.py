"""A trigger, the runs it makes (one per subscriber), and the steps of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from traceback import TracebackException
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

from novu_framework._internal.suggestions import known_names
from novu_framework.steps.kinds import StepType
from novu_framework_testing.simulation.activity import Activity, ActivityKind, Cause, Finding
from novu_framework_testing.simulation.assertions import Sent
from novu_framework_testing.simulation.attachments import with_stored_files, without_files
from novu_framework_testing.simulation.clock import Timer, iso
from novu_framework_testing.simulation.collections import NOTHING
from novu_framework_testing.simulation.contexts import ContextKeys
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.observing import StepEnd, observers
from novu_framework_testing.simulation.overrides import severity_of
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
from novu_framework_testing.simulation.tenants import Tenant
from novu_framework_testing.simulation.timeline import moment, timeline
from novu_framework_testing.simulation.workflows import SyncedStep, SyncedWorkflow, UnknownStep
from novu_framework_testing.simulation.world import World

RunStatus: TypeAlias = Literal["running", "completed", "failed", "canceled", "merged"]
"""The status of a `Run`, which says what each means."""

DigestKey: TypeAlias = tuple[str, str, str]
"""Subscriber, workflow and the value that is digested by."""

DEFERRED = ("delay", "digest", "throttle")
"""The kinds that are decided before they run: when they wait, are merged or are held back."""

StepStatus: TypeAlias = Literal["pending", "delayed", "completed", "skipped", "failed", "merged", "canceled"]
"""The status of a `StepRun`, which says what each means."""


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
        raise AttributeError(f"The result has no {name!r}; it has {known_names(name, self)}", name=name)


@dataclass(slots=True, eq=False)
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
        cause: What decided that it ended so, where the status alone does not say it: `schedule`, `throttled` and the like.
        extensions: How often it was made to wait for the subscriber's schedule to open.
        attempts: How often the bridge was asked.
        messages: What it delivered; `undelivered`, the messages that reached nobody, with `status` and `error_text`.
    """

    id: str
    run: Run
    synced: SyncedStep
    step_id: str
    type: StepType
    status: StepStatus = "pending"
    outputs: dict[str, Any] = field(init=False)
    controls: dict[str, Any] = field(init=False)
    providers: dict[str, Any] = field(init=False)
    skip_reason: str | None = None
    error: str | None = None
    error_code: str | None = None
    error_data: Any = None
    due_at: datetime | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    attempts: int = 0
    messages: tuple[Message, ...] = ()
    undelivered: tuple[Message, ...] = ()
    digest: Digest | None = None
    recorded_result: Any = None
    cause: Cause | None = None
    extensions: int = 0
    timer: Timer | None = None

    def __post_init__(self) -> None:
        self.outputs = self.controls = self.providers = NOTHING

    @property
    def created_at(self) -> datetime:
        """The moment at which Novu made the job: all jobs of a run are made when it is triggered."""
        return self.run.created_at

    @property
    def has_ended(self) -> bool:
        """True once nothing more will happen to it."""
        return self.status not in ("pending", "delayed")

    @property
    def job_status(self) -> str:
        """The status of Novu's job: `canceled` for one that was left out when it ran, but `skipped` before that."""
        if self.status != "skipped" or self.started_at is None:
            return self.status
        return "canceled" if self.type not in DEFERRED or self.cause == "schedule" else "skipped"

    @property
    def result(self) -> Result:
        """The result for later steps, as of now; see `Result`. Empty if a response is not a JSON object."""
        data = self.result_data()
        return Result(data if isinstance(data, dict) else {})

    @property
    def merged_into(self) -> StepRun | None:
        """The digest step of the run that carries on for this one, when it was merged."""
        return self.digest.master if self.digest is not None and self.status == "merged" else None

    def result_data(self) -> Any:
        """Return the step's result at this moment, an empty object for a kind without one."""
        result_of = _RESULTS.get(self.type)
        return {} if result_of is None else result_of(self)

    def end(
        self,
        status: Literal["completed", "skipped", "failed"],
        text: str,
        kind: ActivityKind | None = None,
        cause: Cause | None = None,
    ) -> None:
        """End the step and note it: `text` is the reason of a skip, the error of a failure, or what was done.

        The line in the feed is of `kind`; of the status if left out. `reason` is what decided, as a fact.
        """
        self.status, self.cause = status, cause
        if status == "skipped":
            self.skip_reason = text
        elif status == "failed":
            self.error = text
        self.finished_at = self.run.world.clock.now
        self.run.note(kind or status, text, self, cause)
        if observers:
            self.tell(kind or status, cause)

    def tell(self, kind: str, cause: Cause | None = None) -> None:
        """Tell who observes the simulations of this process how the step ended."""
        if observers:
            run, collected = self.run, self.digest.followers if self.digest is not None else ()
            events = 1 + len(collected) if self.type == "digest" else 0
            locale = run.subscriber.locale or ""
            observers[-1].step_ended(
                StepEnd(run.workflow_id, self.step_id, self.type, kind, cause, events, locale)
            )

    def event(self) -> dict[str, Any]:
        """Return this step's run as an event of a digest: `{id, time, payload}`."""
        payload = without_files(self.run.trigger.bridge_payload)
        return {"id": self.id, "time": iso(self.created_at), "payload": payload}

    def __repr__(self) -> str:
        return f"<{self.type} step {self.step_id!r}: {self.status}>"


@dataclass(slots=True)
class Digest:
    """A window of a digest: its master, and those that were merged into it while it was open.

    Attributes:
        key: Whose events it collects; see `DigestKey`.
        master: The step that waits, and whose run carries on.
        followers: The merged ones, in the order in which they came.
    """

    key: DigestKey
    master: StepRun
    followers: list[StepRun] = field(default_factory=list)

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


_UNSEEN = {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None}


def _digest_result(step: StepRun) -> dict[str, Any]:
    events = step.digest.events(step) if step.digest is not None else [step.event()]
    return {"events": events, "eventCount": len(events)}


def _delay_result(step: StepRun) -> dict[str, Any]:
    elapsed = step.run.world.clock.now - step.created_at
    return {"duration": round(elapsed.total_seconds() * 1000)}


_RESULTS: dict[str, Callable[[StepRun], Any]] = {
    "in_app": lambda step: step.messages[0].inbox_state() if step.messages else dict(_UNSEEN),
    "digest": _digest_result,
    "delay": _delay_result,
    "throttle": lambda step: step.recorded_result or {"throttled": False},
    "http_request": lambda step: step.recorded_result or {},
    "custom": lambda step: step.outputs,
}
"""The result of a step by its kind."""


@dataclass(slots=True, eq=False)
class Run(Sent):
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
        messages: What it delivered, in order; `undelivered`, the messages that reached nobody.
        activity, findings: What happened in it, and what Novu would have told the developer.
        critical: Whether the workflow was read-only when it was triggered: no schedule holds it back then.
        severity: Of the trigger's overrides, or else the workflow's.
    """

    world: World
    trigger: Trigger
    subscriber: SimulatedSubscriber
    topics: tuple[str, ...]
    id: str = field(init=False)
    subscriber_id: str = field(init=False)
    transaction_id: str = field(init=False)
    workflow: SyncedWorkflow = field(init=False)
    workflow_id: str = field(init=False)
    payload: dict[str, Any] = field(init=False)
    overrides: dict[str, Any] = field(init=False)
    steps: list[StepRun] = field(init=False)
    created_at: datetime = field(init=False)
    critical: bool = field(init=False)
    severity: str = field(init=False)
    synced: bool = field(init=False)
    finished_at: datetime | None = None
    position: int = 0
    status: RunStatus = "running"
    activity: list[Activity] = field(default_factory=list)
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        trigger, ids = self.trigger, self.world.ids
        self.id = ids("notification")
        self.subscriber_id = self.subscriber.subscriber_id
        self.transaction_id = trigger.transaction_id
        self.workflow = trigger.workflow
        self.workflow_id = trigger.workflow_id
        self.payload = trigger.payload
        self.overrides = trigger.overrides
        self.steps = [StepRun(ids("job"), self, one, one.step_id, one.type) for one in self.workflow.steps]
        self.created_at = trigger.created_at
        self.critical = self.workflow.read_only
        self.severity = severity_of(self.trigger.overrides, self.workflow.severity)
        self.synced = self.world.workflows.get(self.workflow_id) is self.workflow
        if observers:
            observers[-1].run_started(self.workflow_id)

    def refresh(self) -> str | None:
        """Take its subscriber and workflow as they are now; return what is wrong, in words, where one is gone.

        A workflow that came with the trigger (`bridge_url`) stays as it came.
        """
        subscriber = self.world.subscribers.get(self.subscriber_id)
        if subscriber is None:
            return f"the subscriber {self.subscriber_id} is not there any more"
        self.subscriber = subscriber
        return self.take_workflow()

    def take_workflow(self) -> str | None:
        """Take its workflow as it is now; return what is wrong, in words, where it is gone."""
        if self.synced:
            workflow = self.world.workflows.get(self.workflow_id)
            if workflow is None:
                return f"the workflow {self.workflow_id} is not there any more"
            self.workflow = workflow
        return None

    @property
    def messages(self) -> list[Message]:
        """The messages that it delivered, in order."""
        return [message for step in self.steps for message in step.messages]

    def _sent(self) -> tuple[list[Message], list[Run], tuple[str, ...]]:
        return self.messages, [self], ()

    @property
    def undelivered(self) -> list[Message]:
        """The messages that reached nobody, in order: without an address, or refused by the provider."""
        return [message for step in self.steps for message in step.undelivered]

    def step(self, step_id: str) -> StepRun:
        """Return a step by its id.

            assert run.step("comment-email").status == "skipped"

        Args:
            step_id: As the workflow calls it.

        Raises:
            UnknownStep: The workflow has none of that id; the message names those that there are.
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

    def note(
        self, kind: ActivityKind, text: str, step: StepRun | None = None, cause: Cause | None = None
    ) -> None:
        """Add a line to the activity of the run and of the simulation."""
        line = Activity(self.world.clock.now, kind, text, self, step, cause)
        self.activity.append(line)
        self.world.activity.append(line)

    def find(self, finding: Finding, step: StepRun | None = None) -> None:
        """Report something that Novu would have told the developer; the same thing only once a run."""
        if finding not in self.findings:
            self.findings = (*self.findings, finding)
            self.world.found[finding] = None
            where = f" ({finding.location})" if finding.location else ""
            self.note("finding", f"{finding.message}{where}", step)

    def timeline(self, *, color: bool = False) -> str:
        """Return what happened in this run, one line each: `print(run.timeline())`.

        Args:
            color: Paint it for a terminal.
        """
        title = f"{self.workflow_id} for {self.subscriber_id} ({self.transaction_id}): {self.status}"
        text = timeline(title, self.activity, self.created_at, named=False, color=color)
        waiting = self.waiting
        if waiting is None or waiting.due_at is None:
            return text
        return f"{text}\n  waits for {waiting.step_id} until {moment(waiting.due_at)}"

    def __repr__(self) -> str:
        steps = ", ".join(f"{step.step_id}: {step.status}" for step in self.steps)
        return f"<Run of {self.workflow_id} for {self.subscriber_id}: {self.status} ({steps})>"


class UnreadFailure(NamedTuple):
    """A step that failed while nobody has looked at it: why, and what the code raised, if it was that.

    `is_of_the_code` where the code or the payload under test is at fault, and not, say, a bridge that nobody answers at.
    """

    step: StepRun
    why: str
    raised: TracebackException | None
    is_of_the_code: bool


@dataclass(slots=True, eq=False)
class Trigger(Sent):
    """A trigger and its results.

    Attributes:
        transaction_id: What `novu.cancel` takes.
        status: `processed`, or why nothing runs, as Novu answers: `trigger_not_active` or `no_tenant_found`.
            `acknowledged` is True.
        runs: One per subscriber.
        payload: As it was given (plain JSON data).
        to: The recipients, as on the wire.
        overrides, actor, context: As they were given.
        context_keys: The keys of its contexts, `type:id`, in order.
        tenant: The tenant that it named.
        notes: Whom it left out, and why.
    """

    acknowledged: ClassVar[bool] = True

    transaction_id: str
    workflow: SyncedWorkflow
    to: Any
    payload: dict[str, Any]
    overrides: dict[str, Any]
    actor: Any
    context: dict[str, Any]
    created_at: datetime
    _cancel: Callable[[str], bool]
    context_keys: ContextKeys = ()
    status: str = "processed"
    runs: list[Run] = field(default_factory=list)
    unread: tuple[UnreadFailure, ...] = ()
    notes: tuple[str, ...] = ()
    tenant: Tenant | None = None
    bridge_payload: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        payload = self.payload
        if "__source" in payload:
            payload = {key: value for key, value in payload.items() if key != "__source"}
        self.bridge_payload = with_stored_files(payload, self.transaction_id)

    @property
    def workflow_id(self) -> str:
        """The id of the workflow."""
        return self.workflow.workflow_id

    @property
    def run(self) -> Run:
        """The run of a trigger that reached exactly one subscriber. Raises `LookupError` for none or several."""
        if len(self.runs) == 1:
            return self.runs[0]
        reached = ", ".join(run.subscriber_id for run in self.runs[:10]) or "nobody"
        raise LookupError(
            f"The trigger {self.transaction_id} of {self.workflow_id!r} reached {len(self.runs)} subscribers "
            f"({reached}), not one: use `trigger.runs`, or `trigger.run_for(subscriber_id)`."
            + "".join(f" Note that {note}." for note in self.notes)
        )

    def run_for(self, subscriber_id: str) -> Run:
        """Return the run of one subscriber: `trigger.run_for("ann")`.

        Args:
            subscriber_id: Whose.

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

    @property
    def undelivered(self) -> list[Message]:
        """The messages of all its runs that reached no one."""
        return [message for run in self.runs for message in run.undelivered]

    def _sent(self) -> tuple[list[Message], list[Run], tuple[str, ...]]:
        return self.messages, self.runs, self.notes

    def cancel(self) -> bool:
        """Cancel the steps that are still waiting, as `novu.cancel(trigger.transaction_id)` does; tell whether there were any."""
        return self._cancel(self.transaction_id)

    def __iter__(self) -> Iterator[Run]:
        return iter(self.runs)

    def __repr__(self) -> str:
        return f"<Trigger {self.transaction_id} of {self.workflow_id}: {len(self.runs)} runs>"
