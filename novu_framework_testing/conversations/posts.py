"""What agents post to Novu, and how Novu checks it: the bodies of `replyUrl`, and the events of `eventsUrl`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from novu_framework.schemas import JsonSchema, Validator

MAX_FILES = 15
MAX_METADATA = 64 * 1024
"""The size of a conversation's metadata as JSON, in bytes."""


class PostRefused(Exception):
    """A post that Novu does not take; `status` is the answer's, `messages` say why."""

    def __init__(self, status: int, *messages: str) -> None:
        super().__init__("; ".join(messages))
        self.status = status
        self.messages = messages


_TEXT: JsonSchema = {"type": "string"}
_NAME: JsonSchema = {"type": "string", "minLength": 1}
_OBJECT: JsonSchema = {"type": "object"}


def _object(*required: str, **properties: Any) -> JsonSchema:
    return {"type": "object", "properties": properties, "required": list(required)}


def _list_of(items: JsonSchema) -> JsonSchema:
    return {"type": "array", "items": items}


_FILE = _object(filename=_TEXT, mimeType=_TEXT, url=_TEXT, data=_TEXT)
_CONTENT = _object(
    markdown=_TEXT,
    card=_OBJECT,
    toolApprovalCard=_object("type", type={"enum": ["tool-approval-card"]}),
    files={**_list_of(_FILE), "maxItems": MAX_FILES},
)
_MESSAGE = _object("messageId", messageId=_NAME)
_BODY = Validator(
    _object(
        "conversationId",
        "integrationIdentifier",
        conversationId=_NAME,
        integrationIdentifier=_NAME,
        reply=_CONTENT,
        edit=_object("messageId", "content", messageId=_NAME, content=_CONTENT),
        toolApprovalRequest=_object(
            "approvalId", "toolCallId", "name", approvalId=_NAME, toolCallId=_NAME, name=_TEXT
        ),
        toolResults=_list_of(_object("toolCallId", toolCallId=_NAME)),
        signals=_list_of(_object("type", type={"enum": ["metadata", "trigger", "human"]})),
        addReactions=_list_of(_object("messageId", "emojiName", messageId=_NAME, emojiName=_NAME)),
        deleteMessages=_list_of(_MESSAGE),
        resolve=_object(summary=_TEXT),
        typing={"anyOf": [{"const": "stop"}, _object(status=_TEXT)]},
        error={"type": "boolean"},
    )
)
ENVELOPES = Validator(
    _object(
        "events",
        events=_list_of(
            _object("conversationId", "agentId", "event", conversationId=_NAME, agentId=_NAME, event=_OBJECT)
        ),
    )
)
_SIGNALS = {
    "trigger": Validator(_object("workflowId", workflowId=_NAME)),
    "human": Validator(
        _object(
            "kind",
            "prompt",
            "requestId",
            kind={"enum": ["ask", "approve", "choose", "tell"]},
            prompt=_NAME,
            requestId=_NAME,
            options={**_list_of(_NAME), "minItems": 2, "maxItems": 10},
        )
    ),
    "metadata": Validator(_object(action={"enum": ["set", "delete", "clear"]})),
}
_KEY = re.compile(r"[a-zA-Z0-9]+(?:[-_:][a-zA-Z0-9]+)*")
_NO_KEYS = frozenset(("__proto__", "constructor", "prototype"))

_WITHOUT_REPLY = (
    "resolve",
    "signals",
    "toolResults",
    "toolApprovalRequest",
    "addReactions",
    "deleteMessages",
)
_MEMBERS = ("reply", "edit", *_WITHOUT_REPLY, "typing")


def checked(body: Any) -> dict[str, Any]:
    """Return the body of a post to `replyUrl`. Raises `PostRefused`: 422 for what it is made of, 400 for what is together."""
    if problems := [*_problems(body)]:
        raise PostRefused(422, *problems)
    given = [name for name in (*_MEMBERS, "error") if body.get(name) not in (None, [], False)]
    if not given:
        raise PostRefused(400, f"At least one of {', '.join(_MEMBERS)} or error must be provided")
    if "error" in given and given != ["error"]:
        raise PostRefused(400, f"error cannot be combined with {', '.join(given[:-1])}")
    if "reply" in given and "edit" in given:
        raise PostRefused(400, "Only one of reply or edit can be provided")
    if "edit" in given and (also := [name for name in given if name in _WITHOUT_REPLY]):
        raise PostRefused(400, f"edit cannot be combined with {', '.join(also)}")
    if (body.get("reply") or {}).get("toolApprovalCard") and "toolApprovalRequest" not in given:
        raise PostRefused(400, "A reply with a toolApprovalCard has a toolApprovalRequest")
    return {name: body[name] for name in given}


