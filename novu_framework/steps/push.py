"""The push step: a notification on the subscriber's devices."""

from __future__ import annotations

from novu_framework.steps.base import StepKind, StepOutput


class PushOutput(StepOutput):
    """A push notification.

    >>> PushOutput(subject="Order shipped", body="It arrives on Monday").subject
    'Order shipped'
    """

    subject: str
    body: str


PUSH = StepKind("push", "Push", "fcm")
