"""Dates as text, in UTC or in another zone."""

from __future__ import annotations

import re
import time
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import Any, Final

from novu_framework.npm.ecmascript.json import UNDEFINED
from novu_framework.npm.ecmascript.numbers import is_number, number_text
from novu_framework.npm.liquidjs.context import Filter
from novu_framework.npm.liquidjs.limits import charge, costs, work
from novu_framework.npm.liquidjs.values import is_nil, js_text, stringify, to_number, to_value
from novu_framework.npm.v8_date import Moment, clipped, moment, parse_date

DEFAULT_FORMAT: Final = "%A, %B %-e, %Y at %-l:%M %P %z"

_DIRECTIVE = re.compile(r"%([-_0^#:]+)?([0-9]+)?([EO])?([^\n\r\u2028\u2029])")
# What writing one directive takes, in nanoseconds, and the room for what it writes, in characters.
_DIRECTIVE_WORK: Final = 2_000
_DIRECTIVE_SIZE: Final = 25
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

# The names that JavaScript takes for a zone beside those of the tz database.
_ZONE_ALIASES: Final[Mapping[str, str]] = {
    "act": "Australia/Darwin", "aet": "Australia/Sydney", "agt": "America/Argentina/Buenos_Aires",
    "art": "Africa/Cairo", "ast": "America/Anchorage", "bet": "America/Sao_Paulo", "bst": "Asia/Dhaka",
    "cat": "Africa/Maputo", "cnt": "America/St_Johns", "cst": "America/Chicago", "ctt": "Asia/Shanghai",
    "eat": "Africa/Addis_Ababa", "ect": "Europe/Paris", "iet": "America/Indiana/Indianapolis", "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo", "mit": "Pacific/Apia", "net": "Asia/Yerevan", "nst": "Pacific/Auckland", "plt": "Asia/Karachi",
    "pnt": "America/Phoenix", "prt": "America/Puerto_Rico", "pst": "America/Los_Angeles", "sst": "Pacific/Guadalcanal",
    "vst": "Asia/Ho_Chi_Minh",
}  # fmt: skip


@dataclass(frozen=True)
class LocalTime:
    """An instant (``time``, in milliseconds) shown ``offset`` minutes west of UTC, as JavaScript counts them."""

    time: int
    offset: float
    zone: str

    @property
    def shown(self) -> Moment:
        """The calendar and clock of the zone."""
        return _shown(self.time - self.offset * 60_000)


@lru_cache(maxsize=256)
def _shown(time: float) -> Moment:
    shown = clipped(time)
    assert shown is not None
    return moment(shown)


def local_time(value: Any, zone: Any = UNDEFINED) -> LocalTime | None:
    """Return the date that ``value`` is, or None: seconds, ``now``, ``today``, or any text that JavaScript reads.

    Raises:
        ValueError: The zone has an unknown name.
    """
    value = to_value(value)
    if is_nil(value):
        return None
    if value == "now" or value == "today":
        instant = clipped(time.time() * 1000)
    elif is_number(value):
        instant = clipped(value * 1000)
    elif isinstance(value, bool):
        instant = int(value)
    elif isinstance(value, str) and re.fullmatch(r"[0-9]+", value):
        instant = clipped(float(value) * 1000)
    else:
        instant = parse_date(js_text(value), work)
    if is_nil(zone):
        return None if instant is None else LocalTime(instant, 0, "UTC")
    if isinstance(zone, str):
        if instant is None:
            return None
        offset, name = _offset(zone, instant), zone
    else:
        offset, name = to_number(to_value(zone)), ""
    if instant is None or offset != offset or clipped(instant - offset * 60_000) is None:
        return None
    return LocalTime(instant, offset, name)


def _offset(zone: str, instant: int) -> float:
    """Return the minutes west of UTC in ``zone`` at ``instant``."""
    try:
        when = datetime.fromtimestamp(0, timezone.utc) + timedelta(milliseconds=instant)
    except OverflowError:
        when = datetime(1 if instant < 0 else 9999, 7, 1, tzinfo=timezone.utc)
    offset = when.astimezone(_zone(zone)).utcoffset()
    return -offset.total_seconds() / 60 if offset is not None else 0


def _zone(name: str) -> zoneinfo.ZoneInfo:
    key = name.lower()
    known = _ZONE_ALIASES.get(key) or _zone_names().get(key)
    if known is None:
        raise ValueError(f"Invalid time zone specified: {name}")
    return _read_zone(known)


@cache
def _read_zone(known: str) -> zoneinfo.ZoneInfo:
    """Read a zone, of which there are some six hundred, once."""
    return zoneinfo.ZoneInfo(known)


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    refused = {"factory", "localtime", "posixrules"}
    return {name.lower(): name for name in zoneinfo.available_timezones() if name.lower() not in refused}


def strftime(date: LocalTime, pattern: str) -> str:
    """Return ``date`` as ``pattern`` says, with Ruby's flags and widths."""
    return _DIRECTIVE.sub(lambda directive: _written(date, directive), pattern)


