"""What the boxes look like that came or went with all that is in them: at the words of these nothing can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from typing import TypeAlias

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.snapshots.html_styles import BACKGROUND, Styles
from novu_framework_testing.snapshots.look_difference import (
    BOX_ITSELF,
    NEVER_SEEN,
    WHITE,
    LookDifference,
    Placed,
    value_changes,
)

_OF_A_BOX = re.compile(
    "background-color|border(?:-(?:top|right|bottom|left))?-(?:width|style|color)|box-shadow"
)
_Look: TypeAlias = "tuple[tuple[str, str], ...]"


def arrivals(
    sides: tuple[Styles, Styles],
    places: tuple[Sequence[Placed], Sequence[Placed]],
    known: tuple[Set[int], Set[int]],
) -> Iterator[LookDifference]:
    """Yield the look of each box that holds nothing of the other version, where nothing in that has it.

    Args:
        sides: The styles of both versions.
        places: What is read in them.
        known: The numbers of what both versions have, in each.
    """
    for side, styles in enumerate(sides):
        shared = {id(each) for number in known[side] for each in places[side][number][1].element.above()}
        told: set[_Look] | None = None
        others = {block.text for block, _ in places[1 - side]}  # which may be of another kind there
        for number, (block, place) in enumerate(places[side]):
            if (
                number in known[side]
                or block.kind in NEVER_SEEN
                or block.text in others
                or not block.text.strip()
            ):
                continue
            own = [each for each in place.element.above() if id(each) not in shared]
            for look in filter(None, (_look(styles, each) for each in reversed(own))):
                if told is None:
                    told = {_look(sides[1 - side], each) for each in sides[1 - side].document.elements}
                if look not in told:
                    told.add(look)
                    said = "; ".join(f"{name} {value}" for name, value in look)
                    was, now = (None, said) if side else (said, None)
                    kind = "image" if block.is_image else block.kind
                    at = number if side else -1
                    yield LookDifference(BOX_ITSELF, was, now, block.text, place=at, kind=kind)
                    break


def _look(styles: Styles, element: Element) -> _Look:
    """Return what an element looks like as a box: its background, where that is not the one behind it, borders, a shadow."""
    own = {name: value for name, value in styles.own(element).items() if _OF_A_BOX.fullmatch(name)}
    if own and element.parent is not None and own.get(BACKGROUND) == (styles.behind(element.parent) or WHITE):
        del own[BACKGROUND]
    return tuple((name, value) for name, _, value in value_changes({}, own) if value and value != "none")
