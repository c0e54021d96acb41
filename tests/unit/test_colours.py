"""What people call ordinary colours of emails and brands."""

from __future__ import annotations

import pytest

from novu_framework_testing._internal.colours import colour_of, distance, name_of

NAMES = {
    "beige": "#f3efe7 #f5f5dc #d2b48c",
    "blue": "#3f51b5 #0d47a1 #2196f3 #01579b #607d8b #0000ff #58b9ff #0277bd #5a67d8 #6366f1 #4f46e5 #0ea5e9 #483d8b #5555aa #7f7fd5",
    "brown": "#795548 #8b4513",
    "dark blue": "#1a237e #14405c #000080 #102030 #222244 #1e1e50 #2a2a40 #333366 #2d2d5f",
    "dark brown": "#3e2723",
    "dark green": "#0b3d2e #0b5d4b #004d40 #1b5e20 #2e7d32 #0a7d32 #008000",
    "dark grey": "#333333 #263238 #111111 #222222",
    "dark orange": "#bf360c",
    "dark pink": "#880e4f",
    "dark red": "#5b1f2e #b71c1c #b00020",
    "dark turquoise": "#006064 #00695c",
    "dark yellow": "#b8860b",
    "green": "#4caf50 #8bc34a #00ff00 #10b981 #16a34a",
    "grey": "#777777 #c0c0c0",
    "light blue": "#e3f2fd #eeeeff #9cc9e6 #7fdbff",
    "light grey": "#eeeeee",
    "light orange": "#ffd180",
    "light pink": "#fce4ec #ffc0cb",
    "light yellow": "#fff8e1 #fef3c7",
    "off-white": "#faf7f1",
    "olive": "#827717 #808000",
    "orange": "#ff9800 #e65100 #ff5722 #ffa500 #f59e0b",
    "pink": "#e91e63 #c2185b",
    "purple": "#4527a0 #9c27b0 #6a1b9a #673ab7 #800080 #7c3aed #6e0b4f #6b1d4f #6a5acd #8e44ad",
    "red": "#f44336 #cc0000 #ff0000 #c62828 #d50000 #ff6f61 #fa8072 #ef4444 #dc2626",
    "turquoise": "#009688 #40e0d0 #00bcd4",
    "yellow": "#cddc39 #ffeb3b #fbc02d #ffff00",
}


@pytest.mark.parametrize(("name", "colours"), NAMES.items())
def test_the_name_of_a_colour(name: str, colours: str) -> None:
    assert {
        each: name_of(colour) for each in colours.split() if (colour := colour_of(each))
    } == dict.fromkeys(colours.split(), name)


def test_how_far_colours_are_apart() -> None:
    white, black, grey = (255, 255, 255), (0, 0, 0), (250, 250, 250)
    assert distance(white, white) == pytest.approx(0, abs=1e-6)
    assert distance(white, black) == pytest.approx(1, abs=1e-3)
    assert distance(white, grey) < 0.02 < distance(grey, black)
