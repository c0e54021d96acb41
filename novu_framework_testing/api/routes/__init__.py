"""Every route of the simulated Novu, one file a resource."""

from __future__ import annotations

from novu_framework_testing.api.routes import (
    activity,
    agents,
    bridge,
    domains,
    environments,
    events,
    inbox,
    layouts,
    messages,
    preferences,
    records,
    simulation,
    subscriber_messages,
    subscribers,
    topics,
    translations,
    workflows,
)

_RESOURCES = (
    events, subscribers, preferences, inbox, topics, activity, messages, subscriber_messages, workflows,
    bridge, records, agents, domains, environments, layouts, translations, simulation,
)  # fmt: skip
ALL_ROUTES = [route for resource in _RESOURCES for route in resource.routes]
