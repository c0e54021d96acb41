"""The versions that are compared: files, recordings, revisions of git, and the code in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework.recording import SWITCH
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.compat import CodeVersion, VersionProblem, compat
from novu_framework_testing.compat.processes import VersionProcess
from novu_framework_testing.compat.revisions import Revision, revision_of
from novu_framework_testing.compat.sources import new_version, old_version, version_of_file


@workflow("hello")
async def hello(step: Step) -> None:
    await step.in_app("bell", lambda: {"body": "Hello"})


DISCOVERED = hello.discover()


def written(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


async def old_of(base: Any, root: Path, *apps: str, **options: Any) -> CodeVersion:
    async with old_version(base, root, *apps, **options) as version:
        return version


async def new_of(app: Any, root: Path, **options: Any) -> CodeVersion:
    async with new_version(app, root, **options) as version:
        return version


# --- files ---------------------------------------------------------------------------------------------


def exchange(action: str, body: Any = None, answer: Any = None, status: int = 200, **query: str) -> Any:
    request: dict[str, Any] = {
        "method": "POST",
        "query": [["action", action], *map(list, query.items())],
        "headers": {},
    }
    if body is not None:
        request["body"] = body
    return {"name": "one", "request": request, "response": {"status": status, "headers": {}, "body": answer}}


def recording(*exchanges: Any) -> dict[str, Any]:
    bridge = {"secretKey": "k", "strictAuthentication": True, "workflows": ["hello"]}
    return {
        "format": 1,
        "name": "production",
        "about": "",
        "recordedWith": {},
        "bridge": bridge,
        "headers": {},
        "exchanges": list(exchanges),
    }


DISCOVERY = exchange("discover", answer={"workflows": [DISCOVERED]})
ANSWER = {"outputs": {"body": "Hello"}, "providers": {}, "options": {"skip": False}}


def test_a_discovery_is_called_as_its_file_is(tmp_path: Path) -> None:
    version = version_of_file(written(tmp_path / "deployed.json", {"workflows": [DISCOVERED]}))
    assert version == CodeVersion("deployed.json", {"hello": DISCOVERED})


def test_a_recording_has_its_workflows_and_the_answers_that_were_right(tmp_path: Path) -> None:
    asked: dict[str, Any] = {"workflowId": "hello", "stepId": "bell"}
    event = {"payload": {"n": 1}}
    version = version_of_file(
        written(
            tmp_path / "file.json",
            recording(
                exchange("discover", answer={"message": "no"}, status=401),
                DISCOVERY,
                exchange("discover", answer={"workflows": [{**DISCOVERED, "workflowId": "bye"}]}),
                exchange("health-check", event, ANSWER, **asked),
                exchange("execute", event, ANSWER, **asked),
                exchange("execute", None, ANSWER, **asked),
                exchange("execute", event, ANSWER, 500, **asked),
                exchange("execute", event, {"outputs": 7}, **asked),
                exchange("execute", event, ANSWER, workflowId="hello"),
                exchange("execute", event, ANSWER, stepId="bell"),
            ),
        )
    )
    assert (version.name, list(version.workflows)) == ("production", ["hello", "bye"])
    (answer,) = version.answers
    assert (answer.workflow_id, answer.step_id, answer.event) == ("hello", "bell", event)
    assert answer.answer.outputs == {"body": "Hello"}


@pytest.mark.parametrize(
    ("content", "said", "hint"),
    [
        ("{", "file.json cannot be read: ", ""),
        (b"\xff", "file.json cannot be read: ", ""),
        ("7", "file.json is neither a discovery nor a recording.", "`novu-framework list --json`"),
        ('{"workflows": {}}', "file.json is neither a discovery nor a recording.", "a recording is what"),
        (json.dumps({**recording(), "format": 2}), "is not a recording: ", ""),
        ('{"format": 1, "exchanges": []}', "file.json is not a recording: 'headers'", ""),
        (json.dumps({**recording(), "exchanges": 7}), "file.json is not a recording: ", ""),
        (
            json.dumps(recording(exchange("discover", answer={}, status=401))),
            "The recording production has no discovery of workflows.",
            "`BridgeRecorder` finds the workflows",
        ),
    ],
)
def test_a_file_that_is_no_version_says_why(
    tmp_path: Path, content: str | bytes, said: str, hint: str
) -> None:
    path = tmp_path / "file.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(VersionProblem) as caught:
        version_of_file(path)
    assert said in str(caught.value)
    assert hint in caught.value.hint
    assert bool(hint) == bool(caught.value.hint)


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(VersionProblem, match="cannot be read: "):
        version_of_file(tmp_path)


# --- what is in this process ---------------------------------------------------------------------------


class Bridge:
    """A bridge of one's own, which tells what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def discover(self) -> list[dict[str, Any]]:
        self.asked.append("discover")
        return [DISCOVERED]

    async def execute(self, workflow_id: str, step_id: str, event: Any, *, job_id: str) -> Any:
        raise AssertionError

    def location(self, workflow_id: str, step_id: str) -> str | None:
        return None

    async def aclose(self) -> None:
        self.asked.append("close")


