"""How the simulation reaches workflows: in the same process, an app, or a URL.

A bridge of your own is any object with the three methods of `Bridge`; `NovuSimulator.connect` takes it.
"""

from __future__ import annotations

from novu_framework_testing.bridges import ends as ends  # before any bridge runs
from novu_framework_testing.bridges.asgi import AsgiBridge
from novu_framework_testing.bridges.base import RETRYABLE, Bridge, BridgeAnswer, BridgeFailure
from novu_framework_testing.bridges.connection import connect, connect_http
from novu_framework_testing.bridges.process import ProcessAgent, ProcessBridge
from novu_framework_testing.bridges.url import UrlBridge

__all__ = [
    "RETRYABLE",
    "AsgiBridge",
    "Bridge",
    "BridgeAnswer",
    "BridgeFailure",
    "ProcessAgent",
    "ProcessBridge",
    "UrlBridge",
    "connect",
    "connect_http",
]
