"""The changes of a review for scripts: chosen by id or by what they are, and as JSON of a stable shape."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from novu_framework_testing.review.about import about, recipient, recipient_names
from novu_framework_testing.review.changes import Change, TestChanges
from novu_framework_testing.review.store import ReviewStore
from novu_framework_testing.review.view import new_files, versions_of
from novu_framework_testing.snapshots.files import decode
from novu_framework_testing.snapshots.names import TEXTS
from novu_framework_testing.snapshots.text_diff import channel_label

Found = tuple[TestChanges, Change]


def changes_of_review(
    store: ReviewStore, *, workflow: str | None = None, status: str | None = None
) -> list[Found]:
    """Return the changes of a review, by test and step; only those of a workflow or with a status, if one is given."""
    return [
        (test, change)
        for test in store.tests()
        for change in test.changes
        if workflow in (None, change.workflow) and status in (None, change.status)
    ]


def find_changes(known: Sequence[Found], given: str) -> list[Found]:
    """Return the changes of `known` whose id begins with `given`: more than one if it is too short."""
    return [found for found in known if found[1].id == given] or [
        found for found in known if given and found[1].id.startswith(given)
    ]


def equal_changes(known: Iterable[Found], change: Change) -> list[Found]:
    """Return a change and those of `known` that are the same change in other messages, with the same status."""
    return [
        found
        for found in known
        if found[1].id == change.id
        or (change.same and (found[1].same, found[1].status) == (change.same, change.status))
    ]


def entries(found: Iterable[Found]) -> list[list[Found]]:
    """Return the changes by what is equal and decided on as one: with the same status and comment."""
    made: dict[tuple[str, ...], list[Found]] = {}
    for each in found:
        change = each[1]
        made.setdefault((change.same or change.id, change.status, change.why), []).append(each)
    return list(made.values())


def workflow_of(change: Change) -> str:
    """Return what people call the workflow of a change: its name, or else its id."""
    return change.context.workflow_name or change.workflow or "No workflow"


def said_of(change: Change) -> str:
    """Return what changed in a line, or else what the message says, for places that show no other direction of writing."""
    return (change.gist or change.title).translate({0x2068: None, 0x2069: None})


def channels_of(entry: Iterable[Found]) -> str:
    """Return the kinds of step of an entry at the beginning of a sentence: `Email`, `In-app`, `SMS and 2 more`."""
    first, *more = dict.fromkeys(channel_label(change.channel) for _, change in entry)
    return f"{first[:1].upper()}{first[1:]}{f' and {len(more)} more' if more else ''}"


def whom(entry: Iterable[Found]) -> str:
    """Return for whom the messages of an entry are, by name; empty where that is not known."""
    return recipient_names(recipient(change.context) for _, change in entry)


def list_json(found: Sequence[Found], every: Sequence[Found]) -> dict[str, Any]:
    """Return what `novu-framework review list --json` prints: the changes asked for, and how many there are of `every` one."""
    counts = Counter(change.status for _, change in every)
    return {
        "counts": {status: counts[status] for status in ("pending", "accepted", "rejected")},
        "kinds": dict(Counter(change.kind for _, change in every)),
        "different": len(entries(every)),
        "changes": [change_json(test, change) for test, change in found],
    }


def change_json(test: TestChanges, change: Change) -> dict[str, Any]:
    """Return one change of that list."""
    names = (
        "id",
        "revision",
        "status",
        "why",
        "kind",
        "workflow",
        "step",
        "channel",
        "title",
        "gist",
        "same",
        "content",
    )
    return {
        **{name: getattr(change, name) for name in names},
        "test": test.test,
        **about(test, change.context),
        "files": [file.path for file in change.files],
    }


def shown_json(store: ReviewStore, test: TestChanges, change: Change) -> dict[str, Any]:
    """Return what `novu-framework review show --json` prints: one change with both of its versions."""
    old = old_files(store, change)
    new = new_files(change)
    shown = versions_of(change, old)
    return {
        **change_json(test, change),
        "differences": [
            {**each, **{side: _whole(each[side]) for side in ("old", "new")}} for each in shown["differences"]
        ],
        "pictures": [
            {name: each[name] for name in ("view", "summary", "marks")} for each in shown["pictures"]
        ],
        "old": {suffix: decode(old[suffix]) for suffix in TEXTS if suffix in old},
        "new": {suffix: decode(new[suffix]) for suffix in TEXTS if suffix in new},
    }


def old_files(store: ReviewStore, change: Change) -> dict[str, bytes]:
    """Return the files of a change as they are without it, by suffix."""
    read = (
        (
            file.suffix,
            store.before(change.id, file.path) if change.status == "accepted" else store.content(file.path),
        )
        for file in change.own_files
    )
    return {suffix: data for suffix, data in read if data is not None}


def _whole(pieces: Iterable[tuple[str, bool]] | None) -> str | None:
    return None if pieces is None else "".join(text for text, _ in pieces)
