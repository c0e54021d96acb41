"""The `ctx` of a handler: what came, and what an agent can do about it.

Whether a handler is `async def` or `def`, it does the same with the same names; a plain one gets `SyncAgentContext`, whose
methods need no `await`.
"""

from __future__ import annotations

from collections.abc import Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Generic

from typing_extensions import TypeVar

from novu_framework._internal.threads import on_loop
from novu_framework.agents.approvals import AgentToolCall, PendingApproval
from novu_framework.agents.content import Content, Files, plain
from novu_framework.agents.delivery import SentMessage
from novu_framework.agents.effects import Ttl, human_request
from novu_framework.agents.turn import Turn
from novu_framework.triggers import Recipient, Triggerable, recipients

T = TypeVar("T")


class AgentMetadata:
    """The values that are kept with a conversation, over all of its turns. What a turn writes goes out with its next reply."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    @property
    def current(self) -> Mapping[str, Any]:
        """A copy of all of it, with what this turn wrote."""
        return MappingProxyType(dict(self._turn.metadata))

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a key, with what this turn wrote."""
        return self._turn.metadata.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keep a value: anything that JSON has."""
        self._turn.metadata[key] = value = plain(value)
        self._turn.signal(type="metadata", action="set", key=key, value=value)

    def delete(self, key: str) -> None:
        """Keep a key no longer."""
        self._turn.metadata.pop(key, None)
        self._turn.signal(type="metadata", action="delete", key=key)

    def clear(self) -> None:
        """Keep nothing any more."""
        self._turn.metadata.clear()
        self._turn.signal(type="metadata", action="clear")


class AgentContextBase:
    """The common part of both contexts.

    Attributes:
        body: The whole event, as Novu sent it.
        event: Its name: `onMessage`, `onAction`, `onReaction` or `onResolve`.
        message, action, reaction: What happened; None for what did not.
        conversation: The conversation as it was when the event came.
        subscriber: Who takes part in it; None where Novu knows nobody.
        subscriber_access: `open` or `restricted`: whether people may talk to the agent whom Novu does not know.
        history: Its entries so far, the message of this turn among them.
        platform: `slack`, `email`, `telegram`, ...
        platform_context: The platform's own ids.
        notification: The notification that this turn replies to, or None.
        context: What the connection of the channel carries, such as the tenant, or None.
        human_response: The answer to an earlier `ask`, `approve` or `choose`, or None.
        metadata: What is kept with the conversation.
    """

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        body = turn.body
        self.body: Final = body
        self.event: str = body.event
        self.message: Final = body.message
        self.action: Final = body.action
        self.reaction: Final = body.reaction
        self.conversation: Final = body.conversation
        self.subscriber: Final = body.subscriber
        self.subscriber_access: Final = body.subscriber_access
        self.history: Final = body.history
        self.platform: str = body.platform
        self.platform_context: Final = body.platform_context
        self.notification: Final = body.notification
        self.context: Final = body.context
        self.human_response: Final = body.human_response
        self.metadata: Final = AgentMetadata(turn)

    # Queued: each of these goes out with the next reply, or at the end of the turn.

    def trigger(
        self,
        workflow: str | Triggerable,
        *,
        to: Recipient | Iterable[Recipient] | None = None,
        payload: Any = None,
    ) -> None:
        """Have Novu trigger a workflow.

        Args:
            workflow: Its id, or the `Workflow`, whose payload is validated at once.
            to: Who gets it, as for `Workflow.trigger`; the subscriber of the conversation if left out.
            payload: JSON data, or what the workflow's payload schema says.

        Raises:
            WorkflowPayloadInvalidError: The payload does not fit the workflow.
            ValueError, TypeError: Something in `to` cannot be a recipient.
        """
        given: dict[str, Any] = {}
        if not isinstance(workflow, str):
            payload, workflow = workflow.validate_payload(payload) or None, workflow.id
        if to is not None:
            given["to"] = plain(recipients(to))
        if payload is not None:
            given["payload"] = plain(payload)
        self._turn.signal(type="trigger", workflowId=workflow, **given)

    def resolve(self, summary: str | None = None) -> None:
        """Mark the conversation as resolved, with a summary for those who look it up. Novu then sends `onResolve`."""
        self._turn.effects.resolve = {} if summary is None else {"summary": plain(summary)}

    def add_reaction(self, message_id: str, emoji_name: str) -> None:
        """React to a message, by the platform's own id, with an emoji, by its short name (`thumbs_up`, `check_mark`)."""
        reaction = {"messageId": plain(message_id), "emojiName": plain(emoji_name)}
        self._turn.effects.add_reactions.append(reaction)

    def delete_message(self, message_id: str) -> None:
        """Delete a message, by the platform's own id. The history keeps it."""
        self._turn.effects.delete_messages.append({"messageId": plain(message_id)})

    def tool_result(
        self, id: str, *, name: str | None = None, output: Any, preview: str | None = None
    ) -> None:
        """Keep what a tool gave in the history, for later turns.

        Args:
            id: The id of the call.
            name: The name of the tool.
            output: What it gave: anything that JSON has.
            preview: The same in a few words, for people who look at the conversation.
        """
        known = {"toolCallId": id, "toolName": name, "preview": preview}
        given = {key: value for key, value in known.items() if value is not None}
        self._turn.effects.tool_results.append({**given, "output": plain(output)})

    def ask(
        self,
        question: str,
        *,
        ttl: Ttl | None = None,
        from_: str | None = None,
        to: str | Iterable[str] | None = None,
    ) -> str:
        """Ask a person a question. The answer comes as a later message, with `ctx.human_response`.

        Args:
            question: What they read.
            ttl: When the request expires: seconds or a `timedelta`; after 24 hours if left out.
            from_: Who asks, as they read it.
            to: Who may answer: subscriber ids, at most 50; the subscriber of the conversation if left out. The first
                answer counts.

        Returns:
            The id of the request, which `ctx.human_response.request_id` is later.

        Raises:
            AgentInputError: `to` has nobody, or too many.
        """
        return self._request("ask", question, ttl=ttl, from_=from_, to=to)

    def approve(
        self,
        action: str,
        *,
        ttl: Ttl | None = None,
        from_: str | None = None,
        to: str | Iterable[str] | None = None,
    ) -> str:
        """Ask a person to approve or deny something. The verdict comes as a later action, with `ctx.human_response`.

        Arguments, result and errors are those of `ask`.
        """
        return self._request("approve", action, ttl=ttl, from_=from_, to=to)

    def choose(
        self,
        question: str,
        options: Sequence[str],
        *,
        ttl: Ttl | None = None,
        from_: str | None = None,
        to: str | Iterable[str] | None = None,
    ) -> str:
        """Ask a person to choose one of 2 to 10 options. The choice comes as a later action, with `ctx.human_response`.

        Arguments, result and errors are those of `ask`.
        """
        return self._request("choose", question, options=options, ttl=ttl, from_=from_, to=to)

    def tell(
        self,
        message: str,
        *,
        ttl: Ttl | None = None,
        from_: str | None = None,
        to: str | Iterable[str] | None = None,
    ) -> str:
        """Tell a person something, to which no answer comes. Arguments, result and errors are those of `ask`."""
        return self._request("tell", message, ttl=ttl, from_=from_, to=to)

    def _request(self, kind: str, prompt: str, **options: Any) -> str:
        signal = human_request(kind, prompt, **options)
        self._turn.signal(**signal)
        request_id: str = signal["requestId"]
        return request_id


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


