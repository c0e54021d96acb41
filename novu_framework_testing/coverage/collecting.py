"""Following the simulations and the workflows of this process, while tests run."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

from novu_framework._internal.functions import is_async
from novu_framework._internal.watching import watchers
from novu_framework.discovery import is_users_file
from novu_framework.workflow import Workflow
from novu_framework_testing.coverage.facts import (
    Answered,
    CodePart,
    CoverageFacts,
    Happened,
    KnownWorkflow,
    StepFunction,
    Written,
    outcome_of,
)
from novu_framework_testing.coverage.parts import line_of, parts_of
from novu_framework_testing.coverage.tracing import tracer
from novu_framework_testing.simulation.observing import StepEnd, observers


class Collector:
    """Sees what happens from `start` to `stop`; `take` gives what was seen since the last time.

    Args:
        root: The project's root, which places in its files are relative to.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._facts = CoverageFacts()
        self._workflows: dict[str, KnownWorkflow] = {}
        self._discovered: set[str] = set()
        self._known: dict[int, Workflow[Any]] = {}
        self._codes: dict[int, tuple[CodeType, str]] = {}
        self._functions: set[StepFunction] = set()
        self._watched: dict[tuple[int, str, str, int], tuple[CodeType, CodeType | None]] = {}
        self._ran: dict[str, set[CodePart]] = {}
        self._told: dict[str, int] = {}

    def start(self) -> None:
        """Begin."""
        self._tracer = tracer()
        observers.append(self)
        watchers.append(self)

    def stop(self) -> None:
        """End."""
        observers.remove(self)
        watchers.remove(self)
        self._tracer.stop()

    def take(self) -> CoverageFacts:
        """Return what was seen since the last time."""
        taken, self._facts = self._facts, CoverageFacts()
        for place, ran in self._ran.items():
            if len(ran) != self._told.get(place, 0):
                taken.ran[place] = set(ran)
                self._told[place] = len(ran)
        return taken

    # --- what simulations tell ----------------------------------------------------------------------

    def workflow_known(self, definition: Mapping[str, Any]) -> None:
        """Note a workflow that a simulation knows."""
        workflow_id = definition["workflowId"]
        known = _known(definition)
        if self._workflows.get(workflow_id) != known:
            self._workflows[workflow_id] = known
            if workflow_id not in self._discovered:
                self._facts.workflows[Written(workflow_id, "")] = known

    def run_started(self, workflow_id: str) -> None:
        """Count a run."""
        self._facts.happened[Happened(workflow_id, "", "triggered")] += 1

    def step_ended(self, end: StepEnd) -> None:
        """Count how a step ended."""
        self._facts.happened[Happened(end.workflow_id, end.step_id, outcome_of(end), end.locale)] += 1

    # --- what workflows tell ------------------------------------------------------------------------

    def discovered(self, workflow: Workflow[Any]) -> None:
        """Note the places of a workflow and its steps, and follow its functions."""
        if id(workflow) in self._known:
            return
        self._known[id(workflow)] = workflow
        self._discovered.add(workflow.id)
        known = _known(workflow.discover())
        handler = _code_of(workflow.handler)
        place = ""
        if handler is not None:
            file = self._file(handler)
            place = f"{file}:{handler.co_firstlineno}"
            known.places = {
                step_id: f"{file}:{line_of(handler, step_id) or handler.co_firstlineno}"
                for step_id in workflow.steps
            }
        self._facts.workflows[Written(workflow.id, place)] = known
        for step_id, step in workflow.steps.items():
            roles = {"resolver": step.call.resolver, "skip": step.call.skip, **(step.call.providers or {})}
            for role, function in roles.items():
                if callable(function):
                    self._code(StepFunction(workflow.id, step_id, role, ""), function)

    def watched(
        self, workflow: Workflow[Any], step_id: str, role: str, function: Callable[..., Any]
    ) -> Callable[..., Any]:
        """Return a function that is followed while it runs, or that tells what a `skip` answered."""
        key = id(workflow), step_id, role, id(getattr(function, "__code__", function))
        if key in self._watched:
            _, code = self._watched[key]
        else:
            self.discovered(workflow)
            code = self._code(StepFunction(workflow.id, step_id, role, ""), function)
            if (own := getattr(function, "__code__", None)) is not None:
                self._watched[key] = own, code
        if role == "skip":
            return _wrapped(function, nullcontext, partial(self._answered, workflow.id, step_id))
        if code is None or not self._tracer.has_window:
            return function
        return _wrapped(function, partial(self._tracer.running, code))

    def _answered(self, workflow_id: str, step_id: str, answer: Any) -> None:
        self._facts.answers.add(Answered(workflow_id, step_id, bool(answer)))

    def _code(self, owner: StepFunction, function: Callable[..., Any]) -> CodeType | None:
        """Note a function of a step, follow what runs of it, and return its code, if it is the project's own."""
        code = _code_of(function)
        if code is None or not is_users_file(code.co_filename):
            return None
        if (seen := self._codes.get(id(code))) is None:
            parts = parts_of(code)
            place = f"{self._file(code)}:{code.co_firstlineno}:{parts.column}"
            seen = self._codes[id(code)] = code, place
            if owner.role != "skip":
                self._tracer.follow(parts, self._ran.setdefault(place, set()))
                self._facts.parts[place] = parts.every
        placed = owner._replace(place=seen[1])
        if placed not in self._functions:
            self._functions.add(placed)
            self._facts.functions.add(placed)
        return code

    def _file(self, code: CodeType) -> str:
        path = Path(code.co_filename)
        return (path.relative_to(self._root) if path.is_relative_to(self._root) else path).as_posix()


def _known(definition: Mapping[str, Any]) -> KnownWorkflow:
    steps = {step["stepId"]: step["type"] for step in definition.get("steps") or ()}
    return KnownWorkflow(steps, definition.get("preferences") or {})


def _code_of(function: Any) -> CodeType | None:
    """Return the code of a function, a method, a partial, or an object that can be called."""
    function = inspect.unwrap(function)
    while isinstance(function, partial):
        function = inspect.unwrap(function.func)
    called = getattr(function, "__call__", None)  # noqa: B004
    found = getattr(function, "__code__", getattr(called, "__code__", None))
    return found if isinstance(found, CodeType) else None


def _wrapped(
    function: Callable[..., Any],
    running: Callable[[], AbstractContextManager[None]],
    tell: Callable[[Any], None] = lambda _: None,
) -> Callable[..., Any]:
    """Return a function of the same kind, async or not, that runs one inside `running` and tells what it returned."""

    async def awaited(value: Any) -> Any:
        with running():
            result = await value
        tell(result)
        return result

    async def call_async(*args: Any, **kwargs: Any) -> Any:
        return await awaited(function(*args, **kwargs))

    def call(*args: Any, **kwargs: Any) -> Any:
        with running():
            value = function(*args, **kwargs)
        if inspect.isawaitable(value):
            return awaited(value)
        tell(value)
        return value

    return call_async if is_async(function) else call
