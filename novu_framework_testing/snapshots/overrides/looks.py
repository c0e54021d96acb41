"""How a part of an override looks, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework_testing._internal.colours import colour_of, name_of

_COLOURS = {
    "primary": "green", "danger": "red", "positive": "blue", "destructive": "red", "good": "green", "warning": "yellow",
    "attention": "red", "accent": "blue",
}  # fmt: skip
_SIZES = {"small": "small", "medium": "of medium size", "large": "large", "extralarge": "very large"}
# What each field means for the eye, by its value; `{}` is the value itself.
LOOKS: dict[str, Mapping[str, str] | str] = {
    "style": _COLOURS | {"heading": "a heading", "emphasis": "on grey", "person": "round", "bold": "bold", "muted": "pale",
              "plain": "plain", "default": "in the usual colour"},
    "color": _COLOURS | {"dark": "dark", "light": "light"},
    "bar": "with a {} bar",
    "size": _SIZES,
    "imagesize": _SIZES,
    "weight": {"bolder": "bold", "lighter": "thin"},
    "issubtle": {"yes": "pale"},
    "fonttype": {"monospace": "in type of one width"},
    "horizontalalignment": {"center": "in the middle", "right": "on the right", "left": "on the left"},
    "verticalcontentalignment": {},
    "isvisible": {"no": "hidden until a button shows it"},
    "separator": {"yes": "below a line"},
    "wrap": {"yes": "on as many lines as it needs"},
    "maxlines": "of {} lines at most",
    "inline": {"yes": "beside the others"},
    "spacing": "with {} space above",
    "width": "of width {}",
    "height": "of height {}",
    "minheight": "of height {} at least",
    "backgroundcolor": "on {}",
    "bleed": {"yes": "out to the edges"},
    "italic": {"yes": "in italics"},
    "strikethrough": {"yes": "struck out"},
    "underline": {"yes": "underlined"},
    "highlight": {"yes": "marked"},
    "showgridlines": {"no": "without lines"},
    "gridstyle": _COLOURS,
    "firstrowasheader": {"no": "without a row of headings"},
    "indent": "further in by {}",
    "border": "with a border of {}",
    "expand": {"yes": "shown whole"},
    "kindofvalue": {},
    "isbeside": {"yes": "beside the button before it", "no": "below the button before it"},
    "short": {"yes": "beside the others", "no": "on a line of its own"},
}  # fmt: skip


def look_sentence(changed: Mapping[str, tuple[Any, Any]]) -> str:
    """Return how the look of a part changed, in a sentence: `its look changed (now red)`.

    Args:
        changed: What each field was and is; None where it was or is not set.
    """
    said = ", ".join(dict.fromkeys(_said(changed)))
    return f"its look changed ({said})" if said else "its look changed"


def coloured(text: str) -> str:
    """Return a colour with what people call it; another text as it is.

    >>> coloured("#c62828"), coloured("north gate")
    ('red #c62828', 'north gate')
    """
    colour = colour_of(text) if _HEX.fullmatch(text) else None
    return f"{name_of(colour)} {text}" if colour else text


_HEX = re.compile("#[0-9a-fA-F]{6}")
_KINDS = {"str": "a text", "int": "a number", "float": "a number", "bool": "yes or no", "NoneType": "nothing"}


def kind_sentence(old: str, new: str) -> str:
    """Return that a value is of another kind now; the kinds are names of Python's types."""
    return f"it is {_KINDS.get(new, 'another value')} now, and was {_KINDS.get(old, 'another value')}"


def _said(changed: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    for name, (old, new) in changed.items():
        was, now = _word(name, old), _word(name, new)
        if now and was:
            yield f"now {now} instead of {was}"
        elif now:
            yield f"now {now}"
        elif was:
            yield f"no longer {was}"


def _word(name: str, value: object) -> str:
    text = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    words = LOOKS.get(name, "")
    if value is None or value == "":
        return ""
    if isinstance(words, str):
        return words.format(_COLOURS.get(text.lower()) or coloured(text))
    return words.get(text, words.get(text.lower(), ""))
