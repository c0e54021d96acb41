"""A blocking call runs plain resolvers in the test's own thread; nothing else about them is different."""

import asyncio
import contextvars
import threading

import pytest

from novu_framework import Step, SyncStep, workflow
from novu_framework_testing import NovuSimulator

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


async def test_on_the_loop_of_a_test_it_runs_in_a_thread_as_in_production():
    threads = []
    async with NovuSimulator() as novu:
        novu.register(noting(lambda: threads.append(threading.current_thread()) or {"body": "x"}))
        await novu.trigger_async("noting", ANN)
    assert threads != [threading.current_thread()]


def test_a_plain_handler_with_async_resolvers_works_as_well():
    @workflow("plain")
    def plain(step: SyncStep) -> None:
        async def render():
            await asyncio.sleep(0)
            return {"body": "async"}

        step.in_app("first", render)
        step.in_app("second", lambda: {"body": "sync"})

    with NovuSimulator() as novu:
        novu.register(plain)
        assert [message.body for message in novu.trigger("plain", ANN).messages] == ["async", "sync"]


def test_a_resolver_may_trigger_another_workflow():
    with NovuSimulator() as novu:

        def resolver():
            return {"body": novu.trigger("other", "bob").run.messages[0].body}

        @workflow("other")
        async def other(step: Step) -> None:
            await step.in_app("inbox", lambda: {"body": "from inside"})

        novu.register(noting(resolver), other)
        assert novu.trigger("noting", ANN).messages[0].body == "from inside"


def test_the_threads_of_a_plain_handler_end_with_the_simulation():
    @workflow("plain")
    def plain(step: SyncStep) -> None:
        step.in_app("only", lambda: {"body": str(threading.get_ident())})

    with NovuSimulator() as novu:
        novu.register(plain)
        ident = novu.trigger("plain", ANN).messages[0].body
        (worker,) = (thread for thread in threading.enumerate() if str(thread.ident) == ident)
    worker.join(timeout=120)
    assert not worker.is_alive()
