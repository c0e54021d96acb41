"""What waits for a review: the snapshots of a test that differ, are new, are gone or have moved."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import PurePosixPath
from typing import Any, Literal

from novu_framework_testing.snapshots.files import encode, fingerprint

Kind = Literal["changed", "new", "gone", "moved"]
Status = Literal["pending", "accepted", "rejected"]


@dataclasses.dataclass(frozen=True)
class FileChange:
    """One file of a change.

    Attributes:
        path: Below the project's root, with `/` between its parts.
        base: The fingerprint of the file when the tests ran; None when there was no file.
        new: What accepting writes; None removes the file.
    """

    path: str
    base: str | None
    new: str | None

    @property
    def new_bytes(self) -> bytes | None:
        return None if self.new is None else encode(self.new)

    @property
    def target(self) -> str | None:
        """The fingerprint of the file after accepting."""
        return fingerprint(self.new_bytes)


@dataclasses.dataclass(frozen=True)
class Change:
    """One step of one test, before and after.

    Attributes:
        id: Its name in a review; the same for the same step of the same test.
        kind: `changed`, `new`, `gone`, or `moved`: the same content at another place in the order.
        step, channel: The step's id and type.
        workflow: The workflow's id, where it is known.
        stem: What the names of the step's files begin with (the new ones, if it moved).
        title: The content in a line, to tell it in a list.
        files: The files that accepting writes or removes.
        status: What a reviewer said.
    """

    id: str
    kind: Kind
    step: str
    channel: str
    workflow: str | None
    stem: str
    title: str
    files: tuple[FileChange, ...]
    status: Status = "pending"

    @property
    def revision(self) -> str:
        """What the content of this change is known by. A reviewer says which one was decided on."""
        return _digest([[file.path, file.base, file.target] for file in self.files])


@dataclasses.dataclass(frozen=True)
class StepSummary:
    """One step in the course of a run, for a timeline."""

    stem: str
    step: str
    channel: str
    status: str
    summary: str = ""


@dataclasses.dataclass(frozen=True)
class TestChanges:
    """The changes of one test.

    Attributes:
        test: The test's id, as pytest names it.
        folder: Where its snapshots are, below the project's root.
        changes: In the order of the steps.
        old, new: The course of the test's steps, before and after.
    """

    __test__ = False

    test: str
    folder: str
    changes: tuple[Change, ...]
    old: tuple[StepSummary, ...] = ()
    new: tuple[StepSummary, ...] = ()

    @property
    def key(self) -> str:
        """The name of the file that keeps these changes."""
        return _digest(self.folder)

    def with_status(self, statuses: dict[str, Status]) -> TestChanges:
        """The same with the status of some changes, by their ids, set."""
        changes = tuple(
            dataclasses.replace(change, status=statuses[change.id]) if change.id in statuses else change
            for change in self.changes
        )
        return dataclasses.replace(self, changes=changes)

    def to_json(self) -> str:
        return json.dumps(dataclasses.asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> TestChanges:
        """Raises `ValueError`, `KeyError` or `TypeError` when `text` is not what `to_json` makes."""
        data: dict[str, Any] = json.loads(text)
        changes = tuple(
            Change(**{**change, "files": tuple(FileChange(**file) for file in change["files"])})
            for change in data["changes"]
        )
        return cls(
            test=data["test"],
            folder=data["folder"],
            changes=changes,
            old=tuple(StepSummary(**stop) for stop in data["old"]),
            new=tuple(StepSummary(**stop) for stop in data["new"]),
        )


def change_id(folder: str, stem: str) -> str:
    """The id of the change of one step of the test whose snapshots are in `folder`."""
    return _digest(str(PurePosixPath(folder) / stem))


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]
