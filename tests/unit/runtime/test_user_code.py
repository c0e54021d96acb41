"""What people's own code does to a run: how it waits for steps, what it raises, what it is wrapped in."""

from __future__ import annotations

import asyncio
import functools
import gc
import logging
import sys
import uuid
from datetime import date, datetime, time

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from pydantic import BaseModel

from novu_framework import Client, Step, SyncStep, signature, workflow
from novu_framework.asgi import handler_of
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.errors import WorkflowDiscoveryError, WorkflowPayloadInvalidError
from novu_framework.fastapi import novu_router
from novu_framework.fastapi import serve as serve_on

from .conftest import SECRET, state


class TestStepsSideBySide:
    async def test_waiting_for_all_of_them_whatever_they_raise(self, serve):
        @workflow("w")
        async def w(step: Step):
            await asyncio.gather(*(step.sms(name, {"body": name}) for name in "abc"), return_exceptions=True)

        novu = serve(w)
        assert await novu.outputs(w, "a") == {"body": "a"}
        assert await novu.outputs(w, "b", state=state("a")) == {"body": "b"}

    async def test_tasks_that_are_waited_for_and_never_looked_at(self, serve, caplog):
        @workflow("w")
        async def w(step: Step):
            await asyncio.wait([asyncio.create_task(step.sms(name, {"body": name})) for name in "abc"])

        gc.collect()  # what tests before it have left
        caplog.clear()
        assert await serve(w).outputs(w, "a") == {"body": "a"}
        gc.collect()
        assert "never retrieved" not in caplog.text

    @pytest.mark.skipif(sys.version_info < (3, 12), reason="eager tasks are of Python 3.12")
    async def test_tasks_that_start_at_once_and_are_never_looked_at(self, serve, caplog):
        @workflow("w")
        async def w(step: Step):
            _tasks = [asyncio.create_task(step.sms(name, {"body": name})) for name in "abc"]
            await asyncio.sleep(0)

        novu = serve(w)
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
        gc.collect()
        caplog.clear()
        assert await novu.outputs(w, "a") == {"body": "a"}
        gc.collect()
        assert "never retrieved" not in caplog.text

    @pytest.mark.skipif(sys.version_info < (3, 11), reason="TaskGroup is of Python 3.11")
    async def test_a_task_group_keeps_the_code_of_an_error(self, serve):
        async def slow():
            await asyncio.Event().wait()  # until the group cancels it

        @workflow("w")
        async def w(step: Step):
            async with asyncio.TaskGroup() as group:
                group.create_task(step.sms("a", {"body": "a"}))
                group.create_task(step.sms("b", slow))

        status, code, _ = await serve(w).failure(w, "b")
        assert (status, code) == (400, "ExecutionStateCorruptError")

    @pytest.mark.parametrize("mode", ["async", "sync"])
    async def test_a_step_inside_a_resolver_is_an_error_that_says_so(self, serve, mode):
        @workflow("async")
        async def nested(step: Step):
            async def render():
                await step.sms("inner", {"body": "x"})
                return {"body": "y"}

            await step.sms("outer", render)

        @workflow("sync")
        def nested_sync(step: SyncStep):
            def render():
                step.sms("inner", {"body": "x"})
                return {"body": "y"}

            step.sms("outer", render)

        w = nested if mode == "async" else nested_sync
        status, code, message = await asyncio.wait_for(serve(w).failure(w, "outer"), 30)
        assert (status, code) == (502, "StepExecutionFailedError")
        assert "step `inner` is called inside a function of step `outer`" in message


