"""The throttle step: lets only so many runs of a window through."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework.steps.base import Resolver, SchemaSource, Skip, StepBase, StepCall, StepKind, StepOutput


class ThrottleOutput(StepOutput):
    """A limit on the runs that may pass in a window.

    Args:
        type: `fixed` (amount and unit) or `dynamic` (dynamic_key).
        amount: How many units the window is long.
        unit: minutes, hours or days.
        dynamic_key: A path such as `payload.until` to an ISO timestamp or to `{"amount", "unit"}`.
        threshold: How many runs pass; 1 if left out.
        throttle_key: Runs with different values of this key are counted apart.

    >>> ThrottleOutput(type="fixed", amount=1, unit="days").amount
    1
    """

    type: Literal["fixed", "dynamic"]
    amount: int | float | None = None
    unit: Literal["minutes", "hours", "days"] | None = None
    dynamic_key: str | None = None
    threshold: int | None = None
    throttle_key: str | None = None


class ThrottleResult(ProtocolModel):
    """The verdict on a run: whether it was one too many, and the count of its window."""

    throttled: bool
    execution_count: int | None = None
    threshold: int | None = None
    window_start: datetime | None = None


THROTTLE = StepKind(
    "throttle",
    "Throttle",
    result=ThrottleResult,
    stand_in_result=lambda payload: ThrottleResult.model_construct(
        throttled=False,
        execution_count=1,
        threshold=1,
        window_start=datetime(2026, 1, 1, tzinfo=timezone.utc),
    ),
)


async def throttle(
    self: StepBase,
    step_id: str,
    resolver: Resolver[ThrottleOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
) -> ThrottleResult:
    """Let at most a number of runs of a window through.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The window and how many may pass: a `ThrottleOutput` or a dict of it, or a function, sync or async, of
            `controls` or of nothing that returns one.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.

    Returns:
        Whether this run was one too many, and the window's count.

    Example::

        await step.throttle("hourly", {"type": "fixed", "amount": 1, "unit": "hours", "threshold": 3})
    """
    call = StepCall(THROTTLE, step_id, resolver, control_schema, skip)
    result: ThrottleResult = await self.take(call)
    return result
