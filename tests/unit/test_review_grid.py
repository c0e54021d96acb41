"""The grid of a matrix, in a review."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from novu_framework_testing.checks import CheckSettings
from novu_framework_testing.review import ReviewStore, TestChanges
from novu_framework_testing.review.app import create_app
from novu_framework_testing.review.cases import Case
from novu_framework_testing.review.collection import changes_of
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.review.report import write_report
from novu_framework_testing.review.report_grids import grids_section, report_grids
from novu_framework_testing.review.view import change_detail
from tests.integration.review_projects import matrix_records, matrix_to_review

HELLO = ("Hello", "Hi")
CASES = {
    ("en", "usual"): HELLO,
    ("en", "empty"): ("Hello", "Hello undefined"),
    ("de", "usual"): HELLO,
    ("ar", "usual"): ("مرحبا", "مرحبا"),
    ("ar", "empty"): (None, "Hi"),
}


@pytest.fixture
def store(tmp_path: Path) -> ReviewStore:
    return matrix_to_review(tmp_path, CASES)


def grid(store: ReviewStore, case: str) -> list[dict[str, Any]]:
    app = create_app(store, token="t", hosts={"testserver"})
    (change,) = (change for test, change in store.pending() if test.test.endswith(f"[{case}]"))
    found: list[dict[str, Any]] = TestClient(app).get(f"/t/api/changes/{change.id}").json()["grid"]
    return found


def test_a_grid_has_every_case_with_equal_ones_once_and_what_is_wrong(store: ReviewStore) -> None:
    cells = grid(store, "de-usual")
    assert [
        (cell["axes"]["locale"], cell["axes"]["data"], cell["kind"], cell["equal"]) for cell in cells
    ] == [
        ("en", "usual", "changed", None),
        ("en", "empty", "changed", None),
        ("de", "usual", "changed", "en-usual"),
        ("ar", "usual", "same", None),
        ("ar", "empty", "new", "en-usual"),
    ]
    assert [cell.get("title") for cell in cells] == ["Hi", "Hello undefined", None, "مرحبا", None]
    assert [len(cell.get("findings", ())) for cell in cells] == [0, 1, 0, 0, 0]
    assert [cell["label"] for cell in cells] == ["en-usual", "en-empty", "de-usual", "ar-usual", "ar-empty"]
    (finding,) = cells[1]["findings"]
    assert (finding["level"], finding["detail"], finding["words"]) == (
        "error",
        "“Hello undefined”",
        "the text",
    )
    assert "`undefined` stands where a value was meant" in finding["wrong"]
    changes = {change.id for _, change in store.pending()}
    assert [cell["link"] in changes for cell in cells] == [True, True, True, False, True]


def test_a_grid_says_what_was_decided_and_what_is_gone(store: ReviewStore) -> None:
    (seen,) = (change for test, change in store.pending() if test.test.endswith("[en-usual]"))
    store.decide("reject", [(seen.id, seen.revision)])
    assert [cell["status"] for cell in grid(store, "de-usual")][:2] == ["rejected", "pending"]


def test_a_test_of_no_matrix_has_no_grid(tmp_path: Path) -> None:
    store = matrix_to_review(tmp_path, CASES)
    (test, change), *_ = store.pending()
    store.replace([dataclasses.replace(test, cases=())], ran=[test.folder])
    assert (
        TestClient(create_app(store, token="t", hosts={"testserver"}))
        .get(f"/t/api/changes/{change.id}")
        .json()["grid"]
        == []
    )


def test_a_report_has_a_grid_of_each_step_of_a_matrix(tmp_path: Path) -> None:
    records = matrix_records(tmp_path, CASES)
    anchors = {("test_shop.py::test_it[en-usual]", "01-text-sms"): "message-7"}
    (grid,) = report_grids(records, CheckSettings(), anchors)
    assert (grid["test"], grid["about"]) == ("test_shop.py::test_it", "shop · Text · SMS")
    assert [cell["kind"] for cell in grid["cells"]] == ["changed", "changed", "changed", "same", "new"]
    assert [cell["link"] for cell in grid["cells"]] == ["message-7", None, None, None, None]
    assert report_grids(records[:1], CheckSettings(), anchors) == []


def test_the_grids_of_a_report_are_in_order_and_come_back_as_they_were(tmp_path: Path) -> None:
    records = [
        dataclasses.replace(each, case=dataclasses.replace(each.case, matrix=f"{matrix}::test"))
        for matrix in ("test_b.py", "test_a.py")
        for each in matrix_records(tmp_path, {**CASES, ("en", "odd"): ("Hello", "</script><b>")})
        if each.case
    ]
    grids = report_grids(records, CheckSettings(), {})
    assert [grid["test"] for grid in grids] == ["test_a.py::test", "test_b.py::test"]
    (text,) = re.findall(r'<script type="application/json">(.*)</script></section>', grids_section(grids))
    assert "<" not in text
    assert json.loads(text) == grids


@pytest.mark.parametrize(("records", "grids"), [(CASES, 1), ({("en", "usual"): HELLO}, 0)])
def test_a_report_without_a_matrix_has_no_grids(tmp_path: Path, records: Any, grids: int) -> None:
    write_report(tmp_path / "report.html", matrix_records(tmp_path, records), root=tmp_path)
    assert (tmp_path / "report.html").read_text(encoding="utf-8").count('id="grids"') == grids


CASE = Case("test_m.py::test_it", "de_DE", 1, (("locale", "de_DE"), ("data", "usual")), "folder")


def test_a_case_comes_back_as_it_was_written() -> None:
    record = RecordedTest("test_m.py::test_it[de_DE]", "folder", case=CASE)
    assert RecordedTest.from_json(record.to_json()).case == CASE
    test = TestChanges("test_m.py::test_it[de_DE]", "folder", (), cases=(CASE,))
    assert TestChanges.from_json(test.to_json()) == test


@pytest.mark.parametrize("wrong", [{"place": "1"}, {"axes": [["locale"]]}, {"folder": 3}, {"other": 1}])
def test_a_case_that_is_something_else_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        Case.of({**dataclasses.asdict(CASE), **wrong})


def test_what_a_workflow_sets_aside_is_not_said_of_its_messages(tmp_path: Path) -> None:
    records = [
        dataclasses.replace(each, asides=(("personalisation.undefined", "a lesson", "shop"),))
        for each in matrix_records(tmp_path, CASES)
    ]
    store = ReviewStore(tmp_path)
    store.replace(
        changes_of(tmp_path, [RecordedTest.from_json(each.to_json()) for each in records], []), ran=[]
    )
    assert [len(cell.get("findings", ())) for cell in grid(store, "de-usual")] == [0] * 5
    detail = next(
        change_detail(store, test, change) for test, change in store.pending() if "en-empty" in test.test
    )
    assert detail["new"]["facts"]["findings"] == []
    write_report(tmp_path / "report.html", records, root=tmp_path)
    assert "personalisation.undefined" not in (tmp_path / "report.html").read_text(encoding="utf-8")
