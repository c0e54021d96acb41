"""The protocol over HTTP, as Novu's workers speak it: what apps and URLs have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, TypedDict

import httpx

from novu_framework._internal.redaction import redaction
from novu_framework.settings import shown_url
from novu_framework.signature import HEADER, sign
from novu_framework_testing._internal.wire import decode, encode
from novu_framework_testing.bridges.base import BridgeAnswer, BridgeFailure, Event
from novu_framework_testing.bridges.shapes import problem_of_discovery, problem_of_outputs

TIMEOUT = 5.0
"""Seconds that Novu waits for a bridge."""


class BridgeOptions(TypedDict, total=False):
    """Options of asking a bridge: what it is told of the environment, and the seconds to wait for an answer."""

    environment_type: str
    timeout: float


class AppOptions(BridgeOptions, total=False):
    """Options of an app of this process, which mean nothing to other bridges; see `AsgiBridge`."""

    base_url: str | None
    lifespan: bool


class HttpBridge(ABC):
    """A bridge that is spoken to in requests and responses. A subclass says how a request is sent."""

    def __init__(
        self, url: str, *, secret_key: str | None, environment_type: str = "dev", timeout: float = TIMEOUT
    ) -> None:
        self.url = url
        self.shown_url = shown_url(url)
        self.timeout = timeout
        self._base = httpx.URL(url)
        self.secret_key = secret_key
        redaction.hide(secret_key or "", of=self)
        self._environment_type = environment_type
        self.agents: list[str] = []  # of the last discovery
        self._code: dict[str, str] = {}
        self._types: dict[tuple[str, str], str] = {}

    @abstractmethod
    async def send(self, request: httpx.Request) -> httpx.Response:
        """Send a request and read the whole response. Raises `BridgeFailure` where none came."""

    async def aclose(self) -> None:  # noqa: B027  # most have nothing to do
        """Give back what was opened for the requests: nothing, unless a subclass says so."""

    def timed_out(self) -> BridgeFailure:
        """Return the failure of a bridge that does not answer in time."""
        return BridgeFailure(f"{self.shown_url} did not answer within {self.timeout:g} s", timed_out=True)

    async def health(self) -> dict[str, Any]:
        """Return what the bridge's health check says. Raises `BridgeFailure` where it did not answer."""
        answer = await self.ask("GET", {"action": "health-check"}, None)
        return redaction.redacted(answer) if isinstance(answer, dict) else {}

    async def discover(self) -> list[dict[str, Any]]:
        """Return the workflows of the bridge's discovery. Raises `BridgeFailure` for any other answer."""
        answer = await self.ask("GET", {"action": "discover"}, None)
        if problem := problem_of_discovery(answer):
            what = f"{self.shown_url} answered something that is not a discovery ({problem}): {redaction.excerpt(repr(answer), 200)}"
            raise BridgeFailure(what, status=200)
        workflows: list[dict[str, Any]] = answer["workflows"]
        self.agents = [str(one["agentId"]) for one in answer.get("agents") or ()]
        self._code = {one["workflowId"]: one.get("code") or "" for one in workflows}
        self._types = {
            (one["workflowId"], step["stepId"]): step["type"]
            for one in workflows
            for step in one.get("steps") or ()
        }
        return workflows

    async def execute(self, workflow_id: str, step_id: str, event: Event, *, job_id: str) -> BridgeAnswer:
        """Execute one step, as Novu's workers ask for it."""
        query = {
            "action": "execute",
            "environmentType": self._environment_type,
            "workflowId": workflow_id,
            "stepId": step_id,
            "jobId": job_id,
        }
        answer = BridgeAnswer.of(await self.ask("POST", query, event))
        kind = self._types.get((workflow_id, step_id), "")
        if problem := problem_of_outputs(answer.outputs, kind):
            raise BridgeFailure(f"the outputs are not those of a step {kind}: {problem}", status=200)
        return answer

    async def preview(self, workflow_id: str, step_id: str, event: Event) -> BridgeAnswer:
        """Preview one step, with made-up data for what `event` leaves out. Raises `BridgeFailure`."""
        query = {"action": "preview", "workflowId": workflow_id, "stepId": step_id}
        return BridgeAnswer.of(await self.ask("POST", query, event))

    def location(self, workflow_id: str, step_id: str) -> str | None:
        """Return the line within the workflow's code, as the bridge's discovery shows it."""
        for number, line in enumerate(self._code.get(workflow_id, "").splitlines(), 1):
            if f'"{step_id}"' in line or f"'{step_id}'" in line:
                return f"the code of {workflow_id}, line {number}"
        return None

    async def ask(self, method: str, query: dict[str, str], event: dict[str, Any] | None) -> Any:
        """Send a request, signed with the key, and return the answer's JSON. Raises `BridgeFailure` where that is not a success."""
        body = b"" if event is None else encode(event).encode("utf-8", "surrogatepass")
        headers = {"bypass-tunnel-reminder": "true"}
        if self.secret_key is not None:
            headers[HEADER] = sign(body, self.secret_key)
        if event is not None:
            headers["content-type"] = "application/json"
        try:
            url = self._base.copy_merge_params(query)
        except httpx.InvalidURL as error:  # an id of some 60,000 letters
            raise BridgeFailure(f"{self.shown_url} cannot be asked: {error}", status=400) from None
        request = httpx.Request(method, url, headers=headers, content=body)
        response = await self.send(request)
        try:
            answer = decode(response.content)
        except ValueError:
            answer = None
        if response.is_success and answer is not None:
            return answer
        raise _failure(response, answer, self.shown_url)


def _failure(response: httpx.Response, answer: Any, url: str) -> BridgeFailure:
    status = response.status_code
    if isinstance(answer, dict) and isinstance(answer.get("code"), str):
        message, code, data = str(answer.get("message")), answer["code"], answer.get("data")
        return BridgeFailure(message, status=status, code=code, data=data)
    if status == 404:
        return BridgeFailure(f"there is no bridge at {url}", status=status)
    if status == 405:
        return BridgeFailure(f"{url} does not take {response.request.method} requests", status=status)
    text = response.text.strip()
    said = f": {redaction.excerpt(text, 200)}" if text else ""
    return BridgeFailure(f"{url} answered {status}{said}", status=status)
