"""The pytest plugin, as a project that installed it sees it: by pytest's own pytester."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.tables import one_in

APP = """
    from fastapi import FastAPI
    from novu_framework import Client, workflow
    from novu_framework.fastapi import serve

    @workflow("welcome")
    async def welcome(payload: dict, step):
        await step.in_app("hello", {"body": "Welcome!"})
        await step.delay("a-day", {"amount": 1, "unit": "days"})
        await step.email("tips", lambda: {"subject": "Tips", "body": f"<p>{payload.get('name', 'you')}</p>"})

    app = FastAPI()
    serve(app, workflows=[welcome], client=Client(secret_key="test-secret"))
"""

INI = "[pytest]\nnovu_app = shop:app\nasyncio_default_fixture_loop_scope = function\n"


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty project with an app in `shop.py`."""
    for name in ("NOVU_SECRET_KEY", "NOVU_API_KEY", "NOVU_API_URL"):
        monkeypatch.delenv(name, raising=False)
    pytester.makepyfile(shop=APP)
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    # Without Hypothesis, whose plugin would be imported anew for each of these runs; and without pytest-django, since
    # another test may have configured Django in this process.
    # An interrupted run must not interrupt this one.
    return project.runpytest_inprocess(
        "-p",
        "no:cacheprovider",
        "-p",
        "no:hypothesispytest",
        "-p",
        "no:django",
        *arguments,
        no_reraise_ctrlc=True,
    )


def test_novu_is_a_simulator_of_the_tests_own(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from shop import welcome

        @pytest.mark.parametrize("number", range(3))
        def test_alone(novu, number):
            novu.register(welcome)
            assert len(novu.triggers) == len(novu.subscribers) == 0
            run = novu.trigger("welcome", to={"subscriberId": "ann", "email": "ann@acme.test"}).run
            novu.advance(days=1)
            assert [message.channel for message in run.messages] == ["in_app", "email"]
        """
    )
    run(project, "-p", "randomly").assert_outcomes(passed=3)


def test_the_marker_sets_start_key_and_strictness(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import os
        from datetime import datetime, timezone

        import pytest

        pytestmark = pytest.mark.novu(secret_key="of the module", start="2026-01-01T09:00:00Z")

        @pytest.mark.novu(secret_key="of the test", strict=True)
        def test_nearest_wins(novu):
            assert novu.secret_key == os.environ["NOVU_SECRET_KEY"] == "of the test"
            assert novu.strict
            assert novu.now == datetime(2026, 1, 1, 9, tzinfo=timezone.utc)

        @pytest.mark.novu(start=datetime(2030, 5, 1, tzinfo=timezone.utc))
        def test_a_datetime(novu):
            assert (novu.now.year, novu.secret_key) == (2030, "of the module")
        """
    )
    run(project).assert_outcomes(passed=2)


