"""What stands alone in a line, and what takes all of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from novu_framework_testing._internal.html_document import INLINE, Element
from novu_framework_testing.snapshots.html_styles import Styles
from novu_framework_testing.snapshots.look_widths import ARRANGING

COLUMNS = frozenset({"inline-block", "inline-table", "table-cell", "inline-flex"})
"""How parts stand that stand beside others."""


def is_column(styles: Styles, element: Element) -> bool:
    """Tell whether an element stands beside the others of its part."""
    own = styles.own(element)
    return own.get("display", "") in COLUMNS or own.get("float", "none") != "none"


def has_columns(element: Element) -> bool:
    """Tell whether one of the first rows of tables in an element, or the element, has several cells."""
    parts = islice(element.inside(), _MOST_AROUND)
    rows = (each for each in (element, *parts) if isinstance(each, Element) and each.tag == "tr")
    return any(
        sum(isinstance(each, Element) and usual_display(each.tag) == "table-cell" for each in row.children)
        > 1
        for row in rows
    )


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


def stands_between_blocks(styles: Styles, element: Element) -> bool:
    """Tell whether a block has a line for itself however it stands in it: what comes right before and after it are blocks, too."""
    holder = element.parent
    if (
        holder is None
        or element.tag == "table"
        or usual_display(element.tag) != "block"
        or styles.own(holder).get("display") in ARRANGING
        or len(holder.children) > _MOST_AROUND
    ):
        return False
    around = [each for each in holder.children if isinstance(each, Element) or each.strip()]
    at = next(number for number, each in enumerate(around) if each is element)
    beside = [*around[max(at - 1, 0) : at], *around[at + 1 : at + 2]]
    return len(around) > 1 and all(isinstance(each, Element) and _is_block(styles, each) for each in beside)


_MOST_AROUND = 200
"""Among more parts than these, nobody looks for what stands beside one."""


def _is_block(styles: Styles, element: Element) -> bool:
    own = styles.own(element)
    is_floating = own.get("float", "none") != "none" or element.get("align") in ("left", "right")
    return (
        own.get("display", usual_display(element.tag)) in ("block", "table", "list-item") and not is_floating
    )
