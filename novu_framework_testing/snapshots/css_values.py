"""Values of CSS and of HTML's attributes for looks, in a form in which the same look is the same value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from novu_framework_testing._internal.colours import colour_of, paint_of
from novu_framework_testing._internal.html_document import Element

_FROM_TAG = (
    dict.fromkeys(("b", "strong"), ("font-weight", "bold"))
    | dict.fromkeys(("i", "em", "cite"), ("font-style", "italic"))
    | dict.fromkeys(("u", "ins"), ("text-decoration", "underline"))
    | dict.fromkeys(("s", "del", "strike"), ("text-decoration", "line-through"))
    | {"sup": ("script", "super"), "sub": ("script", "sub"), "center": ("text-align", "center")}
    | {"small": ("font-size", "smaller"), "big": ("font-size", "larger")}
    | {"mark": ("background-color", "#ffff00")}
    | dict.fromkeys(("code", "kbd", "samp", "tt", "pre"), ("font-family", "monospace"))
)
_FROM_ATTRIBUTE = {
    "bgcolor": "background-color", "color": "color", "text": "color", "face": "font-family", "dir": "direction", "lang": "lang",
    "valign": "vertical-align", "width": "width", "height": "height", "cellpadding": "padding", "cellspacing": "border-spacing",
    "border": "border",
    "fillcolor": "background-color", "strokecolor": "border-color", "arcsize": "border-radius",
}  # fmt: skip
_LIST_SIGNS = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_FONT_SIZES = dict(
    zip("1234567", ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"), strict=True)
)
_UNSEEN = re.compile(
    "^(?:style|class|id|target|rel|name|content|charset|http-equiv|type|alt|href|src|poster|title|placeholder|value|hidden"
    "|link|vlink|alink|xml.*|data-.*|v:.*|o:.*|xmlns.*|-webkit-.*|-ms-.*|-moz-.*|on.*)$"
)
"""Attributes that say nothing about looks, or are read as words and addresses."""
_UNSEEN_PROPERTY = re.compile("^-(?:webkit|ms|moz|o)-")
_UNITLESS = re.compile(r"(?<![\d.])0(?:px|em|rem|pt|%)(?![\w%])")
_BLANKS = re.compile(r"\s+")
_IMPORTANT = re.compile(r"\s*!\s*important", re.IGNORECASE)
_BORDER = re.compile("border(?:-(?:top|right|bottom|left))?")
_LINES = frozenset(
    ("none", "hidden", "solid", "dashed", "dotted", "double", "groove", "ridge", "inset", "outset")
)
_SIDES = ("top", "right", "bottom", "left")
_WEIGHTS = {"600": "bold", "700": "bold", "800": "bold", "900": "bold", "bolder": "bold", "400": "normal"}
_WORDS = re.compile(r"(?:[^\s(]|\([^)]*\)?)+")
_FONT_SIZE = re.compile(r"([\d.]+(?:px|pt|em|rem|%)|(?:x{1,2}-)?(?:small|large)|medium)(?:/(\S+))?")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)")
_LONGEST, _DEEPEST = 500, 10
DISABLED = "disabled"
"""The value that the attribute of this name has on a button, however it is written."""
_USUAL = {("colspan", "1"), ("rowspan", "1")}
"""Attributes that say what is so without them."""


def from_element(element: Element) -> Iterator[tuple[str, str]]:
    """Yield what the tag of an element and its attributes say of its looks."""
    if element.tag in _FROM_TAG:
        yield _FROM_TAG[element.tag]
    for name, value in element.attributes.items():
        if name == "align" and element.tag not in ("table", "img"):
            yield "text-align", value.lower()
        elif name == "size" and element.tag == "font":
            yield "font-size", _FONT_SIZES.get(value.strip(), value)
        elif name == "type" and element.tag in ("ol", "ul", "li"):
            yield "list-style-type", _LIST_SIGNS.get(value, value.lower())
        elif name == "hidden":
            yield "display", "none"
        elif name == "disabled" and element.tag == "button":
            yield name, DISABLED
        elif name == "background":
            yield "background-image", value.strip()  # an address
        elif name in _FROM_ATTRIBUTE:
            yield from pairs(_FROM_ATTRIBUTE[name], value)
        elif not _UNSEEN.match(name) and (name, value) not in _USUAL:
            yield name, value


@lru_cache(maxsize=4_096)
def declared(name: str, value: str) -> tuple[bool, tuple[tuple[str, str], ...]]:
    """Return whether a declaration is `!important`, and the properties that it sets; with a variable in it, as it is written."""
    if _UNSEEN_PROPERTY.match(name):
        return False, ()
    is_important = "!" in value and _IMPORTANT.search(value) is not None
    if is_important:
        value = _IMPORTANT.sub("", value)
    if name.startswith("--") or "var(" in value:
        return is_important, ((name, value),)
    return is_important, tuple(pairs(name, value)) if is_taken(name, value) else ()


def is_taken(name: str, value: str) -> bool:
    """Tell whether a property takes a value, so that what was said before it does not hold: a single word is known to be none.

    >>> is_taken("color", "nonsense"), is_taken("color", "WindowText"), is_taken("font-size", "20"), is_taken("display", "blok")
    (False, True, True, True)
    """
    word, known = _IMPORTANT.sub("", value).strip().lower(), _words_for(name)
    if known is None or not _WORD.fullmatch(word) or word in _ANYWHERE or word in known:
        return True
    # a colour may be written without its sign
    return known >= _OF_COLOURS and (paint_of(word) is not None or _HEX.fullmatch(word) is not None)


def _words_for(name: str) -> frozenset[str] | None:
    """Return the words that are values of a property; None where these are not known."""
    if name == "background":
        return _OF_BACKGROUNDS
    if _COLOURED.fullmatch(name):
        return _OF_COLOURS
    return _OF_PROPERTIES.get(_SIDE.sub("", name))


_WORD, _HEX = re.compile("[a-z][a-z-]*"), re.compile("[a-f]{3}(?:[a-f]{3})?")
_SIDE = re.compile("^(?:max-|min-)|-(?:top|right|bottom|left)$")
_COLOURED = re.compile("(?:background-|border-(?:(?:top|right|bottom|left)-)?)?color")
_ANYWHERE = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
_OF_COLOURS = frozenset(
    [
        "transparent",
        "currentcolor",
        "auto",
        "canvas",
        "canvastext",
        "linktext",
        "visitedtext",
        "activetext",
        "buttonface",
        "buttontext",
        "buttonborder",
        "field",
        "fieldtext",
        "highlight",
        "highlighttext",
        "selecteditem",
        "selecteditemtext",
        "mark",
        "marktext",
        "graytext",
        "accentcolor",
        "accentcolortext",
        "activeborder",
        "activecaption",
        "appworkspace",
        "background",
        "buttonhighlight",
        "buttonshadow",
        "captiontext",
        "inactiveborder",
        "inactivecaption",
        "inactivecaptiontext",
        "infobackground",
        "infotext",
        "menu",
        "menutext",
        "scrollbar",
        "threeddarkshadow",
        "threedface",
        "threedhighlight",
        "threedlightshadow",
        "threedshadow",
        "window",
        "windowframe",
        "windowtext",
    ]
)
"""The words for colours that are no names of colours."""
_OF_BACKGROUNDS = _OF_COLOURS | frozenset(
    [
        "none",
        "repeat",
        "no-repeat",
        "repeat-x",
        "repeat-y",
        "space",
        "round",
        "scroll",
        "fixed",
        "local",
        "top",
        "bottom",
        "left",
        "right",
        "center",
        "border-box",
        "padding-box",
        "content-box",
        "text",
    ]
)
_OF_SIZES = frozenset(("auto", "none", "min-content", "max-content", "fit-content", "stretch", "intrinsic"))
_OF_PROPERTIES = {
    "float": frozenset(("left", "right", "none", "inline-start", "inline-end")),
    "font-size": frozenset(
        [
            "xx-small",
            "x-small",
            "small",
            "medium",
            "large",
            "x-large",
            "xx-large",
            "xxx-large",
            "smaller",
            "larger",
            "math",
        ]
    ),
    "font-style": frozenset(("normal", "italic", "oblique")),
    "font-weight": frozenset(("normal", "bold", "bolder", "lighter")),
    "height": _OF_SIZES,
    "letter-spacing": frozenset(("normal",)),
    "line-height": frozenset(("normal",)),
    "margin": frozenset(("auto",)),
    "padding": frozenset[str](),
    "text-align": frozenset(("left", "right", "center", "justify", "start", "end", "match-parent")),
    "text-transform": frozenset(
        ["none", "capitalize", "uppercase", "lowercase", "full-width", "full-size-kana", "math-auto"]
    ),
    "width": _OF_SIZES,
}


def resolved(value: str, variables: Mapping[str, str]) -> str:
    """Return a value with what its variables stand for; empty where one of them stands for nothing.

    >>> resolved("1px solid var(--line, var(--ink))", {"--ink": "#222"})
    '1px solid #222'
    """
    is_whole = True

    def put(found: re.Match[str]) -> str:
        nonlocal is_whole
        known = variables.get(found[1], found[2])
        is_whole = is_whole and known is not None
        return (known or "").strip()

    for _ in range(_DEEPEST):
        if "var(" not in value or len(value) > _LONGEST or not is_whole:
            break
        value = _VARIABLE.sub(put, value)
    return value if is_whole and "var(" not in value else ""


def pairs(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield a property in the parts that are compared."""
    if name == "background":
        yield from _background(value)
    elif name in ("padding", "margin") and 1 <= len(sizes := _plain(name, value).split()) <= 4:
        yield from at_sides(name, sizes)
    elif (_BORDER.fullmatch(name) and (parts := list(_border(name, _plain(name, value))))) or (
        name == "font" and (parts := list(_font(value)))
    ):
        yield from parts
    elif name == "text-decoration-line":
        yield "text-decoration", " ".join(sorted(_plain(name, value).split()))
    elif name == "text-decoration":
        yield from _decoration(_plain(name, value))
    elif name == "content":
        yield name, value.strip()
    else:
        yield name, _plain(name, value)


