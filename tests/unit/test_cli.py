"""The command `novu-framework`: what it shows, how it ends, and what it says of mistakes."""

from __future__ import annotations

import importlib
import io
import json
import os
import re
import select
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import typer

from novu_framework.cli import terminal
from novu_framework.cli.app import app
from novu_framework.cli.app import run as cli_run
from novu_framework.cli.simulate import duration
from novu_framework_testing import NovuSimulator
from novu_framework_testing.api.cloud import Cloud
from novu_framework_testing.api.server import CloudServer
from tests.tables import one_in, walked

APP = """
from fastapi import FastAPI
from pydantic import BaseModel
from novu_framework import Client, Step, workflow
from novu_framework.fastapi import serve

class Order(BaseModel):
    number: int

class EmailControls(BaseModel):
    subject: str = "Order {{ payload.number }}"

@workflow("order", name="An order", description="What for", tags=["shop"], severity="high")
async def order(payload: Order, step: Step) -> None:
    inbox = await step.in_app("inbox", lambda: {"body": f"Order {payload.number}"})
    await step.delay("wait", {"amount": 6, "unit": "hours"})
    await step.email(
        "email",
        lambda controls: {
            "subject": controls.subject, "body": f"<p>Number {payload.number}</p>" if payload.number else None
        },
        control_schema=EmailControls,
        skip=lambda: inbox.read,
    )

app = FastAPI()
serve(app, workflows=[order], client=Client(secret_key="test-secret"))
nothing = FastAPI()
"""


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Done]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "main.py").write_text(APP)
    (tmp_path / "pyproject.toml").write_text('[tool.novu]\napp = "main:app"\n')
    (tmp_path / "deep" / "er").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def command(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Runs the command in this process, as if it were a fresh one."""
    for name in [name for name in os.environ if name.startswith("NOVU_")]:
        monkeypatch.delenv(name)
    for console in (terminal.console, terminal.errors):
        monkeypatch.setattr(console, "_width", 200)
    modules, path = set(sys.modules), list(sys.path)

    def forget() -> None:
        sys.path[:] = path
        for name in [name for name in sys.modules if name not in modules]:
            if str(project) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]
        importlib.invalidate_caches()

    def run(*arguments: str, folder: Path = project, stdin: str = "") -> Done:
        monkeypatch.chdir(folder)
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        capsys.readouterr()
        try:
            status = cli_run(list(arguments))
        finally:
            forget()
        written = capsys.readouterr()
        return Done(status, written.out, written.err)

    yield run
    forget()


@pytest.fixture
def cloud() -> Iterator[CloudServer]:
    with NovuSimulator(secret_key="test-secret") as novu, CloudServer(Cloud(novu)) as server:
        yield server


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The project's app under uvicorn, one for all tests; its URL."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "main.py").write_text(APP)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "uvicorn", "main:app", "--port", str(port), "--log-level", "info"],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith("NOVU_")},
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stderr is not None
    while "running on" not in (line := server.stderr.readline()):
        assert line, "the server did not start"
    yield f"http://127.0.0.1:{port}/api/novu"
    server.terminate()
    server.communicate(timeout=120)


def test_help_of_every_subcommand_has_an_example(command):
    assert command("--help").returncode == 0
    subcommands = typer.main.get_command(app).commands
    assert len(subcommands) > 8
    for name, subcommand in subcommands.items():
        shown = command(name, "--help")
        assert shown.returncode == 0
        assert f"novu-framework {name}" in shown.stdout
        assert not re.search(r"bool", shown.stdout, re.IGNORECASE)
        words = " ".join(shown.stdout.split())
        for quoted in re.findall(r"`(.+?)`", " ".join((subcommand.help or "").split())):
            assert quoted.replace("\\[", "[") in words  # which is markup, where it is not escaped


@pytest.mark.parametrize(
    "program", one_in(2, [["-m", "novu_framework"], ["-c", "from novu_framework.cli import main; main()"]])
)
def test_as_a_program_of_its_own(project, program):
    done = subprocess.run(
        [sys.executable, *program, "list", "--app", "main:nope"],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "no attribute `nope`" in done.stderr


class TestFindingTheApp:
    def test_from_any_folder_of_the_project(self, command, project):
        assert "order" in command("list", folder=project / "deep" / "er").stdout

    def test_named_on_the_command_line(self, command):
        assert "order" in command("list", "--app", "main:order").stdout
        assert "order" in command("list", "--app", "main").stdout

    @pytest.mark.parametrize(
        ("app", "said"),
        [
            ("nope:app", "no module `nope`"),
            ("main:nope", "no attribute `nope`"),
            ("main:nothing", "serves no workflows"),
            ("broken:app", "ZeroDivisionError: division by zero"),
            ("lacking:app", "No module named 'not_installed'"),
            ("invalid:app", "SyntaxError"),
        ],
    )
    def test_one_that_cannot_be_used(self, command, project, app, said):
        (project / "broken.py").write_text("app = 1 / 0")
        (project / "lacking.py").write_text("import not_installed")
        (project / "invalid.py").write_text("app = (")
        done = command("list", "--app", app)
        assert done.returncode == 2
        assert said in done.stderr

    def test_one_without_a_key_can_be_looked_at(self, command, project):
        (project / "keyless.py").write_text(APP.replace(', client=Client(secret_key="test-secret")', ""))
        for arguments in (["list"], ["preview", "order"], ["doctor"]):
            done = command(*arguments, "--app", "keyless:app")
            assert done.returncode == 0, done.stderr
        assert "NOVU_SECRET_KEY" not in os.environ

    def test_none_at_all(self, command, tmp_path_factory):
        folder = tmp_path_factory.mktemp("empty")
        done = command("list", folder=folder)
        assert done.returncode == 2
        assert "--app module:attribute" in done.stderr
        assert "[tool.novu]" in done.stderr


FACTORY = """
from contextlib import asynccontextmanager
from fastapi import FastAPI
from novu_framework import workflow
from novu_framework.fastapi import serve

def create_app():
    @asynccontextmanager
    async def lifespan(app):
        app.state.pool = "opened"
        print("start")
        yield
        app.state.pool = "closed"
        print("stop")

    app = FastAPI(lifespan=lifespan)

    @app.middleware("http")
    async def pooled(request, call_next):
        assert request.app.state.pool == "opened"
        return await call_next(request)

    @workflow("hello")
    async def hello(step):
        await step.in_app("note", lambda: {"body": f"the pool is {app.state.pool}"})

    serve(app, workflows=[hello])
    return app

def broken_app():
    @asynccontextmanager
    async def lifespan(app):
        raise ConnectionRefusedError("no database")
        yield

    app = create_app()
    app.router.lifespan_context = lifespan
    return app

async def later(): ...
def given(settings): ...
def wrong(): return {}["key"]
"""


OTHER_APPS = """
from flask import Blueprint, Flask, current_app, g
from novu_framework import Client, workflow
from novu_framework.aws_lambda import serve as lambda_of
from novu_framework.flask import serve

@workflow("hello")
def hello(payload: dict, step):
    step.in_app("note", lambda: {"body": f"{current_app.name} for {g.user}"})

@workflow("broken")
def broken(step):
    step.in_app("note", lambda: {"body": 1 / 0})

def create_app():
    app = Flask("the shop")
    hooks = Blueprint("hooks", "hooks", url_prefix="/hooks")
    serve(hooks, workflows=[hello], client=Client(secret_key="its-own"))
    app.register_blueprint(hooks)

    @app.before_request
    def login():
        g.user = "Ann"

    return app

on_lambda = lambda_of(workflows=[broken], client=Client(secret_key="its-own"))
"""


class TestAppsOfEveryFramework:
    """They are asked as Novu asks them: by a request, to where they serve their bridge."""

    @pytest.fixture(autouse=True)
    def others(self, project):
        (project / "others.py").write_text(OTHER_APPS)

    @pytest.mark.parametrize("words", [["preview", "hello"], ["simulate", "hello", "--to", "ann"]])
    def test_what_goes_before_a_request_goes_before_these(self, command, words):
        done = command(*words, "--app", "others:create_app")
        assert done.returncode == 0, done
        assert "the shop for Ann" in done.stdout

    def test_the_doctor_previews_their_steps(self, command):
        done = command("doctor", "--app", "others:create_app")
        assert (done.returncode, "signatures" in done.stdout) == (0, True), done
        done = command("doctor", "--app", "others:on_lambda")
        assert done.returncode == 1
        assert "division by zero" in done.stdout

    def test_a_name_that_is_nearly_right(self, command):
        assert "did you mean 'create_app'?" in command("list", "--app", "others:creat_app").stderr


class TestAppsThatAreMade:
    @pytest.fixture(autouse=True)
    def factory(self, project):
        (project / "factory.py").write_text(FACTORY)

    @pytest.mark.parametrize("name", ["factory:create_app", "factory:create_app()"])
    def test_a_function_makes_the_app(self, command, name):
        assert "hello" in command("list", "--app", name).stdout

    @pytest.mark.parametrize(
        "words",
        [["preview", "hello"], ["simulate", "hello", "--to", "ann"], ["doctor"]],
        ids=lambda words: words[0],
    )
    def test_its_lifespan_runs(self, command, words):
        done = command(*words, "--app", "factory:create_app")
        assert done.returncode == 0, done
        lines = done.stdout.splitlines()
        assert (lines.count("start"), lines.count("stop")) == (1, 1)
        assert words[0] != "preview" or "the pool is opened" in done.stdout

    @pytest.mark.parametrize(
        "words", [["preview", "hello"], ["simulate", "hello", "--to", "ann"], ["doctor"]]
    )
    def test_a_lifespan_that_fails_says_so(self, command, words):
        done = command(*words, "--app", "factory:broken_app")
        assert done.returncode == 1
        said = " ".join((done.stdout + done.stderr).split())
        assert "lifespan failed at its start: ConnectionRefusedError: no database" in said

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("later", "later is async: name a plain function"),
            ("given", "given takes settings: name an app, or a function"),
            ("wrong", "`factory:wrong` could not be made: KeyError: 'key'"),
            ("nothing", "`factory` has no attribute `nothing`"),
        ],
    )
    def test_what_makes_no_app_says_so(self, command, name, says):
        done = command("list", "--app", f"factory:{name}")
        assert done.returncode == 2
        assert says in " ".join(done.stderr.split())


class TestList:
    def test_shows_workflows_steps_tags_and_schemas(self, command):
        shown = command("list").stdout
        for part in (
            "An order",
            "#shop",
            "high",
            "number: integer",
            "in_app",
            "subject?: string",
            "1 workflow, 3 steps",
        ):
            assert part in shown

    def test_as_json_is_what_discovery_answers(self, command):
        (workflow,) = json.loads(command("list", "--json").stdout)["workflows"]
        assert [step["stepId"] for step in workflow["steps"]] == ["inbox", "wait", "email"]


class TestGallery:
    """`novu-framework gallery`, whose page is tried in `tests/integration/test_gallery_page.py`."""

    def test_writes_what_there_is_and_runs_nothing(self, command, project):
        done = command("gallery", "--output", "new/gallery.html")
        assert done.returncode == 0
        assert "Wrote new/gallery.html: 1 notification\n" in done.stdout
        assert "2 messages without accepted content: --made-up renders them with made-up data." in done.stdout
        assert "no one has accepted it" not in (project / "new/gallery.html").read_text()

    def test_fills_in_what_is_made_up_and_says_what_cannot_be(self, command, project):
        (project / "main.py").write_text(APP.replace('f"Order {payload.number}"', "1 / 0"))
        done = command("gallery", "--made-up", "--output", "gallery.html")
        assert done.returncode == 0
        assert "order/inbox: " in done.stdout
        assert "without accepted content" not in done.stdout
        page = (project / "gallery.html").read_text()
        assert page.count("no one has accepted it") == 1
        assert "Waits for 6 hours. (With made-up data.)" in page

    def test_as_json(self, command, project):
        folder = project / "tests" / "__snapshots__" / "test_order" / "test_all"
        folder.mkdir(parents=True)
        (folder / "01-inbox-in_app.txt").write_text(
            "workflow: order\nstep: inbox\nchannel: in_app\nstatus: delivered\ncontent:\n  body: Order 7\n"
        )
        shown = json.loads(command("gallery", "--json").stdout)
        assert [one["workflowId"] for one in shown["workflows"]] == ["order"]
        assert (shown["unreadable"], shown["notRendered"]) == ([], [])
        inbox, wait, email = shown["workflows"][0]["steps"]
        assert [one["type"] for one in (inbox, wait, email)] == ["in_app", "delay", "email"]
        tests = ["tests/test_order.py::test_all"]
        assert inbox["contents"] == [{"status": "delivered", "title": "Order 7", "tests": tests}]
        assert not wait["contents"]
        assert not email["contents"]
        (project / "pyproject.toml").write_text("")
        without_app = json.loads(command("gallery", "--json").stdout)
        assert [[one["stepId"] for one in each["steps"]] for each in without_app["workflows"]] == [["inbox"]]

    def test_opens_a_file_that_only_its_owner_sees(self, command, monkeypatch, tmp_path):
        opened = []
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        monkeypatch.setattr("webbrowser.open", lambda url: not opened.append(url))
        assert command("gallery").returncode == 0
        [path] = tmp_path.glob("novu-gallery-*/gallery.html")
        assert opened == [path.as_uri()]
        assert os.name == "nt" or path.parent.stat().st_mode & 0o077 == 0
        monkeypatch.setattr("webbrowser.open", lambda url: False)
        done = command("gallery")
        assert done.returncode == 1
        assert "open the file yourself" in done.stderr

    def test_without_an_app_and_snapshots_says_what_to_do(self, command, project, tmp_path, monkeypatch):
        monkeypatch.setattr("novu_framework_testing.snapshots.files.PAUSES", [])
        (project / "pyproject.toml").write_text("")
        done = command("gallery")
        assert done.returncode == 2
        assert "no app is named, and there is no snapshot" in done.stderr
        assert "pytest --snapshot-update" in done.stderr
        done = command("gallery", "--app", "main:app", "--output", "main.py/gallery.html")
        assert done.returncode == 2
        assert "main.py/gallery.html cannot be written" in done.stderr.replace("\\", "/")


class TestPreview:
    def test_with_given_data_from_a_file_standard_input_and_the_command_line(self, command, project):
        (project / "order.json").write_text('{"number": 7}')
        for option, stdin in (("order.json", ""), ("-", '{"number": 7}'), ('{"number": 7}', "")):
            done = command("preview", "order", "email", "--payload", option, stdin=stdin)
            assert done.returncode == 0
            assert "Order 7" in done.stdout
            assert "Number 7" in done.stdout

    def test_with_made_up_data_and_edited_controls(self, command):
        done = command("preview", "order", "--controls", '{"subject": "Edited"}', "--json")
        answers = json.loads(done.stdout)
        assert list(answers) == ["inbox", "wait", "email"]
        assert answers["email"]["outputs"]["subject"] == "Edited"

    def test_what_is_made_up_goes_by_the_names_of_the_fields_and_is_the_same_each_time(
        self, command, project
    ):
        (project / "mail.py").write_text(
            """
from pydantic import BaseModel
from novu_framework import Step, workflow

class Person(BaseModel):
    first_name: str
    email: str

class Invitation(BaseModel):
    author: Person
    city: str = "Vienna"

class Controls(BaseModel):
    company: str
    tone: str = "kind"

@workflow("invitation")
async def invitation(payload: Invitation, step: Step) -> None:
    digest = await step.digest("all", {"amount": 1, "unit": "hours"})
    await step.email("email", lambda controls: {
        "subject": f"{payload.author.first_name}|{payload.author.email}|{controls.company}|{controls.tone}",
        "body": f"{digest.event_count}|{digest.events[0].payload['author']['email']}|{payload.city}",
    }, control_schema=Controls)
"""
        )
        shown = [
            json.loads(
                command("preview", "invitation", "email", "--app", "mail:invitation", "--json", *given).stdout
            )
            for given in (
                [],
                [],
                ["--payload", '{"author": {"first_name": "Ann"}}', "--controls", '{"company": "Acme"}'],
            )
        ]
        assert shown[0]["email"]["outputs"] == shown[1]["email"]["outputs"]
        assert "placeholder" not in str(shown)
        name, email, company, tone = shown[0]["email"]["outputs"]["subject"].split("|")
        assert re.fullmatch(r"[A-Z]\w+", name)
        assert re.fullmatch(r"\S+@example\.\w+", email)
        assert (tone, shown[2]["email"]["outputs"]["subject"]) == ("kind", f"Ann|{email}|Acme|kind")
        assert company
        assert shown[0]["email"]["outputs"]["body"].split("|")[:2] == ["1", email]

    def test_html_to_a_file(self, command, project):
        done = command("preview", "order", "--payload", '{"number": 7}', "--html", "out.html")
        assert done.returncode == 0
        assert (project / "out.html").read_text() == "<p>Number 7</p>"

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["nope"], "no workflow `nope`"),
            (["order", "nope"], "no step `nope`"),
            (["order", "--payload", "{"], "not JSON"),
            (["order", "--payload", "[1]"], "a list"),
            (["order", "--payload", "missing.json"], "missing.json cannot be read"),
            (["order", "inbox", "--html", "x.html"], "no email"),
            (["order", "--html", "no/such/folder/x.html"], "cannot be written"),
        ],
    )
    def test_mistakes(self, command, arguments, said):
        done = command("preview", *arguments)
        assert done.returncode == 2
        assert said in done.stderr

    def test_a_payload_that_does_not_fit_names_the_path(self, command):
        done = command("preview", "order", "--payload", '{"number": "seven"}')
        assert done.returncode == 1
        assert "/number must be integer" in done.stderr


class TestSimulate:
    TO = ("--to", '{"subscriberId": "ann", "email": "ann@acme.test"}', "--payload", '{"number": 7}')

    def test_shows_the_timeline(self, command):
        done = command(
            "simulate", "order", *self.TO, "--start", "2026-01-01", "--advance", "1h", "--until-idle"
        )
        assert done.returncode == 0
        assert "2026-01-01 06:00:00 UTC" in done.stdout
        assert "email delivered" in done.stdout
        assert "completed ann, 2 messages" in done.stdout
        said = done.stdout.partition("email to ann@acme.test, 2026-01-01 06:00")
        assert "body: Order 7" in said[0]
        assert "subject: Order 7" in said[2]
        assert "Number 7" in said[2]

    def test_many_messages_are_shown_up_to_ten(self, command):
        done = command("simulate", "order", *self.TO, "--times", "12")
        assert done.stdout.count("─ inbox to ann,") == 10
        assert "and 2 messages more; --json has all of them" in done.stdout

    def test_says_what_still_waits(self, command):
        done = command("simulate", "order", *self.TO, "--start", "2026-01-01")
        assert "running ann, 1 message, `wait` until 2026-01-01 06:00:00 UTC" in done.stdout

    def test_ends_with_1_when_a_step_failed(self, command):
        for payload, status, ends_with in (('{"number": 0}', "failed", 1), ('{"number": 7}', "skipped", 0)):
            done = command("simulate", "order", "--to", "bob", "--payload", payload, "--until-idle", "--json")
            assert done.returncode == ends_with
            (run,) = json.loads(done.stdout)["runs"]
            assert {step["stepId"]: step["status"] for step in run["steps"]}["email"] == status

    def test_a_payload_that_does_not_fit_fails(self, command):
        done = command("simulate", "order", "--to", "bob", "--payload", '{"number": "x"}')
        assert done.returncode == 1

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["nope", "--to", "a"], "no workflow `nope`"),
            (["order"], "--to"),
            (["order", "--to", "a", "--advance", "soon"], "`soon` is not a length of time"),
            (["order", "--to", "a", "--advance", "9999999999w"], "longer than time is kept for"),
            (["order", "--to", "a", "--advance", "999999w"], "no time so long after"),
            (["order", "--to", "{"], "not JSON"),
            (["order", "--to", ""], "--to: A recipient's id is an empty string"),
            (["order", "--to", '{"email": "a@acme.test"}'], "neither `subscriberId` nor `topicKey`"),
        ],
    )
    def test_mistakes(self, command, arguments, said):
        done = command("simulate", *arguments)
        assert done.returncode == 2
        assert said in done.stderr

    def test_a_recipient_that_novu_drops_is_told(self, command):
        done = command("simulate", "order", "--to", '{"subscriberId": "a", "channels": 5}')
        assert done.returncode == 0
        assert "order: the recipient a is dropped: channels must be a list" in done.stdout

    def test_lengths_of_time(self):
        assert duration("90s").total_seconds() == 90
        assert duration("1d12h").total_seconds() == 36 * 3600
        assert duration("1.5h").total_seconds() == 5400


class TestSync:
    def sync(self, command, bridge: str, api: str, *more: str, key: str = "test-secret"):
        return command("sync", "--bridge-url", bridge, "--api-url", api, "--secret-key", key, *more)

    def test_first_then_check_then_after_a_change(self, command, bridge, cloud):
        check = self.sync(command, bridge, cloud.url, "--check")
        assert check.returncode == 1
        assert "+ order" in check.stdout
        assert list(cloud.cloud.novu.workflows) == []

        first = self.sync(command, bridge, cloud.url)
        assert first.returncode == 0, first.stderr
        assert "+ order" in first.stdout
        assert [one.workflow_id for one in cloud.cloud.novu.workflows] == ["order"]

        check = self.sync(command, bridge, cloud.url, "--check")
        assert (check.returncode, check.stdout.strip()) == (0, "In sync: 1 workflow.")
        again = json.loads(self.sync(command, bridge, cloud.url, "--json").stdout)
        assert again == {"added": [], "changed": {}, "removed": []}

    @pytest.mark.parametrize(
        ("url", "said"),
        [
            ("http://127.0.0.1:9/api/novu", "cannot be reached"),
            ("not a url", "is not a URL"),
        ],
    )
    def test_a_bridge_that_is_not_there(self, command, cloud, url, said):
        done = self.sync(command, url, cloud.url)
        assert done.returncode in (1, 2)
        assert said in done.stderr

    def test_a_path_without_a_bridge(self, command, bridge, cloud):
        done = self.sync(command, bridge + "/nope", cloud.url)
        assert done.returncode == 1
        assert "/api/novu" in done.stderr

    def test_a_wrong_key(self, command, bridge, cloud):
        done = self.sync(command, bridge, cloud.url, key="another")
        assert done.returncode == 1
        assert "401" in done.stderr
        assert "another" not in done.stdout + done.stderr

    def test_no_key(self, command, bridge, cloud):
        done = command("sync", "--bridge-url", bridge, "--api-url", cloud.url)
        assert done.returncode == 2
        assert "--secret-key" in done.stderr

    def test_an_api_that_is_not_there(self, command, bridge):
        done = self.sync(command, bridge, "http://127.0.0.1:9")
        assert done.returncode == 1
        assert "127.0.0.1:9" in done.stderr


class TestDoctor:
    def test_a_healthy_app_and_a_healthy_url(self, command, bridge):
        done = command("doctor")
        assert done.returncode == 0, done.stdout
        assert "all good" in done.stdout
        done = command("doctor", bridge, "--secret-key", "test-secret")
        assert done.returncode == 0, done.stdout

    def test_previous_secret_keys(self, command, bridge, monkeypatch):
        monkeypatch.setenv("NOVU_PREVIOUS_SECRET_KEYS", "an-old-secret")
        done = command("doctor")
        assert done.returncode == 0
        assert "still accepts the previous secret key" in done.stdout
        done = command("doctor", bridge, "--secret-key", "test-secret", "--json")
        assert "an-old-secret" not in done.stdout
        whats = [one["what"] for one in json.loads(done.stdout)["findings"]]
        assert "refuses the previous secret key" in whats  # this one runs without the variable

    def test_lints(self, command, project):
        (project / "main.py").write_text(
            APP.replace(
                "    inbox = await",
                '    if payload.number > 3:\n        await step.sms("hidden", {"body": "x"})\n    inbox = await',
            ).replace('"Order {{ payload.number }}"', '"Order {{ payload.number "\n    needed: str')
        )
        done = command("doctor", "--json")
        assert done.returncode == 1
        found = {(one["level"], one["where"]): one["what"] for one in json.loads(done.stdout)["findings"]}
        assert "behind a condition" in found["warning", "order / hidden"]
        whats = " ".join(one["what"] for one in json.loads(done.stdout)["findings"])
        assert "the default of the control `subject` does not parse" in whats
        assert "the control `needed` has no default" in whats

    def test_a_double_quote_in_a_default(self, command, project):
        default = """'Order {{ payload.number | append: "!" }}'"""
        (project / "main.py").write_text(APP.replace('"Order {{ payload.number }}"', default))
        done = command("doctor")
        assert done.returncode == 1
        assert "the default of the control `subject` does not parse" in done.stdout
        assert "write single quotes" in done.stdout

    def test_ids_that_changed_since_the_last_sync(self, command, bridge, cloud, project):
        TestSync().sync(command, bridge, cloud.url)
        (project / "main.py").write_text(APP.replace('"wait"', '"pause"'))
        done = command("doctor", "--api-url", cloud.url)
        assert "order / wait: was there at the last sync" in done.stdout

    def test_a_url_and_an_app(self, command):
        assert command("doctor", "http://127.0.0.1:9/api/novu", "--app", "main:app").returncode == 2

    def test_a_url_that_is_not_there(self, command):
        done = command("doctor", "http://127.0.0.1:9/api/novu", "--secret-key", "k")
        assert done.returncode == 1
        assert "cannot be reached" in done.stdout


class TestCloud:
    def test_serves_until_it_is_ended(self, project, bridge):
        server = subprocess.Popen(
            [sys.executable, "-m", "novu_framework", "cloud", "--port", "0", "--bridge", bridge],
            cwd=project,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"},
        )
        assert server.stdout is not None
        lines = []
        while not any("time " in line for line in lines):
            line = server.stdout.readline()
            assert line, lines
            lines.append(line)
        server.terminate()
        output, _ = server.communicate(timeout=120)
        text = "".join(lines) + output
        assert "NOVU_API_URL=http://127.0.0.1:" in text
        assert "NOVU_SECRET_KEY=test-secret" in text
        assert "workflows  order" in text
        assert "Traceback" not in text

    @pytest.mark.slow
    def test_what_the_code_of_the_app_raised_is_shown_with_its_traceback(self, project):
        (project / "broken.py").write_text(
            "from fastapi import FastAPI\nfrom novu_framework import workflow\nfrom novu_framework.fastapi import serve\n\n"
            "@workflow('broken')\nasync def broken(step):\n    await step.in_app('bell', lambda: 1 / 0)\n\n"
            "app = FastAPI()\nserve(app, workflows=[broken])\n"
        )
        server = subprocess.Popen(
            [sys.executable, "-m", "novu_framework", "cloud", "--port", "0", "--app", "broken:app"],
            cwd=project, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1", "NOVU_SECRET_KEY": "test-secret"},
        )  # fmt: skip
        assert server.stdout is not None
        url = next(found[0] for line in server.stdout if (found := re.search(r"http://[\d.:]+", line)))
        event = {"name": "broken", "to": "ann", "payload": {}}
        headers = {"authorization": "ApiKey test-secret"}
        assert httpx.post(f"{url}/v1/events/trigger", json=event, headers=headers).status_code == 201
        server.terminate()
        output, _ = server.communicate(timeout=120)
        assert re.search(
            r'Traceback(.*\n)+.*broken\.py", line 7(.*\n)+ZeroDivisionError: division by zero', output
        )

    @pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX is opened")
    def test_keys_move_the_time_and_what_is_shown_keeps_its_line_ends(self, project):
        import pty

        ours, theirs = pty.openpty()
        server = subprocess.Popen(
            [sys.executable, "-m", "novu_framework", "cloud", "--port", "0"],
            cwd=project, stdin=theirs, stdout=theirs, stderr=theirs,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "TERM": "dumb", "COLUMNS": "100"},
        )  # fmt: skip
        os.close(theirs)
        seen = ""

        def until(text: str, times: int = 1) -> None:
            nonlocal seen
            while seen.count(text) < times:
                assert select.select([ours], [], [], 120)[0], seen
                seen += os.read(ours, 4096).decode(errors="replace")

        try:
            until("q quit\r\n")
            os.write(ours, b"d")
            until("\r\nnow ")
            # An arrow is no key of ours, though its letters have one.
            os.write(ours, b"\x1b[D")
            until("q quit\r\n", times=2)
            os.write(ours, b"q")
            assert server.wait(timeout=120) == 0
        finally:
            server.kill()
            server.wait()
            os.close(ours)
        assert seen.count("\r\nnow ") == 1
        assert "\n" not in seen.replace("\r\n", "")

    def test_the_app_of_the_project_unless_a_bridge_is_given(self, command, cloud, monkeypatch):
        served = []
        monkeypatch.setattr("novu_framework.cli.cloud._greet", lambda url, key, novu: served.append(novu))
        monkeypatch.setattr("novu_framework.cli.cloud._until_ended", lambda stopped: None)
        assert command("cloud", "--port", "0").returncode == 0
        assert [workflow.workflow_id for workflow in served[0].workflows] == ["order"]

    @pytest.mark.parametrize(("key", "shown"), [("test-secret", "test-secret"), ("sk-real", "...")])
    def test_the_key_that_somebody_gave_is_not_shown(self, command, monkeypatch, key, shown):
        monkeypatch.setattr("novu_framework.cli.cloud._until_ended", lambda stopped: None)
        done = command("cloud", "--port", "0", "--secret-key", key)
        assert f"NOVU_SECRET_KEY={shown} " in done.stdout
        assert "sk-real" not in done.stdout + done.stderr

    def test_an_origin_that_is_not_one(self, command):
        done = command("cloud", "--port", "0", "--allow-origin", "*")
        assert done.returncode == 2
        assert "'*' is not an origin; write one such as https://app.acme.test." in done.stderr

    def test_a_port_that_is_taken(self, command, cloud):
        port = cloud.url.rpartition(":")[2]
        done = command("cloud", "--port", port)
        assert done.returncode == 1
        assert f"Port {port}" in done.stderr

    def test_a_bridge_that_is_not_there(self, command):
        done = command("cloud", "--port", "0", "--bridge", "http://127.0.0.1:9/api/novu")
        assert done.returncode == 1
        assert "http://127.0.0.1:9/api/novu" in done.stderr


class TestReview:
    def test_nothing_to_review(self, command):
        done = command("review")
        assert done.returncode == 2
        assert "pytest --novu-review" in done.stderr


@walked(
    "url",
    [
        "http://ci:hunter2@127.0.0.1:1/api?token=hunter2",
        "http://ci:hunter2@127.0.0.1:99999/",
        "http://ci:hunter2@[::1",
        "ci:hunter2@x",
    ],
)
@walked(
    "arguments",
    [
        ["doctor"],
        ["doctor", "--json"],
        ["sync", "--api-url", "http://127.0.0.1:1"],
        ["cloud", "--port", "0", "--bridge"],
    ],
)
def test_the_password_of_a_bridge_is_not_printed(
    command: Command, monkeypatch: pytest.MonkeyPatch, arguments: list[str], url: str
) -> None:
    monkeypatch.setenv("NOVU_SECRET_KEY", "test-secret-1")
    monkeypatch.setenv("NOVU_BRIDGE_URL", url)
    done = command(*arguments, *([] if arguments[0] == "sync" else [url]))
    assert done.returncode != 0
    assert "hunter2" not in done.stdout + done.stderr
