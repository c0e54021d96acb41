"""`Cloud`: a simulator with the Novu API in front of it.

A request passes, in this order: the faults a test arranged, the route, the API key, the idempotency key, the
route's function. The doors (`mock`, `server`) only carry it here and the answer back.
"""

from __future__ import annotations

import hmac
import inspect
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from novu_framework._internal.redaction import redaction
from novu_framework_testing._internal.loops import loops
from novu_framework_testing.api.door import SimulatorDoor
from novu_framework_testing.api.faults import ConnectionBroken, Faults
from novu_framework_testing.api.http import ApiError, ApiRequest, ApiResponse, Latest, Page
from novu_framework_testing.api.idempotency import Idempotency
from novu_framework_testing.api.routes import ALL_ROUTES
from novu_framework_testing.api.routes.page import page_request
from novu_framework_testing.api.routing import Call, Route, Table
from novu_framework_testing.api.state import SIZE_OF_A_CHANGE, AnsweredRequest, ApiState
from novu_framework_testing.bridges.ends import ENDS
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.simulator import NovuSimulator

TABLE = Table(ALL_ROUTES)
INBOX = "/v1/inbox/"
"""The routes of a web page with an inbox."""


class Cloud(SimulatorDoor, Faults):
    """The API of one simulator: what arrives is recorded, run through the simulation, and answered.

        >>> from novu_framework_testing import NovuSimulator
        >>> cloud = Cloud(NovuSimulator(secret_key="key"))
        >>> headers = {"authorization": "ApiKey key"}
        >>> cloud.handle(ApiRequest("GET", "/v2/subscribers/ann", headers=headers)).status
        404

    All that the simulator has (`register`, `connect`, `triggers`, `advance`, ...) is here as well.

    Attributes:
        novu: The simulator.
        requests: The requests that arrived, in order; see `ApiRequest`. Of very many the latest stay: 10,000 at most, and
            64 MB with the answers that are kept for repeats.
    """

    def __init__(self, novu: NovuSimulator) -> None:
        SimulatorDoor.__init__(self, novu)
        Faults.__init__(self)
        kept = Latest()
        self.requests: list[ApiRequest] = kept
        self._state = ApiState(novu)
        self._idempotency = Idempotency(lambda: novu.now, kept)
        novu.deliver_post = self._deliver_post

    @property
    def state(self) -> ApiState:
        """The simulation and what the API alone keeps."""
        return self._state

    @property
    def bridge_url(self) -> str | None:
        """The bridge that was synced last, or None."""
        return self.state.bridge_url

    def handle(self, request: ApiRequest, *, patience: float | None = None) -> ApiResponse:
        """Answer a request, in any thread and inside a running event loop too; see `handle_async`."""
        return loops.run(self.handle_async(request, patience=patience))

    async def handle_async(self, request: ApiRequest, *, patience: float | None = None) -> ApiResponse:
        """Answer a request.

        Args:
            patience: Seconds that a trigger may take before it is answered although its run goes on; as long
                as it takes if absent.

        Raises:
            ConnectionBroken: `fail_next` arranged it.
            FindingError: The simulation is strict and met a finding.
        """
        kept = replace(
            request
        )  # without the JSON that will be read of it, which may take thirty times as much
        try:
            refused = page_request(self.novu, request)
            if refused is not None:  # it leaves no trace, and takes no fault
                return await self._answer_page(refused, request)
            self.requests.append(kept)
            response = await self._respond(request, patience)
        except ENDS as end:
            if patience is None:
                raise
            self.novu.ends.append(end)  # its client is elsewhere: it is for the test that holds the simulator
            response = self._refusal(ApiError(500, "Internal server error"), request)
        self.state.calls.append(AnsweredRequest.of(self.novu.now, kept, response))
        return response

    async def _deliver_post(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Answer the post of an agent of this process, which goes through no network."""
        request = ApiRequest.parse("POST", urlsplit(url).path, list(headers.items()), body)
        try:
            answer = await self.handle_async(request)
        except ConnectionBroken as broken:
            raise broken.error from None
        return answer.status, answer.content.decode()

    async def _answer_page(self, refused: str, request: ApiRequest) -> ApiResponse:
        route, params, _ = TABLE.find(request)
        if refused or route is None:
            error = ApiError(403, refused) if refused else ApiError(404, "There is no such file.")
            return self._refusal(error, request)
        return await self._answer(route, Call(self.state, request, params))

    async def _respond(self, request: ApiRequest, patience: float | None) -> ApiResponse:
        try:
            if (fault := self.take_fault()) is not None:
                return fault
            route, params, others = TABLE.find(request)
            if route is None:
                hint = f" It has {', '.join(others)} for this path." if others else ""
                message = (
                    f"Cannot {request.method} {request.path}: the simulated Novu does not have this route."
                )
                raise ApiError(404, message + hint)
            of_a_page = route.path.startswith(INBOX)
            if not of_a_page:
                self._authorize(request)
            route.check_query(request)
            call = Call(self.state, request, params, patience)
            if of_a_page:  # it has a token instead of the key, which its routes look at, and no idempotency
                return await self._answer_inbox(route, call)
            return await self._idempotency.once(request, lambda: self._answer(route, call))
        except ApiError as error:
            return self._refusal(error, request)

    async def _answer_inbox(self, route: Route, call: Call) -> ApiResponse:
        """Answer a page with an inbox. What it changed is counted; a session counts by itself what it makes."""
        content = call.request.content
        size = len(content) + SIZE_OF_A_CHANGE if content and not route.path.endswith("/session") else 0
        self.state.check_room(size)
        response = await self._answer(route, call)
        if response.status < 300:
            self.state.left_for_pages -= size
        return response

    def _authorize(self, request: ApiRequest) -> None:
        header = request.headers.get("authorization", "")
        if not header:
            raise ApiError(401, "Missing authorization header")
        scheme, _, key = header.partition(" ")
        if not key or not scheme.isalpha():  # perhaps a key alone, which is not repeated
            raise ApiError(401, "The authorization header must be: ApiKey <the secret key>")
        if scheme != "ApiKey":
            raise ApiError(401, f'Invalid authentication scheme: "{scheme}"')
        if not self.has_key(request.headers):
            raise ApiError(401, "API Key not found")

    def has_key(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a request comes with the simulator's key."""
        scheme, _, key = headers.get("authorization", "").partition(" ")
        mine = self.novu.secret_key
        return scheme == "ApiKey" and hmac.compare_digest(_bytes(key.strip()), _bytes(mine))

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
        said = error.to_json(request.path, iso(self.novu.now))
        whole = unquote(request.path)
        if redaction.redacted(whole) != whole:  # the key is in the path, perhaps with its letters escaped
            said |= {"path": whole, "message": error.message.replace(request.path, whole)}
        return ApiResponse(error.status, redaction.redacted(said), error.headers)


def _bytes(key: str) -> bytes:
    return key.encode("utf-8", "surrogatepass")  # half of a character is a wrong key, not an error
