"""The simulated Novu: the object that tests hold."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from typing_extensions import Self, Unpack

from novu_framework._internal.json_data import json_data
from novu_framework._internal.redaction import redaction
from novu_framework.agents import Agent
from novu_framework.settings import environment_key
from novu_framework.triggers import Recipient, recipient, recipients, trigger_arguments
from novu_framework.workflow import Workflow
from novu_framework_testing._internal.garbage import FEW_FULL_COLLECTIONS
from novu_framework_testing._internal.loops import loops
from novu_framework_testing._internal.twins import awaited_in_tests, blocking_method
from novu_framework_testing._internal.wire import to_plain_json
from novu_framework_testing.bridges import (
    AsgiBridge,
    Bridge,
    ProcessAgent,
    ProcessBridge,
    UrlBridge,
    connect,
)
from novu_framework_testing.bridges.http import AppOptions, HttpBridge
from novu_framework_testing.simulation.activity import Activity, Finding, FindingError
from novu_framework_testing.simulation.assertions import Sent
from novu_framework_testing.simulation.clock import iso, utc
from novu_framework_testing.simulation.collections import NOTHING
from novu_framework_testing.simulation.contexts import SimulatedContext
from novu_framework_testing.simulation.conversing import Conversing
from novu_framework_testing.simulation.durations import Duration, duration_of
from novu_framework_testing.simulation.failures import unread_failures, unread_turns
from novu_framework_testing.simulation.findings import no_steps
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.payloads import fitting_payload, payload_data
from novu_framework_testing.simulation.provider_failures import ProviderFailure
from novu_framework_testing.simulation.runs import Run, Trigger
from novu_framework_testing.simulation.subscribers import SimulatedSubscriber
from novu_framework_testing.simulation.timeline import moment, timeline
from novu_framework_testing.simulation.topics import Topic
from novu_framework_testing.simulation.triggers import Audience, Triggers, upsert_topics
from novu_framework_testing.simulation.worker import Worker
from novu_framework_testing.simulation.workflows import SyncedWorkflow

if TYPE_CHECKING:
    from novu_framework_testing.checks import CheckSettings, ContentFinding, Level

DEFAULT_SECRET_KEY = "test-secret"

WorkflowRef: TypeAlias = str | Workflow[Any]
"""A workflow, by its id or as the decorated function."""


class StillWaiting(RuntimeError):
    """`run_until_idle` reached its limit, and something still waits."""


class NovuSimulator(Sent, Conversing):
    """A small Novu in an object, with a clock that moves only when told to.

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
    loop that awaits them. Use it as a context manager, or `close` it: apps that are connected have their lifespan stopped.

    Args:
        start: The moment at which time starts; if absent, the machine's time at the first trigger, move or look at `now`,
            which a test may have frozen by then. A naive datetime is UTC.
        secret_key: Signs the requests to connected bridges, and opens the simulation's API. `NOVU_SECRET_KEY`, then
            `NOVU_API_KEY`, if absent, else `test-secret`.
        env: Variables that workflows and controls see as `env`, in addition to Novu's own `name` and `type`.
        environment_type: What bridges are told, as Novu does: `dev` or `prod`.
        strict: Raise `FindingError` when a trigger or a move of time meets a finding (a dropped output key, a
            hidden step, a control that does not compile), instead of only reporting it.

    Attributes:
        subscribers, topics, workflows, triggers, messages: What there is; each can be iterated.
        activity: A line for each thing that happened, oldest first.
        contexts, integrations, http_responses: Contexts by id; providers; answers to `http_request` steps.
        records: What the API only stores and returns, by resource.
        channel_endpoints, channel_connections, tenants: Where chat and tools reach subscribers; what triggers name.
        undelivered: The messages that reached nobody, with `status` and `error_text`; they are not in `messages`.
        env: The variables of `env`.
        check_settings: Gives what `check` looks for; the plugin reads it from `[tool.novu.checks]` of pyproject.toml.
        checked: The messages that `check` was asked about.
        ends: Ends of a test (`pytest.skip()` and the like) that workflows raised for a client of another process or thread.
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
        name = "Production" if environment_type == "prod" else "Development"
        super().__init__(start, {**(env or {}), "name": name, "type": environment_type})
        self.secret_key: str = secret_key or environment_key() or DEFAULT_SECRET_KEY
        redaction.hide(self.secret_key)
        self.environment_type = environment_type
        self.strict = strict
        self.triggers: Final = Triggers()
        self._bridges: dict[tuple[str, int | str], Bridge] = {}
        self._to_close: list[AsgiBridge | UrlBridge | ProcessBridge | ProcessAgent] = []
        self._worker = Worker(self)
        self._moving = False
        self._reported = 0
        self.ends: list[BaseException] = []
        self.check_settings: Callable[[], CheckSettings | None] = _defaults
        self.checked: set[Message] = set()

    # --- workflows ---------------------------------------------------------------------------------

    def register(
        self, *workflows: Workflow[Any] | Agent | Iterable[Workflow[Any] | Agent], app: Any = None
    ) -> None:
        """Run workflows of this process, without HTTP: several, or a list of them.

            novu.register(welcome, comments)

        Args:
            workflows: The decorated functions.
            app: The ASGI app whose lifespan opens what they use; it starts with the first step, and stops in `close`.

        Raises:
            TypeError: Something other than a decorated function.
            ValueError: Another workflow with that id is already known.
        """
        for given in workflows:
            for workflow in given if isinstance(given, Iterable) and not isinstance(given, str) else [given]:
                if isinstance(workflow, Agent):
                    agent = self._take_agent(workflow, app)
                    if app is not None:
                        self._to_close.append(agent)
                    continue
                if not isinstance(workflow, Workflow):
                    raise TypeError(
                        f"register takes functions that are decorated with @workflow or @agent, not {workflow!r}; an app or a URL "
                        "is connected: `novu.connect(app)`."
                    )
                self._register(workflow, app)

    def _register(self, workflow: Workflow[Any], app: Any = None) -> None:
        known = self.workflows.get(workflow.id)
        if known is not None:
            if isinstance(known.bridge, ProcessBridge) and known.bridge.workflow is workflow:
                return
            raise ValueError(f"There is a workflow {workflow.id!r} here already; ids are unique.")
        bridge = ProcessBridge(workflow, secret_key=self.secret_key, app=app)
        if app is not None:
            self._to_close.append(bridge)
        self.workflows.sync([to_plain_json(workflow.discover())], bridge)

    @awaited_in_tests
    async def connect_async(
        self, target: Any, route: str = "/api/novu", *, base_url: str | None = None, lifespan: bool = True
    ) -> list[SyncedWorkflow]:
        """Load the workflows of a bridge from its discovery; connecting again reloads them.

            novu.connect(app)                                        # of this process
            novu.connect("http://127.0.0.1:4000/api/novu")

        The lifespan of an app starts with its first request, on the loop on which that runs, and stops in `close`.

        Args:
            target: An app of this process (ASGI, WSGI or AWS Lambda), a URL, or a `Bridge` of your own.
            route: Where an app serves the bridge; a URL says it itself.
            base_url: The address that an app of this process sees in its requests, such as `https://shop.acme.test`; one
                that its own checks of hosts let through if absent.
            lifespan: False where the test starts the app's lifespan itself.

        Raises:
            BridgeFailure: It did not answer the discovery: nothing is there, or the secret key is another.
            TypeError, ValueError: The target is something else.
        """
        bridge = self._bridge(target, route, base_url=base_url, lifespan=lifespan)
        synced = self.workflows.sync(await bridge.discover(), bridge)
        if isinstance(bridge, HttpBridge):
            self._take_agents(bridge, bridge.agents)
        return synced

    connect: Final = blocking_method(connect_async)

    @awaited_in_tests
    async def deploy_async(
        self, new: Any, route: str = "/api/novu", *, base_url: str | None = None, lifespan: bool = True
    ) -> list[SyncedWorkflow]:
        """Replace the code with a new version and sync it: open runs continue with the new code.

            run = novu.trigger("welcome", to="ann").run      # waits for a day
            novu.deploy(app_of_the_branch)                   # or workflows: novu.deploy([welcome, digest])
            novu.advance(days=1)
            assert novu.findings == []

        As with one URL, every workflow of code is replaced: one that the new version does not have is deleted, and its open
        runs end. An open run keeps the steps that it was triggered with, as Novu's does, and the controls that the dashboard
        saved stay with the ids of the steps. A step that breaks by the change is a finding of the kind `deployment`, once
        the run comes to it: it names the run, the step and what changed. A strict simulation raises it.

        Args:
            new: The whole new version: an app, a URL or a `Bridge`, as `connect` takes them, or its workflows.
            route, base_url, lifespan: As of `connect`.

        Raises:
            BridgeFailure: It did not answer the discovery; then nothing has changed.
            TypeError, ValueError: It is something else, or two workflows have the same id.
        """
        if isinstance(new, Workflow) or (isinstance(new, Iterable) and not isinstance(new, str)):
            workflows = [new] if isinstance(new, Workflow) else list(new)
            bridges = [self._bridge_of(each) for each in workflows]
            served: list[tuple[dict[str, Any], Bridge]] = [
                (to_plain_json(bridge.workflow.discover()), bridge) for bridge in bridges
            ]
        else:
            bridge = self._bridge(new, route, base_url=base_url, lifespan=lifespan)
            served = [(definition, bridge) for definition in await bridge.discover()]
            if isinstance(bridge, HttpBridge):
                self._take_agents(bridge, bridge.agents)
        ids = [definition["workflowId"] for definition, _ in served]
        if twice := next((one for one in ids if ids.count(one) > 1), None):
            raise ValueError(f"There are two workflows {twice!r} in the new version; ids are unique.")
        with self.lock:
            synced = self.workflows.deploy(served)
            text = f"a new version of the code was deployed: {', '.join(ids) or 'no workflows'}"
            self.activity.append(Activity(self.now, "deployed", text))
        return synced

    deploy: Final = blocking_method(deploy_async)

    def _bridge_of(self, workflow: Any) -> ProcessBridge:
        if not isinstance(workflow, Workflow):
            raise TypeError(
                f"deploy takes an app, a URL, or functions that are decorated with @workflow, not {workflow!r}."
            )
        return ProcessBridge(workflow, secret_key=self.secret_key)

    def _bridge(self, target: Any, route: str, **options: Unpack[AppOptions]) -> Bridge:
        if isinstance(target, (Workflow, list, tuple)):
            raise TypeError(
                f"{target!r} is not an app, a URL or a bridge. Register a workflow of this process: "
                "`novu.register(workflow)`."
            )
        key: tuple[str, int | str] = ("url", target) if isinstance(target, str) else (route, id(target))
        bridge = self._bridges.get(key)
        if bridge is None:
            options["environment_type"] = self.environment_type
            bridge = connect(target, route=route, secret_key=self.secret_key, **options)
            self._bridges[key] = bridge
            if isinstance(bridge, (AsgiBridge, UrlBridge)):
                self._to_close.append(bridge)
        return bridge

    def rotate_secret_key(self, secret_key: str) -> None:
        """Change the key, as the dashboard does: requests to bridges are signed with the new one, and the API wants it, at once.

            app = make_app(Client(secret_key="new-secret", previous_secret_keys=["old-secret"]))
            novu = NovuSimulator(secret_key="old-secret")
            novu.connect(app)                        # signed with the old key, which is accepted
            novu.rotate_secret_key("new-secret")
            novu.trigger("welcome", to="ann")        # signed with the new one

        Args:
            secret_key: The new key.
        """
        with self.lock:
            self.secret_key = secret_key
            redaction.hide(secret_key)
            for bridge in self._bridges.values():
                if isinstance(bridge, HttpBridge):
                    bridge.secret_key = secret_key

    def workflow(self, workflow_id: WorkflowRef) -> SyncedWorkflow:
        """Return a workflow, for what the dashboard does to it.

            novu.workflow("welcome").deactivate()

        Args:
            workflow_id: Its id, or the decorated function.

        Raises:
            UnknownWorkflow: There is none of that id; the message names those that are known.
        """
        return self.workflows[self._id_of(workflow_id)]

    def controls(
        self, workflow_id: WorkflowRef, step_id: str, values: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Save control values of a step, as the dashboard does, and return what is saved.

            novu.controls("welcome", "tips", {"subject": "Hello {{ payload.name }}"})

        Raises `UnknownWorkflow` or `UnknownStep`, which name those that are known.

        Args:
            workflow_id: The workflow, by its id or as the decorated function.
            step_id: The step.
            values: They replace what was saved; without them nothing changes.
        """
        workflow = self.workflows[self._id_of(workflow_id)]
        workflow.step(step_id)
        if values is not None:
            workflow.controls[step_id] = to_plain_json(dict(values))
        return workflow.controls.get(step_id, {})

    def _id_of(self, workflow: WorkflowRef, bridge_url: str | None = None) -> str:
        """Return the id of a workflow; a decorated function that no bridge serves is registered."""
        if not isinstance(workflow, Workflow):
            return workflow
        known = self.workflows.get(workflow.id)
        if isinstance(known.bridge, ProcessBridge) if known is not None else bridge_url is None:
            self._register(workflow)
        return workflow.id

    # --- people --------------------------------------------------------------------------------------

    def subscriber(self, subscriber: Recipient) -> SimulatedSubscriber:
        """Return the subscriber of that id, made if missing; a dict or a model also updates what is known.

            novu.subscriber("ann").inbox[0].mark_read()
            novu.subscriber({"subscriberId": "ann", "locale": "de_AT"})

        Args:
            subscriber: An id, a dict of the API's names (`subscriberId`, `email`, ...) or a `Subscriber`.

        Raises:
            ValueError, TypeError: It is not a subscriber.
        """
        wired = recipient(subscriber)
        if isinstance(wired, dict) and "subscriberId" not in wired:
            raise ValueError(f"{wired} is a topic, not a subscriber: see `novu.topic`.")
        return self.subscribers.upsert_from(wired)

    def delete_subscriber(self, subscriber_id: str) -> bool:
        """Delete a subscriber, with subscriptions, preferences and messages; tell whether there was one.

        Runs that wait go on as Novu's do: see the worker's rules.

        Args:
            subscriber_id: Whom.
        """
        with self.lock:
            self.topics.forget(subscriber_id)
            for message in self.messages.to(subscriber_id):
                self.messages.remove(message.id)
            return self.subscribers.remove(subscriber_id)

    def topic(self, key: str) -> Topic:
        """Return the topic of that key, made if missing.

            novu.topic("post-1").add("ann", "bob")
            novu.trigger("new-comment", to=novu.topic("post-1"))

        Args:
            key: The topic's key.
        """
        return self.topics.upsert(key)

    def context(self, type: str, id: str, data: Mapping[str, Any] | None = None) -> SimulatedContext:
        """Return a context, made if missing: `novu.context("tenant", "acme", {"plan": "pro"})`.

        Args:
            type: What it is, such as `tenant`.
            id: Which one.
            data: What bridges get of it, in place of what is there; a trigger never changes it.

        Raises:
            ValueError: A type or an id that Novu does not take.
        """
        return self.contexts.upsert(type, id, data)

    # --- triggers --------------------------------------------------------------------------------------

    @awaited_in_tests
    async def trigger_async(
        self,
        workflow_id: WorkflowRef,
        to: Any,
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Any = None,
        context: Mapping[str, Any] | None = None,
        tenant: str | Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> Trigger:
        """Trigger a workflow and run it as far as it goes without time passing.

            run = novu.trigger("welcome", to={"subscriberId": "ann", "email": "ann@acme.test"}, payload={"name": "Ann"}).run
            assert run.messages[0].channel == "in_app"

        Args:
            workflow_id: The workflow, by its id or as the decorated function, which is registered if it is not known.
            to: A subscriber id, a subscriber (`{"subscriberId": ..., "email": ...}`), a `Topic`, or a list of
                these. Subscribers are made, or changed by what is given; each is reached once.
            payload: JSON data, or a pydantic model.
            transaction_id: Made up if absent. An id that was used before does not run again: its trigger is returned.
            overrides: As Novu takes them: `{"email": {"toRecipient": ...}}`, `{"severity": "high"}`,
                `{"providers": {"sendgrid": {...}}}` and the like.
            actor: Who caused it, an id or a subscriber; left out of the topics in `to`.
            context: Type to id, or to `{"id", "data"}`, at most 5; what is known of one stays as it is. Topics reach those
                who are subscribed for exactly this context.
            tenant: The tenant by which an integration is chosen, an identifier or `{"identifier", "name", "data"}`; one
                that `novu.tenants` does not have runs nothing.
            bridge_url: Where to find a workflow that the simulation does not know.

        Raises:
            UnknownWorkflow: No such workflow.
            ValueError, TypeError: A recipient, payload or context that Novu would not take, or a function whose id is
                taken.
            FindingError: In a strict simulation, or for a step that was not awaited.
        """
        name = self._id_of(workflow_id, bridge_url)
        earlier = None if transaction_id is None else self.triggers.get(transaction_id)
        if earlier is not None and earlier.runs:
            self.note(f"{name}: the transaction id {transaction_id} was there before: not run again")
            return earlier
        workflow = await self._find(name, bridge_url)
        data = payload_data(payload)
        if bridge_url is None and workflow.checked_schema:
            data = fitting_payload(data, workflow.checked_schema)
        sent_to, by = recipients(to), None if actor is None else recipient(actor)
        with FEW_FULL_COLLECTIONS:
            with self.lock:
                trigger = Trigger(
                    transaction_id or f"txn_{self.ids('transaction')}",
                    workflow,
                    sent_to,
                    data,
                    overrides=json_data(overrides) if overrides else NOTHING,
                    actor=by,
                    context=json_data(context) if context else NOTHING,
                    created_at=self.now,
                    _cancel=self.cancel,
                )
                if tenant is not None and not self._name_tenant(trigger, tenant):
                    trigger.status = "no_tenant_found"
                    trigger.notes = (f"there is no such tenant, {tenant!r}: nothing runs",)
                elif not workflow.active and bridge_url is None:
                    trigger.status, trigger.notes = (
                        "trigger_not_active",
                        ("the workflow is not active: nothing runs",),
                    )
                else:
                    self._reach(trigger, to)
                self._add(trigger)
            for run in trigger.runs:
                await self._worker.proceed(run)
        self._raise_new_findings()
        return trigger

    trigger: Final = blocking_method(trigger_async)

    async def trigger_bulk_async(self, events: Iterable[Mapping[str, Any]]) -> list[Trigger]:
        """Trigger several workflows, one after the other; an event that cannot be read is a `ValueError`.

        Args:
            events: Dicts of `trigger`'s arguments, or events of the API (`{"name", "to", "payload", "transactionId"}`);
                `workflow` is another name of `workflow_id`.
        """
        arguments = [trigger_arguments(event, position) for position, event in enumerate(events)]
        return [await self.trigger_async(**one) for one in arguments]

    trigger_bulk: Final = blocking_method(trigger_bulk_async)

    async def broadcast_async(
        self,
        workflow_id: WorkflowRef,
        payload: Any = None,
        *,
        transaction_id: str | None = None,
        overrides: Mapping[str, Any] | None = None,
        actor: Any = None,
        context: Mapping[str, Any] | None = None,
        tenant: str | Mapping[str, Any] | None = None,
        bridge_url: str | None = None,
    ) -> Trigger:
        """Trigger a workflow for every subscriber that the simulation knows.

            novu.subscriber("ann"), novu.subscriber("bob")
            assert len(novu.broadcast("maintenance", {"at": "22:00"}).runs) == 2

        Arguments and errors are those of `trigger`, without `to`: `workflow_id`, `payload`, `transaction_id`, `overrides`,
        `actor`, `context`, `tenant` and `bridge_url`.
        """
        return await self.trigger_async(
            workflow_id,
            [one.subscriber_id for one in self.subscribers],
            payload,
            transaction_id=transaction_id,
            overrides=overrides,
            actor=actor,
            context=context,
            tenant=tenant,
            bridge_url=bridge_url,
        )

    broadcast: Final = blocking_method(broadcast_async)

    def cancel(self, transaction_id: str) -> bool:
        """Stop what is still waiting of a trigger: delayed and pending steps, and its part of an open digest.

            trigger = novu.trigger("reminder", to="ann")
            assert novu.cancel(trigger.transaction_id)

        If its digest was the one that others were merged into, the first of them takes its place. Tell
        whether there was anything to stop; an unknown id is False.

        Args:
            transaction_id: That of the trigger.
        """
        with self.lock:
            trigger = self.triggers.get(transaction_id)
            if trigger is None:
                return False
            stopped = [self._worker.cancel(run) for run in trigger.runs]
            return any(stopped)

    async def cancel_async(self, transaction_id: str) -> bool:
        """Do what `cancel` does, for async code."""
        return self.cancel(transaction_id)

    async def _find(self, workflow_id: str, bridge_url: str | None) -> SyncedWorkflow:
        if workflow_id not in self.workflows and bridge_url is not None:
            bridge = self._bridge(bridge_url, "")
            for definition in await bridge.discover():
                if definition["workflowId"] == workflow_id:
                    return self.workflows.make(definition, bridge)
        return self.workflows[workflow_id]

    def _name_tenant(self, trigger: Trigger, tenant: str | Mapping[str, Any]) -> bool:
        """Give the trigger its tenant, with what is said of it; tell whether there is one."""
        said: Mapping[str, Any] = {"identifier": tenant} if isinstance(tenant, str) else tenant
        identifier = str(said.get("identifier"))
        if identifier not in self.tenants:
            return False
        trigger.tenant = self.tenants.upsert(identifier, name=said.get("name"), data=said.get("data"))
        return True

    def _reach(self, trigger: Trigger, given: Any) -> None:
        """Make a run of the trigger for each subscriber; `given` is `to` as the caller wrote it."""
        trigger.context_keys = self.contexts.resolve(trigger.context)
        actor = None if trigger.actor is None else self.subscribers.upsert_from(trigger.actor)
        upsert_topics(given, self.topics)
        audience = Audience(self, trigger.workflow_id, trigger.bridge_payload, actor, trigger.context_keys)
        reached = audience.addresses(trigger.to)
        trigger.runs = [Run(self, trigger, one.subscriber, one.topics) for one in reached]
        trigger.notes = tuple(audience.notes)

    def _add(self, trigger: Trigger) -> None:
        """Keep the trigger, and say what comes of it."""
        self.triggers.add(trigger)
        for note in trigger.notes:
            self.note(f"{trigger.workflow_id}: {note}")
        for run in trigger.runs:
            by = f", by the topic {', '.join(run.topics)}" if run.topics else ""
            run.note("trigger", f"triggered{by}, transaction {trigger.transaction_id}")
            if not trigger.workflow.steps:
                run.find(no_steps(trigger.workflow))

    def note(self, text: str) -> None:
        """Add a line about triggers to the activity."""
        self.activity.append(Activity(self.now, "trigger", text))

    # --- time --------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The present moment of the simulation, in UTC."""
        self.clock.begin()
        return self.clock.now

    @awaited_in_tests
    async def advance_async(self, by: timedelta | None = None, **amount: Unpack[Duration]) -> None:
        """Let time pass; what is due on the way happens at its time.

            novu.advance(hours=6)
            novu.advance(timedelta(days=1))

        Args:
            by: How long.
            amount: The same in units that add up: weeks, days, hours, minutes, seconds, milliseconds.

        Raises:
            TypeError: Something else than a timedelta or one of the units.
            ValueError: A negative amount.
        """
        await self.advance_to_async(self.now + duration_of(by, amount))

    advance: Final = blocking_method(advance_async)

    @awaited_in_tests
    async def advance_to_async(self, when: datetime) -> None:
        """Let time pass until a moment.

            novu.advance_to(datetime(2026, 1, 5, 9, tzinfo=timezone.utc))

        Args:
            when: The moment; a naive datetime is UTC.

        Raises:
            ValueError: It is past.
        """
        if not isinstance(when, datetime):
            example = "novu.now + timedelta(hours=6)"
            raise TypeError(f"advance_to takes a datetime, such as {example}, not {when!r}")
        await self._move(self.clock.move_to(utc(when)))

    advance_to: Final = blocking_method(advance_to_async)

    @awaited_in_tests
    async def run_until_idle_async(
        self, limit: timedelta = timedelta(days=366), *, max_jobs: int = 100_000
    ) -> None:
        """Let time pass until nothing is waiting.

            novu.run_until_idle()
            assert run.status == "completed"

        Args:
            limit: How much virtual time may pass.
            max_jobs: How many waiting jobs may go on.

        Raises:
            StillWaiting: Something waits at a limit; the message names it.
        """
        await self._move(self._until_idle(self.now + limit, limit, max_jobs))

    run_until_idle: Final = blocking_method(run_until_idle_async)

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
        waiting = self.clock.waiting()
        lines = [f"  until {iso(timer.due)}: {timer.description()}" for timer in waiting[:10]]
        more = [f"  and {len(waiting) - 10} more"] if len(waiting) > 10 else []
        return "\n".join([f"The simulation is not idle after {reached}. Still waiting:", *lines, *more])

    async def _move(self, work: Coroutine[Any, Any, None]) -> None:
        if self._moving:
            work.close()
            raise RuntimeError("Time is moving already: a workflow, or another task, cannot move it as well.")
        self._moving = True
        try:
            with FEW_FULL_COLLECTIONS:
                await work
        finally:
            self._moving = False
        self._raise_new_findings()

    # --- looking ---------------------------------------------------------------------------------------------

    @property
    def runs(self) -> list[Run]:
        """Every run, in the order of the triggers."""
        return [run for trigger in self.triggers for run in trigger.runs]

    def _sent(self) -> tuple[Iterable[Message], list[Run], list[str]]:
        return self.messages, self.runs, [note for trigger in self.triggers for note in trigger.notes]

    @property
    def findings(self) -> list[Finding]:
        """The things that Novu would have told the developer, each once."""
        for trigger in self.triggers:  # a failure that a finding is about has been looked at
            if trigger.unread and any(run.findings for run in trigger.runs):
                trigger.unread = ()
        return list(self.found)

    def timeline(self, *, color: bool = False) -> str:
        """Return what happened in the whole simulation, one line each.

            print(novu.timeline())

        Args:
            color: Paint it for a terminal.
        """
        title = f"now {moment(self.now)}"
        return timeline(title, self.activity, self.clock.started_at, named=True, color=color)

    def _raise_new_findings(self) -> None:
        if self._reported == len(self.found):
            return
        fresh, self._reported = list(self.found)[self._reported :], len(self.found)
        fresh = [one for one in fresh if self.strict or one.kind == "not-awaited"]
        if fresh:
            for trigger in self.triggers:  # whose failures this tells
                trigger.unread = ()
            raise FindingError(fresh)

    def raise_unread_failures(self) -> None:
        """Raise `UnreadFailures` where runs, or turns of agents, failed by the code or the payload under test, and nobody looked.

        To look is to read the `status` of a failed run of that trigger, or a failed step's `status` or `error`, in Python
        or by the API; of an agent, the `failures` of the conversation. The pytest plugin calls it at the end of each test that has a Novu by the fixtures. What
        `fail_provider` asked for, and a bridge that does not answer, are not meant.
        """
        error = unread_failures(self.triggers) or unread_turns(self.conversations.values())
        if error is not None:
            raise error

    def check(
        self,
        what: Run | Trigger | Message | Iterable[Message] | None = None,
        *,
        level: Level | None = None,
        clients: Iterable[str] | None = None,
        ignore: Mapping[str, str] | None = None,
    ) -> list[ContentFinding]:
        """Return what is wrong with the content of messages: where, for which mail clients, and what to do.

            assert novu.check(run) == []

        `pytest --novu-check` leaves the messages to the test that asks here: what it chooses counts for them.

        Args:
            what: A run, a trigger, a message or several; every message of the simulation if left out. Messages that reached
                nobody are looked at too.
            level: Leave out findings below it: `error`, `warning` (the default) or `note`.
            clients: Mail clients, such as `gmail` or `outlook.windows`, instead of those of the settings.
            ignore: Rules that are set aside, each with why: `{"link.http": "our intranet has no TLS"}`.

        Raises:
            ValueError: There is no such level, mail client or rule, or no reason.
        """
        # which compiles hundreds of patterns
        from novu_framework_testing.simulation.content import checked_messages, every_message

        messages = list(every_message(self if what is None else what))
        found = checked_messages(messages, self.check_settings(), level=level, clients=clients, ignore=ignore)
        self.checked.update(messages)
        return found

    # --- providers ---------------------------------------------------------------------------------------------

    def fail_provider(
        self,
        channel: str,
        provider_id: str | None = None,
        *,
        times: int | None = None,
        error: str | None = None,
    ) -> ProviderFailure:
        """Make the integration of a channel fail on purpose.

            novu.fail_provider("email", times=1, error="550 mailbox full")

        Args:
            channel: `email`, `sms`, `push`, `chat`, `in_app` or `tool`.
            provider_id: Only this provider; every one of the channel if absent.
            times: How often; always if absent. `restore_provider` ends it.
            error: What the provider says.

        Raises:
            ValueError: There is no such channel.
        """
        says = error or f"{provider_id or channel} failed"
        return self.integrations.failures.add(ProviderFailure(channel, provider_id, says, times))

    def restore_provider(self, channel: str | None = None, provider_id: str | None = None) -> None:
        """Undo what `fail_provider` did.

        Args:
            channel: Only for this channel; for all if left out.
            provider_id: Only for this provider of the channel.
        """
        self.integrations.failures.restore(channel, provider_id)

    # --- life ----------------------------------------------------------------------------------------------------

    @awaited_in_tests
    async def close_async(self) -> None:
        """Stop the lifespans of the apps that are connected, and close connections; closing twice is allowed. Raises `BridgeFailure` where one fails."""
        for bridge in self._to_close:
            await bridge.aclose()

    def close(self) -> None:
        """Do what `close_async` does, without a loop where nothing is to be stopped."""
        if self._to_close:
            loops.run(self.close_async())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close_async()

    def __repr__(self) -> str:
        return (
            f"<NovuSimulator at {self.clock.iso}: {len(self.workflows)} workflows, {len(self.subscribers)} subscribers, "
            f"{len(self.triggers)} triggers, {len(self.messages)} messages>"
        )


def _defaults() -> None:
    """Give no settings of checks: the defaults count."""
