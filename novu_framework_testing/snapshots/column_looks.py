"""What a new column of a table looks like where most of the other columns of that table look otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from novu_framework_testing._internal.html_document import Element
from novu_framework_testing.snapshots.html_change import HtmlChange, digest_of
from novu_framework_testing.snapshots.html_styles import BACKGROUND, WHEN, Styles, base
from novu_framework_testing.snapshots.look_difference import WHITE
from novu_framework_testing.snapshots.look_values import said_of_value


def look_of_column(
    styles: Styles, rows: Sequence[Sequence[Element]], at: int, name: str
) -> Iterator[HtmlChange]:
    """Yield what a column looks like, in one sentence: nothing where most others look as it does.

    Args:
        styles: What the table is drawn with.
        rows: Its rows; the first one is of heads.
        at: The number of the column.
        name: What it is called.
    """
    head, *values = (_own_look(styles, row, at) for row in rows)
    shared = {
        key: value for key, value in values[0].items() if all(look.get(key) == value for look in values)
    }
    is_mixed = any(look != shared for look in values)
    if not any((head, shared, is_mixed)):
        return
    column = f"the new column “{name}”"
    said = [_said(column, shared)] if head == shared else []
    if head != shared:
        said = [_said(f"the head of {column}", head), _said(f"what is below the head of {column}", shared)]
    said += [f"{column} does not look the same in all rows"] if is_mixed else []
    yield HtmlChange(
        "columns",
        sentence="; ".join(filter(None, said)),
        detail=digest_of(head, shared, sorted({str(look) for look in values})),
    )


def _own_look(styles: Styles, row: Sequence[Element], at: int) -> dict[str, str]:
    """Return what one cell of a row looks like in which most of the others look otherwise."""
    others = [_look(styles, cell) for cell in row]
    own = others.pop(at)
    return {
        name: own.get(name, "")
        for name in sorted({name for look in (own, *others) for name in look})
        if 2 * sum(look.get(name) == own.get(name) for look in others) <= len(others)
    }


def _look(styles: Styles, cell: Element) -> dict[str, str]:
    """Return what a cell and the first words in it look like."""
    text = _first_with_words(cell)
    is_head = cell.tag == "th"
    usual = {"text-align": "center", "font-weight": "bold"} if is_head else {"text-align": "left"}
    drawn = {name: value for name, value in styles.text(text).items() if base(name) not in _UNSEEN}
    grounds = {BACKGROUND: styles.behind(text) or WHITE}
    borders = {
        name: value
        for name, value in styles.own(cell).items()
        if base(name).startswith(("border", "vertical"))
    }
    found = usual | drawn | grounds | borders
    return {name: value for name, value in found.items() if _USUAL.get(name) != value}


def _first_with_words(cell: Element) -> Element:
    parts = (cell, *(each for each in cell.inside() if isinstance(each, Element)))
    return next((each for each in parts if _has_words(each.children)), cell)


def _has_words(children: Iterable[Element | str]) -> bool:
    return any(isinstance(each, str) and each.strip() for each in children)


_UNSEEN = frozenset({BACKGROUND, "lang", "direction"})
_USUAL = {
    "font-weight": "normal",
    "font-style": "normal",
    "text-transform": "none",
    "text-decoration": "none",
}


def _said(what: str, look: Mapping[str, str]) -> str:
    """Return a sentence on a look; empty where there is nothing of it to say."""
    said = [words for name, value in look.items() if (words := _PREDICATES.get((name, value)))]
    if BACKGROUND in look:
        said.append(f"has the background {said_of_value(look[BACKGROUND])}")
    if look.get("color"):
        said.append(f"has the colour {said_of_value(look['color'])}")
    if look.get("font-size"):
        said.append(f"has the size {said_of_value(look['font-size'])}")
    others = [
        name for name, value in look.items() if (name, value) not in _PREDICATES and name not in _VALUED
    ]
    if any(WHEN in name for name in others):
        said.append("looks otherwise at times, as on small screens")
    if any(WHEN not in name for name in others):
        said.append("has a style of its own")
    return f"{what} {' and '.join(filter(None, (', '.join(said[:-1]), said[-1])))}" if said else ""


_PREDICATES = {
    ("text-align", "left"): "stands on the left",
    ("text-align", "right"): "stands on the right",
    ("text-align", "center"): "stands in the middle",
    ("font-weight", "bold"): "is bold",
    ("font-weight", ""): "is not bold",
    ("font-style", "italic"): "is in italics",
    ("font-style", ""): "is not in italics",
    ("text-decoration", "line-through"): "is struck out",
    ("text-decoration", "underline"): "is underlined",
    ("text-transform", "uppercase"): "is in capitals",
    ("color", ""): "has the usual colour",
    ("font-size", ""): "has the usual size",
}
_VALUED = frozenset({BACKGROUND, "color", "font-size"})
