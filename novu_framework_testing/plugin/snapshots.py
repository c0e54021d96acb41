"""The pytest side of snapshots: the `novu_snapshot` fixture, `--novu-review` and `--novu-report`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework_testing.plugin.stash import COMPLETE, SNAPSHOTS

if TYPE_CHECKING:
    from novu_framework_testing import NovuSnapshot


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--novu-review` and `--novu-report`."""
    group = parser.getgroup("novu", "Novu notification workflows")
    group.addoption(
        "--novu-review",
        action="store_true",
        help="keep the snapshots that differ, are new or are gone for `novu-framework review`",
    )
    group.addoption(
        "--novu-report",
        metavar="FILE",
        help="write every message of the run into one HTML file, changed ones first",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Follow the run where its snapshots are reviewed or reported."""
    if not config.pluginmanager.hasplugin("syrupy"):
        return
    from novu_framework_testing.snapshots.ownership import leave_our_files_alone

    config.add_cleanup(leave_our_files_alone())
    if config.getoption("--novu-review") or config.getoption("--novu-report"):
        from novu_framework_testing.plugin.recording import SnapshotRun

        config.pluginmanager.register(SnapshotRun(config), "novu-snapshot-run")


@pytest.fixture
def novu_snapshot(request: pytest.FixtureRequest) -> NovuSnapshot:
    """A snapshot of what a subscriber sees, compared with files under `__snapshots__` that people review.

        def test_welcome(novu, novu_snapshot):
            run = novu.trigger("welcome", to="ann", payload={"name": "Ann"}).run
            assert run == novu_snapshot                          # every step that was delivered or skipped
            assert run.step("welcome-email") == novu_snapshot    # one of them

    A message and a bridge's answer to `preview` work too. `pytest --snapshot-update` writes the files,
    `pytest --novu-review` keeps what changed for `novu-framework review`. syrupy's options work:
    `novu_snapshot(exclude=..., include=..., matcher=..., name=...)`; `also=["transaction_id", "sent_at"]` shows
    what is left out otherwise.
    """
    from novu_framework_testing.snapshots import snapshot_fixture

    snapshot = snapshot_fixture(request.node)
    # A review wants each comparison of the test made: that one of them failed is said at the end.
    snapshot.record_only = bool(request.config.getoption("--novu-review")) and not snapshot.update_snapshots
    request.node.stash.setdefault(SNAPSHOTS, []).append(snapshot)
    return snapshot


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Let syrupy see snapshots that no test compares with any more."""
    if getattr(session.config, "_syrupy", None) is not None:
        from novu_framework_testing.snapshots.ownership import watch_folders

        watch_folders(session.items)


@pytest.hookimpl(tryfirst=True)
def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Explain a comparison with a snapshot by what a subscriber would see differently."""
    assertion = sys.modules.get("novu_framework_testing.snapshots.assertion")
    if assertion is None or op != "==":
        return None
    sides: tuple[Any, ...] = (right, left)
    for side in sides:
        if isinstance(side, assertion.NovuSnapshot):
            return ["what a subscriber sees is not what the snapshots say", *side.get_assert_diff()]
    return None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Note whether the test came to its end, and fail one whose recorded comparisons differ."""
    outcome: Any = yield
    item.stash[COMPLETE] = outcome.excinfo is None
    if outcome.excinfo is None and (words := _explanation(item, recorded=True)):
        outcome.force_exception(pytest.fail.Exception("\n".join(words), pytrace=False))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add what changed to the report of a failed test, whole."""
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    if report.when == "call" and report.failed:
        words = _explanation(item, recorded=False)
        # pytest cuts a long explanation short, and what changed is worth reading whole.
        if len(words) > 6:
            report.sections.append(("Novu snapshots", "\n".join(words)))


def _explanation(item: pytest.Item, *, recorded: bool) -> list[str]:
    """What the test found different, in lines; of comparisons that were recorded, or of those that failed it."""
    lines: list[str] = []
    for snapshot in item.stash.get(SNAPSHOTS, []):
        if snapshot.record_only is recorded:
            lines += snapshot.explain()
    return lines