def test_a_misspelt_setting_of_the_marker_says_so(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest

        @pytest.mark.novu(begin="2026-01-01")
        def test_it(novu): ...
        """
    )
    result = run(project)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*does not know begin: it takes start, secret_key, strict, allow_failures*"])


def test_the_key_is_the_environments_where_it_has_one(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVU_API_KEY", "from-the-environment")
    project.makepyfile("def test_it(novu): assert novu.secret_key == 'from-the-environment'")
    run(project).assert_outcomes(passed=1)


def test_an_app_of_the_ini_is_connected(project: pytest.Pytester) -> None:
    project.makeini(INI)
    project.makepyfile(
        """
        def test_it(novu, novu_bridge):
            assert novu.trigger("welcome", to="ann").run.messages[0].body == "Welcome!"
            assert novu_bridge().health()["discovered"] == {"workflows": 1, "steps": 3}
        """
    )
    run(project).assert_outcomes(passed=1)


def test_an_app_that_is_not_there_says_so(project: pytest.Pytester) -> None:
    project.makeini(INI.replace("shop:app", "shop:appp"))
    project.makepyfile("def test_it(novu): ...")
    result = run(project)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*novu_app = 'shop:appp' cannot be loaded*appp*"])


def test_novu_cloud_answers_every_httpx_client(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import asyncio

        import anyio
        import httpx
        import pytest

        from novu_framework import Client
        from novu_framework.errors import NovuApiError
        from shop import welcome

        def test_a_sync_client(novu_cloud):
            novu_cloud.register(welcome)
            result = welcome.trigger("ann", {"name": "Ann"})
            assert result.status == "processed"
            assert novu_cloud.triggers[0].run.messages[0].body == "Welcome!"
            assert novu_cloud.requests[0].json["name"] == "welcome"

        @pytest.mark.asyncio
        async def test_an_async_client_by_pytest_asyncio(novu_cloud):
            novu_cloud.register(welcome)
            await asyncio.gather(*(Client().trigger_async("welcome", f"s{n}", {}) for n in range(5)))
            assert len(novu_cloud.messages) == 5

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.mark.anyio
        async def test_an_async_client_by_anyio(novu_cloud):
            novu_cloud.register(welcome)
            await Client().trigger_async("welcome", "ann", {})
            assert len(novu_cloud.messages) == 1

        @pytest.mark.asyncio
        async def test_a_sync_client_inside_of_a_running_loop(novu_cloud):
            novu_cloud.register(welcome)
            Client().trigger("welcome", "ann", {})
            assert len(novu_cloud.messages) == 1

        def test_faults(novu_cloud):
            novu_cloud.respond_next(400, json={"message": "no"}, headers={"x-why": "asked"})
            with pytest.raises(NovuApiError) as error:
                Client(max_retries=0).trigger("welcome", "ann", {})
            assert error.value.status == 400
            novu_cloud.fail_next(httpx.ConnectTimeout("slow"))
            with pytest.raises(httpx.ConnectTimeout):
                httpx.get("https://eu.api.novu.co/v2/topics")
        """
    )
    run(project, "-p", "no:randomly", "-p", "anyio").assert_outcomes(passed=5)


def test_novu_cloud_leaves_other_hosts_and_other_mocks_alone(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import threading
        from http.server import BaseHTTPRequestHandler, HTTPServer

        import httpx

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"somebody else")

        def test_a_real_server(novu_cloud):
            server = HTTPServer(("127.0.0.1", 0), Handler)
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            try:
                assert httpx.get(f"http://127.0.0.1:{server.server_port}/").text == "somebody else"
            finally:
                server.shutdown()
                server.server_close()
            assert novu_cloud.requests == []

        def test_before_another_mock(novu_cloud, respx_mock):
            respx_mock.get("https://billing.test/").respond(json={"paid": True})
            assert httpx.get("https://billing.test/").json() == {"paid": True}
            assert httpx.get("https://api.novu.co/v2/topics").status_code == 401

        def test_after_another_mock(respx_mock, novu_cloud):
            respx_mock.get("https://billing.test/").respond(json={"paid": True})
            assert httpx.get("https://billing.test/").json() == {"paid": True}
            assert httpx.get("https://api.novu.co/v2/topics").status_code == 401
        """
    )
    run(project, "-p", "respx").assert_outcomes(passed=3)


def test_novu_cloud_answers_at_the_url_of_the_environment(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVU_API_URL", "https://novu.acme.test/api")
    project.makepyfile(
        """
        from novu_framework import Client
        from shop import welcome

        def test_it(novu_cloud):
            novu_cloud.register(welcome)
            Client().trigger("welcome", "ann", {})
            assert novu_cloud.requests[0].path == "/v1/events/trigger"
        """
    )
    run(project).assert_outcomes(passed=1)


def test_both_doors_open_to_one_simulation(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import httpx

        def test_it(novu, novu_cloud, novu_cloud_server):
            headers = {"Authorization": f"ApiKey {novu.secret_key}"}
            httpx.post(f"{novu_cloud_server.url}/v2/topics", json={"key": "a"}, headers=headers)
            httpx.post("https://api.novu.co/v2/topics", json={"key": "b"}, headers=headers)
            assert [topic.key for topic in novu.topics] == ["a", "b"]
            assert len(novu_cloud.requests) == len(novu_cloud_server.requests) == 2
        """
    )
    run(project).assert_outcomes(passed=1)


