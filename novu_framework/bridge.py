"""The bridge: a request in, a response out. Knows the protocol, and no web framework.

Answers as `@novu/framework` 2.13.2 does: its actions, its errors and its headers, on one path.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pydantic_core import from_json

from novu_framework import __version__, signature
from novu_framework._internal import bridge_spans, telemetry
from novu_framework._internal.cached import cached_property
from novu_framework._internal.calling import is_failure
from novu_framework._internal.deadlines import DeadlineError, TimeLimit
from novu_framework._internal.json_data import encode, json_types
from novu_framework._internal.log_fields import log_fields, step_fields
from novu_framework._internal.redaction import redaction
from novu_framework._internal.threads import Threads, in_place, pool, retrieve, threads_of
from novu_framework.answers import StepAnswer, observe
from novu_framework.client import Client
from novu_framework.discovery import one_loop
from novu_framework.errors import (
    AgentAlreadyExistsError,
    BridgeError,
    InvalidActionError,
    MethodNotAllowedError,
    NovuError,
    RequestInvalidError,
    SignatureMismatchError,
    StepNotFoundError,
    StepTimeoutError,
    WorkflowAlreadyExistsError,
    WorkflowNotFoundError,
    message_of,
)
from novu_framework.execution import Mode, execute
from novu_framework.workflow import Workflow

if TYPE_CHECKING:
    from novu_framework.agents.agent import Agent, AgentLike

FRAMEWORK_VERSION = "2024-06-26"
"""The version of the protocol."""

MAX_DEPTH = 100
"""How deep a body's arrays and objects may nest."""

GET_ACTIONS = ("discover", "health-check", "code")
_TRIGGER_KEYS = (
    "name",
    "to",
    "payload",
    "transactionId",
    "overrides",
    "actor",
    "bridgeUrl",
    "controls",
    "context",
)
MAX_HASHED_AT_ONCE = 256 * 1024
"""The largest body whose signature is checked on the event loop, in bytes: it takes less than a millisecond."""

_checks = Threads(1)
"""Where the signatures are checked that take longer, one at a time: a caller without a key occupies one thread."""

SLEEPING_HOSTS = ("AWS_LAMBDA_FUNCTION_NAME", "VERCEL")
"""Variables of hosts where a process sleeps as soon as it has answered: there an agent's turn ends before its acknowledgement."""

PATIENCE_WITH_AGENTS = 10.0
"""The seconds that the end of the process waits for a plain handler of an agent."""

_MODES: Mapping[str, Mode] = {"execute": "execute", "preview": "preview"}
POST_ACTIONS = ("trigger", "execute", "preview", "agent-event")
ACTIONS = (*GET_ACTIONS, *POST_ACTIONS)

logger: Final = logging.getLogger("novu_framework")


