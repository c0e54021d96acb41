"""The command where the terminal, or the pipe, does not take every letter, and what a shell completes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from novu_framework.cli import app as cli
from novu_framework.cli.options import step_ids, workflow_ids
from tests.tables import one_in

APP = """
from novu_framework import Step, workflow

def price(payload):
    return payload["price"] * 2

@workflow("grüße-📦", name="Försändelse 📦 ≥ 5 €", description="已发货", tags=["→"])
async def shipped(payload: dict, step: Step) -> None:
    await step.in_app("inbox", lambda: {"body": "→ 已发货 📦"})
    await step.email("email", lambda: {"subject": "≥", "body": price(payload)})

app = [shipped]
"""

COMMANDS: dict[str, list[str]] = {
    "list": ["list"],
    "list, as JSON": ["list", "--json"],
    "preview": ["preview", "grüße-📦", "inbox"],
    "preview of what fails": ["preview", "grüße-📦", "--payload", '{"price": null}'],
    "simulate": ["simulate", "grüße-📦", "--to", "ann", "--until-idle"],
    "simulate, as JSON": ["simulate", "grüße-📦", "--to", "ann", "--json"],
    "gallery": ["gallery", "--output", "gallery.html"],
    "gallery, as JSON": ["gallery", "--json"],
    "doctor": ["doctor"],
    "check": ["check"],
    "sync": ["sync", "--bridge-url", "http://127.0.0.1:9/→", "--secret-key", "test-secret"],
    "compat": ["compat", "→"],
    "cloud": ["cloud", "--app", "main:→"],
    "review": ["review", "--no-open", "--terminal"],
    "review list": ["review", "list", "--workflow", "→"],
    "an unknown option": ["list", "--→"],
    "help": ["simulate", "--help"],
}


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "main.py").write_text(APP, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.novu]\napp = "main"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path.copy())
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delitem(sys.modules, "main", raising=False)


def run(monkeypatch: pytest.MonkeyPatch, encoding: str, arguments: list[str]) -> str:
    """Run the command into pipes of an encoding, and return all that it wrote."""
    pipe = io.BytesIO()
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, io.TextIOWrapper(pipe, encoding=encoding, write_through=True))
    cli.run(arguments)
    return pipe.getvalue().decode(encoding, "replace")


@pytest.mark.parametrize("encoding", one_in(2, ["ascii", "cp1252"]))
@pytest.mark.parametrize("arguments", COMMANDS.values(), ids=COMMANDS)
def test_no_letter_is_too_much_for_a_terminal(
    monkeypatch: pytest.MonkeyPatch, encoding: str, arguments: list[str]
) -> None:
    written = run(monkeypatch, encoding, arguments)
    assert written
    assert "Traceback" not in written


def test_every_subcommand_is_tried() -> None:
    names = {command.name for command in cli.app.registered_commands} | {"review"}
    assert names == {arguments[0] for arguments in COMMANDS.values()}


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_json_keeps_every_letter_and_writes_times_as_the_protocol_does(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    arguments = ["simulate", "grüße-📦", "--to", "ann", "--start", "2026-01-01T09:00:00", "--json"]
    answer = json.loads(run(monkeypatch, encoding, arguments))
    inbox, email = answer["runs"][0]["steps"]
    assert inbox["outputs"] == {"body": "→ 已发货 📦"}
    assert (answer["now"], answer["runs"][0]["messages"][0]["sentAt"]) == ("2026-01-01T09:00:00.000Z",) * 2
    assert email["errorCode"] == "StepExecutionFailedError"


@pytest.mark.parametrize("arguments", [COMMANDS["preview of what fails"], COMMANDS["simulate"]])
def test_what_a_resolver_raised_is_shown_with_its_class_and_place(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    written = run(monkeypatch, "utf-8", arguments)
    assert "TypeError: " in written or "KeyError: 'price'" in written
    assert "at price (main.py:5)" in written


def test_a_shell_completes_the_ids_of_workflows_and_their_steps() -> None:
    context = typer.Context(typer.main.get_command(cli.app))
    context.params = {"app": None, "workflow": "grüße-📦"}
    assert workflow_ids(context, "") == workflow_ids(context, "grü") == ["grüße-📦"]
    assert workflow_ids(context, "x") == []
    assert step_ids(context, "e") == ["email"]
    context.params = {"app": "nowhere:app", "workflow": "grüße-📦"}
    assert (workflow_ids(context, ""), step_ids(context, "")) == ([], [])


TESTS = """
def test_it(novu, novu_explore):
    run = novu.trigger("grüße-📦", "ann", {"price": "→"}).run
    assert run.messages == ["已发货"]

def test_orders(novu_explore):
    def never(novu):
        raise RuntimeError("已发货 📦")
    novu_explore(invariants=[never], orders=2)
"""


@pytest.mark.parametrize(
    "command",
    [
        ["novu_framework", "list"],
        pytest.param(
            ["pytest", "-q", "--novu-coverage", "--novu-review", "-p", "no:cacheprovider"],
            marks=pytest.mark.slow,
        ),
    ],
    ids=["the command", "pytest, with a timeline, coverage, a story and a review"],
)
def test_a_process_whose_environment_says_the_encoding(command: list[str]) -> None:
    Path("test_them.py").write_text(TESTS, encoding="utf-8")
    with Path("pyproject.toml").open("a") as settings:
        settings.write('[tool.pytest.ini_options]\nnovu_app = "main:app"\n')
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "NOVU_SECRET_KEY": "test-secret"}
    done = subprocess.run([sys.executable, "-m", *command], env=environment, capture_output=True)
    written = (done.stdout + done.stderr).decode("cp1252", "replace")
    assert ("2 failed" if command[0] == "pytest" else "grüße-?") in written
    assert "UnicodeEncodeError" not in written
    assert "INTERNALERROR" not in written
    assert done.returncode == (1 if command[0] == "pytest" else 0)
