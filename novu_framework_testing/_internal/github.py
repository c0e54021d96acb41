"""What GitHub Actions reads of a job: annotations, which are lines that it prints, and the file of its summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from novu_framework_testing._internal.printable import printable

MOST = 10
"""GitHub shows ten annotations of a kind for a step."""


def annotation(
    level: Literal["error", "warning", "notice"], properties: Mapping[str, str], message: str
) -> str:
    """Return a workflow command; what could end a value, or the line, is escaped as GitHub says.

    >>> annotation("error", {"file": "app.py", "line": "3"}, "No: it breaks")
    '::error file=app.py,line=3::No: it breaks'
    """
    given = ",".join(
        f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
    )
    return f"::{level} {given}::{_escaped(message)}"


def at_most(
    found: Sequence[str], level: Literal["error", "warning", "notice"], title: str, noun: str
) -> list[str]:
    """Return annotations of one level, as many as GitHub shows: the last says how many more there are."""
    if len(found) <= MOST:
        return list(found)
    rest = f"{len(found) - MOST + 1} more {noun} are in the summary of the job."
    return [*found[: MOST - 1], annotation(level, {"title": title}, rest)]


def append_summary(file: str | Path, markdown: str) -> None:
    """Append to the summary of a job, the file that GITHUB_STEP_SUMMARY names. Raises `OSError`."""
    with open(file, "ab") as opened:
        opened.write(markdown.encode("utf-8", "surrogatepass") + b"\n")


def _escaped(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
