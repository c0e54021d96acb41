"""The email step."""

from __future__ import annotations

from pydantic import Field

from novu_framework._internal.models import ProtocolModel
from novu_framework.schemas import SchemaSource
from novu_framework.steps.base import Providers, Resolver, Skip, StepBase, StepCall, StepKind, StepOutput


class EmailAddress(ProtocolModel):
    """A sender: an address and the name shown for it."""

    email: str | None = None
    name: str | None = None


class EmailOutput(StepOutput):
    """An email.

    Args:
        subject: The subject line; at least one character.
        body: HTML. It is sanitised unless the step says `disable_output_sanitization=True`.
        from_: The sender, where it is not the integration's own.
        reply_to: The address that answers go to.
        preheader: The text that a mail client shows next to the subject.
        use_provider_defaults: Let the provider's own settings win.

    >>> EmailOutput(subject="Hello", body="<p>Hi</p>", reply_to="help@acme.test").reply_to
    'help@acme.test'
    """

    subject: str
    body: str
    # validation_alias and serialization_alias, since type checkers would take `alias` for the argument's name
    from_: EmailAddress | None = Field(default=None, validation_alias="from", serialization_alias="from")
    reply_to: str | None = None
    preheader: str | None = None
    use_provider_defaults: bool | None = None


EMAIL = StepKind("email", "Email", "novu-email", sanitized=True)


async def email(
    self: StepBase,
    step_id: str,
    resolver: Resolver[EmailOutput],
    *,
    control_schema: SchemaSource | None = None,
    skip: Skip | None = None,
    providers: Providers | None = None,
    disable_output_sanitization: bool | None = None,
) -> None:
    """Send an email.

    Args:
        step_id: The step's id, unique in the workflow.
        resolver: The email: an `EmailOutput`, a dict of its fields (camelCase or snake_case), or a function, sync or
            async, that takes the step's controls or nothing and returns either.
        control_schema: What people can edit in Novu's dashboard: a pydantic model, a dataclass, a TypedDict or a JSON
            Schema dict; the annotation of the resolver's parameter if left out.
        skip: Whether to skip the step: a bool, or a function of the controls or of nothing.
        providers: By provider id, a function of `controls` and `outputs` (by name) that returns data for its API.
        disable_output_sanitization: Send the HTML as it is, with any scripts in it.

    Returns:
        None: later steps get no result.

    Raises:
        WorkflowDiscoveryError, StepAlreadyExistsError, ProviderNotFoundError: When the app starts, if the call is wrong.
        StepExecutionFailedError, ExecutionStateOutputInvalidError: Answered to Novu if the resolver raises or returns something invalid.

    >>> from pydantic import BaseModel
    >>> from novu_framework import Step, workflow
    >>> class Controls(BaseModel):
    ...     subject: str = "Hi {{ payload.name }}"
    >>> @workflow("welcome")
    ... async def welcome(step: Step) -> None:
    ...     async def render(controls: Controls) -> EmailOutput:
    ...         return EmailOutput(subject=controls.subject, body="<p>Welcome!</p>")
    ...     await step.email("greeting", render)
    >>> list(welcome.steps)
    ['greeting']
    """
    await self._take(
        StepCall(EMAIL, step_id, resolver, control_schema, skip, providers, disable_output_sanitization)
    )
