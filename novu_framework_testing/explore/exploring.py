"""`explore`: orders are tried until one breaks an invariant; that one is shrunk, told and written down as code."""

from __future__ import annotations

import inspect
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import cache
from textwrap import indent
from typing import Any

from typing_extensions import Unpack

from novu_framework.bridge import logger
from novu_framework.errors import MissingDependencyError
from novu_framework.triggers import Recipient
from novu_framework_testing._internal.loops import loops
from novu_framework_testing.bridges.http import AppOptions
from novu_framework_testing.explore.invariants import INVARIANTS, Invariant, check
from novu_framework_testing.explore.moves import MOVES, deploy, own
from novu_framework_testing.explore.orders import Kind, Round, rounds
from novu_framework_testing.explore.story import Move, Story
from novu_framework_testing.explore.subject import Subject, Triggers, code_of
from novu_framework_testing.simulation.simulator import DEFAULT_SECRET_KEY, NovuSimulator

START = datetime(2026, 3, 12, 9, tzinfo=timezone.utc)
"""When stories begin: a Thursday morning in March, some days before the clocks change."""


class BrokenInvariant(AssertionError):
    """An order breaks an invariant.

    Attributes:
        story: What happened in the shortest order that was found to break it; None in another process, where its simulation
            cannot go.
    """

    def __init__(self, text: str, story: Any) -> None:
        super().__init__(text)
        self.story: Story = story

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), None if isinstance(self.story, Story) else self.story)


class _Broken(Exception):
    """What went wrong in a story, on its way through Hypothesis: what an invariant, or a move of the user's, raised."""

    def __init__(self, story: Story, error: Exception, invariant: Invariant | None) -> None:
        super().__init__(str(error))
        self.story, self.error, self.invariant = story, error, invariant


