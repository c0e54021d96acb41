"""Tenants, as the first version of the API has them; contexts have taken their place."""

from __future__ import annotations

from typing import Any, Final

from novu_framework_testing.api.http import ApiError, ApiResponse, Page
from novu_framework_testing.api.integrations import tenant_json
from novu_framework_testing.api.pages import NUMBERED, by_number
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, an_object, string
from novu_framework_testing.simulation.tenants import Tenant

CREATE = Body(identifier=Field(string, required=True, not_empty=True), name=string, data=an_object)
UPDATE = Body(identifier=string, name=string, data=an_object)

routes: Final = Routes()


@routes("GET", "/v1/tenants", query=NUMBERED)
def list_tenants(call: Call) -> Page:
    """Show the tenants, newest first."""
    newest = list(call.novu.tenants)[::-1]
    return by_number(newest, call.request, lambda one: tenant_json(call.state, one))


@routes("POST", "/v1/tenants", 201)
def create(call: Call) -> dict[str, Any]:
    """Add a tenant."""
    body = CREATE.check(call.request.json)
    _check_free(call, body["identifier"])
    made = call.novu.tenants.upsert(body["identifier"], name=body.get("name"), data=body.get("data"))
    return tenant_json(call.state, made)


@routes("GET", "/v1/tenants/{identifier}")
def get(call: Call) -> dict[str, Any]:
    """Show one tenant."""
    return tenant_json(call.state, _tenant(call))


@routes("PATCH", "/v1/tenants/{identifier}")
def update(call: Call) -> dict[str, Any]:
    """Change what the body says of a tenant."""
    body, one = UPDATE.check(call.request.json), _tenant(call)
    identifier = body.get("identifier") or one.identifier
    if identifier != one.identifier:
        _check_free(call, identifier)
        call.novu.tenants.rename(one, identifier)
    call.novu.tenants.upsert(identifier, name=body.get("name"), data=body.get("data"))
    return tenant_json(call.state, one)


@routes("DELETE", "/v1/tenants/{identifier}")
def delete(call: Call) -> ApiResponse:
    """Delete a tenant."""
    call.novu.tenants.remove(_tenant(call).identifier)
    return ApiResponse(204)


def _tenant(call: Call) -> Tenant:
    one = call.novu.tenants.get(call["identifier"])
    if one is None:
        environment = call.state.scope["_environmentId"]
        text = f"Tenant with identifier: {call['identifier']} does not exist under environment {environment}"
        raise ApiError(404, text)
    return one


def _check_free(call: Call, identifier: str) -> None:
    if identifier in call.novu.tenants:
        environment = call.state.scope["_environmentId"]
        raise ApiError(
            409, f"Tenant with identifier: {identifier} already exists under environment {environment}"
        )