def test_novu_bridge_speaks_as_novu_does(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from novu_framework_testing import BridgeFailure
        from shop import app, welcome

        @pytest.mark.parametrize("target", [app, welcome, [welcome]])
        def test_sync(novu_bridge, target):
            bridge = novu_bridge(target)
            assert bridge.discover()["workflows"][0]["workflowId"] == "welcome"
            state = {"hello": {"seen": False, "read": False, "lastSeenDate": None, "lastReadDate": None},
                     "a-day": {"duration": 1000}}
            answer = bridge.execute("welcome", "tips", {"name": "Ann"}, state=state)
            assert answer["outputs"] == {"subject": "Tips", "body": "<p>Ann</p>"}
            assert bridge.preview("welcome", "tips")["outputs"]["subject"] == "Tips"
            with pytest.raises(BridgeFailure) as failure:
                bridge.execute("nothing", "tips")
            assert (failure.value.status, failure.value.code) == (404, "WorkflowNotFoundError")

        @pytest.mark.asyncio
        async def test_async(novu_bridge):
            bridge = novu_bridge(app)
            assert (await bridge.health_async())["status"] == "ok"
            assert (await bridge.preview_async("welcome", "hello"))["outputs"] == {"body": "Welcome!"}

        def test_another_key_is_refused(novu_bridge):
            with pytest.raises(BridgeFailure, match="SignatureMismatchError"):
                novu_bridge(app, secret_key="another").discover()
        """
    )
    run(project).assert_outcomes(passed=5)


def test_novu_faker_makes_the_same_for_the_same_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from pydantic import BaseModel
        from shop import welcome

        class Order(BaseModel):
            number: int
            email: str

        @pytest.mark.parametrize("number", range(2))
        def test_it(novu, novu_faker, number):
            novu.register(welcome)
            subscriber, payload = novu_faker.subscriber(), novu_faker.payload(Order)
            Order.model_validate(payload)
            run = novu.trigger("welcome", to=subscriber, payload=payload).run
            novu.advance(days=1)
            assert run.step("tips").messages[0].to == subscriber.email
            print("MADE", number, subscriber.subscriber_id, payload["number"], sep="|")
        """
    )

    def made() -> list[str]:
        result = run(project, "-s")
        result.assert_outcomes(passed=2)
        return sorted(re.findall(r"MADE\|\S+", result.stdout.str()))

    first = made()
    assert first == made()
    assert first[0].split("|")[2:] != first[1].split("|")[2:]


def test_smoke_previews_each_step(project: pytest.Pytester) -> None:
    project.makeini(INI)

    result = run(project, "--novu-smoke", "-v")

    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["tox.ini::welcome/tips PASSED*"])


def test_smoke_leaves_out_the_requests_that_novu_makes_itself(project: pytest.Pytester) -> None:
    project.makeini(INI)
    asked = 'await step.http_request("ask", {"url": "https://acme.test", "method": "GET"})'
    project.makepyfile(shop=APP.replace("await step.delay(", f"{asked}\n        await step.delay(", 1))

    run(project, "--novu-smoke").assert_outcomes(passed=3)


def test_smoke_says_why_the_app_cannot_be_imported(project: pytest.Pytester) -> None:
    project.makeini(INI)
    project.makepyfile(
        shop=APP.replace("async def welcome(payload: dict, step):", "async def welcome(step):\n        1 / 0")
    )

    result = run(project, "--novu-smoke")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*importing shop:app raised WorkflowDiscoveryError*`welcome`*ZeroDivisionError*"]
    )


