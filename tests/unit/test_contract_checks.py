"""`check_bridge`, and the recordings that it shares its words with."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from fastapi import FastAPI, Request, Response
from typing_extensions import TypedDict

from novu_framework import Client, Step, Subscriber, Workflow, workflow
from novu_framework.fastapi import serve
from novu_framework_testing.contract import (
    CheckFinding,
    Recording,
    Report,
    check_bridge,
    check_bridge_async,
    differences,
    replay,
)
from novu_framework_testing.contract import Response as Answer
from tests.tables import walked

KEY = "secret"


@workflow("hello")
async def hello(step: Step) -> None:
    await step.in_app("inbox", {"body": "Hello"})
    await step.email("email", {"subject": "Hello", "body": "<p>Hello</p>"})


def app_of(*workflows: Workflow, strict: bool = True) -> FastAPI:
    app = FastAPI()
    client = Client(secret_key=KEY, strict_authentication=strict)
    serve(app, workflows=workflows, client=client)
    return app


def spoiled(spoil: Callable[[Request, int, dict[str, str], Any], tuple[int, dict[str, str], Any]]) -> FastAPI:
    """A good bridge behind a proxy that changes its answers."""
    app = app_of(hello)

    @app.middleware("http")
    async def proxy(request: Request, call_next: Any) -> Response:
        response = await call_next(request)
        text = b"".join([chunk async for chunk in response.body_iterator])
        headers = {name: value for name, value in response.headers.items() if name != "content-length"}
        status, headers, body = spoil(request, response.status_code, headers, json.loads(text or b"null"))
        return Response(json.dumps(body), status, headers)

    return app


class Named(TypedDict):
    number: str


def errors(app: Any, **options: Any) -> list[str]:
    found = check_bridge(app, secret_key=KEY, **options).errors
    assert all(one.advice for one in found)
    return [f"{one.where}: {one.what}" for one in found]


def test_a_good_bridge_has_no_findings_but_good_ones() -> None:
    report = check_bridge(app_of(hello), secret_key=KEY)
    assert report.ok
    assert report.warnings == []
    previewed = [finding.where for finding in report.findings if finding.what == "previewed"]
    assert previewed == ["hello / inbox", "hello / email"]
    assert ("discover", "1 workflow: hello") in [(finding.where, finding.what) for finding in report.findings]
    assert str(report).startswith("Bridge https://localhost/api/novu: all good")


def test_previous_keys_that_are_still_accepted_are_warned_of_by_their_place() -> None:
    def found(*accepted: str, asked: list[str]) -> tuple[list[str], list[str]]:
        app = FastAPI()
        serve(app, workflows=[hello], client=Client(secret_key=KEY, previous_secret_keys=accepted))
        report = check_bridge(app, secret_key=KEY, previous_secret_keys=asked)
        assert report.ok
        assert all(one.advice and one.where == "signatures" for one in report.warnings)
        good = [one.what for one in report.findings if one.level == "ok" and "previous" in one.what]
        return [one.what for one in report.warnings], good

    assert found(asked=["old-one"]) == ([], ["refuses the previous secret key"])
    assert found("old-one", asked=["old-one"]) == (["still accepts the previous secret key"], [])
    assert found("old-one", asked=["old-two", "old-one"]) == (
        ["still accepts previous secret key 2 of 2"],
        ["refuses previous secret key 1 of 2"],
    )


async def test_the_async_twin_reports_the_same() -> None:
    assert (await check_bridge_async(app_of(hello), secret_key=KEY)).ok


def test_an_argument_that_is_missing_is_told_by_the_name_that_was_called() -> None:
    with pytest.raises(TypeError, match=r"^check_bridge\(\): missing a required .*'secret_key'"):
        check_bridge(app_of(hello))  # type: ignore[call-arg]
    with pytest.raises(
        TypeError, match=r"^check_bridge\(\) has no parameter 'secret'; .*did you mean 'secret_key'"
    ):
        check_bridge(app_of(hello), secret="x")  # type: ignore[call-arg]


def test_a_bridge_that_is_not_there() -> None:
    [error] = errors("http://127.0.0.1:9/api/novu")
    assert "cannot be reached" in error


def test_a_bridge_that_does_not_answer_in_time() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await asyncio.Event().wait()

    [error] = check_bridge(app, secret_key=KEY, timeout=0.01).errors
    assert error.what == "https://localhost/api/novu did not answer within 0.01 s"
    assert "see what takes so long" in error.advice


def test_an_answer_is_waited_for_ten_seconds(respx_mock: respx.MockRouter, tmp_path: Path) -> None:
    respx_mock.route().mock(side_effect=httpx.ReadTimeout)
    (tmp_path / "hello.json").write_text(json.dumps(RECORDING))
    url = "http://bridge.test/api/novu"
    for report in (check_bridge(url, secret_key=KEY), replay(Recording.load(tmp_path / "hello.json"), url)):
        assert "did not answer within 10 s" in str(report)


def test_what_novu_makes_itself_is_not_previewed() -> None:
    @workflow("stocked")
    async def stocked(step: Step) -> None:
        await step.http_request("stock", {"method": "GET", "url": "https://api.acme.test"})
        await step.sms("text", {"body": "x"})

    report = check_bridge(app_of(stocked), secret_key=KEY)
    assert [finding.where for finding in report.findings if finding.what == "previewed"] == ["stocked / text"]


def test_a_path_where_no_bridge_is() -> None:
    [error] = errors(app_of(hello), route="/elsewhere")
    assert "answers its health check with 404" in error


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            httpx.Response(400, text="Invalid host header\nmore"),
            "with 400 and no health: Invalid host header",
        ),
        (httpx.Response(404, json={"detail": "no"}), "with 404 and no health: {'detail': 'no'}"),
        (
            httpx.Response(301, headers={"location": "https://a.test/"}),
            "no health: redirects to https://a.test/",
        ),
        (httpx.Response(500, html="<h1>Oh</h1>"), "with 500 and no health"),
    ],
)
def test_what_is_answered_instead_of_health_is_told(
    respx_mock: respx.MockRouter, answer: httpx.Response, said: str
) -> None:
    respx_mock.get("http://bridge.test/api/novu").mock(return_value=answer)
    report = check_bridge("http://bridge.test/api/novu", secret_key="secret")
    assert [one.what.endswith(said) for one in report.errors] == [True], str(report)


def test_another_secret_key() -> None:
    [error] = [f.what for f in check_bridge(app_of(hello), secret_key="other").errors]
    assert error.startswith("refuses a signed request: Signature does not match")


def test_a_bridge_that_asks_for_no_signature_is_an_error() -> None:
    assert errors(app_of(hello, strict=False)) == ["signatures: accepts an unsigned request"]


def test_what_is_sent_with_a_body_says_that_it_is_json() -> None:
    def insist(request: Request, status: int, headers: dict[str, str], body: Any) -> Any:
        is_json = request.method != "POST" or request.headers.get("content-type") == "application/json"
        return status if is_json else 415, headers, body

    assert errors(spoiled(insist)) == []


@pytest.mark.parametrize(
    ("minutes", "what"), [(-6, "a signature six minutes old"), (6, "a signature from six minutes ahead")]
)
def test_a_bridge_that_takes_a_signature_of_another_time_is_an_error(minutes: int, what: str) -> None:
    def accept(request: Request, status: int, headers: dict[str, str], body: Any) -> Any:
        moment, _, _ = request.headers.get("novu-signature", "").partition(",")
        wanted = time.time() + minutes * 60
        taken = moment.startswith("t=") and abs(int(moment[2:]) / 1000 - wanted) < 30
        return 200 if taken else status, headers, body

    assert errors(spoiled(accept)) == [f"signatures: accepts {what}"]


def test_a_bridge_in_development_may_ask_for_no_signature() -> None:
    report = check_bridge(app_of(hello, strict=False), secret_key=KEY, strict_authentication=False)
    assert report.ok
    assert [finding.what for finding in report.warnings] == ["accepts an unsigned request"]


def test_a_step_that_fails_is_named_with_its_reason() -> None:
    @workflow("broken")
    async def broken(step: Step) -> None:
        def resolve() -> dict[str, str]:
            raise LookupError("no such template")

        await step.email("mail", resolve)

    [error] = errors(app_of(broken))
    assert error.startswith("broken / mail: its preview fails: 502 StepExecutionFailedError")
    assert "no such template" in error


@pytest.mark.parametrize(("payload", "is_told"), [(dict[str, str], True), (Named, False)])
def test_a_preview_that_fails_for_want_of_declared_fields_says_so(payload: Any, is_told: bool) -> None:
    async def order(payload: Any, step: Step) -> None:
        def resolve() -> dict[str, str]:
            raise KeyError("number")

        await step.sms("text", resolve)

    order.__annotations__["payload"] = payload
    [error] = check_bridge(app_of(workflow("order")(order)), secret_key=KEY).errors
    assert ("names no fields" in error.advice) is is_told


def test_previews_get_the_event_that_is_given() -> None:
    @workflow("for-tenants")
    async def for_tenants(step: Step, context: Any) -> None:
        await step.sms("text", lambda: {"body": context["tenant"]["id"]})

    assert len(errors(app_of(for_tenants))) == 1
    assert errors(app_of(for_tenants), event={"context": {"tenant": {"id": "acme", "data": {}}}}) == []


def test_previews_are_made_for_a_subscriber_of_whom_novu_knows_all() -> None:
    previewed: list[Subscriber] = []

    @workflow("greeting")
    async def greeting(step: Step, subscriber: Subscriber) -> None:
        def body() -> dict[str, str]:
            previewed.append(subscriber)
            return {"body": "Hello"}

        await step.sms("text", body)

    assert errors(app_of(greeting)) == []
    [ann] = previewed
    assert all((ann.subscriber_id, ann.first_name, ann.last_name, ann.email, ann.phone, ann.locale))
    assert ann.data == {}


def test_an_invalid_output_says_where() -> None:
    @workflow("empty")
    async def empty(step: Step) -> None:
        await step.sms("text", {})

    [error] = errors(app_of(empty))
    assert "must have required property 'body'" in error


def test_controls_that_will_fail_in_the_dashboard() -> None:
    schema = {
        "type": "object",
        "properties": {
            "subject": {"type": "string", "default": "{% if %}"},
            "intro": {"type": "string"},
        },
        "required": ["intro"],
    }

    @workflow("controlled")
    async def controlled(step: Step) -> None:
        await step.sms("text", {"body": "x"}, control_schema=schema)

    report = check_bridge(app_of(controlled), secret_key=KEY)
    assert any("does not compile" in finding.what for finding in report.errors)
    assert [finding.where for finding in report.warnings] == ["controlled / text: control `intro`"]


def test_a_proxy_that_drops_headers() -> None:
    def drop(request: Request, status: int, headers: dict[str, str], body: Any) -> Any:
        return status, {"content-type": headers["content-type"]}, body

    assert any(error.startswith("headers: access-control-allow-origin") for error in errors(spoiled(drop)))


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        ("SignatureNotFoundError", "signatures: answers an unsigned request with 403"),
        ("SignatureExpiredError", "signatures: answers a signature six minutes old with 403"),
        ("SignatureInvalidError", "signatures: answers a malformed signature with 403"),
        ("SignatureMismatchError", "signatures: answers a request signed with another key with 403"),
        ("WorkflowNotFoundError", "errors: answers an unknown workflow with 403"),
        ("InvalidActionError", "errors: answers an unknown action with 403"),
        ("MethodNotAllowedError", "errors: answers a PUT with 403"),
        ("StepNotFoundError", "errors: answers the code of an unknown step with 403"),
        ("ExecutionEventPayloadInvalidError", "errors: answers an event without a payload with 403"),
    ],
)
def test_an_error_of_another_status(code: str, complaint: str) -> None:
    def forbid(request: Request, status: int, headers: dict[str, str], body: Any) -> Any:
        return 403 if isinstance(body, dict) and body.get("code") == code else status, headers, body

    assert f"{complaint} {code}" in errors(spoiled(forbid))


def test_a_discovery_of_another_shape() -> None:
    def spoil(request: Request, status: int, headers: dict[str, str], body: Any) -> Any:
        if request.query_params.get("action") == "discover" and status == 200:
            body["workflows"][0]["severity"] = "urgent"
            del body["workflows"][0]["tags"]
            step = body["workflows"][0]["steps"][0]
            step["type"] = "pigeon"
            step["results"] = {"schema": {"type": "nonsense"}}
            body["workflows"].append(body["workflows"][0])
        return status, headers, body

    found = errors(spoiled(spoil))
    for complaint in (
        "hello: 2 workflows have this id",
        "hello: /severity is 'urgent'",
        "hello: /tags is missing",
        "hello / inbox: /type is 'pigeon'",
    ):
        assert complaint in found
    assert any(
        error.startswith("hello / inbox: /results/schema: its schema is no JSON Schema") for error in found
    )
    assert any("its health check counts" in error for error in found)


@pytest.mark.parametrize(
    ("action", "status", "change", "complaint"),
    [
        ("health-check", 200, {"status": "down"}, ": answers its health check with 200, status 'down'"),
        ("health-check", 503, {}, ": answers its health check with 503, status 'ok'"),
        ("health-check", 200, {"discovered": 1}, "health check: /discovered: its health check does not say what was discovered"),
        ("OPTIONS", 404, None, "OPTIONS: answers a browser's preflight with 404"),
        ("discover", 200, {"workflows": {}}, "discover: its discovery is 200"),
        ("discover", 200, [], "discover: its discovery is 200"),
        ("discover", 500, {"message": "broken"}, "discover: its discovery is 500 broken"),
        ("discover", 502, "x" * 300, f"discover: its discovery is 502 {'x' * 200}"),
        ("preview", 500, {"code": "Odd", "message": "why"}, "hello / inbox: its preview fails: 500 Odd: why"),
        ("preview", 200, [], "hello / inbox: its preview is not what it says: it is no JSON object"),
        ("preview", 200, {"options": None}, "hello / inbox: its preview is not what it says: /options is no object"),
        ("preview", 200, {"options": {"skip": "no"}}, "hello / inbox: its preview is not what it says: /options/skip is no boolean"),
        ("preview", 200, {"metadata": {"status": "failed"}}, "hello / inbox: its preview is not what it says: /metadata/status is 'failed'"),
        ("broken", 500, None, "errors: answers a body that is not JSON with 500"),
        ("broken", 399, None, "errors: answers a body that is not JSON with 399"),
    ],
)  # fmt: skip
def test_an_answer_that_is_not_as_novu_wants_it(
    action: str, status: int, change: Any, complaint: str
) -> None:
    def spoil(request: Request, was: int, headers: dict[str, str], body: Any) -> Any:
        asked = request.query_params.get("action", request.method)
        if asked == "execute" and request.headers.get("content-length") == str(len("{broken")):
            asked = "broken"
        if asked != action or was == 401:
            return was, headers, body
        return status, headers, {**body, **change} if isinstance(change, dict) else change

    assert complaint in errors(spoiled(spoil))


def test_a_report_reads_as_text() -> None:
    findings = (
        CheckFinding("ok", "fine"),
        CheckFinding("warning", "odd", "here", "look"),
        CheckFinding("error", "bad"),
    )
    report = Report("A bridge", findings)
    assert str(report) == "A bridge: 1 error, 1 warning\n✓ fine\n! here: odd\n    → look\n✗ bad"


RECORDING: dict[str, Any] = {
    "format": 1,
    "name": "hello",
    "about": "A greeting",
    "recordedWith": {"novu-framework": "0.1.0"},
    "bridge": {"secretKey": KEY, "strictAuthentication": True, "workflows": ["hello"]},
    "headers": {"access-control-allow-origin": "*"},
    "exchanges": [
        {
            "name": "previewed",
            "request": {
                "method": "POST",
                "query": [["action", "preview"], ["workflowId", "hello"], ["stepId", "inbox"]],
                "headers": {"content-type": "application/json"},
                "body": {"payload": {"é": 1.0}, "controls": {}, "state": []},
                "signature": {"offset": -1000},
            },
            "response": {
                "status": 200,
                "headers": {"content-type": "application/json; charset=utf-8"},
                "body": {
                    "outputs": {"body": "Hello"},
                    "providers": {},
                    "options": {"skip": False},
                    "metadata": {"status": "success", "error": False, "duration": 0},
                },
            },
            "madeUp": {"/outputs/body": ["string"]},
        },
        {
            "name": "broken",
            "request": {"method": "POST", "query": [], "headers": {}, "bodyText": "{"},
            "response": {"status": 400, "body": None},
        },
    ],
}


def test_a_recording_survives_being_written(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_text(json.dumps(RECORDING))
    Recording.load(first).dump(second)
    assert Recording.load(second) == Recording.load(first)
    assert json.loads(second.read_text()) == RECORDING


def test_a_file_that_is_no_recording(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text('{"format": 99}')
    with pytest.raises(ValueError, match="is not a recording of format 1: its format is 99"):
        Recording.load(path)


def test_replay_reports_what_differs(tmp_path: Path) -> None:
    path = tmp_path / "hello.json"
    path.write_text(json.dumps({**RECORDING, "exchanges": RECORDING["exchanges"][:1]}))
    recording = Recording.load(path)
    assert replay(recording, app_of(hello)).ok

    @workflow("hello")
    async def other(step: Step) -> None:
        await step.in_app("inbox", {"body": "Hello", "subject": "Something else"})

    report = replay(recording, app_of(other))
    assert [str(finding) for finding in report.errors] == [
        '✗ previewed: /outputs/subject: expected nothing, got "Something else"'
    ]


def test_a_recording_of_a_lenient_bridge_replays_on_a_strict_one(tmp_path: Path) -> None:
    bridge = {**RECORDING["bridge"], "strictAuthentication": False}
    [exchange, _] = RECORDING["exchanges"]
    request = {key: value for key, value in exchange["request"].items() if key != "signature"}
    path = tmp_path / "hello.json"
    path.write_text(
        json.dumps({**RECORDING, "bridge": bridge, "exchanges": [{**exchange, "request": request}]})
    )
    assert replay(Recording.load(path), app_of(hello)).ok


@walked(
    ("expected", "actual", "found"),
    [
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": 1}, {"a": True}, ["/a: expected 1, got true"]),
        ({"a": 0}, {"a": False}, ["/a: expected 0, got false"]),
        ({"a": None}, {}, ["/a: expected null, got nothing"]),
        ({}, {"a/b": 1}, ["/a~1b: expected nothing, got 1"]),
        ([1, 2], [1], ["body: expected [1, 2], got [1]"]),
        ({"metadata": {"duration": 1}}, {"metadata": {"duration": 9.5}}, []),
        (
            {"metadata": {"duration": 1}},
            {"metadata": {"duration": "1"}},
            ['/metadata/duration: expected any number, got "1"'],
        ),
    ],
)
def test_bodies_are_compared_as_json(expected: Any, actual: Any, found: list[str]) -> None:
    one, other = Answer(200, {}, expected), Answer(200, {}, actual)
    assert [str(difference) for difference in differences(one, other)] == found


def test_the_code_of_an_error_is_compared_and_source_code_is_not() -> None:
    assert differences(Answer(404, {}, {"code": "A"}), Answer(404, {}, {"code": "B"}))
    assert not differences(
        Answer(200, {}, {"code": "async () => {}"}), Answer(200, {}, {"code": "def x(): ..."})
    )


def test_statuses_and_headers_are_compared() -> None:
    one = Answer(
        200,
        {"access-control-max-age": "1", "date": "now", "content-type": "application/json; charset=utf-8"},
        None,
    )
    other = Answer(201, {"access-control-max-age": "2", "content-type": "application/json"}, None)
    assert [difference.path for difference in differences(one, other)] == [
        "status",
        "header access-control-max-age",
    ]


@pytest.mark.parametrize(
    ("recorded", "answered", "same"),
    [
        ("abc", "[placeholder]", True),
        ("abc", 5, False),
        ([1, 2], [7], True),
        ([1], ["a"], False),
        ({"a": 1}, {"b": 2}, True),
    ],
)
def test_of_made_up_values_the_shape_is_compared(recorded: Any, answered: Any, same: bool) -> None:
    kinds = {str: "string", list: "array", dict: "object"}
    made_up = {"/v": [kinds[type(recorded)]]}
    found = differences(Answer(200, {}, {"v": recorded}), Answer(200, {}, {"v": answered}), made_up=made_up)
    assert (not found) is same
