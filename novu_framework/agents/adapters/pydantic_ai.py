"""Agents of pydantic-ai.

from pydantic_ai import Agent
from novu_framework.agents.adapters.pydantic_ai import agent

assistant = Agent("openai:gpt-5", instructions="You help customers of a shop.")

@assistant.tool_plain(requires_approval=True)
def refund(order: str) -> str: ...

support = agent("support-bot", assistant)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from novu_framework.agents.adapters.answering import (
    Ask,
    AskedTool,
    Formatter,
    Options,
    Outcome,
    RanTool,
    answer,
    answering,
)
from novu_framework.agents.adapters.history import Item, Said, ToolUse, items_of
from novu_framework.agents.agent import Agent, Returned
from novu_framework.agents.context import AgentContext
from novu_framework.agents.handles import ToolApprovalDecision
from novu_framework.errors import MissingDependencyError

try:
    import pydantic_ai
    from pydantic_ai import DeferredToolRequests, DeferredToolResults, ToolDenied
    from pydantic_ai.messages import (
        DocumentUrl,
        ImageUrl,
        ModelMessage,
        ModelRequest,
        ModelResponse,
        TextPart,
        ToolCallPart,
        ToolReturnPart,
        UserContent,
        UserPromptPart,
    )
except ModuleNotFoundError as missing:
    raise MissingDependencyError(
        "`novu_framework.agents.adapters.pydantic_ai`", "pydantic-ai-slim", "pydantic-ai"
    ) from missing

__all__ = ["agent", "run", "to_messages"]


def agent(
    agent_id: str,
    assistant: pydantic_ai.Agent[Any, Any],
    *,
    options: Options = None,
    reply: Formatter = None,
) -> Agent:
    """Make an agent that answers with an agent of pydantic-ai.

    A tool with `requires_approval=True` is run once a person allowed it.

    Args:
        agent_id: The agent's identifier at Novu.
        assistant: The agent of pydantic-ai.
        options: Gives the arguments of its `run` for a turn: `lambda ctx: {"deps": ctx.subscriber}`.
        reply: Turns its output into the reply, where that is not text.
    """
    return answering(agent_id, _asking(assistant), options, reply)


async def run(
    assistant: pydantic_ai.Agent[Any, Any],
    ctx: AgentContext,
    decision: ToolApprovalDecision | None = None,
    *,
    options: Options = None,
    reply: Formatter = None,
) -> Returned:
    """Run an agent of pydantic-ai for a turn, and return what the handler is to return.

    Args:
        assistant: The agent of pydantic-ai.
        ctx: The context of the turn.
        decision: What `on_tool_approval` got, where that is the handler.
        options, reply: As for `agent`.
    """
    return await answer(ctx, decision, _asking(assistant), options, reply)


def _asking(assistant: pydantic_ai.Agent[Any, Any]) -> Ask:
    async def ask(history: list[Item], decided: list[ToolUse], given: dict[str, Any]) -> Outcome:
        messages = to_messages(history)
        if decided:
            messages.append(ModelResponse([_call(one) for one in decided]))
            verdicts = {one.id: True if one.approved else ToolDenied() for one in decided}
            given["deferred_tool_results"] = DeferredToolResults(approvals=dict(verdicts))
        kinds: Any = assistant.output_type
        kinds = [*kinds] if isinstance(kinds, (list, tuple)) else [kinds]
        if DeferredToolRequests not in kinds:
            given.setdefault("output_type", [*kinds, DeferredToolRequests])
        result = await assistant.run(message_history=messages, **given)
        parts = [part for message in result.new_messages() for part in message.parts]
        ran = [
            RanTool(part.tool_call_id, part.tool_name, part.content)
            for part in parts
            if isinstance(part, ToolReturnPart)
        ]
        if not isinstance(result.output, DeferredToolRequests):
            return Outcome(result.output, ran)
        waiting = result.output.approvals
        asked = [AskedTool(part.tool_call_id, part.tool_name, part.args_as_dict()) for part in waiting]
        return Outcome(result.response.text, ran, asked)

    return ask


def to_messages(items: AgentContext | Sequence[Item]) -> list[ModelMessage]:
    """Return the history of a turn as messages of pydantic-ai."""
    if isinstance(items, AgentContext):
        items = items_of(items)
    messages: list[ModelMessage] = []
    for item in items:
        if isinstance(item, ToolUse):
            returned = ToolReturnPart(item.name, item.outcome, item.id)
            messages += [ModelResponse([_call(item)]), ModelRequest([returned])]
        elif item.role == "assistant":
            messages.append(ModelResponse([TextPart(item.text)]))
        else:
            messages.append(ModelRequest([UserPromptPart(_content(item))]))
    return messages


def _content(said: Said) -> str | list[UserContent]:
    if not said.files:
        return said.text
    files = [
        ImageUrl(one.url, media_type=one.media_type)
        if one.is_image
        else DocumentUrl(one.url, media_type=one.media_type)
        for one in said.files
    ]
    return [*files, said.text] if said.text.strip() else [*files]


def _call(use: ToolUse) -> ToolCallPart:
    return ToolCallPart(use.name, dict(use.input), use.id)
