"""What is checked and built in one walk is what comes of the two: a value of any kind, for models of many."""

from __future__ import annotations

from datetime import date, datetime, timezone
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import (
    VERSION,
    AfterValidator,
    AliasChoices,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    computed_field,
    create_model,
    field_validator,
    model_validator,
)

from novu_framework.schemas import PayloadSchema, building
from novu_framework.schemas.schema import Schema
from tests.fuzz import examples
from tests.tables import one_in, walked


class Colour(str, Enum):
    red = "red"
    blue = "blue"


class Row(BaseModel):
    id: int
    name: str
    price: float
    gift: bool
    tags: list[str]


class StrictRow(Row):
    model_config = ConfigDict(extra="forbid")


class Rows(BaseModel):
    model_config = ConfigDict(extra="forbid", title="All rows")
    rows: list[Row]
    more: list[StrictRow]


class Optional(BaseModel):
    a: int | None
    b: str = "none"
    row: Row | None
    names: list[str] = Field(default_factory=list)


class Nested(BaseModel):
    """Its defaults are those of members: AJV fills them in as it goes."""

    inner: Optional


class Aliased(BaseModel):
    a: Annotated[int, Field(alias="1")]
    b: Annotated[str, Field(validation_alias="toString", serialization_alias="other")]


class Read(BaseModel):
    a: date
    b: datetime
    c: UUID
    d: Colour
    e: Literal["x", "long"]
    f: int | str


class Checked(BaseModel):
    a: Annotated[str, AfterValidator(lambda text: text.upper())]
    b: int = Field(ge=1, lt=5)
    c: str = Field(min_length=2, pattern="^[a-z]+$")
    d: list[Annotated[str, Field(max_length=2)]]

    @field_validator("b")
    @classmethod
    def _is_not_three(cls, value: int) -> int:
        if value == 3:
            raise ValueError("three is too many")
        return value * 10


class Maps(BaseModel):
    a: dict[str, Any]
    b: dict[str, int]
    c: dict[str, Row]
    d: list[dict[str, Any]]
    e: dict[int, str]


class Open(BaseModel):
    a: dict[str, Any]
    b: int
    c: dict[str, object] | None


class Numbers(BaseModel):
    a: int | float
    b: float | str
    c: list[float]
    d: float = Field(gt=0)
    e: list[int | float]


class Extra(BaseModel):
    model_config = ConfigDict(extra="allow")
    a: int


class Stripping(BaseModel):
    model_config = ConfigDict(str_strip_whitespace=True, str_max_length=3)
    a: str


class ByName(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    a: int = Field(alias="b")


class Chosen(BaseModel):
    a: int = Field(validation_alias=AliasChoices("a", "b"))


class Shown(BaseModel):
    """What AJV asks is more than pydantic does."""

    a: str = Field(json_schema_extra={"minLength": 2})
    b: list[int] = Field(json_schema_extra={"maxItems": 1})
    c: int = Field(json_schema_extra={"type": "string"})


class Whole(BaseModel):
    a: int
    b: int

    @model_validator(mode="after")
    def _ascends(self) -> Whole:
        if self.a > self.b:
            raise ValueError("a is above b")
        return self


class Cleaned(BaseModel):
    a: int

    @model_validator(mode="before")
    @classmethod
    def _without_c(cls, data: Any) -> Any:
        return {key: value for key, value in data.items() if key != "c"}


class Private(BaseModel):
    a: int
    _made: list[int] = PrivateAttr(default_factory=list)

    def model_post_init(self, context: Any) -> None:
        self._made.append(self.a)

    @computed_field
    def double(self) -> int:
        return self.a * 2


class Twice(BaseModel):
    """One model in two places is a definition of pydantic's."""

    first: Row
    others: list[Row]
    colour: Colour = Colour.red


class Tree(BaseModel):
    a: int
    b: list[Tree]


class Holder(BaseModel):
    a: list[Whole]
    b: Private
    c: Extra


MODELS = [
    Row, StrictRow, Rows, Optional, Nested, Aliased, Read, Checked, Maps, Open, Numbers, Extra, Stripping, ByName, Chosen, Shown,
    Whole, Cleaned, Private, Twice, Tree, Holder,
]  # fmt: skip
AT_ONCE = {Row, StrictRow, Rows, Optional, Aliased, Read, Checked, Open, Extra, Shown, Private, Twice}

SCALARS = st.sampled_from(
    [
        "", "x", " x ", "long", "LONG", "red", "1", "1.5", "true", "2026-01-01", "2026-01-01T12:00:00Z", "2026-01-01T12:00:00+02:00",
        "2f5a7a52-5c5e-4b6a-9d8d-0f6c2b8f3a11", "ann@acme.test", "😀", "\ud800", 0, 1, 2, 3, -1, 1.0, 1.5, 10**400, 1e300, float("inf"), True, False, None,
    ]
)  # fmt: skip
NAMES = st.sampled_from(["a", "b", "c", "1", "toString", "id", "name", "é"])
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3)
)
KINDS = {
    "string": SCALARS.filter(lambda one: isinstance(one, str)),
    "integer": SCALARS.filter(lambda one: type(one) is int) | st.just(1.0),
    "number": SCALARS.filter(lambda one: type(one) in (int, float)),
    "boolean": st.booleans(),
    "null": st.none(),
}