async def test_what_is_in_this_process_is_asked_for_its_workflows_and_closed(tmp_path: Path) -> None:
    bridge = Bridge()
    old = await old_of(bridge, tmp_path, secret_key="k")
    assert (old.name, dict(old.workflows), old.bridge) == ("the old version", {"hello": DISCOVERED}, bridge)
    assert bridge.asked == ["discover", "close"]
    new = await new_of(bridge, tmp_path, secret_key="k")
    assert (new.name, dict(new.workflows)) == ("the new version", {"hello": DISCOVERED})


async def test_how_it_is_connected_to_may_be_said(tmp_path: Path) -> None:
    for given in (old_of, new_of):
        with pytest.raises(TypeError, match="no_such"):
            await given([hello], tmp_path, secret_key="k", no_such=1)


def test_a_file_is_looked_for_in_the_folder_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "deployed.json", {"workflows": [DISCOVERED]})
    for base in ("deployed.json", Path("deployed.json"), tmp_path / "deployed.json"):
        assert compat(base, hello, root=tmp_path).old == "deployed.json"
    monkeypatch.chdir(tmp_path)
    report = compat("deployed.json", hello)
    assert (report.ok, report.new) == (True, "the new version")


# --- the code in a process of its own --------------------------------------------------------------------

needs_sh = pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell stands for Python")


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets a script of the shell be the Python of a version."""

    def be(script: str) -> None:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(path))

    return be


TELL = (
    f'printf \'{{"problem": "%s|%s|%s|%s|%s", "hint": "Do."}}\\n\' "$*" "$PYTHONPATH" "$PYTHONDONTWRITEBYTECODE" "${SWITCH}" '
    '"$(pwd -P)"'
)
READY = """echo '{"ready": "main:app"}'; read line; """


def problem_of(*arguments: Any, **options: Any) -> VersionProblem:
    with pytest.raises(VersionProblem) as caught, VersionProcess(*arguments, **options):
        pass
    return caught.value


@needs_sh
@pytest.mark.parametrize(
    ("options", "inherited", "apps", "path"),
    [
        ({}, "", " ", ""),
        ({}, "/lib", " ", "/lib"),
        ({"app": "main:app"}, "", "main:app ", ""),
        ({"default": "usual:app", "first": [Path("/a"), Path("/b")]}, "", " usual:app", "/a:/b"),
        ({"first": [Path("/a")]}, "/lib", " ", "/a:/lib"),
    ],
)
def test_a_version_is_started_in_its_folder_with_its_modules_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    python: Callable[[str], None],
    options: Any,
    inherited: str,
    apps: str,
    path: str,
) -> None:
    python(TELL)
    monkeypatch.setenv("PYTHONPATH", inherited)
    problem = problem_of(tmp_path, **options)
    assert str(problem).split("|") == [
        f"-m novu_framework.cli.served {apps}", path, "1", "0", str(tmp_path.resolve())
    ]  # fmt: skip
    assert problem.hint == "Do."


@needs_sh
@pytest.mark.parametrize(
    ("script", "said", "hint"),
    [
        ("true", "The process of the app ended: it said nothing", ""),
        ("echo ' no\n memory \n' >&2", "The process of the app ended:  memory", "no\n memory"),
        (
            "for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do echo $n; done >&2; printf '\\377' >&2",
            "The process of the app ended: \ufffd",
            "\n".join([*map(str, range(4, 18)), "\ufffd"]),
        ),
        ("""echo '{"problem": "No app."}'""", "No app.", ""),
    ],
)
@pytest.mark.parametrize("name", ["", "HEAD (1234)"])
def test_a_version_that_does_not_start_says_what_its_process_said(
    tmp_path: Path, python: Callable[[str], None], script: str, said: str, hint: str, name: str
) -> None:
    python(script)
    problem = problem_of(tmp_path, name=name)
    assert str(problem) == (f"At {name}: {said}" if name else said)
    assert problem.hint == hint


@needs_sh
async def test_a_version_that_ends_meanwhile_says_so(tmp_path: Path, python: Callable[[str], None]) -> None:
    python("echo '{\"ready\": 1}'; exec <&-; echo 'killed' >&2")
    with VersionProcess(tmp_path) as version:
        version._process.wait()
        for _ in range(2):
            with pytest.raises(VersionProblem, match="The process of the app ended: killed"):
                await version.discover()


@needs_sh
async def test_a_version_answers_line_by_line_and_knows_where_steps_are(
    tmp_path: Path, python: Callable[[str], None]
) -> None:
    locations = '{"hello/": "main.py:3", "hello/bell": "main.py:5", "hello/text": null}'
    failure = '{"message": "no", "status": 400, "code": "E", "data": [1], "timed_out": true}'
    answers = (
        f'{{"workflows": [{{"workflowId": "hello"}}], "locations": {locations}}}',
        '{"outputs": {"body": "\\u00e9"}, "providers": {"p": 1}, "skip": true}',
        f'{{"failure": {failure}}}',
    )
    (tmp_path / "answers").write_text("".join(f"{one}\n" for one in answers), encoding="utf-8")
    python(
        """echo '{"ready": 1}'; n=0
        while read -r line; do echo "$line" >> asked; n=$((n+1)); sed -n "${n}p" answers; done; echo ended >> asked"""
    )
    with VersionProcess(tmp_path) as version:
        assert version.location("hello", "bell") is None
        found = await CodeVersion.of("it", version)
        assert (found.name, found.workflows, found.bridge) == (
            "it", {"hello": {"workflowId": "hello"}}, version
        )  # fmt: skip
        steps = (("hello", "bell"), ("hello", "text"), ("hello", "more"), ("bye", "bell"))
        assert [version.location(*one) for one in steps] == ["main.py:5", "main.py:3", "main.py:3", None]
        answer = await version.execute("hello", "bell", {"payload": {}}, job_id="7")
        assert answer[:3] == ({"body": "é"}, {"p": 1}, True)
        with pytest.raises(BridgeFailure) as caught:
            await version.execute("hello", "bell", {}, job_id="8")
    failed = caught.value
    assert (failed.message, failed.status, failed.code, failed.data, failed.timed_out) == (
        "no", 400, "E", [1], True
    )  # fmt: skip
    *asked, last = (tmp_path / "asked").read_text().splitlines()
    assert [json.loads(line) for line in asked] == [
        {"ask": "discover"},
        {
            "ask": "execute",
            "event": {"workflow_id": "hello", "step_id": "bell", "event": {"payload": {}}, "job_id": "7"},
        },
        {
            "ask": "execute",
            "event": {"workflow_id": "hello", "step_id": "bell", "event": {}, "job_id": "8"},
        },
    ]
    assert last == "ended"


@needs_sh
@pytest.mark.parametrize(("app", "named"), [(None, " "), ("", " "), ("main:app", "main:app ")])
async def test_the_working_tree_is_asked_for_the_app_that_a_text_names(
    tmp_path: Path, python: Callable[[str], None], app: str | None, named: str
) -> None:
    python(TELL)
    with pytest.raises(VersionProblem) as caught:
        await new_of(app, tmp_path, secret_key="k")
    assert str(caught.value).startswith(f"-m novu_framework.cli.served {named}|")
    python(f"""{READY} echo '{{"workflows": [], "locations": {{}}}}'""")
    assert (await new_of(app, tmp_path, secret_key="k")).name == "the working tree"


# --- revisions -------------------------------------------------------------------------------------------

WHO = ("-c", "user.name=Ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *WHO, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.strip()


def committed(folder: Path, files: Mapping[str, str]) -> str:
    """A repository with one commit, a branch `main` of it; the commit's name."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "First")
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


