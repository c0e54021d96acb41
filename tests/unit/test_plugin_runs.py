"""How the plugin follows the tests of a run, and what it makes of each that ends."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.coverage.facts import CoverageFacts, Happened, KnownWorkflow, Written
from novu_framework_testing.plugin import checks, failures, matrix, snapshots
from novu_framework_testing.plugin.coverage import CoverageRun, coverage_section
from novu_framework_testing.plugin.failures import SIMULATOR
from novu_framework_testing.plugin.review import SnapshotRun
from novu_framework_testing.plugin.snapshots import SNAPSHOTS, Leftovers
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.review.run_summary import NotLookedAt
from novu_framework_testing.simulation.failures import UnreadFailures
from novu_framework_testing.snapshots.assertion import StepFiles
from novu_framework_testing.snapshots.leftovers import COMPARED


class Outcome:
    """What pytest has of a call, or of the making of a report."""

    def __init__(self, result: Any = None, excinfo: Any = None) -> None:
        self.result, self.excinfo = result, excinfo
        self.forced: Any = None

    def force_exception(self, error: BaseException) -> None:
        self.forced = error

    def get_result(self) -> Any:
        return self.result

    @property
    def told(self) -> str | None:
        """What the test fails with, if it is made to."""
        assert self.forced is None or (
            isinstance(self.forced, pytest.fail.Exception) and not self.forced.pytrace
        )
        return None if self.forced is None else str(self.forced.msg)


def ended(hook: Any, outcome: Outcome) -> Outcome:
    """Run a wrapper of a hook around an outcome."""
    next(hook)
    with pytest.raises(StopIteration):
        hook.send(outcome)
    return outcome


def item_of(**options: Any) -> Any:
    config = SimpleNamespace(
        getoption=lambda name, default=None: options.get(name.strip("-").replace("-", "_"), default),
        getini=lambda name: options.get(name, ""),
    )
    return SimpleNamespace(
        config=config, stash=pytest.Stash(), iter_markers=lambda name: iter(()), nodeid="t.py::t"
    )


# --- failures that nobody looked at ---


def unread() -> None:
    raise UnreadFailures("1 run failed")


@pytest.mark.parametrize(
    ("excinfo", "allowed", "told"),
    [(None, False, "1 run failed"), (None, True, None), ("failed", False, None)],
)
def test_a_test_that_passed_fails_of_runs_that_failed_unseen(excinfo: Any, allowed: bool, told: Any) -> None:
    item = item_of(novu_allow_failures=allowed)
    simulator: Any = SimpleNamespace(ends=[], raise_unread_failures=unread)
    assert ended(failures.pytest_runtest_call(item), Outcome(excinfo=excinfo)).forced is None
    item.stash[SIMULATOR] = simulator
    assert ended(failures.pytest_runtest_call(item), Outcome(excinfo=excinfo)).told == told
    simulator.raise_unread_failures = lambda: None
    assert ended(failures.pytest_runtest_call(item), Outcome(excinfo=excinfo)).forced is None


def test_what_a_workflow_raised_to_end_its_test_ends_it_first() -> None:
    item, first = item_of(), KeyboardInterrupt()
    item.stash[SIMULATOR] = SimpleNamespace(ends=[first, ValueError()], raise_unread_failures=unread)
    for excinfo in (None, "failed"):
        assert ended(failures.pytest_runtest_call(item), Outcome(excinfo=excinfo)).forced is first


def test_a_simulation_is_let_go_after_its_test() -> None:
    for has_one in (True, False):
        item = item_of()
        if has_one:
            item.stash[SIMULATOR] = SimpleNamespace()
        running: Any = failures.pytest_runtest_protocol(item)
        next(running)
        with pytest.raises(StopIteration) as over:
            running.send("done")
        assert over.value.value == "done"
        assert SIMULATOR not in item.stash


# --- snapshots ---


def snapshot(*lines: str, record_only: bool = False, asserted: tuple[Any, ...] = ()) -> Any:
    return SimpleNamespace(
        record_only=record_only,
        asserted=asserted,
        explain=lambda *, detailed: [*lines, "detailed"] if detailed else [*lines],
    )


@pytest.mark.parametrize(
    ("held", "excinfo", "diff_mode", "told"),
    [
        ([], None, "detailed", None),
        ([snapshot("a")], None, "disabled", None),
        (
            [snapshot("a", record_only=True), snapshot("b"), snapshot("c", record_only=True)],
            None,
            "disabled",
            "a\nc",
        ),
        ([snapshot("a", record_only=True)], None, "detailed", "a\ndetailed"),
        ([snapshot("a", record_only=True)], "failed", "disabled", None),
        ([snapshot(record_only=True)], None, "disabled", None),
    ],
)
def test_a_test_that_passed_fails_of_differences_that_were_only_recorded(
    held: list[Any], excinfo: Any, diff_mode: str, told: str | None
) -> None:
    item = item_of(diff_mode=diff_mode)
    snapshots.pytest_runtest_setup(item)
    assert item.stash[SNAPSHOTS] == []
    item.stash[SNAPSHOTS] = held
    assert ended(snapshots.pytest_runtest_call(item), Outcome(excinfo=excinfo)).told == told
    # what the report of the call says of it, and only that one
    followed = Leftovers(SimpleNamespace(args=[], getoption=item.config.getoption, invocation_params=None))  # type: ignore[arg-type]
    for when in ("setup", "call", "teardown"):
        report = SimpleNamespace()
        call: Any = SimpleNamespace(when=when)
        ended(followed.pytest_runtest_makereport(item, call), Outcome(report))
        assert vars(report) == ({"novu_outcome": "passed"} if told and when == "call" else {})


def test_the_files_that_a_test_compared_are_on_its_reports() -> None:
    item = item_of()
    followed = Leftovers(SimpleNamespace(args=[], getoption=item.config.getoption, invocation_params=None))  # type: ignore[arg-type]
    item.stash[COMPARED] = {"x"}
    followed.pytest_runtest_setup(item)
    assert item.stash[COMPARED] == set()
    item.stash[COMPARED] = {"b", "a"}
    report = SimpleNamespace()
    call: Any = SimpleNamespace(when="teardown")
    ended(followed.pytest_runtest_makereport(item, call), Outcome(report))
    assert report.novu_compared == ["a", "b"]
    told: list[tuple[Any, ...]] = []
    followed.run = SimpleNamespace(add_report=lambda *about: told.append(about))  # type: ignore[assignment, misc]
    for more in ({"novu_compared": ["a"]}, {"novu_outcome": "passed"}):
        followed.pytest_runtest_logreport(SimpleNamespace(nodeid="t", when="call", outcome="failed", **more))  # type: ignore[arg-type]
    assert told == [("t", "call", "failed", ["a"]), ("t", "call", "passed", ())]


DIFFERS, NEW, KEPT = (
    SimpleNamespace(old=old, kept=kept)
    for old, kept in (({"a": b""}, False), ({}, False), ({"a": b""}, True))
)


@pytest.mark.parametrize(
    ("when", "failed", "held", "sections", "changed"),
    [
        (
            "call",
            True,
            [snapshot("a", asserted=(DIFFERS, NEW, KEPT)), snapshot("b", asserted=(DIFFERS,))],
            ["a\nb"],
            2,
        ),
        ("call", True, [snapshot("a", record_only=True, asserted=(NEW,))], [], 0),
        ("call", True, [], [], 0),
        ("call", False, [snapshot("a", asserted=(DIFFERS,))], [], None),
        ("setup", True, [snapshot("a", asserted=(DIFFERS,))], [], None),
    ],
)
def test_what_differs_is_in_the_report_of_a_test_that_failed(
    when: str, failed: bool, held: list[Any], sections: list[str], changed: int | None
) -> None:
    item = item_of(diff_mode="disabled")
    item.stash[SNAPSHOTS] = held
    report = SimpleNamespace(when=when, failed=failed, sections=[])
    ended(snapshots.pytest_runtest_makereport(item, SimpleNamespace()), Outcome(report))  # type: ignore[arg-type]
    assert report.sections == [("Novu snapshots", text) for text in sections]
    assert getattr(report, "novu_changed", None) == changed


def test_what_was_compared_is_let_go_after_its_test() -> None:
    item, let_go = item_of(), list[str]()
    for held in (None, [SimpleNamespace(forget=lambda: let_go.append("one"))]):
        if held is not None:
            item.stash[SNAPSHOTS] = held
        running: Any = snapshots.pytest_runtest_protocol(item)
        next(running)
        with pytest.raises(StopIteration) as over:
            running.send("done")
        assert over.value.value == "done"
    assert let_go == ["one"]


# --- content checks ---


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        (0, None),
        (1, "1 thing is wrong with the content of its messages.\nf0"),
        (20, "\n".join(["20 things are wrong with the content of its messages.", *(f"f{one}" for one in range(20))])),
        (22, "\n".join(["22 things are wrong with the content of its messages.", *(f"f{one}" for one in range(20)), "and 2 more"])),
    ],
)  # fmt: skip
def test_twenty_findings_of_a_test_are_told(
    monkeypatch: pytest.MonkeyPatch, findings: int, told: str | None
) -> None:
    content = "novu_framework_testing.simulation.content"
    asked: list[Any] = []

    def checked(messages: list[str], settings: Any, *, used: set[str]) -> list[str]:
        asked.append((messages, settings))
        used |= {f"used by {one}" for one in messages}
        return [f"f{one}" for one in range(findings)] if "new" in messages else []

    comments = [SimpleNamespace(asides=["used by new", "used by old", "never used"])]
    monkeypatch.setattr(f"{content}.every_message", lambda simulator: ["new", "old"])
    monkeypatch.setattr(f"{content}.checked_messages", checked)
    monkeypatch.setattr(f"{content}.comments_of_messages", lambda messages: comments)
    item = item_of(novu_check=True)
    item.config.stash = pytest.Stash()
    item.config.stash[checks._SETTINGS] = "settings"
    assert ended(checks.pytest_runtest_call(item), Outcome()).forced is None
    item.stash[SIMULATOR] = SimpleNamespace(checked=["old"])
    assert ended(checks.pytest_runtest_call(item), Outcome(excinfo="failed")).forced is None
    off = item_of(novu_check=False)
    off.stash[SIMULATOR] = item.stash[SIMULATOR]
    assert ended(checks.pytest_runtest_call(off), Outcome()).forced is None
    assert asked == []
    advice = "Set a rule aside with a reason: `# novu-check: ignore[rule-id] because ...` in the workflow, or [tool.novu.checks] in pyproject.toml."
    assert ended(checks.pytest_runtest_call(item), Outcome()).told == (told and f"{told}\n{advice}")
    assert asked == [(["new"], "settings"), (["old"], "settings")]
    for when, asides in (
        ("call", {"used by new": True, "used by old": True, "never used": False}),
        ("setup", None),
    ):
        report = SimpleNamespace()
        call: Any = SimpleNamespace(when=when)
        ended(checks.IgnoredRules().pytest_runtest_makereport(item, call), Outcome(report))
        assert getattr(report, "novu_asides", None) == asides


# --- reviews ---


def reviewed(*, worker: bool = False, **options: Any) -> SnapshotRun:
    """A run that is followed for a review."""
    usual = {"file_or_dir": [], "keyword": "", "markexpr": "", **options}
    config: Any = SimpleNamespace(option=SimpleNamespace(**usual))
    if worker:
        config.workerinput = {}
    return SnapshotRun(config, None)


def report_of(name: str, outcome: str, steps: int = 0, **more: Any) -> Any:
    files = [StepFiles(f"0{number}-text-sms", {}, {}, kept=True) for number in range(1, steps + 1)]
    record = RecordedTest(f"t.py::{name}", "t", files)
    return SimpleNamespace(
        nodeid=record.test,
        passed=outcome == "passed",
        failed=outcome == "failed",
        location=("t.py", 7, name),
        **{"novu_snapshots": record.to_json(), "novu_compares": True, **more},
    )


def test_of_each_test_the_last_try_is_known() -> None:
    for worker in (True, False):
        run = reviewed(worker=worker)
        run.pytest_runtest_logreport(report_of("a", "failed"))
        run.pytest_runtest_logreport(report_of("a", "passed", 1))
        run.pytest_runtest_logreport(report_of("b", "skipped"))
        run.pytest_runtest_logreport(report_of("c", "failed", novu_snapshots=None))
        known = [] if worker else ["t.py::a", "t.py::b"]
        assert [*run.records] == [*run.lines] == known
        assert [len(one.steps) for one in run.records.values()] == ([] if worker else [1, 0])
        assert [*run.fates.values()] == ([] if worker else ["", "skipped"])
        assert [*run.lines.values()] == [("t.py", 7)] * len(known)


@pytest.mark.parametrize(
    ("given", "modules", "is_deselected", "expected"),
    [
        ({}, 0, False, {}),
        ({}, 0, True, {"deselected": True}),
        ({}, 2, True, {"modules": 2}),
        ({"file_or_dir": ["a b.py"], "keyword": "x"}, 0, True, {"chosen": "'a b.py' -k x"}),
        ({"markexpr": "y"}, 1, False, {"modules": 1, "chosen": "-m y"}),
    ],
)
def test_what_a_run_knows_nothing_of_is_counted(
    given: dict[str, Any], modules: int, is_deselected: bool, expected: dict[str, Any]
) -> None:
    run = reviewed(**given)
    for name, outcome, steps in (
        ("a", "failed", 0), ("b", "failed", 0), ("c", "failed", 0), ("d", "failed", 1), ("e", "failed", 2),
        ("f", "skipped", 0), ("g", "passed", 3),
    ):  # fmt: skip
        run.pytest_runtest_logreport(report_of(name, outcome, steps))
    for number in range(2):
        collected: Any = SimpleNamespace(passed=number >= modules, nodeid=f"{number}.py")
        run.pytest_collectreport(collected)
        run.pytest_collectreport(collected)
    unused: Any = SimpleNamespace(run=SimpleNamespace(not_run=5, is_deselected=is_deselected))
    usual: dict[str, Any] = {"modules": 0, "deselected": False, "chosen": "", **expected}
    assert run._rest(unused) == NotLookedAt(failed=3, broke_off=2, skipped=1, not_run=5, compared=3, **usual)


@pytest.mark.parametrize(
    ("when", "passed", "is_recorded"),
    [("setup", True, False), ("setup", False, True), ("call", True, True), ("call", False, True), ("teardown", False, False)],
)  # fmt: skip
def test_the_record_of_a_test_is_on_the_report_of_its_call_or_of_what_kept_it_from_one(
    tmp_path: Path, when: str, passed: bool, is_recorded: bool
) -> None:
    for fixtures in (["novu_snapshot"], []):
        item = item_of()
        vars(item).update(
            path=tmp_path / "t.py", fixturenames=fixtures, function=SimpleNamespace(__doc__="Why")
        )
        report = SimpleNamespace(passed=passed)
        call: Any = SimpleNamespace(when=when)
        ended(reviewed().pytest_runtest_makereport(item, call), Outcome(report))
        if is_recorded:
            record = RecordedTest("t.py::t", str(tmp_path / "t.py"), [], purpose="Why")
            assert report.novu_snapshots == record.to_json()
            assert report.novu_compares is bool(fixtures)
        else:
            assert vars(report) == {"passed": passed}


# --- matrices ---


def generated(fixtures: tuple[str, ...], *markers: Any, own: tuple[Any, ...] = ()) -> Any:
    """Which cases a test gets by its markers, the nearest first."""
    made: list[Any] = []
    metafunc: Any = SimpleNamespace(
        fixturenames=fixtures,
        function=SimpleNamespace(__name__="test_it"),
        definition=SimpleNamespace(
            own_markers=[one.mark for one in own], iter_markers=lambda name: [one.mark for one in markers]
        ),
        parametrize=lambda *given, **more: made.append((given, more)),
    )
    matrix.pytest_generate_tests(metafunc)
    return made


MATRIX = pytest.mark.novu_matrix


def test_a_test_gets_the_cases_of_its_markers_the_nearest_first() -> None:
    assert generated(("tmp_path",), MATRIX(locales=["x"]), own=(pytest.mark.novu(),)) == []
    near, far = (
        MATRIX(locales=["en_US", "de_DE"]),
        MATRIX(locales=["fr_FR"], timezones=["UTC"], data=["usual"]),
    )
    [((name, cases), more)] = generated(("novu_case",), near, far)
    labels = [one.label for one in cases]
    assert (name, more) == ("novu_case", {"ids": labels, "indirect": True})
    assert labels == ["usual", "de_DE"]


@pytest.mark.parametrize(
    ("fixtures", "marker", "wrong"),
    [
        ((), MATRIX(), "@pytest.mark.novu_matrix is for tests that take `novu_case`"),
        (
            ("novu_case",),
            MATRIX(["en_US"]),
            "@pytest.mark.novu_matrix takes named values: locales=[...], data=[...]",
        ),
        (("novu_case",), MATRIX(data=["odd"]), "@pytest.mark.novu_matrix on test_it: "),
    ],
)
def test_a_matrix_that_makes_no_sense_is_refused(fixtures: tuple[str, ...], marker: Any, wrong: str) -> None:
    with pytest.raises(pytest.fail.Exception) as failed:
        generated(fixtures, marker, own=(marker,))
    assert str(failed.value.msg).startswith(wrong)
    assert (str(failed.value.msg) == wrong, failed.value.pytrace) == (not wrong.endswith(": "), False)


# --- coverage ---


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
