"""What the boxes look like that came or went with all that is in them: at the words of these nothing can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from novu_framework_testing._internal.colours import paint_of
from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.snapshots.html_styles import BACKGROUND, WHITE, Styles
from novu_framework_testing.snapshots.look_company import Inside
from novu_framework_testing.snapshots.look_difference import (
    BOX_ITSELF,
    BUTTON_ITSELF,
    NEVER_SEEN,
    LookDifference,
    Placed,
)
from novu_framework_testing.snapshots.look_values import said_of_pictures

Look: TypeAlias = "tuple[tuple[str, str], ...]"
"""What is seen of a box: `background-color`, `background-image`, `border-top` and the other sides, `box-shadow`, with their values."""

_SIDES = ("top", "right", "bottom", "left")
_VALUES = re.compile(r"(?:[^\s(]|\([^)]*\))+")
_OF_A_LOOK = ("background", "border", "box-shadow")
_DRAWN = frozenset({"solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset"})
_NOTHING = re.compile(r"0(?:\.0*)?[a-z]*")
PAGE = frozenset({"body", "html", "#root"})


def arrivals(
    sides: tuple[Styles, Styles],
    places: tuple[Sequence[Placed], Sequence[Placed]],
    known: tuple[Set[int], Set[int]],
) -> Iterator[LookDifference]:
    """Yield the look of each box that holds nothing of the other version, where nothing in that looks so.

    Args:
        sides: The styles of both versions.
        places: What is read in them.
        known: The numbers of what both versions have, in each.
    """
    for side in (0, 1):
        others = {block.text for block, _ in places[1 - side]}  # which may be of another kind there
        alone = [
            number
            for number, (block, _) in enumerate(places[side])
            if number not in known[side]
            and block.kind not in NEVER_SEEN
            and block.text not in others
            and block.text.strip()
        ]
        told: set[Look] | None = None
        inside: Inside | None = None
        for element, holds_button in _boxes(sides[side], places[side], alone):
            look = look_of(sides[side], element)
            if told is None:
                told = {look_of(sides[1 - side], each) for each in sides[1 - side].document.elements}
            if look in told:
                continue
            inside = inside or Inside(sides[side].document, places[side])
            numbers = inside.of(element)
            if not numbers:
                continue
            first, last = (places[side][numbers[at]][0] for at in (0, -1))
            said = "; ".join(f"{name} {value}" for name, value in look)
            yield LookDifference(
                BUTTON_ITSELF if holds_button else BOX_ITSELF,
                None if side else said,
                said if side else None,
                first.text,
                until=last.text if len(numbers) > 1 and last.text != first.text else "",
                place=numbers[0] if side else -1,
                kind="button" if holds_button else "image" if first.is_image else "text",
            )


def _boxes(styles: Styles, places: Sequence[Placed], alone: Sequence[int]) -> Iterator[tuple[Element, bool]]:
    """Yield each box that holds nothing but what the other version has not, in order, and whether it is the look of a button."""
    unknown = set(alone)
    shared = {
        id(each)
        for number, (_, place) in enumerate(places)
        if number not in unknown
        for each in place.element.above()
    }
    seen: set[int] = set()
    for number in alone:
        block, place = places[number]
        found = []
        is_button = block.kind == "button"
        for element in place.element.above():
            if id(element) in shared or id(element) in seen or element.tag in PAGE:
                break
            seen.add(id(element))
            if look_of(styles, element):
                found.append((element, is_button))
                is_button = False  # what is further out is around the button
        yield from reversed(found)


def look_of(styles: Styles, element: Element) -> Look:
    """Return what an element looks like as a box: its background, where that is not the one behind it, borders, a shadow."""
    own = styles.own(element)
    if not any(name.startswith(_OF_A_LOOK) for name in own):
        return ()
    look = []
    ground = own.get(BACKGROUND)
    if ground and _is_seen(ground) and ground != _behind(styles, element):
        look.append((BACKGROUND, ground))
    image = own.get("background-image", "none")
    if said_of_pictures(image):
        look.append(("background-image", image.replace("; ", ";")))
    for number, side in enumerate(_SIDES):
        width, style, colour = (_of_side(own, what, number) for what in ("width", "style", "color"))
        if style in _DRAWN and width and not _NOTHING.fullmatch(width) and _is_seen(colour or WHITE):
            look.append((f"border-{side}", f"{width} {style} {colour}"))
    shadow = own.get("box-shadow", "none")
    if shadow != "none" and "transparent" not in shadow:
        look.append(("box-shadow", shadow))
    return tuple(look)


def _behind(styles: Styles, element: Element) -> str:
    return (styles.behind(element.parent) if element.parent is not None else "") or WHITE


def _of_side(own: Mapping[str, str], what: str, number: int) -> str:
    """Return the width, the line or the colour of a border at one side, as CSS gives one to four values for all."""
    values = _VALUES.findall(own.get(f"border-{what}", ""))
    every = (
        values[number % len(values)]
        if len(values) in (1, 2, 4)
        else (*values, *values[1:])[number]
        if values
        else ""
    )
    return own.get(f"border-{_SIDES[number]}-{what}", every)


def _is_seen(colour: str) -> bool:
    paint = paint_of(colour)
    return paint is not None and paint.alpha > 0
