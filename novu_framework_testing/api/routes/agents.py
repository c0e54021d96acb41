"""Agents: where they live, and what they say in conversations."""

from __future__ import annotations

from typing import Any, Final

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.records import AGENT_BRIDGE, AGENTS
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.conversations.posts import PostRefused
from novu_framework_testing.conversations.receiving import take
from novu_framework_testing.simulation.clock import iso

routes: Final = Routes()


@routes("PUT", "/v1/agents/{identifier}/bridge", query=())
def set_bridge(call: Call) -> dict[str, Any]:
    """Keep an agent's bridge URL. An agent that is not known is made, since a sync is how it gets here."""
    body = AGENT_BRIDGE.check(call.request.json)
    identifier = call["identifier"]
    agent = AGENTS.find(call, identifier) or AGENTS.make(call, {"name": identifier, "identifier": identifier})
    given = {name: body[name] for name in AGENT_BRIDGE.fields if body.get(name) is not None}
    agent.update(given, updatedAt=iso(call.novu.now))
    return AGENTS.shown(call, agent)


@routes("POST", "/v1/agents/{agentId}/reply", query=())
async def reply(call: Call) -> dict[str, str] | None:
    """Do what an agent says in a conversation; answer the ids of the message, where it posts or edits one."""
    return await _taken(call, call["agentId"])


@routes("POST", "/v1/agents/events/ingest", query=())
async def events(call: Call) -> None:
    """Do what the events of an agent's turn say."""
    await _taken(call, None)


async def _taken(call: Call, agent_id: str | None) -> dict[str, str] | None:
    try:
        return await take(call.novu.conversations, agent_id, call.request.json)
    except PostRefused as refused:
        if refused.status == 422:
            raise ApiError.invalid(refused.messages) from None
        raise ApiError(refused.status, str(refused)) from None
