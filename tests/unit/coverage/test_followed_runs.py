"""How `pytest --novu-coverage` follows a run, judges it and says what came of it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.coverage.facts import CoverageFacts, Happened, KnownWorkflow, Written
from novu_framework_testing.coverage.tracing import tracer
from novu_framework_testing.plugin.coverage import CoverageRun, coverage_section
from novu_framework_testing.plugin.snapshots import Leftovers
from tests.unit.test_plugin_runs import Outcome, brief, ended, item_of


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[CoverageRun]:
    """A run whose coverage is followed, of all of its tests; three of four branches ran."""
    option = SimpleNamespace(
        file_or_dir=[], keyword="", markexpr="", ignore=None, novu_coverage_fail_under=None, verbose=0,
        novu_coverage_json="out/c.json",
    )  # fmt: skip
    ini: dict[str, Any] = {"novu_coverage_fail_under": "", "testpaths": ["tests/unit", "tests/more"]}
    config: Any = SimpleNamespace(
        option=option,
        rootpath=tmp_path,
        getini=ini.__getitem__,
        ini=ini,
        invocation_params=SimpleNamespace(dir=tmp_path, args=()),
        pluginmanager=SimpleNamespace(get_plugin=lambda name: None),
    )
    (tmp_path / "tests/unit").mkdir(parents=True)
    run = CoverageRun(config, None)
    steps = dict.fromkeys("abcd", "sms")
    run.facts.add(
        CoverageFacts(
            {Written("w", "app.py:1"): KnownWorkflow(steps)},
            Counter(
                {Happened("w", "", "triggered"): 1, **{Happened("w", one, "delivered"): 1 for one in "abc"}}
            ),
        )
    )
    yield run
    run.pytest_unconfigure()


def over(run: CoverageRun, *, status: int = 0, **session: Any) -> int:
    ends: Any = SimpleNamespace(**{"exitstatus": status, "shouldstop": False, "shouldfail": False, **session})
    run.pytest_sessionfinish(ends)
    return int(ends.exitstatus)


@pytest.mark.parametrize(
    ("asked", "ini", "partial", "problem", "note"),
    [
        (None, None, False, "", ""),
        (None, 75, False, "", ""),
        (75.0, 100, False, "", ""),
        (75.5, None, True, "below --novu-coverage-fail-under = 75.5", ""),
        (None, 76, False, "below novu_coverage_fail_under = 76", ""),
        (None, 76, True, "", "below novu_coverage_fail_under = 76, which is for a run of all tests"),
        (0.0, 76, False, "", ""),
    ],
    ids=brief,
)
def test_the_limit_of_the_command_line_is_for_any_run_that_of_the_ini_file_for_all_tests(
    followed: CoverageRun, asked: float | None, ini: float | None, partial: bool, problem: str, note: str
) -> None:
    followed.limit = ini  # type: ignore[misc]
    followed.config.option.novu_coverage_fail_under = asked
    status = over(followed, status=2, shouldstop=partial)
    why = (
        ["novu: this is the coverage of a part of the tests: the run stopped before its end"]
        if partial
        else []
    )
    share = "novu: the coverage, 75.00%, is "
    assert followed.notes == why + [share + one for one in [note] if one]
    assert followed.problems == [share + one for one in [problem] if one]
    assert status == (3 if problem else 2)


@pytest.mark.parametrize(
    ("arguments", "given", "why"),
    [
        ("", {}, ""),
        ("tests", {"file_or_dir": ["tests"]}, "`tests` chose among them"),
        (".", {"file_or_dir": ["."]}, ""),
        (
            "tests/unit -k x",
            {"file_or_dir": ["tests/unit"], "keyword": "x"},
            "`-k x tests/unit` chose among them",
        ),
        ("", {"shouldstop": "x"}, "the run stopped before its end"),
        ("", {"shouldfail": "x"}, "the run stopped before its end"),
        ("-m y", {"shouldstop": "x"}, "`-m y` chose among them"),
        ("", {"is_deselected": True}, "not every one of them was run"),
        ("", {"is_deselected": True, "keyword": "of the ini"}, ""),
        ("", {"is_deselected": True, "markexpr": "of the ini"}, ""),
        ("", {"is_deselected": True, "deselect": ["x"]}, ""),
        ("", {"is_deselected": True, "ignore": ["x"]}, ""),
        ("", {"is_deselected": False}, ""),
    ],
    ids=brief,
)
def test_a_run_of_a_part_of_the_tests_says_what_chose_among_them(
    followed: CoverageRun, tmp_path: Path, arguments: str, given: dict[str, Any], why: str
) -> None:
    session = {name: given.pop(name) for name in ("shouldstop", "shouldfail") if name in given}
    followed.config.invocation_params.args = tuple(arguments.split())  # type: ignore[misc]
    if "is_deselected" in given:
        leftovers = Leftovers(SimpleNamespace(args=[], getoption=lambda *_: None, invocation_params=None))  # type: ignore[arg-type]
        leftovers.run = SimpleNamespace(is_deselected=given.pop("is_deselected"))  # type: ignore[assignment, misc]
        followed.config.pluginmanager = SimpleNamespace(get_plugin={"novu-leftovers": leftovers}.get)  # type: ignore[assignment]
    vars(followed.config.option).update(given)
    if "tests" in given.get("file_or_dir", ()):
        followed.config.ini["testpaths"] = ["tests/unit", "elsewhere"]  # type: ignore[attr-defined]
    over(followed, **session)
    assert followed.partial == why
    (tmp_path / "a.py").touch()
    followed.config.ini["testpaths"] = ["tests/unit"]  # type: ignore[attr-defined]
    places = [
        followed._is_every_folder(one)
        for one in ("tests", "tests/unit", ".", "a.py", "elsewhere", "tests/../tests")
    ]
    assert places == [True, True, True, False, False, True]


def test_what_tests_report_is_added_up_but_in_a_worker(followed: CoverageRun) -> None:
    more = CoverageFacts(happened=Counter({Happened("w", "d", "delivered"): 1}))
    reports: list[Any] = [
        SimpleNamespace(nodeid="tests/test_a.py::test_a"),
        SimpleNamespace(nodeid="tests/test_b.py::test_b", novu_coverage=more.to_json()),
    ]
    followed.is_worker = True
    for report in reports:
        followed.pytest_runtest_logreport(report)
    assert over(followed) == 0
    assert (followed.tests, followed.summary) == (set(), None)
    followed.is_worker = False
    for report in reports:
        followed.pytest_runtest_logreport(report)
    over(followed)
    assert followed.tests == {"tests/test_a.py", "tests/test_b.py"}
    assert followed.summary is not None
    assert (followed.summary.ran, followed.summary.total) == (4, 4)


def test_what_a_test_did_is_on_its_report(followed: CoverageRun) -> None:
    for seen in (False, True):
        if seen:
            followed.collector.run_started("w")
        report = SimpleNamespace()
        ended(followed.pytest_runtest_makereport(item_of(), SimpleNamespace()), Outcome(report))  # type: ignore[arg-type]
        happened = CoverageFacts(happened=Counter({Happened("w", "", "triggered"): 1}))
        assert vars(report) == ({"novu_coverage": happened.to_json()} if seen else {})


def test_the_file_is_written_or_why_it_is_not_is_told(
    followed: CoverageRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed.path = tmp_path / "out/c.json"
    assert over(followed, shouldstop=True) == 0
    text = followed.path.read_text(encoding="utf-8")
    data = json.loads(text)
    assert text.rstrip("\n") == json.dumps(data, indent=2)
    assert (data["partial"], data["ran"], data["branches"]) == ("the run stopped before its end", 3, 4)
    for error, why in (
        (OSError(28, "No space left on device"), "No space left on device"),
        (OSError("odd"), "odd"),
    ):

        def fails(*_: Any, error: OSError = error) -> None:
            raise error

        monkeypatch.setattr("novu_framework_testing.snapshots.files.write_atomically", fails)
        followed.problems.clear()
        assert over(followed, status=2) == 3
        assert followed.problems == [f"novu: out/c.json could not be written: {why}"]


class Terminal:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def section(self, title: str) -> None:
        self.lines.append(f"== {title}")

    def write_line(self, line: str, *, bold: bool = False, red: bool = False) -> None:
        self.lines.append(f"{'*' * bold}{'!' * red}{line}")


def test_the_summary_is_printed_with_what_comes_of_it(followed: CoverageRun) -> None:
    terminal: Any = Terminal()
    followed.pytest_terminal_summary(terminal)
    assert terminal.lines == []
    over(followed)
    followed.notes, followed.problems = ["a note"], ["a problem"]
    followed.pytest_terminal_summary(terminal)
    head, table, *_ = terminal.lines
    assert (head, table.split()[0]) == ("== Novu coverage", "*Workflow")
    assert terminal.lines[-3:] == ["  w/d: never delivered", "a note", "!a problem"]
    short = len(terminal.lines)
    followed.config.option.verbose = 1
    terminal.lines.clear()
    followed.pytest_terminal_summary(terminal)
    assert len(terminal.lines) == short + 4
    followed.facts.add(CoverageFacts(happened=Counter({Happened("w", "d", "delivered"): 1})))
    followed.config.option.verbose = 0
    over(followed)
    terminal.lines.clear()
    followed.notes, followed.problems = [], []
    followed.pytest_terminal_summary(terminal)
    assert terminal.lines == ["*novu: coverage 100%: all 4 branches of 1 workflow ran"]


def test_the_report_of_a_run_has_its_coverage_where_it_was_followed(followed: CoverageRun) -> None:
    config: Any = SimpleNamespace(pluginmanager=SimpleNamespace(get_plugin={}.get))
    assert coverage_section(config) == ""
    config.pluginmanager.get_plugin = {"novu-coverage": followed}.get
    assert coverage_section(config) == ""
    over(followed, shouldstop=True)
    text = coverage_section(config)
    assert "Coverage: 75%, 3 of 4 branches ran" in text
    assert "Of a part of the tests: the run stopped before its end." in text


@pytest.mark.parametrize(("taken", "used"), [((), 4), ((4,), 3), ((3, 4), None)])
def test_the_number_of_another_tool_is_left_to_it(
    taken: tuple[int, ...], used: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers: list[int] = []
    monitoring = SimpleNamespace(
        get_tool=lambda number: "debugger" if number in taken else None,
        use_tool_id=lambda number, name: numbers.append(number),
        register_callback=lambda *event: None,
        events=SimpleNamespace(PY_START=1, LINE=2, BRANCH=4),
    )
    monkeypatch.setattr(sys, "monitoring", monitoring, raising=False)
    made = tracer()
    assert numbers == ([] if used is None else [used])
    assert made.has_window is (used is None)  # without a number of its own, it looks as a debugger does
