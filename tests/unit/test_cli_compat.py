"""`novu-framework compat`: against a revision of git, a discovery file and a recording, for people, programs and CI."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework.cli.app import run as cli_run
from novu_framework_testing.review import ReviewStore
from tests.processes import can_fork, module

APP = """
from novu_framework import Client, workflow
from novu_framework.fastapi import serve
from fastapi import FastAPI
from pydantic import BaseModel
from words import GREETING

class Payload(BaseModel):
    name: str

@workflow("welcome", payload_schema=Payload)
async def welcome(payload, step):
    await step.in_app("bell", lambda: {"body": f"{GREETING}, {payload.name}"})
    await step.delay("wait", {"amount": 1, "unit": "days"})
    await step.email("tips", {"subject": "Tips", "body": "<p>Read the docs</p>"})

app = FastAPI()
serve(app, workflows=[welcome], client=Client(secret_key="test-secret"))
"""
Command = Callable[..., tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder of a repository, whose first commit is deployed."""
    folder = tmp_path / "service"
    folder.mkdir()
    (folder / "pyproject.toml").write_text('[tool.novu]\napp = "main:app"\n', encoding="utf-8")
    (folder / "main.py").write_text(APP, encoding="utf-8")
    (folder / "words.py").write_text('GREETING = "Hello"\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    return folder


def commit(folder: Path) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false")
    for command in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "First")):
        subprocess.run(["git", *command], cwd=folder.parent, check=True, capture_output=True)


