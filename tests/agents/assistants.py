"""One support agent, made with each library and by hand: it asks before it refunds, and looks orders up without asking.

The models are the libraries' own for tests. All follow one script: `answer_to` says what a model says next.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from novu_framework import Agent, AgentContext, agent
from novu_framework.agents import AgentMessage, ToolApprovalDecision

ran: list[str] = []
"""The tools that ran, in order."""

seen: list[list[tuple[str, str]]] = []
"""What the models were given, each time: who said what."""


CARD = ("assistant", "Tool approval required")
"""The message of an approval, which the history has as well."""


class Call(NamedTuple):
    """A call of a tool, by a model."""

    id: str
    name: str


def answer_to(messages: list[tuple[str, str]]) -> str | list[Call]:
    """What a model says next: a text, or calls of tools."""
    seen.append([one for one in messages if one != CARD])
    role, text = messages[-1]
    if role == "user" and "refund" in text:
        calls = [Call(f"refund-{len(seen)}", "refund")]
        return [*calls, Call("look-1", "look_up")] if "look" in text else calls
    if role == "user" and "two" in text:
        return [Call("refund-1", "refund"), Call("ship-1", "ship")]
    return f"{role} said: {text}"


def refund(order: str) -> str:
    """Refund an order."""
    ran.append("refund")
    return f"refunded {order}"


def ship(order: str) -> str:
    """Ship an order."""
    ran.append("ship")
    return f"shipped {order}"


def look_up(order: str) -> str:
    """Look an order up."""
    ran.append("look_up")
    return f"order {order} is late"


def of_pydantic_ai(**options: Any) -> Agent:
    from pydantic_ai import Agent as Assistant
    from pydantic_ai.messages import ModelResponse, TextPart, ToolCallPart, ToolReturnPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    from novu_framework.agents.adapters import pydantic_ai

    def model(messages: list[Any], info: AgentInfo) -> ModelResponse:
        said = []
        for message in messages:
            for part in message.parts:
                if isinstance(part, ToolCallPart):
                    continue
                is_tool = isinstance(part, ToolReturnPart)
                role = "tool" if is_tool else "assistant" if isinstance(part, TextPart) else "user"
                said.append((role, str(part.content)))
        answer = answer_to(said)
        if isinstance(answer, str):
            return ModelResponse([TextPart(answer)])
        return ModelResponse([ToolCallPart(call.name, {"order": "7"}, call.id) for call in answer])

    assistant = Assistant(FunctionModel(model))
    assistant.tool_plain(look_up)
    assistant.tool_plain(requires_approval=True)(refund)
    assistant.tool_plain(requires_approval=True)(ship)
    return pydantic_ai.agent("support-bot", assistant, **options)


def of_langchain(**options: Any) -> Agent:
    from langchain.agents import create_agent
    from langchain.agents.middleware import HumanInTheLoopMiddleware
    from langchain_core.language_models.fake_chat_models import FakeMessagesListChatModel
    from langchain_core.messages import AIMessage
    from langchain_core.outputs import ChatGeneration, ChatResult
    from langgraph.checkpoint.memory import InMemorySaver

    from novu_framework.agents.adapters import langchain

    roles = {"human": "user", "ai": "assistant", "tool": "tool"}

    class Model(FakeMessagesListChatModel):
        def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
            return self

        def _generate(self, messages: Any, *args: Any, **kwargs: Any) -> ChatResult:
            said = [(roles[one.type], one.text) for one in messages if one.text]
            answer = answer_to(said)
            if isinstance(answer, str):
                message = AIMessage(answer)
            else:
                calls = [{"id": call.id, "name": call.name, "args": {"order": "7"}} for call in answer]
                message = AIMessage("", tool_calls=calls)
            return ChatResult(generations=[ChatGeneration(message=message)])

    asks = HumanInTheLoopMiddleware(interrupt_on={"refund": True, "ship": True})
    tools: Any = [refund, ship, look_up]
    assistant = create_agent(
        Model(responses=[]), tools=tools, middleware=[asks], checkpointer=InMemorySaver()
    )
    return langchain.agent("support-bot", assistant, **options)


def of_openai_agents(**options: Any) -> Agent:
    import agents
    from openai.types.responses import ResponseFunctionToolCall, ResponseOutputMessage, ResponseOutputText

    from novu_framework.agents.adapters import openai_agents

    class Model(agents.Model):
        async def get_response(self, system_instructions: Any, input: Any, *args: Any, **kwargs: Any) -> Any:
            said = []
            for item in input:
                if item.get("type") == "function_call_output":
                    said.append(("tool", str(item["output"])))
                elif item.get("type") != "function_call":
                    said.append((item["role"], item["content"]))
            answer = answer_to(said)
            output: list[Any] = []
            if isinstance(answer, str):
                text = ResponseOutputText(type="output_text", text=answer, annotations=[])
                output = [
                    ResponseOutputMessage(
                        id="m", type="message", role="assistant", status="completed", content=[text]
                    )
                ]
            else:
                arguments = json.dumps({"order": "7"})
                output = [
                    ResponseFunctionToolCall(
                        type="function_call", call_id=call.id, name=call.name, arguments=arguments
                    )
                    for call in answer
                ]
            return agents.ModelResponse(output=output, usage=agents.Usage(), response_id=None)

        def stream_response(self, *args: Any, **kwargs: Any) -> Any:
            raise NotImplementedError

    def tool(function: Any, **given: Any) -> Any:
        return agents.function_tool(function, **given)

    agents.set_tracing_disabled(True)
    tools = [tool(refund, needs_approval=True), tool(ship, needs_approval=True), tool(look_up)]
    assistant: Any = agents.Agent("Support", model=Model(), tools=tools)
    return openai_agents.agent("support-bot", assistant, **options)


def by_hand(**options: Any) -> Agent:
    @agent("support-bot")
    async def support(message: AgentMessage, ctx: AgentContext) -> Any:
        said = [(entry.role, entry.content) for entry in ctx.history if entry.type == "message"]
        answer = answer_to([("assistant" if role == "agent" else "user", text) for role, text in said])
        if isinstance(answer, str):
            return answer
        for call in answer:
            pending = await ctx.tool_approval.request(id=call.id, name=call.name, input={"order": "7"})
        return pending

    @support.on_tool_approval
    async def decided(decision: ToolApprovalDecision, ctx: AgentContext) -> str:
        await decision.approval_message.delete()
        if not decision.approved:
            return "denied"
        output = refund("7")
        ctx.tool_result(decision.tool_call.id, name="refund", output=output)
        return f"tool said: {output}"

    return support


LIBRARIES: dict[str, Callable[..., Agent]] = {
    "pydantic-ai": of_pydantic_ai,
    "LangChain": of_langchain,
    "OpenAI Agents": of_openai_agents,
}
EVERY_WAY = {**LIBRARIES, "by hand": by_hand}
