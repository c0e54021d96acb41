"""Sizes of parts inside of each other: what got one with what is around it is told once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from novu_framework_testing._internal.html_document import INLINE
from novu_framework_testing.snapshots.html_styles import WHEN, base
from novu_framework_testing.snapshots.look_difference import LookDifference


def without_inner_sizes(found: Sequence[tuple[str, LookDifference]]) -> Iterator[LookDifference]:
    """Yield differences but for the size of what is inside another part that got, or lost, a size too: that is one thing."""
    for at, (tag, each) in enumerate(found):
        is_told = base(each.name) in _SIZES and any(
            other.name == each.name
            and (tag in INLINE or _is_new(each) or _is_new(other) or _grows(each) == _grows(other))
            for _, other in found[at + 1 :]
        )
        is_twin = WHEN in each.name and any(
            base(each.name) in (other.name, f"max-{other.name}")
            and other.name in _SIZES
            and other[1:3] == each[1:3]
            for _, other in found
        )
        if not is_told and not is_twin:
            yield each


def _grows(each: LookDifference) -> bool | None:
    """Whether a size became a larger one; None where that cannot be told."""
    sizes = [_LENGTH.fullmatch(value or "") for value in (each.old, each.new)]
    if sizes[0] is None or sizes[1] is None or sizes[0][2] != sizes[1][2]:
        return None
    return float(sizes[1][1]) > float(sizes[0][1])


_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(px|em|rem|%)")


def _is_new(each: LookDifference) -> bool:
    return None in (each.old, each.new)


_SIZES = frozenset({"width", "height", "max-width", "min-width"})
