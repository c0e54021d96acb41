"""Values that are made up for a schema, and how often another one is tried."""

from __future__ import annotations

from typing import Any

from novu_framework.npm.mock_data import PLACEHOLDER, completed, made_up
from tests.tables import walked


def unique(before: int, length: int) -> dict[str, Any]:
    """Return a schema of unique elements, of which another one comes after so many of the same."""
    return {
        "type": "array",
        "items": {"enum": ["a"] * before + ["b"]},
        "uniqueItems": True,
        "minItems": length,
    }


@walked(
    ("schema", "made"),
    [
        (unique(19, 2), ["a", "b"]),
        (unique(20, 2), ["a"]),  # ten are tried for each that is wanted
        (unique(9, 1), ["a"]),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 3}, [1, 2, 3]),
        ({"type": "array", "items": {"type": "boolean"}, "minItems": 3}, [True, False, True]),
        ({"type": "array", "items": {"type": "string", "format": "date"}, "minItems": 2}, ["2024-01-10", "2024-01-11"]),
        ({"type": "array", "items": {"type": "string", "format": "nothing"}}, None),
        ({"type": "string", "minLength": 13}, PLACEHOLDER),
        ({"type": "string", "minLength": 14}, PLACEHOLDER * 2),
        ({"type": "string", "maxLength": 5}, "[plac"),
        ({"type": "string", "maxLength": 0}, ""),
        ({"type": "integer", "minimum": 5}, 5),
        ({"type": "integer", "exclusiveMinimum": 5}, 6),
        ({"type": "integer", "maximum": -3}, -3),
        ({"type": "integer", "exclusiveMaximum": 1}, 0),
        ({"type": "integer", "multipleOf": 7}, 7),
        ({"type": "integer", "multipleOf": 7, "minimum": 8, "maximum": 20}, 14),
        ({"type": "number", "multipleOf": 0.1}, 1),
        ({"type": "number", "minimum": 1.5, "maximum": 1.7}, 1.6),
        ({"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 2}, 1.5),
        ({"type": "integer", "minimum": 3, "exclusiveMinimum": 4}, 5),
        ({"type": "integer", "maximum": 0, "exclusiveMaximum": -4}, -5),
    ],
    ids=lambda one: one["type"] if isinstance(one, dict) else "",
)  # fmt: skip
def test_a_value_is_made_up(schema: dict[str, Any], made: Any) -> None:
    assert made_up(schema) == made


def test_what_was_given_is_completed_through_objects_alone() -> None:
    given = {"a": {"b": 1}, "l": [{"x": 1}], "t": "x", "more": None}
    made = {"t": "y", "a": {"b": 2, "c": 3}, "l": [{"y": 2}], "new": {"z": 1}}
    whole = completed(given, made)
    assert list(whole.items()) == [
        ("t", "x"),
        ("a", {"b": 1, "c": 3}),
        ("l", [{"x": 1}]),
        ("new", {"z": 1}),
        ("more", None),
    ]
    assert (completed(None, {"a": 1}), completed({"a": 1}, None)) == (None, {"a": 1})
