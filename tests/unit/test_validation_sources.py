"""Schemas from pydantic models, dataclasses, TypedDicts, JSON Schema dicts and nothing."""

from __future__ import annotations

import dataclasses
import logging
import typing
import uuid
from datetime import date, datetime, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, Optional

import pydantic.dataclasses
import pytest
import typing_extensions
from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator, model_validator
from typing_extensions import NotRequired

from novu_framework.schemas import ControlSchema, Issue, PayloadSchema, Schema, SchemaError, Validator
from tests.tables import walked


class Address(BaseModel):
    """Where it goes."""

    city: str = Field(title="Town")
    zip_code: Optional[str] = None  # noqa: UP045  (as many still write it)


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Order(BaseModel):
    model_config = ConfigDict(extra="forbid")

    order_id: str = Field(alias="orderId")
    placed_at: datetime
    ship_to: Address
    colour: Colour = Colour.RED
    size: tuple[int, str] = (1, "m")
    tone: Literal["kind", "short"] = "kind"


class Node(BaseModel):
    name: str
    children: list[Node] = []


class Wrapper(BaseModel):
    root_node: Node


@dataclasses.dataclass
class Shipment:
    number: int
    parts: list[str] = dataclasses.field(default_factory=list)
    due: date | None = None


@pydantic.dataclasses.dataclass
class Checked:
    number: int = Field(ge=1)


class Typed(typing.TypedDict, total=False):
    id: typing_extensions.Required[int]
    note: str
    children: list[Typed]


class Typed2(typing_extensions.TypedDict):
    id: int
    when: NotRequired[datetime]


class Cat(BaseModel):
    kind: Literal["cat"]


class Dog(BaseModel):
    kind: Literal["dog"]


class Owner(BaseModel):
    pet: Annotated[Cat | Dog, Field(discriminator="kind")]


def titles(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["title"]] if isinstance(schema.get("title"), str) else []
        return own + [title for value in schema.values() for title in titles(value)]
    return [title for value in schema for title in titles(value)] if isinstance(schema, list) else []


ORDER = {"orderId": "o1", "placed_at": "2026-01-02T03:04:05Z", "ship_to": {"city": "Graz"}}


def test_a_model_shows_a_schema_as_one_writes_it_by_hand() -> None:
    assert Schema.of(Order).json_schema == {
        "type": "object",
        "properties": {
            "orderId": {"type": "string"},
            "placed_at": {"type": "string", "format": "date-time"},
            "ship_to": {
                "type": "object",
                "description": "Where it goes.",
                "properties": {
                    "city": {"type": "string", "title": "Town"},
                    "zip_code": {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None},
                },
                "required": ["city"],
            },
            "colour": {"type": "string", "enum": ["red", "blue"], "default": "red"},
            "size": {
                "type": "array",
                "items": [{"type": "integer"}, {"type": "string"}],
                "minItems": 2,
                "maxItems": 2,
                "default": [1, "m"],
            },
            "tone": {"type": "string", "enum": ["kind", "short"], "default": "kind"},
        },
        "required": ["orderId", "placed_at", "ship_to"],
        "additionalProperties": False,
    }


def test_titles_are_kept_where_the_user_gave_them_and_only_there() -> None:
    class Titled(BaseModel):
        model_config = ConfigDict(title="An invoice")
        amount: int = Field(title="How much")
        paid: bool

    assert titles(Schema.of(Titled).json_schema) == ["An invoice", "How much"]
    for source in (Node, Wrapper, Shipment, Checked, Typed, Typed2, Owner):
        assert titles(Schema.of(source).json_schema) == []


def test_a_model_is_built_with_pydantics_conversions() -> None:
    plain, built, issues = Schema.of(Order).validate({**ORDER, "extra": 1})
    assert issues == []
    assert plain == {
        **ORDER,
        "ship_to": {"city": "Graz", "zip_code": None},
        "colour": "red",
        "size": [1, "m"],
        "tone": "kind",
    }
    assert built == Order(
        orderId="o1",
        placed_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone.utc),
        ship_to=Address(city="Graz"),
    )
    assert built.colour is Colour.RED
    assert built.size == (1, "m")


def test_what_is_wrong_is_told_in_the_words_of_the_npm_package() -> None:
    _, built, issues = Schema.of(Order).validate({**ORDER, "ship_to": {"city": 5}})
    assert built is None
    assert issues == [Issue("/ship_to/city", "must be string")]


@pytest.mark.parametrize("source", [Node, Wrapper, Typed])
def test_a_type_that_contains_itself_keeps_its_reference_and_is_an_object(source: Any) -> None:
    schema = Schema.of(source).json_schema
    assert schema["type"] == "object"
    assert list(schema["$defs"]) == [{Wrapper: "Node"}.get(source, source.__name__)]


