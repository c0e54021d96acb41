"""Snapshots of what a subscriber would see: one readable file a step, kept beside the tests.

`snapshot_fixture` makes what the `novu_snapshot` fixture gives. `FORMATS` says how each kind of step is laid
out, and is where to put a layout of your own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novu_framework_testing._internal.lazy import lazy

if TYPE_CHECKING:
    from novu_framework_testing.snapshots.assertion import snapshot_fixture
    from novu_framework_testing.snapshots.content_change import ContentChange
    from novu_framework_testing.snapshots.formats import FORMATS, StepFormat, format_of
    from novu_framework_testing.snapshots.rendered import RenderedStep, rendered_steps
    from novu_framework_testing.snapshots.text_diff import content_changes

_HOMES = {
    "assertion": "snapshot_fixture",
    "formats": "FORMATS StepFormat format_of",
    "rendered": "RenderedStep rendered_steps",
    "content_change": "ContentChange",
    "text_diff": "content_changes",
}
__all__ = [
    "FORMATS",
    "ContentChange",
    "RenderedStep",
    "StepFormat",
    "content_changes",
    "format_of",
    "rendered_steps",
    "snapshot_fixture",
]

if not TYPE_CHECKING:  # it would make any name one that there is
    # these load the runtime, which a run of tests without snapshots does not need
    __getattr__ = lazy(__name__, _HOMES)
