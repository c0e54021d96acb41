"""The events that Novu sends to an agent, and the wait until the agent has handled one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import anyio

from novu_framework.agents.delivery import sender
from novu_framework.answers import Observed, observed_steps
from novu_framework_testing._internal.moments import iso
from novu_framework_testing._internal.wire import decode, to_plain_json
from novu_framework_testing.bridges import BridgeFailure, ProcessAgent
from novu_framework_testing.bridges.base import AgentBridge
from novu_framework_testing.conversations.log import HISTORY, HISTORY_LIMIT
from novu_framework_testing.conversations.posts import PostRefused
from novu_framework_testing.conversations.receiving import take
from novu_framework_testing.conversations.state import Person, State

OFFLINE = "The agent cannot be reached right now. Please try again later."
"""What people read where the bridge does not take an event."""

PATIENCE = 60.0
"""Seconds in which a turn has to end: a limit for what hangs. The time of the simulation stands still meanwhile."""


class SentEvent:
    """One event on its way through the agent, until it has been handled.

    Attributes:
        ends: What the agent's code raised to end the test, which nobody answers.
    """

    def __init__(self, conversation: State) -> None:
        self.conversation = conversation
        self.ends: list[BaseException] = []
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        self._observed = Observed([], [], [])

    async def run(self, bridge: AgentBridge, event: str, body: dict[str, Any]) -> None:
        """Send the event, and wait until the agent has handled it. A bridge that does not take it is told of as Novu does."""
        conversation = self.conversation
        conversation.turn, conversation.event = self, event
        query = {"action": "agent-event", "agentId": conversation.agent_id, "event": event}
        before = asyncio.all_tasks()
        try:
            with observed_steps() as self._observed, self._posts_taken():
                try:
                    await bridge.ask("POST", query, body)
                except BridgeFailure as failure:
                    conversation.fail(f"the bridge does not take the event: {failure}", failure)
                    conversation.add({"markdown": OFFLINE}, "system", conversation.agent_id)
                    return
                if not isinstance(bridge, ProcessAgent):
                    await self._finished(before)
                self.ends += self._observed.ends
                if len(self._observed.errors) > 1:  # the second is that Novu could not be told of the first
                    conversation.turn_failed()
        finally:
            conversation.turn = None
            conversation.typing = None
        if self.ends:
            raise self.ends[0]

    async def _finished(self, before: set[asyncio.Task[Any]]) -> None:
        """Wait for the end of a turn that goes on after its acknowledgement."""
        try:
            with anyio.fail_after(PATIENCE):
                own = [one for one in asyncio.all_tasks() - before if one.get_name().startswith("novu-agent")]
                if own:
                    await asyncio.gather(*own)
                else:
                    await self._stopped.wait()
        except TimeoutError:
            self.conversation.fail(f"the agent's turn did not end within {PATIENCE:g} s")

    def stopped(self) -> None:
        """Note that the agent shows no typing any more, with which each turn ends; in any thread."""
        self._loop.call_soon_threadsafe(self._stopped.set)

    def raised(self) -> BaseException | None:
        """Return what the agent's code raised, where that is known."""
        errors = self._observed.errors
        return (errors[0].__cause__ or errors[0]) if errors else None

    @contextmanager
    def _posts_taken(self) -> Iterator[None]:
        """Take what the agent posts from within this context, instead of the network."""
        token = sender.set(self._take)
        try:
            yield
        finally:
            sender.reset(token)

    async def _take(self, url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        novu = self.conversation.novu
        try:
            if novu.deliver_post is not None:  # its API is open: with its faults, and a list of requests
                return await novu.deliver_post(url, body, headers)  # type: ignore[no-any-return]
            data = await take({self.conversation.id: self.conversation}, agent_of(url), decode(body))
        except PostRefused as refused:
            return refused.status, json.dumps(
                {"statusCode": refused.status, "message": list(refused.messages)}
            )
        except AssertionError as error:  # a finding, which is for the test and not for the agent
            self.ends.append(error)
            return 500, json.dumps({"statusCode": 500, "message": "Internal server error"})
        return 200, json.dumps({"data": data})


def agent_of(url: str) -> str | None:
    """Return the agent that a `replyUrl` is of; None for the URL of events."""
    parts = urlsplit(url).path.rstrip("/").split("/")
    return unquote(parts[-2]) if parts[-1] == "reply" else None


def event_body(
    conversation: State,
    event: str,
    person: Person | None,
    *,
    message: dict[str, Any] | None = None,
    action: dict[str, Any] | None = None,
    reaction: dict[str, Any] | None = None,
    notification: dict[str, Any] | None = None,
    human_response: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the body that Novu sends to the bridge. Nothing of it is shared with the simulation."""
    now = iso(conversation.novu.now)
    if message is not None:
        delivery_id = f"{conversation.id}:{message['platformMessageId']}"
    else:
        about = [action["id"], now] if action else [reaction["messageId"], now] if reaction else []
        delivery_id = ":".join([conversation.id, event, *about])
    address = conversation.novu.api_url
    body = {
        "version": 1,
        "timestamp": now,
        "deliveryId": delivery_id,
        "event": event,
        "agentId": conversation.agent_id,
        "replyUrl": f"{address}/v1/agents/{quote(conversation.agent_id, safe='')}/reply",
        "eventsUrl": f"{address}/v1/agents/events/ingest",
        "conversationId": conversation.id,
        "integrationIdentifier": conversation.integration,
        "message": message,
        "action": action,
        "reaction": reaction,
        "conversation": conversation.to_event(),
        "subscriber": None if person is None or person.subscriber is None else _profile(person.subscriber),
        "subscriberAccess": conversation.access,
        "context": conversation.context,
        "notification": notification,
        "humanResponse": human_response,
        "history": _history(conversation),
        "platform": conversation.platform_name,
        "platformContext": _platform_context(conversation, message, person),
    }
    if not conversation.events:
        del body["eventsUrl"]
    answer: dict[str, Any] = to_plain_json(body)
    return answer


def _history(conversation: State) -> list[dict[str, Any]]:
    kept = [one for one in conversation.log if one.type in HISTORY]
    return [one.to_history() for one in kept[-HISTORY_LIMIT:]]


_PROFILE = ("subscriberId", "firstName", "lastName", "email", "phone", "avatar", "locale", "data")


def _profile(subscriber: Any) -> dict[str, Any]:
    known = subscriber.to_dict()
    return {name: known[name] for name in _PROFILE if known.get(name)}


def _platform_context(conversation: State, message: Any, person: Person | None) -> dict[str, Any]:
    context: dict[str, Any] = {
        "threadId": conversation.thread_id,
        "channelId": conversation.thread_id.rpartition(":")[0] + ":" + conversation.id[-4:],
        "isDM": conversation.direct,
    }
    if conversation.platform_name == "email":
        if message is not None:
            address = None if person is None else getattr(person.subscriber, "email", None) or person.id
            context["message"] = {
                "from": address,
                "subject": conversation.subject or "",
                "text": message["text"],
            }
        first = next((one.id for one in conversation.all_messages if one.role != "agent"), None)
        context["email"] = {"rootMessageId": first} if first else {}
    return context
