"""Apps, loops, keys and clocks by the plugin's fixtures and ini keys, as a project meets them."""

from __future__ import annotations

import os

import pytest

from tests.integration.test_plugin import APP, INI, project, run

__all__ = ["project"]

SHOP = """
    import asyncio
    from contextlib import asynccontextmanager

    from fastapi import FastAPI
    from novu_framework import workflow
    from novu_framework.fastapi import serve

    log = []

    def create_app(greeting="Welcome"):
        @asynccontextmanager
        async def lifespan(app):
            app.state.loop = asyncio.get_running_loop()
            log.append("start")
            yield
            log.append("stop")

        app = FastAPI(lifespan=lifespan)

        @workflow("welcome")
        async def welcome(step):
            async def body():
                assert app.state.loop is asyncio.get_running_loop()
                return {"body": greeting}

            await step.in_app("hello", body)

        serve(app, workflows=[welcome])  # its key is the environment's
        return app
"""


@pytest.fixture
def shop(project: pytest.Pytester) -> pytest.Pytester:
    """A project whose app is made by a function and has a lifespan."""
    project.makepyfile(shop=SHOP)
    return project


@pytest.mark.parametrize("spec", ["shop:create_app", "shop:create_app()"])
def test_an_app_of_the_ini_may_be_made_by_a_function_and_its_lifespan_runs(
    shop: pytest.Pytester, spec: str
) -> None:
    shop.makeini(INI.replace("shop:app", spec))
    shop.makepyfile(
        """
        import asyncio
        import shop

        apps = []

        def test_blocking(novu, novu_bridge, novu_app):
            apps.append(novu_app)
            assert novu.trigger("welcome", to="ann").messages[0].body == "Welcome"
            assert novu_bridge().health()["status"] == "ok"
            assert shop.log == ["start"]

        async def test_async(novu, novu_bridge, novu_app):
            assert apps == [novu_app]  # made once
            assert (await novu.trigger_async("welcome", to="ann")).messages[0].body == "Welcome"
            assert novu.trigger("welcome", to="bob").messages[0].body == "Welcome"
            answer = await novu_bridge().execute_async("welcome", "hello")
            assert answer["outputs"] == {"body": "Welcome"}
            assert shop.log == ["start", "stop", "start"]

        def test_in_the_end():
            assert shop.log == ["start", "stop"] * 2
        """
    )
    run(shop, "-p", "no:randomly", "--asyncio-mode=auto").assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("shop:make", "*make takes settings, name an app, or a function*without arguments*"),
        ("shop:later", "*later is async: name a plain function*"),
        ("shop:shop.app", "*has no attribute 'shop'*"),
    ],
)
def test_what_makes_no_app_says_so(project: pytest.Pytester, spec: str, says: str) -> None:
    project.makepyfile(shop="def make(settings): ...\nasync def later(): ...\n")
    project.makeini(INI.replace("shop:app", spec))
    project.makepyfile("def test_it(novu): ...")
    run(project).stdout.fnmatch_lines([says.replace("settings,", "settings:")])


def test_a_fixture_may_give_the_app_and_finds_the_key(shop: pytest.Pytester) -> None:
    shop.makepyfile(
        """
        import os
        import pytest
        import shop

        @pytest.fixture(scope="module")
        def novu_app():
            return shop.create_app("Servus")

        @pytest.fixture
        def client():  # before `novu`
            return shop.create_app("Moin")

        @pytest.mark.novu(secret_key="of the marker")
        def test_it(client, novu_bridge, novu):
            assert novu.trigger("welcome", to="ann").messages[0].body == "Servus"
            assert novu_bridge(client).execute("welcome", "hello")["outputs"] == {"body": "Moin"}
            assert os.environ["NOVU_SECRET_KEY"] == "of the marker"

        def test_after():
            assert "NOVU_SECRET_KEY" not in os.environ
        """
    )
    run(shop, "-p", "no:randomly").assert_outcomes(passed=2)
    assert "NOVU_SECRET_KEY" not in os.environ


def test_the_ini_sets_start_key_strictness_and_address(shop: pytest.Pytester) -> None:
    shop.makeini(
        INI.replace("shop:app", "conftest:app")
        + "novu_start = 2026-01-01T09:00:00Z\nnovu_secret_key = of the ini\nnovu_strict = true\n"
        "novu_base_url = http://shop.acme.test\n"
    )
    shop.makeconftest("import shop\napp = shop.create_app()")  # which needs the key by now
    shop.makepyfile(
        """
        import os
        import pytest

        def test_the_ini(novu, novu_bridge):
            assert (novu.secret_key, novu.strict, novu.clock.iso) == ("of the ini", True, "2026-01-01T09:00:00.000Z")
            assert novu.trigger("welcome", to="ann").messages[0].body == "Welcome"
            assert novu_bridge().url == "http://shop.acme.test/api/novu"

        def test_without_a_fixture():
            assert os.environ["NOVU_SECRET_KEY"] == "of the ini"

        @pytest.mark.novu(start="2030-01-01T00:00:00", strict=False)
        def test_the_marker_wins(novu):
            assert (novu.secret_key, novu.strict, novu.now.year) == ("of the ini", False, 2030)
        """
    )
    run(shop).assert_outcomes(passed=3)
    assert "NOVU_SECRET_KEY" not in os.environ


