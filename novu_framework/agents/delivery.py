"""How what an agent says reaches Novu: posts to `replyUrl`, or batches of events to `eventsUrl`.

In reply mode each post goes out once: whether a message was delivered is not known after a failure, and none is to come twice.
In events mode Novu tells batches apart by run and sequence, so one that failed on the way is sent again.
"""

from __future__ import annotations

import asyncio
import json
import uuid
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from datetime import datetime, timezone
from typing import Any, NamedTuple, TypeAlias

from novu_framework._internal.json_data import encode
from novu_framework._internal.redaction import redaction
from novu_framework.agents.effects import Effects
from novu_framework.client import Client
from novu_framework.errors import AgentDeliveryError, AgentError

Answer: TypeAlias = tuple[int, str]
"""The status and the text of an answer."""

sender: ContextVar[Callable[[str, bytes, Mapping[str, str]], Awaitable[Answer]] | None] = ContextVar(
    "novu_framework_agent_sender", default=None
)
"""What posts a body with its headers to a URL in the place of httpx, for a simulation. It raises where no answer comes."""

ATTEMPTS = 3
FIRST_PAUSE = 0.25


class SentMessage(NamedTuple):
    """The ids of a message that was delivered."""

    message_id: str
    platform_thread_id: str


class TurnDelivery(ABC):
    """The posts of one turn, in one of the two modes."""

    def __init__(self, client: Client, url: Any, body: Mapping[str, Any]) -> None:
        self._client = client
        self._url = url
        self._body = body

    @abstractmethod
    async def message(self, content: dict[str, Any], effects: Effects) -> SentMessage:
        """Send a message, and the effects that were pending."""

    @abstractmethod
    async def approval(self, card: dict[str, Any], effects: Effects) -> None:
        """Send Novu's own card for an approval, and the effects that were pending."""

    @abstractmethod
    async def edit(self, message_id: str, content: dict[str, Any]) -> SentMessage:
        """Change a message."""

    @abstractmethod
    async def delete(self, message_id: str) -> None:
        """Delete a message."""

    @abstractmethod
    async def typing(self, status: str | None = None, *, stop: bool = False) -> None:
        """Show that the agent is at work, or no longer."""

    @abstractmethod
    async def emit(self, name: str, data: Any) -> None:
        """Send an event of the agent's own."""

    @abstractmethod
    async def flush(self, effects: Effects) -> None:
        """Send effects by themselves."""

    @abstractmethod
    async def completed(self) -> None:
        """Say that the turn ended well."""

    @abstractmethod
    async def failed(self, message: str) -> None:
        """Say that the turn failed."""

    async def _post(self, content: bytes) -> Answer:
        headers = {
            "authorization": f"ApiKey {self._client.require_secret_key()}",
            "content-type": "application/json",
        }
        if not (isinstance(self._url, str) and self._url.startswith(("http://", "https://"))):
            raise ValueError(f"{self._url!r} is no URL to post to")
        send = sender.get() or self._client._send_anywhere
        return await send(self._url, content, headers)


class ReplyDelivery(TurnDelivery):
    """Posts to `replyUrl`, one for each thing said."""

    async def message(self, content: dict[str, Any], effects: Effects) -> SentMessage:
        """Send a message, and the effects that were pending."""
        return _sent(await self._send(reply=content, **effects.to_reply()), "reply")

    async def approval(self, card: dict[str, Any], effects: Effects) -> None:
        """Send Novu's own card for an approval, and the effects that were pending."""
        _sent(await self._send(reply={"toolApprovalCard": card}, **effects.to_reply()), "approval card reply")

    async def edit(self, message_id: str, content: dict[str, Any]) -> SentMessage:
        """Change a message."""
        return _sent(await self._send(edit={"messageId": message_id, "content": content}), "edit")

    async def delete(self, message_id: str) -> None:
        """Delete a message."""
        await self._send(deleteMessages=[{"messageId": message_id}])

    async def typing(self, status: str | None = None, *, stop: bool = False) -> None:
        """Show that the agent is at work, or no longer."""
        await self._send(typing="stop" if stop else {} if status is None else {"status": status})

    async def emit(self, name: str, data: Any) -> None:
        """Do nothing: only events mode has events of an agent's own."""

    async def flush(self, effects: Effects) -> None:
        """Send effects by themselves."""
        await self._send(**effects.to_reply())

    async def completed(self) -> None:
        """Say nothing: the end of the typing says it."""

    async def failed(self, message: str) -> None:
        """Say that the turn failed, and not why."""
        await self._send(error=True)

    async def _send(self, **members: Any) -> str:
        given = ("conversationId", "integrationIdentifier")
        about = {name: self._body[name] for name in given if name in self._body}
        content = encode({**about, **members})
        try:
            status, text = await self._post(content)
        except AgentError:
            raise
        except Exception as error:
            failure = AgentError(f"The post to replyUrl failed: {type(error).__name__}: {error}")
            raise redaction.quoting(failure) from error
        if not 200 <= status < 300:
            raise AgentDeliveryError(status, text)
        return text


