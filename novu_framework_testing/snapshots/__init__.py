"""Snapshots of what a subscriber would see: one readable file a step, kept beside the tests.

`snapshot_fixture` makes what the `novu_snapshot` fixture gives. `FORMATS` says how each kind of step is laid
out, and is where to put a layout of your own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from novu_framework_testing.snapshots.assertion import snapshot_fixture
    from novu_framework_testing.snapshots.formats import FORMATS, StepFormat, format_of
    from novu_framework_testing.snapshots.rendered import RenderedStep, rendered_steps
    from novu_framework_testing.snapshots.text_diff import ContentChange, content_changes

_HOMES = {
    "snapshot_fixture": "assertion",
    "FORMATS": "formats",
    "StepFormat": "formats",
    "format_of": "formats",
    "RenderedStep": "rendered",
    "rendered_steps": "rendered",
    "ContentChange": "text_diff",
    "content_changes": "text_diff",
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


def __getattr__(name: str) -> Any:
    # These load the runtime, which a run of tests without snapshots does not need.
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
