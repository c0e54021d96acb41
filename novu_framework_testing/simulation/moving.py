"""Moving time: by an amount, to a moment, or until nothing waits."""

from __future__ import annotations

from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, Final

from typing_extensions import Unpack

from novu_framework_testing._internal.garbage import FEW_FULL_COLLECTIONS
from novu_framework_testing._internal.twins import awaited_in_tests, blocking_method
from novu_framework_testing.simulation.clock import FARTHEST, iso, moment_after, utc
from novu_framework_testing.simulation.durations import Duration, duration_of
from novu_framework_testing.simulation.looking import Looking


class StillWaiting(RuntimeError):
    """`run_until_idle` reached its limit, and something still waits."""


class Moving(Looking):
    """The part of a simulator that moves its clock."""

    _moving: bool

    @awaited_in_tests
    async def advance_async(self, by: timedelta | None = None, **amount: Unpack[Duration]) -> None:
        """Let time pass; what is due on the way happens at its time.

            novu.advance(hours=6)
            novu.advance(timedelta(days=1))

        Args:
            by: How long.
            amount: The same in units that add up: weeks, days, hours, minutes, seconds, milliseconds.

        Raises:
            TypeError: Something else than a timedelta or one of the units.
            ValueError: A negative amount, or one that leads out of reach, which is after the year 8999.
        """
        await self.advance_to_async(moment_after(self.now, duration_of(by, amount)))

    advance: Final = blocking_method(advance_async)

    @awaited_in_tests
    async def advance_to_async(self, when: datetime) -> None:
        """Let time pass until a moment.

            novu.advance_to(datetime(2026, 1, 5, 9, tzinfo=timezone.utc))

        Args:
            when: The moment; a naive datetime is UTC.

        Raises:
            ValueError: It is past, or after the year 8999.
        """
        if not isinstance(when, datetime):
            example = "novu.now + timedelta(hours=6)"
            raise TypeError(f"advance_to takes a datetime, such as {example}, not {when!r}")
        await self._move(self.clock.move_to(utc(when)))

    advance_to: Final = blocking_method(advance_to_async)

    @awaited_in_tests
    async def run_until_idle_async(
        self, limit: timedelta = timedelta(days=366), *, max_jobs: int = 100_000
    ) -> None:
        """Let time pass until nothing is waiting.

            novu.run_until_idle()
            assert run.status == "completed"

        Args:
            limit: How much virtual time may pass.
            max_jobs: How many waiting jobs may go on.

        Raises:
            StillWaiting: Something waits at a limit; the message names it.
        """
        await self._move(self._until_idle(self.now + min(limit, FARTHEST - self.now), limit, max_jobs))

    run_until_idle: Final = blocking_method(run_until_idle_async)

    async def _until_idle(self, end: datetime, limit: timedelta, max_jobs: int) -> None:
        for _ in range(max_jobs):
            due = self.clock.next_due()
            if due is None:
                return
            if due > end:
                raise StillWaiting(self._waiting(f"{limit} passed"))
            await self.clock.fire_next()
        if self.clock.next_due() is not None:
            raise StillWaiting(self._waiting(f"{max_jobs} jobs went on"))

    def _waiting(self, reached: str) -> str:
        waiting = self.clock.waiting()
        lines = [f"  until {iso(timer.due)}: {timer.description()}" for timer in waiting[:10]]
        more = [f"  and {len(waiting) - 10} more"] if len(waiting) > 10 else []
        return "\n".join([f"The simulation is not idle after {reached}. Still waiting:", *lines, *more])

    async def _move(self, work: Coroutine[Any, Any, None]) -> None:
        if self._moving:
            work.close()
            raise RuntimeError("Time is moving already: a workflow, or another task, cannot move it as well.")
        self._moving = True
        try:
            with FEW_FULL_COLLECTIONS:
                await work
        finally:
            self._moving = False
        self._raise_new_findings()
