"""The pytest plugin: fixtures that make this package's objects, and nothing else.

It is loaded in every pytest run of an environment where this package is installed, so at import it costs
pytest alone: a fixture imports what it needs when a test asks for it. `pytest --fixtures` and
`pytest --markers` show what there is.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from novu_framework_testing.api import Cloud
    from novu_framework_testing.api.server import CloudServer
    from novu_framework_testing.bridges.client import BridgeClient
    from novu_framework_testing.factories import NovuFaker
    from novu_framework_testing.simulation.simulator import NovuSimulator

DEFAULT_SECRET_KEY = "test-secret"
SECTION = "Novu timeline"
MOST_TIMELINES = 10


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    group = parser.getgroup("novu", "Novu notification workflows")
    group.addoption(
        "--novu-smoke",
        action="store_true",
        help="add one test for each step of the workflows of `novu_app`, which previews it with made-up data",
    )
    parser.addini(
        "novu_app", "the app under test, as module:attribute; `novu` and `novu_bridge` connect to it"
    )
    parser.addini("novu_route", "where the app serves its bridge", default="/api/novu")
    if importlib.util.find_spec("novu_framework_testing.snapshots.plugin"):
        pluginmanager.import_plugin("novu_framework_testing.snapshots.plugin")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "novu(start=None, secret_key=None, strict=None): settings of the `novu` fixture. `start` is the "
        "simulated time at which the test begins (a datetime with a time zone, or an ISO string), "
        "`secret_key` the key that Novu and the app share, `strict=True` makes what Novu would only warn of "
        "(a dropped output key, a step that discovery did not see) an error.",
    )
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Colours(config), "novu-colours")


@pytest.fixture
def novu(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[NovuSimulator]:
    """A simulated Novu of this test's own, with a clock that only the test moves.

        def test_reminder(novu):
            novu.register(comment_notification)
            run = novu.trigger("comment-notification", to={"subscriberId": "ann", "email": "a@acme.test"}).run
            novu.advance(hours=6)
            assert run.step("comment-email").status == "completed"

    Settings come from `@pytest.mark.novu(start=..., secret_key=..., strict=...)`. The key is the marker's, or
    the environment's NOVU_SECRET_KEY (then NOVU_API_KEY), or "test-secret"; while the test runs,
    NOVU_SECRET_KEY is that key, so a `Client` made without one has it too. With the ini key `novu_app` the
    app's workflows are connected at the first trigger.
    """
    from novu_framework_testing.simulation.simulator import NovuSimulator

    settings = _settings(request.node)
    settings.setdefault("secret_key", _secret_key())
    if isinstance(settings.get("start"), str):
        settings["start"] = datetime.fromisoformat(settings["start"].replace("Z", "+00:00"))
    monkeypatch.setenv("NOVU_SECRET_KEY", settings["secret_key"])
    with NovuSimulator(**settings) as simulator:
        if spec := request.config.getini("novu_app"):
            simulator.connect(_load(spec, request.config), route=request.config.getini("novu_route"))
        yield simulator


@pytest.fixture
def _novu_cloud(novu: NovuSimulator) -> Cloud:
    """The one cloud of a test's simulator, however many doors the test opens to it."""
    from novu_framework_testing.api import Cloud

    return Cloud(novu)


@pytest.fixture
def novu_cloud(_novu_cloud: Cloud) -> Iterator[Cloud]:
    """The `novu` of this test as the Novu API, for every httpx client in the process.

    Requests to api.novu.co, eu.api.novu.co and the host of NOVU_API_URL are answered by the simulation; a
    trigger that arrives runs through it. Other hosts are not touched.

        def test_signup(novu_cloud, client):
            novu_cloud.register(welcome)
            client.post("/signup", json={"email": "ann@acme.test"})
            assert novu_cloud.triggers[0].run.step("welcome-email").status == "completed"

    `.requests` are the requests in order, `.triggers` the triggers. `.respond_next(503)`,
    `.fail_next(httpx.ConnectTimeout("slow"))` and `.rate_limit(after=10)` make it misbehave. All that the
    simulator has (`register`, `advance`, `messages`, ...) works on it as well. It answers 401 to a key other
    than the simulator's: see `novu` for where that comes from.
    """
    from novu_framework_testing.api.mock import MockedCloud

    with MockedCloud(_novu_cloud):
        yield _novu_cloud


