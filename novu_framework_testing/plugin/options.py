"""The command-line options, the ini keys and the marker of the plugin, and what a project says by them."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import pytest

DEFAULT_SECRET_KEY = "test-secret"
MARKER = ("start", "secret_key", "strict", "allow_failures")
"""What `@pytest.mark.novu` takes."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options and ini keys."""
    group = parser.getgroup("novu", "Novu notification workflows")
    group.addoption(
        "--novu-smoke",
        action="store_true",
        help="add one test for each step of the workflows of `novu_app`, which previews it with made-up data",
    )
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
    parser.addini(
        "novu_app", "the app under test, as module:attribute; `novu` and `novu_bridge` connect to it"
    )
    parser.addini("novu_route", "where the app serves its bridge", default="/api/novu")


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker for `pytest --markers`."""
    config.addinivalue_line(
        "markers",
        "novu(start=None, secret_key=None, strict=None, allow_failures=None): settings of the `novu` fixture. `start` is the "
        "simulated time at which the test begins (a datetime with a time zone, or an ISO string), "
        "`secret_key` the key that Novu and the app share, `strict=True` makes what Novu would only warn of "
        "(a dropped output key, a step that discovery did not see) an error, `allow_failures=True` lets runs "
        "fail by their payload or their code while the test does not look at it.",
    )


def default_secret_key() -> str:
    """Return the environment's key, or the one that Novu and the app share without it."""
    return os.environ.get("NOVU_SECRET_KEY") or os.environ.get("NOVU_API_KEY") or DEFAULT_SECRET_KEY


def marker_settings(node: pytest.Item) -> dict[str, Any]:
    """Return the marker's settings, the nearest winning key by key (a function's over its class's and module's)."""
    settings: dict[str, Any] = {}
    for marker in node.iter_markers("novu"):
        unknown = marker.kwargs.keys() - set(MARKER)
        if marker.args or unknown:
            wrong = ", ".join(sorted(unknown)) or "positional arguments"
            raise pytest.UsageError(
                f"@pytest.mark.novu on {node.nodeid} does not know {wrong}: it takes {', '.join(MARKER)}."
            )
        for name, value in marker.kwargs.items():
            settings.setdefault(name, value)
    return settings


def load_app(spec: str, config: pytest.Config) -> Any:
    """Return the object that `module:attribute` names, with the project's root importable."""
    module_name, _, attribute = spec.partition(":")
    if not module_name or not attribute:
        raise pytest.UsageError(f"novu_app is {spec!r}: write it as module:attribute, such as shop.app:app.")
    root = str(config.rootpath)
    if root not in sys.path:
        sys.path.insert(0, root)
    with pytest.MonkeyPatch.context() as patch:
        # An app that reads its key when it is imported gets the one that requests will be signed with.
        patch.setenv("NOVU_SECRET_KEY", default_secret_key())
        try:
            value = importlib.import_module(module_name)
            for name in attribute.split("."):
                value = getattr(value, name)
        except (ImportError, AttributeError) as error:
            raise pytest.UsageError(f"novu_app = {spec!r} cannot be loaded: {error}") from error
    return value
