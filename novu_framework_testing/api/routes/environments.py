"""Environments: what is in this one, and what publishing to another would change and has changed.

The simulation runs one environment. Of the others it knows what was published to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from novu_framework_testing.api.http import ApiError
from novu_framework_testing.api.routes.records import ENVIRONMENTS, LAYOUTS, VARIABLES
from novu_framework_testing.api.routes.workflows import content_of
from novu_framework_testing.api.routing import Call, Routes
from novu_framework_testing.api.serializers import workflow_origin
from novu_framework_testing.api.validation import Body, Field, a_list, boolean, one_of, string
from novu_framework_testing.simulation.clock import iso
from novu_framework_testing.simulation.ids import is_novus_id
from novu_framework_testing.simulation.workflows import CLOUD

# What the API calls them, and the only word that its published clients take for both.
KINDS = {"workflow": "BRIDGE", "layout": "BRIDGE"}
_RESOURCE = Body(
    resourceType=Field(one_of(*KINDS, "REGULAR", "ECHO", "BRIDGE"), required=True),
    resourceId=Field(string, required=True),
)
DIFF = Body(sourceEnvironmentId=string)
PUBLISH = Body(sourceEnvironmentId=string, dryRun=boolean, resources=Field(a_list(), each=_RESOURCE))

routes: Final = Routes()


@dataclass(frozen=True)
class Publishable:
    """A workflow or a layout as it is now: `content` is what is compared and published."""

    kind: str
    id: str
    name: str
    content: dict[str, Any]
    updated_at: str

    def to_json(self) -> dict[str, Any]:
        """Return it as a diff names a resource."""
        return {"id": self.id, "name": self.name, "updatedAt": self.updated_at, "updatedBy": None}


@routes("GET", "/v1/environments/me", query=())
def current(call: Call) -> dict[str, Any]:
    """Show the environment of the key."""
    return ENVIRONMENTS.shown(call, ENVIRONMENTS.known(call, call.state.scope["_environmentId"]))


@routes("GET", "/v1/environment-variables/{variableKey}/usage", query=())
def usage(call: Call) -> dict[str, Any]:
    """Show the workflows whose saved controls have the variable in them."""
    key = re.escape(VARIABLES.of(call)["key"])
    names = re.compile(rf"\{{\{{[^}}]*\benv\.{key}\b")
    using = [
        {"name": workflow.name, "workflowId": workflow.workflow_id}
        for workflow in call.novu.workflows
        if any(names.search(text) for values in workflow.controls.values() for text in _texts(values))
    ]
    return {"workflows": using}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


@routes("GET", "/v2/environments/{environmentId}/tags", query=())
def tags(call: Call) -> list[dict[str, Any]]:
    """Show the tags of an environment's workflows, each once; it is named by its id or its identifier.

    Those of another environment than the key's are not known here.
    """
    asked = call["environmentId"]
    named = next((one for one in ENVIRONMENTS.all(call) if one["identifier"] == asked), None)
    environment = named or ENVIRONMENTS.of(call)
    if environment["_id"] != call.state.scope["_environmentId"]:
        return []
    names = (tag for workflow in call.novu.workflows for tag in workflow.tags)
    return [{"name": name} for name in dict.fromkeys(names) if name]


@routes("POST", "/v2/environments/{targetEnvironmentId}/diff", query=())
def diff(call: Call) -> dict[str, Any]:
    """Show what a publication to that environment would add and modify."""
    body = DIFF.check(call.request.json)
    source, target = _ends(call, body)
    published = _published(call, target)
    resources = []
    for one in _publishable(call):
        before = published.get(f"{one.kind} {one.id}")
        action = "added" if before is None else "unchanged" if before == one.content else "modified"
        change = {
            "resourceType": KINDS[one.kind],
            "action": action,
            "sourceResource": one.to_json(),
            "targetResource": None if before is None else one.to_json(),
        }
        if action == "unchanged":
            continue
        summary = {"added": 0, "modified": 0, "deleted": 0, "unchanged": 0, action: 1}
        resources.append({**change, "changes": [change], "summary": summary})
    for resource in resources:
        del resource["action"]
    count = len(resources)
    return {
        "sourceEnvironmentId": source,
        "targetEnvironmentId": target,
        "resources": resources,
        "summary": {"totalEntities": count, "totalChanges": count, "hasChanges": count > 0},
    }


@routes("POST", "/v2/environments/{targetEnvironmentId}/publish", query=())
def publish(call: Call) -> dict[str, Any]:
    """Publish the workflows and layouts, or those of the request, to that environment. A dry run only tells."""
    body = PUBLISH.check(call.request.json)
    _, target = _ends(call, body)
    wanted = {one["resourceId"] for one in body.get("resources") or ()}
    published = _published(call, target)
    chosen = [one for one in _publishable(call) if not wanted or one.id in wanted]
    done: dict[str, list[dict[str, Any]]] = {"successful": [], "skipped": []}
    for one in chosen:
        about = {"resourceType": KINDS[one.kind], "resourceId": one.id, "resourceName": one.name}
        before = published.get(f"{one.kind} {one.id}")
        if body.get("dryRun") or before == one.content:
            reason = "Dry run" if body.get("dryRun") else "No changes"
            done["skipped"].append({**about, "reason": reason})
            continue
        done["successful"].append({**about, "action": "created" if before is None else "updated"})
        published[f"{one.kind} {one.id}"] = one.content
    result = {"resourceType": KINDS["workflow"], **done, "failed": [], "totalProcessed": len(chosen)}
    counts = {name: len(those) for name, those in done.items()}
    return {
        "results": [result] if chosen else [],
        "summary": {"resources": len(chosen), "failed": 0, **counts},
    }


def _ends(call: Call, body: dict[str, Any]) -> tuple[str, str]:
    """Return the environments to publish from and to. Raises `ApiError` (400, 404)."""
    here, target = call.state.scope["_environmentId"], call["targetEnvironmentId"]
    source = body.get("sourceEnvironmentId") or here
    if not (is_novus_id(source) and is_novus_id(target)):
        raise ApiError(400, "Invalid environment ID format")
    if source == target:
        raise ApiError(400, "Source and target environments cannot be the same")
    for one in (source, target):
        ENVIRONMENTS.known(call, one)
    if source != here:
        raise ApiError(400, "Only the environment of the key can be published from here")
    return source, target


def _published(call: Call, target: str) -> dict[Any, Any]:
    """What was published to an environment, by kind and id."""
    return call.novu.records["published"].setdefault(target, {})


def _publishable(call: Call) -> Iterator[Publishable]:
    for layout in LAYOUTS.all(call):
        content = {"name": layout["name"], "values": layout["values"]}
        yield Publishable("layout", layout["layoutId"], layout["name"], dict(content), layout["updatedAt"])
    for workflow in call.novu.workflows:
        if workflow_origin(workflow) == CLOUD:  # one in code comes to each environment with its bridge
            about = (workflow.workflow_id, workflow.name, content_of(workflow), iso(workflow.updated_at))
            yield Publishable("workflow", *about)
