"""Integrations, channel endpoints, channel connections and tenants in the API's JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from novu_framework_testing.api.serializers import present
from novu_framework_testing.api.state import ApiState
from novu_framework_testing.simulation.clock import iso

if TYPE_CHECKING:
    from novu_framework_testing.simulation.channel_endpoints import ChannelConnection, ChannelEndpoint
    from novu_framework_testing.simulation.integrations import Integration
    from novu_framework_testing.simulation.tenants import Tenant


# Novu stores these encrypted, and shows them so where it does not think of decrypting them.
_SECRET = ("apiKey", "apiToken", "secretKey", "token", "password", "serviceAccount", "signingSecret")


def integration_json(state: ApiState, one: Integration, *, secrets: bool = True) -> dict[str, Any]:
    """Return an integration with its credentials; without `secrets`, with those of them that are none."""
    shown = {name: value for name, value in one.credentials.items() if secrets or name not in _SECRET}
    return {
        **state.scope,
        "_id": one.id,
        "identifier": one.identifier,
        "providerId": one.provider_id,
        "channel": one.channel,
        "name": one.name,
        "active": one.active,
        "primary": one.primary,
        "priority": one.priority,
        "credentials": shown,
        "configurations": one.configurations,
        "conditions": one.conditions,
        **({"rules": one.rules} if one.rules else {}),
        "deleted": False,
        "createdAt": iso(one.created_at),
        "updatedAt": iso(one.updated_at),
    }


def _of_integration(state: ApiState, one: ChannelEndpoint | ChannelConnection) -> dict[str, Any]:
    return {
        **state.scope,
        "_id": one.id,
        "identifier": one.identifier,
        "channel": one.channel,
        "providerId": one.provider_id,
        "integrationIdentifier": one.integration_identifier,
        "subscriberId": one.subscriber_id,
        "contextKeys": list(one.context_keys),
        "createdAt": iso(one.created_at),
        "updatedAt": iso(one.updated_at),
    }


def endpoint_json(state: ApiState, one: ChannelEndpoint) -> dict[str, Any]:
    """Return a channel endpoint."""
    about = {"type": one.type, "endpoint": one.endpoint, "connectionIdentifier": one.connection_identifier}
    return {**_of_integration(state, one), **about}


def connection_json(state: ApiState, one: ChannelConnection) -> dict[str, Any]:
    """Return a channel connection."""
    return {**_of_integration(state, one), "workspace": one.workspace, "auth": one.auth}


def tenant_json(state: ApiState, one: Tenant) -> dict[str, Any]:
    """Return a tenant."""
    times = {"createdAt": iso(one.created_at), "updatedAt": iso(one.updated_at)}
    return {
        **state.scope,
        "_id": one.id,
        **present(identifier=one.identifier, name=one.name),
        "data": one.data,
        **times,
    }
