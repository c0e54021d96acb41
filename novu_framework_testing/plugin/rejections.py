"""Saying beside a test's failure that a reviewer rejected what it found, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from novu_framework_testing.plugin.snapshots import SNAPSHOTS


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add what a review said of the differences to the report of a failed test."""
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    if report.when != "call" or not report.failed or not (item.config.rootpath / ".novu" / "review").is_dir():
        return
    differing = [
        (snapshot.folder, step)
        for snapshot in item.stash.get(SNAPSHOTS, [])
        for step in snapshot.asserted
        if not step.kept
    ]
    if differing:
        from novu_framework_testing.review.rejections import rejections

        if lines := rejections(item.config.rootpath, differing):
            report.sections.append(("Novu review", "\n".join(lines)))
