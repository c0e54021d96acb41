"""What waits for a review is read once, and again where it changed: thousands of changes stay quick."""

from __future__ import annotations

from pathlib import Path

import pytest

from novu_framework_testing.review import ReviewStore, TestChanges
from novu_framework_testing.snapshots import files
from tests.integration.review_projects import step, to_review

TESTS = 30


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tests whose changes were read from their file, in order."""
    read: list[str] = []
    from_json = TestChanges.from_json

    def noted(text: str | bytes) -> TestChanges:
        read.append(from_json(text).test)
        return from_json(text)

    monkeypatch.setattr(TestChanges, "from_json", staticmethod(noted))
    return read


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were written, by their last folder."""
    names: list[str] = []
    stage = files.stage

    def noted(temporary: Path, data: bytes) -> None:
        names.append(temporary.parent.name)
        stage(temporary, data)

    monkeypatch.setattr(files, "stage", noted)
    monkeypatch.setattr("novu_framework_testing.review.journal.stage", noted)
    return names


def test_a_decision_reads_and_writes_what_it_is_about(
    tmp_path: Path, parsed: list[str], written: list[str]
) -> None:
    made = {f"test_{number:02d}": [(step("text", "sms", body="old"), step("text", "sms", body=f"new {number}"))] for number in range(TESTS)}  # fmt: skip
    to_review(tmp_path, made)
    store = ReviewStore(tmp_path)
    changes = [change for _, change in store.pending()]
    assert len(parsed) == TESTS
    parsed.clear()
    written.clear()
    one = store.decide("accept", [(changes[7].id, changes[7].revision)])
    assert sorted(written) == ["changes", "decisions", "test_07"]
    store.undo(one.id)
    assert [change.status for _, change in store.pending()] == ["pending"] * TESTS
    assert set(parsed) == {"test_shop.py::test_07"}
    parsed.clear()
    store.decide("reject", [(change.id, change.revision) for change in changes])
    assert not store.pending()
    assert len(parsed) == TESTS


def test_what_another_process_decides_is_seen(tmp_path: Path) -> None:
    store = to_review(
        tmp_path, {"test_a": [(step("text", "sms", body="old"), step("text", "sms", body="new"))]}
    )
    ((_, change),) = store.pending()
    ReviewStore(tmp_path).decide("reject", [(change.id, change.revision)])
    assert not store.pending()
    to_review(tmp_path, {"test_b": [(None, step("text", "sms", body="new"))]})
    assert [test.test for test, _ in store.pending()] == ["test_shop.py::test_b"]
    for path in (tmp_path / ".novu/review/changes").iterdir():
        path.write_text("{}")
    assert not store.tests()


def test_a_file_that_is_only_half_in_its_place_is_not_read(tmp_path: Path) -> None:
    store = to_review(tmp_path, {"test_a": [(None, step("text", "sms", body="new"))]})
    (kept,) = (tmp_path / ".novu/review/changes").iterdir()
    kept.with_name(f"{files.HALF_WRITTEN}1-a.tmp").write_bytes(kept.read_bytes())
    assert [test.test for test in store.tests()] == ["test_shop.py::test_a"]
