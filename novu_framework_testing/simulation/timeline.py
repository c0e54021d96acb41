"""What happened, readable: `print(novu.timeline())`, and what a failed assertion shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from novu_framework_testing.simulation.activity import Activity, ActivityKind
from novu_framework_testing.simulation.clock import iso

# Mark and ANSI colour of each kind of line.
_MARKS: dict[ActivityKind, tuple[str, str]] = {
    "trigger": (">", "36"),
    "delivered": ("+", "32"),
    "completed": ("+", "32"),
    "skipped": ("-", "33"),
    "throttled": ("-", "33"),
    "merged": ("~", "35"),
    "digest": ("~", "35"),
    "delayed": (".", "34"),
    "retry": ("!", "33"),
    "failed": ("x", "31"),
    "canceled": ("x", "33"),
    "inbox": ("*", "36"),
    "finding": ("?", "31"),
    "deployed": ("^", "36"),
    "run": ("=", "1"),
}


def timeline(
    title: str, activity: Iterable[Activity], start: datetime, *, named: bool, color: bool = False
) -> str:
    """Write a timeline: a title, and a line for each thing that happened.

    Args:
        title: The first line.
        activity: What happened, oldest first.
        start: The moment that times are counted from.
        named: Whether each line names its workflow and subscriber.
        color: Whether lines are painted for a terminal.
    """
    lines = [_paint(title, "1", color)]
    before: datetime | None = None
    for line in activity:
        if line.at != before:
            since = line.at - start
            lines.append(_paint(f"{moment(line.at)}{f'  (+{since})' if since else ''}", "2", color))
            before = line.at
        mark, paint = _MARKS.get(line.kind, (" ", "0"))
        where = line.step_id or ""
        if named and line.workflow_id is not None:
            where = "/".join(part for part in (line.workflow_id, where) if part) + f" {line.subscriber_id}"
        elif line.step_id is not None:
            where = f"{where} [{line.step_type}]"
        lines.append(f"  {_paint(mark, paint, color)} {f'{where}: ' if where else ''}{line.text}")
    return "\n".join(lines)


def moment(when: datetime) -> str:
    """Write a moment for people: `2026-01-01 09:00:00 UTC`."""
    text = iso(when)
    return text.replace("T", " ").replace(".000Z", " UTC").replace("Z", " UTC")


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
