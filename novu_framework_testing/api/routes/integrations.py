"""Integrations: which providers carry the messages. An API key may read their credentials."""

from __future__ import annotations

from typing import Any, Final

from novu_framework.steps.kinds import CHANNELS
from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.integrations import integration_json
from novu_framework_testing.api.lookups import integration_of, novus_id
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, boolean, one_of, string
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.integration_conditions import rules_problem
from novu_framework_testing.simulation.integrations import NOVUS_OWN, WITH_PRIMARY, Integration

_CHANGES: dict[str, Any] = {
    "name": string,
    "identifier": string,
    "active": boolean,
    "credentials": an_object,
    "configurations": an_object,
    "conditions": a_list(of=an_object),
    "rules": an_object,
    "check": boolean,
}
CREATE = Body(
    providerId=Field(string, required=True, not_empty=True),
    channel=Field(one_of(*CHANNELS), required=True),
    **_CHANGES,
)
UPDATE = Body(**_CHANGES)
LINK = Body(integrationIdentifier=Field(string, required=True), subscriberId=string, context=an_object)
MOBILE = Body(subscriberId=string)

routes: Final = Routes()


@routes("GET", "/v1/integrations")
def list_integrations(call: Call) -> list[dict[str, Any]]:
    """Show every integration."""
    return [integration_json(call.state, one) for one in call.novu.integrations]


@routes("GET", "/v1/integrations/active")
def list_active(call: Call) -> list[dict[str, Any]]:
    """Show the active integrations."""
    return [integration_json(call.state, one) for one in call.novu.integrations if one.active]


@routes("POST", "/v1/integrations", 201)
def create(call: Call) -> dict[str, Any]:
    """Add an integration; of email and sms, the first that is active becomes primary."""
    body = CREATE.check(call.request.json)
    provider_id, channel = body["providerId"], body["channel"]
    _check_conditions(body)
    own = any((one.provider_id, one.channel) == (provider_id, channel) for one in call.novu.integrations)
    if own and channel == "in_app":
        raise ApiError(400, "One environment can only have one In app provider")
    if own and channel in NOVUS_OWN and provider_id in ("novu-email", "novu-sms"):
        raise ApiError(409, f"Integration with novu provider for {channel} channel already exists")
    _check_identifier(call, body.get("identifier"))
    made = call.novu.integrations.add(
        provider_id,
        channel,
        identifier=body.get("identifier") or None,
        name=body.get("name"),
        active=body.get("active", False),
        primary=False,
        credentials=body.get("credentials"),
        configurations=body.get("configurations"),
        conditions=body.get("conditions") or (),
        rules=body.get("rules"),
    )
    return integration_json(call.state, made)


@routes("PUT", "/v1/integrations/{integrationId}")
def update(call: Call) -> dict[str, Any]:
    """Change what the body says of an integration."""
    body = UPDATE.check(call.request.json)
    novus_id(call, "integrationId")
    one = integration_of(call)
    _check_conditions(body)
    if body.get("identifier") != one.identifier:
        _check_identifier(call, body.get("identifier"))
    changes = {name: body[name] for name in _CHANGES if name != "check" and body.get(name) is not None}
    changes = {name: value for name, value in changes.items() if value != ""}
    if not changes and not body.get("_environmentId"):
        raise ApiError(400, "No properties found for update")
    call.novu.integrations.update(one, **changes)
    return integration_json(call.state, one)


@routes("DELETE", "/v1/integrations/{integrationId}")
def delete(call: Call) -> list[dict[str, Any]]:
    """Delete an integration and show those that are left, without their secrets."""
    call.novu.integrations.remove(integration_of(call).id)
    return [integration_json(call.state, one, secrets=False) for one in call.novu.integrations]


@routes("POST", "/v1/integrations/{integrationId}/set-primary")
def set_primary(call: Call) -> dict[str, Any]:
    """Make an email or sms integration the primary one."""
    novus_id(call, "integrationId")
    one = integration_of(call, "Integration")
    if one.channel not in WITH_PRIMARY:
        raise ApiError(400, f"Channel {one.channel} does not support primary")
    call.novu.integrations.set_primary(one)
    return integration_json(call.state, one)


@routes("POST", "/v1/integrations/{integrationId}/auto-configure")
def auto_configure(call: Call) -> dict[str, Any]:
    """Say that nothing was configured: there is no provider behind the simulation."""
    integration_of(call)
    return {"success": False, "message": "Auto-configuration is not supported for this integration"}


# --- what takes a person to the provider's own page ----------------------------------------------------


@routes("POST", "/v1/integrations/channel-connections/oauth", 201)
@routes("POST", "/v1/integrations/channel-endpoints/oauth", 201)
@routes("POST", "/v1/integrations/chat/oauth", 201)
@routes("POST", "/v1/integrations/channel-endpoints/link")
def link(call: Call) -> dict[str, Any]:
    """Answer with a page of the provider, which is never opened here."""
    one = _named(call, LINK.check(call.request.json)["integrationIdentifier"])
    return {"url": f"https://{one.provider_id}.invalid/connect/{one.identifier}"}


@routes("POST", "/v1/integrations/{integrationIdentifier}/mobile-link")
def mobile_link(call: Call) -> dict[str, Any]:
    """Answer with a link for a telephone, which leads nowhere."""
    MOBILE.check(call.request.json)
    one = _named(call, call["integrationIdentifier"])
    return {"token": one.id, "url": f"https://t.me/simulated?start={one.id}", "expiresAt": iso(call.novu.now)}


@routes("POST", "/v1/integrations/{integrationIdentifier}/webhook/configure")
def configure_webhook(call: Call) -> dict[str, Any]:
    """Answer as though the provider had been told where to call."""
    one = _named(call, call["integrationIdentifier"])
    url = f"https://api.novu.co/v2/inbound-webhooks/delivery-providers/{call.state.scope['_environmentId']}/{one.id}"
    return {"webhookUrl": url, "configuredAt": iso(call.novu.now), "botUsername": "simulated_bot"}


def _named(call: Call, identifier: str) -> Integration:
    one = call.novu.integrations.get(identifier)
    if one is None:
        raise ApiError(404, f"Integration not found: {identifier}")
    return one


def _check_identifier(call: Call, identifier: str | None) -> None:
    if identifier and call.novu.integrations.get(identifier) is not None:
        raise ApiError(409, "Integration with identifier already exists")


def _check_conditions(body: dict[str, Any]) -> None:
    for condition in body.get("conditions") or ():
        children = condition.get("children") or []
        if not isinstance(children, list) or not all(isinstance(child, dict) for child in children):
            raise ApiError(
                400, "The conditions of an integration are a list of groups with a list of children"
            )
    if problem := rules_problem(body.get("rules") or None):
        raise ApiError(400, problem)
