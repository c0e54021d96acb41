"""Names of a package that are imported when they are first used: what a run of tests does not use costs it nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` of a package.

    Args:
        package: The package's `__name__`.
        homes: The names, with blanks between them, by the module of the package that has them.

    >>> lazy("novu_framework_testing._internal", {"natural_order": "natural"})("other")
    Traceback (most recent call last):
    AttributeError: module 'novu_framework_testing._internal' has no attribute 'other'
    """
    home = {name: module for module, names in homes.items() for name in names.split()}

    def __getattr__(name: str) -> Any:  # the name that a traceback shows
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{home[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
