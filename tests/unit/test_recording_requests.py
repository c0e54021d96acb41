"""Which requests a recorder of a bridge writes down, and what the file has of them."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from novu_framework import Client, __version__
from novu_framework.asgi import BridgeEndpoint
from novu_framework.recording import SWITCH, BridgeRecorder

EXECUTE = "action=execute&workflowId=order&stepId=mail"
ANSWER = b'{"outputs": {"body": "Hello"}}'


class App:
    """An ASGI app that reads a request to its end, and answers with the same each time."""

    app: Any = None
    """What it wraps: the bridge, say."""

    def __init__(self, answer: bytes = ANSWER, status: int = 200, pieces: int = 1) -> None:
        self.answer, self.status, self.pieces = answer, status, pieces
        self.read: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
        self.read.append(body)
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        length = -(-len(self.answer) // self.pieces)
        for start in range(0, len(self.answer), length):
            await send({"type": "http.response.body", "body": self.answer[start : start + length]})
        await send({"type": "http.response.body"})


def ask(recorder: Any, *body: bytes, query: str | None = EXECUTE, **scope: Any) -> bytes:
    """Send a request to a recorder, in pieces; return the body that its app answered with."""
    received: list[dict[str, Any]] = [
        *({"type": "http.request", "body": one} for one in body),
        {"type": "http.request"},
        {"type": "http.disconnect"},
    ]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return received.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    whole = {"type": "http", "method": "POST", "path": "/api/novu", **scope}
    if query is not None:
        whole["query_string"] = query.encode("latin-1")
    asyncio.run(recorder(whole, receive, send))
    return b"".join(one.get("body", b"") for one in sent)


def plain(tmp_path: Path, app: Any = None, **options: Any) -> BridgeRecorder:
    """Return a recorder that keeps everything as it is."""
    return BridgeRecorder(app or App(), tmp_path / "bridge.json", redact=False, **options)


def names(file: Path) -> list[str]:
    return [one["name"] for one in json.loads(file.read_bytes())["exchanges"]] if file.exists() else []


def test_the_whole_file(tmp_path: Path) -> None:
    recorder = plain(tmp_path, App(b'{"outputs": {"body": "Gr\xc3\xbc\xc3\x9fe"}}'))
    ask(recorder, b'{"payload": {"half": "\\ud800"}}')
    ask(recorder, b'{"payload": {}}', query=f"{EXECUTE.replace('mail', 'bell')}&more=1")
    written = (tmp_path / "bridge.json").read_bytes()
    assert "Grüße".encode() in written
    assert written.endswith(b"}\n ]\n}\n")
    assert json.loads(written.decode("utf-8", "surrogatepass")) == {
        "format": 1,
        "name": "bridge",
        "about": "What Novu asked the bridge, and what it answered",
        "recordedWith": {"novu-framework": __version__},
        "bridge": {"secretKey": "recorded", "strictAuthentication": True, "workflows": []},
        "headers": {},
        "exchanges": [
            {
                "name": "discovery",
                "request": {
                    "method": "GET",
                    "query": [["action", "discover"]],
                    "headers": {},
                    "signature": {},
                },
                "response": {"status": 200, "body": {"workflows": [], "agents": []}},
            },
            *(
                {
                    "name": f"order/{step}, 1",
                    "request": {
                        "method": "POST",
                        "query": [["action", "execute"], ["workflowId", "order"], ["stepId", step]],
                        "headers": {"content-type": "application/json"},
                        "signature": {},
                        "body": event,
                    },
                    "response": {"status": 200, "body": {"outputs": {"body": "Grüße"}}},
                }
                for step, event in (("mail", {"payload": {"half": "\ud800"}}), ("bell", {"payload": {}}))
            ),
        ],
    }


@pytest.mark.parametrize(
    ("query", "scope", "is_recorded"),
    [
        (EXECUTE, {}, True),
        (EXECUTE, {"path": "/api/novu/"}, True),
        (EXECUTE, {"path": "/api/novu/more"}, False),
        (EXECUTE, {"path": "/other"}, False),
        (EXECUTE, {"method": "GET"}, False),
        (EXECUTE, {"type": "websocket"}, False),
        (EXECUTE.replace("execute", "preview"), {}, False),
        ("workflowId=order&stepId=mail", {}, False),
        ("", {}, False),
        (None, {}, False),
    ],
)
def test_only_what_executes_a_step_of_the_bridge_is_recorded(
    tmp_path: Path, query: str | None, scope: dict[str, Any], is_recorded: bool
) -> None:
    app = App()
    recorder = plain(tmp_path, app, route="/api/novu/")
    assert ask(recorder, b"{}", query=query, **scope) == ANSWER
    assert app.read == [b"{}"]
    assert (recorder.recorded, len(names(tmp_path / "bridge.json"))) == ((1, 2) if is_recorded else (0, 0))


def test_what_is_no_request_passes_as_it_is(tmp_path: Path) -> None:
    passed: list[Any] = []

    async def app(*given: Any) -> None:
        passed.extend(given)

    given: tuple[Any, ...] = ({"type": "lifespan"}, object(), object())
    asyncio.run(plain(tmp_path, app)(*given))
    assert passed == [*given]


def test_a_query_without_a_workflow_and_a_step_is_one_of_no_name(tmp_path: Path) -> None:
    ask(plain(tmp_path), b"{}", query="action=execute")
    exchange = json.loads((tmp_path / "bridge.json").read_bytes())["exchanges"][1]
    assert (exchange["name"], exchange["request"]["query"][1:]) == (
        "/, 1",
        [["workflowId", ""], ["stepId", ""]],
    )


@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize(
    ("asked", "answered", "is_recorded"),
    [
        (250_000, 9, True),
        (250_001, 9, False),
        (600_000, 9, False),
        (9, 250_000, True),
        (9, 250_001, False),
        (9, 600_000, False),
    ],
)
def test_what_is_too_long_is_not_recorded_and_passes_whole(
    tmp_path: Path, asked: int, answered: int, is_recorded: bool, pieces: int
) -> None:
    def body(length: int) -> bytes:
        return b'"' + b"x" * (length - 2) + b'"'

    app = App(body(answered), pieces=pieces)
    recorder = plain(tmp_path, app)
    length = -(-asked // pieces)
    said = body(asked)
    assert ask(recorder, *(said[start : start + length] for start in range(0, asked, length))) == body(
        answered
    )
    assert app.read == [said]
    assert recorder.recorded == is_recorded


@pytest.mark.parametrize("status", [201, 400, 500])
def test_what_is_no_success_is_not_recorded(tmp_path: Path, status: int) -> None:
    recorder = plain(tmp_path, App(status=status))
    assert ask(recorder, b"{}") == ANSWER
    assert recorder.recorded == 0


@pytest.mark.parametrize(
    ("asked", "answered", "said"),
    [
        (b"Maria", ANSWER, "JSONDecodeError"),
        (b"{}", b"Maria", "JSONDecodeError"),
        (b"\xff", ANSWER, "UnicodeDecodeError"),
    ],
)
def test_what_is_no_json_is_told_without_its_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, asked: bytes, answered: bytes, said: str
) -> None:
    recorder = plain(tmp_path, App(answered))
    assert ask(recorder, asked) == answered
    assert caplog.record_tuples == [
        ("novu_framework", logging.WARNING, f"A request of Novu could not be recorded: {said}")
    ]
    assert recorder.recorded == 0


def test_of_each_step_so_many_are_recorded_and_the_same_once_in_whatever_order(tmp_path: Path) -> None:
    recorder = plain(tmp_path, per_step=2)
    for body in (b'{"a": 1, "b": 2}', b'{"b": 2, "a": 1}', b'{"a": 2}', b'{"a": 3}'):
        ask(recorder, body)
    for workflow_id in ("order", "other"):
        ask(recorder, b'{"a": 1, "b": 2}', query=f"action=execute&workflowId={workflow_id}&stepId=bell")
    assert names(tmp_path / "bridge.json") == [
        "discovery",
        "order/mail, 1",
        "order/mail, 2",
        "order/bell, 1",
        "other/bell, 1",
    ]
    assert recorder.recorded == 4


def test_no_more_are_recorded_where_several_are_answered_at_once(tmp_path: Path) -> None:
    recorders: list[BridgeRecorder] = []

    class Asking(App):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            if not self.read:  # before it answers, another request is asked and answered
                self.read.append(b"")
                second = [{"type": "http.request", "body": b'{"second": 2}'}, {"type": "http.disconnect"}]

                async def receive_second() -> Any:
                    return second.pop(0)

                async def send_second(message: Any) -> None:
                    pass

                await recorders[0](scope, receive_second, send_second)
            await super().__call__(scope, receive, send)

    recorders.append(plain(tmp_path, Asking(), per_step=1))
    ask(recorders[0], b'{"first": 1}')
    exchanges = json.loads((tmp_path / "bridge.json").read_bytes())["exchanges"]
    assert [one["request"].get("body") for one in exchanges] == [None, {"second": 2}]
    assert recorders[0].recorded == 1


def test_twenty_of_each_step_are_recorded_where_nothing_else_is_said(tmp_path: Path) -> None:
    recorder = plain(tmp_path)
    for number in range(21):
        ask(recorder, b"%d" % number)
    assert recorder.recorded == 20


def test_a_recording_takes_the_first_name_that_is_free(tmp_path: Path) -> None:
    for name in ("bridge.json", "bridge-2.json"):
        (tmp_path / name).write_text("there", encoding="utf-8")
    ask(plain(tmp_path), b"{}")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bridge-2.json", "bridge-3.json", "bridge.json"]
    assert json.loads((tmp_path / "bridge-3.json").read_bytes())["name"] == "bridge"
    assert {(tmp_path / name).read_text() for name in ("bridge.json", "bridge-2.json")} == {"there"}


@pytest.mark.parametrize(("value", "count"), [("0", 0), ("1", 1), ("", 1), (None, 1)])
def test_the_environment_turns_recordings_off_with_a_zero_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None, count: int
) -> None:
    monkeypatch.delenv(SWITCH, raising=False)
    if value is not None:
        monkeypatch.setenv(SWITCH, value)
    recorder = plain(tmp_path)
    ask(recorder, b"{}")
    assert recorder.recorded == count


def name_of_maria(file: Path, app: Any, **options: Any) -> str:
    """Return the pseudonym of Maria in a recording of one request."""
    ask(BridgeRecorder(app, file, **options), b'{"payload": {"name": "Maria Huber"}}')
    (_, exchange) = json.loads(file.read_bytes())["exchanges"]
    return str(exchange["request"]["body"]["payload"]["name"])


def test_the_key_of_pseudonyms_is_the_given_one_else_that_of_the_bridge_else_a_new_one(
    tmp_path: Path,
) -> None:
    def made(secret: str | None, **options: Any) -> str:
        app = App()
        app.app = BridgeEndpoint([], Client(secret_key=secret, strict_authentication=False))
        return name_of_maria(tmp_path / f"{len(list(tmp_path.iterdir()))}.json", app, **options)

    of_bridge = made("secret")
    assert of_bridge == made("secret") == made("other", key="secret") == made(None, key="secret")
    assert len({of_bridge, made("other"), made(None), made(None), "Maria Huber"}) == 5
    assert made("secret", keep=["name"]) == made(None, redact=False) == "Maria Huber"
