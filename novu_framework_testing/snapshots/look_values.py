"""How values of CSS are said: a colour with its name, a border by its thickness, whether words can be read on what is behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from novu_framework_testing._internal.colours import (
    Paint,
    colour_of,
    distance,
    lightness,
    name_of,
    paint_of,
)
from novu_framework_testing.snapshots.look_difference import ROW

_BLACK = (0, 0, 0)


def said_of_value(value: str) -> str:
    """Return a value as a reader takes it: a colour with its name, a number without more decimals than anyone sees."""
    colour = colour_of(value) if value.startswith("#") else None
    return f"{name_of(colour)} {value}" if colour else _LONG.sub(_rounded, _REM.sub(_in_pixels, value))


def said_of_paint(value: str) -> str:
    """Return a colour as it is seen on white, with its name."""
    paint = paint_of(value)
    colour = paint.over(_ON_WHITE) if paint else None
    return said_of_value("#{:02x}{:02x}{:02x}".format(*colour)) if colour else "coloured"


_ON_WHITE = (255, 255, 255)


@lru_cache(maxsize=256)
def said_of_pictures(value: str) -> tuple[str, ...]:
    """Return what a value of `background-image` draws, from the front to the back; nothing where it draws nothing, or that is not known.

    >>> said_of_pictures("linear-gradient(90deg, red, #00f 50%), url('a (1).png')")
    ('a background with a gradient of red #ff0000 and blue #0000ff', 'the background image a (1).png')
    >>> said_of_pictures("linear-gradient(red, currentcolor)"), said_of_pictures("initial")
    (('a background with a gradient',), ())
    """
    return tuple(
        _said_of_image(each) if isinstance(each, str) else _said_of_gradient(each)
        for each in _pictures(value)
        if each
    )


def pictures_in(value: str) -> str | None:
    """Return what a value of `background-image` draws, with all that tells it from others: addresses, gradients; None where it draws nothing.

    >>> pictures_in("radial-gradient(red, #00f 50%), url('a (1).png')")
    'a radial gradient: red #ff0000, blue #0000ff 50% and a (1).png'
    """
    drawn = [each if isinstance(each, str) else _stops_of(each) for each in _pictures(value)]
    return " and ".join(filter(None, drawn)) or (value if "var(" in value else None)


def _pictures(value: str) -> Iterator[Any]:
    """Yield the addresses of the images that a value draws, and its gradients as they are parsed."""
    from tinycss2 import parse_component_value_list

    if value.count("(") > _MOST_PARTS:
        yield value
        return
    if not _DRAWING.search(value):  # a single word of CSS, or the address in an attribute
        yield "" if _WORD.fullmatch(value) else value.strip()
        return
    left: list[Any] = parse_component_value_list(value)[::-1]
    while left:
        part = left.pop()
        if part.type == "url":
            yield part.value.strip()
        elif part.type == "function" and part.lower_name == "url":
            yield from (each.value.strip() for each in part.arguments if each.type == "string")
        elif part.type == "function" and part.lower_name.endswith("gradient"):
            yield part
        elif part.type == "function":
            left += part.arguments[::-1]


_DRAWING, _WORD = re.compile(r"(?:url|gradient|image-set|var)\(", re.IGNORECASE), re.compile("[a-z-]*")


_MOST_PARTS = 60
"""So many colours and functions are more than anyone reads, and one in another more than a stack may hold."""


def _said_of_image(address: str) -> str:
    if address.count("(") > _MOST_PARTS:
        return "a background with a long pattern"
    is_inside = address.startswith(("data:", "cid:"))
    return "a background image inside the message" if is_inside else f"the background image {address}"


def _said_of_gradient(gradient: Any) -> str:
    """Return that there is a gradient, with its colours if all of these are known."""
    stops = [[part for part in stop if part.type not in _MEASURES] for stop in _split(gradient.arguments)]
    if all(part.serialize().lower() in _PLACES for part in stops[0]):
        del stops[0]  # which says where it leads to
    known = len(stops) <= _MOST_COLOURS and all(paint for stop in stops for paint in map(_paint, stop))
    colours = " and ".join(_said_of_part(part) for stop in stops for part in stop) if known else ""
    return f"a background with a gradient{f' of {colours}' if colours else ''}"


def _stops_of(gradient: Any) -> str:
    """Return a gradient as it is written, with the names of its colours."""
    kind = gradient.lower_name.removesuffix("gradient").strip("-").replace("-", " ").removeprefix("linear")
    stops = [" ".join(map(_said_of_part, stop)) for stop in _split(gradient.arguments)]
    return f"a {f'{kind} ' if kind else ''}gradient: {', '.join(stops)}"


def _split(arguments: Sequence[Any]) -> list[list[Any]]:
    """Return what stands between the commas of a function."""
    stops: list[list[Any]] = [[]]
    for part in arguments:
        if part == ",":
            stops.append([])
        elif part.type not in ("whitespace", "comment"):
            stops[-1].append(part)
    return stops


_MOST_COLOURS = 12
_MEASURES = ("percentage", "dimension", "number")
_PLACES = frozenset(
    [
        "to",
        "from",
        "at",
        "top",
        "bottom",
        "left",
        "right",
        "center",
        "circle",
        "ellipse",
        "closest-side",
        "closest-corner",
        "farthest-side",
        "farthest-corner",
    ]
)


def _paint(part: Any) -> Paint | None:
    return paint_of(part.serialize())


def _said_of_part(part: Any) -> str:
    paint = _paint(part)
    if paint is None or 0 < paint.alpha < 1:
        return str(part.serialize())
    return said_of_value("#{:02x}{:02x}{:02x}".format(*paint.colour)) if paint.alpha else "transparent"


def said_of_both(old: str, new: str) -> tuple[str, str]:
    """Return two values as a reader takes them; of two colours of one name, what tells them apart.

    >>> said_of_both("#eeeeee", "#cccccc")
    ('light grey #eeeeee', 'a darker grey #cccccc')
    >>> said_of_both("#fafafa", "#ffffff"), said_of_both("#0b5394", "#0d47a1")
    (('white #fafafa', 'a slightly lighter white #ffffff'), ('blue #0b5394', 'another blue #0d47a1'))
    """
    was, now = said_of_value(old), said_of_value(new)
    colours = [colour_of(each) if each.startswith("#") else None for each in (old, new)]
    if colours[0] is None or colours[1] is None or name_of(colours[0]) != name_of(colours[1]):
        return was, now
    lighter, apart = lightness(colours[1]) - lightness(colours[0]), distance(colours[0], colours[1])
    if not apart:
        return was, now
    if abs(lighter) < min(_SEEN, _MOSTLY * apart):
        return was, f"another {now}"
    shade = f"{'' if abs(lighter) >= _SEEN else 'slightly '}{'lighter' if lighter > 0 else 'darker'}"
    return was, f"a {shade} {now.removeprefix('light ').removeprefix('dark ')}"


_SEEN = 0.02
"""How far two colours are apart of which one is seen to be darker."""
_MOSTLY = 0.7
"""How much of what sets two colours apart is light, where one is said to be darker for less."""


def _in_pixels(number: re.Match[str]) -> str:
    return f"{float(number[1]) * 16:g}px"


_REM = re.compile(r"(?<![\w.])(\d*\.?\d+)rem\b")
"""A number of times the usual size of text in a browser, of 16 pixels."""


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


_LONG = re.compile(r"\d+\.\d{3,}")
"""A number with more decimals than anyone sees."""


def said_of_border(border: str) -> str:
    """Return how thick a border is, its line where that is not an ordinary one, and its colour, where there is one of each."""
    widths, colours, lines = {*_PIXELS.findall(border)}, {*_COLOUR.findall(border)}, {*_LINE.findall(border)}
    if not len(widths) == len(colours) == 1 or len(lines) > 1:
        return ""
    line = "".join(f" {each}" for each in lines - {"solid"})
    return f": {widths.pop()}{line}, {said_of_value(colours.pop())}"


_PIXELS = re.compile(r"\b\d[\d.]*px")
_COLOUR = re.compile("#[0-9a-f]{6}")
_LINE = re.compile("solid|dashed|dotted|double|groove|ridge|inset|outset")


def is_lost(colour: str | None, behind: str) -> bool:
    """Tell whether words of a colour can hardly be told from what they stand on."""
    one, other = colour_of(colour or ""), colour_of(behind)
    return one is not None and other is not None and distance(one, other) < _HARDLY


_HARDLY = 0.1
"""How far two colours are apart that can hardly be told from each other: black and white are 1 apart."""


def said_of_lost(behind: str) -> str:
    """Return what to add of words that can hardly be read on a colour."""
    return f", which can hardly be read on {said_of_value(behind)}"


def ground_of(colour: str | None, behind: str) -> str:
    """Return what matters of what a text stands on: whether it is light or dark, and whether the text can be read there."""
    ground = colour_of(behind or "white")
    return behind if ground is None else f"{distance(ground, _BLACK) > 0.5} {is_lost(colour, behind)}"


_SCREENS = (
    ("not(min-width", "on small screens"),
    ("not(max-width", "on large screens"),
    ("max-width", "on small screens"),
    ("max-device-width", "on small screens"),
    ("min-width", "on large screens"),
)
_MODES = (
    ("not(prefers-color-scheme:light", "in dark mode"),
    ("not(prefers-color-scheme:dark", "in light mode"),
    ("prefers-color-scheme:dark", "in dark mode"),
    ("prefers-color-scheme:light", "in light mode"),
)
_STATES = (
    ("@mail-programs", "in some mail programs"),
    ("print", "when printed"),
    (":hover", "under the pointer"),
    (":visited", "once it was followed"),
    ("::before", "in what the style sheet adds"),
    ("::after", "in what the style sheet adds"),
)


def when_of(sentence: str) -> str:
    """Return when what a sentence of looks says holds, such as ` in dark mode`; empty for always."""
    found = _SAID_WHEN.search(sentence)
    return found[0] if found else ""


_A_TIME = "|".join(said for _, said in (*_SCREENS, *_MODES, *_STATES))
_SAID_WHEN = re.compile(f"(?: (?:and )?(?:{_A_TIME}))+(?=$|, and )")


def are_many(where: str) -> bool:
    """Tell whether a place is several: “Hi” and “Bye”, or “Hi” and 2 more."""
    return where.endswith(" more") or _TWO.search(where) is not None


_TWO = re.compile(r"”(?: \([^()]*\))? and “[^”]*”(?: \([^()]*\))?$")


def is_or_are(where: str) -> str:
    """Return the verb that goes with a place."""
    return "are" if are_many(where) else "is"


def is_number(text: str | None) -> bool:
    """Tell whether a value is a number without a unit, or is not there."""
    return text is None or bool(re.fullmatch(r"\d*\.?\d+", text))


def said_of_when(rule: str) -> str:
    """Return when something holds, for what follows it: ` in dark mode`; empty for always.

    >>> said_of_when("@media (max-width:480px) and (prefers-color-scheme:dark)")
    ' on small screens in dark mode'
    """
    if "[data-og" in rule:
        return " in the dark mode of Outlook"
    if not rule or rule == ROW or not ("@" in rule or ":" in rule):
        return ""
    plain = rule.replace(" ", "")
    said = [_first_said(times, plain) for times in (_SCREENS, _MODES)]
    joined = (" and " if "," in rule else " ").join(filter(None, said))
    return f" {_first_said(_STATES, plain) or joined or 'for some readers'}"


def _first_said(times: Iterable[tuple[str, str]], rule: str) -> str:
    """Return what is said of the first of some times that is in a rule; empty for none of them."""
    return next((said for text, said in times if text in rule), "")
