"""What happened, readable: `print(novu.timeline())`, and what a failed assertion shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.activity import Activity
    from novu_framework_testing.simulation.runs import Run
    from novu_framework_testing.simulation.simulator import NovuSimulator

# Mark and ANSI colour of each kind of line.
_MARKS = {
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
    "run": ("=", "1"),
}


def run_timeline(run: Run, *, color: bool = False) -> str:
    """The timeline of one run: a title, a line for each thing, and what it waits for."""
    title = f"{run.workflow_id} for {run.subscriber_id} ({run.transaction_id}): {run.status}"
    lines = [_paint(title, "1", color), *_lines(run.activity, run.created_at, color=color, named=False)]
    waiting = run.waiting
    if waiting is not None and waiting.due_at is not None:
        lines.append(f"  waits for {waiting.step_id} until {_clock(waiting.due_at)}")
    return "\n".join(lines)


def timeline(simulator: NovuSimulator, *, color: bool = False) -> str:
    """The timeline of the whole simulation, every run in it, in the order in which things happened."""
    lines = _lines(simulator.activity, simulator.started_at, color=color, named=True)
    return "\n".join([_paint(f"now {_clock(simulator.now)}", "1", color), *lines])


def _lines(activity: Iterable[Activity], start: datetime, *, color: bool, named: bool) -> list[str]:
    lines: list[str] = []
    before: datetime | None = None
    for line in activity:
        if line.at != before:
            since = line.at - start
            lines.append(_paint(f"{_clock(line.at)}{f'  (+{since})' if since else ''}", "2", color))
            before = line.at
        mark, paint = _MARKS.get(line.kind, (" ", "0"))
        where = line.step_id or ""
        if named and line.run is not None:
            where = "/".join(part for part in (line.workflow_id, where) if part) + f" {line.subscriber_id}"
        elif line.step is not None:
            where = f"{where} [{line.step.type}]"
        lines.append(f"  {_paint(mark, paint, color)} {f'{where}: ' if where else ''}{line.text}")
    return lines


def _clock(when: datetime) -> str:
    text = iso(when)
    return text.replace("T", " ").replace(".000Z", " UTC").replace("Z", " UTC")


def _paint(text: str, code: str, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color else text
