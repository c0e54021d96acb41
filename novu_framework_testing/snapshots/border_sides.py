"""Borders by their sides, where one version says something of all of them, and it or the other of some."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

SIDES = ("top", "right", "bottom", "left")
"""In the order in which CSS gives values for all of them."""
_PARTS = ("width", "style", "color")
_OF_BORDER = re.compile("(.*?)border(?:-(top|right|bottom|left))?-(width|style|color)", re.DOTALL)
_VALUES = re.compile(r"(?:[^\s(]|\([^)]*\))+")

_NOTHING = frozenset({None, "0", "none", "hidden"})

Values: TypeAlias = Mapping[str, str | None]
"""What is said of an element, by property; what is so at some time has that before the name."""
Pair: TypeAlias = tuple[str | None, str | None]
"""A value in the old version, and in the new one."""


def are_mixed(old: Values, new: Values) -> bool:
    """Tell whether borders are said of all sides together in one version, and of some in it or the other."""
    found = [match for name in (*old, *new) if "border" in name and (match := _OF_BORDER.fullmatch(name))]
    are_many = any(
        " " in (values.get(match[0]) or "") for match in found for values in (old, new) if not match[2]
    )
    return any(not match[2] for match in found) and (are_many or any(match[2] for match in found))


def by_sides(values: Values) -> Values:
    """Return values with those of borders said of each side.

    >>> by_sides({"border-width": "1px 2px", "border-left-width": "4px"})
    {'border-top-width': '1px', 'border-right-width': '2px', 'border-bottom-width': '1px', 'border-left-width': '4px'}
    """
    found: dict[str, str | None] = {}
    for name, value in values.items():
        match = _OF_BORDER.fullmatch(name)
        if match is None:
            found[name] = value
        elif not match[2]:
            for side, one in zip(SIDES, _each(value), strict=True):
                of_side = f"{match[1]}border-{side}-{match[3]}"
                found[of_side] = values.get(of_side, one)
        else:
            found[name] = value
    return found


def _each(value: str | None) -> tuple[str | None, ...]:
    """Return the value at each side, as CSS gives one to four for all."""
    values = _VALUES.findall(value or "")
    if not 1 < len(values) <= len(SIDES):
        return (value,) * len(SIDES)
    right = values[1]
    bottom = values[2] if len(values) > 2 else values[0]
    return values[0], right, bottom, values[3] if len(values) > 3 else right


def of_sides(found: Mapping[str, Pair]) -> dict[str, Pair]:
    """Return changes with those of borders put together: of all sides where they changed alike, and of a side whose border is new or gone."""
    made: dict[str, Pair] = {}
    borders: dict[str, dict[str, dict[str, Pair]]] = defaultdict(dict)
    for name, pair in found.items():
        match = _OF_BORDER.fullmatch(name)
        if match is None:
            made[name] = pair
        else:
            borders[match[1]].setdefault(match[2], {})[match[3]] = pair
    for when, sides in borders.items():
        first = next(iter(sides.values()))
        if len(sides) == len(SIDES) and all(each == first for each in sides.values()):
            made |= {f"{when}border-{part}": pair for part, pair in first.items()}
        else:
            for side, parts in sides.items():
                made |= dict(_of_one_side(f"{when}border-{side}", parts))
    return made


def _of_one_side(name: str, parts: Mapping[str, Pair]) -> Iterator[tuple[str, Pair]]:
    if _NOTHING.issuperset(parts.get("width", ("a line",))) or _NOTHING.issuperset(
        parts.get("style", ("a line",))
    ):
        return  # at no time was there a line
    was, now = ([pair[side] for pair in parts.values()] for side in (0, 1))
    if "width" in parts and (was.count(None) == len(parts) or now.count(None) == len(parts)):
        values = [
            " ".join(value for part in sorted(parts) if (value := parts[part][side])) for side in (0, 1)
        ]
        yield name, (values[0] or None, values[1] or None)
    else:
        yield from ((f"{name}-{part}", pair) for part, pair in parts.items())
