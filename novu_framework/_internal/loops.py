"""Things that belong to an event loop, such as its connections and its threads, and that end with it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Any, Generic, TypeVar

from novu_framework._internal.forks import after_fork

T = TypeVar("T")


class PerLoop(Generic[T]):
    """One object for each event loop: made at the first `get` in it, closed when the loop shuts down.

    Args:
        make: Makes one.
        close: Closes one, in its loop, while that still runs.
    """

    def __init__(self, make: Callable[[], T], close: Callable[[T], Awaitable[None]]) -> None:
        self._make = make
        self._close = close
        self._held: dict[asyncio.AbstractEventLoop, tuple[T, AsyncGenerator[None, None]]] = {}
        after_fork(self, PerLoop._start_over)

    async def get(self) -> T:
        """Return the object of the running loop."""
        loop = asyncio.get_running_loop()
        held = self._held.get(loop)
        if held is not None:
            return held[0]
        for other in list(self._held):
            if other.is_closed():
                self._held.pop(other, None)
        made = self._make()
        # A loop that shuts down closes its async generators, so a suspended one is told of it in time.
        lifetime = self._until_shut_down(loop, made)
        self._held[loop] = made, lifetime
        await anext(lifetime)
        return made

    async def close(self) -> None:
        """Close the object of the running loop, if there is one; the next `get` makes another."""
        held = self._held.get(asyncio.get_running_loop())
        if held is not None:
            await held[1].aclose()

    def _start_over(self) -> Any:
        held, self._held = self._held, {}
        return held

    def __len__(self) -> int:
        return len(self._held)

    async def _until_shut_down(self, loop: asyncio.AbstractEventLoop, made: T) -> AsyncGenerator[None, None]:
        try:
            yield
        finally:
            self._held.pop(loop, None)
            await self._close(made)
