"""Reading a JSON Schema to make data for it: what type it means, and two schemas as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What the keywords of a schema without a type tell about it, in this order.
_TYPE_KEYWORDS = {
    "array": ("items", "additionalItems", "maxItems", "minItems", "uniqueItems"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    "object": ("properties", "required", "additionalProperties", "patternProperties", "minProperties",
               "maxProperties", "dependencies"),
    "string": ("maxLength", "minLength", "pattern", "format"),
}  # fmt: skip


def implied_types(schema: Mapping[str, Any]) -> list[str]:
    """Return the types that a schema declares, else the one its keywords are about, else none."""
    declared = schema.get("type")
    if declared is not None:
        return list(declared) if isinstance(declared, list) else [declared]
    for kind, keywords in _TYPE_KEYWORDS.items():
        if any(keyword in schema for keyword in keywords):
            return [kind]
    return []


def is_null(schema: Any) -> bool:
    """Tell whether null is all that a schema allows."""
    return isinstance(schema, dict) and (schema.get("type") == "null" or schema.get("const", schema) is None)


def merged_with(left: Mapping[str, Any], right: Any) -> dict[str, Any]:
    """Return one schema for what two demand, as far as their keywords can be put together."""
    merged = dict(left)
    if not isinstance(right, dict):
        return merged
    for keyword, value in right.items():
        mine = merged.get(keyword)
        if keyword == "required" and isinstance(mine, list):
            merged[keyword] = list(dict.fromkeys([*mine, *value]))
        elif keyword == "enum" and isinstance(mine, list):
            merged[keyword] = [option for option in mine if option in value] or mine
        elif keyword == "properties" and isinstance(mine, dict):
            shared = (name for name in mine if name in value and isinstance(mine[name], dict))
            merged[keyword] = {
                **mine,
                **value,
                **{name: merged_with(mine[name], value[name]) for name in shared},
            }
        elif keyword in ("minimum", "minLength", "minItems", "minProperties") and mine is not None:
            merged[keyword] = max(mine, value)
        elif keyword in ("maximum", "maxLength", "maxItems", "maxProperties") and mine is not None:
            merged[keyword] = min(mine, value)
        else:
            merged[keyword] = value
    return merged
