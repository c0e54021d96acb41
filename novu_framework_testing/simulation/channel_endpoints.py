"""Channel endpoints: where a provider reaches a subscriber, such as a Slack channel; and the connections behind them.

An endpoint belongs to an integration. Chat goes to every endpoint of the subscriber, a tool step to those of the
providers that are routed by endpoint; of a trigger with a context, only to endpoints of exactly that context.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from novu_framework_testing.simulation.clock import Clock
from novu_framework_testing.simulation.collections import ById
from novu_framework_testing.simulation.contexts import ContextKeys, Contexts
from novu_framework_testing.simulation.ids import Ids
from novu_framework_testing.simulation.integrations import Integration, Integrations

ENDPOINT_TYPES: dict[str, tuple[str, ...]] = {
    "slack_channel": ("channelId",),
    "slack_user": ("userId",),
    "webhook": ("url",),
    "phone": ("phoneNumber",),
    "ms_teams_channel": ("teamId", "channelId"),
    "ms_teams_user": ("userId",),
    "line_user": ("userId",),
    "telegram_chat": ("chatId",),
    "webex_person": (),
    "webex_room": ("roomId",),
    "pagerduty_service": ("routingKey", "region"),
    "opsgenie_integration": ("apiKey", "region"),
    "grafana_oncall_integration": ("url",),
    "tool_webhook": ("url",),
}
"""What an endpoint of each type must say."""

_ADDRESSES = {"webhook": "url", "tool_webhook": "url", "phone": "phoneNumber"}


@dataclass(eq=False)
class ChannelEndpoint:
    """An address by which an integration reaches a subscriber.

    Attributes:
        id, identifier: Novu's own id, and the one for people and the API.
        subscriber_id: Whom it reaches.
        integration_identifier, provider_id, channel: By which integration.
        type, endpoint: Such as `slack_channel` and `{"channelId": "C1"}`; see `ENDPOINT_TYPES`.
        connection_identifier: The connection with the workspace, where the provider has them.
        context_keys: The context that it is for, such as `("tenant:acme",)`.
    """

    id: str
    identifier: str
    subscriber_id: str
    integration_identifier: str
    provider_id: str
    channel: str
    type: str
    endpoint: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    connection_identifier: str | None = None
    context_keys: ContextKeys = ()

    @property
    def address(self) -> Any:
        """The address of a message: a webhook's URL, a phone's number, or the endpoint as it is."""
        return endpoint_address(self.type, self.endpoint)


@dataclass(eq=False)
class ChannelConnection:
    """A workspace that a provider is connected with, such as one of Slack.

    Attributes:
        id, identifier: Novu's own id, and the one for people and the API.
        integration_identifier, provider_id, channel: Of which integration.
        workspace, auth: `{"id", "name"}` and `{"accessToken"}`.
        subscriber_id: Whose it is; None where a context shares it.
        context_keys: The context that it is for.
    """

    id: str
    identifier: str
    integration_identifier: str
    provider_id: str
    channel: str
    workspace: dict[str, Any]
    auth: dict[str, Any] = field(repr=False)
    created_at: datetime
    updated_at: datetime
    subscriber_id: str | None = None
    context_keys: ContextKeys = ()


class _OfIntegrations:
    """Things that belong to an integration and, perhaps, a context."""

    def __init__(self, clock: Clock, ids: Ids, integrations: Integrations, contexts: Contexts) -> None:
        self._clock = clock
        self._ids = ids
        self._integrations = integrations
        self._contexts = contexts

    def _integration(self, name: str | Integration) -> Integration:
        return name if isinstance(name, Integration) else self._integrations[name]

    def _keys(self, context: Mapping[str, Any] | None) -> ContextKeys:
        return self._contexts.resolve(context)


class ChannelEndpoints(_OfIntegrations, ById[ChannelEndpoint]):
    """The channel endpoints by identifier. Iterating gives the endpoints."""

    def __init__(self, clock: Clock, ids: Ids, integrations: Integrations, contexts: Contexts) -> None:
        super().__init__(clock, ids, integrations, contexts)
        self._by_id: dict[str, ChannelEndpoint] = {}
        self._by_subscriber: dict[str, dict[str, ChannelEndpoint]] = {}

    def add(
        self,
        subscriber_id: str,
        integration: str | Integration,
        type: str,
        endpoint: Mapping[str, Any],
        *,
        identifier: str | None = None,
        connection: str | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> ChannelEndpoint:
        """Add an endpoint and return it.

        Args:
            subscriber_id: Whom it reaches.
            integration: By which integration: its identifier, its id, or the integration.
            type: Such as `slack_channel`; see `ENDPOINT_TYPES`.
            endpoint: Such as `{"channelId": "C1"}`.
            identifier: Made up if absent.
            connection: The identifier of a channel connection.
            context: Type to id, or to `{"id", "data"}`: only triggers with exactly this context use it.

        Raises:
            KeyError: No such integration.
            ValueError: An unknown type, an endpoint without what its type needs, or an identifier that is taken.
        """
        if problem := endpoint_problem(type, endpoint):
            raise ValueError(problem)
        if identifier is not None and identifier in self:
            raise ValueError(
                f"There is a channel endpoint {identifier!r} here already; identifiers are unique."
            )
        carrier, id, now = self._integration(integration), self._ids("endpoint"), self._clock.now
        one = ChannelEndpoint(
            id,
            identifier or f"chendp_{id[-12:]}",
            subscriber_id,
            carrier.identifier,
            carrier.provider_id,
            carrier.channel,
            type,
            dict(endpoint),
            now,
            now,
            connection,
            self._keys(context),
        )
        self._by_id[one.identifier] = one
        self._by_subscriber.setdefault(subscriber_id, {})[one.identifier] = one
        return one

    def remove(self, id: str) -> bool:
        """Forget the one of that identifier; tell whether there was one."""
        one = self.get(id)
        if one is not None:
            del self._by_subscriber[one.subscriber_id][id]
        return super().remove(id)

    def of(
        self, subscriber_id: str, channel: str, keys: Iterable[str] = ()
    ) -> dict[str, list[ChannelEndpoint]]:
        """Return a subscriber's endpoints of a channel and exactly these context keys, by integration identifier."""
        wanted = set(keys)
        groups: dict[str, list[ChannelEndpoint]] = {}
        for one in self._by_subscriber.get(subscriber_id, {}).values():
            if one.channel == channel and set(one.context_keys) == wanted:
                groups.setdefault(one.integration_identifier, []).append(one)
        return groups


