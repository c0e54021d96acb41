"""What Novu takes of the posts and the events of agents, what it answers, and what comes of them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from novu_framework import Step, workflow
from novu_framework_testing import Conversation, NovuSimulator, Stranger
from novu_framework_testing.conversations.posts import PostRefused, checked
from tests.tables import walked
from tests.unit.conversations.people import ANN
from tests.unit.conversations.posting import mute, posted, sent, told

TEXT = {"markdown": "Hi"}
TOOL = {"approvalId": "a-1", "toolCallId": "t-1", "name": "refund"}
ASKED = {"type": "human", "kind": "ask", "prompt": "Which?", "requestId": "hr_1"}
ONE_OF = (
    "reply, edit, resolve, signals, toolResults, toolApprovalRequest, addReactions, deleteMessages, typing"
)


@pytest.fixture
def conversation(novu: NovuSimulator) -> Conversation:
    return novu.agent(mute, subscriber=ANN)


def data_of(answer: tuple[int, Any]) -> Any:
    assert answer[0] == 200, answer
    return answer[1]["data"]


@walked(
    ("body", "status", "message"),
    [
        ({}, 400, f"At least one of {ONE_OF} or error must be provided"),
        ({"error": False}, 400, f"At least one of {ONE_OF} or error must be provided"),
        (
            {"error": True, "reply": TEXT, "resolve": {}},
            400,
            "error cannot be combined with reply, resolve",
        ),
        (
            {"reply": TEXT, "edit": {"messageId": "1", "content": TEXT}},
            400,
            "Only one of reply or edit can be provided",
        ),
        *(
            ({"edit": {"messageId": "1", "content": TEXT}, name: value}, 400, f"edit cannot be combined with {name}")
            for name, value in {
                "resolve": {},
                "signals": [{"type": "metadata", "action": "clear"}],
                "toolResults": [{"toolCallId": "t-1"}],
                "toolApprovalRequest": TOOL,
                "addReactions": [{"messageId": "1", "emojiName": "eyes"}],
                "deleteMessages": [{"messageId": "1"}],
            }.items()
        ),
        (
            {"reply": {"toolApprovalCard": {"type": "tool-approval-card"}}},
            400,
            "A reply with a toolApprovalCard has a toolApprovalRequest",
        ),
        ({"conversationId": ""}, 422, "conversationId "),
        ({"integrationIdentifier": None}, 422, "integrationIdentifier "),
        ({"integrationIdentifier": ""}, 422, "integrationIdentifier "),
        ({"reply": {}}, 422, "reply must have exactly one of markdown, card or toolApprovalCard"),
        ({"reply": {"markdown": 7}}, 422, "reply.markdown "),
        ({"reply": {"card": "a"}}, 422, "reply.card "),
        ({"reply": {"toolApprovalCard": {"type": "other"}}}, 422, "reply.toolApprovalCard.type "),
        ({"reply": {"toolApprovalCard": {}}}, 422, "reply.toolApprovalCard "),
        ({"reply": {**TEXT, "files": {}}}, 422, "reply.files "),
        *(
            ({"reply": {**TEXT, "files": [{"url": "u", name: 7}]}}, 422, f"reply.files.0.{name} ")
            for name in ("filename", "mimeType", "data")
        ),
        ({"reply": {**TEXT, "files": [{}]}}, 422, "reply must have files with exactly one of data or url"),
        ({"edit": {"messageId": "1"}}, 422, "edit "),
        ({"edit": {"content": TEXT}}, 422, "edit "),
        ({"edit": {"messageId": "", "content": TEXT}}, 422, "edit.messageId "),
        (
            {"edit": {"messageId": "1", "content": {}}},
            422,
            "edit.content must have exactly one of markdown, card or toolApprovalCard",
        ),
        ({"toolApprovalRequest": {**TOOL, "approvalId": ""}}, 422, "toolApprovalRequest.approvalId "),
        ({"toolApprovalRequest": {**TOOL, "toolCallId": ""}}, 422, "toolApprovalRequest.toolCallId "),
        ({"toolApprovalRequest": {**TOOL, "name": 7}}, 422, "toolApprovalRequest.name "),
        *(
            ({"toolApprovalRequest": {key: TOOL[key] for key in TOOL if key != name}}, 422, "toolApprovalRequest ")
            for name in TOOL
        ),
        ({"toolResults": [{}]}, 422, "toolResults.0 "),
        ({"toolResults": [{"toolCallId": ""}]}, 422, "toolResults.0.toolCallId "),
        ({"signals": [{}]}, 422, "signals.0 "),
        ({"signals": [{"type": "other"}]}, 422, "signals.0.type "),
        ({"signals": [{"type": "trigger"}]}, 422, "signals.0 "),
        ({"signals": [{"type": "trigger", "workflowId": ""}]}, 422, "signals.0 workflowId "),
        ({"signals": [{**ASKED, "kind": "beg"}]}, 422, "signals.0 kind "),
        ({"signals": [{**ASKED, "prompt": ""}]}, 422, "signals.0 prompt "),
        ({"signals": [{**ASKED, "requestId": ""}]}, 422, "signals.0 requestId "),
        *(
            ({"signals": [{key: ASKED[key] for key in ASKED if key != name}]}, 422, "signals.0 ")
            for name in ("kind", "prompt", "requestId")
        ),
        ({"signals": [{**ASKED, "options": ["a", ""]}]}, 422, "signals.0 options.1 "),
        ({"signals": [{"type": "metadata", "action": "add", "key": "a"}]}, 422, "signals.0 action "),
        ({"signals": [{"type": "metadata", "key": "a"}]}, 422, "signals.0 must have a value to set"),
        (
            {"signals": [{"type": "metadata", "action": "delete"}]},
            422,
            "signals.0 has the key None: a key has 1 to 128 letters and digits",
        ),
        *(
            ({"signals": [{"type": "metadata", "key": key, "value": 1}]}, 422, f"signals.0 has the key {key!r}")
            for key in ("__proto__", "constructor", "prototype", "a--b", "-a", "a-", "a b", 7)
        ),
        ({"addReactions": [{"messageId": "", "emojiName": "eyes"}]}, 422, "addReactions.0.messageId "),
        ({"addReactions": [{"messageId": "1", "emojiName": ""}]}, 422, "addReactions.0.emojiName "),
        ({"addReactions": [{"messageId": "1"}]}, 422, "addReactions.0 "),
        ({"addReactions": [{"emojiName": "eyes"}]}, 422, "addReactions.0 "),
        ({"deleteMessages": [{}]}, 422, "deleteMessages.0 "),
        ({"deleteMessages": [{"messageId": ""}]}, 422, "deleteMessages.0.messageId "),
        ({"resolve": {"summary": 7}}, 422, "resolve.summary "),
        ({"typing": "start"}, 422, "typing "),
        ({"typing": {"status": 7}}, 422, "typing"),
        ({"error": "yes"}, 422, "error "),
    ],
)  # fmt: skip
def test_a_post_that_novu_does_not_take_is_answered_with_what_is_wrong(
    body: dict[str, Any], status: int, message: str
) -> None:
    with pytest.raises(PostRefused, match=f"^{re.escape(message)}") as refused:
        checked({"conversationId": "c-1", "integrationIdentifier": "slack", **body})
    assert (refused.value.status, "; ".join(refused.value.messages)) == (status, str(refused.value))


@pytest.mark.parametrize("body", [[], "reply", None])
def test_a_post_is_an_object(body: Any) -> None:
    with pytest.raises(PostRefused, match=r"^the body ") as refused:
        checked(body)
    assert (refused.value.status, len(refused.value.messages)) == (422, 1)


@pytest.mark.parametrize("missing", ["conversationId", "integrationIdentifier"])
def test_a_post_says_where_it_belongs(novu: NovuSimulator, conversation: Conversation, missing: str) -> None:
    body = {"conversationId": conversation.id, "integrationIdentifier": "slack", "reply": TEXT}
    del body[missing]
    assert sent(novu, "/v1/agents/mute/reply", body)[0] == 422
    assert sent(novu, "/v1/agents/mute/reply", [body])[0] == 422


@walked(
    "body",
    [
        {"reply": {**TEXT, "files": [{"filename": "a", "mimeType": "b", "data": "YQ=="}]}},
        {"reply": {"card": {"type": "card"}}},
        {"typing": "stop"},
        {"typing": {"status": "Looking"}},
        {"resolve": {"summary": "Done"}},
        {"signals": [{**ASKED, "options": ["a", "b"]}]},
        {"signals": [{"type": "metadata", "action": "set", "key": "a:b-c_d", "value": None}]},
        {"signals": [{"type": "metadata", "action": "clear"}]},
        {"signals": [{"type": "metadata", "action": "delete", "key": "a"}]},
        {"toolResults": [{"toolCallId": "t-1"}]},
        {"toolApprovalRequest": TOOL},
        {"addReactions": [{"messageId": "none", "emojiName": "eyes"}]},
        {"deleteMessages": [{"messageId": "none"}]},
        {"error": True},
    ],
)
def test_a_post_that_is_in_order_is_taken(body: dict[str, Any]) -> None:
    assert checked({"conversationId": "c-1", "integrationIdentifier": "slack", **body}) == body


def test_a_message_is_answered_with_its_ids_and_anything_else_with_none(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    ids = data_of(posted(novu, conversation, reply=TEXT))
    [message] = conversation.messages
    assert ids == {"messageId": message.id, "platformThreadId": conversation.state.thread_id}
    edit = {"messageId": message.id, "content": {"markdown": "Hello"}}
    assert data_of(posted(novu, conversation, edit=edit)) == ids
    assert (message.text, message.edited) == ("Hello", True)
    assert data_of(posted(novu, conversation, typing={})) is None


@pytest.mark.parametrize("whose", ["of people", "deleted", "unknown"])
def test_only_a_message_of_the_agent_that_is_there_can_be_edited(
    novu: NovuSimulator, conversation: Conversation, whose: str
) -> None:
    conversation.say("Hello")
    posted(novu, conversation, reply=TEXT)
    theirs, own = conversation.messages
    posted(novu, conversation, deleteMessages=[{"messageId": own.id}])
    message_id = {"of people": theirs.id, "deleted": own.id, "unknown": "none"}[whose]
    edit = {"messageId": message_id, "content": {"markdown": "Else"}}
    status, answer = posted(novu, conversation, edit=edit)
    assert (status, answer["message"]) == (404, f"There is no message {message_id} to edit")
    assert (theirs.text, own.text) == ("Hello", "Hi")


def test_what_is_not_there_takes_no_reaction_and_is_deleted_once(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    posted(novu, conversation, reply=TEXT)
    [message] = conversation.messages
    for _ in range(2):
        posted(novu, conversation, deleteMessages=[{"messageId": "none"}, {"messageId": message.id}])
    reactions = [{"messageId": one, "emojiName": "eyes"} for one in ("none", message.id)]
    posted(novu, conversation, addReactions=reactions)
    assert message.deleted
    assert message.reactions == [("eyes", "mute")]
    assert conversation.transcript.count("deletes") == conversation.transcript.count("reacts") == 1


def test_metadata_change_in_the_order_of_the_signals(novu: NovuSimulator, conversation: Conversation) -> None:
    def change(*signals: dict[str, Any]) -> str:
        posted(novu, conversation, signals=[{"type": "metadata", **one} for one in signals])
        return conversation.transcript.splitlines()[-1]

    said = change({"key": "a", "value": "ä"}, {"action": "set", "key": "b", "value": [1]})
    assert said == '09:00:00  mute notes a = "ä", notes b = [1]'
    assert conversation.metadata == {"a": "ä", "b": [1]}
    said = change({"action": "delete", "key": "a"}, {"action": "delete", "key": "none"})
    assert said == "09:00:00  mute forgets a, forgets none"
    assert conversation.metadata == {"b": [1]}
    said = change({"key": "c", "value": 1}, {"action": "clear"}, {"key": "d", "value": 2})
    assert said == "09:00:00  mute notes c = 1, forgets all metadata, notes d = 2"
    assert conversation.metadata == {"d": 2}
    assert [one.text for one in conversation.state.log] == [
        "Metadata updated: a, b",
        "Metadata updated: -a, -none",
        "Metadata updated: c, (cleared), d",
    ]
    assert conversation.state.log[-1].data == {"signalData": {"type": "metadata", "payload": {"d": 2}}}


@pytest.mark.parametrize(
    ("post", "entry"),
    [
        (
            {"toolResults": [{"toolCallId": "t-1", "toolName": "look", "output": {"a": "ä"}, "preview": "Seen"}]},
            (
                "tool_result",
                "Seen",
                'has run look: {"a": "ä"}',
                {"toolData": {"toolCallId": "t-1", "toolName": "look", "output": {"a": "ä"}}},
            ),
        ),
        (
            {"toolResults": [{"toolCallId": "t-1"}]},
            ("tool_result", "Tool result: t-1", "has run t-1: null", {"toolData": {"toolCallId": "t-1"}}),
        ),
        (
            {"toolApprovalRequest": {**TOOL, "input": {"city": "Köln"}}},
            (
                "tool_approval_request",
                "Approval required: refund",
                'wants to run refund({"city": "Köln"})',
                {
                    "toolData": {
                        "approvalId": "a-1",
                        "toolCallId": "t-1",
                        "toolName": "refund",
                        "input": {"city": "Köln"},
                    }
                },
            ),
        ),
        (
            {"toolApprovalRequest": TOOL},
            (
                "tool_approval_request",
                "Approval required: refund",
                "wants to run refund({})",
                {"toolData": {"approvalId": "a-1", "toolCallId": "t-1", "toolName": "refund"}},
            ),
        ),
        (
            {"resolve": {"summary": "Done"}},
            (
                "signal",
                "Done",
                "resolves the conversation: Done",
                {"signalData": {"type": "resolve", "payload": {"summary": "Done"}}},
            ),
        ),
        (
            {"resolve": {}},
            (
                "signal",
                "Conversation resolved",
                "resolves the conversation",
                {"signalData": {"type": "resolve"}},
            ),
        ),
    ],
)  # fmt: skip
def test_novu_writes_down_what_an_agent_did(
    novu: NovuSimulator, conversation: Conversation, post: dict[str, Any], entry: Any
) -> None:
    posted(novu, conversation, **post)
    [found] = conversation.state.log
    assert (found.type, found.text, found.shown, found.data) == entry


EVENTS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "message", "messageId": "m", "content": TEXT}, {"reply": TEXT}),
    (
        {
            "type": "message",
            "messageId": "m",
            "content": TEXT,
            "files": [{"name": "a", "mediaType": "text/plain", "data": "YQ=="}, {"name": "b", "url": "u"}],
        },
        {
            "reply": {
                **TEXT,
                "files": [
                    {"filename": "a", "mimeType": "text/plain", "data": "YQ=="},
                    {"filename": "b", "url": "u"},
                ],
            }
        },
    ),
    ({"type": "channel.typing", "state": "on"}, {"typing": {}}),
    ({"type": "channel.typing", "state": "on", "status": "Looking"}, {"typing": {"status": "Looking"}}),
    ({"type": "channel.typing", "state": "off"}, {"typing": "stop"}),
    (
        {"type": "signal", "signal": {"type": "metadata", "key": "a", "value": 1}},
        {"signals": [{"type": "metadata", "key": "a", "value": 1}]},
    ),
    ({"type": "resolve", "summary": "Done"}, {"resolve": {"summary": "Done"}}),
    ({"type": "resolve"}, {"resolve": {}}),
    (
        {"type": "tool-approval-request", "approvalId": "a-1", "toolUseId": "t-1", "toolName": "refund", "input": {"a": 1}},
        {"toolApprovalRequest": {**TOOL, "input": {"a": 1}}},
    ),
    (
        {"type": "tool-approval-request", "approvalId": "a-1", "toolUseId": "t-1", "toolName": "refund", "deliverCard": True},
        {"toolApprovalRequest": TOOL, "reply": {"toolApprovalCard": {"type": "tool-approval-card"}}},
    ),
    (
        {
            "type": "tool-use-result",
            "toolUseId": "t-1",
            "content": [{"type": "text", "text": "Seen"}, {"type": "json", "value": {"a": 1}}],
        },
        {"toolResults": [{"toolCallId": "t-1", "output": {"a": 1}, "preview": "Seen"}]},
    ),
    (
        {
            "type": "tool-use-result",
            "toolUseId": "t-1",
            "toolName": "look",
            "content": [{"type": "text", "text": ""}, {"type": "json", "value": None}],
        },
        {"toolResults": [{"toolCallId": "t-1", "toolName": "look", "output": None}]},
    ),
    ({"type": "run-error", "message": "no"}, {"error": True}),
]  # fmt: skip


def what_is_there(conversation: Conversation) -> Any:
    state = conversation.state
    return (
        [(one.type, one.text, one.shown, one.data) for one in state.log],
        [(one.content, one.files) for one in state.all_messages],
        [(one.kind, one.tool, one.buttons) for one in state.requests],
        (state.metadata, state.status, state.typing, len(state.failures)),
    )


@pytest.mark.parametrize(("event", "post"), EVENTS)
def test_an_event_does_what_its_post_does(
    novu: NovuSimulator, event: dict[str, Any], post: dict[str, Any]
) -> None:
    by_event, by_post = (novu.agent(mute, subscriber=ANN, events=events) for events in (True, False))
    assert data_of(told(novu, by_event, event)) is None
    data_of(posted(novu, by_post, **post))
    assert what_is_there(by_event) == what_is_there(by_post)
    assert by_event.state.log or by_event.typing == []


def test_events_mean_a_message_by_the_id_that_the_agent_gave_it(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    told(
        novu,
        conversation,
        {"type": "run-start"},
        {"type": "message", "messageId": "m-1", "content": TEXT},
        {"type": "channel.edit", "messageId": "m-1", "content": {"markdown": "Hello"}},
        {"type": "channel.reaction", "messageId": "m-1", "emoji": "eyes", "op": "add"},
    )
    [message] = conversation.messages
    assert (message.text, message.edited, message.reactions) == ("Hello", True, [("eyes", "mute")])
    told(novu, conversation, {"type": "channel.delete", "messageId": "m-1"})
    assert message.deleted


def test_a_message_that_comes_in_a_second_batch_is_posted_once(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    for _ in range(2):
        told(
            novu,
            conversation,
            {"type": "message", "messageId": "m-1", "content": TEXT},
            {"type": "message", "messageId": "m-2", "content": {"markdown": "Hello"}},
        )
    assert [one.text for one in conversation.messages] == ["Hi", "Hello"]


def test_an_event_of_the_agents_own_changes_nothing_that_people_see(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    told(novu, conversation, {"type": "custom", "name": "seen", "data": {"a": 1}}, {"type": "run-finish"})
    assert conversation.emitted == [("seen", {"a": 1})]
    assert (conversation.state.log, conversation.messages) == ([], [])


def test_a_batch_of_events_is_of_one_conversation(novu: NovuSimulator, conversation: Conversation) -> None:
    def batch(*events: dict[str, Any]) -> tuple[int, Any]:
        status, answer = sent(novu, "/v1/agents/events/ingest", {"events": list(events)})
        return status, answer.get("message")

    other = novu.agent(mute, subscriber="bob")
    typing = {"type": "channel.typing", "state": "on", "status": "Looking"}
    one = {"conversationId": conversation.id, "agentId": "mute", "event": typing}
    mixed = "The events of a batch must be of one conversation and one agent"
    assert batch() == batch(one) == batch(one, one) == (200, None)
    assert batch(one, {**one, "conversationId": other.id}) == (400, mixed)
    assert batch(one, {**one, "agentId": "other"}) == (400, mixed)
    assert batch({**one, "agentId": "other"}) == (403, "Agent identifier does not match this conversation")
    assert batch({**one, "conversationId": "none"}) == (404, "Conversation not found")
    for wrong in (
        {"event": typing},
        {**one, "agentId": ""},
        {**one, "conversationId": ""},
        {**one, "event": 7},
    ):
        status, message = batch(wrong)
        assert (status, message.startswith("Invalid event envelopes: /events/0")) == (400, True)
    assert sent(novu, "/v1/agents/events/ingest", {})[0] == 400
    assert conversation.typing == ["Looking"] * 3


def test_a_failure_of_the_platform_is_answered_and_written_down(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    posted(novu, conversation, reply=TEXT)
    [message] = conversation.messages
    edit = {"messageId": message.id, "content": {"markdown": "Else"}}
    for body in ({"reply": TEXT}, {"edit": edit}):
        novu.fail_provider("chat", "slack", times=1, error="token_revoked")
        status, answer = posted(novu, conversation, **body)
        assert (status, answer["message"]) == (502, "token_revoked")
    assert [one.text for one in conversation.messages] == ["Hi"]
    assert conversation.transcript.count("! not delivered: token_revoked") == 2


def test_who_is_asked_for_an_answer(novu: NovuSimulator) -> None:
    conversation = novu.agent(mute, subscriber=Stranger("Guest"))
    assert posted(novu, conversation, signals=[ASKED])[1]["message"] == (
        "This conversation has no subscriber who could be asked"
    )
    conversation.say("Hi", by=ANN)
    conversation.say("Hi", by="bob")
    for to in (None, "cleo", ["cleo", "dan"]):
        posted(novu, conversation, signals=[{**ASKED, **({} if to is None else {"to": to})}])
    assert [one.to for one in conversation.requests] == [("ann",), ("cleo",), ("cleo", "dan")]
    status, _ = posted(novu, conversation, signals=[{**ASKED, "to": []}])
    assert (status, len(conversation.requests)) == (400, 3)
    assert [one.request_id for one in conversation.requests] == ["hr_1"] * 3
    assert all(one.id.startswith("hi_") and len(one.id) == 15 for one in conversation.requests)


@workflow("note")
async def note(step: Step, payload: dict[str, Any]) -> None:
    await step.in_app("inbox", {"body": f"Hi, {payload}"})


@pytest.mark.parametrize(
    ("signal", "shown", "to"),
    [
        ({}, "triggers note for ann", "ann"),
        ({"to": None, "payload": {}}, "triggers note for ann", "ann"),
        ({"to": "cleo"}, "triggers note for cleo", "cleo"),
        (
            {"to": [{"subscriberId": "bob"}, "cleo"], "payload": {"city": "Köln"}},
            'triggers note for bob, cleo with {"city": "Köln"}',
            [{"subscriberId": "bob"}, "cleo"],
        ),
    ],
)
def test_an_agent_triggers_a_workflow(
    novu: NovuSimulator, signal: dict[str, Any], shown: str, to: Any
) -> None:
    novu.register(note)
    conversation = novu.agent(mute, subscriber=Stranger("Guest"))
    conversation.say("Hi", by=ANN)
    conversation.say("Hi", by="bob")
    posted(novu, conversation, signals=[{"type": "trigger", "workflowId": "note", **signal}])
    entry, [trigger] = conversation.state.log[-1], conversation.triggers
    assert (entry.type, entry.role, entry.text) == ("signal", "agent", "Triggered workflow: note")
    assert entry.shown == shown
    payload = {"workflowId": "note", "to": to, "transactionId": trigger.transaction_id}
    assert entry.data == {"signalData": {"type": "trigger", "payload": payload}}
    assert [one.body for one in novu.messages] == [f"Hi, {signal.get('payload') or {}}"] * len(trigger.runs)


def test_a_trigger_that_reaches_nobody_is_told(novu: NovuSimulator) -> None:
    novu.register(note)
    conversation = novu.agent(mute, subscriber=Stranger("Guest"))
    for workflow_id, to in (("note", None), ("none", "ann")):
        signal = {"type": "trigger", "workflowId": workflow_id, "to": to}
        assert posted(novu, conversation, signals=[signal])[0] == 200
    first, second = [one.text for one in conversation.failures]
    assert first == "the trigger of note reaches nobody: this conversation has no subscriber"
    assert second.startswith("none was not triggered: ")
    assert (conversation.triggers, len(conversation.signals)) == ([], 2)


def test_a_reported_failure_is_told_to_people_and_to_the_test(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    ids = data_of(posted(novu, conversation, error=True))
    [apology] = conversation.messages
    assert apology.text == "Sorry, something went wrong here. Please try again in a moment."
    assert (apology.id, apology.role) == (ids["messageId"], "agent")
    assert [one.text for one in conversation.failures] == ["the agent reported that its turn failed"]


def test_requests_that_wait_are_counted_by_who_is_asked(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    def ask(kind: str, to: list[str], times: int = 1) -> tuple[int, Any]:
        answer = posted(novu, conversation, signals=[{**ASKED, "kind": kind, "to": to}] * times)
        return answer[0], answer[1].get("message")

    assert ask("approve", ["ann", "bob"], 25) == ask("tell", ["ann"], 2) == (200, None)
    assert ask("ask", ["ann"]) == (429, "25 requests wait for ann already")
    assert ask("ask", ["cleo", "bob"]) == (429, "25 requests wait for cleo, bob already")
    assert ask("tell", ["ann"]) == ask("ask", ["cleo"]) == (200, None)


def test_what_waits_for_an_answer_is_told_by_who_asks(
    novu: NovuSimulator, conversation: Conversation
) -> None:
    signal = {**ASKED, "from": "ops", "options": ["a", "b"], "ttlSeconds": 60}
    posted(novu, conversation, signals=[signal])
    [request] = conversation.requests
    assert (request.from_, request.options, request.prompt) == ("ops", ("a", "b"), "Which?")
    assert request.message is conversation.messages[0]
    assert (request.expires_at - novu.now).total_seconds() == 60
    novu.advance(minutes=1)
    assert conversation.state.log[-1].shown == "Nobody answered in time: Which?"
    assert conversation.state.log[-1].text == "Nobody answered in time"
    assert not request.message.edited  # until somebody uses the card


@pytest.mark.parametrize(
    ("decide", "text", "said"),
    [
        (lambda one: one.approve(), "Approved refund", "approves refund"),
        (lambda one: one.deny(), "Denied refund", "denies refund"),
        (lambda one: one.say("Or not"), "Denied refund", "Withdrawn: refund"),
    ],
)
def test_a_decision_on_the_call_of_a_tool_is_written_down(
    novu: NovuSimulator, conversation: Conversation, decide: Any, text: str, said: str
) -> None:
    conversation.say("Hi", by=Stranger("Guest"))
    card = {"type": "tool-approval-card"}
    posted(novu, conversation, reply={"toolApprovalCard": card}, toolApprovalRequest=TOOL)
    decide(conversation)
    [entry] = [one for one in conversation.state.log if one.type == "tool_approval_decision"]
    assert (entry.text, entry.shown) == (text, said)
    assert (entry.role, entry.name) == (
        ("system", "Novu") if said.startswith("Withdrawn") else ("subscriber", "Ann Berg")
    )
    approved = text.startswith("Approved")
    data = {"approvalId": "a-1", "approved": approved, "toolName": "refund"}
    assert (entry.data, entry.message) == ({"toolData": data}, conversation.requests[0].message)
    assert conversation.requests[0].to == ("ann",)
    assert (conversation.requests[0].expires_at - novu.now).total_seconds() == 24 * 3600
