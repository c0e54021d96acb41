"""The borders at the sides of a part: which of them came or went, and which of them are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from novu_framework_testing.snapshots.css_values import of_border
from novu_framework_testing.snapshots.html_styles import WHEN, base

SIDES = ("top", "bottom", "left", "right")
WHOLE_BORDER = re.compile(rf"border(?:-(?:{'|'.join(SIDES)}))*")
"""The name of a border that came or went: at all sides, or at those that it names."""
_WHATS = ("width", "style", "color")
_OF_A_BORDER = re.compile(rf"border(?:-({'|'.join(SIDES)}))?-({'|'.join(_WHATS)})")
_MOST_LOOKS = 2
"""Borders at the sides of a part that look different in more ways are not told one by one."""

_Values: TypeAlias = "Mapping[str, str | None]"
_Pair: TypeAlias = "tuple[str | None, str | None]"


def by_side(old: _Values, new: _Values) -> tuple[_Values, _Values]:
    """Return values in which what is said of the border at all sides is said of each, where one version says something of a side.

    >>> by_side({"border-width": "1px"}, {"border-top-width": "1px"})[0]
    {'border-top-width': '1px', 'border-right-width': '1px', 'border-bottom-width': '1px', 'border-left-width': '1px'}
    """
    sides = {found[1] for name in (*old, *new) if (found := _OF_A_BORDER.fullmatch(name))}
    are_several = any(" " in (each.get(name) or "") for each in (old, new) for name in _OF_ALL)
    if not (None in sides and (len(sides) > 1 or are_several)) or are_at_times(old, new):
        return old, new
    return _of_each_side(old), _of_each_side(new)


def _of_each_side(values: _Values) -> _Values:
    found = {name: value for name, value in values.items() if name not in _OF_ALL}
    for name in _OF_ALL:
        if value := values.get(name):
            found = {**dict(of_border(name, value)), **found}
    return found


_OF_ALL = tuple(f"border-{what}" for what in _WHATS)


def are_at_times(*versions: _Values) -> bool:
    """Tell whether something is said of a border that is not always so, as for small screens."""
    return any(WHEN in name and _OF_A_BORDER.fullmatch(base(name)) for each in versions for name in each)


def with_borders_as_one(found: Mapping[str, _Pair], *, are_apart: bool) -> dict[str, _Pair]:
    """Return differences, in which a border that is new, or gone, is one thing, and so are the sides at which it is the same.

    Args:
        found: The values of both versions, by name.
        are_apart: Whether the sides of a border are told one by one.
    """
    borders = {name: each for name, each in found.items() if _OF_A_BORDER.fullmatch(name)}
    made = dict(_same_sides(borders) if are_apart else _as_one(borders))
    if made == borders:
        return dict(found)
    return {name: each for name, each in found.items() if name not in borders} | made


def all_of_border(values: _Values) -> str | None:
    """Return all that is said of a border; None where nothing is."""
    return " ".join(values[name] or "" for name in sorted(values) if _OF_A_BORDER.fullmatch(name)) or None


def _same_sides(borders: Mapping[str, _Pair]) -> Iterator[tuple[str, _Pair]]:
    """Yield differences of a border, each with the sides at which it is the same in its name."""
    at: dict[tuple[str, _Pair], list[str]] = defaultdict(list)
    for side in (None, *SIDES):
        own = {name: each for name, each in borders.items() if _side_in(name) == side}
        for name, each in _as_one(own):
            at[name.removeprefix(f"border-{side}" if side else "border"), each].append(side or "")
    for index in (0, 1):
        came = [key for key in at if not key[0] and key[1][index] is None]
        if len(came) > _MOST_LOOKS:
            said = " ".join(f"{' '.join(at.pop(key))} {key[1][1 - index]}" for key in came)
            yield "border", (said, None) if index else (None, said)
    for (what, each), sides in at.items():
        yield f"border{'' if len(sides) == len(SIDES) else _named(sides)}{what}", each


def _named(sides: Iterable[str]) -> str:
    return "".join(f"-{side}" for side in sides if side)


def _side_in(name: str) -> str | None:
    """Return the side that the name of a property of a border has; None for all of them."""
    found = _OF_A_BORDER.fullmatch(name)
    return found[1] if found else None


def _as_one(borders: Mapping[str, _Pair]) -> Iterator[tuple[str, _Pair]]:
    """Yield differences of a border, as one if all of it is new, or gone."""
    lost = [index for index in (0, 1) if all(each[index] is None for each in borders.values())]
    if len(borders) < 2 or not lost:
        yield from borders.items()
        return
    said = " ".join(borders[name][1 - lost[0]] or "" for name in sorted(borders))
    sides = {_side_in(name) for name in borders}
    one = sides.pop() if len(sides) == 1 else None
    yield f"border-{one}" if one else "border", (said, None) if lost[0] else (None, said)
