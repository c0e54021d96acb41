"""Which values of a schema are accepted at the speed of C, and by what; the others are left to the keywords."""

from __future__ import annotations

import math
from typing import Any

from novu_framework.npm.ajv.validator import Validator
from tests.tables import walked

PROBES: dict[str, Any] = {
    "text": "ab", "empty": "", "long": "abcd", "one": 1, "three": 3, "five": 5, "real": 1.5, "whole": 2.0, "nan": math.nan, "yes": True, "none": None,
    "list": [], "texts": ["ab"], "more": ["ab", "b", "c"], "mixed": ["ab", 1], "object": {}, "a": {"a": "x"}, "b": {"b": 1}, "ab": {"a": "x", "b": 1}, "wrong": {"a": 1}, "deep": {"c": {"a": "x"}},
}  # fmt: skip
TEXT, WHOLE = {"type": "string"}, {"type": "integer"}
A = {"type": "object", "properties": {"a": TEXT}}
CLOSED = {**A, "additionalProperties": False}
SCHEMAS: dict[str, Any] = {
    "string": TEXT, "integer": WHOLE, "number": {"type": "number"}, "boolean": {"type": "boolean"}, "null": {"type": "null"}, "object": {"type": "object"}, "array": {"type": "array"},
    "text or none": {"type": ["string", "null"]}, "text or list": {"type": ["string", "array"]}, "nullable": {"type": "string", "nullable": True}, "anything": {}, "title": {"title": "T", "type": "string"},
    "least": {"type": "integer", "minimum": 3}, "most": {"type": "integer", "maximum": 3}, "least and most": {"type": "integer", "minimum": 2, "maximum": 4}, "half": {"type": "integer", "minimum": 1.5},
    "number from": {"type": "number", "minimum": 3}, "shortest": {"type": "string", "minLength": 2}, "longest": {"type": "string", "maxLength": 2}, "of two": {"type": "string", "minLength": 2, "maxLength": 3},
    "pattern": {"type": "string", "pattern": "^a"}, "length alone": {"minLength": 2}, "texts": {"type": "array", "items": TEXT}, "one or two": {"type": "array", "items": TEXT, "minItems": 1, "maxItems": 2},
    "some": {"type": "array", "minItems": 1}, "few": {"type": "array", "maxItems": 1}, "unique": {"type": "array", "items": TEXT, "uniqueItems": True}, "tuple": {"type": "array", "items": [TEXT]}, "objects": {"type": "array", "items": A},
    "member": A, "required": {**A, "required": ["a"]}, "required elsewhere": {**A, "required": ["b"]}, "closed": CLOSED, "closed and required": {**CLOSED, "required": ["a"]}, "closed against its own": {**CLOSED, "required": ["b"]},
    "open": {**A, "additionalProperties": True}, "of anything": {**A, "additionalProperties": {}}, "of numbers": {**A, "additionalProperties": WHOLE}, "default": {"type": "object", "properties": {"a": {**TEXT, "default": "x"}}},
    "default of a member": {"type": "object", "properties": {"c": {"type": "object", "properties": {"a": {**TEXT, "default": "x"}}}}}, "closed member": {"type": "object", "properties": {"c": CLOSED}}, "members and more": {**A, "minProperties": 1},
    "any": {"anyOf": [TEXT, WHOLE]}, "any of all": {"anyOf": [TEXT, {}]}, "any closed": {"anyOf": [CLOSED, {"type": "null"}, {"type": "array"}]}, "any closed last": {"anyOf": [{"type": "array"}, CLOSED]}, "any and type": {"type": "string", "anyOf": [TEXT]},
    "enum": {"enum": ["ab", "b"]}, "enum of a type": {"type": "string", "enum": ["ab"]}, "enum of another": {"type": "integer", "enum": ["ab"]}, "enum of numbers": {"enum": ["ab", 1]}, "const": {"const": "ab"}, "const of a type": {"type": "string", "const": "ab"},
    "const of numbers": {"const": 1}, "enum and length": {"enum": ["ab"], "minLength": 1}, "map": {"type": "object", "patternProperties": {"": TEXT}}, "map of some": {"type": "object", "patternProperties": {"^a": TEXT}},
    "map and members": {"type": "object", "properties": {}, "patternProperties": {"": TEXT}}, "two maps": {"type": "object", "patternProperties": {"": TEXT, "^a": WHOLE}}, "all": {"allOf": [TEXT, {"minLength": 2}]}, "not": {"not": TEXT}, "all that write": {"allOf": [CLOSED]},
    "reference": {"$ref": "#/definitions/T", "definitions": {"T": TEXT}}, "true": True, "false": False, "never": {"type": "object", "properties": {"a": False}},
}  # fmt: skip
"""Each schema by what it is about."""

