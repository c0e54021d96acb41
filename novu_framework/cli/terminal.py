"""What is shown, and what is read, at the terminal."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from novu_framework.cli.problems import Problem

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def show_problem(problem: Problem) -> None:
    """An error and what to do about it, on standard error."""
    errors.print("[bold red]Error:[/] ", end="")
    errors.print(problem.message, markup=False, soft_wrap=True)
    if problem.hint:
        errors.print(problem.hint, style="dim", markup=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """`value` as JSON on standard output, for other programs."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")


def json_object(given: str | None, option: str) -> dict[str, Any]:
    """A JSON object that an option gives: `{...}` as it is, `-` for standard input, or the name of a file.

    Raises:
        Problem: It cannot be read, or is no JSON object.
    """
    if given is None:
        return {}
    text, source = _text(given, option)
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Problem(f"{option}: {source} is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise Problem(f"{option}: {source} is not a JSON object but {_kind(value)}.")
    return value


def counted(number: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _text(given: str, option: str) -> tuple[str, str]:
    if given.lstrip().startswith(("{", "[")):
        return given, "the text"
    if given == "-":
        return sys.stdin.read(), "standard input"
    try:
        return Path(given).read_text(encoding="utf-8"), given
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem(
            f"{option}: {given} cannot be read: {reason}.",
            hint=f"Give a file, `-` for standard input, or the JSON itself: {option} '{{...}}'",
        ) from None


def _kind(value: Any) -> str:
    return {list: "a list", str: "a string", bool: "a boolean", type(None): "null"}.get(
        type(value), "a number"
    )
