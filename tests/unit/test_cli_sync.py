"""`novu-framework sync` and `doctor` with a bridge and a Novu API that answer anything."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from novu_framework.cli.sync import Changes
from novu_framework_testing.contract import CheckFinding, Report
from tests.tables import walked
from tests.unit.test_cli import APP, Command, Done, command, project

__all__ = ["command", "project"]


class Server:
    """Answers with what `answers` has for a path, and remembers what it was sent."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any]] = {}
        self.requests: list[tuple[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                outer.requests.append((self.path, json.loads(body or b"null")))
                status, answer = outer.answers.get(self.path.split("?")[0], (404, "nothing"))
                content = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("content-length", str(len(content)))
                self.send_header("content-type", "application/json")
                self.end_headers()
                self.wfile.write(content)

            do_POST = do_GET

            def log_message(self, *_: Any) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def sent(self, path: str) -> list[Any]:
        return [body for asked, body in self.requests if asked.startswith(path)]


@pytest.fixture(scope="module")
def one_server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.http.shutdown()
    server.http.server_close()
    thread.join()


@pytest.fixture
def server(one_server: Server) -> Server:
    one_server.requests.clear()
    one_server.answers.clear()
    one_server.answers |= {
        "/bridge": (200, {"workflows": [WELCOME, BYE]}),
        "/v1/bridge/diff": (200, {"data": {"current": {"workflows": [WELCOME, BYE]}}}),
        "/v1/bridge/sync": (201, {"data": []}),
    }
    return one_server


def step(step_id: str) -> dict[str, Any]:
    return {"stepId": step_id, "type": "sms"}


WELCOME: dict[str, Any] = {"workflowId": "welcome", "name": "W", "steps": [step("a"), step("b")]}
BYE: dict[str, Any] = {"workflowId": "bye", "steps": []}
OLD: dict[str, Any] = {"workflowId": "old", "steps": []}


def synced(command: Command, server: Server, *more: str) -> Done:
    words = ("--bridge-url", f"{server.url}/bridge", "--api-url", server.url, "--secret-key", "k")
    return command("sync", *words, *more)


# --- what a sync changes -------------------------------------------------------------------------------


@walked(
    ("before", "after", "parts"),
    [
        ({"name": "A"}, {"name": "A"}, []),
        ({"name": "A"}, {"name": "B"}, ["name"]),
        ({"name": "A"}, {}, ["name"]),
        ({}, {"tags": ["new"]}, ["tags"]),
        ({"name": "A", "tags": []}, {"name": "B", "tags": ["x"]}, ["name", "tags"]),
        ({}, {"steps": []}, []),
        ({"steps": [{"stepId": "a"}]}, {}, ["step `a` removed"]),
        ({}, {"steps": [{"stepId": "a"}]}, ["step `a` added"]),
        ({"steps": [{"stepId": "a", "n": 1}]}, {"steps": [{"stepId": "a", "n": 2}]}, ["step `a`"]),
        (
            {"steps": [{"stepId": "a"}, {"stepId": "b"}]},
            {"steps": [{"stepId": "b"}, {"stepId": "a"}]},
            ["the order of steps"],
        ),
        (
            {"name": "A", "steps": [{"stepId": "a"}, {"stepId": "b"}]},
            {"name": "B", "steps": [{"stepId": "b"}, {"stepId": "a"}]},
            ["name"],
        ),
        (
            {"steps": [{"stepId": "a"}, {"stepId": "b"}]},
            {"steps": [{"stepId": "c"}, {"stepId": "b", "n": 1}]},
            ["step `c` added", "step `a` removed", "step `b`"],
        ),
    ],
)
def test_the_parts_of_a_workflow_that_changed(
    before: dict[str, Any], after: dict[str, Any], parts: list[str]
) -> None:
    changes = Changes.between({"w": before}, {"w": after})
    assert changes == Changes([], {"w": parts} if parts else {}, [])
    assert bool(changes) is bool(parts)


def test_workflows_are_added_and_removed() -> None:
    changes = Changes.between({"a": {}, "b": {}}, {"b": {}, "c": {}})
    assert changes == Changes(["c"], {}, ["a"])
    assert Changes(["c"], {}, [])
    assert Changes([], {}, ["a"])


@pytest.mark.parametrize(
    ("before", "shown", "is_needed"),
    [
        ([WELCOME, BYE], [], False),
        ([], ["+ welcome", "+ bye"], True),
        ([{**WELCOME, "name": "Old", "steps": [step("a")]}, BYE], ["~ welcome  name, step `b` added"], True),
        ([WELCOME, BYE, OLD], ["- old"], True),
    ],
    ids=["nothing", "added", "changed", "removed"],
)  # fmt: skip
def test_a_sync_says_what_it_changes_and_a_check_that_it_would(
    command: Command, server: Server, before: list[Any], shown: list[str], is_needed: bool
) -> None:
    server.answers["/v1/bridge/diff"] = (200, {"data": {"current": {"workflows": before}}})
    done = synced(command, server, "--check")
    said = "A sync is needed." if is_needed else "In sync: 2 workflows."
    assert (done.returncode, done.stdout.splitlines()) == (int(is_needed), [*shown, said])
    assert server.sent("/v1/bridge/sync") == []
    bridge = f"{server.url}/bridge"
    assert server.sent("/v1/bridge/diff") == [{"bridgeUrl": bridge, "workflows": [WELCOME, BYE]}]
    done = synced(command, server)
    said = f"Synced 2 workflows to {server.url}{'' if is_needed else '; nothing had changed'}."
    assert (done.returncode, done.stdout.splitlines()) == (0, [*shown, said])
    assert server.requests[-1] == ("/v1/bridge/sync?source=cli", {"bridgeUrl": bridge})


def test_a_sync_as_json_is_what_changed(command: Command, server: Server) -> None:
    before = [{**WELCOME, "name": "Old"}, OLD]
    server.answers["/v1/bridge/diff"] = (200, {"data": {"current": {"workflows": before}}})
    for more, status in ((["--check"], 1), ([], 0)):
        done = synced(command, server, "--json", *more)
        assert done.returncode == status
        assert json.loads(done.stdout) == {
            "added": ["bye"], "changed": {"welcome": ["name"]}, "removed": ["old"]
        }  # fmt: skip


@pytest.mark.parametrize(
    "answer",
    [
        (400, {"message": "No bridge"}),
        (200, {}),
        (200, {"data": {}}),
        (200, {"data": {"current": None}}),
        (200, {"current": {"workflows": None}}),
    ],
)
def test_before_the_first_sync_all_is_new(command: Command, server: Server, answer: tuple[int, Any]) -> None:
    server.answers["/v1/bridge/diff"] = answer
    assert json.loads(synced(command, server, "--json").stdout)["added"] == ["welcome", "bye"]


def test_an_answer_may_be_without_an_envelope(command: Command, server: Server) -> None:
    server.answers["/v1/bridge/diff"] = (200, {"current": {"workflows": [WELCOME]}})
    assert json.loads(synced(command, server, "--json").stdout)["added"] == ["bye"]


# --- what goes wrong -----------------------------------------------------------------------------------

REGION = "Is the secret key the one of this environment and region?"
PATH = "Is the path right? By default a bridge is at /api/novu."


@pytest.mark.parametrize(
    ("path", "answer", "status", "said", "hint"),
    [
        ("/v1/bridge/diff", (401, {"message": "Not you"}), 1, "Not you", REGION),
        ("/v1/bridge/diff", (422, {"message": "Not so"}), 1, "Not so", ""),
        ("/v1/bridge/sync", (400, {"message": "No bridge"}), 1, "No bridge", ""),
        ("/v1/bridge/sync", (401, {"message": "Not you"}), 1, "Not you", REGION),
        ("/bridge", (404, "nothing"), 1, "did not answer as a bridge does (status 404).", PATH),
        ("/bridge", (200, {"workflows": [{}]}), 1, "did not answer as a bridge does (status 200).", PATH),
        (
            "/bridge",
            (200, {"workflows": [], "agents": [{}]}),
            1,
            "did not answer as a bridge does (status 200).",
            PATH,
        ),
        (
            "/bridge",
            (200, {"workflows": [], "agents": 7}),
            1,
            "did not answer as a bridge does (status 200).",
            PATH,
        ),
        (
            "/bridge",
            (401, {"message": "Whose?", "code": "SignatureMismatchError"}),
            1,
            "answered 401: Whose?",
            "Is its secret key the one given here?",
        ),
        ("/bridge", (500, {"message": "Oh", "code": "BridgeError"}), 1, "answered 500: Oh", ""),
    ],
)
def test_what_goes_wrong_is_said_with_what_to_do(
    command: Command, server: Server, path: str, answer: tuple[int, Any], status: int, said: str, hint: str
) -> None:
    server.answers[path] = answer
    done = synced(command, server)
    error, *rest = done.stderr.splitlines()
    assert done.returncode == status
    assert error.startswith("Error: ")
    assert said in error
    assert rest == ([hint] if hint else [])
    assert "Synced" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said", "hint"),
    [
        (["-b", "acme", "-s", "k"], 2, "acme is not a URL: it does not begin with http:// or https://.", "Write it as https://api.acme.com/api/novu"),
        (["-b", "http://127.0.0.1:9/x", "-s", "k"], 1, "The bridge at http://127.0.0.1:9/x", "Is the app running, and the path right?"),
        (["-b", "http://127.0.0.1:9/x", "-s", "k", "-a", "acme"], 2, "api_url (or NOVU_API_URL) cannot be used: it does not begin with http:// or https://", None),
        (["-b", "http://127.0.0.1:9/x"], 2, "No secret key: pass --secret-key or set NOVU_SECRET_KEY.", None),
    ],
)  # fmt: skip
def test_addresses_that_are_none_and_a_key_that_is_not_there(
    command: Command, arguments: list[str], status: int, said: str, hint: str | None
) -> None:
    done = command("sync", *arguments)
    error, *rest = done.stderr.splitlines()
    assert (done.returncode, said in error, rest) == (status, True, [hint] if hint else [])


# --- the doctor ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["http://127.0.0.1:9/x"], ["Error: No secret key: pass --secret-key or set NOVU_SECRET_KEY."]),
        (
            ["127.0.0.1:9/x", "-s", "k"],
            [
                "Error: 127.0.0.1:9/x is not a URL: it does not begin with http:// or https://.",
                "Write it as http://127.0.0.1:8000/api/novu",
            ],
        ),
        (["http://127.0.0.1:9/x", "--app", "main:app"], ["Error: Name a URL or --app, not both."]),
    ],
)
def test_the_doctor_says_what_it_cannot_look_at(
    command: Command, arguments: list[str], said: list[str]
) -> None:
    done = command("doctor", *arguments)
    assert (done.returncode, done.stderr.splitlines()) == (2, said)


