"""Spans and metrics of OpenTelemetry: of the bridge's actions, and of calls to the Novu API.

Nothing of this runs unless the OpenTelemetry API is installed (`novu-framework[otel]`), and nothing is recorded
before an SDK was set up.
"""

from __future__ import annotations

import inspect
import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Collection, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urlencode, urlsplit

from novu_framework._internal.redaction import redaction
from novu_framework.errors import NovuApiError, NovuError, message_of

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import Span, SpanContext, SpanKind, TracerProvider

SCOPE = "novu_framework"
"""The name of the instrumentation scope."""

MAX_LINKS = 128
"""How many links a span gets; a digest may have more events."""

_TIMED = ("execute", "preview")

DURATIONS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
"""The bounds of the histogram's buckets, in seconds: Novu waits five."""


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

logger = logging.getLogger("novu_framework")


def is_installed() -> bool:
    """Tell whether the OpenTelemetry API can be used in this process."""
    return _api() is not None


@lru_cache(maxsize=1)
def _api() -> tuple[Any, Any] | None:
    try:
        from opentelemetry import metrics, trace
    except ImportError:
        return None
    if "explicit_bucket_boundaries_advisory" in inspect.signature(metrics.Meter.create_histogram).parameters:
        return trace, metrics
    logger.warning("opentelemetry-api is older than 1.30 and is not used: pip install 'novu-framework[otel]'")
    return None


def telemetry() -> Telemetry | None:
    """Return what records spans and metrics; None without the API, and before an SDK was set up."""
    if (api := _api()) is None:
        return None
    tracers, meters = api[0].get_tracer_provider(), api[1].get_meter_provider()
    return None if _does_nothing(tracers) and _does_nothing(meters) else _telemetry_of(tracers, meters)


def _does_nothing(provider: object) -> bool:
    """Tell whether a provider is one of the API itself, which records nothing."""
    return type(provider).__module__.startswith(("opentelemetry.trace", "opentelemetry.metrics"))


@lru_cache(maxsize=4)
def _telemetry_of(tracers: TracerProvider, meters: MeterProvider) -> Telemetry:
    return Telemetry(tracers, meters)


