"""Every route of the simulated Novu, one file a resource."""

from __future__ import annotations

from itertools import chain

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

ALL_ROUTES = list(
    chain.from_iterable(
        resource.routes
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
    )
)
