"""Every route of the simulated Novu, one file a resource."""

from __future__ import annotations

from novu_framework_testing.api.routes import (
    activity,
    agents,
    bridge,
    channel_endpoints,
    contexts,
    events,
    inbox,
    inbox_subscriptions,
    integrations,
    messages,
    notifications,
    page,
    preferences,
    simulation,
    subscribers,
    subscriptions,
    tenants,
    topics,
    workflows,
)

_RESOURCES = (
    events, subscribers, preferences, notifications, inbox, topics, subscriptions, inbox_subscriptions, contexts, activity, messages,
    workflows, bridge, agents, simulation, integrations, channel_endpoints, tenants, page,
)  # fmt: skip
ALL_ROUTES = [route for resource in _RESOURCES for route in resource.routes]
