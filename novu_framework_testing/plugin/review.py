"""Following a run of tests for `--novu-review` and `--novu-report`, which are written at its end."""

from __future__ import annotations

import inspect
import os
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from traceback import format_exc
from typing import TYPE_CHECKING, Any, Final

import pytest

from novu_framework_testing.plugin.coverage import coverage_section
from novu_framework_testing.plugin.matrix import recorded_case
from novu_framework_testing.plugin.options import file_of_option
from novu_framework_testing.plugin.snapshots import SNAPSHOTS, Leftovers

if TYPE_CHECKING:
    from novu_framework_testing.review.recording import RecordedTest
    from novu_framework_testing.review.run_summary import NotLookedAt


def pytest_configure(config: pytest.Config) -> None:
    """Follow the run if a review or a report of it is wanted."""
    path = file_of_option(config, "--novu-report")
    wanted = path or config.getoption("--novu-review")
    if wanted and not config.option.collectonly and config.pluginmanager.hasplugin("syrupy"):
        config.pluginmanager.register(SnapshotRun(config, path))


class SnapshotRun:
    """A pytest plugin that collects what the tests compared and sent, and writes the review and the report."""

    def __init__(self, config: pytest.Config, report: Path | None) -> None:
        self.config: Final = config
        self.report: Final = report
        self.is_worker: bool = hasattr(config, "workerinput")
        self.records: dict[str, RecordedTest] = {}
        self.fates: dict[str, str] = {}
        self.modules: set[str] = set()
        self.summary: list[str] = []
        self.problems: list[str] = []
        self.lines: dict[str, tuple[str, int | None]] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Put the record of the test on its report, which also brings it from a worker of pytest-xdist."""
        outcome: Any = yield
        report: Any = outcome.get_result()
        # One that failed or was skipped before its call has a record too: nothing is known of its snapshots.
        if call.when == "call" or (call.when == "setup" and not report.passed):
            report.novu_snapshots = _record(item, reported=self.report is not None).to_json()
            report.novu_compares = "novu_snapshot" in getattr(item, "fixturenames", ())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the record that a report has brought."""
        from novu_framework_testing.review.recording import RecordedTest

        if not self.is_worker and (record := getattr(report, "novu_snapshots", None)):
            # Of a test that was run again, the last try counts.
            recorded = self.records[report.nodeid] = RecordedTest.from_json(record)
            self.lines[report.nodeid] = report.location[:2]
            self.fates[report.nodeid] = _fate(report, recorded)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note a module whose tests are not known, since it could not be imported or was skipped."""
        if not report.passed:
            self.modules.add(report.nodeid)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Iterator[None]:
        """Write the review and the report, after it is known which snapshots are unused."""
        yield
        if self.is_worker:
            return
        from novu_framework_testing.review.collection import changes_of, keep_for_review
        from novu_framework_testing.review.github import tell_github
        from novu_framework_testing.review.report import write_report
        from novu_framework_testing.review.store import ReviewStore
        from novu_framework_testing.snapshots.files import refusal

        root, records = self.config.rootpath, list(self.records.values())
        unused = self.config.pluginmanager.get_plugin("novu-leftovers")
        assert isinstance(unused, Leftovers)
        refusals = {file: refusal(file) for file in unused.files if file.exists()}
        leftovers = [file for file, why in refusals.items() if not why]
        for file, why in refusals.items():
            if why:
                name = os.path.relpath(file, root)
                self.problems.append(
                    f"novu: an unused snapshot cannot be read, and is in no review: {why}: {name}"
                )
        rest = self._rest(unused)
        found = cache(lambda: changes_of(root, records, leftovers))

        def keep_review() -> list[str]:
            all_ran = unused.run.is_whole and not self.modules and not self.config.option.file_or_dir
            untold = [
                self.records[nodeid]
                for nodeid, fate in self.fates.items()
                if fate and not self.records[nodeid].steps
            ]
            return keep_for_review(
                self.config, records, leftovers, untold=untold, all_ran=all_ran, rest=rest, tests=found()
            )

        def report(path: Path) -> list[str]:
            coverage = coverage_section(self.config)
            write_report(
                path, records, root=root, leftovers=leftovers, rest=rest, tests=found(), coverage=coverage
            )
            return [f"novu: every message of this run is in {self.config.getoption('--novu-report')}"]

        def tell(summary_file: str) -> list[str]:
            store = ReviewStore(root, dirname=str(self.config.getoption("snapshot_dirname")))
            workspace = os.environ.get("GITHUB_WORKSPACE", "")
            return tell_github(
                store, store.tests() if is_kept else found(), self.lines, Path(summary_file), workspace
            )

        is_kept = bool(self.config.getoption("--novu-review")) and self._wrote(
            session, "what there is to review could not be kept", keep_review
        )
        if path := self.report:
            self._wrote(session, f"the report {path} could not be written", partial(report, path))
        if summary_file := os.environ.get("GITHUB_STEP_SUMMARY"):
            what = "the summary of the job could not be written"
            self._wrote(session, what, partial(tell, summary_file))

    def _wrote(self, session: pytest.Session, what: str, write: Callable[[], list[str]]) -> bool:
        """Write a file of the end of a run; if that fails, a line and the exit status say so: the tests' results come first."""
        from novu_framework_testing.review.journal import Refused

        try:
            self.summary += write()
        except Refused as error:
            why = error.why
        except OSError as error:
            why = f"{error.strerror or error}."
        except Exception:
            why = format_exc()
        else:
            return True
        self.problems.append(f"novu: {what}: {why}")
        session.exitstatus = int(session.exitstatus) | pytest.ExitCode.TESTS_FAILED
        return False

    def _rest(self, unused: Leftovers) -> NotLookedAt:
        """Return what the run knows nothing of."""
        from novu_framework_testing.review.run_summary import NotLookedAt

        option, fates = self.config.option, Counter(self.fates.values())
        given = (*option.file_or_dir, *_options(option))
        return NotLookedAt(
            failed=fates["failed"],
            broke_off=fates["broke off"],
            skipped=fates["skipped"],
            modules=len(self.modules),
            not_run=unused.run.not_run,
            deselected=unused.run.is_deselected and not (given or self.modules),
            chosen=shlex.join(map(str, given)),
            compared=sum(bool(record.steps) for record in self.records.values()),
        )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what was written, and what could not be."""
        for problem in self.problems:
            terminalreporter.write_line(problem, red=True)
        for line in self.summary:
            terminalreporter.write_line(line)


def _fate(report: Any, recorded: RecordedTest) -> str:
    """Return what kept a test from comparing all it has: `failed`, `broke off` or `skipped`; empty if nothing did."""
    # A test that came to its end and fails of differences alone has told all.
    if report.passed or getattr(report, "novu_outcome", "") == "passed":
        return ""
    if report.failed:
        return "broke off" if recorded.steps else "failed"
    # A test that is skipped and has no snapshots is none of ours, but what is kept of it stays.
    return "skipped" if report.novu_compares else "not ours"


def _options(option: Any) -> list[str]:
    """Return the options that chose among the tests, as on the command line."""
    chosen = [("-k", option.keyword), ("-m", option.markexpr)]
    chosen += [
        (name, each)
        for name in ("deselect", "ignore", "ignore_glob")
        for each in getattr(option, name, None) or ()
    ]
    given = [
        part
        for name, value in chosen
        if value
        for part in (name if name[0] == "-" else f"--{name.replace('_', '-')}", value)
    ]
    return [*given, *(flag for flag, name in (("--lf", "lf"),) if getattr(option, name, False))]


def _record(item: pytest.Item, *, reported: bool) -> RecordedTest:
    """Return what one test compared, and for a report what it sent besides."""
    from syrupy.location import PyTestLocation

    from novu_framework_testing.review.recording import RecordedTest, recorded_messages
    from novu_framework_testing.snapshots.assertion import StepFiles
    from novu_framework_testing.snapshots.extension import NovuSnapshotExtension

    asserted = [each for snapshot in item.stash.get(SNAPSHOTS, []) for each in snapshot.asserted]
    is_function = isinstance(item, pytest.Function)
    folder = NovuSnapshotExtension.test_folder(PyTestLocation(item)) if is_function else item.path
    messages = _messages(item)
    return RecordedTest(
        test=item.nodeid,
        folder=str(folder),
        steps=[StepFiles(each.stem, each.new, each.old, each.kept, each.context) for each in asserted],
        messages=recorded_messages(messages if reported else [], [each.step for each in asserted]),
        case=recorded_case(item),
        asides=_asides(messages),
        purpose=_purpose(item),
        parameters=_parameters(item),
    )


def _purpose(item: pytest.Item, *, max_length: int = 300) -> str:
    """Return the first paragraph of a test's docstring, as one line."""
    function = getattr(item, "function", None)
    # None has a docstring of its own since Python 3.13
    text = inspect.cleandoc((None if function is None else function.__doc__) or "")
    line = " ".join(text.strip().partition("\n\n")[0].split())
    return line if len(line) <= max_length else line[: max_length - 1].rstrip() + "…"


