"""How a user's function is called: from the event loop, or from one of its worker threads."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from typing import Any, Protocol

from novu_framework._internal.functions import is_async
from novu_framework._internal.threads import called_in_place, in_thread, on_loop, stays_in_place


class FunctionCaller(Protocol):
    """A way to call a user's function from where the run is."""

    async def __call__(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...


async def from_loop(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call from the event loop: an async function is awaited, a sync one runs in a worker thread.

    Context variables reach it either way.
    """
    if is_async(function):
        return await function(*args, **kwargs)
    if stays_in_place():
        result = called_in_place(function, *args, **kwargs)
    else:
        result = await in_thread(function, *args, **kwargs)
    return await result if inspect.isawaitable(result) else result


class FromThread:
    """Call from a worker thread of `loop`, or in its place: a sync function runs here, an async one on the loop. Never suspends."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    async def __call__(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        return on_loop(self._loop, _awaited(result)) if inspect.isawaitable(result) else result


_ends: tuple[type[BaseException], ...] = (KeyboardInterrupt, SystemExit, GeneratorExit)


def let_through(*types: type[BaseException]) -> None:
    """Count exceptions of these types as ends, in this process from now on: a test tool's own, such as a skip."""
    global _ends
    _ends = (*_ends, *types)


def is_failure(error: BaseException) -> bool:
    """Tell whether what the user's code raised is its own failure, and not the end of the request, the test or the process.

    A `CancelledError` is a failure unless the request was cancelled: awaiting a task that was cancelled raises
    one too. Python 3.10 cannot tell them apart, and there it always ends the request.
    """
    if isinstance(error, asyncio.CancelledError):
        cancelling = getattr(asyncio.current_task(), "cancelling", None)
        return cancelling is not None and not cancelling()
    return not isinstance(error, _ends)


async def _awaited(awaitable: Any) -> Any:
    return await awaitable