def explore(
    app: Any,
    *,
    triggers: Triggers = None,
    people: Iterable[Recipient] = ("ann", "bob"),
    moves: Iterable[Kind] = MOVES,
    invariants: Sequence[Invariant] = INVARIANTS,
    orders: int = 1000,
    longest: int = 10,
    seed: int = 0,
    start: datetime | None = None,
    setup: Callable[[NovuSimulator], Any] | None = None,
    new_app: Any = None,
    story: Sequence[Move | Callable[..., Any]] | None = None,
    route: str = "/api/novu",
    secret_key: str = DEFAULT_SECRET_KEY,
    **options: Unpack[AppOptions],
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
        moves: What happens besides triggers and time: kinds of `MOVES`, and functions of your own that take the simulation.
        invariants: What must hold when nothing waits any more; see `novu_framework_testing.explore.invariants`.
        orders: How many orders are tried.
        longest: How many moves an order has at most.
        seed: Another one tries other orders.
        start: When each order begins; some Thursday morning, days before the clocks change, if left out.
        setup: Prepares each simulation, and whatever the workflows keep outside of it.
        new_app: A new version, which is deployed somewhere in each order: runs that are open go on with it.
        story: Moves to be made in this order, instead of trying any.
        route: Where an app serves the bridge.
        secret_key: The key of the app.
        options: `base_url` and `lifespan`, as `novu.connect` takes them.

    Raises:
        BrokenInvariant: An order breaks an invariant; its `story` has the simulation.
        ValueError: There is no such workflow or kind of move, or no payload fits a schema.
    """
    __tracebackhide__ = True
    versions = [
        loops.run(code_of(one, route, secret_key, **options)) for one in (app, new_app) if one is not None
    ]
    subject = Subject(versions, people, secret_key=secret_key, start=start or START, setup=setup)
    broken: _Broken | None = None
    try:
        if story is None:
            payloads = subject.payloads(triggers, seed)
            kinds = [*moves, *([] if new_app is None else [deploy()])]
            channels = subject.channels(payloads)
            for part in rounds(payloads, channels, subject.zones, kinds, orders, seed):
                broken = _search(subject, part, invariants, longest)
                if broken is not None:
                    break
        else:
            broken = _broken(
                subject, [one if isinstance(one, Move) else own(one) for one in story], invariants
            )
    finally:
        loops.run(subject.aclose())
    if broken is not None:
        cause = None if isinstance(broken.error, AssertionError) else broken.error
        raise BrokenInvariant(_told(broken, None if story is not None else seed), broken.story) from cause


def _broken(subject: Subject, moves: Iterable[Move], invariants: Iterable[Invariant]) -> _Broken | None:
    """Play the moves in a new simulation; return what goes wrong first."""
    story, raised = loops.run(_played(subject, moves))
    if raised is not None:
        return _Broken(story, raised, None)
    for invariant in invariants:
        try:
            if inspect.isawaitable(said := check(invariant, story)):
                loops.run(_awaited(said))
        except Exception as error:
            return _Broken(story, error, invariant)
    return None


async def _awaited(said: Awaitable[Any]) -> None:
    await said


async def _played(subject: Subject, moves: Iterable[Move]) -> tuple[Story, Exception | None]:
    story = await subject.story()
    try:
        await story.play(moves)
    except Exception as error:
        return story, error
    return story, None


def _search(subject: Subject, part: Round, invariants: Sequence[Invariant], longest: int) -> _Broken | None:
    """Let Hypothesis try orders; return what the shortest of them breaks."""
    try:
        import hypothesis
        from hypothesis import HealthCheck, Phase, strategies
        from hypothesis.errors import Flaky
    except ModuleNotFoundError:
        raise MissingDependencyError("`novu_explore`", "hypothesis", "testing") from None

    found: list[_Broken] = []

    @hypothesis.seed(part.seed)
    @hypothesis.settings(
        max_examples=part.orders,
        deadline=None,
        database=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.too_slow],
        report_multiple_bugs=False,
        print_blob=False,
    )
    @hypothesis.given(strategies.text(part.alphabet.letters, min_size=1, max_size=longest))
    def holds(order: str) -> None:
        # what is shrunk stays the same finding
        first = found[0].invariant if found else None
        broken = _broken(subject, part.alphabet.moves(order), invariants if first is None else [first])
        if broken is not None and (not found or broken.invariant is first):
            found.append(broken)
            raise broken

    with _nothing_left_behind(), _quiet():
        try:
            holds()
        except _Broken as broken:
            return _without_needless_moves(subject, broken)
        except Flaky:
            raise AssertionError(
                f"An order broke an invariant, and held when it was tried again: {found[-1]}. Whatever the workflows keep outside "
                "of the simulation is kept from one order to the next: bring it back to how it was in `setup`."
            ) from None
    return None


def _without_needless_moves(subject: Subject, broken: _Broken) -> _Broken:
    """Take out what only served to measure time: waits until something is due are durations by now."""
    moves, invariants = broken.story.moves, [] if broken.invariant is None else [broken.invariant]
    for place in range(len(moves)):
        fewer = _broken(subject, [*moves[:place], *moves[place + 1 :]], invariants)
        if fewer is not None and fewer.invariant is broken.invariant:
            return _without_needless_moves(subject, fewer)
    return broken


@contextmanager
def _quiet() -> Iterator[None]:
    """Log nothing of what fails in thousands of orders; what matters is told."""
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


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
    error = broken.error
    what = str(error) if isinstance(error, AssertionError) else f"{type(error).__name__}: {error}"
    lines = [what, "", story.novu.timeline()]
    if seed is not None:
        names = ", ".join(sorted({name for move in story.moves for name in move.names}))
        moves = "".join(f"    {move!r},\n" for move in story.moves)
        imported = f"from novu_framework_testing.explore import {names}\n\n" if names else ""
        code = f"{imported}story = [\n{moves}]"
        lines += [
            "",
            f"The seed {seed} finds it again. As a test of its own: novu_explore(..., story=story), with",
            "",
            indent(code, "    "),
        ]
    return "\n".join(lines)
