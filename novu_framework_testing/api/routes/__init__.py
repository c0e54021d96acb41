"""What the simulated Novu answers: a table of routes, one file a resource."""

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
from novu_framework_testing.api.routing import Table

TABLE = Table(
    route
    for resource in (
        events,
        subscribers,
        preferences,
        inbox,
        topics,
        activity,
        messages,
        workflows,
        bridge,
        agents,
        simulation,
    )
    for route in resource.ROUTES
)
