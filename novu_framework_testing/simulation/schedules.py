"""A subscriber's weekly schedule: whether a moment is within it, and when it opens next.

>>> from datetime import datetime, timezone
>>> day = {"isEnabled": True, "hours": [{"start": "09:00 AM", "end": "05:00 PM"}]}
>>> schedule = {"isEnabled": True, "weeklySchedule": {"monday": day}}
>>> sunday = datetime(2026, 1, 4, 12, tzinfo=timezone.utc)
>>> is_open(schedule, sunday, None), next_opening(schedule, sunday, None).isoformat()
(False, '2026-01-05T09:00:00+00:00')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from novu_framework_testing.simulation.clock import UTC, zone

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = timedelta(days=1)


def is_open(schedule: Mapping[str, Any] | None, now: datetime, timezone: str | None) -> bool:
    """Tell whether `now` is within a schedule, to the minute, both ends included; without one, any moment is.

    Args:
        schedule: `{"isEnabled", "weeklySchedule": {"monday": {"isEnabled", "hours": [{"start", "end"}]}}}`.
        now: The moment, in UTC.
        timezone: The timezone that its hours are of, UTC if absent.

    Raises:
        ValueError: An unknown timezone, or an hour that is none.
    """
    if not schedule or not schedule.get("isEnabled") or schedule.get("weeklySchedule") is None:
        return True
    local = now.astimezone(zone(timezone))
    minute = local.hour * 60 + local.minute
    today, before = _hours(schedule, local), _hours(schedule, local - _DAY)
    # Novu then asks all hours of the day before whether they hold this time, not only the one over midnight.
    hours = [*today, *before] if any(end < start for start, end in before) else today
    return any(
        start <= minute <= end if start <= end else (minute >= start or minute <= end) for start, end in hours
    )


def next_opening(schedule: Mapping[str, Any], now: datetime, timezone: str | None) -> datetime:
    """Return when a schedule opens next; `now` where it is open, or never opens within a week.

    Arguments and errors are those of `is_open`.
    """
    tz = zone(timezone)
    local = now.astimezone(tz).replace(tzinfo=None)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    for days in range(-1, 8):  # from yesterday, whose hours may reach over midnight
        day = midnight + days * _DAY
        for start, end in _hours(schedule, day):
            opens = day + timedelta(minutes=start)
            closes = day + timedelta(minutes=end) + (_DAY if end < start else timedelta())
            if days <= 0 and opens <= local <= closes:
                return now
            if days > 0 or opens > local:
                return opens.replace(tzinfo=tz).astimezone(UTC)
    return now


def _hours(schedule: Mapping[str, Any], day: datetime) -> list[tuple[int, int]]:
    shown = (schedule.get("weeklySchedule") or {}).get(_DAYS[day.weekday()]) or {}
    hours: Iterable[Mapping[str, str]] = (shown.get("hours") if shown.get("isEnabled") else None) or ()
    return [(_minute(one["start"]), _minute(one["end"])) for one in hours]


def _minute(text: str) -> int:
    """Return `09:30 AM` as minutes since midnight."""
    try:
        time = datetime.strptime(text, "%I:%M %p")
    except ValueError:
        raise ValueError(f"the schedule says {text!r}, which is not an hour such as '09:00 AM'") from None
    return time.hour * 60 + time.minute
