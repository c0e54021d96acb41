"""The answers to `http_request` steps, which a test gives: the simulation itself calls nothing."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class HttpResponse:
    """The answer to an `http_request` step: status, JSON body, headers."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as a step's result."""
        return {"status": self.status, "body": self.body, "headers": dict(self.headers)}


class HttpResponses:
    """The answers to `http_request` steps: the simulation itself makes no request.

    `answer("order", "fetch-stock", {"left": 3})` answers every request of that step,
    `answer("order", "fetch-stock", status=503, times=1)` only the next one. A step without an answer gets
    status 200 and an empty object. A status of 400 and more fails the step.
    """

    def __init__(self) -> None:
        self._limited: dict[tuple[str, str], deque[HttpResponse]] = {}
        self._always: dict[tuple[str, str], HttpResponse] = {}

    def answer(
        self,
        workflow_id: str,
        step_id: str,
        body: Any = None,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        times: int | None = None,
    ) -> None:
        """Answer a step; answers with `times` are used up in order, before the one without."""
        response = HttpResponse(status, {} if body is None else body, headers or {})
        if times is None:
            self._always[workflow_id, step_id] = response
        else:
            self._limited.setdefault((workflow_id, step_id), deque()).extend([response] * times)

    def take(self, workflow_id: str, step_id: str) -> HttpResponse | None:
        """Return the next answer for a step, or None."""
        limited = self._limited.get((workflow_id, step_id))
        return limited.popleft() if limited else self._always.get((workflow_id, step_id))
