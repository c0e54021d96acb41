"""Data that is made up for a preview: the same every time, and such that it fits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from ipaddress import IPv4Network, IPv6Interface
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import (
    UUID4,
    AwareDatetime,
    BaseModel,
    Field,
    FileUrl,
    FutureDatetime,
    HttpUrl,
    NaiveDatetime,
    PastDate,
    PostgresDsn,
    SecretStr,
)

from novu_framework.schemas import Schema
from novu_framework.schemas.samples import sample_of

NEW_YEAR = datetime(2030, 1, 1)


class Sampled(BaseModel):
    naive: NaiveDatetime
    aware: AwareDatetime
    after: datetime = Field(gt=NEW_YEAR)
    from_: datetime = Field(ge=NEW_YEAR, lt=datetime(2031, 1, 1))
    until: datetime = Field(le=NEW_YEAR)
    before: datetime = Field(lt=NEW_YEAR)
    past: PastDate
    future: FutureDatetime
    day: date
    day_after: date = Field(gt=date(2030, 1, 1))
    hour: time = Field(ge=time(8))
    hour_after: time = Field(gt=time(8), le=time(9))
    length: timedelta = Field(gt=timedelta(hours=2))
    longest: timedelta = Field(le=timedelta(minutes=5))
    number: complex
    id: UUID4
    any_id: UUID
    file: FileUrl
    site: HttpUrl
    database: PostgresDsn
    network: IPv4Network
    networks: set[IPv6Interface] = Field(min_length=2)
    zone: ZoneInfo
    password: SecretStr
    days: dict[date, int]
    many: dict[str, int] = Field(min_length=2)
    by_anything: dict[Any, int]
    words: set[str] = Field(min_length=3)
    short: set[Annotated[str, Field(max_length=4)]] = Field(min_length=2)
    nothing: list  # type: ignore[type-arg]
    anything: list[Any]
    code: str = Field(pattern="^[A-Z]{2}-[0-9]+$")
    either: Annotated[str, Field(pattern="^x$")] | int
    like: str = Field(examples=["first", "second"])
    likes: list[Annotated[str, Field(examples=["first", "second"])]] = Field(min_length=2)
    maybe: str | None = Field(None, examples=["there"])
    never: str | None = None


SAMPLE = {
    "naive": "2024-01-15T09:30:00",
    "aware": "2024-01-15T09:30:00.000Z",
    "after": "2030-01-02T00:00:00",
    "from_": "2030-01-01T00:00:00",
    "until": "2030-01-01T00:00:00",
    "before": "2029-12-31T00:00:00",
    "past": "2000-01-10",
    "future": "9000-01-15T09:30:00Z",
    "day": "2024-01-10",
    "day_after": "2030-01-02",
    "hour": "08:00:00",
    "hour_after": "09:00:00",
    "length": "PT2H1S",
    "longest": "PT5M",
    "number": "1+2j",
    "id": "00000000-0000-4000-8000-000000000000",
    "any_id": "00000000-0000-4000-8000-000000000000",
    "file": "file:///name",
    "site": "https://example.com/0",
    "database": "postgres://user:password@example.com/name",
    "network": "192.0.2.0/32",
    "networks": ["2001:db8::0/32", "2001:db8::1/32"],
    "zone": "UTC",
    "password": "[placeholder]",
    "days": {"2024-01-10": 1},
    "many": {"[placeholder]": 1, "1[placeholder]": 1},
    "by_anything": {"[placeholder]": 1},
    "words": ["[placeholder]", "1[placeholder]", "2[placeholder]"],
    "short": ["[pla", "1[pl"],
    "nothing": [],
    "anything": [],
    "code": "AA-0",
    "either": 1,
    "like": "first",
    "likes": ["first", "second"],
    "maybe": "there",
}


def test_a_sample_is_the_same_every_time() -> None:
    schema = Schema.of(Sampled)
    assert schema.sample() == SAMPLE
    assert schema.validate(schema.sample())[2] == []
    schema.sample()["words"].clear()  # a copy
    assert schema.sample() == SAMPLE


class Short(BaseModel):
    codes: set[Annotated[str, Field(max_length=2)]] = Field(min_length=3)
    counts: dict[Annotated[str, Field(max_length=2)], int] = Field(min_length=3)
    none: list[Annotated[str, Field(max_length=0)]] = Field(min_length=2)
    long: set[Annotated[str, Field(min_length=14)]] = Field(min_length=12)


def test_elements_of_a_set_are_told_apart_however_short_they_are() -> None:
    made = Schema.of(Short).sample()
    assert (made["codes"], made["counts"], made["none"]) == (
        ["[p", "1[", "2["],
        {"[p": 1, "1[": 1, "2[": 1},
        ["", ""],
    )
    assert made["long"][-1] == "11[placeholder][placeholder]"
    assert Schema.of(Short).validate(made)[2] == []


def test_a_length_may_be_written_as_a_float() -> None:
    schema = {"type": "array", "minItems": 2, "items": {"type": "string", "maxLength": 5.0}}
    assert sample_of(schema) == ["[plac", "1[pla"]
