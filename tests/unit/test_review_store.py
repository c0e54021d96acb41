"""Deciding on changes: what is written, and what is refused."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.review import Change, Refused, ReviewStore, TestChanges
from novu_framework_testing.review.changes import FileChange, change_id
from novu_framework_testing.review.rejections import rejections
from novu_framework_testing.snapshots.assertion import StepFiles
from tests.unit.review_stores import FOLDER, change, kept, only, snapshot


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return snapshot(tmp_path, "01-code-sms", "old\n")


@pytest.fixture
def store(tmp_path: Path, file: Path) -> ReviewStore:
    return kept(tmp_path, change(tmp_path, "01-code-sms", "new\n"))


def snapshot_texts(root: Path) -> list[str]:
    return [path.read_text() for path in sorted((root / FOLDER).iterdir())]


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

    def test_a_decision_whose_file_was_changed_since_is_not_offered_to_be_taken_back(
        self, store: ReviewStore, file: Path
    ) -> None:
        decision = store.decide("accept", [only(store)])
        accepted = file.read_bytes()
        file.write_text("of a later run\n")
        assert store.last_decision() is None
        file.write_bytes(accepted)
        assert store.last_decision() == decision.id
        file.unlink()
        file.mkdir()  # which cannot be read
        assert store.last_decision() is None

    def test_a_decision_of_an_earlier_review_is_not_offered_to_be_taken_back(self, tmp_path: Path) -> None:
        store = kept(tmp_path, change(tmp_path, "01-code-sms", "two\n"))
        store.decide("accept", [only(store)])
        again = kept(tmp_path, change(tmp_path, "01-code-sms", "three\n"))
        assert again.last_decision() is None
        decision = again.decide("accept", [only(again)])
        assert again.last_decision() == decision.id

    def test_a_decision_of_which_a_part_came_again_is_offered_to_be_taken_back(self, tmp_path: Path) -> None:
        store = kept(tmp_path, change(tmp_path, "01-code-sms", "two\n"))
        other = f"{FOLDER}_other"
        file = FileChange(f"{other}/01-code-sms.txt", None, "new\n")
        made = dataclasses.replace(
            change(tmp_path, "01-code-sms", "new\n"), id="other", kind="new", files=(file,)
        )
        store.replace([TestChanges("other", other, (made,))], ran=[other])
        decision = store.decide("accept", [(found.id, None) for _, found in store.pending()])
        again = kept(tmp_path, change(tmp_path, "01-code-sms", "three\n"))
        assert again.last_decision() == decision.id
        store.replace([], ran=[other])
        assert again.last_decision() is None

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
        with pytest.raises(Refused, match="changed in the meantime"):
            store.decide("accept", [seen])
        assert file.read_text() == "old\n"

    def test_a_change_that_another_reviewer_accepted(self, store: ReviewStore, tmp_path: Path) -> None:
        seen = only(store)
        ReviewStore(tmp_path).decide("accept", [seen])
        with pytest.raises(Refused, match="Someone"):
            store.decide("reject", [seen])

    def test_rejecting_what_another_hand_has_accepted(self, store: ReviewStore, file: Path) -> None:
        file.write_text("new\n")
        with pytest.raises(Refused, match="hold this already"):
            store.decide("reject", [only(store)])
        assert len(store.pending()) == 1
        assert store.decide("accept", [only(store)]).changes
        assert file.read_text() == "new\n"

    def test_what_another_hand_has_accepted_has_no_comment(self, store: ReviewStore, file: Path) -> None:
        run = store.tests()
        store.decide("reject", [only(store)], why="Say hello")
        file.write_text("new\n")
        store.replace(run, ran=[FOLDER])
        ((found,),) = (test.changes for test in store.tests())
        assert (found.status, found.why) == ("accepted", "")

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
        with pytest.raises(Refused, match="changed in the meantime"):
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
        kept(tmp_path, change(tmp_path, "01-code-sms", "new\n"))
        store.decide("reject", [only(store)])
        kept(tmp_path, change(tmp_path, "01-code-sms", "new\n"))
        assert [each.status for test in store.tests() for each in test.changes] == ["rejected"]
        kept(tmp_path, change(tmp_path, "01-code-sms", "something else\n"))
        assert len(store.pending()) == 1

    def test_a_test_that_passes_has_nothing_to_review(self, store: ReviewStore) -> None:
        assert store.content(f"{FOLDER}/01-code-sms.txt") == b"old\n"
        store.replace([TestChanges("tests/test_shop.py::test_welcome", FOLDER, ())], ran=[FOLDER])
        assert not store.tests()

    def test_what_did_not_run_is_kept_unless_everything_ran(self, store: ReviewStore) -> None:
        store.replace([], ran=["tests/__snapshots__/test_shop/test_other"])
        assert len(store.pending()) == 1
        store.replace([], ran=[], all_ran=True)
        assert not store.pending()

    def test_what_is_of_no_test_is_kept_until_it_is_asked_for_again(self, store: ReviewStore) -> None:
        (test,) = store.tests()
        folder = ".novu/compat/__snapshots__/compat/welcome"
        deployed = dataclasses.replace(test, test="deployment of welcome", folder=folder)
        store.replace([deployed], ran=[folder])
        store.replace([], ran=[], all_ran=True)
        assert [each.folder for each in store.tests()] == [folder]
        store.replace([], ran=[folder])
        assert not store.tests()


SPOILED: list[tuple[str, Any]] = [
    ("id", 7), ("id", None), ("step", []), ("stem", {}), ("title", None), ("status", 7), ("files", "x"),
    ("files", [{"path": 7, "base": None, "new": None}]),
    ("files", [{"path": "x", "base": 7, "new": None}]),
    ("files", [{"path": "x", "base": None, "new": True}]),
]  # fmt: skip


class TestKeeping:
    def test_what_was_accepted_while_the_tests_ran_stays_so(self, tmp_path: Path) -> None:
        for stem in ("01-a-sms", "02-b-sms"):
            snapshot(tmp_path, stem, "old\n")
        store = kept(tmp_path, *(change(tmp_path, stem, "new\n") for stem in ("01-a-sms", "02-b-sms")))
        run = store.tests()
        decision = store.decide("accept", [(run[0].changes[0].id, None)])
        store.replace(run, ran=[FOLDER], all_ran=True)
        assert [each.status for each in store.tests()[0].changes] == ["accepted", "pending"]
        store.undo(decision.id)
        assert [each.status for each in store.tests()[0].changes] == ["pending", "pending"]
        assert snapshot_texts(tmp_path) == ["old\n", "old\n"]

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

    @pytest.mark.parametrize(
        "damaged",
        [b"", b"[]", b"{}", b"[" * 100_000, None],
        ids=["empty", "list", "no test", "deep", "folder"],
    )
    def test_a_folder_has_no_changes_where_what_is_kept_of_it_cannot_be_read(
        self, store: ReviewStore, damaged: bytes | None
    ) -> None:
        assert store.changes_in(FOLDER) == store.tests()[0].changes
        (file,) = (store.home / "changes").iterdir()
        file.unlink()
        if damaged is None:
            file.mkdir()
        else:
            file.write_bytes(damaged)
        assert store.changes_in(FOLDER) == ()

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


SAID: dict[str, tuple[list[tuple[str, str]], str, list[str]]] = {
    "nothing": ([], "new\n", []),
    "rejected": ([("reject", "")], "new\n", ["Rejected in review. (02-foot-sms, 02-foot-sms)"]),
    "why": ([("reject", "no")], "new\n", ["Rejected in review: 'no' (02-foot-sms, 02-foot-sms)"]),
    "rejected, and another by now": ([("reject", "")], "newer\n", []),
    "why, and another by now": (
        [("reject", "no")],
        "newer\n",
        ["An earlier version was rejected in review: 'no' (02-foot-sms, 02-foot-sms)"],
    ),
    "accepted after all": ([("reject", "no"), ("accept", "")], "newer\n", []),
}


@pytest.mark.parametrize("name", SAID)
def test_a_test_is_told_what_was_said_of_its_step(tmp_path: Path, name: str) -> None:
    decisions, now, said = SAID[name]
    stems = ("01-code-sms", "02-foot-sms", "03-end-sms")
    store = kept(tmp_path, *(change(tmp_path, stem, "new\n") for stem in stems))
    for action, why in decisions:
        store.decide(action, [(change_id(FOLDER, stems[1]), None)], why=why)  # type: ignore[arg-type]
    steps = [StepFiles(stem, {".txt": now.encode()}) for stem in (*stems, "04-new-sms")]
    assert rejections(tmp_path, [(tmp_path / FOLDER, step) for step in steps]) == said


def test_snapshots_outside_of_a_project_are_in_no_review_of_it(tmp_path: Path) -> None:
    step = SimpleNamespace(stem="01-mail-email", new={".txt": b""}, step=None)
    assert rejections(tmp_path / "project", [(tmp_path / "elsewhere" / "test_a", step)]) == []  # type: ignore[list-item]
