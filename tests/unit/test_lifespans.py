"""The lifespan of a hand-made ASGI app: who starts it, on which loop, when it ends, and how it fails."""

from __future__ import annotations

import asyncio
import gc
import threading
import weakref
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from novu_framework_testing.bridges import lifespan
from novu_framework_testing.bridges.base import LifespanFailure
from novu_framework_testing.bridges.lifespan import release, running, state_of


class User:
    """Somebody who needs an app."""


class App:
    """Notes what it is told, and answers with what it is given: each a message, or an exception that it raises."""

    def __init__(
        self, start: Any = "lifespan.startup.complete", end: Any = "lifespan.shutdown.complete"
    ) -> None:
        self.answers = {"lifespan.startup": start, "lifespan.shutdown": end}
        self.scopes: list[dict[str, Any]] = []
        self.told: list[str] = []
        self.loops: list[asyncio.AbstractEventLoop] = []
        self.ends: list[tuple[asyncio.AbstractEventLoop, int]] = []
        """On which loop it was told to end, and how often its task was asked to stop by then."""

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Any]],
        send: Callable[[Any], Awaitable[None]],
    ) -> None:
        self.scopes.append(scope)
        self.loops.append(asyncio.get_running_loop())
        scope["state"]["number"] = len(self.scopes)
        for _ in range(2):
            kind = (await receive())["type"]
            self.told.append(kind.removeprefix("lifespan."))
            if kind == "lifespan.shutdown":
                asked = getattr(asyncio.current_task(), "cancelling", int)()
                self.ends.append((asyncio.get_running_loop(), asked))
            answer = self.answers[kind]
            if isinstance(answer, BaseException):
                raise answer
            await send({"type": answer} if isinstance(answer, str) else answer)


async def test_an_app_is_told_of_its_start_and_its_end_and_shares_its_state() -> None:
    app, user = App(), User()
    state = await state_of(app, user)
    assert app.told == ["startup"]
    assert state == {"number": 1}
    assert app.scopes == [
        {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": {"number": 1}}
    ]
    assert await state_of(app, user) is state
    await release(user)
    assert app.told == ["startup", "shutdown"]


async def test_it_ends_with_the_last_who_needs_it_and_can_start_again() -> None:
    app, other, ann, bob = App(), App(), User(), User()
    for user in (ann, bob):
        await state_of(app, user)
    await state_of(other, bob)
    await release(User())
    await release(ann)
    assert (app.told, other.told) == (["startup"], ["startup"])
    await release(bob)
    assert (app.told, other.told) == (["startup", "shutdown"],) * 2
    assert await state_of(app, ann) == {"number": 2}
    await release(ann)


async def test_who_is_gone_needs_it_no_more() -> None:
    app, ann, bob = App(), User(), User()
    await state_of(app, ann)
    await state_of(app, bob)
    del ann
    gc.collect()
    await release(bob)
    assert app.told == ["startup", "shutdown"]


async def test_an_app_that_is_over_is_not_kept() -> None:
    app, user = App(), User()
    gone = weakref.ref(app)
    await state_of(app, user)
    await release(user)
    app.scopes.clear()
    del app
    await asyncio.sleep(0)
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("fails", [False, True])
async def test_a_lifespan_lasts_as_long_as_its_block(fails: bool) -> None:
    app = App()
    try:
        async with running(app):
            assert app.told == ["startup"]
            if fails:
                raise ZeroDivisionError
    except ZeroDivisionError:
        assert fails
    assert app.told == ["startup", "shutdown"]
    async with running(None):
        pass


FAILED = "lifespan.startup.failed"


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ({"type": FAILED, "message": "Traceback\n  line\nOSError: no database\n"}, "OSError: no database"),
        ({"type": FAILED, "message": " down "}, "down"),
        ({"type": FAILED, "message": None}, ""),
        ({"type": FAILED}, ""),
    ],
)
async def test_an_app_that_says_that_it_cannot_start_is_no_app(start: Any, said: str) -> None:
    app, user = App(start), User()
    for count in (1, 2):  # it is tried anew each time
        with pytest.raises(LifespanFailure) as raised:
            await state_of(app, user)
        assert raised.value.message == f"the app's lifespan failed at its start: {said}"
        assert (len(app.scopes), raised.value.__cause__) == (count, None)
        await asyncio.sleep(0)
        assert app.told == ["startup", "shutdown"] * count  # it may have waited for its end
    await release(user)


