"""The interface of a bridge: it discovers, it executes a step, and it fails in one way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeAlias

from novu_framework._internal.redaction import redaction
from novu_framework.answers import StepWarning
from novu_framework.errors import NovuError, StepNotFoundError

RETRYABLE = frozenset({408, 429, 500, 503, 504, 521, 522, 524})
"""The statuses after which Novu asks again."""

Event: TypeAlias = dict[str, Any]
"""The body that Novu sends with a step: `{payload, controls, state, subscriber, context, env}`."""


class BridgeAnswer(NamedTuple):
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
        if not isinstance(outputs, dict) or not isinstance(answer.get("providers") or {}, dict):
            what = f"the bridge's answer is not a valid one: {redaction.excerpt(repr(answer), 200)}"
            raise BridgeFailure(what, status=200)
        options = answer.get("options")
        skip = bool(options.get("skip")) if isinstance(options, Mapping) else False
        return cls(outputs, answer.get("providers") or {}, skip)


@dataclass(eq=False, repr=False)
class BridgeFailure(Exception):
    """A bridge that did not answer, or answered with an error. Its texts are without the secret key, as a bridge's answers are.

    Attributes:
        message: In words.
        status: The HTTP status; None when there was no response (a connection error, a timeout).
        code, data: Of the protocol's error, if it was one.
        timed_out: Whether no answer came in time.
        undiscovered_step_id: The step that the run came to unseen by discovery; only a bridge of this process names it.
    """

    message: str
    status: int | None = field(default=None, kw_only=True)
    code: str | None = field(default=None, kw_only=True)
    data: Any = field(default=None, kw_only=True)
    timed_out: bool = field(default=False, kw_only=True)
    undiscovered_step_id: str | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        self.message, self.data = redaction.redacted(self.message), redaction.redacted(self.data)
        self.args: tuple[Any, ...] = (self.message,)

    @classmethod
    def of_error(cls, error: NovuError) -> BridgeFailure:
        """Make the failure that an error of the runtime is to the caller of the bridge."""
        step_id = error.step_id if isinstance(error, StepNotFoundError) else None
        about = {"status": error.status, "code": error.code, "data": error.data}
        return cls(error.message, undiscovered_step_id=step_id, **about)

    @property
    def raised(self) -> BaseException | None:
        """The exception of the user's code, if it was that; only a bridge of this process knows."""
        error = self.__cause__
        while isinstance(error, NovuError):
            error = error.__cause__
        return error

    @property
    def retryable(self) -> bool:
        """True where Novu asks again."""
        return self.status is None or self.status in RETRYABLE

    def __str__(self) -> str:
        kind = self.code or (f"status {self.status}" if self.status else "no response")
        return f"{kind}: {self.message}{issues_text(self.data)}"


class LifespanFailure(BridgeFailure):
    """An app that could not start, or not stop: Novu would not even reach it, so it is not asked again."""

    @property
    def retryable(self) -> bool:
        """False."""
        return False


def issues_text(data: Any) -> str:
    """Say what the `data` of a validation error is about: ` (/comment must be string)`; nothing for other data."""
    issues = [one for one in data if isinstance(one, dict)] if isinstance(data, list) else []
    texts = [f"{issue.get('path') or '/'} {issue.get('message')}" for issue in issues]
    return f" ({'; '.join(texts)})" if texts else ""


class AgentBridge(Protocol):
    """The way in which the simulation reaches an agent."""

    async def ask(self, method: str, query: dict[str, str], event: dict[str, Any] | None) -> Any:
        """Send a request, and return the answer's JSON. Raises `BridgeFailure`."""
        ...


class Bridge(Protocol):
    """The way in which the simulation reaches workflows; an object of your own may be one."""

    async def discover(self) -> list[dict[str, Any]]:
        """Return the workflows, each as the protocol's discovery shows it. Raises `BridgeFailure`."""
        ...

    async def execute(self, workflow_id: str, step_id: str, event: Event, *, job_id: str) -> BridgeAnswer:
        """Execute one step. `event` is the body that Novu sends; the bridge may change it. Raises `BridgeFailure`."""
        ...

    def location(self, workflow_id: str, step_id: str) -> str | None:
        """Return where the step is written, `file.py:12`, as far as it is known."""
        ...
