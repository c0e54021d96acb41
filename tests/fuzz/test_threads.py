"""A pool of threads under calls that start, end and are left in any order."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import deque

import pytest

from novu_framework._internal.threads import Threads
from tests.fuzz import FUZZ
from tests.tables import one_in


class Pool:
    """A pool, beside what it should be doing: at most `size` calls, in order, besides at most `size` that were left."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.threads = Threads(size)
        self.loop = asyncio.get_running_loop()
        self.tasks: dict[int, asyncio.Task[int]] = {}
        self.gates: dict[int, threading.Event] = {}
        self.started: set[int] = set()
        self.changed = asyncio.Event()
        self.workers: set[threading.Thread] = set()
        self.waiting: deque[int] = deque()
        self.running: set[int] = set()
        self.left: set[int] = set()
        self.stuck: set[int] = set()
        self.expected: set[int] = set()

    def begin(self, number: int) -> None:
        self.gates[number] = threading.Event()

        def work() -> int:
            self.workers.add(threading.current_thread())
            self.loop.call_soon_threadsafe(self._start, number)
            assert self.gates[number].wait(30)
            return number

        self.tasks[number] = asyncio.ensure_future(self.threads.call(work))
        self.waiting.append(number)

    def _start(self, number: int) -> None:
        self.started.add(number)
        self.changed.set()

    def leave(self, number: int) -> None:
        self.tasks[number].cancel()
        if number in self.waiting:
            self.waiting.remove(number)
        elif number in self.running and len(self.left) < self.size:
            self.running.remove(number)
            self.left.add(number)
        elif number in self.running:
            self.running.remove(number)
            self.stuck.add(number)

    async def end(self, number: int) -> None:
        before = self.open_calls()
        self.gates[number].set()
        if number in self.running:
            assert await asyncio.wait_for(self.tasks[number], 30) == number
        for _ in range(30_000):
            if self.open_calls() < before:
                break
            await asyncio.sleep(0.001)  # until its thread has told the loop, for which nobody waits
        self.running.discard(number)
        self.left.discard(number)
        self.stuck.discard(number)

    def open_calls(self) -> int:
        threads = next(iter(self.threads._of_loop._held.values()))[0]
        return threads._unfinished + len(threads._left)

    async def settle(self) -> None:
        """See that exactly those calls have started which should have."""
        while self.waiting and len(self.running) + len(self.stuck) < self.size:
            number = self.waiting.popleft()
            self.running.add(number)
            self.expected.add(number)
        while self.started < self.expected:
            self.changed.clear()
            await asyncio.wait_for(self.changed.wait(), 30)
        await asyncio.sleep(0)
        assert self.started == self.expected
        for _ in range(30_000):
            if sum(worker.is_alive() for worker in self.workers) <= 2 * self.size:
                break
            await asyncio.sleep(0.001)  # a thread ends a moment after it has told the loop of its last call
        else:
            pytest.fail("more threads are alive than there are places")


@pytest.mark.parametrize("seed", one_in(4, range(20 * FUZZ)))
async def test_no_place_is_lost_and_none_is_taken_twice(seed: int) -> None:
    chance = random.Random(seed)
    pool = Pool(chance.randint(1, 3))
    for number in range(30):
        pool.begin(number)
        await pool.settle()
        for _ in range(chance.randint(0, 2)):
            if (waited_for := [*pool.waiting, *pool.running]) and chance.random() < 0.5:
                pool.leave(chance.choice(waited_for))
                await asyncio.sleep(0)
            elif at_work := [*pool.running, *pool.left, *pool.stuck]:
                await pool.end(chance.choice(sorted(at_work)))
            await pool.settle()
    while at_work := [*pool.running, *pool.left, *pool.stuck]:
        await pool.end(at_work[0])
        await pool.settle()
    assert not pool.waiting
    assert pool.open_calls() == 0
