"""What pytest says of a review at the end of a run: no more than the run knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from novu_framework_testing.review import ReviewStore
from tests.integration.test_review_pytest import Runner, accepted_once, edit, project, run, saved

__all__ = ["accepted_once", "project", "run", "saved"]  # fixtures

MORE = """
import pytest

ANSWER = {"outputs": {"body": "Hi"}}

def test_early(novu_snapshot):
    assert False

def test_half(novu_snapshot):
    assert ANSWER == novu_snapshot
    raise ValueError

@pytest.mark.skip
def test_skipped(novu_snapshot):
    assert ANSWER == novu_snapshot

@pytest.mark.skip
def test_of_something_else():
    pass
"""
GAPS = (
    "1 test that failed before it compared anything, the rest of 1 test that failed half way, "
    "1 test that was skipped or expected to fail"
)
SAME = "every message that was compared is what its snapshot says; there is nothing to review"


def said(result: pytest.RunResult) -> list[str]:
    lines = [line.removeprefix("novu: ") for line in result.outlines if line.startswith("novu: ")]
    return [line.removesuffix(": run `novu-framework review`") for line in lines]


def test_a_whole_run_in_which_nothing_differs(saved: Path, run: Runner) -> None:
    assert said(run("--novu-review")) == [
        "every message is what its snapshot says; there is nothing to review"
    ]


@pytest.fixture
def more(saved: Path, project: Path, run: Runner) -> Path:
    (project / "test_more.py").write_text(MORE)
    run("--snapshot-update", "test_more.py")
    return project


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        ((), [SAME, f"not looked at: {GAPS}"]),
        pytest.param(("-n", "2"), [SAME, f"not looked at: {GAPS}"], marks=pytest.mark.slow),
        (
            ("-x",),
            [
                "no test of this run compared a message with a snapshot; there is nothing to review",
                "not looked at: 1 test that failed before it compared anything, 4 tests that did not run",
            ],
        ),
        (("-k", "welcome"), [SAME, "not looked at: what `-k welcome` leaves out"]),
        (("test_shop.py", "-m", "not x"), [SAME, "not looked at: what `test_shop.py -m 'not x'` leaves out"]),
        (
            ("--deselect", "test_more.py::test_early", "--deselect", "test_more.py::test_half"),
            [
                SAME,
                "not looked at: 1 test that was skipped or expected to fail, what `--deselect test_more.py::test_early "
                "--deselect test_more.py::test_half` leaves out",
            ],
        ),
    ],
    ids=["all", "xdist", "stopped", "keyword", "file and marker", "deselected"],
)  # fmt: skip
def test_what_a_run_knows_nothing_of(
    more: Path, run: Runner, arguments: tuple[str, ...], lines: list[str]
) -> None:
    assert said(run("--novu-review", *arguments)) == lines


def test_what_earlier_runs_found_and_what_was_rejected(more: Path, run: Runner) -> None:
    edit(more, "Nice that", "Lovely that")
    edit(more, '"Hi"', '"Hello"', file="test_more.py")
    assert said(run("--novu-review", "--novu-report=report.html")) == [
        "2 changes to review (2 changed)",
        f"not looked at: {GAPS}",
        "every message of this run is in report.html",
    ]
    assert f"Not looked at: {GAPS}." in (more / "report.html").read_text(encoding="utf-8")
    assert said(run("--novu-review", "test_shop.py"))[0] == (
        "1 change of this run to review (1 changed); 1 change of earlier runs still waits"
    )
    assert said(run("--novu-review", "-k", "skipped"))[0] == (
        "no test of this run compared a message with a snapshot; 2 changes of earlier runs still wait"
    )
    store = ReviewStore(more)
    store.decide("reject", [(change.id, change.revision) for _, change in store.pending()])
    (more / "test_broken.py").write_text("import nothing_of_this_name")
    assert said(run("--novu-review", "--continue-on-collection-errors")) == [
        "2 changes as rejected before",
        f"not looked at: {GAPS}, 1 module that could not be collected",
    ]


def test_a_conftest_that_deselects(saved: Path, project: Path, run: Runner) -> None:
    (project / "test_more.py").write_text(MORE)
    (project / "conftest.py").write_text(
        "def pytest_collection_modifyitems(items):\n    items[:] = items[-1:]\n"
    )
    assert said(run("--novu-review"))[1:] == ["not looked at: tests that were deselected"]
