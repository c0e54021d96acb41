"""Worker threads, where the user's plain functions run so that they never block the event loop.

Each event loop has its own threads, started as they are needed. A call costs a third of what a general thread
pool for async code takes, which for a resolver that only builds a dict is most of what it costs.
"""

from __future__ import annotations

import asyncio
import contextvars
import functools
from asyncio.events import _set_running_loop
from asyncio.tasks import _enter_task, _leave_task
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, TypeVar

from novu_framework.loops import PerLoop

T = TypeVar("T")

THREADS = 40
"""How many plain functions run at once in one event loop; more of them wait."""

in_place: ContextVar[bool] = ContextVar("novu_framework_in_place", default=False)
"""Whether plain resolvers run where they are called, and no thread is used for them.

Only for who calls from an event loop that serves nobody else, so that blocking it holds nothing up: a simulation
does, and a debugger, a database connection or a patch of the test's own thread then works in a resolver too.
"""


async def _end(pool: ThreadPoolExecutor) -> None:
    pool.shutdown(wait=False)


_pools = PerLoop(lambda: ThreadPoolExecutor(THREADS, thread_name_prefix="novu"), _end)


async def in_thread(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call `function` in a worker thread, with the context variables of the caller.

    >>> asyncio.run(in_thread(max, 1, 2))
    2
    """
    pool = await _pools.get()
    call = functools.partial(function, *args, **kwargs)
    run = contextvars.copy_context().run
    value, error = await asyncio.get_running_loop().run_in_executor(pool, run, _outcome, call)
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


def _outcome(call: Callable[[], T]) -> tuple[T | None, BaseException | None]:
    # a future cannot carry every exception: a StopIteration would leave whoever awaits it waiting for ever
    try:
        return call(), None
    except BaseException as error:
        return None, error


def on_loop(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on `loop` from one of its worker threads, and wait for what it gives."""
    return asyncio.run_coroutine_threadsafe(coroutine, loop).result()
