"""What a review said of the differences that a test finds, for pytest's output."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from novu_framework_testing._internal.printable import printable
from novu_framework_testing.review.changes import Change, change_id
from novu_framework_testing.review.comments import quoted
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.review.view import new_files
from novu_framework_testing.snapshots.assertion import StepFiles


def rejections(root: Path, differing: Iterable[tuple[Path, StepFiles]]) -> list[str]:
    """Return a line for each step, with the folder of its snapshots, that was rejected in a review; now or before."""
    lines: list[str] = []
    store = ReviewStore(root)
    for folder, step in differing:
        if not folder.is_relative_to(root):
            continue
        below = folder.relative_to(root).as_posix()
        wanted = change_id(below, step.stem)
        change = next((each for each in store.changes_in(below) if each.id == wanted), None)
        if change is not None and (line := _line(change, step)):
            lines.append(line)
    return lines


def _line(change: Change, step: StepFiles) -> str | None:
    of = f" ({printable(change.step)}, {step.stem})"
    why = f": {quoted(change.why, most=2000)}" if change.why else ""
    if change.status == "rejected" and new_files(change) == dict(step.new):
        return f"Rejected in review{why or '.'}{of}"
    return (
        f"An earlier version was rejected in review{why}{of}" if why and change.status != "accepted" else None
    )