@st.composite
def fitting(draw: st.DrawFn, schema: dict[str, Any], depth: int = 0) -> Any:
    """Draw a value that fits a schema more often than any value would."""
    if draw(st.integers(0, 24)) == 0 or depth > 4:
        return draw(VALUES)
    if "anyOf" in schema:
        return draw(fitting(draw(st.sampled_from(schema["anyOf"])), depth))
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    kind = schema.get("type")
    if kind == "array":
        return draw(st.lists(fitting(schema.get("items", {}), depth + 1), max_size=2))
    if kind == "object":
        extras = schema.get("additionalProperties")
        inner = fitting(extras, depth + 1) if isinstance(extras, dict) else VALUES
        value = draw(
            st.dictionaries(NAMES, inner, max_size=2 if extras or draw(st.integers(0, 5)) == 0 else 0)
        )
        for name, one in schema.get("properties", {}).items():
            if name in schema.get("required", ()) or draw(st.booleans()):
                value[name] = draw(fitting(one, depth + 1))
        return value
    if schema.get("format") and draw(st.booleans()):
        return draw(st.sampled_from(_OF_FORMAT[schema["format"]]))
    return draw(KINDS.get(kind, VALUES))


_OF_FORMAT = {
    "date": ["2026-01-01"],
    "date-time": ["2026-01-01T12:00:00Z", "2026-01-01T12:00:00+02:00"],
    "uuid": ["2f5a7a52-5c5e-4b6a-9d8d-0f6c2b8f3a11"],
}


class InTwo(PayloadSchema):
    """Checks, then builds."""

    _at_once = None


