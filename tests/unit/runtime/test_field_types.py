"""Fields of payloads: each type through the bridge, as a strict model too, previewed, made up and triggered."""

from __future__ import annotations

import asyncio
import dataclasses
import re
import uuid
import zoneinfo
from collections import deque
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, IntEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Interface
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

import pytest
from pydantic import (
    UUID1,
    UUID4,
    UUID5,
    AfterValidator,
    AmqpDsn,
    AnyUrl,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    ByteSize,
    ConfigDict,
    DirectoryPath,
    EmailStr,
    Field,
    FileUrl,
    FutureDate,
    FutureDatetime,
    HttpUrl,
    IPvAnyAddress,
    JsonValue,
    NaiveDatetime,
    NameEmail,
    PastDate,
    PastDatetime,
    PostgresDsn,
    Secret,
    SecretBytes,
    SecretStr,
    StringConstraints,
    condecimal,
    conlist,
    create_model,
    model_validator,
)
from typing_extensions import TypedDict

from novu_framework import Step, Workflow, workflow
from novu_framework.errors import ExecutionEventPayloadInvalidError
from novu_framework.execution import execute
from novu_framework_testing import NovuFaker, NovuSimulator
from tests.tables import walked


class Cat(BaseModel):
    kind: Literal["cat"] = "cat"
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    owner: SecretStr


class Item(BaseModel):
    name: str
    price: Decimal = Field(gt=0, decimal_places=2)


class Tree(BaseModel):
    name: str
    parent: Tree | None = None
    children: list[Tree] = []


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Level(IntEnum):
    LOW = 1


@dataclasses.dataclass
class Data:
    token: uuid.UUID


class Typed(TypedDict):
    when: datetime


class Pair(NamedTuple):
    left: int
    right: str


NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
ID = uuid.UUID("00000000-0000-4000-8000-000000000001")
UUID_5 = uuid.uuid5(ID, "x")

