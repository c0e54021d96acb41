"""What belongs to an event loop ends with it; plain functions run in its threads."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import subprocess
import sys
import threading
from queue import SimpleQueue
from typing import Any

import pytest

from novu_framework._internal.loops import PerLoop
from novu_framework._internal.threads import (
    MAX_THREADS,
    Threads,
    _workers,
    _WorkerThread,
    in_place,
    in_thread,
    on_loop,
)


class TestPerLoop:
    def make(self) -> tuple[PerLoop[object], list[object]]:
        closed: list[object] = []

        async def close(thing: object) -> None:
            await asyncio.sleep(0)  # its loop still runs
            closed.append(thing)

        return PerLoop(object, close), closed

    def test_makes_one_for_each_loop_and_closes_it_when_the_loop_ends(self) -> None:
        things, closed = self.make()

        async def twice() -> tuple[object, object]:
            return await things.get(), await things.get()

        first, again = asyncio.run(twice())
        assert first is again
        assert closed == [first]
        other, _ = asyncio.run(twice())
        assert other is not first
        assert closed == [first, other]
        assert len(things) == 0

    async def test_makes_another_after_it_was_closed(self) -> None:
        things, closed = self.make()
        first = await things.get()
        await things.close()
        assert closed == [first]
        assert await things.get() is not first
        await things.close()
        await things.close()  # there is none, and that is no error

    async def test_makes_one_for_tasks_that_ask_at_once(self) -> None:
        things, _ = self.make()
        asked = await asyncio.gather(*(things.get() for _ in range(20)))
        assert len(set(map(id, asked))) == 1
        await things.close()

    def test_forgets_loops_that_were_closed_without_a_word(self) -> None:
        things, _ = self.make()
        loop = asyncio.new_event_loop()
        loop.run_until_complete(things.get())
        loop.close()
        assert len(things) == 1
        asyncio.run(things.get())
        assert len(things) == 0


class TestThreads:
    async def test_a_plain_function_runs_beside_the_loop_and_knows_its_context(self) -> None:
        tenant = contextvars.ContextVar("tenant", default="none")
        tenant.set("acme")

        def look() -> tuple[str, bool]:
            return tenant.get(), threading.current_thread() is threading.main_thread()

        assert await in_thread(look) == ("acme", False)

    async def test_functions_that_wait_for_each_other_run_at_once(self) -> None:
        together = threading.Barrier(8, timeout=60)
        await asyncio.gather(*(in_thread(together.wait) for _ in range(8)))

    @pytest.mark.parametrize("error", [ValueError("no"), SystemExit(3)])
    async def test_what_a_function_raises_arrives(self, error: BaseException) -> None:
        def fail() -> None:
            raise error

        with pytest.raises(type(error)) as caught:
            await in_thread(fail)
        assert caught.value is error

    async def test_a_stop_iteration_leaves_nobody_waiting(self) -> None:
        with pytest.raises(RuntimeError, match="StopIteration"):
            await asyncio.wait_for(in_thread(next, iter(())), 60)

    async def test_a_thread_can_wait_for_something_on_its_loop(self) -> None:
        loop = asyncio.get_running_loop()

        async def here() -> bool:
            return asyncio.get_running_loop() is loop

        assert await in_thread(lambda: on_loop(loop, here())) is True

    def test_threads_end_with_their_loop(self) -> None:
        async def name() -> threading.Thread:
            return await in_thread(threading.current_thread)

        thread = asyncio.run(name())
        thread.join(60)
        assert not thread.is_alive()

    async def test_more_calls_than_threads_wait_for_their_turn(self) -> None:
        running, most, lock = 0, 0, threading.Lock()
        loop, all_are_busy, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

        def count() -> None:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
                if running == MAX_THREADS:
                    loop.call_soon_threadsafe(all_are_busy.set)
            go_on.wait(60)
            with lock:
                running -= 1

        calls = [asyncio.ensure_future(in_thread(count)) for _ in range(MAX_THREADS + 20)]
        await asyncio.wait_for(all_are_busy.wait(), 60)
        go_on.set()
        await asyncio.gather(*calls)
        assert most == MAX_THREADS

    async def test_a_call_that_was_cancelled_in_time_is_not_made(self) -> None:
        made: list[int] = []
        go_on = threading.Event()
        blocking = [asyncio.ensure_future(in_thread(go_on.wait, 5)) for _ in range(MAX_THREADS)]
        late = [asyncio.ensure_future(in_thread(made.append, n)) for n in range(3)]
        await asyncio.sleep(0)
        late[1].cancel()
        with pytest.raises(asyncio.CancelledError):
            await late[1]
        go_on.set()
        await asyncio.gather(*blocking, late[0], late[2])
        assert sorted(made) == [0, 2]

    async def test_one_call_after_the_other_needs_one_thread(self) -> None:
        threads = Threads()
        assert len({await threads.call(threading.current_thread) for _ in range(5)}) == 1

    async def test_what_was_cancelled_does_not_pile_up_behind_what_is_stuck(self) -> None:
        threads, go_on, made = Threads(1), threading.Event(), []
        stuck = asyncio.ensure_future(threads.call(go_on.wait, 30))
        late = asyncio.ensure_future(threads.call(made.append, 1))
        for _ in range(100):
            one = asyncio.ensure_future(threads.call(made.append, 2))
            await asyncio.sleep(0)
            one.cancel()
            await asyncio.wait([one])
        inner = await threads._of_loop.get()
        assert inner._calls.qsize() < 15
        go_on.set()
        await asyncio.gather(stuck, late)
        assert made == [1]

    async def test_a_function_that_nobody_waits_for_cannot_wait_for_the_loop(self) -> None:
        loop, started, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
        ended: asyncio.Future[str] = loop.create_future()

        def goes_on() -> None:
            loop.call_soon_threadsafe(started.set)
            go_on.wait(30)
            try:
                on_loop(loop, asyncio.sleep(3600))
            except concurrent.futures.CancelledError:
                loop.call_soon_threadsafe(ended.set_result, "cancelled")

        call = asyncio.ensure_future(in_thread(goes_on))
        await started.wait()
        call.cancel()
        await asyncio.wait([call])
        go_on.set()
        assert await asyncio.wait_for(ended, 30) == "cancelled"

    def test_threads_of_a_loop_that_was_closed_without_a_word_end_with_the_next_one(self) -> None:
        loop = asyncio.new_event_loop()
        thread = loop.run_until_complete(in_thread(threading.current_thread))
        loop.close()
        asyncio.run(in_thread(int))
        thread.join(60)
        assert not thread.is_alive()

    def test_a_call_that_outlives_its_loop_disturbs_nobody(self, capfd: pytest.CaptureFixture[str]) -> None:
        go_on = threading.Event()
        threads: list[threading.Thread] = []

        def outlive() -> None:
            threads.append(threading.current_thread())
            go_on.wait(60)

        async def leave() -> None:
            call = asyncio.ensure_future(in_thread(outlive))
            while not threads:  # noqa: ASYNC110
                await asyncio.sleep(0)
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(call, 0.01)

        asyncio.run(leave())
        go_on.set()
        threads[0].join(60)
        assert not threads[0].is_alive()
        assert capfd.readouterr().err == ""

    def test_the_process_waits_for_what_a_plain_function_is_at(self) -> None:
        code = """
