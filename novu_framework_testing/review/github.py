"""Telling GitHub Actions of a review: the job's summary, and annotations beside the tests."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, TypeAlias

from novu_framework_testing._internal.github import annotation, append_summary, at_most
from novu_framework_testing.review.changes import Change, TestChanges
from novu_framework_testing.review.comments import quoted
from novu_framework_testing.review.listing import Found, said_of, whom, workflow_of
from novu_framework_testing.review.markdown import summary
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.snapshots.text_diff import channel_label

Level: TypeAlias = Literal["error", "warning"]
_KINDS = {"changed": "has changed", "new": "is new", "gone": "is gone", "moved": "has moved"}


def tell_github(
    store: ReviewStore,
    tests: Iterable[TestChanges],
    lines: Mapping[str, tuple[str, int | None]],
    summary_file: Path,
    workspace: str,
) -> list[str]:
    """Append what there is to review to a job's summary, and return the annotations, which are lines to print.

    Args:
        store: Where the snapshots of the changes are.
        tests: The changes.
        lines: The file, below the project's root, and the line (from 0) of each test that ran.
        summary_file: What GITHUB_STEP_SUMMARY names.
        workspace: What GITHUB_WORKSPACE names: the paths of annotations begin there.

    Raises:
        OSError: the summary cannot be written.
    """
    found = [(test, change) for test in tests for change in test.changes if change.status != "accepted"]
    if not found:
        return []
    append_summary(summary_file, summary(store, found))
    rejected = [each for each in found if each[1].status == "rejected"]
    pending = [each for each in found if each[1].status == "pending"]
    places = {test: _place(store.root, place, workspace) for test, place in lines.items()}
    return [*_annotations("error", rejected, places), *_annotations("warning", pending, places)]


def _annotations(level: Level, found: Sequence[Found], places: Mapping[str, Mapping[str, str]]) -> list[str]:
    lines = [_annotation(level, test, change, places.get(test.test, {})) for test, change in found]
    return at_most(lines, level, "Messages", "messages")


def _annotation(level: Level, test: TestChanges, change: Change, place: Mapping[str, str]) -> str:
    who = whom([(test, change)])
    title = f"{workflow_of(change)}: {channel_label(change.channel)} {f'for {who} ' if who else ''}{_KINDS[change.kind]}"
    if level == "error":
        message = f"Rejected in review: {quoted(change.why)}" if change.why else "Rejected in review."
    else:
        message = f"It is to be reviewed: {said}" if (said := said_of(change)) else "It is to be reviewed."
        if change.why:
            message += f" An earlier version was rejected: {quoted(change.why)}"
    return annotation(level, {**place, "title": title}, message)


def _place(root: Path, place: tuple[str, int | None], workspace: str) -> dict[str, str]:
    path, line = place
    try:
        file = os.path.relpath(root / path, workspace or root)
    except ValueError:  # another drive of Windows
        file = path
    return {"file": file.replace(os.sep, "/"), **({} if line is None else {"line": str(line + 1)})}
