"""Keeping what waits for a review, and carrying out what reviewers decide.

Everything is in `.novu/review/` in the project: `changes/` has a file for each test with changes, and
`decisions/` one for each decision, with what it takes to undo it. A decision is written down before it is
carried out, so that one that was interrupted is finished at the next decision. One lock file lets several
reviewers (and a run of the tests) work on the same folder.
"""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal

from novu_framework_testing.review.changes import Change, Status, TestChanges
from novu_framework_testing.snapshots.files import (
    clear_half_written,
    fingerprint,
    read_if_there,
    remove,
    write_atomically,
)
from novu_framework_testing.snapshots.names import is_snapshot_path

Action = Literal["accept", "reject"]
_NOT_THERE = "This change is not there any more: the tests have run again since."


class Refused(Exception):
    """A decision that was not carried out; nothing was written.

    `why` is for the reviewer; `code` is `unknown` (no such change or decision), `conflict` (something changed
    since) or `forbidden` (not a snapshot file of this project).
    """

    def __init__(self, code: Literal["unknown", "conflict", "forbidden"], why: str) -> None:
        super().__init__(why)
        self.code = code
        self.why = why


@dataclasses.dataclass(frozen=True)
class Decision:
    """A decision of a reviewer.

    Attributes:
        id: To undo it by.
        action: `accept` or `reject`.
        changes: The ids of the changes that it was carried out on.
        refused: Why not, by id, for the others.
    """

    id: str
    action: Action
    changes: tuple[str, ...]
    refused: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class _Write:
    """One file of a decision: what it was and what it becomes."""

    path: str
    before: bytes | None
    after: bytes | None


