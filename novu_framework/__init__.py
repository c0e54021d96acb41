"""Notification workflows in Python for Novu.

Workflows are decorated functions; `novu_framework.fastapi.serve` lets Novu call them::

    from novu_framework import Step, workflow

    @workflow("welcome")
    async def welcome(step: Step) -> None:
        await step.in_app("hello", {"body": "Welcome!"})
"""

__version__ = "0.1.0"

from novu_framework.client import Client, TriggerResult
from novu_framework.cron import CronExpression
from novu_framework.errors import NovuError
from novu_framework.preferences import Preference, Preferences, Severity
from novu_framework.steps import (
    ChatOutput,
    DelayOutput,
    DelayResult,
    DigestOutput,
    DigestResult,
    EmailOutput,
    InAppOutput,
    InAppResult,
    PushOutput,
    SmsOutput,
    Step,
    SyncStep,
    ThrottleOutput,
    ThrottleResult,
    ToolOutput,
)
from novu_framework.subscriber import Subscriber
from novu_framework.workflow import Workflow, workflow

__all__ = [
    "ChatOutput",
    "Client",
    "CronExpression",
    "DelayOutput",
    "DelayResult",
    "DigestOutput",
    "DigestResult",
    "EmailOutput",
    "InAppOutput",
    "InAppResult",
    "NovuError",
    "Preference",
    "Preferences",
    "PushOutput",
    "Severity",
    "SmsOutput",
    "Step",
    "Subscriber",
    "SyncStep",
    "ThrottleOutput",
    "ThrottleResult",
    "ToolOutput",
    "TriggerResult",
    "Workflow",
    "__version__",
    "workflow",
]
