"""Domains for incoming mail: checked and tried, as far as there is something to check here.

There is no DNS here: a domain is verified as soon as somebody asks for it, and a route delivers nothing.
"""

from __future__ import annotations

from typing import Any, Final

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.records import DOMAIN_ROUTES, DOMAINS, dns_records
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, an_object, boolean, email, string
from novu_framework_testing.simulation.clock import iso

START = Body(redirectUri=string)
TEST = Body(
    **{
        "from": Field(an_object, required=True, nested=Body(address=Field(email, required=True), name=string))
    },
    subject=Field(string, required=True),
    text=string,
    html=string,
    dryRun=boolean,
)

routes: Final = Routes()


@routes("POST", "/v1/domains/{domain}/verify", query=())
def verify(call: Call) -> dict[str, Any]:
    """Say that the domain's records are there."""
    domain = DOMAINS.of(call)
    domain.update(status="verified", mxRecordConfigured=True, updatedAt=iso(call.novu.now))
    return DOMAINS.shown(call, domain)


@routes("POST", "/v1/domains/{domain}/diagnose", query=())
def diagnose(call: Call) -> dict[str, Any]:
    """Tell whether the domain was verified."""
    there = DOMAINS.of(call)["mxRecordConfigured"]
    issue = {
        "code": "mx_missing",
        "severity": "error",
        "message": "There is no MX record for this domain.",
        "fix": "Add the record, then verify the domain.",
    }
    check = {"code": "mx_missing", "status": "pass" if there else "fail", "latencyMs": 0}
    return {"ok": there, "runAt": iso(call.novu.now), "checks": [check], "issues": [] if there else [issue]}


@routes("GET", "/v1/domains/{domain}/auto-configure", query=())
def auto_configuration(call: Call) -> dict[str, Any]:
    """Say that DNS records are not set by themselves here, and which to set."""
    records = dns_records(DOMAINS.of(call))
    reason = "Automatic configuration is not enabled."
    return {"available": False, "manualRecords": records, "reason": reason, "reasonCode": "disabled"}


@routes("POST", "/v1/domains/{domain}/auto-configure/start", 201, query=())
def start_auto_configuration(call: Call) -> dict[str, Any]:
    """Give the address at which a domain's provider would ask its owner."""
    body, domain = START.check(call.request.json), DOMAINS.of(call)
    back = body.get("redirectUri") or "https://dashboard.novu.co"
    if domain["status"] == "verified":
        raise ApiError(400, f"Domain {domain['name']} is verified already.")
    return {
        "applyUrl": f"https://{domain['name']}/domain-connect",
        "providerName": "Simulated",
        "redirectUri": back,
    }


@routes("POST", "/v1/domains/{domain}/routes/{address}/test", query=())
def test_route(call: Call) -> dict[str, Any]:
    """Tell where a mail to this address would go; the route `*` takes what no other does."""
    body, domain = TEST.check(call.request.json), DOMAINS.of(call)
    route = DOMAIN_ROUTES.find(call, call["address"]) or DOMAIN_ROUTES.find(call, "*")
    dry = body.get("dryRun") is True
    about = {
        "matched": route is not None,
        "dryRun": dry,
        "domainStatus": domain["status"],
        "mxRecordConfigured": domain["mxRecordConfigured"],
    }
    if route is None:
        return about
    about["type"] = route["type"]
    if dry:
        sender = {"address": body["from"]["address"], "name": body["from"].get("name") or ""}
        mail = {"from": [sender], "to": [{"address": f"{route['address']}@{domain['name']}", "name": ""}]}
        text = {name: body.get(name) or "" for name in ("subject", "text", "html")}
        return {**about, "wouldDeliverTo": _destination(route), "payload": {"mail": {**mail, **text}}}
    if route["type"] == "webhook":
        return {**about, "webhook": {"latencyMs": 0, "skipped": True}}
    return {**about, "agent": {"agentId": route["agentId"], "httpStatus": 200, "latencyMs": 0}}


def _destination(route: dict[str, Any]) -> str:
    return (
        "the webhooks of this environment" if route["type"] == "webhook" else f"the agent {route['agentId']}"
    )
