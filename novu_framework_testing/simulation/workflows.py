"""The workflows of a simulation: what discovery said of them, and the bridge that runs them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from novu_framework._internal.suggestions import known_names
from novu_framework.steps.kinds import StepType
from novu_framework_testing._internal.wire import to_plain_json
from novu_framework_testing.bridges.base import Bridge
from novu_framework_testing.simulation.clock import Clock
from novu_framework_testing.simulation.collections import ById
from novu_framework_testing.simulation.ids import Ids
from novu_framework_testing.simulation.observing import observers
from novu_framework_testing.simulation.preferences import PreferenceLayer, workflow_layer
from novu_framework_testing.versions import VersionChange, changes

CLOUD = "novu-cloud"
"""The origin of a workflow that was made in the dashboard."""


class UnknownWorkflow(LookupError):
    """A trigger names a workflow that the simulation does not know."""


class MadeInDashboard(ValueError):
    """A bridge serves a workflow whose id one of the dashboard has; Novu syncs none of its workflows then."""


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
    definition: dict[str, Any] = field(repr=False)


@dataclass(eq=False, repr=False)
class SyncedWorkflow:
    """A workflow as discovery shows it.

    Attributes:
        workflow_id, name, description, tags, severity: As written in the code.
        steps: In order.
        definition: What the bridge's discovery said, whole.
        bridge: What runs it.
        controls: Step id to the values saved in the dashboard.
        active: False where it was turned off: triggers of it are taken, and nothing runs. A sync turns it on again.
        saved_preferences: The preferences saved in the dashboard, as the API writes them; None without.
        dashboard: What else the dashboard says of it, in the API's words: `origin`, `validatePayload`, `payloadSchema`,
            `isTranslationEnabled`.
        preferences, read_only: The workflow's default, of the code and of the dashboard.
    """

    id: str
    definition: dict[str, Any]
    bridge: Bridge
    steps: tuple[SyncedStep, ...]
    created_at: datetime
    updated_at: datetime
    controls: dict[str, dict[str, Any]] = field(default_factory=dict)
    active: bool = True
    saved_preferences: dict[str, Any] | None = None
    dashboard: dict[str, Any] = field(default_factory=dict)
    preferences: PreferenceLayer = field(init=False)
    read_only: bool = field(init=False)
    tags: tuple[str, ...] = field(init=False)
    severity: str = field(init=False)
    workflow_id: str = field(init=False)
    _since: dict[SyncedWorkflow, list[VersionChange]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.save_preferences(self.saved_preferences)
        self.tags = tuple(self.definition.get("tags") or ())
        self.severity = self.definition.get("severity") or "none"
        self.workflow_id = self.definition["workflowId"]

    def __repr__(self) -> str:
        steps = ", ".join(step.step_id for step in self.steps) or "no steps"
        return f"<SyncedWorkflow {self.workflow_id!r}: {steps}{'' if self.active else ' (not active)'}>"

    def activate(self) -> None:
        """Let triggers run again."""
        self.active = True

    def deactivate(self) -> None:
        """Turn the workflow off, as the dashboard does; runs that wait go on.

        >>> from novu_framework import workflow
        >>> from novu_framework_testing import NovuSimulator
        >>> @workflow("news")
        ... async def news(step):
        ...     await step.in_app("bell", {"body": "News"})
        >>> with NovuSimulator() as novu:
        ...     novu.register(news)
        ...     novu.workflow("news").deactivate()
        ...     trigger = novu.trigger("news", to="ann")
        ...     trigger.status, trigger.runs
        ('trigger_not_active', [])
        """
        self.active = False

    def save_preferences(self, preferences: Mapping[str, Any] | None) -> None:
        """Save preferences in the dashboard: `{"all": {"enabled": True, "readOnly": False}, "channels": {...}}`.

        Args:
            preferences: They take the place of the code's for every channel; None takes them away.
        """
        self.saved_preferences = None if preferences is None else to_plain_json(dict(preferences))
        self.preferences, self.read_only = workflow_layer(
            self.definition.get("preferences"), self.saved_preferences
        )

    def changes_since(self, then: SyncedWorkflow) -> list[VersionChange]:
        """Return what is otherwise than in an earlier version."""
        if then not in self._since:
            self._since[then] = changes(then.definition, self.definition)
        return self._since[then]

    @property
    def name(self) -> str:
        """The name for people; the id where the code gives none."""
        return self.definition.get("name") or self.workflow_id

    @property
    def description(self) -> str:
        """The purpose; empty where the code does not say."""
        return self.definition.get("description") or ""

    @property
    def in_code(self) -> bool:
        """True for a workflow of a bridge; False for one that was made in the dashboard."""
        return self.dashboard.get("origin") != CLOUD

    @property
    def checked_schema(self) -> dict[str, Any] | None:
        """The schema that a trigger's payload has to fit; None where the dashboard does not ask for that."""
        if not self.dashboard.get("validatePayload"):
            return None
        return self.dashboard.get("payloadSchema") or (self.definition.get("payload") or {}).get("schema")

    def type_of(self, step_id: str) -> StepType | None:
        """Return the type of a step; None where there is no such step."""
        return next((step.type for step in self.steps if step.step_id == step_id), None)

    def step(self, step_id: str) -> SyncedStep:
        """Return a step by id. Raises `UnknownStep`, naming the steps that there are."""
        for step in self.steps:
            if step.step_id == step_id:
                return step
        raise UnknownStep.among(self.workflow_id, step_id, [step.step_id for step in self.steps])


