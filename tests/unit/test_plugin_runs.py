"""How the plugin follows the tests of a run, and what it makes of each that ends."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.plugin import checks, failures, matrix, snapshots
from novu_framework_testing.plugin.failures import SIMULATOR
from novu_framework_testing.plugin.review import SnapshotRun
from novu_framework_testing.plugin.snapshots import SNAPSHOTS, Leftovers
from novu_framework_testing.review.recording import RecordedTest
from novu_framework_testing.review.run_summary import NotLookedAt
from novu_framework_testing.simulation.failures import UnreadFailures
from novu_framework_testing.snapshots.assertion import NovuSnapshot, StepFiles
from novu_framework_testing.snapshots.leftovers import COMPARED
from tests.tables import walked


def brief(value: object) -> str | None:
    """A short id of a case: the beginning of a text."""
    return value[:12] if isinstance(value, str) else None


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


@walked(
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


def test_a_comparison_with_a_snapshot_is_explained_whichever_side_it_is_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def tell(self: Any, short: int, *, diff_mode: str) -> list[str]:
        return [f"{short} {diff_mode}"]

    monkeypatch.setattr(NovuSnapshot, "tell", tell)
    side, config = object.__new__(NovuSnapshot), item_of(diff_mode="detailed").config
    ours = [["what a subscriber sees is not what the snapshots say", "6 detailed"]]
    for op, left, right, told in (
        ("==", "x", side, ours),
        ("==", side, "x", ours),
        ("!=", "x", side, [["others"]]),
        ("==", "x", "y", [["others"]]),
    ):
        explaining: Any = snapshots.pytest_assertrepr_compare(config, op, left, right)
        next(explaining)
        with pytest.raises(StopIteration) as explained:
            explaining.send([["others"]])
        assert explained.value.value == told


def test_options_that_choose_before_tests_are_collected_leave_snapshots_alone() -> None:
    for name in ("ignore", "ignore_glob", "lf", "collectonly", "setuponly", "keyword"):
        config: Any = SimpleNamespace(args=[], getoption={name: True}.get, invocation_params=None)
        assert Leftovers(config)._whole is (name == "keyword")


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
    ids=brief,
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
    ids=brief,
)
def test_a_matrix_that_makes_no_sense_is_refused(fixtures: tuple[str, ...], marker: Any, wrong: str) -> None:
    with pytest.raises(pytest.fail.Exception) as failed:
        generated(fixtures, marker, own=(marker,))
    assert str(failed.value.msg).startswith(wrong)
    assert (str(failed.value.msg) == wrong, failed.value.pytrace) == (not wrong.endswith(": "), False)
