"""Agents: only where they live. The simulation does not run them."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routing import Call, Route
from novu_framework_testing.api.validation import Body, Field, boolean, string
from novu_framework_testing.simulation.clock import iso

BRIDGE = Body({"bridgeUrl": Field(string), "devBridgeUrl": Field(string), "devBridgeActive": Field(boolean)})


def set_bridge(call: Call) -> dict[str, Any]:
    """Note an agent's bridge URL; an agent that is not known is made, since a sync is how it gets here."""
    body = BRIDGE.check(call.request.json)
    now = iso(call.novu.now)
    agent = call.cloud.agents.setdefault(
        call["identifier"],
        {
            "_id": call.novu.ids("integration"),
            "name": call["identifier"],
            "identifier": call["identifier"],
            "behavior": {},
            "active": True,
            "_environmentId": call.cloud.environment_id,
            "_organizationId": call.cloud.organization_id,
            "createdAt": now,
        },
    )
    agent.update({name: body[name] for name in BRIDGE.fields if body.get(name) is not None}, updatedAt=now)
    return agent


def get(call: Call) -> dict[str, Any]:
    agent = call.cloud.agents.get(call["identifier"])
    if agent is None:
        raise ApiError(404, f'Agent with identifier "{call["identifier"]}" was not found.')
    return agent


ROUTES = [
    Route("PUT", "/v1/agents/{identifier}/bridge", set_bridge),
    Route("GET", "/v1/agents/{identifier}", get),
]
