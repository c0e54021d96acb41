"""Agents of the OpenAI Agents SDK.

from agents import Agent, function_tool
from novu_framework.agents.adapters.openai_agents import agent

@function_tool(needs_approval=True)
def refund(order: str) -> str: ...

support = agent("support-bot", Agent("Support", instructions="You help customers of a shop.", tools=[refund]))
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from novu_framework._internal.json_data import encode
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
from novu_framework.errors import MissingDependencyError

try:
    import agents
    from agents import (
        ItemHelpers,
        Model,
        ModelResponse,
        RunConfig,
        Runner,
        RunResult,
        ToolCallOutputItem,
        Usage,
    )
    from openai.types.responses import ResponseFunctionToolCall
except ModuleNotFoundError as missing:
    raise MissingDependencyError(
        "`novu_framework.agents.adapters.openai_agents`", "openai-agents", "openai-agents"
    ) from missing

__all__ = ["agent", "run", "to_messages"]


def agent(
    agent_id: str, assistant: agents.Agent[Any], *, options: Options = None, reply: Formatter = None
) -> Agent:
    """Make an agent that answers with an agent of the OpenAI Agents SDK.

    A tool with `needs_approval=True` is run once a person allowed it.

    Args:
        agent_id: The agent's identifier at Novu.
        assistant: The agent of the SDK.
        options: Gives the arguments of `Runner.run` for a turn: `lambda ctx: {"context": ctx.subscriber}`.
        reply: Turns its output into the reply, where that is not text.
    """
    return answering(agent_id, _asking(assistant), options, reply)


async def run(
    assistant: agents.Agent[Any],
    ctx: AgentContext,
    decision: ToolApprovalDecision | None = None,
    *,
    options: Options = None,
    reply: Formatter = None,
) -> Returned:
    """Run an agent of the SDK for a turn, and return what the handler is to return.

    Args:
        assistant: The agent of the SDK.
        ctx: The context of the turn.
        decision: What `on_tool_approval` got, where that is the handler.
        options, reply: As for `agent`.
    """
    return await answer(ctx, decision, _asking(assistant), options, reply)


def _asking(assistant: agents.Agent[Any]) -> Ask:
    async def ask(history: list[Item], decided: list[ToolUse], given: dict[str, Any]) -> Outcome:
        messages = to_messages(history)
        if decided:
            result = await _resumed(assistant, messages, decided, given)
        else:
            result = await Runner.run(assistant, messages, **given)
        raw: list[tuple[type, Any]] = [(type(item), item.raw_item) for item in result.new_items]
        names = {one.id: one.name for one in decided}
        names |= {call.call_id: call.name for _, call in raw if isinstance(call, ResponseFunctionToolCall)}
        ran = [
            RanTool(output["call_id"], names.get(output["call_id"]), output["output"])
            for kind, output in raw
            if kind is ToolCallOutputItem and isinstance(output, dict) and output["call_id"] in names
        ]
        if not result.interruptions:
            return Outcome(result.final_output, ran)
        said = ItemHelpers.text_message_outputs(result.new_items)
        return Outcome(said, ran, [_asked(item.raw_item) for item in result.interruptions])

    return ask


def to_messages(items: AgentContext | Sequence[Item]) -> list[Any]:
    """Return the history of a turn as items of the Responses API."""
    if isinstance(items, AgentContext):
        items = items_of(items)
    messages: list[Any] = []
    for item in items:
        if isinstance(item, ToolUse):
            returned = {"type": "function_call_output", "call_id": item.id, "output": item.outcome}
            messages += [_call(item).model_dump(exclude_unset=True), returned]
        else:
            messages.append({"role": item.role, "content": _content(item)})
    return messages


async def _resumed(
    assistant: agents.Agent[Any], history: list[Any], calls: list[ToolUse], given: dict[str, Any]
) -> RunResult:
    """Go on with a run that waited for decisions. The SDK is led there again: its model says once more what it said."""
    first = {**given, "run_config": RunConfig(model=_SaidBefore(calls), tracing_disabled=True)}
    state = (await Runner.run(assistant, history, **first)).to_state()
    verdicts = {one.id: one.approved for one in calls}
    for asked in state.get_interruptions():
        decide = state.approve if verdicts[asked.raw_item.call_id] else state.reject  # type: ignore[union-attr]
        decide(asked)
    given.pop("context", None)  # it is in the state
    return await Runner.run(assistant, state, **given)


class _SaidBefore(Model):
    """A model that answers with calls of tools which it made before."""

    def __init__(self, calls: list[ToolUse]) -> None:
        self._calls = calls

    async def get_response(self, *args: Any, **kwargs: Any) -> ModelResponse:
        return ModelResponse(output=[*map(_call, self._calls)], usage=Usage(), response_id=None)

    def stream_response(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError


def _call(use: ToolUse) -> ResponseFunctionToolCall:
    arguments = encode(use.input).decode()
    return ResponseFunctionToolCall(type="function_call", call_id=use.id, name=use.name, arguments=arguments)


def _asked(call: Any) -> AskedTool:
    return AskedTool(call.call_id, call.name, json.loads(call.arguments or "{}"))


def _content(said: Said) -> Any:
    if not said.files:
        return said.text
    text = [{"type": "input_text", "text": said.text}] if said.text.strip() else []
    return [*map(_file, said.files), *text]


def _file(file: SentFile) -> dict[str, str]:
    if file.is_image:
        return {"type": "input_image", "image_url": file.url}
    return {"type": "input_file", "file_url": file.url}
