"""What belongs to an event loop ends with it; plain functions run in its threads."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest

from novu_framework.loops import PerLoop
from novu_framework.threads import in_thread, on_loop


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
        together = threading.Barrier(8, timeout=5)
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
            await asyncio.wait_for(in_thread(next, iter(())), 5)

    async def test_a_thread_can_wait_for_something_on_its_loop(self) -> None:
        loop = asyncio.get_running_loop()

        async def here() -> bool:
            return asyncio.get_running_loop() is loop

        assert await in_thread(lambda: on_loop(loop, here())) is True

    def test_threads_end_with_their_loop(self) -> None:
        async def name() -> threading.Thread:
            return await in_thread(threading.current_thread)

        thread = asyncio.run(name())
        thread.join(5)
        assert not thread.is_alive()
