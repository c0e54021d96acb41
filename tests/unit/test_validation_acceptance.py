"""What is accepted at the speed of C is what the keywords let pass, as it is: the two are held against each other."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novu_framework.npm.ajv.validator import Validator

NAMES = st.sampled_from(["a", "b", "1", "toString", "é"])
SCALARS = st.sampled_from(
    [
        "",
        "x",
        "long",
        "2026-01-01",
        "😀",
        "\ud800",
        0,
        1,
        -1,
        1.0,
        1.5,
        10**400,
        True,
        False,
        None,
        math.nan,
        math.inf,
    ]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.just("\ud800"), inner, max_size=4),
)
LIMITS = st.sampled_from([0, 1, 2, 1.0, 1.5])
SIMPLE = st.one_of(
    st.sampled_from(["string", "integer", "number", "boolean", "null", "object", "array"]).map(
        lambda one: {"type": one}
    ),
    st.sampled_from([True, False, {}, {"type": ["string", "null"]}, {"type": ["integer", "string"]}]),
    st.sampled_from(
        [
            {"enum": ["x", "a"]},
            {"enum": ["x", 1, None]},
            {"const": "x"},
            {"const": 1},
            {"type": "string", "const": "x"},
        ]
    ),
    st.sampled_from(
        [
            {"type": "string", "format": "date"},
            {"type": "string", "pattern": "^x"},
            {"nullable": True, "type": "string"},
        ]
    ),
    LIMITS.map(lambda limit: {"type": "integer", "minimum": limit}),
    LIMITS.map(lambda limit: {"type": "number", "maximum": limit}),
    st.sampled_from([0, 1, 2]).map(
        lambda limit: {"type": "string", "minLength": limit, "maxLength": limit + 1}
    ),
)


def _composite(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    member = st.tuples(inner, st.none() | SCALARS.filter(lambda one: one == one)).map(
        lambda pair: (
            {**pair[0], "default": pair[1]} if isinstance(pair[0], dict) and pair[1] is not None else pair[0]
        )
    )
    objects = st.fixed_dictionaries(
        {"type": st.just("object")},
        optional={
            "properties": st.dictionaries(NAMES, member, max_size=3),
            "required": st.lists(NAMES, unique=True, max_size=2),
            "additionalProperties": st.sampled_from([True, False, {}]) | inner,
        },
    )
    return st.one_of(
        objects,
        st.fixed_dictionaries(
            {"type": st.just("array"), "items": inner}, optional={"minItems": st.sampled_from([0, 1])}
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda branches: {"anyOf": branches}),
        inner.map(lambda values: {"type": "object", "patternProperties": {"": values}}),
        st.lists(inner, min_size=1, max_size=2).map(lambda parts: {"allOf": parts}),
        inner.map(lambda refused: {"not": refused}),
    )


SCHEMAS = st.recursive(SIMPLE, _composite, max_leaves=6).filter(lambda one: isinstance(one, dict))


@st.composite
def fitting(draw: st.DrawFn, schema: Any) -> Any:
    """Draw a value that fits a schema more often than any value would."""
    if not isinstance(schema, dict) or draw(st.integers(0, 19)) == 0:
        return draw(VALUES)
    if "anyOf" in schema:
        return draw(fitting(draw(st.sampled_from(schema["anyOf"]))))
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type")
    if kind == "array":
        return draw(st.lists(fitting(schema.get("items", True)), max_size=3))
    if kind == "object":
        patterns = schema.get("patternProperties", {}).values()
        value = {draw(NAMES): draw(fitting(one)) for one in patterns}
        for name, one in schema.get("properties", {}).items():
            if draw(st.integers(0, 3)):
                value[name] = draw(fitting(one))
        for name in schema.get("required", ()):
            if name not in value:
                value[name] = draw(SCALARS)
        if draw(st.integers(0, 4)) == 0:
            value[draw(NAMES)] = draw(VALUES)
        return value
    known: dict[str, list[Any]] = {
        "string": ["x", "xx", "a"],
        "integer": [0, 1, 2],
        "number": [1, 1.5],
        "boolean": [True],
        "null": [None],
    }
    return draw(st.sampled_from(known[kind])) if isinstance(kind, str) else draw(VALUES)


def by_keywords_alone(schema: Any) -> Validator:
    """Return the validator of a schema without what accepts at the speed of C."""
    validator = Validator(schema)
    vars(validator)["usual"] = None
    return validator


@settings(deadline=None)
@given(st.data())
def test_what_is_accepted_at_once_changes_no_answer(data: st.DataObject) -> None:
    schema = data.draw(SCHEMAS)
    value = data.draw(fitting(schema))
    before = repr(value)
    found = Validator(schema).validate(value)
    assert repr(value) == before
    # with the order of the members, and NaN for NaN
    assert repr(found) == repr(by_keywords_alone(schema).validate(value))


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}, {"a": "x", "b": 1}),
        ({"type": "object", "properties": {"a": {"type": "string", "default": "x"}}}, {}),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False},
            {"a": "x"},
        ),
        ({"type": "object", "patternProperties": {"": {"type": "integer"}}}, {"a": 1}),
        (
            {"type": "array", "items": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}},
            ["2026-01-01", None],
        ),
        ({"anyOf": [{"type": "object", "additionalProperties": False}, {"type": "null"}]}, None),
    ],
    ids=json.dumps,
)
def test_usual_values_never_come_to_the_keywords(
    schema: Any, value: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    validator = Validator(schema)
    assert validator.usual is not None
    monkeypatch.setattr(validator, "_check", None)
    assert validator.validate(value)[1] == []


def test_a_branch_that_drops_members_is_left_to_the_keywords() -> None:
    drops = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}
    schema = {"anyOf": [drops, {"type": "object"}]}
    assert Validator(schema).validate({"a": 1, "b": 2}) == ({"a": 1}, [])


def test_members_of_members_with_defaults_are_left_to_the_keywords() -> None:
    inner = {"type": "object", "properties": {"a": {"type": "string", "default": "x"}}}
    validator = Validator({"type": "object", "properties": {"b": inner}})
    assert validator.usual is None
    assert validator.validate({"b": {}}) == ({"b": {"a": "x"}}, [])