FIELDS: list[tuple[Any, Any, Any]] = [
    # type, value in JSON, value in Python
    (uuid.UUID, str(ID), ID),
    (UUID1, "a8098c1a-f86e-11da-bd1a-00112444be1e", uuid.UUID("a8098c1a-f86e-11da-bd1a-00112444be1e")),
    (UUID4, str(ID), ID),
    (UUID5, str(UUID_5), UUID_5),
    (SecretStr, "s3cret", SecretStr("s3cret")),
    (SecretBytes, "s3cret", SecretBytes(b"s3cret")),
    (Secret[int], 5, Secret(5)),
    (bytes, "text", b"text"),
    (Annotated[bytes, Field(min_length=20)], "twenty bytes or more", b"twenty bytes or more"),
    (Base64Bytes, "bm92dQ==", b"novu"),
    (Path, "some/file.txt", Path("some/file.txt")),
    (DirectoryPath, ".", Path(".")),
    (datetime, "2026-01-02T12:00:00Z", NOON),
    (FutureDatetime, "3000-01-02T12:00:00Z", NOON.replace(year=3000)),
    (PastDatetime, "2020-01-02T12:00:00Z", NOON.replace(year=2020)),
    (AwareDatetime, "2026-01-02T12:00:00Z", NOON),
    (NaiveDatetime, "2026-01-02T12:00:00", NOON.replace(tzinfo=None)),
    (Annotated[datetime, Field(gt=NOON)], "2026-01-02T12:00:01Z", NOON.replace(second=1)),
    (Annotated[datetime, Field(lt=datetime(1990, 1, 1, tzinfo=timezone.utc))], "1980-01-02T12:00:00Z", NOON.replace(year=1980)),
    (date, "2026-01-02", date(2026, 1, 2)),
    (FutureDate, "3000-01-02", date(3000, 1, 2)),
    (PastDate, "2020-01-02", date(2020, 1, 2)),
    (time, "09:30:00", time(9, 30)),
    (timedelta, "PT1H30M", timedelta(minutes=90)),
    (Annotated[timedelta, Field(gt=timedelta(days=2))], "P3D", timedelta(days=3)),
    (Annotated[timedelta, Field(lt=timedelta(0))], "-PT1.5S", timedelta(seconds=-1.5)),
    (tuple[()], [], ()),
    (complex, "1+2j", 1 + 2j),
    (zoneinfo.ZoneInfo, "Europe/Vienna", zoneinfo.ZoneInfo("Europe/Vienna")),
    (Colour, "blue", Colour.BLUE),
    (Level, 1, Level.LOW),
    (Literal["a", "b", 3], "b", "b"),
    (Decimal, "1.50", Decimal("1.50")),
    (condecimal(gt=Decimal("0.5"), lt=1, max_digits=3, decimal_places=2), "0.75", Decimal("0.75")),
    (Annotated[int, Field(gt=10, multiple_of=7)], 21, 21),
    (Annotated[float, Field(gt=0, lt=1)], 0.25, 0.25),
    (bool, True, True),
    (EmailStr, "ann@example.com", "ann@example.com"),
    (NameEmail, "Ann <ann@example.com>", NameEmail("Ann", "ann@example.com")),
    (HttpUrl, "https://example.com/a", HttpUrl("https://example.com/a")),
    (AnyUrl, "ftp://example.com/a", AnyUrl("ftp://example.com/a")),
    (FileUrl, "file:///tmp/a", FileUrl("file:///tmp/a")),
    (PostgresDsn, "postgres://u:p@localhost/db", PostgresDsn("postgres://u:p@localhost/db")),
    (AmqpDsn, "amqp://localhost/", AmqpDsn("amqp://localhost/")),
    (IPv4Address, "192.0.2.1", IPv4Address("192.0.2.1")),
    (IPv6Address, "2001:db8::1", IPv6Address("2001:db8::1")),
    (IPv4Network, "192.0.2.0/24", IPv4Network("192.0.2.0/24")),
    (IPv6Interface, "2001:db8::1/64", IPv6Interface("2001:db8::1/64")),
    (IPvAnyAddress, "192.0.2.1", IPv4Address("192.0.2.1")),
    (ByteSize, 1024, 1024),
    (Annotated[str, Field(pattern=r"^ORD-\d{4}$")], "ORD-1234", "ORD-1234"),
    (Annotated[str, Field(pattern=r"^[a-z]+$", min_length=12)], "abcdefghijkl", "abcdefghijkl"),
    (Annotated[str, StringConstraints(to_upper=True, max_length=3)], "ABC", "ABC"),
    (Annotated[str, Field(pattern=r"(?i)^(?P<word>yes|no)$", examples=["YES"])], "no", "no"),
    (re.Pattern[str], "^a+$", re.compile("^a+$")),
    (JsonValue, {"a": [1]}, {"a": [1]}),
    (Any, [1], [1]),
    (dict[int, str], {"1": "a"}, {1: "a"}),
    (dict[uuid.UUID, Item], {str(ID): {"name": "n", "price": "1.5"}}, {ID: Item(name="n", price=Decimal("1.5"))}),
    (dict[date, int], {"2026-01-02": 1}, {date(2026, 1, 2): 1}),
    (dict[Colour, int], {"red": 1}, {Colour.RED: 1}),
    (Annotated[dict[int, str], Field(min_length=2)], {"1": "a", "2": "b"}, {1: "a", 2: "b"}),
    (dict[str, list[IPv4Address]], {"a": ["192.0.2.1"]}, {"a": [IPv4Address("192.0.2.1")]}),
    (conlist(str, min_length=2, max_length=3), ["a", "b"], ["a", "b"]),
    (Annotated[set[str], Field(min_length=3)], ["a", "b", "c"], {"a", "b", "c"}),
    (frozenset[Colour], ["red"], frozenset({Colour.RED})),
    (tuple[int, Path], [1, "a"], (1, Path("a"))),
    (tuple[uuid.UUID, ...], [str(ID)], (ID,)),
    (deque[int], [1, 2], deque([1, 2])),
    (Sequence[date], ["2026-01-02"], [date(2026, 1, 2)]),
    (Annotated[Cat | Dog, Field(discriminator="kind")], {"kind": "dog", "owner": "o"}, Dog(owner=SecretStr("o"))),
    (list[Annotated[Dog | Cat, Field(discriminator="kind")]], [{"kind": "cat", "lives": 9}], [Cat(lives=9)]),
    (Cat | Item, {"name": "n", "price": 2}, Item(name="n", price=Decimal(2))),
    (int | uuid.UUID, str(ID), ID),
    (uuid.UUID | None, None, None),
    (Item, {"name": "n", "price": 2}, Item(name="n", price=Decimal(2))),
    (Tree, {"name": "a", "children": [{"name": "b"}]}, Tree(name="a", children=[Tree(name="b")])),
    (Data, {"token": str(ID)}, Data(ID)),
    (Typed, {"when": "2026-01-02T12:00:00Z"}, {"when": NOON}),
    (Pair, [1, "a"], Pair(1, "a")),
]  # fmt: skip


