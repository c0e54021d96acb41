"""The validator's own promises; `tests/contract/test_schema_contract.py` has its agreement with the npm package."""

from __future__ import annotations

import copy
import json
import math
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novu_framework.npm.ajv import array_keywords, object_keywords
from novu_framework.npm.ecmascript.json import json_identity, same_json
from novu_framework.npm.ecmascript.keys import in_key_order
from novu_framework.npm.ecmascript.numbers import number_text
from novu_framework.npm.regexp import PatternError
from novu_framework.npm.regexp.examples import example_of
from novu_framework.npm.regexp.patterns import compile_pattern
from novu_framework.schemas import Issue, SchemaError, Validator
from tests.tables import one_in, walked

ADDRESS = {
    "type": "object",
    "properties": {
        "city": {"type": "string"},
        "country": {"type": "string", "default": "AT"},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"no": {"default": 1}}}},
    },
    "required": ["city"],
    "additionalProperties": False,
}

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


def issues(schema: Any, value: Any) -> list[tuple[str, str]]:
    return [(issue.path, issue.message) for issue in Validator(schema).validate(value)[1]]


def nested(depth: int, leaf: Any, wrap: Any) -> Any:
    value = leaf
    for _ in range(depth):
        value = wrap(value)
    return value


def test_valid_data_comes_back_with_its_defaults_and_without_its_extras() -> None:
    filled, found = Validator(ADDRESS).validate({"city": "Graz", "extra": 1, "lines": [{}]})
    assert found == []
    assert filled == {"city": "Graz", "country": "AT", "lines": [{"no": 1}]}


def test_the_data_that_was_given_is_never_changed() -> None:
    given_data = {"city": "Graz", "extra": {"kept": [1]}, "lines": [{}, {"no": 2}]}
    before = copy.deepcopy(given_data)
    Validator(ADDRESS).validate(given_data)
    assert given_data == before


@settings(deadline=None)
@given(json_values)
def test_no_data_is_changed_and_none_raises(value: Any) -> None:
    before = copy.deepcopy(value)
    Validator({"properties": {"a": {"default": []}}, "additionalProperties": {"type": "string"}}).validate(
        value
    )
    assert same_json(value, before)


def test_each_value_gets_a_default_of_its_own() -> None:
    validator = Validator({"type": "object", "properties": {"tags": {"type": "array", "default": []}}})
    first, _ = validator.validate({})
    first["tags"].append("mine")
    second, _ = validator.validate({})
    assert second == {"tags": []}


def test_the_schema_that_was_given_is_never_changed() -> None:
    schema = copy.deepcopy(ADDRESS)
    Validator(schema).validate({"city": "Graz"})
    assert schema == ADDRESS


def test_the_first_failure_is_reported_alone() -> None:
    assert issues(ADDRESS, {"country": 5}) == [("", "must have required property 'city'")]


def test_every_branch_of_a_choice_is_reported_with_the_choice() -> None:
    schema = {"properties": {"id": {"anyOf": [{"type": "string"}, {"type": "number", "minimum": 1}]}}}
    assert issues(schema, {"id": 0.5}) == [
        ("/id", "must be string"),
        ("/id", "must be >= 1"),
        ("/id", "must match a schema in anyOf"),
    ]


def test_a_path_is_an_escaped_json_pointer() -> None:
    schema = {"properties": {"a/b~c": {"items": {"type": "string"}}}}
    assert issues(schema, {"a/b~c": ["x", 1]}) == [("/a~1b~0c/1", "must be string")]


