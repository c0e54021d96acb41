"""Made-up data: a value for a JSON Schema, such as a payload or a result for a preview.

The npm package makes it up at random; here it is the same every time for the same schema, so that a preview can be
compared with the one before. Its shape is the package's: of an object what is ``required`` and nothing else, texts
as ``[placeholder]``, formats as something of that format. `Validator` adds the members that have a ``default``.

What the package cannot make up is absent here as well, and the validation that follows says so: an unknown format, a
required property that is described nowhere, an array of unknown elements.

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
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from novu_framework.npm.ajv.references import References, SchemaError
from novu_framework.npm.ajv.subschemas import implied_types, is_null, merged_with
from novu_framework.npm.ajv.validator import JsonSchema
from novu_framework.npm.ecmascript.json import copy_json, json_identity, same_json
from novu_framework.npm.regexp.examples import example_of
from novu_framework.npm.regexp.patterns import compile_pattern

PLACEHOLDER = "[placeholder]"

NOTHING: Any = object()
"""The value of what cannot be made up: the member that it was for is left out."""

_MAX_FOLLOWED = 3
"""How often a reference is followed within itself: a type that requires itself would never end."""


def made_up(schema: JsonSchema | bool) -> Any:
    """Make plain JSON data in the shape of ``schema``, the same every time; None where nothing can be made up."""
    made = Maker(schema).value(schema, Position())
    return None if made is NOTHING else made


def completed(given: Any, made: Any) -> Any:
    """Add to what was given what was made up, through nested objects; lists stay as they were given."""
    if not isinstance(given, dict) or not isinstance(made, dict):
        return given
    merged = {key: completed(given[key], value) if key in given else value for key, value in made.items()}
    return {**merged, **{key: value for key, value in given.items() if key not in made}}


class Position(NamedTuple):
    """The position of a value.

    Attributes:
        name: The name of the member that the value is for; in an array, the array's name.
        depth: The number of objects and arrays around the value.
        index_in_array: 0 outside of an array.
        path: The names and indices that lead to the value, such as `/items/0/title`.
    """

    name: str = ""
    depth: int = 0
    index_in_array: int = 0
    path: str = ""

    def member(self, name: str) -> Position:
        """Return the position of a member of this value."""
        return Position(name, self.depth + 1, path=f"{self.path}/{name}")

    def element(self, index: int) -> Position:
        """Return the position of an element of this value."""
        return Position(self.name, self.depth + 1, index, f"{self.path}/{index}")


class Maker:
    """A walk over a JSON Schema that makes a value for it.

    It makes what the package makes. A subclass makes other data: it overrides the steps that choose and the steps that
    make numbers, texts and booleans, and leaves references and combinations to the walk.

    Args:
        root: The whole schema, in which references are resolved.
    """

    suggestion = "default"
    """The keyword with which a schema suggests a value."""

    undescribed = False
    """The schema of members that the schema describes nowhere: False if they cannot be made."""

    def __init__(self, root: JsonSchema | bool) -> None:
        self._references = References(root)
        self._followed: list[str] = []  # the references that lead to where the walk is

    def value(self, schema: Any, position: Position) -> Any:
        """Make a value for ``schema``; `NOTHING` if it cannot be made."""
        if not isinstance(schema, dict):
            return self.anything(schema)
        if self.suggestion in schema:
            return self.suggested(schema)
        if "$ref" in schema:
            return self._referred(schema, position)
        if "const" in schema:
            return copy_json(schema["const"])
        if schema.get("enum"):
            return copy_json(self.choose_option(schema["enum"], position))
        for keyword in ("allOf", "anyOf", "oneOf"):
            if schema.get(keyword):
                return self._combined(schema, keyword, position)
        return self.typed(schema, position)

    def anything(self, schema: Any) -> Any:
        """Make a value for a schema that is true or false."""
        return True if schema is True else NOTHING

    def suggested(self, schema: Mapping[str, Any]) -> Any:
        """Return the value that the schema itself suggests."""
        return _without_empty(copy_json(schema["default"]))

    # --- references and combinations ---

    def _referred(self, schema: Mapping[str, Any], position: Position) -> Any:
        reference, siblings = schema["$ref"], _without(schema, "$ref")
        if not self.may_follow(reference):
            return self.value(siblings, position)
        target = self._target(reference)
        if target is None:
            return NOTHING
        self._followed.append(reference)
        try:
            return self.value({**target, **siblings}, position)
        finally:
            self._followed.pop()

    def may_follow(self, reference: str) -> bool:
        """Tell whether to follow a reference once more."""
        return reference != "#" and self._followed.count(reference) < _MAX_FOLLOWED

    def _target(self, reference: str) -> dict[str, Any] | None:
        try:
            target = self._references.resolve(reference, self._references.base).schema
        except SchemaError:
            return None
        return target if isinstance(target, dict) else {} if target else None

    def _combined(self, schema: Mapping[str, Any], keyword: str, position: Position) -> Any:
        merged, branches = _without(schema, keyword), schema[keyword]
        if keyword != "allOf":
            branches = [self.choose_branch(branches, position)]
        followed = len(self._followed)
        demanded = []
        for branch in branches:
            reference = branch.get("$ref") if isinstance(branch, dict) else None
            if reference is not None and self.may_follow(reference):
                self._followed.append(reference)
                branch = {**(self._target(reference) or {}), **_without(branch, "$ref")}
            demanded.append(branch)
        try:
            return self.value(merged_with(merged, *demanded), position)
        finally:
            del self._followed[followed:]

    # --- choices ---

    def choose_option(self, options: Sequence[Any], position: Position) -> Any:
        """Choose a value of an ``enum``."""
        return options[position.index_in_array % len(options)]

    def choose_branch(self, branches: Sequence[Any], position: Position) -> Any:
        """Choose a schema of an ``anyOf`` or ``oneOf``: the first that does not lead back to here and is not null."""

        def rank(branch: Any) -> int:
            reference = branch.get("$ref") if isinstance(branch, dict) else None
            return 2 if reference == "#" or reference in self._followed else 1 if is_null(branch) else 0

        return min(branches, key=rank)

    def choose_type(self, types: Sequence[str], position: Position) -> str | None:
        """Choose a type of those that a schema allows; there may be none."""
        return next((kind for kind in types if kind != "null"), types[0] if types else None)

    def choose_members(self, schema: Mapping[str, Any], position: Position) -> list[str]:
        """Choose the members of an object that the schema names: the required ones.

        They come in the order in which the schema describes them, as the package's do: templates may print them all.
        """
        required, described = dict.fromkeys(schema.get("required", ())), schema.get("properties", {})
        return [*filter(required.__contains__, described), *(n for n in required if n not in described)]

    def choose_length(self, schema: Mapping[str, Any], position: Position) -> int:
        """Choose the number of elements of an array."""
        return max(1, int(schema.get("minItems", 1)))

    # --- values by type ---

    def typed(self, schema: dict[str, Any], position: Position) -> Any:
        """Make a value for a schema that describes it by its type."""
        if "not" in schema and "type" not in schema:
            return _other_than(schema["not"])
        kind = self.choose_type(implied_types(schema), position)
        if kind == "string":
            return self.text(schema, position)
        if kind in ("number", "integer"):
            return self.number(schema, kind, position)
        if kind == "boolean":
            return self.boolean(position)
        if kind == "null":
            return None
        if kind == "array":
            return self.array(schema, position)
        if kind == "object":
            return self.object(schema, position)
        # A schema that says nothing of its values comes back as the value itself.
        return {key: self._untyped(value) for key, value in schema.items()}

    def _untyped(self, value: Any) -> Any:
        made = self.value(value, Position()) if isinstance(value, dict) else copy_json(value)
        return value if made is NOTHING else made

    def boolean(self, position: Position) -> bool:
        """Make a boolean."""
        return position.index_in_array % 2 == 0

    def number(self, schema: Mapping[str, Any], kind: str, position: Position) -> float:
        """Make a number; ``kind`` is `number` or `integer`."""
        return _number(schema, kind, position.index_in_array)

    def text(self, schema: Mapping[str, Any], position: Position) -> Any:
        """Make a text; `NOTHING` if none is known that fits."""
        return _text(schema, position.index_in_array)

    def array(self, schema: Mapping[str, Any], position: Position) -> Any:
        """Make an array; `NOTHING` if an element cannot be made."""
        items = schema.get("items")
        if items is None:
            bounded = any(key in schema for key in ("minItems", "maxItems", "uniqueItems"))
            return NOTHING if bounded else []
        if isinstance(items, bool):
            return NOTHING
        elements = self.elements(schema, items, position)
        if any(element is NOTHING for element in elements):
            return NOTHING
        if "contains" in schema:
            wanted = self.value(schema["contains"], position.element(0))
            if wanted is not NOTHING and not any(same_json(wanted, element) for element in elements):
                elements.append(wanted)
        return _without_empty(elements)

    def elements(self, schema: Mapping[str, Any], items: Any, position: Position) -> list[Any]:
        """Make the elements of an array: one for each schema in ``items``, or some for the only one."""
        if isinstance(items, list):
            return [self.value(item, position.element(index)) for index, item in enumerate(items)]
        length, unique = self.choose_length(schema, position), bool(schema.get("uniqueItems"))
        elements: list[Any] = []
        seen: set[Any] = set()
        for index in range(10 * length):
            if len(elements) == length:
                break
            element = self.value(items, position.element(index))
            if not unique or element is NOTHING or (identity := json_identity(element)) not in seen:
                elements.append(element)
                if unique and element is not NOTHING:
                    seen.add(identity)
        return elements

    def object(self, schema: Mapping[str, Any], position: Position) -> dict[str, Any]:
        """Make an object."""
        made: dict[str, Any] = {}
        names = self.choose_members(schema, position)
        known = set(names)
        for name in names:
            element = self.value(self.member_schema(schema, name), position.member(name))
            if element is not NOTHING:
                made[name] = element
            # more names, or the members of another schema
            dependency = schema.get("dependencies", {}).get(name)
            if isinstance(dependency, list):
                more_names = [other for other in dict.fromkeys(dependency) if other not in known]
                names.extend(more_names)
                known.update(more_names)
            elif isinstance(dependency, dict):
                more = self.value(dependency, position.member(name))
                if isinstance(more, dict):
                    made.update({key: value for key, value in more.items() if key not in made})
        self.add_members(made, schema, position)
        return made

    def add_members(self, made: dict[str, Any], schema: Mapping[str, Any], position: Position) -> None:
        """Add members that the schema allows and does not name."""
        additional = schema.get("additionalProperties")
        if additional is True or isinstance(additional, dict):
            member = position.member(PLACEHOLDER)
            element = PLACEHOLDER if additional is True else self.value(additional, member)
            if element is not NOTHING:
                made[PLACEHOLDER] = element

    def member_schema(self, schema: Mapping[str, Any], name: str) -> Any:
        """Find the schema of a member: by its name, by a pattern, or that of additional members."""
        properties = schema.get("properties", {})
        if name in properties:
            return properties[name]
        for pattern, described in schema.get("patternProperties", {}).items():
            if compile_pattern(pattern).search(name):
                return described
        additional = schema.get("additionalProperties")
        return additional if isinstance(additional, dict) else self.undescribed


def _without(schema: Mapping[str, Any], keyword: str) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != keyword}


def _other_than(excluded: Any) -> Any:
    types = excluded.get("type") if isinstance(excluded, dict) else None
    refused = types if isinstance(types, list) else [types]
    return next((_SIMPLE[kind] for kind in _SIMPLE if kind not in refused), NOTHING)


_SIMPLE: dict[str, Any] = {"integer": 1, "number": 1.5, "boolean": True, "null": None, "string": PLACEHOLDER}


def _without_empty(value: Any) -> Any:
    """Leave out the empty objects in arrays, as the package does."""
    if isinstance(value, list):
        return [_without_empty(element) for element in value if element != {}]
    if isinstance(value, dict):
        return {key: _without_empty(element) for key, element in value.items()}
    return value


def _number(schema: Mapping[str, Any], kind: str, index: int) -> float:
    """Make the smallest number that fits, not below 1 unless it has to be; ``index`` steps further."""
    step = schema.get("multipleOf") or 1
    low = max((schema[key] for key in ("minimum", "exclusiveMinimum") if key in schema), default=None)
    high = min((schema[key] for key in ("maximum", "exclusiveMaximum") if key in schema), default=None)
    first = math.ceil(1 / step) * step + index * step
    if low is None and high is not None and (high < first or first == schema.get("exclusiveMaximum")):
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
        return NOTHING if example is None else example
    name = schema.get("format")
    if name is not None:
        example = _FORMATS.get(name)
        return NOTHING if example is None else example.format(index % 10)
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