def test_smoke_says_which_step_cannot_be_previewed(project: pytest.Pytester) -> None:
    project.makeini(INI)
    project.makepyfile(
        shop=APP.replace('lambda: {"subject"', 'lambda: {"subject": 1 / 0, "was"'),
    )

    result = run(project, "--novu-smoke")

    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(
        ["Step 'tips' of workflow 'welcome' cannot be previewed with made-up data.", "*division by zero*"]
    )


def test_smoke_tests_are_chosen_as_others_are(project: pytest.Pytester) -> None:
    project.makeini(INI)
    project.makepyfile("def test_other(): ...")

    run(project, "--novu-smoke", "-k", "tips").assert_outcomes(passed=1, deselected=3)
    run(project, "--novu-smoke", "-k", "other").assert_outcomes(passed=1, deselected=3)


def test_smoke_tests_belong_to_the_folder_that_is_named(project: pytest.Pytester) -> None:
    project.makeini(f"{INI}novu_smoke_folder = tests/bridge\ntestpaths = tests/other\nmarkers = ours\n")
    project.makepyfile(
        **{
            "shop": APP.replace('f"<p>{payload', 'stock + f"<p>{payload'),
            "tests/other/test_other": "def test_other(): ...",
            "tests/conftest": """
                import pytest

                def pytest_itemcollected(item):
                    item.add_marker("ours")
            """,
            "tests/bridge/conftest": """
                import pytest

                @pytest.fixture(autouse=True, scope="module")
                def of_the_module(request):
                    assert request.module.__name__

                @pytest.fixture(autouse=True)
                def stocked(monkeypatch, of_the_module):
                    monkeypatch.setattr("shop.stock", "full", raising=False)
            """,
        }
    )
    chosen: list[tuple[list[str], int]] = [
        ([], 4),
        (["-m", "ours"], 4),
        (["tests"], 4),
        (["tests/bridge"], 3),
        (["tests/other"], 1),
        (["tests/other/test_other.py"], 1),
        (["tests/bridge/conftest.py::welcome/tips", "tests/other/test_other.py"], 2),
    ]
    for arguments, passed in chosen:
        result = run(project, "--novu-smoke", "-v", *arguments)
        result.assert_outcomes(passed=passed)
        assert ("tests/bridge/conftest.py::welcome/tips PASSED" in result.stdout.str()) is (passed > 1), (
            arguments
        )


@pytest.mark.parametrize("arguments", [(".",), ("tests",), ("tox.ini::welcome/tips",)])
def test_smoke_tests_without_a_folder_of_their_own_join_every_run_of_folders(
    project: pytest.Pytester, arguments: tuple[str, ...]
) -> None:
    project.makeini(INI)
    project.makepyfile(**{"tests/test_other": "def test_other(): ..."})
    result = run(project, "--novu-smoke", *arguments)
    result.assert_outcomes(passed=1 if "tox" in arguments[0] else 4)
    run(project, "--novu-smoke", "tests/test_other.py").assert_outcomes(passed=1)


def test_a_folder_without_a_conftest_says_so(project: pytest.Pytester) -> None:
    project.makeini(f"{INI}novu_smoke_folder = nowhere\n")
    result = run(project, "--novu-smoke")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*belong to the folder of */nowhere/conftest.py, which is not there: make one*"]
    )


def test_an_app_that_reads_its_key_at_import_gets_the_tests_key(project: pytest.Pytester) -> None:
    project.makeini(INI)
    project.makepyfile(shop=APP.replace('Client(secret_key="test-secret")', "Client()"))

    run(project, "--novu-smoke").assert_outcomes(passed=3)


