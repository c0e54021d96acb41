"""`ApiState`: the simulation and what the API alone keeps, for the routes to read and change."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from novu_framework_testing.api.http import ApiRequest, ApiResponse

if TYPE_CHECKING:
    from novu_framework_testing.simulation.simulator import NovuSimulator


class AnsweredRequest(NamedTuple):
    """A request that was answered, and when in the time of the simulation."""

    at: datetime
    request: ApiRequest
    response: ApiResponse


@dataclass
class ApiState:
    """The simulation, and what only its API knows.

    Attributes:
        novu: The simulation.
        bridge_url: The bridge that was synced last, or None.
        agents: The agents that a sync named, by identifier, as the API shows them.
        subscription_notes: What the API was told of a subscription to a topic, by the subscription's id:
            `identifier`, `name`, `createdAt`, `updatedAt`.
        calls: The latest requests and their answers.
        scope: The ids of the environment and the organization, as most answers show them.
    """

    novu: NovuSimulator
    bridge_url: str | None = None
    agents: dict[str, dict[str, Any]] = field(default_factory=dict)
    subscription_notes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    calls: deque[AnsweredRequest] = field(default_factory=lambda: deque(maxlen=100))
    scope: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        ids = self.novu.ids
        self.scope = {"_environmentId": ids("environment"), "_organizationId": ids("organization")}
