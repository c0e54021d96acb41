"""Made-up data for previews; `tests/contract/test_schema_contract.py` compares its shapes with the npm package's."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from novu_framework.npm.ajv.subschemas import is_null, merged_with
from novu_framework.npm.mock_data import Position, completed, made_up
from novu_framework.schemas import Schema, Validator
from tests.tables import walked

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


@walked(
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


@walked(
    ("schema", "made"),
    [
        ({"items": {"type": "string"}}, ["[placeholder]"]),
        ({"additionalItems": False}, []),
        ({"maxItems": 3}, None),
        ({"minItems": 2}, None),
        ({"uniqueItems": True}, None),
        ({"minimum": 3}, 3),
        ({"maximum": 0}, 0),
        ({"exclusiveMinimum": 3}, 4),
        ({"exclusiveMaximum": 0}, -1),
        ({"multipleOf": 4}, 4),
        ({"properties": {"a": {"type": "string"}}}, {}),
        ({"required": ["a"]}, {}),
        ({"additionalProperties": {"type": "string"}}, {"[placeholder]": "[placeholder]"}),
        ({"patternProperties": {"^a": {"type": "string"}}}, {}),
        ({"minProperties": 1}, {}),
        ({"maxProperties": 0}, {}),
        ({"dependencies": {"a": ["b"]}}, {}),
        ({"maxLength": 3}, "[pl"),
        ({"minLength": 14}, "[placeholder][placeholder]"),
        ({"pattern": "^b$"}, "b"),
        ({"format": "ipv4"}, "192.0.2.0"),
        ({"type": []}, {"type": []}),
        ({"type": ["null"]}, None),
        ({"type": ["null", "integer"]}, 1),
        ({"type": ["string", "integer"]}, "[placeholder]"),
        ({"title": "x", "a": {"type": "integer"}, "b": [1]}, {"title": "x", "a": 1, "b": [1]}),
        ({"title": "x", "a": {"type": "string", "format": "none"}}, {"title": "x", "a": {"type": "string", "format": "none"}}),
        ({}, {}),
        ({"not": {"type": "integer"}}, 1.5),
        ({"not": {"type": ["integer", "number"]}}, True),
        ({"not": {"type": ["integer", "number", "boolean", "null", "string"]}}, None),
        ({"not": True}, 1),
        ({"not": {"type": "string"}, "type": "string"}, "[placeholder]"),
        ({"type": "number"}, 1),
        ({"type": "number", "minimum": 0.5}, 1),
        ({"type": "number", "minimum": 1.5}, 2),
        ({"type": "number", "exclusiveMinimum": 1}, 2),
        ({"type": "number", "exclusiveMinimum": 1.5}, 2),
        ({"type": "number", "minimum": 2, "exclusiveMinimum": 3}, 4),
        ({"type": "number", "maximum": 5}, 1),
        ({"type": "number", "maximum": 1}, 1),
        ({"type": "number", "maximum": 0}, 0),
        ({"type": "number", "maximum": 0.5}, 0),
        ({"type": "number", "exclusiveMaximum": 1}, 0),
        ({"type": "number", "exclusiveMaximum": 0}, -1),
        ({"type": "number", "exclusiveMaximum": 0.5}, 0),
        ({"type": "number", "maximum": -3, "exclusiveMaximum": -2}, -3),
        ({"type": "number", "minimum": 0.1, "maximum": 0.2}, 0.15),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, 0.5),
        ({"type": "number", "minimum": 1, "exclusiveMaximum": 2}, 1),
        ({"type": "number", "multipleOf": 0.1}, 1),
        ({"type": "number", "multipleOf": 0.1, "minimum": 0.25}, 0.3),
        ({"type": "number", "multipleOf": 5, "maximum": -3}, -5),
        ({"type": "number", "multipleOf": 5, "maximum": 3}, 0),
        ({"type": "number", "multipleOf": 0.3, "minimum": 1}, 1.2),
        ({"type": "integer"}, 1),
        ({"type": "integer", "exclusiveMinimum": 1}, 2),
        ({"type": "integer", "minimum": 2.5}, 3),
        ({"type": "integer", "minimum": 3, "maximum": 3}, 3),
        ({"type": "integer", "exclusiveMinimum": 2, "exclusiveMaximum": 3}, 2),
        ({"type": "integer", "multipleOf": 7, "minimum": 8}, 14),
        ({"type": "integer", "minimum": -5, "maximum": -3}, -5),
        ({"type": "integer", "exclusiveMaximum": -3}, -4),
        ({"type": "integer", "multipleOf": 3, "exclusiveMinimum": 3}, 6),
        ({"type": "array", "minItems": 3, "items": {"type": "number"}}, [1, 2, 3]),
        ({"type": "array", "minItems": 3, "items": {"type": "integer", "multipleOf": 5}}, [5, 10, 15]),
        ({"type": "array", "minItems": 3, "items": {"type": "integer", "maximum": 0}}, [0, -1, -2]),
        ({"type": "array", "minItems": 3, "items": {"type": "integer", "maximum": 2}}, [1, 2, 0]),
        ({"type": "array", "minItems": 3, "items": {"type": "integer", "exclusiveMaximum": 2}}, [1, 1, 0]),
        ({"type": "array", "minItems": 3, "items": {"type": "number", "maximum": 1.5}}, [1, 0, -1]),
        ({"type": "array", "minItems": 3, "items": {"type": "boolean"}}, [True, False, True]),
        ({"type": "array", "minItems": 3, "items": {"enum": ["a", "b"]}}, ["a", "b", "a"]),
        ({"type": "array", "minItems": 3, "items": {"type": "string", "format": "email"}}, ["user0@example.com", "user1@example.com", "user2@example.com"]),
        ({"type": "array", "minItems": 3, "items": {"type": "object"}}, []),
        ({"type": "array", "minItems": 3, "items": {"type": "string", "format": "none"}}, None),
        ({"type": "array", "minItems": 3, "items": {"type": "array", "items": {"enum": [1, 2]}}}, [[1], [1], [1]]),
        ({"type": "array", "minItems": 12, "items": {"type": "string", "format": "date"}}, ["2024-01-10", "2024-01-11", "2024-01-12", "2024-01-13", "2024-01-14", "2024-01-15", "2024-01-16", "2024-01-17", "2024-01-18", "2024-01-19", "2024-01-10", "2024-01-11"]),
        ({"type": "array"}, []),
        ({"type": "array", "minItems": 1}, None),
        ({"type": "array", "maxItems": 1}, None),
        ({"type": "array", "uniqueItems": True}, None),
        ({"type": "array", "items": True}, None),
        ({"type": "array", "items": False}, None),
        ({"type": "array", "items": [{"type": "string"}, {"enum": [1, 2, 3]}, {"type": "boolean"}]}, ["[placeholder]", 2, True]),
        ({"type": "array", "items": [{"type": "string", "format": "none"}]}, None),
        ({"type": "array", "items": {}}, []),
        ({"type": "array", "items": {"type": "string"}, "minItems": 0}, ["[placeholder]"]),
        ({"type": "array", "items": {"type": "string"}, "minItems": 2.0}, ["[placeholder]", "[placeholder]"]),
        ({"type": "array", "items": {"enum": ["a", "a", "b"]}, "minItems": 2, "uniqueItems": True}, ["a", "b"]),
        ({"type": "array", "items": {"enum": ["a"]}, "minItems": 3, "uniqueItems": True}, ["a"]),
        ({"type": "array", "items": {"enum": ["a"]}, "minItems": 2, "uniqueItems": False}, ["a", "a"]),
        ({"type": "array", "items": {"type": "string"}, "contains": {"const": 3}}, ["[placeholder]", 3]),
        ({"type": "array", "items": {"const": 3}, "contains": {"const": 3}}, [3]),
        ({"type": "array", "items": {"type": "string"}, "contains": {"type": "string", "format": "none"}}, ["[placeholder]"]),
        ({"type": "array", "items": {"type": "object"}, "contains": {"const": {}}}, []),
        ({"type": "object"}, {}),
        ({"type": "object", "required": ["b", "a", "c"], "properties": {"a": {"type": "string"}, "d": {"type": "string"}, "b": {"type": "string"}}}, {"a": "[placeholder]", "b": "[placeholder]"}),
        ({"type": "object", "required": ["a", "b"], "patternProperties": {"^b": {"type": "integer"}, "^a": {"type": "string"}}}, {"a": "[placeholder]", "b": 1}),
        ({"type": "object", "required": ["a"], "additionalProperties": {"type": "integer"}}, {"a": 1, "[placeholder]": 1}),
        ({"type": "object", "required": ["a"], "additionalProperties": True}, {"[placeholder]": "[placeholder]"}),
        ({"type": "object", "additionalProperties": False}, {}),
        ({"type": "object", "additionalProperties": {"type": "string", "format": "none"}}, {}),
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "c": {"type": "string"}}, "dependencies": {"a": ["b", "a"], "b": ["c"]}}, {"a": "[placeholder]", "b": "[placeholder]", "c": "[placeholder]"}),
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "dependencies": {"a": ["b", "b"], "b": ["a"]}}, {"a": "[placeholder]", "b": "[placeholder]"}),
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}, "dependencies": {"a": {"type": "object", "required": ["b", "a"], "properties": {"b": {"type": "integer"}, "a": {"type": "integer"}}}}}, {"a": "[placeholder]", "b": 1}),
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}, "dependencies": {"a": {"type": "string"}}}, {"a": "[placeholder]"}),
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}, "dependencies": {"b": ["c"]}}, {"a": "[placeholder]"}),
        ({"default": {"a": [{}, 1]}, "type": "string"}, {"a": [1]}),
        ({"default": None}, None),
        ({"const": [1]}, [1]),
        ({"const": {}, "enum": [1]}, {}),
        ({"enum": [], "type": "integer"}, 1),
        ({"enum": [[1], 2]}, [1]),
        (True, True),
        (False, None),
        (3, None),
        ({"allOf": [{"type": "integer", "minimum": 3}, {"minimum": 5}, {"minimum": 4}]}, 5),
        ({"allOf": [{"type": "integer", "maximum": -3}, {"maximum": -1}]}, -3),
        ({"allOf": [{"type": "integer", "maximum": -3}, {"maximum": -5}]}, -5),
        ({"allOf": [{"minLength": 14, "type": "string"}, {"minLength": 3}]}, "[placeholder][placeholder]"),
        ({"allOf": [{"minLength": 3, "type": "string"}, {"minLength": 14}]}, "[placeholder][placeholder]"),
        ({"allOf": [{"type": "string", "maxLength": 3}, {"maxLength": 5}]}, "[pl"),
        ({"allOf": [{"type": "string", "maxLength": 5}, {"maxLength": 3}]}, "[pl"),
        ({"allOf": [{"type": "array", "items": {"type": "string"}, "minItems": 2}, {"minItems": 1}]}, ["[placeholder]", "[placeholder]"]),
        ({"allOf": [{"enum": ["a", "b", "c"]}, {"enum": ["c", "b"]}]}, "b"),
        ({"allOf": [{"enum": ["a", "b"]}, {"enum": ["c"]}]}, "a"),
        ({"allOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "c": {"type": "string"}}}, {"required": ["b", "a"], "properties": {"b": {"type": "string"}, "a": {"maxLength": 3}, "c": True}}]}, {"a": "[pl", "b": "[placeholder]"}),
        ({"allOf": [{"type": "object", "required": ["a"], "properties": {"a": True}}, {"properties": {"a": {"type": "string"}}}]}, {"a": "[placeholder]"}),
        ({"allOf": [True, {"type": "string"}]}, "[placeholder]"),
        ({"allOf": [{"type": "string"}, False]}, "[placeholder]"),
        ({"required": ["a"], "properties": {"a": {"minLength": 14, "type": "string"}}, "type": "object", "allOf": [{"properties": {"a": {"maxLength": 20}}}]}, {"a": "[placeholder][placeh"}),
        ({"allOf": [{"type": "string"}, {"type": "integer"}]}, 1),
        ({"anyOf": [{"type": "null"}, {"const": None}, {"type": "string"}]}, "[placeholder]"),
        ({"anyOf": [{"type": "null"}]}, None),
        ({"oneOf": [{"type": "integer"}, {"type": "string"}]}, 1),
        ({"oneOf": [{"const": None}, {"const": 3}]}, 3),
        ({"anyOf": [True, {"type": "string"}], "type": "integer"}, 1),
        ({"anyOf": [], "type": "integer"}, 1),
        ({"anyOf": [{"$ref": "#"}, {"type": "null"}, {"type": "integer"}]}, 1),
        ({"anyOf": [{"$ref": "#"}, {"type": "null"}]}, None),
        ({"type": "object", "required": ["a"], "anyOf": [{"properties": {"a": {"type": "integer"}}}, {"properties": {"a": {"type": "string"}}}]}, {"a": 1}),
        ({"$ref": "#/definitions/A", "definitions": {"A": {"type": "string"}}}, "[placeholder]"),
        ({"$ref": "#/definitions/A", "maxLength": 3, "definitions": {"A": {"type": "string", "maxLength": 5}}}, "[pl"),
        ({"$ref": "#/definitions/B", "definitions": {"A": {"type": "string"}}}, None),
        ({"$ref": "#/definitions/A", "definitions": {"A": True}}, {"definitions": {"A": True}}),
        ({"$ref": "#/definitions/A", "definitions": {"A": False}}, None),
        ({"$ref": "#", "type": "integer"}, 1),
        ({"$ref": "#/definitions/A", "definitions": {"A": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/definitions/A"}}}}}, {"a": {"a": {"a": {}}}}),
        ({"$ref": "#/definitions/A", "definitions": {"A": {"type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/definitions/A", "type": "integer"}}}}}, {"a": 1}),
        ({"$ref": "#/definitions/A", "definitions": {"A": {"type": "object", "required": ["a", "b"], "properties": {"a": {"anyOf": [{"$ref": "#/definitions/A"}, {"type": "string"}]}, "b": {"$ref": "#/definitions/B"}}}, "B": {"type": "integer"}}}, {"a": "[placeholder]", "b": 1}),
        ({"allOf": [{"$ref": "#/definitions/A"}, {"$ref": "#/definitions/C"}, {"required": ["b"]}], "definitions": {"A": {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}}}, {"a": "[placeholder]", "b": "[placeholder]"}),
        ({"anyOf": [{"$ref": "#/definitions/A", "maxLength": 3}], "definitions": {"A": {"type": "string"}}}, "[pl"),
        ({"type": "array", "minItems": 5, "items": {"anyOf": [{"$ref": "#/definitions/A"}]}, "definitions": {"A": {"type": "integer"}}}, [1, 2, 3, 4, 5]),
        ({"type": "array", "minItems": 5, "items": {"$ref": "#/definitions/A"}, "definitions": {"A": {"type": "integer"}}}, [1, 2, 3, 4, 5]),
        ({"$id": "http://a.b/c", "$ref": "d#/definitions/A", "definitions": {"D": {"$id": "d", "definitions": {"A": {"type": "string"}}}}}, "[placeholder]"),
        ({"type": "string", "format": "date"}, "2024-01-10"),
        ({"type": "string", "format": "time"}, "09:30:00.000Z"),
        ({"type": "string", "format": "date-time"}, "2024-01-15T09:30:00.000Z"),
        ({"type": "string", "format": "duration"}, "P0D"),
        ({"type": "string", "format": "email"}, "user0@example.com"),
        ({"type": "string", "format": "idn-email"}, "user0@example.com"),
        ({"type": "string", "format": "hostname"}, "host0.example.com"),
        ({"type": "string", "format": "idn-hostname"}, "host0.example.com"),
        ({"type": "string", "format": "ipv4"}, "192.0.2.0"),
        ({"type": "string", "format": "ipv6"}, "2001:db8::0"),
        ({"type": "string", "format": "uri"}, "https://example.com/0"),
        ({"type": "string", "format": "uri-reference"}, "https://example.com/0"),
        ({"type": "string", "format": "uri-template"}, "https://example.com/0/{id}"),
        ({"type": "string", "format": "iri"}, "https://example.com/0"),
        ({"type": "string", "format": "iri-reference"}, "https://example.com/0"),
        ({"type": "string", "format": "uuid"}, "00000000-0000-4000-8000-000000000000"),
        ({"type": "string", "format": "regex"}, ".+?"),
        ({"type": "string", "format": "json-pointer"}, "/path/0"),
        ({"type": "string", "format": "slug"}, "slug-0"),
        ({"type": "string", "format": "none"}, None),
        ({"type": "string", "minLength": 13}, "[placeholder]"),
        ({"type": "string", "minLength": 0}, "[placeholder]"),
        ({"type": "string", "minLength": 26}, "[placeholder][placeholder]"),
        ({"type": "string", "minLength": 27}, "[placeholder][placeholder][placeholder]"),
        ({"type": "string", "maxLength": 0}, ""),
        ({"type": "string", "maxLength": 2.0}, "[p"),
        ({"type": "string", "pattern": "^a(?!a)b?$"}, "ab"),
        ({"type": "string", "pattern": "(?=b)a"}, None),
        ({"type": "string", "pattern": "^x$", "format": "email"}, "x"),
        ({"type": "number", "multipleOf": 0.3, "maximum": 1.1}, 0.9),
        ({"type": "number", "exclusiveMaximum": 1, "multipleOf": 0.5}, 0.5),
        ({"type": "number", "minimum": -0.5, "exclusiveMaximum": 0}, -0.25),
        ({"type": "array", "minItems": 2, "items": {"type": "integer", "exclusiveMaximum": 1}}, [0, 0]),
        ({"type": "integer", "multipleOf": 5, "maximum": 4}, 0),
    ],
)  # fmt: skip
def test_the_data_is_what_the_keywords_say(schema: Any, made: Any) -> None:
    got = made_up(schema)
    assert got == made
    assert type(got) is type(made)


@walked(
    ("given", "made", "expected"),
    [
        ({"a": 1}, {"a": 2, "b": 3}, {"a": 1, "b": 3}),
        ({"c": 1}, {"a": 2}, {"a": 2, "c": 1}),
        ({"a": {"x": 1}}, {"a": {"x": 2, "y": 3}}, {"a": {"x": 1, "y": 3}}),
        ({"a": [1]}, {"a": [2, 3]}, {"a": [1]}),
        ({"a": None}, {"a": {"x": 1}}, {"a": None}),
        ({"a": {"x": 1}}, {"a": 2}, {"a": {"x": 1}}),
        ("text", {"a": 2}, "text"),
    ],
)
def test_what_was_given_stays_and_the_rest_is_made_up(given: Any, made: Any, expected: Any) -> None:
    assert completed(given, made) == expected


@walked(
    ("left", "right", "merged"),
    [
        ({"a": 1}, True, {"a": 1}),
        ({"required": ["a"]}, {"required": ["b", "a"]}, {"required": ["a", "b"]}),
        ({}, {"required": ["b"]}, {"required": ["b"]}),
        ({"enum": [1, 2, 3]}, {"enum": [3, 2]}, {"enum": [2, 3]}),
        ({"enum": [1, 2]}, {"enum": [3]}, {"enum": [1, 2]}),
        ({}, {"enum": [3]}, {"enum": [3]}),
        ({"title": "a"}, {"title": "b"}, {"title": "b"}),
        ({"properties": {"a": {"minimum": 1}, "b": True}}, {"properties": {"a": {"minimum": 2}, "b": {}, "c": {}}},
         {"properties": {"a": {"minimum": 2}, "b": {}, "c": {}}}),
        ({"properties": {"a": {"minimum": 3, "title": "a"}}}, {"properties": {"a": {"minimum": 2}}},
         {"properties": {"a": {"minimum": 3, "title": "a"}}}),
        ({}, {"properties": {"a": {}}}, {"properties": {"a": {}}}),
        *[({key: 1}, {key: 2}, {key: 2}) for key in ("minimum", "minLength", "minItems", "minProperties")],
        *[({key: 2}, {key: 1}, {key: 2}) for key in ("minimum", "minLength", "minItems", "minProperties")],
        *[({key: 1}, {key: 2}, {key: 1}) for key in ("maximum", "maxLength", "maxItems", "maxProperties")],
        *[({key: 2}, {key: 1}, {key: 1}) for key in ("maximum", "maxLength", "maxItems", "maxProperties")],
        *[({}, {key: 1}, {key: 1}) for key in ("minimum", "maximum")],
    ],
)  # fmt: skip
def test_two_schemas_are_one_as_far_as_they_can_be(left: Any, right: Any, merged: Any) -> None:
    before = copy.deepcopy(left)
    assert merged_with(left, right) == merged
    assert left == before


@walked(
    ("schema", "expected"),
    [({"type": "null"}, True), ({"const": None}, True), ({"const": 0}, False), ({"type": "string"}, False),
     ({}, False), (True, False), ({"type": ["null"]}, False)],
)  # fmt: skip
def test_a_schema_of_null_is_told_from_others(schema: Any, expected: bool) -> None:
    assert is_null(schema) is expected


def test_a_member_whose_reference_leads_nowhere_is_left_out() -> None:
    properties = {"a": {"$ref": "#/definitions/none"}, "b": {"type": "null"}}
    assert made_up({"type": "object", "required": ["a", "b"], "properties": properties}) == {"b": None}


def test_a_position_knows_what_is_around_it() -> None:
    position = Position().member("lines").element(2)
    assert position == Position("lines", 2, 2, "/lines/2")
    assert position.member("sku") == Position("sku", 3, 0, "/lines/2/sku")
