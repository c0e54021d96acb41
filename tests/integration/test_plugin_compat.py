"""The fixture `novu_compat`, and the app and the settings of a project that it and `novu_explore` take."""

from __future__ import annotations

import sys

import pytest

from tests.integration.test_plugin import project, run

__all__ = ["project"]

SHOP = """
    from fastapi import FastAPI
    from novu_framework import Client, workflow
    from novu_framework.fastapi import serve

    def made(*steps, path="/hooks/novu"):
        @workflow("welcome")
        async def welcome(step):
            for name in steps:
                await step.sms(name, {"body": "Hi"})

        app = FastAPI()
        serve(app, path, workflows=[welcome], client=Client(secret_key="its-own"))
        return app, welcome

    app, welcome = made("bell", "text")
"""
INI = "[pytest]\nasyncio_default_fixture_loop_scope = function\n"


@pytest.fixture
def shop(project: pytest.Pytester) -> pytest.Pytester:
    project.makepyfile(shop=SHOP)
    project.makeini(f"{INI}novu_app = shop:app\nnovu_route = /hooks/novu\nnovu_secret_key = its-own\n")
    return project


def test_the_app_of_the_project_is_held_against_what_is_deployed(shop: pytest.Pytester) -> None:
    shop.makepyfile(
        """
        import json

        import pytest
        import shop
        from novu_framework_testing.bridges import BridgeFailure

        @pytest.fixture(autouse=True)
        def elsewhere(monkeypatch, tmp_path, pytestconfig):
            deployed = json.dumps({"workflows": [shop.welcome.discover()]})
            (pytestconfig.rootpath / "deployed.json").write_text(deployed)
            monkeypatch.chdir(tmp_path)

        def test_the_app(novu_compat):
            report = novu_compat(old="deployed.json")
            assert (report.ok, report.old) == (True, "deployed.json")
            assert novu_compat(shop.app).ok

        def test_another_version(novu_compat):
            (found,) = novu_compat("deployed.json", shop.made("bell")[0]).breaks
            assert found.step_ids == ("text",)
            (found,) = novu_compat(shop.app, new=shop.made("text")[1]).breaks
            assert found.step_ids == ("bell",)

        @pytest.mark.parametrize("other", [{"route": "/nowhere"}, {"secret_key": "another"}])
        def test_other_settings(novu_compat, other):
            with pytest.raises(BridgeFailure):
                novu_compat(shop.app, **other)

        @pytest.mark.novu(secret_key="another")
        def test_another_key(novu_compat):
            with pytest.raises(BridgeFailure):
                novu_compat(old="deployed.json")
        """
    )
    run(shop).assert_outcomes(passed=5)


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell stands for Python")
def test_a_revision_serves_the_app_that_the_project_names(shop: pytest.Pytester) -> None:
    shop.makepyfile(
        """
        import subprocess
        import sys

        import pytest
        from novu_framework_testing.compat import VersionProblem

        def test_it(novu_compat, monkeypatch, pytestconfig):
            who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false")
            for words in (("init", "-q"), ("add", "shop.py"), (*who, "commit", "-q", "-m", "First")):
                subprocess.run(["git", *words], cwd=pytestconfig.rootpath, check=True)
            script = pytestconfig.rootpath / "python"
            script.write_text('#!/bin/sh\\nprintf \\'{"problem": "%s"}\\n\\' "$*"')
            script.chmod(0o755)
            monkeypatch.setattr(sys, "executable", str(script))
            with pytest.raises(VersionProblem, match="novu_framework.cli.served shop:app"):
                novu_compat(old="HEAD")
        """
    )
    run(shop).assert_outcomes(passed=1)


def test_settings_of_the_app_are_those_of_the_project(shop: pytest.Pytester) -> None:
    shop.makeini(
        f"{INI}novu_app = shop:app\nnovu_route = /hooks/novu\nnovu_secret_key = its-own\nnovu_lifespan = false\n"
    )
    shop.makepyfile(
        """
        from contextlib import asynccontextmanager

        import shop

        began = []

        @asynccontextmanager
        async def lifespan(app):
            began.append(app)
            yield

        shop.app.router.lifespan_context = lifespan

        def test_it(novu_compat, novu_explore):
            assert novu_compat(shop.welcome).ok
            novu_explore(orders=1)
            assert began == []
            assert novu_compat(shop.welcome, lifespan=True).ok
            assert began == [shop.app]
            novu_explore(lifespan=True, orders=1)
            assert len(began) > 1
        """
    )
    run(shop).assert_outcomes(passed=1)


@pytest.mark.parametrize("call", ["novu_compat(old=[])", "novu_bridge()"])
def test_without_an_app_it_says_how_to_name_one(project: pytest.Pytester, call: str) -> None:
    name = call.partition("(")[0]
    project.makepyfile(f"def test_it({name}):\n    {call}\n")
    result = run(project)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [f"*UsageError: {name}() needs an app: pass *, or set the ini key `novu_app`*"]
    )


def test_an_app_of_an_own_fixture_goes_before_and_one_that_is_given_goes_before_that(
    shop: pytest.Pytester,
) -> None:
    shop.makepyfile(
        """
        import pytest
        import shop

        @pytest.fixture(scope="session")
        def novu_app():
            return shop.made("bell")[0]

        def test_it(novu_compat, novu_explore, novu_bridge):
            assert novu_compat(shop.made("bell")[0]).ok
            assert not novu_compat(shop.app).ok
            assert novu_compat(shop.app, shop.app).ok
            seen = []
            look = lambda novu: seen.append([step.step_id for run in novu.runs for step in run.steps])
            for given, last in ((), ["bell"]), ((shop.app,), ["bell", "text"]):
                seen.clear()
                novu_explore(*given, invariants=[look], orders=1)
                assert max(set(map(tuple, seen)) - {()}, key=len)[:2] == tuple(last)
            (workflow,) = novu_bridge().discover()["workflows"]
            assert [step["stepId"] for step in workflow["steps"]] == ["bell"]
            (workflow,) = novu_bridge(shop.app).discover()["workflows"]
            assert [step["stepId"] for step in workflow["steps"]] == ["bell", "text"]
        """
    )
    run(shop).assert_outcomes(passed=1)
