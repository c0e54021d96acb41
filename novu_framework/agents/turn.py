"""A turn: one event on one agent, with what it has queued and how it sends. Both kinds of context are doors into it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

from novu_framework.agents.approvals import (
    AgentToolCall,
    ApprovalRequest,
    PendingApproval,
    action_ids,
    is_approval_card,
)
from novu_framework.agents.bodies import AgentEvent
from novu_framework.agents.content import Content, Files, content_of, plain
from novu_framework.agents.delivery import SentMessage, delivery_of
from novu_framework.agents.effects import Effects
from novu_framework.client import Client
from novu_framework.errors import AgentInputError


class Turn:
    """One event on one agent.

    Args:
        body: The event.
        client: The settings, for the secret key and the connections.
        render_approval: Makes the message of an approval; None for Novu's own card.
    """

    def __init__(
        self,
        body: Mapping[str, Any],
        client: Client,
        render_approval: Callable[[ApprovalRequest], Any] | None = None,
    ) -> None:
        self.body: Final = AgentEvent(body)
        self.loop: Final = asyncio.get_running_loop()
        self.delivery: Final = delivery_of(client, body)
        self.effects: Final = Effects()
        conversation = body["conversation"]
        kept = conversation.get("metadata") if isinstance(conversation, dict) else None
        self.metadata: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        self._render_approval = render_approval

    async def reply(self, content: Content, files: Files | None = None) -> SentMessage:
        """Send a message, and with it what is pending."""
        checked = content_of(content, files)  # where it is wrong, nothing is taken
        return await self.delivery.message(checked, self.effects.take())

    async def edit(self, message_id: str, content: Content, files: Files | None = None) -> SentMessage:
        """Change a message; what is pending stays."""
        return await self.delivery.edit(message_id, content_of(content, files))

    async def request_approval(self, call: Mapping[str, Any]) -> PendingApproval:
        """Ask whether a tool may be called."""
        tool_call = AgentToolCall(plain(call))
        request = ApprovalRequest(tool_call, action_ids(tool_call.id))
        rendered = self._render_approval(request) if self._render_approval else None
        shown = request.approval_card() if rendered is None else rendered
        ids = {"approvalId": tool_call.id, "toolCallId": tool_call.id}
        known = {**ids, "name": tool_call.name, "input": tool_call.input}
        if self.effects.tool_approval_request is not None:  # the message of an earlier one was refused
            raise AgentInputError("Only one tool approval request can be queued before the next reply")
        self.effects.tool_approval_request = {key: one for key, one in known.items() if one is not None}
        if is_approval_card(shown):
            await self.delivery.approval(plain(shown), self.effects.take())
        else:
            await self.reply(shown)
        return PendingApproval()

    async def flush(self) -> None:
        """Send what is pending, if there is something."""
        if self.effects:
            await self.delivery.flush(self.effects.take())

    def signal(self, **members: Any) -> None:
        """Queue a signal."""
        self.effects.signals.append(members)
