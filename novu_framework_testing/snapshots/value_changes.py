"""The difference between two JSON values, such as the outputs of a step, in the parts that changed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from novu_framework_testing.snapshots import json_text
from novu_framework_testing.snapshots.content_change import ContentChange, part_in, text_change
from novu_framework_testing.snapshots.sequences import changed_ranges

ABSENT: Any = object()
"""Stands for a value that a version does not have."""
_SNAKE = re.compile("[a-z0-9]+(?:_[a-z0-9]+)+")
_KIND_OF_ITEM = re.compile("[A-Za-z][A-Za-z_.]{0,30}")


def mapping_changes(part: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[ContentChange]:
    """Yield what changed in the members of an object, each under its name in words."""
    for key in dict.fromkeys((*old, *new)):
        yield from _between(
            part_in(part, _words_of(json_text.label(key))), old.get(key, ABSENT), new.get(key, ABSENT)
        )


def _words_of(label: str) -> str:
    return label.replace("_", " ") if _SNAKE.fullmatch(label) else label


def _lists(part: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[ContentChange]:
    for a, b, c, d in changed_ranges([repr(each) for each in old], [repr(each) for each in new]):
        pairs = itertools.zip_longest(old[a:b], new[c:d], fillvalue=ABSENT)
        for index, (was, now) in enumerate(pairs, 1):
            place = _place((a if now is ABSENT else c) + index, was, now)
            yield from _between(part_in(part, place), was, now)


def _place(number: int, was: Any, now: Any) -> str:
    """Return what an item of a list is called: by its type, if it says one, as the blocks of a chat message do."""
    kinds = {one.get("type") if isinstance(one, Mapping) else None for one in (was, now) if one is not ABSENT}
    kind = kinds.pop() if len(kinds) == 1 else None
    who = {one.get("from") for one in (was, now) if isinstance(one, Mapping)}
    if len(who) == 1 and isinstance(name := who.pop(), str):
        return f"{number} ({name})"
    plain = isinstance(kind, str) and _KIND_OF_ITEM.fullmatch(kind)
    return f"{kind.replace('_', ' ')} {number}" if plain and kind else str(number)


def _between(part: str, old: Any, new: Any) -> Iterator[ContentChange]:
    sides = [{} if side is ABSENT else side for side in (old, new)]
    if all(isinstance(side, Mapping) for side in sides) and (ABSENT not in (old, new) or any(sides)):
        yield from mapping_changes(part, *sides)
    elif _is_list(old) and _is_list(new):
        yield from _lists(part, old, new)
    elif isinstance(old, str) and isinstance(new, str):
        yield from text_changes(part, old, new)
    elif type(old) is not type(new) or repr(old) != repr(new):
        # Of different types, `1` and "1" have to be told apart.
        literal = old is not ABSENT and new is not ABSENT
        yield ContentChange(part, _shown(old, literal=literal), _shown(new, literal=literal))


def text_changes(part: str, old: str, new: str) -> Iterator[ContentChange]:
    """Yield what changed in a text, line by line where it has several."""
    if old == new:
        return
    olds, news = old.split("\n"), new.split("\n")
    if len(olds) == len(news) == 1:
        yield text_change(part, old, new)
        return
    for a, b, c, d in changed_ranges(olds, news):
        if b - a == d - c:
            for index in range(b - a):
                yield text_change(f"{part}, line {c + index + 1}", olds[a + index], news[c + index])
        else:
            place = _line_range(c + 1, d) if d > c else _line_range(a + 1, b)
            before, after = ("\n".join(lines) if lines else None for lines in (olds[a:b], news[c:d]))
            yield text_change(f"{part}, {place}", before, after)


def _line_range(first: int, last: int) -> str:
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _shown(value: Any, *, literal: bool) -> str | None:
    if value is ABSENT:
        return None
    if isinstance(value, str) and (not literal or "\n" in value):
        return value
    text = json_text.write({"it": value})
    if text.startswith("it: "):
        return text.removeprefix("it: ").rstrip("\n")
    return "\n".join(line.removeprefix("  ") for line in text.splitlines()[1:])
