"""A small simulated Novu to test notification workflows with, from the trigger to the inbox.

    from novu_framework_testing import NovuSimulator, Topic

Names are imported when they are first used, so that the pytest plugin costs nothing where nobody asks for it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from novu_framework_testing.api.cloud import Cloud
    from novu_framework_testing.api.server import CloudServer
    from novu_framework_testing.bridges import (
        Answer,
        AsgiBridge,
        Bridge,
        BridgeFailure,
        ProcessBridge,
        UrlBridge,
    )
    from novu_framework_testing.bridges.client import BridgeClient
    from novu_framework_testing.factories import NovuFaker
    from novu_framework_testing.simulation.activity import (
        Activity,
        ActivityKind,
        Finding,
        FindingError,
        FindingKind,
    )
    from novu_framework_testing.simulation.http_responses import HttpResponse
    from novu_framework_testing.simulation.messages import Inbox, Message
    from novu_framework_testing.simulation.runs import Result, Run, RunStatus, StepRun, StepStatus, Trigger
    from novu_framework_testing.simulation.simulator import NovuSimulator, StillWaiting
    from novu_framework_testing.simulation.subscribers import ChannelCredentials, SimulatedSubscriber
    from novu_framework_testing.simulation.topics import Topic
    from novu_framework_testing.simulation.workflows import UnknownStep, UnknownWorkflow
    from novu_framework_testing.snapshots.assertion import NovuSnapshot

_HOMES = {
    "Cloud": "api.cloud",
    "CloudServer": "api.server",
    "AsgiBridge": "bridges",
    "Bridge": "bridges",
    "Answer": "bridges",
    "BridgeFailure": "bridges",
    "ProcessBridge": "bridges",
    "UrlBridge": "bridges",
    "BridgeClient": "bridges.client",
    "NovuFaker": "factories",
    "Activity": "simulation.activity",
    "ActivityKind": "simulation.activity",
    "Finding": "simulation.activity",
    "FindingError": "simulation.activity",
    "FindingKind": "simulation.activity",
    "HttpResponse": "simulation.http_responses",
    "Inbox": "simulation.messages",
    "Message": "simulation.messages",
    "Result": "simulation.runs",
    "Run": "simulation.runs",
    "RunStatus": "simulation.runs",
    "StepRun": "simulation.runs",
    "StepStatus": "simulation.runs",
    "Trigger": "simulation.runs",
    "NovuSimulator": "simulation.simulator",
    "StillWaiting": "simulation.simulator",
    "ChannelCredentials": "simulation.subscribers",
    "SimulatedSubscriber": "simulation.subscribers",
    "Topic": "simulation.topics",
    "UnknownStep": "simulation.workflows",
    "UnknownWorkflow": "simulation.workflows",
    "NovuSnapshot": "snapshots.assertion",
}

__all__ = [
    "Activity",
    "ActivityKind",
    "Answer",
    "AsgiBridge",
    "Bridge",
    "BridgeClient",
    "BridgeFailure",
    "ChannelCredentials",
    "Cloud",
    "CloudServer",
    "Finding",
    "FindingError",
    "FindingKind",
    "HttpResponse",
    "Inbox",
    "Message",
    "NovuFaker",
    "NovuSimulator",
    "NovuSnapshot",
    "ProcessBridge",
    "Result",
    "Run",
    "RunStatus",
    "SimulatedSubscriber",
    "StepRun",
    "StepStatus",
    "StillWaiting",
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
