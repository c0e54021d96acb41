"""Answers that a test wants: a status of its own, a broken connection, a rate limit."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from novu_framework_testing.api.http import ApiError, ApiResponse


class ConnectionBroken(Exception):
    """The end of a request that `fail_next` breaks off. `error` is what its client should see."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass
class _RateLimit:
    remaining: int
    retry_after: float
    times: int | None


class Faults:
    """Ways to make an API misbehave: single answers, first in first out, and then a rate limit."""

    def __init__(self) -> None:
        self._next: deque[ApiResponse | BaseException | type[BaseException]] = deque()
        self._limit: _RateLimit | None = None

    def respond_next(
        self, status: int, *, json: Any = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer the next request with this, whatever it is. Called twice, it serves the next two.

            novu_cloud.respond_next(503, json={"message": "Down for maintenance"}, headers={"Retry-After": "1"})

        Args:
            status: The HTTP status.
            json: The body; none if left out.
            headers: Headers in addition to those that every answer has.
        """
        self._next.append(ApiResponse(status, json, dict(headers or {})))

    def fail_next(self, error: BaseException | type[BaseException]) -> None:
        """Fail the next request on its way. Over the loopback server the connection is closed without an answer instead.

            novu_cloud.fail_next(httpx.ConnectTimeout("slow"))

        Args:
            error: What the client of the request raises.
        """
        self._next.append(error)

    def rate_limit(self, *, after: int = 0, retry_after: float = 1, times: int | None = None) -> None:
        """Refuse requests with 429, once more of them came than are allowed.

            novu_cloud.rate_limit(after=10, retry_after=2, times=3)

        Args:
            after: How many requests are served before.
            retry_after: The seconds that the header `Retry-After` asks for.
            times: How many are refused, which lets a client that retries get through; all if left out.
        """
        self._limit = _RateLimit(after, retry_after, times)

    def clear_faults(self) -> None:
        """Take back what `respond_next`, `fail_next` and `rate_limit` arranged."""
        self._next.clear()
        self._limit = None

    def take_fault(self) -> ApiResponse | None:
        """Return the answer arranged for the next request, or None.

        Raises:
            ConnectionBroken: The request is to fail.
            ApiError: The rate limit is reached (429).
        """
        if self._next:
            fault = self._next.popleft()
            if isinstance(fault, ApiResponse):
                return fault
            error = fault if isinstance(fault, BaseException) else fault("asked for by fail_next")
            raise ConnectionBroken(error)
        limit = self._limit
        if limit is None:
            return None
        if limit.remaining > 0:
            limit.remaining -= 1
            return None
        if limit.times is not None:
            if limit.times == 0:
                return None
            limit.times -= 1
        raise ApiError(
            429,
            "API rate limit exceeded",
            headers={"Retry-After": f"{limit.retry_after:g}", "RateLimit-Remaining": "0"},
        )
