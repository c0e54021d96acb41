"""`pytest --novu-coverage`: which steps and branches of the workflows the tests ran."""

from __future__ import annotations

import json
import shlex
from argparse import ArgumentTypeError
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from novu_framework_testing.plugin.options import file_of_option
from novu_framework_testing.plugin.snapshots import Leftovers

if TYPE_CHECKING:
    from novu_framework_testing.coverage.summary import Summary

_INI = "novu_coverage_fail_under"
_OPTION = "--novu-coverage-fail-under"
_SELECTING = ("-k", "-m", "--lf", "--last-failed", "--deselect", "--ignore", "--sw", "--stepwise")
_WITH_VALUE = ("-k", "-m", "--deselect", "--ignore", "--ignore-glob")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and the ini key."""
    group = parser.getgroup("novu")
    group.addoption(
        "--novu-coverage",
        action="store_true",
        help="say which steps, and which branches of `skip`, resolvers and digests, no test of the run came to",
    )
    group.addoption(
        "--novu-coverage-json",
        metavar="FILE",
        help="write what --novu-coverage found into a JSON file, too",
    )
    group.addoption(
        _OPTION,
        metavar="PERCENT",
        type=_percent,
        help="fail where fewer branches in a hundred ran, also in a run of a part of the tests",
    )
    parser.addini(_INI, "fail a whole run under --novu-coverage where fewer branches in a hundred ran")


def pytest_configure(config: pytest.Config) -> None:
    """Follow the run if its coverage is wanted."""
    option = config.option
    path = file_of_option(config, "--novu-coverage-json")
    wanted = option.novu_coverage or path or option.novu_coverage_fail_under is not None
    if wanted and not option.collectonly:
        config.pluginmanager.register(CoverageRun(config, path), "novu-coverage")


def coverage_section(config: pytest.Config) -> str:
    """Return the part of the run's report that is about its coverage; empty where nobody asked for that."""
    followed = config.pluginmanager.get_plugin("novu-coverage")
    if not isinstance(followed, CoverageRun) or followed.summary is None:
        return ""
    from novu_framework_testing.coverage.page import coverage_section

    return coverage_section(followed.summary, partial=followed.partial)


def _percent(text: str) -> float:
    """Read a percentage. Raises `argparse.ArgumentTypeError` for anything else."""
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 100:
        raise ArgumentTypeError(f"{text!r}: write a number from 0 to 100")
    return share


def _limit_of_ini(config: pytest.Config) -> float | None:
    text: str = config.getini(_INI)
    try:
        return _percent(text) if text else None
    except ArgumentTypeError as error:
        raise pytest.UsageError(f"{_INI} is {error}") from None


def _selecting(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a command line that choose among the tests."""
    values = iter(arguments)
    chosen = []
    for text in values:
        if text.startswith(_SELECTING):
            chosen.append(text)
            chosen += [next(values, "")] if text in _WITH_VALUE else []
    return chosen


class CoverageRun:
    """A pytest plugin that adds up what happens in the tests, in this process or in the workers of pytest-xdist."""

    def __init__(self, config: pytest.Config, path: Path | None) -> None:
        from novu_framework_testing.coverage.collecting import Collector
        from novu_framework_testing.coverage.facts import CoverageFacts

        self.config, self.path = config, path
        self.is_worker: bool = hasattr(config, "workerinput")
        self.limit: Final = _limit_of_ini(config)
        self.collector: Final = Collector(config.rootpath)
        self.facts: Final = CoverageFacts()
        self.tests: set[str] = set()
        self.summary: Summary | None = None
        self.partial = ""
        self.problems: list[str] = []
        self.notes: list[str] = []
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
        from novu_framework_testing.coverage.facts import CoverageFacts

        if self.is_worker:
            return
        self.tests.add(report.nodeid.partition("::")[0])
        if text := getattr(report, "novu_coverage", ""):
            self.facts.add(CoverageFacts.from_json(text))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Compare what happened with what could have; judge it, and write the file."""
        if self.is_worker:
            return
        from novu_framework_testing.coverage.summary import summary_of

        self.facts.add(self.collector.take())
        self.summary = summary_of(self.facts, self.tests)
        self.partial = self._why_partial(session)
        if self.partial:
            self.notes.append(f"novu: this is the coverage of a part of the tests: {self.partial}")
        self._judge(self.summary.percent)
        if self.path is not None:
            self._write(self.path)
        if self.problems:
            session.exitstatus = int(session.exitstatus) | pytest.ExitCode.TESTS_FAILED

    def _judge(self, share: float) -> None:
        """Compare with the limit of the command line, which is for this very run, or with that of the ini file."""
        asked: float | None = self.config.option.novu_coverage_fail_under
        limit, name = (self.limit, _INI) if asked is None else (asked, _OPTION)
        if limit is None or share >= limit:
            return
        below = f"novu: the coverage, {share:.2f}%, is below {name} = {limit:g}"
        if asked is None and self.partial:
            self.notes.append(f"{below}, which is for a run of all tests")
        else:
            self.problems.append(below)

    def _write(self, path: Path) -> None:
        from novu_framework_testing.coverage.json_file import summary_data
        from novu_framework_testing.snapshots.files import encode, write_atomically

        assert self.summary is not None
        try:
            data = summary_data(self.summary, partial=self.partial)
            write_atomically(path, encode(json.dumps(data, indent=2)))
        except OSError as error:
            name = self.config.option.novu_coverage_json
            self.problems.append(f"novu: {name} could not be written: {error.strerror or error}")

    def _why_partial(self, session: pytest.Session) -> str:
        """Say why this was not a run of every test; empty where it was.

        What the ini file chooses, such as by `-m` in `addopts`, is every test.
        """
        option = self.config.option
        asked = _selecting(self.config.invocation_params.args)
        narrow = [text for text in option.file_or_dir or () if not self._is_every_folder(text)]
        leftovers = self.config.pluginmanager.get_plugin("novu-leftovers")
        chosen = option.keyword or option.markexpr or getattr(option, "deselect", None) or option.ignore
        if asked or narrow:
            return f"`{shlex.join([*asked, *narrow])}` chose among them"
        if session.shouldstop or session.shouldfail:
            return "the run stopped before its end"
        if isinstance(leftovers, Leftovers) and leftovers.run.is_deselected and not chosen:
            return "not every one of them was run"
        return ""

    def _is_every_folder(self, text: str) -> bool:
        """Tell whether an argument is a folder that holds all of `testpaths`, where there is such a setting."""
        folder = Path(self.config.invocation_params.dir, text).resolve()
        root = self.config.rootpath
        paths = [(root / each).resolve() for each in self.config.getini("testpaths")]
        return folder.is_dir() and all(path.is_relative_to(folder) for path in paths)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the summary, and what comes of it."""
        if self.summary is None:
            return
        from novu_framework_testing.coverage.terminal import coverage_lines

        lines = coverage_lines(self.summary, verbose=self.config.option.verbose > 0)
        if len(lines) > 1:
            terminalreporter.section("Novu coverage")
        for line in lines:
            terminalreporter.write_line(line.text, bold=line.bold)
        for note in self.notes:
            terminalreporter.write_line(note)
        for problem in self.problems:
            terminalreporter.write_line(problem, red=True)