def test_a_start_that_is_no_date_says_so(project: pytest.Pytester) -> None:
    project.makeini(INI + "novu_start = tomorrow\n")
    project.makepyfile("def test_it(novu): ...")
    run(project).stdout.fnmatch_lines(["*start is 'tomorrow': write a date and a time*"])


@pytest.mark.slow
def test_the_clock_starts_where_a_test_has_frozen_time(project: pytest.Pytester) -> None:
    project.makepyfile(
        """
        import unittest
        from datetime import datetime, timezone

        import pytest
        import time_machine
        from freezegun import freeze_time
        from shop import welcome
        from novu_framework_testing import NovuSimulator

        MOMENT = datetime(2024, 2, 29, 12, tzinfo=timezone.utc)
        ANN = {"subscriberId": "ann", "email": "ann@acme.test"}

        @pytest.fixture
        def shop(novu):  # before the test freezes time
            novu.register(welcome)
            novu.subscriber(ANN)
            return novu

        def looks_right(novu):
            run = novu.trigger("welcome", to="ann").run
            novu.advance(days=1)
            assert [str(one.sent_at) for one in run.messages] == [
                "2024-02-29 12:00:00+00:00", "2024-03-01 12:00:00+00:00"
            ]
            assert type(run.messages[0].sent_at) is type(MOMENT)

        @freeze_time(MOMENT)
        def test_freezegun(shop):
            looks_right(shop)

        @time_machine.travel(MOMENT, tick=False)
        def test_time_machine(shop):
            looks_right(shop)

        @freeze_time(MOMENT)
        async def test_async(shop):
            run = (await shop.trigger_async("welcome", to="ann")).run
            assert run.messages[0].sent_at == MOMENT

        def test_a_block(shop):
            with freeze_time(MOMENT):
                looks_right(shop)

        @pytest.fixture
        def frozen():
            with freeze_time(MOMENT) as frozen:
                yield frozen

        def test_a_fixture(shop, frozen):
            looks_right(shop)

        def test_a_fixture_of_time_machine(shop, time_machine):
            time_machine.move_to(MOMENT, tick=False)
            looks_right(shop)

        @freeze_time(MOMENT)
        class TestClass:
            def test_it(self, shop):
                looks_right(shop)

        @freeze_time(MOMENT)
        class TestCase(unittest.TestCase):
            def test_it(self):
                with NovuSimulator() as novu:
                    novu.register(welcome)
                    novu.subscriber(ANN)
                    looks_right(novu)

        @pytest.mark.novu(start="2020-01-01T00:00:00Z")
        @freeze_time(MOMENT)
        def test_a_start_that_is_said(shop):
            assert shop.now.year == 2020
        """
    )
    run(project, "--asyncio-mode=auto", "-p", "time_machine").assert_outcomes(passed=9)


def test_a_plain_test_runs_on_the_loop_of_its_async_fixtures(shop: pytest.Pytester) -> None:
    shop.makeini(INI.replace("shop:app", "shop:create_app"))
    shop.makepyfile(
        """
        import asyncio

        import anyio
        import pytest
        import pytest_asyncio
        from novu_framework import workflow

        def noting(loops):
            @workflow("noting")
            async def noting(step):
                async def body():
                    loops.append(asyncio.get_running_loop())
                    return {"body": "x"}

                await step.in_app("note", body)

            return noting

        @pytest_asyncio.fixture
        async def pool():
            yield asyncio.get_running_loop()

        @pytest.fixture(scope="module")
        def anyio_backend():
            return "asyncio"

        @pytest.fixture(scope="module")
        async def anyio_pool(anyio_backend):
            yield asyncio.get_running_loop()

        def test_pytest_asyncio(novu, pool):
            loops = []
            novu.register(noting(loops))
            novu.trigger("noting", to="ann")
            assert loops[-1] is pool

        def test_anyio(novu, anyio_pool):
            loops = []
            novu.register(noting(loops))
            novu.trigger("noting", to="ann")
            assert loops[-1] is anyio_pool

        @pytest.mark.anyio
        async def test_anyio_async(novu, anyio_pool):
            loops = []
            novu.register(noting(loops))
            await novu.trigger_async("noting", to="ann")
            novu.trigger("noting", to="bob")
            assert set(loops[-2:]) == {anyio_pool}
            assert novu.trigger("welcome", to="ann").messages[0].body == "Welcome"
        """
    )
    run(shop, "--asyncio-mode=strict", "-p", "anyio").assert_outcomes(passed=3)


def test_smoke_tests_run_the_lifespan(shop: pytest.Pytester) -> None:
    shop.makeini(INI.replace("shop:app", "shop:create_app"))
    shop.makeconftest(
        """
        import shop

        def pytest_sessionfinish():
            print("lifespan:", *shop.log)
        """
    )
    result = run(shop, "--novu-smoke", "-s")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*lifespan: start stop start stop*"])


def test_a_workflow_may_stand_for_the_app(project: pytest.Pytester) -> None:
    project.makepyfile(shop=APP)
    project.makeini(INI.replace("shop:app", "shop:welcome"))
    project.makepyfile(
        "def test_it(novu): assert novu.trigger('welcome', to='ann').messages[0].body == 'Welcome!'"
    )
    run(project).assert_outcomes(passed=1)
