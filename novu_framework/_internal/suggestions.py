"""The names that there are, told to someone who misspelt one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

MAX_NAMES = 20


def known_names(name: str, known: Iterable[str]) -> str:
    """List the known names and end the sentence, with a question where one of them is nearly `name`.

    >>> known_names("welcom", ["welcome", "digest"])
    "welcome, digest; did you mean 'welcome'?"
    >>> known_names("welcome", [])
    'none.'
    """
    names = list(known)
    listed = ", ".join(names[:MAX_NAMES]) or "none"
    if len(names) > MAX_NAMES:
        listed += f" and {len(names) - MAX_NAMES} more"
    return listed + ending(name, names)


def ending(name: str, known: Iterable[str]) -> str:
    """End a sentence, with a question where one of the known names is nearly `name`.

    >>> ending("sendgird", ["sendgrid", "twilio"])
    "; did you mean 'sendgrid'?"
    """
    import difflib  # not worth loading for those who misspell nothing

    nearest = difflib.get_close_matches(str(name), list(known), n=1)
    return f"; did you mean {nearest[0]!r}?" if nearest else "."


def unfit_arguments(method: Callable[..., Any], args: Iterable[Any], kwargs: Mapping[str, Any]) -> TypeError:
    """Make the error of arguments that do not fit a method or a function, by the name that was called, also of its twin.

    >>> async def trigger_async(self, to, payload=None): ...
    >>> unfit_arguments(trigger_async, ["ann"], {"paylod": {}})
    TypeError("trigger() has no parameter 'paylod'; it has to, payload; did you mean 'payload'?")
    """
    name, signature = method.__name__.removesuffix("_async").lstrip("_"), inspect.signature(method)
    known = [one for one in signature.parameters if one != "self"]
    for given in kwargs:
        if given not in known:
            return TypeError(f"{name}() has no parameter {given!r}; it has {known_names(given, known)}")
    try:
        signature.bind(*([None] if "self" in signature.parameters else []), *args, **kwargs)
    except TypeError as error:
        return TypeError(f"{name}(): {error}.")
    return TypeError(f"{name}() cannot be called like this.")
