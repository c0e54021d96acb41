"""Reading a JSON Schema to make data for it: what type it means, and two schemas as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain
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


def merged_with(left: Mapping[str, Any], *others: Any) -> dict[str, Any]:
    """Return one schema for what several demand, as far as their keywords can be put together."""
    merged = dict(left)
    # what grows with each is put together once, at the end
    required: list[list[str]] = []
    members: defaultdict[str, list[Any]] = defaultdict(list)
    for right in others:
        for keyword, value in right.items() if isinstance(right, dict) else ():
            mine = merged.get(keyword)
            if keyword == "required" and isinstance(mine, list):
                required.append(value)
            elif keyword == "properties" and isinstance(mine, dict):
                for name, schema in value.items():
                    members[name].append(schema)
            elif keyword == "enum" and isinstance(mine, list):
                merged[keyword] = [option for option in mine if option in value] or mine
            elif keyword in ("minimum", "minLength", "minItems", "minProperties") and mine is not None:
                merged[keyword] = max(mine, value)
            elif keyword in ("maximum", "maxLength", "maxItems", "maxProperties") and mine is not None:
                merged[keyword] = min(mine, value)
            else:
                merged[keyword] = value
    if required:
        merged["required"] = list(dict.fromkeys(chain(merged["required"], *required)))
    if members:
        mine = merged["properties"]
        merged["properties"] = {
            **mine,
            **{
                name: _one_of([mine[name], *found] if name in mine else found)
                for name, found in members.items()
            },
        }
    return merged


def _one_of(schemas: Sequence[Any]) -> Any:
    """Return what several schemas of one member demand; those before the first that is an object say nothing."""
    first = next((at for at, schema in enumerate(schemas) if isinstance(schema, dict)), None)
    return schemas[-1] if first is None else merged_with(*schemas[first:])
