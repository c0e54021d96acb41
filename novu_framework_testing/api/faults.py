"""Answers that a test asks for: a status of its own, a broken connection, a rate limit."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from novu_framework_testing.api.http import ApiError, ApiResponse


class ConnectionBroken(Exception):
    """The answer that `fail_next` asked for: none. `error` is what the client should see instead."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass
class _RateLimit:
    left: int
    retry_after: float
    times: int | None


class Faults:
    """What the next requests get instead of an answer, first asked first served; then the rate limit."""

    def __init__(self) -> None:
        self._next: deque[ApiResponse | BaseException | type[BaseException]] = deque()
        self._limit: _RateLimit | None = None

    def respond_next(
        self, status: int, *, json: Any = None, headers: Mapping[str, str] | None = None
    ) -> None:
        self._next.append(ApiResponse(status, json, dict(headers or {})))

    def fail_next(self, error: BaseException | type[BaseException]) -> None:
        self._next.append(error)

    def rate_limit(self, *, after: int, retry_after: float, times: int | None) -> None:
        self._limit = _RateLimit(after, retry_after, times)

    def clear(self) -> None:
        self._next.clear()
        self._limit = None

    def take(self) -> ApiResponse | None:
        """The answer asked for, or None. Raises `ConnectionBroken`, or `ApiError` (429)."""
        if self._next:
            fault = self._next.popleft()
            if isinstance(fault, ApiResponse):
                return fault
            error = fault if isinstance(fault, BaseException) else fault("asked for by fail_next")
            raise ConnectionBroken(error)
        limit = self._limit
        if limit is None:
            return None
        if limit.left > 0:
            limit.left -= 1
            return None
        if limit.times is not None:
            if limit.times == 0:
                self._limit = None
                return None
            limit.times -= 1
        raise ApiError(
            429,
            "API rate limit exceeded",
            headers={"Retry-After": f"{limit.retry_after:g}", "RateLimit-Remaining": "0"},
        )
