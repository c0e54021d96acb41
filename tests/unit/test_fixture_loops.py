"""The loops that fixtures open are noticed as they are set up: blocking calls of the tests run there."""

from __future__ import annotations

import asyncio
import functools
import sys
import warnings
from collections.abc import AsyncIterator, Generator, Iterator
from types import SimpleNamespace
from typing import Any

import pluggy
import pytest

from novu_framework_testing._internal import loops as module
from novu_framework_testing._internal.loops import Loops
from novu_framework_testing.plugin import loops as hooks
from novu_framework_testing.plugin.loops import pytest_fixture_setup


async def async_fixture() -> None: ...


async def async_generator_fixture() -> AsyncIterator[None]:
    yield


def plain_fixture() -> None: ...


class AsyncObject:
    async def __call__(self) -> None: ...


class Odd:
    """Like a runner, but none."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop

    def get_loop(self) -> asyncio.AbstractEventLoop:
        return self.loop


class Runner(Odd):
    """Of another module than asyncio's."""


class BackportedRunner(Odd):
    """Older Pythons have it from a package."""


BackportedRunner.__name__, BackportedRunner.__module__ = "Runner", "backports.asyncio.runner.runner"


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    yield made
    made.close()


@pytest.fixture
def used(loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`used(function, result)`: the loop on which a blocking call runs once a fixture of this function gave its result."""
    monkeypatch.setattr(module, "loops", Loops())

    async def here() -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    def use(function: Any, result: Any) -> asyncio.AbstractEventLoop:
        setup: Any = pytest_fixture_setup(SimpleNamespace(func=function))  # type: ignore[arg-type]
        next(setup)
        with pytest.raises(StopIteration) as ended:
            setup.send(result)
        assert ended.value.value is result
        return module.loops.run(here())

    return use


@pytest.mark.parametrize(
    ("result", "is_used"),
    [
        (lambda loop: loop, True),
        (BackportedRunner, True),
        (Runner, False),
        (Odd, False),
        (lambda loop: None, False),
    ],
)
def test_a_fixture_that_gives_a_loop_has_opened_it(
    used: Any, loop: asyncio.AbstractEventLoop, result: Any, is_used: bool
) -> None:
    assert (used(plain_fixture, result(loop)) is loop) is is_used


@pytest.mark.skipif(sys.version_info < (3, 11), reason="asyncio has no runners")
def test_a_fixture_that_gives_a_runner_has_opened_its_loop(used: Any) -> None:
    with asyncio.Runner() as runner:  # type: ignore[attr-defined, unused-ignore]
        assert used(plain_fixture, runner) is runner.get_loop()


def test_a_loop_that_is_closed_already_is_not_used(used: Any, loop: asyncio.AbstractEventLoop) -> None:
    loop.close()
    assert used(plain_fixture, loop) is not loop


@pytest.mark.parametrize(
    ("function", "is_used"),
    [
        (async_fixture, True),
        (async_generator_fixture, True),
        (functools.partial(async_fixture), True),
        (functools.partial(async_generator_fixture), True),
        (plain_fixture, False),
        (functools.partial(plain_fixture), False),
        (AsyncObject, False),
    ],
)
def test_an_async_fixture_was_set_up_on_the_present_loop(
    used: Any, loop: asyncio.AbstractEventLoop, function: Any, is_used: bool
) -> None:
    asyncio.set_event_loop(loop)
    try:
        assert (used(function, "result") is loop) is is_used
    finally:
        asyncio.set_event_loop(None)


def test_an_async_fixture_without_a_loop_of_asyncio_is_let_be(
    used: Any, loop: asyncio.AbstractEventLoop
) -> None:
    asyncio.set_event_loop(None)
    assert not used(async_fixture, loop).is_closed()
    assert used(async_fixture, loop) is not loop


def test_a_loop_that_another_plugin_gives_is_noticed_whichever_of_them_came_first(
    used: Any, loop: asyncio.AbstractEventLoop
) -> None:
    class Inner:
        @pytest.hookimpl
        def pytest_fixture_setup(self, fixturedef: Any) -> object:
            return "result"

    class Opening:
        @pytest.hookimpl(wrapper=True)
        def pytest_fixture_setup(self, fixturedef: Any) -> Generator[None, object, object]:
            yield
            return loop

    plugins = pluggy.PluginManager("pytest")
    for plugin in (Inner(), hooks, Opening()):
        plugins.register(plugin)
    setup: Any = plugins.hook.pytest_fixture_setup
    assert setup(fixturedef=SimpleNamespace(func=plain_fixture)) is loop
    assert used(plain_fixture, None) is loop


def test_a_loop_that_python_would_only_make_up_is_not_the_present_one(
    used: Any, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made_up() -> asyncio.AbstractEventLoop:
        warnings.warn("There is no current event loop", DeprecationWarning, stacklevel=2)
        return loop

    monkeypatch.setattr(asyncio, "get_event_loop", made_up)  # as Python 3.12 has it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert used(async_fixture, "result") is not loop
