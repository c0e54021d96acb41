"""What changed in how the parts of an email are put together, said in sentences: lists, rows, columns, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Sequence

from novu_framework_testing.snapshots.block_places import short
from novu_framework_testing.snapshots.css_values import DISABLED
from novu_framework_testing.snapshots.look_difference import (
    BREAKPOINT,
    CELL_LINES,
    EXCHANGED,
    GAP,
    GROUND_WIDTH,
    HEAD,
    HEADING_SIZE,
    HIDDEN,
    IN_BOX,
    IN_ROW,
    LAYOUT,
    LEVEL,
    OWN_WIDTH,
    PLACE,
    STACKED,
    TURNED,
)
from novu_framework_testing.snapshots.look_values import are_many, is_number, is_or_are, said_of_when

_CUT = frozenset({None, "visible", "hidden"})
"""The values of `overflow` that draw what there is no room for, or leave it out."""


def said_of_structure(name: str, old: str | None, new: str | None, where: str) -> str:
    """Return what changed at some words; empty for what is no matter of structure."""
    if name == "tag" and new in ("ul", "ol"):
        now, was = ("numbers", "bullets") if new == "ol" else ("bullets", "numbers")
        return f"the list with {where} has {now} now, and had {was}"
    if name in ("tag", HEADING_SIZE) and all(_HEADING.fullmatch(tag or "") for tag in (old, new)):
        return _said_of_level(f"{old}"[1:], f"{new}"[1:], where, is_size=name == HEADING_SIZE)
    if name.startswith("list-style") and "none" in (old, new):
        return f"the list with {where} has {'no bullets' if new == 'none' else 'bullets'} now"
    if name in (LAYOUT, LEVEL) and (said := _said_of_tags((old or "").split(), (new or "").split(), where)):
        return said
    if name == "list-style-type":
        signs = (
            _LIST_SIGNS.get(each or "", f"the signs “{each}”" if each else "the usual signs")
            for each in (new, old)
        )
        return f"the list with {where} has {' now, and had '.join(signs)}"
    if name == HEAD:
        heads = f"{'heads' if are_many(where) else 'a head'} of the table"
        return f"{where} {is_or_are(where)} {f'{heads} now' if new == 'th' else f'no longer {heads}'}"
    if name == "open":
        return f"{where} {is_or_are(where)} {'closed until it is pressed' if new is None else 'open from the start'} now"
    if name == "disabled" and DISABLED in (old, new):
        return f"{where} can {'no longer be pressed' if new else 'be pressed now'}"
    if name == IN_ROW:
        verb = "stand" if are_many(where) else "stands"
        return (
            f"{where} {verb} in a row beside others now"
            if new
            else f"{where} no longer {verb} in a row beside others"
        )
    if name == IN_BOX:
        return _said_of_boxes(old, new, where)
    if name == GROUND_WIDTH:
        now, was = (
            "from edge to edge" if value is None else f"no further than {value}" for value in (new, old)
        )
        return f"the background around {where} reaches {now} now, and reached {was}"
    if name == STACKED:
        was = "beside" if new == "below" else "below"
        return f"{where} and what stood {was} it stand {new} each other on small screens now"
    if name == "border-collapse":
        now, was = ("single", "double") if new == "collapse" else ("double", "single")
        return f"the lines between the cells {'from' if '” to “' in where else 'at'} {where} are {now} now, and were {was}"
    if name == CELL_LINES:
        cells = f"the cells {'from' if '” to “' in where else 'at'} {where}"
        return f"{cells} {'have lines around them now' if new else 'no longer have lines around them'}"
    if name == "overflow" and _CUT.issuperset((old, new)):
        return f"what there is no room for in {where} is {'cut off now' if new == 'hidden' else 'no longer cut off'}"
    if name == TURNED:
        return f"the parts {'from' if '” to “' in where else 'of'} {where} stand in the opposite order now"
    if name == OWN_WIDTH:
        many = are_many(where)
        if _LINED.search(old or "") and new in ("block", "table"):
            return f"{where} {'take' if many else 'takes'} all of the width now"
        if _LINED.search(new or "") and old in ("block", "table"):
            return f"{where} {is_or_are(where)} only as wide as {'their' if many else 'its'} words now"
        name = "display"
    if name == "display" and _LINED.search(old or "") and new in ("block", "table"):
        return f"{where} {'stand in lines' if are_many(where) else 'stands in a line'} of {'their' if are_many(where) else 'its'} own now"
    if name == "display" and new == "table-cell" and old in ("block", "table"):
        beside = "each other" if are_many(where) else "the others of its row"
        return f"{where} {'stand' if are_many(where) else 'stands'} beside {beside} now"
    if name == "display" and _LINED.search(new or "") and old in ("block", "table"):
        return f"{where} {'stand' if are_many(where) else 'stands'} in a line with others now, where there is room"
    if name == "display" and new in _ARRANGED:
        return f"the parts of {where} {_ARRANGED[new]} now"
    if name == "display" and old in _ARRANGED:
        return f"the parts of {where} no longer {_ARRANGED[old]}"
    if name == PLACE:
        return f"{'a line across' if new == 'hr' else 'an empty part'} stands {where} now"
    if name == EXCHANGED:
        return f"the line across and the empty part {where} have changed places"
    if name == GAP:
        more = int(new or 0) - int(old or 0)
        lines = "an empty line" if abs(more) == 1 else f"{abs(more)} empty lines"
        return f"{lines} above {where} {'is' if abs(more) == 1 else 'are'} {'new' if more > 0 else 'gone'}"
    if name == HIDDEN:
        return _said_of_hiding((old or "").split("\n"), (new or "").split("\n"), where)
    if name in ("colspan", "rowspan") and where:
        what = "column" if name == "colspan" else "row"
        was, now = (value or "1" for value in (old, new))
        return f"{where} {'span' if are_many(where) else 'spans'} {now} {what}{'' if now == '1' else 's'} now, and spanned {was}"
    if name == "transform" and where and "rotate" in f"{old}{new}":
        return f"{where} {is_or_are(where)} {'turned' if new and 'rotate' in new else 'no longer turned'}"
    if name == BREAKPOINT:
        what = f"{where} {is_or_are(where)} hidden" if where else "something changes"
        return f"the width of the screen at which {what}: {old} became {new}"
    if name == "role" and "presentation" in (old, new):
        return f"screen readers take the part with {where} for {'layout' if new == 'presentation' else 'a table of data'} now"
    if name == "hr":
        return f"a line across{f' {where}' if where else ''} is {'new' if new else 'gone'}"
    if name == "empty part":
        what = "row" if "tr" in (old, new) else "part"
        return (
            f"an empty {what}{f' {where}' if where else ''} is {'new' if new is not None else 'gone'}"
            if old is None or new is None
            else "empty parts changed"
        )
    if name.endswith("-side"):
        what = "the border of" if name.startswith("border") else "the space beside"
        sides = [f"{'on the ' if side in ('left', 'right') else 'at the '}{side}" for side in (new, old)]
        return f"{what} {where} is {sides[0]} now, and was {sides[1]}"
    if name == "start" and where:
        now, was = (value or "1" for value in (new, old))
        return f"the list with {where} begins at {now} now, and began at {was}"
    if name == "opacity" and where:
        return (
            f"{where} {is_or_are(where)} {'fainter' if float(new or 1) < float(old or 1) else 'stronger'}"
            if is_number(old) and is_number(new)
            else ""
        )
    return ""


def _said_of_boxes(old: str | None, new: str | None, where: str) -> str:
    """Return which box words stand in now, or that they left one, by what else stands in it."""
    stand = "stand" if are_many(where) else "stands"
    if not new:
        return f"{where} {stand} outside the {_said_of_named(old, 'box')} now"
    was = _said_of_named(old, "one")
    return (
        f"{where} {stand} in the {_said_of_named(new, 'box')} now{f', and stood in the {was}' if was else ''}"
    )


def _said_of_named(box: str | None, noun: str) -> str:
    """Return what a box is called, as `inner box with “Hello”`; empty without words in it."""
    rank, _, words = (box or "").rpartition("\n")[0].partition("\n")
    return f"{rank} {noun} with “{short(words)}”".lstrip() if words else ""


_HEADING = re.compile("h[1-6]")


def _said_of_level(was: str, now: str, where: str, *, is_size: bool) -> str:
    """Return that headings are of another level, and larger or smaller if that is what says how large they are."""
    many = are_many(where)
    what, were = (
        f"the {'headings' if many else 'heading'} {where} {is_or_are(where)}",
        "were" if many else "was",
    )
    if not is_size:
        return f"{what} of level {now} now, and {were} of {was} (1 is the highest)"
    size = "larger" if now < was else "smaller"
    return f"{what} {size if many else f'a {size} one'} now: of level {now}, and {were} of {was}"


def _said_of_tags(old: Sequence[str], new: Sequence[str], where: str) -> str:
    """Return what words are now, by the tags around them; nothing where these only change how they are laid out."""
    quotes = [tags.count("blockquote") for tags in (old, new)]
    if quotes[0] != quotes[1] and 0 in quotes:
        many = are_many(where)
        return f"{where} {is_or_are(where)} {'no longer ' if quotes[0] else ''}{'quotes' if many else 'a quote'}{'' if quotes[0] else ' now'}"
    levels = [sum(tag in ("ul", "ol") for tag in tags) for tags in (old, new)]
    if all(levels) and levels[0] != levels[1]:
        stands = "stand" if are_many(where) else "stands"
        return f"{where} {stands} {'deeper' if levels[1] > levels[0] else 'less deep'} in the list now"
    return ""


_LIST_SIGNS = {
    "decimal": "numbers", "lower-roman": "roman numerals (i, ii)", "upper-roman": "roman numerals (I, II)", "disc": "bullets",
    **dict.fromkeys(("lower-alpha", "lower-latin"), "letters (a, b)"), **dict.fromkeys(("upper-alpha", "upper-latin"), "letters (A, B)"),
    "circle": "circles", "square": "squares",
}  # fmt: skip
_LINED = re.compile("^inline|^table-cell$")
_ARRANGED = {"flex": "stand in a row or column of their own", "grid": "stand in a grid"}


def _said_of_hiding(old: Sequence[str], new: Sequence[str], where: str) -> str:
    """Return when something is hidden now, and when it was: each time begins with what is usual, then the exceptions."""
    if old[0] == new[0] and 1 in (len(old), len(new)):  # only exceptions came or went
        is_more = (new[0] == "shown") == (len(new) > len(old))
        times = " and".join(dict.fromkeys(said_of_when(when) for when in (*old[1:], *new[1:])))
        return f"{where} {is_or_are(where)} {'hidden' if is_more else 'no longer hidden'}{times}"
    if len(old) == len(new) == 1:
        return f"{where} {is_or_are(where)} {'hidden' if new[0] == 'hidden' else 'no longer hidden'}"
    was, now = (
        f"{'hidden' if side[0] == 'shown' else 'shown'}{' only' if only or side[0] == 'hidden' else ''}{' and'.join(dict.fromkeys(map(said_of_when, side[1:])))}"
        if len(side) > 1
        else side[0]
        for side, only in ((old, len(new) == 1), (new, False))
    )
    if not old[0]:
        return f"the new {where.removeprefix('the ')} {is_or_are(where)} {now}"
    return f"{where} {is_or_are(where)} {now} now, and {'were' if are_many(where) else 'was'} {was}"
