"""The `novu_snapshot` fixture, and its part in pytest's reports."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from novu_framework_testing.plugin.failures import allows_failures
from novu_framework_testing.plugin.options import picture_settings

if TYPE_CHECKING:
    from novu_framework_testing.snapshots.assertion import NovuSnapshot

SNAPSHOTS = pytest.StashKey[list["NovuSnapshot"]]()
"""On an item: the snapshots that its test compares with."""

_SHORT = 6
"""pytest cuts longer explanations short, and what changed is worth reading whole: once, in a section of its own."""

_DIFFERS = pytest.StashKey[bool]()
"""On an item: whether its test came to its end, and fails only of differences that were recorded."""

_CHANGED: Final = "novu_changed"
"""On a report: how many of the steps that its test compared are not what their snapshots say."""

# Other options choose among tests that were collected, which is seen.
_SELECTING = ("ignore", "ignore_glob", "lf", "collectonly", "setuponly")
_INTERRUPTED = (pytest.ExitCode.INTERRUPTED, pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)


def pytest_configure(config: pytest.Config) -> None:
    """Take care of our files in syrupy's place."""
    if config.pluginmanager.hasplugin("syrupy"):
        from novu_framework_testing.snapshots.ownership import leave_our_files_alone

        config.add_cleanup(leave_our_files_alone())
        config.pluginmanager.register(Leftovers(config), "novu-leftovers")


def pytest_unconfigure() -> None:
    """Close the browser of the run, if one was started."""
    if (chromium := sys.modules.get("novu_framework_testing.pictures.chromium")) is not None:
        chromium.CHROMIUM.close()


@pytest.fixture
def novu_snapshot(request: pytest.FixtureRequest) -> NovuSnapshot:
    """Snapshots of what a subscriber sees, compared with files that people review.

        def test_welcome(novu, novu_snapshot):
            run = novu.trigger("welcome", to="ann", payload={"name": "Ann"}).run
            assert run == novu_snapshot                          # every step that was delivered or skipped
            assert run.step("welcome-email") == novu_snapshot    # one of them

    A message and a bridge's answer to `preview` work too; a step that is still pending or delayed, or that failed while the
    test has not looked at it, or a run with one, fails the test. `pytest --snapshot-update` writes the files,
    `pytest --novu-review` keeps what changed for `novu-framework review`. `novu_snapshot(rendered=True)` compares
    emails as Chromium draws them too. syrupy's options work:
    `novu_snapshot(exclude=..., include=..., matcher=..., name=...)`; `also=["transaction_id", "sent_at"]` shows
    what is left out otherwise.
    """
    from novu_framework_testing.snapshots import snapshot_fixture

    snapshot = snapshot_fixture(request.node)
    settings = picture_settings(request.config)
    if settings["rendered"] or settings["threshold"] is not None:
        snapshot = snapshot.with_defaults(**settings)
    # A review wants each comparison of the test made: that one of them failed is said at the end.
    reviewed = bool(request.config.getoption("--novu-review"))
    snapshot.record_only = reviewed and not snapshot.update_snapshots
    snapshot.allow_failures = allows_failures(request.node)
    request.node.stash.setdefault(SNAPSHOTS, []).append(snapshot)
    return snapshot


@pytest.hookimpl(wrapper=True)
def pytest_assertrepr_compare(
    config: pytest.Config, op: str, left: Any, right: Any
) -> Generator[None, list[list[str]], list[list[str]]]:
    """Explain a failed comparison with a snapshot, in the place of syrupy, whichever plugin is asked first."""
    others = yield
    assertion = sys.modules.get("novu_framework_testing.snapshots.assertion")
    if assertion is None or op != "==":
        return others
    for side in (right, left):
        if isinstance(side, assertion.NovuSnapshot):
            lines = side.tell(_SHORT, diff_mode=config.getoption("diff_mode"))
            return [["what a subscriber sees is not what the snapshots say", *lines]]
    return others


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Forget what an earlier try of the same test has compared: plugins that run tests again count the last."""
    item.stash[SNAPSHOTS] = []


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test that passed although comparisons that were only recorded found differences."""
    outcome: Any = yield
    lines = [] if outcome.excinfo else _explanations(item, recorded=True)
    item.stash[_DIFFERS] = bool(lines)
    if lines:
        outcome.force_exception(pytest.fail.Exception("\n".join(lines), pytrace=False))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add what differs from the snapshots to the report of a failed test."""
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    if report.when == "call" and report.failed:
        lines = _explanations(item, recorded=False)
        if lines:
            report.sections.append(("Novu snapshots", "\n".join(lines)))
        differ = [
            one for each in item.stash.get(SNAPSHOTS, []) for one in each.asserted if one.old and not one.kept
        ]
        report.__dict__[_CHANGED] = len(differ)  # workers of pytest-xdist send it with the report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let go of the content that a test compared once it is over: pytest and syrupy keep all tests until the run ends."""
    try:
        return (yield)
    finally:
        for snapshot in item.stash.get(SNAPSHOTS, []):
            snapshot.forget()


def _explanations(item: pytest.Item, *, recorded: bool) -> list[str]:
    """Return what the test found different, in lines; of comparisons that were recorded, or that failed it."""
    lines: list[str] = []
    for snapshot in item.stash.get(SNAPSHOTS, []):
        if snapshot.record_only is recorded:
            lines += snapshot.explain(detailed=str(item.config.getoption("diff_mode")) != "disabled")
    return lines


