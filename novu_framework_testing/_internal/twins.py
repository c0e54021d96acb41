"""The blocking twin of an async function or method, without writing its signature twice."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from novu_framework._internal.suggestions import unfit_arguments
from novu_framework._internal.threads import in_place
from novu_framework._internal.twins import Method, as_method
from novu_framework_testing._internal.loops import in_trio, loops
from novu_framework_testing._internal.own_thread import enter_test, leave_test

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


def blocking(twin: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """Make a function that runs `twin` to its end and returns its result, named without the `_async`; see `loops` for where.

    >>> async def double_async(number: int) -> int:
    ...     return 2 * number
    >>> blocking(double_async)(4)
    8
    """

    @wraps(twin)
    def function(*args: P.args, **kwargs: P.kwargs) -> T:
        return loops.run(twin(*args, **kwargs))

    return _described(function, twin)


def blocking_method(
    twin: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Method[S, P, T]:
    """Make a method that runs `twin` to its end; see `loops` for where."""
    inner: Callable[Concatenate[S, P], Coroutine[Any, Any, T]] = inspect.unwrap(twin)

    @wraps(twin)
    def method(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            work = inner(self, *args, **kwargs)
        except TypeError:  # nothing ran yet: these are no arguments of it
            raise unfit_arguments(twin, args, kwargs) from None
        return loops.run(work)

    return as_method(_described(method, twin))


def awaited_in_tests(
    twin: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """Make an async method fit for tests: plain workflows run in the test's thread, and a test of trio blocks instead."""

    @wraps(twin)
    async def method(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if in_trio():
            return loops.run(twin(self, *args, **kwargs))
        if in_place.get() is not None:  # a call within a call, or a server that keeps its threads
            return await twin(self, *args, **kwargs)
        before = enter_test()
        try:
            return await twin(self, *args, **kwargs)
        finally:
            leave_test(before)

    return method


def _described(function: T, twin: Callable[..., Any]) -> T:
    for name in ("__name__", "__qualname__"):
        setattr(function, name, getattr(twin, name).removesuffix("_async"))
    note = f"In async code await `{twin.__name__}`, which does the same without blocking."
    function.__doc__ = f"{inspect.cleandoc(twin.__doc__ or '')}\n\n{note}"
    return function
