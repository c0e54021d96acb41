"""How the command finds the project, its app and its review, and how it starts."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import novu_framework.cli
import novu_framework.cli.app
from novu_framework import Client, Step, Workflow, workflow
from novu_framework._internal.redaction import redaction
from novu_framework.bridge import RequestHandler
from novu_framework.cli.problems import Problem
from novu_framework.cli.project import App, Project
from novu_framework.cli.review import review
from novu_framework.errors import install_command
from novu_framework_testing import review as reviewing
from tests.tables import one_in, walked


@workflow("order")
async def order(step: Step) -> None:
    await step.sms("text", {"body": "x"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working directory, whose modules are forgotten afterwards."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    modules = set(sys.modules)
    yield tmp_path
    for name in sys.modules.keys() - modules:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(tmp_path)):
            del sys.modules[name]


class Missing(importlib.abc.MetaPathFinder):
    """Fails the import of the command as one of something that is not installed does."""

    def __init__(self, name: str) -> None:
        self.name = name

    def find_spec(
        self, fullname: str, path: Any, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname == "novu_framework.cli.app":
            raise ModuleNotFoundError(f"No module named {self.name!r}", name=self.name)
        return None


@pytest.mark.parametrize("name", ["typer", "rich", "click", "other"])
def test_without_its_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.delitem(sys.modules, "novu_framework.cli.app", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(name), *sys.meta_path])
    with pytest.raises(ModuleNotFoundError if name == "other" else SystemExit) as raised:
        novu_framework.cli.main()
    said = "" if name == "other" else f"The command needs `{name}`: {install_command('cli')}\n"
    assert capsys.readouterr() == ("", said)
    assert getattr(raised.value, "code", 2) == 2


def test_the_command_ends_with_the_status_of_what_it_ran(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("novu_framework.cli.app.run", lambda: 1)
    with pytest.raises(SystemExit) as ended:
        novu_framework.cli.main()
    assert ended.value.code == 1


# --- the project ---


def test_the_project_is_the_nearest_folder_that_names_an_app_else_the_nearest(folder: Path) -> None:
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    assert Project.here(inner) == Project(inner, {})
    for where, text in ((folder / "a", "[tool.other]\n"), (folder, "[project]\nname = 'x'\n")):
        (where / "pyproject.toml").write_text(text)
    assert Project.here(inner) == Project(folder / "a", {})
    (folder / "pyproject.toml").write_text("[tool.novu]\napp = 'm'\n")
    assert Project.here(inner) == Project.here() == Project(folder, {"app": "m"})
    (folder / "a" / "pyproject.toml").write_text("[tool\n")
    with pytest.raises(Problem, match="cannot be read"):
        Project.here(inner)


def test_folders_of_the_project_come_first_on_the_path_and_once(folder: Path) -> None:
    (folder / "root" / "src").mkdir(parents=True)
    (folder / "root" / "src" / "served_here.py").write_text("app = 1\n")
    first = [str(folder), str(folder / "root"), str(folder / "root" / "src")]
    others = [one for one in sys.path if one not in first]
    sys.path[:] = [*others, *first[::-1]]
    for _ in range(2):
        assert Project(folder / "root", {}).app("served_here").value == 1
        assert sys.path == [*first, *others]


@pytest.mark.parametrize("where", ["", "root", "root/src"])
def test_modules_are_looked_for_here_in_the_project_and_in_its_src(folder: Path, where: str) -> None:
    (folder / "root" / "src").mkdir(parents=True)
    for number, one in enumerate(("root/src", "root", "")):
        (folder / one / "served_here.py").write_text(f"app = {number}\nclass inner:\n    app = 7\n")
        if one == where:
            break
    project = Project(folder / "root", {"route": "/there"})
    app = project.app("served_here")
    assert (app.name, app.value, app.route) == (
        "served_here",
        ["root/src", "root", ""].index(where),
        "/there",
    )
    assert Project(folder, {}).app("served_here:inner.app").value == 7
    assert Project(folder, {"app": "served_here"}).app(None).route is None


@pytest.mark.parametrize(
    ("name", "what", "hint"),
    [
        (None, "No app to look at", "--app module:attribute"),
        ("absent_one:app", "no module `absent_one`", "Looked in "),
        ("wrong_one.deep:app", "no module `wrong_one.deep`", "Looked in "),
        ("wrong_one:nope", "`wrong_one` has no attribute `nope`", "It has: shop, total, f."),
        ("wrong_one", "`wrong_one` has no attribute `app`", "It has: shop, total, f."),
        ("empty_one:x", "`empty_one` has no attribute `x`", ""),
        (
            "failing_one:x",
            "`failing_one` could not be imported: KeyError: 'left'",
            "failing_one.py:2: {}['left']",
        ),
        (
            "lacking_one:x",
            "`lacking_one` could not be imported: ModuleNotFoundError",
            "lacking_one.py:1: import not_there",
        ),
    ],
)
def test_an_app_that_cannot_be_imported_says_why_and_where(
    folder: Path, name: str | None, what: str, hint: str
) -> None:
    (folder / "wrong_one.py").write_text(
        "import os\n_hidden = shop = total = 1\nclass A: ...\ndef f(): ...\n"
    )
    (folder / "empty_one.py").write_text("_hidden = 1\n")
    (folder / "failing_one.py").write_text("\n{}['left']\n")
    (folder / "lacking_one.py").write_text("import not_there\n")
    with pytest.raises(Problem) as raised:
        Project(folder, {}).app(name)
    assert what in str(raised.value)
    assert hint in (raised.value.hint or "")
    assert hint or not raised.value.hint


@pytest.mark.parametrize("given", [None, "NOVU_SECRET_KEY", "NOVU_API_KEY"])
def test_an_app_is_imported_with_a_key_for_that_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    for name in ("NOVU_SECRET_KEY", "NOVU_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    if given:
        monkeypatch.setenv(given, "mine")
    (folder / "keyed.py").write_text("import os\napp = os.environ.get('NOVU_SECRET_KEY')\n")
    seen = Project(folder, {}).app("keyed").value
    assert (seen == "mine", bool(seen)) == (given == "NOVU_SECRET_KEY", given != "NOVU_API_KEY")
    assert os.environ.get("NOVU_SECRET_KEY") == ("mine" if given == "NOVU_SECRET_KEY" else None)


QUOTING = """
import os
from novu_framework import Step, workflow
from novu_framework.errors import NovuError
KEY, kind = "nv-s3cret/+key", os.environ["KIND"]
def fail():
    try:
        raise KeyError(KEY)
    except KeyError as cause:
        raise {"own": NovuError, "other": RuntimeError}[os.environ["RAISED"]](f"cannot connect with {KEY!r}") from cause