def test_a_type_that_contains_itself_is_checked_and_built_to_its_leaves() -> None:
    tree = {"name": "a", "children": [{"name": "b"}]}
    plain, built, issues = Schema.of(Node).validate(tree)
    assert (plain["children"][0], issues) == ({"name": "b", "children": []}, [])
    assert built == Node(name="a", children=[Node(name="b")])
    assert Schema.of(Node).check({"name": "a", "children": [{}]})[1] == [
        Issue("/children/0", "must have required property 'name'")
    ]


def test_a_dataclass_is_built() -> None:
    plain, built, issues = Schema.of(Shipment).validate({"number": 1, "due": "2026-02-03"})
    assert issues == []
    assert plain == {"number": 1, "due": "2026-02-03"}
    assert built == Shipment(1, [], date(2026, 2, 3))


def test_a_pydantic_dataclass_is_built() -> None:
    assert Schema.of(Checked).validate({"number": 1})[1] == Checked(number=1)
    assert Schema.of(Checked).validate({"number": 0})[2] == [Issue("/number", "must be >= 1")]


@pytest.mark.parametrize("source", [Typed, Typed2])
def test_a_typed_dict_of_either_module_is_a_dict(source: Any) -> None:
    plain, built, issues = Schema.of(source).validate({"id": 1})
    assert (plain, built, issues) == ({"id": 1}, {"id": 1}, [])
    assert Schema.of(source).check({})[1] == [Issue("", "must have required property 'id'")]


def test_a_typed_dict_in_a_typed_dict_is_checked() -> None:
    assert Schema.of(Typed).check({"id": 1, "children": [{"id": "x"}]})[1] == [
        Issue("/children/0/id", "must be integer")
    ]


def test_a_union_by_a_tag_is_told_apart() -> None:
    assert Schema.of(Owner).validate({"pet": {"kind": "dog"}})[1] == Owner(pet=Dog(kind="dog"))
    assert "discriminator" not in str(Schema.of(Owner).json_schema)


def test_an_annotated_type_is_taken() -> None:
    schema = Schema.of(Annotated[Address, Field(description="The customer's")])
    assert schema.json_schema["description"] == "The customer's"
    assert schema.validate({"city": "Graz"})[1] == Address(city="Graz")


def test_a_root_model_of_an_object_is_taken() -> None:
    class Anything(RootModel[dict[str, int]]):
        pass

    assert Schema.of(Anything).validate({"a": 1})[1] == Anything({"a": 1})


def test_a_json_schema_gives_plain_data_and_keeps_its_own_copy() -> None:
    source = {"type": "object", "properties": {"a": {"type": "string", "default": "x"}}}
    schema = Schema.of(source)
    source["properties"] = {}
    assert schema.validate({}) == ({"a": "x"}, {"a": "x"}, [])


@walked("source", ["Order", 5, [], True, lambda: None, Address(city="Graz")])
def test_what_is_no_schema_is_refused_by_name(source: Any) -> None:
    with pytest.raises(TypeError, match="is not a schema"):
        Schema.of(source)


@walked("source", [{"type": "string"}, {}, {"properties": {}}, RootModel[list[int]], int, list[int]])
def test_a_schema_of_something_else_than_an_object_is_refused(source: Any) -> None:
    with pytest.raises(SchemaError, match="Novu takes schemas of objects"):
        Schema.of(source)


def test_a_type_that_pydantic_cannot_read_is_refused_with_its_reason() -> None:
    @dataclasses.dataclass
    class Odd:
        value: Colourless  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(TypeError, match="Odd cannot be used as a schema"):
        Schema.of(Odd)


def test_a_schema_of_a_schema_is_itself() -> None:
    schema = Schema.of(Order)
    assert Schema.of(schema) is schema


class Picky(BaseModel):
    lines: list[str]
    sku: str = "a"

    @field_validator("lines")
    @classmethod
    def _not_many(cls, lines: list[str]) -> list[str]:
        if len(lines) > 1:
            raise ValueError("at most one line")
        return lines

    @model_validator(mode="after")
    def _agree(self) -> Picky:
        if self.sku == "bad":
            raise ValueError("sku and lines disagree")
        return self


def test_what_a_models_own_validator_refuses_becomes_an_issue_with_its_path() -> None:
    assert Schema.of(Picky).validate({"lines": ["a", "b"]})[2] == [Issue("/lines", "at most one line")]
    assert Schema.of(Picky).validate({"lines": [], "sku": "bad"})[2] == [Issue("", "sku and lines disagree")]


def test_the_path_leaves_out_what_is_no_part_of_the_data() -> None:
    class Choice(BaseModel):
        one: Picky | int

    issues = Schema.of(Choice).validate({"one": {"lines": ["a", "b"]}})[2]
    assert issues[0] == Issue("/one/lines", "at most one line")


