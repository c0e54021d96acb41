"""The `novu_snapshot` fixture, and its part in pytest's reports."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from novu_framework_testing.snapshots.assertion import NovuSnapshot

SNAPSHOTS = pytest.StashKey[list["NovuSnapshot"]]()
"""On an item: the snapshots that its test compares with."""

COMPLETE = pytest.StashKey[bool]()
"""On an item: whether its test came to its end, so that a snapshot that it did not compare is left over."""


def pytest_configure(config: pytest.Config) -> None:
    """Tell syrupy which files are not its own."""
    if config.pluginmanager.hasplugin("syrupy"):
        from novu_framework_testing.snapshots.ownership import leave_our_files_alone

        config.add_cleanup(leave_our_files_alone())


@pytest.fixture
def novu_snapshot(request: pytest.FixtureRequest) -> NovuSnapshot:
    """Snapshots of what a subscriber sees, compared with files that people review.

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
    reviewed = bool(request.config.getoption("--novu-review"))
    snapshot.record_only = reviewed and not snapshot.update_snapshots
    request.node.stash.setdefault(SNAPSHOTS, []).append(snapshot)
    return snapshot


@pytest.hookimpl(trylast=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Let syrupy see the snapshots of tests that do not use the fixture any more."""
    if getattr(session.config, "_syrupy", None) is not None:
        from novu_framework_testing.snapshots.ownership import watch_folders

        watch_folders(session.items)


@pytest.hookimpl(tryfirst=True)
def pytest_assertrepr_compare(op: str, left: Any, right: Any) -> list[str] | None:
    """Explain a failed comparison with a snapshot."""
    assertion = sys.modules.get("novu_framework_testing.snapshots.assertion")
    if assertion is None or op != "==":
        return None
    for side in (right, left):
        if isinstance(side, assertion.NovuSnapshot):
            return ["what a subscriber sees is not what the snapshots say", *side.get_assert_diff()]
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Forget what an earlier try of the same test has compared: plugins that run tests again count the last."""
    item.stash[SNAPSHOTS] = []
    item.stash[COMPLETE] = False


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test that passed although comparisons that were only recorded found differences."""
    outcome: Any = yield
    item.stash[COMPLETE] = outcome.excinfo is None
    if outcome.excinfo is None and (lines := _explanations(item, recorded=True)):
        outcome.force_exception(pytest.fail.Exception("\n".join(lines), pytrace=False))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add what differs from the snapshots to the report of a failed test."""
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    if report.when == "call" and report.failed:
        lines = _explanations(item, recorded=False)
        # pytest cuts a long explanation short, and what changed is worth reading whole.
        if len(lines) > 6:
            report.sections.append(("Novu snapshots", "\n".join(lines)))


def _explanations(item: pytest.Item, *, recorded: bool) -> list[str]:
    """Return what the test found different, in lines; of comparisons that were recorded, or that failed it."""
    lines: list[str] = []
    for snapshot in item.stash.get(SNAPSHOTS, []):
        if snapshot.record_only is recorded:
            lines += snapshot.explain()
    return lines
