"""Reading the kept changes, each file once for as long as it stays what it is."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from novu_framework_testing._internal.natural_order import natural
from novu_framework_testing.review.changes import TestChanges
from novu_framework_testing.snapshots.files import read_if_there

_Stamp = tuple[int, int, int]


class KeptChanges:
    """The changes that the files of a folder keep, a file for each test.

    A file is only ever replaced by another one, so that its number, size and time tell whether it is still the one
    that was read: of thousands of changes, those are read again that somebody has decided on.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[_Stamp, TestChanges]] = {}
        self._sorted: list[TestChanges] = []

    def tests(self) -> list[TestChanges]:
        """Return the tests with changes, in the order of their names; what is no such file is left out."""
        read: dict[str, tuple[_Stamp, TestChanges]] = {}
        for name, stamp in self._stamps():
            known = self._read.get(name)
            if known and known[0] == stamp:
                read[name] = known
            else:
                with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
                    read[name] = stamp, TestChanges.from_json(read_if_there(self._folder / name) or b"")
        if read != self._read:
            self._read = read
            self._sorted = sorted(
                (test for _, test in read.values()),
                key=lambda each: (natural(each.folder), natural(each.test)),
            )
        return [*self._sorted]

    def _stamps(self) -> Iterator[tuple[str, _Stamp]]:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(self._folder) as entries:
            for entry in entries:
                if entry.name.endswith(".json"):
                    with contextlib.suppress(OSError):
                        found = os.stat(
                            entry.path
                        )  # an entry's own stat has no number of the file on Windows
                        yield entry.name, (found.st_ino, found.st_size, found.st_mtime_ns)
