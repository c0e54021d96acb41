"""Worker threads, where the user's plain functions run so that they never block the event loop.

Each event loop has its own threads, started as they are needed. A call costs a fourth of what
`loop.run_in_executor` takes, and that a third of what a general thread pool for async code takes: for a resolver
that only builds a dict, it is most of what it costs.

A thread cannot be stopped. A call that nobody waits for any more, since its request timed out or was cancelled,
leaves its place to another: its thread goes on beside the others, and ends when the call does.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import contextvars
import functools
import threading
import time
from asyncio.events import _get_running_loop, _set_running_loop
from asyncio.tasks import _enter_task, _leave_task
from collections.abc import Callable, Coroutine
from contextlib import suppress
from contextvars import ContextVar
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeAlias, TypeVar
from weakref import WeakSet

from novu_framework._internal.forks import after_fork
from novu_framework._internal.loops import PerLoop

T = TypeVar("T")

MAX_THREADS = 40
"""The number of plain functions that run at once in one event loop, unless a pool says otherwise; more of them wait."""


class OwnThread(Protocol):
    """The thread of a test whose event loop is in another thread."""

    async def call(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call a function there."""
        ...

    def wait_for(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the loop, from a function that is called there."""
        ...


in_place: ContextVar[bool | OwnThread | None] = ContextVar("novu_framework_in_place", default=None)
"""True where plain workflows and resolvers run in the thread of the event loop; or the thread in which they run.

Only for a test's loop and the like, since they block it. A debugger, a database connection, a transaction or a patch of
the test's own thread then works in them too.
"""


after_call: ContextVar[Callable[[], None] | None] = ContextVar("novu_framework_after_call", default=None)
"""Called in a worker thread after each function that ran there: what a web framework does in its own threads after a request."""


class Threads:
    """A pool of worker threads in each event loop.

    Args:
        size: The number of calls that run at once in one loop; more of them wait. As many again may be on their way
            that nobody waits for any more.
        patience: The seconds, from its start, for which the end of the process waits for a call; None for no limit.

    >>> asyncio.run(Threads().call(max, 1, 2))
    2
    """

    def __init__(self, size: int = MAX_THREADS, patience: float | None = None) -> None:
        self._of_loop = PerLoop(lambda: _Threads(size, patience), _end)

    async def call(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Call `function` in a worker thread, with the context variables of the caller."""
        threads = await self._of_loop.get()
        run = functools.partial(contextvars.copy_context().run, function, *args, **kwargs)
        after = after_call.get()
        call = threads.call(run if after is None else functools.partial(_and_then, after, run))
        try:
            value, error = await call.future
        except asyncio.CancelledError:
            threads.leave(call)
            raise
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]


def _and_then(after: Callable[[], None], function: Callable[[], T]) -> T:
    try:
        return function()
    finally:
        after()


# A future cannot carry every exception: a StopIteration would leave whoever awaits it waiting for ever.
_Outcome: TypeAlias = tuple[Any, BaseException | None]


class _FunctionCall:
    """A call of a function, which a thread starts or the loop drops, and which a thread ends or the loop leaves."""

    __slots__ = ("_unended", "_unstarted", "finish", "function", "future", "inner", "left")

    def __init__(
        self,
        function: Callable[[], Any],
        future: asyncio.Future[_Outcome],
        finish: Callable[[_FunctionCall, _Outcome], None],
    ) -> None:
        self.function = function
        self.future = future
        self.finish = finish
        self.inner: concurrent.futures.Future[Any] | None = None
        self.left = False
        self._unstarted = [None]
        self._unended = [None]

    # whoever comes first, the thread or the loop, is told True, and the other one False
    def claim_start(self) -> bool:
        return _took_one(self._unstarted)

    def claim_end(self) -> bool:
        return _took_one(self._unended)

    @property
    def is_waiting(self) -> bool:
        return bool(self._unstarted)

    def leave(self) -> None:
        """Wait for it no more, nor for what it awaits on the loop."""
        self.left = True
        if self.inner is not None:
            self.inner.cancel()


