"""Requests and answers of the simulated API, free of any HTTP library: what is read of one, and what is sent."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.api import Cloud, http
from novu_framework_testing.api.guard import Guard
from novu_framework_testing.api.http import (
    ApiError,
    ApiRequest,
    ApiResponse,
    FormPart,
    Latest,
    Page,
    read_json,
)
from novu_framework_testing.api.routing import Call, Route, Routes, Table
from novu_framework_testing.api.state import ApiState


@pytest.fixture
def sim() -> Iterator[NovuSimulator]:
    with NovuSimulator() as simulator:
        yield simulator


def asked(target: str, **headers: str) -> ApiRequest:
    return ApiRequest.parse(
        "get", target, [(name.replace("_", "-"), value) for name, value in headers.items()], b""
    )


def test_a_request_is_read_from_its_parts() -> None:
    request = ApiRequest.parse("post", "/v1/a%2Fb/c/?x=1&x=2&y=&z[]=3", [("X-A", "B"), ("x-c", "d")], b"{}")
    assert request == ApiRequest(
        "POST", "/v1/a%2Fb/c/", {"x": ["1", "2"], "y": [""], "z[]": ["3"]}, {"x-a": "B", "x-c": "d"}, b"{}"
    )
    assert request.segments == ["v1", "a/b", "c"]
    assert asked("/v1?a=b?c").query == {"a": ["b?c"]}
    assert "x-a" not in repr(request).lower()


def test_a_query_is_read_by_name() -> None:
    request = asked("/?a=1&a=2,3,&b[]=4&b[1]=5&c=&d=true&e=false&ab=9")
    assert [request.first(name) for name in ("a", "c", "none", "b")] == ["1", "", None, None]
    assert [request.all(name) for name in ("a", "b", "c", "none")] == [["1", "2", "3"], ["4", "5"], [], []]
    assert [request.asks(name) for name in ("a", "b", "c", "none")] == [True, True, True, False]
    assert [request.flag(name) for name in ("d", "e", "none")] == [True, False, None]
    for name in ("a", "c"):
        with pytest.raises(ApiError) as wrong:
            request.flag(name)
        assert wrong.value.messages == [f"{name} must be a boolean value"]
        assert wrong.value.extra["errors"]["general"]["value"] == request.first(name)


NUMBERS: dict[str, int | str] = {
    "": 7,
    "?n=": 7,
    "?n=0": "n must not be less than 1",
    "?n=1": 1,
    "?n=12": 12,
    "?n=1e2": 100,
    "?n=3.0": 3,
    "?n=2.5": "n must be an integer number",
    "?n=-1": "n must not be less than 1",
    "?n=x": "n must be a number",
    "?n=nan": "n must be a number",
    "?n=inf": "n must be a number",
}


def test_a_number_of_a_query_is_whole_and_not_too_small() -> None:
    def read(query: str) -> int | str:
        try:
            return asked(f"/{query}").number("n", 7, at_least=1)
        except ApiError as error:
            return error.messages[0]

    assert {query: read(query) for query in NUMBERS} == NUMBERS
    assert asked("/?n=0").number("n", 7) == 0
    with pytest.raises(ApiError, match="Validation Error"):
        asked("/?n=-1").number("n", 7)


def test_a_body_is_json_or_nothing() -> None:
    def body(content: bytes, **headers: str) -> Any:
        return ApiRequest("POST", "/", headers=headers, content=content).json

    assert [body(content) for content in (b"", b" \n", b" [1] ", b'{"a": 1, "a": 2}', b"null")] == [
        None, None, [1], {"a": 2}, None,
    ]  # fmt: skip
    for headers, hint in (
        ({}, ""),
        ({"content-type": "Application/JSON"}, ""),
        ({"content-type": "text/plain"}, " (it was sent as text/plain)"),
    ):
        with pytest.raises(ApiError) as wrong:
            body(b"{", **headers)
        assert wrong.value.status == 400
        assert wrong.value.message.startswith("The body is not valid JSON: ")
        assert wrong.value.message.endswith(hint)
        assert ("it was sent" in wrong.value.message) is bool(hint)


def test_json_has_numbers_that_a_float_holds() -> None:
    assert [read_json(text) for text in ('"😀"', b"1e308", "1e99", "9" * 308)] == [
        "😀", 1e308, 1e99, int("9" * 308),
    ]  # fmt: skip
    assert read_json('{"a": "1e999"}') == {"a": "1e999"}
    for wrong in ("NaN", "Infinity", "1e999", "[1E+400]", '"\ud83d"', "'a'", b"\xff", "[" * 300 + "]" * 300):
        with pytest.raises(ValueError, match=r"."):
            read_json(wrong)


FORM = (
    b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    b'--x\r\nContent-Disposition: form-data; name="f"; filename="b.json"\r\nContent-Type: application/json\r\n\r\n{}\r\n'
    b"--x\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--x--\r\n"
)


def test_a_form_has_fields_and_files() -> None:
    headers = {"content-type": "Multipart/Form-Data; boundary=x"}
    assert ApiRequest("POST", "/", headers=headers, content=FORM).form == [
        FormPart("a", None, b"1"), FormPart("f", "b.json", b"{}"),
    ]  # fmt: skip
    for given, said in (
        ({}, "The body must be a form with files (multipart/form-data)"),
        ({"content-type": "application/json"}, "The body must be a form with files (multipart/form-data)"),
        ({"content-type": "multipart/form-data"}, "The form has no parts"),
    ):
        with pytest.raises(ApiError) as wrong:
            _ = ApiRequest("POST", "/", headers=given, content=FORM).form
        assert (wrong.value.status, wrong.value.message) == (400, said)


def test_the_latest_requests_are_kept_by_number_and_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (Latest.MAX_REQUESTS, Latest.MAX_BYTES) == (10_000, 64 * 2**20)
    monkeypatch.setattr(Latest, "MAX_REQUESTS", 4)
    monkeypatch.setattr(Latest, "MAX_BYTES", 30)
    monkeypatch.setattr(http, "ENTRY", 0)
    latest = Latest()

    def add(path: str, content: bytes = b"", **headers: str) -> list[str]:
        latest.append(ApiRequest("GET", path, headers=headers, content=content))
        return [one.path for one in latest]

    assert add("/1") == ["/1"]
    assert add("/2", b"x" * 10) == ["/1", "/2"]
    assert add("/3", a="b" * 13) == ["/1", "/2", "/3"]  # 2 and 12 and 16
    assert add("/4") == ["/2", "/3", "/4"]
    assert add("/5", b"x") == ["/3", "/4", "/5"]
    assert add("/6") == ["/3", "/4", "/5", "/6"]
    assert add("/7") == ["/4", "/5", "/6", "/7"]
    latest.clear()
    assert add("/1", b"x" * 8) == ["/1"]
    assert add("/2", b"x" * 17) == ["/1", "/2"]
    assert add("/8", b"x" * 99) == ["/8"]
    assert add("/9") == ["/9"]


@pytest.mark.parametrize(
    ("target", "content", "headers"),
    [
        (f"/v1/x?{'&'.join(f'{number}=' for number in range(9_000))}", b"", []),
        pytest.param("/v1/x?" + "&".join(["a=b"] * 9_000), b"", [], marks=pytest.mark.slow),
        ("/v1/x", b"", [(f"x-{'a' * 400}-{number}", "") for number in range(110)]),
        ("/v1/x", b"", [(f"x-{number}", "") for number in range(110)]),
        ("/v1/inbox/session", b'{"applicationIdentifier":"a","subscriberId":"b","z":[' + b"[]," * 20_000 + b"0]}", []),
        ("/v1/inbox/session", b'{"z":"' + b"z" * 60_000 + b'"}', []),
        ("/v1/events/trigger", b"{" * 60_000, []),
    ],
    ids=["parameters", "one parameter", "names of headers", "headers", "lists", "a text", "no JSON"],
)  # fmt: skip
def test_what_is_kept_of_requests_is_bounded_in_memory(
    monkeypatch: pytest.MonkeyPatch, target: str, content: bytes, headers: list[tuple[str, str]]
) -> None:
    """Anyone can send them: what a request is counted for is what it occupies."""
    monkeypatch.setattr(Latest, "MAX_BYTES", 2 * 2**20)
    with NovuSimulator() as novu:
        cloud = Cloud(novu)
        cloud.handle(ApiRequest.parse("POST", target, headers, content))
        tracemalloc.start()
        try:
            for number in range(40):
                cloud.handle(
                    ApiRequest.parse("POST", f"{target}#{number}", [*headers], bytes(bytearray(content)))
                )
            gc.collect()
            held = tracemalloc.get_traced_memory()[0]
        finally:
            tracemalloc.stop()
    assert held < 8 * 2**20


def test_of_a_query_a_thousand_parameters_are_read() -> None:
    target = "/v1/x?" + "&".join(f"{number}={number}" for number in range(1_001))
    query = ApiRequest.parse("GET", target, [], b"").query
    assert (len(query), query["0"], query["999"]) == (1_000, ["0"], ["999"])


def test_an_answer_is_compact_json_with_its_length() -> None:
    answers = [
        (ApiResponse(200, {"a": ["ü", 1]}), '{"a":["ü",1]}', "application/json; charset=utf-8"),
        (ApiResponse(201, {"a": ["\ud83d", 1]}), '{"a":["\\ud83d",1]}', "application/json; charset=utf-8"),
        (ApiResponse(500), "null", "application/json; charset=utf-8"),
        (ApiResponse(200, None, {"Content-Type": "text/plain"}, "grün"), "grün", "text/plain"),
    ]
    for answer, body, kind in answers:
        assert answer.content == body.encode()
        assert answer.all_headers == {"content-type": kind, "content-length": str(len(body.encode()))}
    empty = ApiResponse(204, {"a": 1}, {"X-A": "b"})
    assert (empty.content, empty.all_headers) == (b"", {"x-a": "b"})
    assert Page([1], {"page": 0}).to_json() == {"data": [1], "page": 0}


def test_a_refusal_has_the_shape_of_novus() -> None:
    about = {"timestamp": "now", "path": "/v1"}
    plain = ApiError(404, "Gone", extra={"id": "x"}, headers={"Link": "y"})
    assert plain.to_json("/v1", "now") == {
        "statusCode": 404, **about, "message": "Gone", "error": "Not Found", "id": "x",
    }  # fmt: skip
    assert (plain.messages, plain.headers, str(plain)) == (["Gone"], {"Link": "y"}, "Gone")
    invalid = ApiError.invalid(["a is wrong", "b is too"], 0)
    assert invalid.to_json("/v1", "now") == {
        "statusCode": 422, **about, "message": "Validation Error", "error": "Unprocessable Entity",
        "errors": {"general": {"messages": ["a is wrong", "b is too"], "value": 0}},
    }  # fmt: skip
    nothing = {"messages": ["a is wrong"], "value": "No Value Recorded"}
    assert ApiError.invalid(["a is wrong"]).extra == {"errors": {"general": nothing}}
    assert ApiError.violated("a", "a is wrong").extra == {"errors": {"a": nothing}}
    assert ApiError(413, "x").to_json("", "")["error"] == "Payload Too Large"
    assert ApiError(400, "x").extra == ApiError(400, "x").headers == {}


HOSTS = {
    "127.0.0.1": True,
    "127.0.0.1:8000": True,
    "LOCALHOST:": True,
    "[::1]:1": True,
    "::1": False,
    "novu.test:80": True,
    "[novu.test]": True,
    "evil.test": False,
    "localhost.evil.test": False,
    "": False,
}
ORIGINS = {
    "https://app.acme.test": True,
    "https://app.acme.test:1": False,
    "http://app.acme.test": False,
    "custom://other.test": True,
    "http://localhost:3000": True,
    "https://127.0.0.1": True,
    "http://a.localhost": True,
    "http://alocalhost": False,
    "ftp://localhost": False,
    "null": False,
    "https://evil.test": False,
}


def test_a_guard_lets_pages_of_this_machine_and_those_named_call() -> None:
    guard = Guard("novu.test", ["HTTPS://app.acme.test/", "custom://other.test"])
    assert {host: guard.refusal(asked("/", host=host)) is None for host in HOSTS} == HOSTS
    assert {
        one: guard.refusal(asked("/", host="localhost", origin=one)) is None for one in ORIGINS
    } == ORIGINS
    assert guard.refusal(asked("/")) == (
        "The simulated Novu is not served under the name ''; call it as 127.0.0.1 or localhost."
    )
    assert guard.refusal(asked("/", host="localhost", origin="https://evil.test")) == (
        "Pages of https://evil.test may not call the simulated Novu; `--allow-origin https://evil.test` lets them."
    )
    sites = {"cross-site": "Pages of other sites may not call the simulated Novu.", "same-origin": None}
    assert {one: guard.refusal(asked("/", host="localhost", sec_fetch_site=one)) for one in sites} == sites
    named = asked("/", host="localhost", sec_fetch_site="cross-site", origin="https://app.acme.test")
    assert guard.refusal(named) is None


def test_what_is_no_origin_is_refused() -> None:
    for wrong in (
        "app.acme.test",
        "https://",
        "https://a.test/b",
        "https://a test",
        "*",
        "https://*.a.test",
        "1a://b",
    ):
        with pytest.raises(
            ValueError, match=r"is not an origin; write one such as https://app\.acme\.test\.$"
        ):
            Guard("localhost", [wrong])


def test_routes_are_added_by_their_functions(sim: NovuSimulator) -> None:
    routes = Routes()

    @routes("GET", "/v1/{a}", query=["b", "c"])
    @routes("PUT", "/v1/{a}", 201)
    def show(call: Call) -> str:
        return call["a"]

    assert routes == [Route("PUT", "/v1/{a}", show, 201, ()), Route("GET", "/v1/{a}", show, 200, ("b", "c"))]
    call = Call(ApiState(sim), ApiRequest("GET", "/v1/x"), {"a": "x"})
    assert (show(call), call.novu, call.patience) == ("x", sim, None)


def route(method: str, path: str) -> Route:
    return Route(method, path, lambda call: None)


def test_a_route_is_found_by_its_path_and_one_without_parameters_first() -> None:
    named, any_topic, other, deep = (
        route("GET", "/v2/topics/{key}"),
        route("GET", "/v2/topics/all"),
        route("PATCH", "/v2/topics/{topicKey}/"),
        route("GET", "/{a}/b/{c}/d"),
    )
    table = Table([named, any_topic, other, deep])

    def find(method: str, path: str) -> tuple[Route | None, dict[str, str], list[str]]:
        return table.find(ApiRequest(method, path))

    assert find("GET", "/v2/topics/all") == (any_topic, {}, [])
    assert find("GET", "/v2/topics/a%2Fb") == (named, {"key": "a/b"}, [])
    assert find("PATCH", "/v2/topics/all/") == (other, {"topicKey": "all"}, [])
    assert find("PUT", "/v2/topics/all") == (None, {}, ["GET", "GET", "PATCH"])
    assert find("GET", "/v2/topics") == (None, {}, [])
    assert find("GET", "/v2/topic/all") == (None, {}, [])
    assert find("GET", "/1/b/2/d") == (deep, {"a": "1", "c": "2"}, [])
    assert find("GET", "/1/b/2/e") == (None, {}, [])


QUERIES = {
    "": None,
    "a=1": None,
    "a=": None,
    "a=1&a=2": "Not understood in the query: a, 2 times. It has one value.",
    "a[]=1": "Not understood in the query: a[]. a is a single value: a=a.",
    "b=1&b=2": None,
    "b[]=1&b[0]=2": None,
    "b[x]=1": "Not understood in the query: b[x]. b is a list: b=a&b=b.",
    "b[0][1]=1": "Not understood in the query: b[0][1]. b is a list: b=a&b=b.",
    "b=": "Empty in the query: b. Leave it out, or give it a value.",
    "b[]=1&b[]=": "Empty in the query: b[]. Leave it out, or give it a value.",
    "c[]=": None,
    "c=&c=1": None,
    "d[0][1]=1": None,
    "d[0]=1": None,
    "d[0][1][2]=1": "Not understood in the query: d[0][1][2]. d is a list: d=a&d=b.",
    "x=1&a=2&y[]=3": "Unknown in the query: x, y[]. GET /v1 knows a, b, c, d, e.",
    "e=": None,
    "e=1": None,
    "e[]=1": "Not understood in the query: e[]. e is a single value: e=a.",
}


def test_a_route_refuses_what_it_would_not_read_of_a_query() -> None:
    one = Route("GET", "/v1", lambda call: None, query=("a", "b[]", "c[]=", "d[][]", "e="))
    assert one.query_names == ["a", "b", "c", "d", "e"]

    def refusal(query: str, route: Route = one) -> str | None:
        try:
            route.check_query(asked(f"/v1?{query}"))
        except ApiError as error:
            return error.message if error.status == 400 else f"{error.status}"
        return None

    assert {query: refusal(query) for query in QUERIES} == QUERIES
    assert refusal("a=1", route("GET", "/v1")) == "Unknown in the query: a. GET /v1 knows none."


KEY = {"authorization": "ApiKey key"}
BODIES = {
    "no JSON": ("PATCH", "/v2/subscribers/x", b"q" * 1_000_000),
    "JSON that is refused": ("PATCH", "/v2/subscribers/x", b'{"firstName": "' + b"y" * 1_000_000 + b'"}'),
    "an unknown route": ("POST", "/v9/nothing", b"q" * 1_000_000),
    "an answer as large": ("PATCH", "/v2/subscribers/ann", b'{"firstName": "' + b"y" * 1_000_000 + b'"}'),
    "a long path": ("GET", "/v2/subscribers/" + "x" * 60_000, b""),
}


@pytest.mark.parametrize(
    "kind",
    [pytest.param(kind, marks=pytest.mark.slow if kind == "an answer as large" else ()) for kind in BODIES],
)
def test_what_is_kept_of_requests_and_answers_has_one_bound(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Latest, "MAX_BYTES", 4_000_000)
    method, path, content = BODIES[kind]
    cloud = Cloud(NovuSimulator(secret_key="key"))
    cloud.handle(ApiRequest("POST", "/v2/subscribers", content=b'{"subscriberId": "ann"}', headers=KEY))

    def ask(number: int) -> None:
        headers = {**KEY, "idempotency-key": str(number)}
        target, body = (path + "?")[:-1], content[:-1] + content[-1:]  # its own, as from a socket
        cloud.handle(ApiRequest(method, target, headers=headers, content=body))

    ask(-1)
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(30 if content else 110):
            ask(number)
        gc.collect()
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert held < 6_500_000
    assert len(cloud.requests) > 1
