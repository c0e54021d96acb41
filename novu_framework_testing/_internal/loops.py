"""Running async work from plain, blocking calls: `novu.trigger(...)` beside `await novu.trigger_async(...)`.

Workflows are async, and what they open (a database pool, an HTTP client) belongs to the event loop it was opened in. So a
blocking call runs on the loop that its thread is in, as an async test is; else on one that the test's fixtures have
opened; else on the thread's own, which stays for the whole session, whichever simulator makes the call. Plain workflows
and resolvers run in the same thread, in place, so that what belongs to the test's thread is theirs as well.
"""

from __future__ import annotations

import asyncio
import contextvars
import sys
import threading
import weakref
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext, suppress
from functools import partial
from typing import Any, TypeVar

import sniffio

from novu_framework._internal.forks import after_fork, free_after_fork
from novu_framework._internal.threads import can_nest, loop_of_thread, run_nested
from novu_framework_testing._internal.own_thread import enter_test, leave_test

T = TypeVar("T")


class Loops:
    """The event loops of blocking calls: one for each thread that makes some, or the test's own."""

    def __init__(self) -> None:
        self._own: dict[int, asyncio.AbstractEventLoop] = {}
        self._of_fixtures: list[asyncio.AbstractEventLoop] = []
        self._lock = free_after_fork(threading.Lock())
        weakref.finalize(self, _close_all, self._own)
        after_fork(self, Loops._start_over)

    def _start_over(self) -> Any:
        parents = dict(self._own)  # loops that watch the parent's sockets
        self._own.clear()
        self._of_fixtures.clear()
        return parents

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` to its end and return its result, whether or not a loop is running here."""
        loop = loop_of_thread()
        if loop is not None and not can_nest(loop):
            return _in_thread(partial(self.run, work))
        before = enter_test()
        try:
            if loop is not None:
                return run_nested(loop, work)
            with _trio_left() if in_trio() else nullcontext():
                loop = self._loop()
                # those of the fixtures, such as the connection of a browser, outlive this call
                others = asyncio.all_tasks(loop) if loop in self._of_fixtures else set()
                return _completed(loop, work, others)
        finally:
            leave_test(before)

    def adopt(self, loop: asyncio.AbstractEventLoop) -> None:
        """Run blocking calls on this loop, which a fixture has opened, until it is closed."""
        if can_nest(loop) and loop not in self._of_fixtures:
            self._of_fixtures.append(loop)

    def _loop(self) -> asyncio.AbstractEventLoop:
        while self._of_fixtures and self._of_fixtures[-1].is_closed():
            self._of_fixtures.pop()
        if self._of_fixtures and not self._of_fixtures[-1].is_running():
            return self._of_fixtures[-1]
        with self._lock:  # the numbers of threads that have ended are given again, and their loops with them
            loop = self._own.get(threading.get_ident())
            if loop is None or loop.is_closed():
                loop = self._own[threading.get_ident()] = _new_loop()
            return loop


def in_trio() -> bool:
    """Tell whether the caller is a task of trio."""
    trio = sys.modules.get("trio")
    return trio is not None and bool(trio.lowlevel.in_trio_run())


@contextmanager
def _trio_left() -> Iterator[None]:
    """Let libraries that ask find asyncio, although trio waits beneath."""
    before, sniffio.thread_local.name = sniffio.thread_local.name, None
    try:
        yield
    finally:
        sniffio.thread_local.name = before


def _in_thread(call: Callable[[], T]) -> T:
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(call())
        except BaseException as error:
            outcome.set_exception(error)

    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(run,), name="novu-simulation", daemon=True)
    thread.start()
    thread.join()
    return outcome.result()


def _new_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    if can_nest(loop):
        return loop
    loop.close()  # an installed uvloop's
    return asyncio.SelectorEventLoop()


def _completed(
    loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T], others: set[asyncio.Task[Any]]
) -> T:
    try:
        return loop.run_until_complete(work)
    except (KeyboardInterrupt, SystemExit):
        # The loop stopped at once. Each task that waits for what was raised would raise it again, later.
        while pending := asyncio.all_tasks(loop) - others:
            for task in pending:
                task.cancel()
            with suppress(KeyboardInterrupt, SystemExit):
                loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        raise


def _close_all(loops: dict[int, asyncio.AbstractEventLoop]) -> None:
    while loops:
        _close(loops.popitem()[1])


def _close(loop: asyncio.AbstractEventLoop) -> None:
    if loop.is_closed() or loop.is_running():
        return
    try:
        pending = asyncio.all_tasks(loop)
        for task in pending:
            task.cancel()
        if pending:
            loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
    except RuntimeError:  # at the interpreter's end no thread can be started, and none is left to wait for
        pass
    finally:
        loop.close()


loops = Loops()
"""Those of this process: a connection that one test has opened is good in the next one."""
