"""The event loop behind blocking code: a WSGI app, a Django view that is a plain function, an AWS Lambda."""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from novu_framework._internal.forks import after_fork, free_after_fork
from novu_framework._internal.threads import can_nest, in_place, loop_of_thread, run_nested

T = TypeVar("T")

PATIENCE = 5.0
"""Seconds that the end of the process waits for a loop that somebody's code holds up."""


class BackgroundLoop:
    """One event loop in a thread of its own, from the first call to the end of the process.

    Connections and worker threads belong to a loop, so one that is kept keeps them. A forked process starts its own.

    >>> async def three():
    ...     return 3
    >>> BackgroundLoop().run(three())
    3
    """

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = free_after_fork(threading.Lock())
        after_fork(self, BackgroundLoop._start_over)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run `work` on the loop, with the context variables of the caller, and wait for what it gives or raises."""
        own = in_place.get()
        if own and own is not True:  # an async test's, whose thread waits for it
            return own.wait_for(work)
        loop = loop_of_thread() if own else None
        if loop is not None and can_nest(
            loop
        ):  # a test's, in whose thread its transaction and its connections are
            return run_nested(loop, work)
        with self._lock:  # nobody closes the loop before it knows of the work
            future = asyncio.run_coroutine_threadsafe(_outcome(work), self._running())
        try:
            value, error = future.result()
        except BaseException:  # the thread that waits was interrupted
            future.cancel()
            raise
        if error is not None:
            raise error
        return value  # type: ignore[return-value]

    def close(self) -> None:
        """Stop the loop, and cancel what runs on it. The next call starts another."""
        with self._lock:
            loop, thread, self._loop = self._loop, self._thread, None
        if loop is not None and thread is not None:
            loop.call_soon_threadsafe(loop.stop)
            thread.join(PATIENCE)

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_serve, args=(self._loop,), name="novu-loop", daemon=True)
            self._thread.start()
            atexit.register(self.close)
        return self._loop

    def _start_over(self) -> Any:
        parents, self._loop, self._thread = self._loop, None, None
        return parents


async def _outcome(work: Coroutine[Any, Any, T]) -> tuple[T | None, BaseException | None]:
    # a KeyboardInterrupt or a SystemExit that a task raises would end the loop for everybody
    try:
        return await work, None
    except BaseException as error:
        return None, error


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    is_stopped = False
    while not is_stopped:
        # a task of somebody's code raised it, and who awaits that task gets it; all others are still to be served
        with suppress(KeyboardInterrupt, SystemExit):
            loop.run_forever()
            is_stopped = True
    _close(loop)


def _close(loop: asyncio.AbstractEventLoop) -> None:
    try:
        for task in (tasks := asyncio.all_tasks(loop)):
            task.cancel()
        if tasks:
            loop.run_until_complete(asyncio.wait(tasks))
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        loop.close()


background = BackgroundLoop()
"""The one of this process."""
