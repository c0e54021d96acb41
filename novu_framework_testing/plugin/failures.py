"""Runs that failed unseen fail their test, and what a workflow raised to end its test does so."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework_testing.plugin.options import marker_settings

if TYPE_CHECKING:
    from novu_framework_testing.simulation.simulator import NovuSimulator

SIMULATOR: pytest.StashKey[NovuSimulator] = pytest.StashKey()
"""On an item: the simulator of its fixtures."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini key."""
    parser.addini(
        "novu_allow_failures",
        "do not fail tests whose runs failed because of their payload or code without being looked at",
        type="bool",
        default=False,
    )


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test that passed although runs failed and it did not look at them."""
    outcome: Any = yield
    simulator = item.stash.get(SIMULATOR, None)
    if simulator is None:
        return
    if simulator.ends:
        outcome.force_exception(simulator.ends[0])
    elif outcome.excinfo is None and not allows_failures(item):
        from novu_framework_testing.simulation.failures import UnreadFailures

        try:
            simulator.raise_unread_failures()
        except UnreadFailures as error:
            outcome.force_exception(pytest.fail.Exception(str(error), pytrace=False))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let go of the simulation of a test that is over: pytest keeps all tests until the run ends."""
    try:
        return (yield)
    finally:
        if SIMULATOR in item.stash:
            del item.stash[SIMULATOR]


def allows_failures(item: pytest.Item) -> bool:
    """Tell whether runs may fail unseen in a test, by its marker or the ini file."""
    default = item.config.getini("novu_allow_failures")
    return bool(marker_settings(item).get("allow_failures", default))
