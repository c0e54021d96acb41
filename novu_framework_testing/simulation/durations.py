"""An amount of time as `novu.advance` takes it: `advance(hours=6)`, or `advance(timedelta(...))`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypedDict


class Duration(TypedDict, total=False):
    """An amount of time in the units of `timedelta`; they add up."""

    weeks: float
    days: float
    hours: float
    minutes: float
    seconds: float
    milliseconds: float


def duration_of(by: object, amount: Mapping[str, Any]) -> timedelta:
    """Return the sum of a timedelta and of amounts by unit. Raises `TypeError`, which says how to write it, for anything else, and `ValueError` for more than a date can say.

    >>> duration_of(None, {"hours": 1, "minutes": 30})
    datetime.timedelta(seconds=5400)
    """
    takes = "novu.advance(hours=6), in weeks, days, hours, minutes, seconds or milliseconds; or novu.advance(timedelta(...))"
    if by is not None and not isinstance(by, timedelta):
        raise TypeError(f"advance got {by!r}. Write the unit: {takes}.")
    unknown = [unit for unit in amount if unit not in Duration.__annotations__]
    if unknown:
        raise TypeError(
            f"advance does not know {unknown[0]!r}. Write {takes}; for a date there is novu.advance_to(when)."
        )
    if by is None and not amount:
        raise TypeError(f"advance needs an amount of time: {takes}.")
    try:
        return (by or timedelta()) + sum_of(amount)
    except TypeError as error:
        raise TypeError(f"advance got {dict(amount)}: {error}. Write {takes}.") from None
    except OverflowError:
        raise ValueError(f"{by} and {dict(amount)} are further away than a date can say.") from None


def sum_of(amount: Mapping[str, float]) -> timedelta:
    """Return the sum of amounts by unit. Raises `TypeError` for anything else, and `ValueError` for more than a date can say."""
    try:
        return timedelta(**amount)
    except (OverflowError, ValueError):  # the second for NaN
        raise ValueError(f"{dict(amount)} is further away than a date can say.") from None
