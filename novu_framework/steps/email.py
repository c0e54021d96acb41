"""The email step."""

from __future__ import annotations

from pydantic import Field

from novu_framework._internal.models import ProtocolModel
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
        preheader: The text that a mail client shows beside the subject.
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
        resolver: What is sent: an `EmailOutput` or a dict of it, or a function, sync or async, of `controls` or of nothing
            that returns one. Keys of a dict are camelCase or snake_case.
        control_schema: The schema of the step's controls; inferred from the annotation of the resolver's `controls`
            if left out.
        skip: Leave the step out: a bool, or a function, sync or async, of `controls` or of nothing.
        providers: Overrides by provider id, such as `{"sendgrid": lambda outputs: {...}}`; each function takes
            `controls` and `outputs` by name.
        disable_output_sanitization: Send the HTML as the resolver wrote it.

    Returns:
        None: later steps know nothing of it.

    Example::

        async def render(controls: Controls) -> EmailOutput:
            return EmailOutput(subject=controls.subject, body=f"<p>{payload.comment}</p>")

        await step.email("comment-email", render, skip=lambda: inbox.read)
    """
    call = StepCall(EMAIL, step_id, resolver, control_schema, skip, providers, disable_output_sanitization)
    await self.take(call)
