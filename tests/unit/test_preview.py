"""Made-up data for previews; `tests/contract/test_schema_contract.py` compares its shapes with the npm package's."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from novu_framework.npm.mock_data import completed, made_up
from novu_framework.schemas import Schema, Validator

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "when": {"type": "string", "format": "date-time"},
        "mail": {"type": "string", "format": "email"},
        "count": {"type": "integer", "minimum": 3},
        "price": {"type": "number", "exclusiveMinimum": 0, "maximum": 0.5},
        "code": {"type": "string", "pattern": "^[A-Z]{2}-\\d+$"},
        "kind": {"enum": ["a", "b"]},
        "lines": {"type": "array", "items": {"$ref": "#/definitions/Line"}, "minItems": 2},
        "unique": {"type": "array", "items": {"type": "number"}, "minItems": 3, "uniqueItems": True},
        "either": {"anyOf": [{"type": "null"}, {"type": "string"}]},
        "optional": {"type": "string"},
        "with_default": {"type": "string", "default": "d"},
    },
    "required": ["name", "when", "mail", "count", "price", "code", "kind", "lines", "unique", "either"],
    "definitions": {
        "Line": {"type": "object", "properties": {"sku": {"type": "string"}}, "required": ["sku"]}
    },
}


def test_what_is_required_is_made_up_and_nothing_else() -> None:
    assert made_up(SCHEMA) == {
        "name": "[placeholder]",
        "when": "2024-01-15T09:30:00.000Z",
        "mail": "user0@example.com",
        "count": 3,
        "price": 0.25,
        "code": "AA-0",
        "kind": "a",
        "lines": [{"sku": "[placeholder]"}, {"sku": "[placeholder]"}],
        "unique": [1, 2, 3],
        "either": "[placeholder]",
    }


def test_it_fits_the_schema_which_then_adds_its_defaults() -> None:
    filled, issues = Validator(SCHEMA).validate(made_up(SCHEMA))
    assert issues == []
    assert filled == {**made_up(SCHEMA), "with_default": "d"}


def test_it_is_the_same_every_time_and_new_each_time() -> None:
    first, second = made_up(SCHEMA), made_up(SCHEMA)
    assert first == second
    first["lines"].append("mine")
    assert made_up(SCHEMA) == second


def test_the_schema_is_not_changed() -> None:
    before = copy.deepcopy(SCHEMA)
    made_up(SCHEMA)
    assert before == SCHEMA


def test_a_default_is_preferred_to_made_up_data() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "default": "ours"}}, "required": ["a"]}
    assert made_up(schema) == {"a": "ours"}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]},
        {"type": "object", "properties": {"a": {"type": "array", "items": {"$ref": "#"}}}, "required": ["a"]},
        {"$ref": "#"},
        {
            "type": "object",
            "properties": {"a": {"$ref": "#/definitions/A"}},
            "required": ["a"],
            "definitions": {
                "A": {"allOf": [{"$ref": "#/definitions/B"}]},
                "B": {"anyOf": [{"$ref": "#/definitions/A"}]},
            },
        },
    ],
)
def test_a_schema_that_requires_itself_comes_to_an_end(schema: dict[str, Any]) -> None:
    assert isinstance(made_up(schema), dict)


def test_what_nobody_can_make_up_is_left_out() -> None:
    unknown = {"type": "string", "format": "a-format-of-our-own"}
    schema = {
        "type": "object",
        "properties": {"a": unknown, "b": {"type": "string"}},
        "required": ["a", "b", "nowhere"],
    }
    assert made_up(schema) == {"b": "[placeholder]"}


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        ({"type": "string", "minLength": 14, "maxLength": 20}, "[placeholder][placeh"),
        ({"type": "string", "maxLength": 3}, "[pl"),
        ({"type": "integer", "maximum": -4}, -4),
        ({"type": "integer", "minimum": 1, "multipleOf": 5}, 5),
        ({"type": "number", "minimum": 0.5, "maximum": 0.5}, 0.5),
        ({"type": ["null", "boolean"]}, True),
        ({"type": "null"}, None),
        (False, None),
    ],
)
def test_bounds_are_kept(schema: Any, made: Any) -> None:
    assert made_up(schema) == made


def test_a_python_type_previews_as_its_schema_does() -> None:
    from pydantic import BaseModel, Field

    class Comment(BaseModel):
        author: str
        likes: int = Field(ge=10)
        edited: bool = False

    _, built, issues = Schema.of(Comment).validate(made_up(Schema.of(Comment).json_schema))
    assert issues == []
    assert built == Comment(author="[placeholder]", likes=10)


def test_what_was_given_is_completed_through_nested_objects() -> None:
    made = {"a": {"b": "[placeholder]", "c": "[placeholder]"}, "list": [1, 2]}
    assert completed({"a": {"c": "given"}, "more": 1}, made) == {
        "a": {"b": "[placeholder]", "c": "given"},
        "list": [1, 2],
        "more": 1,
    }
    assert completed({"a": None, "list": []}, made) == {"a": None, "list": []}
    assert completed("given", made) == "given"