def warnings_of(done: Done) -> list[tuple[str, str]]:
    found = json.loads(done.stdout)["findings"]
    return [(one["where"], one["advice"]) for one in found if one["what"].startswith("was there at the last")]


STILL = "every workflow of the last sync is still there"


@pytest.mark.parametrize(
    ("before", "where", "advice", "is_still_there"),
    [
        ([{"workflowId": "order", "steps": [{"stepId": "inbox"}]}], [], "", True),
        ([OLD], ["old"], "triggers of the old one stop working", False),
        (
            [{"workflowId": "order", "steps": [{"stepId": "inbox"}, {"stepId": "gone"}]}],
            ["order / gone"],
            "what was edited in the dashboard for the old one is lost",
            True,
        ),
    ],
)
def test_the_doctor_finds_ids_that_are_gone_since_the_last_sync(
    command: Command, server: Server, before: list[Any], where: list[str], advice: str, is_still_there: bool
) -> None:
    server.answers["/v1/bridge/diff"] = (200, {"data": {"current": {"workflows": before}}})
    done = command("doctor", "--api-url", server.url, "--json")
    assert [one for one, _ in warnings_of(done)] == where
    assert all(advice in one for _, one in warnings_of(done))
    found = json.loads(done.stdout)["findings"]
    assert [one["level"] for one in found if one["what"] == STILL] == ["ok"] * is_still_there
    (asked,) = server.sent("/v1/bridge/diff")
    assert (asked["bridgeUrl"], [one["workflowId"] for one in asked["workflows"]]) == ("", ["order"])
    assert done.returncode == 0
    assert STILL not in command("doctor", "--json").stdout


