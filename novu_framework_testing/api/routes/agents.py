"""Agents: only where they live. The simulation does not run them."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, boolean, string
from novu_framework_testing.simulation.clock import iso

BRIDGE = Body(bridgeUrl=string, devBridgeUrl=string, devBridgeActive=boolean)

routes = Routes()


@routes("PUT", "/v1/agents/{identifier}/bridge")
def set_bridge(call: Call) -> dict[str, Any]:
    """Keep an agent's bridge URL. An agent that is not known is made, since a sync is how it gets here."""
    body = BRIDGE.check(call.request.json)
    identifier, now = call["identifier"], iso(call.novu.now)
    agent = call.state.agents.get(identifier)
    if agent is None:
        agent = call.state.agents[identifier] = {
            "_id": call.novu.ids("integration"),
            "name": identifier,
            "identifier": identifier,
            "behavior": {},
            "active": True,
            **call.state.scope,
            "createdAt": now,
        }
    agent.update({name: body[name] for name in BRIDGE.fields if body.get(name) is not None}, updatedAt=now)
    return agent


@routes("GET", "/v1/agents/{identifier}")
def get_agent(call: Call) -> dict[str, Any]:
    """Show an agent."""
    agent = call.state.agents.get(call["identifier"])
    if agent is None:
        raise ApiError(404, f'Agent with identifier "{call["identifier"]}" was not found.')
    return agent
