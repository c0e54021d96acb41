"""Random JSON Schemas, and values that mostly fit them."""

from __future__ import annotations

from random import Random
from typing import Any

WORDS = [
    "alpha",
    "beta",
    "gamma",
    "Ünïcode",
    "日本",
    "a b",
    "x-y",
    "",
    "0",
    "true",
    "👍",
    "O'Neil",
    'say "hi"',
]
KEYS = ["name", "count", "items", "first_name", "plan", "note", "total", "tags", "nested", "flag"]
ANYTHING: list[Any] = [
    "alpha", "", 0, 1, -2, 3.5, 1e21, True, False, None, [], ["alpha"], [1, "a", {}], {}, {"name": "x"}, "a@acme.test",
    "2026-01-01T10:00:00Z", "日本 👍", "abcdefgh", 102,
]  # fmt: skip


def object_schema(chance: Random, depth: int) -> dict[str, Any]:
    keys = chance.sample(KEYS, chance.randint(1, 6))
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {key: value_schema(chance, key, depth) for key in keys},
    }
    if chance.random() < 0.6:
        schema["required"] = chance.sample(keys, chance.randint(0, len(keys)))
    extra = chance.random()
    if extra < 0.6:
        schema["additionalProperties"] = False
    elif extra < 0.7:
        schema["additionalProperties"] = True
    elif extra < 0.75:
        schema["additionalProperties"] = {"type": "string"}
    return schema


def value_schema(chance: Random, key: str, depth: int) -> dict[str, Any]:
    kinds = ["string", "string", "number", "integer", "boolean", "enum", "const", "any_of", "nullable"]
    if depth:
        kinds += ["object", "array", "array"]
    schema = typed(chance, chance.choice(kinds), depth)
    if chance.random() < 0.25:
        schema["default"] = value_of(chance, schema)
    if chance.random() < 0.1:
        schema["description"] = f"The {key}"
    return schema


def typed(chance: Random, kind: str, depth: int) -> dict[str, Any]:
    if kind == "string":
        return chance.choice(
            [
                {"type": "string"},
                {"type": "string"},
                {"type": "string", "minLength": 1},
                {"type": "string", "maxLength": 5},
                {"type": "string", "pattern": "^[a-z]+$"},
                {"type": "string", "format": chance.choice(["email", "uri", "date-time", "date", "uuid"])},
            ]
        )
    if kind in ("number", "integer"):
        return chance.choice(
            [
                {"type": kind},
                {"type": kind, "minimum": 0},
                {"type": kind, "maximum": 100, "minimum": 1},
                {"type": kind, "multipleOf": 2},
            ]
        )
    if kind == "boolean":
        return {"type": "boolean"}
    if kind == "enum":
        return {"type": "string", "enum": ["alpha", "beta"]}
    if kind == "const":
        return {"const": chance.choice(["alpha", 1, True])}
    if kind == "any_of":
        return {chance.choice(["anyOf", "oneOf"]): [{"type": "string"}, {"type": "number"}]}
    if kind == "nullable":
        return chance.choice(
            [
                {"type": "string", "nullable": True},
                {"type": ["string", "null"]},
                {"anyOf": [{"type": "number"}, {"type": "null"}]},
            ]
        )
    if kind == "object":
        return object_schema(chance, depth - 1)
    items = value_schema(chance, "item", depth - 1)
    return {
        "type": "array",
        "items": items,
        **chance.choice([{}, {"minItems": 1}, {"maxItems": 2}, {"uniqueItems": True}]),
    }


def value_of(chance: Random, schema: dict[str, Any]) -> Any:
    """A value that mostly fits the schema."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return chance.choice(schema["enum"])
    for keyword in ("anyOf", "oneOf"):
        if keyword in schema:
            return value_of(chance, chance.choice(schema[keyword]))
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = chance.choice(kind)
    if kind == "object":
        properties = schema.get("properties", {})
        required = schema.get("required", [])
        return {
            key: value_of(chance, inner)
            for key, inner in properties.items()
            if key in required or chance.random() < 0.6
        }
    if kind == "array":
        count = chance.randint(schema.get("minItems", 0), schema.get("maxItems", 3))
        return [value_of(chance, schema.get("items", {})) for _ in range(count)]
    if kind == "string":
        examples = {
            "email": "ann@acme.test",
            "uri": "https://acme.test/x",
            "date-time": "2026-01-01T10:00:00Z",
            "date": "2026-01-01",
            "uuid": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        }
        if "format" in schema:
            return examples[schema["format"]]
        return chance.choice(["alpha", "beta"] if "pattern" in schema or "maxLength" in schema else WORDS)
    if kind in ("number", "integer"):
        return chance.choice([2, 4, 10, 100] if kind == "integer" else [2, 4.0, 2.5, 10, 0.1])
    if kind == "boolean":
        return chance.random() < 0.5
    return None if kind == "null" else chance.choice(ANYTHING)
