"""A small simulated Novu to test notification workflows with, from the trigger to the inbox.

    from novu_framework_testing import NovuSimulator, Topic

Names are imported when they are first used, so that the pytest plugin costs nothing where nobody asks for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from novu_framework_testing.bridges import (
        Answer,
        AsgiBridge,
        Bridge,
        BridgeFailure,
        ProcessBridge,
        UrlBridge,
    )
    from novu_framework_testing.simulation.activity import Activity, Finding, FindingError
    from novu_framework_testing.simulation.integrations import HttpResponse
    from novu_framework_testing.simulation.messages import Inbox, Message
    from novu_framework_testing.simulation.runs import Result, Run, StepRun, Trigger
    from novu_framework_testing.simulation.simulator import NovuSimulator, StillWaiting
    from novu_framework_testing.simulation.subscribers import ChannelCredentials, Subscriber
    from novu_framework_testing.simulation.topics import Topic
    from novu_framework_testing.simulation.workflows import UnknownStep, UnknownWorkflow

_HOMES = {
    "Answer": "bridges",
    "AsgiBridge": "bridges",
    "Bridge": "bridges",
    "BridgeFailure": "bridges",
    "ProcessBridge": "bridges",
    "UrlBridge": "bridges",
    "Activity": "simulation.activity",
    "Finding": "simulation.activity",
    "FindingError": "simulation.activity",
    "HttpResponse": "simulation.integrations",
    "Inbox": "simulation.messages",
    "Message": "simulation.messages",
    "Result": "simulation.runs",
    "Run": "simulation.runs",
    "StepRun": "simulation.runs",
    "Trigger": "simulation.runs",
    "NovuSimulator": "simulation.simulator",
    "StillWaiting": "simulation.simulator",
    "ChannelCredentials": "simulation.subscribers",
    "Subscriber": "simulation.subscribers",
    "Topic": "simulation.topics",
    "UnknownStep": "simulation.workflows",
    "UnknownWorkflow": "simulation.workflows",
}

__all__ = [
    "Activity",
    "Answer",
    "AsgiBridge",
    "Bridge",
    "BridgeFailure",
    "ChannelCredentials",
    "Finding",
    "FindingError",
    "HttpResponse",
    "Inbox",
    "Message",
    "NovuSimulator",
    "ProcessBridge",
    "Result",
    "Run",
    "StepRun",
    "StillWaiting",
    "Subscriber",
    "Topic",
    "Trigger",
    "UnknownStep",
    "UnknownWorkflow",
    "UrlBridge",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