def _took_one(items: list[None]) -> bool:
    try:
        items.pop()
    except IndexError:
        return False
    return True


class _Threads:
    """The worker threads of one event loop. All of it runs on the loop, so nothing here needs a lock."""

    def __init__(self, size: int, patience: float | None) -> None:
        self._loop = asyncio.get_running_loop()
        self._calls: SimpleQueue[_FunctionCall | None] = SimpleQueue()
        self._size = size
        self._patience = patience
        self._started = 0
        self._unfinished = 0
        self._left: set[_FunctionCall] = set()
        self._dropped = 0

    def call(self, function: Callable[[], Any]) -> _FunctionCall:
        """Call `function` in a thread that is free, or in a new one, or else once there is one."""
        call = _FunctionCall(function, self._loop.create_future(), self._finish)
        self._unfinished += 1
        self._calls.put(call)
        self._grow()
        return call

    def _grow(self) -> None:
        if self._started < min(self._unfinished, self._size):
            _WorkerThread(f"novu-{self._started}", self._loop, self._calls, self._patience).start()
            self._started += 1

    def leave(self, call: _FunctionCall) -> None:
        """Give the place of a call that nobody waits for to another."""
        if call.claim_start():  # no thread will
            self._unfinished -= 1
            self._dropped += 1
            if self._dropped > 10 * self._size:  # they stay in the queue while every thread is stuck
                self._sweep()
            return
        call.leave()
        if len(self._left) < self._size and call.claim_end():  # its thread ends with it
            self._left.add(call)
            self._unfinished -= 1
            self._started -= 1
            self._grow()

    def _sweep(self) -> None:
        self._dropped = 0
        with suppress(Empty):
            for _ in range(self._calls.qsize()):
                call = self._calls.get_nowait()
                if call is None or call.is_waiting:
                    self._calls.put(call)

    def _finish(self, call: _FunctionCall, outcome: _Outcome) -> None:
        if call in self._left:
            self._left.remove(call)
        else:
            self._unfinished -= 1
        if not call.future.done():
            call.future.set_result(outcome)

    def end(self) -> None:
        """End the threads, each after what it is at."""
        for _ in range(self._started):
            self._calls.put(None)
        self._started = 0

    __del__ = end  # of a loop that was closed without a word


