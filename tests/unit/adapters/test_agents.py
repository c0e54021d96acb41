"""Every adapter serves agents: it acknowledges an event, and the turn goes on to its last post."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

import httpx

from novu_framework import AgentContext, Client, agent
from tests.tables import walked

from .apps import ADAPTERS, http_client


@agent("bot")
async def bot(message: Any, ctx: AgentContext) -> str:
    await ctx.typing()
    return "Hi"


@walked("name", ADAPTERS, size=15)
async def test_a_turn_goes_on_after_its_acknowledgement(name: str) -> None:
    posts: list[dict[str, Any]] = []
    ended = threading.Event()

    def novu(request: httpx.Request) -> httpx.Response:
        posts.append(json.loads(request.content))
        if posts[-1] == {"typing": "stop"}:
            ended.set()
        return httpx.Response(200, json={"messageId": "m", "platformThreadId": "t"})

    client = Client("test-secret", strict_authentication=False, async_transport=httpx.MockTransport(novu))
    app = ADAPTERS[name]([], client, agents=[bot])
    event = {"replyUrl": "http://novu.test/reply", "conversation": {}, "message": {"text": "Hello"}}
    url = "/api/novu?action=agent-event&agentId=bot&event=onMessage"
    async with http_client(name, app) as http:
        discovered = await http.get("/api/novu?action=discover")
        answer = await http.post(url, json=event)
    assert discovered.json()["agents"] == [{"agentId": "bot"}]
    assert (answer.status_code, answer.json()) == (200, {"status": "ack"})
    assert await asyncio.to_thread(ended.wait, 60)
    assert posts == [{"typing": {}}, {"reply": {"markdown": "Hi"}}, {"typing": "stop"}]
