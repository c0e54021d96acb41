"""Where something looks different, in words: at which texts or pictures, on which side of them, in which box."""

from __future__ import annotations

import re
from collections.abc import Sequence

from novu_framework_testing.snapshots.block_places import short, without_quotes
from novu_framework_testing.snapshots.look_difference import BOX, IN_WORDS, WHOLE, LookDifference

EMAIL = "the whole email"
SIDES = {"top": "above", "bottom": "below", "left": "left of", "right": "right of"}
"""What stands at a side of something, by the name that CSS has for the side."""
FEW = 2
"""So many places are told one by one."""


def side_of(names: set[str]) -> str:
    """Return at which sides of something properties are, `around` if at all of them or at none that is named.

    >>> side_of({"padding-left", "padding-right", "padding-top"})
    'above, left and right of'
    """
    sides = {name.rpartition("-")[2] for name in names}
    if len(sides) == len(SIDES) or not SIDES.keys() >= sides:
        return "around"
    said = [SIDES[side] for side in SIDES if side in sides]
    if sides >= {"left", "right"}:
        said[-2] = "left"
    return " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def places_of(group: Sequence[LookDifference]) -> list[tuple[str, int]]:
    """Return the words at which differences are seen, each with the number of its text or image."""
    pictures = {(_plain(each), each.place) for each in group if each.kind == "image"}
    places = dict.fromkeys(
        (each.words, each.place)
        for each in group
        if each.words.strip()
        # a picture is seen where the link around it is
        and not pictures.issuperset({(_plain(each), each.place), (_plain(each), each.place - 1)})
    )
    # a sign between links is not counted beside what is read
    return [place for place in places if _READ.search(place[0].partition(IN_WORDS)[0])] or list(places)


def _plain(found: LookDifference) -> str:
    """Return the words of a difference without those that tell them from the same ones."""
    return found.words.partition(IN_WORDS)[0]


_READ = re.compile(r"\w")


def _quoted(words: str) -> str:
    """Return what a place is called: its words; of a number in a table, with the row that it stands in; of several equal ones, with the words around."""
    words, _, around = words.partition(IN_WORDS)
    if around:
        return f"“{short(without_quotes(words))}” ({around})"
    found = _OF_A_ROW.fullmatch(words)
    return f"“{found[1]}” ({short(found[2])})" if found else f"“{short(without_quotes(words))}”"


_OF_A_ROW = re.compile(r"((?:[^\w()]|[\d_])+) \(([^()]+)\)")


def boxes_from(where: str) -> str:
    """Return what boxes around several texts are called."""
    return f"boxes that begin with {where}"


def side_of_boxes(group: Sequence[LookDifference], where: str, side: str, are_boxes: bool) -> str:
    """Return what a space is at one side of: above are the first words of a box, and below it the last ones."""
    if side == "above":
        return where_of([each._replace(until="") for each in group])
    if side == "below" and not are_boxes:
        return _quoted(last_in(group))
    return f"the {boxes_from(where)}" if are_boxes else where


def last_in(group: Sequence[LookDifference]) -> str:
    """Return the last words of the box that all of this is seen at; empty for several, and for what holds one text."""
    return next((each.until for each in group if each.until), "") if len(places_of(group)) == 1 else ""


_AROUND = re.compile("^border|^outline")


def where_of(group: Sequence[LookDifference]) -> str:
    """Return the first words that it is seen at, or next to, and at how many more places it is; or what a box holds."""
    if any(each.until == WHOLE for each in group):
        return EMAIL
    places = places_of(group)
    if not places:
        return ""
    more = "" if len(places) == 1 else f" and {len(places) - 1} more"
    if len(places) == FEW and places[0][0] != places[1][0]:
        more = f" and {_quoted(places[1][0])}"
    if last := last_in(group):
        return (
            f"{'the picture ' if group[0].kind == 'image' else ''}{_quoted(places[0][0])} to {_quoted(last)}"
        )
    first = next(each for each in group if each.words.strip())
    are_pictures = len(places) == FEW and all(each.kind == "image" for each in group)
    pictures = "the pictures " if are_pictures else "the picture "
    beside = f"{first.beside} " if first.beside else pictures if first.kind == "image" else ""
    if all(each.kind == BOX and _AROUND.search(each.name) for each in group):
        beside = "the box around "
    return f"{beside}{_quoted(places[0][0])}{more}"
