"""When a call to the Novu API is tried again, and after how long."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timezone


def _jitter() -> float:
    return random.random()  # the method itself would bring the state of the generator along into a pickle


async def _sleep_async(seconds: float) -> None:
    import asyncio  # a sixth of the time that importing the package takes, and many apps only trigger

    await asyncio.sleep(seconds)


MAX_DOUBLINGS = 64
"""A pause doubled more often is no longer than the longest anyway, and some day no float."""


@dataclass(frozen=True)
class Retries:
    """A policy of retries: growing, jittered pauses between a few tries. All times are in seconds.

    Tried again are connection errors and timeouts, and the statuses 408, 429 and 5xx; and 409 with a
    `Retry-After`, which is how Novu says that the first try of the same `Idempotency-Key` is still running.
    `Retry-After`, in seconds or as an HTTP date, is waited out; one longer than `longest_asked` is not, and
    the error says how long it was.

    Attributes:
        limit: How many tries may follow the first.
        first_pause, longest_pause: The pause before the first retry, and the longest; each is twice the one before.
        longest_asked: The longest `Retry-After` that is waited out.
        jitter: Gives a number from 0 to 1.
        now: Gives the present Unix time.
        sleep, sleep_async: Wait, for the blocking and for the async methods.

    >>> Retries(jitter=lambda: 1.0).pause_before_retry(2)
    2.0
    """

    limit: int = 3
    first_pause: float = 0.5
    longest_pause: float = 30.0
    longest_asked: float = 60.0
    jitter: Callable[[], float] = _jitter
    now: Callable[[], float] = time.time
    sleep: Callable[[float], object] = time.sleep
    sleep_async: Callable[[float], Awaitable[object]] = _sleep_async

    def __post_init__(self) -> None:
        for name in ("limit", "first_pause", "longest_pause", "longest_asked"):
            if not isinstance(value := getattr(self, name), (int, float)):
                raise TypeError(f"{name} of retries is a {type(value).__name__}: it is a number.")

    def pause_before_retry(self, retry: int, asked: float | None = None) -> float:
        """Return the seconds to wait before a retry.

        Args:
            retry: Its number; 0 is the first.
            asked: The seconds that `Retry-After` asked for, or None.

        Jitter keeps a thousand clients, refused at the same moment, from coming back at the same moment:
        it takes up to half off a pause of ours, and adds up to a tenth to one that was asked for.
        """
        if asked is not None:
            return asked * (1 + 0.1 * self.jitter())
        doubled = self.first_pause * 2 ** min(retry, MAX_DOUBLINGS)
        return float(min(self.longest_pause, doubled) * (0.5 + 0.5 * self.jitter()))

    def retry_after(self, headers: Mapping[str, str]) -> float | None:
        """Return the seconds from now that a `Retry-After` header asks for; None without one that can be read."""
        value = headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return float(value)
        from email.utils import parsedate_to_datetime  # 8 ms, for a header that few answers have

        try:
            when = parsedate_to_datetime(value)
        except Exception:  # for some text it raises OverflowError, or IndexError, as Python's release has it
            return None
        if when.tzinfo is None:
            when = when.replace(tzinfo=timezone.utc)
        return max(0.0, when.timestamp() - self.now())
