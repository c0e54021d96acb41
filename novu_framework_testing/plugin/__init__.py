"""The pytest plugin: fixtures that make this package's objects, and hooks, a file a subject.

It is loaded in every pytest run of an environment where this package is installed, so at import it costs
pytest alone: fixtures and hooks import what they need when a test needs it. `pytest --fixtures` and
`pytest --markers` show what there is.
"""

from __future__ import annotations

from importlib import import_module

import pytest

SUBJECTS = (
    *("options", "network", "failures", "checks", "loops", "fixtures", "matrix", "smoke", "tracebacks"),
    *("timelines", "snapshots", "coverage", "rejections", "review"),
)


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Register the plugin of each subject.

    As `pytest_plugins`, pytest would look for each of them among the entry points of every installed package.
    """
    for subject in SUBJECTS:
        name = f"{__name__}.{subject}"
        pluginmanager.register(import_module(name), name)
