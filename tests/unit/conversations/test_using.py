"""What people use of what is on show, what the agent gets of it, and what a conversation tells afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from novu_framework import Step, agent, workflow
from novu_framework.agents import (
    Actions,
    AgentContext,
    AgentMessage,
    Button,
    Card,
    Select,
    SelectOption,
    TextInput,
)
from novu_framework_testing import ChatMessage, Conversation, NotOnShow, NovuSimulator, Stranger
from novu_framework_testing.conversations.inputs import attachment, notification_of
from tests.tables import walked
from tests.unit.conversations.people import ANN
from tests.unit.conversations.posting import mute, posted, told
from tests.unit.conversations.test_talk import events_of, texts

BOB = {"subscriberId": "bob", "firstName": "Bob"}


def select(id: str, label: str, *options: str) -> Any:
    return Select(id, label, [SelectOption(one.capitalize(), one) for one in options])


@agent("form")
async def form(message: AgentMessage, ctx: AgentContext) -> str | None:
    if ctx.human_response is not None:
        return f"{ctx.human_response.kind} {ctx.human_response.text} of {message.author.full_name}"
    for card in message.text.split():
        if card == "ask":
            ctx.ask("Which order?", to=["bob"])
        elif card == "choose":
            ctx.choose("Which region?", ["east", "west"])
        elif card == "twice":
            await ctx.reply(Card("Old", children=[select("old", "Old one", "fast", "slow")]))
            await ctx.reply(Card("New", children=[select("new", "New one", "fast", "late")]))
        elif card == "fields":
            fields = [TextInput("why", "Why?"), TextInput("id-only", "")]
            await ctx.reply(
                Card("Form", children=[*fields, Actions([Button("go", ""), Button("end", "End")])])
            )
    return None


@form.on_action
async def acted(action: Any, ctx: AgentContext) -> str:
    response = ctx.human_response
    return f"{action.id}={action.value}" if response is None else f"chose {response.option_id}"


@pytest.fixture
def conversation(novu: NovuSimulator) -> Conversation:
    return novu.agent(form, subscriber=ANN)


@pytest.mark.parametrize(
    ("shown", "use", "answer", "said"),
    [
        ("fields", lambda one: one.fill("Why?", "Late"), "why=Late", "Ann Berg fills in Why?: Late"),
        ("fields", lambda one: one.fill("why?", "Late"), "why=Late", "Ann Berg fills in Why?: Late"),
        ("fields", lambda one: one.fill("id-only", "7"), "id-only=7", "Ann Berg fills in id-only: 7"),
        ("fields", lambda one: one.fill("why", "7", by=BOB), "why=7", "Bob fills in Why?: 7"),
        ("fields", lambda one: one.press("go"), "go=None", "Ann Berg presses [go]"),
        ("fields", lambda one: one.press("END", by=BOB), "end=None", "Bob presses [End]"),
        ("twice", lambda one: one.choose("Fast"), "new=fast", "Ann Berg chooses Fast"),
        ("twice", lambda one: one.choose("Fast", of="Old one"), "old=fast", "Ann Berg chooses Fast"),
        ("twice", lambda one: one.choose("slow"), "old=slow", "Ann Berg chooses slow"),
        ("twice", lambda one: one.choose("late", by=BOB), "new=late", "Bob chooses late"),
        ("choose", lambda one: one.choose("west"), "chose opt_2", "Ann Berg chooses west"),
        ("choose twice", lambda one: one.choose("west"), "chose opt_2", "Ann Berg chooses west"),
    ],
)
def test_what_people_use_reaches_the_agent_and_is_told(
    conversation: Conversation, shown: str, use: Any, answer: str, said: str
) -> None:
    conversation.say(shown)
    assert texts(use(conversation)) == [answer]
    assert f"  {said}\n" in conversation.transcript


@pytest.mark.parametrize(
    ("shown", "use", "told"),
    [
        ("fields", lambda one: one.fill("Wy", "x"), "no field 'Wy' on show; there are: Why?, id-only"),
        ("fields", lambda one: one.press("stop"), "no button 'stop' on show; there are: go, End"),
        ("twice", lambda one: one.choose("x"), "no option 'x' to choose; there are: Fast, Late, Fast, Slow"),
        ("twice", lambda one: one.choose("late", of="old"), "no option 'late' to choose"),
        ("choose", lambda one: one.choose("x"), "no option 'x' to choose; there are: east, west"),
        ("choose", lambda one: one.choose("west", of="Which region?"), "no option 'west' to choose"),
        ("", lambda one: one.choose("x"), "no option 'x' to choose; there are: none"),
        ("", lambda one: one.react("heart"), "form has written no message to react to."),
        ("", lambda one: one.answer("7"), "form asks nothing of that kind: ask."),
        ("choose", lambda one: one.approve(), "form asks nothing of that kind: approve or tool."),
    ],
)
def test_what_is_there_is_told_where_something_else_is_used(
    conversation: Conversation, shown: str, use: Any, told: str
) -> None:
    conversation.say(shown)
    with pytest.raises(NotOnShow) as error:
        use(conversation)
    assert told in str(error.value)


def test_what_was_chosen_once_is_not_chosen_again(conversation: Conversation) -> None:
    conversation.say("choose")
    conversation.choose("west")
    with pytest.raises(NotOnShow, match="no option 'west' to choose; there are: none"):
        conversation.choose("west")


@pytest.mark.parametrize(("by", "name"), [(None, "Bob"), (BOB, "Bob")])
def test_a_question_is_answered_by_whom_it_was_asked(conversation: Conversation, by: Any, name: str) -> None:
    conversation.say("Hello", by=BOB)
    conversation.say("ask")
    assert texts(conversation.answer("7", by=by)) == [f"ask 7 of {name}"]
    assert conversation.requests[0].answered_by == "bob"


def test_only_whom_a_question_was_asked_answers_it(conversation: Conversation) -> None:
    conversation.say("ask")
    assert texts(conversation.answer("7", by=ANN)) == ["This question is for someone else."]
    assert texts(conversation.reply_to(conversation.replies[-1], "8", by=BOB)) == ["ask 8 of Bob"]


def test_a_question_among_several_is_answered_by_a_reply_to_it(conversation: Conversation) -> None:
    conversation.say("ask ask")
    first, second = conversation.replies
    assert texts(conversation.say("7", by=BOB)) == []
    assert texts(conversation.reply_to(first, "8", by=BOB)) == ["ask 8 of Bob"]
    assert [one.status for one in conversation.requests] == ["answered", "pending"]
    assert (first.lines[-1], second.lines[-1]) == ("Answered by Bob", "_Reply to answer._")


def test_files_go_along_with_a_reply_to_a_message(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    conversation.say("Hi")
    conversation.reply_to(conversation.messages[0], "See", by=BOB, files=["a.pdf"])
    assert got[-1]["message"]["attachments"][0]["name"] == "a.pdf"
    assert got[-1]["message"]["author"]["fullName"] == "Bob"


@pytest.mark.parametrize(
    ("emoji", "name"), [("👍", "thumbs_up"), (":eyes:", "eyes"), ("heart", "heart"), ("🎉", "party")]
)
def test_a_reaction_is_put_on_a_message_and_taken_away(novu: NovuSimulator, emoji: str, name: str) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    posted(novu, conversation, reply={"markdown": "One"})
    posted(novu, conversation, reply={"markdown": "Two"})
    first, latest = conversation.replies
    conversation.react(emoji)
    conversation.react(emoji, first, by=BOB)
    assert (first.reactions, latest.reactions) == ([(name, "bob")], [(name, "ann")])
    for _ in range(2):  # what is not there cannot be taken away
        conversation.react(emoji, added=False)
    assert (first.reactions, latest.reactions) == ([(name, "bob")], [])

    assert [(one["event"], one["reaction"]["messageId"], one["reaction"]["added"]) for one in got] == [
        ("onReaction", latest.id, True),
        ("onReaction", first.id, True),
        ("onReaction", latest.id, False),
        ("onReaction", latest.id, False),
    ]
    assert got[0]["reaction"]["emoji"] == {"name": name}
    assert got[0]["reaction"]["message"]["author"] == {
        "userId": "spy",
        "fullName": "spy",
        "userName": "spy",
        "isBot": True,
    }
    assert [(one.role, one.text) for one in conversation.state.log if one.type == "reaction"] == [
        ("subscriber", name),
        ("subscriber", name),
        ("subscriber", f"-{name}"),
        ("subscriber", f"-{name}"),
    ]


def test_a_reaction_to_a_message_of_people_goes_along_with_who_wrote_it(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    conversation.say("Hi", by=BOB)
    conversation.say("Me too", by=Stranger("Guest"))
    for message in conversation.messages:
        conversation.react("heart", message)
    authors = [one["reaction"]["message"]["author"] for one in got[2:]]
    assert [(one["userId"], one["fullName"], one["isBot"]) for one in authors] == [
        ("bob", "Bob", False),
        ("Guest", "Guest", False),
    ]


def test_a_conversation_tells_what_novu_keeps_of_it(novu: NovuSimulator) -> None:
    conversation = novu.agent(mute, subscriber=ANN, platform="telegram", events=True)
    conversation.say("Hi")
    told(
        novu,
        conversation,
        {"type": "custom", "name": "seen", "data": 1},
        {"type": "channel.typing", "state": "on"},
        {"type": "signal", "signal": {"type": "metadata", "key": "a", "value": 1}},
        {"type": "message", "messageId": "m-1", "content": {"markdown": "Hello"}},
    )
    assert (conversation.id, conversation.agent_id) == (conversation.state.id, "mute")
    assert (conversation.platform, conversation.status) == ("telegram", "active")
    assert conversation.emitted == [("seen", 1)]
    assert conversation.typing == ["Thinking..."]
    assert conversation.signals == [{"type": "metadata", "key": "a", "value": 1}]
    assert (conversation.triggers, conversation.requests, conversation.failures) == ([], [], [])
    assert texts(conversation.replies) == ["Hello"]
    assert str(conversation) == conversation.transcript
    assert repr(conversation) == "<Conversation with mute on telegram, active: 2 messages>"


def test_what_a_conversation_tells_is_the_tests_own(novu: NovuSimulator) -> None:
    conversation = novu.agent(mute, subscriber=ANN, metadata={"a": 1})
    every: list[Any] = [
        conversation.signals,
        conversation.triggers,
        conversation.requests,
        conversation.emitted,
    ]
    for given in every:
        given.append(None)
    conversation.failures.append(None)  # type: ignore[arg-type]
    conversation.metadata.clear()
    assert conversation.signals == conversation.triggers == conversation.requests == []
    assert (conversation.emitted, conversation.failures, conversation.metadata) == ([], [], {"a": 1})


@workflow("note")
async def note(step: Step, payload: dict[str, Any]) -> None:
    await step.email(
        "email", {"subject": "A note", "body": "By email"}, skip=lambda controls: "email" not in payload
    )
    await step.in_app(
        "inbox", {"body": str(payload.get("body"))}, skip=lambda controls: "body" not in payload
    )


@pytest.mark.parametrize(
    ("payload", "body"),
    [
        ({"body": "x" * 600}, "x" * 500),
        ({"body": "x" * 501}, "x" * 500),
        ({"body": "In the Inbox"}, "In the Inbox"),
        ({"email": True}, "By email"),
        ({"email": True, "body": "In the Inbox"}, "By email"),
    ],
)
@pytest.mark.parametrize("of", ["run", "message", "step"])
def test_a_notification_is_told_by_its_message_on_the_channel_of_the_conversation(
    novu: NovuSimulator, payload: dict[str, Any], body: str, of: str
) -> None:
    run = novu.trigger(note, ANN, payload).run
    messages = [one for one in run.messages if one.channel == "email"] or list(run.messages)
    what = {"run": run, "message": messages[0], "step": messages[0].step}[of]
    assert notification_of(what, "email") == {
        "id": run.id,
        "workflowId": "note",
        "messageId": messages[0].id,
        "platformMessageId": messages[0].id,
        "sentAt": "2026-01-01T09:00:00.000Z",
        "body": body,
        "payload": payload,
    }


def test_what_has_sent_no_message_cannot_be_replied_to(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    run = novu.trigger(note, ANN, {}).run
    with pytest.raises(NotOnShow, match=r"has sent no message to reply to\.$"):
        conversation.reply_to(run, "Thanks")
    assert conversation.messages == []


@walked(
    ("name", "kind", "media"),
    [
        ("a.png", "image/png", "image"),
        ("a.mp3", "audio/mpeg", "audio"),
        ("a.mp4", "video/mp4", "video"),
        ("a.pdf", "application/pdf", "file"),
        ("folder/a.txt", "text/plain", "file"),
        ("what", "application/octet-stream", "file"),
    ],
)
def test_a_file_is_known_by_its_name(name: str, kind: str, media: str) -> None:
    last = name.rpartition("/")[2]
    assert attachment(name) == {
        "type": media,
        "name": last,
        "mimeType": kind,
        "url": f"https://files.novu.test/{last}",
    }


def test_the_agent_gets_what_was_written_at_its_time(novu: NovuSimulator) -> None:
    conversation, got = events_of(novu, subscriber=ANN)
    conversation.say("Hi")
    novu.advance(timedelta(minutes=1))
    conversation.react("heart", conversation.messages[0])
    assert got[-1]["timestamp"] == "2026-01-01T09:01:00.000Z"
    assert got[-1]["reaction"]["message"] == {
        "text": "Hi",
        "platformMessageId": conversation.messages[0].id,
        "author": {"userId": "ann", "fullName": "Ann Berg", "userName": "ann", "isBot": False},
        "timestamp": "2026-01-01T09:00:00.000Z",
    }
    assert isinstance(conversation.messages[0], ChatMessage)
