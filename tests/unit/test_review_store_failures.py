"""Deciding on changes where something fails, interrupts, or is at work at once."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.review import Refused, ReviewStore
from novu_framework_testing.review import store as review_store
from novu_framework_testing.review.changes import change_id
from novu_framework_testing.snapshots import files
from novu_framework_testing.snapshots.files import read_if_there, write_atomically
from tests.fuzz.kills import Killed, before_operation
from tests.unit.review_stores import FOLDER, change, kept, only, snapshot


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return snapshot(tmp_path, "01-code-sms", "old\n")


@pytest.fixture
def store(tmp_path: Path, file: Path) -> ReviewStore:
    return kept(tmp_path, change(tmp_path, "01-code-sms", "new\n"))


class TestFailures:
    """What the system refuses: nothing of the decision is done, and the reason is said."""

    STEMS = ("01-a-sms", "02-b-sms", "03-c-sms")

    @pytest.fixture(autouse=True)
    def without_pauses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "PAUSES", [0.0] * 6)

    @pytest.fixture
    def three(self, tmp_path: Path) -> ReviewStore:
        """A step that changed, one that is gone and one that is new."""
        for stem in self.STEMS[:2]:
            snapshot(tmp_path, stem, "old\n")
        texts = zip(self.STEMS, ("new\n", None, "new\n"), strict=True)
        return kept(tmp_path, *(change(tmp_path, stem, text) for stem, text in texts))

    def texts(self, root: Path) -> list[str | None]:
        data = [read_if_there(root / FOLDER / f"{stem}.txt") for stem in self.STEMS]
        return [None if each is None else each.decode().strip() for each in data]

    @pytest.mark.parametrize("undoing", [False, True], ids=["deciding", "undoing"])
    @pytest.mark.parametrize("name", ["replace", "fsync", "unlink"])
    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
    def test_a_decision_that_fails_half_way_is_put_back(
        self, tmp_path: Path, three: ReviewStore, name: str, code: int, undoing: bool
    ) -> None:
        wanted = [(each.id, each.revision) for _, each in three.pending()]
        ends = ["old", "old", None], ["new", None, "new"]
        decision = three.decide("accept", wanted).id if undoing else ""
        failed: list[Refused] = []
        for number in itertools.count():
            with failing_at(
                name, number, OSError(code, os.strerror(code)), times=1 if code == errno.ENOSPC else 7
            ) as calls:
                try:
                    done = three.undo(decision) if undoing else three.decide("accept", wanted)
                except Refused as refused:
                    failed.append(refused)
                    done = None
                hit = next(calls) > number
            if done:
                assert self.texts(tmp_path) == ends[not undoing]
                if not hit:
                    break
                # What fails while it tidies up is no failure. Once more from the start.
                if undoing:
                    decision = three.decide("accept", wanted).id
                else:
                    three.undo(done.id)
            assert self.texts(tmp_path) == ends[undoing]
            assert len(three.pending()) == (0 if undoing else 3)
            assert three.last_decision() == (decision if undoing else None)
            assert name == "unlink" or not list(tmp_path.rglob(".novu-*"))
            assert not list(tmp_path.rglob("*ing"))
        assert {each.code for each in failed} == {"failed"}
        assert all(os.strerror(code) in each.why for each in failed)

    def test_what_cannot_be_put_back_either_is_put_back_by_the_next(
        self, tmp_path: Path, three: ReviewStore
    ) -> None:
        wanted = [(each.id, each.revision) for _, each in three.pending()]
        with (
            failing_at("replace", 2, OSError(errno.EIO, "broken"), times=float("inf")),
            pytest.raises(Refused),
        ):
            three.decide("accept", wanted)
        assert not list(tmp_path.rglob(".novu-*"))
        three.finish_interrupted()
        assert self.texts(tmp_path) in (["old", "old", None], ["new", None, "new"])
        assert len(three.pending()) == (3 if self.texts(tmp_path)[0] == "old" else 0)
        assert not list(tmp_path.rglob("*ing"))

    @pytest.mark.parametrize("name", ["replace", "unlink", "read_bytes"])
    def test_a_file_that_another_program_has_open_for_a_moment(
        self, tmp_path: Path, three: ReviewStore, name: str
    ) -> None:
        wanted = [(each.id, each.revision) for _, each in three.pending()]
        denied = PermissionError(errno.EACCES, "the file is in use")
        for refusals in (6, float("inf")):
            before = self.texts(tmp_path)
            with failing_at(name, 0, denied, times=refusals):
                if refusals == 6:
                    three.undo(three.decide("accept", wanted).id)
                elif name == "read_bytes":
                    assert three.content(f"{FOLDER}/{self.STEMS[0]}.txt") is None
                else:
                    with pytest.raises(Refused, match=r"could not be written: the file is in use\."):
                        three.decide("accept", wanted)
            assert self.texts(tmp_path) == before

    def test_a_file_that_is_written_while_it_is_accepted_stays(
        self, tmp_path: Path, three: ReviewStore
    ) -> None:
        wanted = [(each.id, each.revision) for _, each in three.pending()]

        def edit() -> None:
            snapshot(tmp_path, "01-a-sms", "edited\n")

        refused = []
        for number in itertools.count():
            with before_operation(number, edit) as operations:
                try:
                    decision = three.decide("accept", wanted)
                except Refused as error:
                    refused.append(error.code)
                    assert self.texts(tmp_path) == ["edited", "old", None], operations[: number + 1]
                    assert len(three.pending()) == 3
                    decision = None
            # Between the last look at a file and its replacement lies nothing but the operation itself.
            if operations[number : number + 1] == ["fsync"] and "replace" in operations[:number]:
                assert decision is None
            if decision:
                snapshot(tmp_path, "01-a-sms", "new\n")
                three.undo(decision.id)
            snapshot(tmp_path, "01-a-sms", "old\n")
            if number >= len(operations):
                break
        assert len(refused) >= 3
        assert set(refused) == {"conflict"}

    @pytest.mark.parametrize(
        ("error", "said"),
        [
            ((errno.EIO, "broken", "a/one", None, "a/other"), "other could not be written: broken."),
            ((errno.EIO, "broken", "a/one"), "one could not be written: broken."),
            ((errno.EIO, "broken"), "review could not be written: broken."),
            (("odd",), "review could not be written: odd."),
        ],
    )
    def test_the_file_that_could_not_be_written_is_named(
        self, store: ReviewStore, error: Any, said: str
    ) -> None:
        wanted = [only(store)]
        with failing_at("fsync", 0, OSError(*error), times=1), pytest.raises(Refused) as refused:
            store.decide("accept", wanted)
        assert str(refused.value) == refused.value.why == said

    def test_no_folder_to_write_in(self, tmp_path: Path) -> None:
        (tmp_path / ".novu").write_text("a file")
        with pytest.raises(Refused, match=r"could not be written") as refused:
            ReviewStore(tmp_path).replace([], ran=[])
        assert refused.value.code == "failed"


@contextlib.contextmanager
def failing_at(name: str, number: int, error: OSError, *, times: float) -> Iterator[Iterator[int]]:
    """Let the operation of this name fail at its call `number` (from 0) and after; gives the counter of calls."""
    owner: Any = os if name in ("replace", "fsync") else Path
    operation = getattr(owner, name)
    calls = itertools.count()

    def run(*arguments: Any, **options: Any) -> Any:
        if number <= next(calls) < number + times:
            raise error
        return operation(*arguments, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, run)
        yield calls


class TestInterruptions:
    """A process that is killed in the middle of a decision: the next one to look finishes it."""

    STEMS = ("01-a-sms", "02-b-sms", "03-c-sms")

    def project(self, root: Path) -> tuple[ReviewStore, list[tuple[str, str | None]], list[Path]]:
        """A review of a step that changed, one that is gone and one that is new."""
        files = [snapshot(root, stem, f"old {stem}\n") for stem in self.STEMS]
        files[2].unlink()
        texts = ("new 01-a-sms\n", None, "new 03-c-sms\n")
        store = kept(root, *(change(root, stem, text) for stem, text in zip(self.STEMS, texts, strict=True)))
        return store, [(each.id, each.revision) for _, each in store.pending()], files

    @pytest.mark.parametrize("undoing", [False, True], ids=["deciding", "undoing"])
    def test_it_happens_whole_or_not_at_all(self, tmp_path: Path, undoing: bool) -> None:
        outcomes = []
        for number in itertools.count():
            root = tmp_path / str(number)
            store, wanted, files = self.project(root)
            decision = store.decide("accept", wanted).id if undoing else ""
            with before_operation(number), contextlib.suppress(Killed):
                store.undo(decision) if undoing else store.decide("accept", wanted)
                break
            again = ReviewStore(root)
            again.finish_interrupted()
            texts = [file.read_text().split()[0] if file.exists() else None for file in files]
            assert texts in (["old", "old", None], ["new", None, "new"])
            accepted = texts[0] == "new"
            assert len(again.pending()) == (0 if accepted else 3)
            assert again.last_decision() is not None if accepted else again.last_decision() is None
            assert not list(root.rglob(".novu-*"))
            assert not list(root.rglob("*ing"))
            outcomes.append(accepted is not undoing)
        # Once it is written down, it will happen.
        assert outcomes == sorted(outcomes)
        assert {True, False} == set(outcomes)

    def test_a_file_that_is_written_before_it_is_finished_is_left_out_of_the_decision(
        self, tmp_path: Path
    ) -> None:
        left_out = 0
        for number in itertools.count():
            root = tmp_path / str(number)
            store, wanted, files = self.project(root)
            with before_operation(number), contextlib.suppress(Killed):
                store.decide("accept", wanted)
                break
            snapshot(root, self.STEMS[0], "edited\n")
            store.finish_interrupted()
            assert not list(root.rglob(".novu-*"))
            decision = store.last_decision()
            if decision and store.pending():
                left_out += 1
                assert [each.stem for _, each in store.pending()] == [self.STEMS[0]]
                store.undo(decision)
                assert [file.exists() and file.read_text() for file in files[1:]] == ["old 02-b-sms\n", False]
                assert len(store.pending()) == 3
            assert files[0].read_text() == "edited\n"
        assert left_out > 3

    def test_a_file_that_is_written_before_it_is_taken_back_stays_and_its_change_stays_decided(
        self, tmp_path: Path
    ) -> None:
        waiting = set()
        for number in itertools.count():
            root = tmp_path / str(number)
            store, wanted, files = self.project(root)
            decision = store.decide("accept", wanted).id
            with before_operation(number), contextlib.suppress(Killed):
                store.undo(decision)
                break
            snapshot(root, self.STEMS[0], "edited\n")
            store.finish_interrupted()
            assert files[0].read_text() == "edited\n"
            waiting.add(tuple(each.stem for _, each in store.pending()))
        assert waiting == {(), self.STEMS[1:]}

    def test_another_may_be_killed_while_it_finishes(self, tmp_path: Path) -> None:
        for number in itertools.count():
            root = tmp_path / str(number)
            store, wanted, files = self.project(root)
            with before_operation(8), contextlib.suppress(Killed):
                store.decide("accept", wanted)
            finished = False
            with before_operation(number), contextlib.suppress(Killed):
                ReviewStore(root).finish_interrupted()
                finished = True
            ReviewStore(root).finish_interrupted()
            assert [file.exists() and file.read_text() for file in files] == [
                "new 01-a-sms\n",
                False,
                "new 03-c-sms\n",
            ]
            assert not store.pending()
            assert not list(root.rglob(".novu-*"))
            if finished:
                break


def test_reviewers_at_once_lose_nothing(tmp_path: Path) -> None:
    stems = [f"{number:02d}-step-sms" for number in range(1, 25)]
    for stem in stems:
        snapshot(tmp_path, stem, "old\n")
    kept(tmp_path, *(change(tmp_path, stem, f"new {stem}\n") for stem in stems))
    accepted: list[str] = []
    refusals: set[str] = set()

    def review() -> None:
        store = ReviewStore(tmp_path)
        for stem in stems:
            try:
                accepted.extend(store.decide("accept", [(change_id(FOLDER, stem), None)]).changes)
            except Refused as refused:
                refusals.add(refused.code)

    reviewers = [threading.Thread(target=review) for _ in range(4)]
    for reviewer in reviewers:
        reviewer.start()
    for reviewer in reviewers:
        reviewer.join()
    assert refusals <= {"conflict"}
    assert sorted(accepted) == sorted(change_id(FOLDER, stem) for stem in stems)
    assert {(tmp_path / FOLDER / f"{stem}.txt").read_text() for stem in stems} == {
        f"new {stem}\n" for stem in stems
    }
    assert not ReviewStore(tmp_path).pending()


def test_accepting_while_a_run_of_the_tests_writes_disturbs_neither(tmp_path: Path) -> None:
    """Also where accepting removes the last file of a folder in which the run is about to write."""
    stems = [f"{number:02d}-step-sms" for number in range(1, 9)]
    ends = threading.Event()
    failures: list[BaseException] = []

    def run_of_the_tests(name: str) -> None:
        number = 0
        try:
            while not ends.is_set() or number < 50:
                number += 1
                write_atomically(tmp_path / FOLDER / f"{name}.txt", f"{number}\n".encode())
                if number % 3 == 0:
                    files.remove(tmp_path / FOLDER / f"{name}.txt")
        except BaseException as error:
            failures.append(error)

    workers = [threading.Thread(target=run_of_the_tests, args=(f"{number}-run-sms",)) for number in (91, 92)]
    for worker in workers:
        worker.start()
    try:
        store = ReviewStore(tmp_path)
        for text in ("one\n", None) * 5:
            store = kept(tmp_path, *(change(tmp_path, stem, text) for stem in stems))
            store.decide("accept", [(each.id, each.revision) for _, each in store.pending()])
            assert {read_if_there(tmp_path / FOLDER / f"{stem}.txt") for stem in stems} == {
                text and text.encode()
            }
    finally:
        ends.set()
        for worker in workers:
            worker.join()
    assert not failures
    assert not list(tmp_path.rglob(".novu-*"))


class TestTheLock:
    @pytest.mark.skipif(sys.platform == "win32", reason="files are locked in another way there")
    def test_nobody_else_is_at_work_meanwhile(self, tmp_path: Path, store: ReviewStore) -> None:
        import fcntl

        refused = []

        def try_it() -> None:
            with open(store.home / "lock", "rb") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    refused.append(True)

        wanted = [only(store)]
        for number in itertools.count():
            with before_operation(number, try_it) as operations:
                decision = store.decide("accept", wanted)
            store.undo(decision.id)
            wanted = [only(store)]
            if number >= len(operations):
                break
        # But for the folder, which is made before there is a lock.
        assert len(refused) == len(operations) - 1
        try_it()
        assert len(refused) == len(operations) - 1

    def test_on_windows_one_byte_is_locked_as_soon_as_it_is_free(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        places: list[int] = []
        pauses: list[float] = []

        def locking(handle: int, mode: str, size: int) -> None:
            assert (mode, size) == ("wait for it", 1)
            places.append(os.lseek(handle, 0, os.SEEK_CUR))
            if len(places) < 3:
                raise OSError(errno.EDEADLK, "after ten tries")

        windows: Any = SimpleNamespace(LK_LOCK="wait for it", locking=locking)
        monkeypatch.setitem(sys.modules, "msvcrt", windows)
        monkeypatch.setattr(review_store, "os", SimpleNamespace(name="nt"))
        monkeypatch.setattr(time, "sleep", pauses.append)
        with open(tmp_path / "lock", "a+b") as file:
            file.write(b"not empty")
            file.flush()
            review_store._lock(file)
        assert places == [0, 0, 0]
        assert [0 < each < 1 for each in pauses] == [True, True]
