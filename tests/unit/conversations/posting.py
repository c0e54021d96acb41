"""What an agent posts to Novu, as its library would: the answer's status, and its JSON."""

from __future__ import annotations

import json
from typing import Any

from novu_framework import agent
from novu_framework.agents import AgentContext, AgentMessage
from novu_framework_testing import Cloud, Conversation, NovuSimulator
from novu_framework_testing.api import ApiRequest


@agent("mute")
async def mute(message: AgentMessage, ctx: AgentContext) -> None:
    """An agent that says nothing by itself."""


def sent(novu: NovuSimulator, path: str, body: Any) -> tuple[int, Any]:
    """Send a body to Novu's API."""
    headers = {"authorization": f"ApiKey {novu.secret_key}"}
    request = ApiRequest("POST", path, headers=headers, content=json.dumps(body).encode())
    answer = Cloud(novu).handle(request)
    return answer.status, answer.json


def posted(novu: NovuSimulator, conversation: Conversation, **body: Any) -> tuple[int, Any]:
    """Post to the `replyUrl` of a conversation."""
    about = {"conversationId": conversation.id, "integrationIdentifier": "slack"}
    return sent(novu, f"/v1/agents/{conversation.agent_id}/reply", {**about, **body})


def told(novu: NovuSimulator, conversation: Conversation, *events: dict[str, Any]) -> tuple[int, Any]:
    """Post a batch of events to the `eventsUrl`."""
    about = {"conversationId": conversation.id, "agentId": conversation.agent_id}
    return sent(novu, "/v1/agents/events/ingest", {"events": [{**about, "event": one} for one in events]})
