"""Triggering workflows: for whom, what runs at once, and what is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from novu_framework._internal.json_data import json_data
from novu_framework.triggers import recipient, recipients, trigger_arguments
from novu_framework_testing._internal.garbage import FEW_FULL_COLLECTIONS
from novu_framework_testing._internal.twins import awaited_in_tests, blocking_method
from novu_framework_testing.simulation.activity import Activity
from novu_framework_testing.simulation.collections import NOTHING
from novu_framework_testing.simulation.connecting import WorkflowRef
from novu_framework_testing.simulation.findings import no_steps
from novu_framework_testing.simulation.moving import Moving
from novu_framework_testing.simulation.payloads import fitting_payload, payload_data
from novu_framework_testing.simulation.runs import Run, Trigger
from novu_framework_testing.simulation.triggers import Audience, upsert_topics
from novu_framework_testing.simulation.worker import Worker
from novu_framework_testing.simulation.workflows import SyncedWorkflow


class Triggering(Moving):
    """The part of a simulator that makes runs."""

    _worker: Worker
    _cancel_trigger: Callable[[str], bool]

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
                    _cancel=self._cancel_trigger,
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
        """Cancel the steps of a trigger that are still waiting: delayed and pending steps, and its part of a digest.

            trigger = novu.trigger("reminder", to="ann")
            assert novu.cancel(trigger.transaction_id)

        If its digest was the one that others were merged into, the first of them takes its place; what
        was merged can be canceled after that was sent, too, and later steps of that run have it no more. Tell
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
