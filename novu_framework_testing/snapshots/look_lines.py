"""What stands alone in a line, and what takes all of it."""

from __future__ import annotations

from collections.abc import Mapping

from novu_framework_testing._internal.html_document import INLINE, Element

COLUMNS = frozenset({"inline-block", "inline-table", "table-cell", "inline-flex"})
"""How parts stand that stand beside others."""


def usual_display(tag: str) -> str:
    """Return how a part stands where nothing else is said."""
    return "table-cell" if tag in ("td", "th") else "inline" if tag in INLINE else "block"


def fills_alone(own: Mapping[str, str], when: str, tag: str) -> bool:
    """Tell whether what stands in a line by itself is as wide as that, at some time."""
    display, width = (own.get(f"{when}{name}", own.get(name)) for name in ("display", "width"))
    display = display or usual_display(tag)
    return display in ("block", "table") or (width == "100%" and display in COLUMNS)


def takes_its_line(old: Element, new: Element, own: Mapping[str, str], when: str) -> bool:
    """Tell whether what stood alone in a line is as wide as that now, at some time, whatever came beside it."""
    return fills_alone(own, when, new.tag) and stands_alone(old)


def stands_alone(element: Element) -> bool:
    """Tell whether nothing else stands in the line of an element."""
    for holder in element.above():
        if holder is element:
            continue
        if any(
            each is not element and (isinstance(each, Element) or each.strip()) for each in holder.children
        ):
            return False
        if holder.tag not in INLINE:
            break
        element = holder
    return True
