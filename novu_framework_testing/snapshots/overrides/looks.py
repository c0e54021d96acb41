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
    "style": _COLOURS | {name: f"on {_COLOURS[name]}" for name in ("good", "warning", "attention", "accent")} | {"heading": "a heading", "emphasis": "on grey", "person": "round", "bold": "bold", "muted": "pale",
              "plain": "plain", "default": "in the usual colour", "expanded": "with all choices in sight", "compact": "as a menu to open",
              "filtered": "as a menu to search in", "password": "hidden while it is typed", "tel": "for a phone number", "url": "for an address",
              "email": "for an email address", "secondary": "grey", "bullet": "with points", "ordered": "with numbers"},
    "ground": {"emphasis": "on grey"} | {name: f"on {colour}" for name, colour in _COLOURS.items()},
    "color": _COLOURS | {"dark": "dark", "light": "light"},
    "bar": "{}",
    "size": _SIZES,
    "imagesize": _SIZES,
    "weight": {"bolder": "bold", "lighter": "thin"},
    "issubtle": {"yes": "pale"},
    "fonttype": {"monospace": "in type of one width", "default": ""},
    "icon": "with the icon {}", "iconurl": "with the icon {}", "appearance": {"filled": "filled", "tint": "pale"},
    "shape": {"rounded": "with round corners", "circular": "round", "square": "with corners"},
    "horizontalalignment": {"center": "in the middle", "right": "on the right", "left": "on the left"},
    "verticalcontentalignment": {},
    "isvisible": {"no": "hidden, unless a button shows it"},
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
    "startsat": "numbered from {}",
    "cardwidth": {"full": "as wide as the chat"},
    "border": "with a border of {}",
    "expand": {"yes": "shown whole"},
    "level": _COLOURS | {"error": "red", "info": "blue", "success": "green"},
    "mode": {"secondary": "in the menu of further buttons"},
    "kindofvalue": {},
    "isbeside": {"yes": "beside the button before it", "no": "below the button before it"},
    "isbesidecolumn": {"yes": "beside what comes before it"},
    "besidetext": {"yes": "beside the text before it"},
    "smallprint": {"yes": "small and pale"},
    "shownby": "shown only once “{}” is pressed",
    "rtl": {"yes": "read from right to left"},
    "columns": {"yes": "in one of two columns"},
    "short": {"yes": "beside the others", "no": "on a line of its own"},
}  # fmt: skip


# What the settings of fields to fill in and of buttons do: what is so now with them, and without; or what they set.
WORKS: dict[str, tuple[str, str] | str] = {
    "ismultiselect": ("several choices are possible now", "only one choice is possible now"),
    **dict.fromkeys(("multiline", "ismultiline"), ("it takes several lines now", "it takes only one line now")),
    "isdecimalallowed": ("it takes decimals now", "it takes only whole numbers now"),
    "focusonload": ("it is the first to write in now", "it is no longer the first to write in"),
    "disabled": ("it can no longer be pressed", "it can be pressed now"),
    "onetimekeyboard": ("the buttons go once one is pressed now", "the buttons stay once one is pressed now"),
    "isenabled": ("it can be pressed now", "it can no longer be pressed"),
    "previewurl": ("the address is shown with a picture now", "the address is shown without a picture now"),
    "pay": ("it is a button to pay now", "it is no button to pay any more"),
    "resizekeyboard": ("the buttons are as small as they can be now", "the buttons are as high as a keyboard now"),
    "forcereply": ("it asks for a reply now", "it no longer asks for a reply"),
    "removekeyboard": ("it takes away the buttons under the chat now", "it no longer takes away the buttons under the chat"),
    "ispersistent": ("the buttons stay in sight now", "the buttons can be put away now"),
    "selective": ("only those who are meant see the buttons now", "everybody sees the buttons now"),
    "requestwriteaccess": ("it asks if the bot may write now", "it no longer asks if the bot may write"),
    "requestcontact": ("it sends the phone number of the reader now", "it no longer sends the phone number of the reader"),
    "requestlocation": ("it sends where the reader is now", "it no longer sends where the reader is"),
    "allowmultiselect": ("several answers are possible now", "only one answer is possible now"),
    "spoiler": ("it is hidden until it is pressed now", "it is in sight from the start now"),
    **dict.fromkeys(("switchinlinequery", "switchinlinequerycurrentchat"), "what it starts to write in a chat"), "copytext": "what it copies",
    "voice": ("it is a voice message now", "it is a sound to play now"),
    "allowhalfsteps": ("half stars are possible now", "only whole stars are possible now"),
    "targetelements": "what it shows or hides", "visibletouserids": "who sees it",
    **dict.fromkeys(("maxlength", "maxcharacters"), "the most characters that it takes"), "minlength": "the fewest characters that it takes",
    **dict.fromkeys(("max", "maxvalue"), "the largest value that it takes"), **dict.fromkeys(("min", "minvalue"), "the smallest value that it takes"),
    "maxselecteditems": "the most choices that it takes", "maxvalues": "the most choices that it takes", "minvalues": "the fewest choices that it takes",
    "maxfiles": "the most files that it takes", "filetypes": "the files that it takes", "regex": "the entries that it takes",
    "fieldkind": "the kind of field",
    "tooltip": "what is said under the pointer", "accessibilitylabel": "what screen readers are told",
}  # fmt: skip
_ON_BY_DEFAULT = frozenset(("isenabled",))
_OF_BOTH = frozenset(("fieldkind",))
"""Settings that every version has, or the field itself is new or gone."""
_CODE = frozenset(("regex", "targetelements", "visibletouserids"))
"""Settings whose values are words of code."""


