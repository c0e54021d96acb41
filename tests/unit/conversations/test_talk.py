"""What people say to an agent, what it gets of it, and what it says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from novu_framework import Step, agent, workflow
from novu_framework.agents import (
    Actions,
    AgentContext,
    AgentMessage,
    Button,
    Card,
    CardText,
    FileRef,
    Select,
    SelectOption,
)
from novu_framework_testing import (
    ChatMessage,
    NotOnShow,
    NovuSimulator,
    Stranger,
    UnknownAgent,
    UnreadFailures,
)
from tests.unit.conversations.people import ANN, NINE


@agent("echo")
async def echo(message: AgentMessage, ctx: AgentContext) -> str:
    return f"You said: {message.text}"


def texts(messages: list[ChatMessage]) -> list[str]:
    return [one.text for one in messages]


def events_of(novu: NovuSimulator, **options: Any) -> tuple[Any, list[dict[str, Any]]]:
    """Return a conversation with an agent that says nothing, and the events that it gets."""
    got: list[dict[str, Any]] = []

    class Bridge:
        async def ask(self, method: str, query: dict[str, str], event: dict[str, Any] | None) -> Any:
            assert (method, query["action"], query["agentId"]) == ("POST", "agent-event", "spy")
            got.append({"query": query["event"], **(event or {})})
            state.turn.stopped()
            return {"status": "ack"}

    novu.agents["spy"] = Bridge()
    conversation = novu.agent("spy", **options)
    state = novu.conversations[conversation.id]
    return conversation, got


def test_an_answer_comes_back(novu: NovuSimulator) -> None:
    conversation = novu.agent(echo)

    assert texts(conversation.say("Hi")) == ["You said: Hi"]
    assert texts(conversation.messages) == ["Hi", "You said: Hi"]
    assert texts(conversation.replies) == ["You said: Hi"]


async def test_the_twin_for_async_tests_runs_on_their_loop(novu: NovuSimulator) -> None:
    conversation = novu.agent(echo)
    assert texts(await conversation.say_async("Hi")) == ["You said: Hi"]
    assert texts(conversation.say("Hey")) == ["You said: Hey"]


def test_an_agent_gets_what_novu_sends(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN, platform="telegram", context={"tenant": "acme"})
    conversation.say("Hi")

    event = got[0]
    assert event["query"] == event["event"] == "onMessage"
    assert event["message"] == {
        "text": "Hi",
        "platformMessageId": conversation.messages[0].id,
        "author": {"userId": "ann", "fullName": "Ann Berg", "userName": "ann", "isBot": False},
        "timestamp": "2026-01-01T09:00:00.000Z",
    }
    assert event["subscriber"] == ANN
    assert event["conversation"] == {
        "identifier": event["conversation"]["identifier"],
        "status": "active",
        "metadata": {},
        "messageCount": 1,
        "createdAt": "2026-01-01T09:00:00.000Z",
        "lastActivityAt": "2026-01-01T09:00:00.000Z",
    }
    assert [event[name] for name in ("action", "reaction", "notification", "humanResponse")] == [None] * 4
    assert (event["platform"], event["context"], event["platformContext"]["isDM"]) == (
        "telegram",
        {"tenant": "acme"},
        True,
    )
    assert event["replyUrl"] == "https://api.novu.co/v1/agents/spy/reply"
    assert "eventsUrl" not in event


def test_the_history_has_what_was_said_before_and_the_message_itself(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    for number in range(60):
        conversation.say(f"{number}")

    history = got[-1]["history"]
    assert [one["content"] for one in history] == [f"{number}" for number in range(10, 60)]
    assert history[0] == {
        "role": "subscriber",
        "type": "message",
        "content": "10",
        "senderName": "Ann Berg",
        "createdAt": "2026-01-01T09:00:00.000Z",
    }


def test_several_people_talk_in_one_conversation(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    conversation.say("Hi")
    conversation.say("Me too", by={"subscriberId": "bob", "firstName": "Bob"})
    conversation.say("And me", by=Stranger("Guest"))

    assert [one["subscriber"] and one["subscriber"]["subscriberId"] for one in got] == ["ann", "bob", None]
    assert [one["message"]["author"]["fullName"] for one in got] == ["Ann Berg", "Bob", "Guest"]
    assert [one["role"] for one in got[-1]["history"]] == ["subscriber", "subscriber", "platform_user"]


def test_a_stranger_cannot_talk_to_a_restricted_agent(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=Stranger("Guest"), access="restricted")
    [refusal] = conversation.say("Hi")

    assert (got, refusal.role) == ([], "system")
    conversation.say("Hi", by="ann")
    assert got[0]["subscriberAccess"] == "restricted"


def test_files_go_along(novu: NovuSimulator, tmp_path: Path) -> None:
    conversation, got = events_of(novu)
    (tmp_path / "a.png").write_bytes(b"abc")
    conversation.say(
        "Look", files=[tmp_path / "a.png", "invoice.pdf", {"type": "audio", "url": "https://x.test"}]
    )

    assert got[0]["message"]["attachments"] == [
        {
            "type": "image",
            "name": "a.png",
            "mimeType": "image/png",
            "url": "data:image/png;base64,YWJj",
            "size": 3,
        },
        {
            "type": "file",
            "name": "invoice.pdf",
            "mimeType": "application/pdf",
            "url": "https://files.novu.test/invoice.pdf",
        },
        {"type": "audio", "url": "https://x.test"},
    ]
    assert got[0]["history"][0]["richContent"] == {"attachments": got[0]["message"]["attachments"]}
    with pytest.raises(TypeError, match="files is a list"):
        conversation.say("Look", files="invoice.pdf")


def test_an_email_has_its_subject_and_the_first_message_of_its_thread(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN, platform="email", subject="Order 7")
    conversation.say("Where is it?")
    conversation.say("Hello?")

    first = conversation.messages[0].id
    assert [one["platformContext"]["email"]["rootMessageId"] for one in got] == [first, first]
    assert got[0]["platformContext"]["message"] == {
        "from": "ann@acme.test",
        "subject": "Order 7",
        "text": "Where is it?",
    }


@agent("shop")
async def shop(message: AgentMessage, ctx: AgentContext) -> None:
    await ctx.typing("Looking")
    handle = await ctx.reply("One moment", files=[FileRef("order.pdf", url="https://acme.test/order.pdf")])
    await handle.edit("Order 7 is on its way")
    await (await ctx.reply("Oops")).delete()
    ctx.add_reaction(message.platform_message_id, "eyes")
    ctx.metadata.set("intent", "order")
    ctx.trigger("escalation", payload={"reason": "late"})
    await ctx.reply(
        Card(
            title="Order 7",
            children=[
                CardText("Shipped"),
                Actions([Button("track", "Track"), Button("cancel", "Cancel order", value="7")]),
                Select("speed", "Speed", [SelectOption("Fast", "fast"), SelectOption("Slow", "slow")]),
            ],
        )
    )
    if "bye" in message.text:
        ctx.resolve("All said")


@shop.on_action
async def pressed(action: Any, ctx: AgentContext) -> str:
    return f"{action.id}={action.value}"


@shop.on_reaction
async def reacted(reaction: Any, ctx: AgentContext) -> str:
    return f"{'+' if reaction.added else '-'}{reaction.emoji.name} on {reaction.message.text}"


@shop.on_resolve
async def resolved(ctx: AgentContext) -> str:
    return f"Bye, {ctx.subscriber and ctx.subscriber.first_name}"


@workflow("escalation")
async def escalation(step: Step, payload: dict[str, Any]) -> None:
    await step.in_app("tell", {"body": f"Escalated: {payload['reason']}"})


def test_edits_deletions_and_reactions_are_seen(novu: NovuSimulator) -> None:
    novu.register(escalation, shop)
    conversation = novu.agent("shop", subscriber=ANN)
    answered = conversation.say("Where is order 7?")

    assert texts(answered) == ["Order 7 is on its way", "Shipped"]
    assert [one.edited for one in answered] == [True, False]
    assert conversation.messages[0].reactions == [("eyes", "shop")]
    assert conversation.typing == ["Looking"]
    assert (answered[1].buttons, answered[1].lines[0]) == (["Track", "Cancel order"], "# Order 7")


def test_signals_do_what_they_say(novu: NovuSimulator) -> None:
    novu.register(escalation, shop)
    conversation = novu.agent("shop", subscriber=ANN)
    conversation.say("Where is order 7?")

    assert conversation.metadata == {"intent": "order"}
    assert [one["type"] for one in conversation.signals] == ["metadata", "trigger"]
    assert novu.messages[0].body == "Escalated: late"
    assert conversation.triggers[0].run.subscriber_id == "ann"


def test_a_conversation_is_resolved_until_somebody_writes_again(novu: NovuSimulator) -> None:
    novu.register(escalation, shop)
    conversation = novu.agent("shop", subscriber=ANN)

    assert texts(conversation.say("bye"))[-1] == "Bye, Ann"
    assert conversation.status == "resolved"
    conversation.say("Wait")
    assert conversation.status == "active"


def test_the_next_turn_gets_what_the_agent_stored(novu: NovuSimulator) -> None:
    novu.register(escalation, shop)
    stored: list[Any] = []

    @agent("memory")
    async def memory(message: AgentMessage, ctx: AgentContext) -> None:
        stored.append((ctx.conversation.metadata, [(one.role, one.type, one.content) for one in ctx.history]))
        ctx.metadata.set("count", message.text)
        await ctx.reply("Noted")

    conversation = novu.agent(memory, metadata={"seen": True})
    conversation.say("1")
    conversation.say("2")

    assert stored[1] == (
        {"seen": True, "count": "1"},
        [
            ("subscriber", "message", "1"),
            ("agent", "message", "Noted"),
            ("agent", "signal", "Metadata updated: count"),
            ("subscriber", "message", "2"),
        ],
    )


@pytest.mark.parametrize(
    ("added", "told"),
    [
        (True, "Ann Berg reacts with :heart: on '# Order 7'"),
        (False, "Ann Berg takes away :heart: on '# Order 7'"),
    ],
)
def test_the_transcript_tells_of_a_reaction(novu: NovuSimulator, added: bool, told: str) -> None:
    novu.register(escalation, shop)
    conversation = novu.agent("shop", subscriber=ANN)
    conversation.say("Where?")
    conversation.react("heart", added=added)
    assert told in conversation.transcript


@pytest.mark.parametrize(
    ("press", "answer"),
    [
        (lambda one: one.press("Cancel order"), "cancel=7"),
        (lambda one: one.press("cancel"), "cancel=7"),
        (lambda one: one.press("track"), "track=None"),
        (lambda one: one.choose("Slow"), "speed=slow"),
        (lambda one: one.choose("fast", of="Speed"), "speed=fast"),
        (lambda one: one.react("👍"), "+thumbs_up on Shipped"),
        (lambda one: one.react("heart", one.messages[0], added=False), "-heart on Where?"),
    ],
)
def test_people_use_what_is_shown(novu: NovuSimulator, press: Any, answer: str) -> None:
    novu.register(escalation, shop)
    conversation = novu.agent("shop", subscriber=ANN)
    conversation.say("Where?")
    assert texts(press(conversation)) == [answer]


@pytest.mark.parametrize(
    ("use", "told"),
    [
        (
            lambda one: one.press("Cancel"),
            "There is no button 'Cancel' on show; there are: Track, Cancel order",
        ),
        (lambda one: one.choose("Medium"), "There is no option 'Medium' to choose; there are: Fast, Slow"),
        (lambda one: one.fill("Name", "x"), "There is no field 'Name' on show; there are: none"),
        (lambda one: one.approve(), "shop asks nothing of that kind: approve or tool"),
    ],
)
def test_what_is_not_on_show_cannot_be_used(novu: NovuSimulator, use: Any, told: str) -> None:
    novu.register(escalation, shop)
    conversation = novu.agent("shop", subscriber=ANN)
    conversation.say("Where?")
    with pytest.raises(NotOnShow, match=told):
        use(conversation)


def test_an_unknown_agent_is_told_with_those_that_there_are(novu: NovuSimulator) -> None:
    novu.register(shop, echo)
    with pytest.raises(
        UnknownAgent, match=r"There is no agent 'shopp' here.*shop, echo; did you mean 'shop'\?"
    ):
        novu.agent("shopp")
    with pytest.raises(ValueError, match="'slak' is not a platform of agents; there are slack"):
        novu.agent("shop", platform="slak")


@agent("broken")
async def broken(message: AgentMessage, ctx: AgentContext) -> None:
    ctx.metadata.set("tried", True)
    raise RuntimeError("the shop is closed")


def test_an_agent_that_raises_is_told_to_people_and_to_the_test(novu: NovuSimulator) -> None:
    conversation = novu.agent(broken)
    [apology] = conversation.say("Hi")

    assert "went wrong" in apology.text
    assert conversation.metadata == {"tried": True}  # delivered after the failure, as the package does
    with pytest.raises(
        UnreadFailures,
        match="the test did not look at it:\n\nbroken, onMessage: RuntimeError: the shop is closed",
    ):
        novu.raise_unread_failures()

    [failure] = conversation.failures
    assert (failure.event, str(failure.raised)) == ("onMessage", "the shop is closed")
    novu.raise_unread_failures()


def test_a_notification_that_is_answered_goes_along(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    run = novu.trigger(escalation, ANN, {"reason": "late"}).run
    conversation.reply_to(run, "Thanks")

    message = run.messages[0]
    assert got[0]["notification"] == {
        "id": run.id,
        "workflowId": "escalation",
        "messageId": message.id,
        "platformMessageId": message.id,
        "sentAt": "2026-01-01T09:00:00.000Z",
        "body": "Escalated: late",
        "payload": {"reason": "late"},
    }
    conversation.say("And?")
    assert got[1]["notification"] is None


def test_a_transcript_tells_it_all(novu: NovuSimulator) -> None:
    novu.register(escalation, shop)
    conversation = novu.agent("shop", subscriber=ANN)
    conversation.say("Where is order 7?")
    novu.advance(hours=1)
    conversation.press("Track")

    assert NINE.hour == 9
    assert (
        conversation.transcript
        == """\
shop on slack, with Ann Berg (active)

2026-01-01
09:00:00  Ann Berg
    Where is order 7?
    (:eyes: by shop)
09:00:00  shop is at work: Looking
09:00:00  shop (edited)
    Order 7 is on its way
09:00:00  shop edits 'Order 7 is on its way'
09:00:00  shop (deleted)
    Oops
09:00:00  shop deletes 'Oops'
09:00:00  shop
    # Order 7
    Shipped
    [Track] [Cancel order]
    Speed: (Fast | Slow)
09:00:00  shop notes intent = "order"
09:00:00  shop triggers escalation for ann with {"reason": "late"}
09:00:00  shop reacts with :eyes: on 'Where is order 7?'
10:00:00  Ann Berg presses [Track]
10:00:00  shop
    track=None"""
    )
