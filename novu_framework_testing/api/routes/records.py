"""The table of what Novu keeps and gives back: agents, domains, environment variables and the like.

A line says what is in a record and what is refused; `api.records` answers for it. What a resource does beside being kept
is in the file of its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from novu_framework_testing.api.http import ApiError, Page
from novu_framework_testing.api.pages import CURSOR, OFFSET, by_offset
from novu_framework_testing.api.records import Fields, Resource, listed_by_cursor, listed_whole, routes_of
from novu_framework_testing.api.routing import Call
from novu_framework_testing.api.serializers import present
from novu_framework_testing.api.validation import (
    Body,
    Field,
    a_list,
    all_of,
    an_object,
    at_most,
    boolean,
    matching,
    one_of,
    slug,
    string,
    strings,
    trimmed,
)
from novu_framework_testing.simulation.layouts import LAYOUT_SCHEMA, layout_issues
from novu_framework_testing.simulation.records import Record

# --- agents -------------------------------------------------------------------------------------------


def _agent(call: Call, body: Fields, record: Record | None) -> Fields:
    if record is None or "behavior" not in body:
        return body
    return {**body, "behavior": {**record["behavior"], **body["behavior"]}}


_BRIDGE: dict[str, Any] = {"bridgeUrl": string, "devBridgeUrl": string, "devBridgeActive": boolean}
AGENT_BRIDGE = Body(**_BRIDGE)
AGENTS = Resource(
    name="agents",
    path="/v1/agents/{identifier}",
    key="identifier",
    create=Body(
        name=Field(string, required=True, not_empty=True),
        identifier=Field(slug, required=True, not_empty=True),
        description=string,
        active=boolean,
        runtime=one_of("self-hosted", "managed"),
        managedRuntime=an_object,
    ),
    update=Body(name=string, description=string, active=boolean, behavior=an_object, **_BRIDGE),
    missing='Agent with identifier "{}" was not found.',
    taken='An agent with identifier "{}" already exists in this environment.',
    defaults={"behavior": {}, "active": True},
    filters={"identifier": "identifier"},
    delete_query=("deleteFromProvider",),
    prepared=_agent,
)


NOVU_EMAIL_AGENT = "novu-email-agent"
"""The mailbox that Novu itself has for an agent; the first link makes it."""


def _linked(call: Call, body: Fields, record: Record | None) -> Fields:
    asked = body.get("integrationIdentifier") or body.get("providerId")
    if not asked:
        raise ApiError(400, "Either integrationIdentifier or providerId must be provided.")
    one = next(
        (one for one in call.novu.integrations if asked in (one.id, one.identifier, one.provider_id)), None
    )
    if one is None and body.get("providerId") == NOVU_EMAIL_AGENT:
        one = call.novu.integrations.add(NOVU_EMAIL_AGENT, "email", primary=False)
    if one is None:
        raise ApiError(404, f'Integration with identifier "{asked}" was not found.')
    about: dict[str, Any] = {
        "_id": one.id,
        "identifier": one.identifier,
        "name": one.name,
        "providerId": one.provider_id,
    }
    about |= {"channel": one.channel, "active": one.active}
    if one.provider_id == NOVU_EMAIL_AGENT:
        about["sharedInboundAddress"] = f"{call['identifier']}@agents.novu.test"
    return {"integration": about}


AGENT_INTEGRATIONS = Resource(
    name="agent integrations",
    path="/v1/agents/{identifier}/integrations/{agentIntegrationId}",
    key="_id",
    create=Body(integrationIdentifier=string, providerId=string),
    update=Body(integrationIdentifier=Field(string, required=True)),
    missing='Agent-integration link "{}" was not found.',
    parent=AGENTS,
    parent_field="_agentId",
    filters={"integrationIdentifier": "integration.identifier"},
    prepared=_linked,
)

# --- domains ------------------------------------------------------------------------------------------

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_domain_name = matching(rf"(?:{_LABEL}\.)+[A-Za-z]{{2,}}", "must be a valid domain name")
_local_part = trimmed(
    matching(r"\*|[^\s@.]+(?:\.[^\s@.]+)*", "must be the part of an email address before the @, or *")
)
_NOTES = Field(strings(keys=10, characters=500))
MAIL_SERVER = "inbound-mail.novu.co"


def dns_records(domain: Record) -> list[dict[str, Any]]:
    """Return the DNS records that a domain has to have to receive mail."""
    return [{"type": "MX", "name": domain["name"], "content": MAIL_SERVER, "ttl": "Auto", "priority": 10}]


def _domain(call: Call, body: Fields, record: Record | None) -> Fields:
    return {**body, "name": body["name"].lower()} if "name" in body else body


DOMAINS = Resource(
    name="domains",
    path="/v1/domains/{domain}",
    key="name",
    create=Body(name=Field(_domain_name, required=True, not_empty=True), data=_NOTES),
    update=Body(data=_NOTES),
    missing='Domain "{}" not found.',
    taken='A domain with name "{}" already exists.',
    defaults={"status": "pending", "mxRecordConfigured": False},
    filters={"name": "name"},
    prepared=_domain,
    shown=lambda call, record: {**record, "expectedDnsRecords": dns_records(record)},
)

_TO = one_of("agent", "webhook")


def _domain_route(call: Call, body: Fields, record: Record | None) -> Fields:
    """Find the agent of a route. One to a webhook has none."""
    before = record or {}
    fields = dict(body)
    if "address" in fields:
        fields["address"] = fields["address"].strip().lower()
    kind = fields.get("type", before.get("type"))
    if "agentId" in fields:
        agent = AGENTS.find(call, fields["agentId"])
        if agent is None and (kind == "agent" or record is not None):
            raise ApiError(404, f'Agent with identifier "{fields["agentId"]}" not found.')
        fields["agentId"] = agent["_id"] if agent else None
    if kind == "webhook":
        fields["agentId"] = None
    elif not fields.get("agentId", before.get("agentId")):
        raise ApiError(400, "agentId is required for agent routes.")
    return fields


def _page_of_routes(call: Call, resource: Resource, records: Sequence[Record]) -> Page:
    """Show the routes, or those to the agent that the query names by its identifier."""
    if asked := call.request.first("agentId"):
        agent_id = AGENTS.known(call, asked)["_id"]
        records = [record for record in records if record.get("agentId") == agent_id]
    return listed_by_cursor(call, resource, records)


DOMAIN_ROUTES = Resource(
    name="domain routes",
    path="/v1/domains/{domain}/routes/{address}",
    key="address",
    create=Body(
        address=Field(_local_part, required=True, not_empty=True),
        type=Field(_TO, required=True),
        agentId=string,
        data=_NOTES,
    ),
    update=Body(type=_TO, agentId=string, data=_NOTES),
    missing='Route "{}" not found.',
    taken='A route for "{}" already exists.',
    parent=DOMAINS,
    parent_field="_domainId",
    prepared=_domain_route,
    listed=_page_of_routes,
    list_query=(*CURSOR, "agentId"),
    shown=lambda call, record: present(**record),
)

# --- environment variables ----------------------------------------------------------------------------

SECRET_MASK = "••••••••"
_VALUE = Body(
    _environmentId=Field(string, required=True), value=Field(all_of(string, at_most(256)), required=True)
)
_VARIABLE: dict[str, Any] = {
    "type": one_of("string"),
    "isSecret": boolean,
    "values": Field(a_list(unique="_environmentId"), each=_VALUE),
}
_KEY = all_of(
    string,
    at_most(256),
    matching(
        r"[A-Za-z][A-Za-z0-9_]*",
        "must start with a letter and contain only letters, digits, and underscores",
    ),
)


def _variable(call: Call, body: Fields, record: Record | None) -> Fields:
    if record is not None and not body:
        raise ApiError(400, "At least one field must be provided to update")
    for value in body.get("values", ()):
        if value["_environmentId"] not in call.novu.records["environments"]:
            raise ApiError(404, f"Environment with id {value['_environmentId']} not found")
    return body


def _shown_variable(call: Call, record: Record) -> Record:
    values = record["values"]
    if record["isSecret"]:
        values = [{**value, "value": SECRET_MASK} for value in values]
    return {name: value for name, value in {**record, "values": values}.items() if name != "_environmentId"}


def _refresh_env(call: Call, variable: Record) -> None:
    """Have the workflows see what the variables of this environment are now."""
    state, env = call.state, call.novu.env
    for key in state.env_keys:
        env.pop(key, None)
    known = {
        one["key"]: value["value"]
        for one in call.novu.records[VARIABLES.name].values()
        for value in one["values"]
        if value["_environmentId"] == state.scope["_environmentId"]
    }
    env.update(known)
    state.env_keys = set(known)


VARIABLES = Resource(
    name="environment variables",
    path="/v1/environment-variables/{variableKey}",
    key="key",
    create=Body(key=Field(_KEY, required=True), **_VARIABLE),
    update=Body(key=_KEY, **_VARIABLE),
    missing='Environment variable with key "{}" not found',
    taken='Environment variable with key "{}" already exists',
    defaults={"type": "string", "isSecret": False, "values": []},
    filters={"search": "key"},
    statuses=(200, 204),  # Novu says 201 to the first; its clients take 200 only
    prepared=_variable,
    shown=_shown_variable,
    listed=listed_whole,
    list_query=(),
    changed=_refresh_env,
)

# --- environments -------------------------------------------------------------------------------------

_PROTECTED = ("Development", "Production")


def _environment(call: Call, body: Fields, record: Record | None) -> Fields:
    fields = dict(body)
    if "parentId" in fields:
        fields["_parentId"] = ENVIRONMENTS.known(call, fields.pop("parentId"))["_id"]
    if record is None:
        number = len(ENVIRONMENTS.all(call)) + 1
        fields |= {
            "identifier": f"simulated-{number}",
            "slug": f"{fields['name']}_env_simulated",
            "type": "prod",
        }
    if (
        record
        and record["_id"] == call.state.scope["_environmentId"]
        and (fields.get("bridge") or {}).get("url")
    ):
        call.state.bridge_url = fields["bridge"]["url"]
    return fields


def _shown_environment(call: Call, record: Record) -> Record:
    """Show an environment. Its key is masked here, since nothing here shows a secret; Novu shows the caller's own."""
    mine = record["_id"] == call.state.scope["_environmentId"]
    keys = [{"key": SECRET_MASK, "_userId": record["_organizationId"]}] if mine else []
    return present(
        **{name: value for name, value in record.items() if name != "_environmentId"}, apiKeys=keys
    )


