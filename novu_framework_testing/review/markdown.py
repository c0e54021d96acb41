"""What there is to review as Markdown, for a pull request or the summary of a CI job."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from novu_framework_testing._internal.printable import printable
from novu_framework_testing.review.about import about
from novu_framework_testing.review.changes import KINDS, Change, Status, kinds_in_words
from novu_framework_testing.review.listing import Found, channels_of, entries, old_files, whom, workflow_of
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.review.view import versions_of
from novu_framework_testing.snapshots.spoken_names import step_name

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
        f"{states}: {kinds_in_words(change.kind for _, change in found)}." if found else "Nothing to review.",
    ]
    if report:
        is_url = re.fullmatch(r"https?://[^\s()<>\\\"]+", report) is not None
        head += [
            "",
            f"[Look at the report]({report})" if is_url else f"The report is the artifact {code(report)}.",
        ]
    blocks: list[list[str]] = []
    workflow = ""
    for entry in _sorted(entries(found)):
        block = list(_entry(store, entry))
        change = entry[0][1]
        if workflow_of(change) != workflow:
            workflow = workflow_of(change)
            named = change.workflow or change.context.workflow_name
            block = ["", f"### {code(workflow) if named else workflow}", "", *block]
        blocks.append(block)
    return bounded(head, blocks)


def _sorted(entries: Sequence[list[Found]]) -> list[list[Found]]:
    """Return entries by workflow; what was rejected comes first."""
    order = {status: place for place, status in enumerate(_STATUSES)}
    workflows = dict.fromkeys((entry[0][1].workflow for entry in entries), len(order))
    for entry in entries:
        change = entry[0][1]
        workflows[change.workflow] = min(workflows[change.workflow], order[change.status])
    return sorted(
        entries,
        key=lambda entry: (
            workflows[entry[0][1].workflow],
            entry[0][1].workflow or "",
            order[entry[0][1].status],
        ),
    )


def _entry(store: ReviewStore, entry: Sequence[Found]) -> Iterator[str]:
    test, change = entry[0]
    status = "" if change.status == "pending" else f" (**{change.status}**)"
    words = [f"{channels_of(entry)} {KINDS[change.kind]}{status}"]
    if len(entry) > 1:
        words.append(f"the same in {len(entry)} messages")
    if who := whom(entry):
        words.append(f"for {code(who)}")
    elif len(entry) == 1:
        words.append(f"in {code(about(test, change.context)['testTitle'])}")
    yield f"- {', '.join(words)}: {code(change.title or step_name(change.step))}"
    if change.why:
        word = "Rejected" if change.status == "rejected" else "An earlier version was rejected"
        yield f"  - {word}: {code(change.why, most=2000)}"
    yield from _differences(store, change)


def _differences(store: ReviewStore, change: Change) -> Iterator[str]:
    if change.kind not in ("changed", "moved"):
        return
    found = versions_of(change, old_files(store, change))["differences"]
    for each in found[:_MOST_PARTS]:
        yield f"  - {_difference(each)}"
    if len(found) > _MOST_PARTS:
        yield f"  - and {len(found) - _MOST_PARTS} more parts"


def _difference(each: Mapping[str, Any]) -> str:
    part, hint = code(each["part"]), code(each["hint"], most=2 * _MOST_TEXT) if each["hint"] else ""
    old, new = (each[side] and _side(each[side]) for side in ("old", "new"))
    if old is None and new is None:
        return f"{part}: {hint}"
    if old is None or new is None:
        return f"{part}, {'new' if old is None else 'gone'}: {new if old is None else old}"
    sides = (side or code("") for side in (old, new))
    return f"{part}: {' → '.join(sides)}" + (f" ({hint})" if hint else "")


def _side(pieces: Sequence[tuple[str, bool]]) -> str:
    whole = "".join(text for text, _ in pieces)
    before = len("".join(text for text, _ in takewhile(lambda piece: not piece[1], pieces)))
    # a long text is shown from shortly before what is different
    return code(whole if before <= 60 else f"…{whole[before - 40 :]}")


def code(text: str, *, most: int = _MOST_TEXT) -> str:
    """Return text of others as code, in which nothing has a meaning: no HTML, no link, nobody who is mentioned."""
    line = printable(" ".join(text.split()))
    if len(line) > most:
        line = line[: most - 1].rstrip() + "…"
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    space = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{space}{line}{space}{fence}" if line else "*empty*"


def bounded(head: Sequence[str], blocks: Sequence[Sequence[str]]) -> str:
    """Return the lines as far as they fit, and say how many entries do not."""
    lines, size = list(head), sum(len(line.encode()) + 1 for line in head)
    for index, block in enumerate(blocks):
        size += sum(len(line.encode()) + 1 for line in block)
        if size > MAX_SIZE:
            lines += ["", f"And {len(blocks) - index} more, which are in the report."]
            break
        lines += block
    return "\n".join(lines) + "\n"
