"""A pytest plugin: writes down which lines of the packages each test runs, how long it takes and whether it passes.

What a fixture of a class, a module or the session runs counts for every test of that file. What runs before the first
test, while modules are imported, has no name.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest

FOLDER = Path(os.environ.get("NOVU_MUTANTS", ".mutants")).resolve()
PACKAGES = os.environ.get("NOVU_MUTANTS_PACKAGES", "").split()

measured = coverage.Coverage(
    data_file=str(FOLDER / "coverage"), data_suffix=True, config_file=False, source=PACKAGES
)
measured.start()
seconds: dict[str, float] = {}
failed: set[str] = set()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop() -> Iterator[Any]:
    try:
        return (yield)
    finally:
        measured.stop()
        measured.save()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    measured.switch_context(item.nodeid)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    if fixturedef.scope == "function":
        return (yield)
    test = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]
    measured.switch_context(test.partition("::")[0])
    try:
        return (yield)
    finally:
        measured.switch_context(test)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    seconds[report.nodeid] = seconds.get(report.nodeid, 0) + report.duration
    if report.failed:
        failed.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    loaded = [name for name, module in list(sys.modules.items()) if getattr(module, "__spec__", None)]
    if hasattr(session.config, "workerinput"):
        (FOLDER / "loaded.json").write_text(json.dumps(loaded))
    else:
        if not (FOLDER / "loaded.json").exists():
            (FOLDER / "loaded.json").write_text(json.dumps(loaded))
        (FOLDER / "tests.json").write_text(json.dumps({"seconds": seconds, "failed": sorted(failed)}))
