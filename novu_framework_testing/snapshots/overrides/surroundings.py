"""What parts of an override stand in: on which ground, beside which bar, in which list, and if they are there at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby, zip_longest
from typing import Any, NamedTuple, TypeAlias

from novu_framework_testing.snapshots.overrides.looks import is_seen
from novu_framework_testing.snapshots.overrides.parts import Part, fold

Differences: TypeAlias = "dict[str, tuple[Any, Any]]"
"""What looks or settings were and are, by their names."""
Pairs: TypeAlias = "Sequence[tuple[Part, Part]]"
"""Which part of the old version is which of the new one."""
_HIDES, _SHOWN_BY, _FRAME = "isvisible", "shownby", "frame"
_OF_STYLE = {
    **dict.fromkeys(("default", "emphasis", "good", "warning", "attention", "accent"), "ground"),
    **dict.fromkeys(("bullet", "ordered"), "style"),
}
"""What a style of what holds parts is to these, by its value: a ground to stand on, or points and numbers before them."""


class Surroundings(NamedTuple):
    """The looks of what holds parts, as they were and as they are, by the ids of the new ones.

    Attributes:
        of_parts: Of parts, without what is said of what holds them.
        of_holders: Of what holds parts itself, without what is true of none of these.
    """

    of_parts: dict[int, Differences]
    of_holders: dict[int, Differences]


def differences(
    old: Mapping[tuple[int, str], Any], new: Mapping[tuple[int, str], Any], spell: Callable[[str], str] = fold
) -> Differences:
    """Return what settings were and are, by their names, wherever in the message they stand: a part may stand deeper now.

    Of several settings of one name, the first that differs.
    """
    sides = _by_name(old, spell), _by_name(new, spell)
    found: Differences = {}
    for name in dict.fromkeys((*sides[0], *sides[1])):
        for was, now in zip_longest(*(side.get(name, []) for side in sides)):
            if repr(was) != repr(now):
                found.setdefault(name, (was, now))
    return found


def own_differences(old: Part, new: Part) -> Differences:
    """Return how the look of a part was and is, without what `surroundings` has of it."""
    is_holder = old.block.kind in _HOLDERS and not old.holders
    was, now = _record_of(old), _record_of(new)
    looks = old.looks, new.looks
    if was and not now:
        looks = _of_lines(was) | old.looks, new.looks
    elif now and not was:
        looks = old.looks, _of_lines(now) | new.looks
    return {
        name: sides
        for name, sides in differences(*looks).items()
        if not (any(_seen_as(name, side) for side in sides) if is_holder else name in (_HIDES, _SHOWN_BY))
    }


_HOLDERS = frozenset(("part", "column"))


def _record_of(part: Part) -> Part | None:
    """Return what holds all the lines of the text that a part is one of; None for a text of one line."""
    return next((holder for holder in part.holders if holder.block.target == str(part.depth)), None)


def _of_lines(record: Part) -> dict[tuple[int, str], Any]:
    return {key: value for key, value in record.looks.items() if not _seen_as(fold(key[1]), value)}


def surroundings(pairs: Pairs, holders: Pairs) -> Surroundings:
    """Return how what parts stand in was and is, of each part and of what holds it.

    Args:
        pairs: Which part is which.
        holders: Which of what holds parts is which.
    """
    became = {id(one): other for one, other in holders}
    own = {id(one): _unequal(_put({}, one.looks), _put({}, other.looks)) for one, other in holders}
    seen = {id(became[one]): dict(sides) for one, sides in own.items()}
    of_parts: dict[int, Differences] = {}
    around: dict[int, list[tuple[int, str]]] = defaultdict(list)
    untrue: set[tuple[int, str]] = set()
    for one, other in pairs:
        was, now = _standing(one), _standing(other)
        for holder in one.holders:
            stays = became.get(id(holder))
            if stays is None or id(stays) not in now:
                continue
            for name in own[id(holder)]:
                of_holder = was[id(holder)].get(name), now[id(stays)].get(name)
                of_part = was[id(one)].get(name), now[id(other)].get(name)
                seen[id(stays)][name] = of_holder
                around[id(other)].append((id(stays), name))
                if _is_untrue(name, of_holder, of_part):
                    untrue.add((id(stays), name))
        of_parts[id(other)] = _unequal(was[id(one)], now[id(other)])
    told: set[tuple[int, str]] = set()
    for part, names in around.items():
        for at, name in names:
            if (at, name) not in untrue and of_parts[part].get(name) == seen[at][name]:
                del of_parts[part][name]
        told.update((at, name) for at, name in names if name in of_parts[part])
    of_holders = {
        id(other): dict(_of_holder(id(other), own[id(one)], seen[id(other)], untrue, told))
        for one, other in holders
    }
    return Surroundings(of_parts, of_holders)


def _is_untrue(name: str, of_holder: tuple[Any, Any], of_part: tuple[Any, Any]) -> bool:
    """Tell whether it would be untrue of a part what is said of its holder, as that this is hidden now."""
    if name == _HIDES:
        return of_part != of_holder
    return of_part[0] == of_part[1] and of_part[0] is not None and of_part[0] in of_holder


def _of_holder(
    holder: int,
    own: Differences,
    seen: Differences,
    untrue: Set[tuple[int, str]],
    told: Set[tuple[int, str]],
) -> Iterator[tuple[str, tuple[Any, Any]]]:
    """Yield what is seen of a holder; in general words where those would be untrue of a part and no part tells it itself."""
    for name, sides in seen.items():
        if (holder, name) not in untrue and sides[0] != sides[1]:
            yield name, sides
        elif name != _HIDES and (holder, name) not in told:
            yield _FRAME, own[name]


def _standing(part: Part) -> dict[int, dict[str, Any]]:
    """Return what is around each of a part's holders and around the part itself, by their ids."""
    found: dict[str, Any] = {}
    standing = {}
    for holder in reversed(part.holders):
        _put(found, holder.looks)
        standing[id(holder)] = dict(found)
    own = {key: value for key, value in part.looks.items() if fold(key[1]) in (_HIDES, _SHOWN_BY)}
    return standing | {id(part): _put(found, own)}


