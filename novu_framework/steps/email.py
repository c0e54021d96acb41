"""The email step."""

from __future__ import annotations

from pydantic import Field

from novu_framework._internal.models import ProtocolModel
from novu_framework.steps.base import StepKind, StepOutput


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
