"""An ASGI app of this process, by signed requests over httpx, without a socket."""

from __future__ import annotations

from typing import Any

import anyio
import httpx

from novu_framework_testing.bridges.base import Answer
from novu_framework_testing.bridges.http import TIMEOUT, HttpBridge
from novu_framework_testing.bridges.warnings import collected


class AsgiBridge(HttpBridge):
    """The bridge that an ASGI app (FastAPI, Starlette, ...) serves at `route`.

    The app's lifespan is not run: enter it in the test if the workflows need it.
    """

    def __init__(
        self,
        app: Any,
        route: str = "/api/novu",
        *,
        secret_key: str,
        environment_type: str = "dev",
        timeout: float = TIMEOUT,
    ) -> None:
        super().__init__(
            f"http://bridge.test{route}",
            secret_key=secret_key,
            environment_type=environment_type,
            timeout=timeout,
        )
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False)

    async def send(self, request: httpx.Request) -> httpx.Response:
        try:
            with anyio.fail_after(self.timeout):
                response = await self._transport.handle_async_request(request)
                await response.aread()
        except TimeoutError:
            raise self.timed_out() from None
        response.request = request
        return response

    async def execute(self, workflow_id: str, step_id: str, event: dict[str, Any], *, job_id: str) -> Answer:
        with collected(lambda: self.location(workflow_id, step_id)) as warnings:
            answer = await super().execute(workflow_id, step_id, event, job_id=job_id)
        return Answer(answer.outputs, answer.providers, answer.skip, tuple(warnings))