def test_smoke_with_another_key_says_why(project: pytest.Pytester) -> None:
    project.makeini(INI)
    project.makepyfile(shop=APP.replace("test-secret", "another"))

    result = run(project, "--novu-smoke")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "*discovery of shop:app at /api/novu failed: SignatureMismatchError*NOVU_SECRET_KEY set to the app's*"
        ]
    )


def test_smoke_without_an_app_says_what_to_set(project: pytest.Pytester) -> None:
    result = run(project, "--novu-smoke")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--novu-smoke needs the ini key `novu_app`*"])


FAILING = """
    from shop import welcome

    def test_fails(novu):
        novu.register(welcome)
        run = novu.trigger("welcome", to="ann").run
        other = novu.trigger("welcome", to="bob")
        del other
        assert run.status == "completed"
"""


def test_a_failed_assertion_shows_the_timeline_of_its_run(project: pytest.Pytester) -> None:
    project.makepyfile(FAILING)

    result = run(project)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*Novu timeline*", "welcome for ann*: running", "*hello [[]in_app]: *", "*a-day [[]delay]: *"]
    )
    result.stdout.no_fnmatch_line("*for bob*")
    result.stdout.no_fnmatch_line("*\x1b[[]*")


def test_the_timeline_is_in_colour_where_the_terminal_is(project: pytest.Pytester) -> None:
    project.makepyfile(FAILING)
    result = run(project, "--color=yes")
    result.stdout.fnmatch_lines(["*\x1b[[]1mwelcome for ann*"])


def test_a_failed_test_without_a_run_in_hand_shows_the_whole_simulation(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        from shop import welcome

        def test_fails(novu_cloud):
            novu_cloud.register(welcome)
            welcome.trigger("ann", {})
            assert len(novu_cloud.messages) == 2
        """
    )
    run(project).stdout.fnmatch_lines(["*Novu timeline*", "now *", "*welcome/hello ann*"])


def test_fixtures_and_markers_teach_themselves(project: pytest.Pytester) -> None:
    fixtures = run(project, "--fixtures").stdout.str()
    for name in ("novu", "novu_cloud", "novu_cloud_server", "novu_bridge", "novu_faker", "novu_snapshot"):
        assert re.search(rf"^{name} -- .*\n    \w+", fixtures, re.MULTILINE)
    assert "novu.advance(hours=6)" in run(project, "--fixtures", "-v").stdout.str()
    run(project, "--markers").stdout.fnmatch_lines(["@pytest.mark.novu(start=None, secret_key=None, *"])


@pytest.mark.parametrize(("expression", "passed"), [("novu", 5), ("not novu", 2)])
def test_the_marker_chooses_what_takes_a_fixture_of_novu(
    project: pytest.Pytester, expression: str, passed: int
) -> None:
    project.makeini(f"{INI}strict_markers = true\n")
    project.makepyfile(
        """
        import pytest

        @pytest.fixture
        def shop(novu):
            return novu

        class TestShop:
            def test_by_a_fixture_of_its_own(self, shop): pass

        @pytest.mark.novu(start="2026-01-01T09:00:00Z")
        def test_its_own_settings_hold(novu_cloud):
            assert novu_cloud.now.year == 2026

        @pytest.mark.parametrize("number", [1, 2])
        def test_without(number): pass
        """
    )
    run(project, "-m", expression, "--novu-smoke").assert_outcomes(passed=passed, deselected=7 - passed)


def test_a_project_that_does_not_use_it_pays_for_pytest_alone(pytester: pytest.Pytester) -> None:
    """In a process of its own: what is in `sys.modules` when a test without our fixtures runs."""
    pytester.makepyfile(
        """
        import sys

        def test_nothing_of_ours_is_loaded():
            heavy = ["faker", "fastapi", "httpx", "respx", "pydantic", "uvicorn", "polyfactory", "liquid"]
            assert [name for name in heavy if name in sys.modules] == []
            ours = [name for name in sys.modules if name.startswith("novu_framework")]
            assert "novu_framework" not in ours
            assert not [name for name in ours if ".simulation" in name or ".api" in name]
        """
    )
    # Other plugins of this environment import these on their own account.
    others = [
        "pytest_httpx",
        "respx",
        "faker",
        "anyio",
        "hypothesispytest",
        "randomly",
        "xdist",
        "asyncio",
        "syrupy",
        "django",
    ]
    arguments = [argument for name in others for argument in ("-p", f"no:{name}")]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments],
        cwd=pytester.path,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "1 passed" in result.stdout, result.stdout + result.stderr


@pytest.mark.slow
def test_two_hundred_tests_pass_in_two_processes_and_in_random_order(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from shop import welcome

        @pytest.mark.parametrize("number", range(200))
        def test_it(novu, number):
            assert len(novu.messages) == len(novu.subscribers) == len(novu.triggers) == 0
            novu.register(welcome)
            run = novu.trigger("welcome", {"subscriberId": "ann", "email": "a@acme.test"}, {"name": str(number)}).run
            assert run.id == "4e0000000000000000000001"
            novu.advance(days=1)
            assert run.messages[-1].body == f"<p>{number}</p>"
        """
    )
    project.runpytest_inprocess("-n", "2", "-p", "no:cacheprovider").assert_outcomes(passed=200)


