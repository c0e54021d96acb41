"""What a turn queues beside its replies, and how both modes write it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from novu_framework.agents.effects import Effects, human_request
from novu_framework.errors import AgentInputError
from tests.tables import walked

REQUEST = {"approvalId": "a-1", "toolCallId": "t-1", "name": "refund", "input": {"order": 7}}
SIGNAL = {"type": "trigger", "workflowId": "wf"}
RESULTS: list[dict[str, Any]] = [
    {"toolCallId": "t-2", "toolName": "look", "preview": "late", "output": {"late": True}},
    {"toolCallId": "t-3", "output": None},
]
REACTION = {"messageId": "m-1", "emojiName": "eyes"}
DELETED = {"messageId": "m-2"}


def everything() -> Effects:
    return Effects(REQUEST, [SIGNAL], list(RESULTS), [REACTION], [DELETED], {"summary": "Done"})


def test_a_reply_has_all_that_is_queued_by_novus_names() -> None:
    assert everything().to_reply() == {
        "toolApprovalRequest": REQUEST,
        "signals": [SIGNAL],
        "toolResults": RESULTS,
        "addReactions": [REACTION],
        "deleteMessages": [DELETED],
        "resolve": {"summary": "Done"},
    }
    assert Effects().to_reply() == {}


@pytest.mark.parametrize(("deliver_card", "more"), [(False, {}), (True, {"deliverCard": True})])
def test_a_batch_has_an_event_for_each_thing_that_is_queued(deliver_card: bool, more: dict[str, Any]) -> None:
    asked = {"approvalId": "a-1", "toolUseId": "t-1", "toolName": "refund", "input": {"order": 7}}
    assert everything().to_events(deliver_card=deliver_card) == [
        {"type": "tool-approval-request", **asked, **more},
        {
            "type": "tool-use-result",
            "toolUseId": "t-2",
            "content": [{"type": "text", "text": "late"}, {"type": "json", "value": {"late": True}}],
        },
        {
            "type": "tool-use-result",
            "toolUseId": "t-3",
            "content": [{"type": "text", "text": ""}, {"type": "json", "value": None}],
        },
        {"type": "signal", "signal": SIGNAL},
        {"type": "channel.reaction", "messageId": "m-1", "emoji": "eyes", "op": "add"},
        {"type": "channel.delete", "messageId": "m-2"},
        {"type": "resolve", "summary": "Done"},
    ]


def test_a_batch_of_nothing_is_empty() -> None:
    assert Effects().to_events() == Effects().to_events(deliver_card=True) == []


@walked(
    ("queued", "is_there"),
    [
        ({}, False),
        ({"tool_approval_request": {}}, True),
        ({"signals": [SIGNAL]}, True),
        ({"tool_results": RESULTS}, True),
        ({"add_reactions": [REACTION]}, True),
        ({"delete_messages": [DELETED]}, True),
        ({"resolve": {}}, True),
    ],
)
def test_whatever_is_queued_is_to_be_sent(queued: dict[str, Any], is_there: bool) -> None:
    assert bool(Effects(**queued)) is is_there
    assert len(Effects(**queued).to_reply()) == len(queued)


def test_what_was_taken_is_queued_no_more() -> None:
    queued = everything()
    assert queued.take() == everything()
    assert (queued, bool(queued)) == (Effects(), False)
    queued.signals.append(SIGNAL)
    assert (queued.take(), Effects()) == (Effects(signals=[SIGNAL]), Effects())


ASKED: dict[str, tuple[Callable[[], dict[str, Any]], dict[str, Any]]] = {
    "only a question": (lambda: human_request("ask", "Why?"), {}),
    "from somebody": (lambda: human_request("ask", "Why?", from_="Ann"), {"from": "Ann"}),
    "from nobody": (lambda: human_request("ask", "Why?", from_=""), {}),
    "for whole seconds": (lambda: human_request("ask", "Why?", ttl=timedelta(minutes=1)), {"ttlSeconds": 60}),
    "for 1.5 s": (lambda: human_request("ask", "Why?", ttl=timedelta(seconds=1.5)), {"ttlSeconds": 1.5}),
    "for no time": (lambda: human_request("ask", "Why?", ttl=0), {"ttlSeconds": 0}),
    "to one": (lambda: human_request("ask", "Why?", to="ann"), {"to": ["ann"]}),
    "to some": (lambda: human_request("ask", "Why?", to=[" ann ", "bob", "", "ann"]), {"to": ["ann", "bob"]}),
    "to 50": (
        lambda: human_request("ask", "Why?", to=(str(one) for one in range(50))),
        {"to": [str(one) for one in range(50)]},
    ),
    "options to ask": (lambda: human_request("ask", "Why?", options=["a", "b"]), {}),
}


@walked("case", ASKED)
def test_a_request_says_what_was_given(case: str) -> None:
    ask, more = ASKED[case]
    signal = ask()
    assert signal.pop("requestId").startswith("hr_")
    assert signal == {"type": "human", "kind": "ask", "prompt": "Why?", **more}


@pytest.mark.parametrize("options", [["a", "b"], ("a", "b"), list("abcdefghij")], ids=len)
def test_a_choice_has_2_to_10_options(options: Any) -> None:
    assert human_request("choose", "Which?", options=options)["options"] == list(options)


TO = "`to` must be a subscriberId string or an array of subscriberIds"
OPTIONS = "ctx.choose requires between 2 and 10 options"
NO_TEXTS = "ctx.choose options must be non-empty strings"


@walked(
    ("options", "said"),
    [
        (None, OPTIONS),
        ("ab", OPTIONS),
        (["a"], OPTIONS),
        (list("abcdefghijk"), OPTIONS),
        ({"a", "b"}, OPTIONS),
        (["a", " "], NO_TEXTS),
        (["a", 7], NO_TEXTS),
    ],
    ids=["none", "text", "one", "eleven", "set", "blank", "number"],
)
def test_what_is_no_choice_is_refused(options: Any, said: str) -> None:
    with pytest.raises(AgentInputError) as raised:
        human_request("choose", "Which?", options=options)
    assert str(raised.value) == said


@walked(
    ("to", "said"),
    [
        (7, TO),
        ({"subscriberId": "ann"}, TO),
        (["ann", 7], TO),
        ([], "`to` must include at least one subscriberId"),
        (" ", "`to` must include at least one subscriberId"),
        ([str(one) for one in range(51)], "`to` supports at most 50 subscriberIds"),
    ],
    ids=["number", "dict", "a number", "nobody", "blank", "51"],
)
def test_who_cannot_be_asked_is_refused(to: Any, said: str) -> None:
    with pytest.raises(AgentInputError) as raised:
        human_request("ask", "Why?", to=to)
    assert str(raised.value) == said
