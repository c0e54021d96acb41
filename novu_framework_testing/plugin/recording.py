"""A run of tests, recorded for a review and for a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from novu_framework_testing.plugin.stash import COMPLETE, SNAPSHOTS
from novu_framework_testing.snapshots.files import decode, encode, fingerprint
from novu_framework_testing.snapshots.filters import Filters
from novu_framework_testing.snapshots.formats import format_of
from novu_framework_testing.snapshots.names import FileName, escape
from novu_framework_testing.snapshots.rendered import RenderedStep, rendered_steps


class SnapshotRun:
    """A pytest plugin that follows a run and writes the review and the report at its end."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.is_worker = hasattr(config, "workerinput")
        self.records: dict[str, dict[str, Any]] = {}
        self.summary: list[str] = []
        self.cut_short = False

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Put what a test compared and sent on its report."""
        outcome: Any = yield
        if call.when == "call":
            # On the report, which also brings it from a worker of pytest-xdist to the process that writes.
            outcome.get_result().novu_snapshots = json.dumps(_record(item))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Collect what the reports bring."""
        if not self.is_worker and (record := getattr(report, "novu_snapshots", None)):
            self.records[report.nodeid] = json.loads(record)

    @pytest.hookimpl(hookwrapper=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> Iterator[None]:
        """Write the review and the report."""
        yield  # here syrupy finds out what is unused
        if self.is_worker:
            return
        self.cut_short = (
            bool(session.shouldfail or session.shouldstop) or exitstatus == pytest.ExitCode.INTERRUPTED
        )
        records = list(self.records.values())
        if self.config.getoption("--novu-review"):
            from novu_framework_testing.review.collection import keep_for_review

            self.summary += keep_for_review(
                self.config, records, self._leftovers(records), cut_short=self.cut_short
            )
        if target := self.config.getoption("--novu-report"):
            from novu_framework_testing.review.report import write_report

            path = Path(self.config.invocation_params.dir, target)
            write_report(path, records, root=self.config.rootpath, leftovers=self._leftovers(records))
            self.summary.append(f"novu: every message of this run is in {target}")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was written."""
        for line in self.summary:
            terminalreporter.write_line(line)

    def _leftovers(self, records: list[dict[str, Any]]) -> list[Path]:
        """The snapshot files that nothing compares with any more; of tests that broke off, nothing is known.

        Nor of those that a run never came to, such as after the first failure with `pytest -x`.
        """
        report = getattr(getattr(self.config, "_syrupy", None), "report", None)
        ran = {record["folder"] for record in records}
        broken = {record["folder"] for record in records if not record["complete"]}
        return [
            path
            for collection in (() if report is None else report.unused)
            for snapshot in collection
            if collection.location not in broken
            and (collection.location in ran or not self.cut_short)
            and FileName.parse(
                (path := Path(collection.location) / snapshot.name[snapshot.name.rfind("[") + 1 : -1]).name
            )
            and path.is_file()
        ]


def _record(item: pytest.Item) -> dict[str, Any]:
    """What one test compared and sent, as JSON data."""
    from syrupy.location import PyTestLocation

    from novu_framework_testing.snapshots.extension import NovuSnapshotExtension

    asserted = [each for snapshot in item.stash.get(SNAPSHOTS, []) for each in snapshot.asserted]
    folder = (
        NovuSnapshotExtension.test_folder(PyTestLocation(item))
        if isinstance(item, pytest.Function)
        else item.path
    )
    return {
        "test": item.nodeid,
        "folder": str(folder),
        "complete": item.stash.get(COMPLETE, False),
        "steps": [
            {
                "stem": each.stem,
                "kept": each.kept,
                "old": {suffix: decode(data) for suffix, data in each.old.items()},
                "base": {suffix: fingerprint(data) for suffix, data in each.old.items()},
                "new": {suffix: decode(data) for suffix, data in each.new.items()},
            }
            for each in asserted
        ],
        "messages": [
            _files(step, order) for order, step in enumerate(_sent(item, [each.step for each in asserted]), 1)
        ]
        if item.config.getoption("--novu-report")
        else [],
    }


def _sent(item: pytest.Item, compared: list[RenderedStep]) -> list[RenderedStep]:
    """The messages of the test's simulations that it did not compare with a snapshot."""
    simulation = sys.modules.get("novu_framework_testing.simulation")
    if simulation is None:
        return []
    simulators = [
        value
        for value in getattr(item, "funcargs", {}).values()
        if isinstance(value, simulation.NovuSimulator)
    ]
    seen = {
        json.dumps([step.step_id, step.channel, dict(step.outputs)], default=repr, sort_keys=True)
        for step in compared
    }
    return [
        step
        for simulator in dict.fromkeys(simulators)
        for step in map(Filters().normalized, rendered_steps(list(simulator.messages)))
        if json.dumps([step.step_id, step.channel, dict(step.outputs)], default=repr, sort_keys=True)
        not in seen
    ]


def _files(step: RenderedStep, order: int) -> dict[str, Any]:
    name = FileName(order, escape(step.step_id), step.channel, "")
    files = format_of(step.channel).files(step)
    return {"stem": str(name), "files": {suffix: decode(encode(text)) for suffix, text in files.items()}}
