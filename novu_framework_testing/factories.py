"""Made-up subscribers and payloads that look real, the same for the same seed.

`NovuFaker` is what the `novu_faker` fixture gives, seeded with the test's own id, so that a test that fails does so
again with the same data. A payload is made from the JSON Schema of whatever describes it (a workflow, a pydantic
model, a dataclass, a TypedDict, a JSON Schema dict), with values that go by the names of its fields, and it always
fits that schema.

    >>> faker = NovuFaker(seed="docs")
    >>> schema = {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}, "required": ["email"]}
    >>> "@" in faker.payload(schema)["email"]
    True
    >>> NovuFaker(seed=7).subscriber() == NovuFaker(seed=7).subscriber()
    True
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any

from novu_framework.npm.ajv.references import References
from novu_framework.npm.ajv.subschemas import is_null, merged_with, types_of
from novu_framework.npm.ecmascript.json import copy_json, same_json
from novu_framework.npm.regexp.examples import example_of
from novu_framework.npm.regexp.patterns import compile_pattern
from novu_framework.schemas import JsonSchema, Schema
from novu_framework.subscriber import Subscriber
from novu_framework_testing.field_names import value_for_name

if TYPE_CHECKING:
    from faker import Faker

    from novu_framework.workflow import Workflow

_ATTEMPTS = 100
_DEEPEST = 4
"""Levels below which nothing optional is made: a type that contains itself has to end somewhere."""


class NovuFaker:
    """Makes subscribers and payloads for tests.

    Args:
        seed: The same seed makes the same data in the same order; without one it differs from run to run.
        locale: Faker's locale, such as `de_AT` or `ja_JP`: names, cities and phone numbers are of that place.
    """

    def __init__(self, seed: int | str | None = None, locale: str = "en_US") -> None:
        self._seed = seed
        self._locale = locale

    @cached_property
    def fake(self) -> Faker:
        """The Faker behind it all, for values of your own."""
        from faker import Faker

        fake = Faker(self._locale)
        fake.seed_instance(random.randrange(2**63) if self._seed is None else self._seed)
        return fake

    def subscriber(self, **overrides: Any) -> Subscriber:
        """A subscriber with all that channels need; what is given by name stands instead.

        >>> NovuFaker(seed=1).subscriber(subscriber_id="ann", email=None).subscriber_id
        'ann'
        """
        first, last = self.fake.first_name(), self.fake.last_name()
        number = self.fake.random.randrange(10_000, 100_000)
        made = {
            "subscriber_id": f"subscriber-{number}",
            "first_name": first,
            "last_name": last,
            "email": f"{_ascii(first) or 'person'}.{number}@example.com",
            "phone": f"+1555{self.fake.random.randrange(10**7):07d}",
            "avatar": f"https://example.com/avatars/{number}.png",
            "locale": self._locale,
            "timezone": self.fake.timezone(),
            "data": {},
        }
        return Subscriber.model_validate({**made, **overrides})

    def payload(self, source: Workflow | type[Any] | JsonSchema, **overrides: Any) -> dict[str, Any]:
        """A payload for a workflow, a model, a dataclass, a TypedDict or a JSON Schema, as plain JSON data.

        Optional fields are there or not, by chance. What is given by name replaces a field and is not checked.

        Raises:
            ValueError: Nothing that fits was found; the message says what stands in the way.
        """
        schema: Schema = getattr(source, "payload_schema", None) or Schema.of(source)
        if schema.source is None:
            return dict(overrides)
        wrong = ""
        for _ in range(_ATTEMPTS):
            try:
                made = _Maker(schema.json_schema, self.fake).value(schema.json_schema, "", 0)
            except RecursionError:
                raise ValueError("No payload fits the schema: it requires itself without end.") from None
            plain, _, issues = schema.validate(made)
            if not issues:
                return {**plain, **overrides}
            wrong = f"{issues[0].path or 'the payload'} {issues[0].message}"
        raise ValueError(
            f"No payload that fits the schema came up in {_ATTEMPTS} attempts; in the last one, {wrong}. "
            "Give the payload yourself, or say more in the schema, such as `examples` for the field."
        )


def _ascii(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


class _Maker:
    """Makes one value for one schema, by chance."""

    def __init__(self, root: JsonSchema, fake: Faker) -> None:
        self._references = References(root)
        self._fake = fake
        self._random: random.Random = fake.random

    def value(self, schema: Any, name: str, depth: int) -> Any:
        """A value for ``schema``, the field called ``name``."""
        if not isinstance(schema, dict):
            return self._fake.word()
        if "$ref" in schema:
            target = self._references.resolve(schema["$ref"], self._references.base).schema
            return self.value(merged_with(_without(schema, "$ref"), target), name, depth)
        if "const" in schema:
            return copy_json(schema["const"])
        if schema.get("enum"):
            return copy_json(self._random.choice(schema["enum"]))
        if schema.get("examples"):
            return copy_json(self._random.choice(schema["examples"]))
        for keyword in ("allOf", "anyOf", "oneOf"):
            if schema.get(keyword):
                return self.value(self._combined(schema, keyword, depth), name, depth)
        return self._typed(schema, name, depth)

    def _combined(self, schema: Mapping[str, Any], keyword: str, depth: int) -> dict[str, Any]:
        branches = schema[keyword]
        if keyword != "allOf":
            dull = [branch for branch in branches if is_null(branch)]
            branches = [self._random.choice(dull if dull and depth > _DEEPEST else branches)]
        merged = _without(schema, keyword)
        for branch in branches:
            if isinstance(branch, dict) and "$ref" in branch:
                target = self._references.resolve(branch["$ref"], self._references.base).schema
                branch = merged_with(_without(branch, "$ref"), target)
            merged = merged_with(merged, branch)
        return merged

    def _typed(self, schema: dict[str, Any], name: str, depth: int) -> Any:
        kinds = types_of(schema) or ["string"]
        kind = "null" if "null" in kinds and depth > _DEEPEST else self._random.choice(kinds)
        if kind == "null":
            return None
        if kind == "boolean":
            return self._random.random() < 0.5
        if kind == "array":
            return self._array(schema, name, depth)
        if kind == "object":
            return self._object(schema, depth)
        if kind in ("number", "integer"):
            return self._number(schema, kind, name)
        return self._text(schema, name)

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        properties = schema.get("properties", {})
        wanted = list(schema.get("required", ()))
        optional = [name for name in properties if name not in wanted and properties[name] is not False]
        chance = 0.7 if depth < _DEEPEST else 0
        wanted += [name for name in optional if self._random.random() < chance]
        made: dict[str, Any] = {}
        for name in wanted:
            made[name] = self.value(self._member_schema(schema, name), name, depth + 1)
            dependency = schema.get("dependencies", {}).get(name)
            if isinstance(dependency, list):
                wanted.extend(other for other in dependency if other not in wanted)
            elif isinstance(dependency, dict):
                made.update(_as_dict(self.value(dependency, name, depth + 1)))
        for name in optional:
            if len(made) >= schema.get("minProperties", 0):
                break
            made.setdefault(name, self.value(properties[name], name, depth + 1))
        return self._with_additional(made, schema, depth)

    def _with_additional(self, made: dict[str, Any], schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        """More members where ``additionalProperties`` describes them, or ``minProperties`` asks for them."""
        additional = schema.get("additionalProperties", True)
        fewest = schema.get("minProperties", 0)
        described = isinstance(additional, dict) and depth < _DEEPEST
        count = max(fewest - len(made), self._random.randint(0, 2) if described else 0)
        for _ in range(3 * count):
            if count <= 0 or additional is False:
                break
            name = self.value(schema.get("propertyNames", {}), "", depth)
            if isinstance(name, str) and name not in made:
                made[name] = self.value(self._member_schema(schema, name), name, depth + 1)
                count -= 1
        return made

    @staticmethod
    def _member_schema(schema: Mapping[str, Any], name: str) -> Any:
        if name in schema.get("properties", {}):
            return schema["properties"][name]
        for pattern, described in schema.get("patternProperties", {}).items():
            if compile_pattern(pattern).search(name):
                return described
        return schema.get("additionalProperties", True)

    def _array(self, schema: Mapping[str, Any], name: str, depth: int) -> list[Any]:
        items = schema.get("items", {})
        singular = name[:-1] if name.endswith("s") else name
        if isinstance(items, list):
            longest = int(schema.get("maxItems", len(items)))
            return [self.value(item, singular, depth + 1) for item in items[:longest]]
        fewest = int(schema.get("minItems", 0))
        most = int(schema.get("maxItems", fewest + 3)) if depth < _DEEPEST else fewest
        count = self._random.randint(fewest, max(fewest, min(most, fewest + 3)))
        elements: list[Any] = []
        for _ in range(10 * count):
            if len(elements) == count:
                break
            element = self.value(items, singular, depth + 1)
            if not schema.get("uniqueItems") or not any(same_json(element, known) for known in elements):
                elements.append(element)
        if "contains" in schema:
            elements[:1] = [self.value(schema["contains"], singular, depth + 1)]
        return elements

    def _number(self, schema: Mapping[str, Any], kind: str, name: str) -> float:
        low = max((schema[key] for key in ("minimum", "exclusiveMinimum") if key in schema), default=None)
        high = min((schema[key] for key in ("maximum", "exclusiveMaximum") if key in schema), default=None)
        if schema.get("format") == "int32":
            low, high = max(low or -(2**31), -(2**31)), min(high or 2**31 - 1, 2**31 - 1)
        if low is None:
            low = 0 if high is None or high > 0 else high - 1000
        if high is None:
            high = low + 1000
        step = schema.get("multipleOf") or (1 if kind == "integer" else None)
        if step is None:
            cents = round(self._random.uniform(low, high), 2)
            return cents if low < cents < high else low + (high - low) * self._random.uniform(0.1, 0.9)
        first, last = math.ceil(low / step), math.floor(high / step)
        first += first * step == schema.get("exclusiveMinimum")
        last -= last * step == schema.get("exclusiveMaximum")
        value = self._random.randint(first, max(first, last)) * step
        return int(value) if kind == "integer" else round(value, 10)

    def _text(self, schema: Mapping[str, Any], name: str) -> str:
        if "pattern" in schema:
            example = example_of(schema["pattern"], self._random.choice, tries=20)
            return self._fitted(example or "", schema) if example is None else example
        make = _FORMATS.get(schema.get("format", ""))
        if make is not None:
            return make(self)
        return self._fitted(value_for_name(name, self._fake), schema)

    def _fitted(self, text: str, schema: Mapping[str, Any]) -> str:
        """``text``, cut or continued to the length that the schema asks for."""
        shortest = int(schema.get("minLength", 0))
        longest = int(schema.get("maxLength", max(shortest, len(text))))
        while len(text) < shortest:
            text = f"{text} {self._fake.word()}".strip()
        return text[:longest].strip() if len(text[:longest].strip()) >= shortest else text[:longest]

    def moment(self) -> datetime:
        """A moment of 2026, so that a seed means the same tomorrow."""
        return datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(
            seconds=self._random.randrange(365 * 86_400)
        )

    def one_of(self, method: str) -> str:
        """The text of a method of Faker."""
        return str(getattr(self._fake, method)())


def _without(schema: Mapping[str, Any], keyword: str) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != keyword}


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


_FORMATS: dict[str, Callable[[_Maker], str]] = {
    "date": lambda make: make.moment().date().isoformat(),
    "time": lambda make: make.moment().time().isoformat() + "Z",
    "date-time": lambda make: make.moment().isoformat().replace("+00:00", "Z"),
    "duration": lambda make: f"PT{make.moment().hour + 1}H",
    "email": lambda make: make.one_of("ascii_safe_email"),
    "idn-email": lambda make: make.one_of("ascii_safe_email"),
    "hostname": lambda make: f"{make.one_of('slug')}.example.com",
    "ipv4": lambda make: make.one_of("ipv4"),
    "ipv6": lambda make: make.one_of("ipv6"),
    "uri": lambda make: f"https://example.com/{make.one_of('slug')}",
    "url": lambda make: f"https://example.com/{make.one_of('slug')}",
    "uri-reference": lambda make: f"/{make.one_of('slug')}",
    "iri": lambda make: f"https://example.com/{make.one_of('slug')}",
    "uri-template": lambda make: f"https://example.com/{make.one_of('slug')}/{{id}}",
    "uuid": lambda make: make.one_of("uuid4"),
    "byte": lambda make: "bm92dQ==",
    "regex": lambda make: "^[a-z]+$",
    "json-pointer": lambda make: f"/{make.one_of('slug')}",
    "relative-json-pointer": lambda make: f"1/{make.one_of('slug')}",
    "json-pointer-uri-fragment": lambda make: f"#/{make.one_of('slug')}",
}
