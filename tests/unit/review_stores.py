"""Stores of one test's changes, for the tests of deciding on them."""

from __future__ import annotations

from pathlib import Path

from novu_framework_testing.review import Change, ReviewStore, TestChanges
from novu_framework_testing.review.changes import FileChange, Kind, change_id
from novu_framework_testing.snapshots.files import encode, fingerprint

FOLDER = "tests/__snapshots__/test_shop/test_welcome"


def change(
    root: Path,
    stem: str,
    new: str | None,
    *,
    kind: Kind = "changed",
    workflow: str = "welcome",
    gist: str = "",
) -> Change:
    """A change of the file `<stem>.txt` as it is on disk now."""
    path = f"{FOLDER}/{stem}.txt"
    old = (root / path).read_bytes() if (root / path).exists() else None
    return Change(
        id=change_id(FOLDER, stem),
        kind=kind,
        step=stem,
        channel="sms",
        workflow=workflow,
        stem=stem,
        title="",
        gist=gist,
        files=(FileChange(path, fingerprint(old), new),),
    )


def kept(root: Path, *changes: Change) -> ReviewStore:
    store = ReviewStore(root)
    store.replace([TestChanges("tests/test_shop.py::test_welcome", FOLDER, changes)], ran=[FOLDER])
    return store


def snapshot(root: Path, stem: str, text: str) -> Path:
    path = root / FOLDER / f"{stem}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(text))
    return path


def only(store: ReviewStore) -> tuple[str, str]:
    ((_, found),) = store.pending()
    return found.id, found.revision
