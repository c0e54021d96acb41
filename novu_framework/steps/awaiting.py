"""The `step` of an `async def` handler that knows which of its calls nobody awaited."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Coroutine
from functools import update_wrapper
from types import CodeType, CoroutineType
from typing import Any, NamedTuple, TypeAlias

from novu_framework._internal.functions import written_at
from novu_framework.steps.kinds import KINDS, Step

_Method: TypeAlias = "Callable[..., CoroutineType[Any, Any, Any]]"  # not subscriptable before Python 3.13


class NotAwaited(NamedTuple):
    """A call of a method of `step` that nobody awaited: the step's id, and the line, `file.py:12 (`...`)`."""

    step_id: str
    place: str


class AwaitedStep(Step):
    """A `Step` that keeps its calls."""

    def __init__(self, take: Callable[..., Coroutine[Any, Any, Any]]) -> None:
        super().__init__(take)
        # with the place of each: the code and the instruction, since to find the line takes longer
        self._calls: list[tuple[CoroutineType[Any, Any, Any], CodeType, int]] = []

    def not_awaited(self, *, tasks: bool) -> list[NotAwaited]:
        """Return the calls that have not begun, in order, and close them.

        Args:
            tasks: Whether those count that a task would begin later; they are not closed.
        """
        left = [one for one in self._calls if one[0].cr_frame is not None]
        if not left:
            return []
        import asyncio

        planned = {task.get_coro() for task in asyncio.all_tasks()}
        found = []
        for call, code, instruction in left:
            frame, begun = call.cr_frame, inspect.getcoroutinestate(call) != inspect.CORO_CREATED
            if frame is not None and not begun and (tasks or call not in planned):
                place = written_at(code.co_filename, _line_of(code, instruction))
                found.append(NotAwaited(str(frame.f_locals["step_id"]), place))
                if call not in planned:
                    call.close()
        return found


def _line_of(code: CodeType, instruction: int) -> int:
    lines = (line for start, end, line in code.co_lines() if start <= instruction < end)
    return next(lines, None) or code.co_firstlineno


def _kept(method: _Method) -> _Method:
    def call(self: AwaitedStep, *args: Any, **kwargs: Any) -> CoroutineType[Any, Any, Any]:
        coroutine = method(self, *args, **kwargs)
        caller = sys._getframe(1)
        self._calls.append((coroutine, caller.f_code, caller.f_lasti))
        return coroutine

    return update_wrapper(call, method)


for _name in KINDS:
    setattr(AwaitedStep, _name, _kept(getattr(Step, _name)))
