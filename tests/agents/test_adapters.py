"""What an adapter gives its library and takes of it, beyond the conversation that `test_libraries` holds with each."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from novu_framework import Agent, AgentContext, agent
from novu_framework.agents import AgentMessage, Card, ToolApprovalDecision
from novu_framework.agents.adapters.answering import (
    AskedTool,
    Outcome,
    RanTool,
    answering,
    formatted,
    reply_as_it_comes,
)
from novu_framework.agents.adapters.history import Item, Said, SentFile, ToolUse, items_of
from novu_framework_testing import Conversation, NovuSimulator

from .assistants import LIBRARIES, ran, seen

ANN = {"subscriberId": "ann", "firstName": "Ann"}


@pytest.fixture(autouse=True)
def _nothing_before() -> None:
    ran.clear()
    seen.clear()


def opened(novu: NovuSimulator, made: Agent) -> Conversation:
    novu.register(made)
    return novu.agent(made.id, subscriber=ANN)


def results(conversation: Conversation) -> list[Any]:
    """The results of tools that Novu keeps in the history."""
    return [one.data["toolData"] for one in conversation.state.log if one.type == "tool_result"]


# --- what all of them do alike ----------------------------------------------------------------------------


class Library:
    """A library that gives what it is told to, and keeps what it was given."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.given: list[tuple[list[Item], list[ToolUse], dict[str, Any]]] = []

    async def ask(self, history: list[Item], decided: list[ToolUse], given: dict[str, Any]) -> Outcome:
        self.given.append((history, decided, given))
        return self.outcomes.pop(0)


LOOKED = RanTool("look-1", "look_up", {"late": True})
REFUND = AskedTool("refund-1", "refund", {"order": 7})
SHIP = AskedTool("ship-1", "ship", {"order": 7})


def test_what_a_model_says_beside_a_question_is_a_message_of_its_own(novu: NovuSimulator) -> None:
    library = Library(Outcome("One moment", [LOOKED], [REFUND, SHIP]))
    conversation = opened(novu, answering("bot", library.ask, None, None))
    conversation.say("Refund me")
    assert [str(one) for one in conversation.replies] == [
        "One moment",
        "# Tool approval required\nrefund: 7\n[Deny] [Approve]",
        "# Tool approval required\nship: 7\n[Deny] [Approve]",
    ]
    assert results(conversation) == [
        {"toolCallId": "look-1", "toolName": "look_up", "output": {"late": True}}
    ]


@pytest.mark.parametrize("said", ["", " \n", None, 7])
def test_a_question_stands_alone_where_a_model_says_nothing(novu: NovuSimulator, said: Any) -> None:
    conversation = opened(novu, answering("bot", Library(Outcome(said, (), [REFUND])).ask, None, None))
    conversation.say("Refund me")
    assert [one.buttons for one in conversation.replies] == [["Deny", "Approve"]]


def test_a_tool_that_runs_without_a_question_is_the_librarys_own(novu: NovuSimulator) -> None:
    conversation = opened(novu, answering("bot", Library(Outcome("Late", [LOOKED])).ask, None, None))
    conversation.say("Where is it?")
    assert ([one.text for one in conversation.replies], results(conversation)) == (["Late"], [])


@pytest.mark.parametrize("approved", [True, False])
def test_a_decision_goes_to_the_library_and_its_question_goes_away(
    novu: NovuSimulator, approved: bool
) -> None:
    refunded = RanTool("refund-1", "refund", "done")
    library = Library(Outcome("", (), [REFUND]), Outcome("All done", [LOOKED, refunded]))
    conversation = opened(novu, answering("bot", library.ask, lambda ctx: {"deps": ctx.subscriber}, None))
    [question] = conversation.say("Refund me")
    conversation.approve() if approved else conversation.deny()

    assert (question.deleted, [one.text for one in conversation.replies]) == (True, ["All done"])
    assert conversation.typing == ["Thinking..."]
    history, decided, given = library.given[1]
    assert [(one.id, one.name, one.input, one.approved) for one in decided] == [
        ("refund-1", "refund", {"order": 7}, approved)
    ]
    assert not any(isinstance(one, ToolUse) for one in history)
    assert [one["deps"].subscriber_id for *_, one in library.given] == ["ann", "ann"]
    kept = {"toolCallId": "refund-1", "toolName": "refund", "output": "done"}
    assert results(conversation) == ([kept] if approved else [])
    assert given.keys() == {"deps"}


