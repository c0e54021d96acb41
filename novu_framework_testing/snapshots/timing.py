"""How long a delay, a digest or a throttle takes, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from novu_framework.errors import MissingDependencyError

try:
    from cronsim import CronSim, CronSimError
except ModuleNotFoundError:
    raise MissingDependencyError("`novu_framework_testing`", "cronsim", "testing") from None

_ANY_MOMENT = datetime(2026, 1, 1)
_UNITS = frozenset({"seconds", "minutes", "hours", "days", "weeks", "months"})


def cron_in_words(expression: str) -> str | None:
    """Return a cron expression in words; None for what is none.

    >>> cron_in_words("0 9 * * 1")
    'at 09:00 on Monday'
    >>> cron_in_words("0 */2 * * *")
    'every second hour'
    >>> cron_in_words("*/15 * * * *")
    'every 15 minutes'
    >>> cron_in_words("0 8 1,15 * *")
    'at 08:00 on the first and the 15th day of the month'
    """
    try:
        words = CronSim(expression, _ANY_MOMENT).explain()
    except CronSimError:
        return None
    said = words[:1].lower() + words[1:].replace("day of month", "day of the month")
    return _STEPS.sub(_in_steps, _PAST.sub(_of_hours, said))


_PAST = re.compile(r"^at minute (\d+) past (every (?:\w+ )?hour)")


def _of_hours(words: re.Match[str]) -> str:
    """Return `at minute 0 past every second hour` in plain words."""
    return words[2] if words[1] == "0" else f"at minute {words[1]} of {words[2]}"


_NUMBERS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_STEPS = re.compile(rf"^every (?:({'|'.join(_NUMBERS)})|(\d+)(?:st|nd|rd|th)) minute(?: of every hour)?")


def _in_steps(found: re.Match[str]) -> str:
    """Return `every 15th minute of every hour`, which one may take for one minute, as `every 15 minutes`."""
    minutes = _NUMBERS.get(found[1]) or int(found[2])
    return f"every {minutes} minutes" if 60 % minutes == 0 else found[0]


def in_words(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return outputs with times in words: an amount of a unit, and a cron expression.

    >>> in_words({"type": "regular", "amount": 6, "unit": "hours"})
    {'type': 'regular', 'duration': '6 hours'}
    """
    made: dict[str, Any] = {}
    duration = None if "duration" in outputs else _duration(outputs)
    for key, value in outputs.items():
        if key in ("amount", "unit") and duration is not None:
            made["duration"] = duration
        elif key == "cron" and isinstance(value, str) and (words := cron_in_words(value)):
            made[key] = words
        elif key == "dynamicKey" and isinstance(value, str):
            made["until"] = said_by(value)
        elif key == "lookBackWindow" and isinstance(value, Mapping) and value.keys() == {"amount", "unit"}:
            made[key] = _duration(value) or value
        else:
            made[key] = value
    return made


def said_by(path: str) -> str:
    """Return what says how long a step takes, in words: a path of the payload, or another one as it is.

    >>> said_by("payload.check_in"), said_by("payload.trip.leavesAt"), said_by("subscriber.data.at")
    ('the time given as “check in”', 'the time given as “trip › leaves at”', 'the time given as subscriber.data.at')
    """
    if not path.startswith("payload."):
        return f"the time given as {path}"
    names = path.removeprefix("payload.").split(".")
    words = (_INNER_CAPITAL.sub(lambda found: f" {found[0].lower()}", name) for name in names)
    return f"the time given as “{' › '.join(words).replace('_', ' ')}”"


_INNER_CAPITAL = re.compile("(?<=[a-z0-9])[A-Z](?![A-Z])")


def length_in_words(seconds: float) -> str:
    """Return a length of time in words.

    >>> length_in_words(7200), length_in_words(86400), length_in_words(90), length_in_words(0.5), length_in_words(0)
    ('2 hours', '1 day', '1 minute 30 seconds', '0.5 seconds', '0 seconds')
    """
    left, said = round(seconds, 3), []
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count = left if size == 1 else left // size
        if count:
            left -= count * size
            said.append(f"{count:.12g} {unit}{'' if count == 1 else 's'}")
    return " ".join(said) or "0 seconds"


def _duration(outputs: Mapping[str, Any]) -> str | None:
    amount, unit = outputs.get("amount"), outputs.get("unit")
    if type(amount) not in (int, float) or not isinstance(unit, str) or unit not in _UNITS:
        return None
    return f"{amount} {unit.removesuffix('s') if amount == 1 and type(amount) is int else unit}"
