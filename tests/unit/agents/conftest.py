"""What the tests of agents share: a bridge whose posts are kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from novu_framework import Agent, Client
from novu_framework.agents.delivery import sender
from novu_framework.bridge import BridgeRequest, RequestHandler

EVENT: dict[str, Any] = {
    "conversationId": "c-1",
    "integrationIdentifier": "slack-1",
    "replyUrl": "http://novu.test/reply",
    "conversation": {"metadata": {}},
    "message": {"text": "Hello"},
    "history": [],
}


class Talk:
    """An agent behind a bridge.

    Attributes:
        posts: The bodies that it posted, without the ids of the conversation.
        answer: Makes the answer to a post, its status and text.
    """

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.answer: Callable[[dict[str, Any]], tuple[int, str]] = lambda body: (
            200,
            json.dumps({"messageId": f"m-{len(self.posts)}", "platformThreadId": "t-1"}),
        )

    async def send(self, url: str, content: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        body = json.loads(content)
        self.posts.append({name: body[name] for name in body if name not in EVENT})
        return self.answer(body)

    async def tell(self, agent: Agent, event: str = "onMessage", **parts: Any) -> list[dict[str, Any]]:
        """Send an event to an agent, and give what it posts, without the end of the typing."""
        handler = RequestHandler([], Client("test-secret", strict_authentication=False), agents=[agent])
        query = [("action", "agent-event"), ("agentId", agent.id), ("event", event)]
        body = json.dumps({**EVENT, "event": event, **parts}).encode()
        answer = await handler(BridgeRequest("POST", query, {}, body))
        assert answer.body == b'{"status":"ack"}'
        await handler.finish_turns()
        return [post for post in self.posts if post != {"typing": "stop"}]


@pytest.fixture
def talk() -> Any:
    made = Talk()
    token = sender.set(made.send)
    yield made
    sender.reset(token)
