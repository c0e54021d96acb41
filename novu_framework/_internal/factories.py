"""Apps by what makes them: `package:create_app` beside `package:app`."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any


def named(module: ModuleType, name: str) -> Any:
    """Return what a module has under a name: `app`, `web.app`, `create_app`. Raises `AttributeError` where that is nothing."""
    value: Any = module
    for part in name.removesuffix("()").split("."):
        value = getattr(value, part)
    return value


def app_of(module: ModuleType, name: str) -> Any:
    """Return the app of that name; `create_app()` calls a factory, and `create_app` does where it is one. Raises as `named` and `made` do."""
    value = named(module, name)
    return _checked(value()) if name.endswith("()") else made(value)


def made(value: Any) -> Any:
    """Return the app that a factory makes, or the app itself. Raises `TypeError` for a factory that needs arguments.

    >>> made(lambda: "the app")
    'the app'
    """
    if not callable(value) or hasattr(value, "discover"):  # a workflow, or a bridge
        return value
    try:
        signature = inspect.signature(value)
    except (TypeError, ValueError):
        return value
    parameters = signature.parameters.values()
    if any(one.kind is one.VAR_POSITIONAL for one in parameters):  # a wrapper, of an app that takes a request
        return value
    if takes(signature, 0):
        return _checked(value())
    # an app takes `scope, receive, send`, or `environ, start_response`, or `event, context`
    if inspect.isfunction(value) and not (takes(signature, 2) or takes(signature, 3)):
        needed = [
            one.name for one in parameters if one.default is one.empty and one.kind is not one.VAR_KEYWORD
        ]
        what = f"{value.__name__} takes {', '.join(needed)}: name an app, or a function that makes one without arguments"
        raise TypeError(what)
    return value


def _checked(app: Any) -> Any:
    if inspect.iscoroutine(app):
        app.close()
        raise TypeError(
            f"{app.__name__} is async: name a plain function that makes the app, and open things in its lifespan"
        )
    return app


def takes(signature: inspect.Signature, count: int) -> bool:
    """Tell whether something can be called with so many arguments by position."""
    try:
        signature.bind(*range(count))
    except TypeError:
        return False
    return True
