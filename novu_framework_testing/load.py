"""A Locust user that asks a bridge as Novu's workers do: how many steps a second does it carry, and which are slow?

    # locustfile.py
    from novu_framework_testing.load import BridgeUser

    class Shop(BridgeUser):
        weights = {"order-confirmation": 10}

    $ locust --host http://127.0.0.1:8000 --processes 2

Importing this module imports Locust, which makes the sockets and threads of the process gevent's: only a locustfile may.
"""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import httpx

from novu_framework._internal.twins import without_suspending
from novu_framework.errors import MissingDependencyError
from novu_framework.settings import environment_key
from novu_framework_testing._internal.wire import decode
from novu_framework_testing.bridges.base import BridgeAnswer, BridgeFailure
from novu_framework_testing.bridges.http import TIMEOUT, HttpBridge
from novu_framework_testing.bridges.made_up_runs import MadeUpRun, made_up_runs
from novu_framework_testing.factories import NovuFaker

try:
    from locust import FastHttpUser, task
    from locust.contrib.fasthttp import FastHttpSession
except ModuleNotFoundError as _missing:
    raise MissingDependencyError("`novu_framework_testing.load`", "locust", "load") from _missing

__all__ = ["BridgeUser"]


class LocustBridge(HttpBridge):
    """A bridge that is asked with Locust's client, and counted by workflow and step."""

    def __init__(self, url: str, client: FastHttpSession, *, secret_key: str | None) -> None:
        super().__init__(url, secret_key=secret_key)
        self._client = client

    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and count it under its workflow and step. Never suspends."""
        asked = request.url.params
        name = "/".join(filter(None, (asked.get("workflowId"), asked.get("stepId")))) or asked["action"]
        with self._client.request(
            request.method,
            str(request.url),
            name=name,
            data=request.content,  # type: ignore[arg-type]  # takes bytes, too
            headers=dict(request.headers),
            catch_response=True,
        ) as answer:
            if answer.status_code and answer.status_code >= 400:
                answer.failure(f"{answer.status_code} {_code(bytes(answer.content or b''))}".strip())
        if not answer.status_code:  # Locust has counted that already
            raise BridgeFailure(f"{self.shown_url} did not answer: {getattr(answer, 'error', None)!r}")
        return httpx.Response(answer.status_code, content=bytes(answer.content or b""), request=request)


def _code(body: bytes | None) -> str:
    """Return the code of an error of the protocol; empty for another answer."""
    try:
        answer = decode(body or b"")
    except ValueError:
        return ""
    return str(answer.get("code", "")) if isinstance(answer, dict) else ""


class BridgeUser(FastHttpUser):
    """A user of Locust that runs workflows as one of Novu's workers does, with data that is made up.

    A task is one run: its steps are asked for one after the other, signed, each with what those before it left. A locustfile has
    a subclass of it. Statistics are by workflow and step; failures by status and code.

    Attributes:
        route: The path of the bridge; Locust's `--host` is what stands before it.
        secret_key: The key that requests are signed with; `NOVU_SECRET_KEY`, then `NOVU_API_KEY`, if left out; without any,
            they are not signed.
        weights: How often a workflow runs, by id: 1 for those not named, 0 for never.
        payloads: Payloads of your own, by workflow id; others are made up by the workflow's schema.
        digest_events: How many events a digest has collected.
        runs_made: How many different runs of each workflow are made up.
        wait_time: As for any user of Locust; without one, the next run begins at once.
    """

    abstract = True
    network_timeout = TIMEOUT
    connection_timeout = TIMEOUT

    route: ClassVar[str] = "/api/novu"
    secret_key: ClassVar[str] = ""
    weights: ClassVar[Mapping[str, float]] = {}
    payloads: ClassVar[Mapping[str, Sequence[Mapping[str, Any]]]] = {}
    digest_events: ClassVar[int] = 10
    runs_made: ClassVar[int] = 20

    _made: ClassVar[dict[tuple[type, str], dict[str, list[MadeUpRun]]]] = {}
    _making: ClassVar[threading.Lock] = threading.Lock()

    def on_start(self) -> None:
        """Discover the workflows, once for all users of a process, and make up their runs."""
        url = f"{self.host}".rstrip("/") + self.route
        self._bridge = LocustBridge(url, self.client, secret_key=self.secret_key or environment_key() or None)
        with self._making:
            key = (type(self), url)
            if key not in self._made:
                self._made[key] = self._make_runs(without_suspending(self._bridge.discover()))
            self._runs = self._made[key]
        self._weights = [self.weights.get(workflow_id, 1) for workflow_id in self._runs]

    def _make_runs(self, workflows: list[dict[str, Any]]) -> dict[str, list[MadeUpRun]]:
        known = [workflow["workflowId"] for workflow in workflows]
        if unknown := sorted({*self.weights, *self.payloads}.difference(known)):
            raise ValueError(f"weights or payloads name {unknown}; the workflows of the bridge are {known}.")
        faker = NovuFaker()
        return {
            workflow["workflowId"]: list(
                made_up_runs(
                    workflow,
                    faker,
                    count=self.runs_made,
                    digest_events=self.digest_events,
                    payloads=self.payloads.get(workflow["workflowId"], ()),
                )
            )
            for workflow in workflows
        }

    @task
    def run_workflow(self) -> None:
        """Run a workflow from its first step to its last, or to the first that fails."""
        (runs,) = random.choices(list(self._runs.values()), self._weights)
        run = random.choice(runs)
        state: list[dict[str, Any]] = []
        for step in run.steps:
            answer: BridgeAnswer | None = None
            if step.asks_bridge:
                asked = self._bridge.execute(
                    run.workflow_id, step.step_id, run.event(state), job_id=secrets.token_hex(12)
                )
                try:
                    answer = without_suspending(asked)
                except BridgeFailure as failure:
                    if failure.status == 200:  # Locust took it for a success
                        raise
                    return
            state.insert(0, step.entry(answer))
