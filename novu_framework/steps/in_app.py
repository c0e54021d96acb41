"""The in-app step: a message in the subscriber's inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework._internal.standins import stand_in
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


class Redirect(ProtocolModel):
    """The target of a click.

    Args:
        url: An `http(s)` URL, or a path of the app that starts with `/`.
        target: The browsing context; `_self` for a path and `_blank` for a URL if left out.
    """

    url: str
    target: Literal["_self", "_blank", "_parent", "_top", "_unfencedTop"] | None = None


class Action(ProtocolModel):
    """A button of an in-app message."""

    label: str
    redirect: Redirect | None = None


class InAppOutput(StepOutput):
    """An inbox message; `subject` or `body` must be there.

    Args:
        subject: The headline.
        body: The text; HTML in it is sanitised unless the step says `disable_output_sanitization=True`.
        avatar: The URL of a picture.
        primary_action: The first button.
        secondary_action: The second button.
        redirect: Where a click on the message leads.
        data: Values of your own for the inbox to use.

    >>> InAppOutput(body="Your order is on its way", redirect=Redirect(url="/orders/1")).body
    'Your order is on its way'
    """

    subject: str | None = None
    body: str | None = None
    avatar: str | None = None
    primary_action: Action | None = None
    secondary_action: Action | None = None
    redirect: Redirect | None = None
    data: dict[str, Any] | None = None


class InAppResult(ProtocolModel):
    """The state of an inbox message by the time that a later step runs."""

    seen: bool
    read: bool
    last_seen_date: datetime | None
    last_read_date: datetime | None


IN_APP = StepKind(
    "in_app",
    "In-app",
    "novu",
    result=InAppResult,
    sanitized=True,
    stand_in_result=lambda payload: InAppResult.model_construct(
        seen=False, read=False, last_seen_date=stand_in(), last_read_date=stand_in()
    ),
)


async def in_app(
    self: StepBase,
    step_id: str,
    resolver: Resolver[InAppOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
    providers: Providers | None = None,
    disable_output_sanitization: bool | None = None,
) -> InAppResult:
    """Put a message into the subscriber's inbox.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: What is sent: an `InAppOutput` or a dict of it, or a function, sync or async, of `controls` or of nothing
            that returns one. Keys of a dict are camelCase or snake_case.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.
        providers: Overrides by provider id, such as `{"novu": lambda outputs: {...}}`; each function takes
            `controls` and `outputs` by name.
        disable_output_sanitization: Send the HTML as the resolver wrote it.

    Returns:
        Whether the subscriber has seen and read it by the time that a later step runs.

    Example::

        inbox = await step.in_app("new-comment", lambda: {"body": f"New comment: {payload.comment}"})
        await step.email("reminder", render, skip=lambda: inbox.read)
    """
    call = StepCall(IN_APP, step_id, resolver, control_schema, skip, providers, disable_output_sanitization)
    result: InAppResult = await self.take(call)
    return result
