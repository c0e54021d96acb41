"""Rules that are set aside by a comment in the workflow's code."""

from __future__ import annotations

import json
import sys

import pytest
from fastapi import FastAPI

from novu_framework import Client, Step, workflow
from novu_framework.cli.app import run
from novu_framework.fastapi import serve
from novu_framework_testing.checks import comments_of


@pytest.mark.parametrize(
    ("comment", "asides"),
    [
        ("# novu-check: ignore[link.http] because no TLS", [("link.http", "no TLS")]),
        (
            "#novu-check:ignore[ link.http , image.* ]: no TLS",
            [("link.http", "no TLS"), ("image.*", "no TLS")],
        ),
        ("# novu-check: ignore[link.http] becauseless", [("link.http", "less")]),
        ("# a comment about novu-check", []),
        ("'# novu-check: ignore[link.http] because a text is no comment'", []),
    ],
)
def test_a_comment_sets_rules_aside_with_a_reason(comment, asides):
    comments = comments_of(f"def w(step):\n    {comment}\n    ...", "w")
    assert [(each.rule, each.why) for each in comments.asides] == asides
    assert all((each.workflow, each.line) == ("w", 2) for each in comments.asides)
    assert comments.findings == ()


@pytest.mark.parametrize(
    ("comment", "rule"),
    [
        ("# novu-check: ignore[link.http]", "ignore.reason"),
        ("# novu-check: ignore[link.http] because ", "ignore.reason"),
        ("# novu-check: ignore[link.nothing] because no TLS", "ignore.unknown"),
        ("# novu-check: ignore[] because no TLS", "ignore.form"),
        ("# novu-check: disable", "ignore.form"),
    ],
)
def test_a_comment_that_is_wrong_is_a_finding(comment, rule):
    comments = comments_of(f"def w(step):\n    {comment}\n    ...", "w")
    assert comments.asides == ()
    (finding,) = comments.findings
    assert (finding.rule, finding.level, finding.where) == (rule, "error", "line 2 of its code")


@pytest.mark.parametrize(
    "code",
    ["", "async (step) => { // novu-check", "'''novu-check", "novu-check " * 100_000, "  novu-check\n x"],
)
def test_code_that_is_no_python_has_no_comments(code):
    assert comments_of(code, "w") == ((), ())


@workflow("lesson")
async def lesson(payload: dict, step: Step) -> None:
    # novu-check: ignore[personalisation.undefined] because it is a lesson
    await step.sms("text", lambda: {"body": "undefined"})


@workflow("careless")
async def careless(payload: dict, step: Step) -> None:
    # novu-check: ignore[personalisation.undefined]
    await step.sms("text", lambda: {"body": "undefined"})


def app() -> FastAPI:
    made = FastAPI()
    serve(made, workflows=[lesson, careless], client=Client(secret_key="test-secret"))
    return made


@pytest.mark.parametrize("door", ["register", "connect"])
def test_a_comment_counts_wherever_the_workflow_comes_from(novu, door):
    if door == "register":
        novu.register(lesson, careless)
    else:
        novu.connect(app())
    ann = {"subscriberId": "ann", "phone": "+431"}
    runs = [novu.trigger(one, to=ann).run for one in ("lesson", "careless")]
    assert novu.check(runs[0]) == []
    assert [one.rule for one in novu.check(runs[1])] == ["personalisation.undefined", "ignore.reason"]
    assert {one.workflow_id for one in novu.check()} == {"careless"}


TESTS = """
    import pytest
    from novu_framework import workflow

    @workflow("w")
    async def w(payload: dict, step):
        # novu-check: ignore[personalisation.undefined] because it is a lesson
        # novu-check: ignore[link.http] because there is no link
        await step.sms("text", lambda: {"body": payload["body"]})

    @pytest.mark.parametrize("body", ["Hello undefined!", "Hello Ann!"])
    def test_it(novu, body):
        novu.register(w)
        novu.trigger("w", to={"subscriberId": "ann", "phone": "+431"}, payload={"body": body})
"""


def test_pytest_says_once_what_was_ignored_for_nothing(pytester):
    pytester.makepyfile(TESTS)
    arguments = ("--novu-check", "-p", "no:randomly", "-o", "asyncio_default_fixture_loop_scope=function")
    result = pytester.runpytest_inprocess(*arguments)
    result.assert_outcomes(passed=2)
    said = [line for line in result.outlines if line.startswith("novu: ")]
    assert said == ["novu: w, line 4 of its code: ignore[link.http] matched nothing in this run"]


APP = """
from novu_framework import workflow

@workflow("w")
async def w(payload: dict, step):
    # novu-check: ignore[personalisation.undefined, link.http] because it is a lesson
    await step.sms("text", lambda: {"body": "undefined"})

@workflow("wrong")
async def wrong(payload: dict, step):
    await step.sms("text", {"body": "Hello"})  # novu-check: ignore[nothing] because
"""


def test_the_command_says_what_was_ignored_for_nothing_and_what_is_wrong(tmp_path, monkeypatch, capsys):
    (tmp_path / "app_with_comments.py").write_text(APP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [str(tmp_path), *sys.path])
    command = ["check", "--app", "app_with_comments:w"]
    assert run(command) == 0
    assert "note w, line 3 of its code: ignore[link.http] matched nothing." in capsys.readouterr().out
    assert run([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unusedIgnores"] == [
        "w, line 3 of its code: ignore[link.http]"
    ]
    assert run(["check", "--app", "app_with_comments:wrong"]) == 1
    assert "error ignore.reason: wrong, line 3 of its code: A rule is ignored" in capsys.readouterr().out
    monkeypatch.delitem(sys.modules, "app_with_comments")