def test_a_simulation_ends_with_its_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import gc
        import weakref

        import pytest
        from shop import app, welcome

        seen = []

        @pytest.mark.parametrize("connect", [lambda novu: novu.register(welcome), lambda novu: novu.connect(app)])
        def test_compared(novu, novu_snapshot, connect):
            seen.append(weakref.ref(novu))
            connect(novu)
            run = novu.trigger("welcome", to={"subscriberId": "ann", "email": "ann@acme.test"}).run
            novu.advance(days=1)
            assert run == novu_snapshot

        def test_through_the_api(novu_cloud):
            seen.append(weakref.ref(novu_cloud.novu))
            novu_cloud.register(welcome)
            novu_cloud.trigger("welcome", to="ann")

        def test_nothing_is_left():
            gc.collect()
            assert len(seen) == 3 and [one() for one in seen] == [None] * 3
        """
    )
    run(project, "--snapshot-update", "-p", "no:randomly").assert_outcomes(passed=4)


ORDERS = """
    import pytest
    from fastapi import FastAPI
    from pydantic import BaseModel
    from novu_framework import Client, workflow
    from novu_framework.fastapi import serve

    class Order(BaseModel):
        items: int

    @workflow("order")
    async def order(payload: Order, step):
        await step.sms("share", lambda: {"body": f"{100 / payload.items}"})

    @workflow("outside")
    async def outside(payload: Order, step):
        if isinstance(payload.items, int):
            print(100 / payload.items)
        await step.sms("share", {"body": "x"})

    @workflow("output")
    def output(payload: Order, step):
        step.sms("share", lambda: {"body": 1})

    app = FastAPI()
    serve(app, workflows=[order, outside, output], client=Client(secret_key="test-secret"))
