"""How long a request's functions may take: one timer for all that run, since one for each is a tenth of a small execute."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator
from types import coroutine
from typing import Any, TypeVar, cast

T = TypeVar("T")


class DeadlineError(Exception):
    """A coroutine took longer than its `TimeLimit`."""


class TimeLimit:
    """Cancels what takes longer than some seconds.

    >>> limit = TimeLimit(seconds=0.01)
    >>> asyncio.run(asyncio.wait_for(limit.keep(asyncio.sleep(60)), 5))
    Traceback (most recent call last):
    novu_framework._internal.deadlines.DeadlineError
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._newest: _RunningTasks | None = None

    @coroutine
    def keep(self, work: Coroutine[Any, Any, T]) -> Generator[Any, Any, T]:
        """Await `work`, and cancel it after the seconds.

        Raises:
            DeadlineError: It was cancelled, whatever it made of that.
        """
        try:
            waiting_for = work.send(None)  # most of what runs never waits, and needs no timer at all
        except StopIteration as done:
            return done.value  # type: ignore[no-any-return]
        running = self._running()
        task = asyncio.current_task()
        assert task is not None
        key = running.add(task, self._seconds)
        passed, result = False, cast("T", None)
        try:
            while True:
                try:
                    value = yield waiting_for
                except BaseException as error:
                    waiting_for = work.throw(error)
                else:
                    waiting_for = work.send(value)
        except StopIteration as done:
            result = done.value
        except (Exception, asyncio.CancelledError):
            if key in running.tasks or _cancellations(task) > 1:
                raise
        finally:
            passed = running.tasks.pop(key, None) is None
            if passed:
                _take_back_the_cancellation(task)
        if passed:
            raise DeadlineError
        return result

    def _running(self) -> _RunningTasks:
        loop = asyncio.get_running_loop()
        if self._newest is None or self._newest.loop is not loop:
            self._newest = _RunningTasks(loop)
        return self._newest


class _RunningTasks:
    """What runs in one event loop, the oldest first."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.tasks: dict[object, tuple[asyncio.Task[Any], float]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def add(self, task: asyncio.Task[Any], seconds: float) -> object:
        """Cancel `task` in some seconds, and take the key that is returned out of `tasks`."""
        key, due = object(), self.loop.time() + seconds
        self.tasks[key] = task, due
        if self._timer is None:
            self._timer = self.loop.call_at(due, self._look)
        return key

    def _look(self) -> None:
        self._timer = None
        now = self.loop.time()
        for key, (task, due) in list(self.tasks.items()):
            if due > now:
                self._timer = self.loop.call_at(due, self._look)
                break
            del self.tasks[key]
            task.cancel()


# Python 3.10 does not count who has asked a task to end, unless a backport's tasks are in use.


def _cancellations(task: asyncio.Task[Any]) -> int:
    count: Callable[[], int] | None = getattr(task, "cancelling", None)
    return count() if count else 0


def _take_back_the_cancellation(task: asyncio.Task[Any]) -> None:
    take_back: Callable[[], int] | None = getattr(task, "uncancel", None)
    if take_back:
        take_back()
