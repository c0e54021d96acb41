"""The push step: a notification on the subscriber's devices."""

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


class PushOutput(StepOutput):
    """A push notification.

    >>> PushOutput(subject="Order shipped", body="It arrives on Monday").subject
    'Order shipped'
    """

    subject: str
    body: str


PUSH = StepKind("push", "Push", "fcm")


async def push(
    self: StepBase,
    step_id: str,
    resolver: Resolver[PushOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
    providers: Providers | None = None,
) -> None:
    """Send a push notification to the subscriber's devices.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: What is sent: a `PushOutput` or a dict of it, or a function, sync or async, of `controls` or of nothing
            that returns one. Keys of a dict are camelCase or snake_case.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.
        providers: Overrides by provider id, such as `{"fcm": lambda outputs: {...}}`; each function takes
            `controls` and `outputs` by name.

    Returns:
        None: later steps know nothing of it.

    Example::

        await step.push("arrived", {"subject": "Your parcel", "body": "It is at the door."})
    """
    call = StepCall(PUSH, step_id, resolver, control_schema, skip, providers)
    await self.take(call)
