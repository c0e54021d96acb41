"""What people call ordinary colours of emails and brands."""

from __future__ import annotations

import pytest

from novu_framework_testing._internal.colours import (
    Paint,
    background_of,
    colour_of,
    distance,
    is_grey,
    lightness,
    name_of,
    paint_of,
)
from tests.tables import walked

NAMES = {
    "beige": "#f3efe7 #f5f5dc #d2b48c #ffeecc #eeddaa",
    "black": "#000000 #000001 #000007",
    "blue": "#3f51b5 #0d47a1 #2196f3 #01579b #0000ff #58b9ff #0277bd #5a67d8 #6366f1 #4f46e5 #0ea5e9 #483d8b #5555aa #7f7fd5",
    "blue-black": "#111827 #1f2937 #0f172a #1e293b #020617 #102030 #1a1a2e",
    "blue-grey": "#607d8b #64748b #94a3b8 #475569 #778899 #8898aa #525f7f #aabbcc #78909c #6b7c93 #445566",
    "brown": "#795548 #8b4513",
    "dark blue": "#1a237e #14405c #000080 #222244 #1e1e50 #1e3a8a #16213e #2a2a40 #333366 #2d2d5f",
    "dark blue-grey": "#334155 #2c3e50 #34495e",
    "dark brown": "#3e2723",
    "dark green": "#0b3d2e #0b5d4b #004d40 #1b5e20 #2e7d32 #0a7d32 #008000 #114433",
    "dark grey": "#333333 #263238 #111111 #222222",
    "dark orange": "#bf360c",
    "dark pink": "#880e4f",
    "dark red": "#5b1f2e #b71c1c #b00020 #990033 #880044",
    "dark turquoise": "#006064 #00695c",
    "dark yellow": "#b8860b",
    "green": "#4caf50 #8bc34a #00ff00 #10b981 #16a34a",
    "grey": "#777777 #c0c0c0",
    "light blue": "#e3f2fd #eeeeff #9cc9e6 #7fdbff #e1e2e8 #e8eef2",
    "light green": "#f5fef6 #e4ebe4",
    "light grey": "#eeeeee #e0e8e5 #e4ebe8",
    "light orange": "#ffd180",
    "light pink": "#fce4ec #ffc0cb",
    "light purple": "#e0d4e1",
    "light red": "#fff0ee",
    "light turquoise": "#d9ebe6",
    "light yellow": "#fff8e1 #fef3c7",
    "off-white": "#faf7f1",
    "olive": "#827717 #808000",
    "orange": "#ff9800 #e65100 #ff5722 #ffa500 #f59e0b #ffaa66",
    "pink": "#e91e63 #d81b60 #fb7185 #c2185b #ffaadd",
    "purple": "#4527a0 #9c27b0 #6a1b9a #673ab7 #800080 #7c3aed #6e0b4f #6b1d4f #6a5acd #8e44ad #661144",
    "purple-black": "#1b1a27",
    "red": "#e01e5a #e0245e #f44336 #cc0000 #ff0000 #c62828 #d50000 #ff6f61 #fa8072 #ef4444 #dc2626",
    "turquoise": "#009688 #40e0d0 #00bcd4",
    "white": "#ffffff",
    "yellow": "#efdebb #cddc39 #ffeb3b #fbc02d #ffff00",
}


@walked(("name", "colours"), NAMES.items())
def test_the_name_of_a_colour(name: str, colours: str) -> None:
    assert {
        each: name_of(colour) for each in colours.split() if (colour := colour_of(each))
    } == dict.fromkeys(colours.split(), name)


def test_how_far_colours_are_apart() -> None:
    white, black, grey = (255, 255, 255), (0, 0, 0), (250, 250, 250)
    assert distance(white, white) == pytest.approx(0, abs=1e-6)
    assert distance(white, black) == pytest.approx(1, abs=1e-3)
    assert distance(white, grey) < 0.02 < distance(grey, black)


def test_distances_and_light_are_those_of_oklab() -> None:
    red, green, blue = (255, 0, 0), (0, 255, 0), (0, 0, 255)
    measured = [lightness(each) for each in (red, green, blue, (10, 10, 10), (11, 11, 11))]
    assert measured == pytest.approx([0.627955, 0.866440, 0.452014, 0.144788, 0.149577], abs=1e-6)
    assert [distance(red, green), distance(red, blue), distance(green, blue)] == pytest.approx(
        [0.519813, 0.537090, 0.673372], abs=1e-6
    )


@pytest.mark.parametrize(
    ("colour", "grey"),
    [("#000000", True), ("#777777", True), ("#647080", True), ("#506080", False), ("#ff0000", False)],
)
def test_a_bluish_grey_is_a_grey(colour: str, grey: bool) -> None:
    assert is_grey(colour_of(colour) or (0, 0, 0)) is grey


RED = (255, 0, 0)


@walked(
    ("text", "paint"),
    [
        ("red", Paint(RED, 1)),
        (" #F00 !important", Paint(RED, 1)),
        ("hsl(120 100% 25%)", Paint((0, 128, 0), 1)),
        ("color(srgb 1.2 -0.1 .5)", Paint((255, 0, 128), 1)),
        ("rgba(255, 255, 255, .25)", Paint((255, 255, 255), 0.25)),
        ("rgb(1 2 3 / 2)", Paint((1, 2, 3), 1)),
        ("rgb(1 2 3 / -2)", Paint((1, 2, 3), 0)),
        ("transparent", Paint((0, 0, 0), 0)),
        *((text, None) for text in ("currentcolor", "inherit", "none", "10px", "", "var(--x)")),
    ],
)  # fmt: skip
def test_what_a_value_paints(text: str, paint: Paint | None) -> None:
    assert paint_of(text) == paint
    assert colour_of(text) == (paint.colour if paint and paint.alpha == 1 else None)


@walked(
    ("text", "paint"),
    [
        ("red", Paint(RED, 1)),
        ("#f00!important", Paint(RED, 1)),
        ("rgb(255, 0, 0) no-repeat", Paint(RED, 1)),
        ("none red", Paint(RED, 1)),
        ("rgb(255 0 0 / .5) fixed", Paint(RED, 0.5)),
        *((text, Paint((0, 0, 0), 0)) for text in ("none", "no-repeat 0 0 / cover", "transparent", "")),
        *((text, None) for text in ("url(a.png) red", "linear-gradient(red, blue)", "image-set(x) red", "var(--x) red")),
        *((text, None) for text in ("red blue", "inherit", "currentcolor", "color-mix(in srgb, red, blue)")),
    ],
)  # fmt: skip
def test_what_a_background_paints_below_its_pictures(text: str, paint: Paint | None) -> None:
    assert background_of(text) == paint


def test_paint_lets_its_ground_through() -> None:
    half, quarter = Paint((1, 2, 3), 0.5), Paint((10, 20, 30), 0.25)
    assert quarter.over((100, 200, 40)) == (78, 155, 38)
    assert Paint((1, 2, 3), 0).over((9, 8, 7)) == (9, 8, 7)
    assert (half.over(None), Paint((1, 2, 3), 1).over(None)) == (None, (1, 2, 3))
