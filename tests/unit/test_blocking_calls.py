"""On which loop a blocking call runs, and what is left of it when its loops go."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor
from functools import partial
from typing import Any

import pytest
import sniffio
import trio
from asgiref.sync import AsyncToSync, async_to_sync, sync_to_async

from novu_framework._internal.threads import in_place
from novu_framework_testing._internal import loops as module
from novu_framework_testing._internal.loops import Loops, in_trio
from novu_framework_testing._internal.own_thread import enter_test, leave_test

word = contextvars.ContextVar("word", default="none")


def foreign_loop() -> asyncio.AbstractEventLoop:
    """A loop that asyncio did not make."""
    if sys.platform == "win32":
        pytest.skip("uvloop is not for Windows")
    made: asyncio.AbstractEventLoop = pytest.importorskip("uvloop").new_event_loop()
    return made


async def here() -> tuple[asyncio.AbstractEventLoop, threading.Thread]:
    await asyncio.sleep(0)
    return asyncio.get_running_loop(), threading.current_thread()


def in_thread(call: Callable[[], Any]) -> Any:
    found: list[Any] = []
    thread = threading.Thread(target=lambda: found.append(call()))
    thread.start()
    thread.join()
    return found[0]


def test_each_thread_has_a_loop_of_its_own_which_stays() -> None:
    loops = Loops()
    mine, thread = loops.run(here())
    assert loops.run(here()) == (mine, thread) == (mine, threading.current_thread())
    other, other_thread = in_thread(lambda: loops.run(here()))
    assert other is not mine
    assert other_thread is not thread
    mine.close()
    again, _ = loops.run(here())
    assert again is not mine


def test_what_fails_is_raised_and_the_loop_goes_on() -> None:
    async def fails() -> None:
        raise ZeroDivisionError

    loops = Loops()
    mine, _ = loops.run(here())
    with pytest.raises(ZeroDivisionError):
        loops.run(fails())
    assert loops.run(here())[0] is mine


def test_the_loop_that_a_fixture_opened_last_is_used_until_it_is_closed() -> None:
    loops, first, second = Loops(), asyncio.new_event_loop(), asyncio.new_event_loop()
    own, _ = loops.run(here())
    loops.adopt(first)
    loops.adopt(second)
    loops.adopt(first)  # it is known
    assert loops.run(here())[0] is second
    second.close()
    assert loops.run(here())[0] is first
    first.close()
    assert loops.run(here())[0] is own


def test_a_loop_of_another_kind_and_one_that_runs_elsewhere_are_not_used() -> None:
    loops, foreign, busy = Loops(), foreign_loop(), asyncio.new_event_loop()
    loops.adopt(foreign)
    loops.adopt(busy)
    thread = threading.Thread(target=busy.run_forever)
    thread.start()
    try:
        while not busy.is_running():
            time.sleep(0.001)
        loop, _ = loops.run(here())
        assert loop not in (foreign, busy)
    finally:
        busy.call_soon_threadsafe(busy.stop)
        thread.join()
    busy.close()
    foreign.close()


async def test_within_a_loop_of_asyncio_a_call_runs_on_it() -> None:
    assert Loops().run(here()) == (asyncio.get_running_loop(), threading.current_thread())


@pytest.mark.parametrize("fails", [False, True])
def test_within_a_loop_of_another_kind_a_call_runs_in_a_thread_with_the_same_context(fails: bool) -> None:
    async def work() -> tuple[threading.Thread, str]:
        if fails:
            raise ZeroDivisionError
        return threading.current_thread(), word.get()

    async def test() -> tuple[threading.Thread, str]:
        word.set("said")
        return loops.run(work())

    loops, loop = Loops(), foreign_loop()
    try:
        if fails:
            with pytest.raises(ZeroDivisionError):
                loop.run_until_complete(test())
        else:
            thread, said = loop.run_until_complete(test())
            assert (thread.name, thread.daemon, said) == ("novu-simulation", True, "said")
            assert not thread.is_alive()
    finally:
        loop.close()


def test_where_new_loops_are_of_another_kind_one_of_asyncio_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[asyncio.AbstractEventLoop] = []

    def new() -> asyncio.AbstractEventLoop:
        made.append(foreign_loop())
        return made[-1]

    monkeypatch.setattr(asyncio, "new_event_loop", new)
    loops = Loops()
    loop, _ = loops.run(here())
    assert isinstance(loop, asyncio.SelectorEventLoop)
    assert [one.is_closed() for one in made] == [True]


def test_within_trio_libraries_find_asyncio_and_trio_afterwards() -> None:
    async def library() -> str:
        return sniffio.current_async_library()

    async def test() -> list[Any]:
        return [in_trio(), loops.run(library()), sniffio.current_async_library()]

    loops = Loops()
    assert not in_trio()
    assert trio.run(test) == [True, "asyncio", "trio"]


def test_what_lives_on_a_loop_ends_with_it() -> None:
    ended: list[str] = []

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("task")

    async def numbers() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            ended.append("generator")

    kept: list[Any] = []

    async def begin() -> asyncio.AbstractEventLoop:
        kept.append(asyncio.ensure_future(waits()))
        kept.append(generator := numbers())
        await anext(generator)
        kept.append(threading.current_thread())
        loop = asyncio.get_running_loop()
        kept.append(await loop.run_in_executor(None, threading.current_thread))
        return loop

    loops = Loops()
    loop = loops.run(begin())
    closed_before = in_thread(partial(loops.run, here()))[0]
    closed_before.close()
    assert kept[-1].is_alive()
    del loops
    gc.collect()
    assert loop.is_closed()
    assert ended == ["task", "generator"]
    assert not kept[-1].is_alive()  # the thread of its executor


def test_an_empty_loop_is_closed_and_one_that_runs_is_left() -> None:
    loops = Loops()
    loop, _ = loops.run(here())

    async def lets_go() -> bool:
        nonlocal loops
        del loops
        gc.collect()
        return loop.is_closed()

    assert not loop.run_until_complete(lets_go())
    loop.close()
    loops = Loops()
    loop, _ = loops.run(here())
    del loops
    gc.collect()
    assert loop.is_closed()


def test_a_loop_at_the_end_of_the_interpreter_is_closed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_thread(self: object, *about: object) -> None:
        raise RuntimeError("can't start new thread at interpreter shutdown")

    loops = Loops()
    loop, _ = loops.run(here())
    monkeypatch.setattr(type(loop), "shutdown_default_executor", no_thread)
    del loops
    gc.collect()
    assert loop.is_closed()


def test_the_loops_of_a_parent_are_none_of_a_forks() -> None:
    loops, adopted = Loops(), asyncio.new_event_loop()
    own, _ = loops.run(here())
    loops.adopt(adopted)
    kept = loops._start_over()  # as after a fork
    loop, _ = loops.run(here())
    assert loop not in (own, adopted)
    assert list(kept.values()) == [own]
    assert not own.is_closed()
    for one in (own, adopted):
        one.close()


# --- the test's own thread ---


def test_plain_code_is_in_place_during_a_call_and_not_afterwards() -> None:
    async def work() -> Any:
        return in_place.get()

    assert in_place.get() is None
    assert module.loops.run(work()) is True
    assert in_place.get() is None


def current() -> Any:
    return getattr(AsyncToSync.executors, "current", None)


def test_what_asgiref_calls_stays_here_until_the_outermost_test_is_left() -> None:
    before = current()
    assert not isinstance(before, Executor)  # nothing is left of another test
    outer = enter_test()
    mine = current()
    assert isinstance(mine, Executor)
    inner = enter_test()
    assert current() is mine
    assert in_place.get() is True
    leave_test(inner)
    assert current() is mine
    assert in_place.get() is True
    leave_test(outer)
    assert current() is before
    assert in_place.get() is None


def test_what_asgiref_gives_to_do_here_is_done_at_once_and_told_as_an_executor_tells_it() -> None:
    async def asked() -> list[Any]:
        return [current().submit(divmod, 7, number) for number in (2, 0)]

    done, failed = module.loops.run(asked())
    assert done.result(0) == (3, 1)
    assert isinstance(failed.exception(0), ZeroDivisionError)


def test_without_asgiref_plain_code_is_in_place_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "asgiref.sync")
    before = enter_test()
    assert (in_place.get(), current()) == (True, None)
    leave_test(before)
    assert in_place.get() is None


@pytest.mark.parametrize("fails", [False, True])
def test_where_asgiref_runs_a_test_in_another_thread_plain_code_goes_back_to_the_first(fails: bool) -> None:
    threads: list[threading.Thread] = []

    async def on_the_loop() -> str:
        await asyncio.sleep(0)
        threads.append(threading.current_thread())
        return "awaited"

    def plain(number: int, *, name: str) -> str:
        if fails:
            raise ZeroDivisionError
        threads.append(threading.current_thread())
        return f"{number} {name} {own.wait_for(on_the_loop())}"

    own: Any = None

    async def test() -> str:
        nonlocal own
        before = enter_test()
        own = in_place.get()
        threads.append(threading.current_thread())
        try:
            found: str = await own.call(plain, 1, name="x")
            return found
        finally:
            leave_test(before)

    if fails:
        with pytest.raises(ZeroDivisionError):
            async_to_sync(test)()
    else:
        assert async_to_sync(test)() == "1 x awaited"
        loops_thread, plain_thread, again = threads
        assert plain_thread is threading.current_thread()
        assert loops_thread is again is not plain_thread


@pytest.mark.parametrize("raised", [ZeroDivisionError, KeyboardInterrupt])
def test_what_asgiref_calls_here_is_raised_to_who_awaits_it(raised: type[BaseException]) -> None:
    def plain(given: int) -> int:
        if given:
            raise raised
        return threading.get_ident()

    async def work(given: int) -> Any:
        return await sync_to_async(plain)(given)

    assert module.loops.run(work(0)) == threading.get_ident()
    with pytest.raises(raised):
        module.loops.run(work(1))
