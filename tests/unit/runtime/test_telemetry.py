"""Spans and metrics of the bridge's actions and of calls to the Novu API, as OpenTelemetry's SDK records them."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import BaseModel

from novu_framework import Client, Step, SyncStep, workflow
from novu_framework._internal import telemetry
from novu_framework._internal.api_spans import api_span
from novu_framework._internal.deadlines import TimeLimit
from novu_framework._internal.retries import Retries
from novu_framework.bridge import BridgeRequest
from novu_framework.errors import NovuApiError, NovuApiUnreachableError
from novu_framework.triggers import trigger_event
from tests.processes import python

from .conftest import SECRET, state

TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"


class Recorded:
    """What an SDK recorded while it was set up."""

    def __init__(self) -> None:
        self._exporter, self._reader = InMemorySpanExporter(), InMemoryMetricReader()
        tracers = TracerProvider(span_limits=SpanLimits(max_links=1000))
        tracers.add_span_processor(SimpleSpanProcessor(self._exporter))
        self.tracer = tracers.get_tracer("the app")
        self.telemetry = telemetry.Telemetry(tracers, MeterProvider([self._reader]))

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self._exporter.get_finished_spans())

    @property
    def span(self) -> ReadableSpan:
        (one,) = self.spans
        return one

    @property
    def metrics(self) -> dict[str, list[Any]]:
        data: Any = self._reader.get_metrics_data()
        (scope,) = data.resource_metrics[0].scope_metrics
        return {metric.name: list(metric.data.data_points) for metric in scope.metrics}


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Recorded:
    recorded = Recorded()
    monkeypatch.setattr(telemetry, "current", lambda: recorded.telemetry)
    return recorded


def about(span: ReadableSpan, *names: str) -> Any:
    """The attributes of a span, of those named, or of all."""
    attributes = dict(span.attributes or {})
    return tuple(attributes.get(name) for name in names) if names else attributes


def trace_of(span: ReadableSpan) -> str:
    return trace.format_trace_id(span.context.trace_id)


def linked(span: ReadableSpan) -> list[str]:
    return [trace.format_trace_id(link.context.trace_id) for link in span.links]


class Payload(BaseModel):
    name: str = "Ann"
    traceparent: str | None = None


@workflow("welcome")
async def welcome(payload: Payload, step: Step) -> None:
    async def render() -> dict[str, str]:
        if payload.name == "Fail":
            raise KeyError(f"no name for {SECRET}-long-enough")
        return (
            {"body": payload.name}
            if payload.name == "Invalid"
            else {"subject": "Welcome", "body": payload.name}
        )

    await step.email("mail", render, skip=lambda: payload.name == "Skip")
    await step.digest("collect", lambda: {"amount": 1, "unit": "hours"})
    await step.sms("text", lambda: {"body": payload.name})


@workflow("any-payload")
async def any_payload(step: Step) -> None:
    await step.sms("text", {"body": "Hi"})


class TestAnAction:
    async def test_has_a_span_that_says_which_step_ran_and_how_it_ended(self, serve, recorded):
        await serve(welcome).call("execute", welcome, "mail")
        assert recorded.span.name == "execute welcome/mail"
        assert recorded.span.kind is trace.SpanKind.INTERNAL
        assert recorded.span.status.status_code is trace.StatusCode.UNSET
        assert recorded.span.instrumentation_scope.name == "novu_framework"
        assert about(recorded.span) == {
            "novu.action": "execute",
            "novu.workflow.id": "welcome",
            "novu.step.id": "mail",
            "novu.step.type": "email",
            "novu.step.skipped": False,
            "novu.outcome": "success",
            "http.response.status_code": 200,
        }

    async def test_names_the_job_that_novu_asks_for(self, serve, recorded):
        query = {"action": "execute", "workflowId": "welcome", "stepId": "mail", "jobId": "65f1"}
        await serve(welcome).send("POST", query, b'{"payload":{},"controls":{},"state":[]}')
        assert about(recorded.span, "novu.job.id", "novu.outcome") == ("65f1", "success")

    @pytest.mark.parametrize(
        ("action", "step_id", "payload", "name", "outcome", "error"),
        [
            ("preview", "mail", {}, "preview welcome/mail", "success", None),
            ("execute", "mail", {"name": "Skip"}, "execute welcome/mail", "skipped", None),
            ("execute", "mail", {"name": 1}, "execute welcome/mail", "error", "ExecutionEventPayloadInvalidError"),
            ("execute", "mail", {"name": "Invalid"}, "execute welcome/mail", "error", "ExecutionStateOutputInvalidError"),
            ("execute", "mail", {"name": "Fail"}, "execute welcome/mail", "error", "StepExecutionFailedError"),
            ("execute", "none", {}, "execute welcome", "error", "ExecutionStateCorruptError"),
            ("agent-event", "mail", {}, "agent-event welcome/mail", "success", None),
            ("made-up", "mail", {}, "_OTHER welcome/mail", "error", "InvalidActionError"),
        ],
    )  # fmt: skip
    async def test_ends_in_one_of_three_ways(
        self, serve, recorded, action, step_id, payload, name, outcome, error
    ):
        await serve(welcome).call(action, welcome, step_id, payload=payload)
        assert recorded.span.name == name
        assert about(recorded.span, "novu.outcome", "error.type") == (outcome, error)
        assert (recorded.span.status.status_code is trace.StatusCode.ERROR) == (outcome == "error")

    async def test_without_a_step_has_a_span_too_and_an_unsigned_one(self, serve, recorded):
        novu = serve(welcome)
        await novu.send("GET", {"action": "discover"})
        await novu.handler(BridgeRequest("GET"))
        await novu.handler(BridgeRequest("GET", [("action", "discover")]))
        await novu.handler(BridgeRequest("OPTIONS"))
        seen = [
            (span.name, *about(span, "http.response.status_code", "error.type")) for span in recorded.spans
        ]
        assert seen == [
            ("discover", 200, None),
            ("health-check", 200, None),
            ("discover", 401, "SignatureNotFoundError"),
        ]

    async def test_goes_by_the_first_of_a_name_in_the_query(self, serve, recorded):
        novu = serve(welcome)
        await novu.handler(BridgeRequest("GET", [("action", "health-check"), ("action", "discover")]))
        assert recorded.span.name == "health-check"

    async def test_says_nothing_of_ids_that_the_bridge_does_not_know(self, serve, recorded):
        query = {"action": "execute", "workflowId": "made-up", "stepId": "made-up"}
        await serve(welcome).send("POST", query, b"{}")
        assert recorded.span.name == "execute"
        assert about(recorded.span, "novu.workflow.id", "error.type") == (None, "WorkflowNotFoundError")

    async def test_records_what_the_users_code_raised_without_the_secret_key(self, serve, recorded):
        novu = serve(welcome)
        telemetry.redaction.hide(f"{SECRET}-long-enough")
        await novu.call("execute", welcome, "mail", payload={"name": "Fail"})
        (event,) = recorded.span.events
        said = dict(event.attributes or {})
        assert (event.name, said["exception.type"]) == ("exception", "KeyError")
        assert "in render" in said["exception.stacktrace"]
        assert SECRET not in f"{said} {recorded.span.status.description}"
        assert said["exception.message"] == "'no name for [secret key]'"

    async def test_records_an_error_that_cannot_be_said(self, serve, recorded):
        class Unsaid(Exception):
            def __str__(self) -> str:
                raise RuntimeError(f"{SECRET}-long-enough")

        @workflow("unsaid")
        async def unsaid(step: Step) -> None:
            async def render() -> None:
                raise Unsaid

            await step.sms("text", render)

        telemetry.redaction.hide(f"{SECRET}-long-enough")
        status, *answer = await serve(unsaid).call("execute", unsaid, "text")
        (event,) = recorded.span.events
        said = dict(event.attributes or {})
        assert status == 502
        assert said["exception.type"].endswith("<locals>.Unsaid")
        assert SECRET not in f"{answer} {said} {recorded.span.status.description}"

    async def test_that_takes_too_long_and_one_that_is_cancelled_end_their_spans(self, serve, recorded):
        started = asyncio.Event()

        @workflow("slow")
        async def slow(step: Step) -> None:
            async def render() -> None:
                started.set()
                await asyncio.Event().wait()

            await step.sms("text", render)

        novu = serve(slow)
        task = asyncio.create_task(novu.call("execute", slow, "text"))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        novu.handler._limit = TimeLimit(0)
        await novu.call("execute", slow, "text")
        assert [about(span, "novu.outcome", "error.type") for span in recorded.spans] == [
            ("error", "CancelledError"),
            ("error", "StepTimeoutError"),
        ]

    @pytest.mark.parametrize("is_async", [True, False])
    async def test_is_the_parent_of_the_spans_of_the_users_code(self, serve, recorded, is_async):
        def render() -> dict[str, str]:
            with recorded.tracer.start_as_current_span("query"):
                return {"body": "Hi"}

        if is_async:

            @workflow("w")
            async def w(step: Step) -> None:
                await step.sms("text", render)
        else:

            @workflow("w")
            def w(step: SyncStep) -> None:
                step.sms("text", render)

        await serve(w).outputs(w, "text")
        query, action = recorded.spans
        assert (query.name, action.name) == ("query", "execute w/text")
        assert query.parent is not None
        assert query.parent.span_id == action.context.span_id

    async def test_of_an_exception_outside_of_a_step_is_the_span_of_its_log_record(
        self, serve, recorded, caplog
    ):
        @workflow("w")
        async def w(step: Step) -> None:
            await step.sms("text", lambda: {"body": "Hi"}, skip=lambda: 1 / 0)

        ids = []
        caplog.handler.addFilter(
            lambda _: ids.append(trace.get_current_span().get_span_context().span_id) or True
        )
        await serve(w).call("execute", w, "text")
        assert about(recorded.span, "error.type") == ("BridgeError",)
        assert ids == [recorded.span.context.span_id]

    async def test_is_below_the_span_of_the_server(self, serve, recorded):
        with recorded.tracer.start_as_current_span("POST /api/novu"):
            await serve(welcome).call("execute", welcome, "mail")
        execute, server = recorded.spans
        assert execute.parent is not None
        assert execute.parent.span_id == server.context.span_id
        assert execute.links == ()


class TestMetrics:
    async def test_count_actions_and_failures_and_time_steps(self, serve, recorded):
        novu = serve(welcome)
        for name in ("Ann", "Bob", "Skip", "Fail"):
            await novu.call("execute", welcome, "mail", payload={"name": name})
        await novu.send("GET", {"action": "discover"})
        await novu.send("GET", {"action": "code", "workflowId": "welcome", "stepId": "mail"})
        await novu.send("POST", {"action": "execute", "workflowId": "made-up"}, b"{}")

        where = {
            "novu.action": "execute",
            "novu.workflow.id": "welcome",
            "novu.step.id": "mail",
            "novu.step.type": "email",
        }
        counted = [(dict(point.attributes), point.value) for point in recorded.metrics["novu.bridge.actions"]]
        assert counted == [
            ({**where, "novu.outcome": "success"}, 2),
            ({**where, "novu.outcome": "skipped"}, 1),
            ({**where, "novu.outcome": "error"}, 1),
            ({"novu.action": "discover", "novu.outcome": "success"}, 1),
            ({**where, "novu.action": "code", "novu.outcome": "success"}, 1),
            ({"novu.action": "execute", "novu.outcome": "error"}, 1),
        ]
        failed = [(dict(point.attributes), point.value) for point in recorded.metrics["novu.bridge.failures"]]
        assert failed == [
            ({**where, "error.type": "StepExecutionFailedError"}, 1),
            ({"novu.action": "execute", "error.type": "WorkflowNotFoundError"}, 1),
        ]
        timed = recorded.metrics["novu.bridge.step.duration"]
        assert [(dict(point.attributes), point.count) for point in timed] == [
            (where, 3),
            ({**where, "error.type": "StepExecutionFailedError"}, 1),
        ]
        assert timed[0].explicit_bounds == telemetry.DURATIONS


class Api:
    """A Novu API in this process, that keeps what it was sent."""

    def __init__(self, *answers: Any) -> None:
        self.sent: list[Any] = []
        self._answers = list(answers)
        transport = httpx.MockTransport(self._answer)
        pause = Retries(first_pause=0)
        self.client = Client(secret_key=SECRET, retries=pause, transport=transport, async_transport=transport)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.sent.append(json.loads(request.content or b"null"))
        answer = self._answers.pop(0) if self._answers else 201
        if isinstance(answer, Exception):
            raise answer
        data = {"acknowledged": True, "status": "processed", "transactionId": "made-by-novu"}
        bulk = "events" in (self.sent[-1] or {})
        return httpx.Response(answer, json={"data": [data] * 2 if bulk else data, "message": "no"})


class TestACall:
    def test_that_triggers_is_a_producer_and_says_which_transaction_it_made(self, recorded):
        Api().client.trigger("welcome", "ann", {})
        assert (recorded.span.name, recorded.span.kind) == ("trigger welcome", trace.SpanKind.PRODUCER)
        assert about(recorded.span) == {
            "http.request.method": "POST",
            "url.path": "/v1/events/trigger",
            "novu.workflow.id": "welcome",
            "novu.transaction.id": "made-by-novu",
        }

    async def test_without_blocking_has_one_too(self, recorded):
        await Api().client.trigger_async("welcome", "ann", {}, transaction_id="t-1")
        assert recorded.span.name == "trigger welcome"

    def test_for_many_has_one_for_all(self, recorded):
        events = [{"workflow_id": name, "to": "ann"} for name in ("welcome", "other")]
        Api().client.trigger_bulk(events)
        assert recorded.span.name == "trigger"
        assert about(recorded.span, "messaging.batch.message_count") == (2,)

    def test_of_another_kind_is_a_clients_and_named_by_its_method(self, recorded):
        Api().client.request("GET", "/v1/subscribers/ann")
        assert (recorded.span.name, recorded.span.kind) == ("GET", trace.SpanKind.CLIENT)
        assert about(recorded.span, "url.path") == ("/v1/subscribers/ann",)

    def test_that_was_tried_again_says_how_often(self, recorded):
        Api(503, 503).client.trigger("welcome", "ann", {})
        assert about(recorded.span, "http.request.resend_count") == (2,)

    @pytest.mark.parametrize(
        ("answer", "error", "status"),
        [(400, NovuApiError, 400), (httpx.UnsupportedProtocol("no"), NovuApiUnreachableError, None)],
    )
    def test_that_fails_says_how(self, recorded, answer, error, status):
        with pytest.raises(error):
            Api(answer).client.trigger("welcome", "ann", {}, transaction_id="t-1")
        assert recorded.span.status.status_code is trace.StatusCode.ERROR
        assert about(recorded.span, "error.type", "http.response.status_code", "novu.transaction.id") == (
            error.__name__,
            status,
            "t-1",
        )


class TestATrace:
    def bridge_query(self, event: dict[str, Any]) -> list[tuple[str, str]]:
        """The query that Novu asks the bridge of an event with: its URL's own, and then Novu's."""
        asked = {"action": "execute", "workflowId": "welcome", "stepId": "mail"}
        return [*httpx.URL(event["bridgeUrl"]).params.multi_items(), *asked.items()]

    async def test_leads_from_a_trigger_to_its_steps_in_the_url_of_the_bridge(self, serve, recorded):
        api = Api()
        await api.client.trigger_async("welcome", "ann", {}, bridge_url="https://a.test/api/novu?tenant=1")
        (event,) = api.sent
        assert event["payload"] == {}
        assert event["bridgeUrl"].startswith("https://a.test/api/novu?tenant=1&traceparent=00-")
        await serve(welcome).send(
            "POST", dict(self.bridge_query(event)), b'{"payload":{},"controls":{},"state":[]}'
        )
        trigger, execute = recorded.spans
        assert execute.parent is not None
        assert execute.parent.span_id == trigger.context.span_id
        assert trace_of(execute) == trace_of(trigger)
        assert execute.links == ()

    async def test_has_a_link_to_the_span_of_the_server(self, serve, recorded):
        query = {"action": "execute", "workflowId": "welcome", "stepId": "mail", "traceparent": TRACEPARENT}
        with recorded.tracer.start_as_current_span("POST /api/novu"):
            await serve(welcome).send("POST", query, b'{"payload":{},"controls":{},"state":[]}')
        execute, server = recorded.spans
        assert trace_of(execute) == TRACE
        assert linked(execute) == [trace_of(server)]

    def test_is_in_the_url_of_each_event_of_a_bulk_that_names_a_bridge(self, recorded):
        api = Api()
        api.client.trigger_bulk(
            [
                {"workflow_id": "welcome", "to": "ann", "bridge_url": "https://a.test/api/novu"},
                {"workflow_id": "welcome", "to": "bob"},
            ]
        )
        first, second = api.sent[0]["events"]
        assert f"?traceparent=00-{trace_of(recorded.span)}-" in first["bridgeUrl"]
        assert second == {"name": "welcome", "to": "bob", "payload": {}}

    def test_in_a_url_leaves_the_event_one_that_does_not_show_its_payload(self, recorded):
        event = trigger_event("welcome", "ann", {"card": "4111"}, bridge_url="https://a.test/api/novu")
        with api_span("POST", "/v1/events/trigger", event) as span:
            assert "traceparent" in span.body["bridgeUrl"]
            assert "4111" not in repr(span.body)

    async def test_that_the_payload_carries_is_a_link(self, serve, recorded):
        await serve(welcome).call("execute", welcome, "mail", payload={"traceparent": TRACEPARENT})
        assert linked(recorded.span) == [TRACE]

    async def test_of_each_event_of_a_digest_is_a_link(self, serve, recorded):
        traces = [f"{number:032x}" for number in range(1, 4)]
        events = [
            {
                "id": "e",
                "time": "2026-01-01T00:00:00.000Z",
                "payload": {"traceparent": f"00-{one}-{'1' * 16}-01"},
            }
            for one in [*traces, traces[0]]
        ]
        before = state("mail", collect={"events": events, "eventCount": 4})
        await serve(welcome).call("execute", welcome, "text", state=before)
        assert about(recorded.span, "novu.outcome") == ("success",)
        assert linked(recorded.span) == traces

    @pytest.mark.parametrize("broken", ["", "00-1-2-3", 7, None, [], f"00-{'0' * 32}-{'1' * 16}-01"])
    async def test_that_cannot_be_read_is_none(self, serve, recorded, broken):
        before = [{"outputs": {"events": events}} for events in (3, [3], [{}], [{"payload": 3}])]
        event = {"payload": {"traceparent": broken}, "state": [*before, {"outputs": 3}, {}]}
        await serve(any_payload).call("execute", any_payload, "text", **event)
        assert about(recorded.span, "novu.outcome") == ("success",)
        assert recorded.span.links == ()

    async def test_has_no_more_links_than_a_span_takes(self, serve, recorded):
        events = [{"payload": {"traceparent": f"00-{one:032x}-{'1' * 16}-01"}} for one in range(1, 200)]
        await serve(any_payload).call("execute", any_payload, "text", state=[{"outputs": {"events": events}}])
        assert len(recorded.span.links) == telemetry.MAX_LINKS


def test_nothing_is_recorded_before_an_sdk_was_set_up():
    assert isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider)
    assert telemetry.current() is None


def test_an_api_that_is_too_old_is_said_and_not_used(monkeypatch, caplog):
    old = SimpleNamespace(create_histogram=lambda self, name, unit="", description="": None)
    monkeypatch.setattr(metrics, "Meter", old)
    with caplog.at_level(logging.WARNING):
        assert telemetry._api.__wrapped__() is None
    assert "1.30" in caplog.text


SCRIPT = """
import asyncio, json, sys
if "blocked" in sys.argv:
    for name in [name for name in sys.modules if name.split(".")[0] == "opentelemetry"]:
        del sys.modules[name]
    sys.modules["opentelemetry"] = None

