"""Stand-ins: what a handler may do to the data of a run while its steps are discovered."""

from __future__ import annotations

import math
import operator
from datetime import timedelta
from typing import Any

import pytest

from novu_framework._internal.standins import NumberStandIn, StandIn, stand_in
from tests.tables import walked

NUMBER = {"type": "integer"}
LIST = {"type": "array", "items": NUMBER}


@walked("schema", [{}, NUMBER])
@walked(
    ("convert", "expected"),
    [
        *[(one, 1) for one in (int, math.trunc, math.floor, math.ceil, round, len)],
        *[(float, 1.0), (complex, 1 + 0j), (bytes, b"1"), (repr, "<stand-in>"), (str, "1"), (bool, False)],
        *[(lambda x, one=one: one(x, 5), False) for one in (operator.lt, operator.le, operator.gt, operator.ge)],
        *[(lambda x: "a" in x, False), (lambda x: f"{x:>9.2f} {x}", "1 1"), (lambda x: {x: 2}[x], 2)],
    ],
)  # fmt: skip
def test_a_stand_in_becomes_what_a_value_would(schema: Any, convert: Any, expected: Any) -> None:
    assert convert(stand_in(schema)) == expected
    assert type(convert(stand_in(schema))) is type(expected)


BOTH_SIDES = [
    operator.add, operator.sub, operator.mul, operator.truediv, operator.floordiv, operator.mod, operator.pow, operator.matmul,
    operator.and_, operator.or_, operator.xor,
]  # fmt: skip


@walked("schema", [{}, NUMBER])
@walked(
    "touch",
    [
        *[lambda x, one=one: one(x, 2) for one in (*BOTH_SIDES, operator.lshift, operator.rshift)],
        *[lambda x, one=one: one(2, x) for one in BOTH_SIDES],
        *[operator.neg, operator.pos, operator.abs, operator.invert],
        *[lambda x: divmod(x, 2)[0], lambda x: divmod(x, 2)[1], lambda x: divmod(2, x)[0]],
    ],
)
def test_arithmetic_gives_a_stand_in_of_the_same_kind(schema: Any, touch: Any) -> None:
    assert type(touch(stand_in(schema))) is type(stand_in(schema))


def test_what_is_in_a_stand_in_is_one() -> None:
    x = stand_in()
    x.a, x["a"] = 1, 2
    del x.a, x["a"]
    inner = (
        x.a,
        x["a"],
        x[0],
        x(1),
        getattr(x, "__private"),
        next(reversed(x)),
        *x,
        *(x.deep.er[0]() for _ in x),
    )
    assert {type(one) for one in inner} == {StandIn}
    assert len(inner) == 8
    assert x.__class__ is StandIn
    assert isinstance(timedelta(hours=stand_in(NUMBER)), timedelta)
    assert (stand_in(NUMBER), stand_in()) == (1, "1")
    assert "abc"[stand_in() :] == "bc"
    with pytest.raises(TypeError, match="cannot be interpreted as an integer"):
        operator.index(stand_in({"type": "string"}))  # or `open` would take it for an open file, stdout


async def test_a_stand_in_is_entered_awaited_and_gone_through() -> None:
    x = stand_in()
    with x as entered:
        assert entered is x
    async with x as entered:
        assert entered is x
    assert [type(one) async for one in x] == [StandIn]
    assert await x is None


def test_a_stand_in_is_unpacked_into_as_many_as_are_wanted() -> None:
    one, two, three = stand_in()
    first, *rest, last = stand_in()
    assert [type(part) for part in (one, two, three, first, last)] == [StandIn] * 5
    assert rest == []
    () = stand_in()


@walked(
    ("schema", "touch", "expected"),
    [
        (LIST, bool, True),
        ({"type": "array"}, len, 1),
        (LIST, lambda x: type(x[0]), NumberStandIn),
        (LIST, lambda x: [type(one) for one in x], [NumberStandIn]),
        ({"properties": {"n": NUMBER}}, lambda x: type(x.n), NumberStandIn),
        ({"properties": {"n": NUMBER}}, lambda x: type(x["n"]), NumberStandIn),
        ({"properties": {"n": NUMBER}}, lambda x: type(x.other), StandIn),
        ({"properties": {"n": {"anyOf": [NUMBER, {"type": "null"}]}}}, lambda x: type(x.n), NumberStandIn),
        ({"properties": {"n": {"anyOf": [NUMBER, LIST]}}}, lambda x: type(x.n), StandIn),
        ({"items": {"anyOf": [{"type": "null"}, NUMBER]}}, lambda x: type(x[0]), NumberStandIn),
        ({"type": "number"}, type, NumberStandIn),
        ({"const": "a", "enum": ["b"], "default": "c", "format": "date"}, str, "a"),
        ({"enum": ["b", "x"], "default": "c"}, str, "b"),
        ({"enum": [1], "default": "c"}, str, "c"),
        ({"default": "", "format": "date"}, str, ""),
        ({"format": "date"}, str, "2026-01-01"),
        ({"format": "time"}, str, "00:00:00+00:00"),
        ({"format": "date-time"}, str, "2026-01-01T00:00:00+00:00"),
        ({"format": "uuid"}, str, "00000000-0000-4000-8000-000000000000"),
        ({"format": "email"}, str, "1"),
    ],
)
def test_a_stand_in_is_what_its_schema_says(schema: Any, touch: Any, expected: Any) -> None:
    assert touch(stand_in(schema)) == expected