"""


def test_a_run_that_failed_unseen_fails_the_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        orders=ORDERS,
        test_it="""
        import pytest
        from novu_framework import workflow
        from orders import app, order, outside, output

        @pytest.fixture(params=["register", "connect"])
        def novu(novu, request):
            novu.register(order, outside, output) if request.param == "register" else novu.connect(app)
            return novu

        CASES = [("order", 0), ("order", "two"), ("outside", 0), ("output", 1)]

        @pytest.mark.parametrize("name, items", CASES)
        def test_unseen(novu, name, items):
            run = novu.trigger(name, to=["ann", "bob"], payload={"items": items}).runs[0]
            print(run, run.timeline(), novu.timeline())
            assert novu.messages[:] == run.messages == []

        @pytest.mark.parametrize("name, items", CASES)
        @pytest.mark.parametrize("look", [
            lambda run: run.status,
            lambda run: run.steps[0].status,
            lambda run: run.step("share").error,
            lambda run: getattr(run.steps[0], "error_code"),
        ])
        def test_seen(novu, name, items, look):
            look(novu.trigger(name, to=["ann", "bob"], payload={"items": items}).runs[0])

        @workflow("half")
        async def half(step):
            await step.in_app("bell", {"body": "Hello"})
            await step.email("mail", lambda: 1 / 0)

        def test_told_that_it_completed(novu):
            assert novu.trigger(half, to={"subscriberId": "ann", "email": "ann@acme.test"}).run.status == "completed"

        @pytest.mark.novu(allow_failures=True)
        def test_allowed(novu):
            novu.trigger("order", to="ann", payload={"items": 0})

        @pytest.mark.novu
        def test_read_before_it_failed(novu):
            run = novu.trigger("outside", to="ann", payload={"items": 0}).run
            assert run.status == "running"
            novu.run_until_idle()

        def test_asked_for(novu):
            novu.fail_provider("sms")
            novu.trigger("order", to={"subscriberId": "ann", "phone": "1"}, payload={"items": 1})

        @pytest.mark.xfail
        def test_expected(novu):
            novu.trigger("order", to="ann", payload={"items": 0})
        """,
    )
    result = run(project)
    result.assert_outcomes(failed=12, passed=36, xfailed=2)
    result.stdout.fnmatch_lines(
        [
            "2 runs failed, and the test did not look at them:",
            "for ann and 1 more, order/share (*): StepExecutionFailedError: *: division by zero",
            '    File "*orders.py", line 12, in <lambda>',
            "  ZeroDivisionError: division by zero",
            "Where the failure is meant, look at it: *allow_failures=True*",
            "*Novu timeline*",
        ]
    )
    result.stdout.fnmatch_lines(
        ["*order/share (*): ExecutionEventPayloadInvalidError: *(/items must be integer)"]
    )
    assert "1 run failed, and the test did not look at it" in result.stdout.str()
    assert all("novu_framework" not in line for line in result.outlines if line.startswith("    File"))

    project.makeini("[pytest]\nnovu_allow_failures = true\nasyncio_default_fixture_loop_scope = function\n")
    run(project).assert_outcomes(passed=48, xpassed=2)


ENDING = """
    import asyncio, threading
    from bdb import BdbQuit

    import httpx
    import pytest
    from fastapi import FastAPI
    from starlette.middleware.base import BaseHTTPMiddleware
    from novu_framework import Client, workflow
    from novu_framework.fastapi import serve

    def quit_debugger(reason):
        raise BdbQuit(reason)

    def interrupt(reason):
        raise KeyboardInterrupt(reason)

    def end(how):
        {"quit": quit_debugger, "interrupt": interrupt}.get(how, getattr(pytest, how, None))("enough")

    @workflow("ends")
    async def ends(payload: dict, step):
        await step.sms("text", lambda: end(payload["how"]))

    @workflow("ends-in-a-thread")
    def in_a_thread(payload: dict, step):
        step.sms("text", lambda: end(payload["how"]))

    @workflow("ends-outside")
    async def outside(payload: dict, step):
        if isinstance(payload.get("how"), str):
            end(payload["how"])
        await step.sms("text", {"body": "x"})

    workflows = [ends, in_a_thread, outside]

    async def through(request, call_next):
        return await call_next(request)

    app = FastAPI()
    app.add_middleware(BaseHTTPMiddleware, dispatch=through)
    serve(app, workflows=workflows, client=Client(secret_key="test-secret"))

    @pytest.fixture(params=["register", "connect", "async", "cloud", "server", "bridge"])
    def trigger(request, novu, novu_cloud, novu_cloud_server, novu_bridge):
        door = request.param
        if door == "connect":
            novu.connect(app)
        else:
            novu.register(workflows)

        async def trigger_async(name, payload):
            await novu.trigger_async(name, to="ann", payload=payload)

        def trigger(name, how):
            payload = {"how": how}
            if door == "async":
                asyncio.run(trigger_async(name, payload))
            elif door == "cloud":
                next(one for one in workflows if one.id == name).trigger("ann", payload)
            elif door == "server":
                with httpx.Client(base_url=novu_cloud_server.url) as client:
                    client.post(
                        "/v1/events/trigger",
                        json={"name": name, "to": "ann", "payload": payload},
                        headers={"authorization": "ApiKey test-secret"},
                    )
            elif door == "bridge":
                novu_bridge(app).execute(name, "text", payload)
            else:
                novu.trigger(name, to="ann", payload=payload)

        return trigger

    every_workflow = pytest.mark.parametrize("name", [one.id for one in workflows])
