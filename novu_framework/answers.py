"""The answer to a request for one step, and what its developer should know of it, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal, NamedTuple

from novu_framework.errors import NovuError


class StepWarning(NamedTuple):
    """Something that the protocol puts up with, and the developer should know.

    Attributes:
        kind: `dropped-output` for keys of an output that the protocol does not know, `unreached-step` for a handler that
            ended before the step, `not-awaited` for a call of a step that discovery did not see, and nobody awaited.
        workflow_id, step_id: Where.
        step_type: The kind of the step; None where it is not known.
        keys: The keys that were dropped.
        place: The line of the call that nobody awaited.
    """

    kind: Literal["dropped-output", "unreached-step", "not-awaited"]
    workflow_id: str
    step_id: str
    step_type: str | None = None
    keys: tuple[str, ...] = ()
    place: str = ""

    @property
    def message(self) -> str:
        """The warning in words, without its place."""
        if self.kind == "dropped-output":
            keys = ", ".join(f"`{key}`" for key in self.keys)
            return f"dropped {keys}, which a step of type {self.step_type} does not have."
        if self.kind == "not-awaited":
            return f"{self.place} calls it and does not await it, so that it never runs: write `await` in front of it."
        return (
            "the handler ended without reaching it: the workflow has no step of that id, or the step is behind a "
            "condition. Leave a step out with its `skip` option instead."
        )


class StepAnswer(NamedTuple):
    """The answer to a request for one step.

    Attributes:
        outputs: What is delivered; empty for a skipped step.
        providers: What each provider's function added, by provider id.
        skip: Whether the step's `skip` left it out.
        duration: Milliseconds that it took.
        warnings: What the developer should know.
    """

    outputs: Mapping[str, Any]
    providers: Mapping[str, Any]
    skip: bool = False
    duration: float = 0.0
    warnings: tuple[StepWarning, ...] = ()

    def to_protocol(self) -> dict[str, Any]:
        """Return the answer to `execute` and `preview`."""
        return {
            "outputs": self.outputs,
            "providers": self.providers,
            "options": {"skip": self.skip},
            "metadata": {"status": "success", "error": False, "duration": self.duration},
        }


class Observed(NamedTuple):
    """The facts that `observed_steps` saw.

    Attributes:
        warnings: Those of the steps that ran.
        errors: What a bridge answered; an error's cause is what the user's code raised.
        ends: What the user's code raised to end the test or the process, and no bridge answers.
    """

    warnings: list[StepWarning]
    errors: list[NovuError]
    ends: list[BaseException]


_observer: ContextVar[Observed | None] = ContextVar("novu_framework_observer", default=None)


def observe(fact: StepWarning | BaseException) -> None:
    """Hand a fact to the `observed_steps` of the running context, if there is one."""
    if (observed := _observer.get()) is None:
        return
    if isinstance(fact, StepWarning):
        observed.warnings.append(fact)
    elif isinstance(fact, NovuError):
        observed.errors.append(fact)
    else:
        observed.ends.append(fact)


@contextmanager
def observed_steps(*, joined: bool = False) -> Iterator[Observed]:
    """Collect warnings and errors of the steps that run inside the block, whatever the logging is set to.

    A tool that asks an app of its own process gets the facts here that the protocol's answer does not carry. Tasks
    and threads that start inside the block collect as well; of nested blocks, the inner one does, unless it is `joined`
    to the outer one.

    >>> with observed_steps() as observed:
    ...     pass
    >>> observed.warnings
    []
    """
    outer = _observer.get() if joined else None
    observed = Observed([], [], []) if outer is None else outer
    token = _observer.set(observed)
    try:
        yield observed
    finally:
        _observer.reset(token)