class EventsDelivery(TurnDelivery):
    """Batches of events to `eventsUrl`. After one that was lost for good, nothing is sent any more."""

    def __init__(self, client: Client, url: Any, body: Mapping[str, Any]) -> None:
        super().__init__(client, url, body)
        known = ("conversationId", "conversationId"), ("agentId", "agentId"), ("turnId", "deliveryId")
        self._about = {name: body[member] for name, member in known if member in body}
        self._about["runId"] = f"run_{uuid.uuid4()}"
        self._sequence = 0
        self._lost: AgentError | None = None
        self._one_at_a_time = asyncio.Lock()

    async def message(self, content: dict[str, Any], effects: Effects) -> SentMessage:
        """Send a message, and the effects that were pending."""
        message_id = f"msg_{uuid.uuid4()}"
        said = {"type": "message", "role": "assistant", "messageId": message_id, **_as_event(content)}
        await self._send(*effects.to_events(), said)
        return SentMessage(message_id, "")

    async def approval(self, card: dict[str, Any], effects: Effects) -> None:
        """Ask Novu to show its own card for an approval, and send the effects that were pending."""
        await self._send(*effects.to_events(deliver_card=True))

    async def edit(self, message_id: str, content: dict[str, Any]) -> SentMessage:
        """Change a message."""
        await self._send({"type": "channel.edit", "messageId": message_id, **_as_event(content)})
        return SentMessage(message_id, "")

    async def delete(self, message_id: str) -> None:
        """Delete a message."""
        await self._send({"type": "channel.delete", "messageId": message_id})

    async def typing(self, status: str | None = None, *, stop: bool = False) -> None:
        """Show that the agent is at work, or no longer."""
        shown = {} if status is None else {"status": status}
        await self._send({"type": "channel.typing", "state": "off" if stop else "on", **shown})

    async def emit(self, name: str, data: Any) -> None:
        """Send an event of the agent's own."""
        await self._send({"type": "custom", "name": name, "data": data})

    async def flush(self, effects: Effects) -> None:
        """Send effects by themselves."""
        await self._send(*effects.to_events())

    async def completed(self) -> None:
        """Say that the turn ended well."""
        await self._send({"type": "run-finish", "outcome": "completed"})

    async def failed(self, message: str) -> None:
        """Say that the turn failed, and why."""
        await self._send({"type": "run-error", "message": message})

    async def _send(self, *events: dict[str, Any]) -> None:
        opening = () if self._sequence else ({"type": "run-start"},)
        content = encode({"events": [self._enveloped(event) for event in (*opening, *events)]})
        async with self._one_at_a_time:  # so that they come in the order of their numbers
            if self._lost is not None:
                raise self._lost
            await self._send_batch(content)

    async def _send_batch(self, content: bytes) -> None:
        for attempt in range(ATTEMPTS):
            try:
                status, text = await self._post(content)
            except Exception:
                status, text = 0, ""
            if 200 <= status < 300:
                return
            if attempt + 1 == ATTEMPTS or not (status in (0, 408, 429) or status >= 500):
                self._lost = AgentDeliveryError(status, text)
                raise self._lost
            await self._client.retries.sleep_async(FIRST_PAUSE * 2**attempt)

    def _enveloped(self, event: dict[str, Any]) -> dict[str, Any]:
        self._sequence += 1
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return {"version": 1, **self._about, "sequence": self._sequence, "timestamp": now, "event": event}


def delivery_of(client: Client, body: Mapping[str, Any]) -> TurnDelivery:
    """Return the delivery of a turn, in the mode that its event asks for."""
    if body.get("eventsUrl"):
        return EventsDelivery(client, body["eventsUrl"], body)
    return ReplyDelivery(client, body.get("replyUrl"), body)


def _sent(text: str, what: str) -> SentMessage:
    """Return the ids in the answer to a reply or an edit."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict) and "data" in answer:
        answer = answer["data"]
    if isinstance(answer, dict):
        ids = answer.get("messageId"), answer.get("platformThreadId")
        if isinstance(ids[0], str) and isinstance(ids[1], str):
            return SentMessage(ids[0], ids[1])
    raise AgentError(f"Agent {what} did not return a message handle")


def _as_event(content: dict[str, Any]) -> dict[str, Any]:
    """Return a message's content, with its files beside it, as events have them."""
    files = content.get("files")
    text = {name: value for name, value in content.items() if name != "files"}
    listed = {"files": [_event_file(*one) for one in enumerate(files)]} if files else {}
    return {"content": text, **listed}


def _event_file(index: int, file: dict[str, Any]) -> dict[str, Any]:
    name = file.get("filename")
    known = ("name", "filename"), ("mediaType", "mimeType"), ("data", "data"), ("url", "url")
    given = {key: file[member] for key, member in known if member in file}
    if given.get("data", "") is None:
        del given["data"]  # unlike a URL that is null
    return {"fileId": name or f"file_{index}", **given}
