"""What a process that was forked must not share with its parent: threads, event loops, connections, locks.

A fork copies the memory and none of the threads, so a queue that a thread read is read by nobody, and a lock that
another thread held stays locked, that of a module which it was importing too. Celery, gunicorn's `--preload` and multiprocessing fork apps that have run already.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from operator import methodcaller
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

T = TypeVar("T")

_resets: WeakKeyDictionary[Any, Callable[[Any], Any]] = WeakKeyDictionary()
_parents: list[Any] = []


def after_fork(owner: T, reset: Callable[[T], Any]) -> None:
    """Call `reset(owner)` in each process that is forked from now on, before anything else runs there.

    What `reset` returns is kept for ever: to close a connection or a loop that the parent still uses would disturb it.
    """
    _resets[owner] = reset


def free_after_fork(lock: T) -> T:
    """Return a lock of `threading`, and free it in each process that is forked from now on."""
    after_fork(lock, methodcaller("_at_fork_reinit"))  # as CPython's own modules do
    return lock


def _finish_imports() -> None:
    """Wait for those of our modules that other threads are importing, which they do when a part is first used.

    Only ours: the code of an app's module may run for as long as the app does.
    """
    ours = [name for name in list(sys.modules) if name.startswith("novu_framework")]
    for name in ours:
        with suppress(Exception):  # as that thread is told
            if getattr(getattr(sys.modules[name], "__spec__", None), "_initializing", False):
                import_module(name)


def _start_over() -> None:
    for owner, reset in list(_resets.items()):
        _parents.append(reset(owner))


if hasattr(os, "register_at_fork"):  # not on Windows, which does not fork
    os.register_at_fork(before=_finish_imports, after_in_child=_start_over)
