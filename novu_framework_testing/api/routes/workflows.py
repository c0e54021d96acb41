"""Workflows: listed, made, changed and deleted, as the dashboard does it.

One that was made here runs as its steps' controls say. Of one in code, what the dashboard can change is changed: whether it
is active, its name and tags, its preferences, and the controls of its steps; its steps are the code's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from novu_framework._internal.json_data import json_data
from novu_framework.steps.kinds import CHANNELS, KINDS
from novu_framework_testing.api import serializers
from novu_framework_testing.api.http import ApiError, ApiResponse
from novu_framework_testing.api.lookups import unknown_step, workflow_of
from novu_framework_testing.api.pages import OFFSET, by_offset
from novu_framework_testing.api.routes.records import ENVIRONMENTS
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import (
    Body,
    Field,
    a_list,
    all_of,
    an_object,
    at_most,
    boolean,
    distinct,
    json_schema,
    of_length,
    one_of,
    slug,
    string,
)
from novu_framework_testing.bridges import BridgeFailure, ProcessBridge
from novu_framework_testing.simulation.dashboard import dashboard_workflow
from novu_framework_testing.simulation.workflows import CLOUD, SyncedStep, SyncedWorkflow

MAX_TAGS, MAX_TAG, MAX_NAME, MAX_DESCRIPTION = 16, 64, 128, 256

_NAME = Field(all_of(string, at_most(MAX_NAME)), required=True, not_empty=True)
_STEP = Body(
    name=_NAME,
    type=Field(one_of(*KINDS), required=True),
    stepId=string,
    _id=string,
    controlValues=an_object,
)
_COMMON: dict[str, Any] = {
    "description": all_of(string, at_most(MAX_DESCRIPTION)),
    "tags": all_of(a_list(of=all_of(string, of_length(1, MAX_TAG)), at_most=MAX_TAGS), distinct),
    "active": boolean,
    "validatePayload": boolean,
    "payloadSchema": json_schema,
    "isTranslationEnabled": boolean,
    "severity": one_of("high", "medium", "low", "none"),
}
_STEPS = Field(a_list(), required=True, each=_STEP)
_ENABLED = Field(an_object, nested=Body(enabled=boolean))
_LAYER = Field(
    an_object,
    nested=Body(
        all=Field(an_object, nested=Body(enabled=boolean, readOnly=boolean)),
        channels=Field(an_object, nested=Body(**dict.fromkeys(CHANNELS, _ENABLED))),
    ),
)
_PREFERENCES = Field(an_object, nested=Body(user=_LAYER, workflow=_LAYER))
CREATE = Body(name=_NAME, workflowId=all_of(string, slug), steps=_STEPS, preferences=_PREFERENCES, **_COMMON)
UPDATE = Body(name=_NAME, steps=_STEPS, preferences=_PREFERENCES, **_COMMON)
# Novu saves a patch as it comes, without the limits.
PATCH = Body(**{**_COMMON, "name": string, "description": string, "tags": a_list(of=string)})
COPY = Body(
    workflowId=all_of(string, slug),
    **{name: _COMMON[name] for name in ("description", "tags", "isTranslationEnabled")},
    name=all_of(string, of_length(1, MAX_NAME)),
)
SYNC = Body(targetEnvironmentId=Field(string, required=True, not_empty=True))
PREVIEW = Body(controlValues=an_object, previewPayload=an_object)
_STATUSES = ("ACTIVE", "INACTIVE", "ERROR")
_SAVED = ("validatePayload", "payloadSchema", "isTranslationEnabled")

routes: Final = Routes()


@routes("GET", "/v2/workflows", query=(*OFFSET, "query", "tags[]", "status[]"))
def list_workflows(call: Call) -> dict[str, Any]:
    """Show the workflows whose id or name holds `query`, and that have one of `tags` and one of the statuses."""
    request = call.request
    query, tags, statuses = (
        (request.first("query") or "").lower(),
        set(request.all("tags")),
        request.all("status"),
    )
    if unknown := [status for status in statuses if status not in _STATUSES]:
        problem = f"each value in status must be one of the following values: {', '.join(_STATUSES)}"
        raise ApiError.invalid([problem], unknown)
    matching = [
        serializers.workflow_summary_json(call.state, workflow)
        for workflow in call.novu.workflows
        if (query in workflow.workflow_id.lower() or query in workflow.name.lower())
        and (not tags or tags & set(workflow.tags))
        and (not statuses or ("ACTIVE" if workflow.active else "INACTIVE") in statuses)
    ]
    shown, total = by_offset(matching, request, order=("createdAt", "updatedAt", "name", "lastTriggeredAt"))
    return {"workflows": shown, "totalCount": total}


@routes("POST", "/v2/workflows", 201, query=())
def create(call: Call) -> dict[str, Any]:
    """Make a workflow of the dashboard. An id that is taken gets a number."""
    body = CREATE.check(call.request.json)
    workflow_id = _free_id(call, body.get("workflowId") or _slug(body["name"]))
    return _shown(call, _write(call, workflow_id, body, None))


@routes("GET", "/v2/workflows/{workflowId}", query=("environmentId",))
def get_workflow(call: Call) -> dict[str, Any]:
    """Show a workflow with its steps."""
    elsewhere = call.request.first("environmentId")
    if elsewhere not in (None, "", call.state.scope["_environmentId"]):
        ENVIRONMENTS.known(call, str(elsewhere))
        raise ApiError(
            404, f"Workflow cannot be found: {call['workflowId']}", extra={"workflowId": call["workflowId"]}
        )
    return _shown(call, workflow_of(call))


@routes("PUT", "/v2/workflows/{workflowId}", query=())
def update(call: Call) -> dict[str, Any]:
    """Change a workflow. What it leaves out goes back to the default, and steps that are not named are gone."""
    body = UPDATE.check(call.request.json)
    workflow = workflow_of(call)
    if serializers.workflow_origin(workflow) == CLOUD:
        return _shown(call, _write(call, workflow.workflow_id, body, workflow))
    for given in body["steps"]:
        step = _step_of(workflow, given)
        if step is not None and "controlValues" in given:
            call.novu.controls(workflow.workflow_id, step.step_id, given["controlValues"] or {})
    return _shown(call, _change(call, workflow, {"active": True, **body}))


@routes("PATCH", "/v2/workflows/{workflowId}", query=())
def patch(call: Call) -> dict[str, Any]:
    """Change what is given of a workflow: whether it is active, its name, tags, description, payload schema."""
    body = PATCH.check(call.request.json)
    return _shown(call, _change(call, workflow_of(call), body))


@routes("DELETE", "/v2/workflows/{workflowId}", query=())
def delete(call: Call) -> ApiResponse:
    """Forget a workflow, and what was translated of it."""
    workflow = workflow_of(call)
    call.novu.workflows.remove(workflow.workflow_id)
    translations = call.novu.records["translations"]
    for one in [one for one in translations.values() if one["resourceId"] == workflow.workflow_id]:
        del translations[one["_id"]]
    return ApiResponse(204)


@routes("POST", "/v2/workflows/{workflowId}/duplicate", 201, query=())
def duplicate(call: Call) -> dict[str, Any]:
    """Make a workflow as another, turned off; only one of the dashboard can be copied."""
    body, original = COPY.check(call.request.json), workflow_of(call)
    if serializers.workflow_origin(original) != CLOUD:
        raise ApiError(400, f"Workflow {original.workflow_id} is written in code: it can not be duplicated")
    steps = [
        {
            "name": step.definition["name"],
            "type": step.type,
            "stepId": step.step_id,
            "controlValues": original.controls.get(step.step_id, {}),
        }
        for step in original.steps
    ]
    whole = {
        **{name: original.dashboard.get(name) for name in _SAVED},
        "name": f"{original.name} (Copy)",
        "tags": list(original.tags),
        "description": original.description,
        "severity": original.severity,
        "preferences": {
            "user": original.saved_preferences,
            "workflow": original.definition.get("preferences"),
        },
        **{name: value for name, value in body.items() if value is not None},
        "active": False,
        "steps": steps,
    }
    workflow_id = _free_id(call, body.get("workflowId") or _slug(whole["name"]))
    return _shown(call, _write(call, workflow_id, whole, None))


@routes("PUT", "/v2/workflows/{workflowId}/sync", query=())
def sync(call: Call) -> dict[str, Any]:
    """Publish one workflow of the dashboard to another environment."""
    body, workflow = SYNC.check(call.request.json), workflow_of(call)
    target = body["targetEnvironmentId"]
    if target == call.state.scope["_environmentId"]:
        raise ApiError(400, "Cannot sync workflow to the same environment")
    ENVIRONMENTS.known(call, target)
    if serializers.workflow_origin(workflow) != CLOUD:
        what = f"Cannot sync workflow with ID {workflow.id} to the environment {target}"
        raise ApiError(400, f"{what}: it is written in code, and comes with the sync of its bridge.")
    publish(call, target, workflow)
    return _shown(call, workflow)


def publish(call: Call, target: str, workflow: SyncedWorkflow) -> None:
    """Keep what was published of a workflow to an environment."""
    call.novu.records["published"].setdefault(target, {})[f"workflow {workflow.workflow_id}"] = content_of(
        workflow
    )


def content_of(workflow: SyncedWorkflow) -> dict[str, Any]:
    """Return what of a workflow is published: all that can be changed of it."""
    saved = {name: value for name, value in workflow.dashboard.items() if name != "origin"}
    steps = [{"stepId": step.step_id, "type": step.type} for step in workflow.steps]
    about = {"name": workflow.name, "description": workflow.description, "tags": list(workflow.tags)}
    controls = {step_id: dict(values) for step_id, values in workflow.controls.items()}
    return {**about, "active": workflow.active, "steps": steps, "controls": controls, **saved}


@routes("GET", "/v2/workflows/{workflowId}/steps/{stepId}", query=())
def get_step(call: Call) -> dict[str, Any]:
    """Show a step of a workflow with its controls."""
    workflow = workflow_of(call)
    return serializers.step_json(workflow, _step_of_path(call, workflow))


@routes("POST", "/v2/workflows/{workflowId}/step/{stepId}/preview", 201, query=())
async def preview(call: Call) -> dict[str, Any]:
    """Show what a step would deliver; what the request leaves out is made up. A step that cannot be shown is empty."""
    body, workflow = PREVIEW.check(call.request.json), workflow_of(call)
    step = _step_of_path(call, workflow)
    given = body.get("previewPayload") or {}
    event = {
        "payload": given.get("payload") or {},
        "controls": body.get("controlValues") or workflow.controls.get(step.step_id, {}),
        "subscriber": given.get("subscriber") or {},
        "context": given.get("context") or {},
        "env": {**call.novu.env, **(given.get("env") or {})},
        "state": [
            {"stepId": step_id, "outputs": outputs, "state": {"status": "success"}}
            for step_id, outputs in (given.get("steps") or {}).items()
        ],
    }
    outputs: dict[str, Any] = {}
    if (ask := getattr(workflow.bridge, "preview", None)) is not None:
        try:
            outputs = (await ask(workflow.workflow_id, step.step_id, event)).outputs
        except BridgeFailure:
            outputs = {}
    example = {
        "payload": event["payload"],
        "subscriber": event["subscriber"],
        "steps": given.get("steps") or {},
    }
    return {
        "result": {"type": step.type, "preview": outputs},
        "previewPayloadExample": {**example, **given},
        "schema": serializers.step_variables(workflow, step)["properties"]["payload"],
    }


# --- how they are written -----------------------------------------------------------------------------


def _shown(call: Call, workflow: SyncedWorkflow) -> dict[str, Any]:
    return serializers.workflow_json(call.state, workflow)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "workflow"


def _free_id(call: Call, wanted: str) -> str:
    number, free = 1, wanted
    while free in call.novu.workflows:
        number += 1
        free = f"{wanted}-{number}"
    return free


def _write(
    call: Call, workflow_id: str, body: Mapping[str, Any], known: SyncedWorkflow | None
) -> SyncedWorkflow:
    """Make a workflow of the dashboard, or write it anew with the ids that its steps had."""
    novu, steps, controls = call.novu, list[dict[str, Any]](), dict[str, dict[str, Any]]()
    for given in body["steps"]:
        before = _step_of(known, given) if known is not None and given.get("_id") else None
        wanted = before.step_id if before else given.get("stepId") or _slug(given["name"])
        number, step_id = 1, wanted
        while any(one["stepId"] == step_id for one in steps):
            number += 1
            step_id = f"{wanted}-{number}"
        steps.append({"stepId": step_id, "type": given["type"], "name": given["name"]})
        if given.get("controlValues") is not None:
            controls[step_id] = json_data(given["controlValues"])
        elif known is not None and "controlValues" not in given and step_id in known.controls:
            controls[step_id] = known.controls[step_id]
    preferences = body.get("preferences") or {}
    made = dashboard_workflow(
        workflow_id,
        steps,
        world=novu,
        name=body["name"],
        description=body.get("description"),
        tags=body.get("tags") or [],
        severity=body.get("severity") or "none",
        preferences=serializers.preferences_json(preferences.get("workflow")),
    )
    definition = json_data(made.discover())
    for shown, step in zip(definition["steps"], steps, strict=True):
        shown["name"] = step["name"]
    saved = {"origin": CLOUD, **{name: body[name] for name in _SAVED if body.get(name) is not None}}
    return novu.workflows.put(
        definition,
        ProcessBridge(made, secret_key=novu.secret_key),
        controls=controls,
        active=body.get("active") is not False,
        saved_preferences=preferences.get("user") or None,
        dashboard=saved,
    )


def _change(call: Call, workflow: SyncedWorkflow, body: Mapping[str, Any]) -> SyncedWorkflow:
    """Change what the dashboard can of any workflow, its steps aside."""
    definition, saved = dict(workflow.definition), dict(workflow.dashboard)
    for name in ("name", "description", "tags", "severity"):
        if body.get(name) is not None:
            definition[name] = body[name]
    saved |= {name: body[name] for name in _SAVED if body.get(name) is not None}
    preferences = (body.get("preferences") or {}).get("user", workflow.saved_preferences)
    active = workflow.active if body.get("active") is None else body["active"]
    return call.novu.workflows.put(
        definition,
        workflow.bridge,
        controls=workflow.controls,
        active=active,
        saved_preferences=preferences,
        dashboard=saved,
    )


def _step_of(workflow: SyncedWorkflow, given: Mapping[str, Any]) -> SyncedStep | None:
    """Return the step that a body means: by Novu's id, else by the step's own, else by its name."""
    asked = given.get("_id") or given.get("stepId") or given.get("name")
    return next(
        (step for step in workflow.steps if asked in (step.id, step.step_id, step.definition.get("name"))),
        None,
    )


def _step_of_path(call: Call, workflow: SyncedWorkflow) -> SyncedStep:
    for step in workflow.steps:
        if call["stepId"] in (step.step_id, step.id, serializers.step_slug(step)):
            return step
    raise unknown_step(call, workflow)