def test_the_doctor_names_the_line_of_a_step_that_discovery_does_not_see(
    command: Command, project: Path
) -> None:
    handler = (
        "    for n in range(payload.number):\n"
        '        await step.sms(f"n{n}", {"body": "x"})\n'
        "    if payload.number > 3:\n"
        '        await step.sms("hidden", {"body": "x"})\n'
        '        await step.sms(7, {"body": "x"})\n'
        "        await step.other('other')\n"
        "        await steps.sms('others', {})\n"
    )
    text = APP.replace("    inbox = await", f"{handler}    inbox = await")
    (project / "main.py").write_text(text)
    found = json.loads(command("doctor", "--json").stdout)["findings"]
    hidden = [one for one in found if "discovery does not see this step" in one["what"]]
    line = text.splitlines().index('        await step.sms("hidden", {"body": "x"})') + 1
    assert [one["where"] for one in hidden] == ["order / hidden"]
    assert f"main.py:{line}: " in hidden[0]["what"]
    assert (hidden[0]["level"], "`skip`" in hidden[0]["advice"]) == ("warning", True)


def test_the_doctor_reads_no_source_where_there_is_none(command: Command, project: Path) -> None:
    text = APP.partition("app = FastAPI()")[0]
    made = f"names = {{}}\nexec({text!r}, names)\nunread = names['order']\n"
    nested = (
        "from novu_framework import workflow\n\ndef make():\n    @workflow('nested')\n    async def nested(step):\n"
        "        if None:\n            await step.sms('hidden', {})\n        await step.sms('text', {'body': 'x'})\n"
        "    return nested\n\nnested = make()\nboth = [unread, nested]\n"
    )
    (project / "made.py").write_text(made + nested)
    done = command("doctor", "--app", "made:both", "--json")
    hidden = [one["where"] for one in json.loads(done.stdout)["findings"] if "does not see" in one["what"]]
    assert (done.returncode, hidden) == (0, ["nested / hidden"])


