"""What there is to review as Markdown, for a pull request or the summary of a CI job."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Any

from novu_framework_testing.review.changes import Change, Status
from novu_framework_testing.review.comments import printable
from novu_framework_testing.review.listing import Found, old_files
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.review.view import new_files, versions
from novu_framework_testing.snapshots.text_diff import channel_label

MAX_SIZE = 65_000
"""How long the summary is at most, in bytes: GitHub takes 65,536 characters in a comment, and more in a summary."""

_STATUSES: dict[Status, str] = {"rejected": "rejected", "pending": "to review", "accepted": "accepted"}
_MOST_PARTS = 8
_MOST_TEXT = 160


def summary(store: ReviewStore, found: Sequence[Found], *, report: str = "") -> str:
    """Return a summary of changes: how many, and for each workflow what changed in words, rejected ones first.

    Args:
        store: Where their snapshots are.
        found: The changes. Equal ones are one entry.
        report: Where the report is: a URL, or the name of an artifact.
    """
    counts = Counter(change.status for _, change in found)
    total = len(found)
    states = ", ".join(f"{counts[status]} {word}" for status, word in _STATUSES.items() if counts[status])
    head = [
        f"## Messages: {total} {'change' if total == 1 else 'changes'}",
        "",
        f"{states or 'Nothing to review'}.",
    ]
    if report:
        is_url = re.fullmatch(r"https?://[^\s()<>\\\"]+", report) is not None
        head += [
            "",
            f"[Look at the report]({report})" if is_url else f"The report is the artifact {_code(report)}.",
        ]
    entries = _entries(found)
    blocks: list[list[str]] = []
    workflow: str | None = ""
    for entry in entries:
        block = list(_entry(store, entry))
        if entry[0][1].workflow != workflow:
            workflow = entry[0][1].workflow
            block = ["", f"### {_code(workflow) if workflow else 'No workflow'}", "", *block]
        blocks.append(block)
    return _bounded(head, blocks)


def _entries(found: Iterable[Found]) -> list[list[Found]]:
    """Return the changes by what is equal, by workflow; what was rejected comes first."""
    entries: dict[tuple[Any, ...], list[Found]] = {}
    for each in found:
        change = each[1]
        entries.setdefault((change.same or change.id, change.status, change.why), []).append(each)
    order = {status: place for place, status in enumerate(_STATUSES)}
    workflows = {change.workflow: len(order) for _, change in found}
    for _, change in found:
        workflows[change.workflow] = min(workflows[change.workflow], order[change.status])
    return sorted(
        entries.values(),
        key=lambda entry: (
            workflows[entry[0][1].workflow],
            entry[0][1].workflow or "",
            order[entry[0][1].status],
        ),
    )


def _entry(store: ReviewStore, entry: Sequence[Found]) -> Iterator[str]:
    test, change = entry[0]
    where = f"the same change in {len(entry)} messages" if len(entry) > 1 else _code(test.test)
    status = "" if change.status == "pending" else f", **{change.status}**"
    yield f"- {_code(change.step)} ({channel_label(change.channel)}, {change.kind}{status}): {where}"
    if change.why:
        word = "Rejected" if change.status == "rejected" else "An earlier version was rejected"
        yield f"  - {word}: {_code(change.why, most=2000)}"
    yield from _differences(store, change)


def _differences(store: ReviewStore, change: Change) -> Iterator[str]:
    if change.kind != "changed":
        if change.title:
            yield f"  - {_code(change.title)}"
        return
    found = versions(change.stem, old_files(store, change), new_files(change))["differences"]
    for each in found[:_MOST_PARTS]:
        old, new = (_side(each[side]) for side in ("old", "new"))
        yield f"  - {_code(each['part'])}: {old} → {new}"
    if len(found) > _MOST_PARTS:
        yield f"  - and {len(found) - _MOST_PARTS} more parts"


def _side(pieces: Sequence[tuple[str, bool]] | None) -> str:
    if pieces is None:
        return "*not there*"
    whole = "".join(text for text, _ in pieces)
    before = len("".join(text for text, _ in takewhile(lambda piece: not piece[1], pieces)))
    # a long text is shown from shortly before what is different
    return _code(whole if before <= 60 else f"…{whole[before - 40 :]}")


def _code(text: str, *, most: int = _MOST_TEXT) -> str:
    """Return text of others as code, in which nothing has a meaning: no HTML, no link, nobody who is mentioned."""
    line = printable(" ".join(text.split()))
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}" if line else "*empty*"


def _bounded(head: Sequence[str], blocks: Sequence[Sequence[str]]) -> str:
    """Return the lines as far as they fit, and say how many entries do not."""
    lines, size = list(head), sum(len(line.encode()) + 1 for line in head)
    for index, block in enumerate(blocks):
        size += sum(len(line.encode()) + 1 for line in block)
        if size > MAX_SIZE:
            lines += ["", f"And {len(blocks) - index} more, which are in the report."]
            break
        lines += block
    return "\n".join(lines) + "\n"
