"""The `ctx` of a handler: what came, and what an agent can do about it.

Whether a handler is `async def` or `def`, it does the same with the same names; a plain one gets `SyncAgentContext`, whose
methods need no `await`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from novu_framework.agents.content import Content, Files, plain
from novu_framework.agents.effects import Ttl, human_request
from novu_framework.agents.handles import (
    ReplyHandle,
    SyncReplyHandle,
    SyncToolApproval,
    SyncTyping,
    ToolApproval,
    Typing,
    Waiting,
)
from novu_framework.agents.turn import Turn
from novu_framework.triggers import Recipient, Triggerable, recipients


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
            AgentInputError: `to` names no one, or too many people.
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


class SyncAgentContext(AgentContextBase, Waiting):
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
