"""`ApiState`: the simulation and what the API alone keeps, for the routes to read and change."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from novu_framework._internal.redaction import redaction
from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse
from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.simulator import NovuSimulator


MAX_WRITTEN_BY_PAGES: Final = 16 * 2**20
"""How much pages with an inbox may write in all, in bytes: anyone can open one."""

SIZE_OF_A_RECORD: Final = 1_500
"""The bytes of a subscriber, a context or a subscription, about, without what is written in it."""

SIZE_OF_A_CHANGE: Final = 100
"""The bytes of a preference or a date, about."""


SHOWN: Final = 4_000
"""How much of a body, of a request or of an answer, the page shows, in bytes."""

_LONGEST_PATH: Final = 4_000
_READ: Final = 100_000
"""So many bytes have more letters than are read of a body."""


class AnsweredRequest(NamedTuple):
    """A request that was answered, as far as it is shown, and when that was in the time of the simulation.

    `sent` and `answered` are the starts of the bodies, without the secret key: nothing larger is kept of them here.
    """

    at: datetime
    method: str
    path: str
    status: int
    sent: str
    answered: str

    @classmethod
    def of(cls, at: datetime, request: ApiRequest, response: ApiResponse) -> AnsweredRequest:
        """Return what is shown of a request and its answer."""
        sent, answered = (
            redaction.excerpt(content[:_READ].decode("utf-8", "replace"), SHOWN)
            for content in (request.content, response.content)
        )
        return cls(
            at,
            request.method,
            redaction.excerpt(request.path, _LONGEST_PATH),
            response.status,
            sent,
            answered,
        )


@dataclass
class ApiState:
    """The simulation, and what only its API knows.

    Attributes:
        novu: The simulation.
        bridge_url: The bridge that was synced last, or None.
        subscription_notes: What the API was told of a subscription to a topic, by the subscription's id:
            `identifier`, `name`, `createdAt`, `updatedAt`.
        env_keys: The keys of `env` that come from the environment variables.
        calls: What is shown of the latest requests and their answers.
        left_for_pages: How many bytes pages with an inbox may still write.
        scope: The ids of the environment and the organization, as most answers show them.
    """

    novu: NovuSimulator
    bridge_url: str | None = None
    subscription_notes: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    env_keys: set[str] = field(default_factory=set)
    calls: deque[AnsweredRequest] = field(default_factory=lambda: deque(maxlen=100))
    left_for_pages: int = MAX_WRITTEN_BY_PAGES
    scope: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        environments = self.novu.records["environments"]
        if not environments:
            self._make_environments()
        here = next(iter(environments.values()))
        self.scope = {"_environmentId": here["_id"], "_organizationId": here["_organizationId"]}

    def check_room(self, size: int) -> None:
        """Raise `ApiError` (429) where pages with an inbox may not write so many bytes any more."""
        if size > max(0, self.left_for_pages):
            raise ApiError(
                429, "Pages with an inbox have written as much as they may; start the simulated Novu anew."
            )

    def count_written(self, size: int) -> None:
        """Count bytes that a page with an inbox writes. Raises `ApiError` (429) where there is no room for them."""
        self.check_room(size)
        self.left_for_pages -= size

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
