"""How the user's functions are looked at and called: resolvers, skips, providers, handlers."""

from __future__ import annotations

import asyncio
import functools
import inspect
import sys
import textwrap
import typing
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, Protocol

from novu_framework._internal.threads import called_in_place, in_place, in_thread, on_loop


def is_async(function: Callable[..., Any]) -> bool:
    """Tell whether calling `function` gives an awaitable: an `async def`, a partial of one, or an object with one."""
    if type(function) is FunctionType and not function.__dict__:  # 3% of a small execute
        return bool(function.__code__.co_flags & inspect.CO_COROUTINE)
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(
        getattr(function, "__call__", None)  # noqa: B004
    )


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter] | None:
    try:
        return list(inspect.signature(function).parameters.values())
    except ValueError:  # a builtin without a signature
        return None


def takes_controls(function: Callable[..., Any]) -> bool:
    """Tell whether a resolver or skip takes an argument, the controls.

    Raises:
        TypeError: It needs more than one.
    """
    if (parameters := _parameters(function)) is None:
        return True
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    needed = [p.name for p in positional if p.default is p.empty]
    keyword_only = [p.name for p in parameters if p.kind is p.KEYWORD_ONLY and p.default is p.empty]
    if len(needed) > 1 or keyword_only:
        raise TypeError(
            f"{name_and_place(function)} takes ({', '.join(needed + keyword_only)}): "
            "a resolver or skip takes the controls, or nothing, by position"
        )
    if needed:
        return True
    if positional:  # a default, as in `lambda x=x: ...`, is a bound value unless the name says otherwise
        return positional[0].name == "controls"
    return any(p.kind is p.VAR_POSITIONAL for p in parameters)


def named_arguments(function: Callable[..., Any], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of `names` that a provider's function takes.

    Raises:
        TypeError: It needs another one.
    """
    if (parameters := _parameters(function)) is None or any(p.kind is p.VAR_KEYWORD for p in parameters):
        return names
    unknown = [p.name for p in parameters if p.name not in names and p.default is p.empty]
    if unknown:
        raise TypeError(
            f"{name_and_place(function)} takes `{unknown[0]}`: a provider's function takes {' and '.join(names)} by name"
        )
    taken = {p.name for p in parameters}
    return tuple(name for name in names if name in taken)


def name_and_place(function: Callable[..., Any]) -> str:
    """Describe a function by name and place, for a message: `render (app/workflows.py:12)`."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    name = getattr(function, "__name__", type(function).__name__)
    return f"`{name}` ({code.co_filename}:{code.co_firstlineno})" if code else f"`{name}`"


def source(function: Any) -> str:
    """Return the source text of a function, or what a value looks like; the dashboard shows it."""
    if isinstance(function, functools.partial):
        return source(function.func)
    try:
        return textwrap.dedent(inspect.getsource(function)).rstrip()
    except (OSError, TypeError):
        return repr(function) if not callable(function) else name_and_place(function)


def annotation(function: Callable[..., Any], parameter: str, names: Mapping[str, Any]) -> Any:
    """Return what `parameter` is annotated with, a string resolved; None where it has no annotation.

    Args:
        names: Names beside the function's globals, for classes defined inside another function.

    Raises:
        TypeError: The annotation is a string that names nothing known.
    """
    target = inspect.unwrap(function)
    while isinstance(target, functools.partial):
        target = target.func
    if not hasattr(target, "__annotations__") and hasattr(target, "__call__"):  # noqa: B004
        target = target.__call__
    written = getattr(target, "__annotations__", {}).get(parameter)
    if not isinstance(written, str):
        return written
    scope = {**names, **getattr(target, "__globals__", {}), **_closure(target)}
    try:
        return typing.get_type_hints(_Annotated({parameter: written}), scope, include_extras=True)[parameter]
    except NameError as error:
        raise TypeError(
            f"{name_and_place(function)}: the annotation of `{parameter}` names `{written}`, which is not known "
            f"({error}). Define it at module level, or pass the schema explicitly."
        ) from None


class _Annotated:
    def __init__(self, annotations: dict[str, Any]) -> None:
        self.__annotations__ = annotations


def _closure(function: Any) -> dict[str, Any]:
    cells = getattr(function, "__closure__", None) or ()
    names = function.__code__.co_freevars if cells else ()
    return {name: cell.cell_contents for name, cell in zip(names, cells, strict=True) if _is_filled(cell)}


def _is_filled(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return False
    return True


def first_parameter(function: Callable[..., Any]) -> str | None:
    """Return the name of the first positional parameter, or None."""
    return next((p.name for p in _parameters(function) or () if p.kind is not p.KEYWORD_ONLY), None)


def enclosing_names(depth: int) -> dict[str, Any]:
    """Return the local names of the function `depth` frames up, for annotations that are strings; empty in a module."""
    frame = sys._getframe(depth)
    return {} if frame.f_locals is frame.f_globals else dict(frame.f_locals)


class FunctionCaller(Protocol):
    """A way to call a user's function from where the run is."""

    async def __call__(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...


async def from_loop(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call from the event loop: an async function is awaited, a sync one runs in a worker thread.

    Context variables reach it either way.
    """
    if is_async(function):
        return await function(*args, **kwargs)
    if in_place.get():
        result = called_in_place(function, *args, **kwargs)
    else:
        result = await in_thread(function, *args, **kwargs)
    return await result if inspect.isawaitable(result) else result


class FromThread:
    """Call from a worker thread of `loop`: a sync function runs here, an async one on the loop. Never suspends."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    async def __call__(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        return on_loop(self._loop, _awaited(result)) if inspect.isawaitable(result) else result


def is_failure(error: BaseException) -> bool:
    """Tell whether what the user's code raised is its own failure, and not the end of the request or of the process.

    A `CancelledError` is a failure unless the request was cancelled: awaiting a task that was cancelled raises
    one too. Python 3.10 cannot tell them apart, and there it always ends the request.
    """
    if isinstance(error, asyncio.CancelledError):
        cancelling = getattr(asyncio.current_task(), "cancelling", None)
        return cancelling is not None and not cancelling()
    return not isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit))


async def _awaited(awaitable: Any) -> Any:
    return await awaitable
