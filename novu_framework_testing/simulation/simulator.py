"""The simulated Novu: the object that tests hold."""

from __future__ import annotations

import os
import threading
from collections.abc import Coroutine, Iterable, Mapping
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from novu_framework.triggers import Recipient, recipient, recipients
from novu_framework_testing._internal.loops import Loops
from novu_framework_testing._internal.wire import plain
from novu_framework_testing.bridges.base import Bridge
from novu_framework_testing.simulation.activity import Activity, Finding, FindingError
from novu_framework_testing.simulation.clock import UTC, Clock, iso, utc
from novu_framework_testing.simulation.contexts import Contexts
from novu_framework_testing.simulation.findings import no_steps
from novu_framework_testing.simulation.ids import Ids
from novu_framework_testing.simulation.integrations import HttpResponses, Integrations, ProviderFailure
from novu_framework_testing.simulation.messages import Messages
from novu_framework_testing.simulation.runs import Run, Trigger
from novu_framework_testing.simulation.subscribers import Subscriber, Subscribers
from novu_framework_testing.simulation.topics import Topic, Topics
from novu_framework_testing.simulation.triggers import Address, Triggers, addresses
from novu_framework_testing.simulation.worker import Worker
from novu_framework_testing.simulation.workflows import SyncedWorkflow, Workflows

if TYPE_CHECKING:
    from novu_framework.workflow import Workflow

T = TypeVar("T")

_NOTHING: dict[str, Any] = {}  # shared by every trigger without overrides or context; nobody changes it


class StillWaiting(RuntimeError):
    """`run_until_idle` reached its limit, and something still waits."""


