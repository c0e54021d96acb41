"""All that `novu-framework check` shows of an app: findings, comments of no use, and what cannot be rendered."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from novu_framework.cli import check
from novu_framework.cli.app import run
from novu_framework_testing.checks import ContentFinding

APP = """
from novu_framework import workflow

LONG = "http://localhost/" + "a" * 22 + "b"
LINK = {"type": "object", "properties": {"orderUrl": {"enum": [LONG + "/more"]}}, "required": ["orderUrl"]}

@workflow("broken")
async def broken(payload: dict, step):
    await step.sms("text", lambda: {"body": "Hello undefined!"})  # novu-check: ignore[link.http] because it is odd
    await step.delay("wait", lambda: 1 / 0)
    await step.sms("second", lambda: {"body": "Dear ANN, hello null!"}, providers={"twilio": lambda: {"from": "+43"}})

@workflow("more")
async def more(payload: dict, step):
    await step.sms("text", lambda: {"body": "Hello undefined!"})  # novu-check: ignore[link.local] because it is odd

@workflow("raising")
async def raising(payload: dict, step):
    await step.sms("text", lambda: 1 / 0)

@workflow("linking", payload_schema=LINK)
async def linking(payload: dict, step):
    await step.sms("text", lambda: {"body": f"See {payload['orderUrl']}, {LONG[:-1]}c and {LONG}/other"})
    await step.sms("undefined", lambda: {"body": f"undefined {payload['orderUrl']}"})

@workflow("tagged", tags=["marketing"])
async def tagged(payload: dict, step):
    await step.email("mail", lambda: {"subject": "News", "body": "<p>Hello Ann</p>"})

