"""What `check_bridge` finds in a discovery: one thing wrong or odd at a time, in a workflow that is right."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from novu_framework import Step, workflow
from novu_framework_testing.contract.discovery import check_discovery, step_output_issues
from novu_framework_testing.contract.endpoint import parsed
from tests.tables import walked


class Controls(BaseModel):
    text: str = "Hello"


@workflow("w")
async def right(step: Step) -> None:
    await step.sms("s", lambda controls: {"body": controls.text}, control_schema=Controls)


def discovered() -> list[dict[str, Any]]:
    return [copy.deepcopy(right.discover())]


def step_of(workflows: list[dict[str, Any]]) -> dict[str, Any]:
    return workflows[0]["steps"][0]  # type: ignore[no-any-return]


def control(**given: Any) -> Callable[[list[dict[str, Any]]], None]:
    def change(workflows: list[dict[str, Any]]) -> None:
        step_of(workflows)["controls"]["schema"] = {
            "type": "object",
            "properties": {"text": given},
            "required": ["text"],
        }

    return change


WITHOUT = "does not parse, so it does not compile"
ODD: list[tuple[str, Callable[[list[dict[str, Any]]], Any], list[tuple[str, str, str, str]]]] = [
    ("two workflows of one id", lambda ws: ws.append(ws[0]), [("error", "2 workflows have this id", "w", "Give each its own")]),
    ("two steps of one id", lambda ws: ws[0]["steps"].append(step_of(ws)), [("error", "2 steps have this id", "w / s", "Give each its own")]),
    ("no steps", lambda ws: ws[0].update(steps=[]), [("warning", "has no steps", "w", "will do nothing")]),
    ("a member is missing", lambda ws: ws[0].pop("tags"), [("error", "/tags is missing", "w", "Novu reads it")]),
    ("a member of another type", lambda ws: step_of(ws).update(code=1), [("error", "/code is a int", "w / s", "Novu reads it")]),
    ("an unknown severity", lambda ws: ws[0].update(severity="bad"), [("error", "/severity is 'bad'", "w", "One of high, ")]),
    ("an unknown type", lambda ws: step_of(ws).update(type="fax"), [("error", "/type is 'fax'", "w / s", "chat, ")]),
    ("a provider that is text", lambda ws: step_of(ws).update(providers=["x"]), [("error", "a provider without a type", "w / s", "{type, code")]),
    ("a provider without a type", lambda ws: step_of(ws).update(providers=[{}]), [("error", "a provider without a type", "w / s", "{type, code")]),
    ("a provider with a type", lambda ws: step_of(ws).update(providers=[{"type": "twilio"}]), []),
    ("a part without a schema", lambda ws: ws[0].update(payload={}), [("error", "has no schema", "w: /payload", "{schema, unknownSchema}")]),
    ("controls without a schema", lambda ws: ws[0].update(controls={}), [("error", "has no schema", "w: /controls", "{schema, unknownSchema}")]),
    ("a step that is text", lambda ws: ws[0]["steps"].append("s"), []),
    ("a control after one that is no schema", lambda ws: step_of(ws)["controls"]["schema"].update(properties={"a": True, "b": {"default": "{{ x"}}), [("error", WITHOUT, "w / s: control `b`", "Correct it.")]),
    ("an env that is no schema", lambda ws: ws[0].update(env=1), [("error", "has no schema", "w: /env", "{schema, unknownSchema}")]),
    ("results without a schema", lambda ws: step_of(ws).update(results={}), [("error", "has no schema", "w / s: /results", "{schema, unknownSchema}")]),
    ("no JSON Schema", lambda ws: ws[0]["payload"].update(schema={"type": 1}), [("error", "its schema is no JSON Schema", "w: /payload/schema", "Correct")]),
    ("a control of no default", control(type="string"), [("warning", "has no default, so the step fails", "w / s: control `text`", "Give it a default")]),
    ("a control with a default", control(default="{{ payload.prénom | default: 'you' }} é"), []),
    ("a control that does not compile", control(default="{{ x"), [("error", WITHOUT, "w / s: control `text`", "Correct it.")]),
    ("a control with double quotes", control(default='{{ x | default: "é" }}'), [("error", WITHOUT, "w / s: control `text`", "single quotes")]),
    ("a control that is no schema", lambda ws: step_of(ws)["controls"]["schema"].update(properties={"text": True}), []),
    ("controls without properties", lambda ws: step_of(ws)["controls"].update(schema={"type": "object"}), []),
]  # fmt: skip


@walked(("change", "expected"), [pytest.param(*more, id=name) for name, *more in ODD])
def test_what_is_found(
    change: Callable[[list[dict[str, Any]]], Any], expected: list[tuple[str, str, str, str]]
) -> None:
    workflows = discovered()
    change(workflows)
    first, *others = check_discovery(workflows)
    # that all is well comes first, and never beside an error
    found = others if first.level == "ok" else [first, *others]
    assert (first.level == "ok") is ("error" not in [one.level for one in found])
    assert [(one.level, one.where) for one in found] == [(level, where) for level, _, where, _ in expected]
    for one, (_, what, _, advice) in zip(found, expected, strict=True):
        assert what in one.what
        assert advice in one.advice


@walked(
    ("step", "issues"),
    [
        ({"outputs": {"schema": {"required": ["body"]}}}, ["/ must have required property 'body'"]),
        ({"outputs": {"schema": {"properties": {"a": {"type": "string"}}}}}, ["/a must be string"]),
        ({"outputs": {"schema": {}}}, []),
        ({}, []),
        ({"outputs": None}, []),
        ({"outputs": {"schema": {"type": 1}}}, []),
    ],
)
def test_outputs_that_do_not_fit(step: dict[str, Any], issues: list[str]) -> None:
    assert step_output_issues(step, {"a": 1}) == issues


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"", None),
        (b"null", None),
        (b'{"a": 1}', {"a": 1}),
        (b"Bad gateway", "Bad gateway"),
        (b"\xff", "\ufffd"),
    ],
)
def test_the_body_of_an_answer(content: bytes, read: Any) -> None:
    assert parsed(content) == read