@walked(
    ("schema", "value", "fits"),
    [
        ({"type": "integer"}, 1.0, True),
        ({"type": "integer"}, 1.5, False),
        ({"type": "integer"}, True, False),
        ({"type": "number"}, True, False),
        ({"type": "number"}, math.inf, True),
        ({"type": "integer"}, math.nan, False),
        ({"minimum": 1}, math.nan, False),
        ({"type": "boolean"}, 1, False),
        ({"const": 1}, True, False),
        ({"const": 1}, 1.0, True),
        ({"const": {"a": [1]}}, {"a": [1.0]}, True),
        ({"enum": [None, "a"]}, None, True),
        ({"enum": ["a", "b"]}, ["a"], False),
        ({"uniqueItems": True}, [1, True], True),
        ({"uniqueItems": True}, [1, 1.0], False),
        ({"multipleOf": 0.01}, 4.35, False),  # 434.99999999999994 to JavaScript
        ({"multipleOf": 3}, 10**400, False),
        ({"minLength": 2}, "😀", False),
        (True, "anything", True),
        (False, "anything", False),
    ],
)
def test_values_are_compared_as_javascript_compares_them(schema: Any, value: Any, fits: bool) -> None:
    assert (issues(schema, value) == []) is fits


def test_data_nested_without_end_is_an_issue_and_no_crash() -> None:
    tree = {"type": "object", "properties": {"next": {"$ref": "#"}, "seen": {"default": False}}}
    too_deep = nested(100_000, {}, lambda value: {"next": value})
    message = "must NOT be nested so deeply that it cannot be checked"
    assert issues(tree, too_deep) == [("", message)]
    assert issues({"$ref": "#"}, {}) == [("", message)]


def test_data_of_a_hundred_levels_is_checked_to_its_end() -> None:
    tree = {"type": "object", "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}}}
    assert issues(tree, nested(100, {}, lambda value: {"next": value})) == []
    found = issues(tree, nested(100, 5, lambda value: {"next": value}))
    assert found[0] == ("/next" * 100, "must be object")


@pytest.mark.parametrize("keyword", ["allOf", "items"])
def test_a_long_list_of_schemas_is_not_nested(keyword: str) -> None:
    schema = {keyword: [{"type": "integer"}] * 5000}
    assert issues(schema, 1 if keyword == "allOf" else [1] * 5000) == []


def test_a_schema_nested_without_end_is_refused() -> None:
    endless = nested(100_000, {"type": "string"}, lambda schema: {"items": schema})
    with pytest.raises(SchemaError, match="nested too deeply"):
        Validator(endless)


@walked(
    ("schema", "message"),
    [
        ({"type": "strin"}, "schema is invalid: data/type must be equal to one of the allowed values"),
        ({"properties": {"a": {"minLength": -1}}}, "data/properties/a/minLength must be >= 0"),
        ({"$ref": "#/definitions/gone"}, "can't resolve reference #/definitions/gone from id #"),
        ({"pattern": "("}, r"Invalid regular expression: /\(/u: Unterminated group"),
        ({"pattern": "(?<=a+)b"}, "Regular expression that Python cannot run"),
        ({"$schema": "https://json-schema.org/draft/2020-12/schema"}, 'remove "\\$schema"'),
        ("not a schema", "schema must be object or boolean"),
    ],
)
def test_a_schema_that_is_wrong_is_refused_with_what_is_wrong(schema: Any, message: str) -> None:
    with pytest.raises(SchemaError, match=message):
        Validator(schema)


def test_an_issue_travels_as_path_and_message() -> None:
    assert Issue("/a", "must be string").to_dict() == {"path": "/a", "message": "must be string"}


@walked(
    ("pattern", "found", "missed"),
    [
        (r"^\d+$", ["12"], ["12\n", "٣", ""]),
        (r"^\w$", ["_"], ["é"]),
        (r"^\s$", ["\ufeff", "\u00a0"], ["a"]),
        (r"^[^\s]$", ["a"], ["\u2003"]),
        (r"^\S$", ["a", "😀"], ["\u3000"]),
        (r"^.$", ["😀"], ["\n", "\u2028"]),
        (r"^[^]$", ["\n"], ["ab"]),
        (r"[]", [], ["", "a"]),
        (r"^\u{1F600}$", ["😀"], ["u"]),
        (r"^\ud83d\ude00$", ["😀"], []),
        (r"^(?<y>\d)-\k<y>$", ["1-1"], ["1-2"]),
        (r"^(a)?\1b$", ["b", "aab"], ["ab"]),
        (r"^\p{Lu}\p{L}+$", ["Éa"], ["éa"]),
        (r"^[\w.-]+$", ["a.b-c"], ["a b"]),
        (r"^[[&~|]$", ["[", "&", "~", "|"], ["a"]),
        (r"a\/b", ["a/b"], ["a\\/b"]),
        (r"\bx", ["éx"], ["ax"]),
    ],
)
def test_a_pattern_means_what_it_means_in_javascript(
    pattern: str, found: list[str], missed: list[str]
) -> None:
    search = compile_pattern(pattern).search
    assert [text for text in found if not search(text)] == []
    assert [text for text in missed if search(text)] == []


@walked("pattern", ["a++", "a{2,1}", "[b-a]", r"\k<a>", r"\-", "{", "a{,2}", "(?i)a", "(?P<a>b)", "[z-\\d]"])
def test_what_javascript_does_not_take_for_a_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)
    with pytest.raises(SchemaError, match="regular expression"):
        Validator({"type": "string", "pattern": pattern})


