"""Colours as CSS writes them."""

from __future__ import annotations

import math
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


# Where a hue ends, in degrees of Oklab, which puts colours apart as people see them: https://bottosson.github.io/posts/oklab
_HUES = (
    (14, "pink"), (34, "red"), (81, "orange"), (116, "yellow"), (166, "green"), (212, "turquoise"), (278, "blue"), (332, "purple"),
    (361, "pink"),
)  # fmt: skip


_MISTAKEN = (
    (278, 290, 0.85, 1, 1, 278),
    (278, 287, 0, 0.85, 0.14, 278),
    (166, 177, 0, 0.5, 1, 166),
    (332, 350, 0, 0.45, 1, 332),
    (0, 14, 0, 0.45, 1, 15),
    (10, 14, 0, 0.62, 1, 15),
)
"""Hues that pale, dull or dark colours have, from where to where; how light and how strong these are; and the hue that people see."""


def _oklab(colour: Colour) -> tuple[float, float, float]:
    """Return how light a colour is, how strong, and its hue in degrees."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in colour)
    )
    long, medium, short = (
        (parts[0] * red + parts[1] * green + parts[2] * blue) ** (1 / 3)
        for parts in (
            (0.4122214708, 0.5363325363, 0.0514459929),
            (0.2119034982, 0.6806995451, 0.1073969566),
            (0.0883024619, 0.2817188376, 0.6299787005),
        )
    )
    lightness = 0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def lightness(colour: Colour) -> float:
    """Return how light a colour is to the eye: 0 for black, 1 for white."""
    return _oklab(colour)[0]


def distance(one: Colour, other: Colour) -> float:
    """Return how far two colours are apart for the eye: 0 for the same, 1 for black and white."""
    (light, strong, hue), (its_light, its_strong, its_hue) = _oklab(one), _oklab(other)
    angle = math.radians(hue - its_hue)
    across = strong**2 + its_strong**2 - 2 * strong * its_strong * math.cos(angle)
    return math.sqrt((light - its_light) ** 2 + max(across, 0))


def is_grey(colour: Colour) -> bool:
    """Tell whether a colour is black, white or a grey, be it a bluish one as designs have."""
    return _oklab(colour)[1] < _STRONG


_STRONG = 0.05
"""How strong a colour is that is seen as one: red is 0.26 strong."""


def name_of(colour: Colour) -> str:
    """Return what people call a colour, roughly, such as `dark blue`, or `blue-black` and `blue-grey` for what only has a touch of it.

    >>> name_of((0x45, 0x27, 0xA0)), name_of((0xBF, 0x36, 0x0C)), name_of((0xEE, 0xEE, 0xEE))
    ('purple', 'dark orange', 'light grey')
    """
    lightness, strength, hue = _oklab(colour)
    if lightness < 0.1 or (strength < 0.012 and not 0.17 < lightness < 0.985):
        return "white" if lightness > 0.5 else "black"
    hue = next(
        (
            seen
            for start, end, least, most, strongest, seen in _MISTAKEN
            if start < hue < end and least < lightness < most and strength < strongest
        ),
        hue,
    )
    name = next(name for end, name in _HUES if hue <= end)
    if lightness > 0.965 and strength < 0.012:
        return "off-white"
    least = 0.0095 if name in ("green", "turquoise") else 0.008  # pale greens are taken for greys
    if strength < (least if lightness > 0.9 else 0.016 + 0.02 * (1 - abs(2 * lightness - 1))):
        name = "grey"
    elif (
        name in ("orange", "yellow")
        and strength < (0.045 if lightness > 0.9 and hue > 85 else 0.075)
        and 0.65 < lightness < 0.975
    ):
        name = "beige"
    elif (name == "orange" and lightness < 0.56 and strength < 0.14) or (
        name == "red" and strength < 0.06 and lightness < 0.6
    ):
        name = "brown"
    elif name == "yellow" and lightness < 0.6:
        name = "olive"
    elif name == "blue" and strength < 0.056 and 0.32 < lightness < 0.8:
        name = "blue-grey"
    if name != "grey" and lightness < 0.285 and strength < 0.045:
        return f"{name}-black"
    dark, light = _SHADES.get(name, (0, 1))
    is_light = lightness > light and strength < 0.15
    return f"{'light ' if is_light else 'dark ' if lightness < dark else ''}{name}"


_SHADES = {
    "yellow": (0.72, 0.95), "orange": (0.56, 0.81), "grey": (0.42, 0.84), "purple": (0.34, 0.78), "brown": (0.34, 0.8), "blue": (0.38, 0.8),
    "blue-grey": (0.42, 0.8),
    "turquoise": (0.48, 0.88), "olive": (0.45, 0.8), "green": (0.54, 0.88), "red": (0.505, 0.72), "pink": (0.45, 0.84),
}  # fmt: skip
"""Below and above how much light the colours of a name are called dark and light."""
