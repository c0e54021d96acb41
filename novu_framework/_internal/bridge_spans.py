"""The spans and metrics of a bridge's actions."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

from novu_framework._internal.telemetry import Telemetry
from novu_framework.errors import NovuError

_TIMED = ("execute", "preview")


class HasStatus(Protocol):
    """What a bridge answers, as far as it matters here."""

    @property
    def status(self) -> int: ...


class HasSkip(Protocol):
    """What a step answers, as far as it matters here."""

    @property
    def skip(self) -> bool: ...


Q = TypeVar("Q")
R = TypeVar("R", bound=HasStatus)
S = TypeVar("S", bound=HasSkip)
M = TypeVar("M")


class BridgeAction:
    """An action of the bridge while it runs: its span, and what is known of it.

    Attributes:
        about: What spans and metrics say of it. Only ids that the bridge knows: what callers make up must not grow a metric.
        skipped: Whether the step's `skip` left it out.
        error: What it was refused with.
    """

    def __init__(self, telemetry: Telemetry, about: dict[str, Any]) -> None:
        self.telemetry = telemetry
        self.started = time.perf_counter()
        self.about = about
        self.skipped = False
        self.error: BaseException | None = None

    @property
    def outcome(self) -> str:
        """`success`, `skipped` or `error`."""
        return "error" if self.error is not None else "skipped" if self.skipped else "success"


_action: ContextVar[BridgeAction | None] = ContextVar("novu_framework_action", default=None)


async def recorded(
    current: Telemetry,
    respond: Callable[[Q], Awaitable[R]],
    request: Q,
    query: Sequence[tuple[str, str]],
    workflows: Mapping[str, Any],
    actions: Collection[str],
) -> R:
    """Let a bridge answer a request, as an action with a span and metrics."""
    asked = dict(reversed(query))  # the first of a name counts
    about = _described(asked, workflows, actions)
    action = BridgeAction(current, about)
    trace = current.trace
    context = current.extract(asked)  # the trigger's trace, and else the server's
    server = trace.get_current_span().get_span_context()
    path = "/".join(about[name] for name in ("novu.workflow.id", "novu.step.id") if name in about)
    attributes = about | ({"novu.job.id": asked["jobId"]} if "jobId" in asked else {})
    token = _action.set(action)
    try:
        with current.span(
            f"{about['novu.action']} {path}".strip(), attributes, trace.SpanKind.INTERNAL, context
        ) as span:
            if context is not None and server.is_valid:
                span.add_link(server)
            try:
                response = await respond(request)
            except BaseException as error:
                action.error = error
                raise
            finally:
                span.set_attribute("novu.outcome", action.outcome)
            span.set_attribute("http.response.status_code", response.status)
            if action.error is not None:
                current.fail(span, action.error)
            return response
    finally:
        _action.reset(token)
        _count(action)


def _described(
    query: Mapping[str, str], workflows: Mapping[str, Any], actions: Collection[str]
) -> dict[str, Any]:
    asked = query.get("action") or "health-check"
    about = {"novu.action": asked if asked in actions else "_OTHER"}
    workflow = workflows.get(query.get("workflowId", ""))
    if workflow is not None:
        about["novu.workflow.id"] = workflow.id
        step = workflow.steps.get(query.get("stepId", ""))
        if step is not None:
            about |= {"novu.step.id": step.step_id, "novu.step.type": step.kind.type}
    return about


def is_recording() -> bool:
    """Tell whether this is part of an action that is recorded."""
    return _action.get() is not None


def observed(
    run: Callable[[str, str, Mapping[str, Any], M], Awaitable[S]],
) -> Callable[[str, str, Mapping[str, Any], M], Coroutine[Any, Any, S]]:
    """Let a step run as part of the action that runs, and note which traces it belongs to and whether it was skipped."""

    async def observed_run(workflow_id: str, step_id: str, event: Mapping[str, Any], mode: M) -> S:
        action = _action.get()
        assert action is not None
        span = action.telemetry.trace.get_current_span()
        for one in action.telemetry.remote_spans(_payloads(event)):
            span.add_link(one)
        answer = await run(workflow_id, step_id, event, mode)
        action.skipped = answer.skip
        span.set_attribute("novu.step.skipped", answer.skip)
        return answer

    return observed_run


def _payloads(event: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the payload of an event, and those of the events of its digests: each may carry a `traceparent`."""
    yield event.get("payload")
    for entry in _objects(event.get("state")):
        outputs = entry.get("outputs")
        for one in _objects(outputs.get("events") if isinstance(outputs, dict) else None):
            yield one.get("payload")


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    return (one for one in value if isinstance(one, dict)) if isinstance(value, list) else iter(())


def refused(error: NovuError) -> None:
    """Note the error that the running action is answered with."""
    if (action := _action.get()) is not None:
        action.error = error


def _count(action: BridgeAction) -> None:
    """Add an action that has ended to the metrics."""
    action.telemetry.actions.add(1, {**action.about, "novu.outcome": action.outcome})
    about = action.about
    if action.error is not None:
        about = {**about, "error.type": type(action.error).__name__}
        action.telemetry.failures.add(1, about)
    if "novu.step.id" in about and about["novu.action"] in _TIMED:
        action.telemetry.durations.record(time.perf_counter() - action.started, about)
