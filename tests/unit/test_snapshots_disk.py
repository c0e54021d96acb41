"""`value == novu_snapshot` on a disk that refuses, and for a process that is killed: all files of a step or none."""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.snapshots import files, storage
from novu_framework_testing.snapshots.formats import encoded_files
from tests.unit.test_snapshots_comparison import EMAIL, Maker, changed, contents, snapshot_in


@pytest.fixture
def snapshot(tmp_path: Path) -> Maker:
    return lambda **options: snapshot_in(tmp_path, **options)


FAULTS: dict[str, tuple[Any, str]] = {
    "reading": (Path, "read_bytes"),
    "making the folder": (Path, "mkdir"),
    "writing": (os, "fsync"),
    "putting in place": (os, "replace"),
}


class TestADiskThatRefuses:
    @pytest.fixture(autouse=True)
    def _at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "PAUSES", [])

    @pytest.mark.parametrize("operation", FAULTS)
    @pytest.mark.parametrize(
        ("number", "code"),
        [*enumerate((errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EISDIR, errno.EIO))],
    )
    @pytest.mark.parametrize("there", ["nothing", "another"])
    def test_leaves_a_step_as_it_was_and_says_why(
        self, snapshot: Maker, tmp_path: Path, operation: str, number: int, code: int, there: str
    ) -> None:
        if there == "another":
            assert snapshot(update_snapshots=True) == changed(EMAIL, subject="Old", body="old")
        before = contents(tmp_path)
        owner, name = FAULTS[operation]
        calls = 0
        act = getattr(owner, name)

        def fail(*arguments: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == number + 1:
                raise OSError(code, os.strerror(code))
            return act(*arguments, **options)

        compared = snapshot(update_snapshots=True)
        error: OSError | None = None
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(owner, name, fail)
            try:
                assert compared == EMAIL
            except OSError as raised:
                error = raised
        if error is None:
            # It was asked less often, or only for the .gitattributes.
            assert snapshot() == EMAIL
        else:
            assert isinstance(error, storage.SnapshotFileError)
            assert 'the snapshot of email step "mail" cannot be' in str(error)
            assert os.strerror(code) in str(error)
            assert contents(tmp_path) == before
            assert compared.asserted == []
        assert not list(tmp_path.rglob(".novu-*"))
        if there == "nothing" and error is not None:
            assert not (tmp_path / "__snapshots__" / "test_shop" / "test_a").exists()

    @pytest.mark.parametrize("suffix", [".txt", ".html"])
    @pytest.mark.parametrize("there", ["nothing", "another"])
    def test_has_a_folder_in_the_place_of_a_file(
        self, snapshot: Maker, tmp_path: Path, suffix: str, there: str
    ) -> None:
        folder = tmp_path / "__snapshots__" / "test_shop" / "test_a"
        if there == "another":
            assert snapshot(update_snapshots=True) == changed(EMAIL, subject="Old", body="old")
        (folder / f"01-mail-email{suffix}").unlink(missing_ok=True)
        (folder / f"01-mail-email{suffix}").mkdir(parents=True)
        before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        for update in (False, True):
            with pytest.raises(storage.SnapshotFileError, match=r"mail.*(directory|denied)"):
                assert snapshot(update_snapshots=update) == EMAIL
        assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before

    def test_has_a_file_in_the_place_of_a_folder(self, snapshot: Maker, tmp_path: Path) -> None:
        (tmp_path / "__snapshots__").write_text("")
        assert snapshot() != EMAIL
        with pytest.raises(storage.SnapshotFileError):
            assert snapshot(update_snapshots=True) == EMAIL

    @pytest.mark.parametrize("when", ["before", "after"])
    @pytest.mark.parametrize("number", [1, 2, 3])
    def test_is_as_good_as_an_interruption(
        self, snapshot: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, when: str
    ) -> None:
        assert snapshot(update_snapshots=True) == changed(EMAIL, subject="Old", body="old")
        before, replace, calls = contents(tmp_path), os.replace, 0

        def interrupted(*arguments: Any) -> None:
            nonlocal calls
            calls += 1
            if calls == number and when == "before":
                raise KeyboardInterrupt
            replace(*arguments)
            if calls == number:
                raise KeyboardInterrupt

        monkeypatch.setattr(os, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            assert snapshot(update_snapshots=True) == EMAIL
        new = {f"01-mail-email{suffix}": data for suffix, data in encoded_files(EMAIL).items()}
        assert contents(tmp_path) == (new if (number, when) == (3, "after") else before)

    @pytest.mark.parametrize("moved", [0, 1, 2])
    def test_a_kill_between_the_files_is_finished_by_the_next_run(
        self, snapshot: Maker, tmp_path: Path, moved: int
    ) -> None:
        assert snapshot(update_snapshots=True) == changed(EMAIL, subject="Old", body="old")
        folder = tmp_path / "__snapshots__" / "test_shop" / "test_a"
        new = {f"01-mail-email{suffix}": data for suffix, data in encoded_files(EMAIL).items()}
        for number, (name, data) in enumerate(new.items()):
            (folder / (name if number < moved else f".novu-7-ab-{number}.tmp")).write_bytes(data)
        (folder / ".novu-7-ab.plan").write_text("\n".join(new))
        assert snapshot() == EMAIL
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == new

    def test_a_kill_at_any_moment_leaves_the_old_or_the_new(
        self, snapshot: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        old = changed(EMAIL, subject="Old", body="old")
        assert snapshot(update_snapshots=True) == old
        moments = []
        replace = os.replace

        def kept(*arguments: Any) -> None:
            for when in ("before", "after"):
                moments.append(tmp_path / f"{len(moments)} {when}")
                shutil.copytree(tmp_path / "__snapshots__", moments[-1] / "__snapshots__")
                if when == "before":
                    replace(*arguments)

        monkeypatch.setattr(os, "replace", kept)
        assert snapshot(update_snapshots=True) == EMAIL
        monkeypatch.undo()
        # The plan is in its place after the first of these.
        found = ["new" if snapshot_in(each) == EMAIL else "old" for each in moments]
        assert found == ["old", *["new"] * 5]
        assert snapshot_in(moments[0]) == old

    def test_what_is_being_undone_is_not_finished_by_another(
        self, snapshot: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert snapshot(update_snapshots=True) == changed(EMAIL, subject="Old", body="old")
        before, replace, calls = contents(tmp_path), os.replace, 0

        def refused(*arguments: Any) -> None:
            nonlocal calls
            calls += 1
            if calls == 3:  # after the plan and the first of the two files
                raise OSError(errno.EIO, "broken")
            if calls > 3:
                storage.finish(arguments[1].parent)
            replace(*arguments)

        monkeypatch.setattr(os, "replace", refused)
        with pytest.raises(storage.SnapshotFileError):
            assert snapshot(update_snapshots=True) == EMAIL
        assert contents(tmp_path) == before

    def test_a_plan_that_leads_elsewhere_is_not_followed(self, snapshot: Maker, tmp_path: Path) -> None:
        folder = tmp_path / "__snapshots__" / "test_shop" / "test_a"
        folder.mkdir(parents=True)
        (tmp_path / "conftest.py").write_text("mine")
        for number in range(2):
            (folder / f".novu-7-ab-{number}.tmp").write_text("theirs")
        (folder / ".novu-7-ab.plan").write_text("../../../conftest.py\nconftest.py")
        assert snapshot() != EMAIL
        assert (tmp_path / "conftest.py").read_text() == "mine"
        assert not (folder / "conftest.py").exists()


def test_half_written_files_go_once_they_are_old(tmp_path: Path) -> None:
    hours = {f"{files.HALF_WRITTEN}1-a-0.tmp": 2, f"{files.HALF_WRITTEN}2-b-0.tmp": 0.5, "kept.tmp": 2}
    for name, age in hours.items():
        (tmp_path / name).touch()
        written = time.time() - age * 3600
        os.utime(tmp_path / name, (written, written))
    storage.replace_all(tmp_path, {"01-mail.txt": b"new"})
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{files.HALF_WRITTEN}2-b-0.tmp",
        "kept.tmp",
        "01-mail.txt",
    }