def _protected(call: Call, record: Record) -> None:
    if record["name"] in _PROTECTED:
        what = f"The {record['name']} environment is protected and cannot be deleted."
        raise ApiError(400, f"{what} Only custom environments can be deleted.")


ENVIRONMENTS = Resource(
    name="environments",
    path="/v1/environments/{environmentId}",
    key="_id",
    create=Body(
        name=Field(string, required=True, not_empty=True), color=Field(string, required=True), parentId=string
    ),
    update=Body(
        name=string,
        identifier=string,
        parentId=string,
        color=string,
        dns=an_object,
        bridge=Field(an_object, nested=Body(url=string)),
    ),
    missing="Environment {} not found",
    update_method="PUT",
    statuses=(201, 200),
    prepared=_environment,
    shown=_shown_environment,
    listed=lambda call, resource, records: [resource.shown(call, record) for record in records],
    list_query=(),
    kept=_protected,
)

# --- layouts ------------------------------------------------------------------------------------------


def _layout(call: Call, body: Fields, record: Record | None) -> Fields:
    fields: Fields = {name: value for name, value in body.items() if name != "controlValues"}
    if record is None:
        fields["isDefault"] = not LAYOUTS.all(call)
    if "controlValues" in (call.request.json or {}):
        try:
            issues = layout_issues(body.get("controlValues") or {})
        except ValueError as error:
            raise ApiError(400, str(error)) from None
        if issues:
            raise ApiError(400, "Layout has validation issues", extra={"ctx": {"controls": issues}})
        fields["values"] = body.get("controlValues") or {}
    return fields


