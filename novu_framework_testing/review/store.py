"""Keeping what waits for a review, and carrying out what reviewers decide.

Everything is in `.novu/review/` in the project: `changes/` has a file for each test with changes, and
`decisions/` is the journal. One lock file lets several reviewers (and a run of the tests) work on the same
folder; whoever has it first finishes what another one was interrupted in.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Final

from novu_framework_testing.review.changes import Change, Status, TestChanges
from novu_framework_testing.review.comments import comment
from novu_framework_testing.review.journal import (
    DECIDING,
    DONE,
    UNDOING,
    Action,
    Entry,
    FileWrite,
    Refused,
    Replacement,
    carry_out,
    discard,
)
from novu_framework_testing.review.kept import KeptChanges
from novu_framework_testing.snapshots.files import (
    HALF_WRITTEN,
    delete,
    fingerprint,
    move,
    read_if_there,
    write_atomically,
)
from novu_framework_testing.snapshots.names import is_snapshot_path

__all__ = ["Action", "Decision", "Refused", "ReviewStore"]

_NOT_THERE = "This change is not there any more: the tests have run again since."
_LOOKED_AT = 100
"""So many files of a decision are looked at to tell whether they are as it left them."""
_OWN = ".novu"
"""The folder of what no test compares, such as the messages that a deployment changes."""
_DECISION_ID = re.compile("[0-9]{20}-[0-9a-f]{8}")


@dataclasses.dataclass(frozen=True)
class Decision:
    """A decision of a reviewer.

    Attributes:
        id: To undo it by.
        action: `accept` or `reject`.
        changes: The ids of the changes that it was carried out on.
        refused: Why not, by id, for the others.
        why: The comment of a rejection that was taken back.
    """

    id: str
    action: Action
    changes: tuple[str, ...]
    refused: Mapping[str, str] = dataclasses.field(default_factory=dict)
    why: str = ""


class ReviewStore:
    """The review of one project.

    Args:
        root: The project's root: where pytest has its rootdir, and where `.novu/review/` is.
        dirname: The name of snapshot folders (pytest's `--snapshot-dirname`); by default that of the run
            whose changes are kept.
    """

    def __init__(self, root: Path, *, dirname: str | None = None) -> None:
        self.root: Final = root.resolve()
        self.home: Final = self.root / ".novu" / "review"
        self._changes = KeptChanges(self.home / "changes")
        self._dirname = dirname

    @property
    def dirname(self) -> str:
        """The name of snapshot folders."""
        kept = read_if_there(self.home / "dirname")
        return self._dirname or (kept.decode("utf-8", "surrogateescape") if kept else "__snapshots__")

    # What waits

    def tests(self) -> list[TestChanges]:
        """Return the tests with changes, in the order of their names."""
        return self._changes.tests()

    def changes_in(self, folder: str) -> Sequence[Change]:
        """Return the changes of the test whose snapshots are in `folder`, below the root: only its file is read."""
        try:
            return TestChanges.from_json(
                read_if_there(self._kept(TestChanges("", folder, ()))) or b""
            ).changes
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ()

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

    def replace(
        self,
        tests: Iterable[TestChanges],
        *,
        ran: Iterable[str],
        untold: Iterable[str] = (),
        all_ran: bool = False,
    ) -> None:
        """Put the changes of a run of tests in the place of those that were kept for the same folders.

        `ran` are the folders of the tests that ran; with `all_ran`, what was kept for others goes too. Those of
        which the run tells nothing, `untold`, stay. A change that was rejected stays rejected while its content
        is the same; the comment of a rejection stays until the change is accepted or does not come any more. One that
        was accepted, here or by another hand, after the run compared its files is accepted.

        Raises:
            Refused: nothing can be written here.
        """
        with self._locked():
            write_atomically(self.home / "dirname", self.dirname.encode("utf-8", "surrogateescape"))
            kept = {test.folder: test for test in self.tests()}
            fresh = {test.folder: test for test in tests if test.changes}
            of_tests = {folder for folder in kept if not folder.startswith(f"{_OWN}/")}
            told = ((of_tests if all_ran else set()) | (set(ran) & set(kept))).difference(untold)
            for folder in told:
                if folder not in fresh:
                    delete(self._kept(kept[folder]))
            for folder, test in fresh.items():
                old = kept[folder].changes if folder in kept else ()
                rejected = {each.content for each in old if each.status == "rejected"}
                comments = {each.id: each.why for each in old}
                again: dict[str, tuple[Status, str]] = {
                    each.id: ("accepted", "")
                    if self._is_written(each)
                    else ("rejected" if each.content in rejected else "pending", comments.get(each.id, ""))
                    for each in test.changes
                }
                test = test.with_decisions(again)
                write_atomically(self._kept(test), test.to_json().encode())

    def content(self, relative: str) -> bytes | None:
        """Return what a snapshot file holds; None for a missing file, or a path that is not a snapshot's."""
        try:
            return self._read(relative)
        except Refused:
            return None

    def before(self, change_id: str, relative: str) -> bytes | None:
        """Return what a file held before the latest decision on a change; None where that is unknown."""
        for entry in self._entries():
            if change_id in entry.before:
                return next((write.before for write in entry.writes if write.path == relative), None)
        return None

    # Decisions

    def decide(self, action: Action, changes: Sequence[tuple[str, str | None]], *, why: str = "") -> Decision:
        """Accept or reject changes, given as `(id, revision)`; the revision is the one the reviewer saw.

        `why` is the comment of a rejection, of at most `MAX_COMMENT` characters; rejecting again replaces it. Changes that
        cannot be decided on any more are left out and named in the decision's `refused`.

            store.decide("reject", [(change.id, change.revision)], why="Say hello, not hi")

        Raises:
            Refused: none of them could be decided on, or their files could not be written.
            ValueError: the comment is too long, or comes with `accept`.
        """
        why = comment(why)
        if why and action == "accept":
            raise ValueError("a comment says why a change is rejected: accept takes none")
        with self._locked():
            before: dict[str, Status] = {}
            writes: dict[str, FileWrite] = {}
            refused: dict[str, Refused] = {}
            tests = self.tests()
            known = {change.id: change for test in tests for change in test.changes}
            for change_id, revision in dict(changes).items():
                try:
                    change = _decidable(known.get(change_id), revision)
                    if action == "reject" and self._is_written(change):
                        raise Refused(
                            "conflict",
                            "The files hold this already. Run the tests again.",
                        )
                    own = self._writes(change) if action == "accept" else {}
                    if own.keys() & writes.keys():
                        raise Refused("conflict", "Another of these changes writes the same file.")
                except Refused as error:
                    refused[change_id] = error
                else:
                    before[change_id] = change.status
                    writes |= own
            if not before:
                raise next(iter(refused.values()), Refused("unknown", "There is nothing to decide on."))
            comments = {change_id: known[change_id].why for change_id in before if known[change_id].why}
            entry = Entry(self._next_id(), action, before, list(writes.values()), why, comments)
            path = self._journal(entry.id, DECIDING)
            write_atomically(path, entry.to_bytes())
            done = self._carry_out(path, tests)
            reasons = {change_id: error.why for change_id, error in refused.items()}
            return Decision(entry.id, action, tuple(done), reasons)

    def undo(self, decision_id: str) -> Decision:
        """Take a decision back: its files get their old content, its changes wait again.

        Raises:
            Refused: the decision does not exist, something of it was changed after it, or its files could not
                be written.
        """
        with self._locked():
            path = self._journal(decision_id, DONE)
            entry = Entry.read(path) if _DECISION_ID.fullmatch(decision_id) else None
            if entry is None:
                raise Refused("unknown", "This decision was taken back already.")
            for later in self._entries():
                if later.id <= entry.id:
                    break
                if later.before.keys() & entry.before.keys():
                    raise Refused(
                        "conflict", "There is a later decision on the same change: take that one back first."
                    )
            for write in entry.writes:
                if self._read(write.path) != write.after:
                    raise Refused(
                        "conflict", f"{write.path} was changed after this decision, so it stays as it is."
                    )
            move(path, path.with_suffix(UNDOING))
            self._carry_out(path.with_suffix(UNDOING), self.tests())
            return Decision(entry.id, entry.action, tuple(entry.before), why=entry.why)

    def finish_interrupted(self) -> None:
        """Carry out what was decided but broke off half way, as every decision does before its own.

        Raises:
            Refused: nothing can be written here.
        """
        with self._locked():
            pass

    def last_decision(self) -> str | None:
        """Return the id of the latest decision, or None where there is none, or another run of the tests or another hand came after it."""
        latest = self._latest()
        entry = Entry.read(self._journal(latest, DONE)) if latest else None
        if entry is None:
            return None
        statuses = {change.id: change.status for test in self.tests() for change in test.changes}
        decided = "accepted" if entry.action == "accept" else "rejected"
        if not any(statuses.get(each) == decided for each in entry.before):
            return None
        try:  # of a large one, this is seen when it is taken back
            is_whole = all(self._read(write.path) == write.after for write in entry.writes[:_LOOKED_AT])
        except Refused:
            return None
        return latest if is_whole else None

    # How it is done

    def _writes(self, change: Change) -> dict[str, FileWrite]:
        """Return what accepting a change writes, by path.

        Raises:
            Refused: a file was changed since the tests ran, or is not a snapshot of this project.
        """
        writes: dict[str, FileWrite] = {}
        for file in change.files:
            now = self._read(file.path)
            if fingerprint(now) not in (file.base, file.target):
                raise Refused("conflict", f"{file.path} was changed since the tests ran. Run them again.")
            writes[file.path] = FileWrite(change.id, file.path, now, file.new_bytes)
        return writes

    def _is_written(self, change: Change) -> bool:
        """Whether the files of a change are what accepting it makes of them."""
        try:
            return bool(change.files) and all(
                fingerprint(self._read(file.path)) == file.target for file in change.files
            )
        except Refused:
            return False

    def _read(self, relative: str) -> bytes | None:
        try:
            return read_if_there(self._file(relative))
        except OSError as error:
            raise Refused("failed", f"{relative} cannot be read: {error.strerror}.") from error

    def _file(self, relative: str) -> Path:
        """The snapshot file at `relative`.

        Raises:
            Refused: it is not a snapshot file inside the project.
        """
        parts = PurePosixPath(relative)
        outside = parts.is_absolute() or ".." in parts.parts or PureWindowsPath(relative).drive
        # No name that we make has one of these: they have a meaning of their own to some system.
        odd = "\\" in relative or "\0" in relative or ":" in "".join(parts.parts[-3:])
        path = self.root / parts
        if outside or odd or not is_snapshot_path(path, dirname=self.dirname):
            raise Refused("forbidden", f"{relative!r} is not a snapshot file of this project.")
        # A link may lead anywhere: what is written is what the path says, inside the project.
        try:
            inside = not path.is_symlink() and path.parent.resolve().is_relative_to(self.root)
        except (RuntimeError, ValueError):  # links in a circle, or a name that no system has
            inside = False
        if not inside:
            raise Refused("forbidden", f"{relative!r} leads out of this project.")
        return path

    def _carry_out(self, path: Path, tests: Sequence[TestChanges]) -> list[str]:
        """Finish what a journal entry says; if that fails, make everything what it was before."""
        try:
            return self._finish(path, tests)
        except (OSError, Refused):
            back = path.with_suffix(DECIDING if path.suffix == UNDOING else UNDOING)
            # What cannot be put back now either will be when the next one has the lock.
            with contextlib.suppress(OSError, Refused):
                move(path, back)
                self._finish(back, self.tests())
            raise

    def _finish(self, path: Path, tests: Sequence[TestChanges]) -> list[str]:
        """Do what is left of a journal entry, and return the changes that are done. Twice is as good as once."""
        entry = Entry.read(path)
        if entry is None:
            return []
        forward = path.suffix == DECIDING
        steps, done = entry.plan(self._file, forward=forward)
        decisions = entry.decisions(done, forward=forward)
        for test in tests:
            if any(change.id in decisions for change in test.changes):
                file, text = self._kept(test), test.with_decisions(decisions).to_json()
                steps.append(Replacement(file, read_if_there(file), text.encode()))
        carry_out(steps, owner=entry.id)
        if forward and done:
            if len(done) < len(entry.before):
                write_atomically(path, entry.only(done).to_bytes())
            move(path, path.with_suffix(DONE))
        else:
            delete(path)
        return done

    def _kept(self, test: TestChanges) -> Path:
        return self.home / "changes" / f"{test.key}.json"

    def _latest(self) -> str | None:
        return max((path.stem for path in (self.home / "decisions").glob(f"*{DONE}")), default=None)

    def _journal(self, decision_id: str, state: str) -> Path:
        return self.home / "decisions" / f"{decision_id}{state}"

    def _entries(self) -> Iterator[Entry]:
        """The decisions that were carried out, the latest first."""
        for path in sorted((self.home / "decisions").glob(f"*{DONE}"), reverse=True):
            if entry := Entry.read(path):
                yield entry

    def _next_id(self) -> str:
        # Later than the last, also when the clock was set back.
        last = int((self._latest() or "0").split("-")[0])
        return f"{max(time.time_ns(), last + 1):020d}-{secrets.token_hex(4)}"

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            with open(self.home / "lock", "a+b") as file:
                _lock(file)
                self._tidy()
                yield
        except OSError as error:
            name = os.path.basename(error.filename2 or error.filename or self.home)
            raise Refused("failed", f"{name} could not be written: {error.strerror or error}.") from error

    def _tidy(self) -> None:
        """Finish what others broke off, and delete what they had half written. Only under the lock."""
        for folder in (self.home, self.home / "changes", self.home / "decisions"):
            for name in os.listdir(folder) if folder.exists() else ():
                if name.startswith(HALF_WRITTEN):
                    delete(folder / name)
        if not (self.home / ".gitignore").exists():
            write_atomically(self.home / ".gitignore", b"*\n")
        for path in sorted((self.home / "decisions").glob("*ing")):
            # One that still cannot be finished waits on, and is not in the way of others.
            with contextlib.suppress(OSError, Refused):
                if entry := Entry.read(path):
                    staged = (Replacement(self._file(write.path), None, None) for write in entry.writes)
                    discard(staged, owner=entry.id)
                self._finish(path, self.tests())


def _decidable(change: Change | None, revision: str | None) -> Change:
    if change is None:
        raise Refused("unknown", _NOT_THERE)
    if change.status == "accepted":
        raise Refused("conflict", "Someone has accepted this already.")
    if revision not in (None, change.revision):
        raise Refused(
            "conflict",
            "This has changed in the meantime: the tests have run again, or someone has decided. Look at it again.",
        )
    return change


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
