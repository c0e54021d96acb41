"""How a bridge is asked, whatever carries the requests: what is sent, and what is made of each answer."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from novu_framework import Client, Step, workflow
from novu_framework.asgi import BridgeEndpoint
from novu_framework.errors import BridgeError, StepNotFoundError
from novu_framework.signature import HEADER, verify
from novu_framework_testing.bridges import (
    AsgiBridge,
    BridgeAnswer,
    BridgeFailure,
    HttpBridge,
    ProcessBridge,
    UrlBridge,
)
from novu_framework_testing.bridges.base import LifespanFailure
from novu_framework_testing.bridges.client import BridgeClient
from novu_framework_testing.bridges.connection import HandlerBridge, connect, connect_http
from novu_framework_testing.bridges.hosts import base_url_of
from novu_framework_testing.bridges.process import step_location
from novu_framework_testing.bridges.routes import route_of
from tests.tables import walked


def brief(value: object) -> str | None:
    """A short id of a case: the beginning of a text."""
    return value[:12] if isinstance(value, str) else None


KEY = "secret"
URL = "https://shop.acme.test/api/novu"
EVENT = {"payload": {"name": "é\ud800"}}


class Canned(HttpBridge):
    """A bridge whose answers are known, which keeps what it is asked."""

    def __init__(self, *answers: Any, status: int = 200, url: str = URL, **options: Any) -> None:
        super().__init__(url, **{"secret_key": KEY, **options})
        self.answers, self.status = list(answers), status
        self.asked: list[httpx.Request] = []

    async def send(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        return httpx.Response(self.status, content=content, request=request)


def discovery(**workflow: Any) -> dict[str, Any]:
    return {"workflows": [{"workflowId": "w", **workflow}], "agents": [{"agentId": "a"}]}


OUTPUTS = {"outputs": {"body": "x"}, "providers": {"twilio": {}}, "options": {"skip": True}}
TEXT = {"stepId": "s", "type": "sms"}


async def test_a_request_has_its_query_its_signature_and_its_body() -> None:
    bridge = Canned(
        {"status": "ok"}, discovery(), OUTPUTS, OUTPUTS, url=f"{URL}?tenant=1", environment_type="prod"
    )
    assert await bridge.health() == {"status": "ok"}
    assert await bridge.discover() == [{"workflowId": "w"}]
    expected = BridgeAnswer({"body": "x"}, {"twilio": {}}, skip=True)
    assert await bridge.execute("w", "s", EVENT, job_id="j") == expected
    assert await bridge.preview("w", "s", EVENT) == expected
    assert [(one.method, str(one.url).removeprefix(URL)) for one in bridge.asked] == [
        ("GET", "?tenant=1&action=health-check"),
        ("GET", "?tenant=1&action=discover"),
        ("POST", "?tenant=1&action=execute&environmentType=prod&workflowId=w&stepId=s&jobId=j"),
        ("POST", "?tenant=1&action=preview&workflowId=w&stepId=s"),
    ]
    body = '{"payload":{"name":"é\ud800"}}'.encode("utf-8", "surrogatepass")
    assert [one.content for one in bridge.asked] == [b"", b"", body, body]
    for one in bridge.asked:
        verify(one.headers[HEADER], one.content, KEY)
        assert one.headers["bypass-tunnel-reminder"] == "true"
    kinds = [one.headers.get("content-type") for one in bridge.asked]
    assert kinds == [None, None, "application/json", "application/json"]


async def test_without_a_key_nothing_is_signed() -> None:
    bridge = Canned({"status": "ok"}, secret_key=None)
    await bridge.health()
    assert HEADER not in bridge.asked[0].headers


@pytest.mark.parametrize("answer", [[1], "ok", 5])
async def test_a_health_that_is_no_object_is_empty(answer: Any) -> None:
    assert await Canned(answer).health() == {}


async def test_what_a_discovery_says_is_known_until_the_next() -> None:
    code = "async def w(step):\n    await step.sms('s', x)\n    await step.sms(\"t\", s)"
    first = discovery(code=code, steps=[TEXT])
    bridge = Canned(
        first,
        {"outputs": {"body": 1}, "providers": {}},
        discovery(code=None, steps=None),
        {"outputs": {"body": 1}},
    )
    assert (bridge.agents, bridge.location("w", "s")) == ([], None)
    assert await bridge.discover() == first["workflows"]
    assert bridge.agents == ["a"]
    places = [bridge.location("w", one) for one in ("s", "t", "step")] + [bridge.location("v", "s")]
    assert places == ["the code of w, line 2", "the code of w, line 3", None, None]
    with pytest.raises(BridgeFailure) as failure:
        await bridge.execute("w", "s", EVENT, job_id="j")
    assert failure.value.message == "the outputs are not those of a step sms: /body must be string"
    assert (failure.value.status, failure.value.code) == (200, None)
    await bridge.discover()
    assert bridge.location("w", "s") is None
    assert await bridge.execute("w", "s", EVENT, job_id="j") == BridgeAnswer({"body": 1}, {}, skip=False)


async def test_what_is_no_discovery_is_told_with_its_beginning() -> None:
    answer = {"workflows": [{}], "more": "x" * 300}
    with pytest.raises(BridgeFailure) as failure:
        await Canned(answer).discover()
    problem = "/workflows/0 must have required property 'workflowId'"
    assert failure.value.message == (
        f"{URL} answered something that is not a discovery ({problem}): {str(answer)[:200]}"
    )
    assert failure.value.status == 200
    assert await Canned({"workflows": []}).discover() == []


@walked(
    ("status", "content", "message", "code", "data"),
    [
        (400, b'{"message": "no", "code": "Odd", "data": [1]}', "no", "Odd", [1]),
        (404, b'{"code": "Odd"}', "None", "Odd", None),
        (404, b'{"code": 5}', f"there is no bridge at {URL}", None, None),
        (405, b"no", f"{URL} does not take GET requests", None, None),
        (403, b"", f"{URL} answered 403", None, None),
        (500, b" <h1> ", f"{URL} answered 500: <h1>", None, None),
        (502, b"x" * 201, f"{URL} answered 502: {'x' * 200}", None, None),
        (200, b"x", f"{URL} answered 200: x", None, None),
        (200, b"null", f"{URL} answered 200: null", None, None),
        (204, b"", f"{URL} answered 204", None, None),
        (301, b"{}", f"{URL} answered 301: {{}}", None, None),
    ],
    ids=brief,
)
async def test_what_is_no_success_is_a_failure_in_words(
    status: int, content: bytes, message: str, code: str | None, data: Any
) -> None:
    with pytest.raises(BridgeFailure) as raised:
        await Canned(content, status=status).ask("GET", {}, None)
    failure = raised.value
    assert (failure.message, failure.status, failure.code, failure.data) == (message, status, code, data)


def test_a_bridge_that_is_too_slow_says_how_long_it_was_waited_for() -> None:
    failure = Canned().timed_out()
    assert str(failure) == f"no response: {URL} did not answer within 5 s"
    assert str(Canned(timeout=0.25).timed_out()).endswith(" did not answer within 0.25 s")
    assert repr(failure) == f"BridgeFailure({failure.message!r})"
    assert (failure.timed_out, failure.status, failure.retryable) == (True, None, True)
    assert (LifespanFailure("x").retryable, LifespanFailure("x", status=500).retryable) == (False, False)


# --- what is meant by a name ---


@workflow("hello")
async def hello(step: Step) -> None:
    await step.sms("text", {"body": "Hello"})


def app(scope: Any, receive: Any, send: Any) -> None: ...


def wsgi(environ: Any, start_response: Any) -> None: ...


@walked(
    ("target", "options", "kind", "url"),
    [
        ("http://acme.test/x", {"route": "/y"}, UrlBridge, "http://acme.test/x"),
        ("https://acme.test", {}, UrlBridge, "https://acme.test"),
        (hello, {}, HandlerBridge, "https://localhost/api/novu"),
        ([hello], {"route": "/y"}, HandlerBridge, "https://localhost/y"),
        ((), {}, HandlerBridge, "https://localhost/api/novu"),
        (app, {}, AsgiBridge, "https://localhost/api/novu"),
        (wsgi, {"route": "/y"}, AsgiBridge, "https://localhost/y"),
        (lambda: app, {"base_url": "http://a.test:1//"}, AsgiBridge, "http://a.test:1/api/novu"),
    ],
    ids=brief,
)
def test_a_bridge_is_connected_by_what_it_is(
    target: Any, options: Any, kind: type[HttpBridge], url: str
) -> None:
    for seconds in (5, 2):
        timed = options if seconds == 5 else {**options, "timeout": seconds}
        for bridge in (
            connect(target, secret_key=KEY, **timed),
            connect_http(target, secret_key=KEY, **timed),
        ):
            assert isinstance(bridge, kind)
            assert (bridge.url, bridge.secret_key, bridge.timeout) == (url, KEY, seconds)


def test_a_bridge_of_ones_own_is_taken_as_it_is() -> None:
    for given in (Canned(), ProcessBridge(hello, secret_key=KEY)):
        assert connect(given, secret_key=KEY) is given
    half: Any = SimpleNamespace(discover=None)
    with pytest.raises(TypeError) as refused:
        connect(half, secret_key=KEY)
    assert str(refused.value) == (
        "A bridge is an ASGI or WSGI app, a URL, a workflow or a list of workflows, not SimpleNamespace."
    )
    with pytest.raises(ValueError, match="does not begin with http") as no_url:
        connect("ftp://acme.test", secret_key=KEY)
    assert str(no_url.value) == (
        "'ftp://acme.test' is no URL of a bridge: it does not begin with http:// or https://."
    )


async def test_workflows_without_an_app_refuse_what_is_not_signed() -> None:
    bridge = connect_http(hello, secret_key=KEY)
    assert [one["workflowId"] for one in await bridge.discover()] == ["hello"]
    for key in (None, "other"):
        bridge.secret_key = key
        with pytest.raises(BridgeFailure) as refused:
            await bridge.discover()
        assert refused.value.status == 401


def around(inner: Any, **about: Any) -> Any:
    return SimpleNamespace(app=inner, **about)


def middleware(name: str, hosts: Any) -> Any:
    return SimpleNamespace(**{name: {"allowed_hosts": hosts}})


@walked(
    ("app", "host"),
    [
        (None, "localhost"),
        (SimpleNamespace(allowed_hosts="a.test"), "localhost"),
        (SimpleNamespace(allowed_hosts=[]), "localhost"),
        (SimpleNamespace(allowed_hosts=["a.test", "b.test"]), "a.test"),
        (SimpleNamespace(allowed_hosts=("a.test", "*")), "localhost"),
        (SimpleNamespace(allowed_hosts=["a.test", "localhost"]), "localhost"),
        (SimpleNamespace(allowed_hosts=[5, ".a.test"]), "a.test"),
        (SimpleNamespace(allowed_hosts={"*.a.test"}), "www.a.test"),
        (SimpleNamespace(allowed_hosts=SimpleNamespace(allowed_hosts=frozenset({"a.test"}))), "a.test"),
        (around(around(None, allowed_hosts=["b.test"])), "b.test"),
        (around(around(None, allowed_hosts=["b.test"]), allowed_hosts=["a.test"]), "a.test"),
        (SimpleNamespace(user_middleware=[SimpleNamespace(), middleware("kwargs", ["a.test"])]), "a.test"),
        (SimpleNamespace(user_middleware=[middleware("options", ["a.test"])]), "a.test"),
    ],
)
def test_an_app_is_asked_at_a_host_that_it_allows(app: Any, host: str) -> None:
    assert base_url_of(app) == f"https://{host}"


def test_an_app_that_is_around_itself_has_an_end() -> None:
    app: Any = SimpleNamespace()
    app.app = around(app, allowed_hosts=["a.test"])
    assert base_url_of(app) == "https://a.test"


ENDPOINT = BridgeEndpoint([hello], Client(secret_key=KEY))


def route(path: str, endpoint: Any = None, **more: Any) -> Any:
    return SimpleNamespace(path=path, endpoint=endpoint, **more)


def routed(*routes: Any) -> Any:
    return SimpleNamespace(routes=list(routes))


def flask(**views: Any) -> Any:
    """An app with a rule for each view, as Flask keeps them."""
    rules = [SimpleNamespace(rule=f"/{name}", endpoint=name) for name in views]
    return SimpleNamespace(url_map=SimpleNamespace(iter_rules=lambda: rules), view_functions=views)


@walked(
    ("app", "path"),
    [
        (object(), "/api/novu"),
        (routed(), "/api/novu"),
        (routed(route("/a")), "/api/novu"),
        (routed(route("/a"), route("/b", ENDPOINT), route("/c", ENDPOINT)), "/b"),
        (routed(route("/b", ENDPOINT), route("/api/novu", ENDPOINT)), "/api/novu"),
        (routed(route("/a", routes=[route("/b", routes=[route("/c", ENDPOINT)])])), "/a/b/c"),
        (routed(SimpleNamespace(include_context=SimpleNamespace(prefix="/p"), original_router=routed(route("/c", ENDPOINT)))), "/p/c"),
        (routed(SimpleNamespace(endpoint=ENDPOINT)), ""),
        (routed(route("/l", route_handlers=[SimpleNamespace(fn=ENDPOINT)])), "/l"),
        (routed(route("/l", route_handlers=[SimpleNamespace(), ENDPOINT])), "/l"),
        (around(around(routed(route("/b", ENDPOINT)))), "/b"),
        (flask(a=None, b=ENDPOINT), "/b"),
    ],
)  # fmt: skip
def test_the_path_of_a_bridge_is_found_in_the_routes_of_an_app(app: Any, path: str) -> None:
    assert route_of(app) == path


# --- the client, and what only this process knows ---


def test_a_client_sends_what_novu_sends() -> None:
    client = BridgeClient(hello, secret_key=KEY)
    canned = Canned({"status": "ok"}, discovery(), OUTPUTS, OUTPUTS, OUTPUTS)
    client._bridge = canned
    ann = {"subscriberId": "ann", "firstName": "Ann", "lastName": "Example", "email": "ann@example.test"}
    with client as entered:
        assert entered is client
        assert client.url == URL
        assert client.health() == {"status": "ok"}
        assert client.discover() == discovery()
        assert client.execute("w", "s") == OUTPUTS
        more: dict[str, Any] = {
            "controls": {"c": 1},
            "subscriber": {"subscriberId": "x"},
            "context": {"t": 2},
            "env": {"e": 3},
        }
        assert client.preview("w", "s", {"p": 0}, state={"a": {"read": True}, "b": {}}, **more) == OUTPUTS
        client.execute("w", "s", state=iter([{"stepId": "z"}]))
    empty: dict[str, Any] = {
        "payload": {},
        "controls": {},
        "state": [],
        "subscriber": ann,
        "context": {},
        "env": {},
    }
    done = {"status": "completed"}
    states = [
        {"stepId": "a", "outputs": {"read": True}, "state": done},
        {"stepId": "b", "outputs": {}, "state": done},
    ]
    assert [json.loads(one.content or "null") for one in canned.asked] == [
        None,
        None,
        empty,
        {"payload": {"p": 0}, "state": states, **more},
        {**empty, "state": [{"stepId": "z"}]},
    ]
    assert [(one.method, one.url.query.decode()) for one in canned.asked] == [
        ("GET", "action=health-check"),
        ("GET", "action=discover"),
        ("POST", "action=execute&workflowId=w&stepId=s"),
        ("POST", "action=preview&workflowId=w&stepId=s"),
        ("POST", "action=execute&workflowId=w&stepId=s"),
    ]


@workflow("odd")
async def odd(step: Step) -> None:
    def fails() -> dict[str, str]:
        raise LookupError("no such text")

    await step.sms("text", fails)


@workflow("hiding")
async def hiding(payload: dict[str, Any], step: Step) -> None:
    if payload.get("hidden") is True:
        await step.sms("hidden", {"body": "x"})
    await step.sms("text", {"body": "x"})


async def test_what_a_resolver_raised_is_the_cause_of_a_failure_of_an_app() -> None:
    bridge = AsgiBridge(BridgeEndpoint([odd, hiding, hello], Client(secret_key=KEY)), secret_key=KEY)
    event: dict[str, Any] = {"payload": {}, "controls": {}, "state": [], "subscriber": {}}
    with pytest.raises(BridgeFailure) as failed:
        await bridge.execute("odd", "text", event, job_id="j")
    assert isinstance(failed.value.raised, LookupError)
    assert failed.value.undiscovered_step_id is None
    with pytest.raises(BridgeFailure) as unseen:
        await bridge.execute("hiding", "hidden", {**event, "payload": {"hidden": True}}, job_id="j")
    assert isinstance(unseen.value.__cause__, StepNotFoundError)
    assert unseen.value.undiscovered_step_id == "hidden"
    answer = await bridge.execute("hello", "text", event, job_id="j")
    assert answer == BridgeAnswer({"body": "Hello"}, {}, skip=False)
    await bridge.aclose()


def test_the_failure_of_an_error_names_the_step_that_discovery_did_not_see() -> None:
    found = BridgeFailure.of_error(StepNotFoundError("text"))
    assert found.undiscovered_step_id == "text"
    assert BridgeFailure.of_error(BridgeError(ValueError())).undiscovered_step_id is None


def test_a_step_is_where_its_handler_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = hello.handler.__code__.co_firstlineno
    monkeypatch.chdir(Path(__file__).parents[2])
    here = "tests/unit/test_bridge_requests.py"
    assert [step_location(hello.handler, one) for one in ("text", "none", "", "tex")] == [
        f"{here}:{first + 2}", f"{here}:{first}", f"{here}:{first}", f"{here}:{first}"
    ]  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert step_location(hello.handler, "text") == f"test_bridge_requests.py:{first + 2}"
    assert step_location(len, "text") is None
    scope: dict[str, Any] = {}
    exec("def made(step): step.sms('text')", scope)
    assert step_location(scope["made"], "text") is None
    bridge = ProcessBridge(hello, secret_key=KEY)
    assert bridge.location("hello", "text") == f"test_bridge_requests.py:{first + 2}"
