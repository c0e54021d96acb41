"""What `npx novu` asks beside the public API: whose key it is, the organization's locales, and code for single steps."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

from novu_framework_testing.api.http import ApiError, read_json
from novu_framework_testing.api.lookups import workflow_by
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, a_list, an_object, boolean, string
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.dashboard import DEFAULT_LOCALE

SETTINGS = Body(defaultLocale=string, targetLocales=a_list(of=string), removeNovuBranding=boolean)
_NAME = Field(string, required=True)
_STEP = Body(workflowId=_NAME, stepId=_NAME, stepType=_NAME, controlSchema=an_object)
MANIFEST = Body(steps=Field(a_list(at_least=1), required=True, each=_STEP))

MAX_BUNDLE_BYTES = 10 * 2**20
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

routes: Final = Routes()


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
    bundle = parts.get("bundle")
    if bundle is None:
        raise ApiError(400, "The form needs a `bundle`.")
    if len(bundle) > MAX_BUNDLE_BYTES:
        raise ApiError(
            400, f"Bundle too large ({len(bundle) / 2**20:.2f} MB). Maximum allowed size is 10 MB."
        )
    try:
        manifest = MANIFEST.check(read_json(parts.get("manifest", b"")))
    except ValueError as error:
        raise ApiError(400, f"The manifest is not valid JSON: {error}") from None
    found = []
    for one in manifest["steps"]:
        workflow = workflow_by(call, one["workflowId"])
        step = next((step for step in workflow.steps if step.step_id == one["stepId"]), None)
        about = {"workflowId": one["workflowId"], "stepId": one["stepId"]}
        if step is None:
            raise ApiError(400, "Step cannot be found in workflow", extra=about)
        if step.type != one["stepType"]:
            said = f"Manifest stepType '{one['stepType']}' does not match the actual step type '{step.type}'"
            raise ApiError(400, said, extra=about)
        found.append((workflow, step))
    version = _version(bundle)
    for workflow, step in found:
        workflow.dashboard.setdefault("stepResolvers", {})[step.step_id] = version
    return {
        "stepResolverHash": version,
        "workerId": f"simulated-{version}",
        "deployedStepsCount": len(found),
        "skippedSteps": [],
        "deployedAt": iso(call.novu.now),
    }


def _version(bundle: bytes) -> str:
    """Return the name that Novu gives to a bundle: ten letters of its hash, `z063f-j2arw`."""
    bits = int.from_bytes(sha256(bundle).digest(), "big")
    letters = "".join(_ALPHABET[bits >> 251 - 5 * place & 31] for place in range(10))
    return f"{letters[:5]}-{letters[5:]}"