def at_sides(name: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what one to four values say of the sides of a part.

    >>> dict(at_sides("margin", ["1px", "2px"]))
    {'margin-top': '1px', 'margin-right': '2px', 'margin-bottom': '1px', 'margin-left': '2px'}
    """
    last = list(values[-2:])  # what is said of the sides that come before counts for those opposite
    yield from zip((f"{name}-{side}" for side in _SIDES), [*values, *last * 3][: len(_SIDES)], strict=True)


def of_border(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield what the width, the style or the colour of a border says of its sides.

    >>> dict(of_border("border-color", "red #000"))["border-left-color"]
    '#000000'
    """
    parts = [_plain(name, part) for part in _WORDS.findall(value)][: len(_SIDES)]
    what = name.rpartition("-")[2]
    yield from ((f"{side}-{what}", part) for side, part in at_sides("border", parts or [value]))


def _plain(name: str, value: str) -> str:
    """Return a value as it can be compared: without other ways to write the same."""
    value = _BLANKS.sub(" ", value).strip()
    if "url(" not in value:
        value = value.lower()
    if name.endswith("color") and (colour := colour_of(value)):
        return "#{:02x}{:02x}{:02x}".format(*colour)
    if name in ("width", "height", "border", "padding", "border-spacing") and value.isdigit():
        value += "px"
    if name == "font-weight":
        return _WEIGHTS.get(value, value)
    if name == "font-family":
        return ",".join(font.strip(" '\"") for font in value.split(","))
    return _UNITLESS.sub("0", value)


def _background(value: str) -> Iterator[tuple[str, str]]:
    if "url(" not in value and "gradient(" not in value:
        colours = [word for word in _WORDS.findall(value) if colour_of(word)]
        yield "background-color", _plain("background-color", colours[-1] if colours else value)
        return
    words = _WORDS.findall(value)
    images = [word for word in words if "url(" in word or "gradient(" in word]
    colours = [word for word in words if word not in images and colour_of(word)]
    if len(images) > 1:
        yield "background-image", value
    else:
        yield "background-image", images[0]
        rest = [word for word in words if word not in (*images, *colours)]
        repeats = [word for word in rest if "repeat" in word or word in ("round", "space")]
        placed = " ".join(word for word in rest if word not in (*repeats, "scroll", "fixed", "local"))
        for name, part in zip(("position", "size"), placed.split("/"), strict=False):
            if part.strip():
                yield f"background-{name}", _plain(f"background-{name}", part)
        if repeats:
            yield "background-repeat", _plain("background-repeat", " ".join(repeats))
    if colours:
        yield "background-color", _plain("background-color", colours[-1])


def _decoration(value: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a text, and what they look like where that is not the usual."""
    lines = []
    for word in _WORDS.findall(value):
        if word in _DECORATIONS:
            lines.append(word)
        elif word in _DECORATION_STYLES:
            yield "text-decoration-style", word
        elif colour := colour_of(word):
            yield "text-decoration-color", "#{:02x}{:02x}{:02x}".format(*colour)
        elif word[0].isdigit():
            yield "text-decoration-thickness", word
        elif word not in _USUAL_DECORATION:
            lines.append(word)
    yield "text-decoration", " ".join(sorted(lines)) or "none"


_DECORATIONS = frozenset({"none", "underline", "overline", "line-through"})
_DECORATION_STYLES = frozenset({"double", "dotted", "dashed", "wavy"})
_USUAL_DECORATION = frozenset({"solid", "auto", "from-font", "currentcolor"})


def _border(name: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield the width, the style and the colour of a border."""
    for one in _WORDS.findall(value):
        if one in _LINES:
            yield f"{name}-style", one
        elif one[0].isdigit() or one in ("thin", "medium", "thick"):
            yield f"{name}-width", one
        else:
            yield f"{name}-color", _plain("color", one)


def _font(value: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of `bold 14px/20px Arial`; nothing of what names no size and family, as `inherit`."""
    words = _BLANKS.sub(" ", value).strip().split(" ")
    at = next((at for at, word in enumerate(words) if _FONT_SIZE.fullmatch(word.lower())), len(words))
    if at + 1 >= len(words):
        return
    for word in words[:at]:
        if word.lower() in ("italic", "oblique"):
            yield "font-style", word.lower()
        elif word.lower() in _WEIGHTS or word.lower() == "bold" or word.isdigit():
            yield "font-weight", _plain("font-weight", word)
    found = _FONT_SIZE.fullmatch(words[at].lower())
    if found:
        yield "font-size", found[1]
        if found[2]:
            yield "line-height", found[2]
    yield "font-family", _plain("font-family", " ".join(words[at + 1 :]))
