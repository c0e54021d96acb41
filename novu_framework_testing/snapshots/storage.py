"""The files of a step on the disk: read as text that people and Git have touched, and written all or none."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path

from novu_framework_testing.snapshots.files import (
    HALF_WRITTEN,
    as_utf8,
    delete,
    move,
    read_if_there,
    stage,
    write_atomically,
)
from novu_framework_testing.snapshots.names import FileName

GIT_ATTRIBUTES = b"""\
# Git keeps the line ends of these snapshots as they are, on every system.
*/*/*.txt -text
*/*/*.html -text
*/*/*.png binary
"""

_ABANDONED = 3600.0  # seconds
_PLAN = ".plan"


class SnapshotFileError(OSError):
    """A snapshot that could not be read, written or deleted. The message says which and why."""


def plain(data: bytes) -> bytes:
    """Return the content of a text file without what editors and Git change: line ends, encoding and byte-order mark."""
    return as_utf8(data).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def says_same(old: bytes | None, new: bytes) -> bool:
    """Tell whether two contents of a file are the same text; line breaks at the end do not count."""
    return old is not None and plain(old).rstrip(b"\n") == plain(new).rstrip(b"\n")


def replace_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write these files, by name, into `folder`: all of them or, if the system refuses one, none.

    One that is killed between two of them has left a plan, and `finish` puts the others in their places.

    Raises:
        OSError: it refused, and everything is as it was.
    """
    owner = f"{HALF_WRITTEN}{os.getpid()}-{secrets.token_hex(4)}"
    plan = folder / f"{owner}{_PLAN}"
    new = {name: folder / f"{owner}-{number}.tmp" for number, name in enumerate(files)}
    back = {name: folder / f"{owner}-{number}.back.tmp" for number, name in enumerate(files)}
    _clear_abandoned(folder)
    try:
        # All that needs room on the disk comes first; putting a file in its place needs none.
        for name, data in files.items():
            stage(new[name], data)
        *others, last = files
        for name in others:
            if (old := read_if_there(folder / name)) is not None:
                stage(back[name], old)
        if others:
            write_atomically(plan, "\n".join(files).encode())
        try:
            for name in files:
                _take_place(new[name], folder / name)
        except BaseException:
            # With the last file, which is not where it was staged any more, all are in their places.
            if new[last].exists():
                delete(plan)
                for name in others:
                    _put_back(folder / name, back[name])
            raise
    finally:
        for temporary in (plan, *new.values(), *back.values()):
            with contextlib.suppress(OSError):
                delete(temporary)
        with contextlib.suppress(OSError):
            folder.rmdir()  # which works if it is empty: of a test that has got no snapshot


def finish(folder: Path) -> None:
    """Put the files in their places that a killed process has left staged, with its plan, in `folder`."""
    for plan in folder.glob(f"{HALF_WRITTEN}*{_PLAN}"):
        with contextlib.suppress(OSError, ValueError):
            for number, name in enumerate((read_if_there(plan) or b"").decode().split("\n")):
                if FileName.parse(name):
                    _take_place(plan.with_name(f"{plan.stem}-{number}.tmp"), folder / name)
            delete(plan)


def _take_place(temporary: Path, path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # whoever finishes a plan was quicker
        move(temporary, path)


def _clear_abandoned(folder: Path) -> None:
    """Delete half-written files that are an hour old: what writes one is done, or killed, long before."""
    for path in folder.glob(f"{HALF_WRITTEN}*.tmp"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _ABANDONED:
                path.unlink()


def _put_back(path: Path, back: Path) -> None:
    if back.exists():
        move(back, path)
    else:
        delete(path)  # it was not there


def keep_line_ends(root: Path) -> None:
    """Write a `.gitattributes` for the snapshots into `root`, unless there is one."""
    path = root / ".gitattributes"
    # Without it snapshots are as good: it is not worth a failure.
    with contextlib.suppress(OSError):
        if not os.path.lexists(path):
            replace_all(root, {path.name: GIT_ATTRIBUTES})