import httpx
from novu_framework import Client, Step, signature, workflow
from novu_framework.bridge import BridgeRequest, RequestHandler

@workflow("w")
async def w(step: Step):
    await step.sms("text", lambda: {"body": "Hi"})

answer = httpx.Response(201, json={"data": {"acknowledged": True, "status": "processed", "transactionId": "t"}})
client = Client(secret_key="test-secret", transport=httpx.MockTransport(lambda request: answer))
handler = RequestHandler([w], client)
if "sdk" in sys.argv:  # after the bridge was made, as in a lifespan
    from opentelemetry import trace
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
    exporter = InMemorySpanExporter()
    trace.set_tracer_provider(TracerProvider())
    trace.get_tracer_provider().add_span_processor(SimpleSpanProcessor(exporter))

body = b'{"payload":{},"controls":{},"state":[]}'
query = [("action", "execute"), ("workflowId", "w"), ("stepId", "text")]
request = BridgeRequest("POST", query, {"novu-signature": signature.sign(body, "test-secret")}, body)
outputs = json.loads(asyncio.run(handler(request)).body)["outputs"]
transaction = client.trigger("w", "ann").transaction_id
spans = [span.name for span in exporter.get_finished_spans()] if "sdk" in sys.argv else []
print(json.dumps([outputs, transaction, spans]))
"""


@pytest.mark.parametrize(
    ("how", "spans"), [("blocked", []), ("api-only", []), ("sdk", ["execute w/text", "trigger w"])]
)
def test_a_bridge_answers_the_same_with_and_without_opentelemetry(tmp_path: Path, how, spans):
    Path(tmp_path, "script.py").write_text(SCRIPT, encoding="utf-8")
    done = python("script.py", how, cwd=tmp_path, env={})
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [{"body": "Hi"}, "t", spans]