FOUND: dict[str, tuple[str, str]] = {
    "string": ("str", "text empty long"),
    "integer": ("int", "one three five"),
    "number": ("float", "one three five real whole"),
    "boolean": ("bool", "yes"),
    "null": ("none", "none"),
    "object": ("typed-dict", "object a b ab wrong deep"),
    "array": ("list", "list texts more mixed"),
    "text or none": ("union", "text empty long none"),
    "text or list": ("function-plain", "text empty long list texts more mixed"),
    "nullable": ("function-plain", "text empty long none"),
    "anything": ("any", "text empty long one three five real whole nan yes none list texts more mixed object a b ab wrong deep"),
    "title": ("str", "text empty long"),
    "least": ("int", "three five"),
    "most": ("int", "one three"),
    "least and most": ("int", "three"),
    "half": ("", ""),
    "number from": ("function-plain", "three five"),
    "shortest": ("str", "text long"),
    "longest": ("str", "text empty"),
    "of two": ("str", "text"),
    "pattern": ("function-plain", "text long"),
    "length alone": ("function-plain", "text long one three five real whole nan yes none list texts more mixed object a b ab wrong deep"),
    "texts": ("list", "list texts more"),
    "one or two": ("list", "texts"),
    "some": ("list", "texts more mixed"),
    "few": ("list", "list texts"),
    "unique": ("function-plain", "list texts more"),
    "tuple": ("function-plain", "list texts more mixed"),
    "objects": ("list", "list"),
    "member": ("typed-dict", "object a b ab deep"),
    "required": ("typed-dict", "a ab"),
    "required elsewhere": ("typed-dict", "b ab"),
    "closed": ("typed-dict", "object a"),
    "closed and required": ("typed-dict", "a"),
    "closed against its own": ("", ""),
    "open": ("typed-dict", "object a b ab deep"),
    "of anything": ("typed-dict", "object a b ab deep"),
    "of numbers": ("", ""),
    "default": ("typed-dict", "a ab"),
    "default of a member": ("", ""),
    "closed member": ("typed-dict", "object a b ab wrong deep"),
    "members and more": ("function-plain", "a b ab deep"),
    "any": ("union", "text empty long one three five"),
    "any of all": ("any", "text empty long one three five real whole nan yes none list texts more mixed object a b ab wrong deep"),
    "any closed": ("union", "none object a"),
    "any closed last": ("union", "list texts more mixed object a"),
    "any and type": ("function-plain", "text empty long"),
    "enum": ("literal", "text"),
    "enum of a type": ("literal", "text"),
    "enum of another": ("function-plain", ""),
    "enum of numbers": ("function-plain", "text one"),
    "const": ("literal", "text"),
    "const of a type": ("literal", "text"),
    "const of numbers": ("function-plain", "one"),
    "enum and length": ("function-plain", "text"),
    "map": ("dict", "object a"),
    "map of some": ("function-plain", "object a b ab deep"),
    "map and members": ("function-plain", "object a"),
    "two maps": ("function-plain", "object"),
    "all": ("function-plain", "text long"),
    "not": ("function-plain", "one three five real whole nan yes none list texts more mixed object a b ab wrong deep"),
    "all that write": ("", ""),
    "reference": ("", ""),
    "true": ("", ""),
    "false": ("", ""),
    "never": ("typed-dict", "object b deep"),
}  # fmt: skip


def at_once(schema: Any) -> tuple[str, str]:
    """Return by what values are accepted, and which of them; the rest is for the keywords."""
    usual = Validator(schema).usual
    if usual is None:
        return "", ""
    return usual.schema["type"], " ".join(name for name, value in PROBES.items() if usual.accepts(value))


@walked("about", SCHEMAS)
def test_a_value_is_accepted_at_once_by(about: str) -> None:
    assert at_once(SCHEMAS[about]) == FOUND[about]


def test_what_is_accepted_at_once_is_valid_and_stays() -> None:
    for about, (_, names) in FOUND.items():
        for name in names.split():
            value = PROBES[name]
            if "default" not in about and value == value:
                assert Validator(SCHEMAS[about]).validate(value) == (value, []), (about, name)
