"""Agents: where they live and what they say. The simulation keeps both, and does not run them."""

from __future__ import annotations

from typing import Any, Final

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.records import AGENT_BRIDGE, AGENTS
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, boolean, string
from novu_framework_testing.simulation.clock import iso

_SAYS = ("reply", "toolApprovalRequest", "edit", "resolve", "typing")
_SAYS_MANY = ("signals", "toolResults", "addReactions", "deleteMessages")
REPLY = Body(
    conversationId=Field(string, required=True, not_empty=True),
    integrationIdentifier=Field(string, required=True, not_empty=True),
    error=boolean,
    **{name: Field(an_object) for name in _SAYS if name != "typing"},
    **{name: Field(a_list()) for name in _SAYS_MANY},
)

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
def reply(call: Call) -> dict[str, Any]:
    """Keep what an agent says in a conversation."""
    body = REPLY.check(call.request.json)
    agent = AGENTS.known(call, call["agentId"])
    if not any(body.get(name) is not None for name in (*_SAYS, *_SAYS_MANY)):
        raise ApiError(400, f"A reply has one of {', '.join((*_SAYS, *_SAYS_MANY))}.")
    kept = {"_id": call.novu.ids("record"), "_agentId": agent["_id"], "createdAt": iso(call.novu.now), **body}
    call.novu.records["agent replies"][kept["_id"]] = kept
    return {"messageId": kept["_id"], "platformThreadId": body["conversationId"]}
