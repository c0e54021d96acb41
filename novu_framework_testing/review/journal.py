"""Decisions, written down before they are carried out.

The folder of the journal has one file for each decision, and the end of its name says how far it is:

- `<id>.deciding`: written down; some of its files may be written already
- `<id>.json`: carried out, and can be taken back
- `<id>.undoing`: being taken back, because a reviewer wants it or because it could not be carried out

From one to the next a file is renamed, which happens whole or not at all, and also on a full disk.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Literal

from novu_framework_testing.review.changes import Status
from novu_framework_testing.snapshots.files import HALF_WRITTEN, move, read_if_there, remove, stage

Action = Literal["accept", "reject"]
"""What a decision does with a change."""

_AT_ONCE = 16
DECIDING, DONE, UNDOING = ".deciding", ".json", ".undoing"


class Refused(Exception):
    """A decision that was not carried out: its files are as they were.

    `why` is for the reviewer; `code` is `unknown` (no such change or decision), `conflict` (something changed
    since), `forbidden` (not a snapshot file of this project) or `failed` (the disk is full, say).
    """

    def __init__(self, code: Literal["unknown", "conflict", "forbidden", "failed"], why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


@dataclasses.dataclass(frozen=True)
class FileWrite:
    """One file of a decision: what it was and what it becomes; None is a file that does not exist."""

    change: str
    path: str
    before: bytes | None
    after: bytes | None


@dataclasses.dataclass(frozen=True)
class Replacement:
    """One file to write, or to remove, as long as it is what it was."""

    file: Path
    before: bytes | None
    after: bytes | None

    def temporary(self, owner: str) -> Path:
        """Return where the new content waits until that of all the others is written, too."""
        name = hashlib.sha256(os.fsencode(self.file.name)).hexdigest()
        return self.file.with_name(f"{HALF_WRITTEN}{owner}-{name}.tmp")


@dataclasses.dataclass(frozen=True)
class Entry:
    """A decision in the journal.

    Attributes:
        id: To undo it by; later decisions have greater ones.
        action: `accept` or `reject`.
        before: The status of each of its changes before it, by their ids.
        writes: The files that it writes.
        why: The comment of a rejection.
        comments: The comments of its changes before it, of those that had one, by their ids.
    """

    id: str
    action: Action
    before: Mapping[str, Status]
    writes: Sequence[FileWrite]
    why: str = ""
    comments: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return what the journal keeps."""
        return json.dumps(dataclasses.asdict(self), default=_base64).encode()

    @classmethod
    def read(cls, path: Path) -> Entry | None:
        """Return the entry that is kept at `path`; None if there is none, or it was not written here."""
        try:
            data: dict[str, Any] = json.loads(read_if_there(path) or b"")
            writes = [
                FileWrite(
                    str(each["change"]), str(each["path"]), _bytes(each["before"]), _bytes(each["after"])
                )
                for each in data["writes"]
            ]
            # an earlier version wrote no comments
            why, comments = str(data.get("why", "")), dict(data.get("comments", {}))
            entry = cls(path.stem, data["action"], dict(data["before"]), writes, why, comments)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        known = entry.action in ("accept", "reject") and all(one.change in entry.before for one in writes)
        return entry if known else None

    def only(self, changes: Iterable[str]) -> Entry:
        """Return the same decision on fewer changes."""
        before = {change: self.before[change] for change in changes}
        return dataclasses.replace(
            self, before=before, writes=[write for write in self.writes if write.change in before]
        )

    def decisions(self, done: Iterable[str], *, forward: bool) -> dict[str, tuple[Status, str]]:
        """Return the status and the comment of each of its changes, of which `done` are carried out.

        One that is not done waits again, also where its status was written before this broke off.
        """
        decided: tuple[Status, str] = ("accepted", "") if self.action == "accept" else ("rejected", self.why)
        whole = set(done) if forward else set()
        return {
            change: decided if change in whole else (status, self.comments.get(change, ""))
            for change, status in self.before.items()
        }

    def plan(self, file_of: Callable[[str], Path], *, forward: bool) -> tuple[list[Replacement], list[str]]:
        """Return what is left to do, forward or back, and the changes that this does whole.

        A change of which somebody else has written a file meanwhile is not done at all: its other files
        become what they were.
        """
        found: dict[str, list[tuple[FileWrite, Path, bytes | None]]] = {change: [] for change in self.before}
        for write in self.writes:
            file = file_of(write.path)
            found[write.change].append((write, file, read_if_there(file)))
        steps: list[Replacement] = []
        whole: list[str] = []
        for change, files in found.items():
            is_whole = all(now in (write.before, write.after) for write, _, now in files)
            if is_whole:
                whole.append(change)
            for write, file, now in files:
                old, new = (write.before, write.after) if is_whole is forward else (write.after, write.before)
                if now == old != new:
                    steps.append(Replacement(file, old, new))
        return steps, whole


def carry_out(steps: Sequence[Replacement], *, owner: str) -> None:
    """Write and remove files: the content of all is on the disk before the first takes its place.

    Raises:
        Refused: somebody else has written a file since the steps were planned.
        OSError: a file could not be written. Those before it have been.
    """
    staged = [step for step in reversed(steps) if step.after is not None]
    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:  # a disk puts many files away as quickly as one
            list(pool.map(lambda step: stage(step.temporary(owner), step.after or b""), staged))
        for step in steps:
            if read_if_there(step.file) != step.before:
                raise Refused("conflict", f"{step.file.name} was changed just now. Run the tests again.")
            if step.after is None:
                remove(step.file)
            else:
                move(step.temporary(owner), step.file)
                staged.pop()
    except BaseException:
        discard(staged, owner=owner)
        raise


def discard(steps: Iterable[Replacement], *, owner: str) -> None:
    """Delete what was staged and has not taken its place."""
    for step in steps:
        with contextlib.suppress(OSError):
            remove(step.temporary(owner))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)