if kind == "import":
    fail()
def factory():
    fail()
@workflow("w")
async def w(payload: dict, step: Step):
    if kind == "body":
        fail()
    await step.sms("s", fail if kind == "step" else {"body": "Hi"})
app = [w]
"""
LOOKS: dict[str, tuple[str, ...]] = {
    "list": (),
    "check": (),
    "preview": ("w",),
    "simulate": ("w", "--to", "ann"),
    "gallery": ("-o", "g.html"),
    "doctor": (),
    "doctor as JSON": ("--json",),
    "sync": ("--bridge-url", "http://127.0.0.1:1", "--api-url", "http://127.0.0.1:1"),
}


@pytest.mark.parametrize(
    ("variable", "raised"),
    one_in(
        3, [("NOVU_SECRET_KEY", "other"), ("NOVU_API_KEY", "own"), ("NOVU_PREVIOUS_SECRET_KEYS", "other")]
    ),
)
@pytest.mark.parametrize("kind", ["import", "factory", "body", "step"])
@pytest.mark.parametrize("look", LOOKS)
def test_no_command_prints_the_key_that_an_app_quotes(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    look: str,
    kind: str,
    variable: str,
    raised: str,
) -> None:
    monkeypatch.setattr(redaction, "_known", {})
    monkeypatch.setattr(redaction, "_secrets", ())
    for name in ("NOVU_SECRET_KEY", "NOVU_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {variable: "nv-s3cret/+key", "KIND": kind, "RAISED": raised}.items():
        monkeypatch.setenv(name, value)
    (folder / "quoting_one.py").write_text(QUOTING)
    named = f"quoting_one:{'factory' if kind == 'factory' else 'app'}"
    arguments = list(LOOKS[look]) + ([] if look == "sync" else ["--app", named])
    status = novu_framework.cli.app.run([look.split()[0], *arguments])
    shown = capsys.readouterr()
    assert "nv-s3cret/+key" not in shown.out + shown.err
    if kind in ("import", "factory", "body") and look != "sync":
        assert status
        assert "[secret key]" in (shown.out + shown.err).replace("\n", "")


HANDLER = RequestHandler([order], Client(strict_authentication=False))


@walked(
    ("value", "served"),
    [(order, ["order"]), ([order], ["order"]), ((order,), ["order"]), (HANDLER, ["order"]), ([], None), ([order, 1], None),
     ({"a": order}, None), ("text", None), (7, None), ([order, order], "There are 2 workflows")],
)  # fmt: skip
def test_what_an_app_serves(value: Any, served: Any) -> None:
    app = App("m:app", value, "/api/novu")
    if isinstance(served, list):
        assert list(app.handler.workflows) == served
        assert isinstance(app.workflow("order"), Workflow)
        with pytest.raises(Problem, match="no workflow `other` in `m:app`") as raised:
            app.workflow("other")
        assert raised.value.hint.startswith("It has: order")
    else:
        with pytest.raises(Problem) as raised:
            _ = app.handler
        assert served is not None or "serves no workflows" in str(raised.value)


# --- the review ---


def refuse(*_: Any) -> None:
    raise reviewing.Refused("failed", "somebody else is at it")


def taken(*_: Any) -> None:
    raise OSError(98, "Address already in use")


@pytest.mark.parametrize("kept", ["", "..", "../.."])
def test_the_review_is_the_nearest_that_pytest_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    inner = folder / "a" / "b"
    (inner / kept / ".novu" / "review").resolve().mkdir(parents=True)
    inner.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(inner)
    asked: list[Any] = []

    def ask(root: Path) -> list[Path]:
        asked.append(root)
        return [root] if len(asked) < 4 else []

    monkeypatch.setattr(reviewing, "serve", lambda *given: asked.append(given))
    monkeypatch.setattr(reviewing, "terminal", ask)
    root = (inner / kept).resolve()
    assert review(False, 4011, True) == review() == 0
    assert asked == [(root, 4011, False), (root, 0, True)]
    assert [review(True), review(True)] == [1, 0]
    assert asked[2:] == [root, root]


def test_without_a_review_the_command_says_how_to_make_one(folder: Path) -> None:
    with pytest.raises(Problem, match="Nothing to review in") as raised:
        review()
    assert "pytest --novu-review" in raised.value.hint


@pytest.mark.parametrize(
    ("fails", "said", "status"),
    [(refuse, "somebody else is at it", 1), (taken, "4011", 1)],
)
def test_a_review_that_cannot_be_served_says_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fails: Callable[..., None], said: str, status: int
) -> None:
    (folder / ".novu" / "review").mkdir(parents=True)
    monkeypatch.setattr(reviewing, "serve", fails)
    with pytest.raises(Problem) as raised:
        review(False, 4011, True)
    assert said in str(raised.value)
    assert raised.value.status == status
