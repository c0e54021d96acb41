"""What a handler holds of its turn: a message that it sent, the typing sign, the approvals of tools. Each for both kinds of handlers."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from typing_extensions import TypeVar

from novu_framework._internal.threads import on_loop
from novu_framework.agents.approvals import AgentToolCall, PendingApproval
from novu_framework.agents.content import Content, Files
from novu_framework.agents.delivery import SentMessage
from novu_framework.agents.turn import Turn

T = TypeVar("T")


def _tool_call(id: str | None, name: str, input: Mapping[str, Any] | None) -> dict[str, Any]:
    known = {"id": id, "name": name, "input": input}
    return {key: value for key, value in known.items() if value is not None}


class _Handle:
    """A message that was sent.

    Attributes:
        message_id: The platform's own id of it.
        platform_thread_id: The platform's own id of its thread.
    """

    def __init__(self, turn: Turn, sent: SentMessage) -> None:
        self._turn = turn
        self._sent = sent

    @property
    def message_id(self) -> str:
        return self._sent.message_id

    @property
    def platform_thread_id(self) -> str:
        return self._sent.platform_thread_id

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.message_id!r}>"


class ReplyHandle(_Handle):
    """A message that was sent, to change or delete it."""

    async def edit(self, content: Content, *, files: Files | None = None) -> ReplyHandle:
        """Change the message in its place. Raises as `ctx.reply` does."""
        self._sent = await self._turn.edit(self.message_id, content, files)
        return self

    async def delete(self) -> None:
        """Delete the message. The history keeps it. Raises `AgentDeliveryError` where Novu refuses."""
        await self._turn.delivery.delete(self.message_id)


class Typing:
    """The sign that the agent is at work."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    async def __call__(self, status: str | None = None) -> None:
        """Show that the agent is at work, with a text where the platform shows one."""
        await self._turn.delivery.typing(status)

    async def stop(self) -> None:
        """Show it no longer. The end of the turn does so too."""
        await self._turn.delivery.typing(stop=True)


class ToolApproval:
    """Asks people whether a tool may be called."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    async def request(
        self, *, id: str | None = None, name: str, input: Mapping[str, Any] | None = None
    ) -> PendingApproval:
        """Ask, with a card of two buttons. The press of one comes to `on_tool_approval`.

        Args:
            id: The id of the call, which the decision names.
            name: The name of the tool.
            input: Its arguments.

        Returns:
            What a handler returns to reply nothing more.
        """
        return await self._turn.request_approval(_tool_call(id, name, input))


class Waiting:
    """The base of what a plain handler waits with, in its thread, for what is done on the loop."""

    _turn: Turn

    def _wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return on_loop(self._turn.loop, coroutine)


class SyncReplyHandle(_Handle, Waiting):
    """The `ReplyHandle` of a plain handler."""

    def edit(self, content: Content, *, files: Files | None = None) -> SyncReplyHandle:
        """Change the message in its place. Raises as `ctx.reply` does."""
        self._sent = self._wait(self._turn.edit(self.message_id, content, files))
        return self

    def delete(self) -> None:
        """Delete the message. The history keeps it. Raises `AgentDeliveryError` where Novu refuses."""
        self._wait(self._turn.delivery.delete(self.message_id))


class SyncTyping(Waiting):
    """The `Typing` of a plain handler."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def __call__(self, status: str | None = None) -> None:
        """Show that the agent is at work, with a text where the platform shows one."""
        self._wait(self._turn.delivery.typing(status))

    def stop(self) -> None:
        """Show it no longer. The end of the turn does so too."""
        self._wait(self._turn.delivery.typing(stop=True))


class SyncToolApproval(Waiting):
    """The `ToolApproval` of a plain handler."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def request(
        self, *, id: str | None = None, name: str, input: Mapping[str, Any] | None = None
    ) -> PendingApproval:
        """Ask, with a card of two buttons; see `ToolApproval.request`."""
        return self._wait(self._turn.request_approval(_tool_call(id, name, input)))


HandleT = TypeVar("HandleT", default=ReplyHandle, bound="ReplyHandle | SyncReplyHandle")


@dataclass(frozen=True)
class ToolApprovalDecision(Generic[HandleT]):
    """A decision about a call of a tool. In a plain handler: `ToolApprovalDecision[SyncReplyHandle]`.

    Attributes:
        tool_call: The call. Only `id` is known where the history no longer has the request.
        approved: Whether it may be made.
        approval_message: The message with the buttons. It stays until you remove it.
    """

    tool_call: AgentToolCall
    approved: bool
    approval_message: HandleT
