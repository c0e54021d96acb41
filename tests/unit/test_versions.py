"""What differs between two definitions of a workflow, schema by schema, and which of it explains a refusal."""

from __future__ import annotations

from typing import Any

import pytest

from novu_framework_testing.versions import VersionChange, changes, explaining


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
    assert 10 < len(places) == len(set(places)) < 20
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
