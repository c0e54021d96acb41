"""Long, empty, right-to-left and emoji-laden data, as far as a schema allows it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

import pytest
from pydantic import (
    BaseModel,
    ConfigDict,
    EmailStr,
    Field,
    HttpUrl,
    IPvAnyAddress,
    field_validator,
    model_validator,
)

from novu_framework.schemas import Schema
from novu_framework_testing.data_kinds import LONG_LIST, LONG_TEXT, DataKind
from novu_framework_testing.factories import NovuFaker
from tests.fuzz import FUZZ
from tests.tables import one_in, walked

KINDS = get_args(DataKind)


class Size(Enum):
    S = "s"
    M = "m"


class Item(BaseModel):
    title: str
    colours: list[str] = Field(max_length=7)


class Basket(BaseModel):
    title: Annotated[str, Field(max_length=50)]
    note: str | None = None
    greeting: Annotated[str, Field(min_length=3, max_length=4)] = "Hey"
    code: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    kind: Literal["gift", "order"]
    size: Size
    email: EmailStr
    site: HttpUrl
    sender_email: str
    items: list[Item]
    by_name: dict[str, int]
    tags: set[str] = Field(min_length=2)

    @field_validator("by_name")
    @classmethod
    def _positive(cls, counts: dict[str, int]) -> dict[str, int]:
        if any(count < 1 for count in counts.values()):
            raise ValueError("below one")
        return counts


def string(**keywords: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"title": {"type": "string", **keywords}},
        "required": ["title"],
    }


def title_of(kind: DataKind, schema: Any, seed: int = 1) -> Any:
    return NovuFaker(seed, data=kind).payload(schema)["title"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_fits_a_schema_and_is_the_same_for_a_seed(kind: DataKind) -> None:
    for seed in range(20):
        made = NovuFaker(seed, data=kind).payload(Basket)
        assert Schema.of(Basket).validate(made)[2] == []
        assert made == NovuFaker(seed, data=kind).payload(Basket)
        assert "@" in made["sender_email"] or kind == "empty"


def is_arabic(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) == "AL" for letter in text)


def has_emoji(text: str) -> bool:
    return any(unicodedata.category(letter) == "So" for letter in text)


@walked(
    ("kind", "keywords", "is_right"),
    [
        ("usual", {}, lambda text: text and text.isascii()),
        ("usual", {"examples": ["Tea"]}, lambda text: text == "Tea"),
        ("long", {}, lambda text: LONG_TEXT - 1 <= len(text) <= LONG_TEXT),
        ("long", {"examples": ["Tea"]}, lambda text: len(text) > 100),
        ("long", {"maxLength": 60}, lambda text: 59 <= len(text) <= 60 and max(map(len, text.split())) == 42),
        ("long", {"minLength": 300}, lambda text: len(text) >= 300),
        ("long", {"enum": ["Tea"]}, lambda text: text == "Tea"),
        ("long", {"pattern": "^[a-c]{2}$"}, lambda text: len(text) == 2),
        ("empty", {}, lambda text: text == ""),
        ("empty", {"examples": ["Tea"]}, lambda text: text == ""),
        ("empty", {"minLength": 2}, lambda text: len(text) == 2),
        ("empty", {"pattern": "^a*$"}, lambda text: text == ""),
        ("empty", {"pattern": "^a+$"}, lambda text: text),
        ("empty", {"format": "email"}, lambda text: "@" in text),
        ("empty", {"type": ["string", "null"]}, lambda text: text is None),
        ("empty", {"const": "Tea"}, lambda text: text == "Tea"),
        ("right-to-left", {}, is_arabic),
        ("right-to-left", {"maxLength": 5}, lambda text: is_arabic(text) and len(text) <= 5),
        ("right-to-left", {"format": "uri"}, str.isascii),
        ("emoji", {}, has_emoji),
        ("emoji", {"maxLength": 3}, lambda text: len(text) <= 3),
    ],
    size=15,
)
def test_a_text_is_of_its_kind(
    kind: DataKind, keywords: dict[str, Any], is_right: Callable[[Any], bool]
) -> None:
    schema = string(**keywords)
    for seed in range(5):
        text = title_of(kind, schema, seed)
        assert is_right(text), text


def test_lists_and_optional_members_are_of_their_kind() -> None:
    full, empty = (NovuFaker(1, data=kind).payload(Basket) for kind in ("long", "empty"))
    assert len(full["items"]) == LONG_LIST
    assert len(full["items"][0]["colours"]) == 3
    assert full["note"]
    assert (empty["items"], empty["by_name"], empty["note"]) == ([], {}, None)
    assert len(empty["tags"]) >= 2  # a set of empty texts would have one


class Careful(BaseModel):
    title: str = Field(examples=["Tea"])
    body: str

    @field_validator("title")
    @classmethod
    def _one_word(cls, title: str) -> str:
        if not title or " " in title:
            raise ValueError("one word")
        return title


class CarefulAsAWhole(BaseModel):
    title: str

    @model_validator(mode="after")
    def _not_empty(self) -> CarefulAsAWhole:
        if not self.title:
            raise ValueError("empty")
        return self


@pytest.mark.parametrize("kind", ["long", "empty", "emoji"])
def test_a_field_whose_validator_refuses_is_as_usual_and_the_others_are_not(kind: DataKind) -> None:
    made = NovuFaker(1, data=kind).payload(Careful)
    assert made["title"] == "Tea"
    assert not made["body"].isascii() or len(made["body"]) != len(NovuFaker(1).payload(Careful)["body"])


def test_a_payload_that_is_refused_as_a_whole_is_as_usual() -> None:
    assert title_of("empty", CarefulAsAWhole)


class Doctor(BaseModel):
    note: str | None = None
    name: str
    born_on: date
    rating: float | None
    ward: Literal["a", "b", "c"]


class Visit(BaseModel):
    """Optional fields and texts stand before each of the others: what is drawn for them changes nothing."""

    note: str | None = None
    doctor: str
    starts_at: datetime
    tags: list[str]
    price: float
    comment: str = ""
    reason: int | str | None = None
    amounts: list[Decimal]
    is_paid: bool
    visit_id: UUID
    title: str = Field("", examples=["Doctor Who"])
    room: int = Field(ge=100, le=999, examples=[101, 202, 303])
    size: Size
    doctors: list[Doctor] = Field(max_length=5)
    by_name: dict[str, int]
    more: Doctor | None = None
    code: Annotated[str, Field(pattern=r"^[A-Z]{3}-\d{4}$")]
    address: IPvAnyAddress | None
    when: date | datetime | None
    site: HttpUrl
    wait: timedelta

    @field_validator("doctor", "comment")
    @classmethod
    def _short(cls, text: str) -> str:
        if len(text) > 60:
            raise ValueError("too long")
        return text


VISIT = {
    "doctor": "Who",
    "starts_at": "2026-05-05T10:00:00Z",
    "price": 12.5,
    "note": "Bring the letter",
    "doctors": [{"name": "No", "rating": 4.5, "note": None}, {"name": "Strange", "rating": None}],
    "room": 7,
}


class Guest(BaseModel):
    name: str
    rating: float | None
    note: str | None = None


class VisitWithExample(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [VISIT, {**VISIT, "price": 2.5, "room": "12a"}]})

    title: str = ""
    doctor: str
    starts_at: datetime
    price: float
    note: str | None = None
    doctors: list[Guest]
    room: Annotated[str, Field(pattern=r"^\d+a$")] | int


class VisitOfExamples(BaseModel):
    doctor: str = Field(examples=["Who", "No"])
    starts_at: datetime = Field(examples=["2026-05-05T10:00:00Z", "2026-05-06T10:00:00Z"])
    ends_at: datetime | None = Field(None, examples=["2026-06-05T10:00:00Z"])
    room: int | None = Field(None, examples=[101, 202])
    guest: Guest | VisitWithExample | None = Field(None, examples=[{"name": "Ann", "rating": 4.5}, VISIT])
    guests: list[Guest] = Field(min_length=1, examples=[VISIT["doctors"]])
    pair: tuple[str, float] = Field(examples=[["a", 1.5], ["b", 2.5]])


WORDS = {"guest", "pair", "note", "doctor", "tags", "comment", "reason", "title", "name"}


def compared(usual: Any, other: Any, name: str = "") -> list[str]:
    """The names of the values that differ although they are no words for people; what one of them has not is left out."""
    if isinstance(usual, dict) and isinstance(other, dict):
        return [each for key in usual.keys() & other for each in compared(usual[key], other[key], key)]
    if isinstance(usual, list) and isinstance(other, list):
        return [each for pair in zip(usual, other, strict=False) for each in compared(*pair, name)]
    words = isinstance(usual, str) and isinstance(other, str) and name in WORDS
    return [] if usual == other or None in (usual, other) or words else [f"{name}: {usual!r} {other!r}"]


@pytest.mark.parametrize(
    "source", one_in(3, [VisitWithExample, Visit, VisitOfExamples, VisitOfExamples.model_json_schema()])
)
@pytest.mark.parametrize("kind", KINDS[1:])
def test_only_the_texts_differ_from_the_usual_data(kind: DataKind, source: Any) -> None:
    texts = 0
    for seed in range(
        58, 63 if FUZZ == 1 else 68
    ):  # with which the code of `Visit` takes every text at the first attempt
        usual, other = (NovuFaker(seed, data=each) for each in ("usual", kind))
        for _ in range(3):  # also of what is made next
            first, second = usual.payload(source), other.payload(source)
            assert compared(first, second) == []
            texts += first["doctor"] != second["doctor"]
            ann, bob = usual.subscriber(), other.subscriber()
            assert ann.first_name != bob.first_name
            names = {"first_name", "last_name"}
            assert ann.model_dump(exclude=names) == bob.model_dump(exclude=names)
    assert texts > 8 or (source, kind) == (Visit, "long")  # its own code does not take these


@pytest.mark.parametrize("locale", ["de_DE", "ja_JP", "ar_SA"])
def test_only_the_name_and_where_it_is_are_of_a_locale(locale: str) -> None:
    names = {"first_name", "last_name", "locale", "timezone", "phone"}
    made, usual = (NovuFaker(1, each) for each in (locale, "en_US"))
    for _ in range(3):
        assert made.subscriber().model_dump(exclude=names) == usual.subscriber().model_dump(exclude=names)


def test_nobody_has_no_name_and_can_be_reached() -> None:
    nobody = NovuFaker(1, data="empty").subscriber()
    assert (nobody.first_name, nobody.last_name) == (None, None)
    assert nobody.email
    assert nobody.phone


@walked(
    ("locale", "like"),
    [
        ("de", "de_DE"),
        ("ja", "ja_JP"),
        ("pt-BR", "pt_BR"),
        ("ar_EG", "ar_AA"),
        ("xx", "en_US"),
        ("en_US", "en_US"),
    ],
)
def test_a_locale_that_faker_does_not_know_is_as_the_nearest(locale: str, like: str) -> None:
    made, expected = NovuFaker(1, locale).subscriber(), NovuFaker(1, like).subscriber()
    assert (made.first_name, made.locale) == (expected.first_name, locale)