class NovuSimulator:
    """A small Novu in an object, with a clock that only moves when it is told.

    Register workflows of this process, or connect a bridge; trigger; move time; look at what was delivered::

        >>> from novu_framework import workflow
        >>> from novu_framework_testing import NovuSimulator
        >>> @workflow("welcome")
        ... async def welcome(step):
        ...     await step.in_app("hello", {"body": "Welcome!"})
        ...     await step.delay("a-day", {"amount": 1, "unit": "days"})
        ...     await step.email("tips", {"subject": "Tips", "body": "<p>Read the docs.</p>"})
        >>> with NovuSimulator() as novu:
        ...     novu.register(welcome)
        ...     run = novu.trigger("welcome", to={"subscriberId": "ann", "email": "ann@acme.test"}).run
        ...     before = [message.channel for message in run.messages]
        ...     novu.advance(days=1)
        ...     before, [message.channel for message in run.messages], run.status
        (['in_app'], ['in_app', 'email'], 'completed')

    The blocking methods work in plain and in async code; their `_async` twins run the workflows on the event
    loop that awaits them. Use it as a context manager, or `close` it: it keeps an event loop.

    Args:
        start: The moment at which time starts; now if absent. A naive datetime is UTC.
        secret_key: Signs the requests to connected bridges, and opens the simulation's API. `NOVU_SECRET_KEY`
            if absent, else `test-secret`.
        env: Variables that workflows and controls see as `env`, beside Novu's own `name` and `type`.
        environment_type: What bridges are told, as Novu does: `dev` or `prod`.
        strict: Raise `FindingError` when a trigger or a move of time meets a finding (a dropped output key, a
            hidden step, a control that does not compile), instead of only reporting it.

    Attributes:
        subscribers, topics, workflows, triggers, messages: What there is; each can be iterated.
        activity: A line for each thing that happened, oldest first.
        contexts, integrations, http_responses: Contexts by id; providers; answers to `http_request` steps.
        env: The variables of `env`.
    """

    def __init__(
        self,
        start: datetime | None = None,
        secret_key: str | None = None,
        *,
        env: Mapping[str, Any] | None = None,
        environment_type: str = "dev",
        strict: bool = False,
    ) -> None:
        self.clock = Clock(datetime.now(UTC) if start is None else start)
        self.started_at = self.clock.now
        self.secret_key = secret_key or os.environ.get("NOVU_SECRET_KEY") or "test-secret"
        self.environment_type = environment_type
        self.strict = strict
        named = {
            "name": "Production" if environment_type == "prod" else "Development",
            "type": environment_type,
        }
        self.env: dict[str, Any] = {**named, **plain(dict(env or {}))}
        self.ids = Ids()
        self.lock = threading.RLock()
        self.subscribers = Subscribers(self.clock, self.ids)
        self.topics = Topics(self.clock, self.ids, self.subscribers)
        self.workflows = Workflows(self.clock, self.ids)
        self.triggers = Triggers()
        self.messages = Messages()
        self.activity: list[Activity] = []
        self.found: dict[Finding, None] = {}
        self.contexts = Contexts()
        self.integrations = Integrations()
        self.http_responses = HttpResponses()
        self._bridges: dict[tuple[str, int | str], Bridge] = {}
        self._worker = Worker(self)
        self._loops = Loops()
        self._moving = False
        self._reported = 0

    # --- workflows ---------------------------------------------------------------------------------

    def register(self, *workflows: Workflow) -> None:
        """Run workflows of this process, without HTTP.

        Raises:
            ValueError: Another workflow of that id is known already.
        """
        from novu_framework_testing.bridges.process import ProcessBridge

        for workflow in workflows:
            known = self.workflows.get(workflow.id)
            if known is not None:
                if isinstance(known.bridge, ProcessBridge) and known.bridge.workflow is workflow:
                    continue
                raise ValueError(f"There is a workflow {workflow.id!r} here already; ids are unique.")
            bridge = ProcessBridge(workflow, secret_key=self.secret_key)
            self.workflows.sync([plain(workflow.discover())], bridge)

    def connect(self, target: Any, route: str = "/api/novu") -> list[SyncedWorkflow]:
        """Take the workflows of a bridge, from its discovery; connecting again takes them anew.

        Args:
            target: An ASGI app of this process, a URL, or a `Bridge` of your own.
            route: Where an ASGI app serves the bridge; a URL says it itself.

        Raises:
            BridgeFailure: It did not answer the discovery: nothing is there, or the secret key is another.
        """
        return self._run(self.connect_async(target, route))

    async def connect_async(self, target: Any, route: str = "/api/novu") -> list[SyncedWorkflow]:
        """`connect`, for async code."""
        bridge = self._bridge(target, route)
        return self.workflows.sync(await bridge.discover(), bridge)

    def _bridge(self, target: Any, route: str) -> Bridge:
        from novu_framework_testing.bridges import AsgiBridge, UrlBridge

        if hasattr(target, "discover") and hasattr(target, "execute"):
            return target  # type: ignore[no-any-return]
        if not isinstance(target, str):
            if not callable(target):
                raise TypeError(
                    f"{target!r} is no ASGI app, no URL and no bridge; a workflow of this process is registered: "
                    "`novu.register(workflow)`."
                )
            key: tuple[str, int | str] = (route, id(target))
            if key not in self._bridges:
                self._bridges[key] = AsgiBridge(
                    target, route, secret_key=self.secret_key, environment_type=self.environment_type
                )
            return self._bridges[key]
        if not target.startswith(("http://", "https://")):
            raise ValueError(f"{target!r} is no URL of a bridge: it must start with http:// or https://.")
        key = ("url", target)
        if key not in self._bridges:
            self._bridges[key] = UrlBridge(
                target, secret_key=self.secret_key, environment_type=self.environment_type
            )
        return self._bridges[key]

    def controls(
        self, workflow_id: str, step_id: str, values: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Save control values of a step, as the dashboard does, and give back what is saved.

        `values` replace what was saved; without them nothing changes. Raises `UnknownWorkflow`, `UnknownStep`.
        """
        workflow = self.workflows[workflow_id]
        workflow.step(step_id)
        if values is not None:
            workflow.controls[step_id] = plain(dict(values))
        return workflow.controls.get(step_id, {})

    # --- people --------------------------------------------------------------------------------------

    def subscriber(self, subscriber: Recipient) -> Subscriber:
        """The subscriber of that id, made if there is none; a dict or a model also updates what is known of them.

        Raises `ValueError` or `TypeError` for what is no subscriber.
        """
        wired = recipient(subscriber)
        if isinstance(wired, dict) and "subscriberId" not in wired:
            raise ValueError(f"{wired} is a topic, not a subscriber: see `novu.topic`.")
        return self.subscribers.upsert_from(wired)

    def topic(self, key: str) -> Topic:
        """The topic of that key, made if there is none."""
        return self.topics.upsert(key)

    # --- triggers --------------------------------------------------------------------------------------

    def trigger(
        self,
        workflow_id: str,
        to: Any,
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Any = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> Trigger:
        """Trigger a workflow and run it as far as it goes without time passing.

        Args:
            workflow_id: The workflow.
            to: A subscriber id, a subscriber (`{"subscriberId": ..., "email": ...}`), a `Topic`, or a list of
                these. Subscribers are made, or changed by what is given; each is reached once.
            payload: JSON data, or a pydantic model.
            transaction_id: Made up if absent. One that was there before is not run again: the first trigger
                is given back, as Novu drops the second.
            overrides: As Novu takes them; `email.toRecipient` changes the address.
            actor: Who caused it, an id or a subscriber; left out of the topics in `to`.
            context: Type to id, or to `{"id", "data"}`.
            bridge_url: Where to find a workflow that the simulation does not know.

        Raises:
            UnknownWorkflow: No such workflow.
            ValueError, TypeError: A recipient or a payload that Novu would not take.
            FindingError: In a strict simulation.
        """
        return self._run(
            self.trigger_async(
                workflow_id,
                to,
                payload,
                transaction_id=transaction_id,
                overrides=overrides,
                actor=actor,
                context=context,
                bridge_url=bridge_url,
            )
        )

    async def trigger_async(
        self,
        workflow_id: str,
        to: Any,
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Any = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> Trigger:
        """`trigger`, on the event loop that awaits it."""
        if transaction_id is not None and (earlier := self.triggers.get(transaction_id)) is not None:
            self._note(
                "trigger",
                f"{workflow_id}: the transaction id {transaction_id} was there before: not run again",
            )
            return earlier
        workflow = await self._find(workflow_id, bridge_url)
        data = payload_data(payload)
        sent_to, by = recipients(to), None if actor is None else recipient(actor)
        with self.lock:
            trigger = Trigger(
                self,
                workflow,
                transaction_id or f"txn_{self.ids('transaction')}",
                sent_to,
                data,
                overrides=plain(dict(overrides)) if overrides else _NOTHING,
                actor=by,
                context=self.contexts.resolve(plain(dict(context))) if context else _NOTHING,
            )
            actor_id = None if by is None else self.subscribers.upsert_from(by).subscriber_id
            reached, notes = addresses(to, sent_to, self.subscribers, self.topics, actor_id)
            self._add(trigger, reached, notes)
        await self._proceed(trigger)
        return trigger

    def trigger_bulk(self, events: Iterable[Mapping[str, Any]]) -> list[Trigger]:
        """Trigger several: each event is a dict of `trigger`'s arguments, or an event of the API
        (`{"name", "to", "payload", "transactionId", ...}`)."""
        return self._run(self.trigger_bulk_async(events))

    async def trigger_bulk_async(self, events: Iterable[Mapping[str, Any]]) -> list[Trigger]:
        """`trigger_bulk`, on the event loop that awaits it."""
        return [await self.trigger_async(**_arguments(event)) for event in events]

    def broadcast(
        self,
        workflow_id: str,
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Any = None,
        context: Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> Trigger:
        """Trigger a workflow for every subscriber that there is."""
        return self._run(
            self.broadcast_async(
                workflow_id,
                payload,
                transaction_id=transaction_id,
                overrides=overrides,
                actor=actor,
                context=context,
                bridge_url=bridge_url,
            )
        )

    async def broadcast_async(self, workflow_id: str, payload: Any = None, **options: Any) -> Trigger:
        """`broadcast`, on the event loop that awaits it."""
        everyone = [one.subscriber_id for one in self.subscribers]
        return await self.trigger_async(workflow_id, everyone, payload, **options)

    def cancel(self, transaction_id: str) -> bool:
        """Stop what still waits of a trigger: delayed and pending steps, and its part of an open digest.

        If its digest was the one that others were merged into, the first of them takes its place. Says
        whether there was anything to stop; an unknown id is False.
        """
        with self.lock:
            trigger = self.triggers.get(transaction_id)
            if trigger is None:
                return False
            stopped = [self._worker.cancel(run) for run in trigger.runs]
            return any(stopped)

    async def cancel_async(self, transaction_id: str) -> bool:
        """`cancel`, for async code."""
        return self.cancel(transaction_id)

    async def _find(self, workflow_id: str, bridge_url: str | None) -> SyncedWorkflow:
        known = self.workflows.get(workflow_id)
        if known is not None or bridge_url is None:
            return known if known is not None else self.workflows[workflow_id]
        bridge = self._bridge(bridge_url, "")
        for definition in await bridge.discover():
            if definition["workflowId"] == workflow_id:
                return self.workflows.make(definition, bridge)
        return self.workflows[workflow_id]

    def _add(self, trigger: Trigger, reached: list[Address], notes: list[str]) -> None:
        self.triggers.add(trigger)
        for note in notes:
            self._note("trigger", f"{trigger.workflow_id}: {note}")
        for address in reached:
            run = Run(self, trigger, address.subscriber, address.topics)
            trigger.runs.append(run)
            by = f", by the topic {', '.join(address.topics)}" if address.topics else ""
            run.note("trigger", f"triggered{by}, transaction {trigger.transaction_id}")
            if not trigger.workflow.steps:
                run.find(no_steps(trigger.workflow))

    async def _proceed(self, trigger: Trigger) -> None:
        for run in trigger.runs:
            await self._worker.proceed(run)
        self._be_strict()

    # --- time --------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The present moment of the simulation, in UTC."""
        return self.clock.now

    def advance(self, by: timedelta | None = None, **amount: float) -> None:
        """Let time pass: `advance(hours=6)`, or a timedelta; what is due on the way happens at its moment.

        Takes what `timedelta` takes: weeks, days, hours, minutes, seconds, milliseconds. Raises `ValueError`
        for a negative amount.
        """
        self._run(self.advance_async(by, **amount))

    async def advance_async(self, by: timedelta | None = None, **amount: float) -> None:
        """`advance`, on the event loop that awaits it."""
        await self.advance_to_async(self.clock.now + (by or timedelta()) + timedelta(**amount))

    def advance_to(self, when: datetime) -> None:
        """Let time pass until `when`; a naive datetime is UTC. Raises `ValueError` when it is past."""
        self._run(self.advance_to_async(when))

    async def advance_to_async(self, when: datetime) -> None:
        """`advance_to`, on the event loop that awaits it."""
        await self._move(self.clock.move_to(utc(when)))

    def run_until_idle(self, limit: timedelta = timedelta(days=366), *, max_jobs: int = 100_000) -> None:
        """Let time pass until nothing waits any more.

        Args:
            limit: How much virtual time may pass.
            max_jobs: How many waiting jobs may go on.

        Raises:
            StillWaiting: A limit was reached; the message names what waits, and until when.
        """
        self._run(self.run_until_idle_async(limit, max_jobs=max_jobs))

    async def run_until_idle_async(
        self, limit: timedelta = timedelta(days=366), *, max_jobs: int = 100_000
    ) -> None:
        """`run_until_idle`, on the event loop that awaits it."""
        await self._move(self._until_idle(self.clock.now + limit, limit, max_jobs))

    async def _until_idle(self, end: datetime, limit: timedelta, max_jobs: int) -> None:
        for _ in range(max_jobs):
            due = self.clock.next_due()
            if due is None:
                return
            if due > end:
                raise StillWaiting(self._waiting(f"{limit} passed"))
            await self.clock.fire_next()
        if self.clock.next_due() is not None:
            raise StillWaiting(self._waiting(f"{max_jobs} jobs went on"))

    def _waiting(self, reached: str) -> str:
        waiting = list(self.clock.waiting())
        lines = [f"  until {iso(timer.due)}: {timer.description}" for timer in waiting[:10]]
        more = [f"  and {len(waiting) - 10} more"] if len(waiting) > 10 else []
        return "\n".join([f"The simulation is not idle after {reached}. Still waiting:", *lines, *more])

    async def _move(self, work: Coroutine[Any, Any, None]) -> None:
        if self._moving:
            work.close()
            raise RuntimeError("Time is moving already: a workflow, or another task, cannot move it as well.")
        self._moving = True
        try:
            await work
        finally:
            self._moving = False
        self._be_strict()

    # --- looking ---------------------------------------------------------------------------------------------

    @property
    def runs(self) -> list[Run]:
        """Every run, in the order of the triggers."""
        return [run for trigger in self.triggers for run in trigger.runs]

    @property
    def findings(self) -> list[Finding]:
        """What Novu would have told the developer, each once."""
        return list(self.found)

    def timeline(self, *, color: bool = False) -> str:
        """What happened in the whole simulation, one line each: `print(novu.timeline())`."""
        from novu_framework_testing.simulation.timeline import timeline

        return timeline(self, color=color)

    def _note(self, kind: str, text: str) -> None:
        self.activity.append(Activity(self.clock.now, kind, text))

    def _be_strict(self) -> None:
        if not self.strict:
            return
        fresh, self._reported = self.findings[self._reported :], len(self.found)
        if fresh:
            raise FindingError(fresh)

    # --- providers ---------------------------------------------------------------------------------------------

    def fail_provider(
        self,
        channel: str,
        provider_id: str | None = None,
        *,
        times: int | None = None,
        error: str | None = None,
    ) -> ProviderFailure:
        """Have the integration of a channel fail on purpose.

        Args:
            channel: `email`, `sms`, `push`, `chat`, `in_app` or `tool`.
            provider_id: Only this provider; every one of the channel if absent.
            times: How often; always if absent. `restore_provider` ends it.
            error: What the provider says.
        """
        return self.integrations.fail(channel, provider_id, times=times, error=error)

    def restore_provider(self, channel: str | None = None, provider_id: str | None = None) -> None:
        """Take back what `fail_provider` did: for all, for a channel, or for one provider."""
        self.integrations.restore(channel, provider_id)

    # --- life ----------------------------------------------------------------------------------------------------

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._loops.run(work)

    def close(self) -> None:
        """Give back the event loop; closing twice is no error."""
        self._loops.close()

    def __enter__(self) -> NovuSimulator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> NovuSimulator:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return (
            f"<NovuSimulator at {self.clock.iso}: {len(self.workflows)} workflows, {len(self.subscribers)} subscribers, "
            f"{len(self.triggers)} triggers, {len(self.messages)} messages>"
        )


def payload_data(payload: Any) -> dict[str, Any]:
    """A payload as JSON data. Raises `TypeError` or `ValueError` for what is no JSON object."""
    if payload is None:
        return {}
    if hasattr(payload, "model_dump"):
        payload = payload.model_dump(mode="json", by_alias=True)
    if not isinstance(payload, Mapping):
        raise TypeError(f"A payload is a dict or a pydantic model, not {type(payload).__name__}.")
    try:
        data: dict[str, Any] = plain(dict(payload))
    except (TypeError, ValueError) as error:
        raise type(error)(f"The payload is no JSON: {error}") from None
    return data


_EVENT = {"name": "workflow_id", "transactionId": "transaction_id", "bridgeUrl": "bridge_url"}


def _arguments(event: Mapping[str, Any]) -> dict[str, Any]:
    return {_EVENT.get(key, key): value for key, value in event.items()}
