"""Layouts: copied, previewed, and found in the workflows that use them."""

from __future__ import annotations

from typing import Any, Final

from novu_framework_testing.api.routes.records import LAYOUT_CONTENT, LAYOUTS
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.validation import Body, Field, an_object, boolean, slug, string
from novu_framework_testing.simulation.layouts import render_layout

COPY = Body(name=Field(string, required=True, not_empty=True), layoutId=slug, isTranslationEnabled=boolean)
PREVIEW = Body(controlValues=LAYOUT_CONTENT, previewPayload=an_object)

routes: Final = Routes()


@routes("POST", "/v2/layouts/{layoutId}/duplicate", 201, query=())
def duplicate(call: Call) -> dict[str, Any]:
    """Make a layout with the content of another."""
    body, original = COPY.check(call.request.json), LAYOUTS.of(call)
    layout_id = body.get("layoutId") or body["name"].strip().lower().replace(" ", "-")
    fields = {"name": body["name"], "layoutId": layout_id, "isDefault": False, "values": original["values"]}
    translated = body.get("isTranslationEnabled", original["isTranslationEnabled"])
    return LAYOUTS.shown(call, LAYOUTS.make(call, {**fields, "isTranslationEnabled": bool(translated)}))


@routes("POST", "/v2/layouts/{layoutId}/preview", 201, query=())
def preview(call: Call) -> dict[str, Any]:
    """Render a layout, with the control values of the request in place of its own where there are some."""
    body, layout = PREVIEW.check(call.request.json), LAYOUTS.of(call)
    payload = body.get("previewPayload") or {}
    subscriber = payload.get("subscriber") or {"firstName": "{{subscriber.firstName}}"}
    html = render_layout(
        body.get("controlValues") or layout["values"], {"content": "{{content}}", "subscriber": subscriber}
    )
    return {
        "previewPayloadExample": {"subscriber": subscriber, **payload},
        "result": {"type": "email", "preview": {"body": html}},
        "schema": None,
    }


@routes("GET", "/v2/layouts/{layoutId}/usage", query=())
def usage(call: Call) -> dict[str, Any]:
    """Show the workflows with a step in this layout."""
    layout = LAYOUTS.of(call)
    names = (layout["_id"], layout["layoutId"])
    using = [
        {"name": workflow.name, "workflowId": workflow.workflow_id}
        for workflow in call.novu.workflows
        if any(values.get("layoutId") in names for values in workflow.controls.values())
    ]
    return {"workflows": using}
