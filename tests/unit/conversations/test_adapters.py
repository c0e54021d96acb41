"""The same conversation with agents of several libraries, and with one by hand: a text, and a tool that waits for approval."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from novu_framework import Agent, AgentContext, agent
from novu_framework.agents import AgentMessage, ToolApprovalDecision
from novu_framework_testing import NovuSimulator
from tests.unit.conversations.people import ANN

ORDER = {"order": "7"}


def new_id() -> str:
    """The id of a tool's call, which a model makes."""
    return f"call-{next(IDS)}"


IDS = count()


def by_hand(refunded: list[str]) -> Agent:
    @agent("shop")
    async def shop(message: AgentMessage, ctx: AgentContext) -> Any:
        if "refund" in message.text:
            return await ctx.tool_approval.request(id=new_id(), name="refund", input=ORDER)
        return f"You said: {message.text}"

    @shop.on_tool_approval
    async def decided(decision: ToolApprovalDecision[Any], ctx: AgentContext) -> str:
        if not decision.approved:
            return "Not refunded."
        refunded.append(decision.tool_call.input["order"])
        return "Refunded."

    return shop


def of_pydantic_ai(refunded: list[str]) -> Agent:
    pydantic_ai = pytest.importorskip("pydantic_ai")
    from novu_framework.agents.adapters.pydantic_ai import agent as adapted
    from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, UserPromptPart
    from pydantic_ai.models.function import FunctionModel

    def model(messages: Any, info: Any) -> Any:
        last = messages[-1].parts[-1]
        if not isinstance(last, UserPromptPart):
            return ModelResponse([TextPart("Refunded." if last.content == "done" else "Not refunded.")])
        if "refund" in last.content:
            return ModelResponse([ToolCallPart("refund", ORDER, new_id())])
        return ModelResponse([TextPart(f"You said: {last.content}")])

    assistant = pydantic_ai.Agent(FunctionModel(model))

    @assistant.tool_plain(requires_approval=True)
    def refund(order: str) -> str:
        refunded.append(order)
        return "done"

    return adapted("shop", assistant)


def of_langchain(refunded: list[str]) -> Agent:
    agents = pytest.importorskip("langchain.agents")
    from langchain.agents.middleware import HumanInTheLoopMiddleware
    from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
    from langchain_core.messages import AIMessage
    from langchain_core.outputs import ChatGeneration, ChatResult
    from langchain_core.tools import tool
    from langgraph.checkpoint.memory import InMemorySaver
    from novu_framework.agents.adapters.langchain import agent as adapted

    class Model(GenericFakeChatModel):
        def bind_tools(self, tools: Any, **more: Any) -> Any:
            return self

        def _generate(self, messages: Any, stop: Any = None, run_manager: Any = None, **more: Any) -> Any:
            last = messages[-1]
            answer = AIMessage(f"You said: {last.content}")
            if last.type == "tool":
                answer = AIMessage("Refunded." if last.content == "done" else "Not refunded.")
            elif "refund" in last.content:
                answer = AIMessage(
                    "", tool_calls=[{"name": "refund", "args": ORDER, "id": new_id(), "type": "tool_call"}]
                )
            return ChatResult(generations=[ChatGeneration(message=answer)])

    @tool
    def refund(order: str) -> str:
        """Refund an order."""
        refunded.append(order)
        return "done"

    assistant = agents.create_agent(
        Model(messages=iter(())),
        tools=[refund],
        middleware=[HumanInTheLoopMiddleware(interrupt_on={"refund": True})],
        checkpointer=InMemorySaver(),
    )
    return adapted("shop", assistant)


@pytest.mark.parametrize("made", [by_hand, of_pydantic_ai, of_langchain])
def test_the_same_conversation_whatever_the_agent_is_made_of(
    novu: NovuSimulator, made: Callable[[list[str]], Agent]
) -> None:
    refunded: list[str] = []
    conversation = novu.agent(made(refunded), subscriber=ANN)
    assert [one.text for one in conversation.say("Hello")] == ["You said: Hello"]

    [card] = conversation.say("I want a refund")
    assert (str(card), refunded) == ("# Tool approval required\nrefund: 7\n[Deny] [Approve]", [])
    assert conversation.approve()[-1].text == "Refunded."
    assert refunded == ["7"]

    conversation.say("Another refund")
    assert conversation.deny()[-1].text == "Not refunded."
    assert refunded == ["7"]
    assert [one.text for one in conversation.say("Bye")] == ["You said: Bye"]
    assert conversation.status == "active"
