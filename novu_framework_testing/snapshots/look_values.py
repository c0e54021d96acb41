"""How values of CSS are said: a colour with its name, a border by its thickness, whether words can be read on what is behind them."""

from __future__ import annotations

import re

from novu_framework_testing._internal.colours import colour_of, distance, lightness, name_of
from novu_framework_testing.snapshots.look_difference import ROW

_BLACK = (0, 0, 0)


def said_of_value(value: str) -> str:
    """Return a value as a reader takes it: a colour with its name, a number without more decimals than anyone sees."""
    colour = colour_of(value) if value.startswith("#") else None
    return f"{name_of(colour)} {value}" if colour else _LONG.sub(_rounded, _REM.sub(_in_pixels, value))


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
