"""The lifespan of ASGI apps: what an app opens before its first request, and closes after its last.

It runs on the loop on which the requests run, since pools and clients belong to one. An app has one at a time, however many
bridges lead to it. Where the requests come on another loop, as between a fixture and an async test, it ends on the old one
and starts on the new one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakSet

from novu_framework._internal.threads import called_in_place
from novu_framework_testing.bridges.base import LifespanFailure
from novu_framework_testing.bridges.ends import ENDS

PATIENCE = 60.0
"""Seconds in which an app has to start."""


class _Lifespan:
    """One run of an app's lifespan, on one loop.

    Attributes:
        state: What the app has put there for its requests (`request.state`).
        users: The bridges that need it.
    """

    def __init__(self, app: Any) -> None:
        self.app = app
        self.loop = asyncio.get_running_loop()
        self.state: dict[str, Any] = {}
        self.users: WeakSet[Any] = WeakSet()
        self._begun = asyncio.Event()
        self._end = asyncio.Event()
        self._asked = False
        self._complete = False
        self._said: str | None = None
        self._failure: BaseException | None = None
        self._task = self.loop.create_task(self._run())

    @property
    def ended(self) -> bool:
        """True where it does not run any more, and ran at all."""
        return self.loop.is_closed() or (self._complete and self._task.done())

    async def started(self) -> None:
        """Wait until the app has started. Raises `LifespanFailure` where it could not."""
        try:
            if not self._begun.is_set():
                await asyncio.wait_for(self._begun.wait(), PATIENCE)
        except asyncio.TimeoutError:
            self._task.cancel()
            raise LifespanFailure(f"the app's lifespan did not start within {PATIENCE:g} s") from None
        if not self._complete:
            self._end.set()  # an app may wait for it, although it has said that it cannot start
            self._raise("at its start")

    async def stop(self) -> None:
        """Let the app close what it has opened. Raises `LifespanFailure` where it could not."""
        running = asyncio.get_running_loop()
        if self.loop is running:
            await self._stop()
        elif self.loop.is_running():  # in another thread, which may wait for this one
            self.loop.call_soon_threadsafe(self._end.set)
        elif not self.loop.is_closed():
            called_in_place(self.loop.run_until_complete, self._stop())
        if self._complete:
            self._raise("at its end")

    async def _stop(self) -> None:
        self._end.set()
        await asyncio.wait([self._task])

    async def _run(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        try:
            await self.app(scope, self._receive, self._send)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            # an app that knows nothing of lifespans raises at the first word of it, and says nothing
            if self._complete or self._said is not None or isinstance(error, ENDS):
                self._failure = error
        finally:
            self._begun.set()

    async def _receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "lifespan.startup"}
        try:
            await self._end.wait()
        except (
            asyncio.CancelledError
        ):  # the loop ends, and everything on it: the app may close what it has opened
            take_back = getattr(asyncio.current_task(), "uncancel", None)
            if take_back is not None:
                take_back()
        return {"type": "lifespan.shutdown"}

    async def _send(self, message: MutableMapping[str, Any]) -> None:
        kind = message["type"]
        if kind == "lifespan.startup.complete":
            self._complete = True
            self._begun.set()
        elif kind in ("lifespan.startup.failed", "lifespan.shutdown.failed"):
            lines = str(message.get("message") or "").strip().splitlines()
            self._said = lines[-1] if lines else ""
            self._begun.set()

    def _raise(self, when: str) -> None:
        error = self._failure
        if error is not None and isinstance(error, ENDS):
            raise error
        if error is not None or self._said is not None:
            reason = self._said if error is None else f"{type(error).__name__}: {error}"
            raise LifespanFailure(f"the app's lifespan failed {when}: {reason}") from error


_running: dict[int, list[_Lifespan]] = {}
"""By the id of the app, which each of them keeps alive."""


async def state_of(app: Any, user: Any) -> dict[str, Any]:
    """Start the lifespan of an app on this loop, unless it runs, and return its state. Raises `LifespanFailure`.

    Args:
        app: An ASGI app.
        user: Who needs it, until `release`.
    """
    loop = asyncio.get_running_loop()
    known = _running.setdefault(id(app), [])
    users = {user}
    for one in list(known):
        if one.loop is loop and not one.ended:
            one.users.add(user)
            await one.started()
            return one.state
        if one.ended or not one.loop.is_running():
            known.remove(one)
            users |= set(one.users)
            await one.stop()
    lifespan = _Lifespan(app)
    lifespan.users.update(users)
    known.append(lifespan)
    try:
        await lifespan.started()
    except BaseException:
        known.remove(lifespan)
        raise
    return lifespan.state


async def release(user: Any) -> None:
    """Stop the lifespans that nobody else needs. Raises `LifespanFailure` where one fails at its end."""
    for key, known in list(_running.items()):
        for one in list(known):
            one.users.discard(user)
            if not one.users:
                known.remove(one)
                if not known:
                    _running.pop(key, None)
                await one.stop()


class _User:
    """Who needs a lifespan for a while."""


@asynccontextmanager
async def running(app: Any) -> AsyncIterator[None]:
    """Keep the lifespan of an app running, if there is an app. Raises `LifespanFailure`."""
    user = _User()
    if app is not None:
        await state_of(app, user)
    try:
        yield
    finally:
        await release(user)
