"""The endpoints below every web framework: how a request is read, how long it may be, and what is sent."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import Depends, FastAPI

from novu_framework import Client, signature
from novu_framework.asgi import BridgeEndpoint, handler_of
from novu_framework.aws_lambda import serve
from novu_framework.endpoint import FileEndpoint, ReadableRequest, check_app, parsed_query
from novu_framework.errors import RequestTooLargeError
from novu_framework.fastapi import serve as serve_fastapi
from tests.tables import walked

KEY = "test-secret"
GONE = "The client closed the connection before the request was whole."
TOO_LARGE = "The body of the request is larger than 9 bytes. Send less, or allow more with `Client(max_body_bytes=...)`."


def client(**given: Any) -> Client:
    return Client(KEY, max_body_bytes=9, gc_freeze=False, **given)


ENDPOINT = FileEndpoint([], client(strict_authentication=False), server="tests")


def request(
    body: bytes = b"", *, method: str = "POST", length: str = "", query: bytes = b""
) -> ReadableRequest:
    return ReadableRequest(method, query, "", length, lambda size: body[:size])


def said(answer: Any) -> tuple[int, Any]:
    assert answer.headers["content-length"] == str(len(answer.body))
    return answer.status, json.loads(answer.body)


def broken(_: int) -> bytes:
    raise OSError


NO_ACTION = "Invalid query string: `action`=`health-check`. Please use one of `trigger`, `execute`, `preview`, `agent-event`"
REQUESTS: dict[str, tuple[ReadableRequest, int, str]] = {
    "as long as may be": (request(b"[1,2,3,4]"), 400, NO_ACTION),
    "longer": (request(b"[1,2,3,45]"), 413, TOO_LARGE),
    "announced as long as may be": (request(b"[]", length="9"), 400, NO_ACTION),
    "announced longer": (request(b"[]", length="10"), 413, TOO_LARGE),
    "announced endless": (request(b"[]", length="9" * 5000), 413, TOO_LARGE),
    "announced as nonsense": (request(b"[]", length="many"), 400, NO_ACTION),
    "cut off": (request()._replace(read=broken), 400, GONE),
    "a long query": (
        request(query=b"a" * 8193),
        400,
        "The query of the request is longer than 8192 bytes.",
    ),
    "a query as long as may be": (request(query=b"a" * 8192), 400, NO_ACTION),
}


@walked("case", REQUESTS)
async def test_a_request_of_a_file_is_read_as_far_as_it_may_be_long(case: str) -> None:
    given, status, message = REQUESTS[case]
    answer = await ENDPOINT.answer_async(given)
    assert (said(answer)[0], said(answer)[1]["message"]) == (status, message)
    assert answer == ENDPOINT.answer(given)


def test_an_answer_to_a_head_has_its_length_and_no_body() -> None:
    get, head = (ENDPOINT.answer(request(method=method)) for method in ("GET", "HEAD"))
    assert (get.status, head.status, head.body) == (200, 405, b"")
    assert int(head.headers["content-length"]) > 0
    assert get.headers["novu-framework-server"] == "tests"
    assert get.headers["content-length"] == str(len(get.body))


async def test_a_signature_of_a_file_is_checked() -> None:
    endpoint = FileEndpoint([], client(), server="tests")
    given = request(method="GET", query=b"action=discover")
    assert said(await endpoint.answer_async(given))[0] == 401
    signed = given._replace(signature=signature.sign(b"", KEY))
    assert said(await endpoint.answer_async(signed)) == (200, {"workflows": [], "agents": []})


@pytest.mark.parametrize("length", [0, 512, 513])
def test_a_query_is_parsed_whatever_its_length(length: int) -> None:
    query = b"a=%C3%A4&b=&a=2&c=".ljust(length, b"x")
    assert parsed_query(query) == (("a", "ä"), ("b", ""), ("a", "2"), ("c", "x" * max(0, length - 18)))


def app_of(module: str, name: str) -> Any:
    return type(name, (), {"__module__": module})()


@walked(
    ("app", "message"),
    [
        (app_of("flask.app", "Flask"), None),
        (type("Mine", (type(app_of("flask.app", "Blueprint")),), {})(), None),
        (
            app_of("litestar", "Router"),
            "takes no Router of litestar: write `from novu_framework.litestar import serve`.",
        ),
        *(
            (
                app,
                f"takes Flask or Blueprint, not {type(app).__name__}. "
                "Any other ASGI app can mount novu_framework.asgi.BridgeEndpoint.",
            )
            for app in ("app", app_of("flask.app", "Other"), app_of("mine", "Flask"))
        ),
    ],
    ids=lambda value: "",
)
def test_an_app_of_another_framework_is_told_its_own(app: Any, message: str | None) -> None:
    if message is None:
        return check_app(app, "flask")
    with pytest.raises(TypeError) as raised:
        check_app(app, "flask")
    assert str(raised.value) == f"serve() of novu_framework.flask {message}"


# --- ASGI -------------------------------------------------------------------------------------------------

ASGI = BridgeEndpoint([], client(strict_authentication=False))


async def asked(
    *messages: dict[str, Any], app: Any = ASGI, headers: Any = (), **scope: Any
) -> list[dict[str, Any]]:
    coming, sent = list(messages), []

    async def receive() -> Any:
        return coming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    await app({"type": "http", "method": "POST", "headers": list(headers), **scope}, receive, send)
    assert coming == []
    return sent


def part(body: bytes | None, *, more: bool | None = None) -> dict[str, Any]:
    given = {"body": body, "more_body": more}
    return {"type": "http.request", **{name: one for name, one in given.items() if one is not None}}


DISCONNECT = {"type": "http.disconnect"}
BODIES: dict[str, tuple[list[Any], Any, int, str]] = {
    "none": ([part(None)], (), 400, NO_ACTION),
    "whole": ([part(b"[1,2,3,4]")], (), 400, NO_ACTION),
    "longer": ([part(b"[1,2,3,45]")], (), 413, TOO_LARGE),
    "in parts": (
        [part(b"[1,2,", more=True), part(None, more=True), part(b"3,4]", more=False)],
        (),
        400,
        NO_ACTION,
    ),
    "longer in parts": ([part(b"[1,2,", more=True), part(b"3,45]", more=True)], (), 413, TOO_LARGE),
    "announced": ([part(b"[]")], [(b"content-length", b"9")], 400, NO_ACTION),
    "announced longer": ([], [(b"content-length", b"10")], 413, TOO_LARGE),
    "gone": ([DISCONNECT], (), 400, GONE),
    "gone later": ([part(b"[", more=True), DISCONNECT], (), 400, GONE),
}


@walked(
    "announced",
    ["", "-1", "x", "\xb2", "9\xb2", "\u0669\u0669", "1e9", "+99", " 99", "9_9", b"\xb2", b"", "9"],
)
def test_a_length_that_is_no_number_says_nothing(announced: str | bytes) -> None:
    ENDPOINT.check_length(announced)


@pytest.mark.parametrize("announced", ["10", b"10", "9" * 5_000])
def test_a_length_above_the_limit_is_refused(announced: str | bytes) -> None:
    with pytest.raises(RequestTooLargeError):
        ENDPOINT.check_length(announced)


@walked("case", BODIES)
async def test_a_body_of_asgi_is_read_as_far_as_it_may_be_long(case: str) -> None:
    messages, headers, status, message = BODIES[case]
    start, body = await asked(*messages, headers=headers)
    assert (start["type"], start["status"], body["type"]) == (
        "http.response.start",
        status,
        "http.response.body",
    )
    assert json.loads(body["body"])["message"] == message
    assert start["headers"][-1] == (b"content-length", str(len(body["body"])).encode())
    assert (b"novu-framework-server", b"asgi") in start["headers"]


async def test_a_head_of_asgi_has_no_body() -> None:
    start, body = await asked(part(None), method="HEAD")
    assert (start["status"], body) == (405, {"type": "http.response.body", "body": b""})
    assert int(start["headers"][-1][1]) > 0


async def test_signatures_of_asgi_are_joined_and_checked() -> None:
    app = BridgeEndpoint([], client())
    good = (b"novu-signature", signature.sign(b"", KEY).encode())
    statuses = []
    for headers in ([good], [good, good], [(b"other", good[1])], []):
        start, _ = await asked(
            part(None), app=app, headers=headers, method="GET", query_string=b"action=discover"
        )
        statuses.append(start["status"])
    assert statuses == [200, 200, 401, 401]


async def test_other_scopes_are_answered_as_they_have_to_be() -> None:
    both = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    assert await asked(*both, type="lifespan") == [
        {"type": "lifespan.startup.complete"},
        {"type": "lifespan.shutdown.complete"},
    ]
    assert await asked(type="websocket") == [{"type": "websocket.close"}]


def holding(**parts: Any) -> Any:
    return SimpleNamespace(**parts)


@walked(
    "wrap",
    [
        lambda app: app,
        *(
            lambda app, name=name: holding(**{name: app})
            for name in ("original_router", "app", "wsgi_app", "endpoint", "fn", "callback")
        ),
        *(
            lambda app, name=name: holding(**{name: [None, holding(app=app)]})
            for name in ("routes", "route_handlers", "url_patterns")
        ),
        lambda app: holding(view_functions={"a": None, "novu": holding(endpoint=app)}),
        lambda app: [7, (holding(app=app),)],
        lambda app: {"a": app},
    ],
)
def test_the_bridge_is_found_in_what_holds_it(wrap: Callable[[Any], Any]) -> None:
    assert handler_of(wrap(ASGI)) is ASGI.handler
    assert handler_of(wrap(ENDPOINT)) is ENDPOINT.handler
    assert handler_of(wrap(None)) is None


def test_the_first_bridge_of_several_is_found_and_a_circle_ends() -> None:
    other = BridgeEndpoint([], client(strict_authentication=False))
    assert handler_of(holding(routes=[ASGI, other])) is ASGI.handler
    circle = holding(app=None)
    circle.app = holding(routes=[circle])
    assert handler_of(circle) is None


def nothing() -> None: ...


@pytest.mark.parametrize("case", ["whole", "in parts", "longer in parts", "gone", "gone later"])
async def test_fastapi_reads_a_body_behind_its_dependencies(case: str) -> None:
    app = FastAPI(dependencies=[Depends(nothing)])
    serve_fastapi(app, client=client(strict_authentication=False))
    messages, _, status, message = BODIES[case]
    start, body = await asked(*messages, app=app, path="/api/novu", query_string=b"")
    assert (start["status"], json.loads(body["body"])["message"]) == (status, message)


# --- AWS Lambda -------------------------------------------------------------------------------------------


def lambda_answer(event: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    answered = serve(client=client(strict_authentication=key is not None))(event, None)
    return {**answered, "body": json.loads(answered["body"]).get("message", "fine")}


QUERY = {"action": "x y", "a": "1"}
X_Y = "Invalid query string: `action`=`x y`. Please use one of `discover`, `health-check`, `code`"
EVENTS: dict[str, tuple[dict[str, Any], int, str]] = {
    "format 1.0": ({"httpMethod": "GET", "queryStringParameters": QUERY}, 400, X_Y),
    "several values": (
        {
            "httpMethod": "GET",
            "queryStringParameters": {"action": "z"},
            "multiValueQueryStringParameters": {"action": ["x y", "z"]},
        },
        400,
        X_Y,
    ),
    "format 2.0": (
        {
            "requestContext": {"http": {"method": "GET"}},
            "rawQueryString": "action=x%20y",
            "queryStringParameters": {},
        },
        400,
        X_Y,
    ),
    "load balancer": (
        {"httpMethod": "GET", "requestContext": {"elb": {}}, "queryStringParameters": {"action": "x%20y"}},
        400,
        X_Y,
    ),
    "nothing asked": ({"httpMethod": "GET", "queryStringParameters": None, "headers": None}, 200, "fine"),
    "a long body": ({"httpMethod": "POST", "body": "[1,2,3,45]"}, 413, TOO_LARGE),
    "a long body in base64": (
        {"httpMethod": "POST", "body": b64encode(b"[1,2,3,4]").decode(), "isBase64Encoded": True},
        400,
        NO_ACTION,
    ),
    "no base64": (
        {"httpMethod": "POST", "body": "[1,2]", "isBase64Encoded": True},
        400,
        "The body of the event is not base64, as it says.",
    ),
    "no body": ({"httpMethod": "POST", "body": None}, 400, NO_ACTION),
    "half a character": ({"httpMethod": "POST", "body": "\ud800"}, 400, NO_ACTION),
}


@walked("case", EVENTS)
def test_an_event_of_lambda_is_read_as_a_request(case: str) -> None:
    event, status, message = EVENTS[case]
    answered = lambda_answer(event)
    assert (answered["statusCode"], answered["body"], answered["isBase64Encoded"]) == (status, message, False)
    assert answered["headers"]["novu-framework-server"] == "aws-lambda"
    assert answered.keys() == {"statusCode", "body", "isBase64Encoded", "headers"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"headers": {"Novu-Signature": "GOOD"}}, 200),
        ({"multiValueHeaders": {"Novu-Signature": ["GOOD", "GOOD"]}}, 200),
        ({"headers": {"Novu-Signature": "bad"}, "multiValueHeaders": {"novu-signature": ["GOOD"]}}, 200),
        ({"headers": {"Other": "GOOD"}}, 401),
        ({}, 401),
    ],
)
def test_a_signature_of_lambda_is_found_in_either_headers(headers: Any, status: int) -> None:
    good = signature.sign(b"", KEY)
    event = {"httpMethod": "GET", "queryStringParameters": {"action": "discover"}, **headers}
    filled = json.loads(json.dumps(event).replace("GOOD", good))
    assert lambda_answer(filled, KEY)["statusCode"] == status


@pytest.mark.parametrize(
    ("more", "is_many"),
    [
        ({"multiValueHeaders": {"a": ["b"]}, "requestContext": {"elb": {}}}, True),
        ({"multiValueHeaders": {}, "requestContext": {"elb": {}}}, False),
        ({"multiValueHeaders": {"a": ["b"]}, "requestContext": {}}, False),
        ({"multiValueHeaders": {"a": ["b"]}}, False),
    ],
)
def test_a_load_balancer_gets_the_headers_as_it_sends_them(more: Any, is_many: bool) -> None:
    answered = lambda_answer({"httpMethod": "GET", **more})
    assert ("multiValueHeaders" in answered, "headers" in answered) == (is_many, not is_many)
    if is_many:
        assert answered["multiValueHeaders"]["content-type"] == ["application/json"]


def test_another_event_of_lambda_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^This function answers the HTTP requests") as raised:
        lambda_answer({"Records": [], "Other": 1})
    assert str(raised.value).endswith("a load balancer; the event has the keys ['Other', 'Records'].")
