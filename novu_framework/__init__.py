"""Notification workflows in Python for Novu.

Workflows are decorated functions; `novu_framework.fastapi.serve` lets Novu call them::

    from novu_framework import Step, workflow

    @workflow("welcome")
    async def welcome(step: Step) -> None:
        await step.in_app("hello", {"body": "Welcome!"})
"""

__version__ = "0.1.0"

from typing import TYPE_CHECKING, Any

from novu_framework.client import Client, TriggerResult
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

if TYPE_CHECKING:
    from novu_framework.agents import Agent, AgentContext, SyncAgentContext, agent
    from novu_framework.cron import CronExpression

__all__ = [
    "Agent",
    "AgentContext",
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
    "SyncAgentContext",
    "SyncStep",
    "ThrottleOutput",
    "ThrottleResult",
    "ToolOutput",
    "TriggerResult",
    "Workflow",
    "__version__",
    "agent",
    "workflow",
]

if not TYPE_CHECKING:  # it would make any name one that there is
    # what many apps have no use for, loaded when it is asked for
    _LATER = dict.fromkeys(("Agent", "AgentContext", "SyncAgentContext", "agent"), "agents")
    _LATER["CronExpression"] = "cron"

    def __getattr__(name: str) -> Any:
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        globals()[name] = value = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
        return value
