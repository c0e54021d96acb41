"""The digest step: collects the events of a window into one run."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, SkipValidation, model_validator

from novu_framework._internal.models import ProtocolModel
from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Resolver, Skip, StepBase, StepCall, StepKind, StepOutput

Unit = Literal["seconds", "minutes", "hours", "days", "weeks", "months"]


class LookBackWindow(ProtocolModel):
    """The time within which another event makes this one worth digesting."""

    amount: int | float
    unit: Unit


class DigestOutput(StepOutput):
    """A window in which events are collected: `amount` and `unit`, or until the next occurrence of `cron`.

    Args:
        type: `regular` (amount and unit) or `timed` (cron); by what is given if left out.
        amount: How many units the window is open.
        unit: seconds, minutes, hours, days, weeks or months.
        cron: A cron expression, instead of amount and unit, in the subscriber's timezone or else in UTC.
        digest_key: The value itself that events are collected by, such as `f"{payload.post_id}"`: others are collected apart.
        look_back_window: An event without another one in it goes straight through.
        extend_to_schedule: Wait for the subscriber's schedule.

    >>> DigestOutput(amount=1, unit="hours").amount
    1
    """

    type: Literal["regular", "timed"] | None = None
    amount: int | float | None = None
    unit: Unit | None = None
    cron: str | None = None
    digest_key: str | None = None
    look_back_window: LookBackWindow | None = None
    extend_to_schedule: bool | None = None


if TYPE_CHECKING:
    EventTime = datetime
else:  # Novu sends ISO timestamps; the protocol would allow any text, and what is none stays as it is
    EventTime = Annotated[datetime | str, Field(union_mode="left_to_right")]


class DigestEvent(ProtocolModel):
    """One collected event: its trigger's id, the moment it was triggered, and its payload."""

    id: str
    time: EventTime
    payload: SkipValidation[dict[str, Any]]  # it was checked already, and a digest may have thousands


class DigestResult(ProtocolModel):
    """The events that were collected, by time, and how many."""

    events: list[DigestEvent]
    event_count: int

    @model_validator(mode="before")
    @classmethod
    def _count(cls, data: Any) -> Any:
        if isinstance(data, dict) and data.get("eventCount") is None and "event_count" not in data:
            return {**data, "eventCount": len(data.get("events", ()))}
        return data


_EPOCH = datetime(2026, 1, 1, tzinfo=timezone.utc)


def _stand_in_result(payload: Any) -> DigestResult:
    event = DigestEvent.model_construct(id="1", time=_EPOCH, payload=payload)
    return DigestResult.model_construct(events=[event], event_count=1)


def _with_payload(result: Any, payload: Any) -> Any:
    """Give made-up events a payload like the run's, which resolvers index; the package makes up `{}`."""
    return {**result, "events": [{**event, "payload": payload} for event in result["events"]]}


DIGEST = StepKind(
    "digest", "Digest", result=DigestResult, stand_in_result=_stand_in_result, complete_made_up=_with_payload
)


async def digest(
    self: StepBase,
    step_id: str,
    resolver: Resolver[DigestOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
) -> DigestResult:
    """Collect the events of a time window, and continue once for all of them.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The window: a `DigestOutput`, a dict of its fields (camelCase or snake_case), or a function, sync or
            async, that takes the step's controls or nothing and returns either.
        control_schema: What people can edit in Novu's dashboard: a pydantic model, a dataclass, a TypedDict or a JSON
            Schema dict; the annotation of the resolver's parameter if left out.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.

    Returns:
        The collected events, including this run's own.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError: When the app starts, if the call is wrong.
        StepExecutionFailedError, ExecutionStateOutputInvalidError: Answered to Novu if the resolver raises or returns something invalid.

    >>> from novu_framework import Step, workflow
    >>> @workflow("comments")
    ... async def comments(payload: dict[str, str], step: Step) -> None:
    ...     digest = await step.digest("hourly", {"amount": 1, "unit": "hours"})
    ...     await step.sms("text", lambda: {"body": f"{digest.event_count} comments"})
    >>> list(comments.steps)
    ['hourly', 'text']
    """
    call = StepCall(DIGEST, step_id, resolver, control_schema, skip)
    result: DigestResult = await self._take(call)
    return result
