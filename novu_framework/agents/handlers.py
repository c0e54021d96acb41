"""The handlers of an agent: which there are, and what is wrong with one, told when it is defined."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, Final, TypeAlias

from novu_framework._internal.functions import is_async, name_and_place
from novu_framework._internal.suggestions import known_names

Handlers: TypeAlias = Mapping[str, Callable[..., Any]]
"""The handlers of an agent by name, such as `on_message`."""

PARAMETERS: Final[Mapping[str, tuple[str, ...]]] = {
    "on_message": ("message", "ctx"),
    "on_action": ("action", "ctx"),
    "on_reaction": ("reaction", "ctx"),
    "on_resolve": ("ctx",),
    "on_tool_approval": ("decision", "ctx"),
    "on_error": ("error", "ctx"),
    "render_approval": ("request",),
}
"""Every handler, with what it is called with."""

EVENTS: Final[Mapping[str, str]] = {
    "onMessage": "on_message",
    "onAction": "on_action",
    "onResolve": "on_resolve",
    "onReaction": "on_reaction",
}
"""The handler of each event."""

_LOOKS_LIKE_A_HANDLER = re.compile(r"on(_|[A-Z])|render_")


def handlers_of(agent_id: str, given: Any) -> dict[str, Callable[..., Any]]:
    """Return the handlers that a function, a class or an object gives an agent.

    Args:
        agent_id: The agent's id, for the messages.
        given: The message handler; or a class, or an object, with a method for each handler.

    Raises:
        TypeError: There is no message handler, or one cannot be called as it will be; the message says which and why.
    """
    if isinstance(given, type):
        given = _object_of(agent_id, given)
    names = [name for name in dir(given) if _LOOKS_LIKE_A_HANDLER.match(name)]
    if isinstance(given, FunctionType) or (callable(given) and "on_message" not in names):
        return {"on_message": checked(agent_id, "on_message", given)}
    place = f"agent `{agent_id}`: `{type(given).__name__}`"
    for name in names:
        if name not in PARAMETERS:
            raise TypeError(
                f"{place} has `{name}`, which no event calls. Handlers are {known_names(name, PARAMETERS)}"
            )
    if "on_message" not in names:
        raise TypeError(f"{place} has no `on_message(self, message, ctx)`, which every agent has.")
    return {name: checked(agent_id, name, getattr(given, name)) for name in names}


def checked(agent_id: str, name: str, handler: Any) -> Callable[..., Any]:
    """Return a handler that can be called as it will be.

    Raises:
        TypeError: It is no function, or takes other arguments, or is async where that cannot be.
    """
    place = f"agent `{agent_id}`, `{name}`"
    if not callable(handler):
        raise TypeError(f"{place}: a handler is a function, not {handler!r}.")
    given = PARAMETERS[name]
    try:
        signature = inspect.signature(handler)
        signature.bind(*given)
    except ValueError:  # a builtin without a signature
        pass
    except TypeError:
        raise TypeError(
            f"{place}: {name_and_place(handler)} takes {signature}, and is called with ({', '.join(given)})."
        ) from None
    if inspect.isasyncgenfunction(handler) or inspect.isgeneratorfunction(handler):
        raise TypeError(
            f"{place}: {name_and_place(handler)} yields. A handler returns its reply; one that comes in parts is made with "
            "`handle = await ctx.reply(...)` and `handle.edit(...)`."
        )
    if name == "render_approval" and is_async(handler):
        raise TypeError(
            f"{place}: {name_and_place(handler)} is async. Write a plain `def`: it only makes a message."
        )
    called: Callable[..., Any] = handler
    return called


def _object_of(agent_id: str, cls: type) -> Any:
    try:
        inspect.signature(cls).bind()
    except TypeError as error:
        raise TypeError(
            f"agent `{agent_id}`: the class `{cls.__name__}` cannot be made without arguments ({error}). "
            f"Make the object yourself: agent({agent_id!r})({cls.__name__}(...))"
        ) from None
    return cls()
