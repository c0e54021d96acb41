"""Plain code in the test's own thread, where its transactions, its patches and its debugger are.

That is the thread of the event loop, which waits meanwhile. With Django, asgiref decides about threads too: what it calls
sensitive to them runs in the same place; and where it runs an async test in a loop of another thread, plain code goes back
to the first one by its means.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, Future
from contextvars import Token
from functools import partial
from typing import Any, NamedTuple, TypeVar

from novu_framework._internal.threads import OwnThread, called_in_place, in_place

T = TypeVar("T")


class _Before(NamedTuple):
    token: Token[bool | OwnThread | None]
    executors: Any = None
    current: Any = None


def enter_test() -> _Before:
    """Run plain workflows and resolvers in the test's thread from here on; `leave_test` undoes it."""
    asgiref: Any = sys.modules.get("asgiref.sync")
    if asgiref is None:
        return _Before(in_place.set(True))
    executors = asgiref.AsyncToSync.executors
    current = getattr(executors, "current", None)
    if isinstance(current, _InPlace):
        return _Before(in_place.set(True))
    if current is not None and current._work_thread is not threading.current_thread():
        return _Before(in_place.set(_AsgirefThread(asgiref)))
    executors.current = _InPlace()
    return _Before(in_place.set(True), executors, current)


def leave_test(before: _Before) -> None:
    """Undo what `enter_test` did."""
    in_place.reset(before.token)
    if before.executors is not None:
        before.executors.current = before.current


class _AsgirefThread:
    """The thread that waits in asgiref's `async_to_sync`, as that of an async test of Django's does."""

    def __init__(self, asgiref: Any) -> None:
        self._asgiref = asgiref

    async def call(self, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        return await self._asgiref.sync_to_async(function)(*args, **kwargs)  # type: ignore[no-any-return]

    def wait_for(self, coroutine: Coroutine[Any, Any, T]) -> T:
        async def awaited() -> T:
            return await coroutine

        return self._asgiref.async_to_sync(awaited)()  # type: ignore[no-any-return]


class _InPlace(Executor):
    """An executor for `sync_to_async` that calls at once, in this thread."""

    def submit(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        outcome: Future[T] = Future()
        if isinstance(function, partial) and function.func.__name__ == "thread_handler":
            # its `async_to_sync` would wait for our loop, which waits for it: it is to take another one
            function = partial(function.func, _NO_LOOP, *function.args[1:])
        try:
            outcome.set_result(called_in_place(function, *args, **kwargs))
        except BaseException as error:
            outcome.set_exception(error)
        return outcome


class _NoLoop:
    """A loop that takes nothing, so that asgiref makes one of its own."""

    def call_soon_threadsafe(self, *_call: Any) -> None:
        raise RuntimeError("this loop waits for the very call")

    create_task = call_soon_threadsafe


_NO_LOOP = _NoLoop()