def test_a_question_in_words_leaves_nothing_to_take_away(novu: NovuSimulator) -> None:
    library = Library(Outcome("", (), [REFUND]), Outcome("All done"))
    novu.register(answering("bot", library.ask, None, None))
    conversation = novu.agent("bot", subscriber=ANN, platform="sendblue")
    conversation.say("Refund me")
    conversation.say("yes")
    assert conversation.replies[-1].text == "All done"
    assert conversation.failures == []


def test_nothing_goes_on_until_all_is_decided(novu: NovuSimulator) -> None:
    library = Library(Outcome("", (), [REFUND, SHIP]), Outcome("All done"))
    conversation = opened(novu, answering("bot", library.ask, None, None))
    first, second = conversation.say("Refund me")
    assert conversation.press("Approve", message=first) == []
    assert len(library.given) == 1
    assert [one.text for one in conversation.press("Deny", message=second)] == ["All done"]
    assert [(one.id, one.approved) for one in library.given[1][1]] == [("refund-1", True), ("ship-1", False)]


@pytest.mark.parametrize("output", ["Hi", None, {"type": "card", "title": "Hi", "children": []}])
def test_texts_and_cards_are_replies(output: Any) -> None:
    assert formatted(output, None) == output


def test_a_reply_is_made_of_whatever_came() -> None:
    assert formatted(7, lambda output: Card(f"{output}")) == Card("7")
    assert formatted("", lambda output: f"<{output}>") == "<>"
    assert formatted("Hi", lambda output: None) is None


@pytest.mark.parametrize(
    ("pieces", "text", "edits"),
    [
        (["H"], "H", 0),
        (["ab", "cd"], "abcd", 1),
        (["ab", "c"], "abc", 1),
        (["ab", "c", "d"], "abcd", 1),
        (["ab", "c", "d", "e"], "abcde", 2),
        ([" ", "\n", "Hi"], "Hi", 0),
    ],
)
def test_a_text_that_comes_in_pieces_is_complete(
    novu: NovuSimulator, pieces: list[str], text: str, edits: int
) -> None:
    handles: list[Any] = []

    async def coming() -> AsyncIterator[str]:
        for piece in pieces:
            yield piece

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        handles.append(await reply_as_it_comes(ctx, coming()))

    conversation = opened(novu, bot)
    [reply] = conversation.say("Go")
    assert (reply.text.strip(), conversation.transcript.count(" edits ")) == (text, edits)
    assert handles[0].message_id == reply.id


def test_blank_pieces_alone_are_no_reply(novu: NovuSimulator) -> None:
    handles: list[Any] = []

    async def coming() -> AsyncIterator[str]:
        for piece in ("", " ", "\n"):
            yield piece

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        handles.append(await reply_as_it_comes(ctx, coming()))

    assert (opened(novu, bot).say("Go"), handles) == ([], [None])


# --- what each gives its library --------------------------------------------------------------------------

IMAGE = SentFile("https://acme.test/a.png", "image/png", None)
PDF = SentFile("https://acme.test/a.pdf", "application/pdf", "a.pdf")
ITEMS: list[Item] = [
    Said("user", "Hi"),
    Said("assistant", "Hello"),
    ToolUse("t-1", "look", {"order": 7}, is_done=True, output={"late": True}),
    Said("user", "See", (IMAGE, PDF)),
    Said("user", " ", (IMAGE,)),
]


def adapter(library: str) -> Any:
    name = {"pydantic-ai": "pydantic_ai", "LangChain": "langchain", "OpenAI Agents": "openai_agents"}[library]
    return __import__(f"novu_framework.agents.adapters.{name}", fromlist=["to_messages"])


def test_the_history_as_messages_of_langchain() -> None:
    image = {"type": "image", "url": IMAGE.url, "mime_type": "image/png"}
    pdf = {"type": "file", "url": PDF.url, "mime_type": "application/pdf"}
    messages = adapter("LangChain").to_messages(ITEMS)
    assert [(one.type, one.content) for one in messages] == [
        ("human", "Hi"),
        ("ai", "Hello"),
        ("ai", ""),
        ("tool", '{"late":true}'),
        ("human", [image, pdf, {"type": "text", "text": "See"}]),
        ("human", [image]),
    ]
    call = {"name": "look", "args": {"order": 7}, "id": "t-1", "type": "tool_call"}
    assert messages[2].tool_calls == [call]
    assert (messages[3].tool_call_id, messages[3].name) == ("t-1", "look")


