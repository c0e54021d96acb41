"""Snapshots of what a subscriber would see: one readable file a step, kept beside the tests.

`snapshot_fixture` makes what the `novu_snapshot` fixture gives. `FORMATS` says how each kind of step is laid
out, and is where to put a layout of your own.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from novu_framework_testing.snapshots.differences import ContentDifference, differences
from novu_framework_testing.snapshots.formats import FORMATS, StepFormat, format_of
from novu_framework_testing.snapshots.rendered import RenderedStep, rendered_steps

if TYPE_CHECKING:
    import pytest

    from novu_framework_testing.snapshots.assertion import NovuSnapshot

__all__ = [
    "FORMATS",
    "ContentDifference",
    "RenderedStep",
    "StepFormat",
    "differences",
    "format_of",
    "rendered_steps",
    "snapshot_fixture",
]


def snapshot_fixture(item: pytest.Item) -> NovuSnapshot:
    """The snapshot that a test compares with, which keeps to the options that syrupy was given.

    Raises:
        RuntimeError: syrupy's pytest plugin is not loaded.
    """
    from syrupy.location import PyTestLocation

    from novu_framework_testing.snapshots.assertion import NovuSnapshot
    from novu_framework_testing.snapshots.extension import NovuSnapshotExtension

    session = getattr(item.config, "_syrupy", None)
    if session is None:
        raise RuntimeError("novu_snapshot needs syrupy's pytest plugin: do not run pytest with -p no:syrupy")
    known = {field.name for field in dataclasses.fields(NovuSnapshot) if field.init}
    flags: dict[str, Any] = {
        name: getattr(item.config.option, name, False)
        for name in ("update_snapshots", "update_new_snapshots_only")
        if name in known
    }
    return NovuSnapshot(
        session=session, extension_class=NovuSnapshotExtension, test_location=PyTestLocation(item), **flags
    )