class ReviewStore:
    """The review of one project.

    Args:
        root: The project's root: where pytest has its rootdir, and where `.novu/review/` is.
        dirname: The name of snapshot folders (pytest's `--snapshot-dirname`).
    """

    def __init__(self, root: Path, *, dirname: str = "__snapshots__") -> None:
        self.root = root.resolve()
        self.dirname = dirname
        self.home = self.root / ".novu" / "review"

    # What waits

    def tests(self) -> list[TestChanges]:
        """Return the tests with changes, in the order of their names."""
        tests: list[TestChanges] = []
        for path in sorted((self.home / "changes").glob("*.json")):
            with contextlib.suppress(ValueError, KeyError, TypeError, FileNotFoundError):
                tests.append(TestChanges.from_json(path.read_bytes()))
        return sorted(tests, key=lambda each: (each.folder, each.test))

    def pending(self) -> list[tuple[TestChanges, Change]]:
        """Return the changes without a decision, by test and step."""
        return [
            (test, change) for test in self.tests() for change in test.changes if change.status == "pending"
        ]

    def find(self, change_id: str) -> tuple[TestChanges, Change]:
        """Return a change by its id, with its test.

        Raises:
            Refused: the change does not exist (any more).
        """
        for test in self.tests():
            for change in test.changes:
                if change.id == change_id:
                    return test, change
        raise Refused("unknown", _NOT_THERE)

    def replace(self, tests: Iterable[TestChanges], *, ran: Iterable[str], all_ran: bool = False) -> None:
        """Put the changes of a run of tests in the place of those that were kept for the same folders.

        `ran` are the folders of the tests that ran; with `all_ran`, what was kept for others goes too. A
        change that was rejected stays rejected while its content is the same.
        """
        with self._locked():
            kept = {test.folder: test for test in self.tests()}
            fresh = {test.folder: test for test in tests}
            for folder in set(kept) if all_ran else set(ran) | set(fresh):
                if folder in kept and folder not in fresh:
                    (self.home / "changes" / f"{kept[folder].key}.json").unlink(missing_ok=True)
            for folder, test in fresh.items():
                if test.changes:
                    old = kept[folder].changes if folder in kept else ()
                    rejected = {(each.id, each.revision) for each in old if each.status == "rejected"}
                    again = [each.id for each in test.changes if (each.id, each.revision) in rejected]
                    self._save(test.with_status(dict.fromkeys(again, "rejected")))

    def content(self, relative: str) -> bytes | None:
        """Return what a snapshot file holds; None for a missing file, or a path that is not a snapshot's."""
        try:
            return read_if_there(self._file(relative))
        except Refused:
            return None

    def before(self, change_id: str, relative: str) -> bytes | None:
        """Return what a file held before the latest decision on a change; None where that is unknown."""
        for path in sorted((self.home / "decisions").glob("*.json"), reverse=True):
            entry = _read_json(path)
            if entry is not None and change_id in entry["decision"]["changes"]:
                return next((each.before for each in _parse_entry(entry)[1] if each.path == relative), None)
        return None

    # Decisions

    def decide(self, action: Action, changes: Sequence[tuple[str, str | None]]) -> Decision:
        """Accept or reject changes, given as `(id, revision)`; the revision is the one the reviewer saw.

        Those that cannot be decided on any more are left out and named in the decision's `refused`.

        Raises:
            Refused: none of them could be decided on.
        """
        with self._locked():
            done: dict[str, Change] = {}
            refused: dict[str, Refused] = {}
            writes: list[_Write] = []
            known = {change.id: change for test in self.tests() for change in test.changes}
            for change_id, revision in changes:
                try:
                    change = self._decidable(known.get(change_id), revision, action)
                    for file in change.files if action == "accept" else ():
                        writes.append(_Write(file.path, read_if_there(self._file(file.path)), file.new_bytes))
                    done[change_id] = change
                except Refused as error:
                    refused[change_id] = error
            if not done:
                raise next(iter(refused.values()), Refused("unknown", "There is nothing to decide on."))
            decision = Decision(
                id=f"{time.time_ns():020d}-{secrets.token_hex(4)}",
                action=action,
                changes=tuple(done),
                refused={change_id: error.why for change_id, error in refused.items()},
            )
            before: dict[str, Status] = {change_id: change.status for change_id, change in done.items()}
            # Written down first, so that an interrupted decision is finished at the next one.
            path = self.home / "decisions" / f"{decision.id}.json"
            write_atomically(path, _journal_bytes(decision, writes, before, "deciding"))
            self._finish(path)
            return decision

    def undo(self, decision_id: str) -> Decision:
        """Take a decision back: its files get their old content, its changes wait again.

        Raises:
            Refused: the decision does not exist, or a file of it was changed after it.
        """
        with self._locked():
            path = self._journal(decision_id)
            if path is None or (entry := _read_json(path)) is None:
                raise Refused("unknown", "This decision was taken back already.")
            decision, writes, before = _parse_entry(entry)
            for write in writes:
                if fingerprint(read_if_there(self._file(write.path))) != fingerprint(write.after):
                    raise Refused(
                        "conflict", f"{write.path} was changed after this decision, so it stays as it is."
                    )
            # Backwards through the same journal: interrupted, it is finished like any other.
            back = [_Write(write.path, write.after, write.before) for write in writes]
            write_atomically(path, _journal_bytes(decision, back, before, "undoing"))
            self._finish(path)
            return decision

    def finish_interrupted(self) -> None:
        """Carry out what was decided but broke off half way, as every decision does before its own."""
        with self._locked():
            pass

    def last_decision(self) -> str | None:
        """Return the id of the latest decision that can be taken back, or None."""
        return max((path.stem for path in (self.home / "decisions").glob("*.json")), default=None)

    def _decidable(self, change: Change | None, revision: str | None, action: Action) -> Change:
        if change is None:
            raise Refused("unknown", _NOT_THERE)
        if revision is not None and change.revision != revision:
            raise Refused(
                "conflict", "The tests have run again since, and gave something else. Look at it again."
            )
        if change.status == "accepted":
            raise Refused("conflict", "Somebody has accepted this already.")
        if action == "accept":
            for file in change.files:
                now = fingerprint(read_if_there(self._file(file.path)))
                if now not in (file.base, file.target):
                    raise Refused("conflict", f"{file.path} was changed since the tests ran. Run them again.")
        return change

    def _file(self, relative: str) -> Path:
        """The snapshot file at `relative`.

        Raises:
            Refused: it is not a snapshot file inside the project.
        """
        parts = PurePosixPath(relative)
        path = self.root / parts
        inside = not parts.is_absolute() and ".." not in parts.parts and "\\" not in relative
        if not inside or not is_snapshot_path(path, dirname=self.dirname):
            raise Refused("forbidden", f"{relative!r} is not a snapshot file of this project.")
        # A link may lead anywhere: what is written is what the path says, inside the project.
        if path.is_symlink() or not path.parent.resolve().is_relative_to(self.root):
            raise Refused("forbidden", f"{relative!r} leads out of this project.")
        return path

    def _finish(self, path: Path) -> None:
        """Carry out what a journal entry says. Doing it twice is as good as once."""
        entry = _read_json(path)
        if entry is None:
            return
        decision, writes, before = _parse_entry(entry)
        for write in writes:
            file = self._file(write.path)
            clear_half_written(file.parent)
            # A file that is neither was changed by hand or by another program, and stays.
            if fingerprint(read_if_there(file)) == fingerprint(write.before):
                if write.after is None:
                    remove(file)
                else:
                    write_atomically(file, write.after)
        undoing = entry["state"] == "undoing"
        decided: Status = "accepted" if decision.action == "accept" else "rejected"
        statuses: dict[str, Status] = {
            each: before[each] if undoing else decided for each in decision.changes
        }
        for test in self.tests():
            if any(change.id in statuses for change in test.changes):
                self._save(test.with_status(statuses))
        if undoing:
            path.unlink(missing_ok=True)
        else:
            write_atomically(path, _journal_bytes(decision, writes, before, "done"))

    def _save(self, test: TestChanges) -> None:
        write_atomically(self.home / "changes" / f"{test.key}.json", test.to_json().encode())

    def _journal(self, decision_id: str) -> Path | None:
        path = self.home / "decisions" / f"{decision_id}.json"
        return path if path.parent == self.home / "decisions" and path.is_file() else None

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True)
        ignore = self.home / ".gitignore"
        if not ignore.exists():
            write_atomically(ignore, b"*\n")
        with open(self.home / "lock", "a+b") as file:
            _lock(file)
            for path in sorted((self.home / "decisions").glob("*.json")):
                entry = _read_json(path)
                if entry is not None and entry.get("state") != "done":
                    # An entry that makes no sense was not written here: nothing is done by it.
                    with contextlib.suppress(Refused, KeyError, TypeError, ValueError):
                        self._finish(path)
            yield


def _journal_bytes(
    decision: Decision, writes: Sequence[_Write], before: Mapping[str, Status], state: str
) -> bytes:
    entry = {
        "state": state,
        "decision": {"id": decision.id, "action": decision.action, "changes": list(decision.changes)},
        "before": dict(before),
        "writes": [[write.path, _to_text(write.before), _to_text(write.after)] for write in writes],
    }
    return json.dumps(entry).encode()


def _parse_entry(entry: Mapping[str, Any]) -> tuple[Decision, list[_Write], dict[str, Status]]:
    data = entry["decision"]
    decision = Decision(id=data["id"], action=data["action"], changes=tuple(data["changes"]))
    writes = [_Write(path, _to_bytes(old), _to_bytes(new)) for path, old, new in entry["writes"]]
    return decision, writes, dict(entry["before"])


def _to_text(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode()


def _to_bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, FileNotFoundError):
        return None
    return data if isinstance(data, dict) else None


def _lock(file: IO[bytes]) -> None:
    """Lock this file, as soon as another process has unlocked it; closing it unlocks it."""
    if os.name == "nt":  # pragma: no cover
        import msvcrt

        while True:
            try:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # type: ignore[attr-defined, unused-ignore]
                return
            except OSError:
                time.sleep(0.05)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