def change(folder: Path, old: str, new: str, file: str = "main.py") -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a version start as a fork, without the time that imports take."""
    if can_fork():
        monkeypatch.setattr(
            "novu_framework_testing.compat.processes.subprocess", SimpleNamespace(PIPE=None, Popen=module)
        )


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    def run(*arguments: str) -> tuple[int, str]:
        capsys.readouterr()
        status = cli_run(["compat", *arguments])
        written = capsys.readouterr()
        return status, written.out + written.err

    return run


def test_a_branch_is_held_against_a_revision(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit(project)
    before = subprocess.run(
        ["git", "status", "--porcelain"], cwd=project, capture_output=True, check=True
    ).stdout
    change(project, '"tips", {"subject"', '"advice", {"subject"')
    change(project, "Hello", "Good day", file="words.py")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    status, said = command("HEAD")
    assert status == 1
    assert "✗ welcome/tips (main.py:11): every open run that has not come past `tips` fails" in said
    assert "because the step `tips` (email) was removed or renamed: there is `advice` now" in said
    assert (
        "~ welcome/bell (main.py:13): the message gives another `body`" in said
    )  # two versions of one module
    assert "1 message to look at" in said
    assert "::error file=service/main.py,line=11,title=Breaks open runs%3A welcome/tips::" in said
    assert "::warning file=service/main.py,line=13,title=" in said
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("## Deployment: 1 break, 1 change\n")
    assert "- `welcome/tips`: " in summary
    assert before == b""


@pytest.mark.slow
def test_what_changes_waits_for_a_review_and_what_is_accepted_stays_so(
    project: Path, command: Command
) -> None:
    commit(project)
    change(project, "Hello", "Good day", file="words.py")
    status, said = command("HEAD", "--json")
    data = json.loads(said)
    assert (status, data["ok"], data["toReview"]) == (0, True, 1)
    store = ReviewStore(project)
    ((test, found),) = store.pending()
    assert (test.test, found.kind, found.step, found.workflow) == (
        "deployment of welcome",
        "changed",
        "bell",
        "welcome",
    )
    assert "Hello" in found.gist
    assert "Good day" in found.gist
    store.decide("accept", [(found.id, found.revision)])
    assert json.loads(command("HEAD", "--json")[1])["toReview"] == 0
    assert store.pending() == []


@pytest.fixture
def discovery(project: Path) -> Path:
    """The file of what is deployed, as `list --json` writes it."""
    deployed: dict[str, Any] = {}
    exec(APP.replace("from words import GREETING", "GREETING = 'Hello'"), deployed)
    path = project / "deployed.json"
    path.write_text(json.dumps({"workflows": [deployed["welcome"].discover()]}), encoding="utf-8")
    return path


@pytest.mark.usefixtures("forks")
@pytest.mark.slow
def test_definitions_alone_say_what_is_refused_and_what_is_lost(
    project: Path, command: Command, discovery: Path
) -> None:
    change(project, "    name: str\n", "    name: str\n    city: str\n")
    status, said = command(discovery.name, "--no-review")
    assert status == 1
    assert "✗ welcome/bell, wait, tips (main.py:14)" in said
    assert "(ExecutionEventPayloadInvalidError: / must have required property 'city')" in said


@pytest.mark.parametrize(
    ("base", "content", "said"),
    [
        ("nothing", None, "There is no file and no revision `nothing` here."),
        ("--no-such", None, "No such option"),
        ("file.json", "{", "file.json cannot be read"),
        ("file.json", "[]", "file.json is neither a discovery nor a recording."),
        ("file.json", '{"format": 7, "exchanges": []}', "is not a recording of format 1"),
    ],
)
def test_what_is_no_version_is_said(
    project: Path, command: Command, base: str, content: str | None, said: str
) -> None:
    commit(project)
    if content is not None:
        (project / "file.json").write_text(content, encoding="utf-8")
    status, written = command(base)
    assert status == 2
    assert said in " ".join(written.split())


@pytest.mark.usefixtures("forks")
def test_an_app_that_cannot_be_imported_is_said(project: Path, command: Command, discovery: Path) -> None:
    change(project, "GREETING =", "GREETINGS =", file="words.py")
    status, said = command(discovery.name)
    assert status == 2
    assert "`main` could not be imported: ImportError" in said


BEFORE_THE_FIRST_WORKFLOW = {
    "an app that serves none": {"main.py": "from fastapi import FastAPI\napp = FastAPI()\n"},
    "a package without the app": {"words.py": 'GREETING = "Hello"\n'},
    "a folder that is called as a module is": {"notes.py/README.md": "About notes"},
    "nothing of it": {},
}


@pytest.mark.usefixtures("forks")
@pytest.mark.parametrize("files", BEFORE_THE_FIRST_WORKFLOW.values(), ids=BEFORE_THE_FIRST_WORKFLOW)
def test_over_a_revision_before_the_first_workflow_nothing_breaks(
    project: Path, command: Command, files: dict[str, str]
) -> None:
    later = {path: path.read_bytes() for path in project.iterdir()}
    for path in later:
        path.unlink()
    (project / "README.md").write_text("About novu_framework", encoding="utf-8")
    (project.parent / "other.py").write_text("import novu_framework", encoding="utf-8")  # of another service
    for name, text in files.items():
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    commit(project)
    for path, content in later.items():
        path.write_bytes(content)
    status, said = command("HEAD")
    assert status == 0, said
    assert "which serves no workflows: nothing changed" in said


@pytest.mark.usefixtures("forks")
def test_an_app_of_a_revision_that_is_elsewhere_or_broken_is_said_to_be_of_it(
    project: Path, command: Command
) -> None:
    (project / "main.py").rename(project / "bridge.py")
    commit(project)
    (project / "bridge.py").rename(project / "main.py")
    status, said = command("HEAD")
    assert status == 2
    assert "At HEAD (" in said
    assert "There is no module `main`" in said


@pytest.mark.usefixtures("forks")
def test_a_commit_is_called_by_nine_digits_however_many_are_given(project: Path, command: Command) -> None:
    commit(project)
    git = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=project, capture_output=True, check=True, text=True
    )
    sha = git.stdout.strip()
    for given in (sha, sha[:12]):
        assert re.search(rf"deployed over {sha[:9]}\b", command(given, "--no-review")[1])


def test_a_machine_without_git_is_told_so(
    project: Path, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit(project)
    monkeypatch.setenv("PATH", str(tmp_path))
    status, said = command("HEAD")
    assert status == 2
    assert "git cannot be run: " in said