class _WorkerThread(threading.Thread):
    """A thread that takes calls from a queue until it takes None."""

    call: _FunctionCall | None = None
    since = 0.0

    def __init__(
        self,
        name: str,
        loop: asyncio.AbstractEventLoop,
        calls: SimpleQueue[_FunctionCall | None],
        patience: float | None,
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.loop = loop
        self.calls = calls
        self.patience = patience
        _workers.add(self)

    def run(self) -> None:
        stays = True
        while stays and (call := self.calls.get()) is not None:
            if call.claim_start():
                self.since = time.monotonic()
                self.call = call
                outcome = _outcome(call.function)
                self.call = None
                stays = call.claim_end()
                with suppress(RuntimeError):  # the loop is closed, so nobody waits for it
                    self.loop.call_soon_threadsafe(call.finish, call, outcome)
                del outcome
            del call  # and what it holds, until the next one

    def finish(self) -> None:
        """Wait for the call that it is at, as long as the pool's patience lasts."""
        since = self.since if self.call is not None else time.monotonic()
        self.join(None if self.patience is None else max(0.0, since + self.patience - time.monotonic()))


def _outcome(function: Callable[[], Any]) -> _Outcome:
    try:
        return function(), None
    except BaseException as error:
        return None, error


_workers: WeakSet[_WorkerThread] = WeakSet()


@atexit.register
def _wait_for_calls() -> None:
    """Let what plain functions are at come to its end before the process does, such as a write to a database."""
    workers = list(_workers)
    for worker in workers:
        worker.calls.put(None)
    for worker in workers:
        worker.finish()


after_fork(_wait_for_calls, lambda _: _workers.clear())


async def _end(threads: _Threads) -> None:
    threads.end()


@functools.cache
def threads_of(size: int, patience: float | None) -> Threads:
    """Return the pool of that size and patience: bridges with the same settings share it."""
    return Threads(size, patience)


pool: ContextVar[Threads | None] = ContextVar("novu_framework_pool", default=None)
"""The pool of the running request; None for one of `MAX_THREADS`."""


def in_thread(function: Callable[..., T], *args: Any, **kwargs: Any) -> Coroutine[Any, Any, T]:
    """Call `function` in a worker thread of the running request's pool, with the context variables of the caller.

    >>> asyncio.run(in_thread(max, 1, 2))
    2
    """
    own = in_place.get()
    if own and own is not True:
        return own.call(function, *args, **kwargs)
    return (pool.get() or threads_of(MAX_THREADS, None)).call(function, *args, **kwargs)


def stays_in_place() -> bool:
    """Tell whether a plain function runs in the thread of the running loop, and not in a worker thread."""
    return in_place.get() is True and can_nest(asyncio.get_running_loop())


_beneath = threading.local()
"""On a thread: `loop`, the event loop that waits for a function which was called in its place."""


def loop_of_thread() -> asyncio.AbstractEventLoop | None:
    """Return the event loop of this thread: one that runs, or one that waits for a function called in its place."""
    return _get_running_loop() or getattr(_beneath, "loop", None)


def called_in_place(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call `function` here, as if in a thread: it finds no running event loop, and keeps its context to itself."""
    loop = asyncio.get_running_loop()
    task = asyncio.current_task(loop)
    outer = getattr(_beneath, "loop", None)
    if task is not None:
        _leave_task(loop, task)
    _set_running_loop(None)
    _beneath.loop = loop
    try:
        return contextvars.copy_context().run(function, *args, **kwargs)
    finally:
        _beneath.loop = outer
        _set_running_loop(loop)
        if task is not None:
            _enter_task(loop, task)


def can_nest(loop: asyncio.AbstractEventLoop) -> bool:
    """Tell whether `run_nested` works: it does in the loops of asyncio itself, not in uvloop's."""
    return isinstance(loop, asyncio.BaseEventLoop)


def run_nested(loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, T]) -> T:
    """Run `work` to its end on a loop that this thread is in already: blocking, for tests.

    The loop's other tasks go on meanwhile, since `work` may wait for them.
    """
    inside: Any = loop
    running, task = _get_running_loop(), asyncio.current_task(loop)
    counted = len(inside._ready)
    if task is not None:
        _leave_task(loop, task)
    _set_running_loop(loop)
    nested = loop.create_task(work)
    try:
        while not nested.done():
            inside._run_once()
    finally:
        if nested.done() and not nested.cancelled():
            nested.exception()  # where it ended the loop's round as well, nobody asks for it
        for _ in range(counted - len(inside._ready)):  # the round that we are in goes on with as many
            loop.call_soon(_nothing)
        _set_running_loop(running)
        if task is not None:
            _enter_task(loop, task)
    return nested.result()


def _nothing() -> None:
    pass


def retrieve(task: asyncio.Task[Any]) -> None:
    """Keep asyncio from reporting a task that ended as it must and that nobody awaits any more."""
    if not task.cancelled():
        task.exception()


async def _retrieved(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine as the running task, of which nobody may wait for the end: its call may have been left."""
    task = asyncio.current_task()
    assert task is not None
    task.add_done_callback(retrieve)
    return await coroutine


def on_loop(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on `loop` from one of its worker threads, or in its place, and wait for what it gives."""
    if getattr(_beneath, "loop", None) is loop:
        return run_nested(loop, coroutine)
    own = in_place.get()
    if own and own is not True:
        return own.wait_for(coroutine)
    future = asyncio.run_coroutine_threadsafe(_retrieved(coroutine), loop)
    if isinstance(worker := threading.current_thread(), _WorkerThread) and (call := worker.call) is not None:
        call.inner = future
        if call.left:
            future.cancel()
    return future.result()
