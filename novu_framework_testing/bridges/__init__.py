"""How the simulation reaches workflows: in the same process, an app, or a URL.

A bridge of your own is any object with the three methods of `Bridge`; `NovuSimulator.connect` takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from novu_framework_testing._internal.lazy import lazy
from novu_framework_testing.bridges import ends as ends  # before any bridge runs
from novu_framework_testing.bridges.base import RETRYABLE, Bridge, BridgeAnswer, BridgeFailure
from novu_framework_testing.bridges.process import ProcessAgent, ProcessBridge

if TYPE_CHECKING:
    from novu_framework_testing.bridges.asgi import AsgiBridge
    from novu_framework_testing.bridges.connection import connect, connect_http
    from novu_framework_testing.bridges.http import HttpBridge
    from novu_framework_testing.bridges.url import UrlBridge

# imported when they are first used: workflows of this process need no httpx, which is slow to import
_HOMES = {
    "asgi": "AsgiBridge",
    "connection": "connect connect_http",
    "http": "HttpBridge",
    "url": "UrlBridge",
}

__all__ = [
    "RETRYABLE",
    "AsgiBridge",
    "Bridge",
    "BridgeAnswer",
    "BridgeFailure",
    "HttpBridge",
    "ProcessAgent",
    "ProcessBridge",
    "UrlBridge",
    "connect",
    "connect_http",
]

if not TYPE_CHECKING:  # it would make any name one that there is
    __getattr__ = lazy(__name__, _HOMES)
