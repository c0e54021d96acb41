"""What every bridge does: discover, execute a step, and fail in one way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

RETRYABLE = frozenset({408, 429, 500, 503, 504, 521, 522, 524})
"""The statuses after which Novu asks again."""


@dataclass(frozen=True)
class BridgeWarning:
    """Something that a bridge put up with, and its developer should know."""

    kind: str
    message: str
    location: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a bridge answered for a step: outputs and providers of the protocol, and whether to skip it."""

    outputs: dict[str, Any]
    providers: dict[str, Any]
    skip: bool
    warnings: tuple[BridgeWarning, ...] = ()

    @classmethod
    def of(cls, answer: Any, warnings: tuple[BridgeWarning, ...] = ()) -> Answer:
        """Read the protocol's answer. Raises `BridgeFailure` when it is none."""
        outputs = answer.get("outputs") if isinstance(answer, Mapping) else None
        if not isinstance(outputs, dict):
            raise BridgeFailure(
                f"the bridge answered something that is no answer: {answer!r:.200}", status=200
            )
        options = answer.get("options")
        skip = bool(options.get("skip")) if isinstance(options, Mapping) else False
        return cls(outputs, answer.get("providers") or {}, skip, warnings)


class BridgeFailure(Exception):
    """A bridge that did not answer, or answered with an error.

    Attributes:
        message: In words.
        status: The HTTP status; None when there was no response (a connection error, a timeout).
        code, data: Of the protocol's error, if it was one.
        timed_out: True if no answer came in time.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: str | None = None,
        data: Any = None,
        timed_out: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.data = data
        self.timed_out = timed_out

    @property
    def retryable(self) -> bool:
        """Whether Novu asks again."""
        return self.status is None or self.status in RETRYABLE

    def __str__(self) -> str:
        kind = self.code or (f"status {self.status}" if self.status else "no response")
        return f"{kind}: {self.message}{self._issues()}"

    def _issues(self) -> str:
        """What a validation error is about: ` (/comment must be string)`."""
        if not isinstance(self.data, list):
            return ""
        issues = [
            f"{issue.get('path') or '/'} {issue.get('message')}"
            for issue in self.data
            if isinstance(issue, dict)
        ]
        return f" ({'; '.join(issues)})" if issues else ""


class Bridge(Protocol):
    """How the simulation reaches workflows."""

    async def discover(self) -> list[dict[str, Any]]:
        """The workflows, each as the protocol's discovery shows it. Raises `BridgeFailure`."""
        ...

    async def execute(self, workflow_id: str, step_id: str, event: dict[str, Any], *, job_id: str) -> Answer:
        """Execute one step. `event` is the body that Novu sends, and the bridge's own. Raises `BridgeFailure`."""
        ...

    def location(self, workflow_id: str, step_id: str) -> str | None:
        """Where the step is written, `file.py:12`, as far as it is known."""
        ...