def _problems(body: Any) -> Iterator[str]:
    """Say what of a body Novu does not take."""
    for issue in _BODY.validate(body)[1]:
        yield f"{issue.path.strip('/').replace('/', '.') or 'the body'} {issue.message}"
    if not isinstance(body, Mapping):
        return
    edit = body.get("edit")
    for where, content in (
        ("reply", body.get("reply")),
        ("edit.content", isinstance(edit, Mapping) and edit.get("content")),
    ):
        if isinstance(content, Mapping):
            yield from (f"{where} {problem}" for problem in _content_problems(content))
    for number, signal in enumerate(_mappings(body.get("signals"))):
        yield from (f"signals.{number} {problem}" for problem in _signal_problems(signal))


def _content_problems(content: Mapping[str, Any]) -> Iterator[str]:
    if sum(content.get(name) is not None for name in ("markdown", "card", "toolApprovalCard")) != 1:
        yield "must have exactly one of markdown, card or toolApprovalCard"
    for file in _mappings(content.get("files")):
        if bool(file.get("data")) == bool(file.get("url")):
            yield "must have files with exactly one of data or url"


def _signal_problems(signal: Mapping[str, Any]) -> Iterator[str]:
    kind = str(signal.get("type"))
    if kind not in _SIGNALS:
        return
    for issue in _SIGNALS[kind].validate(signal)[1]:
        yield f"{issue.path.strip('/').replace('/', '.')} {issue.message}".strip()
    action, key = signal.get("action") or "set", signal.get("key")
    if kind == "metadata" and action != "clear":
        if not isinstance(key, str) or not is_metadata_key(key):
            yield (
                f"has the key {key!r}: a key has 1 to 128 letters and digits, with -, _ or : between them, such as crm:ticket-id"
            )
        if action == "set" and "value" not in signal:
            yield "must have a value to set"


def is_metadata_key(key: str) -> bool:
    """Tell whether Novu keeps metadata under this key."""
    return len(key) <= 128 and key not in _NO_KEYS and _KEY.fullmatch(key) is not None


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def post_of_event(event: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return an event of `eventsUrl` as the body that `replyUrl` would have got; None for one without an effect."""
    kind, message_id = event.get("type"), event.get("messageId")
    if kind == "message":
        content = event.get("content")
        reply = dict(content) if isinstance(content, Mapping) else {}
        if event.get("files"):
            reply["files"] = [_file_of(one) for one in _mappings(event["files"])]
        return {"reply": reply}
    if kind == "channel.edit":
        return {"edit": {"messageId": message_id, "content": event.get("content")}}
    if kind == "channel.delete":
        return {"deleteMessages": [{"messageId": message_id}]}
    if kind == "channel.reaction":
        return {"addReactions": [{"messageId": message_id, "emojiName": event.get("emoji")}]}
    if kind == "channel.typing":
        status = {"status": event["status"]} if event.get("status") is not None else {}
        return {"typing": "stop" if event.get("state") == "off" else status}
    if kind == "signal":
        return {"signals": [event.get("signal")]}
    if kind == "resolve":
        return {"resolve": {name: event[name] for name in ("summary",) if event.get(name) is not None}}
    if kind == "tool-approval-request":
        names = {"approvalId": "approvalId", "toolUseId": "toolCallId", "toolName": "name", "input": "input"}
        request = {to: event[name] for name, to in names.items() if name in event}
        card = (
            {"reply": {"toolApprovalCard": {"type": "tool-approval-card"}}}
            if event.get("deliverCard")
            else {}
        )
        return {**card, "toolApprovalRequest": request}
    if kind == "tool-use-result":
        names = {"toolUseId": "toolCallId", "toolName": "toolName"}
        result = {to: event[name] for name, to in names.items() if name in event}
        for part in _mappings(event.get("content")):
            if part.get("type") == "json":
                result["output"] = part.get("value")
            elif part.get("type") == "text":
                result["preview"] = part.get("text")
        return {"toolResults": [result]}
    if kind == "run-error":
        return {"error": True}
    return None


def _file_of(file: Mapping[str, Any]) -> dict[str, Any]:
    names = {"name": "filename", "mediaType": "mimeType", "data": "data", "url": "url"}
    return {to: file[name] for name, to in names.items() if file.get(name) is not None}
