"""Text in UTF-16 and numbers as doubles, where JavaScript counts otherwise than Python."""

from __future__ import annotations

import math
from decimal import Decimal
from enum import IntEnum
from itertools import product
from typing import Any

from novu_framework.npm.ecmascript import numbers, text
from novu_framework.npm.ecmascript.json import json_identity, same_json
from tests.tables import walked


class Level(IntEnum):
    LOW = 1


class Part(float):
    """A number of a class of one's own."""


FACE = "\U0001f600"
HIGH, LOW = "\ud83d", "\ude00"


@walked(
    ("given", "joined", "worked"),
    [
        ("", "", []),
        ("ab", "ab", []),
        ("é", "é", []),
        (FACE, FACE, []),
        (HIGH, HIGH, []),
        (LOW + HIGH, LOW + HIGH, []),
        (f"a{HIGH}{LOW}b", f"a{FACE}b", [500]),
        (f"{HIGH}{HIGH}{LOW}{LOW}", f"{HIGH}{FACE}{LOW}", [500]),
        (f"{HIGH}{LOW}{HIGH}{LOW}", FACE * 2, [500, 500]),
        ("\ud800\udc00", "\U00010000", [500]),
        ("\udbff\udfff", "\U0010ffff", [500]),
        ("\ud800\ud800", "\ud800\ud800", []),
    ],
    ids=ascii,
)
def test_two_surrogates_are_one_character(given: str, joined: str, worked: list[int]) -> None:
    work: list[int] = []
    assert (text.join_surrogates(given, work.append), work) == (joined, worked)
    assert text.join_surrogates(given) == joined


@walked(
    ("given", "escaped"),
    [("a", "a"), ("é", "é"), (FACE, FACE), (HIGH + LOW, FACE), (f"{LOW}é", "\\ude00é"), (HIGH, "\\ud83d")],
    ids=ascii,
)
def test_a_surrogate_alone_is_written_as_an_escape(given: str, escaped: str) -> None:
    assert text.escape_lone_surrogates(given) == escaped


@walked(
    ("given", "units"),
    [
        ("", []),
        ("ab", ["a", "b"]),
        ("é\uffff", ["é", "\uffff"]),
        (f"a{FACE}", ["a", HIGH, LOW]),
        ("\U00010000", ["\ud800", "\udc00"]),
        ("\U0010ffff\U000fffff", ["\udbff", "\udfff", "\udbbf", "\udfff"]),
        ("\U00040000\U00080000\U000c0000", ["\ud8c0", "\udc00", "\ud9c0", "\udc00", "\udac0", "\udc00"]),
        (HIGH, [HIGH]),
        (f"{HIGH}a{FACE}{LOW}", [HIGH, "a", HIGH, LOW, LOW]),
    ],
    ids=ascii,
)
def test_text_is_indexed_by_units(given: str, units: list[str]) -> None:
    count = len(units)
    assert (text.utf16_units(given), text.utf16_length(given)) == (units, count)
    found = [text.utf16_unit(given, index) for index in range(-count - 2, count + 2)] if given else []
    assert found == ([None, None, *units, *units, None, None] if given else [])


def test_text_is_ordered_by_units() -> None:
    words = ["b", FACE, "\uffff", "a", "\ue000", "ab", "", HIGH]
    assert sorted(words, key=text.utf16_sort_key) == ["", "a", "ab", "b", HIGH, FACE, "\ue000", "\uffff"]


@walked(
    ("value", "is_number", "is_integer"),
    [
        (1, True, True),
        (1.0, True, True),
        (1.5, True, False),
        (Level.LOW, True, True),
        (Part(2), True, True),
        (Part(2.5), True, False),
        (math.nan, True, False),
        (math.inf, True, False),
        (10**400, True, True),
        (True, False, False),
        (False, False, False),
        (None, False, False),
        ("1", False, False),
        (Decimal(1), False, False),
        ([1], False, False),
    ],
    ids=repr,
)
def test_what_is_a_number(value: Any, is_number: bool, is_integer: bool) -> None:
    assert (numbers.is_number(value), numbers.is_integer(value)) == (is_number, is_integer)


