"""Made-up subscribers and payloads that look real, the same for the same seed.

The `novu_faker` fixture is a `NovuFaker` that is seeded with the test's own id, so that a test that fails does so again
with the same data. A payload is made from the JSON Schema of a workflow, a pydantic model, a dataclass, a TypedDict or
a dict, with values that go by the names of its fields, and it always fits that schema.

    >>> faker = NovuFaker(seed="docs")
    >>> schema = {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}, "required": ["email"]}
    >>> "@" in faker.payload(schema)["email"]
    True
    >>> NovuFaker(seed=7).subscriber() == NovuFaker(seed=7).subscriber()
    True
"""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from novu_framework.errors import MissingDependencyError
from novu_framework.npm.ajv.subschemas import is_null
from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.npm.mock_data import Maker, Position
from novu_framework.schemas import JsonSchema, Schema
from novu_framework.schemas.samples import SAMPLES, matching_text
from novu_framework.subscriber import Subscriber
from novu_framework_testing.field_names import value_for_name

if TYPE_CHECKING:
    from faker import Faker

    from novu_framework.workflow import Workflow

_ATTEMPTS = 100
_MAX_DEPTH = 4
"""The level below which nothing optional is made: a type that contains itself has to end somewhere."""


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
        """The seeded `Faker` that the data comes from, for values of your own."""
        try:
            from faker import Faker
        except ModuleNotFoundError:
            raise MissingDependencyError("`NovuFaker`", "faker", "testing") from None

        fake = Faker(self._locale)
        fake.seed_instance(random.randrange(2**63) if self._seed is None else self._seed)
        return fake

    def subscriber(self, **overrides: Any) -> Subscriber:
        """Make a subscriber that every channel can reach: email, phone, name, locale and time zone.

        Args:
            overrides: Fields that are set to given values, by their Python or their protocol's names.

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
        """Make a payload as plain JSON data that fits its schema. Optional fields are there or not, by chance.

        Args:
            source: A workflow, a pydantic model, a dataclass, a TypedDict or a JSON Schema dict.
            overrides: Top-level fields that are set to given values; these are not checked.

        Raises:
            ValueError: No payload that fits was found; the message says what stands in the way.
        """
        schema: Schema = getattr(source, "payload_schema", None) or Schema.of(source)
        if schema.source is None:
            return dict(overrides)
        wrong = ""
        for _ in range(_ATTEMPTS):
            try:
                made = _FakerMaker(schema.sample_schema, self.fake).value(schema.sample_schema, Position())
            except RecursionError:
                raise ValueError("No payload fits the schema: it requires itself without end.") from None
            plain, _, issues = schema.validate(made)
            if not issues:
                # the members that a branch of anyOf removed may be some that it counts
                _, _, issues = schema.validate(plain)
            if not issues:
                return {**plain, **overrides}
            wrong = f"{issues[0].path or 'the payload'} {issues[0].message}"
        raise ValueError(
            f"No payload that fits the schema came up in {_ATTEMPTS} attempts; in the last one, {wrong}. "
            "Give the payload yourself, or say more in the schema, such as `examples` for the field."
        )


def _ascii(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


class _FakerMaker(Maker):
    """Makes values by chance, with texts from Faker."""

    suggestion = "examples"
    undescribed = True

    def __init__(self, root: JsonSchema, fake: Faker) -> None:
        super().__init__(root)
        self._fake = fake
        self._random: random.Random = fake.random

    def value(self, schema: Any, position: Position) -> Any:
        if isinstance(schema, dict) and SAMPLES in schema and "examples" not in schema:
            return copy_json(self._random.choice(schema[SAMPLES]))
        return super().value(schema, position)

    def anything(self, schema: Any) -> Any:
        return self._fake.word()

    def suggested(self, schema: Mapping[str, Any]) -> Any:
        return copy_json(self._random.choice(schema["examples"]))

    def may_follow(self, reference: str) -> bool:
        return True

    def choose_option(self, options: Sequence[Any], position: Position) -> Any:
        return self._random.choice(options)

    def choose_branch(self, branches: Sequence[Any], position: Position) -> Any:
        nulls = [branch for branch in branches if is_null(branch)]
        if nulls and position.depth > _MAX_DEPTH:
            return self._random.choice(nulls)
        if {"type": "string"} in branches and any(_type(branch) == "number" for branch in branches):
            # a decimal, which is a number or the text of one
            branches = [branch for branch in branches if branch != {"type": "string"}]
        return self._random.choice(branches)

    def choose_type(self, types: Sequence[str], position: Position) -> str:
        if "null" in types and position.depth > _MAX_DEPTH:
            return "null"
        return self._random.choice(types or ["string"])

    def choose_members(self, schema: Mapping[str, Any], position: Position) -> list[str]:
        chance = 0.7 if position.depth < _MAX_DEPTH else 0
        optional = [name for name in _optional(schema) if self._random.random() < chance]
        return [*schema.get("required", ()), *optional]

    def choose_length(self, schema: Mapping[str, Any], position: Position) -> int:
        low = int(schema.get("minItems", 0))
        high = int(schema.get("maxItems", low + 3)) if position.depth < _MAX_DEPTH else low
        return self._random.randint(low, max(low, min(high, low + 3)))

    def add_members(self, made: dict[str, Any], schema: Mapping[str, Any], position: Position) -> None:
        """Add what `minProperties` requires, and some members that ``additionalProperties`` describes."""
        required = schema.get("minProperties", 0)
        for name in _optional(schema):
            if len(made) >= required:
                break
            made.setdefault(name, self.value(schema["properties"][name], position.member(name)))
        additional = schema.get("additionalProperties", True)
        described = isinstance(additional, dict) and position.depth < _MAX_DEPTH
        count = max(required - len(made), self._random.randint(0, 2) if described else 0)
        for _ in range(3 * count):
            if count <= 0 or additional is False:
                break
            key = self.value({"type": "string", **_keys(schema)}, Position(depth=position.depth))
            name = key if isinstance(key, str) else json.dumps(key)
            if name not in made:
                made[name] = self.value(self.member_schema(schema, name), position.member(name))
                count -= 1

    def array(self, schema: Mapping[str, Any], position: Position) -> list[Any]:
        items = schema.get("items", {})
        if isinstance(items, list):
            items = items[: int(schema.get("maxItems", len(items)))]
        named = position._replace(name=position.name.removesuffix("s"))
        elements = self.elements(schema, items, named)
        if "contains" in schema:
            elements[:1] = [self.value(schema["contains"], named.element(0))]
        return elements

    def boolean(self, position: Position) -> bool:
        return self._random.random() < 0.5

    def number(self, schema: Mapping[str, Any], kind: str, position: Position) -> float:
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

    def text(self, schema: Mapping[str, Any], position: Position) -> str:
        if "contentSchema" in schema:
            return json.dumps(self.value(schema["contentSchema"], position))
        if "pattern" in schema:
            found = matching_text(schema, [self._random.choice] * 20)
            return self._fitted("", schema) if found is None else found
        make = _FORMATS.get(schema.get("format", ""))
        if make is not None:
            return make(self)
        return self._fitted(value_for_name(position.name, self._fake), schema)

    def _fitted(self, text: str, schema: Mapping[str, Any]) -> str:
        """Cut or continue ``text`` to the length that the schema requires."""
        low = int(schema.get("minLength", 0))
        high = int(schema.get("maxLength", max(low, len(text))))
        while len(text) < low:
            text = f"{text} {self._fake.word()}".strip()
        return text[:high].strip() if len(text[:high].strip()) >= low else text[:high]

    def moment(self) -> datetime:
        """Make a moment of 2026, so that a seed means the same tomorrow."""
        seconds = self._random.randrange(365 * 86_400)
        return datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)

    def fake_text(self, method: str) -> str:
        """Call a method of Faker by its name."""
        return str(getattr(self._fake, method)())


def _optional(schema: Mapping[str, Any]) -> list[str]:
    """List the members that an object may have or not."""
    properties, required = schema.get("properties", {}), schema.get("required", ())
    return [name for name in properties if name not in required and properties[name] is not False]


def _type(schema: Any) -> Any:
    return schema.get("type") if isinstance(schema, dict) else None


def _keys(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of the keys that an object may have."""
    names = schema.get("propertyNames")
    return names if isinstance(names, dict) else {}


