"""Commands that pages name exist, with the options that they are given there; no block needs to run for this."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from novu_framework.cli.app import app
from tests.processes import python

from .test_documentation import PAGES, name_of

_INLINE = re.compile(r"(?<!`)`((?:novu-framework|pytest) [^`\n]+)`(?!`)")
_LINE = re.compile(r"^(?:\$ | +(?:- )?(?:run: )?)((?:novu-framework|pytest) .+)$", re.M)
_FENCED = re.compile(r"^ *```(?:console|text|yaml|bash)\n(.*?)^ *```$", re.M | re.S)
_GENERATED = re.compile(r"^<!-- reference: .*?^<!-- end of reference -->$", re.M | re.S)


def commands(program: str, *, inline: bool = True) -> Iterator[tuple[str, list[str]]]:
    """The commands of a program that the pages name, with where each is; those in sentences may be parts of one."""
    for path in PAGES:
        text = _GENERATED.sub("", path.read_text(encoding="utf-8"))
        blocks = "\n".join(_FENCED.findall(text)).replace("\\\n", " ")
        for command in [*(_INLINE.findall(_FENCED.sub("", text)) if inline else ()), *_LINE.findall(blocks)]:
            first, *arguments = shlex.split(re.sub(r"\$\{\{.*?\}\}", "x", command), comments=True)
            if first == program:
                ends = [n for n, one in enumerate(arguments) if one in (">", "|", "&&")]
                yield f"{name_of(path)}: {command}", arguments[: min(ends, default=None)]


def test_subcommands_and_options_of_novu_framework_exist():
    # a class of click or, by typer's version, of its own copy of click
    root: Any = typer.main.get_command(app)
    wrong, tried = [], set()
    for place, arguments in commands("novu-framework"):
        command = root
        while arguments and arguments[0] in getattr(command, "commands", {}):
            command = command.commands[arguments.pop(0)]
        tried.add(command.name)
        if command is root and not arguments[0].startswith("-"):
            wrong.append(f"{place}: there is no such subcommand")
            continue
        try:
            command.make_parser(command.context_class(command)).parse_args(arguments)
        except Exception as error:
            wrong.append(f"{place}: {error}")
    assert wrong == []
    assert len(tried) > 10


def test_a_command_to_paste_has_the_options_that_it_needs():
    root: Any = typer.main.get_command(app)
    missing = []
    for place, (name, *arguments) in commands("novu-framework", inline=False):
        command = root.commands.get(name, root)
        needed = {one.opts[0] for one in command.params if one.required and one.opts[0].startswith("-")}
        if "--help" not in arguments:
            missing += [f"{place}: {one}" for one in needed.difference(arguments)]
    assert missing == []


@pytest.mark.slow
def test_options_of_pytest_exist():
    shown = python("-m", "pytest", "--help", cwd=Path.cwd(), env=os.environ).stdout
    of_pytest_split = {"--splits", "--group"}
    known = of_pytest_split | set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", shown))
    given = [
        (place, argument.partition("=")[0])
        for place, arguments in commands("pytest")
        for argument in arguments
        if argument.startswith("-")
    ]
    assert [one for one in given if one[1] not in known] == []
    assert len(given) > 20
