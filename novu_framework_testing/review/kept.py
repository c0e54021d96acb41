"""Reading the kept changes, each file once for as long as it stays what it is."""

from __future__ import annotations

import contextlib
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
        self._read: dict[Path, tuple[_Stamp, TestChanges]] = {}

    def tests(self) -> list[TestChanges]:
        """Return the tests with changes, in the order of their names; what is no such file is left out."""
        read: dict[Path, tuple[_Stamp, TestChanges]] = {}
        for path in self._folder.glob("*.json"):
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
                found = path.stat()
                stamp = found.st_ino, found.st_size, found.st_mtime_ns
                known = self._read.get(path)
                if known and known[0] == stamp:
                    read[path] = known
                else:
                    read[path] = stamp, TestChanges.from_json(read_if_there(path) or b"")
        self._read = read
        return sorted(
            (test for _, test in read.values()), key=lambda each: (natural(each.folder), natural(each.test))
        )