def model_of(hint: Any, *, strict: bool) -> type[BaseModel]:
    config = ConfigDict(strict=strict, regex_engine="python-re")
    return create_model("Payload", __config__=config, value=(hint, ...))


def workflow_of(payload_type: Any, got: list[Any]) -> Workflow:
    async def handler(payload: Any, step: Step) -> None:
        async def render() -> dict[str, Any]:
            got.append(payload)
            return {"body": "sent"}

        await step.sms("sms", render)

    handler.__annotations__["payload"] = payload_type
    return workflow("typed")(handler)


def preview(made: Workflow) -> Any:
    return asyncio.run(execute(made, "sms", {"controls": {}, "state": []}, "preview"))


def named(rows: Sequence[tuple[Any, ...]]) -> list[Any]:
    """Give each row the name of its type, the same in every process."""
    names = (re.sub(rf" at 0x\w+|{re.escape(__name__)}\.", "", str(row[0])) for row in rows)
    return [
        pytest.param(*row, id=f"{index} {name}")
        for index, (row, name) in enumerate(zip(rows, names, strict=True))
    ]


@walked("strict", [False, True], ids=["lax", "strict"])
@walked(("hint", "in_json", "in_python"), named(FIELDS), size=15)
def test_a_field_arrives_is_previewed_and_made_up(
    hint: Any, in_json: Any, in_python: Any, strict: bool
) -> None:
    model, got = model_of(hint, strict=strict), []
    made = workflow_of(model, got)
    with NovuSimulator() as novu:
        novu.register(made)
        ann = {"subscriberId": "ann", "phone": "+4312345"}
        instance = model.model_construct(value=in_python)
        for payload in ({"value": in_json}, made.validate_payload(instance)):
            run = novu.trigger(made, to=ann, payload=payload).run
            assert run.status == "completed", novu.timeline()
    assert [payload.value for payload in got] == [in_python, in_python]

    preview(made)
    for seed in range(3):
        faked = NovuFaker(seed).payload(made)
        made.payload_schema.build(faked)


class Picky(BaseModel):
    odd: Annotated[int, AfterValidator(lambda value: 1 // (value % 2) and value)]
    even: Annotated[int, AfterValidator(lambda value: even(value))]

    @model_validator(mode="after")
    def _in_order(self) -> Picky:
        if self.even < 1000:
            raise ValueError("even is too small")
        return self


def even(value: int) -> int:
    if value % 2:
        raise ValueError("not even")
    return value


def test_what_cannot_be_made_up_says_which_field_needs_an_example() -> None:
    with pytest.raises(ExecutionEventPayloadInvalidError) as refused:
        preview(workflow_of(Picky, []))
    (issue,) = refused.value.data
    assert issue["path"] == "/even"
    assert "not even (in data made up for the preview: give the field an example" in issue["message"]


def test_an_example_comes_first() -> None:
    class Exemplary(Picky):
        even: int = Field(examples=[2000])
        note: str | None = Field(None, examples=["A note"])
        nested: Item = Field(examples=[{"name": "Tea", "price": 3}])

    got: list[Any] = []
    preview(workflow_of(Exemplary, got))
    (payload,) = got
    assert (payload.even, payload.note, payload.nested.name) == (2000, "A note", "Tea")
