"""A walk over a JSON Schema that makes values by chance, with texts from Faker."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from novu_framework.npm.ajv.subschemas import is_null
from novu_framework.npm.ecmascript.json import copy_json
from novu_framework.npm.mock_data import Maker, Position
from novu_framework.schemas import JsonSchema
from novu_framework.schemas.samples import SAMPLES, matching_text
from novu_framework_testing.field_names import value_for_name

if TYPE_CHECKING:
    from faker import Faker

MAX_DEPTH = 4
"""The level below which nothing optional is made: a type that contains itself has to end somewhere."""


class FakerMaker(Maker):
    """Makes values by chance, with texts from Faker.

    Each choice and each value is drawn from a sequence of its own, by its path: what is made of one field, or for another
    kind of data, changes nothing of the others.

    Args:
        root: The whole schema.
        fake: A Faker with a sequence of its own, which is set to other places.
        seed: The same seed makes the same values.
    """

    suggestion = "examples"
    undescribed = True

    def __init__(self, root: JsonSchema, fake: Faker, seed: str) -> None:
        super().__init__(root)
        self.fake = fake
        self.seed = seed
        self.random: random.Random = fake.random

    def turn_to(self, position: Position, what: str = "") -> None:
        """Draw from the sequence of a position, and of one of the choices there."""
        self.random.seed(f"{self.seed}{position.path}#{what}")

    def value(self, schema: Any, position: Position) -> Any:
        self.turn_to(position)
        if isinstance(schema, dict) and SAMPLES in schema and "examples" not in schema:
            return copy_json(self.random.choice(schema[SAMPLES]))
        return super().value(schema, position)

    def anything(self, schema: Any) -> Any:
        return self.fake.word()

    def suggested(self, schema: Mapping[str, Any]) -> Any:
        return copy_json(self.random.choice(schema["examples"]))

    def may_follow(self, reference: str) -> bool:
        return True

    def choose_option(self, options: Sequence[Any], position: Position) -> Any:
        self.turn_to(position, "option")
        return self.random.choice(options)

    def choose_branch(self, branches: Sequence[Any], position: Position) -> Any:
        self.turn_to(position, "branch")
        nulls = [branch for branch in branches if is_null(branch)]
        if nulls and position.depth > MAX_DEPTH:
            return self.random.choice(nulls)
        if {"type": "string"} in branches and any(_type(branch) == "number" for branch in branches):
            # a decimal, which is a number or the text of one
            branches = [branch for branch in branches if branch != {"type": "string"}]
        return self.random.choice(branches)

    def choose_type(self, types: Sequence[str], position: Position) -> str:
        self.turn_to(position, "type")
        if "null" in types and position.depth > MAX_DEPTH:
            return "null"
        return self.random.choice(types or ["string"])

    def choose_members(self, schema: Mapping[str, Any], position: Position) -> list[str]:
        self.turn_to(position, "members")
        chance = 0.7 if position.depth < MAX_DEPTH else 0
        optional = [name for name in _optional(schema) if self.random.random() < chance]
        return [*schema.get("required", ()), *optional]

    def choose_length(self, schema: Mapping[str, Any], position: Position) -> int:
        self.turn_to(position, "length")
        low = int(schema.get("minItems", 0))
        high = int(schema.get("maxItems", low + 3)) if position.depth < MAX_DEPTH else low
        return self.random.randint(low, max(low, min(high, low + 3)))

    def add_members(self, made: dict[str, Any], schema: Mapping[str, Any], position: Position) -> None:
        """Add what `minProperties` requires, and some members that ``additionalProperties`` describes."""
        required = schema.get("minProperties", 0)
        for name in _optional(schema):
            if len(made) >= required:
                break
            made.setdefault(name, self.value(schema["properties"][name], position.member(name)))
        additional = schema.get("additionalProperties", True)
        described = isinstance(additional, dict) and position.depth < MAX_DEPTH
        self.turn_to(position, "more")
        count = max(required - len(made), self.random.randint(0, 2) if described else 0)
        for number in range(3 * count):
            if count <= 0 or additional is False:
                break
            of_key = Position(depth=position.depth, path=f"{position.path}/#{number}")
            key = self.value({"type": "string", **_keys(schema)}, of_key)
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
        self.turn_to(position)
        return self.random.random() < 0.5

    def number(self, schema: Mapping[str, Any], kind: str, position: Position) -> float:
        self.turn_to(position)
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
            cents = round(self.random.uniform(low, high), 2)
            return cents if low < cents < high else low + (high - low) * self.random.uniform(0.1, 0.9)
        first, last = math.ceil(low / step), math.floor(high / step)
        first += first * step == schema.get("exclusiveMinimum")
        last -= last * step == schema.get("exclusiveMaximum")
        value = self.random.randint(first, max(first, last)) * step
        return int(value) if kind == "integer" else round(value, 10)

    def text(self, schema: Mapping[str, Any], position: Position) -> str:
        if "contentSchema" in schema:
            return json.dumps(self.value(schema["contentSchema"], position))
        self.turn_to(position)
        if "pattern" in schema:
            found = matching_text(schema, [self.random.choice] * 20)
            return self.fitted("", schema) if found is None else found
        make = _FORMATS.get(schema.get("format", ""))
        if make is not None:
            return make(self)
        return self.words(schema, position)

    def words(self, schema: Mapping[str, Any], position: Position) -> str:
        """Make a text that no pattern or format describes, by the name of its field."""
        return self.fitted(value_for_name(position.name, self.fake), schema)

    def fitted(self, text: str, schema: Mapping[str, Any]) -> str:
        """Cut or continue ``text`` to the length that the schema requires."""
        low = int(schema.get("minLength", 0))
        high = int(schema.get("maxLength", max(low, len(text))))
        while len(text) < low:
            text = f"{text} {self.fake.word()}".strip()
        return text[:high].strip() if len(text[:high].strip()) >= low else text[:high]

    def moment(self) -> datetime:
        """Make a moment of 2026, so that a seed means the same tomorrow."""
        seconds = self.random.randrange(365 * 86_400)
        return datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)

    def fake_text(self, method: str) -> str:
        """Call a method of Faker by its name."""
        return str(getattr(self.fake, method)())


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


def _uuid_of(version: int, make: FakerMaker) -> str:
    text = make.fake_text("uuid4")
    return f"{text[:14]}{version}{text[15:]}"


_FORMATS: dict[str, Callable[[FakerMaker], str]] = {
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
