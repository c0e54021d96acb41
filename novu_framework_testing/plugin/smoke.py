"""`pytest --novu-smoke`: one test for each step of the workflows of `novu_app`.

A test's id begins with a file that is there, so that pytest, and an editor, find it again: the configuration that names the
app, `pyproject.toml::welcome/hello`, or the `conftest.py` of the folder that `novu_smoke_folder` names. The tests belong to
the folder of that file: what its conftest.py brings is theirs too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework_testing.plugin.options import app_settings, default_secret_key, load_app

if TYPE_CHECKING:
    from novu_framework_testing.bridges.client import BridgeClient

FOLDER = "novu_smoke_folder"
_TESTS = pytest.StashKey["_Smoke"]()
"""On the configuration: the smoke tests of the run, where it asks for some."""


class _Smoke:
    """The steps of `novu_app` that can be previewed, and the file in whose place their tests are."""

    def __init__(self, config: pytest.Config, place: Path) -> None:
        self.place = place
        self.bridge, self.steps = _discovered(config)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini key."""
    parser.addini(
        FOLDER, "the folder whose conftest.py is for the tests of --novu-smoke; the root folder if absent"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """See whether the run asks for smoke tests, and for which. All of them are part of a run of whole folders."""
    config = session.config
    if not config.getoption("--novu-smoke"):
        return
    place, asked = _place(config), [_path(config, argument) for argument in config.args]
    covered = any(path == place or path in place.parents for path in asked)
    left_out = config.getini(FOLDER) and config.args_source is config.ArgsSource.ARGS
    if not covered and not left_out and any(path.is_dir() for path in asked):
        config.args.append(str(place))
        covered = True
    if covered:
        config.stash[_TESTS] = _Smoke(config, place)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Find the smoke tests in the place of their file."""
    smoke = parent.config.stash.get(_TESTS, None)
    if smoke is None or file_path != smoke.place:
        return None
    return _SmokeModule.from_parent(parent, path=file_path)


def _path(config: pytest.Config, argument: str) -> Path:
    return Path(os.path.abspath(config.invocation_params.dir / argument.partition("::")[0]))


def _place(config: pytest.Config) -> Path:
    """Return the file in whose place the tests are."""
    folder = config.getini(FOLDER)
    conftest = config.rootpath / folder / "conftest.py"
    place = conftest if folder or config.inipath is None else config.inipath
    if not place.is_file():
        raise pytest.UsageError(
            f"--novu-smoke: its tests belong to the folder of {conftest}, which is not there: make one (it may be empty)"
            f"{', or let `' + FOLDER + '` name another folder' if folder else ''}."
        )
    return place


def _discovered(config: pytest.Config) -> tuple[BridgeClient, list[tuple[str, str]]]:
    """Return a client of `novu_app`, and the workflow and the id of each step to preview."""
    from novu_framework.steps.http_request import HTTP_REQUEST
    from novu_framework_testing.bridges import BridgeFailure
    from novu_framework_testing.bridges.client import BridgeClient

    spec, route = config.getini("novu_app"), config.getini("novu_route")
    if not spec:
        raise pytest.UsageError("--novu-smoke needs the ini key `novu_app`, such as novu_app = shop.app:app")
    try:
        app = load_app(spec, config)
    except pytest.UsageError:
        raise
    except Exception as error:  # such as a workflow that cannot be discovered
        raise pytest.UsageError(
            f"--novu-smoke: importing {spec} raised {type(error).__name__}: {error}"
        ) from error
    key = default_secret_key(config)
    bridge = BridgeClient(app, route=route, secret_key=key, **app_settings(config))
    try:
        workflows = bridge.discover()["workflows"]
        bridge.close()  # the tests start the app again, and its end is theirs
    except BridgeFailure as failure:
        other_key = failure.code == "SignatureMismatchError"
        hint = " Run pytest with NOVU_SECRET_KEY set to the app's secret key." if other_key else ""
        raise pytest.UsageError(
            f"--novu-smoke: the discovery of {spec} at {route} failed: {failure}{hint}"
        ) from None
    return bridge, [
        (workflow["workflowId"], step["stepId"])
        for workflow in workflows
        for step in workflow["steps"]
        if step["type"] != HTTP_REQUEST.type  # Novu makes the request itself: a bridge cannot preview it
    ]


class _SmokeModule(pytest.Module):
    """A test for each step of each workflow, where pytest looks for those of a module."""

    def _getobj(self) -> ModuleType:
        return ModuleType("novu_smoke")  # the file is none, or one of fixtures

    def collect(self) -> Iterator[pytest.Item]:
        smoke = self.config.stash[_TESTS]
        for workflow_id, step_id in smoke.steps:
            test = _preview_of(smoke.bridge, workflow_id, step_id)
            item = _SmokeTest.from_parent(self, name=f"{workflow_id}/{step_id}", callobj=test)
            item.add_marker("novu")
            yield item

    def teardown(self) -> None:
        """Stop the app after the last of the tests."""
        self.config.stash[_TESTS].bridge.close()


class _SmokeTest(pytest.Function):
    """One step of one workflow, previewed with made-up data."""

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        return self.path, 0, self.name


def _preview_of(bridge: BridgeClient, workflow_id: str, step_id: str) -> Callable[[], None]:
    from novu_framework_testing.bridges import BridgeFailure

    def preview() -> None:
        try:
            bridge.preview(workflow_id, step_id)
        except BridgeFailure as failure:
            issues: list[Any] = failure.data if isinstance(failure.data, list) else []
            lines = [
                f"Step {step_id!r} of workflow {workflow_id!r} cannot be previewed with made-up data.",
                str(failure),
                *(f"  {issue.get('path') or '/'}: {issue.get('message')}" for issue in issues),
            ]
            pytest.fail("\n".join(lines), pytrace=False)

    return preview
