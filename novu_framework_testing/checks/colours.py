"""Colours of an email's texts, where the HTML itself says both the text's and the background's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from novu_framework_testing._internal.colours import Colour, colour_of
from novu_framework_testing._internal.html_document import Document, Element


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
    """What an element's text is drawn with; None where the HTML alone does not say it."""

    colour: Colour | None
    background: Colour | None
    size: float | None


def drawn_texts(document: Document) -> Iterator[tuple[Element, str, Colour, Colour, float | None]]:
    """Give the texts whose colour and background are both certain, with these and the size in pixels."""
    coloured = _selected(document, ("color", "background", "background-color"))
    known: dict[int, _Drawn] = {}
    for element in document.elements:  # parents come before their children
        above = known.get(id(element.parent), _Drawn(None, None, None))
        known[id(element)] = _drawn(element, above, coloured)
    for element, text in document.texts:
        drawn = known.get(id(element))
        if (
            drawn
            and drawn.colour
            and drawn.background
            and not element.hidden
            and any(letter.isalnum() for letter in text)
        ):
            yield element, text, drawn.colour, drawn.background, drawn.size


def _drawn(element: Element, above: _Drawn, coloured: frozenset[str]) -> _Drawn:
    style = element.style
    colour, background, size = above
    names = {element.tag, *(f".{name}" for name in element.get("class").split()), f"#{element.get('id')}"}
    if "*" in coloured or not coloured.isdisjoint(names):
        return _Drawn(None, None, None)  # a stylesheet may say something else
    if "color" in style:
        colour = colour_of(style["color"])
    elif element.tag == "font" and element.get("color"):
        colour = colour_of(element.get("color"))
    elif element.tag == "a":
        colour = None
    if "background-image" in style or element.get("background"):
        background = None
    elif any(name in style for name in ("background", "background-color")):
        value = style.get("background-color", style.get("background", ""))
        background = above.background if value in ("transparent", "none", "inherit", "") else colour_of(value)
        if "url(" in style.get("background", "") or "gradient" in style.get("background", ""):
            background = None
    elif element.get("bgcolor"):
        background = colour_of(element.get("bgcolor"))
    if found := re.fullmatch(r"(\d+(?:\.\d+)?)px", style.get("font-size", "")):
        size = float(found[1])
    elif "font-size" in style:
        size = None
    elif re.fullmatch(r"h[1-3]", element.tag):
        size = 24.0
    return _Drawn(colour, background, size if size is not None or "font-size" in style else 16.0)


def _selected(document: Document, properties: tuple[str, ...]) -> frozenset[str]:
    """Return the last parts of the selectors that set one of the properties: `.name`, `#name`, `tag` or `*`."""
    found: set[str] = set()
    for one in document.declarations:
        if one.selector and one.name in properties and not one.conditional:
            for selector in one.selector.split(","):
                last = re.split(r"[\s>+~]+", selector.strip())[-1].split(":")[0]
                found.update(re.findall(r"[.#][\w-]+", last) or [last.split("[")[0].lower() or "*"])
    return frozenset(found)
