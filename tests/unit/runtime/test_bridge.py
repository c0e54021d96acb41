"""Requests and responses of the bridge, good and bad."""

from __future__ import annotations

import json

import pytest

from novu_framework import Client, Step, workflow
from novu_framework.bridge import MAX_DEPTH, BridgeRequest, RequestHandler, decode
from novu_framework.errors import MissingSecretKeyError, RequestInvalidError, WorkflowAlreadyExistsError
from tests.tables import walked

from .conftest import SECRET, SEEN, state


@workflow("w")
async def w(payload: dict, step: Step):
    await step.sms("s", lambda: {"body": "x"})


EXECUTE = {"action": "execute", "workflowId": "w", "stepId": "s"}
EVENT = {"payload": {}, "controls": {}, "state": [], "subscriber": {}}


async def test_headers_of_every_response(serve):
    novu = serve(w)
    for request in (
        BridgeRequest("GET"),
        BridgeRequest("PUT"),
        BridgeRequest("OPTIONS", [("action", "discover")]),
    ):
        response = await novu.handler(request)
        assert response.headers["content-type"] == "application/json"
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["access-control-allow-private-network"] == "true"
        assert response.headers["access-control-allow-methods"] == "GET, POST"
        assert response.headers["access-control-allow-headers"] == "*"
        assert response.headers["access-control-max-age"] == "604800"
        assert response.headers["novu-framework-version"] == "2024-06-26"
        assert response.headers["novu-framework-server"] == "fastapi"
        assert response.headers["user-agent"] == f"novu-framework:v{response.headers['novu-framework-sdk']}"


async def test_the_health_check_counts_and_needs_no_signature(serve):
    response = await serve(w).handler(BridgeRequest("GET", [("action", "health-check"), ("jobId", "1")]))
    answer = json.loads(response.body)
    assert response.status == 200
    assert answer["discovered"] == {"workflows": 1, "steps": 1}
    assert answer["status"] == "ok"


@walked("action", ["discover", "code", "execute", "nope"])
@walked("method", ["GET", "POST"])
async def test_every_other_action_needs_one(serve, method, action):
    response = await serve(w).handler(BridgeRequest(method, [("action", action)], {}, b"{}"))
    assert (response.status, json.loads(response.body)["code"]) == (401, "SignatureNotFoundError")


async def test_a_preflight_needs_no_signature(serve):
    response = await serve(w).handler(BridgeRequest("OPTIONS", [("action", "execute")]))
    assert (response.status, response.body) == (200, b"{}")


@walked(
    ("method", "query", "status", "code"),
    [
        ("GET", {"action": "nope"}, 400, "InvalidActionError"),
        ("GET", {"action": "execute"}, 400, "InvalidActionError"),
        ("POST", {"action": "discover"}, 400, "InvalidActionError"),
        ("POST", {}, 400, "InvalidActionError"),
        ("DELETE", {"action": "discover"}, 405, "MethodNotAllowedError"),
        ("GET", {"action": "code"}, 404, "WorkflowNotFoundError"),
        ("GET", {"action": "code", "workflowId": "w", "stepId": "zz"}, 404, "StepNotFoundError"),
        ("POST", {"action": "execute", "workflowId": "zz", "stepId": "s"}, 404, "WorkflowNotFoundError"),
    ],
)
async def test_unknown_actions_methods_and_ids(serve, method, query, status, code):
    answered, answer = await serve(w).send(method, query, b"{}" if method == "POST" else b"")
    assert (answered, answer["code"]) == (status, code)


async def test_of_a_repeated_parameter_the_first_counts(serve):
    novu = serve(w)
    response = await novu.handler(BridgeRequest("GET", [("action", "health-check"), ("action", "discover")]))
    assert json.loads(response.body)["status"] == "ok"


@walked(
    ("body", "message"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (b"nope", "not JSON: Expecting value: line 1 column 1 (char 0)"),
        (b'{"payload": NaN}', "not JSON: NaN is not a JSON value"),
        (b"\xff\xfe{}", "not UTF-8. Please send JSON in UTF-8."),
        (b"[" * 101 + b"]" * 101, "nested deeper than 100 levels."),
        (b'{"payload":' * 150 + b"{}" + b"}" * 150, "nested deeper than 100 levels."),
        (b"[" * 100_000, "nested deeper than 100 levels."),
        (b'{"a":' * 100_000, "nested deeper than 100 levels."),
    ],
)
async def test_a_body_that_is_no_json_or_too_deep(serve, body, message):
    status, answer = await serve(w).send("POST", EXECUTE, body)
    assert (status, answer["code"]) == (400, "RequestInvalidError")
    assert answer["message"].endswith(message)


