"""`ApiState`: the simulation and what the API alone keeps, for the routes to read and change."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from novu_framework_testing.api.http import ApiRequest, ApiResponse
from novu_framework_testing.simulation.clock import iso

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
        subscription_notes: What the API was told of a subscription to a topic, by the subscription's id:
            `identifier`, `name`, `createdAt`, `updatedAt`.
        env_keys: The keys of `env` that come from the environment variables.
        calls: The latest requests and their answers.
        scope: The ids of the environment and the organization, as most answers show them.
    """

    novu: NovuSimulator
    bridge_url: str | None = None
    subscription_notes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    env_keys: set[str] = field(default_factory=set)
    calls: deque[AnsweredRequest] = field(default_factory=lambda: deque(maxlen=100))
    scope: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        environments = self.novu.records["environments"]
        if not environments:
            self._make_environments()
        here = next(iter(environments.values()))
        self.scope = {"_environmentId": here["_id"], "_organizationId": here["_organizationId"]}

    def _make_environments(self) -> None:
        """Make the two environments of every organization; the simulation is the first of them."""
        ids, organization = self.novu.ids, self.novu.ids("organization")
        names = [("Development", "dev"), ("Production", "prod")]
        names.sort(key=lambda one: one[1] != self.novu.environment_type)
        now, parent = iso(self.novu.now), None
        for name, kind in names:
            environment_id = ids("environment")
            self.novu.records["environments"][environment_id] = {
                "_id": environment_id,
                "_organizationId": organization,
                "name": name,
                "identifier": f"simulated-{kind}",
                "type": kind,
                "slug": f"{kind}_env_simulated",
                "_parentId": parent,
                "createdAt": now,
                "updatedAt": now,
            }
            parent = environment_id