class Leftovers:
    """A pytest plugin that follows a run, and deletes or reports the snapshot files that no test needs any more.

    Syrupy's options apply: `--snapshot-update`, `--snapshot-no-cleanup`, `--snapshot-warn-unused`,
    `--snapshot-disable-unused` and `--snapshot-details`. Workers of pytest-xdist send what they collected.
    """

    def __init__(self, config: pytest.Config) -> None:
        from novu_framework_testing.snapshots.leftovers import Usage

        self.config = config
        self.run: Final = Usage(Path(config.invocation_params.dir, argument) for argument in config.args)
        self.files: list[Path] = []
        self._modules: set[str] = set()
        self._items: dict[str, pytest.Item] | None = None
        self._whole = not any(config.getoption(name, None) for name in _SELECTING)
        self._problems: list[str] = []

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self, collector: pytest.Collector) -> Iterator[None]:
        """Follow what is collected, and what is not."""
        outcome: Any = yield
        report: pytest.CollectReport = outcome.get_result()
        if not report.passed:
            self._whole &= report.skipped
            self._modules.discard(str(collector.path))
        elif isinstance(collector, pytest.Module):
            self._modules.add(str(collector.path))

    @pytest.hookimpl(hookwrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Iterator[None]:
        """Keep in mind which tests there are, before some of them are chosen."""
        every = {item.nodeid: item for item in items}
        yield
        self._items = every
        self._whole &= every.keys() <= {item.nodeid for item in items}

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Write down what was collected."""
        from syrupy.location import PyTestLocation

        from novu_framework_testing.snapshots.extension import NovuSnapshotExtension
        from novu_framework_testing.snapshots.leftovers import Collected

        dirname = Path(str(self.config.getoption("snapshot_dirname")))
        shared = dirname.is_absolute()
        folders = {Path(module).parent for module in self._modules}
        roots = {
            str(folder / dirname): "" if shared else str(folder)
            for folder in sorted(folders)
            if (folder / dirname).is_dir()
        }
        collected = Collected(
            tests={
                nodeid: str(NovuSnapshotExtension.test_folder(PyTestLocation(item)))
                for nodeid, item in (self._items or {}).items()
                if isinstance(item, pytest.Function) and str(item.path.parent / dirname) in roots
            },
            modules=sorted(self._modules),
            roots=roots,
            chosen=len(session.items),
            whole=self._whole and self._items is not None,
        )
        output: dict[str, Any] | None = getattr(self.config, "workeroutput", None)
        if output is None:
            self.run.add_collected(collected)
        else:
            output["novu_collected"] = dataclasses.asdict(collected)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a worker of pytest-xdist collected; one that crashed says nothing."""
        from novu_framework_testing.snapshots.leftovers import Collected

        if collected := getattr(node, "workeroutput", {}).get("novu_collected"):
            self.run.add_collected(Collected(**collected))

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Forget an earlier try of the test."""
        from novu_framework_testing.snapshots.leftovers import COMPARED

        item.stash[COMPARED] = set()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Put on a report what its test compared so far."""
        from novu_framework_testing.snapshots.leftovers import COMPARED

        outcome: Any = yield
        report = outcome.get_result()
        if call.when == "call" and item.stash.get(_DIFFERS, False):
            report.novu_outcome = "passed"
        if compared := item.stash.get(COMPARED, None):
            report.novu_compared = sorted(compared)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Follow what becomes of each test."""
        outcome = getattr(report, "novu_outcome", report.outcome)
        self.run.add_report(report.nodeid, str(report.when), outcome, getattr(report, "novu_compared", ()))

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Delete what is left over, or make the run fail of it, as the options say."""
        option = self.config.option
        if hasattr(self.config, "workerinput") or option.disable_unused_snapshots:
            return
        self.run.was_interrupted = exitstatus in _INTERRUPTED
        self.files = self.run.files()
        if option.update_snapshots and not option.no_cleanup:
            self._delete()
        wanted = option.update_snapshots or option.warn_unused_snapshots
        if self._problems or (self.files and not wanted):
            session.exitstatus = int(session.exitstatus) | pytest.ExitCode.TESTS_FAILED

    def _delete(self) -> None:
        from novu_framework_testing.snapshots.files import remove

        reasons: dict[str, list[str]] = {}
        for file in self.files:
            try:
                remove(file)
            except OSError as error:
                name = os.path.relpath(file, self.config.rootpath)
                reasons.setdefault(error.strerror or str(error), []).append(name)
        for reason, names in reasons.items():
            what = f"{len(names)} unused snapshots" if len(names) > 1 else "an unused snapshot"
            self._problems.append(f"novu: {what} cannot be deleted: {reason}: {names[0]}")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what was deleted, or could be."""
        for problem in self._problems:
            terminalreporter.write_line(problem, red=True)
        changed = sum(getattr(each, _CHANGED, 0) for each in terminalreporter.getreports("failed"))
        if changed and not self.config.getoption("--novu-review"):
            what = "a message is" if changed == 1 else f"{changed} messages are"
            terminalreporter.write_line(
                f"novu: {what} not as accepted: look at it with `pytest --novu-review` and `novu-framework review`,"
                " or accept it unseen with `pytest --snapshot-update`"
            )
        deleted = self.config.option.update_snapshots and not self.config.option.no_cleanup
        files = [file for file in self.files if deleted is not file.exists()]
        if not files:
            return
        what = f"{len(files)} {'snapshot' if len(files) == 1 else 'snapshots'}"
        ending = "unused and deleted" if deleted else "unused; pytest --snapshot-update deletes them"
        terminalreporter.write_line(f"novu: {what} {ending}")
        if deleted or self.config.option.include_snapshot_details:
            for file in files:
                terminalreporter.write_line(f"  {os.path.relpath(file, self.config.rootpath)}")
