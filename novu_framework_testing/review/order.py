"""Steps at another place in their test: those that only have another number for one that came or went, and another order."""

from __future__ import annotations

import dataclasses
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from novu_framework_testing.review.changes import Change, FileChange, digest
from novu_framework_testing.snapshots.names import FileName
from novu_framework_testing.snapshots.spoken_names import step_name
from novu_framework_testing.snapshots.text_diff import channel_label

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_MOST = 3


class _Placed(NamedTuple):
    """Where a step is now, where it was, and what it is called."""

    now: int
    before: int
    step: str
    channel: str


def with_order(
    changes: Iterable[Change], steps: Mapping[str, tuple[str, str]], unmoved: Iterable[str]
) -> list[Change]:
    """Return the changes of a test, those of steps at another place as one.

    Steps that were only renumbered go with the change of the one that came or went; other steps that moved are one change, which says
    what comes before what now. That is the one of a step that also says something else now, if it is the first that moved past others.

    Args:
        changes: All of the test.
        steps: The id and the channel of each step of the test, by its stem.
        unmoved: The stems of the steps that have a snapshot at the place where they are.
    """
    groups: dict[str | None, list[Change]] = defaultdict(list)
    orders: dict[str | None, list[_Placed]] = defaultdict(list)
    for change in changes:
        groups[_place(change.stem)[0]].append(change)
    moves = [
        (change.stem_before, change.stem)
        for group in groups.values()
        for change in group
        if _is_elsewhere(change)
    ]
    for before, after in [(stem, stem) for stem in unmoved] + moves:
        name, place = _place(after)
        orders[name].append(_Placed(place, _place(before)[1], *steps[after]))
    found: list[Change] = []
    for name, group in groups.items():
        cause = next((change for change in group if change.kind in ("new", "gone")), None)
        moved = [change for change in group if change.kind == "moved"]
        altered = [change for change in group if change.kind == "changed" and _is_elsewhere(change)]
        order = sorted(orders[name])
        befores = [step.before for step in order]
        is_in_order = befores == sorted(befores)
        if cause and is_in_order:
            group = [change for change in group if change not in moved and change is not cause]
            group.append(dataclasses.replace(cause, files=_files(cause, *moved)))
        elif moved or (altered and not is_in_order):
            one = _as_one(moved, altered, order)
            group = [change for change in group if change not in moved and change.id != one.id]
            group.append(one)
        found += group
    return found


def with_move(gist: str, order: str) -> str:
    """Return what changed in a step in a line, and past what it moved.

    >>> with_move("body: 7:30 → 8:30", "it now comes first"), with_move("body: 7:30 → 8:30", "")
    ('body: 7:30 → 8:30; it now comes first', 'body: 7:30 → 8:30')
    """
    return "; ".join(filter(None, (gist, order)))


def _is_elsewhere(change: Change) -> bool:
    """Tell whether a step that there was before has another place now."""
    return change.kind in ("moved", "changed") and _place(change.stem) != _place(change.stem_before)


def _as_one(moved: Sequence[Change], altered: Sequence[Change], order: Sequence[_Placed]) -> Change:
    """Return the change of all steps of a test that moved; the one that shows it is the first that others had to let by.

    `altered` are the steps at another place that also say something else: each of the others stays a change of its own.
    """
    past = list(_past_others(order))
    first = past[0][0].now if past else 0
    known = [*moved, *altered]
    shown = next((change for change in known if _place(change.stem)[1] == first), known[0])
    others = [change for change in moved if change is not shown]
    now, before = (_place(stem)[1] for stem in (shown.stem, shown.stem_before))
    said = [f"{_called(one, order)} now comes {side} {_called(other, order)}" for one, side, other in past]
    is_said = bool(past) and past[0][0].now != now
    it = _called(next(each for each in order if each.now == now), order) if is_said else "it"
    places = (
        f"{it} was {_ordinal(before)} step, and is now {_ordinal(now)}"
        if now != before
        else f"{it} has moved"
    )
    if len(said) > _MOST:
        gist = f"{'; '.join(said[:_MOST])}; and {len(said) - _MOST} more"
    elif len(said) == 1:
        gist = f"{said[0]}: {places}"
    else:
        more = f", as {len(others)} more have another number" if others else ""
        gist = "; ".join(said) or f"{places}{more}"
    if shown.kind == "changed":
        return _also_moved(shown, others, gist)
    return dataclasses.replace(
        shown,
        files=_files(shown, *others),
        gist=gist,
        same=digest([shown.same, *(each.same for each in others)]) if others else shown.same,
    )


def _also_moved(change: Change, others: Sequence[Change], order: str) -> Change:
    """Return the change of a step that says something else and moved, which is another one than that of the words alone."""
    move = [change.workflow, order, *(each.same for each in others)]
    same, exact, twin = (key and digest([key, *move]) for key in (change.same, change.exact, change.twin))
    return dataclasses.replace(
        change,
        files=_files(change, *others),
        gist=with_move(change.gist, order),
        order=order,
        same=same,
        exact=exact,
        twin=twin,
    )


def _past_others(order: Sequence[_Placed]) -> Iterator[tuple[_Placed, str, _Placed]]:
    """Yield the fewest steps that explain an order, each with the side of another one at which it is now."""
    # The longest run of steps that stand as before: each knows the one before it, and the shortest ends are kept.
    ends: list[int] = []
    last: list[_Placed] = []
    known: dict[_Placed, _Placed | None] = {}
    for step in order:
        at = bisect(ends, step.before)
        known[step] = last[at - 1] if at else None
        ends[at:], last[at:] = [step.before, *ends[at + 1 :]], [step, *last[at + 1 :]]
    stay: set[_Placed] = set()
    step_back = last[-1] if last else None
    while step_back is not None:
        stay.add(step_back)
        step_back = known[step_back]
    for at, step in enumerate(order):
        if step in stay:
            continue
        after = next((each for each in order[at:] if each in stay), None)
        if after and after.before < step.before:
            yield step, "before", after
        else:
            yield step, "after", next(each for each in reversed(order[:at]) if each in stay)


def _called(step: _Placed, order: Sequence[_Placed]) -> str:
    """Return what a step is called in a sentence: by its channel if it is the only one of it."""
    label = channel_label(step.channel)
    alone = Counter(each.channel for each in order)[step.channel] == 1
    return f"the {label}" if alone else f"the {label} “{step_name(step.step)}”"


def _ordinal(place: int) -> str:
    return f"the {_ORDINALS[place - 1]}" if 0 < place <= len(_ORDINALS) else f"the {place}th"


def _files(*changes: Change) -> tuple[FileChange, ...]:
    return tuple(file for change in changes for file in change.files)


def _place(stem: str) -> tuple[str | None, int]:
    """Return the name of the assertion, and the number in it, of a step's files."""
    name = FileName.of_stem(stem)
    return (name.name, name.order) if name else (stem, 0)
