"""JSON Schema as it is written, checked against and made samples of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, NamedTuple, Optional

import pytest
from pydantic import BaseModel, Field, Json, RootModel, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationUnexpectedValue

from novu_framework.npm.ajv.validator import SchemaError, Validator
from novu_framework.schemas import Schema
from novu_framework.schemas.absent_members import validate_given
from novu_framework.schemas.construction import construct
from novu_framework.schemas.fielded import (
    REQUIRED,
    FieldOfClass,
    fields_of,
    is_fielded,
    is_named_tuple,
    made_of,
    readable_metadata,
    values_of,
)
from novu_framework.schemas.json_schema import as_checked, without_references
from novu_framework.schemas.python_types import (
    adapter_for,
    is_untyped,
    name_of,
    object_schema_of,
    or_empty,
    reader_of,
    takes_null,
    tells_json_from_python,
    without_null,
)
from novu_framework.schemas.samples import matching_text
from novu_framework.schemas.schema import PayloadSchema
from tests.tables import walked

NULL = {"type": "null"}
TEXT = {"type": "string"}
OBJECT = {"type": "object"}
A = {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}


# --- documents --------------------------------------------------------------------------------------------

RECURSIVE = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}}


@walked(
    ("document", "written"),
    [
        ({"$ref": "#/$defs/A", "$defs": {"A": A}}, A),
        ({"$ref": "#/$defs/A", "title": "T", "$defs": {"A": {**A, "title": "A"}}}, {**A, "title": "T"}),
        (
            {"$ref": "#/$defs/Node", "title": "T", "$defs": {"Node": RECURSIVE, "A": A}},
            {**RECURSIVE, "title": "T", "$defs": {"Node": RECURSIVE}},
        ),
        (
            {"properties": {"a": {"$ref": "#/$defs/A"}, "b": [{"$ref": "#/$defs/T"}]}, "$defs": {"A": A, "T": TEXT}},
            {"properties": {"a": A, "b": [TEXT]}},
        ),
        (
            {"anyOf": [{"$ref": "#/$defs/Node"}, NULL], "$defs": {"Node": RECURSIVE}},
            {"anyOf": [{"$ref": "#/$defs/Node"}, NULL], "$defs": {"Node": RECURSIVE}},
        ),
        ({"default": {"$ref": "#/$defs/A"}, "$defs": {"A": A}}, {"default": {"$ref": "#/$defs/A"}}),
        ({"prefixItems": [TEXT], "items": OBJECT}, {"items": [TEXT], "additionalItems": OBJECT}),
        ({"prefixItems": [TEXT], "items": False}, {"items": [TEXT], "additionalItems": False}),
        ({"prefixItems": [TEXT], "maxItems": 1}, {"items": [TEXT], "maxItems": 1}),
        (
            {
                "oneOf": [A, {**A, "required": []}, {"properties": {"a": TEXT}}, OBJECT],
                "discriminator": {"propertyName": "a", "mapping": {}},
            },
            {"oneOf": [A, A, {"properties": {"a": TEXT}, "required": ["a"]}, OBJECT]},
        ),
        ({"discriminator": {"propertyName": "a"}}, {"discriminator": {"propertyName": "a"}}),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_a_document_is_written_without_references_where_that_ends(
    document: dict[str, Any], written: dict[str, Any]
) -> None:
    assert without_references({**document}) == written


@walked(
    ("schema", "checked"),
    [
        ({"additionalProperties": TEXT}, {"patternProperties": {"": TEXT}}),
        (
            {"properties": {"a": TEXT, "b.c/d": TEXT}, "additionalProperties": TEXT},
            {
                "properties": {"a": TEXT, "b.c/d": TEXT},
                "patternProperties": {r"^(?!(?:a|b\.c\/d)$)": TEXT},
            },
        ),
        (
            {"additionalProperties": TEXT, "patternProperties": {"a": TEXT}},
            {"additionalProperties": TEXT, "patternProperties": {"a": TEXT}},
        ),
        ({"additionalProperties": False}, {"additionalProperties": False}),
        ({"format": "duration", "type": "string"}, TEXT),
        ({"format": "date"}, {"format": "date"}),
        ({"anyOf": [{"format": "duration"}, 7], "default": {"format": "duration"}}, {"anyOf": [{}, 7], "default": {"format": "duration"}}),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_a_schema_is_checked_against_without_ajvs_own_ways(schema: Any, checked: Any) -> None:
    assert as_checked(schema) == checked


@walked(
    ("schema", "is_null", "rest"),
    [
        (OBJECT, False, OBJECT),
        ({"anyOf": [A, NULL]}, True, A),
        ({"anyOf": [NULL, A], "title": "T"}, True, {**A, "title": "T"}),
        ({"anyOf": [A, OBJECT]}, False, {"anyOf": [A, OBJECT]}),
        ({"anyOf": [A, NULL, OBJECT], "title": "T"}, True, {"anyOf": [A, OBJECT], "title": "T"}),
        ({"anyOf": [A]}, False, {"anyOf": [A]}),
        ({"anyOf": [{"$ref": "#/$defs/A"}, NULL], "$defs": {"A": A}}, True, {**A, "$defs": {"A": A}}),
        ({"anyOf": [{"$ref": "#/$defs/B"}, NULL]}, True, {"$ref": "#/$defs/B"}),
        ({"anyOf": [NULL]}, True, {"anyOf": [NULL]}),
    ],
    ids=lambda value: "",
)
def test_a_value_that_is_there_has_a_schema_of_its_own(
    schema: dict[str, Any], is_null: bool, rest: dict[str, Any]
) -> None:
    assert (takes_null(schema), without_null(schema)) == (is_null, rest)


NOTHING = {"type": "object", "maxProperties": 0}


@pytest.mark.parametrize(
    ("schema", "written"),
    [
        (OBJECT, OBJECT),
        ({**A, "required": []}, {**A, "required": []}),
        (A, {"type": "object", "properties": {"a": TEXT}, "anyOf": [{"required": ["a"]}, {"maxProperties": 0}]}),
        ({"anyOf": [A, OBJECT], "title": "T"}, {"anyOf": [A, OBJECT, NOTHING], "title": "T"}),
        ({"oneOf": [A], "title": "T"}, {"anyOf": [{"oneOf": [A]}, NOTHING], "title": "T"}),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_nothing_may_be_given_where_none_is_a_value(schema: dict[str, Any], written: dict[str, Any]) -> None:
    assert or_empty(schema) == written


@walked(
    ("schema", "is_object"),
    [
        (A, True),
        ({"anyOf": [A, NULL]}, True),
        ({"anyOf": [A, TEXT]}, False),
        ({"oneOf": [A, OBJECT]}, True),
        ({"oneOf": [A, TEXT]}, False),
        ({"$ref": "#/$defs/A", "$defs": {"A": A}}, True),
        ({"$ref": "#/$defs/T", "$defs": {"T": TEXT}}, False),
        ({"anyOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/T"}], "$defs": {"A": A, "T": TEXT}}, False),
        ({"anyOf": [True]}, False),
        ({}, False),
    ],
    ids=lambda value: "",
)
def test_only_a_schema_of_objects_is_taken(schema: dict[str, Any], is_object: bool) -> None:
    if is_object:
        assert object_schema_of(schema, int) == without_null(schema)
    else:
        with pytest.raises(
            SchemaError, match=r"^int is not an object in JSON, and Novu takes schemas of obj"
        ):
            object_schema_of(schema, int)


@pytest.mark.parametrize("keyword", ["type", "anyOf", "allOf", "oneOf"])
def test_a_json_schema_is_one_of_objects(keyword: str) -> None:
    schema = {keyword: "object" if keyword == "type" else [A]}
    assert Schema.of(schema).json_schema == schema
    for other in ({}, {"type": "string"}, {keyword: [] if keyword != "type" else "array"}):
        with pytest.raises(SchemaError) as raised:
            Schema.of(other)
        assert str(raised.value) == (
            'Invalid schema: Novu takes schemas of objects, so give it "type": "object" (or anyOf, allOf, oneOf)'
        )


# --- types ------------------------------------------------------------------------------------------------


class Strict(BaseModel, strict=True):
    a: int


class Point(NamedTuple):
    x: int
    y: int = 7


class Plain(BaseModel):
    a: int


@walked(
    ("annotation", "is_no_schema"),
    [
        *((one, True) for one in (None, Any, object, dict, dict[str, Any], dict[str, object])),
        *((one, True) for one in (Optional[dict], dict[str, Any] | None, dict | None)),  # noqa: UP045
        *((one, False) for one in (dict[str, int], Plain, Plain | None, int, list, list[Any])),
    ],
    ids=str,
)  # fmt: skip
def test_any_object_is_no_schema(annotation: Any, is_no_schema: bool) -> None:
    assert is_untyped(annotation) is is_no_schema


def test_a_type_is_called_what_its_user_calls_it() -> None:
    assert [name_of(one) for one in (Plain, dict[str, int], int | None)] == [
        *("Plain", "dict[str, int]", "int | None"),
    ]


@pytest.mark.parametrize(
    ("source", "differs"),
    [
        (Plain, False),
        (Strict, True),
        (list[Plain], False),
        (list[Strict], True),
        (Plain | Strict, True),
    ],
    ids=str,
)
def test_a_strict_type_is_read_as_json(source: Any, differs: bool) -> None:
    assert tells_json_from_python(TypeAdapter(source).core_schema) is differs


def test_an_empty_object_is_none_where_the_type_takes_none_and_refuses_it() -> None:
    read = reader_of(adapter_for(Plain | None), takes_none=True)
    assert (read({}), read({"a": 7})) == (None, Plain(a=7))
    for refused in ({"a": "x"}, {"b": 7}):
        with pytest.raises(ValidationError):
            read(refused)
    with pytest.raises(ValidationError):
        reader_of(adapter_for(Plain | None), takes_none=False)({})


@pytest.mark.parametrize("source", [BaseModel, 7, "Plain", None])
def test_what_is_no_type_is_no_schema(source: Any) -> None:
    with pytest.raises(TypeError) as raised:
        adapter_for(source)
    assert str(raised.value).startswith(
        f"{source!r} is not a schema. A schema is a pydantic model, a dataclass"
    )


# --- classes with fields ----------------------------------------------------------------------------------


def test_a_named_tuple_is_read_and_made_by_its_fields() -> None:
    fields = fields_of(Point)
    assert fields == [FieldOfClass("x", "x", "x", int), FieldOfClass("y", "y", "y", int, 7)]
    assert [field.is_required for field in fields] == [True, False]
    assert FieldOfClass("x", "x", "x", int, REQUIRED, is_made=True).is_required is False
    assert made_of(Point, fields, {"x": 1, "z": 2}) == Point(1, 7)
    assert values_of(Point(1), Point, fields) == {"x": 1, "y": 7}
    assert values_of({"x": "any"}, Point, fields) == {"x": "any"}
    with pytest.raises(ValueError, match="missing 1 required positional argument: 'x'") as raised:
        made_of(Point, fields, {"y": 2})
    assert isinstance(raised.value.__cause__, TypeError)
    with pytest.raises(PydanticSerializationUnexpectedValue, match="expected Point"):
        values_of((1, 2), Point, fields)


@pytest.mark.parametrize(
    ("cls", "has_fields", "is_tuple"),
    [
        (Point, True, True),
        (tuple, False, False),
        (Plain, False, False),
        (7, False, False),
        (Point(1), False, False),
    ],
)
def test_a_class_tells_whether_it_has_fields(cls: Any, has_fields: bool, is_tuple: bool) -> None:
    assert (is_fielded(cls), is_named_tuple(cls)) == (has_fields, is_tuple)


BOUNDS = {
    "gt": 1,
    "ge": 2,
    "lt": 3,
    "le": 4,
    "multiple_of": 5,
    "min_length": 6,
    "max_length": 7,
    "pattern": "p",
}
WORDS = {"title": "T", "description": "D", "examples": ["E"]}


def test_metadata_of_msgspec_says_the_same_to_pydantic() -> None:
    meta = type("Meta", (), {"__module__": "msgspec", **dict.fromkeys(BOUNDS), **WORDS})
    assert repr(readable_metadata(meta())) == repr(Field(**WORDS))  # type: ignore[call-overload]
    every = type("Meta", (), {"__module__": "msgspec", **BOUNDS, **WORDS})
    assert repr(readable_metadata(every())) == repr(Field(**BOUNDS, **WORDS))  # type: ignore[call-overload]


def test_other_metadata_is_left_as_it_is() -> None:
    field = Field(gt=1)
    assert readable_metadata(field) is field
    assert readable_metadata("text") == "text"


# --- instances of what does not fit -----------------------------------------------------------------------


@dataclass(frozen=True)
class Frozen:
    a: int
    b: str = "b"


class Names(RootModel[dict[str, int]]): ...


@walked(
    ("source", "data", "made"),
    [
        (Plain, {"a": "7"}, Plain(a=7)),
        (Plain, {"a": "x", "b": 1}, Plain.model_construct(a="x")),
        (Annotated[Plain, "said"], {"a": "x"}, Plain.model_construct(a="x")),
        (Plain | None, {"a": "x"}, Plain.model_construct(a="x")),
        (Plain | None, "x", "x"),
        (list[Plain], [{"a": 1}, {"a": "x"}, 7], [Plain(a=1), Plain.model_construct(a="x"), 7]),
        (tuple[Plain, ...], [{"a": "x"}], [Plain.model_construct(a="x")]),
        (dict[str, Plain], {"a": {"a": "x"}}, {"a": {"a": "x"}}),
        (list[Plain], {"a": 1}, {"a": 1}),
        (Frozen, {"a": "x"}, Frozen("x")),  # type: ignore[arg-type]
        (Names, {"a": "x"}, {"a": "x"}),
        (Point, {"x": "x"}, Point("x", 7)),  # type: ignore[arg-type]
        (Point, {"y": "x"}, {"y": "x"}),
        (Plain, [1], [1]),
        (Literal["a"], "b", "b"),
    ],
    ids=lambda value: "",
)
def test_what_a_type_refuses_is_put_in_as_it_is(source: Any, data: Any, made: Any) -> None:
    assert construct(source, data) == made
    assert type(construct(source, data)) is type(made)


# --- None for what is absent ------------------------------------------------------------------------------

NESTED = {
    "type": "object",
    "properties": {
        "body": TEXT,
        "a/b": TEXT,
        "card": {"type": "object", "properties": {"title": TEXT, "note": {"anyOf": [TEXT, NULL]}}},
        "items": {"type": "array", "items": {"type": "object", "properties": {"text": TEXT}}},
    },
    "required": ["body"],
}
MISSED = [("/body", "must be string")]


@walked(
    ("data", "checked", "issues"),
    [
        ({"body": "Hi", "a/b": None}, {"body": "Hi"}, []),
        (
            {"body": "Hi", "card": {"title": None, "note": None}, "a/b": None},
            {"body": "Hi", "card": {"note": None}},
            [],
        ),
        (
            {"body": "Hi", "items": [{"text": None}, {"text": "a"}, {}]},
            {"body": "Hi", "items": [{}, {"text": "a"}, {}]},
            [],
        ),
        ({"body": "Hi", "items": [{"text": None}] * 2}, {"body": "Hi", "items": [{}, {}]}, []),
        ({"body": "Hi", "card": None, "items": None}, {"body": "Hi"}, []),
        ({"body": None}, None, MISSED),
        ({"body": None, "a/b": None}, None, MISSED),
        ({"body": 7, "a/b": None}, None, [*MISSED, ("/a~1b", "must be string")]),
    ],
    ids=lambda value: "",
)  # fmt: skip
def test_none_stands_for_a_member_that_is_left_out(data: Any, checked: Any, issues: Any) -> None:
    given = {**data}
    found, wrong = validate_given(Validator(NESTED), data)
    assert data == given
    if issues:
        assert [(one.path, one.message) for one in wrong][:1] == issues[:1]
    else:
        assert (found, wrong) == (checked, [])


# --- samples ----------------------------------------------------------------------------------------------


@walked(
    ("schema", "text"),
    [
        ({"pattern": "^a$"}, "a"),
        ({"pattern": "^ab*", "minLength": 4}, "abbb"),
        ({"pattern": "^a$", "minLength": 3}, None),
        ({"pattern": "^abc$", "maxLength": 2}, None),
        ({"pattern": "^abc$", "maxLength": 3}, "abc"),
        ({"pattern": "", "minLength": 3}, "---"),
    ],
)
def test_a_text_is_made_of_a_pattern_where_one_fits(schema: dict[str, Any], text: str | None) -> None:
    assert matching_text(schema, [lambda options: options[0]]) == text
    assert matching_text(schema, []) is None


class Odd(BaseModel):
    packed: Json[list[int]]
    never: str | None = Field(None, pattern="^a$", min_length=3)


def test_a_sample_has_texts_of_json_and_nothing_where_no_text_fits() -> None:
    made = Schema.of(Odd).sample()
    assert made["packed"] == "[1]"
    assert Schema.of(Odd).validate(made)[2] == []


class Closed(BaseModel, extra="forbid"):
    a: int
    items: list[Plain] = []


def test_members_that_a_type_forbids_are_told_with_their_places() -> None:
    schema = PayloadSchema.of(Closed)
    given = {"a": 1, "b/c": 2, "items": [{"a": 1}, {"a": 1, "d": 2}]}
    plain, _, issues = schema.validate(given)
    left = issues or schema.forbidden(given, plain)
    assert left[0].path == "/b~1c"
    assert schema.forbidden({"a": 1}, {"a": 1}) == []
    assert PayloadSchema.of(A).forbidden({"a": "", "b": 1}, {"a": ""}) == []
    assert PayloadSchema.of(Plain).forbidden({"a": 1, "b": 1}, {"a": 1}) == []
    told = PayloadSchema.of(Closed).forbidden(given, {"a": 1, "items": [{"a": 1}, {"a": 1}]})
    assert [(one.path, one.message) for one in told] == [
        ("/b~1c", "is not a field of the payload"),
        ("/items/1/d", "is not a field of the payload"),
    ]
