"""Moments as they are written down."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache


@lru_cache(maxsize=1024)  # a moment is written down many times: in each event, each line of activity
def iso(when: datetime) -> str:
    """Write a moment in UTC as JavaScript does: `2026-01-01T00:00:00.000Z`."""
    return when.isoformat(timespec="milliseconds")[:23] + "Z"
