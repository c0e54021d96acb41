"""`help()` of what is used most teaches: what it does, every parameter by its name, and an example that runs."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from django.urls import path
from fastapi import FastAPI
from flask import Flask
from litestar import Litestar
from starlette.applications import Starlette

import novu_framework
from novu_framework import Client, Step, SyncStep, Workflow, agent, fastapi, workflow
from novu_framework.agents import AgentContext, AgentMessage
from novu_framework.steps.kinds import KINDS
from novu_framework_testing import Cloud, NovuSimulator, Run
from novu_framework_testing.api.mock import MockedCloud
from novu_framework_testing.plugin import fixtures, matrix, snapshots
from tests.tables import walked

FRAMEWORKS: dict[str, Callable[[], Any]] = {
    "fastapi": FastAPI,
    "flask": lambda: Flask("shop"),
    "litestar": lambda: Litestar([]),
    "starlette": Starlette,
    "django": lambda: None,
}
CLIENT = "trigger trigger_async trigger_bulk trigger_bulk_async broadcast broadcast_async cancel cancel_async request request_async"
SIMULATOR = (
    "register connect trigger advance advance_to run_until_idle controls workflow subscriber topic deploy agent timeline "
    "rotate_secret_key"
)
OUTPUTS = [name for name in novu_framework.__all__ if name.endswith("Output")]
NAMES: dict[str, Any] = {
    **{f"{of.__name__}.{kind}": getattr(of, kind) for of in (Step, SyncStep) for kind in KINDS},
    **{f"Client.{name}": getattr(Client, name) for name in CLIENT.split()},
    **{f"NovuSimulator.{name}": getattr(NovuSimulator, name) for name in SIMULATOR.split()},
    **{name: getattr(novu_framework, name) for name in OUTPUTS},
    **{of.__name__: of for of in (Client, Step, SyncStep, Workflow, NovuSimulator)},
    "workflow": workflow,
    "Workflow.trigger": Workflow.trigger,
    "Workflow.trigger_async": Workflow.trigger_async,
    **{f"{name}.serve": importlib.import_module(f"novu_framework.{name}").serve for name in FRAMEWORKS},
    "Run.step": Run.step,
}
FIXTURES = {
    name: getattr(where, name)
    for where, names in (
        (
            fixtures,
            "novu_app novu novu_cloud novu_cloud_server novu_bridge novu_faker novu_compat novu_explore",
        ),
        (snapshots, "novu_snapshot"),
        (matrix, "novu_case"),
    )
    for name in names.split()
}
INNER = {"take", "self", "args", "kwargs", "extra"}
"""Parameters that are not for users: how a handler's steps come to it, and what pydantic names for all fields."""


def docstring(described: Any) -> str:
    text = inspect.getdoc(described)
    assert text
    return text


def examples(text: str) -> list[str]:
    """The code of a docstring that `doctest` does not run: its indented blocks, outside of its sections."""
    told = re.split(r"^(?:Args|Returns|Raises|Attributes):\n(?:    .*\n?|\n(?=    ))+", text, flags=re.M)
    blocks = [block for part in told for block in re.findall(r"^    .*(?:\n(?:    .*)?)*", part, re.M)]
    return [textwrap.dedent(block) for block in blocks if block.strip() and ">>> " not in block]


def test_they_are_sixty_and_more() -> None:
    assert len(NAMES) + len(FIXTURES) >= 70
    assert len(NAMES) > 60


@walked("name", NAMES)
def test_help_says_what_it_does_names_every_parameter_and_has_an_example(name: str) -> None:
    described = NAMES[name]
    text = docstring(described)
    summary, _, rest = text.partition("\n\n")
    assert summary.endswith((".", ":"))
    about, _, listed = text.partition("Args:\n") if "Args:\n" in text else (text, "", "")
    unnamed = [
        one
        for one in inspect.signature(described).parameters
        if one not in INNER
        and not re.search(rf"^ *[\w, *]*\b{one}\b[\w, ]*:", listed, re.M)
        and f"`{one}`" not in about
    ]
    if name in OUTPUTS and not listed:  # fields whose names say all of it: of a message
        assert set(unnamed) <= {"subject", "body"}
    else:
        assert unnamed == []
    assert ">>> " in rest or examples(text), "there is no example"