def is_seen(name: str, old: object, new: object) -> bool:
    """Tell whether a field looks different: one that says what is so without it does not.

    >>> is_seen("wrap", None, False), is_seen("wrap", None, True)
    (False, True)
    """
    usual = (None, True, False, "default", "Default")
    return not (old in usual and new in usual) or _word(name, old) != _word(name, new)


def works_sentences(changed: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    """Yield what works in another way, a sentence for each setting of `WORKS`.

    >>> list(works_sentences({"ismultiselect": (None, True), "maxlength": (80, 200)}))
    ['several choices are possible now', 'the most characters that it takes changed: 80 became 200']
    """
    for name, (old, new) in changed.items():
        words = WORKS[name]
        if isinstance(words, tuple):
            was, now = (
                name in _ON_BY_DEFAULT if value is None else str(value).lower() in ("true", "yes")
                for value in (old, new)
            )
            if was != now:
                yield words[0 if now else 1]
        else:
            before, after = (_listed(value) for value in (old, new))
            if name in _CODE or (before and after):
                yield f"{words} changed{'' if name in _CODE else f': {before} became {after}'}"
            elif name not in _OF_BOTH:
                yield f"{words} {'is new' if after else 'is gone'}: {after or before}"


def _listed(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def look_sentence(changed: Mapping[str, tuple[Any, Any]]) -> str:
    """Return how the look of a part changed, in a sentence: `its look changed (now red)`.

    Args:
        changed: What each field was and is; None where it was or is not set.
    """
    said = ", ".join(dict.fromkeys(_said({name: sides for name, sides in changed.items() if name != "bar"})))
    look = f"its look changed ({said})" if said else ""
    return (
        "; ".join(filter(None, (look, _said_of_bar(*changed.get("bar", (None, None)))))) or "its look changed"
    )


def _said_of_bar(old: Any, new: Any) -> str:
    """Return what became of the bar in a colour at the edge of a message; empty where it is as it was."""
    was, now = _word("bar", old), _word("bar", new)
    if was and now:
        return f"the bar at its edge is {now} now, and was {was}"
    return f"the bar at its edge is {'new' if now else 'gone'}: {now or was}" if now or was else ""


def coloured(text: str) -> str:
    """Return a colour with what people call it; another text as it is.

    >>> coloured("#c62828"), coloured("north gate")
    ('red #c62828', 'north gate')
    """
    colour = colour_of(text) if _HEX.fullmatch(text) else None
    return f"{name_of(colour)} {text}" if colour else text


_HEX = re.compile("#(?:[0-9a-fA-F]{3}){1,2}")
_KINDS = {"str": "a text", "int": "a number", "float": "a number", "bool": "yes or no", "NoneType": "nothing"}


def kind_sentence(old: str, new: str) -> str:
    """Return that a value is of another kind now; the kinds are names of Python's types."""
    return f"it is {_KINDS.get(new, 'another value')} now, and was {_KINDS.get(old, 'another value')}"


def _said(changed: Mapping[str, tuple[Any, Any]]) -> Iterator[str]:
    for name, (old, new) in changed.items():
        was, now = _word(name, old), _word(name, new)
        if now and was:
            yield (
                f"now {now}, was {was}"
                if was.startswith(("as ", "of ", "on ", "taking "))
                else f"now {now} instead of {was}"
            )
        elif now:
            yield f"now {now}"
        elif was:
            yield f"no longer {was}"


_WIDTHS = {"stretch": "as wide as there is room", "auto": "as wide as what it holds"}
"""What columns are as wide as; a number is how many shares of the width they take."""

_SPACES = {
    "none": "no", "extrasmall": "very little", "small": "little", "default": "the usual", "medium": "more", "large": "much", "extralarge": "very much",
}  # fmt: skip


def _word(name: str, value: object) -> str:
    text = {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    words = LOOKS.get(name, "")
    if value is None or value == "" or (name in ("indent", "border") and text == "0"):
        return ""
    if name == "width" and (
        said := _WIDTHS.get(text)
        or (text.isdigit() and f"taking {text} share{'' if text == '1' else 's'} of the width")
    ):
        return said
    if name == "spacing":
        text = _SPACES.get(text.lower(), text)
    if isinstance(words, str):
        return words.format(_COLOURS.get(text.lower()) or coloured(text))
    return words.get(text, words.get(text.lower(), ""))