def _seen(value: Any) -> Any:
    """Return what an instance is, to its last member, so that 1, 1.0 and True are three things."""
    if isinstance(value, BaseModel):
        private = {name: getattr(value, name) for name in type(value).__private_attributes__}
        held = {**value.__dict__, "extra": value.model_extra}
        return type(value), value.model_fields_set, _seen(held), private
    if isinstance(value, dict):
        return {key: _seen(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_seen(one) for one in value]
    return type(value), value


def _both(model: type[BaseModel], value: Any) -> tuple[Any, Any]:
    return tuple(  # type: ignore[return-value]
        (_seen(plain), _seen(built), issues)
        for plain, built, issues in (one.of(model).validate(value) for one in (PayloadSchema, InTwo))
    )


def test_these_models_are_built_at_once():
    expected = AT_ONCE if building._can_join() else set()
    assert {model for model in MODELS if PayloadSchema.of(model)._at_once is not None} == expected


@pytest.mark.skipif(VERSION < "2.12", reason="before pydantic 2.12 a model's own validator may be taken")
def test_the_pydantic_of_today_joins_them():
    assert building._can_join()


def test_where_pydantic_core_takes_a_models_own_schema_nothing_is_joined(monkeypatch):
    monkeypatch.setattr(building, "_AS_GIVEN", {"_no_such_keyword": False})
    monkeypatch.setattr(building, "_can_join", building._can_join.__wrapped__)
    assert not building._can_join()
    assert PayloadSchema(Row)._at_once is None


@pytest.mark.parametrize("model", one_in(3, MODELS), ids=lambda model: model.__name__)
@given(data=st.data())
@settings(deadline=None, max_examples=examples(60))
def test_one_walk_gives_what_two_walks_give(model, data):
    value = data.draw(fitting(Schema.of(model).validator.schema))
    before = repr(value)
    at_once, in_two = _both(model, value)
    assert at_once == in_two
    assert repr(value) == before, "the caller's own data changed"


@walked(
    ("model", "value"),
    [
        (Row, {"id": 1, "name": "a", "price": 2, "gift": True, "tags": ["x"], "more": 1}),
        (Row, {"id": 1, "name": "a", "price": float("inf"), "gift": True, "tags": []}),
        (Row, {"id": True, "name": "a", "price": 2, "gift": True, "tags": []}),
        (Row, {"id": 1.0, "name": "a", "price": 2, "gift": True, "tags": []}),
        (StrictRow, {"id": 1, "name": "a", "price": 2, "gift": True, "tags": ["x"], "more": 1}),
        (Optional, {"a": None, "row": None}),
        (Nested, {"inner": {"a": None, "row": None}}),
        (Aliased, {"1": 1, "toString": "x"}),
        (Aliased, {"a": 1, "b": "x"}),
        (Checked, {"a": "x", "b": 2, "c": "long", "d": ["x"]}),
        (Checked, {"a": "x", "b": 3, "c": "long", "d": ["x"]}),
        (Checked, {"a": "x", "b": 2, "c": "LONG", "d": ["long"]}),
        (Numbers, {"a": 1, "b": 2, "c": [1, 2.5], "d": 1, "e": [1, 1.0, 1.5]}),
        (Stripping, {"a": " x "}),
        (Stripping, {"a": " long "}),
        (Shown, {"a": "x", "b": [1, 2], "c": "1"}),
        (Private, {"a": 1}),
    ],
)
def test_one_walk_gives_what_two_walks_give_for(model, value):
    at_once, in_two = _both(model, value)
    assert at_once == in_two


class Raising(BaseModel):
    a: Annotated[str, AfterValidator(lambda text: {"x": 1}[text])]
    b: int


def test_a_validator_is_heard_once_all_is_checked():
    issues = PayloadSchema.of(Raising).validate({"a": "y", "b": "1"})[2]
    assert [(issue.path, issue.message) for issue in issues] == [("/b", "must be integer")]
    with pytest.raises(KeyError):
        PayloadSchema.of(Raising).validate({"a": "y", "b": 1})


def test_a_read_value_is_what_pydantic_makes_of_it():
    built = PayloadSchema.of(Read).validate(
        {
            "a": "2026-01-01",
            "b": "2026-01-01T12:00:00Z",
            "c": "2f5a7a52-5c5e-4b6a-9d8d-0f6c2b8f3a11",
            "d": "red",
            "e": "x",
            "f": 1,
        }
    )[1]
    assert built.b == datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
    assert (built.a, built.d, built.f) == (date(2026, 1, 1), Colour.red, 1)


ID: dict[str, Any] = {"id": 1, "name": "a", "price": 2, "gift": True, "tags": ["x"]}
SHORT = Annotated[str, Field(min_length=2)]


@walked(
    ("kind", "field", "is_at_once", "values"),
    [
        (list[Row], {"min_length": 1}, True, [[ID], []]),
        (list[Row], {"max_length": 1}, True, [[ID], [ID, ID]]),
        (list[Row], {"fail_fast": True}, False, [[ID]]),
        (list[Row], {"description": "x"}, True, [[ID]]),
        (list[list[Row]], {}, True, [[[ID]], [ID]]),
        (list[Row | None], {}, True, [[ID, None]]),
        (list[Annotated[Row | None, Field(description="x")]], {}, True, [[ID, None]]),
        (list[Row] | None, {}, True, [[ID], None]),
        (list[int], {"default": [1]}, True, [[1], [1.0], ["1"]]),
        (list[Any], {}, True, [[1, {}]]),
        (list, {}, True, [[1, {}], {}]),
        (dict[str, Row], {}, True, [{"a": ID}, {"a": 1}, {}]),
        (dict[str, int], {}, True, [{"a": 1}, {"a": 1.0}, {"a": "1"}, []]),
        (dict[str, list[Row]], {}, True, [{"a": [ID]}]),
        (dict[SHORT, int], {}, None, [{"ab": 1}, {"a": 1}]),
        (dict[SHORT, Row], {}, None, [{"ab": ID}, {"a": ID}]),
        (dict[str, int], {"min_length": 1}, None, [{"a": 1}, {}]),
        (dict[str, Row], {"max_length": 1}, None, [{"a": ID}, {"a": ID, "b": ID}]),
        (dict[str, Any], {}, True, [{"a": 1}, {}, [], "a"]),
        (dict[str, Any], {"description": "x"}, True, [{"a": 1}]),
        (dict[str, Any], {"min_length": 1}, None, [{"a": 1}, {}]),
        (list[Annotated[dict[str, Any], Field(json_schema_extra={"x": 1})]], {}, True, [[{"a": 1}], [3]]),
        (dict[SHORT, Any], {}, None, [{"ab": 1}, {"a": 1}]),
        (dict, {}, False, [{"a": 1}]),
        (dict[int, Any], {}, False, [{"1": 1}]),
        (dict[str, int], {"json_schema_extra": {"additionalProperties": True}}, False, [{"a": 1}, {"a": "x"}]),
        (dict[str, Any], {"json_schema_extra": {"additionalProperties": False}}, False, [{"a": 1}, {}]),
        (dict[str, Any], {"json_schema_extra": {"properties": {"x": {"type": "integer"}}}}, False, [{"x": 1}, {"x": "1"}]),
        (dict[str, Any], {"json_schema_extra": {"required": ["x"]}}, False, [{"x": 1}, {"y": 1}]),
        (Annotated[list[str], AfterValidator(sorted)], {}, True, [["b", "a"], [1]]),
        (Annotated[list[list[int]], AfterValidator(sorted)], {}, True, [[[2], [1]]]),
        (Annotated[list[float], AfterValidator(sorted)], {}, False, [[2, 1]]),
        (Annotated[str | None, AfterValidator(str)], {}, True, ["x", None, 3]),
        (Annotated[float | None, AfterValidator(str)], {}, False, [1, None]),
        (Annotated[list[Row], AfterValidator(list)], {}, False, [[ID]]),
        (Row, {"frozen": True}, True, [ID, {}]),
        (Row, {"exclude": True}, True, [ID]),
        (Row, {"alias": "a"}, True, [ID]),
        (Row, {"serialization_alias": "b"}, True, [ID]),
        (Row, {"default_factory": lambda: Row(**ID)}, True, [ID]),
        (Row, {"default": Row(**ID)}, True, [ID]),
        (Row | int, {}, False, [ID, 1]),
        (int, {"default": 3, "validate_default": True}, False, [1]),
        (int, {"strict": True}, False, [1]),
        (int, {"gt": 1}, True, [1, 2, 2.0]),
        (float, {}, True, [1, 1.5]),
        (bool, {}, True, [True, 1]),
        (Any, {}, True, [1, None]),
    ],
)  # fmt: skip
def test_a_field_of_a_kind_is_built_at_once_where_both_ways_are_alike(kind, field, is_at_once, values):
    """None stands for what depends on the pydantic of today."""
    model = create_model("Of", a=(kind, Field(**field)))
    if is_at_once is not None and building._can_join():
        assert (PayloadSchema.of(model)._at_once is not None) is is_at_once
    for value in [*({"a": one} for one in values), {}, {"a": None}, {"a": values[0], "b": 1}]:
        at_once, in_two = _both(model, value)
        assert at_once == in_two, value


@walked(
    ("config", "is_at_once"),
    [
        ({"title": "x"}, True),
        ({"extra": "ignore"}, True),
        ({"extra": "allow"}, True),
        ({"extra": "forbid"}, True),
        ({"strict": True}, False),
        ({"validate_default": True}, False),
        ({"str_strip_whitespace": True}, False),
    ],
    size=15,
)
def test_a_model_of_a_config_is_built_at_once_where_both_ways_are_alike(config, is_at_once):
    model = create_model("Of", __config__=ConfigDict(**config), a=(str, "x"), row=(Row | None, None))
    if building._can_join():
        assert (PayloadSchema.of(model)._at_once is not None) is is_at_once
    for value in ({}, {"a": " x "}, {"a": 1}, {"a": "x", "b": 1}, {"row": ID}, {"row": {**ID, "more": 1}}):
        at_once, in_two = _both(model, value)
        assert at_once == in_two, value


class Begun(BaseModel):
    a: int

    def __init__(self, **data: Any) -> None:
        super().__init__(**{**data, "a": data["a"] + 1})


def test_a_model_with_a_constructor_of_its_own_is_built_by_it():
    assert PayloadSchema.of(Begun)._at_once is None
    assert PayloadSchema.of(Begun).validate({"a": 1})[1].a == 2


class _Text(str):
    """As Jinja's `Markup` is."""


class _Greeting(BaseModel):
    subject: str = _Text("Hi {{ payload.name }}")


def test_a_default_of_a_subclass_of_str_is_a_default() -> None:
    schema = Schema.of(_Greeting)
    assert schema.validator.schema["properties"]["subject"] == {
        "type": "string",
        "default": "Hi {{ payload.name }}",
    }
    assert schema.check({}) == ({"subject": "Hi {{ payload.name }}"}, [])
