"""`explore`: orders are tried until one breaks an invariant; that one is shrunk, told and written down as code."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cache
from textwrap import indent
from typing import Any

from novu_framework.errors import MissingDependencyError
from novu_framework.triggers import Recipient
from novu_framework_testing._internal.loops import loops
from novu_framework_testing.explore.invariants import INVARIANTS, Invariant, check
from novu_framework_testing.explore.moves import MOVES, MoveKind, own
from novu_framework_testing.explore.orders import Alphabet
from novu_framework_testing.explore.story import Move, Story
from novu_framework_testing.explore.subject import Subject, Triggers, code_of
from novu_framework_testing.simulation.simulator import DEFAULT_SECRET_KEY, NovuSimulator

START = datetime(2026, 3, 12, 9, tzinfo=timezone.utc)
"""When stories begin: a Thursday morning in March, some days before the clocks change."""


class BrokenInvariant(AssertionError):
    """An order breaks an invariant.

    Attributes:
        story: What happened in the shortest order that was found to break it.
    """

    def __init__(self, text: str, story: Story) -> None:
        super().__init__(text)
        self.story = story


class _Broken(Exception):
    """An invariant that a story breaks, on the way through Hypothesis."""

    def __init__(self, invariant: Invariant, error: AssertionError, story: Story) -> None:
        super().__init__(str(error))
        self.invariant, self.error, self.story = invariant, error, story


def explore(
    app: Any,
    *,
    triggers: Triggers = None,
    people: Iterable[Recipient] = ("ann", "bob"),
    moves: Iterable[MoveKind | Callable[..., Any] | Move] = MOVES,
    invariants: Sequence[Invariant] = INVARIANTS,
    orders: int = 1000,
    longest: int = 12,
    seed: int = 0,
    start: datetime = START,
    setup: Callable[[NovuSimulator], Any] | None = None,
    story: Sequence[Move | Callable[..., Any]] | None = None,
    route: str = "/api/novu",
    secret_key: str = DEFAULT_SECRET_KEY,
) -> None:
    """Try orders, times and faults that no one wrote down, and raise `BrokenInvariant` for one that breaks an invariant.

    Each order begins in a new simulation. What breaks an invariant is shrunk first: the error tells the shortest story that
    does so, and how to see it again. The same seed tries the same orders.

    Args:
        app: The app under test, a workflow or a list of workflows, the URL of a bridge, or a `Bridge` of your own. Workflows of
            this process are called without HTTP.
        triggers: Which workflows are triggered, all if left out; or by workflow the payloads, one or several. None stands for
            some that are made up by the schema.
        people: Who is there, as ids or as subscribers with all that `trigger` takes. An id gets an address for each channel.
        moves: What happens beside triggers and time: kinds of `MOVES`, and functions of your own that take the simulation.
        invariants: What must hold when nothing waits any more; see `novu_framework_testing.explore.invariants`.
        orders: How many orders are tried.
        longest: How many moves an order has at most.
        seed: Another one tries other orders.
        start: When each order begins.
        setup: Prepares each simulation, and whatever the workflows keep outside of it.
        story: Moves to be made in this order, instead of trying any.
        route: Where an app serves the bridge.
        secret_key: The key of the app.

    Raises:
        BrokenInvariant: An order breaks an invariant; its `story` has the simulation.
        ValueError: There is no such workflow or kind of move, or no payload fits a schema.
    """
    __tracebackhide__ = True
    code = loops.run(code_of(app, route=route, secret_key=secret_key))
    subject = Subject(code, people, secret_key=secret_key, start=start, setup=setup)
    try:
        if story is None:
            payloads = subject.payloads(triggers, seed)
            alphabet = Alphabet(payloads, subject.channels(payloads), subject.zones, moves)
            broken = _search(subject, alphabet, invariants, orders, longest, seed)
        else:
            broken = _broken(
                subject, [one if isinstance(one, Move) else own(one) for one in story], invariants
            )
    finally:
        loops.run(subject.aclose())
    if broken is not None:
        raise BrokenInvariant(_told(broken, None if story is not None else seed), broken.story) from None


def _broken(subject: Subject, moves: Iterable[Move], invariants: Iterable[Invariant]) -> _Broken | None:
    """Play the moves in a new simulation; return the first invariant that does not hold."""
    story = loops.run(_played(subject, moves))
    for invariant in invariants:
        try:
            check(invariant, story)
        except AssertionError as error:
            return _Broken(invariant, error, story)
    return None


async def _played(subject: Subject, moves: Iterable[Move]) -> Story:
    story = await subject.story()
    await story.play(moves)
    return story


def _search(
    subject: Subject,
    alphabet: Alphabet,
    invariants: Sequence[Invariant],
    orders: int,
    longest: int,
    seed: int,
) -> _Broken | None:
    """Let Hypothesis try orders; return what the shortest of them breaks."""
    try:
        import hypothesis
        from hypothesis import HealthCheck, Phase, strategies
        from hypothesis.errors import Flaky
    except ModuleNotFoundError:
        raise MissingDependencyError("`novu_explore`", "hypothesis", "testing") from None

    found: list[_Broken] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=orders,
        deadline=None,
        database=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        print_blob=False,
    )
    @hypothesis.given(strategies.text(alphabet.letters, min_size=1, max_size=longest))
    def holds(order: str) -> None:
        # what is shrunk stays the same finding
        asked = [found[0].invariant] if found else invariants
        broken = _broken(subject, alphabet.moves(order), asked)
        if broken is not None:
            found.append(broken)
            raise broken

    with _nothing_left_behind():
        try:
            holds()
        except _Broken as broken:
            return broken
        except Flaky:
            raise AssertionError(
                f"An order broke an invariant, and held when it was tried again: {found[-1]}. Whatever the workflows keep outside "
                "of the simulation is kept from one order to the next: bring it back to how it was in `setup`."
            ) from None
    return None


@contextmanager
def _nothing_left_behind() -> Iterator[None]:
    """Let Hypothesis keep what it would write into the project elsewhere; without a database, nothing of it is needed again."""
    from hypothesis import configuration

    before = vars(configuration).get("__hypothesis_home_directory")
    configuration.set_hypothesis_home_dir(_elsewhere().name)
    try:
        yield
    finally:
        configuration.set_hypothesis_home_dir(before)


@cache
def _elsewhere() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="novu-explore-")


def _told(broken: _Broken, seed: int | None) -> str:
    """Tell the broken invariant, what happened, and how to see it again."""
    story = broken.story
    lines = [f"{broken.error}", "", story.novu.timeline()]
    if seed is not None:
        names = ", ".join(sorted({move.name for move in story.moves if move.is_ours}))
        moves = "".join(f"    {move!r},\n" for move in story.moves)
        code = f"from novu_framework_testing.explore import {names}\n\nstory = [\n{moves}]"
        lines += [
            "",
            f"The seed {seed} finds it again. As a test of its own: novu_explore(..., story=story), with",
            "",
            indent(code, "    "),
        ]
    return "\n".join(lines)
