"""The loop that blocking code runs its async functions on."""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar

import pytest

from novu_framework._internal import background
from novu_framework._internal.background import BackgroundLoop
from novu_framework._internal.threads import called_in_place, in_place

from .test_forks import in_a_fork

VALUE: ContextVar[str] = ContextVar("value", default="none")


@pytest.fixture
def loop():
    loop = BackgroundLoop()
    yield loop
    loop.close()


async def where() -> tuple[asyncio.AbstractEventLoop, int]:
    return asyncio.get_running_loop(), threading.get_ident()


def test_one_loop_in_one_thread_serves_every_caller(loop):
    with ThreadPoolExecutor(8) as threads:
        places = set(threads.map(lambda _: loop.run(where()), range(50)))
    assert places == {loop.run(where())}
    assert loop.run(where())[1] != threading.get_ident()


def test_callers_do_not_wait_for_each_other(loop):
    arrived: list[asyncio.Event] = []

    async def meet() -> int:
        mine = asyncio.Event()
        arrived.append(mine)
        for event in arrived if len(arrived) == 3 else ():
            event.set()
        await mine.wait()
        return len(arrived)

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(lambda _: loop.run(meet()), range(3))) == [3, 3, 3]


def test_the_callers_context_reaches_it(loop):
    async def value() -> str:
        return VALUE.get()

    token = VALUE.set("mine")
    try:
        assert loop.run(value()) == "mine"
    finally:
        VALUE.reset(token)


async def in_itself(work):
    return await work


async def in_a_task(work):
    return await asyncio.create_task(work)


async def in_time(work):
    return await asyncio.wait_for(work, 60)


async def beside_others(work):
    return await asyncio.gather(work, asyncio.sleep(0))


@pytest.mark.parametrize("how", [in_itself, in_a_task, in_time, beside_others])
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, asyncio.CancelledError])
def test_what_is_raised_reaches_its_caller_and_the_loop_goes_on(loop, error, how):
    async def fails():
        raise error("x")

    begun, ended = threading.Event(), loop.run(made())

    async def waits():
        begun.set()
        await ended.wait()
        return "served"

    async def end():
        ended.set()

    before = loop.run(where())
    with ThreadPoolExecutor(1) as threads:
        other = threads.submit(loop.run, waits())
        begun.wait()
        with pytest.raises(error):
            loop.run(how(fails()))
        assert loop.run(where()) == before
        loop.run(end())
        assert other.result() == "served"


async def made() -> asyncio.Event:
    return asyncio.Event()


def test_in_a_test_it_runs_on_the_tests_own_loop(loop):
    async def test():
        token = in_place.set(True)
        try:
            return await where(), called_in_place(lambda: loop.run(where()))
        finally:
            in_place.reset(token)

    outer, inner = asyncio.run(test())
    assert inner == outer


def test_once_closed_the_next_call_starts_another(loop):
    first, _ = loop.run(where())
    loop.close()
    loop.close()
    assert first.is_closed()
    assert loop.run(where())[0] is not first


def test_who_waits_for_it_when_it_is_closed_is_told(loop):
    started = threading.Event()

    async def waits():
        started.set()
        await asyncio.Event().wait()

    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(loop.run, waits())
        started.wait()
        loop.close()
        with pytest.raises(asyncio.CancelledError):
            waiting.result()


def test_its_loop_closes_what_is_open_on_it(loop):
    closed = []

    async def opens():
        async def connection():
            try:
                yield
            finally:
                closed.append("connection")

        await anext(kept.setdefault("one", connection()))

    kept: dict = {}
    loop.run(opens())
    loop.close()
    assert closed == ["connection"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_starts_its_own(loop):
    before, _ = loop.run(where())

    def use() -> None:
        assert loop.run(where())[0] is not before

    in_a_fork(use)
    assert loop.run(where())[0] is before


def test_a_coroutine_runs_on_the_loop_of_a_test_in_another_thread(loop):
    class Waiting:
        def wait_for(self, work):
            work.close()
            return "waited"

    token = in_place.set(Waiting())
    try:
        assert loop.run(where()) == "waited"
    finally:
        in_place.reset(token)


def test_a_caller_that_is_interrupted_cancels_its_work(loop, monkeypatch):
    begun, cancelled = threading.Event(), threading.Event()

    async def waits():
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    def interrupted(future, timeout=None):
        begun.wait()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Future, "result", interrupted)
        with pytest.raises(KeyboardInterrupt):
            loop.run(waits())
    assert cancelled.wait(120)


def test_a_task_that_ends_the_process_reaches_who_awaits_it_and_the_loop_goes_on(loop):
    async def fails():
        raise SystemExit(3)

    async def begins():
        return asyncio.ensure_future(fails())

    async def ended(task):
        return await asyncio.wait([task])

    task = loop.run(begins())
    before = loop.run(where())
    loop.run(ended(task))
    assert loop.run(where()) == before
    assert type(task.exception()) is SystemExit


def test_its_thread_has_a_name_and_holds_up_no_process(loop):
    async def thread():
        return threading.current_thread()

    one = loop.run(thread())
    assert (one.name, one.daemon) == ("novu-loop", True)
    loop.close()
    assert not one.is_alive()


def test_what_is_still_running_when_it_closes_may_end_in_its_own_time(loop):
    ended = []

    async def cleans_up():
        try:
            await asyncio.Event().wait()
        finally:
            for _ in range(50):
                await asyncio.sleep(0)
            ended.append("cleaned up")

    async def begins():
        kept.append(asyncio.ensure_future(cleans_up()))
        await asyncio.sleep(0)

    kept: list = []
    loop.run(begins())
    loop.close()
    assert ended == ["cleaned up"]
    assert kept[0].cancelled()


def test_the_end_of_the_process_closes_it_and_waits_for_somebodys_code_for_seconds(monkeypatch):
    atexits, waited = [], []
    monkeypatch.setattr(atexit, "register", atexits.append)
    loop = BackgroundLoop()
    loop.run(where())
    loop.run(where())
    assert atexits == [loop.close]
    join = threading.Thread.join
    with monkeypatch.context() as patched:
        patched.setattr(
            threading.Thread, "join", lambda thread, timeout=None: waited.append(timeout) or join(thread)
        )
        loop.close()
    assert waited == [5.0]


def test_in_a_test_whose_loop_cannot_wait_within_itself_it_runs_on_its_own(loop, monkeypatch):
    monkeypatch.setattr(background, "can_nest", lambda loop: False)

    async def test():
        token = in_place.set(True)
        try:
            return await where(), called_in_place(lambda: loop.run(where()))
        finally:
            in_place.reset(token)

    outer, inner = asyncio.run(test())
    assert inner == loop.run(where()) != outer
