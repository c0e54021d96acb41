"""The SMS step."""

from __future__ import annotations

from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Providers, Resolver, Skip, StepBase, StepCall, StepKind, StepOutput


class SmsOutput(StepOutput):
    """A text message.

    >>> SmsOutput(body="Your code is 4711").body
    'Your code is 4711'
    """

    body: str


SMS = StepKind("sms", "SMS", "novu-sms")


async def sms(
    self: StepBase,
    step_id: str,
    resolver: Resolver[SmsOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
    providers: Providers | None = None,
) -> None:
    """Send a text message.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The message: an `SmsOutput`, a dict of its fields (camelCase or snake_case), or a function, sync or
            async, that takes the step's controls or nothing and returns either.
        control_schema: What people can edit in Novu's dashboard: a pydantic model, a dataclass, a TypedDict or a JSON
            Schema dict; the annotation of the resolver's parameter if left out.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.
        providers: By provider id, a function of `controls` and `outputs` (by name) that returns data for its API.

    Returns:
        None: later steps get no result.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError, ProviderNotFoundError: When the app starts, if the call is wrong.
        StepExecutionFailedError, ExecutionStateOutputInvalidError: Answered to Novu if the resolver raises or returns something invalid.

    >>> from novu_framework import Step, workflow
    >>> @workflow("code")
    ... async def code(payload: dict[str, str], step: Step) -> None:
    ...     await step.sms("text", lambda: {"body": f"Your code is {payload['code']}"})
    >>> list(code.steps)
    ['text']
    """
    await self._take(StepCall(SMS, step_id, resolver, control_schema, skip, providers))
