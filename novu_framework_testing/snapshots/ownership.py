"""Which files under `__snapshots__` are ours, and which are those of syrupy's other extensions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from syrupy.extensions import base

from novu_framework_testing.snapshots.names import is_snapshot_path


def leave_our_files_alone() -> Callable[[], None]:
    """Keep syrupy's other extensions from taking our files for leftovers of their own.

    Syrupy's default extension claims every file below `__snapshots__`, and would report, or delete, those of
    tests that were skipped. Returns what undoes it.
    """
    extensions: Any = base
    walk = extensions.walk_snapshot_dir

    def without_ours(root: str | Path, **options: Any) -> Iterator[str]:
        dirname = str(base.SnapshotCollectionStorage.snapshot_dirname)
        return (path for path in walk(root, **options) if not is_snapshot_path(Path(path), dirname=dirname))

    extensions.walk_snapshot_dir = without_ours

    def undo() -> None:
        if extensions.walk_snapshot_dir is without_ours:
            extensions.walk_snapshot_dir = walk

    return undo