"""


@pytest.mark.slow
def test_the_end_of_a_test_in_a_workflow_reaches_pytest_through_every_door(project: pytest.Pytester) -> None:
    project.makepyfile(
        ending=ENDING,
        test_it="""
        import pytest
        from ending import every_workflow, trigger

        @every_workflow
        @pytest.mark.parametrize("how", ["fail", "skip", "xfail", "quit"])
        def test_it(trigger, name, how):
            trigger(name, how)
        """,
    )
    result = run(project, "--tb=line", "--durations=8")
    result.assert_outcomes(failed=36, skipped=18, xfailed=18)
    assert len(re.findall("^FAILED .*BdbQuit: enough", result.stdout.str(), re.MULTILINE)) == 18


@pytest.mark.parametrize(
    ("how", "says"), one_in(2, [("exit", "*Exit: enough*"), ("interrupt", "*KeyboardInterrupt*")])
)
def test_the_end_of_a_session_in_a_workflow_ends_it(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, how: str, says: str
) -> None:
    # pytest reads each of fifty files anew to say which statement a line is of, and shows nothing of it
    shown = pytest.ExceptionInfo.getrepr
    monkeypatch.setattr(
        pytest.ExceptionInfo, "getrepr", lambda self, *_, **__: shown(self, style="native", chain=False)
    )
    project.makepyfile(
        ending=ENDING,
        test_it=f"""
        from ending import every_workflow, trigger

        @every_workflow
        def test_it(trigger, name):
            trigger(name, "{how}")
        """,
    )
    for door in ("register", "connect", "async", "cloud", "server", "bridge"):
        result = run(project, "-k", door)
        result.stdout.fnmatch_lines([f"!!!!!*{says}"])
        assert result.ret == pytest.ExitCode.INTERRUPTED


def test_a_snapshot_of_what_has_not_run_yet_fails(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import pytest
        from shop import welcome

        def triggered(novu):
            return novu.trigger(welcome, to={"subscriberId": "ann", "email": "ann@acme.test"}).run

        @pytest.mark.novu(start="2026-01-01T09:00:00Z")
        @pytest.mark.parametrize("seen", [
            lambda run: run, lambda run: run.step("a-day"), lambda run: run.step("tips"), lambda run: run.steps,
        ])
        def test_too_early(novu, novu_snapshot, seen):
            assert seen(triggered(novu)) == novu_snapshot

        def test_so_far(novu, novu_snapshot):
            run = triggered(novu)
            assert run.messages == novu_snapshot
            assert run.step("hello") == novu_snapshot
            novu.run_until_idle()
            assert run == novu_snapshot
        """
    )
    result = run(project, "--snapshot-update")
    result.assert_outcomes(failed=4, passed=1)
    result.stdout.fnmatch_lines(
        ["E *'a-day' is delayed until 2026-01-02 09:00:00 UTC, 'tips' is pending. Let time pass first: *"]
    )
    written = {path.parent.name for path in project.path.rglob("__snapshots__/**/*.txt")}
    assert written == {"test_so_far"}
