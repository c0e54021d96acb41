"""JavaScript's dates: instants in milliseconds, read from whatever text V8 reads, over the years that it knows.

Python's datetime knows the years 1 to 9999 and few formats; templates are given dates in many. All times are UTC.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from typing import Final, NamedTuple

from novu_framework.npm.ecmascript.text import BLANKS

DAY: Final = 86_400_000
# ISO dates are shorter.
_USUAL_LENGTH: Final = 40
# What reading one number, word or symbol takes, in nanoseconds.
_TOKEN_WORK: Final = 500
_LAST: Final = 8_640_000_000_000_000

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HALVES = {"am": 0, "pm": 12}
_ZONES = {"ut": 0, "utc": 0, "z": 0, "gmt": 0} | {
    f"{letter}{kind}t": hour + (kind == "d")
    for letter, hour in (("e", -5), ("c", -6), ("m", -7), ("p", -8))
    for kind in "sd"
}

# A word is of letters, or of anything else from "A" upwards.
_TOKEN = re.compile(rf"(?P<number>[0-9]+)|(?P<word>[^\x00-@{BLANKS}]+)|(?P<symbol>.)", re.DOTALL)
_ISO = re.compile(
    r"(?P<year>[0-9]{4}|[+-][0-9]{6})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"(?:[Tt](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]+))?)?"
    r"(?:(?P<zulu>[Zz])|(?P<sign>[+-])(?P<zone_hour>[0-9]{2}):?(?P<zone_minute>[0-9]{2}))?)?",
)
_ISO_DATE = re.compile(r"([0-9]{4}|[+-][0-9]{6})(?![0-9])(?:-([0-9]{2})(?![0-9])(?:-([0-9]{2})(?![0-9]))?)?")


class Moment(NamedTuple):
    """An instant as a calendar and a clock show it. ``month`` counts from 1, ``weekday`` from Sunday, 0."""

    year: int
    month: int
    day: int
    hour: int
    minute: int
    second: int
    millisecond: int
    weekday: int
    day_of_year: int


def moment(time: int) -> Moment:
    """Return what calendar and clock show at ``time``, in milliseconds since 1970."""
    days, rest = divmod(time, DAY)
    year, month, day = _civil(days)
    hour, rest = divmod(rest, 3_600_000)
    minute, rest = divmod(rest, 60_000)
    second, millisecond = divmod(rest, 1000)
    weekday, day_of_year = (days + 4) % 7, days - days_from_civil(year, 1, 1) + 1
    return Moment(year, month, day, hour, minute, second, millisecond, weekday, day_of_year)


def days_from_civil(year: int, month: int, day: int) -> int:
    """Count the days since 1970 of a date of the Gregorian calendar, extended over all years."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 719468


def _civil(days: int) -> tuple[int, int, int]:
    era, day_of_era = divmod(days + 719468, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + (3 if shifted < 10 else -9)
    return year_of_era + era * 400 + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1


def clipped(time: float) -> int | None:
    """``time`` as a date can hold it: whole milliseconds within 100 million days of 1970, or None."""
    if not isfinite(time) or abs(time) > _LAST:
        return None
    return int(time)


def parse_date(text: str, work: Callable[[int], None] = lambda nanoseconds: None) -> int | None:
    """Return the instant that ``new Date(text)`` is, in milliseconds since 1970, or None for what it does not read.

    ``work`` is told the time that reading it takes, before it is read.

    >>> parse_date("2024-01-05T10:00:00+02:00") == parse_date("Fri, 5 Jan 2024 08:00 GMT") == 1704441600000
    True
    """
    if len(text) > _USUAL_LENGTH:
        work(20 * len(text))
    if iso := _ISO.fullmatch(text):
        time = _iso_time(iso)
        if time is not None:
            return clipped(time)
    work(_TOKEN_WORK * len(text))  # at worst each character is a token
    return _parse_loosely(text)


def _iso_time(iso: re.Match[str]) -> float | None:
    year, month, day = int(iso["year"]), int(iso["month"] or 1), int(iso["day"] or 1)
    hour, minute, second = int(iso["hour"] or 0), int(iso["minute"] or 0), int(iso["second"] or 0)
    fraction = int(((iso["fraction"] or "") + "00")[:3])
    zone_hour, zone_minute = int(iso["zone_hour"] or 0), int(iso["zone_minute"] or 0)
    if iso["year"] == "-000000" or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if minute > 59 or second > 59 or zone_hour > 23 or zone_minute > 59:
        return None
    if hour > 24 or (hour == 24 and (minute or second or int(iso["fraction"] or 0))):
        return None
    zone = (zone_hour * 60 + zone_minute) * (-1 if iso["sign"] == "-" else 1)
    clock = ((hour * 60 + minute - zone) * 60 + second) * 1000 + fraction
    return days_from_civil(year, month, day) * DAY + clock


@dataclass
class _Reading:
    """What has been read of a date so far: up to three numbers of a day, up to four of a time, and a zone."""

    day: list[int] = field(default_factory=list)
    time: list[int] = field(default_factory=list)
    month: int | None = None
    half: int | None = None
    sign: int | None = None
    zone_hour: int | None = None
    zone_minute: int | None = None

    def expects_time(self, number: int) -> bool:
        limits = {1: 59, 2: 59, 3: 999}
        return len(self.time) in limits and number <= limits[len(self.time)]

    def finish_time(self, number: int) -> None:
        self.time = [*self.time, number, 0, 0, 0][:4]

    def result(self) -> float | None:
        if not self.day:
            return None
        first, second, third = [*self.day, 1, 1][:3]
        starts_with_year = not 1 <= first <= 31
        if self.month is not None:
            month = self.month
            year, day = (first, second) if starts_with_year else (second, first)
        elif starts_with_year:
            year, month, day = first, second, third
        else:
            month, day, year = first, second, third
        if 0 <= year <= 49:
            year += 2000
        elif 50 <= year <= 99:
            year += 1900
        hour, minute, seconds, millisecond = [*self.time, 0, 0, 0, 0][:4]
        if self.half is not None:
            if hour > 12:
                return None
            hour = hour % 12 + self.half
        if not (1 <= month <= 12 and 1 <= day <= 31 and abs(year) < 2**30):
            return None
        if (hour > 23 or minute > 59 or seconds > 59 or millisecond > 999) and (
            hour != 24 or minute or seconds or millisecond
        ):
            return None
        zone = (self.sign or 1) * ((self.zone_hour or 0) * 60 + (self.zone_minute or 0)) if self.sign else 0
        clock = ((hour * 60 + minute - zone) * 60 + seconds) * 1000 + millisecond
        return days_from_civil(year, month, day) * DAY + clock


def _parse_loosely(text: str) -> int | None:
    """Dates as browsers have always read them: numbers, names of months and zones, in nearly any order."""
    reading = _Reading()
    position = _read_iso_start(text, reading)
    tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(text, position)]
    if not _read_tokens(_Tokens(tokens), reading, has_number=bool(reading.day)):
        return None
    time = reading.result()
    return None if time is None else clipped(time)


