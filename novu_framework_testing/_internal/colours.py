"""Colours as CSS writes them."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

Colour: TypeAlias = "tuple[int, int, int]"


class Paint(NamedTuple):
    """A colour, and how much it covers: from 0, nothing, to 1."""

    colour: Colour
    alpha: float

    def over(self, ground: Colour | None) -> Colour | None:
        """Return the colour that is seen on a ground; None where it shines through, and nobody knows the ground."""
        if self.alpha == 1:
            return self.colour
        if ground is None:
            return None
        red, green, blue = (
            round(self.alpha * above + (1 - self.alpha) * below)
            for above, below in zip(self.colour, ground, strict=True)
        )
        return red, green, blue


@lru_cache(maxsize=4096)
def paint_of(text: str) -> Paint | None:
    """Return what a value of CSS paints; None for one that is no colour, or not by itself, such as `currentcolor`."""
    from tinycss2.color4 import parse_color

    found: Any = parse_color(text.replace("!important", "").strip())
    try:
        parts = found.to("srgb")
    except (
        AttributeError,
        NotImplementedError,
    ):  # none, a keyword, or a space that the library does not convert
        return None
    red, green, blue = (round(255 * min(max(part, 0), 1)) for part in parts[:3])
    return Paint((red, green, blue), min(max(parts.alpha, 0), 1))


@lru_cache(maxsize=1024)
def colour_of(text: str) -> Colour | None:
    """Return an opaque colour; None for another one, or for a value that is none."""
    paint = paint_of(text)
    return paint.colour if paint and paint.alpha == 1 else None


_PARTS = re.compile(r"(?:[^\s(]|\([^)]*\))+")


@lru_cache(maxsize=1024)
def background_of(text: str) -> Paint | None:
    """Return what the value of `background` paints below its pictures; None where it has a picture, or is unclear."""
    if re.search(r"url\(|gradient|image|var\(", text):
        return None
    words = [word for word in _PARTS.findall(text.replace("!important", "")) if word != "none"]
    paints = [paint for word in words if (paint := paint_of(word)) is not None]
    if not paints and not any("(" in word or word in ("inherit", "currentcolor") for word in words):
        return Paint((0, 0, 0), 0)
    return paints[0] if len(paints) == 1 else None


_HUES = (
    (15, "red"), (45, "orange"), (70, "yellow"), (165, "green"), (195, "turquoise"), (255, "blue"), (290, "purple"),
    (345, "pink"), (361, "red"),
)  # fmt: skip


def name_of(colour: Colour) -> str:
    """Return what people call a colour, roughly, such as `dark blue`."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    if lightness > 0.97 or lightness < 0.06:
        return "white" if lightness > 0.5 else "black"
    name = next(name for end, name in _HUES if hue * 360 < end)
    if saturation < 0.15:
        name = "grey"
    elif name == "orange" and lightness < 0.4:
        return "brown"
    return f"{'light ' if lightness > 0.75 else 'dark ' if lightness < 0.3 else ''}{name}"
