"""A page of documentation as something to paste: its code blocks, in order, in an empty folder.

A block says by its form what becomes of it:

- ```` ```python ```` whose first line is a comment with a file's name (`# app.py`) is written to that file, and so
  are `toml`, `json`, `html` and `yaml` blocks with such a line (`<!-- order.html -->` in HTML). `# continues app.py` adds a block to a
  file of the same page. A Python file is imported once it is complete, unless pytest or another program is to read it.
- Any other ```` ```python ```` block runs alone: it knows no names of other blocks.
- ```` ```pycon ```` blocks are doctests, and know no names of others either.
- ```` ```console ```` runs the lines that begin with `$ `, and holds the lines below to what is written, but for times. What
  needs a network, a person or a server that does not end is passed over: see `PASSED_OVER`.
- ```` ```text ````, ```` ```typescript ```` and the like are for reading only.

`<!-- not run: why -->` on the line before a block leaves it out, and says why. What an `export NOVU_...=...` of the page sets, in a block or in
the text, is set for the blocks below it.
"""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from novu_framework import Workflow
from novu_framework_testing.bridges.client import BridgeClient
from tests.processes import python

PASSED_OVER = (
    "novu-framework gallery   ",  # which opens a browser
    "checkout=",
    "pip ",
    "python -m venv",
    "python3 -m venv",
    "source ",
    ". .venv",
    ".venv\\",
    "cd ",
    "docker ",
    "mkdir ",
    "git ",
    "pre-commit ",
    "uvicorn ",
    "gunicorn ",
    "locust ",
    "opentelemetry-instrument ",
    "npx ",
    "npm ",
    "open ",
    "playwright install ",
    "make ",
    ".venv/bin/",
    "export ",
    "novu-framework review",
    "novu-framework cloud",
    "novu-framework compat origin/",
    "novu-framework sync",
    "novu-framework doctor http",
)
"""Commands that the tests do not run: they install, need a network, or wait for a person."""

