"""OpenTelemetry: whether there is any, and the tracer and the instruments of its SDK.

Nothing of this runs unless the OpenTelemetry API is installed (`novu-framework[otel]`), and nothing is recorded
before an SDK was set up.
"""

from __future__ import annotations

import inspect
import logging
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from novu_framework._internal.redaction import redaction
from novu_framework.errors import install_command, message_of

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.metrics import MeterProvider
    from opentelemetry.trace import Span, SpanContext, SpanKind, TracerProvider

SCOPE = "novu_framework"
"""The name of the instrumentation scope."""

MAX_LINKS = 128
"""How many links a span gets; a digest may have more events."""

DURATIONS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
"""The bounds of the histogram's buckets, in seconds: Novu waits five."""

logger = logging.getLogger("novu_framework")


@lru_cache(maxsize=1)
def _api() -> tuple[Any, Any] | None:
    try:
        from opentelemetry import metrics, trace
    except ImportError:
        return None
    if "explicit_bucket_boundaries_advisory" in inspect.signature(metrics.Meter.create_histogram).parameters:
        trace.get_tracer_provider()  # which sets up what the environment names
        metrics.get_meter_provider()
        return trace, metrics
    logger.warning("opentelemetry-api is older than 1.30 and is not used: %s", install_command("otel"))
    return None


def current() -> Telemetry | None:
    """Return what records spans and metrics; None without the API, and before an SDK was set up."""
    if "opentelemetry" not in sys.modules and not _is_named_in_environment():  # its import takes 10 ms
        return None
    if (api := _api()) is None or _is_not_set_up(*api):
        return None
    tracers, meters = api[0].get_tracer_provider(), api[1].get_meter_provider()
    return None if _does_nothing(tracers) and _does_nothing(meters) else _telemetry_of(tracers, meters)


@lru_cache(maxsize=1)
def _is_named_in_environment() -> bool:
    """Tell whether the API would set an SDK up by itself."""
    return any(os.environ.get(f"OTEL_PYTHON_{kind}_PROVIDER") for kind in ("TRACER", "METER"))


_UNKNOWN = object()


def _is_not_set_up(trace: Any, metrics: Any) -> bool:
    """Tell by the API's own variables whether there is no SDK: its functions read the environment, 7% of a small execute."""
    return (
        getattr(trace, "_TRACER_PROVIDER", _UNKNOWN) is None
        and getattr(getattr(metrics, "_internal", None), "_METER_PROVIDER", _UNKNOWN) is None
    )


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
        self.actions = meter.create_counter(
            "novu.bridge.actions", "{action}", "Requests that the bridge answered."
        )
        self.failures = meter.create_counter(
            "novu.bridge.failures",
            "{failure}",
            "Requests that the bridge answered with an error, by its code.",
        )
        self.durations = meter.create_histogram(
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
        kind, module = type(raised).__qualname__, type(raised).__module__
        said = {
            "exception.type": kind if module == "builtins" else f"{module}.{kind}",
            "exception.message": message_of(raised),
            "exception.stacktrace": stack,
        }
        # as `record_exception` does, but for `str(raised)`: an error of a user's may have none
        span.add_event("exception", redaction.redacted(said))

    def extract(self, carrier: Any) -> Context | None:
        """Return the context of the `traceparent` in a mapping; None where there is none that can be read."""
        if not isinstance(carrier, Mapping) or "traceparent" not in carrier:
            return None
        texts = {name: str(carrier[name]) for name in ("traceparent", "tracestate") if name in carrier}
        context = self._propagator.extract(texts)
        return context if self._remote(context).is_valid else None

    def remote_spans(self, carriers: Iterable[Any]) -> Iterable[SpanContext]:
        """Return the spans that the mappings name, each once, and no more than a span has links."""
        found: dict[tuple[int, int], SpanContext] = {}
        for carrier in carriers:
            if len(found) == MAX_LINKS:
                break
            if (context := self.extract(carrier)) is not None:
                one = self._remote(context)
                found[one.trace_id, one.span_id] = one
        return found.values()

    def _remote(self, context: Context) -> SpanContext:
        return self.trace.get_current_span(context).get_span_context()

    def inject(self) -> dict[str, str]:
        """Return `traceparent`, and `tracestate` where there is one, of the current span."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier
