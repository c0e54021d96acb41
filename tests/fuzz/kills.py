"""Killing what writes files, before any one of its operations on them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

OPERATIONS = ((os, "replace"), (os, "fsync"), (Path, "unlink"), (Path, "rmdir"), (Path, "mkdir"))


class Killed(BaseException):
    """The process is not there any more."""


@contextlib.contextmanager
def before_operation(number: int | None, act: Callable[[], None] | None = None) -> Iterator[list[str]]:
    """Kill what runs inside before its operation `number` on files (from 0); or only `act` then, and go on.

    Gives the names of the operations so far. What was being written when the kill came is cut in half. After the
    kill nothing works, so that no `finally` tidies up, as in a process that is gone.

    Raises:
        Killed: it was killed.
    """
    done: list[str] = []

    def watched(owner: Any, name: str) -> Callable[..., Any]:
        operation = getattr(owner, name)

        def run(*arguments: Any, **options: Any) -> Any:
            done.append(name)
            if number is not None and (len(done) - 1 == number or (len(done) > number and act is None)):
                if act is None:
                    if name == "fsync" and len(done) - 1 == number:
                        os.ftruncate(arguments[0], os.fstat(arguments[0]).st_size // 2)
                    raise Killed
                act()
            return operation(*arguments, **options)

        return run

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in OPERATIONS:
            patch.setattr(owner, name, watched(owner, name))
        yield done
