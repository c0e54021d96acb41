"""JavaScript's answers, as Node gave them, against ours. `ecmascript/record.mjs` recorded them."""

from __future__ import annotations

import json
import math
import struct
from pathlib import Path
from typing import Any

from novu_framework.npm.ecmascript.json import UNDEFINED, json_identity, json_text, same_json
from novu_framework.npm.ecmascript.keys import in_key_order
from novu_framework.npm.ecmascript.numbers import (
    as_double,
    is_integer,
    number_text,
    text_number,
    to_double_precision,
)
from novu_framework.npm.ecmascript.text import BLANKS, utf16_length, utf16_sort_key, utf16_units
from tests.tables import walked

ANSWERS: dict[str, list[list[Any]]] = json.loads(
    (Path(__file__).parent / "ecmascript" / "answers.json").read_text(encoding="utf-8")
)


MANY = 100_000


def double(bits: str) -> float:
    number: float = struct.unpack(">d", bytes.fromhex(bits))[0]
    return number


def bits(number: float) -> str:
    return struct.pack(">d", as_double(number) if number == number else math.nan).hex()


def equal(left: str, right: str) -> bool:
    values = json.loads(left), json.loads(right)
    assert (json_identity(values[0]) == json_identity(values[1])) is same_json(*values)
    return same_json(*values)


RULES = {
    "numberText": lambda written: number_text(double(written)),
    "integerText": lambda written: number_text(int(written)),
    "isInteger": lambda written: is_integer(double(written)),
    "textToNumber": lambda text: bits(text_number(text)),
    "toJson": lambda text, indent: json_text(json.loads(text), indent),
    "orderedKeys": lambda keys: list(in_key_order(keys)),
    "trim": lambda text: text.strip(BLANKS),
    "length": utf16_length,
    "units": lambda text: [ord(unit) for unit in utf16_units(text)],
    "less": lambda left, right: utf16_sort_key(left) < utf16_sort_key(right),
    "equal": equal,
}


@walked("rule", RULES)
def test_every_answer_is_the_one_that_node_gave(rule: str) -> None:
    answer = RULES[rule]
    got = [[*inputs, answer(*inputs)] for *inputs, _ in ANSWERS[rule]]
    assert [pair for pair in zip(got, ANSWERS[rule], strict=True) if pair[0] != pair[1]] == []


def test_there_are_answers_to_every_rule() -> None:
    assert ANSWERS.keys() == RULES.keys()
    assert all(len(answers) > 60 for answers in ANSWERS.values())


def test_an_int_that_a_double_holds_stays_an_int() -> None:
    assert repr(to_double_precision(2**53 - 1)) == "9007199254740991"
    assert repr(to_double_precision(-(2**53) - 1)) == "-9007199254740992.0"
    assert to_double_precision(10**400) == math.inf


def test_nan_is_itself_and_what_is_not_there_is_false() -> None:
    one, other = float("nan"), float("nan")
    assert same_json([one], [other])
    assert json_identity([one]) == json_identity([other]) != json_identity([None])
    assert not UNDEFINED


def test_a_value_of_another_class_is_printed_by_its_members() -> None:
    assert json_text([1 + 2j, {"a": object()}], object_of=lambda value: {"type": type(value).__name__}) == (
        '[{"type":"complex"},{"a":{"type":"object"}}]'
    )
    assert json_text(object()) == "null"


def test_every_container_is_told_before_it_is_written_and_how_far_its_members_are_set_in() -> None:
    told: list[tuple[int, int]] = []
    json_text(
        {"a": [1, 2, 3], "b": {}}, enter=lambda container, margin: told.append((len(container), margin))
    )
    json_text([[1]], "  ", enter=lambda container, margin: told.append((len(container), margin)))
    assert told == [(2, 0), (3, 0), (0, 0), (1, 3), (1, 5)]


def test_many_keys_that_are_indices_take_time_in_proportion() -> None:
    value = {str(number): None for number in range(MANY, 0, -1)}
    assert list(in_key_order(value)) == [str(number) for number in range(1, MANY + 1)]
    assert json_text(value).startswith('{"1":null,"2":null')


def test_a_long_text_is_told_from_a_number_in_linear_time() -> None:
    """Work that grew with the square of it would not end while anybody waits."""
    assert math.isnan(text_number("1" * MANY + "x"))
