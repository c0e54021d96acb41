"""What changed in when a step goes on that waits, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import attrgetter

from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework.steps.throttle import THROTTLE
from novu_framework_testing.snapshots.content_change import ContentChange


def wait_changes(changes: list[ContentChange], channel: str) -> list[ContentChange]:
    """Return the changes of a step that waits, in words: one where when it goes on was said in one way, and is in another; of others as they are."""
    if channel not in KINDS or channel in CHANNELS:
        return changes
    is_throttle = channel == THROTTLE.type
    times = [each for each in changes if each.part in _GOES_ON]
    gone, come = ([each for each in times if side(each) is None] for side in (_NOW, _WAS))
    if len(gone) == len(come) == 1:
        part = _WINDOW if is_throttle else "when it goes on"
        sides = (gone[0].part, gone[0].old), (come[0].part, come[0].new)
        old, new = (f"{side}" if is_throttle else _GOES_ON[name].format(side) for name, side in sides)
        merged = ContentChange(part, old, new, about=f"{old} {new}")
        # in which way, the words of both say
        changes = [merged, *(each for each in changes if each not in (*gone, *come) and each.part != "type")]
    parts = _PARTS_OF_THROTTLE if is_throttle else {}
    return [_with_way(replace(each, part=parts.get(each.part, each.part))) for each in changes]


def _with_way(change: ContentChange) -> ContentChange:
    """Return a change of how the time of a step that waits is set, in words; any other as it is."""
    if change.part != "type":
        return change
    old, new = (side and _WAYS.get(side, side) for side in (change.old, change.new))
    return replace(change, part="how its time is set", old=old, new=new)


_WINDOW = "in how long a time"
_PARTS_OF_THROTTLE: Mapping[str, str] = {"duration": _WINDOW, "until": _WINDOW}
_WAS, _NOW = attrgetter("old"), attrgetter("new")
_GOES_ON = {"duration": "after {}", "until": "at {}", "cron": "{}"}
"""When a step goes on that waits, by the parts that say it."""
_WAYS = {
    "regular": "as a length of time",
    "fixed": "as a length of time",
    "timed": "by the calendar",
    "dynamic": "by the data",
}
