"""Made-up subscribers and payloads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network
from typing import Annotated, Any, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from faker import Faker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import (
    UUID1,
    UUID3,
    UUID4,
    UUID5,
    UUID6,
    UUID7,
    UUID8,
    Base64Bytes,
    BaseModel,
    DirectoryPath,
    Field,
    HttpUrl,
    IPvAnyAddress,
    IPvAnyNetwork,
    NameEmail,
    create_model,
    field_validator,
)
from typing_extensions import TypedDict

from novu_framework import Subscriber, workflow
from novu_framework.schemas import Schema, Validator
from novu_framework_testing.factories import NovuFaker
from novu_framework_testing.field_names import value_for_name
from tests.fuzz import examples
from tests.tables import walked


class Status(Enum):
    NEW = "new"
    PAID = "paid"


class Line(BaseModel):
    sku: str = Field(pattern=r"^[A-Z]{3}-\d{4}$")
    quantity: int = Field(ge=1, le=9)
    price: Decimal = Field(gt=0)
    tags: set[str] = Field(default_factory=set, max_length=3)


class Order(BaseModel):
    order_id: str
    customer_email: str
    tracking_url: HttpUrl
    status: Status
    placed_at: datetime
    token: UUID
    code: Annotated[str, Field(min_length=6, max_length=6)]
    lines: list[Line] = Field(min_length=1, max_length=3)
    note: str | None = None
    parent: Order | None = None
    by_country: dict[str, int]
    address: IPvAnyAddress | None
    size: tuple[int, Literal["s", "m"]]

    @field_validator("by_country")
    @classmethod
    def _not_negative(cls, counts: dict[str, int]) -> dict[str, int]:
        if any(count % 7 == 0 for count in counts.values()):
            raise ValueError("not a multiple of seven")
        return counts


@dataclass
class Shipment:
    number: int
    city: str
    parts: list[str] = field(default_factory=list)


class Comment(TypedDict):
    author: str
    body: str


@workflow("factory-order")
async def order_placed(payload: Order, step: Any) -> None:
    await step.in_app("placed", lambda: {"body": payload.order_id})


@workflow("factory-free")
async def free(payload: dict[str, Any], step: Any) -> None:
    await step.in_app("placed", lambda: {"body": "x"})


seeds = range(25)


@walked("source", [Order, Shipment, Comment, Line])
@walked("seed", seeds)
def test_a_payload_fits_its_schema_and_builds(source: type[Any], seed: int) -> None:
    payload = NovuFaker(seed).payload(source)
    plain, built, issues = Schema.of(source).validate(payload)
    assert issues == []
    assert plain == payload
    assert built is not None


def test_a_payload_is_made_for_a_workflow() -> None:
    assert Schema.of(Order).validate(NovuFaker(1).payload(order_placed))[2] == []


def test_a_workflow_without_a_schema_gets_what_is_given() -> None:
    assert NovuFaker(1).payload(free, a=1) == {"a": 1}


def test_values_go_by_the_names_of_their_fields() -> None:
    names = ["email", "firstName", "shipping_city", "avatarUrl", "phone", "orderId", "otp"]
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}, "required": names}
    payload = NovuFaker(1).payload(schema)
    assert "@" in payload["email"]
    assert payload["avatarUrl"].startswith("http")
    assert payload["orderId"].startswith("order-")
    assert payload["otp"].isdecimal()
    assert payload["firstName"][0].isupper()


def test_the_same_seed_makes_the_same_data_and_another_makes_other_data() -> None:
    first, again, other = (NovuFaker(seed) for seed in ("test_a", "test_a", "test_b"))
    assert (first.subscriber(), first.payload(Order)) == (again.subscriber(), again.payload(Order))
    assert other.payload(Order) != NovuFaker("test_a").payload(Order)


def test_a_seed_means_the_same_in_every_process_whatever_the_date() -> None:
    code = (
        "from novu_framework_testing.factories import NovuFaker; f = NovuFaker('x');"
        "s = {'type': 'object', 'properties': {'when': {'type': 'string', 'format': 'date-time'}, 'n': {'type': 'string'},"
        " 't': {'type': 'string', 'pattern': '^[a-z]{8}$'}}, 'required': ['when', 'n', 't']};"
        "print(f.subscriber(), f.payload(s))"
    )
    runs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_optional_fields_are_there_in_some_payloads_and_not_in_others() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
        "required": ["a"],
    }
    faker = NovuFaker(1)
    assert {frozenset(faker.payload(schema)) for _ in range(20)} == {frozenset("a"), frozenset("ab")}


def test_examples_of_the_schema_are_used() -> None:
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string", "examples": ["x1", "x2"]}},
        "required": ["a"],
    }
    faker = NovuFaker(1)
    assert {faker.payload(schema)["a"] for _ in range(20)} == {"x1", "x2"}


def test_what_is_given_stands() -> None:
    assert NovuFaker(1).payload(Shipment, city="Graz", number="not checked")["city"] == "Graz"


def test_a_subscriber_can_be_reached_on_every_channel_and_be_changed() -> None:
    faker = NovuFaker(1)
    ann = faker.subscriber(subscriber_id="ann", lastName="Ng", email=None)
    assert (ann.subscriber_id, ann.last_name, ann.email) == ("ann", "Ng", None)
    bob = faker.subscriber()
    assert isinstance(bob, Subscriber)
    assert bob.email is not None
    assert bob.phone is not None
    assert bob.subscriber_id != faker.subscriber().subscriber_id


def test_a_locale_gives_names_of_that_place() -> None:
    name = NovuFaker(1, "ja_JP").subscriber().first_name
    assert name is not None
    assert not name.isascii()


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (
            {"type": "object", "properties": {"a": {"$ref": "#"}}, "required": ["a"]},
            "requires itself without end",
        ),
        ({"type": "object", "properties": {"a": False}, "required": ["a"]}, "/a boolean schema is false"),
        ({"type": "object", "not": {}}, "the payload must NOT be valid"),
    ],
)
def test_a_schema_that_nothing_fits_is_told_with_what_stands_in_the_way(
    schema: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        NovuFaker(1).payload(schema)


WRITTEN = (UUID1, UUID3, UUID4, UUID5, UUID6, UUID7, UUID8, Decimal, Decimal | None, Fraction, ZoneInfo, NameEmail,
           Base64Bytes, IPvAnyAddress, IPvAnyNetwork, IPv4Network, IPv4Interface, IPv6Network, IPv6Interface,
           DirectoryPath)  # fmt: skip


@walked("written", WRITTEN, ids=str, size=15)
def test_a_type_of_pydantic_is_known_by_what_a_bridge_says_of_it(written: Any) -> None:
    model = create_model("Made", field=(written, ...))

    @workflow("typed")
    async def typed(payload: model) -> None: ...  # type: ignore[valid-type]

    schema = typed.discover()["payload"]["schema"]  # all that a load test knows
    for seed in range(5):
        model.model_validate_json(json.dumps(NovuFaker(seed).payload(schema)))


texts = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "minLength": 20, "maxLength": 25},
        {"type": "string", "maxLength": 3},
        {"type": "string", "maxLength": 0},
        {"type": "string", "pattern": "^(draft|sent):[0-9a-f]{4,8}$"},
        {"type": "string", "pattern": "^\\p{Lu}\\w+\\s\\S+[.!?]$"},
        {"enum": ["a", 1, None, {"x": []}]},
        {"const": {"fixed": True}},
        *(
            {"type": "string", "format": name}
            for name in ("date", "time", "date-time", "duration", "email", "hostname", "ipv4", "ipv6", "uri", "url", "uuid",
                         "uri-reference", "uri-template", "byte", "regex", "json-pointer", "relative-json-pointer",
                         "json-pointer-uri-fragment", "password", "a-format-of-our-own")
        ),
    ]
)  # fmt: skip
numbers = st.builds(
    lambda kind, low, width, step: {"type": kind, "minimum": low, "maximum": low + width, "multipleOf": step},
    st.sampled_from(["integer", "number"]),
    st.integers(-1000, 1000),
    st.integers(20, 500),
    st.sampled_from([1, 2, 5]),
) | st.sampled_from(
    [
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        {"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 5},
        {"type": "integer", "maximum": -7},
        {"type": "boolean"},
        {"type": "null"},
        {"type": ["string", "null"]},
        {"type": "integer", "format": "int32"},
    ]
)


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    keys = st.sampled_from(["email", "name", "total", "a/b", "createdAt", "tags", "id"])
    members = st.dictionaries(keys, inner, min_size=1, max_size=4)
    return st.builds(
        lambda properties, additional, required: {
            "type": "object",
            "properties": properties,
            "required": [name for name in properties if required],
            "minProperties": 1,
            **({} if additional is None else {"additionalProperties": additional}),
        },
        members,
        st.none() | st.just(False) | inner,
        st.booleans(),
    )


def arrays(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.builds(
        lambda items, least: {"type": "array", "items": items, "minItems": least}, inner, st.integers(0, 3)
    )
    tuples = st.lists(inner, min_size=1, max_size=3).map(
        lambda items: {"type": "array", "items": items, "minItems": len(items), "additionalItems": False}
    )
    return lists | tuples


def choices(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, min_size=1, max_size=3).map(lambda branches: {"anyOf": branches})


schemas = st.recursive(
    texts | numbers, lambda inner: objects(inner) | arrays(inner) | choices(inner), max_leaves=8
)


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(objects(schemas), st.integers(0, 1000))
def test_a_payload_of_any_schema_that_can_be_met_fits_it(schema: dict[str, Any], seed: int) -> None:
    assert Validator(schema).validate(NovuFaker(seed).payload(schema))[1] == []


def test_a_payload_fits_after_a_branch_removed_what_it_counts() -> None:
    named = {"type": "object", "properties": {"name": {"type": "string"}}, "minProperties": 1}
    other = {
        "type": "object",
        "properties": {"email": {"type": "string"}},
        "minProperties": 1,
        "additionalProperties": False,
    }
    schema = {"type": "object", "properties": {"of": {"anyOf": [other, named]}}, "required": ["of"]}
    for seed in range(20):
        assert NovuFaker(seed).payload(schema)["of"] != {}


def test_importing_the_factories_imports_no_faker() -> None:
    code = "import sys, novu_framework_testing.factories; assert 'faker' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


NAMED = {
    r".+@.+": "email customerEmail",
    r"[A-Z][a-z'A-Z]+": "firstName givenname lastName surname color colour",
    r"[A-Z].* .+": "name customerName author catchPhraseTitle subject headline",
    r"[A-Z].*": "company organization companyName city town state country job role",
    r"[a-z]{2,3}": "language",
    r"[a-z]+": "thing",
    r".+\.\w+": "fileName hostname",
    r"[\d x().+-]{8,}": "phone mobile",
    r"\d+ .+": "street address",
    r"[A-Z]{2}": "countryCode",
    r"\d{5}": "zip postcode number invoiceNumber",
    r"https?://.+": "avatar image picture photo url uri link website href",
    r"\d+(\.\d+){3}": "ip ipAddress",
    r"[A-Z]{3}": "currency",
    r"[a-z]{2,3}_[A-Z]{2}": "locale",
    r"\w+/.+": "timezone",
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}": "uuid guid",
    r"(?s)[A-Z].* .+\.": "body content text description comment message note reason summary",
    r"[a-z]+(-[a-z]+)+": "slug",
    r"[A-Z]{2}\d{2}\w{10,}": "iban",
    r"\d{6}": "code otp loginCode",
    r"\d{4}": "pin",
    r"[A-Za-z]{18}": "token",
    r"[A-Za-z]{2}-\d{4}": "id",
    r"order-\d{4}": "orderId order_id",
    r"2026-\d\d-\d\d": "date shippedAt on time when until deadline",
}


@walked(("form", "name"), [(form, name) for form, names in NAMED.items() for name in names.split()])
def test_a_value_is_what_the_name_of_its_field_says(form: str, name: str) -> None:
    fake = Faker()
    for seed in range(5):
        fake.seed_instance(seed)
        assert re.fullmatch(form, value_for_name(name, fake))