@dataclass(frozen=True, slots=True)
class BridgeRequest:
    """A request, as any web framework can give it. Its `repr` shows neither signature nor body: error reporters print it.

    Attributes:
        method: The HTTP method, in capitals.
        query: The query's parameters in order; the first of a name counts.
        headers: By lower-case name.
        body: The bytes that arrived; empty for none.
    """

    method: str
    query: Sequence[tuple[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


class BridgeResponse(NamedTuple):
    """A response: status, headers and the JSON body as bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class RequestHandler:
    """Serves workflows and agents over the bridge protocol.

    Args:
        workflows: What is served; every id once.
        client: The settings; `Client()`, from the environment, if left out.
        agents: The agents that are served; every id once.
        server: The name of the web framework, for the header `novu-framework-server`.

    Raises:
        WorkflowAlreadyExistsError: Two workflows have one id.
        AgentAlreadyExistsError: Two agents have one id.
        WorkflowDiscoveryError, StepAlreadyExistsError: A workflow cannot be discovered.
        MissingSecretKeyError: Signatures are required and no key is set.

    >>> import asyncio
    >>> from novu_framework import Client
    >>> handler = RequestHandler([], Client(secret_key="secret"))
    >>> asyncio.run(handler(BridgeRequest("GET"))).status
    200
    """

    def __init__(
        self,
        workflows: Iterable[Workflow] = (),
        client: Client | None = None,
        *,
        agents: Iterable[AgentLike] = (),
        server: str = "asgi",
    ) -> None:
        self.client: Final = client or Client()
        if self.client.strict_authentication:
            self.client.require_secret_key()
        self._previous_keys = self.client.previous_secret_keys
        redaction.hide(self.client.secret_key, *self._previous_keys, of=self)
        seconds = self.client.step_timeout
        self._pool = threads_of(self.client.max_threads, seconds)
        self._limit = TimeLimit(seconds) if seconds is not None else None
        if isinstance(workflows, Workflow):
            raise TypeError(
                "workflows is a list, also where there is one: serve(app, workflows=[my_workflow])"
            )
        self.workflows: dict[str, Workflow] = {}
        with one_loop():
            for workflow in workflows:
                if not isinstance(workflow, Workflow):
                    raise TypeError(f"workflows are functions decorated with @workflow, not {workflow!r}")
                if workflow.id in self.workflows:
                    raise WorkflowAlreadyExistsError(workflow.id)
                workflow.prepare()
                self.workflows[workflow.id] = workflow
        self.agents: Final = _by_id(agents)
        self._turns: set[asyncio.Task[None]] = set()
        self.headers: dict[str, str] = {
            "content-type": "application/json",
            "access-control-allow-origin": "*",
            "access-control-allow-private-network": "true",
            "access-control-allow-methods": "GET, POST",
            "access-control-allow-headers": "*",
            "access-control-max-age": "604800",
            "novu-framework-version": FRAMEWORK_VERSION,
            "novu-framework-sdk": __version__,
            "novu-framework-server": server,
            "user-agent": f"novu-framework:v{__version__}",
        }

    def __call__(self, request: BridgeRequest) -> Coroutine[Any, Any, BridgeResponse]:
        """Answer a request; to be awaited. Does not raise: errors become answers."""
        if request.method != "OPTIONS" and (current := telemetry.current()) is not None:
            return bridge_spans.recorded(
                current, self._respond, request, request.query, self.workflows, ACTIONS
            )
        return self._respond(request)

    async def _respond(self, request: BridgeRequest) -> BridgeResponse:
        try:
            status, body = await self._answer(request)
        except NovuError as error:
            return self.refuse(error)
        except BaseException as error:
            if not is_failure(error):
                observe(error)  # what wraps this app may hold it back
                raise
            query = dict(reversed(request.query))
            log_failure(error, query.get("workflowId"), query.get("stepId"), query.get("action"))
            return self.refuse(BridgeError(error))
        return BridgeResponse(status, self.headers, body)

    def refuse(self, error: NovuError) -> BridgeResponse:
        """Return the response of an error, without the secret key that the message of an exception may quote.

        An adapter calls it for an error that it meets before it has read the whole request.
        """
        observe(error)
        bridge_spans.refused(error)
        body = redaction.redacted(encode(error.to_dict()).decode()).encode()
        return BridgeResponse(error.status, self.headers, body)

    async def _answer(self, request: BridgeRequest) -> tuple[int, bytes]:
        method = request.method
        if method == "OPTIONS":  # a browser cannot sign its preflight
            return 200, b"{}"
        query: dict[str, str] = {}
        for name, value in request.query:
            query.setdefault(name, value)
        action = query.get("action") or "health-check"
        if action != "health-check" and self.client.strict_authentication:
            await self._authenticate(request)
        if method == "GET":
            return 200, self._get(action, query)
        if method == "POST":
            return await self._post(action, query, request.body)
        raise MethodNotAllowedError

    async def _authenticate(self, request: BridgeRequest) -> None:
        """Check the signature. Whatever the body, the event loop is held for no more than the hashing of 256 KiB."""
        body = request.body if request.method == "POST" else b""
        header, key = request.headers.get(signature.HEADER), self.client.secret_key
        verify = partial(signature.verify, header, body, key, previous_secret_keys=self._previous_keys)
        if len(body) * (1 + len(self._previous_keys)) <= MAX_HASHED_AT_ONCE:
            try:
                return verify(rewritten=False)
            except SignatureMismatchError:
                if not signature.may_be_rewritten(body):
                    raise
        await _checks.call(verify)

    # --- GET ---

    def _get(self, action: str, query: Mapping[str, str]) -> bytes:
        if action == "health-check":
            return self._health
        if action == "discover":
            return self._discovery
        if action == "code":
            return encode({"code": self._code(query.get("workflowId", ""), query.get("stepId", ""))})
        raise InvalidActionError(action, GET_ACTIONS)

    @cached_property
    def _health(self) -> bytes:
        return encode(
            {
                "status": "ok",
                "sdkVersion": __version__,
                "frameworkVersion": FRAMEWORK_VERSION,
                "discovered": {
                    "workflows": len(self.workflows),
                    "steps": sum(len(workflow.steps) for workflow in self.workflows.values()),
                },
            }
        )

    @cached_property
    def _discovery(self) -> bytes:
        return encode(self._discovered())

    def _discovered(self) -> dict[str, Any]:
        return {
            "workflows": [workflow.discover() for workflow in self.workflows.values()],
            "agents": [{"agentId": agent_id} for agent_id in self.agents],
        }

    def _code(self, workflow_id: str, step_id: str) -> str:
        workflow = self._workflow(workflow_id)
        if not step_id:
            return workflow.code
        step = workflow.steps.get(step_id)
        if step is None:
            raise StepNotFoundError(step_id)
        return step.code

    # --- POST ---

    async def _post(self, action: str, query: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        workflow_id, step_id = query.get("workflowId", ""), query.get("stepId", "")
        if (mode := _MODES.get(action)) is not None:
            event = decode(body)
            of_step = bridge_spans.observed(self.run) if bridge_spans.is_recording() else self.run
            run = of_step(workflow_id, step_id, event, mode)
            try:
                # where plain functions run in place, a simulation or a debugger may hold them up
                answer = await (run if self._limit is None or in_place.get() else self._limit.keep(run))
            except DeadlineError:
                raise self._late(workflow_id, step_id, event, mode) from None
            return 200, encode(answer.to_protocol())
        if action == "trigger":
            return await self._trigger(workflow_id, decode(body))
        if action == "agent-event":
            return await self._agent_event(query.get("agentId", ""), query.get("event", ""), body)
        raise InvalidActionError(action, POST_ACTIONS)

    def _late(self, workflow_id: str, step_id: str, event: Mapping[str, Any], mode: Mode) -> StepTimeoutError:
        error = StepTimeoutError(workflow_id, step_id, self.client.step_timeout or 0)
        fields = step_fields(workflow_id, step_id, mode, event, error_code=error.code)
        logger.error("%s", error.message, extra=fields)
        return error

    async def _agent_event(self, agent_id: str, event: str, body: bytes) -> tuple[int, bytes]:
        """Acknowledge an event, and let its turn go on."""
        if agent_id not in self.agents:
            return 404, encode({"error": redaction.redacted(f"Agent '{agent_id}' not registered")})
        turn = asyncio.create_task(self.turn(agent_id, event, decode(body)), name=f"novu-agent-{agent_id}")
        self._turns.add(turn)  # the loop itself keeps no task alive
        turn.add_done_callback(self._turns.discard)
        turn.add_done_callback(retrieve)
        if any(map(os.environ.get, SLEEPING_HOSTS)):
            await asyncio.wait([turn])
        return 200, b'{"status":"ack"}'

    async def _trigger(self, workflow_id: str, event: Mapping[str, Any]) -> tuple[int, bytes]:
        body = {"name": workflow_id, "payload": {}, "overrides": {}}
        body.update((key, event[key]) for key in _TRIGGER_KEYS if event.get(key) is not None)
        if "agentId" in event:  # also one that is null
            body["agentId"] = event["agentId"]
        return 200, encode(await self.client._pass_on_async(body))

    # --- the same without HTTP, for the simulation and other tools ---

    async def discover(self) -> dict[str, Any]:
        """Return the answer to `GET ?action=discover`."""
        return self._discovered()

    async def run(self, workflow_id: str, step_id: str, event: Mapping[str, Any], mode: Mode) -> StepAnswer:
        """Run one step for an event, in this bridge's threads; see `novu_framework.execution.execute`."""
        token = pool.set(self._pool)
        try:
            answer = await execute(self._workflow(workflow_id), step_id, event, mode)
        finally:
            pool.reset(token)
        if self.client.verbose:
            self.client.logger.info(
                "%s workflow `%s`, step `%s`: %.2f ms",
                mode,
                workflow_id,
                step_id,
                answer.duration,
                extra=step_fields(workflow_id, step_id, mode, event),
            )
        return answer

    async def execute(
        self, workflow_id: str, step_id: str, event: Mapping[str, Any], action: Mode = "execute"
    ) -> dict[str, Any]:
        """Return the answer to `POST ?action=execute` or `preview`.

        Raises:
            NovuError: What the protocol would answer with an error's status.
        """
        try:
            return (await self.run(workflow_id, step_id, json_types(event), action)).to_protocol()
        except NovuError:
            raise
        except Exception as error:
            raise redaction.quoting(BridgeError(error)) from error

    async def turn(self, agent_id: str, event: str, body: Mapping[str, Any]) -> None:
        """Run an event on an agent, to the last post of its turn. `POST ?action=agent-event` acknowledges it before.

        Raises:
            KeyError: There is no such agent.
        """
        token = pool.set(threads_of(self.client.max_threads, PATIENCE_WITH_AGENTS))
        try:
            await self.agents[agent_id].run(event, body, self.client)
        finally:
            pool.reset(token)

    async def finish_turns(self) -> None:
        """Wait for the turns that go on after their acknowledgement, in the running event loop."""
        loop = asyncio.get_running_loop()
        while running := [turn for turn in self._turns if turn.get_loop() is loop]:
            await asyncio.wait(running)

    def _workflow(self, workflow_id: str) -> Workflow:
        workflow = self.workflows.get(workflow_id)
        if workflow is None:
            raise WorkflowNotFoundError(workflow_id)
        return workflow


def _by_id(agents: Iterable[AgentLike]) -> dict[str, Agent]:
    known: dict[str, Agent] = {}
    if isinstance(agents, (list, tuple)) and not agents:  # an app without agents does not load them
        return known
    from novu_framework.agents import Agent

    if isinstance(agents, Agent):
        raise TypeError("agents is a list, also where there is one: serve(app, agents=[my_agent])")
    for agent in agents:
        if not isinstance(agent, Agent):
            raise TypeError(f"agents are functions or classes decorated with @agent, not {agent!r}")
        if agent.id in known:
            raise AgentAlreadyExistsError(agent.id)
        known[agent.id] = agent
    return known


def log_failure(
    error: BaseException, workflow_id: str | None, step_id: str | None, action: str | None
) -> None:
    """Log what the user's code raised outside of a function of a step, with its traceback."""
    fields = log_fields(workflow_id=workflow_id, step_id=step_id, action=action, error_code=BridgeError.code)
    logger.error(
        "The bridge failed: %s: %s", type(error).__name__, message_of(error), exc_info=error, extra=fields
    )


def decode(body: bytes) -> dict[str, Any]:
    """Read a request's body, a JSON object; an empty body, or another JSON value, is an empty one.

    Raises:
        RequestInvalidError: It is not UTF-8, not JSON, or nested too deeply.
    """
    if not body:
        return {}
    try:
        value = from_json(body, allow_inf_nan=False, cache_strings="keys")
    except ValueError:  # or a lone surrogate, which the slower parser takes
        value = _decode_slowly(body)
    if _is_deeper_than(MAX_DEPTH, body, value):
        raise _too_deep()
    return value if isinstance(value, dict) else {}  # the package reads it like an event without keys


def _decode_slowly(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise RequestInvalidError(
            "The body of the request is not UTF-8. Please send JSON in UTF-8."
        ) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        raise RequestInvalidError(f"The body of the request is not JSON: {error}") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON value")


def _too_deep() -> RequestInvalidError:
    return RequestInvalidError(f"The body of the request is nested deeper than {MAX_DEPTH} levels.")


# The walk over the value alone makes an execute 6% (a body of 1 KB) to 35% (10 KB and more) slower.
_AS_BRACES = bytes.maketrans(b"[]", b"{}")
_MAX_COUNTED = 8192  # a longer body hardly ever has so few of them
_MAX_BRACES = 50_000  # as many rounds over more of them take longer than the walk
_NEITHER_BRACKETS_NOR_QUOTES = bytes(set(range(256)) - set(b'{}[]"'))


def _is_deeper_than(limit: int, body: bytes, value: Any) -> bool:
    """Tell whether the arrays and objects of a JSON text, or of what it was parsed to, nest deeper than ``limit``."""
    if len(body) <= _MAX_COUNTED and body.count(b"{") + body.count(b"[") <= limit:
        return False
    if b"\\" not in body:
        marks = body.translate(_AS_BRACES, _NEITHER_BRACKETS_NOR_QUOTES)
        # where all quotes are next to their twins, no bracket is in a string, and each round takes the innermost level away
        if (
            marks.count(b'"') == 2 * marks.count(b'""')
            and len(braces := marks.translate(None, b'"')) <= _MAX_BRACES
        ):
            for _ in range(limit):
                braces = braces.replace(b"{}", b"")
                if not braces:
                    return False
    level: list[Any] = [value]
    for _ in range(limit):
        level = [
            item
            for container in level
            for item in (container.values() if type(container) is dict else container)
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return False
    return True
