"""Deciding on changes: what is written, what is refused, and what survives an interruption."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import itertools
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.review import Change, Refused, ReviewStore, TestChanges
from novu_framework_testing.review import store as review_store
from novu_framework_testing.review.changes import FileChange, Kind, change_id
from novu_framework_testing.snapshots import files
from novu_framework_testing.snapshots.files import encode, fingerprint, read_if_there, write_atomically
from tests.fuzz.kills import Killed, before_operation

FOLDER = "tests/__snapshots__/test_shop/test_welcome"


def change(
    root: Path, stem: str, new: str | None, *, kind: Kind = "changed", workflow: str = "welcome"
) -> Change:
    """A change of the file `<stem>.txt` as it is on disk now."""
    path = f"{FOLDER}/{stem}.txt"
    old = (root / path).read_bytes() if (root / path).exists() else None
    return Change(
        id=change_id(FOLDER, stem),
        kind=kind,
        step=stem,
        channel="sms",
        workflow=workflow,
        stem=stem,
        title="",
        files=(FileChange(path, fingerprint(old), new),),
    )


def kept(root: Path, *changes: Change) -> ReviewStore:
    store = ReviewStore(root)
    store.replace([TestChanges("tests/test_shop.py::test_welcome", FOLDER, changes)], ran=[FOLDER])
    return store


def snapshot(root: Path, stem: str, text: str) -> Path:
    path = root / FOLDER / f"{stem}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(text))
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return snapshot(tmp_path, "01-code-sms", "old\n")


@pytest.fixture
def store(tmp_path: Path, file: Path) -> ReviewStore:
    return kept(tmp_path, change(tmp_path, "01-code-sms", "new\n"))


def only(store: ReviewStore) -> tuple[str, str]:
    ((_, found),) = store.pending()
    return found.id, found.revision


class TestDeciding:
    def test_accepting_writes_the_file(self, store: ReviewStore, file: Path) -> None:
        store.decide("accept", [only(store)])
        assert file.read_text() == "new\n"
        assert not store.pending()

    def test_rejecting_leaves_the_file(self, store: ReviewStore, file: Path) -> None:
        store.decide("reject", [only(store)])
        assert file.read_text() == "old\n"
        assert not store.pending()

    def test_accepting_a_step_that_is_gone_removes_its_file_and_the_empty_folder(
        self, tmp_path: Path, file: Path
    ) -> None:
        store = kept(tmp_path, change(tmp_path, "01-code-sms", None, kind="gone"))
        decision = store.decide("accept", [only(store)])
        assert not file.parent.exists()
        store.undo(decision.id)
        assert file.read_text() == "old\n"

    @pytest.mark.parametrize("action", ["accept", "reject"])
    def test_a_decision_can_be_taken_back(self, store: ReviewStore, file: Path, action: Any) -> None:
        decision = store.decide(action, [only(store)])
        assert store.last_decision() == decision.id
        store.undo(decision.id)
        assert file.read_text() == "old\n"
        assert len(store.pending()) == 1
        with pytest.raises(Refused, match="already"):
            store.undo(decision.id)

    def test_bytes_that_are_no_text_come_back_as_they_were(self, tmp_path: Path) -> None:
        file = snapshot(tmp_path, "01-code-sms", "")
        file.write_bytes(b"\xff\x00\r\n")
        store = kept(tmp_path, change(tmp_path, "01-code-sms", "half a pair: \ud800\n"))
        decision = store.decide("accept", [only(store)])
        assert file.read_bytes() == b"half a pair: \xed\xa0\x80\n"
        store.undo(decision.id)
        assert file.read_bytes() == b"\xff\x00\r\n"

    def test_the_folder_is_kept_out_of_version_control(self, store: ReviewStore) -> None:
        assert (store.home / ".gitignore").read_text() == "*\n"


class TestRefusals:
    def test_a_file_that_was_changed_since_the_tests_ran(self, store: ReviewStore, file: Path) -> None:
        file.write_text("edited by hand\n")
        with pytest.raises(Refused, match="changed since"):
            store.decide("accept", [only(store)])
        assert file.read_text() == "edited by hand\n"
        assert len(store.pending()) == 1

    def test_content_that_the_reviewer_has_not_seen(
        self, store: ReviewStore, tmp_path: Path, file: Path
    ) -> None:
        seen = only(store)
        kept(tmp_path, change(tmp_path, "01-code-sms", "newer\n"))
        with pytest.raises(Refused, match="something else"):
            store.decide("accept", [seen])
        assert file.read_text() == "old\n"

    def test_a_change_that_another_reviewer_accepted(self, store: ReviewStore, tmp_path: Path) -> None:
        seen = only(store)
        ReviewStore(tmp_path).decide("accept", [seen])
        with pytest.raises(Refused, match="Somebody"):
            store.decide("reject", [seen])

    def test_undoing_over_somebody_elses_work(self, store: ReviewStore, file: Path) -> None:
        decision = store.decide("accept", [only(store)])
        file.write_text("edited by hand\n")
        with pytest.raises(Refused, match="stays as it is"):
            store.undo(decision.id)
        assert file.read_text() == "edited by hand\n"

    def test_one_of_several_leaves_the_others(self, tmp_path: Path) -> None:
        first, second = (snapshot(tmp_path, stem, "old\n") for stem in ("01-a-sms", "02-b-sms"))
        store = kept(tmp_path, *(change(tmp_path, stem, "new\n") for stem in ("01-a-sms", "02-b-sms")))
        second.write_text("edited\n")
        decision = store.decide("accept", [(each.id, each.revision) for _, each in store.pending()])
        assert first.read_text() == "new\n"
        assert second.read_text() == "edited\n"
        assert decision.refused.keys() == {change_id(FOLDER, "02-b-sms")}

    @pytest.mark.parametrize(
        "path",
        [
            "../outside/__snapshots__/test_a/test_b/01-a-sms.txt",
            "tests/../../__snapshots__/test_a/test_b/01-a-sms.txt",
            "/etc/__snapshots__/test_a/test_b/01-a-sms.txt",
            "tests\\..\\__snapshots__\\test_a\\test_b\\01-a-sms.txt",
            "setup.py",
            "tests/__snapshots__/test_a/test_b/evil.py",
            "tests/__snapshots__/test_a/01-a-sms.txt",
            "tests/__snapshots__/test_a/test_b/01-a-sms.txt/../../../../../setup.py",
            ".git/hooks/pre-commit",
            "__snapshots__/test_a/01-a-sms.txt",
            "C:/tests/__snapshots__/test_a/test_b/01-a-sms.txt",
            "C:tests/__snapshots__/test_a/test_b/01-a-sms.txt",
            "//server/share/__snapshots__/test_a/test_b/01-a-sms.txt",
            "tests/__snapshots__/test_a/test_b/01-a:b-sms.txt",
            "tests/__snapshots__/test_a:c/test_b/01-a-sms.txt",
            "tests\0/__snapshots__/test_a/test_b/01-a-sms.txt",
            "tests/__snapshots__/test_a/test_b/01-a\0-sms.txt",
            "",
            ".",
        ],
    )
    def test_paths_that_are_no_snapshots_of_this_project(self, tmp_path: Path, path: str) -> None:
        root = tmp_path / "project"
        root.mkdir()
        bad = Change("id", "new", "a", "sms", None, "01-a-sms", "", (FileChange(path, None, "x"),))
        store = kept(root, bad)
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(Refused, match="not a snapshot file") as refused:
            store.decide("accept", [("id", None)])
        assert refused.value.code == "forbidden"
        assert {each for each in tmp_path.rglob("*") if each not in before} <= {store.home / "lock"}
        assert store.content(path) is None

    def test_a_link_that_leads_out_of_the_project(self, tmp_path: Path) -> None:
        root, outside = tmp_path / "project", tmp_path / "outside"
        (root / "tests/__snapshots__/test_shop").mkdir(parents=True)
        outside.mkdir()
        os.symlink(outside, root / FOLDER)
        store = kept(root, change(root, "01-code-sms", "x", kind="new"))
        with pytest.raises(Refused, match="leads out"):
            store.decide("accept", [only(store)])
        assert not list(outside.iterdir())

    def test_a_path_that_no_system_has_and_links_in_a_circle(self, tmp_path: Path) -> None:
        (tmp_path / "tests/__snapshots__/test_a").mkdir(parents=True)
        os.symlink("circle", tmp_path / "tests/__snapshots__/test_a/circle")
        for folder in ("\ud800", "circle"):
            path = f"tests/__snapshots__/test_a/{folder}/01-a-sms.txt"
            store = kept(
                tmp_path, Change("id", "new", "a", "sms", None, "s", "", (FileChange(path, None, "x"),))
            )
            with pytest.raises(Refused) as refused:
                store.decide("accept", [("id", None)])
            assert refused.value.code in ("forbidden", "failed")

    @pytest.mark.parametrize(
        "decision_id",
        ["", ".", "..", "../changes/x", "../decisions/{}", "/{}", "{}/", "./{}", "C:{}", "{}\0", "x{}", "{}x", "{}.json",
         "..\\decisions\\{}", "{}\n", "other", "link"],
    )  # fmt: skip
    def test_the_id_of_a_decision_that_was_not_made_here(
        self, store: ReviewStore, file: Path, decision_id: str
    ) -> None:
        known = store.decide("accept", [only(store)]).id
        entry = store.home / "decisions" / f"{known}.json"
        os.symlink(entry, entry.with_name("link.json"))
        for name in ("other", f"x{known}", f"{known}x"):
            entry.with_name(f"{name}.json").write_bytes(entry.read_bytes())
        with pytest.raises(Refused) as refused:
            store.undo(decision_id.replace("{}", known))
        assert refused.value.code == "unknown"
        assert file.read_text() == "new\n"

    @pytest.mark.parametrize(
        "text",
        ["", "[]", "7", "{", "null", "{}", '{"action": "accept"}', "[" * 100_000,
         '{"action": "steal", "before": {"a": "pending"}, "writes": []}',
         '{"action": "accept", "before": {}, "writes": [{"change": "a", "path": "p", "before": null, "after": null}]}',
         '{"action": "accept", "before": 7, "writes": []}',
         '{"action": "accept", "before": {"a": "pending"}, "writes": [{"change": "a", "path": "p", "before": "%", "after": 7}]}'],
    )  # fmt: skip
    def test_a_journal_that_was_not_written_here_is_in_nobodys_way(
        self, store: ReviewStore, file: Path, text: str
    ) -> None:
        folder = store.home / "decisions"
        folder.mkdir()
        for name in ("1-a.deciding", "1-a.undoing", f"{1:020d}-{'a' * 8}.json"):
            (folder / name).write_text(text)
        store.finish_interrupted()
        with pytest.raises(Refused, match="already"):
            store.undo(f"{1:020d}-{'a' * 8}")
        store.decide("accept", [only(store)])
        assert file.read_text() == "new\n"
        assert store.before(change_id(FOLDER, "01-code-sms"), f"{FOLDER}/01-code-sms.txt") == b"old\n"

    def test_a_journal_that_names_another_file_writes_nothing(
        self, tmp_path: Path, store: ReviewStore
    ) -> None:
        target = tmp_path / "setup.py"
        target.write_text("old\n")
        write = {"change": "a", "path": "setup.py", "before": "b2xkCg==", "after": "ZXZpbAo="}
        entry = store.home / "decisions" / f"{1:020d}-{'a' * 8}.deciding"
        entry.parent.mkdir()
        entry.write_text(json.dumps({"action": "accept", "before": {"a": "pending"}, "writes": [write]}))
        store.finish_interrupted()
        assert target.read_text() == "old\n"

    def test_two_changes_of_one_file(self, tmp_path: Path, file: Path) -> None:
        one = change(tmp_path, "01-code-sms", "one\n")
        other = dataclasses.replace(change(tmp_path, "01-code-sms", "two\n"), id="other")
        store = kept(tmp_path, one, other)
        decision = store.decide("accept", [(one.id, None), ("other", None), (one.id, None)])
        assert (decision.changes, decision.refused) == (
            (one.id,),
            {"other": "Another of these changes writes the same file."},
        )
        assert file.read_text() == "one\n"
        assert [each.id for _, each in store.pending()] == ["other"]

    def test_a_change_that_somebody_rejected_after_it_was_shown(
        self, store: ReviewStore, tmp_path: Path, file: Path
    ) -> None:
        seen = only(store)
        ReviewStore(tmp_path).decide("reject", [seen])
        with pytest.raises(Refused, match="something else"):
            store.decide("accept", [seen])
        assert file.read_text() == "old\n"
        store.decide("accept", [(seen[0], None)])
        assert file.read_text() == "new\n"

    @pytest.mark.parametrize(("action", "last"), [("accept", "new\n"), ("reject", "old\n")])
    def test_a_decision_with_a_later_one_on_it(
        self, store: ReviewStore, file: Path, action: Any, last: str
    ) -> None:
        first = store.decide("reject", [only(store)])
        second = store.decide(action, [(first.changes[0], None)])
        with pytest.raises(Refused, match="later decision") as refused:
            store.undo(first.id)
        assert refused.value.code == "conflict"
        assert file.read_text() == last
        store.undo(second.id)
        assert not store.pending()
        store.undo(first.id)
        assert file.read_text() == "old\n"
        assert len(store.pending()) == 1

    def test_a_later_decision_on_something_else_is_in_nobodys_way(self, tmp_path: Path) -> None:
        stems = ("01-a-sms", "02-b-sms", "03-c-sms")
        for stem in stems:
            snapshot(tmp_path, stem, "old\n")
        store = kept(tmp_path, *(change(tmp_path, stem, "new\n") for stem in stems))
        first, second, third = (store.decide("accept", [(change_id(FOLDER, stem), None)]) for stem in stems)
        assert store.last_decision() == third.id
        for decision, left in ((second, 1), (first, 2), (third, 3)):
            store.undo(decision.id)
            assert len(store.pending()) == left
        assert store.last_decision() is None

    @pytest.mark.parametrize(("changes", "why"), [([], "nothing to decide"), ([("x", None)], "not there")])
    def test_nothing(self, store: ReviewStore, changes: Any, why: str) -> None:
        with pytest.raises(Refused, match=why) as refused:
            store.decide("accept", changes)
        assert refused.value.code == "unknown"
        assert store.last_decision() is None

    def test_a_snapshot_that_cannot_be_read(self, store: ReviewStore, file: Path) -> None:
        seen = only(store)
        file.unlink()
        file.mkdir()
        with pytest.raises(
            Refused, match=r"01-code-sms.txt cannot be read: Is a directory\.|denied"
        ) as refused:
            store.decide("accept", [seen])
        assert refused.value.code == "failed"
        assert store.content(f"{FOLDER}/01-code-sms.txt") is None

    def test_a_file_that_is_a_link(self, tmp_path: Path, store: ReviewStore, file: Path) -> None:
        target = tmp_path / "target.txt"
        target.write_text("old\n")
        file.unlink()
        os.symlink(target, file)
        with pytest.raises(Refused, match="leads out"):
            store.decide("accept", [only(store)])
        assert target.read_text() == "old\n"


class TestRunningAgain:
    def test_a_rejected_change_stays_rejected_while_it_is_the_same(
        self, tmp_path: Path, store: ReviewStore
    ) -> None:
        store.decide("reject", [only(store)])
        kept(tmp_path, change(tmp_path, "01-code-sms", "new\n"))
        assert not store.pending()
        kept(tmp_path, change(tmp_path, "01-code-sms", "something else\n"))
        assert len(store.pending()) == 1

    def test_a_test_that_passes_has_nothing_to_review(self, store: ReviewStore) -> None:
        store.replace([], ran=[FOLDER])
        assert not store.tests()

    def test_what_did_not_run_is_kept_unless_everything_ran(self, store: ReviewStore) -> None:
        store.replace([], ran=["tests/__snapshots__/test_shop/test_other"])
        assert len(store.pending()) == 1
        store.replace([], ran=[], all_ran=True)
        assert not store.pending()


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
        assert refused.value.why == said

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

        def locking(handle: int, mode: str, size: int) -> None:
            assert (mode, size) == ("wait for it", 1)
            places.append(os.lseek(handle, 0, os.SEEK_CUR))
            if len(places) < 3:
                raise OSError(errno.EDEADLK, "after ten tries")

        windows: Any = SimpleNamespace(LK_LOCK="wait for it", locking=locking)
        monkeypatch.setitem(sys.modules, "msvcrt", windows)
        monkeypatch.setattr(review_store, "os", SimpleNamespace(name="nt"))
        monkeypatch.setattr(time, "sleep", lambda seconds: None)
        with open(tmp_path / "lock", "a+b") as file:
            file.write(b"not empty")
            file.flush()
            review_store._lock(file)
        assert places == [0, 0, 0]


SPOILED: list[tuple[str, Any]] = [
    ("id", 7), ("id", None), ("step", []), ("stem", {}), ("title", None), ("status", 7), ("files", "x"),
    ("files", [{"path": 7, "base": None, "new": None}]),
    ("files", [{"path": "x", "base": 7, "new": None}]),
    ("files", [{"path": "x", "base": None, "new": True}]),
]  # fmt: skip


class TestKeeping:
    def test_the_name_of_snapshot_folders_is_that_of_the_run(self, tmp_path: Path) -> None:
        assert ReviewStore(tmp_path).dirname == "__snapshots__"
        names = ["accepted", "here/and below", "Ansichten-ä"]
        if sys.platform == "linux":
            names += ["with:colon", "not UTF-8 \udcff"]
        for dirname in names:
            folder = f"tests/{dirname}/test_shop/test_welcome"
            path = f"{folder}/01-a-sms.txt"
            made = Change("id", "new", "a", "sms", None, "01-a-sms", "", (FileChange(path, None, "x\n"),))
            run = ReviewStore(tmp_path, dirname=dirname)
            run.replace([TestChanges("t", folder, (made,))], ran=[folder], all_ran=True)
            assert ReviewStore(tmp_path).dirname == dirname
            ReviewStore(tmp_path).decide("accept", [("id", None)])
            assert (tmp_path / path).read_text() == "x\n"
            with pytest.raises(Refused, match="not a snapshot file"):
                ReviewStore(tmp_path, dirname="other").undo(str(run.last_decision()))

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: [],
            lambda data: "x",
            lambda data: {**data, "folder": 7},
            lambda data: {**data, "test": None},
            lambda data: {**data, "more": "x"},
            lambda data: {**data, "changes": [7]},
            lambda data: {**data, "changes": {}, "old": 7},
            lambda data: {**data, "new": [{"stem": "x"}]},
            lambda data: {key: data[key] for key in data if key != "new"},
            *(
                lambda data, key=key, value=value: {
                    **data, "changes": [{**data["changes"][0], key: value}]
                }
                for key, value in SPOILED
            ),
        ],
    )  # fmt: skip
    def test_what_was_not_kept_by_a_run_is_not_listed(
        self, tmp_path: Path, store: ReviewStore, spoil: Any
    ) -> None:
        (kept_file,) = (store.home / "changes").iterdir()
        (store.home / "changes" / "other.json").write_text(
            json.dumps(spoil(json.loads(kept_file.read_bytes())))
        )
        (store.home / "changes" / "empty.json").write_text("")
        (store.home / "changes" / "deep.json").write_text("[" * 100_000)
        assert len(store.tests()) == 1

    def test_tests_are_listed_by_their_names(self, tmp_path: Path, store: ReviewStore) -> None:
        made = [
            TestChanges(test, f"{FOLDER}{folder}", store.tests()[0].changes)
            for test, folder in ("b2", "a3", "c1")
        ]
        store.replace(made, ran=[])
        assert [each.folder[-1] for each in store.tests()] == ["e", "1", "2", "3"]

    def test_a_decision_comes_after_the_last_one_also_when_the_clock_was_set_back(
        self, store: ReviewStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = store.decide("reject", [only(store)])
        monkeypatch.setattr(time, "time_ns", lambda: 5)
        second = store.decide("accept", [(first.changes[0], None)])
        assert first.id < second.id == store.last_decision()
        assert int(second.id.split("-")[0]) == int(first.id.split("-")[0]) + 1
        store.undo(second.id)
        store.undo(first.id)
        assert int(store.decide("reject", [only(store)]).id.split("-")[0]) == 5

    def test_a_change_is_found_by_its_id(self, store: ReviewStore) -> None:
        found = store.find(change_id(FOLDER, "01-code-sms"))
        assert (found[0].folder, found[1].stem) == (FOLDER, "01-code-sms")
        with pytest.raises(Refused, match="run again") as refused:
            store.find("nothing")
        assert refused.value.code == "unknown"

    def test_what_a_file_was_before_is_that_of_the_latest_decision(
        self, tmp_path: Path, store: ReviewStore, file: Path
    ) -> None:
        known, path = change_id(FOLDER, "01-code-sms"), f"{FOLDER}/01-code-sms.txt"
        assert store.before(known, path) is None
        store.decide("accept", [(known, None)])
        assert store.before(known, path) == b"old\n"
        kept(tmp_path, change(tmp_path, "01-code-sms", "newer\n"))
        store.decide("accept", [(known, None)])
        assert store.before(known, path) == b"new\n"
        assert store.before("other", path) is None
        assert store.before(known, "other") is None
