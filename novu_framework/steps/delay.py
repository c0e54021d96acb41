"""The delay step: waits before what follows."""

from __future__ import annotations

from typing import Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Resolver, Skip, StepBase, StepCall, StepKind, StepOutput
from novu_framework.steps.digest import Unit


class DelayOutput(StepOutput):
    """A wait: `amount` and `unit`, until the next occurrence of `cron`, or what `dynamic_key` says.

    Args:
        type: `regular` (amount and unit), `timed` (cron) or `dynamic` (dynamic_key); by what is given if left out.
        amount: How many units.
        unit: seconds, minutes, hours, days, weeks or months.
        cron: A cron expression, instead of amount and unit, in the subscriber's timezone or else in UTC.
        dynamic_key: A path such as `payload.when` to a future timestamp (`2026-01-01T09:00:00Z`) or to
            `{"amount", "unit"}`.
        extend_to_schedule: Wait for the subscriber's schedule.

    >>> DelayOutput(amount=6, unit="hours").unit
    'hours'
    """

    type: Literal["regular", "timed", "dynamic"] | None = None
    amount: int | float | None = None
    unit: Unit | None = None
    cron: str | None = None
    dynamic_key: str | None = None
    extend_to_schedule: bool | None = None


class DelayResult(ProtocolModel):
    """The length of a delay that is over, in milliseconds."""

    duration: int | float


DELAY = StepKind(
    "delay",
    "Delay",
    result=DelayResult,
    stand_in_result=lambda payload: DelayResult.model_construct(duration=1),
)


async def delay(
    self: StepBase,
    step_id: str,
    resolver: Resolver[DelayOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
) -> DelayResult:
    """Wait before the next step.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: How long: a `DelayOutput`, a dict of its fields (camelCase or snake_case), or a function, sync or
            async, that takes the step's controls or nothing and returns either.
        control_schema: What people can edit in Novu's dashboard: a pydantic model, a dataclass, a TypedDict or a JSON
            Schema dict; the annotation of the resolver's parameter if left out.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.

    Returns:
        How long it took, in milliseconds.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError: When the app starts, if the call is wrong.
        StepExecutionFailedError, ExecutionStateOutputInvalidError: Answered to Novu if the resolver raises or returns something invalid.

    >>> from novu_framework import Step, workflow
    >>> @workflow("reminder")
    ... async def reminder(payload: dict[str, str], step: Step) -> None:
    ...     await step.delay("wait", {"amount": 2, "unit": "days"})
    ...     await step.sms("text", {"body": "Still there?"})
    >>> list(reminder.steps)
    ['wait', 'text']
    """
    call = StepCall(DELAY, step_id, resolver, control_schema, skip)
    result: DelayResult = await self._take(call)
    return result