def test_the_history_as_items_of_openai() -> None:
    image = {"type": "input_image", "image_url": IMAGE.url}
    pdf = {"type": "input_file", "file_url": PDF.url}
    assert adapter("OpenAI Agents").to_messages(ITEMS) == [
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": "Hello"},
        {"type": "function_call", "call_id": "t-1", "name": "look", "arguments": '{"order":7}'},
        {"type": "function_call_output", "call_id": "t-1", "output": '{"late":true}'},
        {"role": "user", "content": [image, pdf, {"type": "input_text", "text": "See"}]},
        {"role": "user", "content": [image]},
    ]


def test_the_history_as_messages_of_pydantic_ai() -> None:
    from pydantic_ai.messages import DocumentUrl, ImageUrl

    image = ImageUrl(IMAGE.url, media_type="image/png")
    pdf = DocumentUrl(PDF.url, media_type="application/pdf")
    messages = adapter("pydantic-ai").to_messages(ITEMS)
    parts = [one.parts for one in messages]
    assert [(one.kind, part.part_kind) for one, [part] in zip(messages, parts, strict=True)] == [
        ("request", "user-prompt"),
        ("response", "text"),
        ("response", "tool-call"),
        ("request", "tool-return"),
        ("request", "user-prompt"),
        ("request", "user-prompt"),
    ]
    call, returned = parts[2][0], parts[3][0]
    assert (call.tool_name, call.args, call.tool_call_id) == ("look", {"order": 7}, "t-1")
    assert (returned.tool_name, returned.content, returned.tool_call_id) == ("look", '{"late":true}', "t-1")
    contents = [parts[at][0].content for at in (0, 1, 4, 5)]
    assert contents == ["Hi", "Hello", [image, pdf, "See"], [image]]
    assert [one.media_type for one in contents[2][:2]] == ["image/png", "application/pdf"]


