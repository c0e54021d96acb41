"""Recordings and their parts: how a request is signed and written, what of an answer is kept, and what a check asks."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from novu_framework import Client, Step, workflow
from novu_framework.asgi import BridgeEndpoint
from novu_framework.signature import HEADER
from novu_framework_testing.contract import (
    CheckFinding,
    Difference,
    Exchange,
    Recording,
    Report,
    Request,
    Response,
    Signature,
    check_bridge,
    replay,
)
from novu_framework_testing.contract.comparison import ABSENT, NOT_COMPARED, differences, json_type
from novu_framework_testing.contract.prose import without_prose
from novu_framework_testing.contract.recording import ApiCall
from novu_framework_testing.contract.requests import (
    DISCOVER,
    HEALTH_CHECK,
    PREFLIGHT,
    SAMPLE_EVENT,
    WRONG_SIGNATURES,
    asked,
    first_step,
    wrong_requests,
)
from tests.tables import walked

NOW = 1_767_258_000_000
KEY = "secret"
EXCHANGE = Exchange("one", Request("GET"), Response(200, {}, None))
RECORDING = Recording("r", "About", {}, KEY, True, ["w"], {}, [EXCHANGE])


@walked(
    "value",
    [
        Signature(),
        Request("GET"),
        Response(200, {}, None),
        ApiCall({}, {}),
        EXCHANGE,
        RECORDING,
        Difference("status", 1, 2),
        CheckFinding("ok", "x"),
        Report("x", ()),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_was_read_stays_as_it_is(value: Any) -> None:
    name = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, None)


# --- signatures and requests ---


def test_a_signature_is_of_a_moment_a_key_and_a_body() -> None:
    usual = Signature().sign(b"x", KEY, now=NOW)
    digest = usual.rpartition("=")[2]
    assert usual == f"t={NOW},v1={digest}"
    assert len(digest) == 64

    def signed(body: bytes = b"x", key: str = KEY, **given: Any) -> str:
        return Signature(**given).sign(body, key, now=NOW)

    assert signed(offset=-5).startswith(f"t={NOW - 5},v1=")
    assert Signature(offset=5).sign(b"x", KEY, now=NOW - 5) == usual
    assert signed(key="other") == signed(b"x", "other")
    assert signed(key="") != usual
    assert signed(b"other", over="x") == usual
    assert signed(b"", over="x") == usual
    assert signed(b"{}", over="") != signed(b"{}")
    assert signed(b"") == signed(b"{}")
    assert signed(header="{t} {t} {v1} {V1}") == f"{NOW} {NOW} {digest} {digest.upper()}"


@walked(
    ("given", "content", "written"),
    [
        ({}, b"", {}),
        ({"body": {"b": 1.0, "a": "é\ud800"}, "has_body": True}, '{"b":1,"a":"é\\ud800"}'.encode(), {"body": {"b": 1.0, "a": "é\ud800"}}),
        ({"has_body": True}, b"null", {"body": None}),
        ({"body": {"not": "sent"}}, b"", {}),
        ({"body_text": "{é", "has_body": True}, "{é".encode(), {"bodyText": "{é"}),
        ({"body_text": "", "has_body": True}, b"", {"bodyText": ""}),
        ({"query": [("a", "1"), ("a", "2")]}, b"", {"query": [["a", "1"], ["a", "2"]]}),
        ({"headers": {"x": "1"}}, b"", {"headers": {"x": "1"}}),
        ({"signature": Signature()}, b"", {"signature": {}}),
        ({"signature": Signature(1, "k", "h", "o")}, b"", {"signature": {"offset": 1, "key": "k", "header": "h", "over": "o"}}),
        ({"signature": Signature(key="")}, b"", {"signature": {"key": ""}}),
    ],
)  # fmt: skip
def test_a_request_is_sent_and_written_as_it_was(
    given: dict[str, Any], content: bytes, written: dict[str, Any]
) -> None:
    request = Request("PUT", **given)
    assert request.content == content
    assert request.to_json() == {"method": "PUT", "query": [], "headers": {}, **written}
    read = Request.from_json(json.loads(json.dumps(request.to_json())))
    assert read.to_json() == request.to_json()
    assert read.content == request.content
    assert read.signature == request.signature
    assert read.has_body is request.has_body


def test_the_headers_of_a_request_have_its_signature() -> None:
    plain = Request("GET", headers={"x": "1"})
    assert plain.signed_headers(KEY, now=NOW) == {"x": "1"}
    signed = dataclasses.replace(plain, signature=Signature(offset=7, header="t={t}"))
    assert signed.signed_headers(KEY, now=NOW) == {"x": "1", HEADER: f"t={NOW + 7}"}
    assert plain.headers == {"x": "1"}


# --- files ---


def test_a_file_says_what_differs_from_the_usual_and_nothing_else(tmp_path: Path) -> None:
    every = {"a": "1", "b": "2"}
    asked_of_api: dict[str, Any] = {"request": {"method": "POST"}, "response": {"status": 201}}
    recording = Recording(
        name="r",
        about="Ü",
        recorded_with={"p": "1"},
        secret_key="k",
        strict_authentication=False,
        workflows=("w",),
        headers=every,
        exchanges=[
            Exchange("plain", Request("GET"), Response(200, {**every}, {"x": "ü"})),
            Exchange(
                "own",
                Request("PUT"),
                Response(404, {**every, "b": "3", "c": "4"}, None),
                {"/x": ["string"]},
                ApiCall(**asked_of_api),
            ),
        ],
        described=[{"id": "w"}],
    )
    path = tmp_path / "r.json"
    recording.dump(path)
    request: dict[str, Any] = {"query": [], "headers": {}}
    data = {
        "format": 1,
        "name": "r",
        "about": "Ü",
        "recordedWith": {"p": "1"},
        "bridge": {"secretKey": "k", "strictAuthentication": False, "workflows": ["w"]},
        "described": [{"id": "w"}],
        "headers": every,
        "exchanges": [
            {
                "name": "plain",
                "request": {"method": "GET", **request},
                "response": {"status": 200, "body": {"x": "ü"}},
            },
            {
                "name": "own",
                "request": {"method": "PUT", **request},
                "api": asked_of_api,
                "response": {"status": 404, "headers": {"b": "3", "c": "4"}, "body": None},
                "madeUp": {"/x": ["string"]},
            },
        ],
    }
    assert path.read_text(encoding="utf-8") == json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    read = Recording.load(path)
    assert [one.response for one in read.exchanges] == [one.response for one in recording.exchanges]
    assert [one.api for one in read.exchanges] == [None, ApiCall(**asked_of_api)]
    assert [one.made_up for one in read.exchanges] == [{}, {"/x": ["string"]}]
    assert read.described == [{"id": "w"}]
    dataclasses.replace(recording, described=()).dump(path)
    assert "described" not in json.loads(path.read_text(encoding="utf-8"))
    assert Recording.load(path).described == ()


@pytest.mark.parametrize(
    ("text", "found"), [("{}", "None"), ('{"format": 2}', "2"), ("[]", "'list'"), ("null", "'NoneType'")]
)
def test_another_file_is_refused_by_its_format(tmp_path: Path, text: str, found: str) -> None:
    (path := tmp_path / "r.json").write_text(text)
    with pytest.raises(ValueError, match="recording") as refused:
        Recording.load(path)
    assert str(refused.value) == f"{path} is not a recording of format 1: its format is {found}"


# --- what is compared ---


SCHEMA: dict[str, Any] = {
    "title": "T",
    "description": "D",
    "type": "object",
    "properties": {
        "title": {"type": "string", "title": "Its"},
        "description": {"anyOf": [{"description": "D", "const": "description"}, 1]},
    },
}
BARE = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "description": {"anyOf": [{"const": "description"}, 1]}},
}
ALL = {"outputs": SCHEMA, "results": SCHEMA, "controls": SCHEMA}
SOME = {"outputs": BARE, "results": BARE, "controls": SCHEMA}


@walked(
    ("steps", "kept"),
    [
        ([{"type": "email", **ALL}], [{"type": "email", **SOME}]),
        ([{**ALL}], [{**SOME}]),
        ([{"type": "email", "outputs": [SCHEMA]}], [{"type": "email", "outputs": [BARE]}]),
        ([{"type": "custom", **ALL}], [{"type": "custom", **ALL}]),
        ([{"type": "http_request", **ALL}], [{"type": "http_request", **ALL}]),
        ([{"type": "custom", "providers": [ALL]}], [{"type": "custom", "providers": [SOME]}]),
        ([{"type": "email", "providers": [ALL, 1, None]}], [{"type": "email", "providers": [SOME, 1, None]}]),
        ([{"type": "email", "providers": ALL}], [{"type": "email", "providers": ALL}]),
        ([1, None, "step"], [1, None, "step"]),
        ({"of": "another shape"}, {"of": "another shape"}),
    ],
)  # fmt: skip
def test_the_packages_own_words_in_schemas_are_left_out(steps: Any, kept: Any) -> None:
    of_user = {"payload": SCHEMA, "title": "T", "description": "D"}
    body = {"more": SCHEMA, "workflows": [{**of_user, "steps": steps}, of_user, None]}
    expected = {"more": SCHEMA, "workflows": [{**of_user, "steps": kept}, of_user, None]}
    assert without_prose(body) == expected
    assert differences(Response(200, {}, body), Response(200, {}, expected)) == []


@pytest.mark.parametrize("body", [None, "text", [SCHEMA], ALL, {"workflows": {"steps": [ALL]}}])
def test_what_is_no_discovery_stays_as_it_is(body: Any) -> None:
    assert without_prose(body) == body


def test_headers_of_the_transport_and_of_the_implementation_may_differ() -> None:
    assert sorted(NOT_COMPARED) == [
        "connection", "content-length", "date", "etag", "keep-alive", "novu-framework-sdk", "novu-framework-server",
        "server", "transfer-encoding", "user-agent", "vary", "x-powered-by",
    ]  # fmt: skip
    one = Response(200, {**dict.fromkeys(NOT_COMPARED, "1"), "x": "a;b", "content-type": " a ;c"}, None)
    other = Response(200, {"x": "a;c", "content-type": "a; d"}, None)
    assert differences(one, other) == [Difference("header x", "a;b", "a;c")]
    none = Response(200, {"content-type": ""}, None)
    assert differences(other, none) == [
        Difference("header x", "a;c", ABSENT),
        Difference("header content-type", "a; d", ""),
    ]


@walked(
    ("one", "other"), [({"a": 1}, [1]), ([1], {"0": 1}), ([1], 1), ({}, None), (1, "1"), (1, 2), ("a", None)]
)
def test_another_kind_of_value_differs_as_a_whole(one: Any, other: Any) -> None:
    found = differences(Response(200, {}, {"v": one}), Response(200, {}, {"v": other}))
    assert found == [Difference("/v", one, other)]


def test_values_have_the_types_of_json() -> None:
    values: list[Any] = [None, True, "", 1, 1.5, [], (), {}]
    assert [json_type(value) for value in values] == [
        "null", "boolean", "string", "number", "number", "array", "array", "object",
    ]  # fmt: skip


@walked(
    ("status", "body", "is_compared"),
    [
        (399, {"sdkVersion": "x"}, False),
        (400, {"sdkVersion": "x"}, True),
        (399, {"code": "x"}, False),
        (400, {"code": "x"}, True),
        (399, {"data": {"stack": "x"}}, True),
        (400, {"data": {"stack": "x"}}, False),
        (200, {"metadata": {"duration": "x"}}, False),
        (200, {"workflows": [{"steps": [{"code": "x"}]}]}, False),
        (200, {"workflows": [{"codes": "x"}]}, True),
        (200, {"more": {"code": "x"}}, True),
    ],
)
def test_what_only_has_to_be_there(status: int, body: Any, is_compared: bool) -> None:
    text = json.dumps(body)
    other, another = json.loads(text.replace('"x"', '"y"')), json.loads(text.replace('"x"', "1"))
    first = Response(status, {}, body)
    assert bool(differences(first, Response(status, {}, other))) is is_compared
    [found] = differences(first, Response(status, {}, another))
    assert str(found).endswith(': expected "x", got 1' if is_compared else ": expected any string, got 1")


@walked(
    ("expected", "actual", "is_alike"),
    [
        ({"[placeholder]": 1, "a": 1}, {"[placeholder]": "x", "a": 2}, True),
        ([[1]], [["a"]], False),
        ([[1], "x"], [[2], 5], True),
        ({"a": {"b": 1}}, {"a": {"b": "x"}}, False),
        ([], [1], True),
        ({"a": [1]}, {"a": {"0": 1}}, False),
        ([1], {"0": "x"}, True),
    ],
)
def test_made_up_values_are_alike_by_their_first_items_and_shared_members(
    expected: Any, actual: Any, is_alike: bool
) -> None:
    one, other = Response(200, {}, {"v": expected}), Response(200, {}, {"v": actual})
    found = differences(one, other, made_up={"/v": ["array", "object"]})
    told = [f"/v: expected a value like {json.dumps(expected)}, got {json.dumps(actual)}"]
    assert [str(one) for one in found] == ([] if is_alike else told)
    strict = differences(one, other, made_up={"/v": ["string"]})
    assert [one.path for one in strict] == ["/v"]


@pytest.mark.parametrize(
    ("length", "end"), [(298, '"'), (299, "…")], ids=["three hundred", "one more letter"]
)
def test_three_hundred_letters_of_a_value_are_told(length: int, end: str) -> None:
    told = str(Difference("", "é" * length, 1))
    assert told == f'body: expected "{"é" * min(length, 299)}{end}, got 1'


# --- what a check asks ---


def test_the_requests_of_a_check_are_those_of_novu() -> None:
    assert Request("GET", [("action", "health-check")]) == HEALTH_CHECK
    assert Request("GET", [("action", "discover")], signature=Signature()) == DISCOVER
    asks = {"origin": "https://dashboard.novu.co", "access-control-request-method": "GET"}
    assert Request("OPTIONS", headers=asks) == PREFLIGHT
    assert asked("POST", "preview", 1, "", body={"a": 1}) == Request(
        "POST",
        [("action", "preview"), ("workflowId", "1"), ("stepId", "")],
        {"content-type": "application/json"},
        body={"a": 1},
        has_body=True,
        signature=Signature(),
    )
    assert asked("POST", "execute", body_text="x").content == b"x"
    assert SAMPLE_EVENT == {
        "payload": {},
        "controls": {},
        "state": [],
        "subscriber": {
            "subscriberId": "sample-subscriber",
            "firstName": "Ann",
            "lastName": "Sample",
            "email": "ann@example.com",
            "phone": "+15555550100",
            "avatar": None,
            "locale": "en_US",
            "data": {},
        },
        "context": {},
    }


def test_wrong_signatures_are_wrong_in_one_thing_each() -> None:
    assert [(one.what, one.status, one.code, one.request.signature) for one in WRONG_SIGNATURES] == [
        ("an unsigned request", 401, "SignatureNotFoundError", None),
        ("a request signed with another key", 401, "SignatureMismatchError", Signature(key="another key")),
        ("a signature of another body", 401, "SignatureMismatchError", Signature(over='{"other":true}')),
        ("a signature six minutes old", 401, "SignatureExpiredError", Signature(offset=-360_000)),
        ("a signature from six minutes ahead", 401, "SignatureExpiredError", Signature(offset=360_000)),
        ("a malformed signature", 401, "SignatureInvalidError", Signature(header="v1={v1}")),
    ]
    assert {dataclasses.replace(one.request, signature=None).method for one in WRONG_SIGNATURES} == {"GET"}


def test_wrong_requests_are_signed_well() -> None:
    unknown = "an-id-that-does-not-exist"
    event: dict[str, Any] = {"payload": {}, "controls": {}, "state": []}
    usual = [
        ("an unknown workflow", 404, "WorkflowNotFoundError", asked("POST", "execute", unknown, unknown, body=event)),
        ("an unknown action", 400, "InvalidActionError", asked("GET", "nothing")),
        ("a GET that should be a POST", 400, "InvalidActionError", asked("GET", "execute", unknown, unknown)),
        ("a PUT", 405, "MethodNotAllowedError", Request("PUT", signature=Signature())),
    ]  # fmt: skip
    of_a_step = [
        ("the code of an unknown step", 404, "StepNotFoundError", asked("GET", "code", "w", unknown)),
        ("an event without a payload", 400, "ExecutionEventPayloadInvalidError", asked("POST", "execute", "w", "s", body={})),
    ]  # fmt: skip
    workflows: list[dict[str, Any]] = [
        {"workflowId": "w", "steps": [{"stepId": "s"}, {"stepId": "t"}]},
        {"workflowId": "v"},
    ]
    assert [tuple(one) for one in wrong_requests(workflows)] == usual + of_a_step
    assert [tuple(one) for one in wrong_requests([])] == usual
    assert first_step(workflows) == ("w", "s")
    without: list[list[dict[str, Any]]] = [[], [{}], [{"steps": []}], workflows[1:]]
    assert [first_step(each) for each in without] == [None] * 4


# --- reports ---


@pytest.mark.parametrize(
    ("levels", "summary", "is_ok"),
    [
        ("", "B: all good", True),
        ("ok ok", "B: all good", True),
        ("warning", "B: 1 warning", True),
        ("warning error error", "B: 2 errors, 1 warning", False),
        ("error ok", "B: 1 error", False),
    ],
)
def test_a_report_is_well_without_errors(levels: str, summary: str, is_ok: bool) -> None:
    findings = [CheckFinding(level, str(place)) for place, level in enumerate(levels.split())]  # type: ignore[arg-type]
    report = Report("B", findings)
    assert (report.summary, report.ok) == (summary, is_ok)
    for found, level in ((report.errors, "error"), (report.warnings, "warning")):
        assert found == [one for one in findings if one.level == level]


@workflow("hello")
async def hello(step: Step) -> None:
    await step.sms("text", {"body": "Hello"})


def test_what_holds_of_a_good_bridge_is_told_in_order() -> None:
    bridge = BridgeEndpoint([hello], client=Client(secret_key=KEY))
    health, *others = str(check_bridge(bridge, secret_key=KEY)).splitlines()[1:]
    assert health.startswith("✓ healthy, protocol 2024-06-26, SDK ")
    assert others == [
        "✓ headers: every header that Novu reads",
        "✓ OPTIONS: answers a browser's preflight",
        "✓ discover: 1 workflow: hello",
        "✓ signatures: refuses an unsigned request",
        "✓ signatures: refuses a request signed with another key",
        "✓ signatures: refuses a signature of another body",
        "✓ signatures: refuses a signature six minutes old",
        "✓ signatures: refuses a signature from six minutes ahead",
        "✓ signatures: refuses a malformed signature",
        "✓ discover: every workflow and step has the shape that Novu reads",
        "✓ hello / text: previewed",
        "✓ errors: refuses an unknown workflow",
        "✓ errors: refuses an unknown action",
        "✓ errors: refuses a GET that should be a POST",
        "✓ errors: refuses a PUT",
        "✓ errors: refuses the code of an unknown step",
        "✓ errors: refuses an event without a payload",
        "✓ errors: answers a body that is not JSON with 400",
    ]


def test_a_replay_counts_what_it_asks_and_signs_as_it_is_told() -> None:
    bridge = BridgeEndpoint([hello], client=Client(secret_key="k"))
    health = Request("GET", [("action", "health-check")])
    discover = Request("GET", [("action", "discover")])
    api = ApiCall({}, {})
    recording = dataclasses.replace(
        RECORDING,
        secret_key="k",
        exchanges=[
            Exchange("health", health, Response(200, {}, None), {"": ["object"]}),
            Exchange("of the api", health, Response(500, {}, None), api=api),
            Exchange("unsigned", discover, Response(401, {}, None), {"": ["object"]}),
            Exchange("signed", dataclasses.replace(discover, signature=Signature()), Response(200, {}, None), {"": ["object"]}),
        ],
    )  # fmt: skip
    title = "r: 3 recorded requests to https://localhost/api/novu"
    assert str(replay(recording, bridge)) == f"{title}: all good"
    assert str(replay(recording, bridge, secret_key="other")) == (
        f"{title}: 1 error\n✗ signed: status: expected 200, got 401"
    )
    lenient = dataclasses.replace(recording, strict_authentication=False)
    assert str(replay(lenient, bridge)) == f"{title}: 1 error\n✗ unsigned: status: expected 401, got 200"


def test_the_lifespan_of_an_app_ends_with_its_check() -> None:
    said: list[str] = []
    bridge = BridgeEndpoint([hello], client=Client(secret_key=KEY))

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await bridge(scope, receive, send)
            return
        for _ in range(2):
            message = await receive()
            said.append(message["type"])
            await send({"type": f"{message['type']}.complete"})

    assert check_bridge(app, secret_key=KEY).ok
    assert said == ["lifespan.startup", "lifespan.shutdown"]


def test_a_bridge_that_does_not_answer_a_replay_is_told() -> None:
    report = replay(RECORDING, "http://127.0.0.1:9/api/novu")
    [error] = report.errors
    assert (error.where, error.advice) == ("one", "")
    assert error.what.startswith("no answer: http://127.0.0.1:9/api/novu cannot be reached: ")
