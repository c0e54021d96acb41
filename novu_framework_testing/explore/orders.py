"""The alphabet of orders: every move that may come next is a letter, and an order is a text.

A text is the cheapest thing that Hypothesis makes and shrinks: one choice for a whole order, in place of some for each
move. It takes letters out, and puts nearer ones in the place of others, so the simple moves come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias, get_args

from novu_framework_testing.explore import moves as made
from novu_framework_testing.explore.faults import BridgeFault
from novu_framework_testing.explore.moves import MoveKind
from novu_framework_testing.explore.story import Move

Channels: TypeAlias = Mapping[str, Sequence[str]]
"""Workflow id to the channels that it sends by."""

FIRST = 0x4E00
"""The letters begin here, where nobody's code has texts: Hypothesis tries those, too."""

_TRIGGERS, _TIME, _REST = 6, 4, 4
"""How often a letter is of each group: as these numbers are to each other. Every kind of the rest is as likely."""


class Alphabet:
    """The moves that orders are made of.

    Args:
        triggers: Workflow id to the payloads that it is triggered with.
        channels: Workflow id to the channels that it sends by.
        people: Subscriber id to timezone.
        kinds: The kinds of moves beside triggers and time; a function of the user's is a move, too.
    """

    def __init__(
        self,
        triggers: Mapping[str, Sequence[Mapping[str, Any]]],
        channels: Mapping[str, Sequence[str]],
        people: Mapping[str, str | None],
        kinds: Iterable[MoveKind | Callable[..., Any] | Move],
    ) -> None:
        rest = [group for kind in kinds if (group := _moves_of(kind, channels, people))]
        self._moves = _weighted(
            [
                (_TRIGGERS, list(_triggers(triggers, list(people)))),
                (_TIME, list(_time(people))),
                *((_REST / len(rest), group) for group in rest),
            ]
        )

    @property
    def letters(self) -> str:
        """The letters, the simplest first."""
        return "".join(chr(FIRST + place) for place in range(len(self._moves)))

    def moves(self, order: str) -> list[Move]:
        """Return the moves of an order."""
        return [self._moves[ord(letter) - FIRST] for letter in order]


def _weighted(groups: Sequence[tuple[float, Sequence[Move]]]) -> list[Move]:
    """Return the moves of all groups, repeated until each group has its share."""
    size = max(len(group) / share for share, group in groups if group)
    return [
        move
        for share, group in groups
        if group
        for _ in range(max(1, round(share * size / len(group))))
        for move in group
    ]


def _triggers(triggers: Mapping[str, Sequence[Mapping[str, Any]]], people: list[str]) -> Iterable[Move]:
    several: list[str | list[str]] = [*people, *([people] if len(people) > 1 else [])]
    longest = max(map(len, triggers.values()), default=0)
    for place in range(longest):  # what is simplest is the same payload for the same person
        for to in several:
            for workflow_id, payloads in triggers.items():
                if place < len(payloads):
                    yield made.trigger(workflow_id, to, payloads[place])


def _time(people: Mapping[str, str | None]) -> Iterable[Move]:
    near = [made.wait(seconds=1), made.wait(minutes=1), made.wait(hours=1), made.wait(days=1)]
    due = [made.until_due(0), made.until_due(-1), made.until_due(1)]
    edges = [
        made.until_edge(edge, zone)
        for zone in dict.fromkeys(people.values())
        for edge in ("midnight", "month", "clocks")
    ]
    # an edge of a window is worth more tries than a month's end
    return [*near, *due, *due, *near, *due, *due, *edges]


def _moves_of(
    kind: MoveKind | Callable[..., Any] | Move, channels: Channels, people: Iterable[str]
) -> list[Move]:
    if isinstance(kind, Move):
        return [kind]
    if callable(kind):
        return [made.own(kind)]
    if kind not in _KINDS:
        known = ", ".join(_KINDS)
        raise ValueError(f"{kind!r} is no kind of move; the kinds are {known}, and functions of your own.")
    return list(_KINDS[kind](channels, people))


def _opt_outs(channels: Channels, people: Iterable[str]) -> Iterable[Move]:
    for workflow, own in [(None, _used(channels)), *channels.items()]:
        for channel, who, wanted in product(own, people, (False, True)):
            yield made.prefer(who, channel, wanted, *([workflow] if workflow else []))


def _used(channels: Channels) -> list[str]:
    return sorted({channel for each in channels.values() for channel in each})


_KINDS: Mapping[MoveKind, Callable[[Channels, Iterable[str]], Iterable[Move]]] = {
    "read": lambda channels, people: [made.read(who) for who in people if "in_app" in _used(channels)],
    "cancel": lambda *_: [made.cancel(number) for number in (-1, 1, -2)],
    "opt-out": _opt_outs,
    "schedule": lambda _, people: [made.schedule(who, hours) for who in people for hours in (True, False)],
    "provider": lambda channels, _: [made.provider_fails(channel) for channel in _used(channels)],
    "bridge": lambda *_: [made.bridge(fault) for fault in get_args(BridgeFault)],
}
