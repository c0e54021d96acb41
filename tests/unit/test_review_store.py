"""Deciding on changes: what is written, what is refused, and what survives an interruption."""

from __future__ import annotations

import contextlib
import itertools
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.review import Change, Refused, ReviewStore, TestChanges
from novu_framework_testing.review.changes import FileChange, Kind, change_id
from novu_framework_testing.snapshots.files import encode, fingerprint
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

    def test_a_link_that_leads_out_of_the_project(self, tmp_path: Path) -> None:
        root, outside = tmp_path / "project", tmp_path / "outside"
        (root / "tests/__snapshots__/test_shop").mkdir(parents=True)
        outside.mkdir()
        os.symlink(outside, root / FOLDER)
        store = kept(root, change(root, "01-code-sms", "x", kind="new"))
        with pytest.raises(Refused, match="leads out"):
            store.decide("accept", [only(store)])
        assert not list(outside.iterdir())

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
