"""The throttle step: lets only so many runs of a window through."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Resolver, Skip, StepBase, StepCall, StepKind, StepOutput


class ThrottleOutput(StepOutput):
    """A limit on the runs that may pass in a window.

    Args:
        type: `fixed` (amount and unit) or `dynamic` (dynamic_key).
        amount: How many units the window is long.
        unit: minutes, hours or days.
        dynamic_key: A path such as `payload.until` to an ISO timestamp or to `{"amount", "unit"}`.
        threshold: How many runs pass; 1 if left out.
        throttle_key: A path into the payload, such as `post.id`: runs with another value there are counted apart.

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
    """Limit the number of runs in a time window; the others end here.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The window and its limit: a `ThrottleOutput`, a dict of its fields (camelCase or snake_case), or
            a function, sync or async, that takes the step's controls or nothing and returns either.
        control_schema: What people can edit in Novu's dashboard: a pydantic model, a dataclass, a TypedDict or a JSON
            Schema dict; the annotation of the resolver's parameter if left out.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.

    Returns:
        Whether this run was over the limit, and how many there were.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError: When the app starts, if the call is wrong.
        StepExecutionFailedError, ExecutionStateOutputInvalidError: Answered to Novu if the resolver raises or returns something invalid.

    >>> from novu_framework import Step, workflow
    >>> @workflow("alarm")
    ... async def alarm(payload: dict[str, str], step: Step) -> None:
    ...     await step.throttle("daily", {"type": "fixed", "amount": 1, "unit": "days", "threshold": 2})
    ...     await step.sms("text", {"body": "It happened again"})
    >>> list(alarm.steps)
    ['daily', 'text']
    """
    call = StepCall(THROTTLE, step_id, resolver, control_schema, skip)
    result: ThrottleResult = await self._take(call)
    return result
