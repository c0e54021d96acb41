"""Which SDK of OpenTelemetry is used, and what it is given and asked."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from opentelemetry import metrics, trace

from novu_framework._internal import telemetry

from .test_telemetry import TRACE, TRACEPARENT, Recorded, about, trace_of


@pytest.fixture
def recorded() -> Recorded:
    return Recorded()


class Provider:
    """One of an SDK, unlike those of the API."""


def api(tracers: Any, meters: Any, *, is_set_up: bool = True) -> Any:
    """The API's two modules, as far as it is asked whether there is an SDK."""
    return (
        SimpleNamespace(get_tracer_provider=lambda: tracers, _TRACER_PROVIDER=tracers if is_set_up else None),
        SimpleNamespace(get_meter_provider=lambda: meters, _internal=SimpleNamespace(_METER_PROVIDER=meters if is_set_up else None)),
    )  # fmt: skip


NONE_OF_TRACES, NONE_OF_METERS = trace.NoOpTracerProvider(), metrics.NoOpMeterProvider()
OTHER = Provider()


@pytest.mark.parametrize(
    ("given", "is_used"),
    [
        (None, False),
        (api(OTHER, OTHER), True),
        (api(OTHER, NONE_OF_METERS), True),
        (api(NONE_OF_TRACES, OTHER), True),
        (api(NONE_OF_TRACES, NONE_OF_METERS), False),
        (api(OTHER, OTHER, is_set_up=False), False),
        ((api(OTHER, OTHER)[0], api(OTHER, OTHER, is_set_up=False)[1]), True),
        ((api(OTHER, OTHER, is_set_up=False)[0], api(OTHER, OTHER)[1]), True),
        # an API whose own variables are other ones: it is asked itself
        ((SimpleNamespace(get_tracer_provider=lambda: OTHER), SimpleNamespace(get_meter_provider=lambda: OTHER)), True),
        ((SimpleNamespace(get_tracer_provider=lambda: NONE_OF_TRACES), SimpleNamespace(get_meter_provider=lambda: NONE_OF_METERS)), False),
    ],
)  # fmt: skip
def test_an_sdk_is_used_where_it_records_spans_or_metrics(monkeypatch, given, is_used):
    telemetry._telemetry_of.cache_clear()
    monkeypatch.setattr(telemetry, "_api", lambda: given)
    monkeypatch.setattr(telemetry, "Telemetry", lambda tracers, meters: (tracers, meters))
    used = telemetry.current()
    assert (used is not None) is is_used
    if is_used:
        assert used == (given[0].get_tracer_provider(), given[1].get_meter_provider())
    assert telemetry.current() is used
    telemetry._telemetry_of.cache_clear()


@pytest.mark.parametrize(
    ("module", "does_nothing"),
    [
        ("opentelemetry.trace", True),
        ("opentelemetry.trace._proxy", True),
        ("opentelemetry.metrics._internal", True),
        ("opentelemetry.sdk.trace", False),
        ("mine.opentelemetry.trace", False),
    ],
)
def test_a_provider_of_the_api_itself_records_nothing(module: str, does_nothing: bool) -> None:
    provider = type("Provider", (), {"__module__": module})()
    assert telemetry._does_nothing(provider) is does_nothing


