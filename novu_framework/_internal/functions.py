"""What is told from a user's function by looking at it: resolvers, skips, providers, handlers."""

from __future__ import annotations

import functools
import inspect
import linecache
import sys
import textwrap
import typing
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import CodeType, FunctionType, SimpleNamespace
from typing import Any
from weakref import WeakKeyDictionary


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
    """Tell whether a resolver or skip takes the controls. Raises `TypeError` where it needs more than one argument."""
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
    """Return those of `names` that a provider's function takes. Raises `TypeError` where it needs another one."""
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


def written_at(file: str, line: int | None) -> str:
    """Describe a line of code, for a message: ``app/workflows.py:12 (`await step.sms("code", text)`)``."""
    return f"{file}:{line} (`{linecache.getline(file, line or 0).strip()}`)"


def source(function: Any) -> str:
    """Return the source text of a function, or what a value looks like; the dashboard shows it."""
    if isinstance(function, functools.partial):
        return source(function.func)
    if type(function) is not FunctionType or function.__dict__:
        return _source(function)
    code = function.__code__  # those that a factory makes share it
    file, text = _sources.get(code, ("", ""))
    if file != code.co_filename:  # code that differs in no more than its file is equal
        text = _source(function)
        _sources[code] = code.co_filename, text
    return text


_sources: WeakKeyDictionary[CodeType, tuple[str, str]] = WeakKeyDictionary()


def _source(function: Any) -> str:
    try:
        return textwrap.dedent(inspect.getsource(function)).rstrip()
    except (OSError, TypeError):
        return repr(function) if not callable(function) else name_and_place(function)


class NotDefinedYetError(TypeError):
    """An annotation names a class that is not known: it may be defined further down, or never."""


def annotation(function: Callable[..., Any], parameter: str, names: Mapping[str, Any]) -> Any:
    """Return what `parameter` is annotated with, or None where it is not.

    Args:
        names: Names beside the function's globals, for classes defined inside another function.

    Raises:
        NotDefinedYetError: It is a string that names nothing known.
        TypeError: It is a string that is no type.
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
        annotated = SimpleNamespace(__annotations__={parameter: written})
        return typing.get_type_hints(annotated, scope, include_extras=True)[parameter]
    except (NameError, AttributeError) as error:
        raise NotDefinedYetError(
            f"{name_and_place(function)}: the annotation of `{parameter}` names `{written}`, which is not known "
            f"({error}). Define it at module level, import it outside of `if TYPE_CHECKING:`, or pass the schema explicitly."
        ) from None
    except (TypeError, SyntaxError) as error:
        raise TypeError(
            f"{name_and_place(function)}: the annotation of `{parameter}` is `{written}`, which is not a type: {error}"
        ) from None


def _closure(function: Any) -> dict[str, Any]:
    filled: dict[str, Any] = {}
    cells = getattr(function, "__closure__", None) or ()
    for name, cell in zip(function.__code__.co_freevars if cells else (), cells, strict=True):
        with suppress(ValueError):  # a name that has no value yet
            filled[name] = cell.cell_contents
    return filled


def first_parameter(function: Callable[..., Any]) -> str | None:
    """Return the name of the first positional parameter, or None."""
    return next((p.name for p in _parameters(function) or () if p.kind is not p.KEYWORD_ONLY), None)


def enclosing_names(depth: int) -> dict[str, Any]:
    """Return the local names of the function `depth` frames up, for annotations that are strings; empty in a module."""
    frame = sys._getframe(depth)
    return {} if frame.f_locals is frame.f_globals else dict(frame.f_locals)
