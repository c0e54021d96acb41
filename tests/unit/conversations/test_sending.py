"""The events that Novu sends to an agent: what is in them, and how a turn ends."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from novu_framework import agent
from novu_framework.agents import AgentContext, AgentMessage
from novu_framework.errors import AgentDeliveryError
from novu_framework_testing import Cloud, NovuSimulator, Stranger
from novu_framework_testing.bridges import BridgeFailure
from novu_framework_testing.conversations import sending
from novu_framework_testing.conversations.receiving import take
from tests.unit.conversations.people import ANN
from tests.unit.conversations.posting import posted
from tests.unit.conversations.test_talk import events_of


@pytest.mark.parametrize("direct", [True, False])
def test_an_event_says_where_it_happened(novu: NovuSimulator, direct: bool) -> None:
    conversation, got = events_of(novu, subscriber=ANN, platform="teams", direct=direct, events=True)
    conversation.say("Hi")
    [event] = got
    id = conversation.id
    about = {
        "version": 1,
        "timestamp": "2026-01-01T09:00:00.000Z",
        "deliveryId": f"{id}:{conversation.messages[0].id}",
        "event": "onMessage",
        "agentId": "spy",
        "replyUrl": "https://api.novu.co/v1/agents/spy/reply",
        "eventsUrl": "https://api.novu.co/v1/agents/events/ingest",
        "conversationId": id,
        "integrationIdentifier": "teams-spy",
        "subscriberAccess": "open",
        "context": None,
        "platform": "teams",
        "platformContext": {
            "threadId": f"teams:{id[-8:]}",
            "channelId": f"teams:{id[-4:]}",
            "isDM": direct,
        },
    }
    assert {name: event[name] for name in about} == about


def test_each_event_has_an_id_of_its_own(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    card = {"type": "card", "children": [{"type": "button", "id": "go", "label": "Go", "value": "7"}]}
    posted(novu, conversation, reply={"card": card})
    shown = conversation.replies[0].id
    conversation.press("Go")
    conversation.react("heart")
    posted(novu, conversation, resolve={})
    conversation.say("Bye")

    now, id = "2026-01-01T09:00:00.000Z", conversation.id
    assert [(one["event"], one["deliveryId"]) for one in got] == [
        ("onAction", f"{id}:onAction:go:{now}"),
        ("onReaction", f"{id}:onReaction:{shown}:{now}"),
        ("onMessage", f"{id}:{conversation.messages[-1].id}"),
        ("onResolve", f"{id}:onResolve"),
    ]
    assert got[0]["action"] == {"id": "go", "sourceMessageId": shown, "value": "7"}
    assert [one["message"] and one["message"]["text"] for one in got] == [None, None, "Bye", None]


def test_an_event_has_what_is_known_of_its_subscriber(novu: NovuSimulator) -> None:
    ann = {
        **ANN,
        "phone": "+4912345",
        "avatar": "https://acme.test/a.png",
        "locale": "de",
        "data": {"plan": "pro"},
    }
    conversation, got = events_of(novu, subscriber={**ann, "timezone": "Europe/Berlin"})
    conversation.say("Hi")
    conversation.say("Hi", by="bob")
    conversation.say("Hi", by=Stranger("Guest"))
    assert [one["subscriber"] for one in got] == [ann, {"subscriberId": "bob"}, None]


@pytest.mark.parametrize(
    ("by", "address"), [(ANN, "ann@acme.test"), ("bob", "bob"), (Stranger("g@acme.test"), "g@acme.test")]
)
def test_an_email_tells_from_whom_it_is(novu: NovuSimulator, by: Any, address: str) -> None:
    conversation, got = events_of(novu, subscriber=by, platform="email")
    conversation.say("Hi")
    assert got[0]["platformContext"]["message"] == {"from": address, "subject": "", "text": "Hi"}


def test_the_thread_of_an_email_begins_with_the_first_message_of_people(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN, platform="email")
    posted(novu, conversation, reply={"markdown": "Hello"})
    conversation.react("heart")
    conversation.say("Hi")
    contexts = [one["platformContext"] for one in got]
    assert "message" not in contexts[0]
    assert [one["email"] for one in contexts] == [{}, {"rootMessageId": conversation.messages[1].id}]


def test_what_an_agent_gets_is_its_own(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN, metadata={"a": {"b": 1}})
    conversation.say("Hi")
    got[0]["conversation"]["metadata"]["a"]["b"] = 2
    assert conversation.metadata == {"a": {"b": 1}}


def test_the_history_has_what_happened_to_messages_but_not_who_is_at_work(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    posted(novu, conversation, reply={"markdown": "One"}, typing={"status": "Looking"})
    conversation.react("heart")
    conversation.say("Hi")
    assert [(one["type"], one["content"]) for one in got[-1]["history"]] == [
        ("message", "One"),
        ("message", "Hi"),
    ]


@agent("a/b c")
async def slashed(message: AgentMessage, ctx: AgentContext) -> str:
    await ctx.typing("Looking")
    return "Hello"


@pytest.mark.parametrize("api", [False, True])
def test_any_id_of_an_agent_is_found_in_its_address(novu: NovuSimulator, api: bool) -> None:
    if api:
        Cloud(novu)
    conversation = novu.agent(slashed, subscriber=ANN)
    assert [one.text for one in conversation.say("Hi")] == ["Hello"]
    assert (conversation.failures, conversation.state.typing, conversation.state.turn) == ([], None, None)


@pytest.mark.parametrize(
    ("url", "agent_id"),
    [
        ("https://api.novu.co/v1/agents/spy/reply", "spy"),
        ("https://api.novu.co/v1/agents/a%2Fb%20c/reply/", "a/b c"),
        ("https://api.novu.co/v1/agents/events/ingest", None),
    ],
)
def test_an_address_tells_which_agent_it_is_of(url: str, agent_id: str | None) -> None:
    assert sending.agent_of(url) == agent_id


@agent("tested")
async def tested(message: AgentMessage, ctx: AgentContext) -> None:
    await ctx.typing("Looking")
    pytest.fail("not so")


def test_an_agent_may_end_the_test(novu: NovuSimulator) -> None:
    conversation = novu.agent(tested, subscriber=ANN)
    with pytest.raises(pytest.fail.Exception, match="not so"):
        conversation.say("Hi")
    assert (conversation.state.turn, conversation.state.typing) == (None, None)


async def test_a_turn_elsewhere_ends_when_nobody_is_at_work_any_more(
    novu: NovuSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, _ = events_of(novu, subscriber=ANN)

    class Elsewhere:
        async def ask(self, *asked: Any) -> Any:
            for body in ({"reply": {"markdown": "Hello"}}, {"typing": "stop"}):
                about = {"conversationId": conversation.id, "integrationIdentifier": "slack"}
                await take(novu.conversations, "spy", {**about, **body})
            await asyncio.sleep(0)
            return {"status": "ack"}

    novu.agents["spy"] = Elsewhere()
    monkeypatch.setattr(sending, "PATIENCE", 0.0)
    assert [one.text for one in await conversation.say_async("Hi")] == ["Hello"]
    assert conversation.failures == []


async def test_what_else_goes_on_is_not_waited_for(
    novu: NovuSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation, _ = events_of(novu, subscriber=ANN)
    others: list[asyncio.Task[Any]] = []

    class Elsewhere:
        async def ask(self, *asked: Any) -> Any:
            others.append(asyncio.create_task(asyncio.Event().wait(), name="of the app"))
            about = {"conversationId": conversation.id, "integrationIdentifier": "slack"}
            await take(novu.conversations, "spy", {**about, "typing": "stop"})
            await asyncio.sleep(0)
            return {"status": "ack"}

    novu.agents["spy"] = Elsewhere()
    monkeypatch.setattr(sending, "PATIENCE", 0.0)
    await conversation.say_async("Hi")
    assert conversation.failures == []
    others[0].cancel()


def test_a_turn_that_does_not_end_is_told(novu: NovuSimulator, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation, _ = events_of(novu, subscriber=ANN)

    class Silent:
        async def ask(self, *asked: Any) -> Any:
            return {"status": "ack"}

    novu.agents["spy"] = Silent()
    monkeypatch.setattr(sending, "PATIENCE", 0.0)
    assert conversation.say("Hi") == []
    [failure] = conversation.failures
    assert (failure.event, failure.text) == ("onMessage", "the agent's turn did not end within 0 s")


def test_a_bridge_that_takes_no_event_is_told_to_people_and_to_the_test(novu: NovuSimulator) -> None:
    conversation, _ = events_of(novu, subscriber=ANN)

    class Broken:
        async def ask(self, *asked: Any) -> Any:
            raise BridgeFailure("Oops")

    novu.agents["spy"] = Broken()
    [said] = conversation.say("Hi")
    assert (said.text, said.role, said.author) == (sending.OFFLINE, "system", "spy")
    [failure] = conversation.failures
    assert failure.text == "the bridge does not take the event: no response: Oops"
    assert isinstance(failure.raised, BridgeFailure)


@pytest.mark.parametrize("api", [False, True], ids=["alone", "with the API"])
def test_an_agent_hears_why_a_post_was_not_taken(novu: NovuSimulator, api: bool) -> None:
    heard: list[AgentDeliveryError] = []

    @agent("greedy")
    async def greedy(message: AgentMessage, ctx: AgentContext) -> None:
        handle = await ctx.reply("Hm")
        await handle.delete()
        await ctx.reply("Well")
        try:
            await handle.edit("Else")
        except AgentDeliveryError as error:
            heard.append(error)

    if api:
        Cloud(novu)
    conversation = novu.agent(greedy, subscriber=ANN)
    assert [one.text for one in conversation.say("Hi")] == ["Well"]
    [error] = heard
    said = json.loads(error.response_body)
    assert (error.status_code, said["statusCode"]) == (404, 404)
    assert "There is no message " in str(said["message"])
    novu.raise_unread_failures()


def test_a_finding_while_a_post_is_taken_is_for_the_test_and_not_for_the_agent(
    novu: NovuSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []

    @agent("curious")
    async def curious(message: AgentMessage, ctx: AgentContext) -> None:
        try:
            await ctx.reply("Hello")
        except AgentDeliveryError as error:
            heard.append((error.status_code, json.loads(error.response_body)))

    def found(*post: Any) -> Any:
        raise AssertionError("a link is broken")

    conversation = novu.agent(curious, subscriber=ANN)
    monkeypatch.setattr(novu, "deliver_post", found)
    with pytest.raises(AssertionError, match="a link is broken"):
        conversation.say("Hi")
    assert heard == [(500, {"statusCode": 500, "message": "Internal server error"})]
