"""What a snapshot keeps of a conversation: what is seen of it, and nothing that differs from run to run."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from novu_framework_testing import NovuSimulator
from novu_framework_testing.conversations.content import content_of
from tests.unit.conversations.people import ANN
from tests.unit.conversations.posting import mute, posted


def kept(novu: NovuSimulator, **body: Any) -> list[dict[str, Any]]:
    """Return what is kept of a conversation in which the agent posts this."""
    conversation = novu.agent(mute, subscriber=ANN)
    assert posted(novu, conversation, **body)[0] == 200
    talk: list[dict[str, Any]] = content_of(conversation.state)["talk"]
    return talk


@pytest.mark.parametrize(
    ("child", "shown"),
    [
        ({"type": "text", "content": "Hi"}, {"text": "Hi"}),
        ({"type": "text", "content": "Hi", "style": "bold"}, {"text": "Hi", "style": "bold"}),
        ({"type": "text"}, {"text": ""}),
        ({"type": "divider"}, "---"),
        ({"type": "image", "url": "u", "alt": "A map"}, {"image": "A map", "url": "u"}),
        ({"type": "link", "label": "Track", "url": "u"}, {"link": "Track", "url": "u"}),
        ({"type": "link-button", "label": "Track", "url": "u"}, {"link": "Track", "url": "u"}),
        ({"type": "button", "id": "a", "label": "Go"}, {"button": "Go"}),
        ({"type": "button", "id": "a", "label": "Go", "style": "default"}, {"button": "Go"}),
        (
            {"type": "button", "id": "a", "label": "Go", "style": "primary", "disabled": True},
            {"button": "Go", "style": "primary", "disabled": True},
        ),
        ({"type": "button", "id": "a", "label": "Go", "disabled": False}, {"button": "Go"}),
        (
            {"type": "select", "label": "Speed", "options": [{"label": "Fast", "value": "f"}]},
            {"select": "Speed", "options": ["Fast"]},
        ),
        ({"type": "text_input", "id": "why", "label": "Why?"}, {"field": "Why?"}),
        (
            {"type": "section", "children": [{"type": "divider"}, {"type": "text", "content": "Hi"}]},
            {"section": ["---", {"text": "Hi"}]},
        ),
        ({"type": "chart", "points": [1, 2]}, {"type": "chart", "points": [1, 2]}),
    ],
)
def test_a_part_of_a_card_is_kept_as_people_see_it(
    novu: NovuSimulator, child: dict[str, Any], shown: Any
) -> None:
    assert kept(novu, reply={"card": {"type": "card", "children": [child]}}) == [
        {"from": "mute", "card": {"parts": [shown]}}
    ]


def test_the_head_of_a_card_is_kept_without_what_is_empty(novu: NovuSimulator) -> None:
    card = {"type": "card", "title": "Order 7", "subtitle": "Late", "imageUrl": "https://acme.test/a.png"}
    head = {"title": "Order 7", "subtitle": "Late", "image": "https://acme.test/a.png"}
    assert kept(novu, reply={"card": card})[0]["card"] == head
    assert kept(novu, reply={"card": {**card, "subtitle": "", "imageUrl": None}})[0]["card"] == {
        "title": "Order 7"
    }


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ({"filename": "a.pdf", "url": "https://acme.test/1"}, "a.pdf"),
        ({"url": "https://acme.test/1"}, "https://acme.test/1"),
    ],
)
def test_the_files_of_an_agent_are_kept_by_name_or_else_by_address(
    novu: NovuSimulator, file: dict[str, Any], name: str
) -> None:
    assert kept(novu, reply={"markdown": "Here", "files": [file]}) == [
        {"from": "mute", "text": "Here", "files": [name]}
    ]


def test_the_files_of_people_are_kept_by_name_or_else_by_address(novu: NovuSimulator) -> None:
    conversation = novu.agent(mute, subscriber=ANN)
    conversation.say("Here", files=["a.pdf", {"url": "https://acme.test/1"}])
    assert content_of(conversation.state)["talk"] == [
        {"from": "Ann Berg", "text": "Here", "files": ["a.pdf", "https://acme.test/1"]}
    ]


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        ({"typing": {}}, []),
        ({"typing": {"status": "Looking"}}, ["mute is at work: Looking"]),
        ({"typing": "stop"}, []),
        ({"signals": [{"type": "metadata", "key": "a", "value": 1}]}, ["mute notes a = 1"]),
        ({"resolve": {}}, ["mute resolves the conversation"]),
    ],
)
def test_what_an_agent_does_beside_is_a_note(
    novu: NovuSimulator, body: dict[str, Any], notes: list[str]
) -> None:
    assert kept(novu, **body) == [{"note": one} for one in notes]


def test_what_a_message_shows_itself_is_no_note(novu: NovuSimulator) -> None:
    conversation = novu.agent(mute, subscriber=ANN)
    conversation.say("Hi")
    conversation.react("heart", conversation.messages[0])
    first = conversation.messages[0].id
    posted(novu, conversation, addReactions=[{"messageId": first, "emojiName": "eyes"}])
    _, answer = posted(novu, conversation, reply={"markdown": "Oops"})
    posted(
        novu,
        conversation,
        edit={"messageId": answer["data"]["messageId"], "content": {"markdown": "Ah"}},
    )
    posted(novu, conversation, deleteMessages=[{"messageId": answer["data"]["messageId"]}])

    assert content_of(conversation.state)["talk"] == [
        {"from": "Ann Berg", "text": "Hi", "reactions": ["heart by ann", "eyes by mute"]},
        {"note": "Ann Berg reacts with :heart: on 'Hi'"},
        {"from": "mute (deleted)", "text": "Ah"},
    ]


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=1), "1 second"),
        (timedelta(seconds=90.5), "1 minute 30.5 seconds"),
        (timedelta(minutes=59, seconds=59), "59 minutes 59 seconds"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(days=1, hours=2), "1 day 2 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_a_moment_is_told_by_what_has_passed_since_the_last(
    novu: NovuSimulator, passed: timedelta, words: str
) -> None:
    conversation = novu.agent(mute, subscriber=ANN)
    novu.advance(passed)
    conversation.say("Hi")
    conversation.say("Hello?")
    assert [one.get("later") for one in content_of(conversation.state)["talk"]] == [words, None]


def test_a_conversation_is_kept_with_its_platform_its_people_and_its_subject(novu: NovuSimulator) -> None:
    conversation = novu.agent(mute, subscriber=ANN, platform="email", subject="Order 7")
    conversation.say("Hi", by={"subscriberId": "bob", "firstName": "Bob"})
    assert content_of(conversation.state) == {
        "platform": "email",
        "subject": "Order 7",
        "people": ["Ann Berg", "Bob"],
        "talk": [{"from": "Bob", "text": "Hi"}],
    }
    assert "subject" not in content_of(novu.agent(mute).state)


def test_metadata_have_64_kilobytes_at_most(novu: NovuSimulator) -> None:
    conversation = novu.agent(mute, subscriber=ANN)
    for letters, status in ((32_763, 200), (32_764, 400)):
        most = {
            "type": "metadata",
            "key": "a",
            "value": "x" + "é" * letters,
        }  # {"a": "x..."} has ten letters beside
        found, answer = posted(novu, conversation, signals=[most])
        assert found == status
    assert "The metadata of a conversation has at most 64 KB" in str(answer)
    assert len(conversation.metadata["a"]) == 32_764
