"""The interface of a bridge: it discovers, it executes a step, and it fails in one way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from novu_framework.answers import StepWarning
from novu_framework.errors import NovuError, StepNotFoundError

RETRYABLE = frozenset({408, 429, 500, 503, 504, 521, 522, 524})
"""The statuses after which Novu asks again."""


@dataclass(frozen=True)
class BridgeAnswer:
    """The answer of a bridge for a step.

    Attributes:
        outputs, providers: As the protocol has them.
        skip: Whether the step is left out.
        warnings: What its developer should know; only a bridge in this process tells.
    """

    outputs: dict[str, Any]
    providers: dict[str, Any]
    skip: bool
    warnings: tuple[StepWarning, ...] = ()

    @classmethod
    def of(cls, answer: Any) -> BridgeAnswer:
        """Read the protocol's answer. Raises `BridgeFailure` for anything else."""
        outputs = answer.get("outputs") if isinstance(answer, Mapping) else None
        if not isinstance(outputs, dict):
            raise BridgeFailure(
                f"the bridge answered something that is no answer: {answer!r:.200}", status=200
            )
        options = answer.get("options")
        skip = bool(options.get("skip")) if isinstance(options, Mapping) else False
        return cls(outputs, answer.get("providers") or {}, skip)


class BridgeFailure(Exception):
    """A bridge that did not answer, or answered with an error.

    Attributes:
        message: In words.
        status: The HTTP status; None when there was no response (a connection error, a timeout).
        code, data: Of the protocol's error, if it was one.
        timed_out: Whether no answer came in time.
        undiscovered_step_id: The step that the run came to and discovery did not see; only a bridge of this process
            names it.
    """

    undiscovered_step_id: str | None = None

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

    @classmethod
    def of_error(cls, error: NovuError) -> BridgeFailure:
        """Make the failure that an error of the runtime is to the caller of the bridge."""
        failure = cls(error.message, status=error.status, code=error.code, data=error.data)
        if isinstance(error, StepNotFoundError):
            failure.undiscovered_step_id = error.step_id
        return failure

    @property
    def retryable(self) -> bool:
        """True where Novu asks again."""
        return self.status is None or self.status in RETRYABLE

    def __str__(self) -> str:
        kind = self.code or (f"status {self.status}" if self.status else "no response")
        return f"{kind}: {self.message}{self._issues()}"

    def _issues(self) -> str:
        """Say what a validation error is about: ` (/comment must be string)`."""
        if not isinstance(self.data, list):
            return ""
        issues = [
            f"{issue.get('path') or '/'} {issue.get('message')}"
            for issue in self.data
            if isinstance(issue, dict)
        ]
        return f" ({'; '.join(issues)})" if issues else ""


class Bridge(Protocol):
    """The way in which the simulation reaches workflows; an object of your own may be one."""

    async def discover(self) -> list[dict[str, Any]]:
        """Return the workflows, each as the protocol's discovery shows it. Raises `BridgeFailure`."""
        ...

    async def execute(
        self, workflow_id: str, step_id: str, event: dict[str, Any], *, job_id: str
    ) -> BridgeAnswer:
        """Execute one step. `event` is the body that Novu sends; the bridge may change it. Raises `BridgeFailure`."""
        ...

    def location(self, workflow_id: str, step_id: str) -> str | None:
        """Return where the step is written, `file.py:12`, as far as it is known."""
        ...