@pytest.fixture
def stage() -> Iterator[dict[str, Any]]:
    """What the examples speak of."""

    @workflow("welcome")
    async def welcome(payload: dict[str, Any], step: Step) -> None:
        await step.in_app("hello", {"body": "Welcome!"})
        await step.delay("a-day", {"amount": 1, "unit": "days"})
        await step.email(
            "tips", {"subject": "Tips", "body": "<p>Tips</p>"}, control_schema={"type": "object"}
        )

    @workflow("new-comment")
    async def comments(step: Step) -> None:
        await step.in_app("comment", {"body": "A comment"})
        await step.email("comment-email", {"subject": "One", "body": "1"}, skip=lambda: True)

    @workflow("maintenance")
    async def maintenance(step: Step) -> None:
        await step.in_app("note", {"body": "Tonight"})

    @agent("support-bot")
    async def support(message: AgentMessage, ctx: AgentContext) -> str:
        return "On its way"

    def make_app(client: Client) -> FastAPI:
        app = FastAPI()
        fastapi.serve(app, workflows=[welcome, comments, maintenance], client=client)
        return app

    novu = NovuSimulator(datetime(2026, 1, 1, tzinfo=timezone.utc), secret_key="test-secret")
    with novu, MockedCloud(Cloud(novu)):
        yield {
            "novu": novu,
            "client": Client("test-secret"),
            "make_app": make_app,
            "app": make_app(Client("test-secret")),
            "welcome": welcome,
            "comments": comments,
            "workflows": [welcome, comments, maintenance],
            "support": support,
            **{one.__name__: one for one in (Client, NovuSimulator, datetime, timedelta)},
            "timezone": timezone,
        }


UNREGISTERED = ("NovuSimulator.register", "NovuSimulator.connect")
BLOCKING = [name for name in NAMES if not name.endswith("_async") and examples(docstring(NAMES[name]))]
AWAITED = [name for name in NAMES if name.endswith("_async") and examples(docstring(NAMES[name]))]


def prepared(name: str, stage: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The code of a name's examples, and what it finds; an address on a network is left out."""
    novu = stage["novu"]
    if name not in UNREGISTERED:
        novu.register(*stage["workflows"], stage["support"])
        novu.subscriber("ann")
        stage["run"] = novu.trigger("new-comment", "ann").run
    lines = "\n".join(examples(docstring(NAMES[name]))).splitlines()
    code = "\n".join(line for line in lines if "http://" not in line)
    stage["app_of_the_branch"] = stage["app"]
    framework = name.partition(".")[0]
    if framework in FRAMEWORKS:
        stage |= {"app": FRAMEWORKS[framework](), "serve": NAMES[name], "path": path}
    return compile(code, f"the docstring of {name}", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), stage


@pytest.mark.parametrize("name", BLOCKING)
def test_the_example_of_the_help_runs(
    name: str, stage: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVU_SECRET_KEY", "test-secret")
    code, names = prepared(name, stage)
    exec(code, names)


@pytest.mark.parametrize("name", AWAITED)
async def test_the_example_of_an_async_twin_awaits_it_and_runs(
    name: str, stage: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOVU_SECRET_KEY", "test-secret")
    code, names = prepared(name, stage)
    assert f".{name.partition('.')[2]}(" in docstring(NAMES[name])
    assert code.co_flags & inspect.CO_COROUTINE, "the example awaits nothing"
    await eval(code, names)


@walked("name", FIXTURES)
def test_help_of_a_fixture_shows_a_test_that_uses_it(name: str) -> None:
    fixture = FIXTURES[name]
    text = docstring(getattr(fixture, "_get_wrapped_function", lambda: fixture)())
    assert text.partition("\n\n")[0].endswith(".") or text.partition("\n\n")[0].endswith(":") or "`" in text
    parsed = [ast.parse(code) for code in examples(text)]
    functions = [one for tree in parsed for one in tree.body if isinstance(one, ast.FunctionDef)]
    assert any(one.name == name or name in [arg.arg for arg in one.args.args] for one in functions)