def _uuid_of(version: int, make: _FakerMaker) -> str:
    text = make.fake_text("uuid4")
    return f"{text[:14]}{version}{text[15:]}"


_FORMATS: dict[str, Callable[[_FakerMaker], str]] = {
    "date": lambda make: make.moment().date().isoformat(),
    "time": lambda make: make.moment().time().isoformat() + "Z",
    "date-time": lambda make: make.moment().isoformat().replace("+00:00", "Z"),
    "duration": lambda make: f"PT{make.moment().hour + 1}H",
    **dict.fromkeys(("email", "idn-email"), lambda make: make.fake_text("ascii_safe_email")),
    "hostname": lambda make: f"{make.fake_text('slug')}.example.com",
    "ipv4": lambda make: make.fake_text("ipv4"),
    "ipv6": lambda make: make.fake_text("ipv6"),
    **dict.fromkeys(("uri", "url", "iri"), lambda make: f"https://example.com/{make.fake_text('slug')}"),
    "uri-reference": lambda make: f"/{make.fake_text('slug')}",
    "uri-template": lambda make: f"https://example.com/{make.fake_text('slug')}/{{id}}",
    "uuid": lambda make: make.fake_text("uuid4"),
    **dict.fromkeys(("byte", "base64", "base64url"), lambda make: "bm92dQ=="),
    "regex": lambda make: "^[a-z]+$",
    "json-pointer": lambda make: f"/{make.fake_text('slug')}",
    "relative-json-pointer": lambda make: f"1/{make.fake_text('slug')}",
    "json-pointer-uri-fragment": lambda make: f"#/{make.fake_text('slug')}",
    # pydantic's own
    "uuid4": lambda make: make.fake_text("uuid4"),
    **{f"uuid{number}": partial(_uuid_of, number) for number in (1, 3, 5, 6, 7, 8)},
    "zoneinfo": lambda make: make.fake_text("timezone"),
    "ipvanyaddress": lambda make: make.fake_text("ipv4"),
    **dict.fromkeys(
        ("ipv4network", "ipv4interface", "ipvanynetwork", "ipvanyinterface"),
        lambda make: f"{make.fake_text('ipv4')}/32",
    ),
    **dict.fromkeys(("ipv6network", "ipv6interface"), lambda make: f"{make.fake_text('ipv6')}/128"),
    "name-email": lambda make: f"Ann <{make.fake_text('ascii_safe_email')}>",
    "directory-path": lambda make: ".",
    "fraction": lambda make: "1/2",
}