async def test_an_app_that_raises_after_it_said_so_fails_by_what_it_raises() -> None:
    class Raising(App):
        async def __call__(self, *about: Any) -> None:
            await about[2]({"type": FAILED, "message": "down"})
            raise OSError("no database")

    with pytest.raises(LifespanFailure, match="failed at its start: OSError: no database") as raised:
        await state_of(Raising(), User())
    assert isinstance(raised.value.__cause__, OSError)


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ({"type": "lifespan.shutdown.failed", "message": "still busy"}, "still busy"),
        (OSError("gone"), "OSError: gone"),
    ],
)
async def test_an_app_that_cannot_end_says_so(end: Any, said: str) -> None:
    app, user = App(end=end), User()
    await state_of(app, user)
    with pytest.raises(LifespanFailure) as raised:
        await release(user)
    assert raised.value.message == f"the app's lifespan failed at its end: {said}"
    await release(user)  # it is over


@pytest.mark.parametrize("start", [AssertionError("lifespan"), KeyError("type"), "lifespan.of.another.kind"])
async def test_an_app_that_knows_nothing_of_lifespans_is_left_alone(start: Any) -> None:
    app, user = App(start, start), User()
    if isinstance(start, str):
        app.answers["lifespan.startup"] = ValueError()
    first = await state_of(app, user)
    assert await state_of(app, user) is first
    assert len(app.scopes) == 1
    await release(user)


@pytest.mark.parametrize("when", ["start", "end"])
async def test_what_ends_a_test_is_raised_as_it_is(when: str) -> None:
    user = User()
    app = App(**{when: pytest.skip.Exception("no database here")})
    if when == "end":
        await state_of(app, user)
    with pytest.raises(pytest.skip.Exception, match="no database here"):
        await (state_of(app, user) if when == "start" else release(user))


async def test_an_app_that_never_starts_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(scope)

    assert lifespan.PATIENCE == 60
    monkeypatch.setattr(lifespan, "PATIENCE", 0.01)
    with pytest.raises(LifespanFailure, match=r"the app's lifespan did not start within 0\.01 s"):
        await state_of(app, User())
    await asyncio.sleep(0)
    assert len(ended) == 1


def test_it_moves_to_the_loop_that_needs_it_with_all_who_do() -> None:
    app, ann, bob = App(), User(), User()
    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()
    first.run_until_complete(state_of(app, ann))
    assert second.run_until_complete(state_of(app, bob)) == {"number": 2}
    assert app.told == ["startup", "shutdown", "startup"]
    assert app.loops == [first, second]
    assert [one.loop for one in lifespan._running[id(app)]] == [second]
    second.run_until_complete(release(bob))
    assert len(app.told) == 3  # Ann still needs it
    second.run_until_complete(release(ann))
    assert app.told[3:] == ["shutdown"]
    first.close()
    second.close()


def test_it_starts_anew_where_its_loop_was_closed() -> None:
    app, user = App(), User()
    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()
    first.run_until_complete(state_of(app, user))
    for task in asyncio.all_tasks(first):
        task.cancel()
    first.run_until_complete(asyncio.sleep(0))
    assert app.ends == [(first, 0)]  # it may take its time: nothing of the cancel is left
    first.close()
    assert second.run_until_complete(state_of(app, user)) == {"number": 2}
    second.run_until_complete(release(user))
    assert app.told[-1] == "shutdown"
    second.close()


def test_a_loop_that_runs_in_another_thread_keeps_its_own_until_it_is_released() -> None:
    app, ann, bob = App(), User(), User()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        asyncio.run_coroutine_threadsafe(state_of(app, ann), loop).result(60)

        async def beside() -> None:
            assert await state_of(app, bob) == {"number": 2}
            assert app.told == ["startup", "startup"]
            await release(ann)  # on its own loop, which runs elsewhere
            await release(bob)
            assert (asyncio.get_running_loop(), 0) in app.ends

        asyncio.run(beside())
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.01), loop).result(60)
        assert app.told == ["startup", "startup", "shutdown", "shutdown"]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
