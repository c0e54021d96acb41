"""The blocking twin of an async function, without writing its signature twice."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

import anyio

P = ParamSpec("P")
T = TypeVar("T")


def blocking(twin: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """Make a function that runs `twin` to its end and returns its result, named without the `_async`.

    >>> async def double_async(number: int) -> int:
    ...     return 2 * number
    >>> blocking(double_async)(4)
    8
    """

    @wraps(twin)
    def function(*args: P.args, **kwargs: P.kwargs) -> T:
        return anyio.run(partial(twin, *args, **kwargs))

    for name in ("__name__", "__qualname__"):
        setattr(function, name, getattr(twin, name).removesuffix("_async"))
    note = f"In async code await `{twin.__name__}`, which does the same without blocking."
    function.__doc__ = f"{inspect.cleandoc(twin.__doc__ or '')}\n\n{note}"
    return function
