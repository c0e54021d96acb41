"""Rules of Novu about conversations with agents: what people do, what agents say, and what is asked of people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from novu_framework import Step, agent, workflow
from novu_framework_testing import Stranger
from tests.rules import Source, left_out, rule

_RUNTIME = "apps/api/src/app/agents/conversation-runtime"
_RELAY = "apps/api/src/app/agents/human-relay"
POST = Source("apps/api/src/app/agents/shared/dtos/agent-reply-payload.dto.ts", "0d5164a")
REPLY = Source(f"{_RUNTIME}/reply/handle-agent-reply/handle-agent-reply.usecase.ts", "0155fce")
CONVERSATIONS = Source(f"{_RUNTIME}/conversation/agent-conversation.service.ts", "01caeda")
HISTORY = Source(f"{_RUNTIME}/conversation/agent-conversation.helpers.ts", "9f4fc55")
BY_WORDS = Source("apps/api/src/app/agents/shared/tool-approval/reply-based-approval.ts", "17863b3")
BY_REPLY = Source(f"{_RUNTIME}/ingress/reply-approval-interceptor.service.ts", "35dd8bc")
ASKED = Source(
    "apps/api/src/app/human/usecases/create-conversation-interaction/create-conversation-interaction.usecase.ts",
    "21dda51",
)
LIFE = Source("apps/api/src/app/human/services/human-interaction-lifecycle.ts", "172e025")
SETTLED = Source(f"{_RELAY}/human-interaction-settlement.service.ts", "14d907c")
INBOUND = Source(f"{_RELAY}/human-conversation-inbound.interceptor.ts", "172e025")


@agent("helper")
async def helper(message, ctx):
    verb, *words = message.text.split()
    if verb == "set":
        ctx.metadata.set(words[0], words[1])
    elif verb == "trigger":
        ctx.trigger(words[0])
    elif verb == "approve":
        ctx.approve("Sure?", **({"ttl": int(words[0])} if words else {}))
    elif verb == "tool":
        return await ctx.tool_approval.request(id="call-1", name="refund", input={"order": 7})
    elif verb == "resolve":
        ctx.resolve()
    elif verb == "history":
        return str(len(ctx.history))
    return None if ctx.human_response is None else ctx.human_response.status


@helper.on_action
async def acted(action, ctx):
    return ctx.human_response and ctx.human_response.status


@helper.on_tool_approval
async def decided(decision, ctx):
    return "approved" if decision.approved else "denied"


@helper.on_resolve
async def resolved(ctx):
    return "Bye"


@workflow("note")
async def note(step: Step) -> None:
    await step.in_app("inbox", {"body": "Hi"})


@pytest.fixture
def talk(sim):
    sim.register(helper, note)
    return sim.agent("helper", subscriber="ann")


def post(api, talk, **more):
    """A post of the agent, as it makes them itself."""
    return api.post(
        "/v1/agents/helper/reply",
        {"conversationId": talk.id, "integrationIdentifier": "slack", **more},
    )


@rule(
    "conversations.one-effect",
    "A post of an agent with a reply and an edit, or with neither and no effect, is a 400.",
    REPLY,
)
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"signals": []},
        {"reply": {"markdown": "a"}, "edit": {"messageId": "1", "content": {"markdown": "b"}}},
        {"edit": {"messageId": "1", "content": {"markdown": "b"}}, "resolve": {}},
    ],
)
def test_a_post_of_an_agent_has_one_effect(api, talk, body):
    assert post(api, talk, **body).status == 400


@rule(
    "conversations.content",
    "A message has exactly one of a text, a card and a tool's card, and up to 15 files.",
    POST,
)
@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({"markdown": "a"}, 200),
        ({"card": {"type": "card"}}, 200),
        ({}, 422),
        ({"markdown": "a", "card": {"type": "card"}}, 422),
        ({"files": [{"filename": "a", "url": "https://a.test"}]}, 422),
        ({"markdown": "a", "files": [{"filename": "a", "url": "https://a.test"}] * 15}, 200),
        ({"markdown": "a", "files": [{"filename": "a", "url": "https://a.test"}] * 16}, 422),
        ({"markdown": "a", "files": [{"filename": "a", "url": "https://a.test", "data": "YQ=="}]}, 422),
    ],
)
def test_a_message_has_one_content(api, talk, content, status):
    assert post(api, talk, reply=content).status == status


@rule(
    "conversations.metadata-keys",
    "A key of metadata has letters and digits, with single `-`, `_` or `:` between.",
    POST,
)
@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("crm:ticket-id", 200),
        ("a" * 128, 200),
        ("a" * 129, 422),
        ("a.b", 422),
        ("", 422),
        ("constructor", 422),
    ],
)
def test_a_key_of_metadata(api, talk, key, status):
    assert post(api, talk, signals=[{"type": "metadata", "key": key, "value": 1}]).status == status


@rule(
    "conversations.unknown",
    "A post to an unknown conversation is a 404, to that of another agent a 403.",
    REPLY,
)
def test_a_post_to_no_conversation(api, talk):
    assert post(api, talk, reply={"markdown": "a"}).status == 200
    assert post(api, talk, conversationId="none", reply={"markdown": "a"}).status == 404
    body = {"conversationId": talk.id, "integrationIdentifier": "slack", "reply": {"markdown": "a"}}
    assert api.post("/v1/agents/other/reply", body).status == 403


@rule(
    "conversations.reopened",
    "A resolved conversation becomes active again when somebody writes.",
    CONVERSATIONS,
)
def test_a_resolved_conversation_is_reopened(talk):
    talk.say("resolve")
    assert talk.status == "resolved"
    talk.say("again")
    assert talk.status == "active"


@rule("conversations.on-resolve", "An agent that resolves a conversation gets an event about it.", REPLY)
def test_an_agent_hears_that_it_has_resolved(talk):
    assert [one.text for one in talk.say("resolve")] == ["Bye"]


@rule(
    "conversations.metadata-size",
    "Metadata of more than 64 KB is a 400, and none of it is kept.",
    CONVERSATIONS,
)
def test_metadata_have_a_size(api, talk):
    signal = {"type": "metadata", "key": "big", "value": "a" * 65_536}
    assert post(api, talk, signals=[signal]).status == 400
    assert talk.metadata == {}
    assert post(api, talk, signals=[{**signal, "value": "a" * 60_000}]).status == 200


@rule(
    "conversations.trigger-to",
    "A trigger by an agent that names no recipient goes to the subscriber of the conversation.",
    REPLY,
)
def test_a_trigger_goes_to_who_talks(sim, talk):
    talk.say("trigger note")
    assert [one.subscriber_id for one in sim.messages] == ["ann"]


@rule(
    "conversations.trigger-unknown",
    "A trigger of an unknown workflow is ignored, and the post is accepted.",
    REPLY,
)
def test_a_trigger_of_an_unknown_workflow(api, talk):
    signals = [{"type": "trigger", "workflowId": "none"}, {"type": "metadata", "key": "a", "value": 1}]
    assert post(api, talk, signals=signals).status == 200
    assert (talk.metadata, talk.triggers) == ({"a": 1}, [])
    assert len(talk.failures) == 1  # which a test is told of all the same


@rule("conversations.history", "An event has the latest 50 entries of the history.", HISTORY)
def test_the_history_has_an_end(talk):
    for _ in range(60):
        talk.say("more")
    assert talk.say("history")[0].text == "50"


@rule("human.ttl", "People have 24 hours to answer, or as long as the request says, up to 72 hours.", LIFE)
@pytest.mark.parametrize(("asked", "hours"), [("approve", 24), ("approve 7200", 2), ("approve 999999", 72)])
def test_people_have_their_time(sim, talk, asked, hours):
    talk.say(asked)
    assert talk.requests[0].expires_at - sim.now == timedelta(hours=hours)


@rule(
    "human.lazy",
    "A request expires when somebody looks at it after its time; only then does its card change.",
    SETTLED,
)
def test_the_card_of_an_expired_request(sim, talk):
    [card] = talk.say("approve")
    sim.advance(hours=25)
    assert card.buttons == ["Deny", "Approve"]
    talk.approve()
    assert card.buttons == []


@rule("human.options", "A choice has two to ten options.", LIFE)
@pytest.mark.parametrize(("number", "taken"), [(1, False), (2, True), (10, True), (11, False)])
def test_a_choice_has_options(api, talk, number, taken):
    signal = {"type": "human", "kind": "choose", "prompt": "Which?", "requestId": "hr_1"}
    options = [f"option {one}" for one in range(number)]
    assert post(api, talk, signals=[{**signal, "options": options}]).status == (200 if taken else 422)


@rule("human.nobody", "A request that names nobody is a 400 if no subscriber takes part.", ASKED)
def test_nobody_is_asked(sim, api):
    sim.register(helper)
    talk = sim.agent("helper", subscriber=Stranger("Guest"))
    signal = {"type": "human", "kind": "approve", "prompt": "Sure?", "requestId": "hr_1"}
    assert post(api, talk, signals=[signal]).status == 400
    assert post(api, talk, signals=[{**signal, "to": ["bob"]}]).status == 200


@rule(
    "human.addressee",
    "If the agent names nobody, the subscriber of the conversation is asked.",
    ASKED,
)
def test_who_is_asked(talk):
    talk.say("approve")
    assert talk.requests[0].to == ("ann",)


@rule("human.response", "An answer reaches the agent with the message or the action that gave it.", INBOUND)
def test_an_answer_comes_with_its_action(talk):
    talk.say("approve")
    assert [one.text for one in talk.approve()] == ["approved"]


@rule("human.pending-cap", "25 requests may wait for a subscriber; the next one is a 429.", LIFE)
def test_so_many_requests_may_wait(api, talk):
    signals = [
        {"type": "human", "kind": "approve", "prompt": "Sure?", "requestId": f"hr_{number}"}
        for number in range(26)
    ]
    assert post(api, talk, signals=signals[:25]).status == 200
    assert post(api, talk, signals=signals[25:]).status == 429
    assert len(talk.requests) == 25


@rule(
    "tool-approvals.words",
    "Without buttons, only a yes or a no decides; any other text does not.",
    BY_WORDS,
)
@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Yes", "approved"),
        ("go ahead!", "approved"),
        ("ok.", "approved"),
        ("👍", "approved"),
        ("No thanks", "denied"),
        ("don't", "denied"),
        ("yes, but less", "canceled"),
        ("yesterday", "canceled"),
    ],
)
def test_a_yes_or_a_no(sim, talk, text, status):
    talk = sim.agent("helper", subscriber="ann", platform="sendblue")
    talk.say("tool")
    talk.say(text)
    assert talk.requests[0].status == status


@rule(
    "tool-approvals.reactions",
    "Where there are no buttons, a thumb up or down on the request decides.",
    BY_REPLY,
)
@pytest.mark.parametrize(
    ("emoji", "added", "status"),
    [("👍", True, "approved"), ("👎", True, "denied"), ("🎉", True, "pending"), ("👍", False, "pending")],
)
def test_a_thumb_decides(sim, talk, emoji, added, status):
    talk = sim.agent("helper", subscriber="ann", platform="sendblue")
    [request] = talk.say("tool")
    talk.react(emoji, request, added=added)
    assert talk.requests[0].status == status


@rule(
    "tool-approvals.requester",
    "Only the person who made the agent ask for a tool call decides on it by words or a thumb.",
    BY_REPLY,
)
@pytest.mark.parametrize(
    "decide", [lambda talk: talk.say("yes", by="bob"), lambda talk: talk.react("👍", by="bob")]
)
def test_somebody_else_does_not_decide(sim, talk, decide):
    talk = sim.agent("helper", subscriber="ann", platform="sendblue")
    talk.say("tool")
    decide(talk)
    assert talk.requests[0].status != "approved"


left_out(
    "tool-approvals.tapbacks",
    "A tapback of iMessage that comes as a text decides on the request that it quotes.",
    BY_WORDS,
    why="`react` stands for it.",
)
left_out(
    "conversations.acknowledgement",
    "Novu puts an emoji on the first message until the agent answers, and another when it is resolved.",
    REPLY,
    why="What Novu shows of its own is not part of what an agent says.",
)
