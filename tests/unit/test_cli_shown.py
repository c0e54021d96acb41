"""What `list`, `preview`, `gallery` and `cloud` show, what a shell completes, and how the command ends."""

from __future__ import annotations

import json
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer

from novu_framework import Step, __version__, workflow
from novu_framework.cli import app as cli
from novu_framework.cli.cloud import _follow, _until_ended
from novu_framework.cli.options import step_ids, workflow_ids
from novu_framework.cli.preview import made_up_events
from novu_framework.errors import NovuError
from novu_framework_testing import NovuSimulator
from tests.unit.test_cli import Command, command, project

__all__ = ["command", "project"]

MORE = """
from typing import Literal
from fastapi import FastAPI
from pydantic import BaseModel
from novu_framework import Client, Step, workflow
from novu_framework.fastapi import serve

class Payload(BaseModel):
    name: str
    lines: list[int]
    level: Literal["low", "high"] = "low"
    note: str | None = None
    anything: object = None

print("noise")

@workflow("alerts", payload_schema=Payload, tags=["a[b]"])
async def alerts(payload, step: Step) -> None:
    await step.chat("chat", lambda: {"body": "Hi"}, providers={"slack": lambda: {"text": "Hi"}})
    await step.email("long-name", lambda: {"subject": "s", "body": "<p>one</p>"})
    await step.email("other", lambda: {"subject": "s", "body": "<p>two</p>"})

@workflow("bare")
async def bare(step: Step) -> None:
    pass

app = FastAPI()
serve(app, workflows=[alerts, bare], client=Client(secret_key="test-secret"))
none = FastAPI()
serve(none, workflows=[], client=Client(secret_key="test-secret"))
"""


@pytest.fixture
def more(project: Path) -> None:
    (project / "more.py").write_text(MORE)


# --- list ----------------------------------------------------------------------------------------------


def test_the_list_is_a_tree_of_each_workflow(command: Command, more: None) -> None:
    shown = [line.rstrip() for line in command("list", "--app", "more:app").stdout.splitlines()]
    assert shown[0] == "noise"
    assert shown[1:] == [
        "alerts  #a[b]",
        "├── payload   name: string, lines: list of integer, level?: low | high, note?: any, anything?: any",
        "├── chat      chat       providers slack",
        "├── email     long-name",
        "└── email     other",
        "bare",
        "2 workflows, 3 steps",
    ]
    shown = [line.rstrip() for line in command("list").stdout.splitlines()]
    assert shown == [
        "order  An order  high  #shop",
        "├── What for",
        "├── payload   number: integer",
        "├── in_app    inbox",
        "├── delay     wait",
        "└── email     email  controls subject?: string",
        "1 workflow, 3 steps",
    ]


def test_a_list_without_workflows_says_how_to_add_some(command: Command, more: None) -> None:
    done = command("list", "--app", "more:none")
    said = "`more:none` serves no workflows yet: add them to `serve(app, workflows=[...])`."
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, said)
    assert json.loads(command("list", "--app", "more:none", "--json").stdout.partition("\n")[2]) == {
        "workflows": []
    }


def test_the_list_says_the_type_of_every_member(command: Command, project: Path) -> None:
    (project / "kinds.py").write_text(
        """
from novu_framework import workflow

LISTS = {"type": "array", "items": {"type": ["string", "null"]}}
MEMBERS = {"a": True, "b": LISTS, "c": {"type": "array"}, "d": {"enum": ["x", 1]}, "e": {}}

@workflow("kinds", payload_schema={"type": "object", "properties": MEMBERS, "required": ["a", "b"]})
async def kinds(payload, step):
    await step.sms("text", {"body": "x"})
"""
    )
    said = "payload   a: any, b: list of string | null, c?: list of any, d?: x | 1, e?: any"
    assert said in command("list", "--app", "kinds:kinds").stdout


# --- preview -------------------------------------------------------------------------------------------


def test_of_several_emails_one_has_to_be_named(command: Command, more: None, project: Path) -> None:
    done = command("preview", "alerts", "--app", "more:app", "--html", "out.html")
    assert done.returncode == 2
    assert "There are several emails: name one of long-name, other after the workflow." in done.stderr
    done = command("preview", "alerts", "other", "--app", "more:app", "--html", "out.html")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Wrote out.html")
    assert (project / "out.html").read_text() == "<p>two</p>"


