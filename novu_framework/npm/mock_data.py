"""Made-up data for previews: what a payload or a result could be, made from its schema.

The npm package makes it up at random; here it is the same every time for the same schema, so that a preview can be
compared with the one before. Its shape is the package's: of an object what is ``required`` and nothing else, texts
as ``[placeholder]``, formats as something of that format. `Validator` adds the members that have a ``default``.

What the package cannot make up is absent here as well, and the validation that follows says so: a format nobody
knows, a required property that is described nowhere, an array of unknown elements.

    >>> made_up({
    ...     "type": "object",
    ...     "properties": {
    ...         "name": {"type": "string"},
    ...         "tags": {"type": "array", "items": {"enum": ["new", "sale"]}},
    ...         "note": {"type": "string"},
    ...     },
    ...     "required": ["name", "tags"],
    ... })
    {'name': '[placeholder]', 'tags': ['new']}
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from novu_framework.npm.ajv.references import References, SchemaError
from novu_framework.npm.ajv.subschemas import is_null, merged_with, types_of
from novu_framework.npm.ajv.validator import JsonSchema
from novu_framework.npm.ecmascript.json import copy_json, same_json
from novu_framework.npm.regexp.examples import example_of
from novu_framework.npm.regexp.patterns import compile_pattern

PLACEHOLDER = "[placeholder]"

_NOTHING: Any = object()
"""What cannot be made up: the member that it was for is left out."""

_DEEPEST = 3
"""How often a reference is followed within itself: a type that requires itself would never end."""


def made_up(schema: JsonSchema | bool) -> Any:
    """Plain JSON data in the shape of ``schema``, the same every time; None where nothing can be made up."""
    made = _Maker(schema).value(schema, 0)
    return None if made is _NOTHING else made


def completed(given: Any, made: Any) -> Any:
    """What was given, and below it what was made up, through nested objects; lists stay as they were given."""
    if not isinstance(given, dict) or not isinstance(made, dict):
        return given
    merged = {key: completed(given[key], value) if key in given else value for key, value in made.items()}
    return {**merged, **{key: value for key, value in given.items() if key not in made}}


class _Maker:
    def __init__(self, root: JsonSchema | bool) -> None:
        self._references = References(root)
        self._following: list[str] = []  # the references that lead to where we are

    def value(self, schema: Any, index: int) -> Any:
        """A value for ``schema``; ``index`` tells the elements of one array apart."""
        if isinstance(schema, bool):
            return True if schema else _NOTHING
        if not isinstance(schema, dict):
            return _NOTHING
        if "default" in schema:
            return _without_empty(copy_json(schema["default"]))
        if "$ref" in schema:
            return self._referred(schema, index)
        if "const" in schema:
            return copy_json(schema["const"])
        if schema.get("enum"):
            return copy_json(schema["enum"][index % len(schema["enum"])])
        for keyword in ("allOf", "anyOf", "oneOf"):
            if schema.get(keyword):
                return self._combined(schema, keyword, index)
        if "not" in schema and "type" not in schema:
            return self._other_than(schema["not"], index)
        return self._typed(schema, index)

    def _referred(self, schema: Mapping[str, Any], index: int) -> Any:
        reference = schema["$ref"]
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        if reference == "#" or self._following.count(reference) >= _DEEPEST:
            return self.value(beside, index)
        target = self._target(reference)
        if target is None:
            return _NOTHING
        self._following.append(reference)
        try:
            return self.value({**target, **beside}, index)
        finally:
            self._following.pop()

    def _target(self, reference: str) -> dict[str, Any] | None:
        try:
            target = self._references.resolve(reference, self._references.base).schema
        except SchemaError:
            return None
        return target if isinstance(target, dict) else {} if target else None

    def _combined(self, schema: Mapping[str, Any], keyword: str, index: int) -> Any:
        merged: Any = {key: value for key, value in schema.items() if key != keyword}
        branches = schema[keyword] if keyword == "allOf" else [min(schema[keyword], key=self._dullness)]
        followed = len(self._following)
        for branch in branches:
            reference = branch.get("$ref") if isinstance(branch, dict) else None
            if reference is not None and reference != "#" and self._following.count(reference) < _DEEPEST:
                self._following.append(reference)
                branch = {**(self._target(reference) or {}), **branch}
                del branch["$ref"]
            merged = merged_with(merged, branch)
        try:
            return self.value(merged, index)
        finally:
            del self._following[followed:]

    def _dullness(self, branch: Any) -> int:
        """How little a branch of a choice tells: nothing new if it leads back to where we are, little if null."""
        reference = branch.get("$ref") if isinstance(branch, dict) else None
        if reference == "#" or reference in self._following:
            return 2
        return 1 if is_null(branch) else 0

    def _other_than(self, excluded: Any, index: int) -> Any:
        types = excluded.get("type") if isinstance(excluded, dict) else None
        refused = types if isinstance(types, list) else [types]
        return next((_SIMPLE[kind] for kind in _SIMPLE if kind not in refused), _NOTHING)

    def _typed(self, schema: dict[str, Any], index: int) -> Any:
        kinds = types_of(schema)
        kind = next((kind for kind in kinds if kind != "null"), kinds[0] if kinds else None)
        if kind == "string":
            return _text(schema, index)
        if kind in ("number", "integer"):
            return _number(schema, kind, index)
        if kind == "boolean":
            return index % 2 == 0
        if kind == "null":
            return None
        if kind == "array":
            return self._array(schema)
        if kind == "object":
            return self._object(schema)
        # A schema that says nothing of its values comes back as the value itself.
        return {key: self._untyped(value) for key, value in schema.items()}

    def _untyped(self, value: Any) -> Any:
        made = self.value(value, 0) if isinstance(value, dict) else copy_json(value)
        return value if made is _NOTHING else made

    def _array(self, schema: Mapping[str, Any]) -> Any:
        items = schema.get("items")
        if items is None:
            bounded = any(key in schema for key in ("minItems", "maxItems", "uniqueItems"))
            return _NOTHING if bounded else []
        if isinstance(items, bool):
            return _NOTHING
        if isinstance(items, list):
            elements = [self.value(item, index) for index, item in enumerate(items)]
        else:
            elements = self._elements(
                items, max(1, int(schema.get("minItems", 1))), bool(schema.get("uniqueItems"))
            )
        if any(element is _NOTHING for element in elements):
            return _NOTHING
        if "contains" in schema:
            wanted = self.value(schema["contains"], 0)
            if wanted is not _NOTHING and not any(same_json(wanted, element) for element in elements):
                elements.append(wanted)
        return _without_empty(elements)

    def _elements(self, items: Any, wanted: int, unique: bool) -> list[Any]:
        elements: list[Any] = []
        for index in range(2 * wanted):
            element = self.value(items, index)
            if not unique or element is _NOTHING or not any(same_json(element, known) for known in elements):
                elements.append(element)
            if len(elements) == wanted:
                break
        return elements

    def _object(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        required, described = schema.get("required", ()), schema.get("properties", {})
        # in the order in which the schema describes them, as the package's come: a template that prints the
        # whole object shows it
        names = [*filter(required.__contains__, described), *(n for n in required if n not in described)]
        for name in names:
            element = self.value(self._member_schema(schema, name), 0)
            if element is not _NOTHING:
                made[name] = element
            names.extend(self._dependent(schema, name, made, names))
        additional = schema.get("additionalProperties")
        if additional is True or isinstance(additional, dict):
            element = PLACEHOLDER if additional is True else self.value(additional, 0)
            if element is not _NOTHING:
                made[PLACEHOLDER] = element
        return made

    def _dependent(
        self, schema: Mapping[str, Any], name: str, made: dict[str, Any], known: list[str]
    ) -> list[str]:
        """What the presence of ``name`` asks for: more names, or the members of another schema."""
        dependency = schema.get("dependencies", {}).get(name)
        if isinstance(dependency, list):
            return [other for other in dependency if other not in known]
        if isinstance(dependency, dict):
            more = self.value(dependency, 0)
            if isinstance(more, dict):
                made.update({key: value for key, value in more.items() if key not in made})
        return []

    @staticmethod
    def _member_schema(schema: Mapping[str, Any], name: str) -> Any:
        properties = schema.get("properties", {})
        if name in properties:
            return properties[name]
        for pattern, described in schema.get("patternProperties", {}).items():
            if compile_pattern(pattern).search(name):
                return described
        additional = schema.get("additionalProperties")
        return additional if isinstance(additional, dict) else False


_SIMPLE: dict[str, Any] = {"integer": 1, "number": 1.5, "boolean": True, "null": None, "string": PLACEHOLDER}


def _without_empty(value: Any) -> Any:
    """Without the empty objects in its arrays: the package drops them."""
    if isinstance(value, list):
        return [_without_empty(element) for element in value if element != {}]
    if isinstance(value, dict):
        return {key: _without_empty(element) for key, element in value.items()}
    return value


def _number(schema: Mapping[str, Any], kind: str, index: int) -> float:
    """The smallest number that fits, not below 1 unless it has to be; ``index`` steps further."""
    step = schema.get("multipleOf") or 1
    low = max((schema[key] for key in ("minimum", "exclusiveMinimum") if key in schema), default=None)
    high = min((schema[key] for key in ("maximum", "exclusiveMaximum") if key in schema), default=None)
    if low is None and high is not None and high < 1 + index * step:
        value = math.floor(high / step) * step - index * step
        return _tidy(value - step if value == schema.get("exclusiveMaximum") else value, kind)
    low = 1 if low is None else low
    value = math.ceil(low / step) * step
    if value == schema.get("exclusiveMinimum"):
        value += step
    value += index * step
    if high is not None and (value > high or value == schema.get("exclusiveMaximum")):
        value = low if kind == "integer" else (low + high) / 2
    return _tidy(value, kind)


def _tidy(value: float, kind: str) -> float:
    value = round(value, 10)
    return int(value) if kind == "integer" or float(value).is_integer() else value


def _text(schema: Mapping[str, Any], index: int) -> Any:
    if "pattern" in schema:
        example = example_of(schema["pattern"])
        return _NOTHING if example is None else example
    name = schema.get("format")
    if name is not None:
        example = _FORMATS.get(name)
        return _NOTHING if example is None else example.format(index % 10)
    shortest, longest = int(schema.get("minLength", 0)), schema.get("maxLength")
    text = PLACEHOLDER * max(1, math.ceil(shortest / len(PLACEHOLDER)))
    return text if longest is None else text[: int(longest)]


# One of each format that the package can make up; {0} tells several apart.
_FORMATS = {
    "date": "2024-01-1{0}",
    "time": "09:30:0{0}.000Z",
    "date-time": "2024-01-15T09:30:0{0}.000Z",
    "duration": "P{0}D",
    "email": "user{0}@example.com",
    "idn-email": "user{0}@example.com",
    "hostname": "host{0}.example.com",
    "idn-hostname": "host{0}.example.com",
    "ipv4": "192.0.2.{0}",
    "ipv6": "2001:db8::{0}",
    "uri": "https://example.com/{0}",
    "uri-reference": "https://example.com/{0}",
    "uri-template": "https://example.com/{0}/{{id}}",
    "iri": "https://example.com/{0}",
    "iri-reference": "https://example.com/{0}",
    "uuid": "00000000-0000-4000-8000-00000000000{0}",
    "regex": ".+?",
    "json-pointer": "/path/{0}",
    "slug": "slug-{0}",
}
