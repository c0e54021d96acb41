"""The SMS step."""

from __future__ import annotations

from novu_framework.steps.base import StepKind, StepOutput


class SmsOutput(StepOutput):
    """A text message.

    >>> SmsOutput(body="Your code is 4711").body
    'Your code is 4711'
    """

    body: str


SMS = StepKind("sms", "SMS", "novu-sms")