@pytest.fixture
def novu_cloud_server(_novu_cloud: Cloud) -> Iterator[CloudServer]:
    """The `novu` of this test as the Novu API on a loopback port, for what runs outside of the process.

        def test_sync(novu_cloud_server):
            subprocess.run(["npx", "novu", "sync", "--api-url", novu_cloud_server.url, ...])
            assert novu_cloud_server.requests

    `.url` is the API URL; the rest is that of `novu_cloud`, and both may be used in one test.
    """
    from novu_framework_testing.api.server import CloudServer

    with CloudServer(_novu_cloud) as server:
        yield server


@pytest.fixture
def novu_bridge(request: pytest.FixtureRequest) -> Callable[..., BridgeClient]:
    """A client that speaks to a bridge as Novu does, with signed requests: `novu_bridge(app)`.

        def test_email(novu_bridge):
            bridge = novu_bridge(app)
            assert bridge.discover()["workflows"][0]["workflowId"] == "new-comment"
            answer = bridge.execute("new-comment", "email", payload={"comment": "Hi"})
            assert answer["outputs"]["subject"] == "New comment"

    `app` is an ASGI app, a URL, a workflow or a list of workflows; without it, the ini key `novu_app`. Each
    call has a twin for async tests: `discover_async`, `execute_async`, `preview_async`. An error that the
    bridge answers is raised as `BridgeFailure`, with its `status`, `code`, `message` and `data`.
    """
    from novu_framework_testing.bridges.client import BridgeClient

    config = request.config

    def connect(app: Any = None, *, route: str | None = None, secret_key: str | None = None) -> BridgeClient:
        spec = config.getini("novu_app")
        if app is None and not spec:
            raise pytest.UsageError(
                "novu_bridge() needs an app: pass one, or set the ini key `novu_app` to module:attribute."
            )
        return BridgeClient(
            _load(spec, config) if app is None else app,
            route=route or config.getini("novu_route"),
            secret_key=secret_key or _settings(request.node).get("secret_key") or _secret_key(),
        )

    return connect


@pytest.fixture
def novu_faker(request: pytest.FixtureRequest) -> NovuFaker:
    """Made-up subscribers and payloads, the same in each run of the same test.

        def test_any_comment(novu, novu_faker):
            payload = novu_faker.payload(comment_notification)
            novu.trigger("comment-notification", to=novu_faker.subscriber(), payload=payload)

    Both take keyword arguments for the values that the test is about: `novu_faker.subscriber(locale="de_AT")`.
    """
    from novu_framework_testing.factories import NovuFaker

    return NovuFaker(seed=request.node.nodeid)


def _secret_key() -> str:
    return os.environ.get("NOVU_SECRET_KEY") or os.environ.get("NOVU_API_KEY") or DEFAULT_SECRET_KEY


def _settings(node: pytest.Item) -> dict[str, Any]:
    """The marker's settings, the nearest winning key by key (a function's over its class's and module's)."""
    settings: dict[str, Any] = {}
    for marker in node.iter_markers("novu"):
        unknown = marker.kwargs.keys() - {"start", "secret_key", "strict"}
        if marker.args or unknown:
            wrong = ", ".join(sorted(unknown)) or "positional arguments"
            raise pytest.UsageError(
                f"@pytest.mark.novu on {node.nodeid} does not know {wrong}: it takes start, secret_key, strict."
            )
        for name, value in marker.kwargs.items():
            settings.setdefault(name, value)
    return settings


def _load(spec: str, config: pytest.Config) -> Any:
    """The object that `module:attribute` names, with the project's root importable."""
    module_name, _, attribute = spec.partition(":")
    if not module_name or not attribute:
        raise pytest.UsageError(f"novu_app is {spec!r}: write it as module:attribute, such as shop.app:app.")
    root = str(config.rootpath)
    if root not in sys.path:
        sys.path.insert(0, root)
    with pytest.MonkeyPatch.context() as patch:
        # An app that reads its key when it is imported gets the one that requests will be signed with.
        patch.setenv("NOVU_SECRET_KEY", _secret_key())
        try:
            value = importlib.import_module(module_name)
            for name in attribute.split("."):
                value = getattr(value, name)
        except (ImportError, AttributeError) as error:
            raise pytest.UsageError(f"novu_app = {spec!r} cannot be loaded: {error}") from error
    return value


