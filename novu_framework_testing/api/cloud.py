"""`Cloud`: a simulator with the Novu API in front of it.

A request passes, in this order: the faults a test asked for, the route, the API key, the idempotency key, the
route's function. The doors (`mock`, `server`) only carry it here and the answer back.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.faults import Faults
from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse, Page
from novu_framework_testing.api.idempotency import Idempotency
from novu_framework_testing.api.routes import TABLE
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.bridges import UrlBridge
from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.simulator import NovuSimulator
    from novu_framework_testing.simulation.workflows import SyncedWorkflow


class Cloud:
    """The API of one simulator: what arrives is recorded, run through the simulation, and answered.

        >>> from novu_framework_testing import NovuSimulator
        >>> cloud = Cloud(NovuSimulator(secret_key="key"))
        >>> headers = {"authorization": "ApiKey key"}
        >>> cloud.handle(ApiRequest("GET", "/v2/subscribers/ann", headers=headers)).status
        404

    Anything else of the simulator (`register`, `connect`, `triggers`, `advance`, ...) is reached through the
    cloud too.

    Attributes:
        novu: The simulator.
        requests: Every request that arrived, in order; see `ApiRequest`.
        bridge_url: The bridge that was synced last, or None.
        agents: The agents that a sync told of, by identifier.
    """

    def __init__(self, novu: NovuSimulator) -> None:
        self.novu = novu
        self.requests: list[ApiRequest] = []
        self.environment_id = novu.ids("environment")
        self.organization_id = novu.ids("organization")
        self.bridge_url: str | None = None
        self.agents: dict[str, dict[str, Any]] = {}
        self._integrations: dict[str, str] = {}
        self._noted: dict[str, dict[str, str]] = {}
        self._faults = Faults()
        self._idempotency = Idempotency(lambda: novu.now)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name == "novu":
            raise AttributeError(name)
        return getattr(self.novu, name)

    # --- misbehaving --------------------------------------------------------------------------------

    def respond_next(
        self, status: int, *, json: Any = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer the next request with this, whatever it asks. Called twice, it serves the next two."""
        self._faults.respond_next(status, json=json, headers=headers)

    def fail_next(self, error: BaseException | type[BaseException]) -> None:
        """Raise `error` (such as `httpx.ConnectTimeout("slow")`) in the client of the next request.

        Over the loopback server the connection is closed without an answer instead.
        """
        self._faults.fail_next(error)

    def rate_limit(self, *, after: int = 0, retry_after: float = 1, times: int | None = None) -> None:
        """Answer 429 with `Retry-After: retry_after` (seconds) once `after` more requests were served.

        `times` ends it after so many refusals, which lets a client that retries get through.
        """
        self._faults.rate_limit(after=after, retry_after=retry_after, times=times)

    def clear_faults(self) -> None:
        """Forget what `respond_next`, `fail_next` and `rate_limit` asked for."""
        self._faults.clear()

    # --- answering ----------------------------------------------------------------------------------

    def handle(self, request: ApiRequest, *, patience: float | None = None) -> ApiResponse:
        """Answer a request, in any thread and inside a running event loop too; see `handle_async`."""
        # The loop of the simulator's own blocking calls: what a workflow opened in one is not used in another.
        return self.novu.loops.run(self.handle_async(request, patience=patience))

    async def handle_async(self, request: ApiRequest, *, patience: float | None = None) -> ApiResponse:
        """Answer a request.

        Args:
            patience: Seconds that a trigger may take before it is answered although its run goes on; as long
                as it takes if absent.

        Raises:
            ConnectionBroken: `fail_next` asked for it.
            FindingError: The simulation is strict and met a finding.
        """
        self.requests.append(request)
        try:
            asked_for = self._faults.take()
            if asked_for is not None:
                return asked_for
            route, params = _find(request)
            if not route.open:
                self._authorize(request)
            call = Call(self, request, params, patience)
            return await self._idempotency.once(request, lambda: self._answer(route, call))
        except ApiError as error:
            return self._refusal(error, request)

    def _authorize(self, request: ApiRequest) -> None:
        header = request.headers.get("authorization", "")
        if not header:
            raise ApiError(401, "Missing authorization header")
        scheme, _, key = header.partition(" ")
        if scheme != "ApiKey":
            raise ApiError(401, f'Invalid authentication scheme: "{scheme}"')
        if key.strip() != self.novu.secret_key:
            raise ApiError(401, "API Key not found")

    async def _answer(self, route: Route, call: Call) -> ApiResponse:
        try:
            result = route.handler(call)
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            return self._refusal(error, call.request)
        if isinstance(result, ApiResponse):
            return result
        return ApiResponse(route.status, result.to_json() if isinstance(result, Page) else {"data": result})

    def _refusal(self, error: ApiError, request: ApiRequest) -> ApiResponse:
        return ApiResponse(error.status, error.to_json(request.path, iso(self.novu.now)), error.headers)

    # --- what only the API knows ----------------------------------------------------------------------

    async def sync(self, url: str) -> list[SyncedWorkflow]:
        """Take over the workflows of the bridge at `url`; those of the bridge before it are forgotten.

        Raises `BridgeFailure` where it does not answer, and then nothing changes.
        """
        synced = await self.novu.connect_async(url)
        kept = {workflow.workflow_id for workflow in synced}
        if self.bridge_url not in (None, url):
            for workflow in self.novu.workflows:
                bridge = workflow.bridge
                if (
                    isinstance(bridge, UrlBridge)
                    and bridge.url == self.bridge_url
                    and workflow.workflow_id not in kept
                ):
                    self.novu.workflows.remove(workflow.workflow_id)
        self.bridge_url = url
        return synced

    def bridge(self, url: str) -> UrlBridge:
        """A bridge by its URL, asked with this cloud's key."""
        return UrlBridge(url, secret_key=self.novu.secret_key, environment_type=self.novu.environment_type)

    def integration_id(self, provider_id: str) -> str:
        """The id of a provider's integration, made up when it is first asked for."""
        if provider_id not in self._integrations:
            self._integrations[provider_id] = self.novu.ids("integration")
        return self._integrations[provider_id]

    def noted(self, subscription_id: str) -> dict[str, str]:
        """What the API was told of a topic's subscription: `identifier`, `name`, `createdAt`, `updatedAt`."""
        return self._noted.setdefault(subscription_id, {})


def _find(request: ApiRequest) -> tuple[Route, Mapping[str, str]]:
    route, params, others = TABLE.find(request)
    if route is None:
        hint = f" It has {', '.join(others)} for this path." if others else ""
        raise ApiError(
            404, f"Cannot {request.method} {request.path}: the simulated Novu does not have this route.{hint}"
        )
    return route, params
