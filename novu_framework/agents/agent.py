"""`@agent`, and what it makes of handlers: an `Agent`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, Protocol, TypeAlias, overload

from typing_extensions import TypeVar

from novu_framework.agents.approvals import ApprovalRequest, PendingApproval
from novu_framework.agents.bodies import AgentAction, AgentMessage, AgentReaction
from novu_framework.agents.content import Content
from novu_framework.agents.context import AgentContext, SyncAgentContext
from novu_framework.agents.handlers import checked, handlers_of
from novu_framework.agents.handles import ReplyHandle, SyncReplyHandle, ToolApprovalDecision
from novu_framework.agents.running import run_turn
from novu_framework.client import Client
from novu_framework.errors import AgentError

Returned: TypeAlias = Content | PendingApproval | None
"""What a handler returns: a text or a card, which is the reply, or nothing."""

SUPPRESS: Mapping[str, Any] = {"suppress": True}
"""What `on_error` returns so that no one is told."""

_T = TypeVar("_T")
_AsyncHandler: TypeAlias = Callable[[_T, AgentContext], Awaitable[Returned]]
_SyncHandler: TypeAlias = Callable[[_T, SyncAgentContext], Returned]
_OnAction = TypeVar("_OnAction", bound="_AsyncHandler[AgentAction] | _SyncHandler[AgentAction]")
_OnReaction = TypeVar("_OnReaction", bound="_AsyncHandler[AgentReaction] | _SyncHandler[AgentReaction]")
_OnResolve = TypeVar(
    "_OnResolve",
    bound="Callable[[AgentContext], Awaitable[Returned]] | Callable[[SyncAgentContext], Returned]",
)
_OnToolApproval = TypeVar(
    "_OnToolApproval",
    bound="_AsyncHandler[ToolApprovalDecision[ReplyHandle]] | _SyncHandler[ToolApprovalDecision[SyncReplyHandle]]",
)
_OnError = TypeVar(
    "_OnError",
    bound="Callable[[AgentError, AgentContext], Awaitable[object]] | Callable[[AgentError, SyncAgentContext], object]",
)
_Render = TypeVar("_Render", bound="Callable[[ApprovalRequest], Content | None]")


class MessageHandling(Protocol):
    """A class, or an object, with a method for each handler."""

    @property
    def on_message(self) -> _AsyncHandler[AgentMessage] | _SyncHandler[AgentMessage]:
        """The handler of messages."""
        ...


class _AgentDecorator(Protocol):
    @overload
    def __call__(self, handlers: type[MessageHandling], /) -> Agent: ...
    @overload
    def __call__(self, handlers: MessageHandling, /) -> Agent: ...
    @overload
    def __call__(self, handlers: _AsyncHandler[AgentMessage], /) -> Agent: ...
    @overload
    def __call__(self, handlers: _SyncHandler[AgentMessage], /) -> Agent: ...


def agent(agent_id: str) -> _AgentDecorator:
    """Make an `Agent` of a function, which gets the messages of a conversation.

    A text or a card that it returns is the reply. The methods of the agent decorate the handlers of other events. A class with
    a method for each handler (`on_message(self, message, ctx)`, `on_action`, ...) makes an agent as well.

    Args:
        agent_id: The agent's identifier at Novu.

    Raises:
        TypeError: A handler cannot be called as it will be, or there is none for messages; the message says which.
        ValueError: The id is empty.

    >>> from novu_framework import AgentContext, agent
    >>> from novu_framework.agents import AgentAction, AgentMessage
    >>> @agent("support-bot")
    ... async def support(message: AgentMessage, ctx: AgentContext) -> str:
    ...     return f"You said: {message.text}"
    >>> @support.on_action
    ... async def pressed(action: AgentAction, ctx: AgentContext) -> None:
    ...     ctx.metadata.set("choice", action.value)
    >>> support
    <Agent 'support-bot': on_message, on_action>
    """
    if not isinstance(agent_id, str):
        raise TypeError(f'@agent takes the id of the agent: @agent("support-bot"), not {agent_id!r}')

    def decorate(handlers: Any) -> Agent:
        return Agent(agent_id, handlers)

    return decorate


class Agent:
    """A conversational agent, made by `@agent`.

    Args:
        agent_id: Its identifier at Novu.
        handlers: The message handler; or a class, or an object, with a method for each handler.

    Attributes:
        id: Its identifier.
        handlers: Its handlers by name, such as `on_message`.
    """

    def __init__(self, agent_id: str, handlers: Any) -> None:
        if not isinstance(agent_id, str) or not agent_id:
            raise ValueError(f"an agent's id is a non-empty string, not {agent_id!r}")
        self.id = agent_id
        self.handlers: Final = handlers_of(agent_id, handlers)

    def __repr__(self) -> str:
        known = vars(self)  # nothing yet, where it was refused
        return f"<Agent {known.get('id')!r}: {', '.join(known.get('handlers', ()))}>"

    def on_action(self, handler: _OnAction) -> _OnAction:
        """Handle presses of buttons and other choices: `(action, ctx)`."""
        return self._handle("on_action", handler)

    def on_reaction(self, handler: _OnReaction) -> _OnReaction:
        """Handle emojis that are added to messages, or taken away: `(reaction, ctx)`."""
        return self._handle("on_reaction", handler)

    def on_resolve(self, handler: _OnResolve) -> _OnResolve:
        """Handle the end of a conversation, after `ctx.resolve`: `(ctx)`."""
        return self._handle("on_resolve", handler)

    def on_tool_approval(self, handler: _OnToolApproval) -> _OnToolApproval:
        """Handle what a person decided about a call of a tool, after `ctx.tool_approval.request`: `(decision, ctx)`."""
        return self._handle("on_tool_approval", handler)

    def on_error(self, handler: _OnError) -> _OnError:
        """Handle what another handler raised: `(error, ctx)`.

        A text or a card that it returns is the reply. `SUPPRESS` says nothing to anybody. With anything else, Novu tells the
        person that something went wrong.
        """
        return self._handle("on_error", handler)

    def render_approval(self, function: _Render) -> _Render:
        """Make the message of an approval: a plain function of an `ApprovalRequest`.

        It returns `request.approval_card(title=...)`, a text, a card with the ids of `request.action_ids`, or None.
        """
        return self._handle("render_approval", function)

    def _handle(self, name: str, handler: _T) -> _T:
        if name in self.handlers:
            raise TypeError(f"agent `{self.id}` has two handlers `{name}`.")
        self.handlers[name] = checked(self.id, name, handler)
        return handler

    async def run(self, event: str, body: Mapping[str, Any], client: Client) -> None:
        """Run one event to the last post of its turn. Does not raise: what a handler raises is reported to Novu, and logged.

        Args:
            event: `onMessage`, `onAction`, `onReaction` or `onResolve`.
            body: The event, as Novu sends it.
            client: The settings, for the secret key and the connections.
        """
        await run_turn(self.id, self.handlers, event, body, client)


AgentLike: TypeAlias = Agent | type[MessageHandling]
"""An agent. A decorated class is one as well, which not every type checker knows."""
