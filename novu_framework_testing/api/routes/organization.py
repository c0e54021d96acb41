"""What `npx novu` asks beside the public API: whose key it is, the organization's locales, and code for single steps."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from novu_framework_testing.api.http import ApiError, read_json
from novu_framework_testing.api.lookups import workflow_by
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, boolean, string
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.dashboard import DEFAULT_LOCALE

SETTINGS = Body(defaultLocale=string, targetLocales=a_list(of=string), removeNovuBranding=boolean)
_STEP = Body(workflowId=Field(string, required=True), stepId=Field(string, required=True))
MANIFEST = Body(steps=Field(a_list(at_least=1), required=True, each=_STEP))

routes = Routes()


@routes("GET", "/v1/users/me", query=())
def me(call: Call) -> dict[str, Any]:
    """Show whose key it is: the organization's, since there are no people here."""
    scope = call.state.scope
    return {"_id": scope["_organizationId"], "firstName": "Simulated", "lastName": "Novu", **scope}


@routes("GET", "/v1/organizations/settings", query=())
def settings(call: Call) -> dict[str, Any]:
    """Show the locales that are translated to: those that were set, else those that there are translations for."""
    translations = call.novu.records["translations"].values()
    locales = list(dict.fromkeys(one["locale"] for one in translations if one["locale"] != DEFAULT_LOCALE))
    found = {"defaultLocale": DEFAULT_LOCALE, "targetLocales": locales, "removeNovuBranding": False}
    return {**found, **call.novu.records["organization"].get("settings", {})}


@routes("PATCH", "/v1/organizations/settings", query=())
def save_settings(call: Call) -> dict[str, Any]:
    """Set the locales that are translated to."""
    body = SETTINGS.check(call.request.json)
    saved = call.novu.records["organization"].setdefault("settings", {})
    saved.update({name: body[name] for name in SETTINGS.fields if body.get(name) is not None})
    return settings(call)


@routes("POST", "/v2/step-resolvers/deploy", 201, query=())
def deploy(call: Call) -> dict[str, Any]:
    """Take code for single steps, and note which it is. It is JavaScript for Novu's own machines, and does not run here."""
    parts = {part.name: part.content for part in call.request.form}
    try:
        manifest = MANIFEST.check(read_json(parts.get("manifest", b"")))
    except ValueError as error:
        raise ApiError(400, f"The manifest is not valid JSON: {error}") from None
    found = []
    for one in manifest["steps"]:
        workflow = workflow_by(call, one["workflowId"])
        step = next((step for step in workflow.steps if step.step_id == one["stepId"]), None)
        if step is None:
            about = {"workflowId": one["workflowId"], "stepId": one["stepId"]}
            raise ApiError(
                404, f"Step {one['stepId']} not found in workflow {one['workflowId']}", extra=about
            )
        found.append((workflow, step))
    version = sha256(parts.get("bundle", b"")).hexdigest()[:12]
    for workflow, step in found:
        workflow.dashboard.setdefault("stepResolvers", {})[step.step_id] = version
    return {
        "stepResolverHash": version,
        "workerId": f"simulated-{version}",
        "deployedStepsCount": len(found),
        "skippedSteps": [],
        "deployedAt": iso(call.novu.now),
    }
