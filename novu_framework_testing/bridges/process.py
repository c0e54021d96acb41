"""Workflows of this process, called without HTTP. What they get and give has been JSON in between, as on the wire."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from novu_framework._internal.calling import is_failure
from novu_framework._internal.json_data import encode
from novu_framework.bridge import RequestHandler, log_failure
from novu_framework.client import Client
from novu_framework.errors import BridgeError, NovuError
from novu_framework.workflow import Workflow
from novu_framework_testing._internal.wire import decode, to_plain_json
from novu_framework_testing.bridges.base import BridgeAnswer, BridgeFailure, Event
from novu_framework_testing.bridges.lifespan import release, state_of

if TYPE_CHECKING:
    from novu_framework.agents import Agent


class ProcessBridge:
    """One workflow of this process, and the app whose lifespan it needs, if any."""

    def __init__(self, workflow: Workflow[Any], *, secret_key: str, app: Any = None) -> None:
        self.workflow = workflow
        self._app = app
        self._locations: dict[str, str | None] = {}
        self._handler = RequestHandler([workflow], Client(secret_key=secret_key, strict_authentication=False))

    async def discover(self) -> list[dict[str, Any]]:
        """Return the workflow as discovery shows it."""
        return [to_plain_json(self.workflow.discover())]

    async def execute(self, workflow_id: str, step_id: str, event: Event, *, job_id: str) -> BridgeAnswer:
        """Execute one step in this process."""
        if self._app is not None:
            await state_of(self._app, self)
        try:
            answer = await self._handler.run(workflow_id, step_id, event, "execute")
            outputs, providers = decode(encode((answer.outputs, answer.providers)))
        except BaseException as error:
            if not is_failure(error):
                raise
            if isinstance(error, NovuError):
                raise BridgeFailure.of_error(error) from error
            log_failure(error, workflow_id, step_id, "execute")
            raise BridgeFailure.of_error(BridgeError(error)) from error
        return BridgeAnswer(outputs, providers, answer.skip, answer.warnings)

    async def aclose(self) -> None:
        """Stop the app's lifespan, unless another bridge needs it. Raises `BridgeFailure` where it fails."""
        await release(self)

    async def preview(self, workflow_id: str, step_id: str, event: Event) -> BridgeAnswer:
        """Preview one step, with made-up data for what `event` leaves out. Raises `BridgeFailure`."""
        try:
            answer = await self._handler.run(workflow_id, step_id, event, "preview")
        except NovuError as error:
            raise BridgeFailure.of_error(error) from error
        outputs, providers = decode(encode((answer.outputs, answer.providers)))
        return BridgeAnswer(outputs, providers, answer.skip)

    def location(self, workflow_id: str, step_id: str) -> str | None:
        """Return the line of the handler that names the step, `file.py:12`."""
        if step_id not in self._locations:
            self._locations[step_id] = step_location(self.workflow.handler, step_id)
        return self._locations[step_id]


class ProcessAgent:
    """An agent of this process, called without HTTP. It is asked as a bridge is, and answers when its turn is over.

    Args:
        agent: The agent.
        secret_key: The key of what it posts.
        app: The ASGI app whose lifespan it needs, if any.
    """

    def __init__(self, agent: Agent, *, secret_key: str, app: Any = None) -> None:
        self.agent = agent
        self._app = app
        self._client = Client(secret_key=secret_key, strict_authentication=False)

    async def ask(self, method: str, query: dict[str, str], event: dict[str, Any] | None) -> Any:
        """Run an event to the end of its turn."""
        if self._app is not None:
            await state_of(self._app, self)
        await self.agent.run(query["event"], event or {}, self._client)
        return {"status": "ack"}

    async def aclose(self) -> None:
        """Stop the app's lifespan, unless another bridge needs it. Raises `BridgeFailure` where it fails."""
        await release(self)


def step_location(handler: Callable[..., Any], step_id: str) -> str | None:
    """Return the line of a handler that names a step, or the handler's own (for an empty id too): `file.py:12`."""
    function = inspect.unwrap(handler)
    try:
        lines, first = inspect.getsourcelines(function)
        file = inspect.getsourcefile(function) or inspect.getfile(function)
    except (OSError, TypeError):
        return None
    if file.startswith("<"):  # made by `exec`; Python 3.13 has its lines, and nobody else does
        return None
    named = re.compile(rf"""(['"]){re.escape(step_id)}\1""")
    line = next((number for number, text in enumerate(lines, first) if step_id and named.search(text)), first)
    is_below = file.startswith(os.getcwd() + os.sep)
    return f"{os.path.relpath(file) if is_below else os.path.basename(file)}:{line}"