@walked(
    ("value", "printed"),
    [
        (0, "0"), (-0.0, "0"), (1.0, "1"), (-1.0, "-1"), (1.5, "1.5"), (123456789012345680.0, "123456789012345680"),
        (1e16, "10000000000000000"), (1.5e16, "15000000000000000"), (-1.25e20, "-125000000000000000000"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
        (-1.5e21, "-1.5e+21"), (0.001, "0.001"), (1e-5, "0.00001"), (1.5e-6, "0.0000015"), (-1e-6, "-0.000001"), (1e-7, "1e-7"), (-1.25e-7, "-1.25e-7"), (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"), (math.inf, "Infinity"), (-math.inf, "-Infinity"), (math.nan, "NaN"), (2**53 - 1, "9007199254740991"), (2**53 + 1, "9007199254740992"),
        (-(2**53) - 1, "-9007199254740992"), (10**400, "Infinity"), (-(10**400), "-Infinity"), (Level.LOW, "1"),
    ],
)  # fmt: skip
def test_a_number_prints_as_in_javascript(value: float, printed: str) -> None:
    assert numbers.number_text(value) == printed


@walked(
    ("value", "double"),
    [(1, 1), (2**53 - 1, 2**53 - 1), (2**53, 2.0**53), (-(2**53) + 1, -(2**53) + 1), (-(2**53), -(2.0**53)), (10**400, math.inf), (-(10**400), -math.inf), (1.5, 1.5)],
    ids=str,
)  # fmt: skip
def test_a_whole_number_is_exact_as_far_as_a_double_is(value: float, double: float) -> None:
    made = numbers.to_double_precision(value)
    assert (made, type(made)) == (double, type(double))
    assert numbers.as_double(value) == double
    assert type(numbers.as_double(value)) is float


@walked(
    ("written", "number"),
    [
        ("", 0), (" \n\ufeff\u2003", 0), ("12", 12), (" 12.50\t", 12.5), ("+1", 1), ("-1.", -1), (".5", 0.5), ("-.5e1", -5), ("1e3", 1000), ("1E+2", 100), ("5e-1", 0.5), ("Infinity", math.inf),
        ("-Infinity", -math.inf), ("999999999999999", 999999999999999), ("9007199254740993", 9007199254740992.0), ("0x1F", 31), ("0b101", 5), ("0O17", 15), ("0xfffffffffffffffff", 295147905179352830000.0),
        ("007", 7), ("1e400", math.inf), *((one, math.nan) for one in ("1_000", "-0x1", "0x", "0b2", "0o8", ".", "e5", "1e", "+", "infinity", "1,5", "1 2", "\u0661", "NaN", "--1", "0xg", "\u200b1")),
    ],
)  # fmt: skip
def test_text_is_read_as_a_number(written: str, number: float) -> None:
    assert repr(numbers.text_number(written)) in (repr(number), repr(float(number)))


ALIKE: list[Any] = [
    0, -0.0, 1, 1.0, True, False, None, "1", "a", "[]", "<1>", float("nan"), float("inf"), 2**53, 2**53 + 1, 10**400,
    [], {}, [1], [1.0], [True], ["1"], [None], [float("nan")], [float("inf")], [10**400], [0], [-0.0], [[]], [{}], ["\ud800"],
    ["a,b"], ["a", "b"], {"a": 1}, {"a": 1.0, "b": 2}, {"b": 2, "a": 1}, {"a:1": 2}, {'a":1,"b': 2}, {"a": [1, {"b": -0.0}]}, {"a": [1, {"b": 0}]},
]  # fmt: skip


def test_two_values_have_one_identity_where_they_are_the_same_json() -> None:
    for left, right in product(ALIKE, repeat=2):
        assert (json_identity(left) == json_identity(right)) == same_json(left, right), (left, right)
