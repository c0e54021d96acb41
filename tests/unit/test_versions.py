"""What differs between two definitions of a workflow, schema by schema, and which of it explains a refusal."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing.versions import VersionChange, changes, explaining
from tests.tables import walked


def definition(schema: Any, **more: Any) -> dict[str, Any]:
    return {"workflowId": "w", "steps": [], "payload": {"schema": schema}, **more}


def of_a(schema: Any, **definitions: Any) -> dict[str, Any]:
    """A definition whose payload has a member `a`."""
    return definition({"properties": {"a": schema}, "$defs": definitions})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (of_a({"type": "string"}), of_a({"type": "string"}), []),
        (of_a(True), of_a({"type": "string"}), ["schema: True -> {'type': 'string'}"]),
        (of_a({"type": "string"}), of_a(False), ["schema: {'type': 'string'} -> False"]),
        (of_a(True), of_a(False), ["schema: True -> False"]),
        (
            of_a({"$ref": "#/$defs/x~1y~0z"}, **{"x/y~z": {"type": "string"}}),
            of_a({"$ref": "#/$defs/x~1y~0z"}, **{"x/y~z": {"type": "number"}}),
            ["type: string -> number"],
        ),
    ],
    ids=["same", "any to some", "some to none", "any to none", "escaped reference"],
)
def test_a_schema_is_compared_whatever_it_is_written_as(
    old: dict[str, Any], new: dict[str, Any], said: list[str]
) -> None:
    found = changes(old, new)
    assert [f"{one.keyword}: {one.old} -> {one.new}" for one in found] == said
    assert {(one.kind, one.part, one.path) for one in found} <= {("keyword", "payload", "/a")}


@pytest.mark.parametrize("by", ["properties", "items"])
def test_a_schema_of_itself_is_compared_to_a_depth(by: str) -> None:
    def tree(kind: str) -> dict[str, Any]:
        itself = {"$ref": "#/$defs/tree"}
        inner = {"properties": {"child": itself}} if by == "properties" else {"items": itself}
        return of_a({"$ref": "#/$defs/tree"}, tree={"type": kind, **inner})

    found = changes(tree("object"), tree("array"))
    places = [one.path for one in found if one.keyword == "type"]
    assert places[-1] == "/a"
    assert len(places) == len(set(places)) == 12
    assert [one.keyword for one in found if one.keyword != "type"] == ["schema"]  # below, as a whole


def test_default_preferences_are_told_as_they_were_and_are() -> None:
    old, new = ({"all": {"enabled": enabled}} for enabled in (True, False))
    assert changes(definition({}, preferences=old), definition({}, preferences=new)) == [
        VersionChange("preferences", old=old, new=new)
    ]


@pytest.mark.parametrize(
    ("paths", "chosen"),
    [
        (["/a"], ["/a"]),
        (["/a", "/b"], ["/a"]),
        (["/list/0/b"], ["/list/*"]),
        (["/b"], ["/a", "/list/*"]),
        ([], ["/a", "/list/*"]),
    ],
    ids=["one", "one of two", "around it", "another", "nowhere"],
)
def test_what_explains_a_refusal_is_at_one_of_its_places_or_else_all_of_the_schema(
    paths: list[str], chosen: list[str]
) -> None:
    found = [
        VersionChange("keyword", part="payload", path=path, keyword="type") for path in ("/a", "/list/*")
    ]
    code = VersionChange("code")
    explained = explaining([*found, code], "mail", "ExecutionEventPayloadInvalidError", paths=paths)
    assert [one.path for one in explained] == chosen


def steps(*named: str, **more: dict[str, Any]) -> dict[str, Any]:
    """A definition with steps `id:type`; `more` is of the step of that id."""
    made = [dict(zip(("stepId", "type"), one.split(":"), strict=True)) for one in named]
    return {"workflowId": "w", "steps": [{**one, **more.get(one["stepId"], {})} for one in made]}


MAIL, TEXT, WAIT = "mail:email", "text:sms", "wait:delay"


@walked(
    ("old", "new", "said"),
    [
        (steps(MAIL), None, ["the workflow was removed, or its id changed"]),
        (steps(MAIL), {**steps(MAIL), "steps": None}, ["the step `mail` (email) was removed"]),
        (steps(), steps(MAIL), ["the step `mail` (email) was added at the end"]),
        (
            steps(MAIL, TEXT),
            steps(WAIT, MAIL, "push:push", TEXT),
            ["the step `wait` (delay) was added before `mail`", "the step `push` (push) was added before `text`"],
        ),
        (steps(MAIL, TEXT), steps("post:email", TEXT), ["the step `mail` (email) was removed or renamed: there is `post` now"]),
        (
            steps(MAIL, TEXT),
            steps("post:chat", TEXT),
            ["the step `mail` (email) was removed", "the step `post` (chat) was added before `text`"],
        ),
        (
            steps(MAIL, TEXT),
            steps(TEXT, "post:email"),
            ["the step `mail` (email) was removed", "the step `post` (email) was added at the end"],
        ),
        (
            steps(MAIL, "more:email"),
            steps("post:email", "letter:email"),
            [
                "the step `mail` (email) was removed or renamed: there is `post` now",
                "the step `more` (email) was removed or renamed: there is `letter` now",
            ],
        ),
        (steps(MAIL, TEXT, WAIT), steps(TEXT, WAIT, MAIL), ["the step `mail` was moved at the end"]),
        (steps(MAIL, TEXT, WAIT), steps(WAIT, MAIL, TEXT), ["the step `wait` was moved before `mail`"]),
        (
            steps(MAIL, controls={}, mail={"code": "1", "controls": {"schema": {"type": "object"}}}),
            steps("mail:sms", mail={"code": "2", "controls": {"schema": {"type": "array"}}}),
            ["the step `mail` was of the type email, it is sms"],
        ),
        (steps(MAIL, mail={"code": "1"}), steps(MAIL, mail={"code": "2"}), ["the code of `mail` changed"]),
        ({**steps(), "code": "1"}, {**steps(), "code": "2"}, ["the code of the workflow changed"]),
        ({**steps(), "preferences": {}}, steps(), ["the default preferences changed"]),
        (
            steps(MAIL, mail={name: {"schema": {"type": "string"}} for name in ("outputs", "results", "controls")}),
            steps(MAIL, mail={name: {"schema": {"type": "null"}} for name in ("outputs", "results", "controls")}),
            [
                f"`/` of the {name} of `mail`: `type` is `'null'`, it was `'string'`"
                for name in ("controls", "results", "outputs")
            ],
        ),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_became_of_the_steps_is_said(old: dict[str, Any], new: Any, said: list[str]) -> None:
    assert [str(one) for one in changes(old, new)] == said


LONG, CUT = "x" * 58, "x" * 59


@walked(
    ("old", "new", "said"),
    [
        ({"properties": {"b": {}}}, {"properties": {}}, ["`/b` of the payload was removed"]),
        ({}, {"properties": {"b": {}}}, ["`/b` of the payload is new"]),
        (
            {"properties": {"b": {}}, "required": ["b"]},
            {"properties": {"b": {}}},
            ["`/b` of the payload is no longer required"],
        ),
        (
            {"properties": {"b": {}}},
            {"properties": {"c": {}, "b": {}}, "required": ["c", "b"]},
            [
                "`/b` of the payload is now required",
                "`/c` of the payload is new",
                "`/c` of the payload is now required",
            ],
        ),
        (
            {"properties": {"b": {}}, "required": ["b"]},
            {"properties": {}},
            ["`/b` of the payload was removed"],
        ),
        ({"required": ["b"]}, {"required": ["a"]}, ["`/a` of the payload is now required", "`/b` of the payload is no longer required"]),
        ({"minimum": 1}, {}, ["`/` of the payload: `minimum` is gone, it was `1`"]),
        ({}, {"minimum": 1}, ["`/` of the payload: `minimum` is `1`, it was absent"]),
        ({"const": LONG}, {"const": CUT}, [f"`/` of the payload: `const` is `'{'x' * 58}…`, it was `'{LONG}'`"]),
        (
            {"items": {"type": "string"}, "title": "A", "description": "a", "examples": [1], "$comment": "a", "$id": "a"},
            {"items": {"type": "null"}, "title": "B", "$schema": "b", "$defs": {}, "definitions": {}},
            ["`/*` of the payload: `type` is `'null'`, it was `'string'`"],
        ),
        (
            {"items": [{"type": "string"}]},
            {"items": {"type": "string"}},
            ["`/` of the payload: `items` is `{'type': 'string'}`, it was `[{'type': 'string'}]`"],
        ),
        (
            {"properties": {"b": {"$ref": "#/$defs/c", "minimum": 1}}, "$defs": {"c": {"type": "null"}}},
            {"properties": {"b": {"$ref": "#/$defs/c"}}, "$defs": {"c": {"type": "null"}}},
            ["`/b` of the payload: `minimum` is gone, it was `1`"],
        ),
        (
            {"properties": {"b": {"$ref": "#/none", "minimum": 1}}},
            {"properties": {"b": {"$ref": "other.json"}}},
            [
                "`/b` of the payload: `minimum` is gone, it was `1`",
                "`/b` of the payload: `$ref` is `'other.json'`, it was absent",
            ],
        ),
    ],
    ids=range(13),
)  # fmt: skip
def test_what_became_of_a_schema_is_said(old: Any, new: Any, said: list[str]) -> None:
    assert [str(one) for one in changes(definition(old), definition(new))] == said


def test_a_refusal_is_explained_by_what_it_is_about() -> None:
    found = [
        VersionChange("step-removed", "mail"),
        VersionChange("step-renamed", "text"),
        VersionChange("step-type", "wait"),
        VersionChange("step-moved", "mail"),
        VersionChange("step-added", "push"),
        VersionChange("code"),
        VersionChange("code", "mail"),
        VersionChange("code", "text"),
        *(VersionChange("keyword", step, part) for part in ("controls", "results", "outputs") for step in ("mail", "text")),
        VersionChange("preferences"),
    ]  # fmt: skip

    def explained(step: str, code: str | None) -> list[int]:
        return [found.index(one) for one in explaining(found, step, code)]

    steps_alone, everything = [0, 1, 3, 4], [*range(len(found))]
    assert {(step, code): explained(step, code) for step, code in EXPLAINED} == {
        **dict.fromkeys(EXPLAINED, everything),
        ("mail", None): [0], ("text", None): [1], ("wait", None): [2],
        ("mail", "ExecutionStateCorruptError"): steps_alone,
        ("mail", "WorkflowNotFoundError"): steps_alone,
        ("mail", "StepNotFoundError"): steps_alone,
        ("mail", "ExecutionStateControlInvalidError"): [8],
        ("text", "ExecutionStateControlInvalidError"): [9],
        ("mail", "ExecutionStateResultInvalidError"): [10, 11],
        ("mail", "ExecutionStateOutputInvalidError"): [12, 13],
        ("mail", "StepExecutionFailedError"): [5, 6],
        ("wait", "StepExecutionFailedError"): [5],
    }  # fmt: skip
    assert explaining([VersionChange("workflow-removed")], "x", "WorkflowNotFoundError") == [
        VersionChange("workflow-removed")
    ]


EXPLAINED: list[tuple[str, str | None]] = [
    ("mail", None), ("text", None), ("wait", None), ("push", None), ("mail", "ExecutionEventPayloadInvalidError"),
    ("mail", "ExecutionStateCorruptError"), ("mail", "WorkflowNotFoundError"), ("mail", "StepNotFoundError"),
    *((step, "ExecutionStateControlInvalidError") for step in ("mail", "text", "wait")),
    ("mail", "ExecutionStateResultInvalidError"), ("mail", "ExecutionStateOutputInvalidError"),
    ("mail", "StepExecutionFailedError"), ("wait", "StepExecutionFailedError"),
]  # fmt: skip


TOUCHED = {
    "/a": ["", "/a", "/a/b"],
    "/a/b": ["", "/a", "/a/b"],
    "/a/b/c": ["", "/a", "/a/b"],
    "/ab": ["", "/ab"],
    "": ["", "/a", "/ab"],
    "/l/12/x": ["", "/l/*"],
    "/l": ["", "/l/*"],
}


def test_a_change_touches_what_is_in_its_place_and_what_is_just_around_it() -> None:
    found = [
        VersionChange("keyword", part="payload", path=path) for path in ("", "/a", "/a/b", "/ab", "/l/*")
    ]

    def explained(wrong: str) -> list[str]:
        chosen = explaining(found, "x", "ExecutionEventPayloadInvalidError", paths=[wrong])
        return [one.path for one in chosen]

    assert {wrong: explained(wrong) for wrong in TOUCHED} == TOUCHED


def test_a_change_is_told_by_its_values_and_found_by_its_place() -> None:
    one, other = (VersionChange("keyword", "mail", "controls", "/a", "enum", [1], new) for new in ([2], [3]))
    assert one != other
    assert (
        hash(one) == hash(other) != hash(VersionChange("keyword", "mail", "controls", "/b", "enum", [1], [2]))
    )
