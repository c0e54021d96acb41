"""`pytest --novu-coverage`: which steps and branches of the workflows the tests ran."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from novu_framework_testing.coverage.summary import Summary


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("novu")
    group.addoption(
        "--novu-coverage",
        action="store_true",
        help="say which steps, and which branches of `skip`, resolvers and digests, no test of the run came to",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Follow the run if its coverage is wanted."""
    if config.getoption("--novu-coverage") and not config.option.collectonly:
        config.pluginmanager.register(CoverageRun(config), "novu-coverage")


class CoverageRun:
    """A pytest plugin that adds up what happens in the tests, in this process or in the workers of pytest-xdist."""

    def __init__(self, config: pytest.Config) -> None:
        from novu_framework_testing.coverage.collecting import Collector
        from novu_framework_testing.coverage.facts import Facts

        self.config = config
        self.is_worker = hasattr(config, "workerinput")
        self.collector = Collector(config.rootpath)
        self.facts = Facts()
        self.tests: set[str] = set()
        self.summary: Summary | None = None
        self.collector.start()

    def pytest_unconfigure(self) -> None:
        """Follow no more."""
        self.collector.stop()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Put what happened on the test's report, which also brings it from a worker of pytest-xdist."""
        outcome: Any = yield
        if taken := self.collector.take():
            outcome.get_result().novu_coverage = taken.to_json()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add what a report has brought. A test that ran again counts each time."""
        from novu_framework_testing.coverage.facts import Facts

        if self.is_worker:
            return
        self.tests.add(report.nodeid.partition("::")[0])
        if text := getattr(report, "novu_coverage", ""):
            self.facts.add(Facts.from_json(text))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Compare what happened with what could have."""
        if not self.is_worker:
            from novu_framework_testing.coverage.summary import summary_of

            self.facts.add(self.collector.take())
            self.summary = summary_of(self.facts, self.tests)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the summary."""
        if self.summary is None:
            return
        from novu_framework_testing.coverage.terminal import coverage_lines

        lines = coverage_lines(self.summary, verbose=self.config.option.verbose > 0)
        if len(lines) > 1:
            terminalreporter.section("Novu coverage")
        for line in lines:
            terminalreporter.write_line(line.text, bold=line.bold)
