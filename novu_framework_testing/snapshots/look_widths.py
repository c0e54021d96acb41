"""The width of parts: of one that fills its line anyway, of one that sticks out of what it stands in, of what is as wide as the email, of what shares a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import Styles

_OF_OTHER_WIDTH = frozenset(
    ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "img", "button", "input", "select", "textarea", "hr", "video")
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
    is_wide = _value(styles, element, when, "width") in ("", "auto", "100%")
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
        and any(
            value(f"padding-{side}") not in ("", "0") or _has_border(styles, element, when, side)
            for side in ("left", "right")
        )
    )


def most_width(styles: Styles, element: Element) -> str | None:
    """Return how wide a part is at most, by itself or for what it stands in; None for as wide as the email, empty where that is not known."""
    above = [each for each in element.above() if each.tag not in _ONLY_HOLDING]
    widths = (styles.own(each).get(name, "") for each in above for name in ("max-width", "width"))
    limit = next((width for width in widths if width.endswith("px")), "")
    are_wide = all(fills_line(styles, each) or styles.own(each).get("width") == "100%" for each in above)
    return limit or (None if are_wide else "")


def lines_of(styles: Styles, element: Element) -> list[int]:
    """Return in which line each of the parts stands that share the room of one; nothing where that is not known."""
    own = styles.own(element)
    has_words = any(isinstance(child, str) and child.strip() for child in element.children)
    is_row = own.get("display") in ("flex", "inline-flex") and not any(map(_OTHER_LINES.search, own))
    if has_words or not is_row:
        return []
    wraps = own.get("flex-wrap", "nowrap") == "wrap"
    lines: list[int] = []
    line, taken = 0, 0.0
    for each in (child for child in element.children if isinstance(child, Element)):
        width = _share(styles.own(each)) if wraps else 0
        if width is None:
            return []
        if taken and taken + width > _WHOLE:
            line, taken = line + 1, 0
        taken += width
        lines.append(line)
    return lines


_OTHER_LINES = re.compile("gap$|^flex-(?:flow|direction)$")
"""The names of what makes it uncertain how many parts have room in a line."""
_WHOLE = 100.01
"""The percents of a line, and a little for what is rounded."""


def _share(own: Mapping[str, str]) -> float | None:
    """Return how many percents of the line a part takes at least; None where that is not known."""
    if any(value != "0" and _WIDENING.match(name) for name, value in own.items()):
        return None
    *_, last = own.get("flex", "auto").split()
    basis = own.get("flex-basis", "0%" if _NUMBER.fullmatch(last) else last)
    share = _PERCENT.fullmatch(own.get("width", "") if basis in ("auto", "none") else basis)
    return float(share[1]) if share else None


_WIDENING = re.compile("margin|padding|border.*width|(?:min|max)-width")
"""The names of what makes a part take more or less than its share."""
_NUMBER, _PERCENT = re.compile(r"[\d.]+"), re.compile(r"([\d.]+)%")
_ONLY_HOLDING = frozenset({"#root", "html", "body", "tbody", "tr", "center"})


def _has_all_of_it(styles: Styles, element: Element, when: str) -> bool:
    """Tell whether nothing makes a part as narrow as something else than what it stands in."""
    parent = element.parent
    is_arranged = parent is not None and _display(styles, parent, when) in ARRANGING
    is_limited = _value(styles, element, when, "max-width") not in ("", "none", "100%")
    return element.tag not in _OF_OTHER_WIDTH and not is_arranged and not is_limited


def _has_border(styles: Styles, element: Element, when: str, side: str) -> bool:
    style, width = (
        _value(styles, element, when, f"border-{side}-{what}")
        or _value(styles, element, when, f"border-{what}")
        for what in ("style", "width")
    )
    return style not in ("", "none", "hidden") and width != "0"


def _display(styles: Styles, element: Element, when: str) -> str:
    return _value(styles, element, when, "display") or ("inline" if element.tag in INLINE else "block")


def _value(styles: Styles, element: Element, when: str, name: str) -> str:
    own = styles.own(element)
    return own.get(f"{when}{name}", own.get(name, ""))