def test_the_doctor_shows_each_finding_with_its_advice_and_a_summary(command: Command, project: Path) -> None:
    (project / "main.py").write_text(
        APP.replace('"Order {{ payload.number }}"', '"Order {{ payload.number "')
    )
    done = command("doctor")
    lines = done.stdout.splitlines()
    assert done.returncode == 1
    assert any("does not parse" in line for line in lines)
    found = json.loads(command("doctor", "--json").stdout)
    assert found["ok"] is False
    assert len([line for line in lines if not line.startswith(" ")]) == len(found["findings"]) + 1
    assert lines[-1] == "main:app: 2 errors"


@pytest.mark.parametrize(
    ("app", "signs"),
    [
        (APP, ["\x1b[1;32mmain:app: all good"]),
        (
            APP.replace("payload.number }}", "payload.number "),
            ["\x1b[31m", "\x1b[2m", "\x1b[1;31mmain:app: "],
        ),
        (APP.replace("    subject: str =", "    needed: str\n    subject: str ="), ["\x1b[33m"]),
    ],
    ids=["good", "broken", "doubtful"],
)
def test_the_doctor_tells_what_is_wrong_by_colours_too(
    command: Command, project: Path, monkeypatch: pytest.MonkeyPatch, app: str, signs: list[str]
) -> None:
    (project / "main.py").write_text(app)
    coloured = Console(force_terminal=True, color_system="standard", highlight=False, width=200)
    monkeypatch.setattr("novu_framework.cli.doctor.console", coloured)
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = command("doctor").stdout
    assert [sign for sign in signs if sign not in shown] == []


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["text", "json"])
def test_the_doctor_does_not_show_a_key_that_a_bridge_quotes(
    command: Command, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    key = "nv-5ecret-of-doctor"
    monkeypatch.setattr(
        "novu_framework_testing.contract.check_bridge",
        lambda url, **given: Report(
            url, (CheckFinding("error", f"It said: bad key {given['secret_key']}."),)
        ),
    )
    shown = command("doctor", "http://127.0.0.1:9/api/novu", "--secret-key", key, *options).stdout
    assert "It said: bad key [secret key]." in shown
    assert key not in shown


def test_the_doctor_leaves_out_a_handler_whose_lines_are_no_python_alone(
    command: Command, project: Path
) -> None:
    (project / "made.py").write_text(
        "from novu_framework import workflow\n\nmade = dict(\n"
        '    a=1, **{"w": workflow("w")(lambda step: step.sms("text", {"body": "x"}))}\n)\nlisted = [made["w"]]\n'
    )
    done = command("doctor", "--app", "made:listed", "--json")
    assert (done.returncode, json.loads(done.stdout)["ok"]) == (0, True), done.stderr


def test_the_doctor_signs_with_the_key_of_the_app(
    command: Command, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []

    def checked(app: Any, **options: Any) -> Report:
        asked.append((type(app).__name__, options))
        return Report("main", ())

    monkeypatch.setattr("novu_framework_testing.contract.check_bridge", checked)
    done = command("doctor", "--secret-key", "another")
    assert (done.returncode, done.stderr) == (0, "")
    about = {"route": "/api/novu", "strict_authentication": True, "previous_secret_keys": ()}
    assert asked == [("FastAPI", {"secret_key": "test-secret", **about})]