class Workflows(ById[SyncedWorkflow]):
    """The workflows by id, in the order in which they became known. Iterating gives the workflows.

    Attributes:
        dropped: The ids of those that code had once, and no longer has.
    """

    def __init__(self, clock: Clock, ids: Ids) -> None:
        super().__init__(clock, ids)
        self.dropped: set[str] = set()

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

        Raises:
            MadeInDashboard: The dashboard has a workflow of the same id. Then nothing has changed.
        """
        return self._take_over([(one, bridge) for one in definitions], lambda old: old.bridge is bridge)

    def deploy(self, served: Iterable[tuple[dict[str, Any], Bridge]]) -> list[SyncedWorkflow]:
        """Take over what a new version of the code has, each with its bridge, in place of all that the old one had."""
        return self._take_over(served, lambda old: old.in_code)

    def _take_over(
        self, served: Iterable[tuple[dict[str, Any], Bridge]], replaces: Callable[[SyncedWorkflow], bool]
    ) -> list[SyncedWorkflow]:
        served = list(served)
        for definition, _ in served:
            known = self._by_id.get(definition["workflowId"])
            if known is not None and not known.in_code:
                raise MadeInDashboard(
                    f"The workflow {known.workflow_id!r} was made in the dashboard, or by the API, and a sync does not replace it: "
                    "give the one in code another id, or delete that one first."
                )
        synced = [self._upsert(definition, bridge) for definition, bridge in served]
        kept = {workflow.workflow_id for workflow in synced}
        for workflow in list(self._by_id.values()):
            if workflow.workflow_id not in kept and replaces(workflow):
                del self._by_id[workflow.workflow_id]
                self.dropped.add(workflow.workflow_id)
        return synced

    def put(self, definition: dict[str, Any], bridge: Bridge, **saved: Any) -> SyncedWorkflow:
        """Make a workflow, or put a changed one in its place, where it keeps its ids.

        `saved` is what the dashboard says of it: `controls`, `active`, `saved_preferences` and `dashboard`.
        """
        workflow = replace(self.make(definition, bridge), **saved)
        self._by_id[workflow.workflow_id] = workflow
        return workflow

    def make(self, definition: dict[str, Any], bridge: Bridge) -> SyncedWorkflow:
        """Make a workflow that is not kept, for a trigger that brings its own bridge."""
        known = self._by_id.get(definition["workflowId"])
        seen = {step.step_id: step.id for step in known.steps} if known else {}
        now = self._clock.now
        if observers:
            observers[-1].workflow_known(definition)
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
            saved_preferences=known.saved_preferences if known else None,
            dashboard=known.dashboard if known else {},
        )

    def _upsert(self, definition: dict[str, Any], bridge: Bridge) -> SyncedWorkflow:
        workflow = self.make(definition, bridge)
        self._by_id[workflow.workflow_id] = workflow
        self.dropped.discard(workflow.workflow_id)
        return workflow
