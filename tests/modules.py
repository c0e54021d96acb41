"""What runs of pytest in this process, and forked ones, would import each: pytest-randomly's, and what our plugin comes to."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import Distribution
from importlib.util import find_spec
from typing import Any

import pytest

_MODULES = [
    "_pytest.pytester",
    "execnet.gateway_base",
    "fastapi.testclient",
    "rich.console",
    "typer",
    "uvicorn",
    "xdist.dsession",
    "xdist.remote",
    "novu_framework.cli.app",
    "novu_framework.fastapi",
    "novu_framework.schemas.building",
    "novu_framework.schemas.samples",
    "novu_framework_testing.api.mock",
    "novu_framework_testing.api.server",
    "novu_framework_testing.bridges.client",
    "novu_framework_testing.coverage.collecting",
    "novu_framework_testing.coverage.json_file",
    "novu_framework_testing.coverage.terminal",
    "novu_framework_testing.explore.exploring",
    "novu_framework_testing.matrix",
    "novu_framework_testing.review.collection",
    "novu_framework_testing.review.github",
    "novu_framework_testing.review.rejections",
    "novu_framework_testing.review.report",
    "novu_framework_testing.simulation.content",
    "novu_framework_testing.simulation.simulator",
    "novu_framework_testing.snapshots.assertion",
    "novu_framework_testing.snapshots.leftovers",
]


def load() -> None:
    """Import it."""
    for name in _MODULES:
        import_module(name)
    if find_spec("polyfactory"):  # litestar's, which pytest-randomly imports where it is
        import_module("polyfactory")


class _Distribution:
    """An installed distribution, of which each file is read once, and not in each run that looks for plugins."""

    def __init__(self, distribution: Distribution) -> None:
        self._distribution = distribution

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._distribution, name)
        if name in ("entry_points", "files", "metadata", "version"):
            vars(self)[name] = value
        return value


def trust_fixtures(patch: pytest.MonkeyPatch) -> None:
    """Let pytest not look whether someone put a decorator around a fixture of a plugin, a fifth of the time that a small run takes."""
    patch.setattr(
        "_pytest.fixtures.FixtureManager._check_for_wrapped_fixture", lambda *_: None, raising=False
    )


@cache
def installed() -> list[_Distribution]:
    """What `importlib.metadata.distributions` gives."""
    return [*map(_Distribution, Distribution.discover())]
