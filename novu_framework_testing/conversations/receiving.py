"""What Novu does with what an agent posts, in Novu's order."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from novu_framework_testing._internal.wire import to_plain_json
from novu_framework_testing.conversations.log import THINKING, ChatMessage, Role
from novu_framework_testing.conversations.posts import (
    ENVELOPES,
    MAX_METADATA,
    PostRefused,
    checked,
    post_of_event,
)
from novu_framework_testing.conversations.requests import MAX_PENDING, HumanRequest, time_to_live
from novu_framework_testing.conversations.state import Person, State

APOLOGY = "Sorry, something went wrong here. Please try again in a moment."
"""What people read where an agent reports that it failed."""


async def receive(conversation: State, body: Any) -> dict[str, str] | None:
    """Do what the body of a post to `replyUrl` says; return the ids of the message that it posts or edits.

    Raises:
        PostRefused: Novu does not take it, or the platform does not deliver the message.
    """
    post = checked(body)
    with conversation.novu.lock:
        sent = _shown(conversation, post)
    for signal in post.get("signals", ()):
        if signal["type"] == "trigger":
            await _trigger(conversation, signal)
    with conversation.novu.lock:
        for signal in post.get("signals", ()):
            if signal["type"] == "human":
                _ask(conversation, signal)
        _finish(conversation, post)
    return None if sent is None else {"messageId": sent.id, "platformThreadId": conversation.thread_id}


async def receive_events(conversation: State, events: list[Mapping[str, Any]]) -> None:
    """Do what a batch of events says. A message that came before, in a batch that was sent again, is not posted again."""
    for event in events:
        kind, client_id = event.get("type"), str(event.get("messageId"))
        if kind == "custom":
            conversation.emitted.append((str(event.get("name")), event.get("data")))
        if kind == "message" and client_id in conversation.client_ids:
            continue
        post = post_of_event(event)
        if post is None:
            continue
        ids = {"conversationId": conversation.id, "integrationIdentifier": conversation.integration}
        sent = await receive(conversation, {**ids, **post})
        if kind == "message" and sent is not None:
            conversation.client_ids[client_id] = sent["messageId"]


def _shown(conversation: State, post: Mapping[str, Any]) -> ChatMessage | None:
    """Do what is seen at once; return the message that is posted or edited."""
    if post.get("error"):
        conversation.turn_failed()
        return _deliver(conversation, {"markdown": APOLOGY})
    if "typing" in post:
        _type(conversation, post["typing"])
    if "edit" in post:
        return _edit(conversation, post["edit"])
    for result in post.get("toolResults", ()):
        name = result.get("toolName") or result["toolCallId"]
        kept = {key: result[key] for key in ("toolCallId", "toolName", "output") if key in result}
        said = result.get("preview") or f"Tool result: {name}"
        shown = f"has run {name}: {json.dumps(kept.get('output'), ensure_ascii=False)}"
        conversation.note_of_agent("tool_result", said, shown=shown, toolData=to_plain_json(kept))
    request = _gate(conversation, post) if "toolApprovalRequest" in post else None
    sent = None
    if reply := post.get("reply"):
        content = {"card": request.card()} if request and "toolApprovalCard" in reply else reply
        sent = _deliver(conversation, content)
        if request is not None:
            request.message, sent.request = sent, request
    _change_metadata(conversation, post.get("signals", ()))
    return sent


def _deliver(conversation: State, content: Mapping[str, Any]) -> ChatMessage:
    _let_through(conversation)
    return conversation.add(to_plain_json(content), "agent", conversation.agent_id)


def _let_through(conversation: State) -> None:
    """Raise `PostRefused` where the provider is to fail."""
    channel, provider = conversation.platform.channel, conversation.platform.provider_id
    if error := conversation.novu.integrations.failures.error(channel, provider):
        conversation.note("failure", "system", "Novu", f"not delivered: {error}")
        raise PostRefused(502, error)


def _edit(conversation: State, edit: Mapping[str, Any]) -> ChatMessage:
    message = conversation.message(edit["messageId"])
    if message is None or message.deleted or message.role != "agent":
        raise PostRefused(404, f"There is no message {edit['messageId']} to edit")
    _let_through(conversation)
    message.edit(to_plain_json(edit["content"]))
    conversation.note_of_agent("edit", message.text, message)
    return message


def _type(conversation: State, typing: Any) -> None:
    conversation.typing = None if typing == "stop" else typing.get("status") or THINKING
    if typing != "stop":
        conversation.note_of_agent("typing", conversation.typing or "")
    elif conversation.turn is not None:
        conversation.turn.stopped()


def _gate(conversation: State, post: Mapping[str, Any]) -> HumanRequest:
    """Write down a call of a tool that waits for an approval."""
    tool, novu = to_plain_json(post["toolApprovalRequest"]), conversation.novu
    look = (post.get("reply") or {}).get("toolApprovalCard") or {}
    asked = [one.subscriber_id for one in conversation.people if one.subscriber_id]
    request = HumanRequest(
        tool["approvalId"],
        "",
        "tool",
        tool["name"],
        tuple(asked),
        novu.now + time_to_live(None),
        tool=tool,
        look=look,
        buttons=conversation.platform.buttons,
    )
    _wait(conversation, request)
    data = {"approvalId": tool["approvalId"], "toolCallId": tool["toolCallId"], "toolName": tool["name"]}
    given = {"input": tool["input"]} if "input" in tool else {}
    conversation.note_of_agent(
        "tool_approval_request",
        f"Approval required: {tool['name']}",
        shown=f"wants to run {tool['name']}({json.dumps(tool.get('input', {}), ensure_ascii=False)})",
        toolData={**data, **given},
    )
    return request


def _wait(conversation: State, request: HumanRequest) -> None:
    """Keep a request, until its time has run out."""
    conversation.requests.append(request)

    async def run_out() -> None:
        if request.is_pending:
            settle(conversation, request, "expired")

    if request.kind != "tell":
        what = f"{conversation.agent_id}: the answer to {request.prompt!r}"
        conversation.novu.clock.call_at(request.expires_at, run_out, lambda: what)


def settle(
    conversation: State,
    request: HumanRequest,
    status: Any,
    by: Person | None = None,
    answer: str | None = None,
) -> None:
    """End a request. Its card changes, unless its time has run out: then when somebody uses the card."""
    request.status, request.answer = status, answer
    if by is not None:
        request.answered_by, request.answered_name = by.subscriber_id, by.name
    shown = f"{request.outcome}: {request.prompt}"
    if request.kind == "tool":
        approved = status == "approved"
        data = {"approvalId": request.id, "approved": approved, "toolName": request.prompt}
        text = f"{'Approved' if approved else 'Denied'} {request.prompt}"
        told = f"{'approves' if approved else 'denies'} {request.prompt}" if by else shown
        role: Role = "system" if by is None else by.role
        conversation.note(
            "tool_approval_decision",
            role,
            by.name if by else "Novu",
            text,
            request.message,
            shown=told,
            toolData=data,
        )
    elif by is None:
        conversation.note("answer", "system", "Novu", request.outcome, request.message, shown=shown)
    if status != "expired" and request.kind != "tool":
        close(request)


def close(request: HumanRequest) -> None:
    """Show in the place of its card what came of a request."""
    if request.message is not None and not request.closed:
        request.closed = True
        request.message.edit({"card": request.closed_card()})


def _change_metadata(conversation: State, signals: Any) -> None:
    """Set, delete and clear metadata, in the order of the signals."""
    for signal in signals:
        conversation.signals.append(to_plain_json(signal))
    changes = [one for one in signals if one["type"] == "metadata"]
    if not changes:
        return
    metadata, told, shown = dict(conversation.metadata), [], []
    for change in changes:
        action = change.get("action") or "set"
        if action == "clear":
            metadata = {}
            told.append("(cleared)")
            shown.append("forgets all metadata")
        elif action == "delete":
            metadata.pop(change["key"], None)
            told.append(f"-{change['key']}")
            shown.append(f"forgets {change['key']}")
        else:
            metadata[change["key"]] = to_plain_json(change["value"])
            told.append(change["key"])
            shown.append(f"notes {change['key']} = {json.dumps(metadata[change['key']], ensure_ascii=False)}")
    if len(json.dumps(metadata, ensure_ascii=False).encode("utf-8", "surrogatepass")) > MAX_METADATA:
        raise PostRefused(400, "The metadata of a conversation has at most 64 KB")
    conversation.metadata = metadata
    conversation.note_of_agent(
        "signal",
        f"Metadata updated: {', '.join(told)}",
        shown=", ".join(shown),
        signalData={"type": "metadata", "payload": to_plain_json(metadata)},
    )


async def _trigger(conversation: State, signal: Mapping[str, Any]) -> None:
    """Trigger a workflow, for the first subscriber of the conversation where the agent says nobody."""
    workflow_id, to = signal["workflowId"], signal.get("to")
    if not to:
        to = next((one.subscriber_id for one in conversation.people if one.subscriber_id), None)
    if not to:
        conversation.fail(f"the trigger of {workflow_id} reaches nobody: this conversation has no subscriber")
        return
    try:
        trigger = await conversation.novu.trigger_async(workflow_id, to, signal.get("payload") or {})
    except (LookupError, ValueError, TypeError) as error:
        conversation.fail(f"{workflow_id} was not triggered: {error}")
        return
    conversation.triggers.append(trigger)
    payload = {"workflowId": workflow_id, "to": to_plain_json(to), "transactionId": trigger.transaction_id}
    given = json.dumps(signal.get("payload") or {}, ensure_ascii=False)
    reached = ", ".join(run.subscriber_id for run in trigger.runs) or "nobody"
    conversation.note_of_agent(
        "signal",
        f"Triggered workflow: {workflow_id}",
        shown=f"triggers {workflow_id} for {reached}{f' with {given}' if given != '{}' else ''}",
        signalData={"type": "trigger", "payload": payload},
    )


def _ask(conversation: State, signal: Mapping[str, Any]) -> None:
    """Post what an agent asks of people."""
    novu, given = conversation.novu, signal.get("to")
    to = [given] if isinstance(given, str) else list(given or ())
    if given is None:
        to = [one.subscriber_id for one in conversation.people if one.subscriber_id][:1]
    if not to:
        raise PostRefused(400, "This conversation has no subscriber who could be asked")
    pending = sum(one.is_pending for one in conversation.requests if set(to) & set(one.to))
    if signal["kind"] != "tell" and pending >= MAX_PENDING:
        raise PostRefused(429, f"{MAX_PENDING} requests wait for {', '.join(to)} already")
    request = HumanRequest(
        f"hi_{novu.ids('interaction')[-12:]}",
        signal["requestId"],
        signal["kind"],
        signal["prompt"],
        tuple(to),
        novu.now + time_to_live(signal.get("ttlSeconds")),
        tuple(signal.get("options") or ()),
        signal.get("from"),
        "delivered" if signal["kind"] == "tell" else "pending",
    )
    request.message = _deliver(conversation, {"card": request.card()})
    request.message.request = request
    _wait(conversation, request)


def _finish(conversation: State, post: Mapping[str, Any]) -> None:
    """Put reactions, delete messages and resolve."""
    for reaction in post.get("addReactions", ()):
        message = conversation.message(reaction["messageId"])
        if message is not None:
            message.reactions.append((reaction["emojiName"], conversation.agent_id))
            conversation.note_of_agent("reaction", reaction["emojiName"], message)
    for one in post.get("deleteMessages", ()):
        message = conversation.message(one["messageId"])
        if message is not None and not message.deleted:
            message.deleted = True
            conversation.note_of_agent("delete", message.text, message)
    if "resolve" in post:
        summary = post["resolve"].get("summary")
        conversation.status, conversation.resolved_since = "resolved", True
        data = {"type": "resolve", **({"payload": {"summary": summary}} if summary else {})}
        shown = f"resolves the conversation{f': {summary}' if summary else ''}"
        conversation.note_of_agent("signal", summary or "Conversation resolved", shown=shown, signalData=data)


async def take(conversations: Mapping[str, State], agent_id: str | None, body: Any) -> dict[str, str] | None:
    """Take a post of an agent, or a batch of events where `agent_id` is None. Return the ids of the message.

    Raises:
        PostRefused: Novu does not take it: 404 where there is no such conversation, 403 where it is another agent's.
    """
    if agent_id is None:
        if problems := ENVELOPES.validate(body)[1]:
            raise PostRefused(400, f"Invalid event envelopes: {problems[0].path} {problems[0].message}")
        events = body["events"]
        if len({(one["conversationId"], one["agentId"]) for one in events}) > 1:
            raise PostRefused(400, "The events of a batch must be of one conversation and one agent")
        if not events:
            return None
        conversation = _known(conversations, events[0]["conversationId"], events[0]["agentId"])
        await receive_events(conversation, [one["event"] for one in events])
        return None
    if not isinstance(body, Mapping) or not isinstance(body.get("conversationId"), str):
        checked(body)  # which says what is wrong
    return await receive(_known(conversations, body["conversationId"], agent_id), body)


def _known(conversations: Mapping[str, State], conversation_id: Any, agent_id: Any) -> State:
    conversation = conversations.get(str(conversation_id))
    if conversation is None:
        raise PostRefused(404, "Conversation not found")
    if conversation.agent_id != agent_id:
        raise PostRefused(403, "Agent identifier does not match this conversation")
    return conversation
