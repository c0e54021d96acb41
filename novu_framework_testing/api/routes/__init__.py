"""Every route of the simulated Novu, one file a resource."""

from __future__ import annotations

from novu_framework_testing.api.routes import (
    activity,
    agents,
    bridge,
    events,
    inbox,
    messages,
    preferences,
    simulation,
    subscribers,
    topics,
    workflows,
)

ALL_ROUTES = [
    *events.routes,
    *subscribers.routes,
    *preferences.routes,
    *inbox.routes,
    *topics.routes,
    *activity.routes,
    *messages.routes,
    *workflows.routes,
    *bridge.routes,
    *agents.routes,
    *simulation.routes,
]
