"""The workflows of a simulation: what discovery said of them, and the bridge that runs them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from novu_framework.steps.kinds import StepType
from novu_framework_testing._internal.suggestions import known_names
from novu_framework_testing.bridges.base import Bridge
from novu_framework_testing.simulation.collections import ById
from novu_framework_testing.simulation.preferences import PreferenceLayer, workflow_layer


class UnknownWorkflow(LookupError):
    """A trigger names a workflow that the simulation does not know."""


class UnknownStep(LookupError):
    """A step id that the workflow, or the run, does not have."""

    @classmethod
    def among(cls, workflow_id: str, step_id: str, known: list[str]) -> UnknownStep:
        """Make the error, which names the steps that there are."""
        has = known_names(step_id, known)
        return cls(f"The workflow {workflow_id!r} has no step {step_id!r}; it has {has}")


@dataclass(frozen=True, eq=False)
class SyncedStep:
    """A step as discovery shows it: `step_id`, `type`, and the whole `definition`."""

    id: str
    step_id: str
    type: StepType
    definition: dict[str, Any]


@dataclass(eq=False)
class SyncedWorkflow:
    """A workflow as discovery shows it.

    Attributes:
        workflow_id, name, description, tags, severity: As written in the code.
        steps: In order.
        definition: What the bridge's discovery said, whole.
        bridge: What runs it.
        controls: Step id to the values saved in the dashboard.
        active: Whether it is triggered at all.
        dashboard: What was changed in the dashboard, in the API's words: `preferences` (over those of the code), `origin`,
            `validatePayload`, `payloadSchema`, `isTranslationEnabled`.
        preferences, read_only: The workflow's default.
    """

    id: str
    definition: dict[str, Any]
    bridge: Bridge
    steps: tuple[SyncedStep, ...]
    created_at: datetime
    updated_at: datetime
    controls: dict[str, dict[str, Any]] = field(default_factory=dict)
    active: bool = True
    dashboard: dict[str, Any] = field(default_factory=dict)
    preferences: PreferenceLayer = field(init=False)
    read_only: bool = field(init=False)
    tags: tuple[str, ...] = field(init=False)
    severity: str = field(init=False)
    workflow_id: str = field(init=False)

    def __post_init__(self) -> None:
        preferences = self.dashboard.get("preferences") or self.definition.get("preferences")
        self.preferences, self.read_only = workflow_layer(preferences)
        self.tags = tuple(self.definition.get("tags") or ())
        self.severity = self.definition.get("severity") or "none"
        self.workflow_id = self.definition["workflowId"]

    @property
    def name(self) -> str:
        """The name for people; the id where the code gives none."""
        return self.definition.get("name") or self.workflow_id

    @property
    def description(self) -> str:
        """The purpose; empty where the code does not say."""
        return self.definition.get("description") or ""

    def step(self, step_id: str) -> SyncedStep:
        """Return a step by id. Raises `UnknownStep`, naming the steps that there are."""
        for step in self.steps:
            if step.step_id == step_id:
                return step
        raise UnknownStep.among(self.workflow_id, step_id, [step.step_id for step in self.steps])


class Workflows(ById[SyncedWorkflow]):
    """The workflows by id, in the order in which they became known. Iterating gives the workflows."""

    def __getitem__(self, workflow_id: str) -> SyncedWorkflow:
        """Raises `UnknownWorkflow` naming the workflows that there are."""
        try:
            return self._by_id[workflow_id]
        except KeyError:
            raise UnknownWorkflow(
                f"There is no workflow {workflow_id!r} here: `register` it or `connect` the bridge that serves it. "
                f"There are: {known_names(workflow_id, self._by_id)}"
            ) from None

    def sync(self, definitions: Iterable[dict[str, Any]], bridge: Bridge) -> list[SyncedWorkflow]:
        """Take over what a bridge's discovery says.

        A workflow that is known keeps its id and its saved controls; one that the bridge no longer has is forgotten.
        """
        synced = [self._upsert(definition, bridge) for definition in definitions]
        kept = {workflow.workflow_id for workflow in synced}
        for workflow in list(self._by_id.values()):
            if workflow.bridge is bridge and workflow.workflow_id not in kept:
                del self._by_id[workflow.workflow_id]
        return synced

    def put(self, definition: dict[str, Any], bridge: Bridge, **saved: Any) -> SyncedWorkflow:
        """Make a workflow, or put a changed one in its place, where it keeps its ids.

        `saved` is what the dashboard says of it: `controls`, `active` and `dashboard`.
        """
        workflow = replace(self.make(definition, bridge), **saved)
        self._by_id[workflow.workflow_id] = workflow
        return workflow

    def make(self, definition: dict[str, Any], bridge: Bridge) -> SyncedWorkflow:
        """Make a workflow that is not kept, for a trigger that brings its own bridge."""
        known = self._by_id.get(definition["workflowId"])
        seen = {step.step_id: step.id for step in known.steps} if known else {}
        now = self._clock.now
        return SyncedWorkflow(
            id=known.id if known else self._ids("workflow"),
            definition=definition,
            bridge=bridge,
            steps=tuple(
                SyncedStep(seen.get(step["stepId"]) or self._ids("step"), step["stepId"], step["type"], step)
                for step in definition.get("steps") or ()
            ),
            created_at=known.created_at if known else now,
            updated_at=now,
            controls=known.controls if known else {},
            active=known.active if known else True,
            dashboard=known.dashboard if known else {},
        )

    def _upsert(self, definition: dict[str, Any], bridge: Bridge) -> SyncedWorkflow:
        workflow = self.make(definition, bridge)
        self._by_id[workflow.workflow_id] = workflow
        return workflow