@settings(deadline=None)
@given(st.from_regex(r"\A[a-z0-9.^$|()\[\]{}*+?\\-]{0,8}\Z"))
def test_any_pattern_compiles_or_is_refused(pattern: str) -> None:
    try:
        compile_pattern(pattern)
    except PatternError:
        return
    assert example_of(pattern) is None or compile_pattern(pattern).search(example_of(pattern) or "")


@walked(
    ("number", "text"),
    [(3, "3"), (3.0, "3"), (-0.0, "0"), (0.1, "0.1"), (1e21, "1e+21"), (123456789012345680000, "123456789012345680000"),
     (1e-7, "1e-7"), (1.5e-10, "1.5e-10"), (-2.5, "-2.5"), (0.000001, "0.000001"), (10**400, "Infinity")],
)  # fmt: skip
def test_numbers_in_messages_are_printed_as_by_javascript(number: float, text: str) -> None:
    assert number_text(number) == text


@settings(deadline=None)
@given(json_values, json_values)
def test_values_are_the_same_exactly_if_their_identities_are(left: Any, right: Any) -> None:
    assert (json_identity(left) == json_identity(right)) is same_json(left, right)
    assert json_identity(left) == json_identity(copy.deepcopy(left))
    assert json_identity([left]) != json_identity(left)


class Level(IntEnum):
    ONE = 1


class Name(str, Enum):
    ONE = "1"


ALIKE: list[Any] = [
    0, -0.0, 1, 1.0, True, False, None, math.nan, 2**53 + 1, 2.0**53, "1", "", "true", [], {}, [1], [1.0], [True], [[]], [math.nan],
    {"a": 1, "b": [2]}, {"b": [2.0], "a": 1.0}, {"a": 1}, {"a": True}, {"a": None}, {"a": 1, "b": [2, 3]}, {"a": {"b": [2]}},
    Decimal(1), (1,), Level.ONE, Name.ONE, Name.ONE.value,
]  # fmt: skip


@walked("others", [[7], [[1, 2]], ["x", {"z": 0}]], ids=repr)
@walked("allowed", [each for each in ALIKE if not isinstance(each, (Decimal, tuple, Enum))], ids=repr)
def test_an_enum_holds_exactly_what_is_the_same_as_one_of_its_values(allowed: Any, others: list[Any]) -> None:
    values = [allowed, *others]
    for data in ALIKE:
        fits = issues({"enum": values}, data) == []
        assert fits is any(same_json(value, data) for value in values), data


def test_a_long_array_is_searched_for_duplicates_in_one_pass() -> None:
    compared = 0

    class Counted(str):
        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return str.__eq__(self, other)

        __hash__ = str.__hash__

    values = [Counted(number) for number in range(2000)]
    assert issues({"uniqueItems": True}, values) == []
    assert issues({"uniqueItems": True}, [*values, "7"]) == [
        ("", "must NOT have duplicate items (items ## 7 and 2000 are identical)")
    ]
    assert compared < 10_000


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_printed_number_reads_back_as_the_same(number: float) -> None:
    assert float(number_text(number)) == number


