"""Cards, requests and messages as people see them, each made by hand."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework_testing.conversations import log, requests
from novu_framework_testing.conversations.cards import Control, controls_of, lines_of, plain_text
from novu_framework_testing.conversations.emoji import emoji_name
from novu_framework_testing.conversations.inputs import attachment
from novu_framework_testing.conversations.log import ChatMessage, LogEntry
from novu_framework_testing.conversations.platforms import PLATFORMS, known_platform
from novu_framework_testing.conversations.requests import HumanRequest, spoken_verdict, time_to_live
from novu_framework_testing.conversations.state import Person, State
from novu_framework_testing.conversations.transcript import heading, told, transcript
from tests.tables import walked

NINE = datetime(2026, 3, 9, 9, tzinfo=timezone.utc)


def brief(value: object) -> str | None:
    """A short id of a case: the beginning of a text."""
    return value[:12] if isinstance(value, str) else None


# --- cards ---


@walked(
    ("child", "lines"),
    [
        ({"type": "text", "content": "\nOne\nTwo\n"}, ["One", "Two"]),
        ({"type": "text"}, [""]),
        ({"type": "divider"}, ["---"]),
        ({"type": "image", "alt": "A map", "url": "u"}, ["[image: A map]"]),
        ({"type": "image", "url": "u"}, ["[image: u]"]),
        ({"type": "link", "label": "Track", "url": "u"}, ["Track -> u"]),
        ({"type": "link-button", "label": "Track", "url": "u"}, ["Track -> u"]),
        ({"type": "button", "id": "a", "label": "Go"}, ["[Go]"]),
        ({"type": "button", "id": "a", "disabled": True}, ["[a] (disabled)"]),
        ({"type": "select", "id": "a", "label": "Speed", "options": [{"label": "Fast"}, {"label": "Slow"}]}, ["Speed: (Fast | Slow)"]),
        ({"type": "select", "id": "a"}, ["a: ()"]),
        ({"type": "text_input", "id": "a", "label": "Why?"}, ["Why?: ______"]),
        ({"type": "text_input", "id": "a"}, ["a: ______"]),
        ({"type": "actions", "children": [{"type": "button", "label": "A"}, {"type": "select", "id": "s"}, {"type": "button", "label": "B"}]}, ["s: ()", "[A] [B]"]),
        ({"type": "actions", "children": [{"type": "text_input", "id": "t"}]}, ["t: ______"]),
        ({"type": "actions"}, []),
        ({"type": "section", "children": [{"type": "divider"}, "x", {"type": "text", "content": "Hi"}]}, ["---", "Hi"]),
        ({"type": "chart", "children": []}, ["(chart)"]),
        ({"children": "x"}, ["(something else)"]),
        ({"type": 5}, ["(5)"]),
    ],
    ids=brief,
)  # fmt: skip
def test_a_part_of_a_card_is_a_line(child: dict[str, Any], lines: list[str]) -> None:
    assert lines_of({"children": [child, None]}) == lines
    head = {"title": "T", "subtitle": "S", "imageUrl": "u"}
    assert lines_of({**head, "children": [child]}) == ["# T", "S", "[image: u]", *lines]
    assert lines_of({"title": "", "children": {}}) == []


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({}, ""),
        ({"markdown": "Hi", "card": None}, "Hi"),
        ({"markdown": "Hi", "card": {}}, "[Card]"),
        ({"card": {"title": " T "}}, "T"),
        ({"card": {"title": "T", "children": [{"type": "text", "content": " A\n"}, {"type": "divider", "content": "B"}, {"type": "text"}, {"type": "text", "content": "C"}]}}, "A\nC"),
    ],
)  # fmt: skip
def test_the_text_of_a_message_is_that_of_its_card(content: dict[str, Any], text: str) -> None:
    assert plain_text(content) == text


def test_what_can_be_used_of_a_card_is_found_within_others() -> None:
    button = {"type": "button", "id": 7, "label": "Go", "value": 0, "disabled": 1}
    select = {"type": "select", "id": "s", "options": [{"label": "Fast", "value": "f"}, "x", {"value": 2}]}
    field = {"type": "text_input", "label": "Why?"}
    card = {
        "children": [
            {"type": "section", "children": [button, {"children": [select]}]},
            {"type": "text"},
            field,
        ]
    }
    found = controls_of(card)
    assert found == [
        Control("button", "7", "Go", "0", (), disabled=True),
        Control("select", "s", "", None, (("Fast", "f"), ("", "2"))),
        Control("text_input", "", "Why?"),
    ]
    assert controls_of(None) == controls_of({}) == []
    assert [found[0].is_named(one) for one in ("Go", "7", "gO", "g", "")] == [True, True, True, False, False]
    assert [found[1].value_of(one) for one in ("Fast", "f", "2", "fast")] == ["f", "f", "2", None]


# --- requests ---


def request(kind: Any = "approve", prompt: str = "Really?", **about: Any) -> HumanRequest:
    return HumanRequest("hi_1", "hr_1", kind, prompt, ("ann",), NINE, **about)


def buttons(*made: tuple[str, str, str]) -> dict[str, Any]:
    names = ("id", "label", "style")
    return {
        "type": "actions",
        "children": [{"type": "button", **dict(zip(names, one, strict=True))} for one in made],
    }


def text(content: str) -> dict[str, Any]:
    return {"type": "text", "content": content}


VERDICTS = buttons(("human:hi_1:deny", "Deny", "default"), ("human:hi_1:approve", "Approve", "primary"))
TOOL = buttons(
    ("tool-approval:deny:hi_1", "Deny", "default"), ("tool-approval:approve:hi_1", "Approve", "primary")
)
OWN = buttons(("tool-approval:deny:hi_1", "No", "default"), ("tool-approval:approve:hi_1", "Yes", "primary"))
LETTERS = buttons(("human:hi_1:opt:opt_1", "A", "default"), ("human:hi_1:opt:opt_2", "B", "default"))
CALL = {"name": "pay", "input": {"to": "Bob", "sum": 5}}


@walked(
    ("asked", "card"),
    [
        (request(), {"title": "Really?", "children": [VERDICTS]}),
        (request(buttons=False), {"title": "Really?", "children": [text("Reply YES or NO.")]}),
        (request(from_="Accounts"), {"title": "Really?", "subtitle": "From Accounts", "children": [VERDICTS]}),
        (request("choose", options=("Tea", "Milk")), {"title": "Really?", "children": [text("**A.** Tea\n**B.** Milk"), LETTERS]}),
        (request("ask", "What?\nMore\nof it"), {"title": "What?", "children": [text("More\nof it"), text("_Reply to answer._")]}),
        (request("tell", "x" * 151), {"title": "x" * 150, "children": [text("x")]}),
        (request("tell", "x" * 150 + "\ny"), {"title": "x" * 150, "children": [text("y")]}),
        (request("tell", "x" * 151 + "\ny", from_="f" * 200), {"title": "x" * 150, "subtitle": "From " + "f" * 145, "children": [text("x\ny")]}),
        (request("tool", tool=CALL), {"title": "Tool approval required", "subtitle": "pay: Bob", "children": [TOOL]}),
        (request("tool", tool={"name": "pay"}), {"title": "Tool approval required", "subtitle": "pay", "children": [TOOL]}),
        (request("tool", tool={"name": "pay", "input": ["x"]}), {"title": "Tool approval required", "subtitle": "pay", "children": [TOOL]}),
        (request("tool", tool={"name": "pay", "input": {"a": "x" * 80}}), {"title": "Tool approval required", "subtitle": f"pay: {'x' * 80}", "children": [TOOL]}),
        (request("tool", tool={"name": "pay", "input": {"a": "x" * 81}}), {"title": "Tool approval required", "subtitle": f"pay: {'x' * 77}...", "children": [TOOL]}),
        (request("tool", tool=CALL, look={"title": "T", "subtitle": "S", "body": "B", "approveLabel": "Yes", "denyLabel": "No"}),
         {"title": "T", "subtitle": "S", "children": [text("B"), OWN]}),
    ],
)  # fmt: skip
def test_a_request_is_a_card(asked: HumanRequest, card: dict[str, Any]) -> None:
    assert asked.card() == {"type": "card", **card}
    asked.status, asked.answered_name = "denied", "Ann"
    closed = asked.closed_card()
    head = {name: value for name, value in asked.card().items() if name != "children"}
    assert {name: value for name, value in closed.items() if name != "children"} == head
    assert closed["children"][-1] == text("Denied by Ann")
    body = len(closed["children"]) - 1
    assert closed["children"][:body] == ([] if asked.kind == "tool" else asked.card()["children"][:body])


@walked(
    ("asked", "outcome", "response"),
    [
        (request(), "Pending", {}),
        (request(status="approved", answered_name="Ann", answered_by="ann"), "Approved by Ann",
         {"optionId": "approve", "respondedBy": "Ann", "respondedBySubscriberId": "ann"}),
        (request(status="denied"), "Denied", {"optionId": "deny"}),
        (request(status="expired"), "Nobody answered in time", {"expired": True}),
        (request(status="canceled"), "Withdrawn", {}),
        (request("tell", status="delivered"), "Delivered", {}),
        (request("ask", status="answered", answer="", answered_name="Ann"), "Answered by Ann", {"text": ""}),
        (request("choose", options=("a", "b"), status="answered", answer="b"), "b", {"optionId": "opt_2"}),
    ],
)  # fmt: skip
def test_what_came_of_a_request_is_said_and_sent(
    asked: HumanRequest, outcome: str, response: dict[str, Any]
) -> None:
    usual = {
        "requestId": "hr_1",
        "interactionId": "hi_1",
        "kind": asked.kind,
        "status": asked.status,
        "expired": False,
    }
    assert (asked.outcome, asked.response()) == (outcome, {**usual, **response})
    assert asked.is_pending is (outcome == "Pending")
    assert repr(asked) == f"<HumanRequest {asked.kind} 'Really?': {asked.status}>"


@pytest.mark.parametrize("kind", ["approve", "tool"])
def test_a_button_stands_for_a_verdict_of_its_own_request(kind: str) -> None:
    asked = request(kind, options=("a", "b"))
    for verdict in ("approve", "deny", "opt:opt_2"):
        assert asked.verdict_of(asked.action_id(verdict)) == verdict
    assert [asked.verdict_of(one) for one in ("human:hi_2:deny", "tool-approval:deny:hi_2", "deny")] == [
        None
    ] * 3
    assert [asked.option_of(f"opt:opt_{one}") for one in (0, 1, 2, 3, "x", "")] == [
        None,
        "a",
        "b",
        None,
        None,
        None,
    ]


YES = [
    "yes", "y", "yep", "yeah", "yea", "yes please", "approve", "approved", "ok", "okay", "confirm", "confirmed", "sure",
    "go ahead", "go for it", "do it", "proceed", "👍", "✅",
]  # fmt: skip
NO = [
    "no", "n", "nope", "no thanks", "deny", "denied", "reject", "rejected", "cancel", "ignore", "skip", "stop", "dont",
    "don't", "👎", "❌", "🚫",
]  # fmt: skip


@pytest.mark.parametrize(("words", "verdict"), [(YES, "approve"), (NO, "deny")], ids=["yes", "no"])
def test_a_yes_and_a_no_have_many_words(words: list[str], verdict: str) -> None:
    for word in words:
        for said in (word, f" {word.upper().replace(' ', '   ')}!? \n"):
            assert spoken_verdict(said) == verdict, said
    others = ("", "yes but", "not", "perhaps", ",yes", "o k")
    assert [spoken_verdict(one) for one in others] == [None] * 6
    assert requests.REACTED == {"thumbs_up": "approve", "thumbs_down": "deny"}


@walked(
    ("seconds", "hours"),
    [(None, 24), ("60", 24), (True, 24), (3600, 1), (1800.0, 0.5), (-1, 0), (0, 0), (72 * 3600, 72), (72 * 3600 + 1, 72)],
)  # fmt: skip
def test_a_request_waits_a_day_unless_it_says_otherwise_and_three_at_most(seconds: Any, hours: float) -> None:
    assert time_to_live(seconds) == timedelta(hours=hours)
    assert requests.MAX_PENDING == 25


# --- messages ---


def message(markdown: str = "Hi", **about: Any) -> ChatMessage:
    return ChatMessage("m1", "agent", "shop", None, NINE, {"markdown": markdown}, **about)


def test_a_message_is_its_lines_with_its_files() -> None:
    said = message("One\nTwo")
    said.content["files"] = [{"filename": "a"}, "x", {"name": "b", "url": "u"}, {"url": "u"}]
    assert str(said) == "One\nTwo\n[file: a]\n[file: b]\n[file: u]"
    said.edit(
        {
            "card": {
                "title": "T",
                "children": [{"type": "button", "label": "Go"}, {"type": "select", "label": "S"}],
            }
        }
    )
    assert (said.lines, said.buttons, said.edited) == (["# T", "[Go]", "S: ()"], ["Go"], True)
    assert said.versions[0]["markdown"] == "One\nTwo"
    said.deleted = True
    assert (said.controls, said.buttons) == ([], [])


@pytest.mark.parametrize(
    ("about", "shown"),
    [({}, "<ChatMessage of shop: 'Hi'>"), ({"edited": True}, "<ChatMessage edited of shop: 'Hi'>"), ({"edited": True, "deleted": True}, "<ChatMessage deleted of shop: 'Hi'>")],
    ids=["plain", "edited", "deleted"],
)  # fmt: skip
def test_a_message_shows_what_became_of_it(about: dict[str, Any], shown: str) -> None:
    assert repr(message(**about)) == shown
    assert repr(message("x" * 79)) == f"<ChatMessage of shop: {'x' * 79!r}>"
    assert repr(message("x" * 80)) == f"<ChatMessage of shop: {'x' * 77 + '...'!r}>"


def test_two_messages_are_two_however_alike() -> None:
    said = message()
    assert said == said
    assert said != message()
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry("signal").text = "other"  # type: ignore[misc]
    assert sorted(log.HISTORY) == [
        "delete", "edit", "message", "signal", "tool_approval_decision", "tool_approval_request", "tool_result"
    ]  # fmt: skip
    assert log.HISTORY_LIMIT == 50


def test_a_file_is_sent_with_its_bytes_where_they_are_known(tmp_path: Path) -> None:
    given = {"name": "x", "more": 1}
    assert attachment(given) == given
    assert attachment(given) is not given
    (tmp_path / "a.txt").write_bytes(b"Hi")
    known = {"type": "file", "name": "a.txt", "mimeType": "text/plain"}
    assert attachment(tmp_path / "a.txt") == {**known, "url": "data:text/plain;base64,SGk=", "size": 2}
    assert attachment("folder/a.txt") == {**known, "url": "https://files.novu.test/a.txt"}


def entry(kind: Any, text: str = "t", role: Any = "agent", about: ChatMessage | None = None) -> LogEntry:
    return LogEntry(NINE, kind, role, "shop", text, f"shows {text}", about)


@walked(
    ("entry", "said"),
    [
        (entry("reaction", "eyes", about=message()), "shop reacts with :eyes: on 'Hi'"),
        (entry("reaction", "-eyes", about=message("x" * 50)), f"shop takes away :eyes: on '{'x' * 50}'"),
        (entry("edit", about=message("x" * 51)), f"shop edits '{'x' * 47}...'"),
        (entry("delete", about=message("One\nTwo")), "shop deletes 'One'"),
        (entry("delete"), "shop deletes ''"),
        (entry("typing", "Looking"), "shop is at work: Looking"),
        (entry("failure", "odd", "system"), "! odd"),
        (entry("signal"), "shop shows t"),
        (entry("signal", role="system"), "shows t"),
    ],
    ids=brief,
)
def test_what_happened_beside_messages_is_a_sentence(entry: LogEntry, said: str) -> None:
    assert told(entry) == said


def test_who_wrote_a_message_is_told_with_what_became_of_it() -> None:
    reply = {"workflowId": "welcome"}
    assert [heading(message(**about)) for about in ({}, {"edited": True}, {"deleted": True, "edited": True}, {"notification": reply})] == [
        "shop", "shop (edited)", "shop (deleted)", "shop, in reply to welcome"
    ]  # fmt: skip


# --- what Novu keeps ---


def state(now: datetime = NINE, **about: Any) -> State:
    novu = SimpleNamespace(now=now, ids=lambda kind: f"{kind}-1")
    people = [Person("Ann", SimpleNamespace(subscriber_id="ann")), Person("Bob")]
    return State(
        novu,
        "shop",
        "c" * 20 + "0123456789ab",
        "slack",
        PLATFORMS["slack"],
        direct=False,
        people=people,
        **about,
    )


def test_a_conversation_has_ids_for_people_for_platforms_and_for_posts() -> None:
    kept = state()
    assert (kept.identifier, kept.integration, kept.thread_id) == (
        "conv_0123456789ab",
        "slack-shop",
        "slack:456789ab",
    )
    assert [(one.id, one.subscriber_id, one.role) for one in kept.people] == [
        ("ann", "ann", "subscriber"), ("Bob", None, "platform_user")
    ]  # fmt: skip
    assert kept.to_event() == {
        "identifier": "conv_0123456789ab", "status": "active", "metadata": {}, "messageCount": 0,
        "createdAt": "2026-03-09T09:00:00.000Z", "lastActivityAt": "2026-03-09T09:00:00.000Z",
    }  # fmt: skip
    assert (kept.access, kept.events, kept.failures_read, kept.resolved_since) == (
        "open",
        False,
        False,
        False,
    )


def test_a_message_that_is_added_is_known_by_both_ids_and_noted_with_what_is_rich_of_it() -> None:
    kept = state()
    kept.novu.now = NINE + timedelta(hours=1)
    content = {
        "markdown": "Hi",
        "card": None,
        "files": [{"name": "f"}],
        "attachments": [{"name": "a"}],
        "more": 1,
    }
    added = kept.add(content, "agent", "shop", subscriber_id="x", notification={"id": "n"})
    kept.client_ids["own"] = added.id
    assert (added.id, added.subscriber_id, added.notification, added.sent_at) == (
        "post-1",
        "x",
        {"id": "n"},
        kept.novu.now,
    )
    assert (kept.message("own"), kept.message("post-1"), kept.message("none")) == (added, added, None)
    assert kept.to_event()["lastActivityAt"] == "2026-03-09T10:00:00.000Z"
    assert kept.to_event()["messageCount"] == 1
    kept.add({"card": {"title": "T"}}, "subscriber", "Ann")
    assert [one.to_history() for one in kept.log] == [
        {"role": "agent", "type": "message", "content": "Hi", "richContent": {"files": [{"name": "f"}], "attachments": [{"name": "a"}]},
         "senderName": "shop", "createdAt": "2026-03-09T10:00:00.000Z"},
        {"role": "subscriber", "type": "message", "content": "T", "richContent": {"card": {"title": "T"}},
         "senderName": "Ann", "createdAt": "2026-03-09T10:00:00.000Z"},
    ]  # fmt: skip
    plain = state()
    plain.add({"markdown": "Hi"}, "agent", "shop")
    assert plain.log[0].data == {}


def test_what_went_wrong_is_new_until_it_is_read_and_told_by_novu() -> None:
    kept = state()
    kept.event, kept.failures_read = "onMessage", True
    error = ValueError("odd")
    kept.turn_failed()
    kept.turn = SimpleNamespace(raised=lambda: error)
    kept.turn_failed()
    assert kept.failures == [
        ("onMessage", "the agent reported that its turn failed", None), ("onMessage", "ValueError: odd", error)
    ]  # fmt: skip
    assert kept.failures_read is False
    assert [(one.type, one.role, one.name, one.text) for one in kept.log] == [
        ("failure", "system", "Novu", "the agent reported that its turn failed"),
        ("failure", "system", "Novu", "ValueError: odd"),
    ]


def test_a_transcript_has_each_day_once_and_reactions_below_a_message() -> None:
    kept = state(status="resolved")
    added = kept.add({"markdown": "Hi\n\nthere"}, "agent", "shop")
    added.reactions += [("eyes", "ann"), ("heart", "Bob")]
    kept.note_of_agent("signal", "quiet", shown="notes a = 1")
    kept.novu.now = NINE + timedelta(days=1, seconds=1)
    kept.note_of_agent("signal", "said")
    assert transcript(kept).split("\n") == [
        "shop on slack, with Ann, Bob (resolved)",
        "",
        "2026-03-09",
        "09:00:00  shop",
        "    Hi",
        "",
        "    there",
        "    (:eyes: by ann, :heart: by Bob)",
        "09:00:00  shop notes a = 1",
        "",
        "2026-03-10",
        "09:00:01  shop said",
    ]


# --- names ---


def test_an_emoji_has_the_name_that_agents_get() -> None:
    named = {
        "❤️": "heart",
        "✅": "check",
        "❌": "x",
        "🎉": "party",
        "🔥": "fire",
        "⚠️": "warning",
        "😀": "smile",
        "😂": "laugh",
        "💯": "100",
        "👍": "thumbs_up",
        "🚀": "rocket",
        "👕": "t_shirt",
        "😶‍🌫": "face_without_mouth",
        "⚗": "alembic",
        "😮‍💨": "face_with_open_mouth",
        ":eyes:": "eyes",
        "a-b": "a-b",
        "": "",
        "\U0010ffff": "\U0010ffff",
    }
    assert {emoji: emoji_name(emoji) for emoji in named} == named


def test_platforms_are_carried_by_channels_and_providers() -> None:
    assert {name: (one.channel, one.provider_id, one.buttons) for name, one in PLATFORMS.items()} == {
        "slack": ("chat", "slack", True),
        "teams": ("chat", "msteams", True),
        "whatsapp": ("chat", "whatsapp-business", True),
        "telegram": ("chat", "telegram", True),
        "email": ("email", "novu-email-agent", True),
        "sendblue": ("chat", "sendblue", False),
        "photon_imessage": ("chat", "photon-imessage", False),
        "web_chat": ("chat", "novu-web-chat", True),
    }
    assert known_platform("teams") is PLATFORMS["teams"]
    with pytest.raises(
        ValueError, match=r"^'slak' is not a platform of agents; there are .*; did you mean 'slack'\?"
    ):
        known_platform("slak")
