"""Virtual time: a moment that only moves when a test moves it, and what waits for it.

>>> from datetime import datetime, timezone
>>> clock = Clock(datetime(2026, 1, 1, tzinfo=timezone.utc))
>>> clock.iso
'2026-01-01T00:00:00.000Z'
>>> clock.now + duration(2, "hours")
datetime.datetime(2026, 1, 1, 2, 0, tzinfo=datetime.timezone.utc)
"""

from __future__ import annotations

import re
import time
from bisect import bisect_left, insort
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from zoneinfo import ZoneInfo

from novu_framework.errors import MissingDependencyError
from novu_framework_testing._internal.moments import iso as iso

try:
    from cronsim import CronSim, CronSimError
except ModuleNotFoundError:
    raise MissingDependencyError("`novu_framework_testing`", "cronsim", "testing") from None

UTC = timezone.utc

# A month is 30 days and a week 7: Novu turns an amount and a unit into milliseconds without a calendar.
_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400, "weeks": 604_800, "months": 2_592_000}

_NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@hourly": "0 * * * *",
    "@minutely": "* * * * *",
    "@secondly": "* * * * * *",
    "@weekdays": "0 0 * * 1-5",
    "@weekends": "0 0 * * 0,6",
}

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

EARLIEST, LATEST = datetime(1000, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
"""The moments that a test may move time to."""
FARTHEST = datetime(9998, 1, 1, tzinfo=UTC)
"""The last moment that may be waited for: what is counted from it, or is the time of a timezone then, is a date still."""


def _present() -> datetime:
    # not datetime.now(), which under freezegun is of its own class
    return _EPOCH + timedelta(milliseconds=time.time() * 1000 // 1)


def utc(when: datetime) -> datetime:
    """Return `when` in UTC, to the millisecond; a naive datetime is taken as UTC. Raises `ValueError` for one that UTC has not."""
    try:
        aware = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{when} is further away than a date can say.") from None
    return aware.replace(microsecond=aware.microsecond // 1000 * 1000)


def parse_iso(text: str) -> datetime:
    """Read an ISO 8601 timestamp as Novu accepts it, in UTC without an offset. Raises `ValueError` for other text."""
    if not _ISO.fullmatch(text):
        raise ValueError(f"{text!r} is not an ISO 8601 timestamp such as '2026-01-01T09:00:00Z'.")
    moment = text.removesuffix("Z")
    match = re.search(r"\.(\d+)", moment)
    if match:  # Python 3.10 reads three or six digits of a second, nothing between
        moment = moment.replace(match[0], f".{match[1][:6]:0<6}")
    moment = re.sub(r"([+-]\d{2})(\d{2})$", r"\1:\2", moment)
    return utc(datetime.fromisoformat(moment))


def moment_after(now: datetime, span: timedelta) -> datetime:
    """Return the moment that a span of time is after another. Raises `ValueError` for one that is out of reach."""
    if not EARLIEST - now <= span <= FARTHEST - now:
        raise ValueError(f"{span.days} days from {iso(now)} is further away than a date can say")
    return now + span


def moment_before(now: datetime, span: timedelta) -> datetime:
    """Return the moment that a span of time is before another; what would be before `EARLIEST` is that."""
    return EARLIEST if span > now - EARLIEST else now - span


def within_reach(when: datetime, latest: datetime = FARTHEST) -> datetime:
    """Return a moment of a simulation, at most the latest. Raises `ValueError` for any other."""
    if not EARLIEST <= when <= latest:
        raise ValueError(f"{iso(when)} is out of reach: time goes from {iso(EARLIEST)} to {iso(latest)}.")
    return when


def duration(amount: float | None, unit: str | None) -> timedelta:
    """Return `amount` of `unit` (seconds to months) as Novu counts it. Raises `ValueError` for any other."""
    if not isinstance(unit, str) or unit not in _SECONDS:
        raise ValueError(f"{unit!r} is not a unit of time; the units are {', '.join(_SECONDS)}.")
    if isinstance(amount, bool) or not isinstance(amount, (int, float)) or not amount >= 0:
        raise ValueError(f"{amount!r} is not an amount of time: it must be a number, zero or more.")
    try:
        return timedelta(seconds=amount * _SECONDS[unit])
    except OverflowError:
        raise ValueError(f"{amount} {unit} is further away than a date can say.") from None


@lru_cache(maxsize=1024)  # a trigger for a thousand subscribers asks the same a thousand times
def next_cron(expression: str, after: datetime, timezone: str | None = None) -> datetime:
    """Return the next occurrence of a cron expression strictly after `after`, as a moment in UTC.

    Five fields start with minutes, six with seconds; `?` and nicknames such as `@daily` are understood, as at Novu.
    Its hours are those of `timezone`, such as `Europe/Vienna`, of UTC if absent.

    Raises:
        ValueError: The expression does not parse, or never occurs, or the timezone is unknown.
    """
    written = _NICKNAMES.get(expression.strip().lower(), expression.strip()).replace("?", "*")
    try:
        return within_reach(_next_on_the_clock(written, after, zone(timezone)))
    except CronSimError as error:
        raise ValueError(f"the cron expression {expression!r} does not parse: {error}") from None
    except (StopIteration, OverflowError):  # within 50 years, or at all
        raise ValueError(f"the cron expression {expression!r} never occurs") from None


def _next_on_the_clock(expression: str, after: datetime, there: tzinfo) -> datetime:
    """Return the next occurrence on the clocks of a place, in UTC, as Novu's cron-parser has it.

    Times that are left out where the clocks go forward are as much later. An hour that comes twice counts twice for
    an expression of every hour, and once for one that names its hours.
    """
    local = after.astimezone(there)
    wall = local.replace(tzinfo=None, fold=0)
    found = next(CronSim(expression, wall))
    first, second = (found.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1))
    nearest = first if first > after else second
    repeats = (local.utcoffset() or timedelta()) - (local.replace(fold=1).utcoffset() or timedelta())
    every_hour = expression.split()[-4].startswith("*")
    if every_hour and repeats > timedelta() and not local.fold:  # what has passed of this hour comes again
        passed = takewhile(lambda time: time <= wall, CronSim(expression, wall - repeats))
        times = (time.replace(tzinfo=there, fold=1).astimezone(UTC) for time in passed)
        nearest = min([nearest, *(time for time in times if time > after)])
    return nearest


def zone(name: str | None) -> tzinfo:
    """Return the timezone of a subscriber, UTC for none. Raises `ValueError` for an unknown one."""
    if not name:
        return UTC
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no name of one, a folder of them
        raise ValueError(f"{name!r} is not a timezone such as 'Europe/Vienna'") from None


@dataclass(eq=False)
class Timer:
    """Something that waits for a moment.

    Attributes:
        due: The moment, in UTC.
        number: How many timers were set before it, and itself.
        action: What it does then.
        description: What makes its description for people.
        waits: False once it has fired or was canceled.
    """

    due: datetime
    number: int
    action: Callable[[], Awaitable[None]]
    description: Callable[[], str]
    waits: bool = True


_place = attrgetter("due", "number")


class Clock:
    """The time of a simulation, and the timers that wait for it, nearest first.

    Two timers that are due at the same moment fire in the order in which they were set.

    Args:
        start: The moment at which it stands; if absent, the machine's time when it is first needed to stand still.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._timers: list[
            Timer
        ] = []  # always in order: to move a list's end is quick, and nothing dead is kept
        self._set = 0
        self._iso = ""
        self._started_at: datetime | None = None
        if start is not None:
            self._start(start)

    now: datetime
    """The present moment, in UTC: that of the machine, until the clock begins."""

    def __getattr__(self, name: str) -> datetime:
        if name == "now":  # asked for often, and nothing but an attribute once the clock stands still
            return _present()
        raise AttributeError(name)

    @property
    def iso(self) -> str:
        """The present moment as the API writes it."""
        return self._iso or iso(_present())

    @property
    def started_at(self) -> datetime:
        """The moment at which it began, or would now."""
        return self._started_at or _present()

    def begin(self) -> None:
        """Stand still at the machine's time, unless the clock has a start; a test may have frozen that by now."""
        if self._started_at is None:
            self._start(_present())

    def _start(self, when: datetime) -> None:
        self._started_at = within_reach(utc(when), LATEST)
        self._go_to(self._started_at)

    def _go_to(self, when: datetime) -> None:
        self.now = when
        self._iso = iso(when)

    def call_at(
        self, due: datetime, action: Callable[[], Awaitable[None]], description: Callable[[], str]
    ) -> Timer:
        """Await `action` when the clock reaches `due`; `description` makes a text of it for people."""
        self.begin()
        self._set += 1
        timer = Timer(due, self._set, action, description)
        insort(self._timers, timer, key=_place)
        return timer

    def cancel(self, timer: Timer) -> None:
        """Keep a timer from firing; nothing happens if it fired already."""
        if timer.waits:
            timer.waits = False
            del self._timers[bisect_left(self._timers, _place(timer), key=_place)]

    def next_due(self) -> datetime | None:
        """Return when the next timer is due, or None when nothing waits."""
        return self._timers[0].due if self._timers else None

    def waiting(self) -> list[Timer]:
        """Return the timers that wait, nearest first."""
        return list(self._timers)

    async def fire_next(self) -> None:
        """Go to the next timer's moment and await its action."""
        if not self._timers:
            return
        timer = self._timers.pop(0)
        timer.waits = False
        self._go_to(max(self.now, timer.due))
        await timer.action()

    async def move_to(self, when: datetime) -> None:
        """Move to `when`, firing on the way what is due. Raises `ValueError` for a moment that is past, or out of reach."""
        self.begin()
        if within_reach(when, LATEST) < self.now:
            raise ValueError(f"Time only moves forward: it is {self.iso}, and {iso(when)} is before that.")
        while (due := self.next_due()) is not None and due <= when:
            await self.fire_next()
        self._go_to(when)
