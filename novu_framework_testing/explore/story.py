"""A story: moves in an order, in a simulation of its own, and what invariants ask of it afterwards."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from novu_framework_testing.explore.faults import Code, FaultyBridge
from novu_framework_testing.simulation.messages import Message
from novu_framework_testing.simulation.preferences import PreferenceSet
from novu_framework_testing.simulation.runs import StepRun
from novu_framework_testing.simulation.simulator import NovuSimulator


@dataclass(frozen=True)
class Move:
    """One move of a story. Its `repr` is the code that makes it.

    Attributes:
        name: Of the function that makes it.
        perform: Does it in a story; returns it as it can be done again, or None where there was nothing to do.
        arguments, keywords: What the function was given.
        is_ours: False where it is a function of the user's, which takes the simulation and has no arguments.
    """

    name: str
    perform: Callable[..., Awaitable[Move | None]]
    arguments: tuple[Any, ...] = ()
    keywords: Mapping[str, Any] = field(default_factory=dict)
    is_ours: bool = True

    @property
    def names(self) -> set[str]:
        """The names of the functions of this package that its code needs."""
        inner = [one for one in self.arguments if isinstance(one, Move)]
        return {self.name for _ in range(self.is_ours)}.union(*(one.names for one in inner))

    def __repr__(self) -> str:
        if not self.is_ours:
            return self.name
        given = [*map(repr, self.arguments), *(f"{name}={value!r}" for name, value in self.keywords.items())]
        return f"{self.name}({', '.join(given)})"


class Wishes(NamedTuple):
    """The preferences of people from a message on: its place in `novu.messages`, the time, and the sets by subscriber id."""

    since: int
    at: datetime
    of: Mapping[str, PreferenceSet]


@dataclass(eq=False)
class Story:
    """The moves of one order and what came of them. Invariants look at it when nothing waits any more.

    Attributes:
        novu: The simulation.
        bridge: The app's, with the faults that moves ask for.
        new: The version that may be deployed.
        moves: What was done, as it can be done again.
        canceled: Transaction id to the number of messages that there were when it was canceled.
        wishes: The preferences and schedules of everybody, oldest first.
    """

    novu: NovuSimulator
    bridge: FaultyBridge
    new: Code | None = None
    moves: list[Move] = field(default_factory=list)
    canceled: dict[str, int] = field(default_factory=dict)
    wishes: list[Wishes] = field(default_factory=list)

    async def play(self, moves: Iterable[Move]) -> None:
        """Do the moves, then let time pass until nothing waits. Raises what a move of the user's raises."""
        self.keep_wishes()
        for move in moves:
            try:
                done = await move.perform(self, *move.arguments, **move.keywords)
            except Exception:
                self.moves.append(move)
                raise
            if done is not None:
                self.moves.append(done)
        await self.novu.run_until_idle_async()

    def keep_wishes(self) -> None:
        """Keep what everybody prefers from here on."""
        of = {one.subscriber_id: _copy(one.preferences.of(())) for one in self.novu.subscribers}
        self.wishes.append(Wishes(len(self.novu.messages), self.novu.now, of))

    def wished(self, place: int, subscriber_id: str, since: datetime | None = None) -> list[PreferenceSet]:
        """Return what somebody preferred when a message was sent, newest first; nothing for somebody who came later.

        Args:
            place: Of the message, in `novu.messages`.
            subscriber_id: Who.
            since: With what was preferred from this moment on, too.
        """
        found: list[PreferenceSet] = []
        for wishes in reversed(self.wishes):
            if wishes.since <= place:
                if subscriber_id in wishes.of:
                    found.append(wishes.of[subscriber_id])
                if since is None or wishes.at < since:
                    break
        return found


def _copy(given: PreferenceSet) -> PreferenceSet:
    workflows = {
        name: replace(layer, channels=dict(layer.channels)) for name, layer in given.workflows.items()
    }
    overall = replace(given.overall, channels=dict(given.overall.channels))
    return PreferenceSet(overall, workflows, given.schedule)


def step_of(message: Message) -> StepRun:
    """Return the step that sent a message."""
    step = message.step
    assert isinstance(step, StepRun)
    return step