class ChannelConnections(_OfIntegrations, ById[ChannelConnection]):
    """The channel connections by identifier. Iterating gives the connections."""

    def __init__(self, clock: Clock, ids: Ids, integrations: Integrations, contexts: Contexts) -> None:
        super().__init__(clock, ids, integrations, contexts)
        self._by_id: dict[str, ChannelConnection] = {}

    def add(
        self,
        integration: str | Integration,
        *,
        workspace: Mapping[str, Any],
        auth: Mapping[str, Any],
        subscriber_id: str | None = None,
        identifier: str | None = None,
        context: Mapping[str, Any] | None = None,
    ) -> ChannelConnection:
        """Add a connection and return it; see `ChannelConnection`.

        Raises:
            KeyError: No such integration.
            ValueError: The identifier is taken, or there is one for this integration, subscriber and context.
        """
        carrier, keys = self._integration(integration), self._keys(context)
        if identifier is not None and identifier in self:
            raise ValueError(
                f"There is a channel connection {identifier!r} here already; identifiers are unique."
            )
        same = (carrier.identifier, subscriber_id, set(keys))
        for other in self:
            if (other.integration_identifier, other.subscriber_id, set(other.context_keys)) == same:
                raise ValueError(
                    f"There is a channel connection for {carrier.identifier!r}, this subscriber and this context "
                    f"here already: {other.identifier!r}."
                )
        id, now = self._ids("connection"), self._clock.now
        one = ChannelConnection(
            id,
            identifier or f"chconn_{id[-12:]}",
            carrier.identifier,
            carrier.provider_id,
            carrier.channel,
            dict(workspace),
            dict(auth),
            now,
            now,
            subscriber_id,
            keys,
        )
        self._by_id[one.identifier] = one
        return one


def endpoint_problem(type: str, endpoint: Mapping[str, Any]) -> str | None:
    """Return what is wrong with an endpoint, or None."""
    if type not in ENDPOINT_TYPES:
        return f"{type!r} is not a type of channel endpoint; the types are {', '.join(ENDPOINT_TYPES)}."
    missing = [name for name in ENDPOINT_TYPES[type] if not endpoint.get(name)]
    return f"An endpoint of type {type} needs {', '.join(missing)}." if missing else None


def endpoint_address(type: str, endpoint: Mapping[str, Any]) -> Any:
    """Return where a message to an endpoint goes: a URL, a number, or the endpoint as it is."""
    name = _ADDRESSES.get(type)
    return endpoint.get(name) if name else dict(endpoint)