def test_keys_that_are_indices_come_first() -> None:
    assert in_key_order(["b", "10", "2", "01", "a"]) == ["2", "10", "b", "01", "a"]


def test_two_failures_are_told_in_the_order_of_the_keys_in_javascript() -> None:
    schema = json.loads('{"properties": {"b": {"type": "string"}, "1": {"type": "string"}}}')
    assert issues(schema, {"b": 0, "1": 0}) == [("/1", "must be string")]


FLAT: list[Any] = [
    {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "integer"}, "1": {"type": "boolean"}},
        "required": ["a"],
        "additionalProperties": False,
    },
    {"type": "object", "properties": {"a": {"type": ["string", "null"]}, "b": {}}, "required": ["b", "c"]},
    {
        "type": "object",
        "properties": {
            "a": {"type": "string", "minLength": 2},
            "b": {"type": "number", "default": 1, "nullable": True},
            "c": {"default": [1]},
            "1": False,
        },
        "additionalProperties": False,
    },
    {
        "anyOf": [
            {"type": "object", "properties": {"a": {"type": "string", "default": "x"}}, "required": ["b"]},
            {"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": False},
        ]
    },
    {
        "type": "object",
        "properties": {"a": {"type": "object", "properties": {"b": {"type": "string", "default": "x"}}}},
        "additionalProperties": {"type": "string"},
    },
    {"additionalProperties": {"items": {"type": "object", "additionalProperties": True}}},
    {"additionalProperties": {"items": {"anyOf": [{"type": "integer"}, {"type": "string"}]}}},
    {
        "propertyNames": True,
        "properties": {"a": {"items": {"type": "string", "maxLength": 1}, "type": "array"}},
    },
    {
        "properties": {
            "a": {"items": {"type": ["object", "null"], "additionalProperties": {}, "minProperties": 1}}
        }
    },
    {"properties": {"a": {"items": {"additionalProperties": True}}, "b": {"items": {"type": "number"}}}},
]
members = st.dictionaries(
    st.sampled_from(["a", "b", "c", "1"]),
    (scalars := st.sampled_from(["x", "long", 1, 1.0, 1.5, True, None, math.nan, [], {}, {"b": 1}]))
    | st.lists(scalars),
)


def _by_keywords_alone(schema: Any) -> Validator:
    validator = Validator(schema)
    vars(validator)["usual"] = None
    return validator


@pytest.mark.parametrize("schema", one_in(3, FLAT))
@settings(deadline=None)
@given(members)
def test_the_quick_look_at_a_members_class_changes_no_answer(schema: Any, value: Any) -> None:
    quick = _by_keywords_alone(schema).validate(value)
    with pytest.MonkeyPatch.context() as patch:
        for module in (object_keywords, array_keywords):
            patch.setattr(module, "passing_classes", lambda context, schema: frozenset())
        thorough = _by_keywords_alone(schema).validate(value)
    assert quick[1] == thorough[1]
    if not quick[1]:
        assert repr(quick[0]) == repr(thorough[0])  # the order of members, too, and NaN for NaN


@pytest.mark.parametrize("branch", [{"nullable": True}, {"type": "null", "nullable": False}])
def test_a_branch_beside_one_that_lets_everything_pass_is_not_looked_at(branch: Any) -> None:
    choice = {"anyOf": [{"anyOf": [True, branch]}, {"type": "string"}]}
    assert issues({"type": "object", "properties": {"a": choice}}, {"a": 1}) == []


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"patternProperties": {"^n": {"type": "integer"}}}, {"n1": 1, "m1": "x"}, []),
        ({"patternProperties": {"^n": {"type": "integer"}}}, {"m1": "x", "n1": "x"}, [("/n1", "must be integer")]),
        ({"patternProperties": {"^n": {"type": "integer"}, "2$": {"minimum": 5}}}, {"n1": 1, "n2": 2},
         [("/n2", "must be >= 5")]),
        ({"patternProperties": {"^n": True}, "additionalProperties": False}, {"n": 1}, []),
    ],
)  # fmt: skip
def test_a_pattern_of_properties_is_about_the_members_that_it_matches(
    schema: dict[str, Any], value: Any, expected: list[tuple[str, str]]
) -> None:
    assert issues(schema, value) == expected


