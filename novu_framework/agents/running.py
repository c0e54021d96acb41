"""The course of a turn: the handler, what it returns, what it left pending, and what happens where it raises."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from novu_framework._internal.calling import from_loop, is_failure
from novu_framework._internal.functions import is_async
from novu_framework._internal.log_fields import log_fields
from novu_framework.agents.approvals import PendingApproval, call_of, decision_of
from novu_framework.agents.content import is_card
from novu_framework.agents.context import AgentContext, SyncAgentContext
from novu_framework.agents.delivery import SentMessage
from novu_framework.agents.handlers import EVENTS, Handlers
from novu_framework.agents.handles import ReplyHandle, SyncReplyHandle, ToolApprovalDecision
from novu_framework.agents.turn import Turn
from novu_framework.answers import observe
from novu_framework.client import Client
from novu_framework.errors import AgentError, message_of

logger: Final = logging.getLogger("novu_framework")


async def run_turn(
    agent_id: str, handlers: Handlers, event: str, body: Mapping[str, Any], client: Client
) -> None:
    """Run an event on an agent, to the last post of its turn. What the agent raises is reported to Novu, and logged.

    Args:
        agent_id: The agent's id.
        handlers: Its handlers.
        event: The event's name, as the query had it.
        body: The event.
        client: The settings, for the secret key and the connections.
    """
    if body.get("conversation") is None:
        logger.error(
            "[agent:%s] The event has no conversation (%s): nothing was run",
            agent_id,
            event,
            extra=log_fields(agent_id=agent_id, action=event),
        )
        return
    await _Course(agent_id, handlers, event, body, client).run()


class _Course:
    def __init__(
        self, agent_id: str, handlers: Handlers, event: str, body: Mapping[str, Any], client: Client
    ) -> None:
        self._agent_id = agent_id
        self._handlers = handlers
        self._event = event
        self._turn = Turn(body, client, handlers.get("render_approval"))
        self._contexts: dict[bool, AgentContext | SyncAgentContext] = {}

    async def run(self) -> None:
        turn = self._turn
        try:
            await self._reply_with(await self._handled())
            await turn.flush()
            await turn.delivery.completed()
        except BaseException as error:
            if not is_failure(error):
                raise
            await self._fail(error)
        with suppress(AgentError):
            await turn.delivery.typing(stop=True)
            await turn.flush()

    async def _handled(self) -> Any:
        """Call the handler of the event, if there is one, and return what it returns."""
        name = EVENTS.get(self._event)
        if name is None:
            known = ", ".join(f"`{one}`" for one in EVENTS)
            raise AgentError(f"Invalid query string: `action`=`{self._event}`. Please use one of {known}")
        body = self._turn.body
        if name == "on_action":
            decided = decision_of(body.action.get("id") if isinstance(body.action, Mapping) else None)
            if decided is not None and "on_tool_approval" in self._handlers:
                return await self._call("on_tool_approval", self._decision(*decided))
        if name not in self._handlers:
            return None
        return await self._call(name, *() if name == "on_resolve" else (getattr(body, name[3:]),))

    def _decision(self, approved: bool, approval_id: str) -> ToolApprovalDecision[Any]:
        body = self._turn.body
        call = call_of(body.get("history"), approval_id)
        sent = SentMessage(body["action"].get("sourceMessageId") or "", "")
        handle = ReplyHandle if is_async(self._handlers["on_tool_approval"]) else SyncReplyHandle
        return ToolApprovalDecision(call, approved, handle(self._turn, sent))

    async def _call(self, name: str, *arguments: Any) -> Any:
        handler = self._handlers[name]
        kind = is_async(handler)
        if kind not in self._contexts:
            self._contexts[kind] = (AgentContext if kind else SyncAgentContext)(self._turn)
        return await from_loop(handler, *arguments, self._contexts[kind])

    async def _reply_with(self, returned: Any) -> None:
        if returned is not None and not isinstance(returned, PendingApproval):
            await self._turn.reply(returned)

    async def _fail(self, error: BaseException) -> None:
        failure = _as_agent_error(error)
        observe(failure)
        logger.error(
            "[agent:%s] Turn failed (%s): %s",
            self._agent_id,
            self._event,
            failure.message,
            exc_info=error,
            extra=log_fields(agent_id=self._agent_id, action=self._event, error_code=failure.code),
        )
        try:
            if await self._is_handled(failure):
                await self._turn.delivery.completed()
            else:
                await self._turn.delivery.failed(failure.message)
        except AgentError as lost:
            observe(lost)
            logger.error("[agent:%s] The failure could not be reported: %s", self._agent_id, lost.message)

    async def _is_handled(self, failure: AgentError) -> bool:
        """Tell whether `on_error` took care of a failure."""
        if "on_error" not in self._handlers:
            return False
        try:
            returned = await self._call("on_error", failure)
            if isinstance(returned, Mapping) and returned.get("suppress") is True:
                return True
            if isinstance(returned, str) or is_card(returned) or _is_content(returned):
                await self._turn.reply(returned)
                return True
        except BaseException as error:
            if not is_failure(error):
                raise
            logger.error("[agent:%s] onError failed: %s", self._agent_id, message_of(error), exc_info=error)
        return False


def _is_content(value: Any) -> bool:
    return isinstance(value, Mapping) and not value.keys().isdisjoint({"markdown", "card", "files"})


def _as_agent_error(error: BaseException) -> AgentError:
    if isinstance(error, AgentError):
        return error
    failure = AgentError(message_of(error) or type(error).__name__)
    failure.__cause__ = error
    return failure
