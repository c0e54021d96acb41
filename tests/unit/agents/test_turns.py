"""What a turn does in Python beyond what the recorded turns show: threads, times, objects, logs."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import BaseModel, SecretStr

from novu_framework import AgentContext, Client, Step, SyncAgentContext, agent, workflow
from novu_framework.agents import (
    AgentAction,
    AgentMessage,
    Button,
    Card,
    PendingApproval,
    Select,
    ToolApprovalDecision,
)
from novu_framework.bridge import BridgeRequest, RequestHandler
from novu_framework.errors import AgentError, AgentInputError, WorkflowPayloadInvalidError

from .conftest import EVENT, Talk


class Order(BaseModel):
    order_id: str


@workflow("order-late")
async def order_late(payload: Order, step: Step) -> None: ...


async def test_the_acknowledgement_waits_for_nothing(talk: Talk) -> None:
    go_on = asyncio.Event()

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> str:
        await go_on.wait()
        return "late"

    handler = RequestHandler([], Client("test-secret", strict_authentication=False), agents=[bot])
    query = [("action", "agent-event"), ("agentId", "bot"), ("event", "onMessage")]
    answer = await handler(BridgeRequest("POST", query, {}, json.dumps(EVENT).encode()))
    assert (answer.status, answer.body, talk.posts) == (200, b'{"status":"ack"}', [])
    go_on.set()
    await handler.finish_turns()
    assert talk.posts[0] == {"reply": {"markdown": "late"}}


@pytest.mark.parametrize("host", ["AWS_LAMBDA_FUNCTION_NAME", "VERCEL"])
async def test_where_the_host_sleeps_after_an_answer_the_turn_ends_before(
    host: str, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(host, "1")

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> str:
        return "done"

    handler = RequestHandler([], Client("test-secret", strict_authentication=False), agents=[bot])
    query = [("action", "agent-event"), ("agentId", "bot"), ("event", "onMessage")]
    await handler(BridgeRequest("POST", query, {}, json.dumps(EVENT).encode()))
    assert talk.posts == [{"reply": {"markdown": "done"}}, {"typing": "stop"}]


async def test_turns_of_one_agent_run_at_once(talk: Talk) -> None:
    both = threading.Barrier(2)

    @agent("bot")
    def bot(message: AgentMessage, ctx: SyncAgentContext) -> str:
        assert threading.current_thread() is not threading.main_thread()
        both.wait(60)
        return message.text

    handler = RequestHandler([], Client("test-secret", strict_authentication=False), agents=[bot])
    turns = [handler.turn("bot", "onMessage", {**EVENT, "message": {"text": text}}) for text in "ab"]
    await asyncio.gather(*turns)
    assert sorted(post["reply"]["markdown"] for post in talk.posts if "reply" in post) == ["a", "b"]


async def test_what_is_queued_may_be_any_object_that_has_json(talk: Talk) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> Card:
        ctx.metadata.set("when", datetime(2026, 1, 1, tzinfo=timezone.utc))
        ctx.metadata.set("message", message)
        ctx.trigger("wf", to={"subscriber_id": "ann"}, payload={"code": SecretStr("7")})
        ctx.trigger(order_late, payload=Order(order_id="7"))
        ctx.ask("Why?", ttl=timedelta(hours=1))
        return Card("Done")

    (reply,) = await talk.tell(bot)
    when, kept, by_id, by_workflow, asked = reply["signals"]
    assert when["value"] == "2026-01-01T00:00:00Z"
    assert kept["value"] == {"text": "Hello"}
    assert by_id == {
        "type": "trigger",
        "workflowId": "wf",
        "to": {"subscriberId": "ann"},
        "payload": {"code": "7"},
    }
    assert by_workflow == {"type": "trigger", "workflowId": "order-late", "payload": {"order_id": "7"}}
    assert asked["ttlSeconds"] == 3600
    assert isinstance(asked["ttlSeconds"], int)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda ctx: ctx.trigger(order_late, payload={"order": 7}), WorkflowPayloadInvalidError),
        (lambda ctx: ctx.trigger("wf", to={"name": "ann"}), ValueError),
        (lambda ctx: ctx.metadata.set("a", object()), TypeError),
        (lambda ctx: ctx.choose("a", "ab"), AgentInputError),
        (lambda ctx: ctx.ask("a", to={"subscriberId": "ann"}), AgentInputError),
    ],
)
async def test_a_wrong_argument_raises_where_it_is_given(
    call: Any, error: type[Exception], talk: Talk
) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        with pytest.raises(error):
            call(ctx)

    assert await talk.tell(bot) == []


async def test_a_value_is_kept_as_it_was_when_it_was_set(talk: Talk) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        items = ["a"]
        ctx.metadata.set("items", items)
        items.append("b")

    (flushed,) = await talk.tell(bot)
    assert flushed["signals"][0]["value"] == ["a"]


async def test_a_body_has_pythons_names_and_novus() -> None:
    message = AgentMessage(
        {"text": "Hi", "author": {"fullName": "Ann"}, "attachments": [{"mimeType": "a/b"}], "x": 1}
    )
    assert (message.author.full_name, message.timestamp, message["x"]) == ("Ann", None, 1)
    assert message.attachments is not None
    assert message.attachments[0].mime_type == "a/b"
    assert {"platform_message_id", "text"} <= set(dir(message))
    with pytest.raises(AttributeError, match=r"AgentMessage has no 'txt'; it has .*did you mean 'text'"):
        message.txt  # type: ignore[attr-defined]  # noqa: B018


async def test_a_failure_is_logged_with_its_traceback_and_the_agent(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        raise KeyError("order")

    assert await talk.tell(bot) == [{"error": True}]
    (record,) = caplog.records
    assert record.getMessage() == "[agent:bot] Turn failed (onMessage): 'order'"
    assert record.exc_info is not None
    assert vars(record)["novu_agent_id"] == "bot"


async def test_an_event_without_a_conversation_is_logged(
    talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    bot = agent("bot")(lambda message, ctx: "Hi")
    assert await talk.tell(bot, conversation=None) == []
    assert "has no conversation" in caplog.text


async def test_on_error_gets_what_was_raised(talk: Talk) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        raise KeyError("order")

    @bot.on_error
    def failed(error: AgentError, ctx: SyncAgentContext) -> str:
        return f"{type(error.__cause__).__name__}: {error.message}"

    assert await talk.tell(bot) == [{"reply": {"markdown": "KeyError: 'order'"}}]


async def test_what_a_request_for_an_approval_gives_is_what_a_handler_may_return(talk: Talk) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> PendingApproval:
        pending = await ctx.tool_approval.request(name="refund")
        await ctx.reply(type(pending).__name__)
        return pending

    _, reply = await talk.tell(bot)
    assert reply == {"reply": {"markdown": "PendingApproval"}}


@pytest.mark.parametrize("history", [None, {}, "", 7], ids=repr)
async def test_a_decision_without_a_history_fails_the_turn(
    history: Any, talk: Talk, caplog: pytest.LogCaptureFixture
) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None: ...

    @bot.on_tool_approval
    async def decided(decision: ToolApprovalDecision[Any], ctx: AgentContext) -> None:
        await ctx.reply("Decided")

    action = {"id": "tool-approval:approve:7"}
    assert await talk.tell(bot, "onAction", action=action, history=history) == [{"error": True}]
    assert f"the event has no history, only {history!r}" in caplog.text


async def test_a_plain_handler_changes_the_message_of_an_approval(talk: Talk) -> None:
    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None: ...

    @bot.on_tool_approval
    def decided(decision: ToolApprovalDecision[Any], ctx: SyncAgentContext) -> None:
        decision.approval_message.edit("Approved" if decision.approved else "Denied").delete()

    action = {"id": "tool-approval:approve:7", "sourceMessageId": "pm-1"}
    edit, delete = await talk.tell(bot, "onAction", action=action)
    assert edit["edit"] == {"messageId": "pm-1", "content": {"markdown": "Approved"}}
    assert delete == {"deleteMessages": [{"messageId": "m-1"}]}


async def test_a_cancelled_turn_says_nothing_more(talk: Talk) -> None:
    started = asyncio.Event()

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> None:
        started.set()
        await asyncio.Event().wait()

    handler = RequestHandler([], Client("test-secret", strict_authentication=False), agents=[bot])
    turn = asyncio.ensure_future(handler.turn("bot", "onMessage", EVENT))
    await started.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    assert talk.posts == []


async def test_class_handlers_are_called(talk: Talk) -> None:
    @agent("bot")
    class Bot:
        def __init__(self) -> None:
            self.seen: list[str] = []

        def on_message(self, message: AgentMessage, ctx: SyncAgentContext) -> str:
            self.seen.append(message.text)
            return ", ".join(self.seen)

        async def on_action(self, action: AgentAction, ctx: AgentContext) -> str:
            return f"{action.id} after {self.seen}"

    await talk.tell(Bot)  # type: ignore[arg-type]
    *_, last = await talk.tell(Bot, "onAction", action={"id": "ok"})  # type: ignore[arg-type]
    assert last == {"reply": {"markdown": "ok after ['Hello']"}}


def test_a_card_is_a_dict_and_a_menu_has_options() -> None:
    assert Card("A", children=[Button("a", "A", value="1")]) == {
        "type": "card",
        "title": "A",
        "children": [{"type": "button", "id": "a", "label": "A", "value": "1"}],
    }
    with pytest.raises(ValueError, match="Select requires at least one option"):
        Select("a", "A", [])


async def test_the_secret_key_is_in_no_log_and_no_repr(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    talk.answer = lambda body: (400, "no")

    @agent("bot")
    async def bot(message: AgentMessage, ctx: AgentContext) -> str:
        return repr(vars(ctx))

    posts = await talk.tell(bot)
    assert "test-secret" not in caplog.text + json.dumps(posts)


async def test_chat_steps_take_cards() -> None:
    @workflow("deployed")
    async def deployed(step: Step) -> None:
        await step.chat("team", lambda: {"card": Card("Live", children=[])})

    handler = RequestHandler([deployed], Client("test-secret", strict_authentication=False))
    answer = await handler.execute("deployed", "team", {"payload": {}, "controls": {}, "state": []})
    assert answer["outputs"] == {"card": {"type": "card", "title": "Live", "children": []}}