def _parameters(item: pytest.Item) -> list[str]:
    """Return the ids of a test's parameters; none where pytest does not say where one ends."""
    callspec = getattr(item, "callspec", None)
    ids = [str(each) for each in getattr(callspec, "_idlist", ())]
    return ids if callspec is not None and "-".join(ids) == callspec.id else []


def _messages(item: pytest.Item) -> list[Any]:
    """Return the messages of the simulations that are fixtures of the test, or that one of them leads to."""
    simulation = sys.modules.get("novu_framework_testing.simulation.simulator")
    if simulation is None:
        return []
    doors = sys.modules.get("novu_framework_testing.api.door")
    values = getattr(item, "funcargs", {}).values()
    inside = [each.novu if doors and isinstance(each, doors.SimulatorDoor) else each for each in values]
    simulators = [each for each in inside if isinstance(each, simulation.NovuSimulator)]
    return [message for simulator in dict.fromkeys(simulators) for message in simulator.messages]


def _asides(messages: list[Any]) -> list[tuple[str, ...]]:
    """Return what comments in the code of the messages' workflows set aside of the checks."""
    if not messages:
        return []
    from novu_framework_testing.simulation.content import comments_of_messages

    asides = [aside for comments in comments_of_messages(messages) for aside in comments.asides]
    return [(aside.rule, aside.why, aside.workflow or "") for aside in asides]