@pytest.mark.parametrize(
    ("variable", "is_asked"),
    [("OTEL_PYTHON_TRACER_PROVIDER", True), ("OTEL_PYTHON_METER_PROVIDER", True), ("OTEL_PYTHON_OTHER", False)],
)  # fmt: skip
def test_the_api_is_imported_where_the_environment_names_an_sdk(monkeypatch, variable, is_asked):
    for name in ("OTEL_PYTHON_TRACER_PROVIDER", "OTEL_PYTHON_METER_PROVIDER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "sdk")
    monkeypatch.setattr(telemetry.sys, "modules", {})
    monkeypatch.setattr(telemetry, "_is_named_in_environment", telemetry._is_named_in_environment.__wrapped__)
    asked = []
    monkeypatch.setattr(telemetry, "_api", lambda: asked.append("asked"))
    assert telemetry.current() is None
    assert asked == ["asked"] * is_asked


def test_what_is_recorded_is_in_the_scope_of_the_package_and_in_its_units(recorded):
    for instrument in (recorded.telemetry.actions, recorded.telemetry.failures):
        instrument.add(1)
    recorded.telemetry.durations.record(0.3)
    data: Any = recorded._reader.get_metrics_data()
    (scope,) = data.resource_metrics[0].scope_metrics
    assert scope.scope.name == "novu_framework"
    assert {one.name: one.unit for one in scope.metrics} == {
        "novu.bridge.actions": "{action}",
        "novu.bridge.failures": "{failure}",
        "novu.bridge.step.duration": "s",
    }
    assert all(one.description.endswith(".") for one in scope.metrics)
    (point,) = scope.metrics[2].data.data_points
    assert point.explicit_bounds == (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)


class Strange(Exception):
    """One of a user's."""


@pytest.mark.parametrize(
    ("raised", "kind"), [(KeyError("x"), "KeyError"), (Strange("x"), f"{__name__}.Strange")]
)
@pytest.mark.parametrize("is_cause", [True, False])
def test_the_error_of_a_span_is_what_the_users_code_raised(recorded, raised, kind, is_cause):
    error: Exception = raised
    if is_cause:
        error = ValueError("out of x")
        error.__cause__ = raised

    def fail():
        with recorded.telemetry.span("a span", {"one": 1}, trace.SpanKind.CLIENT):
            raise error

    with pytest.raises(type(error), match="x"):
        fail()
    span = recorded.span
    assert (span.name, span.kind, about(span, "one")) == ("a span", trace.SpanKind.CLIENT, (1,))
    outer = "ValueError" if is_cause else type(raised).__name__
    assert about(span, "error.type") == (outer,)
    assert span.status.status_code is trace.StatusCode.ERROR
    assert ("out of x" if is_cause else "x") in span.status.description
    (event,) = span.events
    assert event.name == "exception"
    assert event.attributes["exception.type"] == kind
    assert "x" in event.attributes["exception.message"]
    assert type(raised).__name__ in event.attributes["exception.stacktrace"]
    assert "out of x" not in event.attributes["exception.stacktrace"]


@pytest.mark.parametrize(
    ("carrier", "found"),
    [
        ({"traceparent": TRACEPARENT}, TRACE),
        ({"traceparent": TRACEPARENT, "tracestate": "a=b", "other": 3}, TRACE),
        ({"traceparent": "none"}, None),
        ({"traceparent": 3}, None),
        ({"tracestate": "a=b"}, None),
        ({}, None),
        (None, None),
        ([TRACEPARENT], None),
        ("traceparent", None),
    ],
)
def test_a_span_is_read_from_a_mapping_and_written_into_one(recorded, carrier, found):
    context = recorded.telemetry.extract(carrier)
    spans = list(recorded.telemetry.remote_spans([carrier, {}, carrier]))
    assert [trace.format_trace_id(one.trace_id) for one in spans] == ([found] if found else [])
    assert (context is not None) is bool(found)
    if found:
        assert dict(spans[0].trace_state) == ({"a": "b"} if "tracestate" in carrier else {})
        with recorded.telemetry.span("inner", {}, trace.SpanKind.INTERNAL, context):
            written = recorded.telemetry.inject()
        assert written["traceparent"].split("-")[1] == found
        assert written.get("tracestate") == carrier.get("tracestate")
        assert trace_of(recorded.span) == found


@pytest.mark.parametrize(("count", "kept"), [(127, 127), (128, 128), (129, 128)])
def test_so_many_spans_are_read(recorded, count, kept):
    carriers = [{"traceparent": f"00-{number:032x}-{1:016x}-01"} for number in range(1, count + 1)]
    found = [one.trace_id for one in recorded.telemetry.remote_spans(iter(carriers))]
    assert found == [*range(1, kept + 1)]


def test_the_api_sets_up_what_the_environment_names_of_spans_and_of_metrics(monkeypatch):
    asked = []
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: asked.append("spans"))
    monkeypatch.setattr(metrics, "get_meter_provider", lambda: asked.append("metrics"))
    assert telemetry._api.__wrapped__() == (trace, metrics)
    assert asked == ["spans", "metrics"]
