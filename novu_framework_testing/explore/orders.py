"""The alphabet of orders: every move that may come next is a letter, and an order is a text.

A text is the cheapest thing that Hypothesis makes and shrinks: one choice for a whole order, in place of some for each
move. It takes letters out, and puts nearer ones in the place of others, so the simple moves come first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import product
from random import Random
from typing import Any, NamedTuple, TypeAlias, get_args

from novu_framework_testing.explore import moves as made
from novu_framework_testing.explore.faults import BridgeFault
from novu_framework_testing.explore.moves import CalendarEdge, MoveKind
from novu_framework_testing.explore.story import Move

Channels: TypeAlias = Mapping[str, Sequence[str]]
"""Workflow id to the channels that it sends by."""

Kind: TypeAlias = MoveKind | Callable[..., Any] | Move
"""A kind of moves, a function of the user's, or a move."""

FIRST = 0x4E00
"""The letters begin here, where nobody's code has texts: Hypothesis tries those, too."""

_TRIGGERS, _SIGNS, _TIME, _REST = 6, 0.6, 4, 4
"""How often a letter is of each group: as these numbers are to each other. Every kind of the rest is as likely."""


class _Sign(Enum):
    """A letter that says how the moves beside it are made."""

    AND = "the move before and the one after it are made at once"
    AGAIN = "the move before it is made several times"


_TIMES = 4
"""So often a move is made again."""


def _joins(move: Move) -> bool:
    return move.name in ("trigger", "at_once", "read", "read_newest", "cancel")


class Alphabet:
    """The letters of orders.

    Args:
        groups: Moves, and how likely a letter is one of them, compared with those of the other groups.
    """

    def __init__(self, groups: Sequence[tuple[float, Sequence[Move | _Sign]]]) -> None:
        filled = [(share, group) for share, group in groups if group]
        size = max(len(group) / share for share, group in filled)
        self._moves = [
            move
            for share, group in filled
            for _ in range(max(1, round(share * size / len(group))))
            for move in group
        ]

    @property
    def letters(self) -> str:
        """The letters, the simplest first."""
        return "".join(chr(FIRST + place) for place in range(len(self._moves)))

    def moves(self, order: str) -> list[Move]:
        """Return the moves of an order."""
        moves: list[Move] = []
        joins = False
        for letter in order:
            move = self._moves[ord(letter) - FIRST]
            if isinstance(move, Move):
                moves.append(made.at_once(moves.pop(), move) if joins and _joins(move) else move)
                joins = False
            elif moves and _joins(moves[-1]):
                joins = move is _Sign.AND
                moves += [moves[-1]] * (0 if joins else _TIMES)
        return moves


class Round(NamedTuple):
    """Some of the orders: their letters, how many there are, and their seed."""

    alphabet: Alphabet
    orders: int
    seed: int


ROUND = 100
"""So many orders share an alphabet."""

FEW = 3
"""So many workflows are triggered in the orders of a round, at most."""


def rounds(
    triggers: Mapping[str, Sequence[Mapping[str, Any]]],
    channels: Channels,
    people: Mapping[str, str | None],
    kinds: Sequence[Kind],
    orders: int,
    seed: int,
) -> Iterator[Round]:
    """Divide orders into rounds. Each but the first leaves out some of all that could happen, as swarm testing does.

    Otherwise three things that break something together would hardly ever come together.

    Args:
        triggers: Workflow id to the payloads that it is triggered with.
        channels: Workflow id to the channels that it sends by.
        people: Subscriber id to timezone.
        kinds: What happens beside triggers and time.
        orders: How many there are.
        seed: Of what is left out, and of the orders.

    Raises:
        ValueError: There is no such kind.
    """
    for number, done in enumerate(range(0, orders, ROUND)):
        mixed = Random(f"{seed}-{number}")
        names, times, some = list(triggers), list(_time(people)), list(kinds)
        if number:
            names = mixed.sample(names, mixed.randint(1, min(FEW, len(names))))
            times = mixed.sample(times, mixed.randint(2, len(times)))
            some = mixed.sample(some, mixed.randint(min(1, len(some)), len(some)))
        part = {name: channels[name] for name in names}
        groups = [group for kind in some if (group := _moves_of(kind, part, people))]
        alphabet = Alphabet(
            [
                (_TRIGGERS, list(_triggers({name: triggers[name] for name in names}, list(people)))),
                (_TIME, times),
                *((_REST / len(groups), group) for group in groups),
                (_SIGNS, list(_Sign)),
            ]
        )
        yield Round(alphabet, min(ROUND, orders - done), mixed.getrandbits(32))


def _triggers(triggers: Mapping[str, Sequence[Mapping[str, Any]]], people: list[str]) -> Iterable[Move]:
    # most that goes wrong goes wrong between two triggers for the same person
    to: list[str | list[str]] = [*people[:1] * 2, *people, *([people] if len(people) > 1 else [])]
    for place in range(max(map(len, triggers.values()), default=0)):
        for whom, (workflow_id, payloads) in product(to, triggers.items()):
            if place < len(payloads):
                yield made.trigger(workflow_id, whom, payloads[place])


def _time(people: Mapping[str, str | None]) -> Iterable[Move]:
    amounts: Sequence[dict[str, float]] = (
        {"milliseconds": 1}, {"seconds": 1}, {"minutes": 1}, {"hours": 1}, {"days": 1}
    )  # fmt: skip
    near = [made.wait(**amount) for amount in amounts]
    due = [made.until_due(seconds) for seconds in (0, -1, 1)]
    edges = [
        made.until_edge(edge, zone)
        for zone, edge in product(dict.fromkeys([None, *people.values()]), get_args(CalendarEdge))
        if zone is not None or edge != "clocks"
    ]
    # an edge of a window is worth more tries than a month's end
    return [*near, *due * 3, *near, *due * 3, *edges]


def _moves_of(kind: Kind, channels: Channels, people: Iterable[str]) -> list[Move]:
    if isinstance(kind, Move):
        return [kind]
    if callable(kind):
        return [made.own(kind)]
    if kind not in _KINDS:
        known = ", ".join(_KINDS)
        raise ValueError(f"{kind!r} is not a kind of move; the kinds are {known}, and functions of your own.")
    return list(_KINDS[kind](channels, people))


def _opt_outs(channels: Channels, people: Iterable[str]) -> Iterable[Move]:
    for workflow, own in [(None, _used(channels)), *channels.items()]:
        for channel, who in product(own, people):
            for wanted in (False, True):
                yield made.prefer(who, channel, wanted, workflow)


def _used(channels: Channels) -> list[str]:
    return sorted({channel for each in channels.values() for channel in each})


_KINDS: Mapping[MoveKind, Callable[[Channels, Iterable[str]], Iterable[Move]]] = {
    "read": lambda channels, _: [made.read_newest()] if "in_app" in _used(channels) else [],
    "cancel": lambda *_: [made.cancel(number) for number in (-1, 1, -2)],
    "opt-out": _opt_outs,
    "schedule": lambda _, people: [made.schedule(who, hours) for who in people for hours in (True, False)],
    "provider": lambda channels, _: [made.provider_fails(channel) for channel in _used(channels)],
    "bridge": lambda *_: [made.bridge(fault) for fault in get_args(BridgeFault)],
}
