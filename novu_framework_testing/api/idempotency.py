"""One answer for one `Idempotency-Key`, as Novu gives it.

Within 24 hours a key that was seen before gets the first answer again (an error too), marked with
`Idempotency-Replay: true`; with another body it is refused (422), and while the first request is still being
worked on as well (409, `Retry-After: 1`). Novu looks at POST and PATCH only, and at the key alone, whatever
the path.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse, Latest

METHODS = frozenset({"POST", "PATCH"})
KEPT_FOR = timedelta(hours=24)
MAX_KEY_LENGTH = 255
MAX_KEYS = 10_000
DOCS = "https://docs.novu.co/additional-resources/idempotency"


class _Answer(NamedTuple):
    """An answer without the objects of its JSON, which may take many times as much as its bytes."""

    bare: ApiResponse
    json: bytes

    @classmethod
    def of(cls, response: ApiResponse) -> _Answer:
        return cls(replace(response, json=None), b"" if response.text is not None else response.content)

    def response(self) -> ApiResponse:
        return replace(self.bare, json=json.loads(self.json)) if self.json else replace(self.bare)


@dataclass
class _Seen:
    body: bytes  # a digest: what was sent may be large, and a day is long
    at: datetime
    answer: _Answer | None = None


class Idempotency:
    """The keys seen so far.

    Args:
        now: The simulation's clock.
        kept: Where the size of the answers counts.
    """

    def __init__(self, now: Callable[[], datetime], kept: Latest) -> None:
        self._now = now
        self._kept = kept
        self._seen: dict[str, _Seen] = {}

    async def once(self, request: ApiRequest, answer: Callable[[], Awaitable[ApiResponse]]) -> ApiResponse:
        """Return `answer()` for a key not seen before, and the first answer for one that was."""
        key = request.headers.get("idempotency-key", "")
        if not key or request.method not in METHODS:
            return await answer()
        if len(key) > MAX_KEY_LENGTH:
            raise ApiError(
                400,
                f'idempotencyKey "{key}" has exceeded the maximum allowed length of {MAX_KEY_LENGTH} characters',
            )
        seen = self._seen.get(key)
        if seen is not None and self._now() - seen.at < KEPT_FOR:
            return self._again(key, seen, request)

        if len(self._seen) >= MAX_KEYS:
            del self._seen[next(iter(self._seen))]
        entry = self._seen[key] = _Seen(body=_digest(request), at=self._now())
        try:
            response = await answer()
            entry.answer, size = _Answer.of(response), len(response.content)
        except BaseException:
            self._seen.pop(key, None)
            raise
        self._kept.count_answer(size, lambda: self._forget(key, entry))
        return _with_headers(response, {"Idempotency-Key": key})

    def _forget(self, key: str, entry: _Seen) -> None:
        if self._seen.get(key) is entry:
            del self._seen[key]

    def _again(self, key: str, seen: _Seen, request: ApiRequest) -> ApiResponse:
        headers = {"Idempotency-Key": key}
        if seen.answer is None:
            raise ApiError(
                409,
                f'Request with key "{key}" is currently being processed. Please retry after 1 second',
                headers={**headers, "Retry-After": "1", "Link": DOCS},
            )
        if seen.body != _digest(request):
            message = f'Request with key "{key}" is being reused for a different body'
            raise ApiError(422, message, value=key, headers={**headers, "Link": DOCS})
        return _with_headers(seen.answer.response(), {**headers, "Idempotency-Replay": "true"})


def _digest(request: ApiRequest) -> bytes:
    if request.is_form:
        return sha256(request.content).digest()
    return sha256(json.dumps(request.json, sort_keys=True).encode()).digest()


def _with_headers(response: ApiResponse, headers: dict[str, str]) -> ApiResponse:
    return replace(response, headers={**response.headers, **headers})
