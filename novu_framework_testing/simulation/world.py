"""What there is in a simulation, below what happens in it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from novu_framework._internal.forks import free_after_fork
from novu_framework_testing._internal.wire import to_plain_json
from novu_framework_testing.bridges.base import AgentBridge
from novu_framework_testing.simulation.activity import Activity, Finding
from novu_framework_testing.simulation.channel_endpoints import ChannelConnections, ChannelEndpoints
from novu_framework_testing.simulation.clock import Clock
from novu_framework_testing.simulation.contexts import Contexts
from novu_framework_testing.simulation.http_responses import HttpResponses
from novu_framework_testing.simulation.ids import Ids
from novu_framework_testing.simulation.integrations import Integrations
from novu_framework_testing.simulation.messages import Messages
from novu_framework_testing.simulation.records import Records
from novu_framework_testing.simulation.subscribers import Subscribers
from novu_framework_testing.simulation.tenants import Tenants
from novu_framework_testing.simulation.topics import Topics
from novu_framework_testing.simulation.workflows import Workflows

if TYPE_CHECKING:
    from novu_framework_testing.conversations.state import State

API_URL = "https://api.novu.co"
"""Where agents are told that the API is, unless it is served at a port."""


class World:
    """The clock, the ids, the lock, the feed and the collections that runs and the worker share.

    Attributes:
        clock, ids: The virtual time, and ids that are the same in every run of the same test.
        lock: Held while anything changes.
        env: The variables that workflows see as `env`.
        subscribers, topics, workflows, messages, contexts, integrations, http_responses: What there is.
        records: What the API keeps and gives back, by resource.
        undelivered: The messages that reached nobody: `warning` or `error` is their status.
        channel_endpoints, channel_connections, tenants: What integrations and triggers may name.
        agents, conversations: How agents are reached, and the conversations with them, by id.
        api_url, deliver_post: Where agents are told that the API is, and what takes their posts where it is open.
        activity: A line for each thing that happened, oldest first.
        found: The findings, each once, in order.
    """

    def __init__(self, start: datetime | None, env: Mapping[str, Any]) -> None:
        self.clock: Final = Clock(start)
        self.ids: Final = Ids()
        self.lock: Final = free_after_fork(threading.RLock())
        self.env: dict[str, Any] = to_plain_json(dict(env))
        self.subscribers: Final = Subscribers(self.clock, self.ids)
        self.contexts: Final = Contexts(self.clock, self.ids)
        self.topics: Final = Topics(self.clock, self.ids, self.subscribers, self.contexts)
        self.workflows: Final = Workflows(self.clock, self.ids)
        self.messages: Final = Messages()
        self.undelivered: Final = Messages()
        self.integrations: Final = Integrations(self.clock, self.ids)
        here = (self.clock, self.ids, self.integrations, self.contexts)
        self.channel_endpoints: Final = ChannelEndpoints(*here)
        self.channel_connections: Final = ChannelConnections(*here)
        self.tenants: Final = Tenants(self.clock, self.ids)
        self.http_responses: Final = HttpResponses(self.workflows)
        self.records: Final = Records()
        self.agents: dict[str, AgentBridge] = {}
        self.conversations: dict[str, State] = {}
        self.api_url: str = API_URL
        self.deliver_post: Any = None
        self.activity: list[Activity] = []
        self.found: dict[Finding, None] = {}

    @property
    def now(self) -> datetime:
        """The present moment of the simulation, in UTC."""
        self.clock.begin()
        return self.clock.now
