"""An app of this process, by signed requests over httpx, without a socket."""

from __future__ import annotations

from asyncio import CancelledError
from typing import Any

import anyio
import httpx
from typing_extensions import Unpack

from novu_framework.answers import StepWarning, observe, observed_steps
from novu_framework.errors import NovuError, StepNotFoundError
from novu_framework_testing.bridges.base import BridgeAnswer, BridgeFailure, Event
from novu_framework_testing.bridges.hosts import base_url_of
from novu_framework_testing.bridges.http import BridgeOptions, HttpBridge
from novu_framework_testing.bridges.lifespan import release, state_of
from novu_framework_testing.bridges.transports import AsgiTransport, djangos_connections_kept, transport_of


class AsgiBridge(HttpBridge):
    """The bridge that an ASGI or WSGI app (FastAPI, Flask, ...) or a function of AWS Lambda serves at `route`.

    Args:
        app: The app.
        route: The path of the bridge.
        secret_key: The key that requests are signed with.
        base_url: The address that requests are for, such as `https://shop.acme.test`; one that the app's own checks of
            hosts and HTTPS let through, as far as they can be seen, if absent.
        lifespan: Start the app's lifespan before the first request, and stop it in `aclose`; False if something else
            does.
    """

    def __init__(
        self,
        app: Any,
        route: str = "/api/novu",
        *,
        secret_key: str,
        base_url: str | None = None,
        lifespan: bool = True,
        **options: Unpack[BridgeOptions],
    ) -> None:
        address = (base_url or base_url_of(app)).rstrip("/")
        super().__init__(f"{address}{route}", secret_key=secret_key, **options)
        self._app = app
        self._transport = transport_of(app)
        self._lifespan = lifespan

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Hand a request to the app and read the whole response. The first one on a loop starts the app's lifespan."""
        if isinstance(self._transport, AsgiTransport) and self._lifespan:
            self._transport.state = await state_of(self._app, self)
        goes_on = request.url.params.get("action") == "agent-event"  # after its acknowledgement
        with observed_steps(joined=goes_on) as observed, djangos_connections_kept():
            try:
                with anyio.fail_after(self.timeout):
                    response = await self._transport.handle_async_request(request)
                    await response.aread()
            except TimeoutError:
                # the app was cancelled here, which is not for the test
                observed.ends[:] = [end for end in observed.ends if not isinstance(end, CancelledError)]
                raise self.timed_out() from None
            finally:
                if observed.ends:  # whatever the app made of it
                    raise observed.ends[0]
        facts: list[StepWarning | NovuError] = [*observed.warnings, *observed.errors]
        for fact in facts if not goes_on else ():
            observe(fact)
        response.request = request
        return response

    async def aclose(self) -> None:
        """Stop the app's lifespan, unless another bridge needs it. Raises `BridgeFailure` where it fails."""
        await release(self)

    async def execute(self, workflow_id: str, step_id: str, event: Event, *, job_id: str) -> BridgeAnswer:
        """Execute one step, and learn from the runtime in this process what its answer does not say."""
        with observed_steps() as observed:
            try:
                answer = await super().execute(workflow_id, step_id, event, job_id=job_id)
            except BridgeFailure as failure:
                for error in observed.errors:
                    if error.code == failure.code:
                        failure.__cause__ = error
                        if isinstance(error, StepNotFoundError):
                            failure.undiscovered_step_id = error.step_id
                raise
        return answer._replace(warnings=tuple(observed.warnings))