class Unprintable(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


class NotEvenAnException(BaseException):
    pass


class TestExceptionsOfManyKinds:
    @pytest.mark.parametrize("error", [Unprintable(), NotEvenAnException("odd")])
    async def test_of_a_resolver_are_a_502(self, serve, error):
        @workflow("w")
        async def w(step: Step):
            def render():
                raise error

            await step.sms("a", render)

        status, code, message = await serve(w).failure(w, "a")
        assert (status, code) == (502, "StepExecutionFailedError")
        assert type(error).__name__ in message or "odd" in message

    @pytest.mark.parametrize("goes_on", [False, True])
    @pytest.mark.parametrize("error", [Unprintable(), NotEvenAnException("odd")])
    async def test_of_a_skip_are_a_500(self, serve, error, goes_on):
        @workflow("w")
        async def w(step: Step):
            def skip():
                raise error

            try:
                await step.sms("a", {"body": "x"}, skip=skip)
            finally:
                if goes_on:
                    await step.sms("b", {"body": "x"})

        status, code, _ = await asyncio.wait_for(serve(w).failure(w, "a"), 60)
        assert (status, code) == (500, "BridgeError")

    async def test_of_a_skip_are_a_500_though_another_step_waits_beside(self, serve, caplog):
        @workflow("w")
        async def w(step: Step):
            async def skip():
                await asyncio.sleep(0.01)
                raise NotEvenAnException("odd")

            await asyncio.gather(step.sms("a", {"body": "x"}, skip=skip), step.sms("b", {"body": "x"}))

        status, code, _ = await asyncio.wait_for(serve(w).failure(w, "a"), 60)
        assert (status, code) == (500, "BridgeError")
        await asyncio.sleep(0)
        gc.collect()
        assert "never retrieved" not in caplog.text

    @pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 cannot tell who cancelled")
    async def test_a_cancelled_task_of_the_resolver_is_its_own_failure(self, serve):
        @workflow("w")
        async def w(step: Step):
            async def render():
                task = asyncio.create_task(asyncio.sleep(60))
                task.cancel()
                await task

            await step.sms("a", render)

        status, code, _ = await serve(w).failure(w, "a")
        assert (status, code) == (502, "StepExecutionFailedError")

    @pytest.mark.parametrize("goes_on", [False, True])
    async def test_cancelling_the_request_still_ends_it(self, serve, goes_on):
        started = asyncio.Event()

        @workflow("w")
        async def w(step: Step):
            async def render():
                started.set()
                await asyncio.sleep(60)

            try:
                await step.sms("a", render)
            finally:
                if goes_on:
                    await step.sms("b", {"body": "x"})

        request = asyncio.create_task(serve(w).call("execute", w, "a"))
        await started.wait()
        request.cancel()
        assert await asyncio.wait([request], timeout=60) == ({request}, set())
        with pytest.raises(asyncio.CancelledError):
            await request

    async def test_the_secret_key_is_not_in_an_answer(self, serve):
        @workflow("w")
        async def w(step: Step):
            def render():
                raise RuntimeError(f"refused: {SECRET}")

            await step.sms("a", render)

        status, answer = await serve(w).call("execute", w, "a")
        assert status == 502
        assert SECRET not in str(answer)
        assert "refused: [secret key]" in answer["message"]


class TestWhatAHandlerIsWrappedIn:
    def test_a_plain_wrapper_of_an_async_handler_is_an_error(self):
        def logged(function):
            @functools.wraps(function)
            def wrapper(*args, **kwargs):
                logging.getLogger(__name__).debug("called")
                return function(*args, **kwargs)

            return wrapper

        @workflow("w")
        @logged
        async def w(step: Step):
            await step.sms("a", {"body": "x"})

        with pytest.raises(TypeError, match="wrapped by a plain function"):
            w.discover()

    def test_a_generator_is_an_error(self):
        @workflow("w")
        async def w(step: Step):
            yield step.sms("a", {"body": "x"})

        with pytest.raises(TypeError, match="yields"):
            w.discover()

    def test_its_code_keeps_its_indentation(self):
        @workflow("w")
        async def w(step: Step):
            def render():
                return {"body": "x"}

            await step.sms("a", render)

        assert w.discover()["steps"][0]["code"] == 'def render():\n    return {"body": "x"}'


def asking(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://app")


class TestFindingTheBridgeOfAnApp:
    def router(self) -> APIRouter:
        return novu_router(workflows=[], client=Client(secret_key=SECRET))

    def test_in_an_included_router(self):
        app, outer = FastAPI(), APIRouter()
        outer.include_router(self.router(), prefix="/inner")
        app.include_router(outer, prefix="/outer")
        assert handler_of(app) is not None

    def test_in_a_mounted_app_behind_middleware(self):
        app, inner = FastAPI(), FastAPI()
        inner.include_router(self.router())
        app.mount("/inner", GZipMiddleware(inner))
        assert handler_of(CORSMiddleware(app)) is handler_of(inner) is not None

    def test_where_there_is_none(self):
        assert handler_of(FastAPI()) is None


class TestOverHttp:
    async def test_a_router_with_a_prefix_of_its_own(self):
        router = APIRouter(prefix="/hooks")
        serve_on(router, "/novu", workflows=[], client=Client(secret_key=SECRET))
        app = FastAPI()
        app.include_router(router, prefix="/v1")
        async with asking(app) as http:
            assert (await http.get("/v1/hooks/novu")).status_code == 200

    @pytest.mark.parametrize(("first", "second", "status"), [("good", "bad", 200), ("bad", "good", 401)])
    async def test_of_a_header_sent_twice_the_first_counts(self, first, second, status):
        app = FastAPI()
        serve_on(app, workflows=[], client=Client(secret_key=SECRET))
        good = signature.sign(b"", SECRET)
        values = {"good": good, "bad": good.replace("v1=", "v1=0")}
        headers = [(signature.HEADER, values[first]), (signature.HEADER, values[second])]
        async with asking(app) as http:
            answer = await http.get("/api/novu?action=discover", headers=headers)
        assert answer.status_code == status


async def test_the_bridge_answers_where_a_message_is_not_utf8(monkeypatch):
    # pytest-xdist cannot send a captured log with a lone surrogate in it, and ends the session
    monkeypatch.setattr(logging.getLogger("novu_framework"), "disabled", True)

    @workflow("w")
    async def w(step: Step):
        def render():
            raise ValueError("\ud800")

        await step.sms("a", render)

    handler = RequestHandler([w], Client(secret_key=SECRET))
    body = b'{"payload":{},"controls":{},"state":[]}'
    query = [("action", "execute"), ("workflowId", "w"), ("stepId", "a")]
    answer = await handler(
        BridgeRequest("POST", query, {signature.HEADER: signature.sign(body, SECRET)}, body)
    )
    assert answer.status == 502


class Invoice(BaseModel):
    path: str
    due: date
    paid: bool = False


class TestCodeThatStandInsDoNotDoFor:
    def test_runs_with_made_up_data(self):
        @workflow("w", payload_schema=Invoice)
        async def w(payload, step: Step):
            assert isinstance(payload, Invoice)
            due = datetime.combine(payload.due, time(12))
            await step.sms("a", lambda: {"body": f"due {due}"})

        assert [step["stepId"] for step in w.discover()["steps"]] == ["a"]

    def test_and_where_that_fails_too_the_error_names_the_users_line(self):
        @workflow("w", payload_schema=Invoice)
        async def w(payload, step: Step):
            uuid.UUID(payload.path)

        with pytest.raises(
            WorkflowDiscoveryError, match=r"test_user_code\.py:\d+ \(`uuid\.UUID\(payload\.path\)`\)"
        ):
            w.discover()

    def test_opening_a_file_by_its_name_opens_no_other(self):
        @workflow("w", payload_schema=Invoice)
        def w(payload, step: SyncStep):
            with open(payload.path):
                pass

        with pytest.raises(WorkflowDiscoveryError, match="FileNotFoundError"):
            w.discover()

    def test_async_protocols_of_what_a_service_gives(self):
        @workflow("w")
        async def w(payload, step: Step):
            async with payload.session as session:
                async for row in session.rows:
                    str(row.name)
            await step.sms("a", {"body": "x"})

        assert [step["stepId"] for step in w.discover()["steps"]] == ["a"]


def test_a_payload_that_is_no_json_is_an_invalid_one():
    @workflow("w")
    async def w(payload, step: Step):
        await step.sms("a", {"body": "x"})

    with pytest.raises(WorkflowPayloadInvalidError, match="object"):
        w.trigger("ann", {"it": object()}, client=Client(secret_key=SECRET))


class TestMistakesOfBeginners:
    def test_a_step_that_is_declared_wrong_is_not_blamed_on_the_data(self):
        @workflow("w")
        async def w(step: Step):
            await step.sms("a", lambda one, two: {"body": "x"})

        with pytest.raises(WorkflowDiscoveryError) as caught:
            w.discover()
        assert "step `a`" in str(caught.value)
        assert "how the step is declared" in str(caught.value)
        assert "stand-ins" not in str(caught.value)

    def test_a_decorator_without_its_id(self):
        with pytest.raises(TypeError, match=r"@workflow takes the id of the workflow"):

            @workflow
            async def w(step: Step):
                pass

    def test_an_unknown_severity_lists_the_known(self):
        with pytest.raises(ValueError, match="none, low, medium, high, not 'urgent'"):
            workflow("w", severity="urgent")(lambda step: None)

    def test_one_workflow_where_a_list_is_wanted(self, serve):
        with pytest.raises(TypeError, match="workflows is a list"):
            RequestHandler(workflow("w")(lambda step: None), Client(secret_key=SECRET))
