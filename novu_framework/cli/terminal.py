"""What is shown, and what is read, at the terminal."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.text import Text

from novu_framework._internal.redaction import redaction
from novu_framework.cli.problems import Problem

if TYPE_CHECKING:
    from novu_framework_testing import NovuSimulator

console: Console = Console(highlight=False)
errors: Console = Console(stderr=True, highlight=False)


def show_problem(problem: Problem) -> None:
    """Write an error, and what to do about it, to standard error."""
    errors.print("[bold red]Error:[/] ", end="")
    errors.print(redaction.redacted(problem.message), markup=False, soft_wrap=True)
    if problem.hint:
        errors.print(redaction.redacted(problem.hint), style="dim", markup=False, soft_wrap=True)


def print_json(value: Any) -> None:
    """Write `value` as JSON to standard output, for other programs."""
    plain = not (sys.stdout.encoding or "").lower().startswith("utf")
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=plain, default=_json_of) + "\n")


def _json_of(value: object) -> str:
    """Write a moment as the protocol does, in UTC; anything else as its text."""
    from novu_framework_testing.simulation.clock import iso

    return iso(value) if isinstance(value, datetime) else str(value)


def show_any_letter() -> None:
    """Let standard output and errors take letters that their encoding does not have: they are shown as `?`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def place_raised(error_data: Any) -> str:
    """Return where the user's own code raised: class, message, and below it functions with file and line; `""` if unknown."""
    return str(error_data.get("stack", "")) if isinstance(error_data, Mapping) else ""


def json_object(given: str | None, option: str) -> dict[str, Any]:
    """Read the JSON object of an option: `{...}` itself, `-` for standard input, or a file. Raises `Problem`."""
    if given is None:
        return {}
    text, source = _text(given, option)
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Problem(f"{option}: {source} is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise Problem(f"{option}: {source} is not a JSON object but {_KINDS.get(type(value), 'a number')}.")
    return value


def counted(number: int, noun: str) -> str:
    """Return `1 step`, `2 steps`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def content_panel(title: str, kind: str, outputs: Mapping[str, Any], providers: Mapping[str, Any]) -> Panel:
    """Show what a step delivers as its snapshot would, with the text of an email below."""
    from novu_framework_testing.snapshots import json_text
    from novu_framework_testing.snapshots.formats import format_of, visible_text
    from novu_framework_testing.snapshots.rendered import RenderedStep

    rendered = RenderedStep("", kind, "preview", dict(outputs), dict(providers))
    document = format_of(kind).document(rendered)
    shown = {name: value for name, value in document.items() if name not in ("step", "channel", "status")}
    text = Text(json_text.write(shown).strip())
    body = outputs.get("body")
    if kind == "email" and isinstance(body, str):
        text.append("\n\n" + visible_text(body).strip())
    return Panel(text, title=escape(title), title_align="left", subtitle=kind, subtitle_align="right")


def live_timeline(novu: NovuSimulator) -> Callable[[], None]:
    """Make a function that shows, each time it is called, the lines of the timeline that are new."""
    shown = 0

    def show() -> None:
        nonlocal shown
        lines = novu.timeline(color=console.is_terminal).splitlines()[1:]
        for line in lines[shown:]:
            console.print(Text.from_ansi(line), soft_wrap=True)
        shown = max(shown, len(lines))

    return show


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


_KINDS = {list: "a list", str: "a string", bool: "a boolean", type(None): "null"}
