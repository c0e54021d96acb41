"""The fixtures: thin ways to make this package's objects, each imported when a test needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from novu_framework_testing.plugin.checks import check_settings
from novu_framework_testing.plugin.failures import SIMULATOR
from novu_framework_testing.plugin.options import app_settings, load_app, secret_key_of, simulator_settings

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from novu_framework_testing.api import Cloud
    from novu_framework_testing.api.server import CloudServer
    from novu_framework_testing.bridges.client import BridgeClient, BridgeClientFactory
    from novu_framework_testing.bridges.http import AppOptions
    from novu_framework_testing.compat import CompatReport
    from novu_framework_testing.factories import NovuFaker
    from novu_framework_testing.simulation.simulator import NovuSimulator


@pytest.fixture(scope="session")
def novu_app(request: pytest.FixtureRequest) -> Any:
    """The app under test: that of the ini key `novu_app`, or None. Another fixture of this name may make it:

        @pytest.fixture(scope="session")
        def novu_app():
            return create_app(database="sqlite://")

    `novu` and `novu_bridge` connect to it. NOVU_SECRET_KEY is set by then.
    """
    spec = request.config.getini("novu_app")
    return load_app(spec, request.config) if spec else None


@pytest.fixture
def novu(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, novu_app: Any
) -> Iterator[NovuSimulator]:
    """A simulated Novu of this test's own, with a clock that only the test moves.

        def test_reminder(novu):
            novu.register(comment_notification)
            run = novu.trigger("comment-notification", to={"subscriberId": "ann", "email": "a@acme.test"}).run
            novu.advance(hours=6)
            assert run.step("comment-email").status == "completed"

    A run that fails by its payload or its code, while the test does not look at that, fails the test.

    Settings come from `@pytest.mark.novu(start=..., secret_key=..., strict=..., allow_failures=...)`, then from the ini keys
    `novu_start`, `novu_secret_key` and `novu_strict`. Without a key there, it is the environment's NOVU_SECRET_KEY (then
    NOVU_API_KEY), or "test-secret"; while the test and its fixtures run, NOVU_SECRET_KEY is that key, so a `Client` made
    without one has it too. With the ini key `novu_app`, or a fixture of that name, the app's workflows are connected
    before the test begins; its lifespan runs until the test has ended.
    """
    from novu_framework.workflow import Workflow
    from novu_framework_testing.simulation.simulator import NovuSimulator

    settings = simulator_settings(request.node)
    monkeypatch.setenv("NOVU_SECRET_KEY", settings["secret_key"])
    with NovuSimulator(**settings) as simulator:
        request.node.stash[SIMULATOR] = simulator
        simulator.check_settings = partial(check_settings, request.config)
        if isinstance(novu_app, (Workflow, list, tuple)):
            simulator.register(novu_app)
        elif novu_app is not None:
            for name in request.node.fixturenames:
                if name.endswith("_scoped_runner"):  # pytest-asyncio's loop: the app is to start there
                    request.getfixturevalue(name)
            route = request.config.getini("novu_route")
            simulator.connect(novu_app, route=route, **app_settings(request.config))
        yield simulator


@pytest.fixture
def _novu_cloud(novu: NovuSimulator) -> Cloud:
    """The one cloud of a test's simulator, however many doors the test opens to it."""
    from novu_framework_testing.api import Cloud

    return Cloud(novu)


@pytest.fixture
def novu_cloud(_novu_cloud: Cloud) -> Iterator[Cloud]:
    """The `novu` of this test as the Novu API, for every client of httpx and httpx2 in the process.

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
def novu_bridge(request: pytest.FixtureRequest) -> Iterator[BridgeClientFactory]:
    """A client that speaks to a bridge as Novu does, with signed requests: `novu_bridge(app)`.

        def test_email(novu_bridge):
            bridge = novu_bridge(app)
            assert bridge.discover()["workflows"][0]["workflowId"] == "new-comment"
            answer = bridge.execute("new-comment", "email", payload={"comment": "Hi"})
            assert answer["outputs"]["subject"] == "New comment"

    `app` is an app (ASGI, WSGI or AWS Lambda), a URL, a workflow or a list of workflows; without it, the app of `novu_app`. Each
    call has a twin for async tests: `discover_async`, `execute_async`, `preview_async`. An error that the
    bridge answers is raised as `BridgeFailure`, with its `status`, `code`, `message` and `data`. The lifespan of an app
    runs from the first call to the end of the test.
    """
    from novu_framework_testing.bridges.client import BridgeClient

    with ExitStack() as clients:

        def connect(
            app: Any = None,
            *,
            route: str | None = None,
            secret_key: str | None = None,
            **options: Unpack[AppOptions],
        ) -> BridgeClient:
            app = request.getfixturevalue("novu_app") if app is None else app
            if app is None:
                raise pytest.UsageError(
                    "novu_bridge() needs an app: pass one, or set the ini key `novu_app` to module:attribute."
                )
            settings: AppOptions = {**app_settings(request.config), **options}
            client = BridgeClient(
                app,
                route=route or request.config.getini("novu_route"),
                secret_key=secret_key or secret_key_of(request.node),
                **settings,
            )
            return clients.enter_context(client)

        yield connect


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


@pytest.fixture
def novu_compat(request: pytest.FixtureRequest) -> Callable[..., CompatReport]:
    """The effects of deploying the app on the runs that are open: `novu_compat(old="origin/main")`.

        def test_it_can_be_deployed(novu_compat):
            report = novu_compat(old="origin/main")
            assert report.ok, str(report)

    `old` is a revision of git, the path of a discovery file or of a recording, or a version of this process: an app, workflows
    or a `Bridge`. `new` is the version that is to be deployed; the app of `novu_app` if left out. The report has `breaks`,
    and `of("change")`, `of("safe")`; a finding has `workflow_id`, `step_ids`, `what`, `changes` and `advice`.
    """
    from novu_framework_testing.compat import compat

    def compared(old: Any, new: Any = None, **options: Any) -> CompatReport:
        new = request.getfixturevalue("novu_app") if new is None else new
        if new is None:
            raise pytest.UsageError(
                "novu_compat() needs an app: pass `new`, or set the ini key `novu_app` to module:attribute."
            )
        usual = {
            "root": request.config.rootpath,
            "app": request.config.getini("novu_app"),
            "route": request.config.getini("novu_route"),
            "secret_key": secret_key_of(request.node),
            **app_settings(request.config),
        }
        report: CompatReport = compat(old, new, **{**usual, **options})
        return report

    return compared


@pytest.fixture
def novu_explore(request: pytest.FixtureRequest, novu_app: Any) -> Callable[..., None]:
    """Try orders, times and faults that no one wrote down: `novu_explore(app, invariants=[...])`.

        def test_one_email_an_hour(novu_explore):
            novu_explore(app, invariants=[at_most_one_email("digest", per=timedelta(hours=1))], orders=10_000)

    The app is `novu_app` if it is left out. What breaks an invariant fails the test with the shortest story that does so. See
    `novu_framework_testing.explore.explore` for all that it takes.
    """
    from novu_framework_testing.explore import explore

    def explore_app(app: Any = None, **options: Any) -> None:
        __tracebackhide__ = True
        settings = {**simulator_settings(request.node), **app_settings(request.config)}
        settings["route"] = request.config.getini("novu_route")
        del settings["strict"]
        explore(novu_app if app is None else app, **{**settings, **options})

    return explore_app
