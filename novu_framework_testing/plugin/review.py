"""Following a run of tests for `--novu-review` and `--novu-report`, which are written at its end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework_testing.plugin.snapshots import COMPLETE, SNAPSHOTS, Leftovers

if TYPE_CHECKING:
    from novu_framework_testing.review.recording import RecordedTest


def pytest_configure(config: pytest.Config) -> None:
    """Follow the run if a review or a report of it is wanted."""
    wanted = config.getoption("--novu-review") or config.getoption("--novu-report")
    if wanted and config.pluginmanager.hasplugin("syrupy"):
        config.pluginmanager.register(SnapshotRun(config), "novu-snapshot-run")


class SnapshotRun:
    """A pytest plugin that collects what the tests compared and sent, and writes the review and the report."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.is_worker = hasattr(config, "workerinput")
        self.records: dict[str, RecordedTest] = {}
        self.summary: list[str] = []

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Put the record of the test on its report, which also brings it from a worker of pytest-xdist."""
        outcome: Any = yield
        if call.when == "call":
            messages = _messages(item) if self.config.getoption("--novu-report") else []
            outcome.get_result().novu_snapshots = _record(item, messages).to_json()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the record that a report has brought."""
        from novu_framework_testing.review.recording import RecordedTest

        if not self.is_worker and (record := getattr(report, "novu_snapshots", None)):
            self.records[report.nodeid] = RecordedTest.from_json(record)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Iterator[None]:
        """Write the review and the report, after syrupy has found out which snapshots are unused."""
        yield
        if self.is_worker:
            return
        from novu_framework_testing.review.collection import keep_for_review
        from novu_framework_testing.review.report import write_report

        stopped = session.shouldfail or session.shouldstop
        cut_short = bool(stopped) or exitstatus == pytest.ExitCode.INTERRUPTED
        records = list(self.records.values())
        leftovers = self._leftovers()
        if self.config.getoption("--novu-review"):
            self.summary += keep_for_review(self.config, records, leftovers, cut_short=cut_short)
        if target := self.config.getoption("--novu-report"):
            path = Path(self.config.invocation_params.dir, target)
            write_report(path, records, root=self.config.rootpath, leftovers=leftovers)
            self.summary.append(f"novu: every message of this run is in {target}")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print what was written."""
        for line in self.summary:
            terminalreporter.write_line(line)

    def _leftovers(self) -> list[Path]:
        """Return the snapshot files that the tests do not compare with any more."""
        leftovers = self.config.pluginmanager.get_plugin("novu-leftovers")
        assert isinstance(leftovers, Leftovers)
        return [file for file in leftovers.files if file.exists()]


def _record(item: pytest.Item, messages: list[Any]) -> RecordedTest:
    """Return what one test compared, and of the `messages` those that it did not compare."""
    from syrupy.location import PyTestLocation

    from novu_framework_testing.review.recording import RecordedTest, recorded_messages
    from novu_framework_testing.snapshots.assertion import StepFiles
    from novu_framework_testing.snapshots.extension import NovuSnapshotExtension

    asserted = [each for snapshot in item.stash.get(SNAPSHOTS, []) for each in snapshot.asserted]
    is_function = isinstance(item, pytest.Function)
    folder = NovuSnapshotExtension.test_folder(PyTestLocation(item)) if is_function else item.path
    return RecordedTest(
        test=item.nodeid,
        folder=str(folder),
        complete=item.stash.get(COMPLETE, False),
        steps=[StepFiles(each.stem, each.new, each.old, each.kept) for each in asserted],
        messages=recorded_messages(messages, [each.step for each in asserted]),
    )


def _messages(item: pytest.Item) -> list[Any]:
    """Return the messages of the simulations that are fixtures of the test."""
    simulation = sys.modules.get("novu_framework_testing.simulation.simulator")
    values = getattr(item, "funcargs", {}).values() if simulation else ()
    simulators = [each for each in values if simulation and isinstance(each, simulation.NovuSimulator)]
    return [message for simulator in dict.fromkeys(simulators) for message in simulator.messages]
