"""The width of parts: of one that fills its line anyway, of one that sticks out of what it stands in, of what is as wide as the email, of what shares a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import Styles

_OF_OTHER_WIDTH = frozenset(
    ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "img", "button", "input", "select", "textarea", "hr", "video", "legend", "fieldset")
)  # fmt: skip
"""The tags of what has the width of what is in it where none is said, or counts it in another way."""
_BLOCKS = frozenset({"block", "list-item", "flow-root"})
ARRANGING = frozenset({"flex", "inline-flex", "grid", "inline-grid"})
"""The values of `display` of what says itself how much room each of its parts takes."""


def fills_line(styles: Styles, element: Element, when: str = "") -> bool:
    """Tell whether a part takes all of the line at some time, and does with a width of all of it or none.

    Args:
        styles: The looks of the version.
        element: The part.
        when: What the names of the properties begin with that hold then.
    """
    width = _value(styles, element, when, "width")
    is_wide = width in ("", "auto") or (width == "100%" and _is_edge_to_edge(styles, element, when))
    is_block = _display(styles, element, when) in _BLOCKS
    is_free = _value(styles, element, when, "float") in ("", "none")
    return is_wide and is_block and is_free and _has_all_of_it(styles, element, when)


def sticks_out(styles: Styles, element: Element, when: str = "") -> bool:
    """Tell whether a part is wider than what it stands in: all of its width is for its words, and it has spaces or borders besides."""
    value = partial(_value, styles, element, when)
    return (
        value("width") == "100%"
        and value("box-sizing") != "border-box"
        and _display(styles, element, when) in _BLOCKS | {"inline-block"}
        and _has_all_of_it(styles, element, when)
        and not any(value(name).startswith("-") for name in _MARGINS)
        and any(
            not _NOTHING.fullmatch(value(f"padding-{side}")) or _has_border(styles, element, when, side)
            for side in ("left", "right")
        )
    )


def side_of_sticking(styles: Styles, element: Element, when: str = "") -> str:
    """Return the side on which a part that is too wide sticks out: the other one than that at which the box around it begins."""
    floating = _value(styles, element, when, "float")
    if floating in ("left", "right"):
        return "left" if floating == "right" else "right"
    box = next((each for each in element.above() if each is not element and each.tag not in INLINE), element)
    return "left" if styles.text(box).get("direction") == "rtl" else "right"


def most_width(styles: Styles, element: Element) -> str | None:
    """Return how wide a part is at most, by itself or for what it stands in; None for as wide as the email, empty where that is not known."""
    above = [each for each in element.above() if each.tag not in _ONLY_HOLDING]
    widths = (styles.own(each).get(name, "") for each in above for name in ("max-width", "width"))
    limit = next((width for width in widths if width.endswith("px")), "")
    are_wide = all(fills_line(styles, each) or styles.own(each).get("width") == "100%" for each in above)
    return limit or (None if are_wide else "")


def lines_of(styles: Styles, element: Element) -> list[int | None]:
    """Return in which line each of the parts stands that share the room of one, None for one in none; nothing where that is not known."""
    own = styles.own(element)
    has_words = any(isinstance(child, str) and child.strip() for child in element.children)
    is_row = own.get("display") in ("flex", "inline-flex") and not any(map(_OTHER_LINES.search, own))
    if has_words or not is_row:
        return []
    wraps = own.get("flex-wrap", "nowrap") == "wrap"
    lines: list[int | None] = []
    line, taken = 0, 0.0
    for each in (child for child in element.children if isinstance(child, Element)):
        if _is_in_no_line(styles, each):
            lines.append(None)
            continue
        width = _share(styles.own(each)) if wraps else 0
        if width is None or "order" in styles.own(each):
            return []
        if taken and taken + width > _WHOLE:
            line, taken = line + 1, 0
        taken += width
        lines.append(line)
    return lines


def _is_in_no_line(styles: Styles, element: Element) -> bool:
    """Tell whether a part takes no room of a line: it is left out, or lies over the others."""
    own = styles.own(element)
    display = own.get("display", "none" if "hidden" in element.attributes else "")
    return display == "none" or own.get("position") in _OUT_OF_LINE


_OUT_OF_LINE = frozenset({"absolute", "fixed"})
_OTHER_LINES = re.compile("gap$|^flex-(?:flow|direction)$")
"""The names of what makes it uncertain how many parts have room in a line."""
_WHOLE = 100.01
"""The percents of a line, and a little for what is rounded."""


def _share(own: Mapping[str, str]) -> float | None:
    """Return how many percents of the line a part takes at least; None where that is not known."""
    if any(not _NOTHING.fullmatch(value) and _WIDENING.match(name) for name, value in own.items()):
        return None
    *_, last = own.get("flex", "auto").split() or [""]
    basis = own.get("flex-basis", "0%" if _NUMBER.fullmatch(last) else last)
    share = _PERCENT.fullmatch(own.get("width", "") if basis in ("auto", "none") else basis)
    return float(share[1]) if share else None


_WIDENING = re.compile("margin|padding|border.*width|(?:min|max)-width")
"""The names of what makes a part take more or less than its share."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_PERCENT = re.compile(rf"({_NUMBER.pattern})%")
_ONLY_HOLDING = frozenset({"#root", "html", "body", "tbody", "tr", "center"})


def _has_all_of_it(styles: Styles, element: Element, when: str) -> bool:
    """Tell whether nothing makes a part as narrow as something else than what it stands in."""
    parent = element.parent
    is_arranged = parent is not None and _display(styles, parent, when) in ARRANGING
    is_limited = _value(styles, element, when, "max-width") not in ("", "none", "100%")
    is_out = _value(styles, element, when, "position") in _OUT_OF_LINE
    return element.tag not in _OF_OTHER_WIDTH and not (is_arranged or is_limited or is_out)


def _is_edge_to_edge(styles: Styles, element: Element, when: str) -> bool:
    """Tell whether a part has no space beside it, nor one that it has for what it is where nothing else is said."""
    value = partial(_value, styles, element, when)
    usual = _USUAL_SPACE.get(element.tag, "")
    is_said = not usual or all(value(f"{usual}-{side}") for side in ("left", "right"))
    return is_said and all(_NOTHING.fullmatch(value(name).removeprefix("auto")) for name in _MARGINS)


_NOTHING = re.compile(r"|(?:0+(?:\.0*)?|\.0+)(?:[a-z]+|%)?")
"""No length, however it is written."""
_MARGINS = ("margin", "margin-inline", "margin-left", "margin-right")
_USUAL_SPACE: dict[str, str] = {
    **dict.fromkeys(("ul", "ol", "menu", "dir"), "padding"),
    **dict.fromkeys(("blockquote", "dd", "figure", "body"), "margin"),
}
"""The tags that have a space left or right of them, or of what is in them, where nothing else is said, and which."""


def _has_border(styles: Styles, element: Element, when: str, side: str) -> bool:
    style, width = (
        _value(styles, element, when, f"border-{side}-{what}")
        or _value(styles, element, when, f"border-{what}")
        for what in ("style", "width")
    )
    return style not in ("", "none", "hidden") and not (width and _NOTHING.fullmatch(width))


def _display(styles: Styles, element: Element, when: str) -> str:
    return _value(styles, element, when, "display") or ("inline" if element.tag in INLINE else "block")


def _value(styles: Styles, element: Element, when: str, name: str) -> str:
    own = styles.own(element)
    return own.get(f"{when}{name}", own.get(name, ""))
