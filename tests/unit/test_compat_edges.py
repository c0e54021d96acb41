"""What is tried of a new version: data at the edges of schemas, and which of its answers are held against it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, Field

from novu_framework import Step, Workflow, workflow
from novu_framework_testing.bridges import BridgeAnswer, BridgeFailure
from novu_framework_testing.compat import compat
from novu_framework_testing.compat.asking import CodeVersion, is_refused_by_schema, problem_of
from novu_framework_testing.compat.edges import at_edges
from novu_framework_testing.compat.trials import Trial
from tests.tables import walked

# --- data at the edges ---------------------------------------------------------------------------------


def member(schema: Any, **others: Any) -> dict[str, Any]:
    """The schema of an object that has to have this member."""
    return {"type": "object", "properties": {"x": schema}, "required": ["x"], **others}


def edges(old: Any, new: Any, usual: Any) -> list[Any]:
    return [one["x"] for one in at_edges(member(old), member(new), {"x": usual})]


def is_in(one: Any, values: Sequence[Any]) -> bool:
    return json.dumps(one) in [json.dumps(each) for each in values]


NUMBER, TEXT, LIST = {"type": "number"}, {"type": "string"}, {"type": "array", "items": {"type": "integer"}}
AROUND_40 = [39, 40, 41, 39.5, 40.5, 80]
FORMATTED = [
    "2026-01-01", "2026-01-01T09:00:00Z", "09:00:00Z", "ann@example.com", "https://example.com/a", "P1D",
    "3e4666bf-d5e5-4aa7-b8ce-cefe41c7568a", "127.0.0.1", "::1", "example.com",
]  # fmt: skip


@walked(
    ("old", "new", "usual", "tried", "not_tried"),
    [
        *(
            (NUMBER, {**NUMBER, name: 40}, 3, AROUND_40, [42])
            for name in ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
        ),
        ({**NUMBER, "maximum": 40}, NUMBER, 3, [39, 40, 39.5], [41, 40.5, 80]),
        (TEXT, {**TEXT, "minLength": 12}, "b", ["a" * 11, "a" * 12, "a" * 13], ["a" * 10]),
        (TEXT, {**TEXT, "maxLength": 12}, "b", ["a" * 11, "a" * 12, "a" * 13], ["a" * 14]),
        (TEXT, {**TEXT, "minLength": 0}, "b", ["", "a"], ["aa"]),
        (TEXT, {**TEXT, "maxLength": 9_999}, "b", ["a" * 9_998, "a" * 9_999, "a" * 10_000], []),
        (TEXT, {**TEXT, "maxLength": 10_000}, "b", [], ["a" * 9_999, "a" * 10_000]),
        ({"enum": ["b", "c", 7]}, {"enum": ["b"]}, "b", ["c", 7], ["", "a"]),
        (TEXT, {"enum": ["b", "c"]}, "b", ["c"], []),
        (TEXT, {"const": "c"}, "b", ["c"], []),
        (TEXT, {**TEXT, "default": "c"}, "b", ["c"], []),
        (TEXT, {**TEXT, "examples": ["c", "d"]}, "b", ["c", "d"], []),
        ({**TEXT, "pattern": "^xy?$"}, {**TEXT, "maxLength": 0}, "xy", [], ["", "a"]),
        (TEXT, {**TEXT, "pattern": "^xy$"}, "b", ["xy", *FORMATTED], []),
        (TEXT, {**TEXT, "pattern": "^(?=a)b$"}, "b", ["a", *FORMATTED], []),
        (TEXT, {**TEXT, "format": "date"}, "b", FORMATTED, []),
        (TEXT, {**TEXT, "maxLength": 3}, "b", ["", "a", "Some text"], FORMATTED),
        ({}, {}, "b", [None, True, False, 0, 1, -1, 7, 1.5, 10**6, "", "a", "Some text", [], {}], ["b"]),
        ({"type": ["string", "null"]}, TEXT, "b", [None], [0]),
        (LIST, LIST, [5, 6, 7], [[], [5], [5, 6], [0, 6, 7], [-1, 6, 7]], [[5, 6, 7], [5, 6, 7, 5]]),
        (LIST, {**LIST, "maxItems": 5}, [5, 6], [[5, 6, 5, 6], [5, 6, 5, 6, 5], [5, 6, 5, 6, 5, 6]], [[5, 6, 5]]),
        (LIST, {**LIST, "minItems": 5}, [5, 6], [[5, 6, 5, 6], [5, 6, 5, 6, 5], [5, 6, 5, 6, 5, 6]], [[5, 6, 5]]),
        (LIST, {**LIST, "minItems": 100}, [5], [[5] * 99, [5] * 100], [[5] * 101]),
        (LIST, {**LIST, "minItems": 0}, [5], [[], [5, 5]], [[5, 5, 5]]),
        ({**LIST, "minItems": 1}, LIST, [5], [[5, 5], [0]], [[]]),
        (LIST, {"type": "array", "items": {"maximum": 40}}, [5, 6], [[39, 6], [40, 6], [41, 6]], [[42, 6]]),
        ({"type": "array", "items": True}, {"type": "array", "items": False}, [5], [[0], [None]], [[40]]),
        (LIST, LIST, [], [], [[5]]),
        (NUMBER, {"anyOf": [{"minimum": 40}, {"const": 90}]}, 3, [*AROUND_40, 90], []),
        (NUMBER, {"oneOf": [{"minimum": 40}, {"const": 90}]}, 3, [*AROUND_40, 90], []),
        (NUMBER, {"allOf": [{"minimum": 40}, {"const": 90}]}, 3, [*AROUND_40, 90], []),
        (member(NUMBER), member({"minimum": 40}), {"x": 3}, [{"x": one} for one in AROUND_40], [{"x": 42}, {}]),
        (
            {"allOf": [member(NUMBER), {"type": "object"}]},
            {"anyOf": [{}, member({"minimum": 40})]},
            {"x": 3},
            [{"x": one} for one in AROUND_40],
            [],
        ),
        (
            {"type": "object", "properties": {"a": TEXT, "b": TEXT}},
            {"type": "object", "properties": {"c": TEXT}},
            {"a": "b"},
            [{}, {"a": ""}, {"a": "b", "b": "a"}],
            [{"a": 0}, {"a": "b", "c": "a"}],
        ),
        (
            {"type": "object", "additionalProperties": NUMBER},
            {"type": "object", "additionalProperties": {"maximum": 40}},
            {"a": 3},
            [{}, {"a": 41}],
            [{"a": 42}],
        ),
        (
            {"type": "object", "properties": {"a": TEXT}, "additionalProperties": {"maximum": 40}},
            {"type": "object", "additionalProperties": True},
            {"a": "b"},
            [{}, {"a": ""}],
            [{"a": 40}],
        ),
    ],
)  # fmt: skip
def test_what_the_old_schema_takes_is_tried_at_the_edges_of_both(
    old: Any, new: Any, usual: Any, tried: list[Any], not_tried: list[Any]
) -> None:
    found = edges(
        old, {"anyOf": [new, {}]}, usual
    )  # which refuses nothing: of what is refused a part is tried
    assert [one for one in tried if not is_in(one, found)] == []
    assert [one for one in not_tried if is_in(one, found)] == []
    assert len({json.dumps(one) for one in found}) == len(found)


def test_references_are_followed_each_in_its_own_schema() -> None:
    old = member({"$ref": "#/$defs/X"}, **{"$defs": {"X": {"type": "number", "maximum": 60}}})
    new = member({"anyOf": [{"$ref": "#/$defs/X"}, {}]}, **{"$defs": {"X": {"maximum": 40}}})
    found = [one["x"] for one in at_edges(old, new, {"x": 3})]
    assert {59, 60, *AROUND_40} - {80} <= set(found)
    assert {61, 80, 120}.isdisjoint(found)


def nested(schema: Any, data: Any, depth: int) -> tuple[Any, Any]:
    for _ in range(depth):
        schema, data = member(schema), {"x": data}
    return schema, data


@pytest.mark.parametrize(("depth", "is_tried"), [(1, True), (6, True), (7, False)])
def test_six_levels_of_data_are_changed(depth: int, is_tried: bool) -> None:
    (old, usual), (new, _) = nested(NUMBER, 3, depth), nested({"minimum": 40}, 3, depth)
    assert is_in(nested(None, 39, depth)[1], at_edges(old, new, usual)) is is_tried


@pytest.mark.parametrize(("depth", "is_tried"), [(5, True), (6, False)])
def test_five_branches_within_each_other_are_looked_into(depth: int, is_tried: bool) -> None:
    new: Any = {"minimum": 40}
    for _ in range(depth):
        new = {"anyOf": [new, {}]}
    assert is_in(39, edges(NUMBER, new, 3)) is is_tried


def test_the_data_as_a_whole_is_not_another() -> None:
    schema = {"type": "object", "properties": {"x": NUMBER}, "default": {"x": 9}, "examples": [{"x": 8}]}
    found = at_edges(schema, schema, {"x": 3})
    assert {} in found
    assert [one for one in found if one.get("x") in (8, 9)] == []


def test_what_is_refused_comes_first_and_of_each_reason_the_simplest() -> None:
    found = edges(TEXT, {**TEXT, "minLength": 3, "maxLength": 5}, "abcd")
    assert found[:2] == ["aa", "aaaaaa"]
    assert {len(one) for one in found[2:]} == {3, 4, 5}


def test_there_is_an_end_to_what_is_tried() -> None:
    many = [f"word {number}" for number in range(300)]
    found = edges({"enum": many}, {"enum": many[:299]}, many[0])
    assert len(found) == 150
    assert found[0] == many[299]


# --- which answers are held against it -------------------------------------------------------------------

REFUSED = BridgeFailure("no", status=400, code="SomeError")
DAY = {"type": "regular", "amount": 1, "unit": "days"}
LATER = {"type": "dynamic", "dynamicKey": "payload.until"}
NEW_YEAR, UNTIL = {"until": "2026-01-01T09:00:00.000Z"}, {"until": "2026-01-01T09:00:01.000Z"}


def answered(outputs: dict[str, Any], *, skip: bool = False) -> BridgeAnswer:
    return BridgeAnswer(outputs, {}, skip)


@walked(
    ("answer", "kind", "now", "payload", "trouble"),
    [
        (REFUSED, "sms", "sms", {}, "refused"),
        (REFUSED, "sms", None, {}, "refused"),
        (answered({"body": "Hi"}), "sms", "sms", {}, None),
        (answered({}), "sms", "sms", {}, None),
        (answered({}), "sms", None, {}, "lost"),
        (answered({"body": "Hi"}), "sms", None, {}, None),
        (answered({}, skip=True), "sms", None, {}, None),
        (answered({"body": "Hi"}), "sms", "email", {}, "other-type"),
        (answered({}, skip=True), "sms", "email", {}, None),
        (answered(DAY), "delay", "delay", {}, None),
        (answered(LATER), "delay", "delay", UNTIL, None),
        (answered(LATER), "delay", "delay", {}, "no-wait"),
        (answered(LATER), "delay", "delay", NEW_YEAR, "no-wait"),
        (answered(LATER), "digest", "digest", {}, "no-wait"),
        (answered(LATER), "sms", "sms", {}, None),
        (answered(LATER, skip=True), "delay", "delay", {}, None),
    ],
)
def test_what_is_wrong_with_an_answer(
    answer: BridgeAnswer | BridgeFailure, kind: str, now: str | None, payload: Any, trouble: str | None
) -> None:
    found = problem_of(answer, kind, now, payload)
    assert (found and found.trouble) == trouble
    if found is not None:
        assert found.code == ("SomeError" if trouble == "refused" else None)
        assert (found.failure is None) == (trouble in ("lost", "other-type"))


SHORT = {"schema": member({**TEXT, "maxLength": 3})}
DEFINITION = {
    "payload": SHORT,
    "steps": [
        {"stepId": "mail", "controls": SHORT},
        {"stepId": "look", "results": SHORT},
        {"stepId": "bell"},
    ],
}
PAYLOAD, CONTROLS, RESULTS = (
    "ExecutionEventPayloadInvalidError",
    "ExecutionStateControlInvalidError",
    "ExecutionStateResultInvalidError",
)
LONG, FITS = {"x": "long"}, {"x": "ok"}


@walked(
    ("code", "trial", "step_id", "is_refused"),
    [
        (PAYLOAD, Trial(LONG), "mail", True),
        (PAYLOAD, Trial(FITS), "mail", False),
        (CONTROLS, Trial(FITS, controls={"mail": LONG}), "mail", True),
        (CONTROLS, Trial(FITS, controls={"mail": FITS}), "mail", False),
        (CONTROLS, Trial(FITS), "mail", True),  # what it requires is not there
        (CONTROLS, Trial(LONG, controls={"mail": LONG, "bell": LONG}), "bell", False),
        (CONTROLS, Trial(LONG, controls={"gone": LONG}), "gone", False),
        (RESULTS, Trial(FITS, results={"bell": LONG, "look": LONG}), "mail", True),
        (RESULTS, Trial(LONG, results={"bell": LONG, "look": FITS, "gone": LONG}), "mail", False),
        ("SomeError", Trial(LONG, controls={"mail": LONG}, results={"look": LONG}), "mail", False),
        (None, Trial(LONG, controls={"mail": LONG}, results={"look": LONG}), "mail", False),
    ],
)
def test_whether_schemas_alone_explain_what_is_refused(
    code: str | None, trial: Trial, step_id: str, is_refused: bool
) -> None:
    assert is_refused_by_schema(code, DEFINITION, trial, step_id) is is_refused
    assert not is_refused_by_schema(code, {"payload": {"schema": None}, "steps": None}, trial, step_id)


async def test_a_version_is_what_its_bridge_discovers() -> None:
    class Bridge:
        async def discover(self) -> list[dict[str, Any]]:
            return [{"workflowId": "a", "steps": []}, {"workflowId": "b"}]

    bridge: Any = Bridge()
    version = await CodeVersion.of("it", bridge)
    expected: dict[str, dict[str, Any]] = {"a": {"workflowId": "a", "steps": []}, "b": {"workflowId": "b"}}
    assert version == CodeVersion("it", expected, bridge)


# --- where the old code is not here to be asked -----------------------------------------------------------


class Controls(BaseModel):
    subject: str = "Hello"


class ShortControls(BaseModel):
    subject: str = Field("Hi", max_length=20)


def version(*steps: str, controls: type[BaseModel] = Controls) -> Workflow[Any]:
    """A version of the workflow, from the names of its steps."""

    @workflow("w")
    async def handler(payload: dict[str, Any], step: Step) -> None:
        for name in steps:
            if name.startswith("wait"):
                await step.delay(name, {"amount": 1, "unit": "days"})
            elif name.startswith("mail"):
                await step.email(
                    name, lambda controls: {"subject": controls.subject, "body": "b"}, control_schema=controls
                )
            elif name.startswith("broken"):
                await step.sms(name, lambda: {"body": str(1 / 0)})
            else:
                await step.sms(name, {"body": "Hello"})

    return handler


def recorded(path: Path, old: Workflow[Any]) -> str:
    path.write_text(json.dumps({"workflows": [old.discover()]}), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("new", "code", "step_ids"),
    [
        (version("new", "wait", "mail", "text"), "ExecutionStateCorruptError", ("wait", "mail", "text")),
        (version("wait", "mail"), None, ("text",)),
        (version("wait", "mail", "text", controls=ShortControls), CONTROLS, ("mail",)),
    ],
    ids=["added-early", "removed", "narrowed"],
)
def test_definitions_alone_tell_what_breaks(
    tmp_path: Path, new: Workflow[Any], code: str | None, step_ids: tuple[str, ...]
) -> None:
    report = compat(recorded(tmp_path / "old.json", version("wait", "mail", "text")), new)
    assert [(one.code, one.step_ids) for one in report.breaks] == [(code, step_ids)]
    assert report.contents == []


def test_what_the_new_code_cannot_render_may_have_failed_before(tmp_path: Path) -> None:
    report = compat(recorded(tmp_path / "old.json", version("wait", "text:a")), version("wait", "text:a"))
    assert [one.what for one in report.findings] == []
    report = compat(recorded(tmp_path / "old.json", version("wait", "broken")), version("wait", "broken"))
    assert report.ok
    (found,) = report.of("unsure")
    assert (found.step_ids, found.code) == (("broken",), "StepExecutionFailedError")
    assert "the new version does not render it" in found.what


def test_what_is_narrowed_for_two_steps_is_said_of_each(tmp_path: Path) -> None:
    old, new = version("mail", "mail2"), version("mail", "mail2", controls=ShortControls)
    for before in (old, recorded(tmp_path / "old.json", old)):
        assert [one.step_ids for one in compat(before, new).breaks] == [("mail",), ("mail2",)]


# --- runs that cannot be open -----------------------------------------------------------------------------


def reading(*, fails: bool, skip: bool) -> Workflow[Any]:
    """A version whose text looks at whether the message before was read."""

    @workflow("w")
    async def handler(step: Step) -> None:
        bell = await step.in_app("bell", {"body": "Hello"}, skip=skip)
        await step.delay("wait", {"amount": 1, "unit": "days"})
        await step.sms("text", lambda: {"body": str(1 / 0) if fails and bell.read else "Hello"})

    return handler


@pytest.mark.parametrize("skip", [False, True])
def test_only_a_message_that_was_sent_can_have_been_read(skip: bool) -> None:
    report = compat(reading(fails=False, skip=skip), reading(fails=True, skip=skip))
    assert report.ok is skip


def test_a_workflow_that_is_gone_breaks_at_what_is_still_ahead_of_a_run() -> None:
    @workflow("other")
    async def other(step: Step) -> None:
        await step.sms("text", {"body": "Hello"})

    (found,) = compat(version("wait", "text"), other).breaks
    assert found.places == {("wait", "wait"), ("wait", "text"), ("text", "text")}
    assert (found.location, found.step_ids) == (None, ("wait", "text"))


def test_what_no_run_came_to_is_not_called_safe() -> None:
    def failing(limit: int) -> Workflow[Any]:
        class Limited(BaseModel):
            subject: str = Field("Hi", max_length=limit)

        @workflow("w")
        async def handler(step: Step) -> None:
            await step.sms("text", {"body": "Hello"})
            await step.email(
                "mail", lambda controls: {"subject": str(1 / 0), "body": ""}, control_schema=Limited
            )

        return handler

    report = compat(failing(20), failing(30))
    assert report.of("safe") == []
    assert [one.step_ids for one in report.of("unsure")] == [("mail",)]
