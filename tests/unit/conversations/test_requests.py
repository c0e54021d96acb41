"""What agents ask of people: how it is answered, by whom, and what comes of it when nobody does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from novu_framework import AgentContext, agent
from novu_framework.agents import AgentAction, AgentMessage, ApprovalRequest, ToolApprovalDecision
from novu_framework_testing import Conversation, NotOnShow, NovuSimulator
from tests.unit.conversations.people import ANN

BOB = {"subscriberId": "bob", "firstName": "Bob"}
SEEN: list[dict[str, Any]] = []


@pytest.fixture(autouse=True)
def _nothing_seen() -> None:
    SEEN.clear()


def noted(ctx: AgentContext) -> str:
    response = ctx.human_response
    SEEN.append(dict(response or {}))
    return (
        "ordinary"
        if response is None
        else f"{response.kind} {response.status} {response.text or response.option_id}"
    )


@agent("boss")
async def boss(message: AgentMessage, ctx: AgentContext) -> str | None:
    if ctx.human_response is not None:
        return noted(ctx)
    what, *to = message.text.split()
    if what == "approve":
        ctx.approve("Delete everything?", to=to or None, from_="ops")
    elif what == "approve-long":
        ctx.approve("Delete everything?\nIt cannot be undone.")
    elif what == "ttl":
        ctx.approve("Delete everything?", ttl=int(to[0]))
    elif what == "choose":
        ctx.choose("Which region?", ["us-east", "eu-west"], to=to or None)
    elif what == "ask":
        ctx.ask("Which order?", to=to or None)
    elif what == "tell":
        ctx.tell("It is done")
    else:
        return noted(ctx)
    return None


@boss.on_action
async def acted(action: AgentAction, ctx: AgentContext) -> str:
    return noted(ctx)


@pytest.fixture
def conversation(novu: NovuSimulator) -> Conversation:
    return novu.agent(boss, subscriber=ANN)


def said(messages: list[Any]) -> list[str]:
    return [str(one) for one in messages]


@pytest.mark.parametrize(
    ("asked", "answer", "got", "status"),
    [
        ("approve", lambda one: one.approve(), "approve approved approve", "approved"),
        ("approve", lambda one: one.press("Approve"), "approve approved approve", "approved"),
        ("approve", lambda one: one.deny(), "approve denied deny", "denied"),
        ("choose", lambda one: one.choose("eu-west"), "choose answered opt_2", "answered"),
        ("choose", lambda one: one.press("A"), "choose answered opt_1", "answered"),
        ("ask", lambda one: one.answer("7"), "ask answered 7", "answered"),
        ("ask", lambda one: one.say("7"), "ask answered 7", "answered"),
        ("ask", lambda one: one.reply_to(one.replies[-1], "7"), "ask answered 7", "answered"),
    ],
)
def test_an_answer_reaches_the_agent(
    conversation: Conversation, asked: str, answer: Any, got: str, status: str
) -> None:
    conversation.say(asked)
    assert said(answer(conversation)) == [got]
    [request] = conversation.requests
    assert (request.status, request.answered_by) == (status, "ann")
    assert SEEN[0]["requestId"] == request.request_id
    assert (SEEN[0]["respondedBy"], SEEN[0]["respondedBySubscriberId"]) == ("Ann Berg", "ann")


def test_a_request_is_a_card_and_shows_afterwards_what_came_of_it(conversation: Conversation) -> None:
    [card] = conversation.say("approve")
    assert said([card]) == ["# Delete everything?\nFrom ops\n[Deny] [Approve]"]
    conversation.approve()
    assert (said([card]), card.edited) == (["# Delete everything?\nFrom ops\nApproved by Ann Berg"], True)

    [card] = conversation.say("approve-long")
    assert said([card]) == ["# Delete everything?\nIt cannot be undone.\n[Deny] [Approve]"]

    [card] = conversation.say("choose")
    assert said([card]) == ["# Which region?\n**A.** us-east\n**B.** eu-west\n[A] [B]"]
    conversation.choose("us-east")
    assert said([card]) == ["# Which region?\nus-east by Ann Berg"]


def test_a_notice_waits_for_nobody(conversation: Conversation, novu: NovuSimulator) -> None:
    assert said(conversation.say("tell")) == ["# It is done"]
    assert conversation.requests[0].status == "delivered"
    assert said(conversation.say("Thanks")) == ["ordinary"]


@pytest.mark.parametrize(
    ("asked", "time"),
    [
        ("approve", timedelta(hours=24)),
        ("ttl 3600", timedelta(hours=1)),
        ("ttl 999999", timedelta(hours=72)),
        ("ask", timedelta(hours=24)),
    ],
)
def test_a_request_that_nobody_answers_expires_in_its_time(
    conversation: Conversation, novu: NovuSimulator, asked: str, time: timedelta
) -> None:
    conversation.say(asked)
    statuses = []
    for wait in (time - timedelta(seconds=1), timedelta(seconds=1)):
        novu.advance(wait)
        statuses.append(conversation.requests[0].status)
    assert statuses == ["pending", "expired"]
    assert SEEN == []  # Novu tells the agent when somebody comes too late


@pytest.mark.parametrize("late", [lambda one: one.approve(), lambda one: one.press("Approve")])
def test_who_comes_too_late_is_told_and_so_is_the_agent(
    conversation: Conversation, novu: NovuSimulator, late: Any
) -> None:
    [card] = conversation.say("approve")
    novu.advance(days=2)
    told, answer = late(conversation)

    assert ("Too late" in told.text, told.role) == (True, "system")
    assert (answer.text, SEEN[0]["expired"]) == ("approve expired None", True)
    assert card.lines[-1] == "Nobody answered in time"
    with pytest.raises(NotOnShow):
        conversation.approve()


def test_an_answer_that_was_given_in_time_does_not_expire(
    conversation: Conversation, novu: NovuSimulator
) -> None:
    conversation.say("approve")
    conversation.approve()
    novu.advance(days=2)
    assert conversation.requests[0].status == "approved"
    assert novu.run_until_idle() is None


def test_only_those_who_are_asked_can_answer(conversation: Conversation) -> None:
    conversation.say("approve bob")
    [refusal] = conversation.approve(by="ann")
    assert (refusal.text, conversation.requests[0].status) == (
        "This question is for someone else.",
        "pending",
    )

    assert said(conversation.approve(by=BOB)) == ["approve approved approve"]
    assert conversation.requests[0].answered_by == "bob"


def test_who_is_asked_answers_where_nobody_is_named(conversation: Conversation) -> None:
    conversation.say("approve bob")
    conversation.approve()
    assert conversation.requests[0].answered_by == "bob"


def test_the_first_answer_counts(conversation: Conversation) -> None:
    conversation.say("approve ann bob")
    card = conversation.replies[-1]
    conversation.approve(by="bob")
    assert card.buttons == []
    assert SEEN[0]["respondedBySubscriberId"] == "bob"


@agent("clerk")
async def clerk(message: AgentMessage, ctx: AgentContext) -> Any:
    if message.text.startswith("refund"):
        return await ctx.tool_approval.request(
            id=f"call-{message.text[7:]}", name="refund", input={"order": message.text[7:]}
        )
    return " ".join(one.type for one in ctx.history)


@clerk.on_tool_approval
async def decided(decision: ToolApprovalDecision[Any], ctx: AgentContext) -> str:
    if decision.approval_message.message_id:  # there is none where people answer by a text
        await decision.approval_message.delete()
    return f"{'Refunded' if decision.approved else 'Kept'} {decision.tool_call.input}"


@pytest.fixture
def desk(novu: NovuSimulator) -> Conversation:
    return novu.agent(clerk, subscriber=ANN)


def test_the_call_of_a_tool_waits_for_an_approval(desk: Conversation) -> None:
    [card] = desk.say("refund 7")
    assert said([card]) == ["# Tool approval required\nrefund: 7\n[Deny] [Approve]"]
    assert said(desk.approve()) == ["Refunded {'order': '7'}"]
    assert (card.deleted, desk.requests[0].status) == (True, "approved")

    desk.say("refund 8")
    assert said(desk.deny()) == ["Kept {'order': '8'}"]


@agent("polite")
async def polite(message: AgentMessage, ctx: AgentContext) -> Any:
    return await ctx.tool_approval.request(id="call-1", name="refund", input={"order": "7"})


@polite.render_approval
def rendered(request: ApprovalRequest) -> dict[str, Any]:
    return request.approval_card(title="May I?", body="It is *much*.", approve_label="Yes", deny_label="No")


def test_the_approval_of_a_tool_may_have_texts_of_its_own(novu: NovuSimulator) -> None:
    [card] = novu.agent(polite, subscriber=ANN).say("Please")
    assert said([card]) == ["# May I?\nrefund: 7\nIt is *much*.\n[No] [Yes]"]


def test_a_button_is_known_by_the_request_that_it_belongs_to(
    conversation: Conversation, desk: Conversation
) -> None:
    for text in ("approve", "choose"):
        conversation.say(text)
    desk.say("refund 7")
    requests = [*conversation.requests, *desk.requests]
    ids = [one.action_id("deny") for one in requests]
    assert [[one.verdict_of(each) for each in ids] for one in requests] == [
        ["deny", None, None],
        [None, "deny", None],
        [None, None, "deny"],
    ]
    assert desk.requests[0].verdict_of("tool-approval:deny:another") is None


def test_the_history_has_the_request_and_the_decision(desk: Conversation) -> None:
    desk.say("refund 7")
    desk.approve()
    assert said(desk.say("What?")) == [
        "message tool_approval_request message tool_approval_decision delete message message"
    ]


def test_who_writes_on_does_not_approve(desk: Conversation) -> None:
    [card] = desk.say("refund 7")
    desk.say("Or not")
    assert (card.deleted, desk.requests[0].status) == (True, "canceled")
    with pytest.raises(NotOnShow):
        desk.approve()


def test_the_approval_of_a_tool_expires_as_a_denial(desk: Conversation, novu: NovuSimulator) -> None:
    [card] = desk.say("refund 7")
    novu.advance(hours=24)
    [told] = desk.approve()
    assert ("Too late" in told.text, desk.requests[0].status) == (True, "expired")
    assert card.lines[-1] == "Nobody answered in time"


def test_a_platform_without_buttons_takes_a_yes_or_no(novu: NovuSimulator) -> None:
    desk = novu.agent(clerk, subscriber=ANN, platform="sendblue")
    [card] = desk.say("refund 7")
    assert said([card]) == ["# Tool approval required\nrefund: 7\nReply YES or NO."]
    assert said(desk.say("Yes!")) == ["Approved by Ann Berg", "Refunded {'order': '7'}"]

    desk.say("refund 8")
    assert said(desk.say("no thanks.")) == ["Denied by Ann Berg", "Kept {'order': '8'}"]

    [card] = desk.say("refund 9")
    assert said(desk.react("👍", card)) == ["Approved by Ann Berg", "Refunded {'order': '9'}"]


def test_a_conversation_that_waits_is_told_of_where_time_stands(
    conversation: Conversation, novu: NovuSimulator
) -> None:
    conversation.say("ttl 3600")
    novu.run_until_idle()
    assert (conversation.requests[0].status, novu.now.hour) == ("expired", 10)
