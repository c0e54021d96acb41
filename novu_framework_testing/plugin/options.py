"""The command-line options, the ini keys and the marker of the plugin, and what a project says by them."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

import pytest

DEFAULT_SECRET_KEY = "test-secret"
FIXTURES = frozenset(
    {"novu", "novu_app", "novu_bridge", "novu_cloud", "novu_cloud_server", "novu_compat", "novu_explore"}
)
"""The fixtures for which a key is in the environment."""

MARKER = ("start", "secret_key", "strict", "allow_failures")
"""What `@pytest.mark.novu` takes."""


_FILES = {"--novu-report": "report.html", "--novu-coverage-json": "coverage.json"}

MATRIX_START = "2026-01-01T09:00:00Z"
"""The moment at which the cases of a matrix begin, where nothing else says so: their results are compared."""


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
        help="keep the snapshots that differ, are new or are missing for `novu-framework review`",
    )
    group.addoption(
        "--novu-report",
        metavar="FILE",
        help="write every message of the run into one HTML file, changed ones first",
    )
    parser.addini(
        "novu_app",
        "the app under test, as module:attribute, or module:create_app; `novu` and `novu_bridge` connect to it",
    )
    parser.addini("novu_route", "where the app serves its bridge", default="/api/novu")
    parser.addini(
        "novu_base_url", "the address that requests to the app are for; one that it takes if absent"
    )
    parser.addini("novu_lifespan", "start and stop the lifespan of the app", type="bool", default=True)
    parser.addini("novu_start", "the simulated time at which tests begin, such as 2026-01-01T09:00:00Z")
    parser.addini(
        "novu_secret_key", "the key that Novu and the app share, in the environment for the whole run"
    )
    parser.addini("novu_rendered", "compare each email as Chromium draws it, too", type="bool", default=False)
    parser.addini(
        "novu_rendered_threshold",
        "how far the colour of a pixel of a picture may be off, from 0 to 1 (by default 0.05)",
    )
    parser.addini("novu_strict", "make what Novu would only warn of an error", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker for `pytest --markers`."""
    config.addinivalue_line(
        "markers",
        "novu(start=None, secret_key=None, strict=None, allow_failures=None): settings of the `novu` fixture. `start` is the "
        "simulated time at which the test begins (a datetime with a time zone, or an ISO string), "
        "`secret_key` the key that Novu and the app share, `strict=True` makes what Novu would only warn of "
        "(a dropped output key, a step that discovery did not see) an error, `allow_failures=True` lets runs "
        "fail by their payload or their code while the test does not look at it. Every test that takes one of the fixtures "
        "of Novu has this marker, so that `-m novu` runs only those.",
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what takes a fixture of Novu, so that `-m novu` selects it. The marker without arguments sets nothing."""
    if not FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
        item.add_marker("novu")


_PATCH: pytest.StashKey[pytest.MonkeyPatch] = pytest.StashKey()


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Set the key of the ini file before a conftest.py imports the app."""
    patch = early_config.stash[_PATCH] = pytest.MonkeyPatch()
    if key := early_config.getini("novu_secret_key"):
        patch.setenv("NOVU_SECRET_KEY", key)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Put the environment back."""
    if (patch := config.stash.get(_PATCH, None)) is not None:
        patch.undo()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Set the key of a test before its fixtures, one of which may make the app."""
    if not FIXTURES.isdisjoint(getattr(item, "fixturenames", ())):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NOVU_SECRET_KEY", secret_key_of(item))
            yield
    else:
        yield


def secret_key_of(node: pytest.Item) -> str:
    """Return the key of a test: its marker's, or else `default_secret_key`."""
    keys = (marker.kwargs.get("secret_key") for marker in node.iter_markers("novu"))
    return next(filter(None, keys), None) or default_secret_key(node.config)


def default_secret_key(config: pytest.Config) -> str:
    """Return the key of the ini file, else the environment's, else the one that Novu and the app share without them."""
    keys = (config.getini("novu_secret_key"), *map(os.environ.get, ("NOVU_SECRET_KEY", "NOVU_API_KEY")))
    return next(filter(None, keys), DEFAULT_SECRET_KEY)


def picture_settings(config: pytest.Config) -> dict[str, Any]:
    """Return what the ini file says of pictures of emails: whether to compare them, and how closely."""
    text = config.getini("novu_rendered_threshold")
    try:
        threshold = float(text) if text else None
    except ValueError:
        what = f"novu_rendered_threshold is {text!r}: write a number from 0 to 1."
        raise pytest.UsageError(what) from None
    return {"rendered": config.getini("novu_rendered"), "threshold": threshold}


def simulator_settings(node: pytest.Item) -> dict[str, Any]:
    """Return the arguments of a test's simulator, from the marker and the ini file."""
    settings = {
        "start": node.config.getini("novu_start") or (MATRIX_START if _is_of_a_matrix(node) else None),
        "strict": node.config.getini("novu_strict"),
    }
    settings |= {name: value for name, value in marker_settings(node).items() if name != "allow_failures"}
    settings["secret_key"] = secret_key_of(node)
    if isinstance(start := settings["start"], str):
        try:
            settings["start"] = datetime.fromisoformat(start.replace("Z", "+00:00"))
        except ValueError:
            what = f"start is {start!r}: write a date and a time, such as 2026-01-01T09:00:00Z."
            raise pytest.UsageError(what) from None
    return settings


def _is_of_a_matrix(node: pytest.Item) -> bool:
    return "novu_case" in getattr(node, "fixturenames", ())


class AppSettings(TypedDict):
    """The options of the app that the ini file sets."""

    base_url: str | None
    lifespan: bool


def app_settings(config: pytest.Config) -> AppSettings:
    """Return the options with which an app is connected."""
    return {"base_url": config.getini("novu_base_url") or None, "lifespan": config.getini("novu_lifespan")}


def file_of_option(config: pytest.Config, option: str) -> Path | None:
    """Return the file that an option names; None if it names none. Raises `pytest.UsageError` for what can be no file."""
    target: str | None = config.getoption(option)
    if target is None:
        return None
    path, wrong = Path(config.invocation_params.dir, target), ""
    try:
        there = next(filter(Path.exists, (path, *path.parents)), path)
        if path.is_dir() or target[-1:] in ("", "/", os.sep):
            wrong = "it is a folder"
        elif not (path.is_file() if there == path else there.is_dir()):
            wrong = f"{there} is no {'file' if there == path else 'folder'}"
    except OSError as error:  # such as a name that is too long
        wrong = error.strerror or str(error)
    if wrong:
        raise pytest.UsageError(f"{option}={target}: {wrong}. Name a file, such as {_FILES[option]}.")
    return path


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


_APPS: pytest.StashKey[dict[str, Any]] = pytest.StashKey()


def load_app(spec: str, config: pytest.Config) -> Any:
    """Return the app that `module:attribute` names, with the project's root importable: made once in a run, by a factory too."""
    apps = config.stash.setdefault(_APPS, {})
    if spec not in apps:
        apps[spec] = _loaded(spec, config)
    return apps[spec]


def _loaded(spec: str, config: pytest.Config) -> Any:
    from novu_framework._internal.factories import app_of

    module_name, _, attribute = spec.partition(":")
    if not module_name or not attribute:
        raise pytest.UsageError(
            f"novu_app is {spec!r}: write it as module:attribute, such as shop.app:app or shop.app:create_app."
        )
    root = str(config.rootpath)
    if root not in sys.path:
        sys.path.insert(0, root)
    with pytest.MonkeyPatch.context() as patch:
        # An app that reads its key when it is made gets the one that requests will be signed with.
        patch.setenv("NOVU_SECRET_KEY", default_secret_key(config))
        try:
            return app_of(importlib.import_module(module_name), attribute)
        except (ImportError, AttributeError, TypeError) as error:
            raise pytest.UsageError(f"novu_app = {spec!r} cannot be loaded: {error}") from error