# --novu-smoke


@pytest.hookimpl(tryfirst=True)  # before -k and -m choose among the items
def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    if config.getoption("--novu-smoke"):
        items += _Smoke.from_parent(session, name="novu-smoke", nodeid="novu-smoke").collect()


class _Smoke(pytest.Collector):
    """A test for each step of each workflow of `novu_app`."""

    def collect(self) -> list[pytest.Item]:
        from novu_framework_testing.bridges import BridgeFailure
        from novu_framework_testing.bridges.client import BridgeClient

        spec = self.config.getini("novu_app")
        if not spec:
            raise pytest.UsageError(
                "--novu-smoke needs the ini key `novu_app`, such as novu_app = shop.app:app"
            )
        route = self.config.getini("novu_route")
        try:
            app = _load(spec, self.config)
        except pytest.UsageError:
            raise
        except Exception as error:  # such as a workflow that cannot be discovered
            raise pytest.UsageError(
                f"--novu-smoke: importing {spec} raised {type(error).__name__}: {error}"
            ) from error
        bridge = BridgeClient(app, route=route, secret_key=_secret_key())
        try:
            workflows = bridge.discover()["workflows"]
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
            if step["type"] != "http_request"  # Novu makes the request itself: a bridge cannot preview it
        ]


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


# The timeline in the report of a failed test


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    outcome: Any = yield
    report: pytest.TestReport = outcome.get_result()
    # A test that failed with a simulation in hand has imported it; the others pay nothing here.
    if (
        report.when == "call"
        and report.failed
        and "novu_framework_testing.simulation.simulator" in sys.modules
    ):
        held = _held(call.excinfo, getattr(item, "funcargs", {}))
        report.sections += [(SECTION, text) for text in _timelines(held)]


def _held(excinfo: pytest.ExceptionInfo[BaseException] | None, funcargs: dict[str, Any]) -> list[Any]:
    """What the failing code had in hand: its local variables, innermost frame first, then its fixtures."""
    frames = [dict(entry.frame.f_locals) for entry in reversed(excinfo.traceback)] if excinfo else []
    held = [value for variables in [*frames, funcargs] for value in variables.values()]
    return list({id(value): value for value in held}.values())


def _timelines(held: list[Any]) -> list[str]:
    """The timelines of the runs in hand; where there is none, those of the whole simulation."""
    from novu_framework_testing.api.cloud import Cloud
    from novu_framework_testing.simulation.runs import Run, StepRun, Trigger
    from novu_framework_testing.simulation.simulator import NovuSimulator

    runs: list[Run] = []
    simulators: list[NovuSimulator] = []
    for value in held:
        if isinstance(value, Run):
            runs.append(value)
        elif isinstance(value, StepRun):
            runs.append(value.run)
        elif isinstance(value, Trigger):
            runs += value.runs
        elif isinstance(value, NovuSimulator):
            simulators.append(value)
        elif isinstance(value, Cloud):
            simulators.append(value.novu)
    shown: list[Run | NovuSimulator] = [*runs] or [one for one in simulators if one.activity]
    return [one.timeline(color=True) for one in dict.fromkeys(shown)][:MOST_TIMELINES]


class _Colours:
    """Timelines come painted; this takes the paint off where the terminal has no colours.

    The terminal is known only here: with xdist, the test ran in another process.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self._shown:
            report.sections = [
                (name, _ANSI.sub("", text) if name == SECTION else text) for name, text in report.sections
            ]

    @property
    def _shown(self) -> bool:
        terminal: Any = self._config.pluginmanager.get_plugin("terminalreporter")
        return terminal is not None and bool(terminal.hasmarkup)


_ANSI = re.compile("\x1b\\[[0-9;]*m")
