"""A failed test is told by the lines of its own code: what happened within this package is left out of tracebacks.

`pytest --full-trace` shows all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from types import TracebackType

import pytest

PACKAGES = ("novu_framework", "novu_framework_testing")


def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Shorten the tracebacks of a failed test before its report is written, and look for what was misspelt."""
    if call.excinfo is None:
        return
    errors = list(_chain(call.excinfo.value))
    for error in errors:
        _suggest(error)
    if item.config.getoption("fulltrace"):
        return
    for error in errors:
        error.__traceback__ = _shortened(error.__traceback__)
    first = errors[0]
    if not any(map(_is_users, _entries(first.__traceback__))) and _is_told(first):
        # Such as a fixture's: nobody's own code is in it, and the words say what there is to do.
        told = pytest.fail.Exception(f"{type(first).__name__}: {first}", pytrace=False)
        call.excinfo = pytest.ExceptionInfo.from_exception(told.with_traceback(first.__traceback__))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Give an exception and those that led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _shortened(traceback: TracebackType | None) -> TracebackType | None:
    """Leave out each row of frames with one of ours among them, up to the next frame of the user's code.

    The first frame stays: pytest begins to look there. So does all of a traceback that is nothing but ours.
    """
    entries = list(_entries(traceback))
    kept = entries[:1]
    for users, row in groupby(entries[1:], key=_is_users):
        frames = list(row)
        if users or not any(map(_is_ours, frames)):
            kept += frames
    if not any(map(_is_users, kept)):
        return entries[0] if entries else None
    for entry, following in pairwise([*kept, None]):
        if entry is not None:
            entry.tb_next = following
    return kept[0]


def _entries(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _is_told(error: BaseException) -> bool:
    """Tell whether an error is one of those that say in words what is wrong."""
    return type(error).__module__.partition(".")[0] in PACKAGES or isinstance(error, pytest.UsageError)


def _is_ours(entry: TracebackType) -> bool:
    return str(entry.tb_frame.f_globals.get("__name__")).partition(".")[0] in PACKAGES


def _is_users(entry: TracebackType) -> bool:
    from novu_framework.discovery import is_users_file

    return not _is_ours(entry) and is_users_file(entry.tb_frame.f_code.co_filename)


def _suggest(error: BaseException) -> None:
    """End an `AttributeError` of one of our objects with the name that was meant, as Python does where it ends a program."""
    if not isinstance(error, AttributeError) or not error.name:
        return
    if type(error.obj).__module__.partition(".")[0] in PACKAGES:
        from novu_framework._internal.suggestions import ending

        names = [name for name in dir(error.obj) if not name.startswith("_")]
        error.args = (f"{error}{ending(error.name, names)}",)
