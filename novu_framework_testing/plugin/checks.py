"""`pytest --novu-check`: the content of every message of every test is looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework_testing.plugin.failures import SIMULATOR

if TYPE_CHECKING:
    from novu_framework_testing.checks import CheckSettings

_SETTINGS: pytest.StashKey[CheckSettings] = pytest.StashKey()
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


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a test that passed although the content of its messages is wrong."""
    outcome: Any = yield
    simulator = item.stash.get(SIMULATOR, None)
    if simulator is None or not item.config.getoption("--novu-check") or outcome.excinfo is not None:
        return
    if findings := simulator.check():
        lines = [str(one) for one in findings[:_SHOWN]]
        if len(findings) > _SHOWN:
            lines.append(f"and {len(findings) - _SHOWN} more")
        what = "1 thing is" if len(findings) == 1 else f"{len(findings)} things are"
        advice = "Set a rule aside with a reason in [tool.novu.checks] of pyproject.toml."
        text = "\n".join([f"{what} wrong with the content of its messages.", *lines, advice])
        outcome.force_exception(pytest.fail.Exception(text, pytrace=False))