def _put(found: dict[str, Any], looks: Mapping[tuple[int, str], Any]) -> dict[str, Any]:
    """Return what is around a part, with what is seen at it of the looks of something further in."""
    for (_, name), value in looks.items():
        aspect = _seen_as(fold(name), value)
        if aspect == _HIDES:
            if found.get(_HIDES) is not False and value is not True:  # what hides is stronger
                found[_HIDES] = value
        elif aspect in ("ground", "style"):
            found[aspect] = value.lower()
        elif aspect:
            found[aspect] = value
    if found.get("ground") == "default":
        del found["ground"]
    return found


def _seen_as(name: str, value: object) -> str:
    """Return what a look of a holder is to the parts in it; empty if it is not seen at them."""
    return _OF_STYLE.get(str(value).lower(), "") if name == "style" else name if name in _SEEN else ""


_SEEN = frozenset(("bar", _HIDES, _SHOWN_BY))


def _unequal(old: Mapping[str, Any], new: Mapping[str, Any]) -> Differences:
    sides = {name: (old.get(name), new.get(name)) for name in dict.fromkeys((*old, *new))}
    return {name: (was, now) for name, (was, now) in sides.items() if was != now}


def neighbours(
    parts: Sequence[Part], around: Mapping[int, Differences], pairs: Pairs
) -> Iterator[tuple[list[Part], Differences]]:
    """Yield the parts that stand together and around which the same changed, where there are several, and what changed.

    What brings it holds them all, and so does what brought it.

    Args:
        parts: The parts of the new version.
        around: What changed around them, by their ids.
        pairs: Which part of the old version is which of them.
    """
    outside = [part for part in parts if not part.block.inside]
    were = {id(other): one for one, other in pairs}

    def place_of(part: Part) -> tuple[Differences, int, int]:
        changed = around.get(id(part), {})
        return changed, _brings(were.get(id(part), part), changed), _brings(part, changed)

    for (changed, *_), group in groupby(outside, key=place_of):
        several = [*group]
        if len(several) > 1 and any(is_seen(name, *sides) for name, sides in changed.items()):
            yield several, changed


def _brings(part: Part, aspects: Iterable[str]) -> int:
    """Return the id of the innermost holder of a part with a look that is one of some aspects of what is around it; 0 for none."""
    return next(
        (
            id(holder)
            for holder in part.holders
            if any(_seen_as(fold(name), value) in aspects for (_, name), value in holder.looks.items())
        ),
        0,
    )


def paired_holders(pairs: Pairs, likely: Pairs) -> list[tuple[Part, Part]]:
    """Return which holder of parts is which: one with settings by these and its parts, however deep it is; or else as is likely.

    Args:
        pairs: Which part is which.
        likely: Which of what holds parts is which by its first words and how deep it is.
    """
    sides = [_by_content(pairs, side) for side in (0, 1)]
    same = [
        pair
        for content, olds in sides[0].items()
        for pair in zip(olds, sides[1].get(content, ()), strict=False)
    ]
    known = {id(holder) for pair in same for holder in pair}
    return [
        *same,
        *((one, other) for one, other in likely if id(one) not in known and id(other) not in known),
    ]


def _by_content(pairs: Pairs, side: int) -> dict[str, list[Part]]:
    held: dict[int, list[int]] = defaultdict(list)
    holders: dict[int, Part] = {}
    for at, pair in enumerate(pairs):
        for holder in pair[side].holders:
            held[id(holder)].append(at)
            holders[id(holder)] = holder
    found: dict[str, list[Part]] = defaultdict(list)
    for key, holder in holders.items():
        settings = (
            sorted((name, repr(value)) for (_, name), value in kept.items())
            for kept in (holder.looks, holder.unseen)
        )
        if holder.looks or holder.unseen:
            found[repr((held[key], *settings))].append(holder)
    return found


def _by_name(settings: Mapping[tuple[int, str], Any], spell: Callable[[str], str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for (_, name), value in settings.items():
        found[spell(name)].append(value)
    return found
