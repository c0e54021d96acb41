"""Agents of LangChain and LangGraph.

from langchain.agents import create_agent
from langchain.agents.middleware import HumanInTheLoopMiddleware
from langgraph.checkpoint.memory import InMemorySaver
from novu_framework.agents.adapters.langchain import agent

assistant = create_agent(
    "openai:gpt-5",
    tools=[refund],
    middleware=[HumanInTheLoopMiddleware(interrupt_on={"refund": True})],
    checkpointer=InMemorySaver(),
)
support = agent("support-bot", assistant)
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Sequence
from typing import Any

from novu_framework._internal.threads import in_thread
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
from novu_framework.agents.adapters.history import Item, Said, SentFile, ToolUse, items_of
from novu_framework.agents.agent import Agent, Returned
from novu_framework.agents.context import AgentContext
from novu_framework.agents.handles import ToolApprovalDecision
from novu_framework.errors import AgentInputError, MissingDependencyError

try:
    from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, ToolCall, ToolMessage
    from langchain_core.runnables import Runnable
except ModuleNotFoundError as missing:
    raise MissingDependencyError(
        "`novu_framework.agents.adapters.langchain`", "langchain", "langchain"
    ) from missing

__all__ = ["agent", "run", "to_messages"]


def agent(
    agent_id: str,
    assistant: Runnable[Any, Any],
    *,
    options: Options = None,
    reply: Formatter = None,
    model_node: str = "model",
) -> Agent:
    """Make an agent that answers with an agent of LangChain, any graph with `messages`, or a chat model.

    A tool that its `HumanInTheLoopMiddleware` interrupts is run once a person allowed it. The graph needs a checkpointer for
    that; one in memory will do, since Novu keeps the conversation.

    Args:
        agent_id: The agent's identifier at Novu.
        assistant: The agent, graph or model.
        options: Gives the arguments of its `ainvoke` for a turn: `lambda ctx: {"context": ...}`.
        reply: Makes the reply of its last text.
        model_node: The node of the graph that calls the model.
    """
    return answering(agent_id, _asking(assistant, model_node), options, reply)


async def run(
    assistant: Runnable[Any, Any],
    ctx: AgentContext,
    decision: ToolApprovalDecision | None = None,
    *,
    options: Options = None,
    reply: Formatter = None,
    model_node: str = "model",
) -> Returned:
    """Run an agent of LangChain for a turn, and return what the handler is to return.

    Args:
        assistant: The agent, graph or model.
        ctx: The context of the turn.
        decision: What `on_tool_approval` got, where that is the handler.
        options, reply, model_node: As for `agent`.
    """
    return await answer(ctx, decision, _asking(assistant, model_node), options, reply)


def _asking(assistant: Any, model_node: str) -> Ask:
    async def ask(history: list[Item], decided: list[ToolUse], given: dict[str, Any]) -> Outcome:
        messages = to_messages(history)
        if not hasattr(assistant, "aupdate_state"):  # no graph: a model, or a chain that ends with one
            return Outcome(_text_of(await assistant.ainvoke(messages, **given)))
        config = {**given.pop("config", {})}
        # a thread of this turn only: Novu keeps the conversation
        config["configurable"] = {**config.get("configurable", {}), "thread_id": str(uuid.uuid4())}
        if decided:
            result = await _resumed(assistant, messages, decided, config, given, model_node)
        else:
            result = await _invoked(assistant, {"messages": messages}, config, given)
        new = result["messages"][len(messages) :]
        ran = [
            RanTool(one.tool_call_id, one.name, one.content) for one in new if isinstance(one, ToolMessage)
        ]
        interrupts = result.get("__interrupt__", ())
        names = [request["name"] for one in interrupts for request in one.value["action_requests"]]
        calls = new[-1].tool_calls if names else []
        asked = [AskedTool(call["id"], call["name"], call["args"]) for call in calls if call["name"] in names]
        return Outcome(_text_of(new[-1]), ran, asked)

    return ask


def to_messages(items: AgentContext | Sequence[Item]) -> list[BaseMessage]:
    """Return the history of a turn as messages of LangChain."""
    if isinstance(items, AgentContext):
        items = items_of(items)
    messages: list[BaseMessage] = []
    for item in items:
        if isinstance(item, ToolUse):
            messages.append(AIMessage("", tool_calls=[_call(item)]))
            messages.append(ToolMessage(item.outcome, tool_call_id=item.id, name=item.name))
        elif item.role == "assistant":
            messages.append(AIMessage(item.text))
        else:
            messages.append(HumanMessage(_content(item)))
    return messages


async def _resumed(
    graph: Any,
    messages: list[BaseMessage],
    calls: list[ToolUse],
    config: dict[str, Any],
    given: dict[str, Any],
    model_node: str,
) -> Any:
    """Go on with a run that waited for decisions. The graph is led there again: what its model said is put into its state."""
    from langgraph.types import Command

    said = AIMessage("", tool_calls=[_call(one) for one in calls])
    await graph.aupdate_state(config, {"messages": [*messages, said]}, as_node=model_node)
    result = await _invoked(graph, None, config, given)
    if "__interrupt__" not in result:
        raise AgentInputError(
            "The graph did not ask again whether its tools may be called: was it changed meanwhile?"
        )
    decisions = [{"type": "approve"} if one.approved else {"type": "reject"} for one in calls]
    return await _invoked(graph, Command(resume={"decisions": decisions}), config, given)


async def _invoked(graph: Any, given: Any, config: dict[str, Any], options: dict[str, Any]) -> Any:
    if sys.version_info >= (3, 11):
        return await graph.ainvoke(given, config, **options)
    # before, an async node of LangGraph cannot interrupt
    return await in_thread(graph.invoke, given, config, **options)


def _text_of(answered: Any) -> Any:
    return str(answered.text) if isinstance(answered, BaseMessage) else answered


def _call(use: ToolUse) -> ToolCall:
    return ToolCall(name=use.name, args=dict(use.input), id=use.id, type="tool_call")


def _content(said: Said) -> Any:
    if not said.files:
        return said.text
    text = [{"type": "text", "text": said.text}] if said.text.strip() else []
    return [*map(_file, said.files), *text]


def _file(file: SentFile) -> dict[str, str]:
    return {"type": "image" if file.is_image else "file", "url": file.url, "mime_type": file.media_type}
