"""The delay step: waits before what follows."""

from __future__ import annotations

from typing import Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework.steps.base import Resolver, SchemaSource, Skip, StepBase, StepCall, StepKind, StepOutput
from novu_framework.steps.digest import Unit


class DelayOutput(StepOutput):
    """A wait: `amount` and `unit`, until the next occurrence of `cron` (UTC), or what `dynamic_key` says.

    Args:
        amount: How many units.
        unit: seconds, minutes, hours, days, weeks or months.
        cron: A cron expression, instead of amount and unit.
        dynamic_key: A path such as `payload.when` to an ISO timestamp or to `{"amount", "unit"}`.
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
    """Wait before the steps that follow.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: How long to wait: a `DelayOutput` or a dict of it, or a function, sync or async, of `controls` or of
            nothing that returns one.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.

    Returns:
        How long the wait took, in milliseconds.

    Example::

        await step.delay("wait", {"amount": 6, "unit": "hours"})
    """
    call = StepCall(DELAY, step_id, resolver, control_schema, skip)
    result: DelayResult = await self.take(call)
    return result
