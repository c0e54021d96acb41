"""`pytest --novu-check`: the content of every message of every test is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework_testing.plugin.failures import SIMULATOR

if TYPE_CHECKING:
    from novu_framework_testing.checks import CheckSettings, SetAside

_SETTINGS: pytest.StashKey[CheckSettings] = pytest.StashKey()
_ASIDES: pytest.StashKey[dict[str, bool]] = pytest.StashKey()
"""On an item: the rules that comments in the code of its workflows set aside, and whether that was about something."""

_SHOWN = 20
"""So many findings of one test are shown."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.getgroup("novu").addoption(
        "--novu-check",
        action="store_true",
        help="fail a test whose messages have something wrong in their content; [tool.novu.checks] of pyproject.toml says what",
    )


def check_settings(config: pytest.Config) -> CheckSettings:
    """Return the settings of `[tool.novu.checks]` in the pyproject.toml of the root folder, read once in a run."""
    if _SETTINGS not in config.stash:
        from novu_framework_testing.checks import project_settings

        try:
            config.stash[_SETTINGS] = project_settings(config.rootpath)
        except ValueError as error:
            raise pytest.UsageError(str(error)) from None
    return config.stash[_SETTINGS]


def pytest_configure(config: pytest.Config) -> None:
    """Refuse settings that are wrong before the first test."""
    if config.getoption("--novu-check"):
        check_settings(config)
        config.pluginmanager.register(IgnoredRules())


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test that passed although the content of its messages is wrong."""
    outcome: Any = yield
    simulator = item.stash.get(SIMULATOR, None)
    if simulator is None or not item.config.getoption("--novu-check") or outcome.excinfo is not None:
        return
    from novu_framework_testing.simulation.content import (
        checked_messages,
        comments_of_messages,
        every_message,
    )

    used: set[SetAside] = set()
    settings = check_settings(item.config)
    messages = list(every_message(simulator))
    findings = checked_messages(
        [one for one in messages if one not in simulator.checked], settings, used=used
    )
    # What the test asked about is its own affair, with what it chose; but for the comments that were of use.
    checked_messages([one for one in messages if one in simulator.checked], settings, used=used)
    asides = [aside for each in comments_of_messages(messages) for aside in each.asides]
    item.stash[_ASIDES] = {str(aside): aside in used for aside in asides}
    if findings:
        lines = [str(one) for one in findings[:_SHOWN]]
        if len(findings) > _SHOWN:
            lines.append(f"and {len(findings) - _SHOWN} more")
        what = "1 thing is" if len(findings) == 1 else f"{len(findings)} things are"
        advice = "Set a rule aside with a reason: `# novu-check: ignore[rule-id] because ...` in the workflow, or [tool.novu.checks] in pyproject.toml."
        text = "\n".join([f"{what} wrong with the content of its messages.", *lines, advice])
        outcome.force_exception(pytest.fail.Exception(text, pytrace=False))


class IgnoredRules:
    """A pytest plugin that says at the end which comments in the code of workflows set aside what nothing found."""

    def __init__(self) -> None:
        self.used: dict[str, bool] = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        """Put them on the report, which also brings them from a worker of pytest-xdist."""
        outcome: Any = yield
        if call.when == "call":
            outcome.get_result().novu_asides = item.stash.get(_ASIDES, {})

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep in mind which were of use."""
        for aside, is_used in getattr(report, "novu_asides", {}).items():
            self.used[aside] = is_used or self.used.get(aside, False)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which were of no use."""
        for aside in (aside for aside, is_used in self.used.items() if not is_used):
            terminalreporter.write_line(f"novu: {aside} matched nothing in this run")