def test_an_email_is_opened_in_a_browser(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("webbrowser.open", lambda url: not opened.append(url))  # type: ignore[func-returns-value]
    done = command("preview", "order", "email", "--open")
    (path,) = tmp_path.glob("novu-preview-*/email.html")
    assert (done.returncode, opened, done.stdout) == (0, [path.as_uri()], f"Wrote {path}\n")
    monkeypatch.setattr("webbrowser.open", lambda url: False)
    done = command("preview", "order", "email", "--open", "--html", "mine.html")
    assert (done.returncode, done.stdout) == (1, "Wrote mine.html\n")
    assert "No browser could be opened; open the file yourself." in done.stderr
    assert "Wrote" not in command("preview", "order", "email").stdout
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    done = command("preview", "order", "email", "--open")
    assert (done.returncode, "The email cannot be written: No such file" in done.stderr) == (2, True)


def test_who_previews_is_ann_unless_somebody_else_is_given(command: Command, project: Path) -> None:
    (project / "who.py").write_text(
        """
from novu_framework import Step, workflow

@workflow("who")
async def who(payload: dict, step: Step, subscriber) -> None:
    await step.sms("text", lambda: {"body": f"{subscriber.subscriber_id} {subscriber.first_name}"})
    await step.http_request("call", {"url": "https://acme.test", "method": "GET"})
"""
    )
    for given, body in (
        ([], "preview Ann"),
        (
            ["--subscriber", '{"subscriberId": "joe", "firstName": "Joe"}'],
            "joe Joe",
        ),
    ):
        done = command("preview", "who", "--app", "who:who", "--json", *given)
        assert {name: one["outputs"] for name, one in json.loads(done.stdout).items()} == {
            "text": {"body": body}
        }


def test_given_data_is_completed_within_and_what_cannot_be_made_up_is_left_to_the_bridge(
    command: Command, project: Path
) -> None:
    (project / "odd.py").write_text(
        """
from novu_framework import Step, workflow

SCHEMA = {
    "type": "object",
    "properties": {"a": {"type": "object", "properties": {"b": {"const": 1}, "c": {"const": 2}}, "required": ["b", "c"]},
                   "d": {"not": {}}},
    "required": ["a"],
}

@workflow("odd", payload_schema=SCHEMA)
async def odd(payload, step: Step) -> None:
    await step.sms("text", lambda: {"body": f"{payload}"})
"""
    )
    for given, body in ('{"a": {"b": 1}}', "{'a': {'b': 1, 'c': 2}}"), ("{}", "{'a': {'b': 1, 'c': 2}}"):
        done = command("preview", "odd", "--app", "odd:odd", "--payload", given, "--json")
        assert json.loads(done.stdout)["text"]["outputs"] == {"body": body}


COLLECTING = {"type": "object", "properties": {"n": {"enum": [3]}, "m": {"enum": ["x"]}}, "required": ["n"]}
CHOOSING = {"type": "object", "properties": {"subject": {"type": "string", "default": "s"}, "level": {"enum": ["low"]}}}  # fmt: skip


@workflow("collecting", payload_schema=COLLECTING)
async def collecting(payload: Any, step: Step) -> None:
    await step.digest("collect", {"amount": 1, "unit": "hours"})
    await step.email("mail", lambda controls: controls, control_schema=CHOOSING)
    await step.sms("text", {"body": "x"})


@pytest.mark.parametrize(
    ("given", "payload", "subscriber", "controls"),
    [
        ({}, {"n": 3, "m": "x"}, {"subscriberId": "preview", "firstName": "Ann", "lastName": "Preview", "email": "ann@example.com"}, {"level": "low"}),
        ({"payload": {"n": 4, "o": 5}, "subscriber": {"subscriberId": "bea"}, "controls": {"subject": "y"}}, {"n": 4, "o": 5, "m": "x"}, {"subscriberId": "bea"}, {"level": "low", "subject": "y"}),
    ],
    ids=["nothing given", "all given"],
)  # fmt: skip
def test_a_step_is_asked_for_with_what_is_given_and_the_rest_made_up(
    given: dict[str, Any], payload: dict[str, Any], subscriber: dict[str, Any], controls: dict[str, Any]
) -> None:
    digested = {"id": "event", "time": "2026-01-01T09:00:00.000Z", "payload": payload}
    state = [{"stepId": "collect", "outputs": {"events": [digested], "eventCount": 1}}]
    event = {"payload": payload, "subscriber": subscriber, "state": state, "context": {}, "env": {}}
    assert made_up_events(collecting, ["mail", "text"], **given) == {
        "mail": {**event, "controls": controls},
        "text": {**event, "controls": given.get("controls", {})},
    }


# --- gallery ---------------------------------------------------------------------------------------------


def test_a_gallery_names_five_messages_that_cannot_be_rendered(command: Command, project: Path) -> None:
    steps = "".join(f"    await step.sms('s{n}', lambda: {{'body': 1 / 0}})\n" for n in range(7))
    text = f"from novu_framework import workflow\n\n@workflow('w')\nasync def w(step):\n{steps}"
    (project / "bad.py").write_text(text)
    done = command("gallery", "--app", "bad:w", "--made-up", "--output", "out.html")
    said = [line for line in done.stdout.splitlines() if line.startswith(("w/", "...", "Wrote"))]
    assert said[0] == "Wrote out.html: 1 notification"
    assert [line.partition(":")[0] for line in said[1:6]] == [f"w/s{n}" for n in range(5)]
    assert said[6:] == ["... and 2 more that cannot be rendered."]
    assert "without accepted content" not in done.stdout
    answer = json.loads(command("gallery", "--app", "bad:w", "--made-up", "--json").stdout)
    assert [one.partition(":")[0] for one in answer["notRendered"]] == [f"w/s{n}" for n in range(7)]
    (workflow,) = answer["workflows"]
    assert (workflow["workflowId"], workflow["isKnown"], workflow["steps"][0]["isKnown"]) == ("w", True, True)


def test_a_gallery_that_cannot_be_written_or_is_empty_says_so(
    command: Command, more: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = command("gallery", "--app", "more:none")
    assert done.returncode == 2
    assert "`more:none` serves no workflows, and there is no __snapshots__ folder below" in done.stderr
    assert "Add workflows to `serve(app, workflows=[...])`." in done.stderr
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    done = command("gallery")
    assert (done.returncode, "The gallery cannot be written: No such file" in done.stderr) == (2, True)


# --- completion and the end --------------------------------------------------------------------------------


def test_a_shell_completes_what_begins_so_and_sees_nothing_that_the_app_prints(
    project: Path, more: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    monkeypatch.delitem(sys.modules, "more", raising=False)
    context = typer.Context(typer.main.get_command(cli.app))
    context.params = {"app": "more:app", "workflow": "alerts"}
    assert [workflow_ids(context, one) for one in ("", "al", "lerts")] == [["alerts", "bare"], ["alerts"], []]
    monkeypatch.delitem(sys.modules, "more")
    steps = [step_ids(context, one) for one in ("", "o", "name")]
    assert steps == [["chat", "long-name", "other"], ["other"], []]
    context.params = {"app": "more:app"}
    assert step_ids(context, "") == []
    assert capfd.readouterr().out == ""
    monkeypatch.delitem(sys.modules, "more")


def test_the_version_is_shown(command: Command) -> None:
    done = command("--version")
    assert (done.returncode, done.stdout) == (0, f"novu-framework {__version__}\n")


@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        (KeyboardInterrupt(), 130, ""),
        (typer.Abort(), 130, ""),
        (typer.Exit(7), 7, ""),
        (NovuError("No such thing."), 2, "Error: No such thing.\n"),
    ],
    ids=["interrupted", "aborted", "ended", "failed"],
)
def test_how_the_command_ends(
    command: Command, monkeypatch: pytest.MonkeyPatch, raised: BaseException, status: int, said: str
) -> None:
    def here() -> Any:
        raise raised

    monkeypatch.setattr("novu_framework.cli.catalog.Project.here", here)
    done = command("list")
    assert (done.returncode, done.stderr) == (status, said)


def test_an_option_that_is_none_ends_with_2_and_an_error_of_ours_is_not_hidden(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = command("list", "--nope")
    assert (done.returncode, "No such option" in done.stderr) == (2, True)
    monkeypatch.setattr("novu_framework.cli.catalog.Project.here", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        command("list")


# --- cloud -------------------------------------------------------------------------------------------------


class Terminal:
    """A terminal of POSIX, at which keys are pressed one after the other."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import termios

        self.waits_for_lines = True
        self.ours, self.theirs = os.openpty()
        self.stdin = os.fdopen(self.theirs)
        self.keys: list[bytes | BaseException] = []
        self.signals: list[Any] = []
        read, set_signal = os.read, signal.signal

        def pressed(file: int, size: int) -> bytes:
            if file != self.theirs:
                return read(file, size)
            self.waits_for_lines = termios.tcgetattr(file)[3] & termios.ICANON != 0
            key = self.keys.pop(0) if self.keys else b""
            if isinstance(key, BaseException):
                raise key
            return key

        def handle(number: int, handler: Any) -> Any:
            self.signals.append((number, handler))
            return set_signal(number, set_signal(number, handler))

        monkeypatch.setattr(os, "read", pressed)
        monkeypatch.setattr(signal, "signal", handle)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    made = Terminal(monkeypatch)
    yield made
    made.stdin.close()
    os.close(made.ours)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX is opened")
@pytest.mark.parametrize(
    ("keys", "moved", "helped"),
    [
        ([b"m", b"q", b"d"], [timedelta(minutes=10)], 1),
        ([b"MhD", b"x", b"\x03"], [timedelta(minutes=10), timedelta(minutes=70), timedelta(days=1, minutes=70)], 2),
        ([b"\x1b[D", b"\x04", b"d"], [], 2),
        ([b"i"], [timedelta()], 1),
        ([b"\xff", KeyboardInterrupt(), b"d"], [], 2),
        ([EOFError()], [], 1),
    ],
)  # fmt: skip
def test_keys_move_the_clock_until_one_of_them_ends_it(
    command: Command,
    terminal: Terminal,
    monkeypatch: pytest.MonkeyPatch,
    keys: list[Any],
    moved: list[timedelta],
    helped: int,
) -> None:
    import termios

    before = termios.tcgetattr(terminal.theirs)
    terminal.keys += keys
    monkeypatch.setattr("io.StringIO", lambda text: terminal.stdin)  # what `command` takes for standard input
    done = command("cloud", "--port", "0")
    assert done.returncode == 0, done.stderr
    times = [
        datetime.fromisoformat(line.split("now ")[-1].split("time       ")[-1][:19])
        for line in done.stdout.splitlines()
        if line.startswith("now ") or "time       " in line
    ]
    assert [time - times[0] for time in times[1:]] == moved
    assert (
        done.stdout.count("10 minutes on  h an hour on  d a day on  i until nothing waits  q quit") == helped
    )
    assert not terminal.waits_for_lines
    assert termios.tcgetattr(terminal.theirs) == before
    assert terminal.signals == [(signal.SIGTERM, signal.default_int_handler)]
    assert "workflows  order" in done.stdout


def test_a_cloud_leaves_nothing_behind(command: Command, monkeypatch: pytest.MonkeyPatch, more: None) -> None:
    logger = logging.getLogger("novu_framework")
    seen: list[Any] = []

    def ended(stopped: threading.Event) -> None:
        seen.extend([*logger.handlers, stopped])

    monkeypatch.setattr("novu_framework.cli.cloud._until_ended", ended)
    done = command("cloud", "--port", "0", "--app", "more:none")
    assert done.returncode == 0
    assert "workflows  none yet: sync a bridge" in done.stdout
    port = int(done.stdout.partition("NOVU_API_URL=http://127.0.0.1:")[2].split()[0])
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", port)) != 0
    *handlers, stopped = seen
    assert stopped.is_set()
    (shown,) = [one for one in handlers if one not in logger.handlers]
    assert shown.level == logging.ERROR


class Moments:
    """A moment of waiting for each of these, in which it is called; then it is time to stop."""

    def __init__(self, *calls: Callable[[], Any]) -> None:
        self.calls, self.was_set, self.waits = list(calls), False, list[float]()

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        if not self.calls or self.was_set:
            return True
        self.calls.pop(0)()
        return False

    def set(self) -> None:
        self.was_set = True


def test_what_happens_is_shown_as_it_happens(capsys: pytest.CaptureFixture[str]) -> None:
    @workflow("hello")
    async def hello(step: Step) -> None:
        await step.sms("text", {"body": "Hi"})

    with NovuSimulator(secret_key="k") as novu:
        novu.register(hello)
        seen: list[str] = []
        moments: Any = Moments(
            lambda: novu.trigger("hello", {"subscriberId": "ann", "phone": "+1"}),
            lambda: seen.append(capsys.readouterr().out),
            lambda: seen.append(capsys.readouterr().out),
        )
        _follow(novu, moments)
    assert "hello ann: triggered" in seen[0]
    assert seen[1] == ""
    assert all(0 < one < 1 for one in moments.waits)


def test_a_cloud_without_a_terminal_serves_until_it_is_ended() -> None:
    before = signal.getsignal(signal.SIGTERM)

    def interrupt() -> None:
        raise KeyboardInterrupt

    try:
        moments: Any = Moments(lambda: None, lambda: signal.raise_signal(signal.SIGTERM), interrupt)
        _until_ended(moments)
        assert (moments.was_set, len(moments.calls), len(moments.waits)) == (True, 1, 3)
        interrupted: Any = Moments(interrupt, interrupt)
        _until_ended(interrupted)
        assert (interrupted.was_set, len(interrupted.calls)) == (False, 1)
        assert all(0 < one < 1 for one in (*moments.waits, *interrupted.waits))
    finally:
        signal.signal(signal.SIGTERM, before)