_A = {"properties": {"next": {"$ref": "#/definitions/node"}, "kind": {"const": "a"}}, "required": ["kind"]}
_B = {"properties": {"next": {"$ref": "#/definitions/node"}, "kind": {"const": "b"}}}
_FILLED_B = {**_B, "properties": {**_B["properties"], "n": {"default": 1}}, "additionalProperties": False}


@walked(
    ("branches", "last", "is_valid"),
    [
        ([_A, _B], {"kind": "b"}, True),
        ([_A, _B], {"kind": "c"}, False),
        ([_A, {"allOf": [_B, _B]}], {"kind": "b"}, True),
        ([{"not": _A}, _B, {"if": _A, "then": _B, "else": _A}], {"kind": "c"}, True),
        ([_A, {"$ref": "#/definitions/filled"}], {"kind": "b", "extra": 1}, True),
        ([_A, {"$ref": "#/definitions/filled"}], {"kind": "c"}, False),
    ],
)  # fmt: skip
def test_a_schema_that_refers_to_itself_in_branches_ends(
    branches: list[dict[str, Any]], last: dict[str, Any], is_valid: bool
) -> None:
    """Two branches for each of sixty levels, each asked anew, would take longer than the universe has been there."""
    value = last
    for _ in range(60):
        value = {"kind": "b", "next": value}
    schema = {"$ref": "#/definitions/node", "definitions": {"node": {"anyOf": branches}, "filled": _FILLED_B}}
    _, found = Validator(schema).validate(value)
    assert (found == []) is is_valid
    assert len(found) < 10_000


@pytest.mark.parametrize(
    ("bound", "writes", "message"),
    [
        ({"minProperties": 2}, {"additionalProperties": False, "properties": {"a": {}}}, "fewer than 2 properties"),
        ({"maxProperties": 2}, {"properties": {"c": {"default": 1}}}, "more than 2 properties"),
        ({"maxItems": 2}, {"items": [{}, {}, {"default": 1}]}, "more than 2 items"),
    ],
)  # fmt: skip
def test_what_was_answered_of_a_value_is_asked_again_once_it_has_changed(
    bound: dict[str, Any], writes: dict[str, Any], message: str
) -> None:
    bounded = {**bound, "properties": {"z": {"$ref": "#/definitions/bounded"}}}
    reference = {"$ref": "#/definitions/bounded"}
    schema = {
        "properties": {"n": {"allOf": [reference, writes, reference]}},
        "definitions": {"bounded": bounded},
    }
    value: Any = [1, 2] if "maxItems" in bound else {"a": 1, "b": 2}
    assert issues(schema, {"n": value}) == [("/n", f"must NOT have {message}")]


@walked(
    ("items", "contains", "value", "passes"),
    [
        ([True], {"const": 1}, [], False),
        ([True, True], {"const": 1}, [2], False),
        ([True], True, [], False),
        ([{"type": "string"}], {"const": 1}, [], True),
        ([{"type": "string"}], True, [], True),
        ([True, {"type": "string"}], {"const": 1}, ["a"], True),
        ([{"type": "string"}, True], {"const": 1}, ["a"], False),
    ],
)
def test_arrays_shorter_than_their_tuple_are_asked_no_more(
    items: list[Any], contains: Any, value: list[Any], passes: bool
) -> None:
    """As AJV 8 answers: it stops at the last item of the tuple that could fail, and comes to `contains` only behind it."""
    found = issues({"items": items, "contains": contains}, value)
    assert found == ([] if passes else [("", "must contain at least 1 valid item(s)")])


