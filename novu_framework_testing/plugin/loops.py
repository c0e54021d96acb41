"""The event loops that fixtures open: blocking calls of the tests run on them, where what the fixtures opened belongs."""

from __future__ import annotations

import inspect
import sys
import warnings
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
    """Take note of the loop of an async fixture, or of pytest-asyncio's runner."""
    is_async = _is_async(fixturedef.func)
    result = yield
    if "asyncio" in sys.modules:
        loop = _current_loop() if is_async else _loop_of(result)
        if loop is not None and not loop.is_closed():
            from novu_framework_testing._internal.loops import loops

            loops.adopt(loop)
    return result


def _is_async(function: Callable[..., Any]) -> bool:
    code = getattr(function, "__code__", None)
    if code is not None:  # a test may have twenty fixtures, and `inspect` takes its time
        return bool(code.co_flags & (inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR))
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def _current_loop() -> AbstractEventLoop | None:
    import asyncio

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return asyncio.get_event_loop()
        except (RuntimeError, DeprecationWarning):  # there is none, as with trio
            return None


def _loop_of(value: object) -> AbstractEventLoop | None:
    import asyncio

    if isinstance(value, asyncio.AbstractEventLoop):
        return value
    if type(value).__name__ == "Runner" and type(value).__module__ in (
        "asyncio.runners",
        "backports.asyncio.runner.runner",
    ):
        loop: AbstractEventLoop = value.get_loop()  # type: ignore[attr-defined]
        return loop
    return None
