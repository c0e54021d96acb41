"""Worker threads, where the user's plain functions run so that they never block the event loop.

Each event loop has its own threads, started as they are needed. A call costs a fourth of what
`loop.run_in_executor` takes, and that a third of what a general thread pool for async code takes: for a resolver
that only builds a dict, it is most of what it costs.
"""

from __future__ import annotations

import asyncio
import atexit
import contextvars
import functools
from asyncio.events import _set_running_loop
from asyncio.tasks import _enter_task, _leave_task
from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import ContextVar
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeAlias, TypeVar
from weakref import WeakKeyDictionary

from novu_framework._internal.loops import PerLoop

T = TypeVar("T")

MAX_THREADS = 40
"""The number of plain functions that run at once in one event loop; more of them wait."""

in_place: ContextVar[bool] = ContextVar("novu_framework_in_place", default=False)
"""True where plain resolvers run in the thread of the event loop.

Only for a loop that serves nothing else, such as a simulation's, since they block it. A debugger, a database
connection or a patch of the test's own thread then works in a resolver too.
"""


class _Threads:
    """The worker threads of one event loop. All but `_work` runs on the loop, so nothing here needs a lock."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._calls: SimpleQueue[_Call | None] = SimpleQueue()
        self._started = 0
        self._unfinished = 0

    def call(self, function: Callable[[], T]) -> asyncio.Future[_Outcome[T]]:
        """Call `function` in a thread that is free, or in a new one, or else once there is one."""
        if self._unfinished >= self._started and self._started < MAX_THREADS:
            name = f"novu-{self._started}"
            thread = Thread(target=_work, args=(self._loop, self._calls), name=name, daemon=True)
            thread.start()
            self._started += 1
            _queues[thread] = self._calls
        self._unfinished += 1
        future: asyncio.Future[_Outcome[T]] = self._loop.create_future()
        self._calls.put((function, future, self._finish))
        return future

    def _finish(self, future: asyncio.Future[_Outcome[Any]], outcome: _Outcome[Any] | None) -> None:
        self._unfinished -= 1
        if outcome is not None and not future.done():
            future.set_result(outcome)

    def end(self) -> None:
        """End the threads, each after what it is at."""
        for _ in range(self._started):
            self._calls.put(None)
        self._started = 0

    __del__ = end  # of a loop that was closed without a word


# A future cannot carry every exception: a StopIteration would leave whoever awaits it waiting for ever.
_Outcome: TypeAlias = tuple[T | None, BaseException | None]
_Finish: TypeAlias = Callable[["asyncio.Future[_Outcome[Any]]", "_Outcome[Any] | None"], None]
_Call: TypeAlias = tuple[Callable[[], Any], "asyncio.Future[_Outcome[Any]]", _Finish]


def _work(loop: asyncio.AbstractEventLoop, calls: SimpleQueue[_Call | None]) -> None:
    while (call := calls.get()) is not None:
        function, future, finish = call
        outcome = None if future.cancelled() else _outcome(function)
        with suppress(RuntimeError):  # the loop is closed, so nobody waits for it
            loop.call_soon_threadsafe(finish, future, outcome)
        del call, function, future, finish, outcome  # and what they hold, until the next call


def _outcome(function: Callable[[], T]) -> _Outcome[T]:
    try:
        return function(), None
    except BaseException as error:
        return None, error


_queues: WeakKeyDictionary[Thread, SimpleQueue[_Call | None]] = WeakKeyDictionary()


@atexit.register
def _wait_for_calls() -> None:
    """Let what plain functions are at come to its end before the process does, such as a write to a database."""
    queues = list(_queues.items())
    for _, calls in queues:
        calls.put(None)
    for thread, _ in queues:
        thread.join()


async def _end(threads: _Threads) -> None:
    threads.end()


_threads = PerLoop(_Threads, _end)


async def in_thread(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call `function` in a worker thread, with the context variables of the caller.

    >>> asyncio.run(in_thread(max, 1, 2))
    2
    """
    threads = await _threads.get()
    run = contextvars.copy_context().run
    value, error = await threads.call(functools.partial(run, function, *args, **kwargs))
    if error is not None:
        raise error
    return value  # type: ignore[return-value]  # no error, so it is one


def called_in_place(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call `function` here, as if in a thread: it finds no running event loop, and keeps its context to itself."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    if task is not None:
        _leave_task(loop, task)
    _set_running_loop(None)
    try:
        return contextvars.copy_context().run(function, *args, **kwargs)
    finally:
        _set_running_loop(loop)
        if task is not None:
            _enter_task(loop, task)


def on_loop(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on `loop` from one of its worker threads, and wait for what it gives."""
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()
