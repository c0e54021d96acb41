"""A page of documentation as something to run: its code blocks, in order, in a folder of the page's own.

A block says by its form what becomes of it:

- ```` ```python ```` whose first line is a comment with a file's name (`# app.py`) is written to that file, and so
  are `toml`, `json`, `html` and `yaml` blocks with such a line (`<!-- order.html -->` in HTML).
- Any other ```` ```python ```` block runs; blocks of one page share their names.
- ```` ```pycon ```` blocks are doctests.
- ```` ```console ```` runs the lines that begin with `$ `, and holds the lines below to what is written, but for times. What
  needs a network, a person or a server that does not end is passed over: see `PASSED_OVER`.
- ```` ```text ````, ```` ```typescript ```` and the like are for reading only.

`<!-- not run: why -->` on the line before a block leaves it out, and says why.
"""

from __future__ import annotations

import doctest
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    "mkdir ",
    "git ",
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

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w+-]*)[^\n]*\n(?P<code>.*?)^(?P=indent)```$", re.M | re.S
)
FILE = re.compile(
    r"^(?:#|//|<!--)\s*([\w./-]+\.(?:py|toml|json|html|yaml|yml|mjml|j2|ini|cfg|txt))\s*(?:-->)?\n"
)
_GENERATED = re.compile(r"^<!-- reference: .*?^<!-- end of reference -->$", re.M | re.S)
_LEFT_OUT = re.compile(r"<!-- not run: \S.*? -->\s*\Z", re.S)


_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?")


def _timeless(text: str) -> list[str]:
    """Return the lines of an output, with a word in place of each time."""
    return [_TIME.sub("<time>", line.rstrip()) for line in text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Block:
    """A code block: its language, its text, and the line that it begins on."""

    language: str
    code: str
    line: int
    left_out: bool


def blocks(text: str) -> Iterator[Block]:
    """The fenced code blocks of a Markdown page, but for those of docstrings, which run where they stand."""
    text = _GENERATED.sub(lambda match: "\n" * match[0].count("\n"), text)
    for match in _FENCE.finditer(text):
        indent = match["indent"]
        code = "\n".join(line.removeprefix(indent) for line in match["code"].splitlines()) + "\n"
        before = text[: match.start()]
        yield Block(match["language"], code, before.count("\n") + 2, bool(_LEFT_OUT.search(before)))


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
        block.language in ("python", "pycon") or FILE.match(block.code)
        for block in blocks(text)
        if not block.left_out
    )


class Page:
    """Runs the blocks of one page in a folder."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__page__"}
        self.ran = 0

    def run(self) -> None:
        for block in blocks(self.path.read_text(encoding="utf-8")):
            if not block.left_out:
                self.run_block(block)

    def run_block(self, block: Block) -> None:
        named = FILE.match(block.code)
        if named:
            self._write(named[1], block.code)
        elif block.language == "python":
            # the line numbers of a traceback are those of the page
            source = "\n" * (block.line - 1) + block.code
            exec(compile(source, str(self.path), "exec", dont_inherit=True), self.names)
            self.ran += 1
        elif block.language == "pycon":
            self._doctest(block)
        elif block.language == "console":
            for written in re.split(r"^\$ ", block.code, flags=re.M)[1:]:
                command, _, shown = written.partition("\n")
                self._command(command.strip(), shown, block)

    def _write(self, name: str, code: str) -> None:
        file = (self.folder / name).resolve()
        assert file.is_relative_to(self.folder.resolve())
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(code, encoding="utf-8")
        self.ran += 1

    def _doctest(self, block: Block) -> None:
        test = doctest.DocTestParser().get_doctest(
            block.code, self.names, self.path.name, str(self.path), block.line
        )
        failures: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        runner.run(test, out=failures.append, clear_globs=False)
        self.names.update(test.globs)
        assert not failures, "".join(failures)
        self.ran += 1

    def _command(self, command: str, shown: str, block: Block) -> None:
        if command.startswith(PASSED_OVER):
            return
        program, *arguments = shlex.split(command, comments=True)
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
