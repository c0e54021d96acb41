"""What people send, as agents get it: messages, files, and the notifications that they reply to."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from novu_framework_testing._internal.moments import iso
from novu_framework_testing.conversations.log import ChatMessage
from novu_framework_testing.conversations.state import Person

File: TypeAlias = "str | Path | Mapping[str, Any]"
"""A file that a person sends: its path, its name, or what the agent gets of it: `{"name", "mimeType", "url", "size"}`."""


def as_message(message: ChatMessage, author: Person) -> dict[str, Any]:
    """Return a message as agents get it."""
    is_bot = message.role == "agent"
    answer: dict[str, Any] = {
        "text": message.text,
        "platformMessageId": message.id,
        "author": {"userId": author.id, "fullName": author.name, "userName": author.id, "isBot": is_bot},
        "timestamp": iso(message.sent_at),
    }
    if attachments := message.content.get("attachments"):
        answer["attachments"] = attachments
    return answer


def notification_of(what: Any, channel: str) -> dict[str, Any] | None:
    """Return the notification that a run, a step or a message is, as agents get it; None for one without a message.

    Args:
        what: The run, the step or the message.
        channel: The channel of the conversation, whose message counts where there are several.
    """
    sent = [what] if hasattr(what, "transaction_id") and hasattr(what, "content") else list(what.messages)
    fitting = [one for one in sent if one.channel == channel] or sent
    if not fitting:
        return None
    message = fitting[-1]
    body = message.body or f"A notification was sent by the {message.workflow_id} workflow."
    return {
        "id": message.run.id,
        "workflowId": message.workflow_id,
        "messageId": message.id,
        "platformMessageId": message.id,
        "sentAt": iso(message.sent_at),
        "body": str(body)[:500],
        "payload": dict(message.run.payload),
    }


def attachment(file: File) -> dict[str, Any]:
    """Return a file that a person sends as agents get it. The bytes of a path go along, as a data URL."""
    if isinstance(file, Mapping):
        return dict(file)
    name = Path(file).name
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    media = kind.partition("/")[0]
    known = {
        "type": media if media in ("image", "audio", "video") else "file",
        "name": name,
        "mimeType": kind,
    }
    if isinstance(file, Path):
        content = file.read_bytes()
        url = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        return {**known, "url": url, "size": len(content)}
    return {**known, "url": f"https://files.novu.test/{name}"}