def test_an_instance_is_dumped_under_the_names_that_travel() -> None:
    order = Schema.of(Order).validate(ORDER)[1]
    dumped = Schema.of(Order).dump(order)
    assert dumped["orderId"] == "o1"
    assert dumped["placed_at"] == "2026-01-02T03:04:05Z"
    assert Schema.of(Order).validate(dumped)[1] == order


@pytest.mark.parametrize("source", [Order, None, {"type": "object"}, Typed])
def test_a_dict_with_python_values_is_dumped_as_json(source: Any) -> None:
    value = {
        "when": datetime(2026, 1, 2),
        "cost": Decimal("1.5"),
        "id": uuid.UUID(int=0),
        "to": Address(city="Graz"),
    }
    assert Schema.of(source).dump(value) == {
        "when": "2026-01-02T00:00:00",
        "cost": "1.5",
        "id": "00000000-0000-0000-0000-000000000000",
        "to": {"city": "Graz", "zip_code": None},
    }


def test_a_dataclass_is_dumped() -> None:
    assert Schema.of(Shipment).dump(Shipment(1, ["a"], date(2026, 1, 2))) == {
        "number": 1,
        "parts": ["a"],
        "due": "2026-01-02",
    }


# Payloads and controls without a schema


@pytest.mark.parametrize("kind", [Schema, PayloadSchema, ControlSchema])
def test_without_a_schema_discovery_shows_an_object_that_allows_nothing(kind: type[Schema]) -> None:
    expected = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
    assert kind.of(None).json_schema == expected


def test_a_payload_without_a_schema_is_handed_over_as_it_came() -> None:
    payload = {"a": [1]}
    plain, built, issues = PayloadSchema.of(None).validate(payload)
    assert (plain, built, issues) == (payload, payload, [])
    assert PayloadSchema.of(None).check("text")[1] == [Issue("", "must be object")]


def test_controls_without_a_schema_are_empty() -> None:
    assert ControlSchema.of(None).validate({"a": 1}) == ({}, {}, [])


# Controls after their templates were compiled


class Inner(BaseModel):
    colour: Literal["red", "blue"] = "red"


class Controls(BaseModel):
    subject: str = Field(default="Hi", max_length=5)
    retries: int = 1
    inner: Inner = Inner()
    inners: list[Inner] = []
    lines: Picky | None = None


@dataclasses.dataclass
class DataControls:
    due: date
    subject: str = "Hi"
    tags: list[str] = dataclasses.field(default_factory=lambda: ["x"])


class TypedControls(typing_extensions.TypedDict):
    due: date
    retries: int


def test_controls_that_no_longer_fit_are_used_as_they_are(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="novu_framework"):
        built = ControlSchema.of(Controls).build(
            {
                "subject": "much too long",
                "retries": "2",
                "inner": {"colour": "green"},
                "inners": [{"colour": "pink"}],
            }
        )
    assert isinstance(built, Controls)
    assert (built.subject, built.retries) == ("much too long", 2)
    assert isinstance(built.inner, Inner)
    assert (built.inner.colour, built.inners[0].colour) == ("green", "pink")
    assert "no longer fit Controls" in caplog.text


def test_controls_that_fit_are_built_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    assert ControlSchema.of(Controls).build({"subject": "short"}) == Controls(subject="short")
    assert caplog.text == ""


def test_controls_of_any_kind_survive_what_does_not_fit() -> None:
    data = ControlSchema.of(DataControls).build({"due": "soon"})
    assert (type(data), data.due, data.subject, data.tags) == (DataControls, "soon", "Hi", ["x"])
    assert ControlSchema.of(TypedControls).build({"due": "soon", "retries": "3"}) == {
        "due": "soon",
        "retries": 3,
    }
    picky = ControlSchema.of(Controls).build({"lines": {"lines": ["a", "b"]}})
    assert isinstance(picky.lines, Picky)
    assert picky.lines.lines == ["a", "b"]


def test_a_schema_from_a_type_is_one_that_the_validator_takes() -> None:
    for source in (Order, Node, Wrapper, Shipment, Checked, Typed, Typed2, Owner, Picky, Controls):
        Validator(Schema.of(source).json_schema)


class _Department(BaseModel):
    staff: list[_Person] = []


class _Person(BaseModel):
    department: _Department | None = None


class _Company(BaseModel):
    head: _Person
    site: _Department


def test_types_that_hold_each_other_are_referred_to_by_their_names() -> None:
    schema = Schema.of(_Company)
    assert schema.json_schema["properties"] == {
        "head": {"$ref": "#/$defs/_Person"},
        "site": {"$ref": "#/$defs/_Department"},
    }
    good = {"head": {"department": {"staff": [{"department": None}]}}, "site": {"staff": []}}
    assert schema.check(good) == (good, [])
    _, issues = schema.check({"head": {"department": {"staff": [7]}}, "site": {}})
    assert issues[0] == Issue("/head/department/staff/0", "must be object")