import asyncio, threading, time
from novu_framework._internal.threads import in_thread

started = threading.Event()

def write():
    started.set()
    time.sleep(0.2)
    print("written")

async def main():
    asyncio.ensure_future(in_thread(write))
    while not started.is_set():
        await asyncio.sleep(0)

asyncio.run(main())
"""
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
        assert (ended.stdout, ended.stderr, ended.returncode) == ("written\n", "", 0)

    @pytest.mark.parametrize(
        ("at_work", "patience", "waits"),
        [(True, 4.0, 1.5), (True, 2.0, 0.0), (False, 4.0, 4.0), (True, None, None)],
    )
    def test_the_end_waits_for_a_call_from_its_start(
        self, monkeypatch: pytest.MonkeyPatch, at_work: bool, patience: float | None, waits: float | None
    ) -> None:
        waited: list[float | None] = []
        monkeypatch.setattr("novu_framework._internal.threads.time.monotonic", lambda: 102.5)
        worker = _WorkerThread("worker", asyncio.new_event_loop(), SimpleQueue(), patience)
        worker.loop.close()
        worker.join = waited.append
        worker.since, worker.call = 100.0, object() if at_work else None
        worker.finish()
        assert waited == [waits]
        _workers.discard(worker)

    def test_the_process_ends_with_a_loop_that_was_never_closed(self) -> None:
        code = """
import asyncio
from novu_framework._internal.threads import in_thread
asyncio.new_event_loop().run_until_complete(in_thread(int))
"""
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
        assert ended.returncode == 0


class TestAThreadOfTheTests:
    class Own:
        """A thread that says what is asked of it."""

        async def call(self, function: Any, *args: Any, **kwargs: Any) -> Any:
            return "called", function(*args, **kwargs)

        def wait_for(self, coroutine: Any) -> Any:
            coroutine.close()
            return "waited"

    async def test_plain_functions_and_what_they_wait_for_go_through_it(self) -> None:
        token = in_place.set(self.Own())
        try:
            assert await in_thread(max, 1, 2, key=abs) == ("called", 2)
            assert on_loop(asyncio.get_running_loop(), asyncio.sleep(0)) == "waited"
        finally:
            in_place.reset(token)

    @pytest.mark.parametrize("place", [True, False, None])
    async def test_without_it_worker_threads_wait_for_the_loop(self, place: bool | None) -> None:
        loop = asyncio.get_running_loop()
        token = in_place.set(place)
        try:
            assert await in_thread(lambda: on_loop(loop, asyncio.sleep(0, "done"))) == "done"
        finally:
            in_place.reset(token)