class AgentContext(AgentContextBase):
    """The `ctx` of an `async def` handler.

    Its attributes are what came (`message`, `conversation`, `subscriber`, `history`, ...). What has an `await` is sent at once;
    everything else is queued until the next reply or the end of the turn::

        await ctx.typing("Looking it up ...")
        ctx.metadata.set("order", 7)
        handle = await ctx.reply("Order 7 is on its way.")
    """

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn)
        self.typing: Final = Typing(turn)
        self.tool_approval: Final = ToolApproval(turn)

    async def reply(self, content: Content, *, files: Files | None = None) -> ReplyHandle:
        """Send a message, and with it what is queued.

        Args:
            content: A text in Markdown, or a `Card`.
            files: Files that come with it.

        Raises:
            AgentInputError: Content or files cannot be sent; what is queued stays so.
            AgentDeliveryError: Novu refused it. Whether it was delivered is then not known, and it is not sent again.
            AgentError: No answer came, or not the one that a delivered message has.
        """
        return ReplyHandle(self._turn, await self._turn.reply(content, files))

    async def emit(self, name: str, data: Any) -> None:
        """Send an event of your own. Only where Novu asks for events; otherwise nothing happens."""
        await self._turn.delivery.emit(name, plain(data))


class _Waiting:
    """The base of what a plain handler waits with, in its thread, for what is done on the loop."""

    _turn: Turn

    def _wait(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return on_loop(self._turn.loop, coroutine)


class SyncReplyHandle(_Handle, _Waiting):
    """The `ReplyHandle` of a plain handler."""

    def edit(self, content: Content, *, files: Files | None = None) -> SyncReplyHandle:
        """Change the message in its place. Raises as `ctx.reply` does."""
        self._sent = self._wait(self._turn.edit(self.message_id, content, files))
        return self

    def delete(self) -> None:
        """Delete the message. The history keeps it. Raises `AgentDeliveryError` where Novu refuses."""
        self._wait(self._turn.delivery.delete(self.message_id))


class SyncTyping(_Waiting):
    """The `Typing` of a plain handler."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def __call__(self, status: str | None = None) -> None:
        """Show that the agent is at work, with a text where the platform shows one."""
        self._wait(self._turn.delivery.typing(status))

    def stop(self) -> None:
        """Show it no longer. The end of the turn does so too."""
        self._wait(self._turn.delivery.typing(stop=True))


class SyncToolApproval(_Waiting):
    """The `ToolApproval` of a plain handler."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn

    def request(
        self, *, id: str | None = None, name: str, input: Mapping[str, Any] | None = None
    ) -> PendingApproval:
        """Ask, with a card of two buttons; see `ToolApproval.request`."""
        return self._wait(self._turn.request_approval(_tool_call(id, name, input)))


class SyncAgentContext(AgentContextBase, _Waiting):
    """The `ctx` of a plain `def` handler: as `AgentContext`, without `await`. The handler runs in a thread of its own."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn)
        self.typing: Final = SyncTyping(turn)
        self.tool_approval: Final = SyncToolApproval(turn)

    def reply(self, content: Content, *, files: Files | None = None) -> SyncReplyHandle:
        """Send a message, and with it what is queued; see `AgentContext.reply`."""
        return SyncReplyHandle(self._turn, self._wait(self._turn.reply(content, files)))

    def emit(self, name: str, data: Any) -> None:
        """Send an event of your own. Only where Novu asks for events; otherwise nothing happens."""
        self._wait(self._turn.delivery.emit(name, plain(data)))


HandleT = TypeVar("HandleT", default=ReplyHandle, bound="ReplyHandle | SyncReplyHandle")


@dataclass(frozen=True)
class ToolApprovalDecision(Generic[HandleT]):
    """A decision about a call of a tool. In a plain handler: `ToolApprovalDecision[SyncReplyHandle]`.

    Attributes:
        tool_call: The call. Only `id` is known where the history no longer has the request.
        approved: Whether it may be made.
        approval_message: The message with the buttons. Nobody removes it unless you do.
    """

    tool_call: AgentToolCall
    approved: bool
    approval_message: HandleT
