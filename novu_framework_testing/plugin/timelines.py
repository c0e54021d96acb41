"""The timelines of the runs of a failed test, in its report."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from novu_framework_testing.simulation.runs import Run
    from novu_framework_testing.simulation.simulator import NovuSimulator

SECTION = "Novu timeline"
MAX_TIMELINES = 10
_ANSI = re.compile("\x1b\\[[0-9;]*m")


def pytest_configure(config: pytest.Config) -> None:
    """Register what takes the colours out where the terminal has none."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Colours(config), "novu-colours")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Add the timelines to the report of a failed test."""
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    # A test that simulates Novu has imported this; the others pay nothing here.
    simulated = "novu_framework_testing.simulation.simulator" in sys.modules
    if simulated and report.when == "call" and report.failed:
        values = _values_in_reach(call.excinfo, getattr(item, "funcargs", {}))
        report.sections += [(SECTION, text) for text in _timelines(values)]


def _values_in_reach(
    excinfo: pytest.ExceptionInfo[BaseException] | None, funcargs: dict[str, Any]
) -> list[Any]:
    """Return the local variables of the failing code, innermost frame first, then its fixtures."""
    frames = [dict(entry.frame.f_locals) for entry in reversed(excinfo.traceback)] if excinfo else []
    values = [value for variables in [*frames, funcargs] for value in variables.values()]
    return list({id(value): value for value in values}.values())


def _timelines(values: list[Any]) -> list[str]:
    """Return the conversations of the simulations among `values`, and the timelines of the runs; without runs, those of the simulations."""
    from novu_framework_testing.api.cloud import Cloud
    from novu_framework_testing.conversations.transcript import transcript
    from novu_framework_testing.simulation.runs import Run, StepRun, Trigger
    from novu_framework_testing.simulation.simulator import NovuSimulator

    runs: list[Run] = []
    simulators: list[NovuSimulator] = []
    for value in values:
        if isinstance(value, Run):
            runs.append(value)
        elif isinstance(value, StepRun):
            runs.append(value.run)
        elif isinstance(value, Trigger):
            runs += value.runs
        elif isinstance(value, (NovuSimulator, Cloud)):
            simulators.append(value if isinstance(value, NovuSimulator) else value.novu)
    shown: list[Run | NovuSimulator] = [*runs] or [one for one in simulators if one.activity]
    talks = [
        transcript(one)
        for novu in dict.fromkeys(simulators)
        for one in novu.conversations.values()
        if one.log
    ]
    return [*talks, *(one.timeline(color=True) for one in dict.fromkeys(shown))][:MAX_TIMELINES]


class _Colours:
    """Timelines come with colours; this takes them out where the terminal has none.

    The terminal is known only here: with xdist, the test ran in another process.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal: Any = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and not (terminal and terminal.hasmarkup):
            report.sections = [
                (name, _ANSI.sub("", text) if name == SECTION else text) for name, text in report.sections
            ]
