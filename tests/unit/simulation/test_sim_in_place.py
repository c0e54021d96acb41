"""Plain workflows and resolvers run in the test's own thread; nothing else about them is different."""

import asyncio
import contextvars
import threading

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from fastapi import FastAPI

from novu_framework import Step, SyncStep, workflow
from novu_framework.fastapi import Client, serve
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud
from novu_framework_testing.api.server import CloudServer

ANN = {"subscriberId": "ann", "email": "ann@acme.test"}
seen = contextvars.ContextVar("seen", default="nothing")


def noting(resolver):
    @workflow("noting")
    async def noting(step: Step) -> None:
        await step.in_app("inbox", resolver)

    return noting


def run(resolver):
    with NovuSimulator() as novu:
        novu.register(noting(resolver))
        return novu.trigger("noting", ANN).run


def test_a_plain_resolver_runs_in_the_thread_of_the_test():
    threads = []
    run(lambda: threads.append(threading.current_thread()) or {"body": "x"})
    assert threads == [threading.current_thread()]


def test_it_finds_no_running_loop_and_may_run_one():
    async def body():
        await asyncio.sleep(0)
        return asyncio.current_task().get_name()

    def resolver():
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        return {"body": "ran " + asyncio.run(body(), debug=False)[:4]}

    assert run(resolver).messages[0].body == "ran Task"


def test_what_it_sets_in_its_context_stays_there():
    def resolver():
        before = seen.get()
        seen.set("the resolver")
        return {"body": before}

    seen.set("the test")
    assert run(resolver).messages[0].body == "the test"
    assert seen.get() == "the test"


def test_what_it_raises_fails_its_step():
    def resolver():
        raise StopIteration("odd")

    assert run(resolver).step("inbox").status == "failed"


def plain_workflow(threads):
    @workflow("plain")
    def plain(step: SyncStep) -> None:
        async def render():
            await asyncio.sleep(0)
            threads.append(threading.current_thread())
            return {"body": "async"}

        threads.append(threading.current_thread())
        step.in_app("first", render)
        step.in_app("second", lambda: threads.append(threading.current_thread()) or {"body": "sync"})

    return plain


def given(novu, flow, how):
    if how == "registered":
        novu.register(flow)
    else:
        app = FastAPI()
        serve(app, workflows=[flow], client=Client(secret_key=novu.secret_key))
        novu.connect(app)


@pytest.mark.parametrize("how", ["registered", "connected"])
def test_a_plain_workflow_with_async_resolvers_stays_in_the_thread_of_the_test(how):
    threads = []
    with NovuSimulator() as novu:
        given(novu, plain_workflow(threads), how)
        assert [message.body for message in novu.trigger("plain", ANN).messages] == ["async", "sync"]
    assert set(threads) == {threading.current_thread()}


@pytest.mark.parametrize("how", ["registered", "connected"])
@pytest.mark.parametrize("blocking", [True, False])
async def test_it_stays_there_in_an_async_test_too(how, blocking):
    threads = []
    async with NovuSimulator() as novu:
        given(novu, plain_workflow(threads), how)
        trigger = novu.trigger("plain", ANN) if blocking else await novu.trigger_async("plain", ANN)
        assert [message.body for message in trigger.messages] == ["async", "sync"]
    assert set(threads) == {threading.current_thread()}


def test_a_bridge_that_is_served_keeps_its_threads():
    threads = []
    with NovuSimulator(secret_key="key") as novu, CloudServer(Cloud(novu)) as server:
        novu.register(plain_workflow(threads))
        threads.clear()  # discovery has run here
        with Client(secret_key="key", api_url=server.url) as client:
            client.request("POST", "/v1/events/trigger", {"name": "plain", "to": "ann"})
    assert threading.current_thread() not in threads
    assert len(set(threads)) == 2  # the server's loop, and a thread for what blocks


def test_a_plain_workflow_may_make_blocking_calls_from_all_its_places():
    @workflow("other")
    def other(step: SyncStep) -> None:
        step.in_app("note", lambda: {"body": "other"})

    with NovuSimulator() as novu:

        @workflow("caller")
        def caller(step: SyncStep) -> None:
            async def render():
                return {"body": novu.trigger("other", "cid").run.messages[0].body}

            step.in_app("one", lambda: {"body": novu.trigger("other", "bob").run.messages[0].body})
            step.in_app("two", render)

        novu.register(caller, other)
        assert [one.body for one in novu.trigger("caller", ANN).messages] == ["other", "other"]


def test_an_end_that_an_async_resolver_of_a_plain_workflow_raises_ends_the_test():
    @workflow("ending")
    def ending(step: SyncStep) -> None:
        async def render():
            await asyncio.sleep(0)
            raise KeyboardInterrupt

        step.in_app("one", render)

    with NovuSimulator() as novu:
        novu.register(ending)
        with pytest.raises(KeyboardInterrupt):
            novu.trigger("ending", ANN)
        novu.register(noting(lambda: {"body": "goes on"}))
        assert novu.trigger("noting", ANN).messages[0].body == "goes on"


def test_what_a_library_calls_from_async_code_in_the_sensitive_thread_runs_in_the_tests():
    threads = []

    @sync_to_async
    def query():
        threads.append(threading.current_thread())
        return async_to_sync(asyncio.sleep)(0, "found")

    async def resolver():
        return {"body": await query()}

    assert run(resolver).messages[0].body == "found"
    assert threads == [threading.current_thread()]


def test_a_resolver_may_trigger_another_workflow():
    with NovuSimulator() as novu:

        def resolver():
            return {"body": novu.trigger("other", "bob").run.messages[0].body}

        @workflow("other")
        async def other(step: Step) -> None:
            await step.in_app("inbox", lambda: {"body": "from inside"})

        novu.register(noting(resolver), other)
        assert novu.trigger("noting", ANN).messages[0].body == "from inside"