NOT_PREVIEWED = {("order-placed", "note"), ("exchange-rate", "ask"), ("bought", "tell-the-seller")}
"""Steps that read a row of a database, of which made-up data is no key, or that ask an address which is not there, as Novu's."""

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w+-]*)[^\n]*\n(?P<code>.*?)^(?P=indent)```$", re.M | re.S
)
_FILE = re.compile(
    r"(?:#|//|<!--) *(?P<continues>continues )?(?P<file>[\w./-]+\.(?:py|toml|json|html|yaml|yml|mjml|j2|ini|cfg|txt)) *(?:-->)?\n"
)
_EXPORT = re.compile(r"\bexport (NOVU_\w+)=([\w-]+)")
_READ_BY_OTHERS = ("conftest.py", "locustfile.py")
_GENERATED = re.compile(r"^<!-- reference: .*?^<!-- end of reference -->$", re.M | re.S)
_LEFT_OUT = re.compile(r"<!-- not run: \S.*? -->\s*\Z", re.S)


_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?")


def _timeless(text: str) -> list[str]:
    """Return the lines of an output, with a word in place of each time."""
    return [_TIME.sub("<time>", line.rstrip()) for line in text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Block:
    """A code block: its language, its text, and the line that it begins on.

    Attributes:
        file: The name of the file that it is, or that it continues.
        variables: What the page has said to set in the environment.
    """

    language: str
    code: str
    line: int
    left_out: bool
    file: str | None
    continues: bool
    variables: dict[str, str]


def blocks(text: str) -> Iterator[Block]:
    """The fenced code blocks of a Markdown page, but for those of docstrings, which run where they stand."""
    text = _GENERATED.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in _FENCE.finditer(text):
        indent = match["indent"]
        code = "\n".join(line.removeprefix(indent) for line in match["code"].splitlines()) + "\n"
        before = text[: match.start()]
        named = _FILE.match(code)
        yield Block(
            match["language"],
            code,
            line=before.count("\n") + 2,
            left_out=bool(_LEFT_OUT.search(before)),
            file=named and named["file"],
            continues=bool(named and named["continues"]),
            variables=dict(_EXPORT.findall(before + code)),
        )


def has_something_to_run(text: str) -> bool:
    """Tell whether `Page.run` does anything with a page's text."""
    commands = (
        line[2:]
        for block in blocks(text)
        if block.language == "console" and not block.left_out
        for line in block.code.splitlines()
        if line.startswith("$ ")
    )
    return any(not line.startswith(PASSED_OVER) for line in commands) or any(
        block.language in ("python", "pycon") or block.file for block in blocks(text) if not block.left_out
    )


def _file_of(module: ModuleType) -> str:
    return getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", [])), "")


class Page:
    """Runs the blocks of one page in a folder, which is the working directory and on the path of imports."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.folder = folder
        self.ran = 0
        self.unimported: set[str] = set()
        self.untested: set[str] = set()

    def run(self) -> None:
        for block in blocks(self.path.read_text(encoding="utf-8")):
            if not block.left_out:
                os.environ.update(block.variables)
                self.run_block(block)
        self._import(*self.unimported)
        assert not self.untested, f"no `$ pytest` of {self.path.name} runs {self.untested}"

    def run_block(self, block: Block) -> None:
        if block.file:
            self._write(block.file, block)
        elif block.language == "python":
            self.forget()
            # the line numbers of a traceback are those of the page
            source = "\n" * (block.line - 1) + block.code
            assert "def test_" not in source, f"{self.path.name}:{block.line}: in which file is this test?"
            names: dict[str, Any] = {"__name__": "__page__"}
            exec(compile(source, str(self.path), "exec", dont_inherit=True), names)
            self._preview(names, f"{self.path.name}:{block.line}")
            self.ran += 1
        elif block.language == "pycon":
            self._doctest(block)
        elif block.language == "console":
            for written in re.split(r"^\$ ", block.code, flags=re.M)[1:]:
                command, _, shown = written.partition("\n")
                self._command(command.strip(), shown, block)

    def _write(self, name: str, block: Block) -> None:
        file = (self.folder / name).resolve()
        assert file.is_relative_to(self.folder.resolve())
        file.parent.mkdir(parents=True, exist_ok=True)
        if block.continues:
            with file.open("r+", encoding="utf-8") as opened:  # which has to be there
                opened.seek(0, os.SEEK_END)
                opened.write(f"\n\n{block.code.partition(chr(10))[2]}")
        else:
            self._import(*self.unimported & {name})
            file.write_text(block.code, encoding="utf-8")
        if file.match("test_*.py"):
            self.untested.add(name)
        elif file.suffix == ".py" and not any(map(file.match, _READ_BY_OTHERS)):
            self.unimported.add(name)
        self.ran += 1

    def _import(self, *names: str) -> None:
        """Import files, each as one does who has just saved it."""
        for name in names:
            self.forget()
            module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            self._preview(vars(importlib.import_module(module)), f"{self.path.name}: {name}")
        self.unimported -= {*names}

    def _preview(self, names: Mapping[str, Any], place: str) -> None:
        """Preview each step with made-up data, as the dashboard and `novu-framework doctor` do."""
        for workflow in [one for one in names.values() if isinstance(one, Workflow)]:
            for step in workflow.discover()["steps"]:
                if step["type"] == "http_request" or (workflow.id, step["stepId"]) in NOT_PREVIEWED:
                    continue  # the first is Novu's own to run
                try:
                    BridgeClient(workflow, secret_key="a-key-of-the-tests").preview(
                        workflow.id, step["stepId"]
                    )
                except Exception as error:
                    raise AssertionError(
                        f"{place}: the preview of {workflow.id} / {step['stepId']} fails"
                    ) from error

    def forget(self) -> None:
        """Take the modules of the page out of those that Python has imported."""
        importlib.invalidate_caches()
        here = f"{self.folder}{os.sep}"
        for name in [name for name, module in sys.modules.items() if _file_of(module).startswith(here)]:
            del sys.modules[name]

    def _doctest(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(block.code, {}, self.path.name, str(self.path), block.line)
        failures: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        runner.run(test, out=failures.append)
        assert not failures, "".join(failures)
        self.ran += 1

    def _command(self, command: str, shown: str, block: Block) -> None:
        if command.startswith(PASSED_OVER):
            return
        program, *arguments = shlex.split(command, comments=True)
        if program == "pytest" or "unittest" in arguments:
            named = {one.partition("::")[0] for one in arguments if one.partition("::")[0].endswith(".py")}
            self.untested -= named or self.untested
        modules = {"pytest": "pytest", "novu-framework": "novu_framework"}
        start = ["-m", modules[program]] if program in modules else []
        assert program in ("python", *modules), f"{self.path.name}:{block.line}: what is `{program}`?"
        variables = {
            **os.environ,
            "PYTHONIOENCODING": "utf-8",
            "PYTEST_ADDOPTS": "-p no:randomly -p no:xdist",
        }
        done = python(*start, *arguments, cwd=self.folder, env=variables)
        expected = 1 if "# exit status 1" in command else 0
        place = f"{self.path.name}:{block.line}: $ {command}"
        assert done.returncode == expected, f"{place}\n{done.stdout}\n{done.stderr}"
        lines = _timeless(done.stdout)
        missing = [line for line in _timeless(shown) if line not in lines and line != "..."]
        assert missing == [], f"{place} does not write this:\n" + "\n".join(missing) + f"\n\n{done.stdout}"
        self.ran += 1