class Telemetry:
    """The tracer and the instruments of an SDK."""

    def __init__(self, tracers: TracerProvider, meters: MeterProvider) -> None:
        from opentelemetry import trace
        from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

        self.trace = trace
        self._propagator = TraceContextTextMapPropagator()
        self._tracer = tracers.get_tracer(SCOPE)
        meter = meters.get_meter(SCOPE)
        self._actions = meter.create_counter(
            "novu.bridge.actions", "{action}", "Requests that the bridge answered."
        )
        self._failures = meter.create_counter(
            "novu.bridge.failures",
            "{failure}",
            "Requests that the bridge answered with an error, by its code.",
        )
        self._durations = meter.create_histogram(
            "novu.bridge.step.duration",
            "s",
            "The time that the execute or preview of a step took in the bridge.",
            explicit_bucket_boundaries_advisory=DURATIONS,
        )

    @contextmanager
    def span(
        self, name: str, attributes: Mapping[str, Any], kind: SpanKind, context: Context | None = None
    ) -> Iterator[Span]:
        """Make a span the current one; what is raised inside is its error."""
        with self._tracer.start_as_current_span(
            name, context, kind, attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            try:
                yield span
            except BaseException as error:
                self.fail(span, error)
                raise

    def fail(self, span: Span, error: BaseException) -> None:
        """Give a span its error: its code, its words without the secret key, and what the user's code raised."""
        # the protocol's code of an error is the name of its class
        span.set_attribute("error.type", type(error).__name__)
        span.set_status(self.trace.StatusCode.ERROR, redaction.redacted(message_of(error)))
        raised = error.__cause__ or error
        stack = "".join(traceback.format_exception(type(raised), raised, raised.__traceback__))
        said = {"exception.message": message_of(raised), "exception.stacktrace": stack}
        span.record_exception(raised, redaction.redacted(said))

    def extract(self, carrier: Any) -> Context | None:
        """Return the context of the `traceparent` in a mapping; None where there is none that can be read."""
        if not isinstance(carrier, Mapping) or "traceparent" not in carrier:
            return None
        texts = {name: str(carrier[name]) for name in ("traceparent", "tracestate") if name in carrier}
        context = self._propagator.extract(texts)
        return context if self._remote(context).is_valid else None

    def remote_spans(self, carriers: Sequence[Any]) -> list[SpanContext]:
        """Return the spans that the mappings name, each once."""
        found = [self._remote(context) for context in map(self.extract, carriers) if context is not None]
        return list({(one.trace_id, one.span_id): one for one in found}.values())

    def _remote(self, context: Context) -> Any:
        return self.trace.get_current_span(context).get_span_context()

    def inject(self) -> dict[str, str]:
        """Return `traceparent`, and `tracestate` where there is one, of the current span."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier

    def count(self, action: BridgeAction) -> None:
        """Add an action that has ended to the metrics."""
        self._actions.add(1, {**action.about, "novu.outcome": action.outcome})
        about = action.about
        if action.error is not None:
            about = {**about, "error.type": type(action.error).__name__}
            self._failures.add(1, about)
        if "novu.step.id" in about and about["novu.action"] in _TIMED:
            self._durations.record(time.perf_counter() - action.started, about)


# --- the bridge ------------------------------------------------------------------------------------


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
    respond: Callable[[Q], Awaitable[R]],
    request: Q,
    query: Sequence[tuple[str, str]],
    workflows: Mapping[str, Any],
    actions: Collection[str],
) -> R:
    """Let a bridge answer a request, as an action with a span and metrics where an SDK was set up."""
    if (current := telemetry()) is None:
        return await respond(request)
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
        current.count(action)


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


def observed(
    run: Callable[[str, str, Mapping[str, Any], M], Awaitable[S]],
) -> Callable[[str, str, Mapping[str, Any], M], Coroutine[Any, Any, S]]:
    """Let a step run as part of the action that runs, and note which traces it belongs to and whether it was skipped."""

    async def observed_run(workflow_id: str, step_id: str, event: Mapping[str, Any], mode: M) -> S:
        if (action := _action.get()) is None:
            return await run(workflow_id, step_id, event, mode)
        span = action.telemetry.trace.get_current_span()
        for one in action.telemetry.remote_spans(_payloads(event))[:MAX_LINKS]:
            span.add_link(one)
        answer = await run(workflow_id, step_id, event, mode)
        action.skipped = answer.skip
        span.set_attribute("novu.step.skipped", answer.skip)
        return answer

    return observed_run


def _payloads(event: Mapping[str, Any]) -> list[Any]:
    """List the payload of an event, and those of the events of its digests: each may carry a `traceparent`."""
    payloads, state = [event.get("payload")], event.get("state")
    for entry in state if isinstance(state, list) else ():
        outputs = entry.get("outputs") if isinstance(entry, dict) else None
        events = outputs.get("events") if isinstance(outputs, dict) else None
        payloads += [one.get("payload") for one in events or () if isinstance(one, dict)]
    return payloads


def refused(error: NovuError) -> None:
    """Note the error that the running action is answered with."""
    if (action := _action.get()) is not None:
        action.error = error


# --- calls to the Novu API -------------------------------------------------------------------------


class ApiSpan:
    """The span of a call to the Novu API, around all its tries; or none, where nothing records.

    Attributes:
        body: What to send. Where a trigger names a bridge, its URL carries the trace to every request for a step.
    """

    def __init__(self, body: Any, span: Span | None = None) -> None:
        self.body = body
        self._span = span

    def answered(self, answer: Any, retries: int) -> Any:
        """Note the transaction that an answer names, and give the answer back."""
        if self._span is not None:
            if retries:
                self._span.set_attribute("http.request.resend_count", retries)
            data = answer.get("data") if isinstance(answer, dict) else None
            if isinstance(data, dict) and isinstance(transaction_id := data.get("transactionId"), str):
                self._span.set_attribute("novu.transaction.id", transaction_id)
        return answer


@contextmanager
def api_span(method: str, path: str, body: Any) -> Iterator[ApiSpan]:
    """Give a call to the Novu API its span, where an SDK was set up; a trigger's is a producer's."""
    if (current := telemetry()) is None:
        yield ApiSpan(body)
        return
    about: dict[str, Any] = {"http.request.method": method, "url.path": path}
    events = _events(body) if method == "POST" and path in _TRIGGERS else []
    if events:
        workflow_ids = {event.get("name") for event in events}
        if len(workflow_ids) == 1:
            about["novu.workflow.id"] = str(workflow_ids.pop())
        if "events" in body:
            about["messaging.batch.message_count"] = len(events)
        elif "transactionId" in body:
            about["novu.transaction.id"] = str(body["transactionId"])
        name, kind = f"trigger {about.get('novu.workflow.id', '')}".strip(), current.trace.SpanKind.PRODUCER
    else:
        name, kind = method, current.trace.SpanKind.CLIENT
    with current.span(name, about, kind) as span:
        if events and (carrier := current.inject()):
            carried = [_carrying(event, carrier) for event in events]
            body = {"events": carried} if "events" in body else carried[0]
        try:
            yield ApiSpan(body, span)
        except NovuApiError as error:
            if type(error) is NovuApiError:  # the others are answered by nobody, or not by Novu
                span.set_attribute("http.response.status_code", error.status)
            raise


_TRIGGERS = ("/v1/events/trigger", "/v1/events/trigger/bulk", "/v1/events/trigger/broadcast")


def _events(body: Any) -> list[dict[str, Any]]:
    events = body.get("events", [body]) if isinstance(body, dict) else []
    return events if isinstance(events, list) and all(isinstance(event, dict) for event in events) else []


def _carrying(event: dict[str, Any], carrier: Mapping[str, str]) -> dict[str, Any]:
    """Return an event whose `bridgeUrl`, if it has one, carries a trace: Novu keeps a URL's query in all its requests."""
    url = event.get("bridgeUrl")
    if not isinstance(url, str):
        return event
    parts = urlsplit(url)
    query = "&".join(filter(None, (parts.query, urlencode(carrier))))
    # of the same class, which does not show a payload to tools that print variables
    return type(event)({**event, "bridgeUrl": parts._replace(query=query).geturl()})