workflows = [broken, more, raising, linking]
raisings = [raising, raising]
"""
VALUE = "    Give the value where the text is made, or a default: {{ payload.name | default: 'there' }}."
WORD = "The word `undefined` stands where a value was meant."
LOCAL = "A link leads to a developer's machine or container, or to a number in a network within."
HOST = "    Take the host of production from the settings."
ALL = [
    "note broken, line 3 of its code: ignore[link.http] matched nothing.",
    "note more, line 3 of its code: ignore[link.local] matched nothing.",
    "raising/text: Failed to preview Step with id: `text`: division by zero",
    "ZeroDivisionError: division by zero",
    "    at <lambda> (looked_app.py:19)",
    f"error personalisation.undefined: broken/text, body: {WORD} (“Hello undefined!”)",
    VALUE,
    "error personalisation.null: broken/second, body: The word `null` stands where a value was meant. (“Dear ANN, hello null!”)",
    VALUE,
    f"error personalisation.undefined: more/text, body: {WORD} (“Hello undefined!”)",
    VALUE,
    f"error link.local: linking/text, body: {LOCAL} (http://localhost/{'a' * 22}c)",
    HOST,
    f"error personalisation.undefined: linking/undefined, body: {WORD} (“undefined https://…”)",
    VALUE,
    "5 findings in 4 workflows, 1 workflow could not be rendered.",
]


@pytest.fixture(autouse=True)
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "looked_app.py").write_text(APP, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.novu]\napp = "looked_app:workflows"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delitem(sys.modules, "looked_app", raising=False)


def test_all_that_is_found_in_an_app_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check"]) == 1
    assert capsys.readouterr().out.splitlines() == ALL


def test_json_has_it_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--json", "--level", "note"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert {one: answer[one] for one in answer if one != "findings"} == {
        "ok": False,
        "notRendered": ["\n".join(ALL[2:5])],
        "unusedIgnores": [line[5:].removesuffix(" matched nothing.") for line in ALL[:2]],
    }
    assert [(one["rule"], one["workflowId"], one["stepId"]) for one in answer["findings"]] == [
        ("personalisation.undefined", "broken", "text"),
        ("personalisation.null", "broken", "second"),
        ("personalisation.name-case", "broken", "second"),
        ("personalisation.undefined", "more", "text"),
        ("link.local", "linking", "text"),
        ("personalisation.undefined", "linking", "undefined"),
    ]
    assert answer["findings"][0] == {
        "rule": "personalisation.undefined",
        "level": "error",
        "channel": "sms",
        "workflowId": "broken",
        "stepId": "text",
        "where": "body",
        "wrong": WORD,
        "advice": VALUE.strip(),
        "source": "https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/Object/toString",
        "detail": "“Hello undefined!”",
        "clients": [],
        "words": "the text",
    }


def test_what_is_chosen_at_the_terminal_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "--app", "looked_app:tagged", "--json"]) == 1
    rules = [one["rule"] for one in json.loads(capsys.readouterr().out)["findings"]]
    assert rules == ["bulk.unsubscribe-link", "bulk.one-click-missing"]
    assert run(["check", "more", "--app", "looked_app:workflows", "--level", "loud"]) == 2
    assert "There is no level 'loud'. There are note, warning, error." in capsys.readouterr().err


FINDING: dict[str, Any] = {
    "level": "error", "channel": "email", "workflow_id": "w", "step_id": "s", "where": "body", "wrong": "It is wrong" + ", and so on" * 9, "advice": "Right it.\nSoon.", "source": "",
}  # fmt: skip
MADE_UP = "https://made.up/a"


@pytest.mark.parametrize(
    ("rule", "about", "is_made_up"),
    [
        *((f"{subject}x", {"detail": MADE_UP}, True) for subject in ("link.", "image.", "address.", "in-app.redirect", "in-app.avatar")),
        ("link.http", {"where": f"body, {MADE_UP}"}, True),
        ("link.http", {"detail": f"see {MADE_UP}/more"}, True),
        ("link.http", {"detail": "ann@made.up"}, True),
        ("link.http", {"detail": "https://made.up/"}, False),
        ("link.http", {"wrong": MADE_UP, "words": MADE_UP}, False),
        ("in-app.body", {"detail": MADE_UP}, False),
        ("email.link.x", {"detail": MADE_UP}, False),
        ("personalisation.undefined", {"detail": MADE_UP}, False),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)  # fmt: skip
def test_what_is_about_an_address_that_was_made_up_is_told_from_the_rest(
    rule: str, about: dict[str, str], is_made_up: bool
) -> None:
    finding = ContentFinding(**{**FINDING, "rule": rule, **about})
    assert check._is_made_up(finding, ["ann@made.up", MADE_UP]) is is_made_up
    assert check._is_made_up(finding, []) is False


def test_addresses_are_found_however_deep() -> None:
    data = [
        {"url": "https://a.test", "name": "Ann", "on": True, "none": None},
        [["ann@a.test", 3], {"in": {"deep": "ws://b"}}],
        "a@b",
        "/path",
    ]
    assert [*check._addresses(data)] == ["https://a.test", "ann@a.test", "ws://b", "a@b"]


RED, YELLOW, PLAIN, DIM, END = "\x1b[31m", "\x1b[33m", "", "\x1b[2m", "\x1b[0m"
BAD, GOOD = "\x1b[1;31m", "\x1b[1;32m"


@pytest.mark.parametrize(
    ("levels", "problems", "workflows", "summary"),
    [
        ([], [], 0, f"{GOOD}Nothing found in 0 workflows."),
        ([], [], 1, f"{GOOD}Nothing found in 1 workflow."),
        (["note"], [], 2, f"{BAD}1 finding in 2 workflows."),
        (["error", "warning"], [], 1, f"{BAD}2 findings in 1 workflow."),
        ([], ["a\nb"], 1, f"{BAD}Nothing found in 1 workflow, 1 workflow could not be rendered."),
        (["note"], ["a", "b" * 90], 3, f"{BAD}1 finding in 3 workflows, 2 workflows could not be rendered."),
    ],
)
def test_colours_say_how_bad_it_is_and_long_lines_stay_whole(
    monkeypatch: pytest.MonkeyPatch, levels: list[str], problems: list[str], workflows: int, summary: str
) -> None:
    shown = io.StringIO()
    coloured = Console(file=shown, force_terminal=True, color_system="standard", highlight=False, width=70)
    monkeypatch.setattr(check, "console", coloured)
    findings = [ContentFinding(**{**FINDING, "rule": "link.http", "level": level}) for level in levels]
    check._show(findings, problems, workflows)
    styles = {"error": RED, "warning": YELLOW, "note": PLAIN}
    expected = [f"{RED}{line}{END}" for problem in problems for line in problem.splitlines()]
    for level in levels:
        said = f"{level} link.http: w/s, body: {FINDING['wrong']}"
        expected.append(f"{styles[level]}{said}{END}" if styles[level] else said)
        expected += [f"{DIM}    Right it.{END}", f"{DIM}Soon.{END}"]
    assert shown.getvalue() == "\n".join([*expected, f"{summary}{END}\n"])
