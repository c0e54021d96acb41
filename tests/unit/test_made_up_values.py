"""Made-up values of one field: every one that the schema allows comes up, and no other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import BaseModel, field_validator

from novu_framework_testing.data_kinds import LONG_LIST, LONG_TEXT, DataKind
from novu_framework_testing.factories import NovuFaker
from tests.tables import walked


def made(schema: Any, kind: DataKind = "usual", times: int = 30, name: str = "a") -> list[Any]:
    """What is made of a field, time after time."""
    whole = {"type": "object", "properties": {name: schema}, "required": [name]}
    faker = NovuFaker(1, data=kind)
    return [faker.payload(whole)[name] for _ in range(times)]


ALL: dict[str, tuple[dict[str, Any], set[Any]]] = {
    "between": ({"type": "integer", "minimum": 1, "maximum": 3}, {1, 2, 3}),
    "one": ({"type": "integer", "minimum": 3, "maximum": 3}, {3}),
    "without the ends": ({"type": "integer", "exclusiveMinimum": 3, "exclusiveMaximum": 6}, {4, 5}),
    "both": ({"type": "integer", "minimum": 1, "exclusiveMinimum": 3, "maximum": 9, "exclusiveMaximum": 5}, {4}),
    "steps": ({"type": "integer", "minimum": 1, "maximum": 11, "multipleOf": 5}, {5, 10}),
    "steps of a number": ({"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.5}, {0, 0.5, 1}),
    "small steps": ({"type": "number", "exclusiveMinimum": 0, "maximum": 0.8, "multipleOf": 0.25}, {0.25, 0.5, 0.75}),
    "enum": ({"enum": ["a", 1, None]}, {"a", 1, None}),
    "examples": ({"type": "string", "examples": ["x", "y"]}, {"x", "y"}),
    "types": ({"type": ["boolean", "null"]}, {True, False, None}),
    "branches": ({"anyOf": [{"const": "a"}, {"const": "b"}]}, {"a", "b"}),
    "pattern": ({"type": "string", "pattern": "^[ab]$"}, {"a", "b"}),
    "int32": ({"type": "integer", "format": "int32", "minimum": 2**31 - 2}, {2**31 - 2, 2**31 - 1}),
    "most int32": ({"type": "integer", "format": "int32", "minimum": 2**31 - 2, "maximum": 2**40}, {2**31 - 2, 2**31 - 1}),
    "least int32": ({"type": "integer", "format": "int32", "maximum": -(2**31) + 1, "minimum": -(2**40)}, {-(2**31), -(2**31) + 1}),
    "a thousand": ({"type": "integer", "minimum": 0, "multipleOf": 1001}, {0}),
    "a thousand below": ({"type": "integer", "maximum": 0, "multipleOf": 1001}, {0}),
    "samples": ({"type": "string", "x-samples": ["x", "y"]}, {"x", "y"}),
    "examples before samples": ({"type": "string", "x-samples": ["x"], "examples": ["y"]}, {"y"}),
    "byte": ({"type": "string", "format": "byte"}, {"bm92dQ=="}),
    "base64": ({"type": "string", "format": "base64"}, {"bm92dQ=="}),
    "base64url": ({"type": "string", "format": "base64url"}, {"bm92dQ=="}),
    "regex": ({"type": "string", "format": "regex"}, {"^[a-z]+$"}),
    "directory": ({"type": "string", "format": "directory-path"}, {"."}),
    "fraction": ({"type": "string", "format": "fraction"}, {"1/2"}),
}  # fmt: skip


@walked(("schema", "values"), ALL.values(), ids=ALL, size=15)
def test_every_value_that_is_allowed_comes_up(schema: dict[str, Any], values: set[Any]) -> None:
    found = made(schema)
    assert set(found) == values
    assert {type(one) for one in found} <= {int, float, str, bool, type(None)}


RANGES: list[tuple[dict[str, Any], float, float]] = [
    ({"type": "integer"}, 0, 1000),
    ({"type": "integer", "minimum": 50}, 50, 1050),
    ({"type": "integer", "maximum": 7}, 0, 7),
    ({"type": "integer", "maximum": -7}, -1007, -7),
    ({"type": "integer", "maximum": 0}, -1000, 0),
    ({"type": "number", "minimum": 5}, 5, 1005),
    ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.01}, 0.001, 0.009),
    ({"type": "integer", "format": "int32"}, -(2**31), 2**31 - 1),
]


def test_a_number_is_in_its_range_and_has_cents_at_most() -> None:
    for schema, low, high in RANGES:
        values = made(schema)
        assert all(low <= one <= high for one in values), (schema, values)
        assert len(set(values)) > 5
        assert max(values) - min(values) > (high - low) / 3
    assert all(one == round(one, 2) for one in made({"type": "number"}))
    assert any(one != int(one) for one in made({"type": "number"}))
    assert all(isinstance(one, int) for one in made({"type": "integer", "multipleOf": 2.0}))


FORMS = {
    "date": r"2026-\d\d-\d\d",
    "time": r"\d\d:\d\d:\d\dZ",
    "date-time": r"2026-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "duration": r"PT(\d|1\d|2[0-4])H",
    "email": r"\S+@example\.(com|net|org)",
    "idn-email": r"\S+@example\.(com|net|org)",
    "hostname": r"[a-z-]+\.example\.com",
    "ipv4": r"\d+(\.\d+){3}",
    "ipvanyaddress": r"\d+(\.\d+){3}",
    "ipv6": r"[0-9a-f:]+",
    "uri": r"https://example\.com/[a-z-]+",
    "url": r"https://example\.com/[a-z-]+",
    "iri": r"https://example\.com/[a-z-]+",
    "uri-reference": r"/[a-z-]+",
    "uri-template": r"https://example\.com/[a-z-]+/\{id\}",
    "json-pointer": r"/[a-z-]+",
    "relative-json-pointer": r"1/[a-z-]+",
    "json-pointer-uri-fragment": r"#/[a-z-]+",
    "uuid": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}",
    "uuid4": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}",
    **{
        f"uuid{number}": rf"[0-9a-f]{{8}}-[0-9a-f]{{4}}-{number}[0-9a-f]{{3}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}"
        for number in (1, 3, 5, 6, 7, 8)
    },
    "zoneinfo": r"[A-Z]\w+/.+",
    **dict.fromkeys(
        ("ipv4network", "ipv4interface", "ipvanynetwork", "ipvanyinterface"), r"\d+(\.\d+){3}/32"
    ),
    **dict.fromkeys(("ipv6network", "ipv6interface"), r"[0-9a-f:]+/128"),
    "name-email": r"Ann <\S+@example\.(com|net|org)>",
}


def test_a_format_has_its_form() -> None:
    found = {name: made({"type": "string", "format": name}, times=5) for name in FORMS}
    assert {
        name: [one for one in values if not re.fullmatch(FORMS[name], one)] for name, values in found.items()
    } == {name: [] for name in FORMS}
    assert all(len(set(values)) > 1 for name, values in found.items())
    months = {one[:7] for one in made({"type": "string", "format": "date"}, times=100)}
    assert months == {f"2026-{month:02}" for month in range(1, 13)}
    hours = [int(one[2:-1]) for one in made({"type": "string", "format": "duration"}, times=100)]
    assert 1 == min(hours) < max(hours) == 24


def lengths(schema: dict[str, Any], kind: DataKind = "usual") -> set[int]:
    return {len(one) for one in made({"type": "array", "items": {"type": "boolean"}, **schema}, kind)}


def test_a_list_has_up_to_three_elements_more_than_it_must() -> None:
    assert lengths({}) == {0, 1, 2, 3}
    assert lengths({"minItems": 2}) == {2, 3, 4, 5}
    assert lengths({"maxItems": 1}) == {0, 1}
    assert lengths({"minItems": 2, "maxItems": 3}) == {2, 3}
    assert lengths({"maxItems": 20}) == {0, 1, 2, 3}
    assert (lengths({}, "empty"), lengths({"minItems": 2}, "empty")) == ({0}, {2})
    assert lengths({}, "long") == {LONG_LIST} == {20}
    assert (lengths({"maxItems": 7}, "long"), lengths({"minItems": 25}, "long")) == ({7}, {25})
    pair = {"type": "array", "items": [{"const": 1}, {"const": 2}], "additionalItems": False}
    assert {tuple(one) for one in made({**pair, "minItems": 2})} == {(1, 2)}
    assert {len(one) for one in made({**pair, "maxItems": 1})} <= {0, 1}
    held = made({"type": "array", "items": {"enum": [1, 2]}, "contains": {"const": 2}, "minItems": 1})
    assert all(one[0] == 2 for one in held)


def deep(inner: Any, levels: int, **more: Any) -> Any:
    """A schema inside so many objects."""
    for _ in range(levels):
        inner = {"type": "object", "properties": {"a": inner}, "required": ["a"], **more}
    return inner


def bottom(value: Any, levels: int) -> Any:
    for _ in range(levels):
        value = value["a"]
    return value


@pytest.mark.parametrize(("levels", "ends"), [(2, False), (3, True)])
def test_what_is_deep_has_nothing_that_it_need_not_have(levels: int, ends: bool) -> None:
    def at(schema: dict[str, Any], kind: DataKind = "usual") -> list[Any]:
        return [bottom(one, levels) for one in made(deep(schema, levels), kind)]

    listed = {"type": "array", "items": {"const": 1}}
    optional = {"type": "object", "properties": {"x": {"const": 1}}}
    described = {"type": "object", "additionalProperties": {"const": 1}}
    for schema in (listed, optional, described):
        assert (not any(at(schema))) is ends
    assert [bool(one) for one in at(optional, "long")] == [not ends] * 30
    assert {len(one) for one in at(listed, "long")} == ({0} if ends else {3})


@pytest.mark.parametrize(("levels", "ends"), [(3, False), (4, True)])
def test_what_is_deeper_still_is_null_where_it_may_be(levels: int, ends: bool) -> None:
    for schema in ({"type": ["string", "null"]}, {"anyOf": [{"type": "string"}, {"type": "null"}]}):
        found = {bottom(one, levels) is None for one in made(deep(schema, levels))}
        assert found == ({True} if ends else {True, False})


def test_long_data_has_a_value_where_it_need_not_be_null() -> None:
    branches = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    found = [
        {bottom(one, levels) is None for one in made(deep(branches, levels), "long")} for levels in (2, 3, 4)
    ]
    assert found == [{False}, {True, False}, {True}]
    types = {"type": ["string", "null"]}
    assert not any(
        bottom(one, levels) is None for levels in (2, 4) for one in made(deep(types, levels), "long")
    )


def test_optional_members_are_there_more_often_than_not() -> None:
    names = [f"n{number}" for number in range(10)]
    schema = {
        "type": "object",
        "properties": {**{name: {"const": 1} for name in names}, "no": False},
        "required": ["n0"],
    }
    found = made(schema)
    assert all("n0" in one and "no" not in one for one in found)
    there = sum(len(one) - 1 for one in found)
    assert 0.6 < there / (9 * 30) < 0.8
    assert all(next(iter(one)) == "n0" for one in found)
    assert made(schema, "empty") == [{"n0": 1}] * 30
    assert made(schema, "long") == [dict.fromkeys(names, 1)] * 30
    assert all([*one] == names for one in made(schema, "long"))


def test_so_many_members_are_made_as_are_asked_for() -> None:
    def counts(**schema: Any) -> set[int]:
        return {len(one) for one in made({"type": "object", **schema})}

    named = {"b": {"const": 1}, "c": {"const": 1}, "d": {"const": 1}}
    assert counts(properties=named, minProperties=3, additionalProperties=False) == {3}
    assert counts(properties=named, minProperties=2, additionalProperties=False) == {2, 3}
    assert counts(minProperties=2) == {2}
    assert counts(additionalProperties={"const": 1}) == {0, 1, 2}
    assert counts(additionalProperties={"const": 1}, minProperties=2) == {2}
    assert counts() == counts(additionalProperties=False) == {0}
    anything = made({"type": "object", "properties": {"x": True, "y": {}}, "required": ["y"]})
    assert {len(one) for one in anything} == {1, 2}
    assert {type(value) for one in anything for value in one.values()} == {str}
    keys = {
        name
        for one in made(
            {"type": "object", "additionalProperties": {"const": 1}, "propertyNames": {"enum": ["x", "y"]}}
        )
        for name in one
    }
    assert keys == {"x", "y"}
    matched = made(
        {
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": "^z+$"},
            "patternProperties": {"^z": {"const": 2}},
        }
    )
    assert all(set(one.values()) == {2} for one in matched)


def test_a_text_is_cut_or_continued_to_its_length() -> None:
    for low, high in ((0, 3), (5, 5), (20, 25), (40, 300)):
        texts = made({"type": "string", "minLength": low, "maxLength": high}, name="title")
        assert all((low <= len(one) <= high and one == one.strip()) or len(one) == low for one in texts)
    whole = made({"type": "string", "minLength": 5, "maxLength": 5}, times=60, name="comment")
    assert {len(one) for one in whole} == {5}
    assert any(one != one.strip() for one in whole)  # cut behind a word
    assert {len(one) for one in made({"type": "string", "maxLength": 0})} == {0}
    assert all(len(one) >= 30 for one in made({"type": "string", "minLength": 30}))
    decimal = {"anyOf": [{"type": "number"}, {"type": "string"}]}
    assert {type(one) for one in made(decimal)} <= {int, float}
    other = {"anyOf": [{"type": "number"}, {"type": "string", "minLength": 1}]}
    assert {isinstance(one, str) for one in made(other)} == {True, False}
    inner = made(
        {
            "type": "string",
            "contentSchema": {"type": "array", "items": {"const": 1}, "minItems": 1, "maxItems": 1},
        }
    )
    assert inner == ["[1]"] * 30


def test_an_element_is_named_after_its_list() -> None:
    emails = made({"type": "array", "items": {"type": "string"}, "minItems": 1}, name="emails")
    assert all("@" in one for each in emails for one in each)
    assert all(
        "@" in one["email"]
        for one in made(
            {"type": "object", "properties": {"email": {"type": "string"}}, "required": ["email"]}
        )
    )


def test_what_is_made_of_one_field_changes_nothing_of_another() -> None:
    text = {"type": "string"}
    alone = NovuFaker(1).payload({"type": "object", "properties": {"title": text}, "required": ["title"]})
    beside = {"a": text, "b": {"type": "array", "items": text}, "title": text, "c": {"enum": [1, 2]}}
    among = NovuFaker(1).payload({"type": "object", "properties": beside, "required": [*beside]})
    assert among["title"] == alone["title"] != among["a"]
    schema = {"type": "array", "items": {"type": "string"}, "minItems": 5, "maxItems": 5}
    assert all(len(set(one)) == 5 for one in made(schema, times=5, name="titles"))


def test_a_schema_that_may_say_more_of_a_payload_takes_members_that_it_does_not_list() -> None:
    listed = {"type": "object", "properties": {"a": {"type": "string"}}}
    more: list[dict[str, Any]] = [
        {"patternProperties": {"^x": {}}}, {"allOf": [{}]}, {"anyOf": [{}]}, {"oneOf": [{}]}, {"if": {}, "then": {}},
        {"dependencies": {}}, {"additionalProperties": True}, {"additionalProperties": {}, "allOf": [{}]},
    ]  # fmt: skip
    assert [NovuFaker(1).payload({**listed, **one}, x=1)["x"] for one in more] == [1] * len(more)
    of_itself = {
        "type": "object",
        "$ref": "#/$defs/a",
        "properties": {"a": {}},
        "$defs": {"a": {"type": "object"}},
    }
    assert NovuFaker(1).payload(of_itself, x=1)["x"] == 1
    for closed in ({}, {"additionalProperties": False}):
        with pytest.raises(ValueError, match=r"^the payload has no 'x'; it has a\.$"):
            NovuFaker(1).payload({**listed, **closed}, x=1)


def test_what_no_payload_fits_is_said_after_a_hundred_attempts() -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        NovuFaker(1).payload({"type": "object", "properties": {"a": False}, "required": ["a"]})
    assert str(refused.value) == (
        "No payload that fits the schema came up in 100 attempts; in the last one, /a boolean schema is false. "
        "Give the payload yourself, or say more in the schema, such as `examples` for the field."
    )


def test_a_subscriber_has_a_whole_profile() -> None:
    ann = NovuFaker(1).subscriber()
    number = str(ann.subscriber_id).removeprefix("subscriber-")
    assert 10_000 <= int(number) < 100_000
    assert (ann.email, ann.avatar) == (
        f"person.{number}@example.com",
        f"https://example.com/avatars/{number}.png",
    )
    assert (ann.locale, ann.data, str(ann.phone)[:2]) == ("en_US", {}, "+1")
    long = NovuFaker(1, data="long").subscriber()
    assert [len(str(one)) <= 60 and len(str(one)) > 40 for one in (long.first_name, long.last_name)] == [
        True,
        True,
    ]
    empty = NovuFaker(1, data="empty").subscriber()
    assert (empty.first_name, empty.last_name, empty.email) == (None, None, ann.email)
    with pytest.raises(ValueError, match=r"^a subscriber has no 'frist_name'; it has "):
        NovuFaker(1).subscriber(frist_name="Ann")
    assert NovuFaker().subscriber() != NovuFaker().subscriber()


class Picky(BaseModel):
    title: str

    @field_validator("title")
    @classmethod
    def _short_and_even(cls, title: str) -> str:
        if len(title) > 60 or len(title) % 2:
            raise ValueError("not short, or not even")
        return title


def test_what_is_refused_is_made_as_usual_and_then_anew() -> None:
    faker = NovuFaker(1, data="long")
    assert {len(faker.payload(Picky)["title"]) % 2 for _ in range(20)} == {0}


NEAREST = {
    "de_AT": "de_AT", "de-AT": "de_AT", "de": "de_DE", "de_XX": "de_DE", "pt-BR": "pt_BR", "fr": "fr_FR", "en_GB": "en_GB", "xx": "en_US",
}  # fmt: skip


def test_names_are_of_the_nearest_locale_that_has_some() -> None:
    assert {locale: NovuFaker(1, locale).fake.locales for locale in NEAREST} == {
        locale: [nearest] for locale, nearest in NEAREST.items()
    }


# --- other kinds of data ---------------------------------------------------------------------------------

TITLE: dict[str, Any] = {"type": "string"}


def test_a_long_text_has_a_long_word_first_where_there_is_no_room_behind_the_usual_text() -> None:
    word = "Donaudampfschifffahrtsgesellschaftskapitän"
    usual = made(TITLE, name="title")
    longs = made(TITLE, "long", name="title")
    assert all(one.startswith(f"{text} {word} ") for one, text in zip(longs, usual, strict=True))
    assert {len(one) for one in longs} <= {LONG_TEXT - 1, LONG_TEXT} == {199, 200}
    room = made({"type": "string", "maxLength": 42}, "long", name="title")
    assert set(room) == {word}
    edge = made({"type": "string", "minLength": 250}, "long", times=60, name="title")
    assert {len(one) for one in edge} == {250}
    assert {len(one) for one in made({"type": "string", "maxLength": 500}, "long", name="title")} <= {
        199,
        200,
    }


def test_an_emoji_is_at_each_end_where_there_is_room() -> None:
    usual = made(TITLE, name="title")
    found = made(TITLE, "emoji", name="title")
    assert all(
        text in one and one.split(" ")[1:-1] == text.split(" ")
        for one, text in zip(found, usual, strict=True)
    )
    ends = {end for one in found for end in (one.split(" ")[0], one.split(" ")[-1])}
    assert ends == {"👩🏽‍🚀", "🏳️‍🌈", "👨‍👩‍👧‍👦", "🇩🇪", "❤️", "🎉"}
    short = made({"type": "string", "maxLength": 20}, "emoji", name="title")
    assert all(len(one) <= 20 for one in short)
    assert any(not one.isascii() for one in short)
    tiny = {"type": "string", "maxLength": 4}
    assert made(tiny, "emoji", name="title") == made(tiny, name="title")


def test_only_words_for_people_are_other_ones() -> None:
    kinds: tuple[DataKind, ...] = ("long", "right-to-left", "emoji")
    for name in ("email", "orderId", "trackingUrl", "validUntil", "code"):
        usual = made(TITLE, times=3, name=name)
        assert all(made(TITLE, kind, times=3, name=name) == usual for kind in kinds)
    for name in ("title", "comment", "thing", "firstName"):
        usual = made(TITLE, times=3, name=name)
        assert not any(set(made(TITLE, kind, times=3, name=name)) & set(usual) for kind in kinds)
    for name in ("title", "company", "city", "description", "job", "street", "thing", "lastName"):
        assert not any(one.isascii() for one in made(TITLE, "right-to-left", 5, name))
    fixed = {"type": "string", "examples": ["Tea"]}
    for more in ({"pattern": "^T"}, {"enum": ["Tea"]}, {"const": "Tea"}, {"format": "a-word"}):
        assert {text for kind in kinds for text in made({**fixed, **more}, kind, 3, "title")} == {"Tea"}
    assert not {text for kind in kinds for text in made(fixed, kind, 3, "title")} & {"Tea"}


EMPTY: list[tuple[Any, Any]] = [
    ({"type": "string", "examples": ["Tea"]}, ""),
    ({"type": ["string", "null"], "examples": ["Tea"]}, None),
    ({"anyOf": [{"type": "string"}, {"type": "null"}], "examples": ["Tea"]}, None),
    ({"oneOf": [{"type": "string"}, {"type": "null"}]}, None),
    ({"type": "string", "minLength": 2, "examples": ["Tea"]}, 2),
    ({"type": "string", "pattern": "^T", "examples": ["Tea"]}, "Tea"),
    ({"type": "string", "pattern": "^T?", "examples": ["Tea"]}, ""),
    ({"type": "string", "format": "a-word", "examples": ["Tea"]}, "Tea"),
    ({"type": "integer", "examples": [7]}, 7),
    ({"examples": ["Tea"]}, "Tea"),
    ({"type": "string", "enum": ["Tea"], "examples": ["Tea"]}, "Tea"),
    ({"type": "string", "const": "Tea", "examples": ["Tea"]}, "Tea"),
    ({"type": "array", "items": {"type": "string"}, "examples": [["Tea", "Milk"]]}, []),
    ({"type": "array", "items": {"type": "string"}, "minItems": 1, "examples": [["Tea", "Milk"]]}, [""]),
    (
        {"type": "object", "properties": {"b": {"type": "string"}, "c": {"type": "integer"}}, "required": ["b"], "examples": [{"c": 1, "b": "Tea"}]},
        {"b": ""},
    ),
    ({"type": "object", "examples": [{"c": 1, "b": "Tea"}]}, {"c": 1, "b": "Tea"}),
    ({"type": "object", "additionalProperties": {"type": "string"}}, {}),
    ({"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}, 1),
]  # fmt: skip


@walked(("schema", "value"), EMPTY, ids=range(len(EMPTY)))
def test_what_is_empty_is_as_empty_as_the_schema_allows(schema: dict[str, Any], value: Any) -> None:
    found = made(schema, "empty", 5)
    assert [len(one) if isinstance(value, int) and not isinstance(one, int) else one for one in found] == [
        value
    ] * 5


def test_a_format_stays_as_it_is_in_every_kind_of_data() -> None:
    for name in ("zoneinfo", "fraction", "uuid"):
        usual = made({"type": "string", "format": name}, times=3)
        kinds: tuple[DataKind, ...] = ("empty", "long", "right-to-left", "emoji")
        assert [made({"type": "string", "format": name}, kind, 3) for kind in kinds] == [usual] * 4
    inner = {"type": "string", "contentSchema": {"type": "integer"}}
    assert made(inner, "empty", 3) == made(inner, times=3)
    assert made({"examples": ["Tea"]}, "emoji", 3) == ["Tea"] * 3


def test_examples_at_any_depth_are_of_their_kind() -> None:
    text = {"type": "string"}
    drink = {
        "type": "object",
        "properties": {
            "title": text,
            "code": text,
            "sizes": {"type": "array", "items": [{"type": "integer"}, text]},
        },
        "required": ["title"],
    }
    schema: dict[str, Any] = {
        "anyOf": [{"type": "null"}, {"type": "object", "properties": {"none": text}, "required": ["none"]}, {"allOf": [drink]}],
        "examples": [{"title": "Tea", "code": "T1", "sizes": [1, "small"], "more": "x"}],
    }  # fmt: skip
    (usual,), (emoji,) = made(schema, times=1), made(schema, "emoji", 1)
    assert usual == schema["examples"][0]
    assert emoji["code"] == "T1"
    assert (emoji["title"][2:-2].strip() != "Tea", "Tea" in emoji["title"]) == (True, True)
    assert (emoji["sizes"][0], "small" in emoji["sizes"][1], emoji["sizes"][1] != "small") == (1, True, True)
    assert emoji["more"] == "x"


def test_an_example_is_of_the_branch_that_it_fits() -> None:
    text, code = {"type": "string"}, {"type": "string", "format": "a-word"}
    branches: list[dict[str, Any]] = [
        {"type": "integer"},
        {"type": "array", "items": text},
        {"type": "object", "properties": {"title": text, "code": code}, "required": ["title", "code"]},
        {"type": "object", "properties": {"title": code}},
        {"type": ["boolean", "number", "null", "string"]},
    ]

    def emoji(example: Any, keyword: str = "anyOf", *, of: Any = branches) -> Any:
        return made({keyword: of, "examples": [example]}, "emoji", 1, "title")[0]

    tea = emoji("Tea")
    assert "Tea" in tea
    assert tea != "Tea"
    assert emoji("Tea", "oneOf", of=[branches[0], text]) == tea
    (listed,) = emoji(["Tea"])
    assert "Tea" in listed
    assert listed != "Tea"
    both = emoji({"title": "Tea", "code": "Tea"})
    assert (both["title"] != "Tea", both["code"]) == (True, "Tea")
    for example in ({"title": "Tea"}, 7, True, 1.5, None):
        assert emoji(example) == example