def _shown_layout(call: Call, record: Record) -> Record:
    shown = {name: value for name, value in record.items() if name not in ("values", *call.state.scope)}
    controls = {"values": record["values"], "dataSchema": LAYOUT_SCHEMA, "uiSchema": {"group": "LAYOUT"}}
    return {
        **shown,
        "slug": f"{record['layoutId']}_layout_{record['_id']}",
        "controls": controls,
        "variables": {},
    }


def _not_default(call: Call, record: Record) -> None:
    if record["isDefault"]:
        which = f"Layout with id {call['layoutId']}"
        raise ApiError(409, f"{which} is being used as a default layout, it can not be deleted")


def _without_layout(call: Call, layout: Record) -> None:
    """Take a layout that is gone out of the steps that name it."""
    if layout["_id"] in call.novu.records[LAYOUTS.name]:
        return
    for workflow in call.novu.workflows:
        for values in workflow.controls.values():
            if values.get("layoutId") in (layout["_id"], layout["layoutId"]):
                del values["layoutId"]


def _page_of_layouts(call: Call, resource: Resource, records: Sequence[Record]) -> dict[str, Any]:
    shown, total = by_offset(records, call.request, order=("createdAt", "updatedAt", "name"))
    return {"layouts": [resource.shown(call, one) for one in shown], "totalCount": total}


LAYOUT_CONTENT = Field(
    an_object,
    nested=Body(email=Field(an_object, nested=Body(body=string, editorType=one_of("html", "block")))),
)
LAYOUTS = Resource(
    name="layouts",
    path="/v2/layouts/{layoutId}",
    key="layoutId",
    create=Body(
        layoutId=Field(slug, required=True, not_empty=True),
        name=Field(string, required=True, not_empty=True),
        isTranslationEnabled=boolean,
        controlValues=LAYOUT_CONTENT,
    ),
    update=Body(
        name=Field(string, required=True, not_empty=True),
        isTranslationEnabled=boolean,
        controlValues=LAYOUT_CONTENT,
    ),
    missing="Layout not found for id {}",
    taken='Layout with identifier "{}" already exists',
    defaults={"isTranslationEnabled": False, "values": {}, "origin": "novu-cloud", "type": "BRIDGE"},
    filters={"query": "name"},
    update_method="PUT",
    prepared=_layout,
    shown=_shown_layout,
    listed=_page_of_layouts,
    list_query=OFFSET,
    kept=_not_default,
    changed=_without_layout,
)

routes: Final = routes_of(
    AGENTS, AGENT_INTEGRATIONS, DOMAINS, DOMAIN_ROUTES, VARIABLES, ENVIRONMENTS, LAYOUTS
)
