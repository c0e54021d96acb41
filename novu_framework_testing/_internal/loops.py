"""Running async work from plain, blocking calls: `novu.trigger(...)` beside `await novu.trigger_async(...)`.

Workflows are async, and what they open (a database pool, an HTTP client) belongs to the event loop it was
opened in. So the blocking calls of one simulation all use one loop of its own, kept until it is closed. Where
a loop is running in the calling thread already (an async test, an endpoint), the call does its work in a
thread that ends with it. The loop serves nobody else, so plain resolvers run on it in place, without a thread.
"""

from __future__ import annotations

import asyncio
import contextvars
import sys
import threading
import weakref
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

from novu_framework._internal.forks import after_fork, free_after_fork
from novu_framework._internal.threads import in_place

T = TypeVar("T")


class Loops:
    """The event loops of one simulation's blocking calls: one, or more while calls overlap."""

    def __init__(self) -> None:
        self._idle: list[asyncio.AbstractEventLoop] = []
        self._lock = free_after_fork(threading.Lock())
        self._finalizer = weakref.finalize(self, _close_all, self._idle)
        after_fork(self, Loops._start_over)

    def _start_over(self) -> Any:
        parents = self._idle[:]  # loops that watch the parent's sockets
        self._idle.clear()
        return parents

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` to its end and return its result, whether or not a loop is running here."""
        with self._lock:
            loop = self._idle.pop() if self._idle else asyncio.new_event_loop()
        token = in_place.set(True)
        try:
            if _inside_a_loop():
                return _in_thread(loop, work)
            return _completed(loop, work)
        finally:
            in_place.reset(token)
            with self._lock:
                if self._finalizer.alive:
                    self._idle.append(loop)
                else:
                    _close(loop)

    def close(self) -> None:
        """Close the loops; what is still running in them is cancelled. Closing twice is no error."""
        self._finalizer()


def _inside_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        trio = sys.modules.get("trio")
        return trio is not None and bool(trio.lowlevel.in_trio_run())
    return True


def _in_thread(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(_completed(loop, work))
        except BaseException as error:
            outcome.set_exception(error)

    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(run,), name="novu-simulation", daemon=True)
    thread.start()
    thread.join()
    return outcome.result()


def _close_all(loops: list[asyncio.AbstractEventLoop]) -> None:
    while loops:
        _close(loops.pop())


def _completed(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    try:
        return loop.run_until_complete(work)
    except (KeyboardInterrupt, SystemExit):
        # The loop stopped at once. Each task that waits for what was raised would raise it again, later.
        while pending := asyncio.all_tasks(loop):
            for task in pending:
                task.cancel()
            with suppress(KeyboardInterrupt, SystemExit):
                loop.run_until_complete(asyncio.gather(*pending, return_exceptions=True))
        raise


def _close(loop: asyncio.AbstractEventLoop) -> None:
    if loop.is_closed():
        return
    if _inside_a_loop():  # only one loop runs in a thread at a time
        thread = threading.Thread(target=_close, args=(loop,), name="novu-simulation", daemon=True)
        thread.start()
        thread.join()
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
