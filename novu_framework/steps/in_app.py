"""The in-app step: a message in the subscriber's inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from novu_framework._internal.models import ProtocolModel
from novu_framework._internal.standins import stand_in
from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Providers, Resolver, Skip, StepBase, StepCall, StepKind, StepOutput


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
    """Send a message to the subscriber's inbox.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The message: an `InAppOutput`, a dict of its fields (camelCase or snake_case), or a function, sync
            or async, that takes the step's controls or nothing and returns either.
        control_schema: What people can edit in Novu's dashboard: a pydantic model, a dataclass, a TypedDict or a JSON
            Schema dict; the annotation of the resolver's parameter if left out.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.
        providers: By provider id, a function of `controls` and `outputs` (by name) that returns data for its API.
        disable_output_sanitization: Send the HTML as it is, with any scripts in it.

    Returns:
        What the subscriber has done with the message by the time a later step runs.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError, ProviderNotFoundError: When the app starts, if the call is wrong.
        StepExecutionFailedError, ExecutionStateOutputInvalidError: Answered to Novu if the resolver raises or returns something invalid.

    >>> from novu_framework import Step, workflow
    >>> @workflow("shipped")
    ... async def shipped(payload: dict[str, str], step: Step) -> None:
    ...     inbox = await step.in_app("news", lambda: {"body": f"On its way: {payload['order']}"})
    ...     await step.delay("wait", {"amount": 1, "unit": "days"})
    ...     await step.sms("text", {"body": "Your order is on its way"}, skip=lambda: inbox.read)
    >>> list(shipped.steps)
    ['news', 'wait', 'text']
    """
    call = StepCall(IN_APP, step_id, resolver, control_schema, skip, providers, disable_output_sanitization)
    result: InAppResult = await self._take(call)
    return result