def plainly(messages: list[Any]) -> list[Any]:
    return [getattr(one, "content", None) or getattr(one, "parts", one) for one in messages]


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_history_may_be_taken_of_a_context(novu: NovuSimulator, library: str) -> None:
    given: list[Any] = []

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> str:
        to_messages = adapter(library).to_messages
        given.append((len(to_messages(ctx)), len(to_messages(items_of(ctx))), str(to_messages(ctx)[-1])))
        return "Hello"

    conversation = opened(novu, bot)
    conversation.say("Hi")
    conversation.say("And?")
    assert [one[:2] for one in given] == [(1, 1), (3, 3)]
    assert ["Hi" in given[0][2], "And?" in given[1][2]] == [True, True]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_handler_of_ones_own_may_run_a_library(novu: NovuSimulator, library: str) -> None:
    assistant = LIBRARIES[library]()
    ask: Any = assistant.handlers["on_message"]

    @agent("own")
    async def own(message: AgentMessage, ctx: AgentContext) -> Any:
        return await ask(message, ctx)

    conversation = opened(novu, own)
    assert [one.text for one in conversation.say("Hello")] == ["user said: Hello"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_only_what_needs_it_is_asked_about(novu: NovuSimulator, library: str) -> None:
    conversation = opened(novu, LIBRARIES[library]())
    conversation.say("Please look it up and refund me")
    assert [one.tool["name"] for one in conversation.requests] == ["refund"]
    assert conversation.requests[0].tool["input"] == {"order": "7"}
    looked = [] if library == "LangChain" else ["look_up"]  # LangChain runs none of them before
    assert [one["toolName"] for one in results(conversation)] == ran == looked
    conversation.press("Approve")
    assert {"toolCallId": "refund-1", "toolName": "refund", "output": "refunded 7"} in results(conversation)
    assert conversation.failures == []


# --- what is each one's own -------------------------------------------------------------------------------


def test_a_graph_that_does_not_ask_again_fails_the_turn(novu: NovuSimulator) -> None:
    from langchain.agents import create_agent
    from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
    from langgraph.checkpoint.memory import InMemorySaver

    langchain = adapter("LangChain")
    graph = create_agent(GenericFakeChatModel(messages=iter(["Hm"])), checkpointer=InMemorySaver())

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> Any:
        return await ctx.tool_approval.request(id="t-1", name="refund", input={"order": 7})

    @bot.on_tool_approval
    async def decided(decision: ToolApprovalDecision[Any], ctx: AgentContext) -> Any:
        return await langchain.run(graph, ctx, decision)

    conversation = opened(novu, bot)
    conversation.say("Refund me")
    conversation.approve()
    [failure] = conversation.failures
    assert "The graph did not ask again whether its tools may be called" in failure.text


def test_a_model_of_langchain_answers_without_a_graph(novu: NovuSimulator) -> None:
    from langchain_core.runnables import RunnableLambda

    got: list[Any] = []

    def model(messages: Any, config: Any) -> Any:
        got.append((messages[-1].content, config["tags"]))
        return "Hello" if len(got) == 1 else {"said": "Hello"}

    def of(output: Any) -> str:
        return f"<{output['said'] if isinstance(output, dict) else output}>"

    made = adapter("LangChain").agent(
        "bot", RunnableLambda(model), options=lambda ctx: {"config": {"tags": [ctx.platform]}}, reply=of
    )
    conversation = opened(novu, made)
    assert [one.text for text in ("Hi", "And?") for one in conversation.say(text)] == ["<Hello>"] * 2
    assert got == [("Hi", ["slack"]), ("And?", ["slack"])]


def test_a_graph_of_langchain_is_given_a_thread_of_the_turn_and_the_options(novu: NovuSimulator) -> None:
    from langchain_core.messages import AIMessage
    from langchain_core.runnables import RunnableConfig
    from langgraph.graph import END, START, MessagesState, StateGraph

    got: list[Any] = []

    def node(state: Any, config: Any) -> Any:
        got.append((config["configurable"]["tenant"], config["configurable"]["thread_id"], config["tags"]))
        return {"messages": [AIMessage(f"Turn {len(state['messages'])}")]}

    node.__annotations__["config"] = RunnableConfig
    graph: Any = StateGraph(MessagesState)
    graph.add_node("model", node).add_edge(START, "model").add_edge("model", END)
    given = {"config": {"configurable": {"tenant": "acme", "thread_id": "mine"}, "tags": ["a"]}}
    made = adapter("LangChain").agent("bot", graph.compile(), options=lambda ctx: given)
    conversation = opened(novu, made)
    assert [one.text for text in ("Hi", "And?") for one in conversation.say(text)] == ["Turn 1", "Turn 3"]
    assert [(tenant, tags) for tenant, _, tags in got] == [("acme", ["a"])] * 2
    assert len({thread for _, thread, _ in got} | {"mine"}) == 3
    assert given["config"]["configurable"] == {"tenant": "acme", "thread_id": "mine"}


def of_openai(*calls: Any, tools: Any = (), handoffs: Any = ()) -> Any:
    """An assistant of the SDK whose model calls tools, one after another, and then says so."""
    import agents
    from openai.types.responses import ResponseFunctionToolCall, ResponseOutputMessage, ResponseOutputText

    coming = list(calls)

    class Model(agents.Model):
        async def get_response(self, *args: Any, **kwargs: Any) -> Any:
            output: list[Any] = []
            if coming:
                id, name, arguments = coming.pop(0)
                output = [
                    ResponseFunctionToolCall(type="function_call", call_id=id, name=name, arguments=arguments)
                ]
            else:
                text = ResponseOutputText(type="output_text", text="Done", annotations=[])
                output = [
                    ResponseOutputMessage(
                        id="m", type="message", role="assistant", status="completed", content=[text]
                    )
                ]
            return agents.ModelResponse(output=output, usage=agents.Usage(), response_id=None)

        def stream_response(self, *args: Any, **kwargs: Any) -> Any:
            raise NotImplementedError

    model = Model()
    others = [agents.Agent(name, model=model, tools=list(tools)) for name in handoffs]
    return agents.Agent[Any]("Support", model=model, tools=list(tools), handoffs=list(others))


def test_a_call_without_arguments_is_asked_about(novu: NovuSimulator) -> None:
    import agents

    def wipe() -> str:
        ran.append("wipe")
        return "gone"

    tool: Any = agents.function_tool(wipe, needs_approval=True)
    assistant = of_openai(("t-1", "wipe", ""), tools=[tool])
    conversation = opened(novu, adapter("OpenAI Agents").agent("bot", assistant))
    conversation.say("Wipe it")
    assert (conversation.requests[0].tool["name"], conversation.requests[0].tool["input"]) == ("wipe", {})
    assert [one.text for one in conversation.approve()] == ["Done"]
    assert ran == ["wipe"]


def test_a_handoff_is_no_result_of_a_tool(novu: NovuSimulator) -> None:
    import agents

    from .assistants import refund

    tool: Any = agents.function_tool(refund, needs_approval=True)
    calls = ("h-1", "transfer_to_refunds", "{}"), ("t-1", "refund", json.dumps({"order": "7"}))
    assistant = of_openai(*calls, tools=[tool], handoffs=["Refunds"])
    conversation = opened(novu, adapter("OpenAI Agents").agent("bot", assistant))
    conversation.say("Refund me")
    assert [one.tool["name"] for one in conversation.requests] == ["refund"]
    assert results(conversation) == []


def test_a_tool_gets_the_context_of_the_turn_and_leaves_one_trace(novu: NovuSimulator) -> None:
    import agents

    got: list[Any] = []
    traces: list[Any] = []

    class Spy(agents.TracingProcessor):
        def on_trace_start(self, trace: Any) -> None:
            traces.append(trace)

        def on_trace_end(self, trace: Any) -> None: ...

        def on_span_start(self, span: Any) -> None: ...

        def on_span_end(self, span: Any) -> None: ...

        def shutdown(self) -> None: ...

        def force_flush(self) -> None: ...

    def wipe(context: Any) -> str:
        got.append(context.context)
        return "gone"

    wipe.__annotations__["context"] = agents.RunContextWrapper
    tool: Any = agents.function_tool(wipe, needs_approval=True)
    assistant = of_openai(("t-1", "wipe", "{}"), tools=[tool])
    made = adapter("OpenAI Agents").agent(
        "bot", assistant, options=lambda ctx: {"context": ctx.subscriber.subscriber_id}
    )
    conversation = opened(novu, made)
    conversation.say("Wipe it")
    agents.set_trace_processors([Spy()])
    agents.set_tracing_disabled(False)
    try:
        assert [one.text for one in conversation.approve()] == ["Done"]
    finally:
        agents.set_tracing_disabled(True)
        agents.set_trace_processors([])
    assert (got, len(traces)) == (["ann"], 1)


def test_the_types_of_an_output_of_pydantic_ai_are_kept(novu: NovuSimulator) -> None:
    from pydantic_ai import Agent as Assistant
    from pydantic_ai import DeferredToolRequests
    from pydantic_ai.messages import ModelResponse, ToolCallPart
    from pydantic_ai.models.function import AgentInfo, FunctionModel

    def model(messages: Any, info: AgentInfo) -> ModelResponse:
        return ModelResponse([ToolCallPart(info.output_tools[0].name, {"response": 7})])

    every: list[Any] = [int, [int], (int, DeferredToolRequests)]
    for number, kinds in enumerate(every):
        assistant: Any = Assistant(FunctionModel(model), output_type=kinds)
        made = adapter("pydantic-ai").agent(f"bot-{number}", assistant, reply=lambda output: f"<{output!r}>")
        assert [one.text for one in opened(novu, made).say("Hi")] == ["<7>"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_handler_runs_a_library_with_options_and_a_reply(novu: NovuSimulator, library: str) -> None:
    asked: list[str] = []

    def options(ctx: Any) -> dict[str, Any]:
        asked.append(ctx.platform)
        return {}

    assistant: Any = {
        "pydantic-ai": lambda: _pydantic_ai(),
        "LangChain": lambda: _langchain(),
        "OpenAI Agents": lambda: of_openai(),
    }[library]()

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> Any:
        run = adapter(library).run
        return await run(assistant, ctx, options=options, reply=lambda output: f"<{output}>")

    assert [one.text for one in opened(novu, bot).say("Hi")] == ["<Done>"]
    assert asked == ["slack"]


def _pydantic_ai() -> Any:
    from pydantic_ai import Agent as Assistant
    from pydantic_ai.models.test import TestModel

    return Assistant(TestModel(custom_output_text="Done"))


def _langchain() -> Any:
    from langchain_core.language_models.fake_chat_models import FakeListChatModel

    return FakeListChatModel(responses=["Done"])