def brackets(depth: int, inside: str = "") -> bytes:
    return b"[" * depth + inside.encode() + b"]" * depth


@walked(
    ("inside", "depth"),
    [("", 0), ('"a"', 0), ('"]"', 0), ('"[{", "]"', 0), (r'"\\"', 0), (r'"\"]\""', 0), ('"", {"]": "}"}', 1)],
)
def test_a_body_may_nest_as_deep_as_the_limit_whatever_its_strings_hold(inside, depth):
    decode(brackets(MAX_DEPTH - depth, inside))
    with pytest.raises(RequestInvalidError, match="deeper than 100"):
        decode(brackets(MAX_DEPTH - depth + 1, inside))


def test_a_member_that_a_later_one_replaces_does_not_count_for_the_depth():
    assert decode(b'{"a":' + brackets(150) + b',"a":1}') == {"a": 1}


def test_a_large_body_that_nests_often_is_told_from_its_value():
    often = b",".join([brackets(MAX_DEPTH - 1)] * 1000)
    assert decode(b"[" + often + b"]") == {}
    with pytest.raises(RequestInvalidError, match="deeper than 100"):
        decode(b"[" + often + b"," + brackets(MAX_DEPTH) + b"]")


@walked("body", [b"", b"{}", b"[]", b"[1]", b'"text"', b"null", b"17"])
async def test_a_body_without_a_payload(serve, body):
    status, answer = await serve(w).send("POST", EXECUTE, body)
    assert (status, answer["code"]) == (400, "ExecutionEventPayloadInvalidError")


def answer_to(key, value, step_id, action):
    """What the package answers to an event with a member of the wrong type: (status, code) or (200, body)."""
    is_object = isinstance(value, dict)
    if key == "payload" and not is_object and action == "execute":
        return 400, "ExecutionEventPayloadInvalidError"
    if key == "state" and (step_id, action) == ("s", "execute"):  # no entry of the first step in it
        return 400, "ExecutionStateCorruptError"
    if key == "controls" and not is_object:
        return 400, "ExecutionStateControlInvalidError"
    if key == "state" and not isinstance(value, str) and (not isinstance(value, list) or None in value):
        return 400, "StepControlCompilationFailedError"
    if step_id == "first":
        return 200, "x"
    seen = {"payload": {}, "subscriber": {}, "context": {}, "env": {}}
    if key in seen and is_object:  # anything else is as good as nothing
        seen[key] = value
    return 200, json.dumps(seen)


@walked("key", ["payload", "controls", "state", "subscriber", "context", "env"])
@walked("value", [None, "text", 5, 1.5, True, [1], [None], {"a": [None]}, [[]]])
async def test_wrong_types_are_answered_as_the_package_does(serve, key, value):
    @workflow("w")
    async def two(step: Step, payload: dict, subscriber, context: dict, env: dict, controls: dict):
        await step.in_app("first", {"body": "x"})
        seen = {"payload": payload, "subscriber": subscriber.model_extra, "context": context, "env": env}
        await step.sms("s", lambda: {"body": json.dumps(seen)})

    novu = serve(two)
    event = {**EVENT, "state": state(first=SEEN), key: value}
    for step_id in ("first", "s"):
        for action in ("execute", "preview"):
            body = json.dumps(event).encode()
            status, answer = await novu.send("POST", {**EXECUTE, "action": action, "stepId": step_id}, body)
            said = answer["outputs"]["body"] if status == 200 else answer["code"]
            assert (status, said) == answer_to(key, value, step_id, action)


async def test_a_lone_surrogate_comes_back_as_it_was_sent(serve):
    @workflow("w")
    async def echo(payload: dict, step: Step):
        await step.sms("s", lambda: {"body": payload["text"]})

    body = b'{"payload":{"text":"\\ud800 \\u00e9"},"controls":{},"state":[]}'
    status, answer = await serve(echo).send("POST", EXECUTE, body)
    assert (status, answer["outputs"]) == (200, {"body": "\ud800 é"})


def test_two_workflows_of_one_id():
    with pytest.raises(WorkflowAlreadyExistsError, match="`w`"):
        RequestHandler([w, w], Client(secret_key=SECRET))


def test_signatures_are_required_unless_someone_says_otherwise(monkeypatch):
    for name in ("NOVU_SECRET_KEY", "NOVU_API_KEY", "NOVU_STRICT_AUTHENTICATION_ENABLED"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(MissingSecretKeyError, match="NOVU_SECRET_KEY"):
        RequestHandler([w])
    RequestHandler([w], Client(strict_authentication=False))
    monkeypatch.setenv("NOVU_SECRET_KEY", "key")
    assert RequestHandler([w]).client.strict_authentication
