"""One body for a blocking method and its async twin.

The body is a generator: it yields the calls that it wants made, gets their answers, and returns the result. `blocking` and
`awaitable` make the two methods of it, which differ only in how a call is made::

    def _trigger(self, workflow_id: str) -> Exchange[TriggerResult]:
        answer = yield PendingCall(self, "POST", "/v1/events/trigger", {"name": workflow_id})
        return TriggerResult.of_answer(answer)

    trigger = blocking(_trigger)
    trigger_async = awaitable(_trigger)
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any, Concatenate, NamedTuple, ParamSpec, Protocol, TypeAlias, TypeVar, overload

from novu_framework._internal.suggestions import unfit_arguments

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")
S_contra = TypeVar("S_contra", contravariant=True)
T_co = TypeVar("T_co", covariant=True)


class Caller(Protocol):
    """Something that makes calls to the Novu API, blocking or not."""

    def request(self, method: str, path: str, body: Any = None) -> Any:
        """Make a call and return its parsed answer."""
        ...

    def request_async(self, method: str, path: str, body: Any = None) -> Awaitable[Any]:
        """Make a call without blocking the event loop."""
        ...


class PendingCall(NamedTuple):
    """A call that an exchange wants made."""

    caller: Caller
    method: str
    path: str
    body: Any = None


Exchange: TypeAlias = Generator[PendingCall, Any, T]
"""A body: it yields calls, is sent their answers (or has their errors raised), and returns its result."""


class Method(Protocol[S_contra, P, T_co]):
    """A method that a function made: type checkers (ty, as of 2026) bind no mere `Callable` to its instance."""

    @overload
    def __get__(self, instance: None, owner: Any) -> Callable[Concatenate[S_contra, P], T_co]: ...
    @overload
    def __get__(self, instance: S_contra, owner: Any) -> Callable[P, T_co]: ...
    def __call__(self, instance: S_contra, /, *args: P.args, **kwargs: P.kwargs) -> T_co: ...


def as_method(function: Callable[Concatenate[S, P], T]) -> Method[S, P, T]:
    """Return a function, for type checkers as a method of the class that it becomes an attribute of."""
    return function


def blocking(
    body: Callable[Concatenate[S, P], Exchange[T]],
) -> Method[S, P, T]:
    """Make the blocking method of a body."""

    async def answer_to(call: PendingCall) -> Any:
        return call.caller.request(*call[1:])

    def method(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return without_suspending(_exchanged(_begun(body, self, *args, **kwargs), answer_to))

    return as_method(_described(method, body, body.__name__.lstrip("_"), body.__doc__))


def awaitable(
    body: Callable[Concatenate[S, P], Exchange[T]],
) -> Method[S, P, Coroutine[Any, Any, T]]:
    """Make the async method of a body."""

    async def answer_to(call: PendingCall) -> Any:
        return await call.caller.request_async(*call[1:])

    async def method(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await _exchanged(_begun(body, self, *args, **kwargs), answer_to)

    name = body.__name__.lstrip("_")
    # the example calls the twin; in sentences, no dot is before a name
    example = re.sub(rf"(\w+)\.{name}\(", rf"await \1.{name}_async(", inspect.getdoc(body) or "")
    doc = f"Do what `{name}` does, without blocking the event loop.\n\n{example}"
    return as_method(_described(method, body, f"{name}_async", doc))


def _begun(body: Callable[..., Exchange[T]], self: Any, /, *args: Any, **kwargs: Any) -> Exchange[T]:
    try:
        return body(self, *args, **kwargs)
    except TypeError:  # nothing ran yet: these are no arguments of it
        raise unfit_arguments(body, args, kwargs) from None


async def _exchanged(exchange: Exchange[T], answer_to: Callable[[PendingCall], Awaitable[Any]]) -> T:
    try:
        call = next(exchange)
        while True:
            try:
                answers = [await answer_to(call)]
            except Exception as error:
                call = exchange.throw(error)
            else:
                call = exchange.send(answers.pop())  # no variable of this frame holds what may quote a key
    except StopIteration as stop:
        result: T = stop.value
        return result


def without_suspending(coroutine: Coroutine[Any, Any, T]) -> T:
    """Return the result of a coroutine that never suspends, without an event loop."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    coroutine.close()
    raise RuntimeError("a step of a plain `def`, and a blocking call, must not suspend")


def _described(method: T, body: Callable[..., Any], name: str, doc: str | None) -> T:
    """Give a generated method the name, the text and the signature that one written by hand would have."""
    described: Any = method
    described.__module__ = body.__module__
    described.__name__ = name
    described.__qualname__ = f"{body.__qualname__.rpartition('.')[0]}.{name}"
    described.__doc__ = doc
    signature = inspect.signature(body)
    result = str(signature.return_annotation).removeprefix("Exchange[").removesuffix("]")
    described.__signature__ = signature.replace(return_annotation=result)
    described.__annotations__ = {**body.__annotations__, "return": result}
    return method
