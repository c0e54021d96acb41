"""The forms of what comes and goes: bodies, cards, files, approvals."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from types import SimpleNamespace
from typing import Any

import pytest

from novu_framework.agents import (
    Actions,
    AgentMessage,
    Button,
    Card,
    CardLink,
    CardText,
    Divider,
    FileRef,
    Image,
    Select,
    SelectOption,
    TextInput,
    ToolApprovalDecision,
)
from novu_framework.agents.approvals import (
    AgentToolCall,
    ApprovalRequest,
    action_ids,
    call_of,
    decision_of,
    is_approval_card,
)
from novu_framework.agents.bodies import (
    AgentBody,
    AgentEvent,
    AgentHistoryEntry,
    AgentNotification,
    body_of,
    is_from_workflow,
)
from novu_framework.agents.content import content_of, is_card
from novu_framework.errors import AgentInputError
from tests.tables import walked

# --- cards ------------------------------------------------------------------------------------------------

PARTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "card": (
        Card("A", subtitle="B", image_url="u", children=(Divider(),)),
        {"type": "card", "title": "A", "subtitle": "B", "imageUrl": "u", "children": [{"type": "divider"}]},
    ),
    "empty card": (Card(), {"type": "card", "children": []}),
    "text": (CardText("A", style="bold"), {"type": "text", "content": "A", "style": "bold"}),
    "button": (
        Button("a", "A", style="primary", value="1", disabled=False, action_type="modal", callback_url="u"),
        {
            "type": "button",
            "id": "a",
            "label": "A",
            "style": "primary",
            "value": "1",
            "disabled": False,
            "actionType": "modal",
            "callbackUrl": "u",
        },
    ),
    "actions": (Actions((Divider(),)), {"type": "actions", "children": [{"type": "divider"}]}),
    "option": (SelectOption("A", "a", description="D"), {"label": "A", "value": "a", "description": "D"}),
    "select": (
        Select("a", "A", (SelectOption("B", "b"),), placeholder="P", initial_option="b", optional=True),
        {
            "type": "select",
            "id": "a",
            "label": "A",
            "placeholder": "P",
            "options": [{"label": "B", "value": "b"}],
            "initialOption": "b",
            "optional": True,
        },
    ),
    "field": (
        TextInput("a", "A", placeholder="P", initial_value="I", multiline=True, optional=False, max_length=9),
        {
            "type": "text_input",
            "id": "a",
            "label": "A",
            "placeholder": "P",
            "initialValue": "I",
            "multiline": True,
            "optional": False,
            "maxLength": 9,
        },
    ),
    "image": (Image("u", alt="A"), {"type": "image", "url": "u", "alt": "A"}),
    "link": (CardLink("u", "A"), {"type": "link", "url": "u", "label": "A"}),
    "file": (
        FileRef("a.txt", data=b"A", url="u", mime_type="text/plain"),
        {"filename": "a.txt", "data": b"A", "url": "u", "mimeType": "text/plain"},
    ),
}


@walked("part", PARTS)
def test_a_part_of_a_card_is_a_dict_in_novus_form(part: str) -> None:
    made, written = PARTS[part]
    assert made == written


@pytest.mark.parametrize(
    ("value", "is_one"),
    [(Card(), True), ({"type": "card"}, True), ({"type": "text"}, False), ({}, False), ("card", False)],
)
def test_a_card_is_an_object_of_that_type(value: Any, is_one: bool) -> None:
    assert is_card(value) is is_one


# --- content and files ------------------------------------------------------------------------------------


def sent(*files: Any) -> Any:
    return content_of("Hi", files)["files"]


@pytest.fixture
def six_bytes_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("novu_framework.agents.content.MAX_FILE_BYTES", 6)


@pytest.mark.parametrize(
    ("data", "written"),
    [
        (b"A", "QQ=="),
        (bytearray(b"A"), "QQ=="),
        (memoryview(b"AAAAAA"), "QUFBQUFB"),
        ("QQ==", "QQ=="),
        ("QQ", "QQ"),
        ("QUF\n BQUFB", "QUF\n BQUFB"),
        ("QUFBQUE=", "QUFBQUE="),
    ],
)
@pytest.mark.usefixtures("six_bytes_at_most")
def test_the_data_of_a_file_is_sent_as_base64(data: Any, written: str) -> None:
    assert sent({"filename": "a", "data": data, "url": None}) == [
        {"filename": "a", "data": written, "url": None}
    ]


def test_a_file_at_a_url_is_sent_as_it_is() -> None:
    assert sent({"url": "https://acme.test/a"}, {"filename": "b", "url": "https://acme.test/b"}) == [
        {"url": "https://acme.test/a"},
        {"filename": "b", "url": "https://acme.test/b"},
    ]
    assert content_of({"type": "card"}, []) == {"card": {"type": "card"}}
    assert content_of({"type": "card"}, [{"url": "u"}]) == {"card": {"type": "card"}, "files": [{"url": "u"}]}


EXACTLY_ONE = "provide exactly one of data or url."
BASE64 = "data must be a base64-encoded string."
TOO_LARGE = "inline data must be 5 MB or smaller. Use a publicly-accessible URL for larger files."


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ({}, f"at index 1: {EXACTLY_ONE}"),
        ({"filename": ""}, f"at index 1: {EXACTLY_ONE}"),
        ({"filename": "a", "data": b"", "url": ""}, f'"a": {EXACTLY_ONE}'),
        ({"filename": "a", "url": 7}, '"a": url must be a string.'),
        ({"filename": "a", "data": 7}, f'"a": {BASE64}'),
        ({"filename": "a", "data": " "}, f'"a": {BASE64}'),
        ({"filename": "a", "data": "QQ==="}, f'"a": {BASE64}'),
        ({"filename": "a", "data": "QUFBQ"}, f'"a": {BASE64}'),
        ({"filename": "a", "data": "a-b_"}, f'"a": {BASE64}'),
        ({"filename": "a", "data": b"AAAAAAA"}, f'"a": {TOO_LARGE}'),
        ({"filename": "a", "data": "QUFBQUFBQQ=="}, f'"a": {TOO_LARGE}'),
    ],
    ids=lambda value: "" if isinstance(value, str) else str(value),
)
@pytest.mark.usefixtures("six_bytes_at_most")
def test_a_file_that_cannot_be_sent_is_named(file: dict[str, Any], said: str) -> None:
    with pytest.raises(AgentInputError) as raised:
        sent({"url": "u"}, file)
    assert str(raised.value) == f"Invalid file {said}"


@pytest.mark.usefixtures("six_bytes_at_most")
def test_the_data_of_all_files_has_one_limit() -> None:
    assert len(sent({"data": b"AAA"}, {"data": b"AAA"}, {"url": "u"})) == 3
    with pytest.raises(AgentInputError) as raised:
        sent({"data": b"AAA"}, {"data": b"AA"}, {"data": b"AA"})
    assert str(raised.value) == (
        "Invalid files: total inline data must be 5 MB or smaller. "
        "Use publicly-accessible URLs for larger files."
    )


@pytest.mark.parametrize("content", [None, 7, {}, {"type": "text"}, ["Hi"]], ids=repr)
def test_another_content_is_refused(content: Any) -> None:
    with pytest.raises(AgentInputError, match=r"^Invalid message content — expected string or CardElement$"):
        content_of(content)


# --- bodies -----------------------------------------------------------------------------------------------


def test_members_within_members_have_pythons_names() -> None:
    event: Any = AgentEvent(
        {
            "agentId": "bot",
            "message": {"text": "Hi", "author": {"isBot": "unknown"}, "attachments": [{"size": 7}, "none"]},
            "reaction": {"emoji": {"name": "eyes"}, "message": {"text": "Hi"}},
            "history": [{"toolData": {"approvalId": "a-1"}, "signalData": {"aB": 1}}],
            "platformContext": {"isDM": True, "email": {"rootMessageId": "m-1"}},
            "conversation": {"metadata": {"aB": 1}},
            "subscriber": "ann",
        }
    )
    assert (event.agent_id, event.delivery_id) == ("bot", None)
    assert (event.message.author.is_bot, event.message.author.full_name) == ("unknown", None)
    attachments = event.message.attachments
    assert (attachments[0].size, attachments[1]) == (7, "none")
    assert (event.reaction.emoji.name, event.reaction.message.text) == ("eyes", "Hi")
    entry = event.history[0]
    assert (entry.tool_data.approval_id, entry.signal_data) == ("a-1", {"aB": 1})
    assert event.platform_context.is_dm is True
    assert event.platform_context.email.root_message_id == "m-1"
    assert type(event.conversation.metadata) is dict
    assert event.subscriber == "ann"


def test_a_body_is_a_mapping_that_shows_itself() -> None:
    data = {"text": "Hi", "mood": "good"}
    body = AgentMessage(data)
    assert (dict(body), len(body), list(body), body == data) == (data, 2, ["text", "mood"], True)
    assert repr(body) == "AgentMessage({'text': 'Hi', 'mood': 'good'})"
    known = ["text", "platform_message_id", "author", "timestamp", "attachments"]
    assert {*known, "items", "get"} <= set(dir(body))
    with pytest.raises(AttributeError) as raised:
        body.tixt  # type: ignore[attr-defined]  # noqa: B018
    assert str(raised.value) == (
        f"AgentMessage has no 'tixt'; it has {', '.join(known)}; did you mean 'text'?"
    )


@pytest.mark.parametrize(
    ("kind", "value", "made"),
    [
        (None, {"a": 1}, dict),
        (AgentMessage, {"text": "Hi"}, AgentMessage),
        (AgentMessage, None, type(None)),
        (AgentMessage, "Hi", str),
        (AgentMessage, [], list),
    ],
)
def test_only_objects_become_bodies(kind: type[AgentBody] | None, value: Any, made: type) -> None:
    assert type(body_of(kind, value)) is made
    assert body_of(kind, value) == value


def test_a_notification_is_of_the_workflow_that_sent_it() -> None:
    sent_by = AgentNotification({"workflowId": "order-late"})
    assert is_from_workflow(sent_by, SimpleNamespace(id="order-late")) is True
    assert is_from_workflow(sent_by, SimpleNamespace(id="other")) is False
    assert is_from_workflow(None, SimpleNamespace(id="other")) is False


# --- approvals --------------------------------------------------------------------------------------------


def test_an_approval_has_a_button_for_each_verdict() -> None:
    ids = action_ids("call:7")
    assert ids == ("tool-approval:approve:call:7", "tool-approval:deny:call:7")
    assert (decision_of(ids.approve), decision_of(ids.deny)) == ((True, "call:7"), (False, "call:7"))


@walked(
    ("action_id", "decision"),
    [
        (None, None),
        ("", None),
        ("tool-approval:approve:", None),
        ("tool-approval:other:7", None),
        ("a tool-approval:deny:7", None),
        ("tool-approval:deny:a\nb", (False, "a\nb")),
    ],
)
def test_other_actions_decide_nothing(action_id: str | None, decision: Any) -> None:
    assert decision_of(action_id) == decision


def test_an_id_that_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError):
        decision_of(7)


def asked(**data: Any) -> AgentHistoryEntry:
    return AgentHistoryEntry({"type": "tool_approval_request", "toolData": {"approvalId": "7", **data}})


NOT_KNOWN = {"id": "7", "name": ""}


@walked(
    ("history", "call"),
    [
        ([], NOT_KNOWN),
        ([AgentHistoryEntry({"type": "message"})], NOT_KNOWN),
        ([asked()], NOT_KNOWN),
        ([AgentHistoryEntry({**asked(toolCallId="t"), "type": "tool_result"})], NOT_KNOWN),
        ([asked(toolCallId="t", approvalId="8")], NOT_KNOWN),
        ([asked(toolCallId="t")], {"id": "t", "name": "tool"}),
        ([asked(toolCallId="t", toolName="")], {"id": "t", "name": ""}),
        ([asked(toolCallId="t", toolName="wipe", input=None)], {"id": "t", "name": "wipe", "input": None}),
        ([asked(), asked(toolCallId="a"), asked(toolCallId="b")], {"id": "a", "name": "tool"}),
    ],
)
def test_a_decision_is_about_the_call_that_first_asked_for_it(history: Any, call: dict[str, Any]) -> None:
    assert dict(call_of(history, "7")) == call


def test_without_a_history_there_is_no_call() -> None:
    with pytest.raises(TypeError, match=r"^the event has no history, only None$"):
        call_of(None, "7")


def test_novus_own_card_has_the_texts_that_are_given() -> None:
    request = ApprovalRequest(AgentToolCall({"id": "7", "name": "wipe"}), action_ids("7"))
    assert request.approval_card() == {"type": "tool-approval-card"}
    made = request.approval_card(
        title="T", subtitle="S", icon="I", body="B", approve_label="Y", deny_label="", footer="F"
    )
    assert made == {
        "type": "tool-approval-card",
        "title": "T",
        "subtitle": "S",
        "icon": "I",
        "body": "B",
        "approveLabel": "Y",
        "denyLabel": "",
        "footer": "F",
    }
    assert [is_approval_card(one) for one in (made, {"type": "card"}, {}, "tool-approval-card")] == [
        True,
        False,
        False,
        False,
    ]


def test_a_decision_is_not_to_be_changed() -> None:
    made: Any = ToolApprovalDecision(AgentToolCall({"id": "7"}), True, None)
    with pytest.raises(FrozenInstanceError):
        made.approved = False