def _written(date: LocalTime, directive: re.Match[str]) -> str:
    flags, width_text, _, letter = directive.groups(default="")
    width = int(width_text or 0)
    charge(_DIRECTIVE_SIZE + width)
    work(_DIRECTIVE_WORK)
    if letter == "N":
        text = f"{date.shown.millisecond:03}"[: width or 9].ljust(width or 9, "0")
    elif letter in "zZ":
        text = (date.zone if letter == "Z" else "") or _offset_text(date.offset, ":" in flags)
    elif letter in _WRITERS:
        text = _WRITERS[letter](date)
    else:
        return directive[0]
    width = width or _WIDTHS.get(letter, 0)
    fill = " " if letter in "aAbBceklpP" else "0"
    if "^" in flags:
        text = text.upper()
    elif "#" in flags:
        text = text.upper() if any("a" <= character <= "z" for character in text) else text.lower()
    if "_" in flags:
        fill = " "
    elif "0" in flags:
        fill = "0"
    if "-" in flags:
        width = 0
    if fill == "0" and text.startswith("-"):
        return "-" + text[1:].rjust(width - 1, fill)
    return text.rjust(width, fill)


def _offset_text(offset: float, colon: bool) -> str:
    hours, minutes = divmod(abs(offset), 60)
    between = ":" if colon else ""
    return f"{'-' if offset > 0 else '+'}{number_text(hours).rjust(2, '0')}{between}{number_text(minutes).rjust(2, '0')}"


def _week(date: Moment, first_day: int) -> str:
    since = (date.weekday - first_day) % 7
    return str((date.day_of_year - 1 - since + 7) // 7)


def _ordinal(day: int) -> str:
    return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _clock(date: Moment) -> str:
    return f"{date.hour % 12 or 12}:{date.minute:02}:{date.second:02} {'AM' if date.hour < 12 else 'PM'}"


def _calendar(date: Moment) -> str:
    return f"{date.month}/{date.day}/{date.year if date.year > 0 else 1 - date.year}"


_WRITERS: Final[dict[str, Callable[[LocalTime], str]]] = {
    "%": lambda date: "%",
    "A": lambda date: _DAYS[date.shown.weekday],
    "B": lambda date: _MONTHS[date.shown.month - 1],
    "C": lambda date: str(date.shown.year // 100),
    "H": lambda date: str(date.shown.hour),
    "I": lambda date: str(date.shown.hour % 12 or 12),
    "L": lambda date: str(date.shown.millisecond),
    "M": lambda date: str(date.shown.minute),
    "P": lambda date: "am" if date.shown.hour < 12 else "pm",
    "S": lambda date: str(date.shown.second),
    "U": lambda date: _week(date.shown, 0),
    "W": lambda date: _week(date.shown, 1),
    "X": lambda date: _clock(date.shown),
    "Y": lambda date: str(date.shown.year),
    "a": lambda date: _DAYS[date.shown.weekday][:3],
    "b": lambda date: _MONTHS[date.shown.month - 1][:3],
    "c": lambda date: f"{_calendar(date.shown)}, {_clock(date.shown)}",
    "d": lambda date: str(date.shown.day),
    "e": lambda date: str(date.shown.day),
    "h": lambda date: _MONTHS[date.shown.month - 1][:3],
    "j": lambda date: str(date.shown.day_of_year),
    "k": lambda date: str(date.shown.hour),
    "l": lambda date: str(date.shown.hour % 12 or 12),
    "m": lambda date: str(date.shown.month),
    "n": lambda date: "\n",
    "p": lambda date: "AM" if date.shown.hour < 12 else "PM",
    "q": lambda date: _ordinal(date.shown.day),
    "s": lambda date: str(date.time // 1000),
    "t": lambda date: "\t",
    "u": lambda date: str(date.shown.weekday or 7),
    "w": lambda date: str(date.shown.weekday),
    "x": lambda date: _calendar(date.shown),
    "y": lambda date: str(date.shown.year % 100),
}
_WIDTHS: Final = dict.fromkeys("CdeHIklmMSUWy", 2) | {"j": 3, "L": 3, "Y": 4}


@costs(4000)
def date(value: Any, pattern: Any = UNDEFINED, zone: Any = UNDEFINED) -> Any:
    """Return a date as ``pattern`` writes it, in UTC or ``zone``; what is not a date stays as it is."""
    when = local_time(value, zone)
    if when is None:
        return value
    pattern = to_value(pattern)
    return strftime(when, DEFAULT_FORMAT if is_nil(pattern) else stringify(pattern))


@costs(4000)
def date_to_xmlschema(value: Any) -> Any:
    """Return ``2024-01-05T10:00:00+00:00``."""
    return date(value, "%Y-%m-%dT%H:%M:%S%:z")


@costs(4000)
def date_to_rfc822(value: Any) -> Any:
    """Return ``Fri, 05 Jan 2024 10:00:00 +0000``."""
    return date(value, "%a, %d %b %Y %H:%M:%S %z")


@costs(4000)
def date_to_string(value: Any, kind: Any = UNDEFINED, style: Any = UNDEFINED) -> Any:
    """Return ``05 Jan 2024``; with the kind ``ordinal`` ``5th Jan 2024``, or in ``US`` style ``Jan 5th, 2024``."""
    return _in_words(value, "%b", kind, style)


@costs(4000)
def date_to_long_string(value: Any, kind: Any = UNDEFINED, style: Any = UNDEFINED) -> Any:
    """Return ``05 January 2024``, or as `date_to_string` with the whole name of the month."""
    return _in_words(value, "%B", kind, style)


def _in_words(value: Any, month: str, kind: Any, style: Any) -> Any:
    if kind != "ordinal":
        return date(value, f"%d {month} %Y")
    return date(value, f"{month} %-d%q, %Y" if style == "US" else f"%-d%q {month} %Y")


FILTERS: Final[Mapping[str, Filter]] = {
    "date": date,
    "date_to_long_string": date_to_long_string,
    "date_to_rfc822": date_to_rfc822,
    "date_to_string": date_to_string,
    "date_to_xmlschema": date_to_xmlschema,
}
