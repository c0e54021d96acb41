"""What the pages of all libraries do alike: an agent around a run of the library, and a text as it comes."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from novu_framework.agents.adapters.history import Item, ToolUse, decided_calls, items_of
from novu_framework.agents.agent import Agent, Returned
from novu_framework.agents.bodies import AgentMessage
from novu_framework.agents.content import Content, is_card
from novu_framework.agents.context import AgentContext
from novu_framework.agents.handles import ReplyHandle, ToolApprovalDecision
from novu_framework.errors import AgentInputError

Options: TypeAlias = Callable[[AgentContext], Mapping[str, Any]] | None
"""Gives the arguments of the library's own run for a turn, such as its dependencies."""

Formatter: TypeAlias = Callable[[Any], Content | None] | None
"""Makes the reply of what the library gives."""


class RanTool(NamedTuple):
    """A tool that a run called, and what it gave."""

    id: str
    name: str | None
    output: Any


class AskedTool(NamedTuple):
    """A tool that a run wants to call once a person allowed it."""

    id: str
    name: str
    input: Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The result of a run.

    Attributes:
        output: What it gave.
        ran: The tools that it called.
        asked: The tools that a person is to allow.
    """

    output: Any
    ran: Sequence[RanTool] = ()
    asked: Sequence[AskedTool] = ()


Ask: TypeAlias = Callable[[list[Item], list[ToolUse], dict[str, Any]], Awaitable[Outcome]]
"""Runs a library: with the history, the calls of tools that were decided on, and the arguments of its own run."""


def answering(agent_id: str, ask: Ask, options: Options, reply: Formatter) -> Agent:
    """Make an agent that answers messages and decisions on tools with the runs of a library."""

    async def on_message(message: AgentMessage, ctx: AgentContext) -> Returned:
        return await answer(ctx, None, ask, options, reply)

    async def on_tool_approval(decision: ToolApprovalDecision, ctx: AgentContext) -> Returned:
        await ctx.typing()
        if decision.approval_message.message_id:
            await decision.approval_message.delete()
        return await answer(ctx, decision, ask, options, reply)

    made = Agent(agent_id, on_message)
    made.on_tool_approval(on_tool_approval)
    return made


async def answer(
    ctx: AgentContext, decision: ToolApprovalDecision | None, ask: Ask, options: Options, reply: Formatter
) -> Returned:
    """Run a library for a turn, and return what the handler is to return."""
    items = items_of(ctx, decision)
    decided = decided_calls(items, decision) if decision is not None else []
    if decided is None:
        return None
    given = dict(options(ctx)) if options else {}
    outcome = await ask([one for one in items if one not in decided], decided, given)
    allowed = {one.id for one in decided if one.approved}
    for ran in outcome.ran:
        # what ran beside a tool that waits would otherwise run again when that goes on
        if outcome.asked or ran.id in allowed:
            ctx.tool_result(ran.id, name=ran.name, output=ran.output)
    if not outcome.asked:
        return formatted(outcome.output, reply)
    if isinstance(outcome.output, str) and outcome.output.strip():
        await ctx.reply(outcome.output)
    for asked in outcome.asked:
        pending = await ctx.tool_approval.request(id=asked.id, name=asked.name, input=asked.input)
    return pending


def formatted(output: Any, reply: Formatter) -> Content | None:
    """Return the reply to what a library gives: a text or a card as it is, anything else as `reply` makes it.

    Raises:
        AgentInputError: It is neither, and there is no `reply`.
    """
    if reply is not None:
        return reply(output)
    if output is None or isinstance(output, str) or is_card(output):
        return output or None
    raise AgentInputError(
        f"The agent gave a {type(output).__name__}, which is neither a text nor a card: pass `reply=`, a function that turns it into one."
    )


async def reply_as_it_comes(ctx: AgentContext, pieces: AsyncIterable[str]) -> ReplyHandle | None:
    """Reply with a text that comes in pieces: the message is edited each time that it has doubled, and at the end.

    So a long text takes a dozen edits, whatever the number of pieces. Blank text alone is not a reply.

    Args:
        ctx: The context of the turn.
        pieces: What is added to the text, piece by piece.
    """
    text, shown, handle = "", 0, None
    async for piece in pieces:
        text += piece
        if len(text) < 2 * shown or not text.strip():
            continue
        shown = len(text)
        handle = await ctx.reply(text) if handle is None else await handle.edit(text)
    if handle is not None and len(text) > shown:
        await handle.edit(text)
    return handle