def _read_iso_start(text: str, reading: _Reading) -> int:
    """Take the part of an ISO date that the text starts with: a year, and month and day where they fit."""
    start = _ISO_DATE.match(text)
    if start is None:
        return 0
    year = start[1]
    if year == "-000000":  # no year, but V8 has gone past it
        return len(year)
    reading.day.append(int(year))
    position = len(year)
    for group, last in ((2, 12), (3, 31)):
        if start[group] is None:
            return position + (text[position : position + 1] == "-")
        if not 1 <= int(start[group]) <= last:
            return position + 1
        reading.day.append(int(start[group]))
        position = start.end(group)
    return position


class _Tokens:
    """Numbers, words and symbols, one after the other."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._position = 0

    def next(self) -> tuple[str, str]:
        token = self.peek()
        self._position += 1
        return token

    def peek(self) -> tuple[str, str]:
        return self._tokens[self._position] if self._position < len(self._tokens) else ("end", "")

    def skip(self, symbol: str) -> bool:
        found = self.peek() == ("symbol", symbol)
        self._position += found
        return found

    def skip_parentheses(self) -> None:
        depth = 1
        while depth and self.peek()[0] != "end":
            symbol = self.next()[1]
            depth += (symbol == "(") - (symbol == ")")


def _read_tokens(tokens: _Tokens, reading: _Reading, *, has_number: bool) -> bool:
    while tokens.peek()[0] != "end":
        kind, text = tokens.next()
        if kind == "number":
            has_number = True
            if not _read_number(_figure(text), tokens, reading):
                return False
        elif kind == "word":
            if not _read_word(text, tokens, reading, has_number=has_number):
                return False
        elif text in "+-" and ((reading.zone_hour == 0 and reading.zone_minute == 0) or reading.time):
            has_number = True
            if not _read_offset(-1 if text == "-" else 1, tokens, reading):
                return False
        elif text in "+-)" and has_number:
            return False
        elif text == "(":
            tokens.skip_parentheses()
    return True


def _figure(text: str) -> int:
    """A number, of which only the first nine figures count."""
    return int(text.lstrip("0")[:9] or "0")


def _read_number(number: int, tokens: _Tokens, reading: _Reading) -> bool:
    if tokens.skip(":"):
        if tokens.skip(":"):
            if reading.time:
                return False
            reading.time = [number, 0]
            return True
        if len(reading.time) >= 4:
            return False
        reading.time.append(number)
        tokens.skip(".")
        return True
    if tokens.skip(".") and reading.expects_time(number):
        reading.time.append(number)
        kind, text = tokens.next()
        if kind != "number":
            return False
        reading.finish_time(int((text + "00")[:3]))
        return True
    if reading.zone_hour is not None and reading.zone_minute is None and number <= 59:
        reading.zone_minute = number
        return True
    if reading.expects_time(number):
        reading.finish_time(number)
        kind, text = tokens.peek()
        return kind == "end" or text.isspace() or text in ("+", "-", "z", "Z")
    if len(reading.day) >= 3:
        return False
    reading.day.append(number)
    tokens.skip("-")
    return True


def _read_word(text: str, tokens: _Tokens, reading: _Reading, *, has_number: bool) -> bool:
    word = text.lower()
    if word in _HALVES and reading.time:
        reading.half = _HALVES[word]
    elif word[:3] in _MONTHS:
        reading.month = _MONTHS.index(word[:3]) + 1
        tokens.skip("-")
    elif word in _ZONES and has_number:
        hour = _ZONES[word]
        reading.sign, reading.zone_hour, reading.zone_minute = (-1 if hour < 0 else 1), abs(hour), 0
    else:
        return not has_number and tokens.peek()[0] != "number"
    return True


def _read_offset(sign: int, tokens: _Tokens, reading: _Reading) -> bool:
    digits = tokens.next()[1] if tokens.peek()[0] == "number" else ""
    number = _figure(digits)
    reading.sign = sign
    if tokens.peek() == ("symbol", ":"):
        reading.zone_hour, reading.zone_minute = number, None
    elif len(digits) in (1, 2):
        reading.zone_hour, reading.zone_minute = number, 0
    elif len(digits) in (3, 4):
        reading.zone_hour, reading.zone_minute = divmod(number, 100)
    else:
        return False
    return True
