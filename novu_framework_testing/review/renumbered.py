"""Steps that only have another number, since one before them came or went: they go with that one."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from novu_framework_testing.review.changes import Change
from novu_framework_testing.snapshots.names import FileName


def without_renumbered(changes: Iterable[Change], unmoved: Iterable[str]) -> list[Change]:
    """Return the changes of a test, with the files of steps that were only renumbered in the change of the cause.

    Steps that stand in another order are still changes of their own.

    Args:
        changes: All of the test.
        unmoved: The stems of the steps that have a snapshot at the place where they are.
    """
    groups: dict[str | None, list[Change]] = defaultdict(list)
    orders: dict[str | None, list[tuple[int, int]]] = defaultdict(list)
    for change in changes:
        groups[_place(change.stem)[0]].append(change)
    for before, after in [(stem, stem) for stem in unmoved] + [
        (_stem_before(change), change.stem)
        for group in groups.values()
        for change in group
        if change.kind == "moved"
    ]:
        name, place = _place(after)
        orders[name].append((_place(before)[1], place))
    found: list[Change] = []
    for name, group in groups.items():
        cause = next((change for change in group if change.kind in ("new", "gone")), None)
        moved = [change for change in group if change.kind == "moved"]
        now = [place for _, place in sorted(orders[name])]
        if cause and now == sorted(now):
            files = (*cause.files, *(file for change in moved for file in change.files))
            group = [change for change in group if change not in moved and change is not cause]
            group.append(dataclasses.replace(cause, files=files))
        found += group
    return found


def _place(stem: str) -> tuple[str | None, int]:
    """Return the name of the assertion, and the number in it, of a step's files."""
    name = FileName.of_stem(stem)
    return (name.name, name.order) if name else (stem, 0)


def _stem_before(change: Change) -> str:
    """Return what the names of the files began with of a step that moved."""
    gone = next(file for file in change.files if file.new is None)
    return PurePosixPath(gone.path).name.removesuffix(gone.suffix)
