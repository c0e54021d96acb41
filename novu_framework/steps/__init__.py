"""The steps of a workflow, one module a kind: its output model, its result and its options."""

from novu_framework.steps.chat import ChatOutput
from novu_framework.steps.delay import DelayOutput, DelayResult
from novu_framework.steps.digest import DigestEvent, DigestOutput, DigestResult, LookBackWindow
from novu_framework.steps.email import EmailAddress, EmailOutput
from novu_framework.steps.in_app import Action, InAppOutput, InAppResult, Redirect
from novu_framework.steps.kinds import Step, SyncStep
from novu_framework.steps.push import PushOutput
from novu_framework.steps.sms import SmsOutput
from novu_framework.steps.throttle import ThrottleOutput, ThrottleResult
from novu_framework.steps.tool import ToolOutput

__all__ = [
    "Action",
    "ChatOutput",
    "DelayOutput",
    "DelayResult",
    "DigestEvent",
    "DigestOutput",
    "DigestResult",
    "EmailAddress",
    "EmailOutput",
    "InAppOutput",
    "InAppResult",
    "LookBackWindow",
    "PushOutput",
    "Redirect",
    "SmsOutput",
    "Step",
    "SyncStep",
    "ThrottleOutput",
    "ThrottleResult",
    "ToolOutput",
]
