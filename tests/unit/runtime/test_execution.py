"""What runs when Novu asks for one step, and what does not."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import logging
import sys
import threading
from typing import Any

import pytest
from pydantic import BaseModel

from novu_framework import DigestResult, EmailOutput, InAppResult, Step, Subscriber, SyncStep, workflow
from novu_framework.answers import StepWarning, observed_steps
from novu_framework.errors import (
    BridgeError,
    ExecutionStateOutputInvalidError,
    StepExecutionFailedError,
    WorkflowNotFoundError,
)
from novu_framework.execution import execute

from .conftest import SEEN, state


class TestNothingAfterTheAskedStepRuns:
    async def test_code_behind_it(self, serve):
        ran = []

        @workflow("w")
        async def w(step: Step):
            await step.sms("a", lambda: {"body": "a"})
            ran.append("after")
            await step.sms("b", lambda: ran.append("b") or {"body": "b"})

        novu = serve(w)
        ran.clear()
        assert await novu.outputs(w, "a") == {"body": "a"}
        assert ran == []

    async def test_with_except_exception_around_it(self, serve):
        ran = []

        @workflow("w")
        async def w(step: Step):
            try:
                await step.sms("a", lambda: {"body": "a"})
            except Exception:
                ran.append("except")
            await step.sms("b", lambda: ran.append("b") or {"body": "b"})

        assert await serve(w).outputs(w, "a") == {"body": "a"}
        assert ran == []

    async def test_when_its_own_error_is_swallowed(self, serve):
        def boom():
            raise ValueError("boom")

        @workflow("w")
        async def w(step: Step):
            try:
                await step.sms("a", boom)
            except Exception:
                await step.sms("b", lambda: {"body": "b"})

        assert await serve(w).failure(w, "a") == (
            502,
            "StepExecutionFailedError",
            "Failed to execute Step with id: `a`: boom",
        )

    async def test_with_steps_in_finally_and_a_bare_except(self, serve):
        ran = []

        @workflow("w")
        async def w(step: Step):
            try:
                await step.sms("a", lambda: {"body": "a"})
            except:  # noqa: E722
                await step.sms("b", lambda: ran.append("b") or {"body": "b"})
            finally:
                await step.sms("c", lambda: ran.append("c") or {"body": "c"})

        assert await serve(w).outputs(w, "a") == {"body": "a"}
        assert ran == []

    async def test_in_a_gather_of_steps(self, serve):
        ran = []

        async def slow():
            await asyncio.sleep(0.01)
            return {"body": "slow"}

        @workflow("w")
        async def w(step: Step):
            await asyncio.gather(step.sms("a", slow), step.sms("b", lambda: ran.append("b") or {"body": "b"}))

        novu = serve(w)
        assert await novu.outputs(w, "a") == {"body": "slow"}
        assert ran == []
        assert await novu.outputs(w, "b", state=state("a")) == {"body": "b"}

    @pytest.mark.skipif(sys.version_info < (3, 11), reason="asyncio.TaskGroup came with Python 3.11")
    async def test_in_a_task_group(self, serve):
        async def slow():
            await asyncio.sleep(0.01)
            return {"body": "slow"}

        @workflow("w")
        async def w(step: Step):
            async with asyncio.TaskGroup() as group:
                group.create_task(step.sms("a", slow))
                group.create_task(step.sms("b", lambda: {"body": "b"}))

        assert await serve(w).outputs(w, "a") == {"body": "slow"}

    async def test_in_a_helper_function_and_a_loop(self, serve):
        ran = []

        async def helper(step, name):
            await step.sms(name, lambda: ran.append(name) or {"body": name})

        @workflow("w")
        async def w(step: Step):
            for name in ("a", "b", "c"):
                await helper(step, name)

        assert await serve(w).outputs(w, "b", state=state("a")) == {"body": "b"}
        assert ran == ["b"]

    async def test_in_a_plain_function(self, serve):
        ran = []

        @workflow("w")
        def w(step: SyncStep):
            try:
                step.sms("a", lambda: {"body": "a"})
            except Exception:
                ran.append("except")
            finally:
                step.sms("b", lambda: ran.append("b") or {"body": "b"})

        assert await serve(w).outputs(w, "a") == {"body": "a"}
        assert ran == []

    async def test_open_context_managers_are_closed(self, serve):
        events = []

        class Session:
            async def __aenter__(self):
                events.append("open")

            async def __aexit__(self, *exc_info):
                events.append("closed")

        @workflow("w")
        async def w(step: Step):
            async with Session():
                await step.sms("a", lambda: {"body": "a"})

        novu = serve(w)
        events.clear()
        await novu.outputs(w, "a")
        assert events == ["open", "closed"]


class TestWhatARunLeavesBehind:
    @pytest.mark.parametrize("is_async", [True, False])
    async def test_nothing_for_the_garbage_collector(self, is_async):
        @workflow("w")
        async def awaits(step: Step):
            await step.sms("a", {"body": "x"})

        @workflow("w")
        def plain(step: SyncStep):
            step.sms("a", {"body": "x"})

        event = {"payload": {}, "controls": {}, "state": []}
        await execute(awaits if is_async else plain, "a", event)  # what is made once
        gc.collect()
        gc.disable()
        try:
            for _ in range(20):
                await execute(awaits if is_async else plain, "a", event)
            assert gc.collect() < 20
        finally:
            gc.enable()

    @pytest.mark.skipif(
        sys.version_info >= (3, 12), reason="tasks nest from Python 3.12 on, and cannot be told apart"
    )
    async def test_a_failure_that_asyncio_reports_where_nobody_asks_for_it(self):
        def fails():
            raise ValueError("boom")

        @workflow("w")
        async def w(step: Step):
            await step.sms("a", fails)

        reported = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))
        task = asyncio.create_task(execute(w, "a", {"payload": {}, "controls": {}, "state": []}))
        await asyncio.wait([task])
        del task
        gc.collect()
        assert [type(each["exception"]) for each in reported] == [StepExecutionFailedError]


class TestWhereFunctionsRun:
    async def test_sync_resolvers_leave_the_event_loop_and_keep_context_variables(self, serve):
        request_id = contextvars.ContextVar("request_id", default="none")
        threads = []

        def render():
            threads.append(threading.current_thread())
            return {"body": request_id.get()}

        @workflow("w")
        async def w(step: Step):
            await step.sms("a", render)

        novu = serve(w)
        request_id.set("r-1")
        assert await novu.outputs(w, "a") == {"body": "r-1"}
        assert threads[0] is not threading.current_thread()

    async def test_a_sync_handler_leaves_the_event_loop_and_its_async_resolver_does_not(self, serve):
        threads: dict[str, Any] = {}
        loop = asyncio.get_running_loop()

        async def render():
            threads["resolver"] = asyncio.get_running_loop() is loop
            return {"body": "x"}

        @workflow("w")
        def w(step: SyncStep):
            threads["handler"] = threading.current_thread()
            step.sms("a", render)

        assert await serve(w).outputs(w, "a") == {"body": "x"}
        assert threads["handler"] is not threading.current_thread()
        assert threads["resolver"] is True

    async def test_sync_resolvers_of_several_requests_run_side_by_side(self, serve):
        together = threading.Barrier(4, timeout=60)

        def render():
            together.wait()  # passes only when four are in here at once
            return {"body": "x"}

        @workflow("w")
        async def w(step: Step):
            await step.sms("a", render)

        @workflow("v")
        def v(step: SyncStep):
            step.sms("a", render)

        novu = serve(w, v)
        calls = [novu.outputs(w, "a"), novu.outputs(w, "a"), novu.outputs(v, "a"), novu.outputs(v, "a")]
        assert await asyncio.gather(*calls) == [{"body": "x"}] * 4

    async def test_many_sync_handlers_at_once_do_not_starve_each_other(self, serve):
        async def nothing():
            return {"body": "x"}

        @workflow("w")
        def w(step: SyncStep):
            step.sms("a", lambda: {"body": "x"})
            step.sms("b", nothing)

        novu = serve(w)
        calls = [novu.outputs(w, "b", state=state("a")) for _ in range(100)]
        assert await asyncio.wait_for(asyncio.gather(*calls), 120) == [{"body": "x"}] * 100


class TestResults:
    async def test_earlier_steps_give_their_results(self, serve):
        class Score(BaseModel):
            points: int

        seen: dict[str, Any] = {}

        @workflow("w")
        async def w(step: Step):
            seen["in_app"] = await step.in_app("i", lambda: {"body": "x"})
            seen["digest"] = await step.digest("d", {"amount": 1, "unit": "hours"})
            seen["delay"] = await step.delay("l", {"amount": 1, "unit": "hours"})
            seen["throttle"] = await step.throttle("t", {"type": "fixed", "amount": 1, "unit": "hours"})
            seen["custom"] = await step.custom("c", lambda: {"points": 1}, output_schema=Score)
            seen["sms"] = await step.sms("s", lambda: {"body": "x"})
            await step.email("e", lambda: {"subject": "s", "body": "b"})

        event = {"id": "1", "time": "2026-01-01T10:00:00.000Z", "payload": {"n": 1}}
        entries = state(
            "s",
            t={
                "throttled": False,
                "executionCount": 1,
                "threshold": 2,
                "windowStart": "2026-01-01T00:00:00Z",
            },
            l={"duration": 3_600_000},
            d={"events": [event, event]},
            c={"points": 7},
            i=SEEN,
        )
        await serve(w).outputs(w, "e", state=entries)
        assert isinstance(seen["in_app"], InAppResult)
        assert seen["in_app"].seen
        assert seen["in_app"].last_seen_date.year == 2026
        assert isinstance(seen["digest"], DigestResult)
        assert seen["digest"].event_count == 2
        assert seen["digest"].events[0].payload == {"n": 1}
        assert f"{seen['digest'].events[0].time:%d %B}" == "01 January"
        assert seen["delay"].duration == 3_600_000
        assert seen["throttle"].threshold == 2
        assert seen["custom"] == Score(points=7)
        assert seen["sms"] is None

    async def test_the_state_of_an_earlier_step_must_be_there_and_fit(self, serve):
        @workflow("w")
        async def w(step: Step):
            await step.in_app("i", lambda: {"body": "x"})
            await step.sms("s", lambda: {"body": "x"})

        novu = serve(w)
        assert (await novu.failure(w, "s"))[:2] == (400, "ExecutionStateCorruptError")
        assert (await novu.failure(w, "s", state=state("i")))[:2] == (400, "ExecutionStateResultInvalidError")
        assert (await novu.failure(w, "s", state={"i": SEEN}))[:2] == (400, "ExecutionStateCorruptError")


class TestResolvers:
    async def test_controls_are_handed_over_as_their_annotation_says(self, serve):
        class EmailControls(BaseModel):
            subject: str = "Hello {{ payload.name }}"
            footer: bool = True

        @workflow("w")
        async def w(payload: dict, step: Step):
            async def render(controls: EmailControls) -> EmailOutput:
                assert isinstance(controls, EmailControls)
                return EmailOutput(subject=controls.subject, body=f"footer {controls.footer}")

            await step.email("e", render)

        novu = serve(w)
        assert await novu.outputs(w, "e", payload={"name": "Ann"}) == {
            "subject": "Hello Ann",
            "body": "footer True",
        }
        edited = {"subject": "{{ subscriber.firstName | upcase }}", "footer": False}
        assert await novu.outputs(w, "e", controls=edited, subscriber={"firstName": "Bo"}) == {
            "subject": "BO",
            "body": "footer False",
        }

    async def test_a_value_a_function_of_nothing_and_one_of_controls(self, serve):
        schema = {"type": "object", "properties": {"text": {"type": "string", "default": "d"}}}

        @workflow("w")
        async def w(step: Step):
            await step.sms("value", {"body": "v"})
            await step.sms("nothing", lambda: {"body": "n"})
            await step.sms("controls", lambda controls: {"body": controls["text"]}, control_schema=schema)

        novu = serve(w)
        assert await novu.outputs(w, "value") == {"body": "v"}
        assert await novu.outputs(w, "nothing", state=state("value")) == {"body": "n"}
        assert await novu.outputs(w, "controls", state=state("value", "nothing")) == {"body": "d"}

    async def test_keys_may_be_snake_case_and_unknown_ones_are_dropped_with_a_warning(self, serve, caplog):
        @workflow("w")
        async def w(step: Step):
            await step.in_app(
                "i",
                {
                    "body": "x",
                    "primary_action": {"label": "Go", "redirect": {"url": "/a"}},
                    "data": {"snake_case": 1},
                    "colour": "red",
                },
            )

        with caplog.at_level(logging.WARNING, "novu_framework"):
            outputs = await serve(w).outputs(w, "i")
        assert outputs == {
            "body": "x",
            "primaryAction": {"label": "Go", "redirect": {"url": "/a", "target": "_self"}},
            "data": {"snake_case": 1},
        }
        assert "step `i`: dropped `colour`" in caplog.text

    async def test_providers_get_controls_and_outputs_by_name(self, serve):
        @workflow("w")
        async def w(step: Step):
            await step.email(
                "e",
                {"subject": "pool", "body": "b"},
                providers={
                    "sendgrid": lambda outputs: {"ipPoolName": outputs["subject"]},
                    "ses": lambda controls, outputs: {"_passthrough": {"body": {"Tags": [outputs["body"]]}}},
                    "postmark": lambda: {"_passthrough": {"query": {"a": "b"}}},
                },
            )

        status, answer = await serve(w).call("execute", w, "e")
        assert status == 200
        assert answer["providers"] == {
            "sendgrid": {"ipPoolName": "pool"},
            "ses": {"_passthrough": {"body": {"Tags": ["b"]}}},
            "postmark": {"_passthrough": {"query": {"a": "b"}}},
        }

    @pytest.mark.parametrize("skip", [True, lambda: True, lambda controls: True])
    async def test_skip_answers_without_calling_the_resolver(self, serve, skip):
        called = []

        @workflow("w")
        async def w(step: Step):
            await step.sms("s", lambda: called.append(1) or {"body": "x"}, skip=skip)

        novu = serve(w)
        _, answer = await novu.call("execute", w, "s")
        assert (answer["outputs"], answer["options"], called) == ({}, {"skip": True}, [])
        _, answer = await novu.call("preview", w, "s")
        assert (answer["outputs"], answer["options"]) == ({"body": "x"}, {"skip": False})

    async def test_html_is_sanitised_unless_switched_off(self, serve):
        html = "<p>hi<script>steal()</script></p>"

        @workflow("w")
        async def w(step: Step):
            await step.email("safe", {"subject": "s", "body": html})
            await step.email("raw", {"subject": "s", "body": html}, disable_output_sanitization=True)

        novu = serve(w)
        assert (await novu.outputs(w, "safe"))["body"] == "<p>hi</p>"
        assert (await novu.outputs(w, "raw", state=state("safe")))["body"] == html


class TestErrors:
    async def test_a_resolver_that_raises_is_logged_once_with_its_traceback(self, serve, caplog):
        def boom():
            raise KeyError("missing")

        @workflow("w")
        async def w(step: Step):
            await step.sms("s", boom)

        with caplog.at_level(logging.ERROR, "novu_framework"):
            status, answer = await serve(w).call("execute", w, "s")
        assert status == 502
        assert answer["code"] == "StepExecutionFailedError"
        assert "step with id: `s`" in answer["message"].lower()
        assert answer["data"]["stack"].startswith("KeyError: 'missing'\n    at boom (test_execution.py:")
        assert len(caplog.records) == 1
        assert caplog.records[0].exc_info is not None

    async def test_a_provider_that_raises_names_the_provider(self, serve):
        def boom(outputs):
            raise RuntimeError("no pool")

        @workflow("w")
        async def w(step: Step):
            await step.email("e", {"subject": "s", "body": "b"}, providers={"sendgrid": boom})

        assert await serve(w).failure(w, "e") == (
            502,
            "ProviderExecutionFailedError",
            "Failed to execute Provider with id: `sendgrid`: no pool",
        )

    async def test_a_step_behind_a_condition_is_named_with_the_way_out(self, serve):
        @workflow("w")
        async def w(payload: dict, step: Step):
            if payload.get("urgent"):
                await step.sms("hidden", {"body": "x"})
            await step.email("e", {"subject": "s", "body": "b"})

        status, code, message = await serve(w).failure(w, "e", payload={"urgent": True})
        assert (status, code) == (404, "StepNotFoundError")
        assert "`hidden`" in message
        assert "skip" in message

    async def test_a_handler_that_raises_before_the_step_is_a_bridge_error(self, serve):
        live = []

        @workflow("w")
        async def w(step: Step):
            if live:
                raise LookupError("no such tenant")
            await step.sms("s", {"body": "x"})

        novu = serve(w)
        live.append(1)
        assert await novu.failure(w, "s") == (500, "BridgeError", "Unknown BridgeError: no such tenant")


class TestObservedSteps:
    @pytest.fixture(autouse=True)
    def _logging_is_off(self):
        logging.disable(logging.CRITICAL)
        yield
        logging.disable(logging.NOTSET)

    async def test_a_dropped_key_is_seen_beside_a_default_that_is_filled_in(self):
        schema = {
            "type": "object",
            "properties": {"score": {"type": "integer"}, "tone": {"type": "string", "default": "kind"}},
            "additionalProperties": False,
        }
        given = {"score": 1, "colour": "red"}

        @workflow("w")
        async def scored(step: Step) -> None:
            await step.custom("a", lambda: given, output_schema=schema)

        answer = await execute(scored, "a", {"payload": {}, "controls": {}, "state": []})
        assert answer.outputs == {"score": 1, "tone": "kind"}
        assert [warning.keys for warning in answer.warnings] == [("colour",)]
        assert given == {"score": 1, "colour": "red"}

    async def test_dropped_keys_and_unreached_steps_are_facts_whatever_logging_is_configured(self, serve):
        @workflow("w")
        async def w(payload: dict, step: Step):
            await step.sms("a", lambda: {"body": "x", "bodi": 1, "colour": 2})

        @workflow("v")
        def v(step: SyncStep):
            step.sms("a", {"body": "x", "bodi": 1})

        novu = serve(w, v)
        dropped = StepWarning("dropped-output", "w", "a", "sms", ("bodi", "colour"))
        with observed_steps() as observed:
            await novu.outputs(w, "a")
            await novu.outputs(w, "nothing", state=state("a"))
            await asyncio.create_task(novu.outputs(v, "a"))
        await novu.outputs(w, "a")
        assert observed.warnings == [
            dropped,
            StepWarning("unreached-step", "w", "nothing"),
            StepWarning("dropped-output", "v", "a", "sms", ("bodi",)),
        ]
        assert dropped.message == "dropped `bodi`, `colour`, which a step of type sms does not have."
        answer = await execute(w, "a", {"payload": {}, "controls": {}, "state": []})
        assert answer.warnings == (dropped,)

    async def test_the_errors_that_the_bridge_answers_are_facts(self, serve):
        @workflow("w")
        async def w(payload: dict, step: Step):
            if payload.get("boom"):
                raise LookupError("boom")
            await step.sms("a", lambda: {"text": "x"})

        @workflow("unknown")
        async def unknown(payload: dict, step: Step):
            await step.sms("a", {"body": "x"})

        novu = serve(w)
        with observed_steps() as observed:
            await novu.failure(w, "a")
            await novu.failure(w, "a", payload={"boom": True})
            await novu.failure(unknown, "a")
        output, handler, workflow_id = observed.errors
        assert isinstance(output, ExecutionStateOutputInvalidError)
        assert (output.workflow_id, output.step_id) == ("w", "a")
        assert isinstance(handler, BridgeError)
        assert isinstance(handler.__cause__, LookupError)
        assert isinstance(workflow_id, WorkflowNotFoundError)
        assert workflow_id.workflow_id == "unknown"
        assert observed.warnings == []


class TestPreview:
    async def test_missing_payload_and_results_are_made_up_and_the_same_every_time(self, serve):
        class Payload(BaseModel):
            name: str
            count: int

        @workflow("w")
        async def w(payload: Payload, step: Step):
            inbox = await step.in_app("i", {"body": "x"})
            await step.sms("s", lambda: {"body": f"{payload.name} {payload.count} {inbox.read}"})

        novu = serve(w)
        first = await novu.call("preview", w, "s", payload={})
        assert first[0] == 200
        assert first[1]["outputs"]["body"].startswith("[placeholder] ")
        again = await novu.call("preview", w, "s", payload={})
        assert again[1]["outputs"] == first[1]["outputs"]


class TestTheSubscriber:
    async def test_it_has_python_names_and_keeps_what_is_not_known(self, serve):
        @workflow("w")
        async def w(step: Step, subscriber: Subscriber):
            await step.sms("s", lambda: {"body": f"{subscriber.first_name} {subscriber.plan}"})

        data = {"subscriberId": "ann", "firstName": "Ann", "plan": "pro"}
        assert await serve(w).outputs(w, "s", subscriber=data) == {"body": "Ann pro"}

    @pytest.mark.parametrize("data", [None, "ann", 5, [1], {"email": 5}])
    async def test_one_of_another_shape_is_never_an_error(self, serve, data):
        @workflow("w")
        async def w(step: Step, subscriber: Subscriber):
            await step.sms("s", lambda: {"body": f"{subscriber.first_name}"})

        assert await serve(w).outputs(w, "s", subscriber=data) == {"body": "None"}
