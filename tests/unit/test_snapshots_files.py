"""Single files of snapshots and of reviews: written whole, read, deleted, and left to whom they belong."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy import utils
from syrupy.extensions import base

from novu_framework_testing.snapshots import files, ownership, storage
from novu_framework_testing.snapshots.extension import NovuSnapshotExtension

TEMPORARY = re.compile(rf"\.novu-{os.getpid()}-[0-9a-f]{{8}}\.tmp")


def below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


class TestAFile:
    def test_is_on_the_disk_before_it_is_put_in_its_place(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[Any] = []
        replace = os.replace
        monkeypatch.setattr(os, "fsync", lambda number: seen.append(os.fstat(number).st_size))

        def put(temporary: Path, path: Path) -> None:
            seen.append(TEMPORARY.fullmatch(temporary.name) is not None and temporary.parent == path.parent)
            replace(temporary, path)

        monkeypatch.setattr(os, "replace", put)
        files.write_atomically(tmp_path / "a" / "b" / "file", b"12345")
        assert seen == [5, True]
        assert below(tmp_path) == ["a", "a/b", "a/b/file"]
        assert files.read_if_there(tmp_path / "a" / "b" / "file") == b"12345"

    @pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
    def test_that_cannot_be_put_in_its_place_leaves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
    ) -> None:
        def refuse(*_: Any) -> None:
            raise error

        monkeypatch.setattr(os, "replace", refuse)
        with pytest.raises(error):
            files.write_atomically(tmp_path / "a" / "file", b"new")
        assert below(tmp_path) == []

    def test_that_cannot_be_cleared_away_does_not_hide_why(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: Any, **__: Any) -> None:
            raise OSError("the first" if len(_) > 1 else "another")

        monkeypatch.setattr(os, "replace", refuse)
        monkeypatch.setattr(Path, "unlink", refuse)
        with pytest.raises(OSError, match="the first"):
            files.write_atomically(tmp_path / "file", b"new")

    def test_is_deleted_with_its_folder_unless_there_is_another(self, tmp_path: Path) -> None:
        for name in ("a/one", "a/two"):
            files.write_atomically(tmp_path / name, b"")
        files.remove(tmp_path / "a" / "one")
        assert below(tmp_path) == ["a", "a/two"]
        files.remove(tmp_path / "a" / "one")
        files.remove(tmp_path / "a" / "two")
        files.remove(tmp_path / "a" / "two")
        assert below(tmp_path) == []

    def test_that_is_not_there_has_no_content(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert files.read_if_there(tmp_path / "file") == b""
        assert files.read_if_there(tmp_path / "other") is None
        assert files.read_if_there(tmp_path / "file" / "other") is None


Act = Callable[[Path], object]
ACTS: dict[str, tuple[Any, str, type[OSError], Act]] = {
    "stage": (files, "open", PermissionError, lambda path: files.stage(path, b"new")),
    "stage, and the folder goes": (files, "open", FileNotFoundError, lambda path: files.stage(path, b"new")),
    "move": (os, "replace", PermissionError, lambda path: files.move(path.with_name("new"), path)),
    "read": (Path, "read_bytes", PermissionError, files.read_if_there),
    "delete": (Path, "unlink", PermissionError, files.delete),
    "remove": (Path, "unlink", PermissionError, files.remove),
}


@pytest.mark.parametrize("name", ACTS)
class TestAnotherProgramThatHasAFile:
    @pytest.fixture
    def refusing(
        self, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> Callable[[int], list[float]]:
        (tmp_path / "file").write_bytes(b"old")
        (tmp_path / "new").write_bytes(b"new")
        owner, operation, error, _ = ACTS[name]
        pauses: list[float] = []
        act = getattr(owner, operation, open)

        def refusing(times: int) -> list[float]:
            left = [error] * times

            def refuse(*arguments: Any, **options: Any) -> Any:
                if left:
                    raise left.pop()
                return act(*arguments, **options)

            monkeypatch.setattr(owner, operation, refuse, raising=False)
            return pauses

        monkeypatch.setattr(time, "sleep", pauses.append)
        return refusing

    def test_is_waited_for_longer_and_longer_but_not_for_a_second(
        self, tmp_path: Path, name: str, refusing: Callable[[int], list[float]]
    ) -> None:
        pauses = refusing(6)
        ACTS[name][3](tmp_path / "file")
        assert len(pauses) == 6
        assert pauses == sorted(pauses)
        assert pauses[0] > 0
        assert sum(pauses) < 1

    def test_is_not_waited_for_for_ever(
        self, tmp_path: Path, name: str, refusing: Callable[[int], list[float]]
    ) -> None:
        refusing(7)
        with pytest.raises(ACTS[name][2]):
            ACTS[name][3](tmp_path / "file")
        assert (tmp_path / "file").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"a\xc3\xa9", "aé"), (b"\xed\xa0\x80", "\ud800"), (b"a\xff", "a\ufffd"), (b"", "")],
    ids=["UTF-8", "half a pair", "another encoding", "nothing"],
)
def test_the_text_of_a_file_is_utf_8_as_far_as_it_is(data: bytes, text: str) -> None:
    assert files.decode(data) == text
    assert "\ufffd" in text or files.encode(text) == data


def test_a_content_is_compared_by_its_sha_256() -> None:
    assert files.fingerprint(None) is None
    assert files.fingerprint(b"a") == hashlib.sha256(b"a").hexdigest()


class TestSyrupy:
    @pytest.fixture(autouse=True)
    def _alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # The run of these tests has our plugin, too.
        monkeypatch.setattr(base, "walk_snapshot_dir", utils.walk_snapshot_dir)

    def found(self, root: Path) -> list[str]:
        walk: Any = base
        return sorted(Path(each).name for each in walk.walk_snapshot_dir(root))

    def test_sees_its_files_and_not_ours(self, tmp_path: Path) -> None:
        root = tmp_path / base.SnapshotCollectionStorage.snapshot_dirname
        for name in ("test_a/test_b/01-a-sms.txt", "test_a/test_b/notes.txt", "test_a.ambr"):
            files.write_atomically(root / name, b"")
        every = self.found(root)
        undo = ownership.leave_our_files_alone()
        assert self.found(root) == ["notes.txt", "test_a.ambr"]
        undo()
        assert self.found(root) == every == ["01-a-sms.txt", "notes.txt", "test_a.ambr"]

    def test_keeps_what_another_has_put_in_its_place_since(self, monkeypatch: pytest.MonkeyPatch) -> None:
        undo = ownership.leave_our_files_alone()
        monkeypatch.setattr(base, "walk_snapshot_dir", lambda root: ["theirs"])
        undo()
        assert self.found(Path()) == ["theirs"]

    def test_has_nothing_of_ours_to_count_or_to_clear_away(self, tmp_path: Path) -> None:
        assert list(NovuSnapshotExtension().discover_snapshots(test_location=None)) == []


class TestAStepOfSeveralFiles:
    def test_is_written_over_what_a_kill_has_left_though_its_plan_cannot_be_read(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / ".novu-7-ab.plan").write_bytes(b"\xff")
        storage.finish(tmp_path)
        storage.replace_all(tmp_path, {"01-a-email.txt": b"a", "01-a-email.html": b"b"})
        assert [(tmp_path / name).read_bytes() for name in ("01-a-email.txt", "01-a-email.html")] == [
            b"a",
            b"b",
        ]
