"""How values of CSS are said: a colour with its name, a border by its thickness, whether words can be read on what is behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from novu_framework_testing._internal.colours import colour_of, distance, lightness, name_of, paint_of
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
    from tinycss2 import parse_component_value_list

    if not _DRAWING.search(value):  # a single word of CSS, or the address in an attribute
        return () if _WORD.fullmatch(value) else _image(value)
    return tuple(chain.from_iterable(map(_pictures, parse_component_value_list(value))))


_DRAWING, _WORD = re.compile(r"(?:url|gradient|image-set|var)\(", re.IGNORECASE), re.compile("[a-z-]*")


def _pictures(part: Any) -> Iterator[str]:
    """Yield what a part of a value draws: an image, or a gradient with its colours if all of these are known."""
    if part.type == "url":
        yield from _image(part.value)
    elif part.type == "function" and part.lower_name == "url":
        yield from chain.from_iterable(_image(each.value) for each in part.arguments if each.type == "string")
    elif part.type == "function" and part.lower_name.endswith("gradient"):
        colours = _gradient_colours(part.arguments)
        yield f"a background with a gradient{f' of {colours}' if colours else ''}"
    elif part.type == "function":
        yield from chain.from_iterable(map(_pictures, part.arguments))


def _image(address: str) -> tuple[str, ...]:
    """Return what an image is called; nothing for one without an address."""
    if address.startswith(("data:", "cid:")):
        return ("a background image inside the message",)
    return (f"the background image {address.strip()}",) if address.strip() else ()


def _gradient_colours(arguments: Sequence[Any]) -> str:
    """Return the colours of a gradient; nothing where one of them is not known."""
    stops: list[list[str]] = [[]]
    for part in arguments:
        if part == ",":
            stops.append([])
        elif part.type not in ("whitespace", "comment", "percentage", "dimension", "number"):
            stops[-1].append(part.serialize())
    paints = [[paint for word in stop if (paint := paint_of(word))] for stop in stops]
    first = 0 if paints[0] else 1  # which may say where it leads to
    if any(stop and not found for stop, found in zip(stops[first:], paints[first:], strict=True)):
        return ""
    return " and ".join(
        said_of_paint(word) if paint.alpha else "transparent"
        for stop in stops[first:]
        for word in stop
        if (paint := paint_of(word))
    )


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


_WHEN = (
    ("@mail-programs", "in some mail programs"),
    ("prefers-color-scheme:dark", "in dark mode"),
    ("max-width", "on small screens"),
    ("max-device-width", "on small screens"),
    ("min-width", "on large screens"),
    ("print", "when printed"),
    (":hover", "under the pointer"),
    (":visited", "once it was followed"),
    ("::before", "in what the style sheet adds"),
    ("::after", "in what the style sheet adds"),
)


def when_of(sentence: str) -> str:
    """Return when what a sentence of looks says holds, such as ` in dark mode`; empty for always."""
    return next(
        (f" {said}" for _, said in _WHEN if sentence.endswith(f" {said}") or f" {said}, and " in sentence), ""
    )


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
    """Return when something holds, for what follows it: ` in dark mode`; empty for always."""
    if "[data-og" in rule:
        return " in the dark mode of Outlook"
    if not rule or rule == ROW or not ("@" in rule or ":" in rule):
        return ""
    return f" {next((said for text, said in _WHEN if text in rule.replace(' ', '')), 'for some readers')}"
