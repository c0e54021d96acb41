"""Channel endpoints and channel connections: where chat and tools reach subscribers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.integrations import connection_json, endpoint_json
from novu_framework_testing.api.pages import CURSOR, by_cursor
from novu_framework_testing.api.routes.contexts import asked_contexts, named_contexts
from novu_framework_testing.api.routing import CONTEXTS, Call, Routes
from novu_framework_testing.api.validation import Body, Field, an_object, boolean, one_of, string
from novu_framework_testing.simulation.channel_endpoints import (
    ENDPOINT_TYPES,
    ChannelConnection,
    ChannelEndpoint,
    endpoint_problem,
)
from novu_framework_testing.simulation.integrations import Integration

T = TypeVar("T")

_TEXT = Field(string, required=True, not_empty=True)
_OBJECT = Field(an_object, required=True)
_WORKSPACE = Field(an_object, required=True, nested=Body(id=_TEXT, name=string))
_AUTH = Field(an_object, required=True, nested=Body(accessToken=_TEXT))

CONNECTION_MODE = one_of("subscriber", "shared")

ENDPOINT = Body(
    subscriberId=_TEXT,
    integrationIdentifier=_TEXT,
    type=Field(one_of(*ENDPOINT_TYPES), required=True),
    endpoint=_OBJECT,
    identifier=string,
    connectionIdentifier=string,
    context=named_contexts,
    createSubscriberIfMissing=boolean,
)
ENDPOINT_UPDATE = Body(endpoint=_OBJECT)
CONNECTION = Body(
    integrationIdentifier=_TEXT,
    workspace=_WORKSPACE,
    auth=_AUTH,
    identifier=string,
    subscriberId=string,
    context=named_contexts,
    connectionMode=CONNECTION_MODE,
)
CONNECTION_UPDATE = Body(workspace=_WORKSPACE, auth=_AUTH)

_FILTERS = {
    "subscriberId": "subscriber_id",
    "channel": "channel",
    "providerId": "provider_id",
    "integrationIdentifier": "integration_identifier",
    "connectionIdentifier": "connection_identifier",
}

routes: Final = Routes()


@routes("GET", "/v1/channel-endpoints", query=(*CURSOR, *_FILTERS, CONTEXTS))
def list_endpoints(call: Call) -> Page:
    """Show the endpoints that match every filter of the query, newest first."""
    matches = _filters(call)
    found = [one for one in call.novu.channel_endpoints if matches(one)]
    return by_cursor(
        found, call.request, lambda one: endpoint_json(call.state, one), id_of=lambda one: one.id
    )


@routes("POST", "/v1/channel-endpoints", 201)
def create_endpoint(call: Call) -> dict[str, Any]:
    """Add an endpoint of a subscriber."""
    body = ENDPOINT.check(call.request.json)
    integration = _integration(call, body)
    if body.get("createSubscriberIfMissing") and body["subscriberId"] not in call.novu.subscribers:
        call.novu.subscribers.upsert(body["subscriberId"])
    _check_subscriber(call, body["subscriberId"])
    identifier, connection = body.get("identifier") or None, body.get("connectionIdentifier") or None
    if identifier in call.novu.channel_endpoints:
        raise _taken("endpoint", str(identifier), call)
    if connection is not None and connection not in call.novu.channel_connections:
        raise ApiError(404, f"Channel connection not found: {connection}")
    if problem := endpoint_problem(body["type"], body["endpoint"]):
        raise ApiError.invalid([problem], body["endpoint"])
    made = call.novu.channel_endpoints.add(
        body["subscriberId"],
        integration,
        body["type"],
        body["endpoint"],
        identifier=identifier,
        connection=connection,
        context=body.get("context"),
    )
    return endpoint_json(call.state, made)


@routes("GET", "/v1/channel-endpoints/{identifier}")
def get_endpoint(call: Call) -> dict[str, Any]:
    """Show one endpoint."""
    return endpoint_json(call.state, _endpoint(call))


@routes("PATCH", "/v1/channel-endpoints/{identifier}")
def update_endpoint(call: Call) -> dict[str, Any]:
    """Change where an endpoint leads; its type stays."""
    body, one = ENDPOINT_UPDATE.check(call.request.json), _endpoint(call)
    if problem := endpoint_problem(one.type, body["endpoint"]):
        raise ApiError(400, problem)
    one.endpoint, one.updated_at = body["endpoint"], call.novu.now
    return endpoint_json(call.state, one)


@routes("DELETE", "/v1/channel-endpoints/{identifier}")
def delete_endpoint(call: Call) -> ApiResponse:
    """Delete an endpoint."""
    call.novu.channel_endpoints.remove(_endpoint(call).identifier)
    return ApiResponse(204)


@routes("GET", "/v1/channel-connections", query=(*CURSOR, *_FILTERS, CONTEXTS, "connectionMode"))
def list_connections(call: Call) -> Page:
    """Show the connections that match every filter of the query, newest first."""
    mode = call.request.first("connectionMode")
    if mode is not None and (problem := CONNECTION_MODE(mode)):
        raise ApiError.invalid([f"connectionMode {problem}"], mode)
    matches = _filters(call)
    found = [
        one
        for one in call.novu.channel_connections
        if matches(one) and mode in (None, "", "subscriber" if one.subscriber_id else "shared")
    ]
    return by_cursor(
        found, call.request, lambda one: connection_json(call.state, one), id_of=lambda one: one.id
    )


@routes("POST", "/v1/channel-connections", 201)
def create_connection(call: Call) -> dict[str, Any]:
    """Add a connection with a workspace, of a subscriber or of a context."""
    body = CONNECTION.check(call.request.json)
    mode, subscriber_id, context = body.get("connectionMode"), body.get("subscriberId"), body.get("context")
    if mode == "shared" and not context:
        raise ApiError(400, 'context is required when connectionMode is "shared"')
    if mode == "subscriber" and not subscriber_id:
        raise ApiError(400, 'subscriberId is required when connectionMode is "subscriber"')
    if not subscriber_id and not context:
        raise ApiError(400, "Either subscriberId or context must be provided")
    integration = _integration(call, body)
    if subscriber_id:
        _check_subscriber(call, subscriber_id)
    identifier = body.get("identifier") or None
    if identifier in call.novu.channel_connections:
        raise _taken("connection", str(identifier), call)
    try:
        made = call.novu.channel_connections.add(
            integration,
            workspace=body["workspace"],
            auth=body["auth"],
            subscriber_id=None if mode == "shared" else subscriber_id,
            identifier=identifier,
            context=context,
        )
    except ValueError as error:
        raise ApiError(409, str(error)) from error
    return connection_json(call.state, made)


@routes("GET", "/v1/channel-connections/{identifier}")
def get_connection(call: Call) -> dict[str, Any]:
    """Show one connection."""
    return connection_json(call.state, _connection(call))


@routes("PATCH", "/v1/channel-connections/{identifier}")
def update_connection(call: Call) -> dict[str, Any]:
    """Change the workspace and the token of a connection."""
    body, one = CONNECTION_UPDATE.check(call.request.json), _connection(call)
    one.workspace, one.auth, one.updated_at = body["workspace"], body["auth"], call.novu.now
    return connection_json(call.state, one)


@routes("DELETE", "/v1/channel-connections/{identifier}")
def delete_connection(call: Call) -> ApiResponse:
    """Delete a connection."""
    call.novu.channel_connections.remove(_connection(call).identifier)
    return ApiResponse(204)


def _filters(call: Call) -> Callable[[ChannelEndpoint | ChannelConnection], bool]:
    """Return what tells whether one matches every filter of the query."""
    asked = {attribute: call.request.first(name) for name, attribute in _FILTERS.items()}
    wanted = {attribute: value for attribute, value in asked.items() if value}
    keys = asked_contexts(call)
    return lambda one: (
        all(getattr(one, attribute, None) == value for attribute, value in wanted.items())
        and keys in (None, one.context_keys)
    )


def _endpoint(call: Call) -> ChannelEndpoint:
    return _found(call.novu.channel_endpoints.get(call["identifier"]), call, "endpoint")


def _connection(call: Call) -> ChannelConnection:
    return _found(call.novu.channel_connections.get(call["identifier"]), call, "connection")


def _found(one: T | None, call: Call, what: str) -> T:
    if one is None:
        raise ApiError(404, f"Channel {what} with identifier '{call['identifier']}' not found")
    return one


def _taken(what: str, identifier: str, call: Call) -> ApiError:
    environment = call.state.scope["_environmentId"]
    text = f'Channel {what} with identifier "{identifier}" already exists in environment "{environment}"'
    return ApiError(409, text)


def _integration(call: Call, body: dict[str, Any]) -> Integration:
    one = call.novu.integrations.get(body["integrationIdentifier"])
    if one is None:
        raise ApiError(404, f"Integration not found: {body['integrationIdentifier']}")
    return one


def _check_subscriber(call: Call, subscriber_id: str) -> None:
    if subscriber_id not in call.novu.subscribers:
        raise ApiError(404, f"Subscriber not found: {subscriber_id}")
