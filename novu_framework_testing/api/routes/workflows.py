"""The workflows that were synced, as the dashboard lists them."""

from __future__ import annotations

from typing import Any

from novu_framework_testing.api import serializers
from novu_framework_testing.api.lookups import unknown_step, workflow_of
from novu_framework_testing.api.pages import limit
from novu_framework_testing.api.routing import Call, Routes

routes = Routes()


@routes("GET", "/v2/workflows")
def list_workflows(call: Call) -> dict[str, Any]:
    """Show the workflows whose id or name holds `query`, and that have one of `tags`."""
    request = call.request
    query, tags = (request.first("query") or "").lower(), set(request.all("tags"))
    matching = [
        workflow
        for workflow in reversed(list(call.novu.workflows))
        if (query in workflow.workflow_id.lower() or query in workflow.name.lower())
        and (not tags or tags & set(workflow.tags))
    ]
    start = request.number("offset", 0)
    shown = matching[start : start + limit(request, default=50)]
    return {
        "workflows": [serializers.workflow_summary_json(call.state, workflow) for workflow in shown],
        "totalCount": len(matching),
    }


@routes("GET", "/v2/workflows/{workflowId}")
def get_workflow(call: Call) -> dict[str, Any]:
    """Show a workflow with its steps."""
    return serializers.workflow_json(call.state, workflow_of(call))


@routes("GET", "/v2/workflows/{workflowId}/steps/{stepId}")
def get_step(call: Call) -> dict[str, Any]:
    """Show a step of a workflow with its controls."""
    workflow = workflow_of(call)
    for step in workflow.steps:
        if call["stepId"] in (step.step_id, step.id, serializers.step_slug(step)):
            return serializers.step_json(workflow, step)
    raise unknown_step(call, workflow)
