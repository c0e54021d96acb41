"""`pytest --novu-smoke`: one test for each step of the workflows of `novu_app`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework_testing.plugin.options import app_settings, default_secret_key, load_app

if TYPE_CHECKING:
    from novu_framework_testing.bridges.client import BridgeClient


@pytest.hookimpl(tryfirst=True)  # before -k and -m choose among the items
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Add the tests of `--novu-smoke`."""
    if config.getoption("--novu-smoke"):
        items += _Smoke.from_parent(session, name="novu-smoke", nodeid="novu-smoke").collect()


class _Smoke(pytest.Collector):
    """A test for each step of each workflow of `novu_app`."""

    def collect(self) -> list[pytest.Item]:
        from novu_framework.steps.http_request import HTTP_REQUEST
        from novu_framework_testing.bridges import BridgeFailure
        from novu_framework_testing.bridges.client import BridgeClient

        spec = self.config.getini("novu_app")
        if not spec:
            raise pytest.UsageError(
                "--novu-smoke needs the ini key `novu_app`, such as novu_app = shop.app:app"
            )
        route = self.config.getini("novu_route")
        try:
            app = load_app(spec, self.config)
        except pytest.UsageError:
            raise
        except Exception as error:  # such as a workflow that cannot be discovered
            raise pytest.UsageError(
                f"--novu-smoke: importing {spec} raised {type(error).__name__}: {error}"
            ) from error
        key = default_secret_key(self.config)
        self.bridge = bridge = BridgeClient(app, route=route, secret_key=key, **app_settings(self.config))
        try:
            workflows = bridge.discover()["workflows"]
            bridge.close()  # the tests start the app again, and its end is theirs
        except BridgeFailure as failure:
            other_key = failure.code == "SignatureMismatchError"
            hint = " Run pytest with NOVU_SECRET_KEY set to the app's secret key." if other_key else ""
            raise pytest.UsageError(
                f"--novu-smoke: the discovery of {spec} at {route} failed: {failure}{hint}"
            ) from None
        return [
            _SmokeItem.from_parent(
                self,
                name=f"{workflow['workflowId']}/{step['stepId']}",
                bridge=bridge,
                workflow_id=workflow["workflowId"],
                step_id=step["stepId"],
            )
            for workflow in workflows
            for step in workflow["steps"]
            if step["type"] != HTTP_REQUEST.type  # Novu makes the request itself: a bridge cannot preview it
        ]

    def teardown(self) -> None:
        """Stop the app after the last of the tests."""
        self.bridge.close()


class _SmokeItem(pytest.Item):
    """One step of one workflow, previewed with made-up data."""

    def __init__(self, *, bridge: BridgeClient, workflow_id: str, step_id: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bridge = bridge
        self.workflow_id = workflow_id
        self.step_id = step_id

    def runtest(self) -> None:
        self.bridge.preview(self.workflow_id, self.step_id)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from novu_framework_testing.bridges import BridgeFailure

        error = excinfo.value
        if not isinstance(error, BridgeFailure):
            return super().repr_failure(excinfo)
        lines = [
            f"Step {self.step_id!r} of workflow {self.workflow_id!r} cannot be previewed with made-up data.",
            str(error),
        ]
        if isinstance(error.data, list):
            lines += [f"  {issue.get('path') or '/'}: {issue.get('message')}" for issue in error.data]
        return "\n".join(lines)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        return self.config.rootpath, None, self.name
