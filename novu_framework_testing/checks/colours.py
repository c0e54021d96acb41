"""Colours of an email's texts, where the email itself says both the text's and the background's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from novu_framework_testing._internal.colours import Colour, Paint, background_of, paint_of
from novu_framework_testing._internal.html_document import Document, Element
from novu_framework_testing._internal.selectors import Tree
from novu_framework_testing.checks.cascade import Cascade, Winner


@lru_cache(maxsize=1024)
def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [value / 255 for value in colour]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class _Drawn(NamedTuple):
    """What an element's text is drawn with; None where the email alone does not say it."""

    colour: Paint | None
    background: Colour | None
    size: float | None
    hidden: bool


_PROPERTIES = ("color", "background", "background-color", "background-image", "font-size", "font")
_HIDING = {
    "display": ("none",),
    "visibility": ("hidden",),
    "opacity": ("0",),
    "max-height": ("0", "0px"),
    "mso-hide": ("all",),
    "font-size": ("0", "0px", "1px"),
}


def drawn_texts(document: Document) -> Iterator[tuple[Element, str, Colour, Colour, float | None]]:
    """Give the texts whose colour and background are both certain, with these and the size in pixels."""
    tree = Tree(document)
    cascade, hiding = Cascade(tree, _PROPERTIES), Cascade(tree, _HIDING)
    known: dict[int, _Drawn] = {}
    for element in document.elements:  # parents come before their children
        above = known.get(id(element.parent), _Drawn(None, None, 16.0, hidden=False))
        hides = any(
            value.replace("!important", "").strip() in _HIDING[name] for name, value in hiding.values(element)
        )
        known[id(element)] = _drawn(element, above, cascade.of(element))._replace(
            hidden=above.hidden or hides
        )
    for element, text in document.texts:
        drawn = known.get(id(element))
        if drawn is None or drawn.hidden or element.hidden or not any(letter.isalnum() for letter in text):
            continue
        colour = drawn.colour.over(drawn.background) if drawn.colour else None
        if colour and drawn.background:
            yield element, text, colour, drawn.background, drawn.size


def _drawn(element: Element, above: _Drawn, style: dict[str, Winner]) -> _Drawn:
    colour, background, size, _ = above
    if said := style.get("color"):
        inherited = above.colour if said.value == "inherit" else paint_of(said.value)
        colour = inherited if said.sure else None
    elif element.tag == "font" and element.get("color"):
        colour = paint_of(element.get("color"))
    elif element.tag == "a":
        colour = None
    picture = style.get("background-image")
    if element.get("background") or (picture and picture.value != "none"):
        background = None
    elif said := style.get("background"):
        paint = background_of(said.value) if said.sure else None
        background = (
            above.background if said.value == "inherit" else paint.over(above.background) if paint else None
        )
    elif element.get("bgcolor"):
        ground = paint_of(element.get("bgcolor"))
        background = ground.over(above.background) if ground else None
    if element.style.get("opacity", "1") not in ("1", "1.0", "100%"):
        colour = background = None
    if said := style.get("font-size"):
        pixels = re.search(r"(?<![\w.])(\d+(?:\.\d+)?)(px|pt)", said.value) if said.sure else None
        size = float(pixels[1]) * (4 / 3 if pixels[2] == "pt" else 1) if pixels else None
    elif re.fullmatch(r"h[1-3]", element.tag):
        size = 24.0
    return _Drawn(colour, background, size, hidden=False)