def test_a_revision_is_in_a_folder_of_its_own_while_it_is_looked_at(
    repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    files = {"service/main.py": "import novu_framework", "service/src/a.py": "", "lib/b.py": ""}
    commit = committed(repository, files)
    root = repository / "service"
    (root / "main.py").write_text("changed", encoding="utf-8")
    (repository / "later").mkdir()
    git(repository, "add", "service/main.py")
    places = [root / "src", repository / "lib", repository / "later", tmp_path, repository / "lib/b.py"]
    monkeypatch.setattr(sys, "path", list(map(str, places)))
    status = git(repository, "status", "--porcelain")
    with revision_of(root, "main") as revision:
        tree = revision.folder.parent
        assert revision.name == f"main ({commit[:9]})"
        assert revision.first == [tree / "service/src", tree / "lib"]
        assert (revision.folder / "main.py").read_text() == "import novu_framework"
        assert not tree.is_relative_to(repository.resolve())
        assert tree.parent.name.startswith("novu-compat-")
    assert not tree.parent.exists()
    assert git(repository, "status", "--porcelain") == status
    for given in (commit, commit[:7]):
        with revision_of(root, given) as revision:
            assert revision.name == commit[:9]


@pytest.mark.parametrize(
    ("revision", "said", "hint"),
    [
        ("--all", "`--all` is not a git revision.", ""),
        ("gone", "There is no file and no revision `gone` here.", "fetch-depth: 0"),
        ("main:service", "There is no file and no revision `main:service` here.", "one commit"),
    ],
)
def test_what_is_no_revision_is_said(repository: Path, revision: str, said: str, hint: str) -> None:
    committed(repository, {"service/main.py": ""})
    with pytest.raises(VersionProblem) as caught, revision_of(repository, revision):
        pass
    assert str(caught.value) == said
    assert hint in caught.value.hint


def test_outside_of_a_repository_git_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with (
        pytest.raises(VersionProblem, match=r"^git rev-parse: .*not a git repository"),
        revision_of(tmp_path, "main"),
    ):
        pass


def test_without_git_no_revision_can_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(VersionProblem, match="git cannot be run: "), revision_of(tmp_path, "main"):
        pass


@pytest.mark.parametrize(
    ("files", "mentions"),
    [
        ({"service/deep/main.py": "from novu_framework import workflow"}, True),
        ({"lib/main.py": "from novu_framework import workflow"}, True),
        ({"service/main.py": "import other", "service/README.md": "novu_framework"}, False),
        ({"service/main.py/notes.txt": "novu_framework"}, False),
        ({}, False),
    ],
)
def test_a_revision_serves_workflows_if_python_files_of_it_say_so(
    tmp_path: Path, files: dict[str, str], mentions: bool
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    revision = Revision("main", tmp_path / "service", [tmp_path / "lib"])
    assert revision.mentions_novu is mentions


async def test_before_the_first_workflow_no_run_can_be_open(repository: Path) -> None:
    commit = committed(repository, {"service/main.py": "import flask"})
    version = await old_of("main", repository / "service", secret_key="k")
    assert version == CodeVersion(f"main ({commit[:9]}), which serves no workflows", {})


@needs_sh
async def test_a_revision_is_served_from_its_own_folder_with_the_app_that_is_named(
    repository: Path, monkeypatch: pytest.MonkeyPatch, python: Callable[[str], None]
) -> None:
    commit = committed(repository, {"service/main.py": "import novu_framework", "lib/a.py": ""})
    monkeypatch.setattr(sys, "path", [str(repository / "lib")])
    monkeypatch.delenv("PYTHONPATH", raising=False)
    python(TELL)
    with pytest.raises(VersionProblem) as caught:
        await old_of("main", repository / "service", "its:app", default="usual:app", secret_key="k")
    start, path, _, _, folder = str(caught.value).split("|")
    assert start == f"At main ({commit[:9]}): -m novu_framework.cli.served its:app usual:app"
    assert path == str(Path(folder).parent / "lib")
    assert folder.endswith("/service")
    python(f"""{READY} echo '{{"workflows": [{{"workflowId": "w"}}], "locations": {{}}}}'""")
    version = await old_of("main", repository / "service", secret_key="k")
    assert (version.name, list(version.workflows)) == (f"main ({commit[:9]})", ["w"])


async def test_a_project_that_is_not_there_yet_at_a_revision_is_said(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    committed(repository, {"lib/main.py": "import novu_framework"})
    monkeypatch.setattr(sys, "path", [str(repository / "lib")])
    (repository / "service").mkdir()
    with pytest.raises(VersionProblem, match="At `main` there is no `service` yet"):
        await old_of("main", repository / "service", secret_key="k")
