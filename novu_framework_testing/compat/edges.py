"""Data that an old schema allows, at the edges of the old schema and of the new one.

What a tightened schema refuses is at its edges: one more than its maximum, a text a letter too long, a value that its enum no
longer has, a member that it requires now. So data that fits the old schema is changed in one place at a time, to every value
at an edge of either, and what still fits the old one is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework.npm.ecmascript.json import copy_json, json_text
from novu_framework.npm.regexp.examples import example_of
from novu_framework.schemas import Schema
from novu_framework_testing.versions import resolved

MOST = 150
"""So much data is made of a pair of schemas at most, that which the new one refuses first."""
_DEEPEST = 6
_LONGEST = 10_000
_BRANCHES = ("anyOf", "oneOf", "allOf")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_ABSENT: Any = object()
_ANYTHING: tuple[Any, ...] = (None, True, False, 0, 1, -1, 7, 1.5, 10**6, "", "a", "Some text", [], {})
"""A value of each type, and those that a `not` turns round."""
_FORMATTED = (
    "2026-01-01", "2026-01-01T09:00:00Z", "09:00:00Z", "ann@example.com", "https://example.com/a", "P1D",
    "3e4666bf-d5e5-4aa7-b8ce-cefe41c7568a", "127.0.0.1", "::1", "example.com",
)  # fmt: skip


def at_edges(old: Mapping[str, Any], new: Mapping[str, Any], usual: Any) -> list[Any]:
    """Return data that fits the old schema, each time with another value in one place.

    Of what the new one refuses for one reason, the simplest is enough.

    Args:
        old, new: The JSON Schemas.
        usual: Data that fits the old one, with as many members as possible.
    """
    before, after = Schema.of(old), Schema.of(new)
    seen = {json_text(usual)}
    refused: dict[tuple[str, str], Any] = {}
    taken: list[Any] = []
    for data in _changed(usual, old, new, _Schemas(old, new), 0):
        text = json_text(data)
        if text in seen or before.check(data)[1]:
            continue
        seen.add(text)
        if issues := after.check(data)[1]:
            refused.setdefault((issues[0].path, issues[0].message), data)
        else:
            taken.append(data)
    return [*refused.values(), *taken][:MOST]


class _Schemas:
    """The two whole schemas, in which references point."""

    def __init__(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
        self._roots = old, new

    def parts(self, old: Any, new: Any, step: str, name: Any) -> tuple[Any, Any]:
        """Return what both say of a member or an element."""
        older, newer = (
            [part for one in _all(schema, root) if (part := _part(one, step, name)) is not None]
            for schema, root in zip((old, new), self._roots, strict=True)
        )
        return (older or [{}])[0], (newer or [{}])[0]

    def older(self, old: Any) -> list[Mapping[str, Any]]:
        """Return every schema of the old version that has a say, with its branches."""
        return list(_all(old, self._roots[0]))

    def all(self, old: Any, new: Any) -> list[Mapping[str, Any]]:
        """Return every schema that has a say: both, with the branches of each."""
        return [
            one for schema, root in zip((old, new), self._roots, strict=True) for one in _all(schema, root)
        ]


def _all(schema: Any, root: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    schema = resolved(schema, root)
    if isinstance(schema, Mapping) and depth < _DEEPEST:
        yield schema
        for keyword in _BRANCHES:
            for branch in schema.get(keyword) or ():
                yield from _all(branch, root, depth + 1)


def _part(schema: Mapping[str, Any], step: str, name: Any) -> Any:
    if step == "items":
        return schema.get("items") if isinstance(schema.get("items"), Mapping) else None
    members, others = schema.get("properties") or {}, schema.get("additionalProperties")
    return members.get(name, others if isinstance(others, Mapping) else None)


def _changed(value: Any, old: Any, new: Any, schemas: _Schemas, depth: int) -> Iterator[Any]:
    """Give the value with something else in one place, or something else as a whole."""
    said = schemas.all(old, new)
    if depth:
        yield from (copy_json(one) for one in _values(said))
    if depth >= _DEEPEST:
        return
    if isinstance(value, Mapping):
        # what only the new one has, nobody sent
        for name in dict.fromkeys(
            [*value, *(one for each in schemas.older(old) for one in each.get("properties") or ())]
        ):
            if name in value:
                yield {key: inner for key, inner in value.items() if key != name}
            parts = schemas.parts(old, new, "properties", name)
            for inner in _changed(value.get(name), *parts, schemas, depth + 1):
                yield {**value, name: inner}
    elif isinstance(value, list):
        sizes = {
            each[name]
            for each in said
            for name in ("minItems", "maxItems")
            if isinstance(each.get(name), int)
        }
        for size in sorted({0, 1, 2, *(size + by for size in sizes for by in (-1, 0, 1))}):
            if value and 0 <= size <= 100:
                yield [copy_json(value[index % len(value)]) for index in range(size)]
        if value:
            for inner in _changed(value[0], *schemas.parts(old, new, "items", None), schemas, depth + 1):
                yield [inner, *value[1:]]


def _values(said: list[Mapping[str, Any]]) -> Iterator[Any]:
    has_form = False
    for schema in said:
        yield from schema.get("enum") or ()
        yield from schema.get("examples") or ()
        yield from (schema[name] for name in ("const", "default") if name in schema)
        for name in _NUMBERS:
            bound = schema.get(name)
            if isinstance(bound, (int, float)) and not isinstance(bound, bool):
                yield from (bound - 1, bound, bound + 1, bound - 0.5, bound + 0.5, bound * 2)
        for name in ("minLength", "maxLength"):
            length = schema.get(name)
            if isinstance(length, int) and length < _LONGEST:
                yield from ("a" * size for size in (length - 1, length, length + 1) if size >= 0)
        if isinstance(schema.get("pattern"), str) and (text := _matching(schema["pattern"])) is not None:
            yield text
        has_form = has_form or "format" in schema or "pattern" in schema
    yield from _ANYTHING
    if has_form:
        yield from _FORMATTED


def _matching(pattern: str) -> str | None:
    try:
        return example_of(pattern, tries=3)
    except (ValueError, RecursionError, OverflowError):
        return None
