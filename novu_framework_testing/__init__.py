"""A small simulated Novu to test notification workflows with, from the trigger to the inbox.

    from novu_framework_testing import NovuSimulator, Topic

Names are imported when they are first used, so that the pytest plugin costs nothing in a run without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novu_framework_testing._internal.lazy import lazy

if TYPE_CHECKING:
    from novu_framework_testing.api.cloud import Cloud
    from novu_framework_testing.api.server import CloudServer
    from novu_framework_testing.bridges import (
        AsgiBridge,
        Bridge,
        BridgeAnswer,
        BridgeFailure,
        ProcessBridge,
        UrlBridge,
    )
    from novu_framework_testing.bridges.client import BridgeClient, BridgeClientFactory
    from novu_framework_testing.checks import CheckSettings, Content, ContentFinding, SetAside, check_content
    from novu_framework_testing.conversations import (
        AgentFailure,
        ChatMessage,
        Conversation,
        HumanRequest,
        NotOnShow,
        Stranger,
    )
    from novu_framework_testing.factories import NovuFaker
    from novu_framework_testing.matrix import NovuCase
    from novu_framework_testing.simulation.activity import (
        Activity,
        ActivityKind,
        Finding,
        FindingError,
        FindingKind,
    )
    from novu_framework_testing.simulation.conversing import UnknownAgent
    from novu_framework_testing.simulation.failures import UnreadFailures
    from novu_framework_testing.simulation.http_responses import HttpResponse
    from novu_framework_testing.simulation.messages import Inbox, Message
    from novu_framework_testing.simulation.moving import StillWaiting
    from novu_framework_testing.simulation.runs import Result, Run, RunStatus, StepRun, StepStatus, Trigger
    from novu_framework_testing.simulation.simulator import NovuSimulator
    from novu_framework_testing.simulation.subscribers import ChannelCredentials, SimulatedSubscriber
    from novu_framework_testing.simulation.topics import Topic
    from novu_framework_testing.simulation.workflows import UnknownStep, UnknownWorkflow
    from novu_framework_testing.snapshots.assertion import NovuSnapshot

_HOMES = {
    "api.cloud": "Cloud",
    "api.server": "CloudServer",
    "bridges": "AsgiBridge Bridge BridgeAnswer BridgeFailure ProcessBridge UrlBridge",
    "bridges.client": "BridgeClient BridgeClientFactory",
    "checks": "CheckSettings Content ContentFinding SetAside check_content",
    "conversations": "AgentFailure ChatMessage Conversation HumanRequest NotOnShow Stranger",
    "factories": "NovuFaker",
    "matrix": "NovuCase",
    "simulation.activity": "Activity ActivityKind Finding FindingError FindingKind",
    "simulation.conversing": "UnknownAgent",
    "simulation.failures": "UnreadFailures",
    "simulation.http_responses": "HttpResponse",
    "simulation.messages": "Inbox Message",
    "simulation.runs": "Result Run RunStatus StepRun StepStatus Trigger",
    "simulation.moving": "StillWaiting",
    "simulation.simulator": "NovuSimulator",
    "simulation.subscribers": "ChannelCredentials SimulatedSubscriber",
    "simulation.topics": "Topic",
    "simulation.workflows": "UnknownStep UnknownWorkflow",
    "snapshots.assertion": "NovuSnapshot",
}

__all__ = [
    "Activity",
    "ActivityKind",
    "AgentFailure",
    "AsgiBridge",
    "Bridge",
    "BridgeAnswer",
    "BridgeClient",
    "BridgeClientFactory",
    "BridgeFailure",
    "ChannelCredentials",
    "ChatMessage",
    "CheckSettings",
    "Cloud",
    "CloudServer",
    "Content",
    "ContentFinding",
    "Conversation",
    "Finding",
    "FindingError",
    "FindingKind",
    "HttpResponse",
    "HumanRequest",
    "Inbox",
    "Message",
    "NotOnShow",
    "NovuCase",
    "NovuFaker",
    "NovuSimulator",
    "NovuSnapshot",
    "ProcessBridge",
    "Result",
    "Run",
    "RunStatus",
    "SetAside",
    "SimulatedSubscriber",
    "StepRun",
    "StepStatus",
    "StillWaiting",
    "Stranger",
    "Topic",
    "Trigger",
    "UnknownAgent",
    "UnknownStep",
    "UnknownWorkflow",
    "UnreadFailures",
    "UrlBridge",
    "check_content",
]

if not TYPE_CHECKING:  # it would make any name one that there is
    __getattr__ = lazy(__name__, _HOMES)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
