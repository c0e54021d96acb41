"""The SMS step."""

from __future__ import annotations

from novu_framework.steps.base import (
    Providers,
    Resolver,
    SchemaSource,
    Skip,
    StepBase,
    StepCall,
    StepKind,
    StepOutput,
)


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
    """Send a text message to the subscriber's phone.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: What is sent: a `SmsOutput` or a dict of it, or a function, sync or async, of `controls` or of nothing
            that returns one. Keys of a dict are camelCase or snake_case.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.
        providers: Overrides by provider id, such as `{"twilio": lambda outputs: {...}}`; each function takes
            `controls` and `outputs` by name.

    Returns:
        None: later steps know nothing of it.

    Example::

        await step.sms("code", lambda: {"body": f"Your code is {payload.code}"})
    """
    call = StepCall(SMS, step_id, resolver, control_schema, skip, providers)
    await self.take(call)
