"""Every route of the simulated Novu, one file a resource."""

from __future__ import annotations

from novu_framework_testing.api.routes import (
    activity,
    agents,
    bridge,
    channel_endpoints,
    contexts,
    domains,
    environments,
    events,
    first_version,
    inbox,
    inbox_subscriptions,
    integrations,
    layouts,
    messages,
    notifications,
    organization,
    page,
    preferences,
    records,
    simulation,
    subscriber_messages,
    subscribers,
    subscriptions,
    tenants,
    topics,
    translations,
    workflows,
)

_RESOURCES = (
    events, subscribers, preferences, notifications, inbox, topics, subscriptions, inbox_subscriptions, contexts, activity,
    messages, subscriber_messages, workflows, bridge, records, agents, domains, environments, layouts, translations,
    organization, simulation, integrations, channel_endpoints, tenants,
    first_version, page,
)  # fmt: skip
ALL_ROUTES = [route for resource in _RESOURCES for route in resource.routes]
