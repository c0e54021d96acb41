"""Payloads that are checked, with what is wrong and where; and what the answer to a request has to be."""

from __future__ import annotations

import pickle
from typing import Any

import pydantic
import pytest

from novu_framework_testing.simulation.http_responses import HttpResponse, request_problem
from novu_framework_testing.simulation.payloads import PayloadRefused, fitting_payload, payload_data
from tests.tables import walked

CLOSED: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": {"id": {}}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "tone": {"default": "kind"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "users": {"type": "array", "items": CLOSED},
        "a/b": {"type": "object", "properties": {"~": {"type": "string"}}},
        "c/d": CLOSED,
        "c~d": CLOSED,
    },
    "required": ["name"],
}


class Model(pydantic.BaseModel):
    name: str


@walked(
    ("payload", "field", "message", "value"),
    [
        ({"tags": []}, "root.name", "must have required property 'name'", {"tags": []}),
        ({"name": 3}, "name", "must be string", 3),
        ({"name": "A", "tags": ["a", 1]}, "tags.1", "must be string", 1),
        ({"name": "A", "a/b": {"~": 1}}, "a~1b.~0", "must be string", 1),
        ({"name": "A", "users": [{"id": 1}, {"x": 2}]}, "users.1", "must NOT have additional properties", {"x": 2}),
        ({"name": "A", "c~d": {"x": 2}}, "c~0d", "must NOT have additional properties", {"x": 2}),
        ({"name": "A", "c/d": {"x": 2}}, "c~1d", "must NOT have additional properties", {"x": 2}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_payload_is_said_with_its_place_and_its_value(
    payload: dict[str, Any], field: str, message: str, value: Any
) -> None:
    with pytest.raises(PayloadRefused) as raised:
        fitting_payload(payload, SCHEMA)
    error = raised.value
    assert error.errors == [{"field": field, "message": message, "value": value}]
    assert (str(error), error.schema) == (f"Payload validation failed: {field}: {message}", SCHEMA)
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.errors, again.schema) == (str(error), error.errors, SCHEMA)


def test_a_payload_that_fits_gets_the_defaults_and_stays_as_it_was_itself() -> None:
    payload = {"name": "A", "more": [1], "users": [{"id": None}]}
    assert fitting_payload(payload, SCHEMA) == {**payload, "tone": "kind"}
    assert "tone" not in payload


def test_a_payload_is_a_dict_or_a_model_or_nothing() -> None:
    assert [payload_data(one) for one in (None, {}, {"a": (1,)}, Model(name="A"))] == [{}, {}, {"a": [1]}, {"name": "A"}]  # fmt: skip
    for wrong, name in (([1], "list"), ("text", "str"), (7, "int")):
        with pytest.raises(TypeError, match=rf"^A payload is a dict or a pydantic model, not {name}\.$"):
            payload_data(wrong)


WANTED = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}


@walked(
    ("status", "body", "controls", "error"),
    [
        (200, {}, {}, None),
        (399, {}, {}, None),
        (400, {}, {}, "the request was answered 400"),
        (503, {}, {"responseBodySchema": WANTED, "enforceSchemaValidation": True}, "the request was answered 503"),
        (200, {}, {"responseBodySchema": WANTED}, None),
        (200, {}, {"responseBodySchema": WANTED, "enforceSchemaValidation": False}, None),
        (200, {}, {"responseBodySchema": {}, "enforceSchemaValidation": True}, None),
        (200, {"id": "a"}, {"responseBodySchema": WANTED, "enforceSchemaValidation": True}, None),
        (200, {}, {"responseBodySchema": WANTED, "enforceSchemaValidation": True}, "the response is not as its schema says: / must have required property 'id'"),
        (200, {"id": 1}, {"responseBodySchema": WANTED, "enforceSchemaValidation": True}, "the response is not as its schema says: /id must be string"),
    ],
)  # fmt: skip
def test_an_answer_of_400_and_one_that_is_not_as_its_schema_fail_the_step(
    status: int, body: Any, controls: dict[str, Any], error: str | None
) -> None:
    assert HttpResponse(status, body).error(controls) == error


URL = "https://a.test/{{ payload.n }}"


@walked(
    ("controls", "problem"),
    [
        ({}, None),
        ({"method": "GET"}, "no URL is saved for the request"),
        ({"url": ""}, "no URL is saved for the request"),
        ({"url": URL}, None),
        ({"url": "http://a.test", "skip": {"var": "{{ broken"}}, None),
        ({"url": "{{ payload.none }}"}, "the URL '{{ payload.none }}' comes out empty"),
        ({"url": "ftp://a.test/{{ payload.n }}"}, "'ftp://a.test/7' is not a URL of http or https"),
        ({"url": "a.test"}, "'a.test' is not a URL of http or https"),
        ({"url": "{{ payload.n"}, "the request that is saved does not compile: "),
        ({"url": "https://a.test/{{ payload.quote }}"}, None),
        ({"url": URL, "body": [{"key": "a", "value": "b"}]}, None),
        ({"url": URL, "body": " "}, None),
        ({"url": URL, "body": '{"a": {{ payload.n }}}'}, None),
        ({"url": URL, "body": "[1]"}, None),
        ({"url": URL, "body": "7"}, "the body that is saved is neither a JSON object nor a list"),
        ({"url": URL, "body": "{"}, "the body that is saved is not JSON once it is compiled: "),
    ],
)
def test_why_a_request_cannot_be_made_is_said_in_words(controls: dict[str, Any], problem: str | None) -> None:
    said = request_problem(controls, {"payload": {"n": 7, "quote": '"'}})
    if problem is None or not problem.endswith(": "):
        assert said == problem
    else:
        assert said is not None
        assert said.startswith(problem)
