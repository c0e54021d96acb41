"""Made-up JSON Schemas with data that may or may not fit them, the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

TEXTS = [
    "",
    "a",
    "ab",
    "abc",
    "x@y.zz",
    "2020-01-01",
    "2020-01-01T00:00:00Z",
    "é",
    "😀",
    "1",
    "foo",
    "bar",
    " ",
    "null",
]
NUMBERS = [0, 1, -1, 2, 3, 5, 10, 1.5, 0.1, 0.3, 1e21, 1e-7, 7, 100, 2.0]
TYPES = ["string", "number", "integer", "boolean", "null", "array", "object"]
KEYS = ["a", "b", "c", "d", "x", "1", "0", "a/b", "~k"]
PATTERNS = ["^a", "b$", "^[a-z]+$", "\\d", "^.$", "\\u{1F600}", "[^a-z]", "^(foo|bar)$", "\\s", "é"]
DEEPEST = 4


class Generator:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def question(self, values: int = 10, depth: int = 0) -> dict[str, Any]:
        """A schema of an object and payloads to ask about; a greater ``depth`` makes smaller schemas."""
        schema = self._root(depth)
        return {"schema": schema, "values": [self._payload(schema) for _ in range(values)]}

    def _root(self, depth: int) -> dict[str, Any]:
        schema = self._keywords(depth)
        for keyword in ("nullable", "enum", "const", "default"):
            schema.pop(keyword, None)
        schema["type"] = "object"
        schema.setdefault(
            "properties", {key: self.schema(depth + 1) for key in self._random.sample("abcd", 3)}
        )
        recursive = {"v": self.schema(depth + 2), "next": {"$ref": "#/definitions/C"}}
        schema["definitions"] = {
            "A": _without_references(self.schema(depth + 2)),
            "B": _without_references(self.schema(depth + 2)),
            "C": {"type": "object", "properties": recursive},
        }
        return schema

    def schema(self, depth: int) -> Any:
        if self._chance(0.04):
            return self._random.choice([True, False, {}])
        return self._keywords(depth)

    def _keywords(self, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        kind = self._random.choice(TYPES if depth < DEEPEST else TYPES[:5])
        if self._chance(0.75):
            made["type"] = (
                kind if self._chance(0.8) else self._random.sample(TYPES, self._random.randint(1, 3))
            )
            if self._chance(0.12) and "null" not in made["type"]:
                made["nullable"] = self._chance(0.7)
        for name, add in (
            ("string", self._text),
            ("number", self._number),
            ("array", self._array),
            ("object", self._object),
        ):
            if kind == name or (kind == "integer" and name == "number") or self._chance(0.05):
                add(made, depth)
        self._any(made, depth)
        return made

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def _add(self, made: dict[str, Any], keyword: str, value: Callable[[], Any], probability: float) -> None:
        if self._chance(probability):
            made[keyword] = value()

    def _text(self, made: dict[str, Any], _depth: int) -> None:
        self._add(made, "minLength", lambda: self._random.randint(0, 3), 0.3)
        self._add(made, "maxLength", lambda: self._random.randint(0, 4), 0.3)
        self._add(made, "pattern", lambda: self._random.choice(PATTERNS), 0.2)
        self._add(
            made,
            "format",
            lambda: self._random.choice(["date", "date-time", "email", "uri", "nope", "uuid"]),
            0.15,
        )
        if made.get("format") in ("date", "date-time"):
            self._add(made, "formatMinimum", lambda: "2020-01-01", 0.2)

    def _number(self, made: dict[str, Any], _depth: int) -> None:
        for keyword in ("minimum", "maximum"):
            self._add(made, keyword, lambda: self._random.choice(NUMBERS), 0.3)
        for keyword in ("exclusiveMinimum", "exclusiveMaximum"):
            self._add(made, keyword, lambda: self._random.choice(NUMBERS), 0.1)
        self._add(made, "multipleOf", lambda: self._random.choice([1, 2, 3, 0.1, 0.5, 1.5]), 0.15)

    def _array(self, made: dict[str, Any], depth: int) -> None:
        if depth >= DEEPEST:
            return
        self._add(
            made, "items", lambda: self.schema(depth + 1) if self._chance(0.7) else self._schemas(depth), 0.7
        )
        self._add(made, "additionalItems", lambda: self.schema(depth + 1), 0.2)
        self._add(made, "minItems", lambda: self._random.randint(0, 2), 0.2)
        self._add(made, "maxItems", lambda: self._random.randint(0, 3), 0.2)
        self._add(made, "uniqueItems", lambda: self._chance(0.8), 0.2)
        self._add(made, "contains", lambda: self.schema(depth + 1), 0.15)

    def _object(self, made: dict[str, Any], depth: int) -> None:
        if depth >= DEEPEST:
            return
        pick = self._random
        self._add(
            made,
            "properties",
            lambda: {key: self.schema(depth + 1) for key in pick.sample(KEYS, pick.randint(0, 4))},
            0.8,
        )
        self._add(made, "required", lambda: pick.sample(KEYS, pick.randint(0, 2)), 0.35)
        self._add(
            made, "additionalProperties", lambda: False if self._chance(0.5) else self.schema(depth + 1), 0.35
        )
        self._add(
            made, "patternProperties", lambda: {pick.choice(["^a", "\\d", "."]): self.schema(depth + 1)}, 0.12
        )
        self._add(
            made,
            "propertyNames",
            lambda: pick.choice([{"minLength": 2}, {"pattern": "^[a-c]"}, {"enum": ["a", "b"]}]),
            0.1,
        )
        self._add(made, "minProperties", lambda: pick.randint(0, 2), 0.1)
        self._add(made, "maxProperties", lambda: pick.randint(0, 3), 0.1)
        self._add(
            made, "dependencies", lambda: {pick.choice(KEYS): self._dependency(depth) for _ in range(2)}, 0.1
        )

    def _dependency(self, depth: int) -> Any:
        return (
            self._random.sample(KEYS, self._random.randint(0, 2))
            if self._chance(0.5)
            else self.schema(depth + 1)
        )

    def _any(self, made: dict[str, Any], depth: int) -> None:
        if depth < DEEPEST:
            for keyword in ("anyOf", "oneOf", "allOf"):
                self._add(made, keyword, lambda: self._schemas(depth), 0.08)
            self._add(made, "not", lambda: self.schema(depth + 1), 0.06)
            if self._chance(0.07):
                made["if"] = self.schema(depth + 1)
                self._add(made, "then", lambda: self.schema(depth + 1), 0.7)
                self._add(made, "else", lambda: self.schema(depth + 1), 0.6)
        self._add(made, "enum", self._options, 0.08)
        self._add(made, "const", lambda: self._value(3), 0.05)
        self._add(made, "default", lambda: self._value(2), 0.2)
        self._add(
            made,
            "$ref",
            lambda: self._random.choice(["#/definitions/A", "#/definitions/B", "#/definitions/C"]),
            0.08,
        )

    def _schemas(self, depth: int) -> list[Any]:
        return [self.schema(depth + 1) for _ in range(self._random.randint(1, 3))]

    def _options(self) -> list[Any]:
        different = {
            json.dumps(value): value
            for value in (self._value(4) for _ in range(3))
            if not isinstance(value, float)
        }
        return list(different.values()) or ["a"]

    def _value(self, depth: int = 0) -> Any:
        chosen = self._random.random() * (0.6 if depth > 3 else 1)
        if chosen < 0.25:
            return self._random.choice(TEXTS)
        if chosen < 0.45:
            return self._random.choice(NUMBERS)
        if chosen < 0.55:
            return self._chance(0.5)
        if chosen < 0.6:
            return None
        if chosen < 0.78:
            return [self._value(depth + 1) for _ in range(self._random.choice([0, 1, 1, 2, 2, 3]))]
        return {key: self._value(depth + 1) for key in self._random.sample(KEYS, self._random.randint(0, 4))}

    def _payload(self, schema: dict[str, Any]) -> dict[str, Any]:
        made = self._fitting(schema, 0)
        return (
            made if isinstance(made, dict) else {key: self._value(1) for key in self._random.sample(KEYS, 3)}
        )

    def _fitting(self, schema: Any, depth: int) -> Any:
        """Data that has a chance to fit."""
        if not isinstance(schema, dict) or self._chance(0.1):
            return self._value(depth)
        if "const" in schema and self._chance(0.8):
            return schema["const"]
        if "enum" in schema and self._chance(0.8):
            return self._random.choice(schema["enum"])
        for keyword in ("anyOf", "oneOf", "allOf"):
            if keyword in schema and self._chance(0.4):
                return self._fitting(self._random.choice(schema[keyword]), depth)
        kind = schema.get(
            "type", "object" if "properties" in schema else "array" if "items" in schema else "null"
        )
        kind = self._random.choice(kind) if isinstance(kind, list) else kind
        if kind == "array":
            items = schema.get("items")
            count = self._random.choice([0, 1, 2, 2, 3])
            each = [items[i] if isinstance(items, list) and i < len(items) else items for i in range(count)]
            return [self._fitting(item, depth + 1) for item in each]
        if kind == "object":
            return self._fitting_object(schema, depth)
        simple: dict[str, list[Any]] = {
            "string": TEXTS,
            "number": NUMBERS,
            "boolean": [True, False],
            "null": [None],
        }
        return self._random.choice(
            simple.get(kind) or [number for number in NUMBERS if number == int(number)]
        )

    def _fitting_object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        made = {
            key: self._fitting(member, depth + 1)
            for key, member in schema.get("properties", {}).items()
            if self._chance(0.75)
        }
        for key in schema.get("required", []):
            if self._chance(0.9):
                made.setdefault(key, self._value(depth + 1))
        for key in self._random.sample([*KEYS, "zz"], self._random.choice([0, 0, 0, 1, 2])):
            made.setdefault(key, self._value(depth + 1))
        return made


def _without_references(schema: Any) -> Any:
    """References among definitions soon lead in a circle, which is no question: nobody can check such a schema."""
    if isinstance(schema, dict):
        return {key: _without_references(value) for key, value in schema.items() if key != "$ref"}
    return [_without_references(value) for value in schema] if isinstance(schema, list) else schema