_TEXT: dict[str, Any] = {"type": "string"}
_BOOK = {
    "$id": "http://shop.test/book/",
    "definitions": {
        "a/b~c d": _TEXT,
        "list": {"items": [{"type": "null"}, _TEXT]},
        "chapter": {
            "$id": "chapter/one.json",
            "$anchor": "first",
            "definitions": {
                "page": {"$ref": "two.json"},
                "own": {"$ref": "#/definitions/word"},
                "word": _TEXT,
                "line": {"$id": "#line", "type": "string"},
                "note": {"$anchor": "note", "type": "string"},
            },
        },
        "other": {"$id": "http://shop.test/book/chapter/two.json", "type": "string"},
        "hash": {"$id": "http://shop.test/hash.json#", "type": "string"},
        "named": {"$id": "#named", "definitions": {"of": {"$ref": "#/definitions/list/items/1"}}},
        "data": {"const": {"$id": 3, "$anchor": 4, "x": [_TEXT]}},
        "numbers": {"items": _TEXT, "enum": [1]},
        "all": {"anyOf": [{"$id": "http://shop.test/in-a-list", "type": "string"}]},
        "": _TEXT,
    },
}


@walked(
    "reference",
    [
        "#/definitions/a~1b~0c%20d",
        "#/definitions/list/items/1",
        "#/definitions/list/items/01",
        "#/definitions/chapter/definitions/page",  # from the address of the chapter
        "#/definitions/chapter/definitions/own",
        "chapter/one.json#/definitions/page",
        "chapter/one.json#/definitions/word",
        "chapter/one.json#line",
        "chapter/one.json#note",
        "http://shop.test/book/chapter/one.json#/definitions/own",
        "chapter/two.json",
        "/book/chapter/two.json#",
        "/hash.json",
        "/in-a-list",
        "#/definitions/named/definitions/of",  # a name changes no address
        "#/definitions/data/const/x/0",
        "#/definitions/",
    ],
)
def test_a_reference_leads_to_where_its_address_is(reference: str) -> None:
    schema = {**_BOOK, "properties": {"it": {"$ref": reference}}}
    assert issues(schema, {"it": "a text"}) == []
    assert issues(schema, {"it": 3}) == [("/it", "must be string")]


@walked(
    "reference",
    [
        "#/definitions/none",
        "#/definitions/list/items/2",
        "#/definitions/list/items/-1",
        "#/definitions/list/items/x",
        "#/definitions/list/items/" + "0" * 19 + "1",
        "#/definitions/list/items",  # no schema
        "#/definitions/numbers/enum/0",
        "#/$id",
        "#/$id/0",
        "#none",
        "#first",
        "#note",
        "chapter/three.json",
        "chapter/one.json#/definitions/none",
        "http://json-schema.org/draft-07/schema#/definitions/none",
        "http://json-schema.org/draft-06/schema",
    ],
)
def test_a_reference_that_leads_nowhere_is_refused(reference: str) -> None:
    with pytest.raises(SchemaError, match="can't resolve reference") as caught:
        Validator({**_BOOK, "properties": {"it": {"$ref": reference}}})
    assert f"can't resolve reference {reference} from id http://shop.test/book/" in str(caught.value)
    with pytest.raises(SchemaError, match="can't resolve reference #none from id #"):
        Validator({"$ref": "#none"})


def test_a_name_is_found_in_a_document_without_an_address() -> None:
    schema = {
        "properties": {"it": {"$ref": "#line"}},
        "definitions": {"a": {"$id": "#line", "type": "string"}},
    }
    assert issues(schema, {"it": 3}) == [("/it", "must be string")]


def test_the_whole_document_and_the_schema_of_schemas_are_referred_to() -> None:
    for whole in ("#", "#/"):
        schema = {"properties": {"it": {"$ref": whole}}, "required": ["it"]}
        assert issues(schema, {"it": {}}) == [("/it", "must have required property 'it'")]
    draft = "http://json-schema.org/draft-07/schema"
    for reference in (f"{draft}#/definitions/nonNegativeInteger", f"{draft}#/properties/minLength"):
        assert issues({"$ref": reference}, -1) == [("", "must be >= 0")]
    assert issues({"$ref": draft}, {"type": 3}) != [] == issues({"$ref": f"{draft}#"}, {"type": "null"})
